//! Links and pictures of a text in Markdown: their addresses come in; what is wanted instead goes out, or
//! the words alone where a link would lead nowhere.

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::code;
use super::edits::{Edited, Edits};
use crate::source::Span;

/// A link or a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Link,
    Picture,
}

/// What becomes of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// It is right as it is.
    AsWritten,
    To(String),
    /// Nowhere: the words stay.
    Nowhere,
}

/// Rewrites the addresses of a text. `resolve` is asked for each with its place in the text.
pub fn rewrite(text: &str, mut resolve: impl FnMut(&str, Kind, usize) -> Leads) -> Edited {
    let events = code::events(text);
    let mut edits = Edits::default();
    let mut open: Vec<Open> = vec![];
    for (event, span) in &events {
        match event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => {
                open.push(Open::new(Kind::Link, *link_type, dest_url, span));
            }
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                ..
            }) => {
                open.push(Open::new(Kind::Picture, *link_type, dest_url, span));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(link) = open.pop() {
                    let leads = resolve(&link.address, link.kind, span.start);
                    link.edit(text, leads, &mut edits);
                }
                note(&mut open, span);
            }
            _ => note(&mut open, span),
        }
    }
    definitions(text, &mut resolve, &mut edits);
    edits.apply(text)
}

/// Notes that something stands in the words of the links that are open.
fn note(open: &mut [Open], span: &Span) {
    if let Some(link) = open.last_mut() {
        link.inner.end = link.inner.end.max(span.end);
    }
}

/// A link whose end has not come yet.
struct Open {
    kind: Kind,
    link_type: LinkType,
    address: String,
    span: Span,
    /// Where its words stand.
    inner: Span,
}

impl Open {
    fn new(kind: Kind, link_type: LinkType, address: &str, span: &Span) -> Self {
        let start = span.start + if kind == Kind::Picture { 2 } else { 1 };
        Self {
            kind,
            link_type,
            address: address.to_owned(),
            span: span.clone(),
            inner: start..start,
        }
    }

    /// Changes the link in its text.
    fn edit(&self, text: &str, leads: Leads, edits: &mut Edits) {
        match leads {
            Leads::AsWritten => {}
            Leads::To(address) if self.link_type == LinkType::Inline => {
                if let Some(span) = self.address_span(text) {
                    edits.put(span, written(&address));
                }
            }
            // That of a definition is changed there.
            Leads::To(_) => {}
            Leads::Nowhere => self.unwrap(text, edits),
        }
    }

    /// Leaves the words alone. Those of a picture were an attribute, and are set apart.
    fn unwrap(&self, text: &str, edits: &mut Edits) {
        if matches!(self.link_type, LinkType::Autolink | LinkType::Email) {
            return;
        }
        let inner = self.inner.start.min(self.span.end)..self.inner.end.min(self.span.end);
        let mark = if self.kind == Kind::Picture && !text[inner.clone()].trim().is_empty() {
            "*"
        } else {
            ""
        };
        edits.put(self.span.start..inner.start, mark);
        edits.put(inner.end..self.span.end, mark);
    }

    /// Returns where the address stands behind the words: `](` and then `<…>` or a word.
    fn address_span(&self, text: &str) -> Option<Span> {
        let tail = text.get(self.inner.end..self.span.end)?;
        let start = self.inner.end + tail.find("](")? + 2;
        let rest = &text[start..self.span.end];
        let start = start + (rest.len() - rest.trim_start().len());
        address_at(text, start, self.span.end)
    }
}

/// Returns the span of an address that begins at a place, with its angle brackets.
fn address_at(text: &str, start: usize, end: usize) -> Option<Span> {
    let rest = text.get(start..end)?;
    if rest.starts_with('<') {
        return rest.find('>').map(|close| start..start + close + 1);
    }
    let (mut depth, mut is_escaped) = (0_usize, false);
    for (at, c) in rest.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(start..start + at),
            ')' => depth -= 1,
            c if c.is_whitespace() => return Some(start..start + at),
            _ => {}
        }
    }
    Some(start..end)
}

/// Changes definitions of links: `[name]: address`.
fn definitions(
    text: &str,
    resolve: &mut impl FnMut(&str, Kind, usize) -> Leads,
    edits: &mut Edits,
) {
    let read = || {
        let parser = Parser::new_ext(text, code::flags());
        let all = parser.reference_definitions().iter();
        all.map(|(_, link)| (link.dest.to_string(), link.span.clone()))
            .collect::<Vec<_>>()
    };
    let mut all = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).unwrap_or_default();
    all.sort_by_key(|(_, span)| span.start);
    for (address, span) in all {
        let kind = if has_picture_ending(&address) {
            Kind::Picture
        } else {
            Kind::Link
        };
        match resolve(&address, kind, span.start) {
            Leads::To(to) => {
                let behind = text[span.clone()].find("]:").map(|at| span.start + at + 2);
                let start = behind.map(|at| {
                    at + (text[at..span.end].len() - text[at..span.end].trim_start().len())
                });
                if let Some(place) = start.and_then(|start| address_at(text, start, span.end)) {
                    edits.put(place, written(&to));
                }
            }
            Leads::Nowhere => edits.remove(span),
            Leads::AsWritten => {}
        }
    }
}

/// Returns true if an address is that of a picture, by its ending.
pub fn has_picture_ending(address: &str) -> bool {
    let (path, _) = crate::path::split_tail(address);
    let ending = path
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase();
    matches!(
        ending.as_str(),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg"
    )
}

/// Writes an address as Markdown reads it.
fn written(address: &str) -> String {
    if address.contains([' ', '(', ')', '<', '>']) {
        format!("<{}>", address.replace(['<', '>'], ""))
    } else {
        address.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str) -> String {
        let resolve = |address: &str, _: Kind, _: usize| match address {
            "old" => Leads::To("new one.md".to_owned()),
            "gone" => Leads::Nowhere,
            _ => Leads::AsWritten,
        };
        rewrite(text, resolve).text
    }

    #[test]
    fn addresses_are_changed_where_they_stand() {
        assert_eq!(
            rewritten("[a *b*](old \"t\") [c](<old>) [d](e)"),
            "[a *b*](<new one.md> \"t\") [c](<new one.md>) [d](e)"
        );
        assert_eq!(
            rewritten("[a][b] ![](old)\n\n[b]: old 'x'\n"),
            "[a][b] ![](<new one.md>)\n\n[b]: <new one.md> 'x'\n"
        );
    }

    #[test]
    fn links_to_nowhere_leave_their_words() {
        assert_eq!(
            rewritten("[a **b**](gone) ![c](gone) [![d](old)](gone)."),
            "a **b** *c* ![d](<new one.md>)."
        );
        assert_eq!(rewritten("[a][b] and [b]\n\n[b]: gone\n"), "a and b\n\n\n");
        assert_eq!(rewritten("`[a](gone)` [](gone)"), "`[a](gone)` ");
    }
}
