//! Changed files that pages refer to: two plans come in, the addresses whose bytes differ go out.

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::layout::output::OutputKind;
use crate::path::OutPath;
use crate::plan::Plan;

/// Addresses whose bytes changed, with the generation in which they last did.
#[derive(Default)]
pub struct Changes(BTreeMap<String, u64>);

impl Changes {
    /// Notes what changed in a generation.
    pub fn add(&mut self, addresses: impl IntoIterator<Item = String>, generation: u64) {
        self.0
            .extend(addresses.into_iter().map(|address| (address, generation)));
    }

    /// Returns what changed after a generation.
    pub fn since(&self, generation: u64) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(_, changed)| **changed > generation)
            .map(|(address, _)| address.as_str())
            .collect()
    }
}

/// Returns the addresses of assets and colocated files that both plans have, with different bytes.
pub fn between(old: &Plan, new: &Plan) -> Vec<String> {
    let (old, base) = (copied(old), new.site.config.base_path.clone());
    let differs =
        |(path, digest): &(&OutPath, Digest)| old.get(*path).is_some_and(|old| old != digest);
    copied(new)
        .into_iter()
        .filter(differs)
        .map(|(path, _)| format!("{base}{}", crate::path::encode(path.as_str())))
        .collect()
}

fn copied(plan: &Plan) -> BTreeMap<&OutPath, Digest> {
    let digest = |what: &OutputKind| match what {
        OutputKind::Asset(index) => Some(plan.site.theme.assets.files[*index].digest),
        OutputKind::Colocated(source) => plan.site.colocated_files.get(source).copied(),
        OutputKind::Page(_)
        | OutputKind::File(_)
        | OutputKind::Picture(_)
        | OutputKind::Search(_) => None,
    };
    plan.layout
        .outputs
        .whole()
        .iter()
        .filter_map(|(path, output)| Some((path, digest(&output.what)?)))
        .collect()
}
