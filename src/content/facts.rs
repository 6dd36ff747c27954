//! What the parsed body of an article says: events and headings come in; title, summary, word count
//! and what the body refers to go out. Nothing here makes HTML.

use std::collections::BTreeSet;

use pulldown_cmark::Event;
use serde::{Deserialize, Serialize};

use super::Call;
use super::headings::Heading;
use super::page_facts::PageFacts;
use super::parse::{Spanned, destination};
use super::summary::summary;
use crate::pieces::pieces;

/// Facts about a body that do not need its HTML.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The text of a first-level heading at the start.
    pub title: Option<String>,
    /// The text before `<!-- more -->`, or the first paragraph, at most about 150 characters.
    pub summary: String,
    pub words: usize,
    /// What only the article's own page needs.
    #[serde(skip)]
    pub page: PageFacts,
}

/// Links, shortcodes and file names that a body refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    /// Destinations of links and images, as they are written.
    pub links: BTreeSet<String>,
    /// Calls of shortcodes, also those inside others, as far as they decide what is asked of the
    /// [`Host`](super::Host).
    pub calls: BTreeSet<CallUse>,
    /// What HTML and arguments of shortcodes hold that could be the name of a file.
    pub file_names: BTreeSet<String>,
}

/// The arguments of a shortcode call that refer to something outside the article.
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

impl Facts {
    /// Collects the facts of a text whose headings and uses are known.
    pub(super) fn new(events: &[Spanned<'_>], headings: &[Heading], uses: &Uses) -> Self {
        let title = headings.first().filter(|heading| heading.is_title);
        Self {
            title: title.map(|heading| heading.text.clone()),
            summary: summary(events),
            words: events.iter().map(|(event, _)| words(event)).sum(),
            page: PageFacts::new(headings, uses),
        }
    }
}

impl CallUse {
    fn of(call: &Call) -> Self {
        let value = |name: &str| call.arg(name).map(|argument| argument.value.clone());
        Self {
            name: call.name.clone(),
            role: value("role"),
            src: value("src"),
            names_row: call.arg("id").is_some(),
        }
    }
}

impl Uses {
    /// Adds what some events link to.
    pub(super) fn add_links(&mut self, events: &[Spanned<'_>]) {
        for (event, _) in events {
            match event {
                Event::Start(tag) => self.links.extend(destination(tag)),
                Event::Html(html) | Event::InlineHtml(html)
                    if !html.trim_start().starts_with("<!--") =>
                {
                    self.file_names.extend(pieces(html).map(str::to_owned));
                }
                _ => {}
            }
        }
    }

    /// Adds a call of a shortcode.
    pub(super) fn add_call(&mut self, call: &Call) {
        self.calls.insert(CallUse::of(call));
        for argument in &call.args {
            self.file_names
                .extend(pieces(&argument.value).map(str::to_owned));
        }
    }
}

/// Counts the words of an event.
fn words(event: &Event<'_>) -> usize {
    let (Event::Text(text) | Event::Code(text)) = event else {
        return 0;
    };
    if text.is_ascii() {
        return text
            .split_ascii_whitespace()
            .filter(|word| word.bytes().any(|byte| byte.is_ascii_alphanumeric()))
            .count();
    }
    // Scripts without spaces count a word for every two characters.
    let dense = text
        .chars()
        .filter(|c| matches!(*c as u32, 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF))
        .count();
    let is_letter = |c: char| {
        c.is_ascii_alphanumeric() || (c.is_alphanumeric() && !matches!(c as u32, 0x3040..=0x9FFF))
    };
    let spaced = text
        .split_whitespace()
        .filter(|word| word.chars().any(is_letter))
        .count();
    spaced + dense.div_ceil(2)
}
