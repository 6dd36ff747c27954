//! The index of the site's own search: a plan and its articles come in, the files that the search
//! script fetches go out.
//!
//! The index is a function of the plan and of the articles' texts, not of finished pages, so it
//! needs no page to be made. Words are kept in sorted files of a few kilobytes each, and the script
//! fetches those that a query needs. What is said of a page is `pages`'; here are words,
//! weights and files.

mod bag;
mod files;
mod markdown;
mod postings;
mod words;

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::content::Article;
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::layout::page;
use crate::pages;
use crate::pages::TextKind;
use crate::path::SourcePath;
use crate::view::ViewContext;
use crate::view::search;
use bag::Bag;
use markdown::Part;
use postings::Postings;

/// The files of an index, in the order of `layout::search::search_urls`.
#[derive(Default)]
pub struct Index {
    pub files: Vec<Arc<[u8]>>,
}

/// How many pages are looked at together: so many are looked at again when one of them changes.
pub const CHUNK: usize = 64;

/// Everything that an index is a function of. Templates, stylesheets and pictures do not matter.
#[derive(Serialize)]
struct Key<'k, P> {
    /// The pages that are found.
    pages: Vec<P>,
    /// All records and lists.
    records: Vec<(&'k SourcePath, Digest)>,
    site_file: Option<Digest>,
    /// The words of the theme in titles and questions.
    strings: Digest,
    /// A job is found until its last day.
    build_date: Date,
}

/// What the index takes of one page.
#[derive(Serialize)]
struct PageKey<R, G, C> {
    row: R,
    group: G,
    category: C,
    article: Option<Digest>,
}

/// Returns the digest of everything that an index is a function of.
pub fn key(cx: &ViewContext<'_>, inputs: &Inputs) -> Digest {
    let of_page = |index: &usize| {
        let page = &cx.layout.pages[*index];
        PageKey {
            row: search::row(cx.site, cx.layout, page),
            group: pages::search_group(&cx.wording, page.kind),
            category: search::category(cx.site, cx.layout, page),
            article: page::prose(cx.site, page).map(|article| article.digest),
        }
    };
    let is_record = |path: &SourcePath| matches!(path.extension(), "toml" | "csv");
    let records = inputs
        .below("content")
        .filter(|(path, _)| is_record(path))
        .map(|(path, file)| (path, file.digest));
    Digest::of_value(&Key {
        pages: cx.layout.found.whole().par_iter().map(of_page).collect(),
        records: records.collect(),
        site_file: inputs.get("site.toml").map(|file| file.digest),
        strings: cx.site.theme.strings.digest(),
        build_date: cx.site.build_date,
    })
}

/// The words of some pages that follow each other; the first of them has the number 0.
#[derive(Default, Serialize, Deserialize)]
pub struct ChunkOfWords {
    names: Postings,
    text: Postings,
}

impl ChunkOfWords {
    /// Collects the words of some pages.
    pub fn of(
        cx: &ViewContext<'_>,
        inputs: &Inputs,
        pages: &[usize],
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let said = pages.iter();
        let said: Vec<Words> = said
            .map(|index| words_of(cx, inputs, *index, diagnostics))
            .collect();
        let pages = || said.iter().enumerate();
        let texts = pages().flat_map(|(at, words)| {
            let texts = words.texts.iter();
            texts.map(move |text| (at, text.as_str()))
        });
        Self {
            names: Postings::of(pages().map(|(at, words)| (at, words.names.as_str()))),
            text: Postings::of(texts),
        }
    }

    fn join(self, other: Self) -> Self {
        Self {
            names: self.names.join(other.names),
            text: self.text.join(other.text),
        }
    }
}

/// Makes the index of a plan. What articles say of themselves is said where they are pages.
pub fn index(cx: &ViewContext<'_>, inputs: &Inputs) -> Index {
    let chunks = cx.layout.found.whole().par_chunks(CHUNK);
    let chunks =
        chunks.map(|pages| ChunkOfWords::of(cx, inputs, pages, &mut Diagnostics::default()));
    index_of_words(cx, chunks.collect())
}

/// Makes the index of a plan of the words of all its pages: each chunk has [`CHUNK`] of them, the last
/// one maybe less.
pub fn index_of_words(cx: &ViewContext<'_>, chunks: Vec<ChunkOfWords>) -> Index {
    let numbered = chunks.into_par_iter().enumerate();
    let numbered = numbered.map(|(number, mut chunk)| {
        chunk.names.shift(number * CHUNK);
        chunk.text.shift(number * CHUNK);
        chunk
    });
    let ChunkOfWords { names, text } = numbered.reduce(ChunkOfWords::default, ChunkOfWords::join);
    Index {
        files: files::write(cx, &names, &text),
    }
}

/// The words of a page, as a `Bag` writes them.
struct Words {
    names: String,
    /// Of the record and of the article.
    texts: Vec<String>,
}

fn words_of(
    cx: &ViewContext<'_>,
    inputs: &Inputs,
    index: usize,
    diagnostics: &mut Diagnostics,
) -> Words {
    let page = &cx.layout.pages[index];
    let (mut names, mut text) = (Bag::default(), Bag::default());
    pages::index_terms(cx, page, &mut |said, words| match said {
        TextKind::Title => names.add_name(words, 3),
        TextKind::Name => names.add_name(words, 2),
        TextKind::Context => names.add(words, 1),
        TextKind::Heading => text.add(words, 3),
        TextKind::Text => text.add(words, 1),
        TextKind::Markdown => add_markdown(&mut text, words),
    });
    let article = page::prose(cx.site, page);
    let article = article.map(|article| words_of_article(article, inputs, diagnostics));
    Words {
        names: names.finish(),
        texts: std::iter::once(text.finish()).chain(article).collect(),
    }
}

fn words_of_article(article: &Article, inputs: &Inputs, diagnostics: &mut Diagnostics) -> String {
    let mut bag = Bag::default();
    if let Some(source) = diagnostics.take(inputs.source(&article.path)) {
        let body = source.text.get(article.body_start..);
        add_markdown(&mut bag, body.unwrap_or_default());
    }
    bag.finish()
}

fn add_markdown(bag: &mut Bag, text: &str) {
    markdown::each(text, |words, part| match part {
        Part::Heading => bag.add(words, 3),
        Part::Text => bag.add(words, 1),
    });
}
