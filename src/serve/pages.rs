//! Pages that were made: a page comes in with its generation; it goes out as long as this
//! generation is shown, or as the last good page of its address. When there are too many bytes, the
//! page that was not asked for longest is dropped.

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
    /// The diagnostics of the page of this generation. The page that is shown may be an older one.
    pub diagnostics: Vec<Diagnostic>,
}

/// Whether a page has mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    Good,
    Flawed,
}

/// The pages that were asked for.
#[derive(Default)]
pub struct Pages {
    entries: BTreeMap<OutPath, Entry>,
    bytes: usize,
    /// Counts requests.
    clock: u64,
}

struct Entry {
    generation: u64,
    made: Made,
    quality: Quality,
    /// When it was last asked for.
    asked: u64,
}

impl Made {
    pub fn new(html: String, mark: &'static str, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            digest: Digest::of(html.as_bytes()),
            html: html.into_bytes().into(),
            mark,
            diagnostics,
        }
    }
}

impl Pages {
    /// Returns the page of a generation.
    pub fn get(&mut self, path: &OutPath, generation: u64) -> Option<Made> {
        self.clock += 1;
        let entry = self
            .entries
            .get_mut(path)
            .filter(|entry| entry.generation == generation)?;
        entry.asked = self.clock;
        Some(entry.made.clone())
    }

    /// Returns the last good page of an output, of whatever generation.
    pub fn last_good(&self, path: &OutPath) -> Option<Made> {
        self.entries
            .get(path)
            .filter(|entry| entry.quality == Quality::Good)
            .map(|entry| entry.made.clone())
    }

    /// Keeps a page, and returns the page to show: a page with mistakes does not replace a good
    /// one.
    pub fn put(&mut self, path: &OutPath, generation: u64, made: Made, quality: Quality) -> Made {
        let (mut made, mut quality) = (made, quality);
        if quality == Quality::Flawed
            && let Some(good) = self.last_good(path)
        {
            let diagnostics = made.diagnostics;
            made = Made {
                diagnostics,
                ..good
            };
            quality = Quality::Good;
        }
        self.clock += 1;
        self.bytes += made.html.len();
        let entry = Entry {
            generation,
            made: made.clone(),
            quality,
            asked: self.clock,
        };
        self.bytes -= self
            .entries
            .insert(path.clone(), entry)
            .map_or(0, |old| old.made.html.len());
        self.shrink();
        made
    }

    /// Returns the pages of a generation that somebody asked for.
    pub fn of_generation(&self, generation: u64) -> impl Iterator<Item = &Made> {
        self.entries
            .values()
            .filter(move |entry| entry.generation == generation)
            .map(|entry| &entry.made)
    }

    fn shrink(&mut self) {
        while self.bytes > LIMIT && self.entries.len() > 1 {
            let Some(oldest) = self
                .entries
                .iter()
                .min_by_key(|(_, entry)| entry.asked)
                .map(|(path, _)| path.clone())
            else {
                return;
            };
            self.bytes -= self
                .entries
                .remove(&oldest)
                .map_or(0, |old| old.made.html.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> OutPath {
        crate::path::UrlPath::new(&format!("/{name}"))
            .unwrap()
            .output()
    }

    #[test]
    fn a_page_is_of_its_generation() {
        let mut pages = Pages::default();
        pages.put(
            &path("a"),
            1,
            Made::new("one".into(), "", vec![]),
            Quality::Good,
        );
        assert_eq!(&*pages.get(&path("a"), 1).unwrap().html, b"one");
        assert!(pages.get(&path("a"), 2).is_none());
    }

    #[test]
    fn a_page_with_mistakes_does_not_replace_a_good_one() {
        let mut pages = Pages::default();
        pages.put(
            &path("a"),
            1,
            Made::new("good".into(), "", vec![]),
            Quality::Good,
        );
        let shown = pages.put(
            &path("a"),
            2,
            Made::new("bad".into(), "", vec![]),
            Quality::Flawed,
        );
        assert_eq!(
            (&*shown.html, &*pages.get(&path("a"), 2).unwrap().html),
            (&b"good"[..], &b"good"[..])
        );
        let shown = pages.put(
            &path("b"),
            2,
            Made::new("bad".into(), "", vec![]),
            Quality::Flawed,
        );
        assert_eq!(
            (&*shown.html, pages.last_good(&path("b")).is_none()),
            (&b"bad"[..], true)
        );
    }

    #[test]
    fn what_was_not_asked_for_longest_goes() {
        let mut pages = Pages::default();
        let large = || Made::new("x".repeat(LIMIT / 3), "", vec![]);
        for name in ["a", "b", "c"] {
            pages.put(&path(name), 1, large(), Quality::Good);
        }
        pages.get(&path("a"), 1);
        pages.put(&path("d"), 1, large(), Quality::Good);
        let left: Vec<bool> = ["a", "b", "c", "d"]
            .iter()
            .map(|name| pages.get(&path(name), 1).is_some())
            .collect();
        assert_eq!(left, [true, false, true, true]);
        assert!(pages.bytes <= LIMIT);
    }
}
