//! Articles that were read before: a file's path and digest come in; what reading it said goes out, without a look at the
//! file. Only articles without a mistake are remembered.

use serde::{Deserialize, Serialize};

use super::{Article, Facts, FrontMatter, Options};
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::memo::{Memo, Shelf};
use crate::path::SourcePath;

/// All of an article that its key does not say.
#[derive(Serialize, Deserialize)]
struct Entry {
    front: FrontMatter,
    body_start: usize,
    facts: Facts,
    outline: Digest,
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
    if let Some(Entry { front, body_start, facts, outline, warnings }) = memo.get(Shelf::Facts, key).and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
        faults.extend(warnings);
        return Some(Article { path: path.clone(), digest, front, body_start, facts, outline });
    }
    let mut said = Diagnostics::default();
    let article = said.take(inputs.source(path)).and_then(|source| super::read(&source, digest, options, &mut said));
    if let Some(Article { path: _, digest: _, front, body_start, facts, outline }) = article.as_ref().filter(|_| !said.has_errors()) {
        let entry = Entry { front: front.clone(), body_start: *body_start, facts: facts.clone(), outline: *outline, warnings: said.clone() };
        if let Ok(bytes) = serde_json::to_vec(&entry) {
            memo.put(Shelf::Facts, key, &bytes);
        }
    }
    faults.extend(said);
    article
}
