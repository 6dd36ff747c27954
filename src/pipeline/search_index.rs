//! The search index of a build: made when something changed that it is a function of, or when one of
//! its files is missing; otherwise the digests of its files are remembered. What is in it is the
//! business of `search/`.

use std::sync::Arc;

use rayon::prelude::*;

use super::entries::digests_from_bytes;
use super::remembered::{Asked, Known, NewRow};
use super::{Before, COMMON, Published};
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::layout::{self, page};
use crate::memo::{Memo, Table};
use crate::path::UrlPath;
use crate::reads;
use crate::render::Renderer;
use crate::search::{self, CHUNK, ChunkOfWords};

/// The files of the index by their numbers.
#[derive(Default)]
pub(super) struct SearchIndex {
    digests: Vec<Digest>,
    /// None when all files are published already, or nobody wants bytes.
    index: Option<search::Index>,
    /// How many pages it was made of, if it was made.
    pub pages: usize,
    /// What is remembered of the words of pages, if they were looked at.
    rows: Vec<NewRow>,
}

/// What collects the words of pages that follow each other.
struct Collector<'a> {
    renderer: &'a Renderer<'a>,
    memo: &'a dyn Memo,
    known: &'a Known,
}

impl SearchIndex {
    /// Makes the index of a site, if it is not remembered. A site with mistakes is not published, and
    /// needs none.
    pub fn new(
        renderer: &Renderer<'_>,
        before: Before<'_>,
        known: &Known,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let Published::These(published) = before.published else {
            return Self::default();
        };
        let (cx, inputs, memo) = (&renderer.cx, renderer.inputs, before.memo);
        let paths: Vec<_> = layout::search::search_urls(cx.layout)
            .iter()
            .map(UrlPath::output)
            .collect();
        if paths.is_empty() || diagnostics.has_errors() {
            return Self::default();
        }
        let key = search::key(cx, inputs);
        let digests = digests_from_bytes(&memo.get(Table::Search, key).unwrap_or_default());
        let is_published = |(path, digest)| published.get(path) == Some(digest);
        if digests.len() == paths.len() && paths.iter().zip(&digests).all(is_published) {
            return Self {
                digests,
                ..Self::default()
            };
        }
        let collector = Collector {
            renderer,
            memo,
            known,
        };
        let chunks = cx.layout.found.whole().par_chunks(CHUNK).enumerate();
        let chunks = chunks.map(|(number, pages)| collector.collect(number, pages));
        let chunks: Vec<_> = chunks.collect();
        let (mut words, mut rows) = (vec![], vec![]);
        for (chunk, row, said) in chunks {
            diagnostics.extend(said);
            words.push(chunk);
            rows.push(row);
        }
        let index = search::index_of_words(cx, words);
        let digests: Vec<Digest> = index.files.iter().map(|bytes| Digest::of(bytes)).collect();
        let bytes: Vec<u8> = digests
            .iter()
            .flat_map(|digest| *digest.as_bytes())
            .collect();
        memo.put(Table::Search, key, &bytes);
        Self {
            digests,
            index: Some(index),
            pages: cx.layout.found.whole().len(),
            rows,
        }
    }

    /// Returns what is to be remembered of the words of pages: of those that were looked at now, or
    /// else in the build before.
    pub fn rows(&mut self, pages: usize, known: &Known) -> Vec<(String, NewRow)> {
        let rows = std::mem::take(&mut self.rows);
        let numbered = (0..pages.div_ceil(CHUNK)).map(path);
        if rows.is_empty() {
            let known = numbered.filter_map(|path| Some((path.clone(), known.row(&path)?)));
            return known.collect();
        }
        numbered.zip(rows).collect()
    }

    /// Returns the digest of a file.
    pub fn digest(&self, number: usize) -> Digest {
        self.digests.get(number).copied().unwrap_or_default()
    }

    /// Returns the bytes of a file, if they were made.
    pub fn bytes(&self, number: usize) -> Option<Arc<[u8]>> {
        self.index.as_ref()?.files.get(number).cloned()
    }
}

/// Returns what the words of a chunk of pages are remembered as: no output has this path.
fn path(number: usize) -> String {
    format!("/words/{number}")
}

impl Collector<'_> {
    /// Returns the words of some pages, which are looked at if something changed that they are a
    /// function of.
    fn collect(&self, number: usize, pages: &[usize]) -> (ChunkOfWords, NewRow, Diagnostics) {
        let Renderer { cx, inputs, .. } = self.renderer;
        let mut said = Diagnostics::default();
        let source = pages.iter().map(|index| {
            let page = &cx.layout.pages[*index];
            let article = page::prose(cx.site, page).map(|article| article.digest);
            (&page.url, article)
        });
        let source = Digest::of_value(&source.collect::<Vec<_>>());
        if let Some(known) = self.known.row(&path(number))
            && known.row.source == source
            && let Some(words) = self.recall(known.row.result)
        {
            return (words, known, said);
        }
        let (words, reads) = reads::noted(|| {
            reads::note(COMMON);
            ChunkOfWords::of(cx, inputs, pages, &mut said)
        });
        // Texts and numbers can be written.
        let bytes = postcard::to_stdvec(&words).unwrap_or_default();
        let result = Digest::of(&bytes);
        self.memo.put(Table::Words, result, &bytes);
        (words, NewRow::with(source, result, Asked::Now(reads)), said)
    }

    fn recall(&self, key: Digest) -> Option<ChunkOfWords> {
        postcard::from_bytes(&self.memo.get(Table::Words, key)?).ok()
    }
}
