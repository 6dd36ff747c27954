//! What is remembered of pages, outlines and builds: what became known of them comes in, bytes go out, and the other way.

use serde::{Deserialize, Serialize};

use crate::calendar::LeftOut;
use crate::check::{Anchor, Known};
use crate::diag::{Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::path::OutPath;

/// A page that was rendered without an error.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Of its bytes.
    pub digest: Digest,
    pub known: Known,
    pub warnings: Diagnostics,
}

impl Entry {
    /// The digest; the ids, targets and anchors, each after their number; the warnings as JSON. Numbers are 64 bits,
    /// the lowest first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Self { digest, known: Known { ids, targets, anchors }, warnings } = self;
        let mut bytes = digest.as_bytes().to_vec();
        let mut list = |numbers: &mut dyn ExactSizeIterator<Item = u64>| {
            bytes.extend((numbers.len() as u64).to_le_bytes());
            numbers.for_each(|number| bytes.extend(number.to_le_bytes()));
        };
        list(&mut ids.iter().copied());
        list(&mut targets.iter().copied());
        list(&mut anchors.iter().map(|anchor| anchor.page));
        list(&mut anchors.iter().map(|anchor| anchor.id));
        if !warnings.is_empty() {
            bytes.extend(serde_json::to_vec(warnings).unwrap_or_default());
        }
        bytes
    }

    /// None for bytes that no entry has.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (digest, mut rest) = bytes.split_first_chunk()?;
        let mut list = || {
            let (count, numbers) = rest.split_first_chunk()?;
            let length = usize::try_from(u64::from_le_bytes(*count)).ok()?.checked_mul(8)?;
            let (numbers, after) = numbers.split_at_checked(length)?;
            rest = after;
            Some(numbers.chunks_exact(8).filter_map(|number| number.try_into().ok()).map(u64::from_le_bytes).collect::<Vec<u64>>())
        };
        let (ids, targets, pages, places) = (list()?, list()?, list()?, list()?);
        let anchors = pages.into_iter().zip(places).map(|(page, id)| Anchor { page, id }).collect();
        let warnings = if rest.is_empty() { Diagnostics::default() } else { serde_json::from_slice(rest).ok()? };
        Some(Self { digest: Digest::from_bytes(*digest), known: Known { ids, targets, anchors }, warnings })
    }
}

/// What is remembered of the outputs of an outline, in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows(pub Vec<Row>);

/// What is remembered of one output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Of the article that a page shows; of a picture, all that it is drawn from.
    pub own: Digest,
    /// The key of a page; of any other file, the digest of its bytes.
    pub known: Digest,
}

impl Rows {
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|Row { own, known }| [*own.as_bytes(), *known.as_bytes()].concat()).collect()
    }

    pub fn from_bytes(bytes: &[u8]) -> Self {
        let digests: Vec<Digest> = bytes.chunks_exact(16).filter_map(|bytes| bytes.try_into().ok()).map(Digest::from_bytes).collect();
        Self(digests.chunks_exact(2).map(|row| Row { own: row[0], known: row[1] }).collect())
    }
}

/// What is remembered of a whole build that went well.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Whole {
    pub pages: usize,
    pub files: usize,
    pub left_out: LeftOut,
    /// Of all paths and digests of its outputs.
    pub outputs: Digest,
    pub warnings: Vec<Diagnostic>,
}

/// Hashes a list of outputs as it grows.
#[derive(Default)]
pub(super) struct Hasher(Vec<u8>);

impl Hasher {
    /// Adds the next one in the order of paths.
    pub fn add(&mut self, path: &OutPath, digest: Digest) {
        self.0.extend(path.as_str().as_bytes());
        self.0.push(0);
        self.0.extend(digest.as_bytes());
    }

    pub fn finish(&self) -> Digest {
        Digest::of(&self.0)
    }
}
