//! Markdown in records and parameters: a short text comes in; HTML, plain text, what it links to and what is wrong with it go out.
//! It is written as articles are; but HTML in it is shown as text, and shortcodes are not read.

use std::collections::BTreeMap;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};
use serde::Serialize;

use super::html::{self, Style};
use super::outline::Uses;
use super::parse::{Spanned, end_of, flags, parse, plain};
use super::{Call, Host, ImageUse, Options, Text, is_too_long};
use crate::data::is_safe_url;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::digest::Digest;
use crate::escape::escape;
use crate::path::SourcePath;
use crate::source::Span;

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Shape {
    /// Where paragraphs stand.
    Block,
    /// In an item of a list: a paragraph alone has no tags.
    Item,
    /// Inside a line, where no block can stand.
    Line,
}

/// A text that becomes HTML when it is printed. All that decides its bytes is in it; but the options of Markdown, which pages
/// share, are hashed once, with what all pages depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordText {
    pub markdown: String,
    pub shape: Shape,
    /// Where destinations lead that are no whole URLs; one that is absent leads nowhere.
    pub targets: BTreeMap<String, ImageUse>,
    #[serde(skip)]
    pub options: Arc<Options>,
}

impl RecordText {
    /// The text on a page.
    pub fn to_html(&self) -> String {
        let ids = self.markdown.contains("[^").then(|| prefix(&self.markdown));
        self.render(ids.as_deref(), "")
    }

    /// The text on a page, or the first mistake in it.
    pub fn checked_html(&self) -> Result<String, Diagnostic> {
        let host = Resolved { targets: &self.targets, origin: "" };
        let mut faults = record_faults(&self.markdown, self.shape, &self.options, &host).into_sorted().into_iter();
        faults.find(|fault| fault.severity == Severity::Error).map_or_else(|| Ok(self.to_html()), Err)
    }

    /// The text for programs that show it elsewhere: with whole addresses, and without ids and links to them.
    pub fn to_data(&self, origin: &str) -> String {
        self.render(None, origin)
    }

    fn render(&self, ids: Option<&str>, origin: &str) -> String {
        let host = Resolved { targets: &self.targets, origin };
        // What is wrong with the text was said when the site was planned.
        render(&self.markdown, self.shape, (&Job { options: &self.options, host: &host, ids }, |text, _| text.events()), &mut Diagnostics::default())
    }
}

/// What is wrong with a text, at places counted from its beginning.
pub fn record_faults(markdown: &str, shape: Shape, options: &Options, host: &dyn Host) -> Diagnostics {
    let mut faults = Diagnostics::default();
    // Most texts have nothing that could be wrong, and need no parser to say so.
    let is_one_line = || !markdown.contains('\n') && markdown.starts_with(char::is_alphabetic);
    let is_plain = memchr::memchr3(b'[', b'<', b'|', markdown.as_bytes()).is_none() && (shape != Shape::Line || is_one_line());
    if !is_plain {
        render(markdown, shape, (&Job { options, host, ids: None }, |text, faults| text.checked(faults)), &mut faults);
    }
    faults
}

/// The destinations of all links and pictures in a text.
pub fn record_links(markdown: &str) -> Vec<String> {
    if memchr::memchr2(b'[', b'<', markdown.as_bytes()).is_none() {
        return vec![];
    }
    let mut uses = Uses::default();
    uses.add_links(&parse(&nameless(), markdown, 0, flags(true)).unwrap_or_default());
    uses.links.into_iter().collect()
}

/// A text without markup and notes.
pub fn plain_text(markdown: &str, options: &Options) -> String {
    let path = nameless();
    let Ok(mut events) = parse(&path, markdown, 0, flags(options.markdown.smart_punctuation)) else { return markdown.to_owned() };
    while let Some(start) = events.iter().position(|(event, _)| matches!(event, Event::Start(Tag::FootnoteDefinition(_)))) {
        let end = end_of(&events, start);
        events.drain(start..=end.min(events.len() - 1));
    }
    plain(&events).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Faults are placed by who knows the file.
fn nameless() -> SourcePath {
    SourcePath::known("record")
}

/// What stands before the ids of a text's notes: the same for the same text, whatever stands around it. No heading's id has `~` in it.
fn prefix(markdown: &str) -> String {
    let digest: String = Digest::of(markdown.as_bytes()).as_bytes().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("t{digest}~")
}

/// What stands before the id of a record's note; none when an id is none of those.
pub fn note_prefix(id: &str) -> Option<&str> {
    let (digest, _) = id.strip_prefix('t')?.split_once('~')?;
    (digest.len() == 8 && digest.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| &id[..10])
}

/// Where links lead that were resolved before.
struct Resolved<'r> {
    targets: &'r BTreeMap<String, ImageUse>,
    origin: &'r str,
}

impl Resolved<'_> {
    fn whole(&self, href: &str) -> String {
        if href.starts_with('/') && !href.starts_with("//") { format!("{}{href}", self.origin) } else { href.to_owned() }
    }
}

impl Host for Resolved<'_> {
    fn link(&self, destination: &str, _: Span) -> Result<String, Diagnostic> {
        let known = self.targets.get(destination).map(|target| self.whole(&target.src));
        let kept = || if is_safe_url(destination) || destination.starts_with('#') { destination } else { "#" };
        Ok(known.unwrap_or_else(|| kept().to_owned()))
    }

    fn image(&self, destination: &str, _: Span) -> Result<ImageUse, Diagnostic> {
        let whole = |image: &ImageUse| ImageUse {
            src: self.whole(&image.src),
            srcset: if self.origin.is_empty() { image.srcset.clone() } else { String::new() },
            ..image.clone()
        };
        let elsewhere = || is_safe_url(destination).then(|| ImageUse { src: destination.to_owned(), srcset: String::new(), width: None, height: None });
        let found = self.targets.get(destination).map(whole).or_else(elsewhere);
        found.ok_or_else(|| Diagnostic::error(Code::MissingFile, destination))
    }

    fn shortcode(&self, _: &Call, _: Option<String>, _: bool) -> Result<String, Diagnostic> {
        Ok(String::new())
    }
}

/// What a text becomes HTML with.
struct Job<'r> {
    options: &'r Options,
    host: &'r dyn Host,
    ids: Option<&'r str>,
}

/// How the events of a text are read: with what is to be said of it, or without.
type Reading = for<'t> fn(&'t Text<'_>, &mut Diagnostics) -> Result<Vec<Spanned<'t>>, Diagnostic>;

fn render(markdown: &str, shape: Shape, (job, read): (&Job<'_>, Reading), faults: &mut Diagnostics) -> String {
    let path = nameless();
    let as_written = || if shape == Shape::Block { format!("<p>{}</p>", escape(markdown)) } else { escape(markdown) };
    let Some(text) = Text::of((&path, markdown), 0, job.options, faults) else { return as_written() };
    for call in text.calls.iter().filter(|call| call.literal.is_none()) {
        let fault = Diagnostic::error(Code::Shortcode, format!("the shortcode `{}` stands in a text that reads none", call.name));
        let help = "shortcodes are read in Markdown files; write what it says, or put it into `code` to show it";
        faults.push(fault.at(&path, call.span.clone()).help(help));
    }
    let events = read(&text, faults);
    let Some(events) = faults.take(events) else { return as_written() };
    let Some(events) = faults.take(fitted(events, shape, &path)) else { return as_written() };
    let tables = table_names(&events);
    let body = |_: usize, _: &Span, _: &mut Diagnostics| String::new();
    let style = Style::Record { ids: job.ids, tables: &tables };
    let mut html = html::write(
        &html::Job { path: &path, options: job.options, host: job.host, offset: 0, calls: &text.calls, body: &body, within: &[], style },
        &events,
        &[],
        faults,
    );
    if is_too_long(&html, markdown.len()) {
        let fault = Diagnostic::error(Code::TooMuchOutput, format!("this text of {} bytes becomes {} bytes of HTML", markdown.len(), html.len()));
        faults.push(fault.at(&path, 0..markdown.len()).help("it repeats notes or references many times over; shorten it"));
        return String::new();
    }
    html.truncate(html.trim_end().len());
    html
}

/// Events as they can stand where the text stands: HTML is text, and in a line there are no paragraphs.
fn fitted<'t>(events: Vec<Spanned<'t>>, shape: Shape, path: &SourcePath) -> Result<Vec<Spanned<'t>>, Diagnostic> {
    let events: Vec<Spanned<'t>> = events.into_iter().map(|(event, span)| (shown(event), span)).collect();
    let is_paragraph = |(event, _): &Spanned<'_>| matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
    match shape {
        Shape::Block => Ok(events),
        Shape::Item if !is_one_paragraph(&events) => Ok(events),
        Shape::Item => {
            let end = end_of(&events, 0);
            let inner = |at: &usize| *at != 0 && *at != end;
            Ok(events.into_iter().enumerate().filter(|(at, _)| inner(at)).map(|(_, event)| event).collect())
        }
        Shape::Line => match events.iter().find_map(|(event, span)| Some((block(event)?, span))) {
            Some((what, span)) => {
                let fault = Diagnostic::error(Code::BadValue, format!("{what} cannot stand in this text, which is shown inside a line"));
                Err(fault
                    .at(path, span.clone())
                    .help("write it as plain paragraphs; tables, lists and notes can stand in descriptions, answers and Markdown files"))
            }
            None => {
                let last = events.len().saturating_sub(1);
                let broken = |(at, (event, span)): (usize, Spanned<'t>)| match event {
                    Event::End(TagEnd::Paragraph) if at < last => Some((Event::HardBreak, span)),
                    event => Some((event, span)).filter(|event| !is_paragraph(event)),
                };
                Ok(events.into_iter().enumerate().filter_map(broken).collect())
            }
        },
    }
}

/// HTML as text.
fn shown(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        event => event,
    }
}

/// Whether a text is a paragraph, but for its notes.
fn is_one_paragraph(events: &[Spanned<'_>]) -> bool {
    let Some((Event::Start(Tag::Paragraph), _)) = events.first() else { return false };
    let mut at = end_of(events, 0) + 1;
    while let Some((Event::Start(Tag::FootnoteDefinition(_)), _)) = events.get(at) {
        at = end_of(events, at) + 1;
    }
    at >= events.len()
}

/// What cannot stand inside a line, in words.
fn block(event: &Event<'_>) -> Option<&'static str> {
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

/// A name for each table: what the heads of its columns say.
fn table_names(events: &[Spanned<'_>]) -> Vec<String> {
    let name = |(at, (event, _)): (usize, &Spanned<'_>)| {
        let Event::Start(Tag::Table(_)) = event else { return None };
        let head = events.get(at + 2..end_of(events, at + 1))?;
        let cells = head.split(|(event, _)| matches!(event, Event::End(TagEnd::TableCell))).map(plain);
        Some(cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", "))
    };
    events.iter().enumerate().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(in crate::content) fn text(markdown: &str, shape: Shape) -> RecordText {
        let options = Arc::new(Options::for_tests());
        let target = |src: &str| ImageUse { src: src.to_owned(), srcset: String::new(), width: Some(3), height: Some(2) };
        let targets = [("a.md", "/a/"), ("plan.svg", "/r/plan.svg")].map(|(link, src)| (link.to_owned(), target(src)));
        RecordText { markdown: markdown.to_owned(), shape, targets: BTreeMap::from(targets), options }
    }

    #[test]
    fn markup_of_any_kind_is_text() {
        let html = |markdown, shape| text(markdown, shape).to_html();
        let mixed = html("a <script>x</script> [b](javascript:x) [c](a.md) **d**", Shape::Line);
        assert_eq!(mixed, "a &lt;script&gt;x&lt;/script&gt; <a href=\"#\">b</a> <a href=\"/a/\">c</a> <strong>d</strong>");
        assert_eq!(html("<div>\n\nx", Shape::Block), "<p>&lt;div&gt;\n</p>\n<p>x</p>");
    }

    #[test]
    fn a_text_fits_where_it_stands() {
        let html = |markdown, shape| text(markdown, shape).to_html();
        assert_eq!(html("a\n\nb", Shape::Line), "a<br>\nb");
        assert_eq!(html("a\n\nb", Shape::Item), "<p>a</p>\n<p>b</p>");
        assert_eq!(html("*a*", Shape::Item), "<em>a</em>");
        assert_eq!(html("- a", Shape::Item), "<ul>\n<li>a</li>\n</ul>");
        for (markdown, what) in
            [("- a", "a list"), ("|a|\n|-|", "a table"), ("a[^1]\n\n[^1]: b", "a note"), ("# a", "a heading"), ("```\na\n```", "a block of code")]
        {
            let faults = record_faults(markdown, Shape::Line, &Options::for_tests(), &Resolved { targets: &BTreeMap::new(), origin: "" });
            let said: Vec<String> = faults.into_sorted().into_iter().map(|fault| fault.message).collect();
            assert_eq!(said, [format!("{what} cannot stand in this text, which is shown inside a line")], "{markdown}");
        }
    }

    #[test]
    fn what_programs_are_given_has_whole_addresses_and_no_ids() {
        let data = text("[c](a.md)[^1] ![p](plan.svg)\n\n[^1]: n", Shape::Block).to_data("https://h.example");
        assert!(
            data.starts_with("<p><a href=\"https://h.example/a/\">c</a><sup>1</sup> <img src=\"https://h.example/r/plan.svg\" alt=\"p\" width=\"3\""),
            "{data}"
        );
        assert!(data.ends_with("<div class=\"footnotes\">\n<ol>\n<li><p>n</p>\n</li>\n</ol>\n</div>"), "{data}");
    }

    #[test]
    fn links_and_pictures_are_listed() {
        assert_eq!(
            record_links("see [a](b.md#c), ![p](plan.svg), <https://x.example> and <me@x.example>"),
            ["b.md#c", "https://x.example", "mailto:me@x.example", "plan.svg"]
        );
        assert_eq!(plain_text("**a**[^1]\n\n- b `c`\n\n[^1]: n", &Options::for_tests()), "a b c");
    }
}
