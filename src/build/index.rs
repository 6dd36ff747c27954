//! The search index of a build: it is made when something changed that it is a function of, or when a file of it is missing.
//! Otherwise the digests of its files are remembered. What is in it is `search/`'s.

use std::sync::Arc;

use super::{Before, Published};
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::memo::Shelf;
use crate::path::UrlPath;
use crate::render::Renderer;
use crate::search;

/// The files of the index by their numbers.
#[derive(Default)]
pub(super) struct Indexed {
    digests: Vec<Digest>,
    /// None when all of them are published already, or nobody wants bytes.
    index: Option<search::Index>,
    /// How many pages it was made of, if it was made.
    pub pages: usize,
}

impl Indexed {
    /// The index of a plan. A site with mistakes is not published, and needs none.
    pub fn new(renderer: &Renderer<'_>, before: Before<'_>, faults: &mut Diagnostics) -> Self {
        let plan = renderer.plan;
        let paths: Vec<_> = plan.search_urls().iter().map(UrlPath::output).collect();
        let Published::These(published) = before.published else { return Self::default() };
        if paths.is_empty() || faults.has_errors() {
            return Self::default();
        }
        let key = search::key(plan, renderer.inputs);
        let remembered = before.memo.get(Shelf::Search, key).unwrap_or_default();
        let digests: Vec<Digest> = remembered.chunks_exact(16).filter_map(|bytes| bytes.try_into().ok()).map(Digest::from_bytes).collect();
        if digests.len() == paths.len() && paths.iter().zip(&digests).all(|(path, digest)| published.get(path) == Some(digest)) {
            return Self { digests, ..Self::default() };
        }
        let index = search::index(plan, renderer.inputs, before.memo, faults);
        let digests: Vec<Digest> = index.files.iter().map(|bytes| Digest::of(bytes)).collect();
        before.memo.put(Shelf::Search, key, &digests.iter().flat_map(|digest| *digest.as_bytes()).collect::<Vec<u8>>());
        Self { digests, index: Some(index), pages: plan.found.len() }
    }

    /// The digest of a file, and its bytes if there are some.
    pub fn file(&self, number: usize) -> (Digest, Option<Arc<[u8]>>) {
        let bytes = self.index.as_ref().and_then(|index| index.files.get(number).cloned());
        (self.digests.get(number).copied().unwrap_or_default(), bytes)
    }
}
