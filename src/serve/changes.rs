//! Files that pages show and that are no pages: two plans come in, the addresses whose bytes differ go out.

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::path::OutPath;
use crate::plan::{Plan, What};

/// Addresses whose bytes changed, with the generation in which they did last.
#[derive(Default)]
pub struct Changes(BTreeMap<String, u64>);

impl Changes {
    pub fn add(&mut self, addresses: impl IntoIterator<Item = String>, generation: u64) {
        self.0.extend(addresses.into_iter().map(|address| (address, generation)));
    }

    /// What changed after a generation.
    pub fn since(&self, generation: u64) -> Vec<&str> {
        self.0.iter().filter(|(_, changed)| **changed > generation).map(|(address, _)| address.as_str()).collect()
    }
}

/// The addresses of assets and of files beside articles that both plans have, with other bytes.
pub fn between(old: &Plan, new: &Plan) -> Vec<String> {
    let (old, base) = (copied(old), new.site.config.base_path.clone());
    let differs = |(path, digest): &(&OutPath, Digest)| old.get(*path).is_some_and(|old| old != digest);
    copied(new).into_iter().filter(differs).map(|(path, _)| format!("{base}{}", crate::path::encode(path.as_str()))).collect()
}

fn copied(plan: &Plan) -> BTreeMap<&OutPath, Digest> {
    let digest = |what: &What| match what {
        What::Asset(index) => Some(plan.site.theme.assets.files[*index].digest),
        What::Beside(source) => plan.site.beside.get(source).copied(),
        What::Page(_) | What::File(_) | What::Picture(_) | What::Search(_) => None,
    };
    plan.outputs.iter().filter_map(|(path, output)| Some((path, digest(&output.what)?))).collect()
}
