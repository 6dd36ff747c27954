//! Entries of the memo for pages, outputs and builds: what is known of them comes in, bytes go out,
//! and the other way.

use serde::{Deserialize, Serialize};

use crate::calendar::LeftOut;
use crate::check::{Anchor, LinkFacts};
use crate::diag::{Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::path::OutPath;

/// A page that was rendered without an error.
#[derive(Clone, Debug)]
pub(super) struct PageEntry {
    /// Digest of its bytes.
    pub digest: Digest,
    /// How many bytes it has.
    pub size: u64,
    pub links: LinkFacts,
    pub warnings: Diagnostics,
}

impl PageEntry {
    /// Writes the digest; the size; the ids, targets and anchors, each after their number; the
    /// warnings as JSON. Numbers are 64 bits, the lowest byte first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Self {
            digest,
            size,
            links:
                LinkFacts {
                    ids,
                    targets,
                    anchors,
                },
            warnings,
        } = self;
        let mut bytes = digest.as_bytes().to_vec();
        bytes.extend(size.to_le_bytes());
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

    /// Reads what [`to_bytes`](Self::to_bytes) wrote. Returns `None` for other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (digest, rest) = bytes.split_first_chunk()?;
        let (size, mut rest) = rest.split_first_chunk()?;
        let mut list = || {
            let (count, numbers) = rest.split_first_chunk()?;
            let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
            let (numbers, after) = numbers.split_at_checked(count.checked_mul(8)?)?;
            rest = after;
            let numbers = numbers.chunks_exact(8);
            let numbers = numbers.filter_map(|number| number.try_into().ok());
            Some(numbers.map(u64::from_le_bytes).collect::<Vec<u64>>())
        };
        let (ids, targets, pages, places) = (list()?, list()?, list()?, list()?);
        let anchors = pages.into_iter().zip(places);
        let links = LinkFacts {
            ids,
            targets,
            anchors: anchors.map(|(page, id)| Anchor { page, id }).collect(),
        };
        let warnings = if rest.is_empty() {
            Diagnostics::default()
        } else {
            serde_json::from_slice(rest).ok()?
        };
        Some(Self {
            digest: Digest::from_bytes(*digest),
            size: u64::from_le_bytes(*size),
            links,
            warnings,
        })
    }
}

/// Reads digests that stand one after the other.
pub(super) fn digests_from_bytes(bytes: &[u8]) -> Vec<Digest> {
    bytes
        .chunks_exact(16)
        .filter_map(|bytes| bytes.try_into().ok())
        .map(Digest::from_bytes)
        .collect()
}

/// What is remembered of a whole build that went well.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BuildEntry {
    pub pages: usize,
    pub files: usize,
    pub left_out: LeftOut,
    /// Digest of all paths and digests of its outputs.
    pub outputs: Digest,
    pub warnings: Vec<Diagnostic>,
}

/// Hashes a list of outputs as it grows.
#[derive(Default)]
pub(super) struct OutputHasher(Vec<u8>);

impl OutputHasher {
    /// Adds the next output in the order of paths.
    pub fn add(&mut self, path: &OutPath, digest: Digest) {
        self.0.extend(path.as_str().as_bytes());
        self.0.push(0);
        self.0.extend(digest.as_bytes());
    }

    pub fn finish(&self) -> Digest {
        Digest::of(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is lost here would be missing from the messages of a warm build alone.
    #[test]
    fn what_is_remembered_is_what_was_known() {
        let page = PageEntry {
            digest: Digest::of(b"page"),
            size: 70_000,
            links: LinkFacts {
                ids: vec![1, 2],
                targets: vec![3],
                anchors: vec![Anchor { page: 4, id: 5 }],
            },
            warnings: Diagnostics::default(),
        };
        let again = PageEntry::from_bytes(&page.to_bytes()).unwrap();
        assert_eq!(format!("{again:?}"), format!("{page:?}"));
    }
}
