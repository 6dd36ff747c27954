//! Markdown as events: text comes in, events with their places go out, or a fault instead of a
//! crash.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_cmark::{BrokenLink, Event, LinkType, Options as Flags, Parser, Tag, TagEnd};

use crate::diag::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Span;

/// Nesting that no reader can follow and no recursive program should have to.
const DEEPEST: usize = 128;

/// An event and the bytes of the text that it came from.
pub(super) type Spanned<'t> = (Event<'t>, Span);

/// Where a text stands: its file, and the byte of the file that its spans are counted from.
#[derive(Clone, Copy)]
pub(super) struct Base<'p> {
    pub path: &'p SourcePath,
    pub offset: usize,
}

/// A parsed text.
pub(super) struct Parsed<'t> {
    pub events: Vec<Spanned<'t>>,
    pub references: References,
}

/// What a text defines and refers to by name.
pub(super) struct References {
    /// Links by name without a definition.
    pub broken: Vec<BrokenReference>,
    /// Definitions of links, in no order.
    pub defined: Vec<Definition>,
}

/// A link by name that no definition has, such as `[a][b]`.
pub(super) struct BrokenReference {
    pub kind: LinkType,
    pub span: Span,
}

/// A definition of a link: `[name]: destination`.
pub(super) struct Definition {
    pub name: String,
    pub destination: String,
    pub span: Span,
}

impl Base<'_> {
    /// Returns a span of the text as a span of its file.
    pub(super) fn in_file(self, span: &Span) -> Span {
        span.start + self.offset..span.end + self.offset
    }

    /// Places a diagnostic at a span of the text.
    pub(super) fn place(self, diagnostic: Diagnostic, span: &Span) -> Diagnostic {
        diagnostic.at(self.path, self.in_file(span))
    }
}

/// Returns what is read beyond CommonMark. Ids of headings are read in `heading_ids.rs`.
pub(super) fn flags(smart_punctuation: bool) -> Flags {
    let flags = Flags::ENABLE_TABLES
        | Flags::ENABLE_FOOTNOTES
        | Flags::ENABLE_STRIKETHROUGH
        | Flags::ENABLE_TASKLISTS
        | Flags::ENABLE_GFM;
    if smart_punctuation {
        flags | Flags::ENABLE_SMART_PUNCTUATION
    } else {
        flags
    }
}

/// Parses a text. The error has its place in the file.
pub(super) fn parse<'t>(
    base: Base<'_>,
    text: &'t str,
    flags: Flags,
) -> Result<Parsed<'t>, Diagnostic> {
    if let Some(at) = deep_line(text) {
        return Err(too_deep(base, at));
    }
    let read = || {
        let mut broken = vec![];
        let note = |link: BrokenLink<'t>| {
            broken.push(BrokenReference {
                kind: link.link_type,
                span: link.span,
            });
            None
        };
        let parser = Parser::new_with_broken_link_callback(text, flags, Some(note));
        let defined = parser
            .reference_definitions()
            .iter()
            .map(|(name, link)| Definition {
                name: name.to_owned(),
                destination: link.dest.to_string(),
                span: link.span.clone(),
            })
            .collect();
        // An event for every sixteen bytes is more than most texts have.
        let mut events = Vec::with_capacity(text.len() / 16);
        events.extend(parser.into_offset_iter());
        let references = References { broken, defined };
        Parsed { events, references }
    };
    let Some(mut parsed) = guarded(read) else {
        return Err(crash(base, text, flags));
    };
    super::heading_ids::read_ids(text, &mut parsed.events);
    if flags.contains(Flags::ENABLE_SMART_PUNCTUATION) {
        super::quotes::set_primes(text, &mut parsed.events);
    }
    match deep_event(&parsed.events) {
        Some(at) => Err(too_deep(base, at)),
        None => Ok(parsed),
    }
}

/// Returns where elements are nested too deeply.
fn deep_event(events: &[Spanned<'_>]) -> Option<usize> {
    let mut depth = 0_usize;
    for (event, span) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(span.start);
        }
    }
    None
}

/// Runs work that may panic on odd input. Returns `None` when it did; the panic hook decides whether
/// anything is printed.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Returns where a line opens more blocks than can be nested, before the parser has to find it.
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
    let opens = line
        .bytes()
        .take_while(|byte| matches!(byte, b'>' | b' ' | b'\t' | b'-' | b'*' | b'+'))
        .filter(|byte| !matches!(byte, b' ' | b'\t'));
    // A rule of dashes or stars is one block, however long.
    let is_rule = line.bytes().all(|byte| matches!(byte, b'-' | b'*' | b' '));
    !is_rule && opens.count() > DEEPEST * 4
}

fn too_deep(base: Base<'_>, at: usize) -> Diagnostic {
    let message = format!("this is nested deeper than {DEEPEST} levels");
    base.place(Diagnostic::error(Code::TooDeep, message), &(at..at + 1))
        .help("remove quotes, lists or emphasis around it")
}

/// Makes the diagnostic at the line after which the parser fails: the end of the shortest beginning
/// of the text that it cannot take.
fn crash(base: Base<'_>, text: &str, flags: Flags) -> Diagnostic {
    let fails = |end: usize| guarded(|| Parser::new_ext(&text[..end], flags).count()).is_none();
    let ends: Vec<usize> = text
        .match_indices('\n')
        .map(|(at, _)| at + 1)
        .chain([text.len()])
        .collect();
    let first = ends.partition_point(|end| !fails(*end));
    let line = first
        .checked_sub(1)
        .and_then(|before| ends.get(before))
        .copied()
        .unwrap_or(0);
    let message = "the Markdown parser cannot take this text";
    base.place(Diagnostic::error(Code::MarkdownCrash, message), &(line..line))
        .help("this is a fault of the parser, not yours; write the list or the line break near this line in another way")
}

/// Returns the index of the end of the element that starts at an index.
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

/// Returns the number of the shortcode call that an event stands for.
///
/// Calls use the event of mathematics, which is never enabled.
pub(super) fn call_of(event: &Event<'_>) -> Option<usize> {
    match event {
        Event::InlineMath(number) => number.parse().ok(),
        _ => None,
    }
}

/// Returns the event that stands for a call.
pub(super) fn call_event(number: usize) -> Event<'static> {
    Event::InlineMath(number.to_string().into())
}

/// Returns true if a shortcode stands among events.
pub(super) fn has_calls(events: &[Spanned<'_>]) -> bool {
    events.iter().any(|(event, _)| call_of(event).is_some())
}

/// Returns where a link leads. Of the two kinds of links between `<` and `>`, that of mail has no
/// scheme: it is added here.
pub(super) fn destination(tag: &Tag<'_>) -> Option<String> {
    match tag {
        Tag::Link {
            link_type: LinkType::Email,
            dest_url,
            ..
        } => Some(format!("mailto:{dest_url}")),
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => Some(dest_url.to_string()),
        _ => None,
    }
}

/// Returns the plain text of some events, without shortcodes: what a heading says.
pub(super) fn plain(events: &[Spanned<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(
                TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::Heading(_),
            ) => text.push(' '),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    if text.starts_with(char::is_whitespace) {
        text.trim_start().to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_the_parser_cannot_take_is_refused_at_its_line() {
        let path = SourcePath::new("a.md").unwrap();
        // It fails in what we do not ask for; no text is known on which it fails as it is used.
        let base = Base {
            path: &path,
            offset: 10,
        };
        let text = "One.\n\n- [x] \\\n  -\n";
        let fault = parse(base, text, flags(true) | Flags::ENABLE_HEADING_ATTRIBUTES)
            .err()
            .unwrap();
        assert_eq!(
            (fault.code, fault.place.unwrap().span.start),
            (Code::MarkdownCrash, 10 + 14)
        );
        assert!(parse(base, text, flags(true)).is_ok());
    }
}
