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
use serde::Serialize;

use crate::content::Article;
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::layout::page;
use crate::memo::{Sources, Table};
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

/// How many pages are looked at together.
const CHUNK: usize = 256;

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

/// Makes the index of a plan. The index terms of an article are remembered by its digest.
pub fn index(cx: &ViewContext<'_>, sources: Sources<'_>, diagnostics: &mut Diagnostics) -> Index {
    let chunks = cx
        .layout
        .found
        .whole()
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(number, pages)| {
            let mut diagnostics = Diagnostics::default();
            let said: Vec<Words> = pages
                .iter()
                .map(|index| words_of(cx, *index, sources, &mut diagnostics))
                .collect();
            let first = number * CHUNK;
            let names = Postings::of(
                said.iter()
                    .enumerate()
                    .map(|(at, words)| (first + at, words.names.as_str())),
            );
            let texts = said.iter().enumerate().flat_map(|(at, words)| {
                words
                    .texts
                    .iter()
                    .map(move |text| (first + at, text.as_str()))
            });
            (names, Postings::of(texts), diagnostics)
        });
    let (names, text, said) = chunks.reduce(
        Default::default,
        |(names, text, mut said), (more_names, more_text, more_said)| {
            said.extend(more_said);
            (names.join(more_names), text.join(more_text), said)
        },
    );
    diagnostics.extend(said);
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
    index: usize,
    sources: Sources<'_>,
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
    let article =
        page::prose(cx.site, page).map(|article| words_of_article(article, sources, diagnostics));
    Words {
        names: names.finish(),
        texts: std::iter::once(text.finish()).chain(article).collect(),
    }
}

fn words_of_article(
    article: &Article,
    sources: Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> String {
    let Sources { inputs, memo } = sources;
    let remembered = memo
        .get(Table::Words, article.digest)
        .and_then(|bytes| String::from_utf8(bytes).ok());
    remembered.unwrap_or_else(|| {
        let mut bag = Bag::default();
        if let Some(source) = diagnostics.take(inputs.source(&article.path)) {
            add_markdown(
                &mut bag,
                source.text.get(article.body_start..).unwrap_or_default(),
            );
        }
        let words = bag.finish();
        memo.put(Table::Words, article.digest, words.as_bytes());
        words
    })
}

fn add_markdown(bag: &mut Bag, text: &str) {
    markdown::each(text, |words, part| match part {
        Part::Heading => bag.add(words, 3),
        Part::Text => bag.add(words, 1),
    });
}
