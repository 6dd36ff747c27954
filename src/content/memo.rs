//! Articles that were read before: a file's path and digest come in; what reading it said goes out, without a look at the
//! file. Only articles without a mistake are remembered.

use serde::{Deserialize, Serialize};

use super::{Article, Facts, FrontMatter, Options, OwnFacts};
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::memo::{Memo, Shelf};
use crate::path::SourcePath;

/// All of an article that its key does not say, but for its outline and what its own page is made of.
#[derive(Serialize, Deserialize)]
struct Head {
    front: FrontMatter,
    body_start: usize,
    facts: Facts,
    warnings: Diagnostics,
}

/// Reads an article, or remembers it. `options` goes with its digest.
pub fn remembered(
    inputs: &Inputs,
    (path, digest): (&SourcePath, Digest),
    (options, of_options): (&Options, Digest),
    memo: &dyn Memo,
    faults: &mut Diagnostics,
) -> Option<Article> {
    let key = Digest::of_value(&(path, digest, of_options));
    if let Some((article, warnings)) = memo.get(Shelf::Facts, key).and_then(|bytes| from_bytes(&bytes, path, digest)) {
        faults.extend(warnings);
        return Some(article);
    }
    let mut said = Diagnostics::default();
    let article = said.take(inputs.source(path)).and_then(|source| super::read(&source, digest, options, &mut said));
    if let Some(bytes) = article.as_ref().filter(|_| !said.has_errors()).and_then(|article| to_bytes(article, &said)) {
        memo.put(Shelf::Facts, key, &bytes);
    }
    faults.extend(said);
    article
}

/// The outline, the length of the head, the head, what the own page is made of.
pub(super) fn to_bytes(article: &Article, warnings: &Diagnostics) -> Option<Vec<u8>> {
    let Article { path: _, digest: _, front, body_start, facts, outline } = article;
    let head = Head { front: front.clone(), body_start: *body_start, facts: facts.clone(), warnings: warnings.clone() };
    let head = postcard::to_stdvec(&head).ok()?;
    let length = u32::try_from(head.len()).ok()?;
    Some([&outline.as_bytes()[..], &length.to_le_bytes(), &head, facts.own.as_bytes()].concat())
}

/// None for bytes that no article has.
pub(super) fn from_bytes(bytes: &[u8], path: &SourcePath, digest: Digest) -> Option<(Article, Diagnostics)> {
    let (outline, rest) = bytes.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let (head, own) = rest.split_at_checked(u32::from_le_bytes(*length).try_into().ok()?)?;
    let Head { front, body_start, facts, warnings } = postcard::from_bytes(head).ok()?;
    let facts = Facts { own: OwnFacts::from_bytes(own)?, ..facts };
    Some((Article { path: path.clone(), digest, front, body_start, facts, outline: Digest::from_bytes(*outline) }, warnings))
}
