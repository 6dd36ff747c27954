//! Diagnostics of one cause: many come in, few go out.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::path::SourcePath;

/// How many are said one by one.
const MANY: usize = 5;

/// Keeps the first of many diagnostics that ask for the same in one file, and says of how many more rows
/// it is true.
pub(super) fn few(
    diagnostics: impl IntoIterator<Item = Diagnostic>,
    rows: &str,
) -> Vec<Diagnostic> {
    let mut causes: BTreeMap<(Code, Option<SourcePath>, Vec<String>), Vec<Diagnostic>> =
        BTreeMap::new();
    for fault in diagnostics {
        let path = fault.place.as_ref().map(|place| place.path.clone());
        causes
            .entry((fault.code, path, fault.help.clone()))
            .or_default()
            .push(fault);
    }
    causes
        .into_values()
        .flat_map(|all| first_of(all, rows))
        .collect()
}

/// Does the same for diagnostics that all have one cause.
pub(super) fn first_of(all: Vec<Diagnostic>, rows: &str) -> Vec<Diagnostic> {
    let more = all.len().saturating_sub(1);
    let (kept, count) = if more < MANY {
        (all.len(), None)
    } else {
        (
            1,
            Some(format!(
                "the same is true of {more} more {rows} of this file"
            )),
        )
    };
    all.into_iter()
        .take(kept)
        .map(|fault| fault.help(count.clone()))
        .collect()
}
