//! Calls of shortcodes among events: the events of a text whose calls are masked come in; the same
//! with an event for each call go out, and the calls that stand where no HTML can.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parse::{Base, Spanned, call_event};
use super::shortcode::Call;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// A text with its calls masked.
pub(super) struct Masked<'t> {
    pub base: Base<'t>,
    pub text: &'t str,
    pub calls: &'t [Call],
}

impl<'t> Masked<'t> {
    /// Puts the calls into events. Returns, for each call, whether it has a place.
    pub fn place(&self, events: Vec<Spanned<'t>>) -> (Vec<Spanned<'t>>, Vec<bool>) {
        let mut placed = vec![false; self.calls.len()];
        let mut out = Vec::with_capacity(events.len() + self.calls.len());
        // The HTML of a block so far; none outside, and in code.
        let (mut html, mut is_code) = (String::new(), false);
        for (event, span) in events {
            match &event {
                Event::Start(Tag::CodeBlock(_)) => is_code = true,
                Event::End(TagEnd::CodeBlock) => is_code = false,
                Event::Start(Tag::HtmlBlock) => html.clear(),
                _ => {}
            }
            match event {
                Event::Text(_) if !is_code && self.is_verbatim(&event, &span) => {
                    self.split(&span, Event::Text, &mut out, |number, _| {
                        placed[number] = true;
                        true
                    });
                }
                Event::Html(line) => {
                    let start = html.len();
                    html.push_str(&line);
                    if self.is_verbatim(&Event::Html(line.clone()), &span) {
                        self.split(&span, Event::Html, &mut out, |number, at| {
                            placed[number] = html.get(..start + at).is_some_and(is_between_tags);
                            placed[number]
                        });
                    } else {
                        out.push((Event::Html(line), span));
                    }
                }
                event => out.push((event, span)),
            }
        }
        if placed.contains(&false) {
            out = self.without_links_of(out, &placed);
        }
        (out, placed)
    }

    /// Returns true if an event says what stands in the text, and a call is in it.
    fn is_verbatim(&self, event: &Event<'_>, span: &Span) -> bool {
        let (Event::Text(shown) | Event::Html(shown)) = event else {
            return false;
        };
        self.text.get(span.clone()) == Some(&**shown) && self.inside(span).next().is_some()
    }

    /// Returns the calls in a stretch, with their numbers.
    fn inside(&self, span: &Span) -> impl Iterator<Item = (usize, &'t Call)> + use<'t> {
        let (start, end) = (span.start + self.base.offset, span.end + self.base.offset);
        let first = self.calls.partition_point(|call| call.span.start < start);
        self.calls
            .iter()
            .enumerate()
            .skip(first)
            .take_while(move |(_, call)| call.span.end <= end)
    }

    /// Writes a stretch with the calls in it as events; `takes` says whether one can stand `at`
    /// bytes into the stretch.
    fn split(
        &self,
        span: &Span,
        event: fn(pulldown_cmark::CowStr<'t>) -> Event<'t>,
        out: &mut Vec<Spanned<'t>>,
        mut takes: impl FnMut(usize, usize) -> bool,
    ) {
        let mut done = span.start;
        for (number, call) in self.inside(span) {
            let own = call.span.start - self.base.offset..call.span.end - self.base.offset;
            if done < own.start {
                out.push((event(self.text[done..own.start].into()), done..own.start));
            }
            done = own.end;
            if takes(number, own.start - span.start) {
                let shown = call.literal.as_ref().map_or_else(
                    || call_event(number),
                    |literal| Event::Text(literal.clone().into()),
                );
                out.push((shown, own));
            }
        }
        if done < span.end {
            out.push((event(self.text[done..span.end].into()), done..span.end));
        }
    }

    /// Removes the links and pictures whose address or title holds a call: those would lead
    /// to its mask.
    fn without_links_of(&self, events: Vec<Spanned<'t>>, placed: &[bool]) -> Vec<Spanned<'t>> {
        let has_lost = |span: &Span| self.inside(span).any(|(number, _)| !placed[number]);
        // Those of a definition stand elsewhere.
        let masks: Vec<String> = self
            .calls
            .iter()
            .zip(placed)
            .filter(|(_, placed)| !**placed)
            .map(|(call, _)| "x".repeat(call.span.len()))
            .collect();
        let shows_mask = |text: &str| masks.iter().any(|mask| text.contains(mask.as_str()));
        let mut open = vec![];
        let is_kept = |(event, span): &Spanned<'_>| match event {
            Event::Start(
                Tag::Link {
                    dest_url, title, ..
                }
                | Tag::Image {
                    dest_url, title, ..
                },
            ) => {
                open.push(!has_lost(span) && !shows_mask(dest_url) && !shows_mask(title));
                open.last().copied().unwrap_or(true)
            }
            Event::End(TagEnd::Link | TagEnd::Image) => open.pop().unwrap_or(true),
            Event::InlineHtml(_) => !has_lost(span),
            _ => true,
        };
        events.into_iter().filter(is_kept).collect()
    }

    /// Returns a message about the masked text, with the calls as they are written in the text
    /// itself.
    pub fn unmasked(&self, written: &str, said: &str) -> String {
        let mut calls: Vec<&Call> = self.calls.iter().collect();
        calls.sort_by_key(|call| std::cmp::Reverse(call.span.len()));
        calls.into_iter().fold(said.to_owned(), |said, call| {
            let own = call.span.start - self.base.offset..call.span.end - self.base.offset;
            said.replace(&"x".repeat(own.len()), written.get(own).unwrap_or_default())
        })
    }

    /// Returns what is said of the calls without a place; `events` are those without calls.
    pub fn lost(&self, events: &[Spanned<'_>], placed: &[bool]) -> Vec<Diagnostic> {
        let lost = self
            .calls
            .iter()
            .zip(placed)
            .filter(|(_, placed)| !**placed)
            .map(|(call, _)| call);
        let fault = |call: &Call| {
            let own = call.span.start - self.base.offset..call.span.end - self.base.offset;
            let around = events.iter().rev().find(|(event, span)| {
                span.start <= own.start && own.end <= span.end && !matches!(event, Event::End(_))
            });
            let (place, help) = match around {
                Some((Event::Start(Tag::Link { .. } | Tag::Image { .. }), _)) => (
                    "in the address or the title of a link",
                    "write there what it says; in the text of a link it can stand",
                ),
                Some((Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock), _)) => {
                    (
                        "inside an HTML tag",
                        "put it between tags, or make a shortcode of the whole",
                    )
                }
                _ => (
                    "here",
                    "put it into a paragraph, a heading, a list or a table",
                ),
            };
            Diagnostic::error(Code::Shortcode, format!("a shortcode cannot stand {place}"))
                .at(self.base.path, call.span.clone())
                .help(help)
        };
        lost.map(fault).collect()
    }
}

/// Returns true if what follows some HTML is text: not inside a tag or a comment.
fn is_between_tags(html: &str) -> bool {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = if rest.starts_with("!--") {
            rest.find("-->").map(|at| at + 3)
        } else {
            end_of_tag(rest)
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => return false,
        }
    }
    true
}

/// Returns where a tag ends, past its `>`; its values may hold one.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}
