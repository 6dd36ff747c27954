//! Headings of a text: events come in; headings with their levels, ids and texts go out, and what
//! is wrong with ids that an author wrote. How an id is read is in `heading_ids.rs`.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::Renamed;
use super::parse::{Base, Spanned, end_of, has_calls, plain};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::{is_of_word, slugify};

/// A heading: where its events are, and what it becomes.
pub(super) struct Heading {
    /// Index of its start among the events, and of its end.
    pub start: usize,
    pub end: usize,
    /// From 2 to 6: the first level belongs to the page's title.
    pub level: usize,
    pub id: String,
    pub text: String,
    /// A first heading that says the title of the page, and is not repeated.
    pub is_title: bool,
}

/// Finds the headings of a text. `title` is that of the front matter.
pub(super) fn find(
    events: &[Spanned<'_>],
    title: Option<&str>,
    base: Base<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Heading> {
    let mut ids = Ids {
        taken: explicit_ids(events, base, diagnostics),
        counts: BTreeMap::new(),
    };
    let mut headings: Vec<Heading> = vec![];
    for start in starts(events) {
        let (Event::Start(Tag::Heading { level, id, .. }), span) = &events[start] else {
            continue;
        };
        let end = end_of(events, start);
        let inner = &events[start + 1..end];
        if is_empty(inner) {
            continue;
        }
        let text = text_of(inner);
        let is_title = *level == HeadingLevel::H1
            && headings.is_empty()
            && title.is_none_or(|title| title == text);
        if is_title && has_calls(inner) {
            diagnostics.push(base.place(title_with_call(), span));
        }
        let id = match id {
            Some(id) => id.to_string(),
            None if is_title => String::new(),
            None => ids.unique(&slugify(&text)),
        };
        headings.push(Heading {
            start,
            end,
            level: (*level as usize).max(2),
            id,
            text,
            is_title,
        });
    }
    headings
}

/// Returns where headings start. One in a footnote is none of the text's.
fn starts(events: &[Spanned<'_>]) -> Vec<usize> {
    let mut notes = 0_usize;
    let mut starts = vec![];
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => notes += 1,
            Event::End(TagEnd::FootnoteDefinition) => notes = notes.saturating_sub(1),
            Event::Start(Tag::Heading { .. }) if notes == 0 => starts.push(index),
            _ => {}
        }
    }
    starts
}

/// Returns the text of a heading. What a shortcode says is not known here: ids and titles go
/// without.
fn text_of(inner: &[Spanned<'_>]) -> String {
    let text = plain(inner);
    if !has_calls(inner) {
        return text;
    }
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Returns true if a heading has nothing to say: nobody could follow a link to it.
pub(super) fn is_empty(inner: &[Spanned<'_>]) -> bool {
    let is_image = |(event, _): &Spanned<'_>| matches!(event, Event::Start(Tag::Image { .. }));
    !has_calls(inner) && !inner.iter().any(is_image) && plain(inner).is_empty()
}

/// Gives headings other ids, but for those whose id the author wrote.
pub(super) fn rename(headings: &mut [Heading], events: &[Spanned<'_>], renamed: &Renamed) {
    for heading in headings {
        let is_written = !matches!(
            events[heading.start].0,
            Event::Start(Tag::Heading { id: None, .. })
        );
        if let Some(id) = renamed.get(&heading.id).filter(|_| !is_written) {
            heading.id.clone_from(id);
        }
    }
}

fn title_with_call() -> Diagnostic {
    let message = "no shortcode can stand in the title of a page";
    Diagnostic::error(Code::Shortcode, message).help("the title is shown on other pages too: write `title` in the front matter, without the shortcode")
}

/// Collects the ids that the author wrote; two of the same are a mistake.
fn explicit_ids(
    events: &[Spanned<'_>],
    base: Base<'_>,
    diagnostics: &mut Diagnostics,
) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (event, span) in events {
        let Event::Start(Tag::Heading { id, attrs, .. }) = event else {
            continue;
        };
        if let Some((written, _)) = attrs.first() {
            let message = format!("`{{{written}}}` is no attribute of a heading");
            diagnostics.push(
                base.place(Diagnostic::error(Code::BadValue, message), span)
                    .help("a heading takes an id alone: {#id}; to show the braces, write `\\{`"),
            );
        }
        let Some(id) = id else { continue };
        let is_of_id = |c| is_of_word(c) || matches!(c, '-' | '_' | '.' | ':');
        if id.is_empty() || !id.chars().all(is_of_id) {
            let message = format!("`{id}` cannot be the id of a heading");
            diagnostics.push(
                base.place(Diagnostic::error(Code::BadValue, message), span)
                    .help("use letters, digits, `-`, `_` and `.`"),
            );
        } else if !ids.insert(id.to_string()) {
            let message = format!("two headings have the id `{id}`");
            diagnostics.push(
                base.place(Diagnostic::error(Code::DuplicateId, message), span)
                    .help("give one of them another id"),
            );
        }
    }
    ids
}

/// The ids of the headings of a text.
struct Ids {
    taken: BTreeSet<String>,
    /// How many headings have had a slug.
    counts: BTreeMap<String, usize>,
}

impl Ids {
    /// Returns an id that no other heading has: `pay`, `pay-1`, `pay-2`.
    fn unique(&mut self, slug: &str) -> String {
        let slug = if slug.is_empty() { "section" } else { slug };
        let count = self.counts.entry(slug.to_owned()).or_default();
        loop {
            let id = if *count == 0 {
                slug.to_owned()
            } else {
                format!("{slug}-{count}")
            };
            *count += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}
