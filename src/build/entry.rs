//! What is remembered of a page: everything that became known of it comes in, bytes go out, and the other way.

use crate::check::{Anchor, Known};
use crate::diag::Diagnostics;
use crate::digest::Digest;

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
