//! The build: inputs and options come in, finished files go into a sink, diagnostics go out.
//! No disk, no clock, no terminal: those are the caller's.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::check;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Report, locate};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::path::{OutPath, SourcePath};
use crate::plan::{Output, Plan, What, plan};
use crate::render::{Facts, Rendered, Renderer};
use crate::site::{self, Options};
use crate::source::Source;
use crate::theme::{Asset, Content};

/// What finished files go into, in the order of their paths. When a build fails it may have got some of them:
/// it keeps them to itself until it is told that the build is good.
pub trait Sink: Send {
    /// Takes one file, with the digest of its bytes; without bytes when it is published already, with this digest.
    /// The error is the machine's, in the system's words.
    fn file(&mut self, path: &OutPath, digest: Digest, bytes: Option<&[u8]>) -> Result<(), String>;
}

/// What became of a build.
pub struct Outcome {
    /// HTML pages.
    pub pages: usize,
    /// Other files.
    pub files: usize,
    /// Everything that there is to say, sorted, with places.
    pub reports: Vec<Report>,
    /// Whether an error stops the publication.
    pub failed: bool,
}

/// How many outputs are rendered before they are handed on: enough for all cores, little enough for memory.
const BATCH: usize = 256;

/// Builds a site. The error is the sink's.
pub fn build(inputs: &Inputs, options: &Options, faults: Diagnostics, sink: &mut dyn Sink) -> Result<Outcome, String> {
    let mut faults = faults;
    let Some(site) = site::parse(inputs, options, &mut faults) else { return Ok(outcome(None, inputs, faults)) };
    let plan = plan(site, &mut faults);
    if plan.site.can_render {
        let renderer = Renderer::new(&plan, inputs);
        check::templates(&plan, &renderer, &mut faults);
        let facts = emit(&renderer, &mut faults, sink)?;
        check::links(&plan, &facts, &mut faults);
    }
    Ok(outcome(Some(&plan), inputs, faults))
}

/// Renders everything in batches and hands it to the sink, as long as nothing is wrong: one batch is handed on while the
/// next is rendered.
fn emit<'p>(renderer: &Renderer<'p>, faults: &mut Diagnostics, sink: &mut dyn Sink) -> Result<BTreeMap<usize, Facts>, String> {
    let (plan, inputs) = (renderer.plan, renderer.inputs);
    let mut facts = BTreeMap::new();
    let outputs: Vec<(&OutPath, &Output)> = plan.outputs.iter().collect();
    let render = |batch: &[(&'p OutPath, &Output)]| -> Vec<(&'p OutPath, Made)> {
        batch.par_iter().map(|(path, output)| (*path, make(plan, inputs, renderer, output))).collect()
    };
    let mut batches = outputs.chunks(BATCH);
    let mut ready = batches.next().map(render);
    while let Some(made) = ready {
        let next = batches.next();
        let (handed_on, made) = rayon::join(|| hand_on(made, faults, &mut facts, sink), || next.map(render));
        handed_on?;
        ready = made;
    }
    Ok(facts)
}

/// Notes what became known of some outputs, and hands their bytes on until something is wrong.
fn hand_on(made: Vec<(&OutPath, Made)>, faults: &mut Diagnostics, facts: &mut BTreeMap<usize, Facts>, sink: &mut dyn Sink) -> Result<(), String> {
    for (path, made) in made {
        faults.extend(made.faults);
        facts.extend(made.facts);
        if !faults.has_errors() {
            sink.file(path, Digest::of(&made.bytes), Some(&made.bytes))?;
        }
    }
    Ok(())
}

/// One output before it is handed on.
struct Made {
    bytes: Arc<[u8]>,
    facts: Option<(usize, Facts)>,
    faults: Diagnostics,
}

fn make(plan: &Plan, inputs: &Inputs, renderer: &Renderer<'_>, output: &Output) -> Made {
    let mut faults = Diagnostics::default();
    let (bytes, facts) = match &output.what {
        What::Page(index) => {
            let Rendered { html, facts, faults: of_page } = renderer.page(*index);
            faults = of_page;
            (html.into_bytes().into(), Some((*index, facts)))
        }
        What::File(file) => (plan.file(file).into_bytes().into(), None),
        What::Asset(index) => (faults.take(asset(&plan.site.theme.assets.files[*index], inputs)).unwrap_or_default(), None),
        What::Beside(source) => (faults.take(inputs.bytes(source)).unwrap_or_default(), None),
    };
    Made { bytes, facts, faults }
}

/// A mistake in a template is found on every page that it makes: it is said once, with the number of pages.
fn once_per_template(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<(Diagnostic, usize)> = vec![];
    // A field that does not exist was said: that a loop cannot go over it is an echo.
    let fields: Vec<Place> = faults.iter().filter(|fault| fault.code == Code::TemplateField).filter_map(|fault| fault.place.clone()).collect();
    let is_of_field = |fault: &Diagnostic, place: &Place| {
        let near = |field: &Place| field.path == place.path && (place.span.end..place.span.end + 100).contains(&field.span.start);
        fault.code == Code::Template && fault.message.contains("`undefined`") && fields.iter().any(near)
    };
    for fault in faults {
        if fault.place.as_ref().is_some_and(|place| is_of_field(&fault, place)) {
            continue;
        }
        let is_echo =
            |other: &Diagnostic| matches!(fault.code, Code::Template | Code::TemplateField) && other.place == fault.place && other.message == fault.message;
        match kept.last_mut().filter(|(last, _)| is_echo(last)) {
            Some((_, echoes)) => *echoes += 1,
            None => kept.push((fault, 0)),
        }
    }
    let with_count = |(fault, echoes): (Diagnostic, usize)| if echoes == 0 { fault } else { fault.help(format!("and the same on {echoes} more pages")) };
    kept.into_iter().map(with_count).collect()
}

fn asset(asset: &Asset, inputs: &Inputs) -> Result<Arc<[u8]>, Diagnostic> {
    match &asset.content {
        Content::Input => inputs.bytes(&asset.path),
        Content::Embedded(bytes) => Ok((*bytes).into()),
        Content::Text(text) => Ok(text.as_bytes().into()),
    }
}

fn outcome(plan: Option<&Plan>, inputs: &Inputs, faults: Diagnostics) -> Outcome {
    let failed = faults.has_errors();
    let count = |wanted: fn(&What) -> bool| plan.map_or(0, |plan| plan.outputs.values().filter(|output| wanted(&output.what)).count());
    Outcome {
        pages: count(|what| matches!(what, What::Page(_))),
        files: count(|what| !matches!(what, What::Page(_))),
        reports: locate(once_per_template(faults.into_sorted()), |path| text_of(inputs, path)),
        failed,
    }
}

/// The text of a file that a diagnostic names: of the site, or of the built-in theme.
fn text_of(inputs: &Inputs, path: &SourcePath) -> Option<Source> {
    inputs.lossy_source(path).or_else(|| crate::theme::source(path))
}
