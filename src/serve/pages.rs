//! Pages that were made: each comes in with the generation that it is of, and goes out as long as that lasts, or as the last
//! good one of its address. What was not asked for longest goes when there are too many bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::path::OutPath;

/// How many bytes of pages are kept at most.
const LIMIT: usize = 64 << 20;

/// A page as it is shown.
#[derive(Clone)]
pub struct Made {
    pub html: Arc<[u8]>,
    pub digest: Digest,
    /// `draft`, `future` or nothing.
    pub mark: &'static str,
    /// What is wrong with the page of this generation; the page that is shown may be an older one.
    pub faults: Vec<Diagnostic>,
}

/// The pages that were asked for.
#[derive(Default)]
pub struct Pages {
    kept: BTreeMap<OutPath, Kept>,
    bytes: usize,
    /// Counts requests.
    clock: u64,
}

struct Kept {
    generation: u64,
    made: Made,
    /// Whether the bytes are of a page without a mistake.
    is_good: bool,
    asked: u64,
}

impl Made {
    pub fn new(html: String, mark: &'static str, faults: Vec<Diagnostic>) -> Self {
        Self { digest: Digest::of(html.as_bytes()), html: html.into_bytes().into(), mark, faults }
    }
}

impl Pages {
    /// The page of a generation.
    pub fn get(&mut self, path: &OutPath, generation: u64) -> Option<Made> {
        self.clock += 1;
        let kept = self.kept.get_mut(path).filter(|kept| kept.generation == generation)?;
        kept.asked = self.clock;
        Some(kept.made.clone())
    }

    /// The last good page of an address, of whatever generation.
    pub fn last_good(&self, path: &OutPath) -> Option<Made> {
        self.kept.get(path).filter(|kept| kept.is_good).map(|kept| kept.made.clone())
    }

    /// Keeps a page, and gives back what is shown: a page with mistakes does not replace a good one.
    pub fn put(&mut self, path: &OutPath, generation: u64, made: Made, is_good: bool) -> Made {
        let (made, is_good) = match self.last_good(path).filter(|_| !is_good) {
            Some(good) => (Made { faults: made.faults, ..good }, true),
            None => (made, is_good),
        };
        self.clock += 1;
        self.bytes += made.html.len();
        let kept = Kept { generation, made: made.clone(), is_good, asked: self.clock };
        self.bytes -= self.kept.insert(path.clone(), kept).map_or(0, |old| old.made.html.len());
        self.shrink();
        made
    }

    /// The pages of a generation that somebody asked for.
    pub fn of_generation(&self, generation: u64) -> impl Iterator<Item = &Made> {
        self.kept.values().filter(move |kept| kept.generation == generation).map(|kept| &kept.made)
    }

    fn shrink(&mut self) {
        while self.bytes > LIMIT && self.kept.len() > 1 {
            let Some(oldest) = self.kept.iter().min_by_key(|(_, kept)| kept.asked).map(|(path, _)| path.clone()) else { return };
            self.bytes -= self.kept.remove(&oldest).map_or(0, |old| old.made.html.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> OutPath {
        crate::path::UrlPath::new(&format!("/{name}")).unwrap().output()
    }

    #[test]
    fn a_page_is_of_its_generation() {
        let mut pages = Pages::default();
        pages.put(&path("a"), 1, Made::new("one".into(), "", vec![]), true);
        assert_eq!(&*pages.get(&path("a"), 1).unwrap().html, b"one");
        assert!(pages.get(&path("a"), 2).is_none());
    }

    #[test]
    fn a_page_with_mistakes_does_not_replace_a_good_one() {
        let mut pages = Pages::default();
        pages.put(&path("a"), 1, Made::new("good".into(), "", vec![]), true);
        let shown = pages.put(&path("a"), 2, Made::new("bad".into(), "", vec![]), false);
        assert_eq!((&*shown.html, &*pages.get(&path("a"), 2).unwrap().html), (&b"good"[..], &b"good"[..]));
        let shown = pages.put(&path("b"), 2, Made::new("bad".into(), "", vec![]), false);
        assert_eq!((&*shown.html, pages.last_good(&path("b")).is_none()), (&b"bad"[..], true));
    }

    #[test]
    fn what_was_not_asked_for_longest_goes() {
        let mut pages = Pages::default();
        let large = || Made::new("x".repeat(LIMIT / 3), "", vec![]);
        for name in ["a", "b", "c"] {
            pages.put(&path(name), 1, large(), true);
        }
        pages.get(&path("a"), 1);
        pages.put(&path("d"), 1, large(), true);
        let left: Vec<bool> = ["a", "b", "c", "d"].iter().map(|name| pages.get(&path(name), 1).is_some()).collect();
        assert_eq!(left, [true, false, true, true]);
        assert!(pages.bytes <= LIMIT);
    }
}
