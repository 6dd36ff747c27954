//! Links across pages: facts about each page come in as soon as it is rendered; links to pages and
//! places that do not exist go out as diagnostics.
//!
//! A site of 100,000 pages has ten million links, most of them in the menu. So the targets of a
//! page are checked at once, and only hashes of its ids and of its links to places are stored until
//! all pages are known. A link that leads nowhere is rare: its page is rendered again for the
//! message, which [`dangling`] makes.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher;

use foldhash::quality::FixedState;
use rayon::prelude::*;

use super::dangling::{Places, dangling, parts};
use super::texts::WrittenLinks;
use crate::diag::{Diagnostic, Diagnostics};
use crate::path::{OutPath, encode};
use crate::render::{Facts, Renderer};
use crate::view::ViewContext;

/// The links and ids of a page as hashes of 64 bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkFacts {
    /// Hashes of its ids, sorted.
    pub ids: Vec<u64>,
    /// Hashes of the outputs that it links to, sorted.
    pub targets: Vec<u64>,
    /// Its links to places on pages, sorted.
    pub anchors: Vec<Anchor>,
}

/// A link to a place: the hash of the page and the hash of the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    pub page: u64,
    pub id: u64,
}

/// Checks links as pages become known.
pub struct LinkChecker<'p> {
    cx: ViewContext<'p>,
    /// The hashes of all outputs, sorted.
    outputs: Vec<u64>,
    written: WrittenLinks<'p>,
}

/// Pages by the hash of their output, sorted.
struct PagesByHash(Vec<(u64, usize)>);

impl<'p> LinkChecker<'p> {
    /// Returns a checker that knows all outputs.
    pub fn new(cx: ViewContext<'p>) -> Self {
        let outputs = cx.layout.outputs.whole().keys();
        let mut outputs: Vec<u64> = outputs.map(|path| output_hash(&cx, path)).collect();
        outputs.sort_unstable();
        Self {
            cx,
            outputs,
            written: WrittenLinks::new(cx),
        }
    }

    /// Reports the links of a page whose targets do not exist.
    pub fn dangling(&self, index: usize, facts: &Facts) -> Vec<Diagnostic> {
        dangling(&self.cx, &self.written, index, facts)
    }

    /// Returns the hashes of the ids and links of a page.
    pub fn facts(&self, index: usize, facts: &Facts) -> LinkFacts {
        let own = output_hash(&self.cx, &self.cx.layout.pages[index].url.output());
        let mut ids: Vec<u64> = facts.ids.iter().map(|id| hash(id)).collect();
        ids.sort_unstable();
        let (mut targets, mut anchors) = (vec![], vec![]);
        for link in &facts.links {
            let (path, fragment) = parts(&link.href);
            let page = if path.is_empty() {
                own
            } else {
                self.target(path)
            };
            targets.push(page);
            let Some(id) = fragment.map(|id| hash(&id)) else {
                continue;
            };
            if page != own || ids.binary_search(&id).is_err() {
                anchors.push(Anchor { page, id });
            }
        }
        targets.sort_unstable();
        targets.dedup();
        anchors.sort_unstable();
        anchors.dedup();
        LinkFacts {
            ids,
            targets,
            anchors,
        }
    }

    /// Returns the hash of the target of a link.
    ///
    /// Most links are written in the form that is hashed, so the path itself is tried first.
    fn target(&self, path: &str) -> u64 {
        let written = hash(path);
        if self.exists(written) {
            return written;
        }
        let output = self.cx.site.config.output_of_href(path);
        output.map_or(written, |out| output_hash(&self.cx, &out))
    }

    /// Returns true if there is an output with a hash.
    fn exists(&self, output: u64) -> bool {
        self.outputs.binary_search(&output).is_ok()
    }

    /// Returns true if all targets of a page exist. Places on them are not checked.
    pub fn lead_somewhere(&self, facts: &LinkFacts) -> bool {
        facts.targets.iter().all(|target| self.exists(*target))
    }

    /// Reports links to places that their pages do not have.
    ///
    /// `facts` are those of each page, by its index; they are `None` for a page that was not
    /// rendered.
    pub fn check_anchors(
        &self,
        facts: &[Option<LinkFacts>],
        renderer: &Renderer<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let pages = PagesByHash::new(&self.cx);
        let is_lost = |anchor: &Anchor| {
            let page = pages
                .get(anchor.page)
                .and_then(|page| facts.get(page)?.as_ref());
            page.is_some_and(|page| page.ids.binary_search(&anchor.id).is_err())
        };
        let suspects: Vec<usize> = facts
            .par_iter()
            .enumerate()
            .filter(|(_, page)| {
                let page = page.as_ref();
                page.is_some_and(|page| page.anchors.iter().any(is_lost))
            })
            .map(|(index, _)| index)
            .collect();
        let mut wanted: BTreeSet<usize> = suspects.iter().copied().collect();
        for index in &suspects {
            let page = facts[*index].as_ref();
            let anchors = page.iter().flat_map(|page| &page.anchors);
            let lost = anchors.filter(|anchor| is_lost(anchor));
            wanted.extend(lost.filter_map(|anchor| pages.get(anchor.page)));
        }
        let rendered: BTreeMap<usize, Facts> = wanted
            .into_par_iter()
            .map(|index| (index, renderer.page(index).facts))
            .collect();
        let mut places = Places::new(renderer, &self.written, &rendered);
        for index in suspects {
            for link in rendered.get(&index).iter().flat_map(|facts| &facts.links) {
                diagnostics.extend(places.check(index, link));
            }
        }
    }
}

impl PagesByHash {
    fn new(cx: &ViewContext<'_>) -> Self {
        let pages = cx.layout.pages.whole().iter().enumerate();
        let hashed = pages.map(|(index, page)| (output_hash(cx, &page.url.output()), index));
        let mut pages: Vec<_> = hashed.collect();
        pages.sort_unstable();
        Self(pages)
    }

    fn get(&self, hash: u64) -> Option<usize> {
        let at = self.0.binary_search_by_key(&hash, |(hash, _)| *hash).ok()?;
        Some(self.0[at].1)
    }
}

/// Hashes the address of an output in the form of links, without `index.html`.
fn output_hash(cx: &ViewContext<'_>, path: &OutPath) -> u64 {
    let path = path.as_str();
    let folder = path
        .strip_suffix("index.html")
        .filter(|folder| folder.is_empty() || folder.ends_with('/'));
    let address = encode(folder.unwrap_or(path));
    hash(&[cx.site.config.base_path.as_str(), &address].concat())
}

/// Hashes a text. The result is the same in every run of one program.
///
/// Another build of the program may give other hashes. Then links seem to lead nowhere, their pages
/// are rendered again, and nothing is reported.
fn hash(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}
