//! Markdown as events: text comes in, events with their places go out, or a fault instead of a crash.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_cmark::{BrokenLink, Event, LinkType, Options as Flags, Parser, Tag, TagEnd};

use crate::diag::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Span;

/// Nesting that no reader can follow and no recursive program should have to.
const DEEPEST: usize = 128;

/// An event and the bytes of the text that it came from.
pub(super) type Spanned<'t> = (Event<'t>, Span);

/// What a text defines and refers to by name.
#[derive(Default)]
pub(super) struct References {
    /// Links by name without a definition: how they are written, and where.
    pub broken: Vec<(LinkType, Span)>,
    /// Definitions of links: name, destination, place; in no order.
    pub defined: Vec<(String, String, Span)>,
}

/// What is read beyond CommonMark, and the ids of headings (`headings.rs`).
pub(super) fn flags(smart_punctuation: bool) -> Flags {
    let flags = Flags::ENABLE_TABLES | Flags::ENABLE_FOOTNOTES | Flags::ENABLE_STRIKETHROUGH | Flags::ENABLE_TASKLISTS | Flags::ENABLE_GFM;
    if smart_punctuation { flags | Flags::ENABLE_SMART_PUNCTUATION } else { flags }
}

/// Parses a text. The fault has the place in the file that `offset` counts from.
pub(super) fn parse<'t>(path: &SourcePath, text: &'t str, offset: usize, flags: Flags) -> Result<Vec<Spanned<'t>>, Diagnostic> {
    Ok(parse_with(path, text, offset, flags)?.0)
}

/// The same with what is defined and referred to.
pub(super) fn parse_with<'t>(path: &SourcePath, text: &'t str, offset: usize, flags: Flags) -> Result<(Vec<Spanned<'t>>, References), Diagnostic> {
    if let Some(at) = deep_line(text) {
        return Err(too_deep(path, offset + at));
    }
    let read = || {
        let mut broken = vec![];
        let note = |link: BrokenLink<'t>| {
            broken.push((link.link_type, link.span));
            None
        };
        let parser = Parser::new_with_broken_link_callback(text, flags, Some(note));
        let defined = parser.reference_definitions().iter().map(|(name, link)| (name.to_owned(), link.dest.to_string(), link.span.clone())).collect();
        // An event for every sixteen bytes is more than most texts have.
        let mut events = Vec::with_capacity(text.len() / 16);
        events.extend(parser.into_offset_iter());
        (events, References { broken, defined })
    };
    let Some((mut events, references)) = guarded(read) else { return Err(crash(path, text, offset, flags)) };
    super::headings::read_ids(text, &mut events);
    if flags.contains(Flags::ENABLE_SMART_PUNCTUATION) {
        super::quotes::set_primes(text, &mut events);
    }
    let mut depth = 0_usize;
    for (event, span) in &events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(too_deep(path, offset + span.start));
        }
    }
    Ok((events, references))
}

/// Runs something that may panic on odd input; none when it did. The panic hook decides whether anything is printed.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// A line that opens more blocks than can be nested, found before the parser has to.
fn deep_line(text: &str) -> Option<usize> {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        // Blocks open with a mark each: a shorter line cannot be too deep.
        if end - start > DEEPEST * 4 && is_deep(&text[start..end]) {
            return Some(start);
        }
        start = end + 1;
    }
    None
}

fn is_deep(line: &str) -> bool {
    let opens = line.bytes().take_while(|byte| matches!(byte, b'>' | b' ' | b'\t' | b'-' | b'*' | b'+')).filter(|byte| !matches!(byte, b' ' | b'\t'));
    // A rule of dashes or stars is one block, however long.
    let is_rule = line.bytes().all(|byte| matches!(byte, b'-' | b'*' | b' '));
    !is_rule && opens.count() > DEEPEST * 4
}

fn too_deep(path: &SourcePath, at: usize) -> Diagnostic {
    let fault = Diagnostic::error(Code::TooDeep, format!("this is nested deeper than {DEEPEST} levels")).at(path, at..at + 1);
    fault.help("remove quotes, lists or emphasis around it")
}

/// Names the line after which the parser fails: the end of the shortest beginning of the text that it cannot take.
fn crash(path: &SourcePath, text: &str, offset: usize, flags: Flags) -> Diagnostic {
    let fails = |end: usize| guarded(|| Parser::new_ext(&text[..end], flags).count()).is_none();
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).chain([text.len()]).collect();
    let first = ends.partition_point(|end| !fails(*end));
    let line = first.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let fault = Diagnostic::error(Code::MarkdownCrash, "the Markdown parser cannot take this text").at(path, offset + line..offset + line);
    fault.help("this is a fault of the parser, not yours; write the list or the line break near this line in another way")
}

/// Where the element that starts at an index ends: the index of its end among the events.
pub(super) fn end_of(events: &[Spanned<'_>], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    events.len()
}

/// A call of a shortcode among events: its number in the text. Mathematics, which is never read, lends its event.
pub(super) fn call_of(event: &Event<'_>) -> Option<usize> {
    match event {
        Event::InlineMath(number) => number.parse().ok(),
        _ => None,
    }
}

/// The event of a call.
pub(super) fn call_event(number: usize) -> Event<'static> {
    Event::InlineMath(number.to_string().into())
}

/// Whether a shortcode stands among events.
pub(super) fn has_calls(events: &[Spanned<'_>]) -> bool {
    events.iter().any(|(event, _)| call_of(event).is_some())
}

/// Where a link leads: an address of mail without a scheme is one of the two kinds that stand between `<` and `>`.
pub(super) fn destination(tag: &Tag<'_>) -> Option<String> {
    match tag {
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => Some(format!("mailto:{dest_url}")),
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => Some(dest_url.to_string()),
        _ => None,
    }
}

/// The plain text of some events, without the shortcodes in it: what a heading says.
pub(super) fn plain(events: &[Spanned<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::Heading(_)) => text.push(' '),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    if text.starts_with(char::is_whitespace) { text.trim_start().to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_the_parser_cannot_take_is_refused_at_its_line() {
        let path = SourcePath::new("a.md").unwrap();
        // It fails in what we do not ask for; no text is known on which it fails as it is used.
        let fault = parse(&path, "One.\n\n- [x] \\\n  -\n", 10, flags(true) | Flags::ENABLE_HEADING_ATTRIBUTES).unwrap_err();
        assert_eq!((fault.code, fault.place.unwrap().span.start), (Code::MarkdownCrash, 10 + 14));
        assert!(parse(&path, "One.\n\n- [x] \\\n  -\n", 10, flags(true)).is_ok());
    }
}
