//! The preview: the inputs of a site come in after every edit, its pages go out when they are asked for. It plans as a build
//! does and renders as a build does; nothing here knows what was edited. No files, no clock, no network: those are `serve`'s.

use serde_json::json;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::changes::{self, Changes};
use super::pages::{Made, Pages};
use super::report::{Editor, Reported};
use super::site::{Answer, Body, Event, News, Site};
use crate::build::{self, Before, Outcome, Published, Sink};
use crate::check;
use crate::diag::{Code, Diagnostic, Diagnostics, Report, Severity};
use crate::escape::escape;
use crate::inputs::Inputs;
use crate::memo::Memo;
use crate::path::{OutPath, SourcePath, UrlPath, encode};
use crate::plan::{Page, Plan, What, plan};
use crate::render::{Common, Rendered, Renderer};
use crate::site::{self, Options, Parts};
use crate::watch::Nobody;

/// A site that is edited while it is looked at.
pub struct Preview {
    parts: Parts,
    pages: Mutex<Pages>,
    now: RwLock<Now>,
    /// The first generation: what was before is known to nobody.
    first: u64,
    /// How places become addresses that open an editor.
    editor: Editor,
}

/// What is shown now, by generations: each swap and each report has a number above all before.
struct Now {
    generation: u64,
    /// The last inputs.
    updated: u64,
    /// The last inputs that made a site.
    swapped: u64,
    snapshot: Option<Arc<Snapshot>>,
    /// Assets whose bytes changed, with the generation in which they did.
    changes: Changes,
    reported: u64,
    report: Arc<Reported>,
}

/// A site that can be rendered.
pub struct Snapshot {
    pub generation: u64,
    pub plan: Plan,
    pub inputs: Arc<Inputs>,
    pub common: Common,
    /// What reading, parsing and planning said.
    pub faults: Diagnostics,
    /// Whether planning itself said something: then its places are of this generation only.
    plan_spoke: bool,
}

impl Snapshot {
    pub fn renderer(&self) -> Renderer<'_> {
        Renderer::new(&self.plan, &self.inputs, &self.common)
    }
}

/// What became of new inputs.
pub struct Update {
    pub generation: u64,
    /// The site that is shown from now on; none when these inputs make none, and the one before stays.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The site that is not shown any more. It is large: whoever has time may let it go.
    pub old: Option<Arc<Snapshot>>,
}

impl Preview {
    /// Nothing yet. `first` is the first generation: above all those of a preview before this one, whose pages may still be open.
    pub fn new(first: u64, editor: Editor) -> Self {
        let now =
            Now { generation: first, updated: first, swapped: first, snapshot: None, changes: Changes::default(), reported: first, report: Arc::default() };
        Self { parts: Parts::default(), pages: Mutex::default(), now: RwLock::new(now), first, editor }
    }

    /// Shows the site that these inputs make. When they make none, the pages stay and the reasons are reported.
    pub fn update(&self, inputs: Arc<Inputs>, options: &Options, mut faults: Diagnostics, memo: &dyn Memo) -> Update {
        let made =
            site::parse(&inputs, options, (memo, &self.parts), &mut faults).map(|site| self.plan(site, &mut faults)).filter(|(plan, _)| plan.site.can_render);
        let made = made.map(|(plan, plan_spoke)| (Common::of(&plan), plan, plan_spoke));
        let mut now = self.write();
        now.generation += 1;
        now.updated = now.generation;
        let generation = now.generation;
        let Some((common, plan, plan_spoke)) = made else {
            now.reported = generation;
            now.report = Arc::new(Reported::new(build::reports(&inputs, faults), false, &inputs, &self.editor));
            return Update { generation, snapshot: None, old: None };
        };
        let snapshot = Arc::new(Snapshot { generation, plan, inputs, common, faults, plan_spoke });
        if let Some(old) = &now.snapshot {
            let changed = changes::between(&old.plan, &snapshot.plan);
            now.changes.add(changed, generation);
        }
        now.swapped = generation;
        let old = now.snapshot.replace(snapshot.clone());
        Update { generation, snapshot: Some(snapshot), old }
    }

    /// A plan, and whether planning said something. Where only bodies of articles differ, it is the one that is there.
    fn plan(&self, site: site::Site, faults: &mut Diagnostics) -> (Plan, bool) {
        let old = self.read().snapshot.clone().filter(|old| !old.plan_spoke);
        let site = match old {
            Some(old) => match old.plan.with_layout_of(site) {
                Ok(plan) => return (plan, false),
                Err(site) => *site,
            },
            None => site,
        };
        let mut said = Diagnostics::default();
        let plan = plan(site, &mut said);
        let spoke = !said.is_empty();
        faults.extend(said);
        (plan, spoke)
    }

    /// Makes all pages of a site, and reports what they say, unless there are later inputs. They go to `sink`, which may stop
    /// it with an error: then nothing is reported.
    pub fn check(&self, snapshot: &Snapshot, memo: &dyn Memo, sink: &mut dyn Sink) -> Option<Outcome> {
        let before = Before { memo, published: Published::All };
        let checked = build::check(&snapshot.renderer(), before, &Nobody, snapshot.faults.clone(), sink).ok()?;
        self.say(snapshot, Reported::new(checked.reports.clone(), false, &snapshot.inputs, &self.editor));
        Some(checked)
    }

    /// Reports what is known of a site before all its pages are checked: of its files, and the pages that somebody looked at.
    pub fn report_so_far(&self, snapshot: &Snapshot) {
        let mut faults = snapshot.faults.clone();
        self.pages().of_generation(snapshot.generation).for_each(|made| faults.extend(made.faults.iter().cloned()));
        self.say(snapshot, Reported::new(build::reports(&snapshot.inputs, faults), true, &snapshot.inputs, &self.editor));
    }

    fn say(&self, snapshot: &Snapshot, reported: Reported) {
        let mut now = self.write();
        if now.updated == snapshot.generation && now.report.json != reported.json {
            now.generation += 1;
            now.reported = now.generation;
            now.report = Arc::new(reported);
        }
    }

    /// What is reported now.
    pub fn reported(&self) -> Arc<Reported> {
        self.read().report.clone()
    }

    /// Whether there are no later inputs than those of a site.
    pub fn is_latest(&self, snapshot: &Snapshot) -> bool {
        self.read().updated == snapshot.generation
    }

    /// A page as it is now; if it has mistakes, the last good one.
    fn page(&self, snapshot: &Snapshot, path: &OutPath, index: usize) -> Made {
        if let Some(made) = self.pages().get(path, snapshot.generation) {
            return made;
        }
        let page = &snapshot.plan.pages[index];
        let Rendered { html, facts, faults } = snapshot.renderer().page(index);
        let mut faults: Vec<Diagnostic> = faults.into_iter().chain(check::dangling(&snapshot.plan, index, &facts)).collect();
        // A file that changed since it was read is nobody's mistake: the next generation is on its way.
        let read = faults.len();
        faults.retain(|fault| fault.code != Code::UnreadableFile);
        let is_good = read == faults.len() && faults.iter().all(|fault| fault.severity != Severity::Error) && !is_broken(snapshot, page);
        let made = Made::new(html, snapshot.plan.standing(page), faults);
        self.pages().put(path, snapshot.generation, made, is_good)
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

/// Whether a page is made of a file with mistakes: what it lacks is unknown.
fn is_broken(Snapshot { plan, faults, .. }: &Snapshot, page: &Page) -> bool {
    let has_mistakes = |path: &SourcePath| faults.paths_with_errors().any(|other| other == path);
    page.subject.role().is_some_and(|id| plan.site.failed.records.contains(id)) || page.prose.as_ref().is_some_and(has_mistakes)
}

impl Site for Preview {
    fn get(&self, path: &str) -> Answer {
        let Some(snapshot) = self.read().snapshot.clone() else { return error_page(&self.reported()) };
        match find(&snapshot.plan, path) {
            Found::Output(out) => self.output(&snapshot, &out),
            Found::Elsewhere(address) => Answer { status: 307, body: Body::Redirect(address), content_type: HTML.into() },
            Found::Nothing(out) => match out.and_then(|out| self.lost(&snapshot, &out)) {
                Some(made) => page(made, 200),
                None => self.not_found(&snapshot),
            },
        }
    }

    fn news(&self, path: &str, since: u64) -> News {
        let now = self.read();
        let (generation, swapped, reported) = (now.generation, now.swapped, now.reported);
        let (snapshot, report) = (now.snapshot.clone(), now.report.clone());
        // A page that a preview before this one has told of its news may have missed anything.
        let is_known = since == 0 || (self.first..=generation).contains(&since);
        let since = if is_known { since } else { 0 };
        let changed: Option<Vec<String>> = is_known.then(|| now.changes.since(since.max(1)).into_iter().map(str::to_owned).collect());
        drop(now);
        let mut events = vec![];
        if let Some(snapshot) = snapshot.filter(|_| swapped > since) {
            let made = self.shown(&snapshot, path);
            let (digest, mark) = made.map_or((None, ""), |made| (Some(made.digest.to_string()), made.mark));
            events.push(Event { name: "page", data: json!({ "digest": digest, "changed": changed, "mark": mark }).to_string() });
        }
        if reported > since {
            events.push(Event { name: "report", data: report.json.clone() });
        }
        News { generation, events }
    }
}

impl Preview {
    fn output(&self, snapshot: &Snapshot, out: &OutPath) -> Answer {
        let Some(output) = snapshot.plan.outputs.get(out) else { return self.not_found(snapshot) };
        match &output.what {
            What::Page(index) => match self.page(snapshot, out, *index) {
                made if made.html.is_empty() => error_page(&self.reported()),
                made => page(made, 200),
            },
            what => match snapshot.renderer().bytes(what) {
                Ok(bytes) => Answer { status: 200, body: Body::File(bytes), content_type: super::http::content_type(out.as_str()).into() },
                // It is being written right now, or gone already.
                Err(_) => self.not_found(snapshot),
            },
        }
    }

    /// The page that an address shows.
    fn shown(&self, snapshot: &Snapshot, path: &str) -> Option<Made> {
        match find(&snapshot.plan, path) {
            Found::Output(out) => match snapshot.plan.outputs.get(&out)?.what {
                What::Page(index) => Some(self.page(snapshot, &out, index)),
                _ => None,
            },
            Found::Elsewhere(_) => None,
            Found::Nothing(out) => self.lost(snapshot, &out?),
        }
    }

    /// The last good page of an address that has none only because of mistakes.
    fn lost(&self, snapshot: &Snapshot, out: &OutPath) -> Option<Made> {
        self.pages().last_good(out).filter(|_| snapshot.faults.has_errors())
    }

    fn not_found(&self, snapshot: &Snapshot) -> Answer {
        let found = snapshot.plan.outputs.get_key_value("404.html").map(|(out, output)| (out, &output.what));
        match found {
            Some((out, What::Page(index))) => page(self.page(snapshot, out, *index), 404),
            _ => Answer { status: 404, body: Body::File(Arc::from(&b"There is no such page.\n"[..])), content_type: "text/plain; charset=utf-8".into() },
        }
    }
}

/// What an address of the server stands for.
enum Found {
    Output(OutPath),
    /// An address of an output that this one was meant to be, percent-encoded.
    Elsewhere(String),
    /// With the output that would stand there, if one could.
    Nothing(Option<OutPath>),
}

/// Looks an address up among the outputs of a plan: nothing else is ever served.
fn find(plan: &Plan, path: &str) -> Found {
    let base = plan.site.config.base_path.as_str();
    let mount = base.trim_end_matches('/');
    let Some(inner) = path.strip_prefix(mount).filter(|_| path != "/" || mount.is_empty()) else {
        return if path == "/" { Found::Elsewhere(encode(base).into_owned()) } else { Found::Nothing(None) };
    };
    if inner.is_empty() {
        return Found::Elsewhere(encode(base).into_owned());
    }
    let Ok(url) = UrlPath::new(inner) else { return Found::Nothing(None) };
    let (out, folder) = (url.output(), UrlPath::new(&format!("{inner}/")).map(|url| url.output()));
    match folder {
        _ if plan.outputs.contains_key(&out) => Found::Output(out),
        Ok(folder) if plan.outputs.contains_key(&folder) => Found::Elsewhere(encode(&format!("{mount}{}/", url.as_str())).into_owned()),
        _ => Found::Nothing(Some(out)),
    }
}

fn page(Made { html, digest, mark, faults: _ }: Made, status: u16) -> Answer {
    Answer { status, body: Body::Page { html, digest: digest.to_string(), mark }, content_type: HTML.into() }
}

const HTML: &str = "text/html; charset=utf-8";

/// What stands where no page ever was: why not.
fn error_page(reported: &Reported) -> Answer {
    let line = |report: &Report| {
        let place = report.place.as_ref().map(|at| format!(" ({}:{}:{})", at.path, at.position.line, at.position.column)).unwrap_or_default();
        format!("<li>{}: {}{}</li>", report.severity, escape(&report.message), escape(&place))
    };
    let lines: String = reported.reports.iter().map(line).collect();
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>The site has mistakes</title></head>\
        <body><h1>The site has mistakes</h1><p>This page appears when they are mended.</p><ul>{lines}</ul></body></html>"
    );
    Answer { status: 500, body: Body::Page { html: html.into_bytes().into(), digest: String::new(), mark: "" }, content_type: HTML.into() }
}
