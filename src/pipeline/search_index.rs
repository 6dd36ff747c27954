//! The search index of a build: made when something changed that it is a function of, or when one of
//! its files is missing; otherwise the digests of its files are remembered. What is in it is the
//! business of `search/`.

use std::sync::Arc;

use super::entries::digests_from_bytes;
use super::{Before, Published};
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::layout;
use crate::memo::{Sources, Table};
use crate::path::UrlPath;
use crate::render::Renderer;
use crate::search;

/// The files of the index by their numbers.
#[derive(Default)]
pub(super) struct SearchIndex {
    digests: Vec<Digest>,
    /// None when all files are published already, or nobody wants bytes.
    index: Option<search::Index>,
    /// How many pages it was made of, if it was made.
    pub pages: usize,
}

impl SearchIndex {
    /// Makes the index of a site, if it is not remembered. A site with mistakes is not published, and
    /// needs none.
    pub fn new(renderer: &Renderer<'_>, before: Before<'_>, diagnostics: &mut Diagnostics) -> Self {
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
        let index = search::index(cx, Sources { inputs, memo }, diagnostics);
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
        }
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
