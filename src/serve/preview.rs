//! The preview: the inputs of a site come in after every edit; its pages go out when they are asked
//! for. It plans and renders as a build does, and does not know what was edited. Files, clocks and
//! the network are not here.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::changes::{self, Changes};
use super::headers;
use super::pages::{Made, Pages, Quality};
use super::report::{Editor, Progress, Reported};
use crate::check;
use crate::diag::{Code, Diagnostic, Diagnostics, Report, Severity};
use crate::inputs::Inputs;
use crate::layout::Page;
use crate::layout::page;
use crate::memo::{Memo, Sources};
use crate::pages::KINDS;
use crate::path::{OutPath, SourcePath};
use crate::pipeline::{self, Before, Outcome, Published, Sink};
use crate::plan::Plan;
use crate::policy::HeaderRules;
use crate::render::{Common, Rendered, Renderer};
use crate::site::{self, Options, PartsCache};
use crate::watch::Unwatched;

/// A site that is edited while it is looked at.
pub struct Preview {
    parts: PartsCache,
    pages: Mutex<Pages>,
    now: RwLock<Now>,
    /// The first generation. What was shown before it is not known.
    first: u64,
    /// Turns places of diagnostics into addresses that open an editor.
    editor: Editor,
}

/// What is shown now. Each new site and each new report has a generation, a number above all
/// before.
struct Now {
    generation: u64,
    /// The generation of the last inputs.
    updated: u64,
    /// The generation of the last inputs that made a site.
    swapped: u64,
    snapshot: Option<Arc<Snapshot>>,
    changes: Changes,
    /// The generation of the report.
    reported: u64,
    report: Arc<Reported>,
}

/// What is new since a generation.
pub(super) struct NewSince {
    pub generation: u64,
    /// The site, if it is new.
    pub snapshot: Option<Arc<Snapshot>>,
    /// Addresses of files whose bytes changed; `None` if any may have changed.
    pub changed: Option<Vec<String>>,
    /// The report, if it is new.
    pub report: Option<Arc<Reported>>,
}

/// A site that can be rendered.
pub struct Snapshot {
    pub generation: u64,
    pub plan: Plan,
    pub inputs: Arc<Inputs>,
    pub common: Common,
    /// The headers of the site.
    pub headers: HeaderRules,
    /// The diagnostics of reading, parsing and planning.
    pub diagnostics: Diagnostics,
    /// Whether planning itself gave diagnostics: then their places are of this generation only.
    plan_has_diagnostics: bool,
}

impl Snapshot {
    /// Returns what renders the pages of this site.
    pub fn renderer(&self) -> Renderer<'_> {
        Renderer::new(self.plan.context(), &self.inputs, &self.common)
    }
}

/// What became of new inputs.
pub struct Update {
    /// The site that is shown from now on. `None` if the inputs make no site: then the one before
    /// stays.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The site that was shown before. It is large, and should be dropped where nobody waits.
    pub old: Option<Arc<Snapshot>>,
}

impl Update {
    /// Returns the path of the site's home page.
    pub(super) fn base_path(&self) -> &str {
        match &self.snapshot {
            Some(snapshot) => &snapshot.plan.site.config.base_path,
            None => "/",
        }
    }
}

impl Preview {
    /// Returns a preview that shows nothing yet.
    ///
    /// `first` is the first generation. It must be above those of earlier previews, whose pages may
    /// still be open.
    pub fn new(first: u64, editor: Editor) -> Self {
        let now = Now {
            generation: first,
            updated: first,
            swapped: first,
            snapshot: None,
            changes: Changes::default(),
            reported: first,
            report: Arc::default(),
        };
        Self {
            parts: PartsCache::default(),
            pages: Mutex::default(),
            now: RwLock::new(now),
            first,
            editor,
        }
    }

    /// Shows the site that inputs make. If they make none, the pages stay and the reasons are
    /// reported.
    pub fn update(
        &self,
        inputs: Arc<Inputs>,
        options: &Options,
        mut diagnostics: Diagnostics,
        memo: &dyn Memo,
    ) -> Update {
        let sources = Sources {
            inputs: &inputs,
            memo,
        };
        let made = site::parse(sources, options, &KINDS, &self.parts, &mut diagnostics)
            .map(|site| self.plan(site, &mut diagnostics))
            .filter(|(plan, _)| plan.site.can_render);
        // A file that changed since it was read is not a mistake: later inputs are on their way.
        if inputs.is_stale() {
            return Update {
                snapshot: None,
                old: None,
            };
        }
        let made = made.map(|(plan, plan_has_diagnostics)| {
            let common = Common::of(&plan.context());
            let renderer = Renderer::new(plan.context(), &inputs, &common);
            let headers = headers::rules(&plan, &renderer);
            (common, headers, plan, plan_has_diagnostics)
        });
        let mut now = self.write();
        now.generation += 1;
        now.updated = now.generation;
        let generation = now.generation;
        let Some((common, headers, plan, plan_has_diagnostics)) = made else {
            now.reported = generation;
            let reports = pipeline::reports(&inputs, diagnostics);
            now.report = Arc::new(Reported::new(
                reports,
                Progress::Done,
                &inputs,
                &self.editor,
            ));
            return Update {
                snapshot: None,
                old: None,
            };
        };
        let snapshot = Arc::new(Snapshot {
            generation,
            plan,
            inputs,
            common,
            headers,
            diagnostics,
            plan_has_diagnostics,
        });
        if let Some(old) = &now.snapshot {
            let changed = changes::between(&old.plan, &snapshot.plan);
            now.changes.add(changed, generation);
        }
        now.swapped = generation;
        let old = now.snapshot.replace(snapshot.clone());
        Update {
            snapshot: Some(snapshot),
            old,
        }
    }

    /// Plans a site, and returns whether planning gave diagnostics. Where only bodies of articles
    /// differ, the plan that is there is taken over.
    fn plan(&self, site: site::Site, diagnostics: &mut Diagnostics) -> (Plan, bool) {
        let old = self
            .read()
            .snapshot
            .clone()
            .filter(|old| !old.plan_has_diagnostics);
        let site = match old {
            Some(old) => match old.plan.with_layout_of(site) {
                Ok(plan) => return (plan, false),
                Err(site) => *site,
            },
            None => site,
        };
        let mut said = Diagnostics::default();
        let plan = pipeline::plan(site, &mut said);
        let spoke = !said.is_empty();
        diagnostics.extend(said);
        (plan, spoke)
    }

    /// Makes all pages of a site, and reports their diagnostics unless there are later inputs. The
    /// pages go to `sink`, which may stop this with an error: then nothing is reported, and neither
    /// if a file changed meanwhile.
    pub fn check(
        &self,
        snapshot: &Snapshot,
        memo: &dyn Memo,
        sink: &mut impl Sink,
    ) -> Option<Outcome> {
        let before = Before {
            memo,
            published: Published::All,
        };
        let checked = pipeline::check(
            &snapshot.renderer(),
            before,
            &Unwatched,
            snapshot.diagnostics.clone(),
            sink,
        )
        .ok()
        .filter(|_| !snapshot.inputs.is_stale())?;
        self.report(snapshot, checked.reports.clone(), Progress::Done);
        Some(checked)
    }

    /// Reports what is known of a site before all its pages are checked: diagnostics of its files,
    /// and of the pages that somebody looked at.
    pub fn report_so_far(&self, snapshot: &Snapshot) {
        let mut diagnostics = snapshot.diagnostics.clone();
        for made in self.pages().of_generation(snapshot.generation) {
            diagnostics.extend(made.diagnostics.iter().cloned());
        }
        let reports = pipeline::reports(&snapshot.inputs, diagnostics);
        self.report(snapshot, reports, Progress::Checking);
    }

    fn report(&self, snapshot: &Snapshot, reports: Vec<Report>, progress: Progress) {
        let reported = Reported::new(reports, progress, &snapshot.inputs, &self.editor);
        let mut now = self.write();
        if now.updated == snapshot.generation && now.report.json != reported.json {
            now.generation += 1;
            now.reported = now.generation;
            now.report = Arc::new(reported);
        }
    }

    /// Returns the last report.
    pub fn reported(&self) -> Arc<Reported> {
        self.read().report.clone()
    }

    /// Returns the site that is shown.
    pub(super) fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.read().snapshot.clone()
    }

    /// Returns what is new since a generation; 0 stands for a page that knows nothing.
    pub(super) fn news_since(&self, since: u64) -> NewSince {
        let now = self.read();
        let generation = now.generation;
        // A page that an earlier preview has told of its news may have missed anything.
        let is_known = since == 0 || (self.first..=generation).contains(&since);
        let since = if is_known { since } else { 0 };
        let changes = now.changes.since(since.max(1));
        let changed = Some(changes.into_iter().map(str::to_owned).collect());
        NewSince {
            generation,
            snapshot: now.snapshot.clone().filter(|_| now.swapped > since),
            changed: changed.filter(|_| is_known),
            report: Some(now.report.clone()).filter(|_| now.reported > since),
        }
    }

    /// Returns the last good page of an output that is missing only because of mistakes.
    pub(super) fn last_good(&self, snapshot: &Snapshot, out: &OutPath) -> Option<Made> {
        self.pages()
            .last_good(out)
            .filter(|_| snapshot.diagnostics.has_errors())
    }

    /// Returns true if there are no later inputs than those of a site.
    pub fn is_latest(&self, snapshot: &Snapshot) -> bool {
        self.read().updated == snapshot.generation
    }

    /// Returns a page as it is now; if it has mistakes, the last good one.
    pub(super) fn page(&self, snapshot: &Snapshot, path: &OutPath, index: usize) -> Made {
        if let Some(made) = self.pages().get(path, snapshot.generation) {
            return made;
        }
        let page = &snapshot.plan.layout.pages[index];
        let Rendered {
            html,
            is_kept: _,
            facts,
            diagnostics,
        } = snapshot.renderer().page(index);
        let mut diagnostics: Vec<Diagnostic> = diagnostics
            .into_iter()
            .chain({
                let cx = snapshot.plan.context();
                check::dangling(&cx, &check::WrittenLinks::new(cx), index, &facts)
            })
            .collect();
        // A file that changed since it was read is not a mistake: the next generation is on its
        // way.
        let read = diagnostics.len();
        diagnostics.retain(|it| it.code != Code::UnreadableFile);
        let is_good = read == diagnostics.len()
            && diagnostics.iter().all(|it| it.severity != Severity::Error)
            && !is_broken(snapshot, page);
        let made = Made::new(html, page::standing(&snapshot.plan.site, page), diagnostics);
        let quality = if is_good {
            Quality::Good
        } else {
            Quality::Flawed
        };
        self.pages().put(path, snapshot.generation, made, quality)
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Now> {
        self.now.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Now> {
        self.now.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns true if a page is made of a file with mistakes: what it lacks is not known.
fn is_broken(snapshot: &Snapshot, page: &Page) -> bool {
    let Snapshot {
        plan, diagnostics, ..
    } = snapshot;
    let has_mistakes =
        |path: &SourcePath| diagnostics.paths_with_errors().any(|other| other == path);
    page.subject
        .role()
        .is_some_and(|id| plan.site.failed.records.contains(id))
        || page.prose.as_ref().is_some_and(has_mistakes)
}
