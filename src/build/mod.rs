//! The build: inputs and options come in, finished files go into a sink, diagnostics go out.
//! No disk, no clock, no terminal: those are the caller's.

mod emit;
mod entry;

use std::collections::BTreeMap;

use crate::check::{self, Links};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Report, locate};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::memo::Memo;
use crate::path::{OutPath, SourcePath};
use crate::plan::{Plan, What, plan};
use crate::render::Renderer;
use crate::site::{self, Options};
use crate::source::Source;
use crate::watch::{Stage, Watch};
use emit::Job;

/// What finished files go into, in the order of their paths. When a build fails it may have got some of them:
/// it keeps them to itself until it is told that the build is good.
pub trait Sink: Send {
    /// Takes one file, with the digest of its bytes; without bytes when it is published already, with this digest.
    /// The error is the machine's, in the system's words.
    fn file(&mut self, path: &OutPath, digest: Digest, bytes: Option<&[u8]>) -> Result<(), String>;
}

/// What is there from builds before.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    pub memo: &'a dyn Memo,
    /// What the sink needs no bytes of.
    pub published: Published<'a>,
}

/// Files whose bytes nobody need make.
#[derive(Clone, Copy)]
pub enum Published<'a> {
    /// These, as long as their digests stay.
    These(&'a BTreeMap<OutPath, Digest>),
    /// All: the sink throws bytes away.
    All,
}

impl Published<'_> {
    fn holds(&self, path: &OutPath, digest: Digest) -> bool {
        match self {
            Self::These(files) => files.get(path) == Some(&digest),
            Self::All => true,
        }
    }
}

/// What became of a build.
#[derive(Debug)]
pub struct Outcome {
    /// HTML pages.
    pub pages: usize,
    /// How many of them had to be rendered.
    pub rendered: usize,
    /// Other files.
    pub files: usize,
    /// Everything that there is to say, sorted, with places.
    pub reports: Vec<Report>,
    /// Whether an error stops the publication.
    pub failed: bool,
}

/// Builds a site. The error is the sink's.
pub fn build(inputs: &Inputs, options: &Options, before: Before<'_>, watch: &dyn Watch, faults: Diagnostics, sink: &mut dyn Sink) -> Result<Outcome, String> {
    let mut faults = faults;
    watch.stage(Stage::Parse);
    let Some(site) = site::parse(inputs, options, &mut faults) else { return Ok(outcome(None, 0, inputs, faults)) };
    watch.stage(Stage::Plan);
    let plan = plan(site, &mut faults);
    let mut rendered = 0;
    if plan.site.can_render {
        let renderer = Renderer::new(&plan, inputs);
        check::templates(&plan, &renderer, &mut faults);
        watch.stage(Stage::Render);
        let links = Links::new(&plan);
        let job = Job { renderer: &renderer, links: &links, before, watch, remembers: !faults.has_errors() };
        let known = emit::all(&job, &mut faults, &mut rendered, sink)?;
        watch.stage(Stage::Check);
        links.check_anchors(&known, &renderer, &mut faults);
    }
    Ok(outcome(Some(&plan), rendered, inputs, faults))
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

fn outcome(plan: Option<&Plan>, rendered: usize, inputs: &Inputs, faults: Diagnostics) -> Outcome {
    let failed = faults.has_errors();
    let count = |wanted: fn(&What) -> bool| plan.map_or(0, |plan| plan.outputs.values().filter(|output| wanted(&output.what)).count());
    Outcome {
        pages: count(|what| matches!(what, What::Page(_))),
        rendered,
        files: count(|what| !matches!(what, What::Page(_))),
        reports: locate(once_per_template(faults.into_sorted()), |path| text_of(inputs, path)),
        failed,
    }
}

/// The text of a file that a diagnostic names: of the site, or of the built-in theme.
fn text_of(inputs: &Inputs, path: &SourcePath) -> Option<Source> {
    inputs.lossy_source(path).or_else(|| crate::theme::source(path))
}
