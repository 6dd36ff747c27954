//! Articles: one Markdown file comes in, its front matter and facts go out; its body becomes HTML
//! when a page needs it. Where links lead and what shortcodes say is not known here: a [`Host`]
//! answers that.

mod article;
mod calls;
mod facts;
mod fences;
mod front;
mod heading_ids;
mod headings;
mod highlight;
mod html;
mod memo;
mod notes;
mod page_facts;
mod parse;
mod plain;
mod quotes;
mod record;
mod record_events;
mod shortcode;
mod slips;
mod summary;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

use crate::config::MarkdownOptions;
use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::path::SourcePath;
use crate::source::Span;

pub use article::{Rendering, read, render};
pub use facts::{CallUse, Facts};
pub use front::{FrontMatter, SortBy};
pub use memo::{ArticleFile, HashedOptions, read_or_recall};
pub use page_facts::{PageFacts, PageHeading};
pub use record::{RecordText, Shape, note_prefix, plain_text, record_faults, record_links};
pub use shortcode::{Argument, Call};

/// An article, or the prose of a generated page.
#[derive(Clone, Debug)]
pub struct Article {
    pub path: SourcePath,
    /// Digest of the whole file.
    pub digest: Digest,
    pub front: FrontMatter,
    /// Where the body begins, in bytes of the source's text.
    pub body_start: usize,
    pub facts: Facts,
    /// Digest of everything but the body: of what other pages show of the article.
    pub structure_digest: Digest,
}

/// How Markdown is read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Options {
    pub markdown: MarkdownOptions,
    pub words: Words,
}

/// Words that HTML needs and Markdown does not hold, in one language.
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

/// Where a shortcode stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// In a paragraph or a heading, where no block can stand.
    InLine,
    /// In place of a paragraph, in an item of a list, or in a cell.
    Block,
}

/// Answers what a text asks for while it is rendered.
pub trait Host {
    /// Returns the address that a link leads to. What is not published has an empty address: the
    /// link is plain text.
    fn link(&self, destination: &str, span: Span) -> Result<String, Diagnostic>;
    /// Returns where an image is, and how large. With an empty address, its text stands in its
    /// place.
    fn image(&self, destination: &str, span: Span) -> Result<ImageUse, Diagnostic>;
    /// Returns the HTML of a shortcode.
    ///
    /// `body` is what stands between its tags, as HTML.
    fn shortcode(
        &self,
        call: &Call,
        body: Option<String>,
        placement: Placement,
    ) -> Result<String, Diagnostic>;
    /// Takes the text of a heading in which shortcodes stand.
    fn heading(&self, _id: &str, _text: String) {}
}

/// An image as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ImageUse {
    pub src: String,
    /// Smaller versions of it, or empty.
    pub srcset: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// Other ids for headings than the slugs of their texts, by those slugs: something else on the page
/// has them.
pub type Renamed = BTreeMap<String, String>;

/// Output that is larger than its input by more than this is an attack or an accident.
const LARGEST_FACTOR: usize = 64;
const LARGEST_REST: usize = 1024 * 1024;

fn is_too_long(html: &str, size: usize) -> bool {
    html.len() > size * LARGEST_FACTOR + LARGEST_REST
}
