//! One text of a file: Markdown comes in; its shortcode calls and its events go out, and warnings of
//! what Markdown does not read. No HTML is made here.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};

use super::parse::{self, Base, Spanned};
use super::{Call, Options, calls, shortcode, slips};
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{Source, Span};

/// A text with its shortcodes taken out.
pub(super) struct Text<'s> {
    pub base: Base<'s>,
    pub calls: Vec<Call>,
    written: &'s str,
    /// The text as it is parsed: each call is replaced by as many letters.
    masked: Cow<'s, str>,
    flags: pulldown_cmark::Options,
}

impl<'s> Text<'s> {
    /// Reads a span of a file.
    pub(super) fn in_file(
        source: &'s Source,
        span: Span,
        options: &Options,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let text = source.text.get(span.clone())?;
        let base = Base {
            path: &source.path,
            offset: span.start,
        };
        Self::new(base, text, options, diagnostics)
    }

    pub(super) fn new(
        base: Base<'s>,
        text: &'s str,
        options: &Options,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let flags = parse::flags(options.markdown.smart_punctuation);
        let has_calls = memchr::memmem::find(text.as_bytes(), b"{{<").is_some();
        let code = if has_calls {
            diagnostics.take(code_spans(base, text, flags))?
        } else {
            vec![]
        };
        let (masked, calls) = shortcode::extract(base, text, &code, diagnostics);
        Some(Self {
            base,
            calls,
            written: text,
            masked,
            flags,
        })
    }

    /// Parses the text. Each call is an event.
    pub(super) fn events(&self) -> Result<Vec<Spanned<'_>>, Diagnostic> {
        let events = parse::parse(self.base, &self.masked, self.flags)?.events;
        if self.calls.is_empty() {
            return Ok(events);
        }
        Ok(self.masked_calls().place(events).0)
    }

    /// Does what [`events`](Self::events) does, and warns of what Markdown does not read.
    pub(super) fn checked(
        &self,
        diagnostics: &mut Diagnostics,
    ) -> Result<Vec<Spanned<'_>>, Diagnostic> {
        let parsed = parse::parse(self.base, &self.masked, self.flags)?;
        if self.calls.is_empty() {
            slips::check(self.base, &self.masked, &parsed, diagnostics);
            return Ok(parsed.events);
        }
        let masked = self.masked_calls();
        let mut warnings = Diagnostics::default();
        slips::check(self.base, &self.masked, &parsed, &mut warnings);
        let unmasked = |text: &String| masked.unmasked(self.written, text);
        diagnostics.extend(warnings.into_iter().map(|warning| Diagnostic {
            message: unmasked(&warning.message),
            help: warning.help.iter().map(unmasked).collect(),
            ..warning
        }));
        let (events, is_placed) = masked.place(parsed.events.clone());
        diagnostics.extend(masked.lost(&parsed.events, &is_placed));
        Ok(events)
    }

    fn masked_calls(&self) -> calls::Masked<'_> {
        calls::Masked {
            base: self.base,
            text: &self.masked,
            calls: &self.calls,
        }
    }
}

/// Returns the spans that are code or comments, in which nothing is a shortcode.
fn code_spans(
    base: Base<'_>,
    text: &str,
    flags: pulldown_cmark::Options,
) -> Result<Vec<Span>, Diagnostic> {
    let mut code = vec![];
    for (event, span) in parse::parse(base, text, flags)?.events {
        match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => code.push(span),
            Event::InlineHtml(html) if html.starts_with("<!--") => code.push(span),
            Event::Start(Tag::HtmlBlock) if is_code_block(&text[span.clone()]) => code.push(span),
            Event::Start(Tag::HtmlBlock) => code.extend(
                comments(&text[span.clone()])
                    .map(|comment| span.start + comment.start..span.start + comment.end),
            ),
            _ => {}
        }
    }
    Ok(code)
}

/// Returns true for a block of HTML whose text is no HTML, or shown as it stands.
fn is_code_block(html: &str) -> bool {
    let opens = |name: &&str| {
        html.trim_start()
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    ["<pre", "<script", "<style", "<textarea"].iter().any(opens)
}

/// Returns the comments in some HTML; one that is not closed goes to its end.
fn comments(html: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + html[at..].find("<!--")?;
        at = html[start..]
            .find("-->")
            .map_or(html.len(), |end| start + end + 3);
        Some(start..at)
    })
}

/// Returns true if some HTML is comments and nothing else.
pub(super) fn is_comment(html: &str) -> bool {
    let mut rest = html.trim();
    while let Some(Span { start: 0, end }) = comments(rest).next() {
        rest = rest[end..].trim_start();
    }
    rest.is_empty()
}
