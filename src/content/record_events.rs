//! Events of a record's text: events come in as Markdown has them; those that can stand where the text
//! stands go out. HTML is text, and a line holds no blocks.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Shape;
use super::parse::{Base, Spanned, end_of, plain};
use crate::diag::{Code, Diagnostic};

/// Fits events to where the text stands. The error is a block in a line.
pub(super) fn fitted<'t>(
    mut events: Vec<Spanned<'t>>,
    shape: Shape,
    base: Base<'_>,
) -> Result<Vec<Spanned<'t>>, Diagnostic> {
    events = events
        .into_iter()
        .map(|(event, span)| (html_as_text(event), span))
        .collect();
    match shape {
        Shape::Block => Ok(events),
        Shape::Item => {
            if is_one_paragraph(&events) {
                events.remove(end_of(&events, 0));
                events.remove(0);
            }
            Ok(events)
        }
        Shape::Line => fitted_to_line(events, base),
    }
}

/// Puts line breaks in place of paragraphs.
fn fitted_to_line<'t>(
    events: Vec<Spanned<'t>>,
    base: Base<'_>,
) -> Result<Vec<Spanned<'t>>, Diagnostic> {
    for (event, span) in &events {
        let Some(block) = block_name(event) else {
            continue;
        };
        let message = format!("{block} cannot stand in this text, which is shown inside a line");
        let help = "write it as plain paragraphs; tables, lists and notes can stand in descriptions, answers and Markdown files";
        let fault = Diagnostic::error(Code::BadValue, message);
        return Err(base.place(fault, span).help(help));
    }
    let last = events.len().saturating_sub(1);
    let mut line = Vec::with_capacity(events.len());
    for (at, (event, span)) in events.into_iter().enumerate() {
        match event {
            Event::End(TagEnd::Paragraph) if at < last => line.push((Event::HardBreak, span)),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            event => line.push((event, span)),
        }
    }
    Ok(line)
}

/// Removes the footnotes.
pub(super) fn without_notes(mut events: Vec<Spanned<'_>>) -> Vec<Spanned<'_>> {
    let is_note =
        |(event, _): &Spanned<'_>| matches!(event, Event::Start(Tag::FootnoteDefinition(_)));
    while let Some(start) = events.iter().position(is_note) {
        let end = end_of(&events, start).min(events.len() - 1);
        events.drain(start..=end);
    }
    events
}

/// Makes text of HTML.
fn html_as_text(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        event => event,
    }
}

/// Returns true if a text is a paragraph, but for its notes.
fn is_one_paragraph(events: &[Spanned<'_>]) -> bool {
    let Some((Event::Start(Tag::Paragraph), _)) = events.first() else {
        return false;
    };
    let mut at = end_of(events, 0) + 1;
    while let Some((Event::Start(Tag::FootnoteDefinition(_)), _)) = events.get(at) {
        at = end_of(events, at) + 1;
    }
    at >= events.len()
}

/// Returns what to call a block, which cannot stand inside a line.
fn block_name(event: &Event<'_>) -> Option<&'static str> {
    Some(match event {
        Event::Start(Tag::Heading { .. }) => "a heading",
        Event::Start(Tag::BlockQuote(_)) => "a quotation",
        Event::Start(Tag::CodeBlock(_)) => "a block of code",
        Event::Start(Tag::List(_)) => "a list",
        Event::Start(Tag::Table(_)) => "a table",
        Event::Start(Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => "a note",
        Event::Rule => "a rule",
        _ => return None,
    })
}

/// Names each table after the heads of its columns.
pub(super) fn table_names(events: &[Spanned<'_>]) -> Vec<String> {
    let mut names = vec![];
    for (at, (event, _)) in events.iter().enumerate() {
        let Event::Start(Tag::Table(_)) = event else {
            continue;
        };
        let Some(head) = events.get(at + 2..end_of(events, at + 1)) else {
            continue;
        };
        let cells: Vec<String> = head
            .split(|(event, _)| matches!(event, Event::End(TagEnd::TableCell)))
            .map(plain)
            .filter(|cell| !cell.is_empty())
            .collect();
        names.push(cells.join(", "));
    }
    names
}
