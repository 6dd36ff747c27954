//! Blocks: headings, paragraphs, code, alerts and footnotes come in as events, their HTML goes out.
//! Each method takes the index at which its block starts, and returns the index after its end.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::{Events, Standing, Writer, prefix};
use crate::content::headings::is_empty;
use crate::content::highlight::highlight;
use crate::content::parse::{Spanned, call_of, end_of, has_calls};
use crate::content::plain::text_of;
use crate::escape::{escape, push as push_escaped};

impl Writer<'_> {
    /// Writes a heading, but for one that says the title of the page. Headings in footnotes become
    /// bold text.
    pub(super) fn heading(&mut self, events: Events<'_>, at: usize) -> usize {
        let Events {
            all,
            headings,
            first,
        } = events;
        let Some(heading) = headings.iter().find(|heading| heading.start == first + at) else {
            let end = end_of(all, at);
            if is_empty(&all[at + 1..end]) {
                return end + 1;
            }
            self.out.push_str("<p><strong>");
            return at + 1;
        };
        let end = heading.end - first;
        if heading.is_title {
            return end + 1;
        }
        let within = self.job.within;
        self.out
            .push_str(&format!("<h{} id=\"{}", heading.level, prefix(within)));
        push_escaped(&mut self.out, &heading.id);
        self.out.push_str("\">");
        let start = self.out.len();
        let inner = &all[at + 1..end.min(all.len())];
        self.standing_in(Standing::InLine, inner);
        if within.is_empty() && has_calls(inner) {
            let text = text_of(&self.out[start..]);
            self.job.host.heading(&heading.id, text);
        }
        self.out.push_str(&format!("</h{}>\n", heading.level));
        end + 1
    }

    /// Writes a paragraph; one that holds only shortcodes, or a single image, has no tags.
    pub(super) fn paragraph(&mut self, events: &[Spanned<'_>], at: usize) -> usize {
        let end = end_of(events, at);
        let inner = &events[at + 1..end];
        if holds_only_calls(inner) || is_one_image(inner) {
            self.standing_in(Standing::Alone, inner);
            self.out.push('\n');
        } else {
            self.out.push_str("<p>");
            self.standing_in(Standing::InLine, inner);
            self.out.push_str("</p>\n");
        }
        end + 1
    }

    /// Writes what stands in a paragraph, in place of one, or in a heading.
    fn standing_in(&mut self, standing: Standing, events: &[Spanned<'_>]) {
        self.standing = standing;
        self.blocks(Events {
            all: events,
            headings: &[],
            first: 0,
        });
        self.standing = Standing::Any;
    }

    pub(super) fn code_block(
        &mut self,
        events: &[Spanned<'_>],
        at: usize,
        kind: &CodeBlockKind<'_>,
    ) -> usize {
        let end = end_of(events, at);
        let mut code = String::new();
        for (event, _) in &events[at + 1..end] {
            if let Event::Text(text) = event {
                code.push_str(text);
            }
        }
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        // Focus, so that a long line can be scrolled with the keyboard.
        self.out.push_str("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            push_escaped(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
        let coloured = if self.job.options.markdown.highlight {
            highlight(language, &code)
        } else {
            None
        };
        match coloured {
            Some(html) => self.out.push_str(&html),
            None => push_escaped(&mut self.out, &code),
        }
        self.out.push_str("</code></pre>\n");
        end + 1
    }

    /// Opens an alert.
    pub(super) fn alert(&mut self, kind: BlockQuoteKind) {
        let (index, name) = match kind {
            BlockQuoteKind::Note => (0, "note"),
            BlockQuoteKind::Tip => (1, "tip"),
            BlockQuoteKind::Important => (2, "important"),
            BlockQuoteKind::Warning => (3, "warning"),
            BlockQuoteKind::Caution => (4, "caution"),
        };
        let title = escape(&self.job.options.words.alerts[index]);
        self.out.push_str(&format!("<div class=\"alert alert-{name}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"));
    }

    /// Renders a footnote, which is written at the end of the text.
    pub(super) fn footnote(&mut self, events: Events<'_>, at: usize, name: &str) -> usize {
        let end = end_of(events.all, at);
        let before = std::mem::take(&mut self.out);
        self.blocks(Events {
            all: &events.all[at + 1..end],
            first: events.first + at + 1,
            ..events
        });
        let text = std::mem::replace(&mut self.out, before);
        self.notes.define(name, text);
        end + 1
    }
}

/// Returns true if a paragraph holds shortcodes and nothing else.
fn holds_only_calls(inner: &[Spanned<'_>]) -> bool {
    let is_call = |(event, _): &Spanned<'_>| match event {
        Event::SoftBreak => true,
        Event::Text(text) => text.trim().is_empty(),
        event => call_of(event).is_some(),
    };
    has_calls(inner) && inner.iter().all(is_call)
}

/// Returns true if a paragraph holds a single image and nothing else.
fn is_one_image(inner: &[Spanned<'_>]) -> bool {
    let is_start = |(event, _): &&Spanned<'_>| matches!(event, Event::Start(Tag::Image { .. }));
    inner.first().as_ref().is_some_and(is_start)
        && matches!(inner.last(), Some((Event::End(TagEnd::Image), _)))
        && inner.iter().filter(is_start).count() == 1
}
