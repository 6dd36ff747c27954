//! Articles: one Markdown file comes in, its front matter and facts go out; its body becomes HTML when a page needs it.
//! Where links lead and what shortcodes say is not known here: a `Host` answers that.

mod front;
mod highlight;
mod html;
mod memo;
mod notes;
mod outline;
mod own;
mod parse;
mod record;
mod shortcode;
#[cfg(test)]
mod tests;

use crate::config::MarkdownOptions;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::path::SourcePath;
use crate::source::{Source, Span};

pub use front::{FrontMatter, SortBy};
pub use memo::remembered;
pub use outline::{CallUse, Facts};
pub use own::OwnFacts;
pub use record::{plain_text, record_html, record_links};
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
#[derive(Clone, Debug, serde::Serialize)]
pub struct Options {
    pub markdown: MarkdownOptions,
    pub words: Words,
}

/// Words that HTML needs and Markdown does not hold, in the language of the site.
#[derive(Clone, Debug, serde::Serialize)]
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
}

/// An image as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Reads an article. None when its front matter cannot be read, or its body not be parsed.
pub fn read(source: &Source, digest: Digest, options: &Options, faults: &mut Diagnostics) -> Option<Article> {
    let (front, body_start) = front::read(source, faults)?;
    front.check_dates(&source.path, faults);
    if source.text.trim().is_empty() {
        faults.push(Diagnostic::warning(Code::Empty, "this file is empty").at_file(&source.path).help("write something, or delete the file"));
    }
    let text = Text::new(source, body_start..source.text.len(), options, faults)?;
    let events = faults.take(text.events())?;
    let headings = outline::headings(&events, front.title.as_deref(), (&source.path, body_start), faults);
    let masked: Vec<Span> = text.calls.iter().map(|call| call.span.start - body_start..call.span.end - body_start).collect();
    let mut uses = outline::Uses::default();
    add_uses(source, &text, &events, options, (&mut uses, 0));
    let facts = outline::facts(&text.masked, &events, &headings, &masked, &uses);
    let outline = Digest::of_value(&(&source.path, &front, &facts.title, &facts.summary));
    Some(Article { path: source.path.clone(), digest, facts, front, body_start, outline })
}

/// Notes what a text asks for, and the bodies of its shortcodes as deep as they are rendered.
fn add_uses(source: &Source, text: &Text<'_>, events: &[parse::Spanned<'_>], options: &Options, (uses, depth): (&mut outline::Uses, usize)) {
    uses.add_links(events);
    for call in text.calls.iter().filter(|call| call.literal.is_none()) {
        uses.calls.insert(CallUse::of(call));
        let Some(body) = call.body.clone().filter(|_| depth < DEEPEST_SHORTCODE) else { continue };
        let Some(inner) = Text::new(source, body, options, &mut Diagnostics::default()) else { continue };
        if let Ok(events) = inner.events() {
            add_uses(source, &inner, &events, options, (uses, depth + 1));
        }
    }
}

/// Renders the body of an article that was read. What reading said is not said again.
pub fn render(source: &Source, article: &Article, options: &Options, host: &dyn Host, faults: &mut Diagnostics) -> String {
    let span = article.body_start..source.text.len();
    let size = span.len();
    let html = Rendering { source, options, host }.span(span, article.front.title.as_deref(), &[], faults);
    if html.len() > size * LARGEST_FACTOR + LARGEST_REST {
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
}

impl Rendering<'_> {
    /// Renders a stretch; `within` are the numbers of the shortcodes that it stands in, from the outermost.
    fn span(self, span: Span, title: Option<&str>, within: &[usize], faults: &mut Diagnostics) -> String {
        let Self { source, options, host } = self;
        // Faults of parsing were said when the article was read; only what the host says is new.
        let mut said = Diagnostics::default();
        let Some(text) = Text::new(source, span.clone(), options, &mut said) else { return String::new() };
        let Ok(events) = text.events() else { return String::new() };
        let headings = outline::headings(&events, title, (&source.path, span.start), &mut said);
        let body = |number: usize, inner: &Span, faults: &mut Diagnostics| {
            if within.len() < DEEPEST_SHORTCODE {
                return self.span(inner.clone(), Some(""), &[within, &[number]].concat(), faults);
            }
            let fault = Diagnostic::error(Code::TooDeep, format!("shortcodes are nested deeper than {DEEPEST_SHORTCODE} levels"));
            faults.push(fault.at(&source.path, inner.clone()));
            String::new()
        };
        let job = html::Job { path: &source.path, options, host, offset: span.start, calls: &text.calls, body: &body, within };
        html::write(&job, &events, &headings, faults)
    }
}

/// A stretch of a file, its shortcodes taken out.
struct Text<'s> {
    path: &'s SourcePath,
    masked: std::borrow::Cow<'s, str>,
    offset: usize,
    calls: Vec<Call>,
    flags: pulldown_cmark::Options,
}

impl<'s> Text<'s> {
    fn new(source: &'s Source, span: Span, options: &Options, faults: &mut Diagnostics) -> Option<Self> {
        let text = source.text.get(span.clone())?;
        let flags = parse::flags(options.markdown.smart_punctuation);
        let code =
            if memchr::memmem::find(text.as_bytes(), b"{{<").is_some() { faults.take(code_spans(&source.path, text, span.start, flags))? } else { vec![] };
        let (masked, calls) = shortcode::extract(&source.path, text, span.start, &code, faults);
        Some(Self { path: &source.path, masked, offset: span.start, calls, flags })
    }

    fn events(&self) -> Result<Vec<parse::Spanned<'_>>, Diagnostic> {
        parse::parse(self.path, &self.masked, self.offset, self.flags)
    }
}

/// Stretches that are code or comments, in which nothing is a shortcode.
fn code_spans(path: &SourcePath, text: &str, offset: usize, flags: pulldown_cmark::Options) -> Result<Vec<Span>, Diagnostic> {
    use pulldown_cmark::{Event, Tag};
    let is_comment = |html: &str| html.trim_start().starts_with("<!--");
    let events = parse::parse(path, text, offset, flags)?;
    let span = |(event, span): parse::Spanned<'_>| match event {
        Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => Some(span),
        Event::Html(html) | Event::InlineHtml(html) if is_comment(&html) => Some(span),
        _ => None,
    };
    Ok(events.into_iter().filter_map(span).collect())
}
