//! Links across pages: the facts of each page come in as soon as they are known, and what the rest of the site needs to
//! know of them is kept in a few bytes; dangling links and anchors go out.
//!
//! A site of 100,000 pages has ten million links, and most of them are the menu. So a page's links are checked for their
//! targets at once, and only its ids, and its links to places on other pages, are kept, as hashes. A link that leads
//! nowhere is rare: then the page is rendered again for the words of the message.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher;

use foldhash::quality::FixedState;
use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Diagnostics, Scope};
use crate::path::{OutPath, encode, split_tail};
use crate::plan::{Page, Plan, What};
use crate::render::{Common, Facts, Link, Renderer};
use crate::suggest;

/// What the check keeps of a page. Equal texts have equal hashes; other texts have others, as far as 64 bits go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Hashes of its ids, sorted.
    pub ids: Vec<u64>,
    /// The names of the outputs that it links to, sorted.
    pub targets: Vec<u64>,
    /// Its links to places on pages, sorted.
    pub anchors: Vec<Anchor>,
}

/// A link to a place: the name of its page and the hash of the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    pub page: u64,
    pub id: u64,
}

/// Checks links as pages become known.
pub struct Links<'p> {
    plan: &'p Plan,
    /// The names of all outputs, sorted.
    outputs: Vec<u64>,
}

impl<'p> Links<'p> {
    /// Knows all outputs of a plan.
    pub fn new(plan: &'p Plan) -> Self {
        let mut outputs: Vec<u64> = plan.outputs.keys().map(|path| name(plan, path)).collect();
        outputs.sort_unstable();
        Self { plan, outputs }
    }

    /// What is kept of a page.
    pub fn known(&self, index: usize, facts: &Facts) -> Known {
        let own = name(self.plan, &self.plan.pages[index].url.output());
        let mut ids: Vec<u64> = facts.ids.iter().map(|id| hash(id)).collect();
        ids.sort_unstable();
        let (mut targets, mut anchors) = (vec![], vec![]);
        for link in &facts.links {
            let (path, fragment) = parts(&link.href);
            let page = if path.is_empty() { own } else { self.target(path) };
            targets.push(page);
            let anchor = fragment.map(|id| Anchor { page, id: hash(&id) });
            anchors.extend(anchor.filter(|anchor| anchor.page != own || ids.binary_search(&anchor.id).is_err()));
        }
        targets.sort_unstable();
        targets.dedup();
        anchors.sort_unstable();
        anchors.dedup();
        Known { ids, targets, anchors }
    }

    /// The name of what an address leads to. Most addresses are written as names are made.
    fn target(&self, path: &str) -> u64 {
        let written = hash(path);
        if self.exists(written) {
            return written;
        }
        self.plan.output_of_href(path).map_or(written, |out| name(self.plan, &out))
    }

    fn exists(&self, name: u64) -> bool {
        self.outputs.binary_search(&name).is_ok()
    }

    /// Whether all targets of a page exist. What they hold is not known yet.
    pub fn lead_somewhere(&self, known: &Known) -> bool {
        known.targets.iter().all(|target| self.exists(*target))
    }

    /// The links to places that their pages do not have. What is known of each page stands at the page's index; of a page
    /// that was not rendered nothing is known.
    pub fn check_anchors(&self, known: &[Option<Known>], renderer: &Renderer<'_>, faults: &mut Diagnostics) {
        let mut pages: Vec<(u64, usize)> = self.plan.pages.iter().enumerate().map(|(index, page)| (name(self.plan, &page.url.output()), index)).collect();
        pages.sort_unstable();
        let page_of = |target: u64| pages.binary_search_by_key(&target, |(hash, _)| *hash).ok().map(|at| pages[at].1);
        let page_at = |target: u64| known.get(page_of(target)?)?.as_ref();
        let is_lost = |anchor: &&Anchor| page_at(anchor.page).is_some_and(|page| page.ids.binary_search(&anchor.id).is_err());
        let has_lost = |page: &Known| page.anchors.iter().any(|anchor| is_lost(&anchor));
        let suspects: Vec<usize> = known.par_iter().enumerate().filter(|(_, page)| page.as_ref().is_some_and(has_lost)).map(|(index, _)| index).collect();
        let anchors = suspects.iter().filter_map(|index| known[*index].as_ref()).flat_map(|page| &page.anchors);
        let targets = anchors.filter(is_lost).filter_map(|anchor| page_of(anchor.page));
        let wanted: BTreeSet<usize> = suspects.iter().copied().chain(targets).collect();
        let facts: BTreeMap<usize, Facts> = wanted.into_par_iter().map(|index| (index, renderer.page(index).facts)).collect();
        let mut places = Unpublished { renderer, ids: BTreeMap::new() };
        for index in suspects {
            for link in facts.get(&index).iter().flat_map(|facts| &facts.links) {
                faults.extend(without_place(self.plan, (&facts, &mut places), index, link));
            }
        }
    }
}

/// The links of a page whose targets do not exist.
pub fn dangling(plan: &Plan, index: usize, facts: &Facts) -> Vec<Diagnostic> {
    facts.links.iter().filter_map(|link| leads_nowhere(plan, index, link)).collect()
}

/// An output in 64 bits: the hash of its address as links write it, `index.html` left out.
fn name(plan: &Plan, path: &OutPath) -> u64 {
    let path = path.as_str();
    let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    hash(&[plan.site.config.base_path.as_str(), &encode(folder.unwrap_or(path))].concat())
}

/// The same for the same text, in every run of one program. That of another one may differ: then pages seem to link to
/// nothing, are rendered again, and nothing is wrong with them.
fn hash(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

/// A link's path without its query, and the place on the page, when it names one that must exist.
fn parts(href: &str) -> (&str, Option<String>) {
    let (path, tail) = split_tail(href);
    let fragment = tail.split_once('#').map(|(_, fragment)| percent_encoding::percent_decode_str(fragment).decode_utf8_lossy().into_owned());
    (path, fragment.filter(|fragment| !fragment.is_empty() && fragment != "top"))
}

fn leads_nowhere(plan: &Plan, from: usize, link: &Link) -> Option<Diagnostic> {
    let (path, _) = parts(&link.href);
    if path.is_empty() || plan.output_of_href(path).is_some_and(|out| plan.outputs.contains_key(&out)) {
        return None;
    }
    let is_unpublished = plan.output_of_href(path).is_some_and(|out| plan.is_unpublished(&out));
    let fault = match is_unpublished {
        true => {
            plan.site.config.site.check.unpublished_links.finding(Code::UnpublishedLink, format!("the page links to {path}, which is not published now"))?
        }
        false => Diagnostic::error(Code::DanglingLink, format!("the page links to {path}, which does not exist")),
    };
    Some(placed(plan, from, link, fault))
}

/// What pages would hold if all were published.
struct Unpublished<'r> {
    renderer: &'r Renderer<'r>,
    ids: BTreeMap<OutPath, Vec<String>>,
}

impl Unpublished<'_> {
    /// Whether a page would have a place.
    fn have(&mut self, page: &Page, id: &str) -> bool {
        let Some(all) = self.renderer.plan.everything() else { return false };
        let out = page.url.output();
        let ids = self.ids.entry(out.clone()).or_insert_with(|| {
            let Some(What::Page(index)) = all.outputs.get(&out).map(|output| &output.what) else { return vec![] };
            Renderer::new(all, self.renderer.inputs, &Common::of(all)).page(*index).facts.ids
        });
        ids.iter().any(|other| other == id)
    }
}

/// A link to a place that its page does not have. `facts` holds those of the page.
fn without_place(plan: &Plan, (facts, places): (&BTreeMap<usize, Facts>, &mut Unpublished<'_>), from: usize, link: &Link) -> Option<Diagnostic> {
    let (path, fragment) = parts(&link.href);
    let (target, fragment) = (if path.is_empty() { from } else { page_of(plan, path)? }, fragment?);
    let ids = &facts.get(&target)?.ids;
    if ids.contains(&fragment) {
        return None;
    }
    let page = &plan.pages[target];
    // What a page of a broken record lacks, and which of two pages is here, is unknown: more words would be echoes.
    if plan.contested.contains(&page.url.output()) || page.subject.role().is_some_and(|id| plan.site.failed.records.contains(id)) {
        return None;
    }
    if places.have(page, &fragment) {
        let message = format!("the place `#{fragment}` of the page {} is not published now", plan.href(&page.url));
        let finding = plan.site.config.site.check.unpublished_links.finding(Code::UnpublishedLink, message)?;
        return Some(placed(plan, from, link, finding).help("the link leads to the top of the page until it is"));
    }
    let fault = Diagnostic::error(Code::DanglingAnchor, format!("the page {} has no place `#{fragment}`", plan.href(&page.url)));
    Some(placed(plan, from, link, fault).help(suggest::help(&fragment, ids.iter().map(String::as_str))))
}

fn page_of(plan: &Plan, path: &str) -> Option<usize> {
    match plan.outputs.get(&plan.output_of_href(path)?)?.what {
        What::Page(index) => Some(index),
        _ => None,
    }
}

/// At the line where an author wrote the link. One that the theme made is said with a page that shows it, where a template
/// holds it as it is; and once, on however many pages it stands.
fn placed(plan: &Plan, from: usize, link: &Link, fault: Diagnostic) -> Diagnostic {
    let page = &plan.pages[from];
    if let Some(place) = link.place.as_ref().or_else(|| plan.place_of_link(&link.href)) {
        return Diagnostic { place: Some(place.clone()), ..fault };
    }
    let written = plan.template(page).ok().and_then(|template| plan.site.theme.place_of(&template, &link.href));
    let (cause, said) = (fault.message.clone(), format!("link to {}, which does not exist", link.href));
    let fault = match (written, plan.source_path(page)) {
        (Some((path, span)), _) => fault.at(&path, span),
        (None, Some(path)) => fault.at_file(&path),
        (None, None) => fault,
    };
    let fault = fault.help(format!("the link stands on {}, made by the template of its kind ({})", plan.href(&page.url), page.kind));
    fault.shared(Scope::Pages, cause, "pages", said)
}
