//! Reading and rendering one article: a source file comes in; an [`Article`] goes out, and later the
//! HTML of its body.

use pulldown_cmark::{Event, Tag};

use super::facts::{Facts, Uses};
use super::parse::Spanned;
use super::text::Text;
use super::{Article, FrontMatter, Host, Options, Renamed, front, headings, html, is_too_long};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::policy::{self, Policy};
use crate::source::{Source, Span};

/// How deep shortcodes can stand in shortcodes.
const DEEPEST_SHORTCODE: usize = 8;

/// What an article becomes HTML with.
#[derive(Clone, Copy)]
pub struct Rendering<'r> {
    pub source: &'r Source,
    pub options: &'r Options,
    pub host: &'r dyn Host,
    pub renamed: &'r Renamed,
}

/// Reads an article, and warns of what `policy` blocks in it. Returns `None` when its front matter
/// cannot be read, or its body not be parsed.
pub fn read(
    source: &Source,
    digest: Digest,
    options: &Options,
    policy: &Policy,
    diagnostics: &mut Diagnostics,
) -> Option<Article> {
    let (front, body_start) = front::read(source, diagnostics)?;
    front.check_dates(&source.path, diagnostics);
    check_text(source, &front, body_start, diagnostics);
    let text = Text::in_file(source, body_start..source.text.len(), options, diagnostics)?;
    let events = text.checked(diagnostics);
    let events = diagnostics.take(events)?;
    let headings = headings::find(&events, front.title.as_deref(), text.base, diagnostics);
    let mut collector = UseCollector {
        source,
        options,
        policy,
        uses: Uses::default(),
        diagnostics,
    };
    collector.add(&text, &events, 0);
    let facts = Facts::new(&events, &headings, &collector.uses);
    let structure_digest = Digest::of_value(&(&source.path, &front, &facts.title, &facts.summary));
    Some(Article {
        path: source.path.clone(),
        digest,
        facts,
        front,
        body_start,
        structure_digest,
    })
}

/// Warns of an empty file, and of a shortcode where none is read.
fn check_text(
    source: &Source,
    front: &FrontMatter,
    body_start: usize,
    diagnostics: &mut Diagnostics,
) {
    if source.text.trim().is_empty() {
        diagnostics.push(
            Diagnostic::warning(Code::Empty, "this file is empty")
                .at_file(&source.path)
                .help("write something, or delete the file"),
        );
    }
    if let Some(at) = unread_shortcode(source, front, body_start) {
        diagnostics.push(
            Diagnostic::warning(Code::UnreadMarkdown, "no shortcode is read in front matter")
                .at(&source.path, at..at + 3)
                .help("write there what it says"),
        );
    }
}

/// Returns where a shortcode stands in a title or a description.
fn unread_shortcode(source: &Source, front: &FrontMatter, body_start: usize) -> Option<usize> {
    let texts = [&front.title, &front.description];
    if !texts.into_iter().flatten().any(|text| text.contains("{{<")) {
        return None;
    }
    memchr::memmem::find(source.text[..body_start].as_bytes(), b"{{<")
}

/// Collects what a text asks for.
struct UseCollector<'c> {
    source: &'c Source,
    options: &'c Options,
    policy: &'c Policy,
    uses: Uses,
    diagnostics: &'c mut Diagnostics,
}

impl UseCollector<'_> {
    /// Adds the uses of a text, and of the bodies of its shortcodes as deep as they are rendered.
    fn add(&mut self, text: &Text<'_>, events: &[Spanned<'_>], depth: usize) {
        self.uses.add_links(events);
        self.warn_of_blocked(text, events);
        for call in text.calls.iter().filter(|call| call.literal.is_none()) {
            self.uses.add_call(call);
            let Some(body) = call.body.clone().filter(|_| depth < DEEPEST_SHORTCODE) else {
                continue;
            };
            let mut unsaid = Diagnostics::default();
            let inner = Text::in_file(self.source, body, self.options, &mut unsaid);
            let Some(inner) = inner else {
                continue;
            };
            if let Ok(events) = inner.checked(self.diagnostics) {
                self.add(&inner, &events, depth + 1);
            }
        }
    }
}

impl UseCollector<'_> {
    /// Warns of what the policy blocks in HTML, and of images from elsewhere.
    fn warn_of_blocked(&mut self, text: &Text<'_>, events: &[Spanned<'_>]) {
        for (event, span) in events {
            let span = text.base.in_file(span);
            let start = span.start;
            let asks = match event {
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)
                    if self.options.markdown.raw_html =>
                {
                    policy::asks(self.source.text.get(span).unwrap_or_default())
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    policy::Ask::image(dest_url, 0..span.len())
                        .into_iter()
                        .collect()
                }
                _ => continue,
            };
            let warnings = self.policy.warnings(&self.source.path, start, &asks);
            self.diagnostics.extend(warnings);
        }
    }
}

/// Renders the body of an article that was read. What reading said is not said again.
pub fn render(
    article: &Article,
    rendering: Rendering<'_>,
    diagnostics: &mut Diagnostics,
) -> String {
    let source = rendering.source;
    let span = article.body_start..source.text.len();
    let size = span.len();
    let html = rendering.span(span, article.front.title.as_deref(), &[], diagnostics);
    if !is_too_long(&html, size) {
        return html;
    }
    let message = format!(
        "this text of {size} bytes becomes {} bytes of HTML",
        html.len()
    );
    diagnostics.push(
        Diagnostic::error(Code::TooMuchOutput, message)
            .at_file(&source.path)
            .help("it repeats footnotes, references or shortcodes many times over; shorten it"),
    );
    String::new()
}

impl Rendering<'_> {
    /// Renders a span of the file. `within` are the numbers of the shortcodes that it stands in,
    /// from the outermost.
    fn span(
        self,
        span: Span,
        title: Option<&str>,
        within: &[usize],
        diagnostics: &mut Diagnostics,
    ) -> String {
        let Self {
            source,
            options,
            host,
            renamed,
        } = self;
        // Faults of parsing were said when the article was read; only what the host says is new.
        let mut said = Diagnostics::default();
        let Some(text) = Text::in_file(source, span, options, &mut said) else {
            return String::new();
        };
        let Ok(events) = text.events() else {
            return String::new();
        };
        let mut headings = headings::find(&events, title, text.base, &mut said);
        // What stands in a shortcode has ids of another form.
        if within.is_empty() {
            headings::rename(&mut headings, &events, renamed);
        }
        let body = |number: usize, inner: &Span, diagnostics: &mut Diagnostics| {
            if within.len() < DEEPEST_SHORTCODE {
                let within = [within, &[number]].concat();
                return self.span(inner.clone(), Some(""), &within, diagnostics);
            }
            let message = format!("shortcodes are nested deeper than {DEEPEST_SHORTCODE} levels");
            diagnostics
                .push(Diagnostic::error(Code::TooDeep, message).at(&source.path, inner.clone()));
            String::new()
        };
        let job = html::Job {
            base: text.base,
            options,
            host,
            calls: &text.calls,
            body: &body,
            within,
            style: html::Style::Article,
        };
        html::write(&job, &events, &headings, diagnostics)
    }
}
