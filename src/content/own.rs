//! What only an article's own page is made of: headings and uses of a text come in; contents, ids, links and calls go out.
//! A site holds those of all its articles, and needs those of one at a time: they are kept in one text.

use super::CallUse;
use super::outline::{Heading, Uses};
use crate::plan::view::TocEntry;

/// Headings and uses: how many headings, links and names of files there are, level, id and text of each heading, each link, each
/// name, and the calls as JSON, with a NUL between two, which stands in no text.
#[derive(Clone, Debug, Default)]
pub struct OwnFacts(Box<str>);

const BETWEEN: char = '\0';

impl OwnFacts {
    pub(super) fn new(headings: &[Heading], uses: &Uses) -> Self {
        let headings: Vec<&Heading> = headings.iter().filter(|heading| !heading.is_title).collect();
        let levels: Vec<String> = headings.iter().map(|heading| heading.level.to_string()).collect();
        let counts = format!("{} {} {}", headings.len(), uses.links.len(), uses.named.len());
        let calls = serde_json::to_string(&uses.calls).unwrap_or_default();
        let headings = headings.iter().zip(&levels).flat_map(|(heading, level)| [level, &heading.id, &heading.text]);
        let parts: Vec<&str> = [&counts].into_iter().chain(headings).chain(&uses.links).chain(&uses.named).chain([&calls]).map(String::as_str).collect();
        Self(parts.join(&BETWEEN.to_string()).into())
    }

    /// The facts that `as_bytes` gave.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        std::str::from_utf8(bytes).ok().map(|text| Self(text.into()))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Ids of headings.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.parts().0.skip(1).step_by(3)
    }

    /// Headings of the second and third level.
    pub fn toc(&self) -> Vec<TocEntry> {
        let mut toc: Vec<TocEntry> = vec![];
        let (mut parts, ..) = self.parts();
        while let (Some(level), Some(id), Some(text)) = (parts.next(), parts.next(), parts.next()) {
            let entry = TocEntry { id: id.to_owned(), text: text.to_owned(), children: vec![] };
            match (level, toc.last_mut()) {
                ("3", Some(parent)) => parent.children.push(entry),
                ("2" | "3", _) => toc.push(entry),
                _ => {}
            }
        }
        toc
    }

    /// Destinations of links and images, as they are written: each once, in order.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.parts().1
    }

    /// What HTML and arguments of shortcodes hold that could be the name of a file.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.parts().2
    }

    /// Calls of shortcodes, each once, in order.
    pub fn calls(&self) -> Vec<CallUse> {
        let json = self.0.rsplit_once(BETWEEN).map_or("[]", |(_, calls)| calls);
        // The memo gives back what it was given, or nothing: the JSON is ours.
        serde_json::from_str(json).unwrap_or_default()
    }

    /// The parts of headings, three for each, the links, and the names of files.
    fn parts(&self) -> (impl Iterator<Item = &str>, impl Iterator<Item = &str>, impl Iterator<Item = &str>) {
        let mut parts = self.0.split(BETWEEN);
        let mut counts = parts.next().unwrap_or_default().split(' ').map(|count| count.parse().unwrap_or(0));
        let mut count = || counts.next().unwrap_or(0);
        let (headings, links, named) = (count() * 3, count(), count());
        (parts.clone().take(headings), parts.clone().skip(headings).take(links), parts.skip(headings + links).take(named))
    }
}
