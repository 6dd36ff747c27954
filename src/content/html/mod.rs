//! Markdown as HTML: events come in, HTML goes out, with links, images and shortcodes answered by a
//! [`Host`].
//!
//! `blocks` writes what holds other events, `table` tables, `media` links and images, `shortcodes`
//! calls. Footnotes are collected in `notes.rs`.

mod blocks;
mod media;
mod raw;
mod shortcodes;
mod table;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::headings::Heading;
use super::notes::Notes;
use super::parse::{Base, Spanned, destination};
use super::{Call, Host, Options};
use crate::diag::Diagnostics;
use crate::escape::{escape, push as push_escaped};
use crate::source::Span;
use table::Tables;

/// A text as HTML: what is read, and where what it asks for comes from.
#[derive(Clone, Copy)]
pub(super) struct Job<'w> {
    pub base: Base<'w>,
    pub options: &'w Options,
    pub host: &'w dyn Host,
    pub calls: &'w [Call],
    /// Renders the body of the shortcode of a number.
    pub body: &'w dyn Fn(usize, &Span, &mut Diagnostics) -> String,
    /// The numbers of the shortcodes that the text stands in, from the outermost.
    pub within: &'w [usize],
    pub style: Style<'w>,
}

/// What a text is part of.
#[derive(Clone, Copy)]
pub(super) enum Style<'w> {
    Article,
    /// One of many short texts that may stand on a page.
    Record {
        /// What stands before the ids of its notes; none where there is no page to have ids.
        ids: Option<&'w str>,
        /// The names of its tables: of several texts each may have a first one.
        tables: &'w [String],
    },
}

/// The HTML so far, and what is open in it.
struct Writer<'w> {
    job: Job<'w>,
    diagnostics: &'w mut Diagnostics,
    out: String,
    tables: Tables,
    /// How many images there were: the first one may be in sight at once.
    images: usize,
    standing: Standing,
    /// Whether an element was refused whose end is still to come.
    is_html_refused: bool,
    links: OpenLinks,
    notes: Notes,
}

/// Where shortcodes and images stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// In an open paragraph or heading.
    InLine,
    /// In place of a paragraph: shortcodes alone, or a single image.
    Alone,
    /// In an item of a list or a cell.
    Any,
}

/// The links that are open: no link stands in another one.
#[derive(Default)]
struct OpenLinks {
    count: usize,
    /// Whether the outermost leads to nothing that is published, and is written as its text.
    is_text: bool,
}

/// A slice of the events of a text with the headings in it.
#[derive(Clone, Copy)]
struct Events<'e> {
    all: &'e [Spanned<'e>],
    headings: &'e [Heading],
    /// The index of the first event in the whole text.
    first: usize,
}

/// Renders events with their headings.
pub(super) fn write(
    job: &Job<'_>,
    events: &[Spanned<'_>],
    headings: &[Heading],
    diagnostics: &mut Diagnostics,
) -> String {
    let (images, notes) = match job.style {
        Style::Article => (job.within.len(), Notes::of(prefix(job.within))),
        // What a record says, or a shortcode wraps, is not taken for the top of the page.
        Style::Record { ids, .. } => (1, Notes::of_record(ids)),
    };
    let mut writer = Writer {
        job: *job,
        diagnostics,
        out: String::with_capacity(events.last().map_or(0, |(_, span)| span.end) * 3 / 2),
        tables: Tables::default(),
        images,
        standing: Standing::Any,
        is_html_refused: false,
        links: OpenLinks::default(),
        notes,
    };
    writer.blocks(Events {
        all: events,
        headings,
        first: 0,
    });
    let notes = std::mem::take(&mut writer.notes).section(&job.options.words);
    writer.out + &notes
}

/// Returns what stands before the ids of a text inside shortcodes. No heading's own id has its sign
/// in it, so that no two are the same.
fn prefix(within: &[usize]) -> String {
    within.iter().map(|number| format!("{number}~")).collect()
}

impl Writer<'_> {
    /// Writes some events.
    fn blocks(&mut self, events: Events<'_>) {
        let all = events.all;
        let mut at = 0;
        while let Some((event, span)) = all.get(at) {
            at = match event {
                Event::Start(Tag::Heading { .. }) => self.heading(events, at),
                Event::Start(Tag::Paragraph) => self.paragraph(all, at),
                Event::Start(Tag::FootnoteDefinition(name)) => self.footnote(events, at, name),
                Event::Start(Tag::CodeBlock(kind)) => self.code_block(all, at, kind),
                Event::Start(Tag::Image {
                    dest_url, title, ..
                }) => self.image(all, at, dest_url, title),
                Event::Start(tag @ Tag::Link { title, .. }) => {
                    self.link(&destination(tag).unwrap_or_default(), title, span);
                    at + 1
                }
                Event::Start(Tag::HtmlBlock) => self.html_block(all, at),
                event => {
                    self.event(event, span);
                    at + 1
                }
            };
        }
    }

    /// Writes an event that needs no other.
    fn event(&mut self, event: &Event<'_>, span: &Span) {
        match event {
            Event::Text(text) => push_escaped(&mut self.out, text),
            Event::Code(code) => {
                self.out.push_str("<code>");
                push_escaped(&mut self.out, code);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(checked) => {
                let words = &self.job.options.words;
                let (state, word) = if *checked {
                    (" checked", &words.done)
                } else {
                    ("", &words.to_do)
                };
                self.out.push_str(&format!(
                    "<input type=\"checkbox\" disabled{state} aria-label=\"{}\"> ",
                    escape(word)
                ));
            }
            Event::FootnoteReference(name) => {
                let html = self.notes.reference(name);
                self.out.push_str(&html);
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(html, span),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::InlineMath(_) | Event::DisplayMath(_) => self.call(event),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let html = match tag {
            Tag::BlockQuote(Some(kind)) => return self.alert(*kind),
            Tag::BlockQuote(None) => "<blockquote>\n",
            Tag::List(Some(1)) => "<ol>\n",
            Tag::List(Some(start)) => {
                return self.out.push_str(&format!("<ol start=\"{start}\">\n"));
            }
            Tag::List(None) => "<ul>\n",
            Tag::Item => "<li>",
            Tag::Emphasis => "<em>",
            Tag::Strong => "<strong>",
            Tag::Strikethrough => "<del>",
            Tag::Table(alignments) => return self.table(alignments),
            Tag::TableHead => self.tables.head(),
            Tag::TableRow => self.tables.row(),
            Tag::TableCell => self.tables.cell(),
            _ => "",
        };
        self.out.push_str(html);
    }

    fn end(&mut self, tag: &TagEnd) {
        let html = match tag {
            TagEnd::BlockQuote(Some(_)) => "</div>\n",
            TagEnd::BlockQuote(None) => "</blockquote>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Heading(_) => "</strong></p>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Link => self.links.close(),
            TagEnd::Table => return self.end_table(),
            TagEnd::TableHead => self.tables.end_head(),
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => self.tables.end_cell(),
            _ => "",
        };
        self.out.push_str(html);
    }
}
