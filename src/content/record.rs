//! Markdown in records and parameters: a short text comes in; HTML, plain text, what it links to
//! and what is wrong with it go out. It is written as articles are; but HTML in it is shown as
//! text, and shortcodes are not read.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::facts::Uses;
use super::html::{self, Style};
use super::parse::{Base, flags, parse, plain};
use super::record_events::{fitted, table_names, without_notes};
use super::text::Text;
use super::{Call, Host, ImageUse, Options, Placement, is_too_long};
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

/// A text that becomes HTML when it is printed. All that decides its bytes is in it; but the
/// options of Markdown, which pages share, are hashed once, with what all pages depend on.
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
    /// Renders the text for a page.
    pub fn to_html(&self) -> String {
        let ids = self.markdown.contains("[^").then(|| prefix(&self.markdown));
        self.render(ids.as_deref(), "")
    }

    /// Renders the text for a page, or returns the first mistake in it.
    pub fn checked_html(&self) -> Result<String, Diagnostic> {
        let host = Resolved {
            targets: &self.targets,
            origin: "",
        };
        let diagnostics = record_faults(&self.markdown, self.shape, &self.options, &host);
        let first = diagnostics
            .into_sorted()
            .into_iter()
            .find(|fault| fault.severity == Severity::Error);
        match first {
            Some(fault) => Err(fault),
            None => Ok(self.to_html()),
        }
    }

    /// Renders the text for programs that show it elsewhere: with absolute URLs, and without ids
    /// and links to them.
    pub fn to_data(&self, origin: &str) -> String {
        self.render(None, origin)
    }

    fn render(&self, ids: Option<&str>, origin: &str) -> String {
        let host = Resolved {
            targets: &self.targets,
            origin,
        };
        let job = Job {
            shape: self.shape,
            options: &self.options,
            host: &host,
            ids,
            // What is wrong with the text was said when the site was planned.
            slips: Slips::Ignore,
        };
        render(&self.markdown, &job, &mut Diagnostics::default())
    }
}

/// Returns what is wrong with a text, at places counted from its beginning.
pub fn record_faults(
    markdown: &str,
    shape: Shape,
    options: &Options,
    host: &dyn Host,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    // Most texts have nothing that could be wrong, and need no parser to say so.
    let is_one_line = || !markdown.contains('\n') && markdown.starts_with(char::is_alphabetic);
    let is_plain = memchr::memchr3(b'[', b'<', b'|', markdown.as_bytes()).is_none()
        && (shape != Shape::Line || is_one_line());
    if !is_plain {
        let job = Job {
            shape,
            options,
            host,
            ids: None,
            slips: Slips::Check,
        };
        render(markdown, &job, &mut diagnostics);
    }
    diagnostics
}

/// Returns the destinations of all links and images in a text.
pub fn record_links(markdown: &str) -> Vec<String> {
    if memchr::memchr2(b'[', b'<', markdown.as_bytes()).is_none() {
        return vec![];
    }
    let mut uses = Uses::default();
    let path = nameless();
    if let Ok(parsed) = parse(record_base(&path), markdown, flags(true)) {
        uses.add_links(&parsed.events);
    }
    uses.links.into_iter().collect()
}

/// Returns a text without markup and notes.
pub fn plain_text(markdown: &str, options: &Options) -> String {
    let path = nameless();
    let flags = flags(options.markdown.smart_punctuation);
    let Ok(parsed) = parse(record_base(&path), markdown, flags) else {
        return markdown.to_owned();
    };
    let text = plain(&without_notes(parsed.events));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a path for diagnostics that the caller, who knows the file, places anew.
fn nameless() -> SourcePath {
    SourcePath::known("record")
}

fn record_base(path: &SourcePath) -> Base<'_> {
    Base { path, offset: 0 }
}

/// Returns what stands before the ids of a text's notes: the same for the same text, whatever stands
/// around it. No heading's id has `~` in it.
fn prefix(markdown: &str) -> String {
    let digest: String = Digest::of(markdown.as_bytes())
        .as_bytes()
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("t{digest}~")
}

/// Returns what stands before the id of a record's note, if an id is one of those.
pub fn note_prefix(id: &str) -> Option<&str> {
    let (digest, _) = id.strip_prefix('t')?.split_once('~')?;
    if digest.len() == 8 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        id.get(..10)
    } else {
        None
    }
}

/// Where links lead that were resolved before.
struct Resolved<'r> {
    targets: &'r BTreeMap<String, ImageUse>,
    /// What stands before addresses of the site; empty on its own pages.
    origin: &'r str,
}

impl Resolved<'_> {
    fn absolute_url(&self, href: &str) -> String {
        if href.starts_with('/') && !href.starts_with("//") {
            format!("{}{href}", self.origin)
        } else {
            href.to_owned()
        }
    }
}

impl Host for Resolved<'_> {
    fn link(&self, destination: &str, _: Span) -> Result<String, Diagnostic> {
        if let Some(target) = self.targets.get(destination) {
            return Ok(self.absolute_url(&target.src));
        }
        let is_kept = is_safe_url(destination) || destination.starts_with('#');
        Ok(if is_kept { destination } else { "#" }.to_owned())
    }

    fn image(&self, destination: &str, _: Span) -> Result<ImageUse, Diagnostic> {
        if let Some(image) = self.targets.get(destination) {
            let srcset = if self.origin.is_empty() {
                image.srcset.clone()
            } else {
                String::new()
            };
            return Ok(ImageUse {
                src: self.absolute_url(&image.src),
                srcset,
                ..image.clone()
            });
        }
        if !is_safe_url(destination) {
            return Err(Diagnostic::error(Code::MissingFile, destination));
        }
        Ok(ImageUse {
            src: destination.to_owned(),
            srcset: String::new(),
            width: None,
            height: None,
        })
    }

    fn shortcode(&self, _: &Call, _: Option<String>, _: Placement) -> Result<String, Diagnostic> {
        Ok(String::new())
    }
}

/// What a text becomes HTML with.
struct Job<'r> {
    shape: Shape,
    options: &'r Options,
    host: &'r dyn Host,
    ids: Option<&'r str>,
    slips: Slips,
}

/// Whether a text is searched for what Markdown does not read and an author meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slips {
    Check,
    Ignore,
}

/// Renders a text. One that cannot be read is shown as it is written.
fn render(markdown: &str, job: &Job<'_>, diagnostics: &mut Diagnostics) -> String {
    match written(markdown, job, diagnostics) {
        Some(html) => html,
        None if job.shape == Shape::Block => format!("<p>{}</p>", escape(markdown)),
        None => escape(markdown),
    }
}

fn written(markdown: &str, job: &Job<'_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let path = nameless();
    let base = record_base(&path);
    let text = Text::new(base, markdown, job.options, diagnostics)?;
    for call in text.calls.iter().filter(|call| call.literal.is_none()) {
        let message = format!(
            "the shortcode `{}` stands in a text that reads none",
            call.name
        );
        let help = "shortcodes are read in Markdown files; write what it says, or put it into `code` to show it";
        diagnostics.push(
            Diagnostic::error(Code::Shortcode, message)
                .at(&path, call.span.clone())
                .help(help),
        );
    }
    let events = match job.slips {
        Slips::Check => text.checked(diagnostics),
        Slips::Ignore => text.events(),
    };
    let events = diagnostics.take(events)?;
    let events = diagnostics.take(fitted(events, job.shape, base))?;
    let html_job = html::Job {
        base,
        options: job.options,
        host: job.host,
        calls: &text.calls,
        body: &|_: usize, _: &Span, _: &mut Diagnostics| String::new(),
        within: &[],
        style: Style::Record {
            ids: job.ids,
            tables: &table_names(&events),
        },
    };
    let mut html = html::write(&html_job, &events, &[], diagnostics);
    if is_too_long(&html, markdown.len()) {
        let message = format!(
            "this text of {} bytes becomes {} bytes of HTML",
            markdown.len(),
            html.len()
        );
        diagnostics.push(
            Diagnostic::error(Code::TooMuchOutput, message)
                .at(&path, 0..markdown.len())
                .help("it repeats notes or references many times over; shorten it"),
        );
        return Some(String::new());
    }
    html.truncate(html.trim_end().len());
    Some(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(in crate::content) fn text(markdown: &str, shape: Shape) -> RecordText {
        let options = Arc::new(Options::for_tests());
        let target = |src: &str| ImageUse {
            src: src.to_owned(),
            srcset: String::new(),
            width: Some(3),
            height: Some(2),
        };
        let targets = [("a.md", "/a/"), ("plan.svg", "/r/plan.svg")]
            .map(|(link, src)| (link.to_owned(), target(src)));
        RecordText {
            markdown: markdown.to_owned(),
            shape,
            targets: BTreeMap::from(targets),
            options,
        }
    }

    #[test]
    fn markup_of_any_kind_is_text() {
        let html = |markdown, shape| text(markdown, shape).to_html();
        let mixed = html(
            "a <script>x</script> [b](javascript:x) [c](a.md) **d**",
            Shape::Line,
        );
        assert_eq!(
            mixed,
            "a &lt;script&gt;x&lt;/script&gt; <a href=\"#\">b</a> <a href=\"/a/\">c</a> <strong>d</strong>"
        );
        assert_eq!(
            html("<div>\n\nx", Shape::Block),
            "<p>&lt;div&gt;\n</p>\n<p>x</p>"
        );
    }

    #[test]
    fn a_text_fits_where_it_stands() {
        let html = |markdown, shape| text(markdown, shape).to_html();
        assert_eq!(html("a\n\nb", Shape::Line), "a<br>\nb");
        assert_eq!(html("a\n\nb", Shape::Item), "<p>a</p>\n<p>b</p>");
        assert_eq!(html("*a*", Shape::Item), "<em>a</em>");
        assert_eq!(html("- a", Shape::Item), "<ul>\n<li>a</li>\n</ul>");
        for (markdown, what) in [
            ("- a", "a list"),
            ("|a|\n|-|", "a table"),
            ("a[^1]\n\n[^1]: b", "a note"),
            ("# a", "a heading"),
            ("```\na\n```", "a block of code"),
        ] {
            let diagnostics = record_faults(
                markdown,
                Shape::Line,
                &Options::for_tests(),
                &Resolved {
                    targets: &BTreeMap::new(),
                    origin: "",
                },
            );
            let said: Vec<String> = diagnostics
                .into_sorted()
                .into_iter()
                .map(|fault| fault.message)
                .collect();
            assert_eq!(
                said,
                [format!(
                    "{what} cannot stand in this text, which is shown inside a line"
                )],
                "{markdown}"
            );
        }
    }

    #[test]
    fn what_programs_are_given_has_whole_addresses_and_no_ids() {
        let data = text("[c](a.md)[^1] ![p](plan.svg)\n\n[^1]: n", Shape::Block)
            .to_data("https://h.example");
        assert!(
            data.starts_with("<p><a href=\"https://h.example/a/\">c</a><sup>1</sup> <img src=\"https://h.example/r/plan.svg\" alt=\"p\" width=\"3\""),
            "{data}"
        );
        assert!(
            data.ends_with("<div class=\"footnotes\">\n<ol>\n<li><p>n</p>\n</li>\n</ol>\n</div>"),
            "{data}"
        );
    }

    #[test]
    fn links_and_pictures_are_listed() {
        assert_eq!(
            record_links("see [a](b.md#c), ![p](plan.svg), <https://x.example> and <me@x.example>"),
            [
                "b.md#c",
                "https://x.example",
                "mailto:me@x.example",
                "plan.svg"
            ]
        );
        assert_eq!(
            plain_text("**a**[^1]\n\n- b `c`\n\n[^1]: n", &Options::for_tests()),
            "a b c"
        );
    }
}
