//! Articles: one Markdown file comes in, its front matter and facts go out; its body becomes HTML when a page needs it.
//! Where links lead and what shortcodes say is not known here: a `Host` answers that.

mod calls;
mod fences;
mod front;
mod headings;
mod highlight;
mod html;
mod memo;
mod notes;
mod outline;
mod own;
mod parse;
mod plain;
mod quotes;
mod record;
mod shortcode;
mod slips;
mod summary;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::config::MarkdownOptions;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::path::SourcePath;
use crate::source::{Source, Span};

pub use front::{FrontMatter, SortBy};
pub use memo::remembered;
pub use outline::{CallUse, Facts};
pub use own::OwnFacts;
pub use record::{RecordText, Shape, note_prefix, plain_text, record_faults, record_links};
pub use shortcode::{Argument, Call};

/// An article, or the prose of a generated page.
#[derive(Clone, Debug)]
pub struct Article {
    pub path: SourcePath,
    /// Of the whole file.
    pub digest: Digest,
    pub front: FrontMatter,
    /// Where the body begins, in bytes of the source's text.
    pub body_start: usize,
    pub facts: Facts,
    /// Of what other pages show of it: all but its body.
    pub outline: Digest,
}

/// How Markdown is read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Options {
    pub markdown: MarkdownOptions,
    pub words: Words,
}

/// Words that HTML needs and Markdown does not hold, in the language of the site.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Words {
    /// Titles of alerts: note, tip, important, warning, caution.
    pub alerts: [String; 5],
    pub table: String,
    pub footnotes: String,
    /// The link from a footnote back to the text; `{number}` is filled in.
    pub back: String,
    pub done: String,
    pub to_do: String,
}

/// Answers what a text asks for while it is rendered.
pub trait Host {
    /// Where a link leads. What is not published has an empty address: the link is plain text.
    fn link(&self, destination: &str, span: Span) -> Result<String, Diagnostic>;
    /// Where an image is, and how large. With an empty address, its text stands in its place.
    fn image(&self, destination: &str, span: Span) -> Result<ImageUse, Diagnostic>;
    /// The HTML of a shortcode; `body` is what stands between its tags, as HTML. No block can stand in a paragraph or a heading.
    fn shortcode(&self, call: &Call, body: Option<String>, is_in_line: bool) -> Result<String, Diagnostic>;
    /// Is told what a heading says in which shortcodes stand.
    fn heading(&self, _id: &str, _text: String) {}
}

/// An image as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ImageUse {
    pub src: String,
    /// Smaller ones of it, or empty.
    pub srcset: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// Output that is larger than its input by more than this is an attack or an accident.
const LARGEST_FACTOR: usize = 64;
const LARGEST_REST: usize = 1024 * 1024;

fn is_too_long(html: &str, size: usize) -> bool {
    html.len() > size * LARGEST_FACTOR + LARGEST_REST
}

/// Reads an article. None when its front matter cannot be read, or its body not be parsed.
pub fn read(source: &Source, digest: Digest, options: &Options, faults: &mut Diagnostics) -> Option<Article> {
    let (front, body_start) = front::read(source, faults)?;
    front.check_dates(&source.path, faults);
    if source.text.trim().is_empty() {
        faults.push(Diagnostic::warning(Code::Empty, "this file is empty").at_file(&source.path).help("write something, or delete the file"));
    }
    if let Some(at) = unread_shortcode(source, &front, body_start) {
        let fault = Diagnostic::warning(Code::UnreadMarkdown, "no shortcode is read in front matter").at(&source.path, at..at + 3);
        faults.push(fault.help("write there what it says"));
    }
    let text = Text::new(source, body_start..source.text.len(), options, faults)?;
    let events = text.checked(faults);
    let events = faults.take(events)?;
    let headings = outline::headings(&events, front.title.as_deref(), (&source.path, body_start), faults);
    let mut uses = outline::Uses::default();
    add_uses(source, &text, &events, options, (&mut uses, 0), faults);
    let facts = outline::facts(&events, &headings, &uses);
    let outline = Digest::of_value(&(&source.path, &front, &facts.title, &facts.summary));
    Some(Article { path: source.path.clone(), digest, facts, front, body_start, outline })
}

/// Where a shortcode stands in a title or a description.
fn unread_shortcode(source: &Source, front: &FrontMatter, body_start: usize) -> Option<usize> {
    let is_one = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains("{{<"));
    (is_one(&front.title) || is_one(&front.description)).then(|| memchr::memmem::find(source.text[..body_start].as_bytes(), b"{{<")).flatten()
}

/// Notes what a text asks for, and the bodies of its shortcodes as deep as they are rendered.
fn add_uses(
    source: &Source,
    text: &Text<'_>,
    events: &[parse::Spanned<'_>],
    options: &Options,
    (uses, depth): (&mut outline::Uses, usize),
    faults: &mut Diagnostics,
) {
    uses.add_links(events);
    for call in text.calls.iter().filter(|call| call.literal.is_none()) {
        uses.add_call(call);
        let Some(body) = call.body.clone().filter(|_| depth < DEEPEST_SHORTCODE) else { continue };
        let Some(inner) = Text::new(source, body, options, &mut Diagnostics::default()) else { continue };
        if let Ok(events) = inner.checked(faults) {
            add_uses(source, &inner, &events, options, (uses, depth + 1), faults);
        }
    }
}

/// Other ids for headings than the slugs of their texts, by those: what else stands on the page has them.
pub type Renamed = BTreeMap<String, String>;

/// Renders the body of an article that was read. What reading said is not said again.
pub fn render(source: &Source, article: &Article, options: &Options, (host, renamed): (&dyn Host, &Renamed), faults: &mut Diagnostics) -> String {
    let span = article.body_start..source.text.len();
    let size = span.len();
    let html = Rendering { source, options, host, renamed }.span(span, article.front.title.as_deref(), &[], faults);
    if is_too_long(&html, size) {
        let fault = Diagnostic::error(Code::TooMuchOutput, format!("this text of {size} bytes becomes {} bytes of HTML", html.len()));
        faults.push(fault.at_file(&source.path).help("it repeats footnotes, references or shortcodes many times over; shorten it"));
        return String::new();
    }
    html
}

/// Shortcodes inside shortcodes, this deep.
const DEEPEST_SHORTCODE: usize = 8;

/// What all stretches of an article become HTML with.
#[derive(Clone, Copy)]
struct Rendering<'r> {
    source: &'r Source,
    options: &'r Options,
    host: &'r dyn Host,
    renamed: &'r Renamed,
}

impl Rendering<'_> {
    /// Renders a stretch; `within` are the numbers of the shortcodes that it stands in, from the outermost.
    fn span(self, span: Span, title: Option<&str>, within: &[usize], faults: &mut Diagnostics) -> String {
        let Self { source, options, host, renamed } = self;
        // Faults of parsing were said when the article was read; only what the host says is new.
        let mut said = Diagnostics::default();
        let Some(text) = Text::new(source, span.clone(), options, &mut said) else { return String::new() };
        let Ok(events) = text.events() else { return String::new() };
        let mut headings = outline::headings(&events, title, (&source.path, span.start), &mut said);
        // What stands in a shortcode has ids of another form.
        if within.is_empty() {
            outline::rename(&mut headings, &events, renamed);
        }
        let body = |number: usize, inner: &Span, faults: &mut Diagnostics| {
            if within.len() < DEEPEST_SHORTCODE {
                return self.span(inner.clone(), Some(""), &[within, &[number]].concat(), faults);
            }
            let fault = Diagnostic::error(Code::TooDeep, format!("shortcodes are nested deeper than {DEEPEST_SHORTCODE} levels"));
            faults.push(fault.at(&source.path, inner.clone()));
            String::new()
        };
        let job = html::Job { path: &source.path, options, host, offset: span.start, calls: &text.calls, body: &body, within, style: html::Style::Article };
        html::write(&job, &events, &headings, faults)
    }
}

/// A stretch of a file, its shortcodes taken out.
struct Text<'s> {
    path: &'s SourcePath,
    written: &'s str,
    masked: std::borrow::Cow<'s, str>,
    offset: usize,
    calls: Vec<Call>,
    flags: pulldown_cmark::Options,
}

impl<'s> Text<'s> {
    fn new(source: &'s Source, span: Span, options: &Options, faults: &mut Diagnostics) -> Option<Self> {
        Self::of((&source.path, source.text.get(span.clone())?), span.start, options, faults)
    }

    /// A text that stands `offset` bytes into its file.
    fn of((path, text): (&'s SourcePath, &'s str), offset: usize, options: &Options, faults: &mut Diagnostics) -> Option<Self> {
        let flags = parse::flags(options.markdown.smart_punctuation);
        let code = if memchr::memmem::find(text.as_bytes(), b"{{<").is_some() { faults.take(code_spans(path, text, offset, flags))? } else { vec![] };
        let (masked, calls) = shortcode::extract(path, text, offset, &code, faults);
        Some(Self { path, written: text, masked, offset, calls, flags })
    }

    /// The events of the text, with its calls among them.
    fn events(&self) -> Result<Vec<parse::Spanned<'_>>, Diagnostic> {
        let events = parse::parse(self.path, &self.masked, self.offset, self.flags)?;
        Ok(if self.calls.is_empty() { events } else { self.with_masks().place(events).0 })
    }

    /// The same, and what is to be said of the text.
    fn checked(&self, faults: &mut Diagnostics) -> Result<Vec<parse::Spanned<'_>>, Diagnostic> {
        let (events, references) = parse::parse_with(self.path, &self.masked, self.offset, self.flags)?;
        if self.calls.is_empty() {
            slips::check((self.path, self.offset), &self.masked, &events, &references, faults);
            return Ok(events);
        }
        let masked = self.with_masks();
        let mut said = Diagnostics::default();
        slips::check((self.path, self.offset), &self.masked, &events, &references, &mut said);
        let unmasked = |text: &String| masked.unmasked(self.written, text);
        faults.extend(said.into_iter().map(|fault| Diagnostic { message: unmasked(&fault.message), help: fault.help.iter().map(unmasked).collect(), ..fault }));
        let (placed_events, placed) = masked.place(events.clone());
        faults.extend(masked.lost(self.path, &events, &placed));
        Ok(placed_events)
    }

    fn with_masks(&self) -> calls::Masked<'_> {
        calls::Masked { text: &self.masked, offset: self.offset, calls: &self.calls }
    }
}

/// Stretches that are code or comments, in which nothing is a shortcode.
fn code_spans(path: &SourcePath, text: &str, offset: usize, flags: pulldown_cmark::Options) -> Result<Vec<Span>, Diagnostic> {
    use pulldown_cmark::{Event, Tag};
    let mut code = vec![];
    for (event, span) in parse::parse(path, text, offset, flags)? {
        match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => code.push(span),
            Event::InlineHtml(html) if html.starts_with("<!--") => code.push(span),
            Event::Start(Tag::HtmlBlock) if is_code_block(&text[span.clone()]) => code.push(span),
            Event::Start(Tag::HtmlBlock) => code.extend(comments(&text[span.clone()]).map(|comment| span.start + comment.start..span.start + comment.end)),
            _ => {}
        }
    }
    Ok(code)
}

/// Whether a block of HTML is one whose text is no HTML, or shown as it stands.
fn is_code_block(html: &str) -> bool {
    let opens = |name: &&str| html.trim_start().get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    ["<pre", "<script", "<style", "<textarea"].iter().any(opens)
}

/// The comments in some HTML; one that is not closed goes to its end.
fn comments(html: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + html[at..].find("<!--")?;
        at = html[start..].find("-->").map_or(html.len(), |end| start + end + 3);
        Some(start..at)
    })
}

/// Whether some HTML is comments and nothing else.
fn is_comment(html: &str) -> bool {
    let mut rest = html.trim();
    while let Some(Span { start: 0, end }) = comments(rest).next() {
        rest = rest[end..].trim_start();
    }
    rest.is_empty()
}
