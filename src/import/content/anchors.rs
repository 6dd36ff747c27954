//! Places in a text that links lead to: ids of headings as other generators make them, and as Rungs does.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::code;
use crate::path::slugify;

/// The places of a text: what a link may call one, and the id that it has here.
#[derive(Debug, Default)]
pub struct Anchors {
    ids: BTreeMap<String, String>,
    /// Ids by what other generators call them.
    names: BTreeMap<String, String>,
}

impl Anchors {
    /// Reads the headings of a text in Markdown.
    pub fn of(text: &str) -> Self {
        let mut anchors = Self::default();
        let mut taken = BTreeSet::new();
        let mut heading: Option<String> = None;
        for (event, _) in code::events(text) {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::Text(part) | Event::Code(part) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&part);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Some(heading) = heading.take() {
                        anchors.add(&heading, &mut taken);
                    }
                }
                _ => {}
            }
        }
        anchors
    }

    fn add(&mut self, heading: &str, taken: &mut BTreeSet<String>) {
        let (text, own) = own_id(heading);
        let slug = slugify(text);
        let slug = if slug.is_empty() {
            "section".to_owned()
        } else {
            slug
        };
        let id = own.map_or_else(|| free(&slug, taken), str::to_owned);
        taken.insert(id.clone());
        self.ids.insert(id.clone(), id.clone());
        for name in [slug, of_github(text)] {
            self.names.entry(name).or_insert_with(|| id.clone());
        }
    }

    /// Returns the id that a place has here.
    pub fn id(&self, anchor: &str) -> Option<String> {
        let lower = anchor.to_lowercase();
        let slug = slugify(anchor);
        let all = [anchor, lower.as_str(), slug.as_str()];
        let known =
            |ids: &BTreeMap<String, String>| all.iter().find_map(|name| ids.get(*name).cloned());
        known(&self.ids).or_else(|| known(&self.names))
    }
}

/// Splits `Pay {#pay}` into its words and its id.
fn own_id(heading: &str) -> (&str, Option<&str>) {
    let split = || {
        let (text, rest) = heading.trim_end().strip_suffix('}')?.rsplit_once('{')?;
        let id = rest.trim().strip_prefix('#')?;
        Some((text.trim_end(), Some(id.split_whitespace().next()?)))
    };
    split().unwrap_or((heading, None))
}

fn free(slug: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (1..).map(|number: usize| format!("{slug}-{number}"));
    let mut all = std::iter::once(slug.to_owned()).chain(numbered);
    all.find(|id| !taken.contains(id)).unwrap_or_default()
}

/// Returns the id of a heading as GitHub, Hugo and others make it.
fn of_github(text: &str) -> String {
    let plain = text.to_lowercase();
    let kept = plain
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_by_the_ids_of_other_generators() {
        let anchors = Anchors::of("## C++ & you\n\n## Pay {#money}\n\n## Pay\n");
        assert_eq!(anchors.id("c--you").as_deref(), Some("c-plus-plus-you"));
        assert_eq!(anchors.id("money").as_deref(), Some("money"));
        assert_eq!(anchors.id("pay").as_deref(), Some("pay"));
        assert_eq!(anchors.id("nothing"), None);
    }
}
