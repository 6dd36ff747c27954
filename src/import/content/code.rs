//! Where a Markdown text holds code, in which neither tags nor links are read.

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::source::Span;

/// What is read beyond CommonMark: what Rungs reads itself.
pub fn flags() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// Parses a text into events with their places. The parser is known to fail on some odd texts: such a
/// text has no events, and stays as it is.
pub fn events(text: &str) -> Vec<(Event<'_>, Span)> {
    let read = || Parser::new_ext(text, flags()).into_offset_iter().collect();
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).unwrap_or_default()
}

/// Returns the spans of code, in order.
pub fn spans(text: &str) -> Vec<Span> {
    let mut spans = vec![];
    for (event, span) in events(text) {
        match event {
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => spans.push(span),
            _ => {}
        }
    }
    spans
}

/// Returns the span that holds an offset.
pub fn holding(spans: &[Span], offset: usize) -> Option<&Span> {
    let after = spans.partition_point(|span| span.start <= offset);
    let span = after.checked_sub(1).and_then(|at| spans.get(at))?;
    span.contains(&offset).then_some(span)
}

/// Writes a text as code in a line, whatever it holds.
pub fn in_line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// Writes a block of code, whatever it holds.
pub fn block(text: &str, language: &str) -> String {
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let text = text.trim_matches('\n');
    format!("\n{fence}{language}\n{text}\n{fence}\n")
}
