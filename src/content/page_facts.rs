//! Page-only facts of an article: its headings and uses come in; table of contents, ids, links
//! and shortcode calls go out. Only the article's own page needs them.
//!
//! A site holds those of all its articles and reads those of one at a time, so they are kept as one
//! text and taken apart when they are asked for.

use super::CallUse;
use super::facts::Uses;
use super::headings::Heading;

/// The headings and uses of one article, packed into one text.
///
/// In order, with [`SEPARATOR`] between two parts: a line with the numbers of headings, links and
/// file names; level, id and text of each heading; each link; each file name; the calls as JSON.
#[derive(Clone, Debug, Default)]
pub struct PageFacts(Box<str>);

/// A heading as a table of contents lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageHeading<'f> {
    /// From 2 to 6.
    pub level: u8,
    pub id: &'f str,
    pub text: &'f str,
}

/// Stands between two parts of [`PageFacts`]: no text of an article holds a NUL.
const SEPARATOR: char = '\0';

/// How many parts a heading has: level, id and text.
const HEADING_PARTS: usize = 3;

impl PageFacts {
    pub(super) fn new(headings: &[Heading], uses: &Uses) -> Self {
        let headings: Vec<&Heading> = headings
            .iter()
            .filter(|heading| !heading.is_title)
            .collect();
        let Uses {
            links,
            file_names,
            calls,
        } = uses;
        let counts = format!("{} {} {}", headings.len(), links.len(), file_names.len());
        let mut parts = vec![counts];
        for heading in headings {
            parts.extend([
                heading.level.to_string(),
                heading.id.clone(),
                heading.text.clone(),
            ]);
        }
        parts.extend(links.iter().cloned());
        parts.extend(file_names.iter().cloned());
        parts.push(serde_json::to_string(calls).unwrap_or_default());
        Self(parts.join(&SEPARATOR.to_string()).into())
    }

    /// Restores what [`as_bytes`](Self::as_bytes) gave.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        Some(Self(text.into()))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Returns the ids of headings.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.parts().headings.skip(1).step_by(HEADING_PARTS)
    }

    /// Returns the headings, in order.
    pub fn headings(&self) -> impl Iterator<Item = PageHeading<'_>> {
        let mut parts = self.parts().headings;
        std::iter::from_fn(move || {
            Some(PageHeading {
                level: parts.next()?.parse().ok()?,
                id: parts.next()?,
                text: parts.next()?,
            })
        })
    }

    /// Returns the destinations of links and images as they are written: each once, in order.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.parts().links
    }

    /// Returns what HTML and arguments of shortcodes hold that could be the name of a file.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        self.parts().file_names
    }

    /// Returns true if the text of some part holds a word, such as a part of a link.
    pub fn may_name(&self, word: &str) -> bool {
        memchr::memmem::find(self.0.as_bytes(), word.as_bytes()).is_some()
    }

    /// Returns the calls of shortcodes: each once, in order.
    pub fn calls(&self) -> Vec<CallUse> {
        let Some((_, json)) = self.0.rsplit_once(SEPARATOR) else {
            return vec![];
        };
        // The memo returns exactly what was put into it, so the JSON is what `new` wrote.
        serde_json::from_str(json).unwrap_or_default()
    }

    fn parts(
        &self,
    ) -> Parts<impl Iterator<Item = &str>, impl Iterator<Item = &str>, impl Iterator<Item = &str>>
    {
        let mut parts = self.0.split(SEPARATOR);
        let mut counts = parts.next().unwrap_or_default().split(' ');
        let mut count = || {
            counts
                .next()
                .and_then(|count| count.parse().ok())
                .unwrap_or(0)
        };
        let (headings, links, file_names) = (count() * HEADING_PARTS, count(), count());
        Parts {
            headings: parts.clone().take(headings),
            links: parts.clone().skip(headings).take(links),
            file_names: parts.skip(headings + links).take(file_names),
        }
    }
}

/// The parts of [`PageFacts`], but for the calls.
struct Parts<H, L, F> {
    headings: H,
    links: L,
    file_names: F,
}
