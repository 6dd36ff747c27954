//! Sitemaps: the text of one comes in; the addresses that it lists, or the other sitemaps that it
//! names, go out with their places.

use roxmltree::{Document, Error, Node, ParsingOptions, TextPos};

use crate::diag::{Code, Diagnostic};
use crate::source::{Source, Span, line_of};

/// What a sitemap holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Sitemap {
    /// The addresses of pages.
    Pages(Vec<Loc>),
    /// The addresses of other sitemaps: it is an index.
    Parts(Vec<Loc>),
}

/// An address as a sitemap writes it.
#[derive(Debug, PartialEq, Eq)]
pub struct Loc {
    pub text: String,
    pub span: Span,
}

/// Reads a sitemap.
pub fn read(source: &Source) -> Result<Sitemap, Diagnostic> {
    let text = &*source.text;
    let fault = |message: String, span: Span| {
        Diagnostic::error(Code::BadSitemap, message).at(&source.path, span)
    };
    if text.trim().is_empty() {
        return Err(fault("this file is empty".to_owned(), 0..0).help(FETCH));
    }
    if is_web_page(text) {
        let message = "this is a web page, no sitemap".to_owned();
        let start = text.len() - text.trim_start().len();
        let help = "fetch the sitemap with `curl -f`, which writes nothing when the address has none; robots.txt of the site often names the right one";
        return Err(fault(message, start..line_of(text, start).end).help(help));
    }
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    let document =
        Document::parse_with_options(text, options).map_err(|error| no_xml(text, &error, fault))?;
    let root = document.root_element();
    let inner = match root.tag_name().name() {
        "urlset" => "url",
        "sitemapindex" => "sitemap",
        other => {
            let message = format!("this XML is no sitemap: its root is <{other}>");
            let help = "a sitemap has the root <urlset>, an index of sitemaps <sitemapindex>";
            let start = root.range().start;
            return Err(fault(message, start..start + 1 + qualified(text, start)).help(help));
        }
    };
    let rows = root.children().filter(|row| row.tag_name().name() == inner);
    let locs: Vec<Loc> = rows.filter_map(|row| loc(text, row)).collect();
    if locs.is_empty() {
        let message = "this sitemap names no address".to_owned();
        return Err(fault(message, 0..0).help(FETCH));
    }
    Ok(match inner {
        "url" => Sitemap::Pages(locs),
        _ => Sitemap::Parts(locs),
    })
}

/// What to do about a file with nothing in it.
const FETCH: &str = "fetch it again: `curl -fsSo old-sitemap.xml https://…/sitemap.xml`";

/// Returns how long the name of the element is that starts at an offset.
fn qualified(text: &str, start: usize) -> usize {
    let name = text[start..].trim_start_matches('<');
    name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(name.len())
}

/// Returns the address of a row with its place.
fn loc(text: &str, row: Node<'_, '_>) -> Option<Loc> {
    let element = row
        .children()
        .find(|node| node.tag_name().name() == "loc")?;
    let parts = element.children().filter(Node::is_text);
    let whole: String = parts.filter_map(|part| part.text()).collect();
    let address = whole.trim();
    if address.is_empty() {
        return None;
    }
    let range = element.range();
    // What is written with entities is marked with its element.
    let span = match text[range.clone()].find(address) {
        Some(at) => range.start + at..range.start + at + address.len(),
        None => range,
    };
    Some(Loc {
        text: address.to_owned(),
        span,
    })
}

/// Returns true for HTML, which hosts send where there is no sitemap.
fn is_web_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(14).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// Returns the diagnostic about a text that is no XML.
fn no_xml(text: &str, error: &Error, fault: impl Fn(String, Span) -> Diagnostic) -> Diagnostic {
    match error {
        Error::DtdDetected => {
            let at = text.find("<!DOCTYPE").unwrap_or_default();
            let message = "a document type is not read here, for no sitemap needs one".to_owned();
            fault(message, at..at + "<!DOCTYPE".len()).help("delete <!DOCTYPE …>")
        }
        Error::UnclosedRootNode => {
            let message =
                "this is no whole XML: the file ends before its root is closed".to_owned();
            let end = text.trim_end().len();
            fault(message, end..end).help("it may have been cut off: fetch it again")
        }
        error => {
            let TextPos { row, col } = error.pos();
            let words = error.to_string();
            let words = words
                .strip_suffix(&format!(" at {row}:{col}"))
                .unwrap_or(&words);
            let at = offset(text, row, col);
            fault(format!("this is no XML: {words}"), at..at + 1)
                .help("correct the line, or fetch the file again")
        }
    }
}

/// Returns the offset of a line and a column, which both count from 1.
fn offset(text: &str, row: u32, column: u32) -> usize {
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX).max(1) - 1;
    let start: usize = text
        .split_inclusive('\n')
        .take(number(row))
        .map(str::len)
        .sum();
    let inner = text[start..].char_indices().nth(number(column));
    start + inner.map_or(0, |(at, _)| at)
}
