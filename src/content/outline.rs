//! What a text says of itself: events come in; headings with their ids, a summary and a count of words go out.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use serde::{Deserialize, Serialize};

use super::Call;
use super::own::OwnFacts;
use super::parse::{Spanned, destination, end_of, has_calls, plain};
use super::summary::summary;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::{SourcePath, is_of_word, slugify};
use crate::pieces::pieces;

/// Facts about a body that do not need its HTML.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The text of a first-level heading at the start.
    pub title: Option<String>,
    /// The text before `<!-- more -->`, or the first paragraph, at most about 150 characters.
    pub summary: String,
    pub words: usize,
    /// What only the article's own page is made of.
    #[serde(skip)]
    pub own: OwnFacts,
}

/// What a body asks its host for while it is rendered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uses {
    /// Destinations of links and images, as they are written.
    pub links: BTreeSet<String>,
    /// Calls of shortcodes, those inside others too, as far as they decide what is asked.
    pub calls: BTreeSet<CallUse>,
    /// What HTML and arguments of shortcodes hold that could be the name of a file.
    pub named: BTreeSet<String>,
}

/// A call of a shortcode without what the file itself says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CallUse {
    pub name: String,
    /// The role that it names.
    pub role: Option<String>,
    /// The picture that it shows.
    pub src: Option<String>,
    /// Whether it names a row, which may be a question.
    pub names_row: bool,
}

impl CallUse {
    fn of(call: &Call) -> Self {
        let value = |name: &str| call.arg(name).map(|argument| argument.value.clone());
        Self { name: call.name.clone(), role: value("role"), src: value("src"), names_row: call.arg("id").is_some() }
    }
}

impl Uses {
    /// Adds what some events link to.
    pub(super) fn add_links(&mut self, events: &[Spanned<'_>]) {
        let destination = |(event, _): &Spanned<'_>| if let Event::Start(tag) = event { destination(tag) } else { None };
        self.links.extend(events.iter().filter_map(destination));
        for (event, _) in events {
            if let Event::Html(html) | Event::InlineHtml(html) = event
                && !html.trim_start().starts_with("<!--")
            {
                self.named.extend(pieces(html).map(str::to_owned));
            }
        }
    }

    /// Adds a call of a shortcode.
    pub(super) fn add_call(&mut self, call: &Call) {
        self.calls.insert(CallUse::of(call));
        self.named.extend(call.args.iter().flat_map(|argument| pieces(&argument.value)).map(str::to_owned));
    }
}

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

/// The headings of a text. `title` is what the front matter says.
pub(super) fn headings(events: &[Spanned<'_>], title: Option<&str>, place: (&SourcePath, usize), faults: &mut Diagnostics) -> Vec<Heading> {
    let mut taken: BTreeSet<String> = explicit_ids(events, place, faults);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut headings: Vec<Heading> = vec![];
    let mut notes = 0_usize;
    for (start, (event, span)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => notes += 1,
            Event::End(TagEnd::FootnoteDefinition) => notes = notes.saturating_sub(1),
            _ => {}
        }
        // A heading in a footnote is no part of the outline.
        let Event::Start(Tag::Heading { level, id, .. }) = event else { continue };
        if notes > 0 {
            continue;
        }
        let end = end_of(events, start);
        let inner = &events[start + 1..end];
        if is_empty(inner) {
            continue;
        }
        // What a shortcode says is not known here: ids and titles go without.
        let text = plain(inner);
        let text = if has_calls(inner) { text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ") } else { text };
        let is_title = *level == HeadingLevel::H1 && headings.is_empty() && title.is_none_or(|title| title == text);
        if is_title && has_calls(inner) {
            faults.push(title_with_call(place, span));
        }
        let id = match id {
            Some(id) => id.to_string(),
            None if is_title => String::new(),
            None => unique(&slugify(&text), &mut taken, &mut counts),
        };
        headings.push(Heading { start, end, level: (*level as usize).max(2), id, text, is_title });
    }
    headings
}

/// Whether a heading has nothing to say: nobody could follow a link to it.
pub(super) fn is_empty(inner: &[Spanned<'_>]) -> bool {
    !has_calls(inner) && !inner.iter().any(|(event, _)| matches!(event, Event::Start(Tag::Image { .. }))) && plain(inner).is_empty()
}

/// Gives headings other ids, but for those whose id the author wrote.
pub(super) fn rename(headings: &mut [Heading], events: &[Spanned<'_>], renamed: &BTreeMap<String, String>) {
    for heading in headings.iter_mut().filter(|heading| matches!(events[heading.start].0, Event::Start(Tag::Heading { id: None, .. }))) {
        if let Some(id) = renamed.get(&heading.id) {
            heading.id.clone_from(id);
        }
    }
}

fn title_with_call((path, offset): (&SourcePath, usize), span: &std::ops::Range<usize>) -> Diagnostic {
    let fault = Diagnostic::error(Code::Shortcode, "no shortcode can stand in the title of a page").at(path, span.start + offset..span.end + offset);
    fault.help("the title is shown on other pages too: write `title` in the front matter, without the shortcode")
}

/// Ids that the author wrote; two of the same are a mistake.
fn explicit_ids(events: &[Spanned<'_>], (path, offset): (&SourcePath, usize), faults: &mut Diagnostics) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (event, span) in events {
        if let Event::Start(Tag::Heading { attrs, .. }) = event
            && let Some((written, _)) = attrs.first()
        {
            let fault = Diagnostic::error(Code::BadValue, format!("`{{{written}}}` is no attribute of a heading"));
            let fault = fault.at(path, span.start + offset..span.end + offset);
            faults.push(fault.help("a heading takes an id alone: {#id}; to show the braces, write `\\{`"));
        }
        let Event::Start(Tag::Heading { id: Some(id), .. }) = event else { continue };
        let is_plain = !id.is_empty() && id.chars().all(|c| is_of_word(c) || matches!(c, '-' | '_' | '.' | ':'));
        let span = span.start + offset..span.end + offset;
        if !is_plain {
            faults.push(
                Diagnostic::error(Code::BadValue, format!("`{id}` cannot be the id of a heading")).at(path, span).help("use letters, digits, `-`, `_` and `.`"),
            );
        } else if !ids.insert(id.to_string()) {
            faults.push(Diagnostic::error(Code::DuplicateId, format!("two headings have the id `{id}`")).at(path, span).help("give one of them another id"));
        }
    }
    ids
}

/// A slug that no other heading has: `pay`, `pay-1`, `pay-2`.
fn unique(slug: &str, taken: &mut BTreeSet<String>, counts: &mut BTreeMap<String, usize>) -> String {
    let slug = if slug.is_empty() { "section" } else { slug };
    let count = counts.entry(slug.to_owned()).or_default();
    loop {
        let id = if *count == 0 { slug.to_owned() } else { format!("{slug}-{count}") };
        *count += 1;
        if taken.insert(id.clone()) {
            return id;
        }
    }
}

/// Facts of a text whose headings are known, and what it asks for.
pub(super) fn facts(events: &[Spanned<'_>], headings: &[Heading], uses: &Uses) -> Facts {
    Facts {
        title: headings.first().filter(|heading| heading.is_title).map(|heading| heading.text.clone()),
        summary: summary(events),
        words: words(events),
        own: OwnFacts::new(headings, uses),
    }
}

fn words(events: &[Spanned<'_>]) -> usize {
    let text_words = |text: &str| {
        if text.is_ascii() {
            return text.split_ascii_whitespace().filter(|word| word.bytes().any(|byte| byte.is_ascii_alphanumeric())).count();
        }
        // Scripts without spaces count a word for every two characters.
        let dense = text.chars().filter(|c| matches!(*c as u32, 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF)).count();
        text.split_whitespace()
            .filter(|word| word.chars().any(|c| c.is_ascii_alphanumeric() || (c.is_alphanumeric() && !matches!(c as u32, 0x3040..=0x9FFF))))
            .count()
            + dense.div_ceil(2)
    };
    let of_event = |(event, _): &Spanned<'_>| match event {
        Event::Text(text) | Event::Code(text) => text_words(text),
        _ => 0,
    };
    events.iter().map(of_event).sum()
}
