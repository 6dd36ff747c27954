//! Articles that were read before: a file's path and digest come in; the article goes out, without a
//! look at the file. Only articles without a mistake are remembered.

use serde::{Deserialize, Serialize};

use super::{Article, Facts, FrontMatter, Options, PageFacts};
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::memo::{Sources, Table};
use crate::path::SourcePath;
use crate::policy::Policy;

/// The file of an article.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleFile {
    pub path: SourcePath,
    pub digest: Digest,
}

/// How articles are read, and what browsers may load of them, with the digest of that: it is the same
/// for all articles of a site.
#[derive(Clone, Copy)]
pub struct HashedOptions<'o> {
    options: &'o Options,
    policy: &'o Policy,
    digest: Digest,
}

/// Everything that an article is a function of.
#[derive(Serialize)]
struct Key<'a> {
    file: &'a ArticleFile,
    options: Digest,
}

/// An article without what its key says, its digests, and its page-only facts.
#[derive(Serialize, Deserialize)]
struct Entry {
    front: FrontMatter,
    body_start: usize,
    facts: Facts,
    warnings: Diagnostics,
}

impl<'o> HashedOptions<'o> {
    pub fn new(options: &'o Options, policy: &'o Policy) -> Self {
        let digest = Digest::of_value(&(options, policy));
        Self {
            options,
            policy,
            digest,
        }
    }

    /// Returns the digest of everything that an article is a function of.
    pub fn article_key(self, file: &ArticleFile) -> Digest {
        let options = self.digest;
        Digest::of_value(&Key { file, options })
    }
}

/// Reads an article, or recalls it from the memo.
pub fn read_or_recall(
    sources: Sources<'_>,
    file: &ArticleFile,
    options: HashedOptions<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Article> {
    let Sources { inputs, memo } = sources;
    let key = options.article_key(file);
    let remembered = memo.get(Table::Articles, key);
    if let Some((article, warnings)) = remembered.and_then(|bytes| from_bytes(&bytes, file)) {
        diagnostics.extend(warnings);
        return Some(article);
    }
    let mut said = Diagnostics::default();
    let source = said.take(inputs.source(&file.path));
    let article = source.and_then(|source| {
        super::read(
            &source,
            file.digest,
            options.options,
            options.policy,
            &mut said,
        )
    });
    if let Some(article) = article.as_ref().filter(|_| !said.has_errors())
        && let Some(bytes) = to_bytes(article, &said)
    {
        memo.put(Table::Articles, key, &bytes);
    }
    diagnostics.extend(said);
    article
}

/// Writes an article: its structure digest, the length of its entry, the entry, its page-only facts.
pub(super) fn to_bytes(article: &Article, warnings: &Diagnostics) -> Option<Vec<u8>> {
    let Article {
        path: _,
        digest: _,
        front,
        body_start,
        facts,
        structure_digest,
    } = article;
    let entry = Entry {
        front: front.clone(),
        body_start: *body_start,
        facts: facts.clone(),
        warnings: warnings.clone(),
    };
    let entry = postcard::to_stdvec(&entry).ok()?;
    let length = u32::try_from(entry.len()).ok()?;
    let mut bytes = structure_digest.as_bytes().to_vec();
    bytes.extend(length.to_le_bytes());
    bytes.extend(entry);
    bytes.extend(facts.page.as_bytes());
    Some(bytes)
}

/// Reads what [`to_bytes`] wrote. Returns `None` for bytes that no article has.
pub(super) fn from_bytes(bytes: &[u8], file: &ArticleFile) -> Option<(Article, Diagnostics)> {
    let (structure_digest, rest) = bytes.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let length = u32::from_le_bytes(*length).try_into().ok()?;
    let (entry, page_facts) = rest.split_at_checked(length)?;
    let Entry {
        front,
        body_start,
        facts,
        warnings,
    } = postcard::from_bytes(entry).ok()?;
    let facts = Facts {
        page: PageFacts::from_bytes(page_facts)?,
        ..facts
    };
    let article = Article {
        path: file.path.clone(),
        digest: file.digest,
        front,
        body_start,
        facts,
        structure_digest: Digest::from_bytes(*structure_digest),
    };
    Some((article, warnings))
}
