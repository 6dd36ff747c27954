//! The build: inputs and options come in; finished files go into a sink, diagnostics go out. No disk,
//! no clock, no terminal, no thread of its own: those are the caller's.
//!
//! [`build`] is the whole on one screen: each stage is a line of it.

mod entries;
mod merge;
mod outputs;
mod remembered;
mod search_index;
mod sink;

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::calendar::LeftOut;
use crate::check::{self, Example, LinkChecker};
use crate::config::place_in_layers;
use crate::diag::{Diagnostic, Diagnostics, Report, locate};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::layout::output::OutputKind;
use crate::memo::{Memo, Sources, Table};
use crate::pages::KINDS;
use crate::plan::Plan;
use crate::reads::{self, Answers, Question};
use crate::render::{Common, Renderer};
use crate::site::{self, Options, PartsCache, Site};
use crate::view::ViewContext;
use crate::watch::{Stage, Watch};
use entries::{BuildEntry, OutputHasher};
use merge::merged;
use outputs::{Outputs, Work};
use remembered::{Asking, NewRow, Stored};
use search_index::SearchIndex;

pub use sink::{Before, Nowhere, Published, Sink};

/// What is built.
pub struct Request<'a> {
    pub inputs: &'a Inputs,
    pub options: &'a Options,
    /// Diagnostics of reading the inputs.
    pub diagnostics: Diagnostics,
    /// Parsed parts of earlier builds in the same process.
    pub parts: &'a PartsCache,
}

/// A finished build.
pub struct Built {
    pub outcome: Outcome,
    /// The plan of the site, if there is one.
    ///
    /// It is millions of small values, which take a while to drop: the caller decides when.
    pub plan: Option<Plan>,
}

/// The result of a build.
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
    /// How many pages the search index was made of; 0 when it did not change.
    pub indexed: usize,
    /// What exists and is not published.
    pub left_out: LeftOut,
    /// All diagnostics, sorted, with places.
    pub reports: Vec<Report>,
    /// Whether an error prevents the publication.
    pub failed: bool,
}

impl<'a> Request<'a> {
    /// Returns a build of inputs that were read without a diagnostic, in a process that keeps
    /// nothing.
    pub fn new(inputs: &'a Inputs, options: &'a Options) -> Self {
        Self {
            inputs,
            options,
            diagnostics: Diagnostics::default(),
            parts: &PartsCache::DISABLED,
        }
    }
}

/// Builds a site. The error is the sink's.
pub fn build<S: Sink>(
    request: Request<'_>,
    before: Before<'_>,
    watch: &dyn Watch,
    sink: &mut S,
) -> Result<Built, S::Error> {
    let Request {
        inputs,
        options,
        mut diagnostics,
        parts,
    } = request;
    let key = diagnostics.is_empty().then(|| build_key(inputs, options));
    if let Some(entry) = key.and_then(|key| unchanged_build(key, before)) {
        hand_on_published(before.published, sink)?;
        return Ok(Built::without_plan(
            Finished::unchanged(entry).outcome(inputs),
        ));
    }
    watch.stage(Stage::Parse);
    let memo = before.memo;
    let site = site::parse(
        Sources { inputs, memo },
        options,
        &KINDS,
        parts,
        &mut diagnostics,
    );
    let Some(site) = site else {
        return Ok(Built::without_plan(failure(inputs, diagnostics)));
    };
    watch.stage(Stage::Plan);
    // A plan is mostly made on one thread.
    let common_digest = site.common_digest;
    let (plan, stored) = rayon::join(
        || plan(site, &mut diagnostics),
        || {
            sink.prepare();
            Stored::read(memo, common_digest)
        },
    );
    if !plan.site.can_render {
        return Ok(Built::without_plan(failure(inputs, diagnostics)));
    }
    let common = Common::of(&plan.context());
    let renderer = Renderer::new(plan.context(), inputs, &common);
    let finished = finish(&renderer, before, stored, watch, diagnostics, sink)?;
    if let Some(key) = key.filter(|_| !finished.failed) {
        remember_build(key, &finished.entry, memo);
    }
    Ok(Built {
        outcome: finished.outcome(inputs),
        plan: Some(plan),
    })
}

/// Renders every page of a plan for its diagnostics, as a build would; the pages go into a sink,
/// which may stop it. `diagnostics` are those of reading, parsing and planning.
pub fn check<S: Sink>(
    renderer: &Renderer<'_>,
    before: Before<'_>,
    watch: &dyn Watch,
    diagnostics: Diagnostics,
    sink: &mut S,
) -> Result<Outcome, S::Error> {
    let stored = Stored::read(before.memo, renderer.cx.site.common_digest);
    let finished = finish(renderer, before, stored, watch, diagnostics, sink)?;
    Ok(finished.outcome(renderer.inputs))
}

/// Lays a site out, and checks what no single page can show.
pub fn plan(site: Site, diagnostics: &mut Diagnostics) -> Plan {
    let plan = Plan::of(site, diagnostics);
    check::site(&plan.context(), diagnostics);
    plan
}

/// Plans a site and renders nothing. Returns `None` when there is nothing to plan; what is wrong is
/// said by a build.
pub fn plan_only(sources: Sources<'_>, options: &Options) -> Option<Plan> {
    let mut diagnostics = Diagnostics::default();
    let site = site::parse(
        sources,
        options,
        &KINDS,
        &PartsCache::DISABLED,
        &mut diagnostics,
    )?;
    Some(plan(site, &mut diagnostics))
}

/// Merges and places the diagnostics of a site whose pages were not all made.
pub fn reports(inputs: &Inputs, diagnostics: Diagnostics) -> Vec<Report> {
    located(inputs, merged(diagnostics))
}

/// All outputs of a plan, made and handed on.
struct Finished {
    entry: BuildEntry,
    rendered: usize,
    drawn: usize,
    indexed: usize,
    failed: bool,
}

/// The question what all pages see of the site.
const COMMON: Question = Question(0);

/// Returns the answers of a site to everything that is asked of it.
fn answers_of(renderer: &Renderer<'_>) -> Answers {
    let cx = &renderer.cx;
    let mut answers = Answers::default();
    answers.add(COMMON, renderer.common.digest());
    cx.site.answers(&mut answers);
    cx.layout.answers(cx.site, &mut answers);
    answers
}

/// Checks templates by examples. That one is right is remembered as if it was an output, by a path that
/// no output has.
fn check_templates(
    renderer: &Renderer<'_>,
    known: &remembered::Known,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, NewRow)> {
    let check = |example: Example<'_>| {
        let path = format!("/templates/{}", example.name());
        if let Some(known) = known.row(&path) {
            return (path, known, Diagnostics::default());
        }
        let (found, reads) = reads::noted(|| {
            reads::note(COMMON);
            example.check(renderer)
        });
        (path, NewRow::of(reads), found)
    };
    let examples = Example::all(&renderer.cx).into_par_iter();
    let checked: Vec<_> = examples.map(check).collect();
    let mut rows = vec![];
    for (path, row, found) in checked {
        if found.is_empty() {
            rows.push((path, row));
        }
        diagnostics.extend(found);
    }
    rows
}

/// Makes all outputs, and checks what only all of them together can show.
fn finish<S: Sink>(
    renderer: &Renderer<'_>,
    before: Before<'_>,
    stored: Stored,
    watch: &dyn Watch,
    mut diagnostics: Diagnostics,
    sink: &mut S,
) -> Result<Finished, S::Error> {
    let cx = &renderer.cx;
    let answers = OnceLock::new();
    let asking = Asking {
        common: cx.site.common_digest,
        structure: cx.site.structure_digest,
        answers: &|| answers.get_or_init(|| answers_of(renderer)),
    };
    let known = remembered::Known::of(stored, &asking);
    let checked = check_templates(renderer, &known, &mut diagnostics);
    watch.stage(Stage::Search);
    let mut index = SearchIndex::new(renderer, before, &known, &mut diagnostics);
    watch.stage(Stage::Render);
    let links = LinkChecker::new(*cx);
    let work = Work {
        renderer,
        links: &links,
        before,
        watch,
        known: &known,
        may_remember: !diagnostics.has_errors(),
        index: &index,
    };
    let mut outputs = work.outputs(&mut diagnostics, sink)?;
    watch.stage(Stage::Check);
    links.check_anchors(&outputs.link_facts, renderer, &mut diagnostics);
    check::host(renderer, &outputs.sizes, &mut diagnostics);
    if !diagnostics.has_errors() {
        let words = index.rows(cx.layout.found.whole().len(), &known);
        for (path, row) in checked.into_iter().chain(words) {
            outputs.remembered.add(&path, row, &known);
        }
        outputs.remembered.store(before.memo, &asking, &known);
    }
    Ok(Finished::new(cx, &outputs, index.pages, diagnostics))
}

impl Finished {
    fn new(
        cx: &ViewContext<'_>,
        outputs: &Outputs,
        indexed: usize,
        diagnostics: Diagnostics,
    ) -> Self {
        let all = cx.layout.outputs.whole().values();
        let is_page = |what: &OutputKind| matches!(what, OutputKind::Page(_));
        let pages = all.filter(|output| is_page(&output.what)).count();
        Self {
            failed: diagnostics.has_errors(),
            entry: BuildEntry {
                pages,
                files: cx.layout.outputs.whole().len() - pages,
                left_out: cx.site.left_out(),
                outputs: outputs.digest,
                warnings: merged(diagnostics),
            },
            rendered: outputs.rendered,
            drawn: outputs.drawn,
            indexed,
        }
    }

    /// Returns a build for which nothing had to be made.
    fn unchanged(entry: BuildEntry) -> Self {
        Self {
            entry,
            rendered: 0,
            drawn: 0,
            indexed: 0,
            failed: false,
        }
    }

    fn outcome(self, inputs: &Inputs) -> Outcome {
        let Self {
            entry,
            rendered,
            drawn,
            indexed,
            failed,
        } = self;
        let BuildEntry {
            pages,
            files,
            left_out,
            outputs: _,
            warnings,
        } = entry;
        Outcome {
            pages,
            rendered,
            files,
            drawn,
            indexed,
            left_out,
            reports: located(inputs, warnings),
            failed,
        }
    }
}

impl Built {
    fn without_plan(outcome: Outcome) -> Self {
        Self {
            outcome,
            plan: None,
        }
    }
}

/// Everything that a build is a function of.
#[derive(serde::Serialize)]
struct BuildKey<'a> {
    files: Vec<(&'a crate::path::SourcePath, Digest)>,
    options: &'a Options,
}

fn build_key(inputs: &Inputs, options: &Options) -> Digest {
    let files = inputs.iter().map(|(path, file)| (path, file.digest));
    Digest::of_value(&BuildKey {
        files: files.collect(),
        options,
    })
}

/// Returns what is remembered of the same build, if all its files are still published.
fn unchanged_build(key: Digest, before: Before<'_>) -> Option<BuildEntry> {
    let bytes = before.memo.get(Table::Builds, key)?;
    let entry: BuildEntry = serde_json::from_slice(&bytes).ok()?;
    let Published::These(published) = before.published else {
        return Some(entry);
    };
    let mut hasher = OutputHasher::default();
    for (path, digest) in published {
        hasher.add(path, *digest);
    }
    (hasher.finish() == entry.outputs).then_some(entry)
}

/// Hands on all published files as they are.
fn hand_on_published<S: Sink>(published: Published<'_>, sink: &mut S) -> Result<(), S::Error> {
    let Published::These(published) = published else {
        return Ok(());
    };
    published
        .iter()
        .try_for_each(|(path, digest)| sink.file(path, *digest, None))
}

fn remember_build(key: Digest, entry: &BuildEntry, memo: &dyn Memo) {
    if let Ok(bytes) = serde_json::to_vec(entry) {
        memo.put(Table::Builds, key, &bytes);
    }
}

/// Returns the outcome of a site that cannot be rendered.
fn failure(inputs: &Inputs, diagnostics: Diagnostics) -> Outcome {
    Outcome {
        pages: 0,
        rendered: 0,
        files: 0,
        drawn: 0,
        indexed: 0,
        left_out: LeftOut::default(),
        failed: diagnostics.has_errors(),
        reports: reports(inputs, diagnostics),
    }
}

/// Adds the lines that diagnostics are about: of the site's files, or of the built-in theme's.
fn located(inputs: &Inputs, mut diagnostics: Vec<Diagnostic>) -> Vec<Report> {
    place_in_layers(inputs, &mut diagnostics);
    locate(diagnostics, |path| {
        inputs
            .lossy_source(path)
            .or_else(|| crate::theme::source(path))
    })
}
