//! The build: inputs and options come in, finished files go into a sink, diagnostics go out.
//! No disk, no clock, no terminal: those are the caller's.

mod emit;
mod entry;
mod index;
mod said;

use crate::calendar::LeftOut;
use crate::check::{self, Links};
use crate::diag::{Diagnostic, Diagnostics, Report, locate};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::memo::{Memo, Shelf};
use crate::ordered;
use crate::path::OutPath;
use crate::plan::{Plan, What, plan};
use crate::render::{Common, Renderer};
use crate::site::{self, Options, Parts};
use crate::watch::{Stage, Watch};
use emit::{Emitted, Job};
use entry::{Hasher, Rows, Whole};
use index::Indexed;
use said::said;

/// What finished files go into, in the order of their paths. When a build fails it may have got some of them:
/// it keeps them to itself until it is told that the build is good.
pub trait Sink: Send {
    /// Something will be otherwise, as far as is known. What takes time can be done while the site is planned.
    fn prepare(&mut self) {}

    /// Takes one file, with the digest of its bytes; without bytes when it is published already, with this digest.
    /// The error is the machine's, in the system's words.
    fn file(&mut self, path: &OutPath, digest: Digest, bytes: Option<&[u8]>) -> Result<(), String>;
}

/// Takes files and drops them.
pub struct Nowhere;

impl Sink for Nowhere {
    fn file(&mut self, _: &OutPath, _: Digest, _: Option<&[u8]>) -> Result<(), String> {
        Ok(())
    }
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
    These(&'a ordered::Map<OutPath, Digest>),
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
    /// How many of them are pictures that had to be drawn.
    pub drawn: usize,
    /// How many pages the search index was made of; 0 when it is as it was.
    pub indexed: usize,
    /// What exists and is not published.
    pub left_out: LeftOut,
    /// Everything that there is to say, sorted, with places.
    pub reports: Vec<Report>,
    /// Whether an error stops the publication.
    pub failed: bool,
}

/// Builds a site. The error is the sink's.
pub fn build(inputs: &Inputs, options: &Options, before: Before<'_>, watch: &dyn Watch, faults: Diagnostics, sink: &mut dyn Sink) -> Result<Outcome, String> {
    build_of((inputs, &Parts::NOTHING), options, before, watch, faults, sink)
}

/// The same with parts that the process may have kept.
pub fn build_of(
    (inputs, parts): (&Inputs, &Parts),
    options: &Options,
    before: Before<'_>,
    watch: &dyn Watch,
    faults: Diagnostics,
    sink: &mut dyn Sink,
) -> Result<Outcome, String> {
    let key = faults.is_empty().then(|| whole_key(inputs, options));
    if let Some(outcome) = key.and_then(|key| same_as_before(key, inputs, before, sink)) {
        return outcome;
    }
    let mut faults = faults;
    watch.stage(Stage::Parse);
    let Some(site) = site::parse(inputs, options, (before.memo, parts), &mut faults) else { return Ok(failure(inputs, faults)) };
    watch.stage(Stage::Plan);
    let (plan, ()) = rayon::join(|| plan(site, &mut faults), || sink.prepare());
    if !plan.site.can_render {
        return Ok(failure(inputs, faults));
    }
    let common = Common::of(&plan);
    let made = make(&Renderer::new(&plan, inputs, &common), (before, watch), faults, sink)?;
    let_go(plan, parts);
    if let Some((key, bytes)) = key.filter(|_| !made.failed).zip(serde_json::to_vec(&made.whole).ok()) {
        before.memo.put(Shelf::Builds, key, &bytes);
    }
    Ok(outcome(inputs, made))
}

/// Millions of small values: nobody waits for them to go. The only build of a process leaves them to its end. (Without a thread
/// to spare, they go here.)
fn let_go(plan: Plan, parts: &Parts) {
    if parts.are_kept() {
        let _ = std::thread::Builder::new().spawn(move || drop(plan));
    } else {
        std::mem::forget(plan);
    }
}

/// Renders every page of a plan for what is to be said of it, as a build would; the pages go into a sink, which may stop it.
/// `faults` are those of reading, parsing and planning.
pub fn check(renderer: &Renderer<'_>, before: Before<'_>, watch: &dyn Watch, faults: Diagnostics, sink: &mut dyn Sink) -> Result<Outcome, String> {
    Ok(outcome(renderer.inputs, make(renderer, (before, watch), faults, sink)?))
}

/// What became of all outputs of a plan.
struct Made {
    whole: Whole,
    rendered: usize,
    drawn: usize,
    indexed: usize,
    failed: bool,
}

fn make(renderer: &Renderer<'_>, (before, watch): (Before<'_>, &dyn Watch), mut faults: Diagnostics, sink: &mut dyn Sink) -> Result<Made, String> {
    let Emitted { outputs, rendered, drawn, indexed, .. } = emit(renderer, (before, watch), &mut faults, sink)?;
    let all = renderer.plan.outputs.values();
    let pages = all.clone().filter(|output| matches!(output.what, What::Page(_))).count();
    let failed = faults.has_errors();
    let left_out = renderer.plan.site.left_out();
    let whole = Whole { pages, files: all.len() - pages, left_out, outputs, warnings: said(faults) };
    Ok(Made { whole, rendered, drawn, indexed, failed })
}

fn outcome(inputs: &Inputs, Made { whole, rendered, drawn, indexed, failed }: Made) -> Outcome {
    let Whole { pages, files, left_out, outputs: _, warnings } = whole;
    Outcome { pages, rendered, files, drawn, indexed, left_out, reports: located(inputs, warnings), failed }
}

/// Makes all outputs, and checks what only all of them together can show.
fn emit(renderer: &Renderer<'_>, (before, watch): (Before<'_>, &dyn Watch), faults: &mut Diagnostics, sink: &mut dyn Sink) -> Result<Emitted, String> {
    let plan = renderer.plan;
    let known = before.memo.get(Shelf::Outlines, plan.site.outline);
    // What templates ask for is a matter of the outline, and only outlines without an error are remembered.
    if known.is_none() {
        check::templates(plan, renderer, faults);
    }
    watch.stage(Stage::Search);
    let index = Indexed::new(renderer, before, faults);
    watch.stage(Stage::Render);
    let links = Links::new(plan);
    let rows = (!faults.has_errors()).then(|| Rows::from_bytes(&known.unwrap_or_default()));
    let job = Job { renderer, links: &links, before, watch, rows, index: &index };
    let emitted = emit::all(&job, faults, sink)?;
    watch.stage(Stage::Check);
    links.check_anchors(&emitted.known, renderer, faults);
    if !faults.has_errors() {
        emitted.remember(&job);
    }
    Ok(emitted)
}

/// Plans a site and renders nothing. None when there is nothing to plan; what is wrong is said by a build.
pub fn plan_only(inputs: &Inputs, options: &Options, memo: &dyn Memo) -> Option<Plan> {
    let mut faults = Diagnostics::default();
    let site = site::parse(inputs, options, (memo, &Parts::NOTHING), &mut faults)?;
    Some(plan(site, &mut faults))
}

/// A build is a function of its inputs and options.
fn whole_key(inputs: &Inputs, options: &Options) -> Digest {
    let files: Vec<_> = inputs.iter().map(|(path, file)| (path, file.digest)).collect();
    Digest::of_value(&(files, options))
}

/// What became of the same build before, if all its files are still there.
fn same_as_before(key: Digest, inputs: &Inputs, before: Before<'_>, sink: &mut dyn Sink) -> Option<Result<Outcome, String>> {
    let whole: Whole = serde_json::from_slice(&before.memo.get(Shelf::Builds, key)?).ok()?;
    if let Published::These(published) = before.published {
        let mut hasher = Hasher::default();
        published.iter().for_each(|(path, digest)| hasher.add(path, *digest));
        if hasher.finish() != whole.outputs {
            return None;
        }
        if let Err(fault) = published.iter().try_for_each(|(path, digest)| sink.file(path, *digest, None)) {
            return Some(Err(fault));
        }
    }
    Some(Ok(outcome(inputs, Made { whole, rendered: 0, drawn: 0, indexed: 0, failed: false })))
}

/// A site that cannot be rendered.
fn failure(inputs: &Inputs, faults: Diagnostics) -> Outcome {
    let failed = faults.has_errors();
    Outcome { pages: 0, rendered: 0, files: 0, drawn: 0, indexed: 0, left_out: LeftOut::default(), reports: reports(inputs, faults), failed }
}

/// What there is to say of a site whose pages were not all made.
pub fn reports(inputs: &Inputs, faults: Diagnostics) -> Vec<Report> {
    located(inputs, said(faults))
}

/// Diagnostics with the lines that they are about: of the site's files, or of the built-in theme's.
fn located(inputs: &Inputs, faults: Vec<Diagnostic>) -> Vec<Report> {
    locate(faults, |path| inputs.lossy_source(path).or_else(|| crate::theme::source(path)))
}
