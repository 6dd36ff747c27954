//! What an author plainly meant and Markdown does not read: a text and its events come in, warnings
//! at their places go out. Only what is nearly always a slip is said; a bracket or a star in prose
//! is none.

mod blocks;
mod links;
mod notes;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parse::{Base, Parsed, Spanned};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// How far the other bracket is searched for, in bytes.
const LONGEST: usize = 400;

/// A text that is searched for slips.
struct Search<'t> {
    base: Base<'t>,
    text: &'t str,
    events: &'t [Spanned<'t>],
    /// What is shown as the text that it is, in order: no code, no markup.
    plain: Vec<Span>,
    /// Where links and references to notes stand, in order.
    links: Vec<usize>,
    diagnostics: &'t mut Diagnostics,
}

/// Warns of what an author meant and a text does not become.
pub(super) fn check(
    base: Base<'_>,
    text: &str,
    Parsed { events, references }: &Parsed<'_>,
    diagnostics: &mut Diagnostics,
) {
    let plain = plain_spans(events);
    let is_link = |event: &Event<'_>| {
        matches!(
            event,
            Event::Start(Tag::Link { .. }) | Event::FootnoteReference(_)
        )
    };
    let links = events
        .iter()
        .filter(|(event, _)| is_link(event))
        .map(|(_, span)| span.start)
        .collect();
    let mut search = Search {
        base,
        text,
        events,
        plain,
        links,
        diagnostics,
    };
    search.links(references);
    search.notes();
    search.blocks();
}

/// Returns the spans of text that is no code.
fn plain_spans(events: &[Spanned<'_>]) -> Vec<Span> {
    let mut is_code = false;
    let mut spans = Vec::with_capacity(events.len() / 2);
    for (event, span) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(_) if !is_code => spans.push(span.clone()),
            _ => {}
        }
    }
    spans
}

impl<'t> Search<'t> {
    /// Returns true if a byte is shown as it stands, and not escaped.
    fn is_plain(&self, at: usize) -> bool {
        let next = self.plain.partition_point(|span| span.start <= at);
        let is_inside = next
            .checked_sub(1)
            .and_then(|index| self.plain.get(index))
            .is_some_and(|span| span.contains(&at));
        is_inside && !(at > 0 && self.text.as_bytes()[at - 1] == b'\\')
    }

    /// Returns where a text stands that is shown as it is.
    fn found(&self, part: &str) -> Vec<usize> {
        let places = memchr::memmem::find_iter(self.text.as_bytes(), part.as_bytes());
        places
            .filter(|at| self.is_plain(*at) && self.is_plain(at + part.len() - 1))
            .collect()
    }

    /// Returns the rest of a line, as far as a link may be long.
    fn line(&self, at: usize) -> &'t str {
        let rest = &self.text[at..];
        let end = (0..=LONGEST.min(rest.len()))
            .rev()
            .find(|end| rest.is_char_boundary(*end))
            .unwrap_or(0);
        rest[..end].lines().next().unwrap_or_default()
    }

    fn warn(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let warning = Diagnostic::warning(Code::UnreadMarkdown, message);
        self.diagnostics
            .push(self.base.place(warning, &span).help(help.into()));
    }
}
