//! Successors: an address that is gone comes in; the page that most likely took its place goes out.
//! Where several pages are as likely, none does: a wrong redirect is worse than none.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::kind::Kind;
use crate::layout::{Layout, Page, Subject};
use crate::path::slugify;
use crate::suggest;

/// How many pairs of an address and a page of one folder are compared letter by letter: where a
/// whole folder was renamed, its names are not near to each other anyway.
const MOST_PAIRS: usize = 50_000;

/// How many segments an address has at most for which a successor is looked for: no page has more, and
/// each folder above one is looked up.
const MOST_SEGMENTS: usize = 50;

/// The pages of a site by what they are found by.
pub(super) struct Successors<'a> {
    pages: Vec<Candidate<'a>>,
    /// By the segments of the address.
    by_address: BTreeMap<String, usize>,
    by_last: BTreeMap<String, Vec<usize>>,
    by_title: BTreeMap<String, Vec<usize>>,
    /// Pages that are new at their addresses, by folder.
    fresh: BTreeMap<String, Vec<usize>>,
    /// How many addresses of a folder are gone.
    gone: BTreeMap<String, usize>,
}

struct Candidate<'a> {
    page: &'a Page,
    segments: Vec<String>,
    /// How many segments at the end of an address say which page it was: `ladder` alone is in the
    /// address of every ladder.
    telling: usize,
    /// Whether the page is new at its address, so that it can be another one under a new name.
    is_fresh: bool,
}

impl<'a> Successors<'a> {
    /// Returns the pages of a layout. `old` are all addresses that were published, `gone` those that
    /// lead nowhere now.
    pub fn new<'o>(
        layout: &'a Layout,
        old: impl Iterator<Item = &'o str>,
        gone: impl Iterator<Item = &'o str>,
    ) -> Self {
        let old: BTreeSet<String> = old.map(|address| segments(address).join("/")).collect();
        let mut successors = Self {
            pages: vec![],
            by_address: BTreeMap::new(),
            by_last: BTreeMap::new(),
            by_title: BTreeMap::new(),
            fresh: BTreeMap::new(),
            gone: BTreeMap::new(),
        };
        for page in layout.pages.whole() {
            if page.number == 1 && page.kind != Kind::NotFound {
                successors.add(layout, page, &old);
            }
        }
        for address in gone {
            let folder = folder_of(&segments(address));
            *successors.gone.entry(folder).or_default() += 1;
        }
        successors
    }

    fn add(&mut self, layout: &'a Layout, page: &'a Page, old: &BTreeSet<String>) {
        let segments = segments(page.url.as_str());
        let Some(last) = segments.last() else {
            return;
        };
        let address = segments.join("/");
        let index = self.pages.len();
        let is_fresh = !old.contains(&address);
        let telling = telling(layout, page, &segments);
        // Where a page of the whole site ends as an address does, that says nothing: `/faq/`.
        if !layout.kinds.is_of_site(page.kind) {
            self.by_last.entry(last.clone()).or_default().push(index);
        }
        if telling == 1 {
            let title = slugify(&page.title);
            self.by_title.entry(title).or_default().push(index);
        }
        // A comparison has the names of two, of which one may be the same by chance.
        if is_fresh && page.kind != Kind::Compare {
            let folder = folder_of(&segments);
            self.fresh.entry(folder).or_default().push(index);
        }
        self.by_address.insert(address, index);
        self.pages.push(Candidate {
            page,
            segments,
            telling,
            is_fresh,
        });
    }

    /// Returns the page that most likely took the place of an address.
    pub fn of(&self, address: &str) -> Option<&'a Page> {
        let segments = segments(address);
        if segments.len() > MOST_SEGMENTS {
            return None;
        }
        let index = self
            .same(&segments)
            .or_else(|| self.below_moved_hub(&segments))
            .or_else(|| self.under_another_name(&segments))
            .or_else(|| self.hub_above(&segments))?;
        Some(self.pages[index].page)
    }

    /// Returns the page that has the end of the address, is called like it, or nearly.
    fn under_another_name(&self, segments: &[String]) -> Option<usize> {
        self.with_same_end(segments)
            .or_else(|| self.with_title(segments))
            .or_else(|| self.with_near_name(segments))
    }

    /// Returns the page below the hub that took the place of a hub above the address, or else that
    /// hub.
    fn below_moved_hub(&self, segments: &[String]) -> Option<usize> {
        (1..segments.len()).rev().find_map(|count| {
            let (above, below) = segments.split_at(count);
            if self.by_address.contains_key(&above.join("/")) {
                return None;
            }
            let hub = self.under_another_name(above)?;
            let Candidate { page, segments, .. } = &self.pages[hub];
            if !is_hub(page) {
                return None;
            }
            let inner = [segments.as_slice(), below].concat().join("/");
            Some(self.by_address.get(&inner).copied().unwrap_or(hub))
        })
    }

    /// Returns the page whose address differs only in letter case or in its ending; for a further
    /// part of a list, its first one.
    fn same(&self, segments: &[String]) -> Option<usize> {
        let whole = match segments {
            [before @ .., page, number] if page == "page" && !has_letter(number) => before,
            whole => whole,
        };
        self.by_address.get(&whole.join("/")).copied()
    }

    /// Returns the page whose address ends as this one does.
    fn with_same_end(&self, segments: &[String]) -> Option<usize> {
        let last = segments.last().filter(|last| has_letter(last))?;
        let known = self.by_last.get(last)?;
        let is_common =
            Kind::named(last).is_some() || known.iter().any(|index| self.pages[*index].telling > 1);
        self.likeliest(known, |candidate| {
            let ends = segments.iter().rev().zip(candidate.segments.iter().rev());
            let same = ends.take_while(|(a, b)| a == b).count();
            let starts = segments.iter().zip(&candidate.segments);
            let before = starts.take_while(|(a, b)| a == b).count();
            // What the pages of all roles end in says nothing of another page.
            let telling = candidate.telling.max(if is_common { 2 } else { 1 });
            (same >= telling).then_some((same, candidate.is_fresh, before))
        })
    }

    /// Returns the page whose title is what the address ends in.
    fn with_title(&self, segments: &[String]) -> Option<usize> {
        let last = segments.last().filter(|last| has_letter(last))?;
        let known = self.by_title.get(last)?;
        self.likeliest(known, |candidate| {
            let starts = segments.iter().zip(&candidate.segments);
            let before = starts.take_while(|(a, b)| a == b).count();
            Some((candidate.is_fresh, before))
        })
    }

    /// Returns the page that is new in the same folder, with nearly the same name, or with the words of
    /// the name and more, or fewer.
    fn with_near_name(&self, segments: &[String]) -> Option<usize> {
        let last = segments.last().filter(|last| has_letter(last))?;
        let folder = folder_of(segments);
        let fresh = self.fresh.get(&folder)?;
        if fresh.len() * self.gone.get(&folder).copied().unwrap_or(1) > MOST_PAIRS {
            return None;
        }
        let name = |index: &usize| self.pages[*index].segments.last().map(String::as_str);
        let near = suggest::nearest(last, fresh.iter().filter_map(name));
        if let Some(near) = near {
            return fresh
                .iter()
                .copied()
                .find(|index| name(index) == Some(near));
        }
        let words = words(last);
        self.likeliest(fresh, |candidate| {
            let other = self::words(candidate.segments.last()?);
            let is_within = words.is_subset(&other) || other.is_subset(&words);
            let shared = words.intersection(&other).count();
            (is_within && shared >= 2).then_some(shared)
        })
    }

    /// Returns the hub that the address stood below: it shows what has no page of its own.
    fn hub_above(&self, segments: &[String]) -> Option<usize> {
        (1..segments.len()).rev().find_map(|count| {
            let index = *self.by_address.get(&segments[..count].join("/"))?;
            is_hub(self.pages[index].page).then_some(index)
        })
    }

    /// Returns the candidate with the highest rank, if only one has it.
    fn likeliest<R: Ord>(
        &self,
        known: &[usize],
        rank: impl Fn(&Candidate<'_>) -> Option<R>,
    ) -> Option<usize> {
        let mut ranked: Vec<(Reverse<R>, usize)> = known
            .iter()
            .filter_map(|index| Some((Reverse(rank(&self.pages[*index])?), *index)))
            .collect();
        ranked.sort_unstable();
        match ranked.as_slice() {
            [] => None,
            [(first, _), (second, _), ..] if first == second => None,
            [(_, index), ..] => Some(*index),
        }
    }
}

fn is_hub(page: &Page) -> bool {
    matches!(page.kind, Kind::Hub | Kind::Framework)
}

/// Returns how many segments at the end of an address tell a page from those of other roles.
fn telling(layout: &Layout, page: &Page, segments: &[String]) -> usize {
    let owner = match &page.subject {
        Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => {
            layout.page_about(Kind::Framework, id.as_str())
        }
        subject => subject
            .role()
            .and_then(|id| layout.page_about(Kind::Hub, id.as_str())),
    };
    let Some(owner) = owner else {
        return 1;
    };
    let above = self::segments(owner.url.as_str());
    if segments.starts_with(&above) {
        segments.len() - above.len() + 1
    } else {
        1
    }
}

/// Returns the segments of an address as slugs, without what only says how it is served: an ending,
/// and `index`.
fn segments(address: &str) -> Vec<String> {
    let mut segments: Vec<String> = address
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| slugify(without_ending(part)))
        .collect();
    if segments.last().is_some_and(|last| last == "index") {
        segments.pop();
    }
    segments
}

fn without_ending(name: &str) -> &str {
    let endings = [".html", ".htm", ".php", ".aspx", ".asp", ".jsp"];
    endings
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name)
}

fn folder_of(segments: &[String]) -> String {
    let count = segments.len().saturating_sub(1);
    segments[..count].join("/")
}

fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

fn words(slug: &str) -> BTreeSet<&str> {
    slug.split('-').filter(|word| word.len() > 1).collect()
}
