//! What tests of imports share: sites and upstream files written as one text.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;

use super::upstream::InMemory;
use super::{About, Gone, ImportName, Imported, Layers, LossReport, Moment};
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::site::Options;

/// Files of a text with lines `=== path`.
pub fn files(text: &str) -> Vec<(String, Vec<u8>)> {
    let parts = text.split("=== ").skip(1);
    let file = |part: &str| {
        let (name, text) = part.split_once('\n').unwrap_or((part, ""));
        (name.trim().to_owned(), text.as_bytes().to_vec())
    };
    parts.map(file).collect()
}

/// Upstream files.
pub fn upstream(text: &str) -> InMemory {
    InMemory::new(files(text))
}

/// A small site with more files.
pub fn site(text: &str) -> Inputs {
    let base = "=== site.toml\ntitle = \"Careers\"\nbase_url = \"https://careers.example\"\n";
    let all = files(base).into_iter().chain(files(text));
    Inputs::in_memory(
        all.map(|(name, bytes)| (SourcePath::new(&name).unwrap(), Arc::from(bytes)))
            .collect(),
    )
}

/// How the site is checked.
pub fn options() -> Options {
    Options {
        base_url: None,
        drafts: false,
        future: false,
        build_date: date(2026, 12, 1),
    }
}

/// The name of the import.
pub fn name() -> ImportName {
    ImportName::new("test").unwrap()
}

/// Writes an import into a site. Returns the site with it, the report, and how many files changed.
pub fn written(site: &Inputs, imported: Imported) -> (Inputs, LossReport, usize) {
    let Imported { layers, mut report } = imported;
    let moment = Moment {
        date: date(2026, 12, 1),
        gone: Gone::Keep,
    };
    let files = layers.files(&name(), &About::default(), moment, site, &mut report);
    let mut all: BTreeMap<SourcePath, Arc<[u8]>> = site
        .iter()
        .map(|(path, _)| (path.clone(), site.bytes(path).unwrap()))
        .collect();
    let changed = files.write.len() + files.delete.len();
    all.extend(
        files
            .write
            .into_iter()
            .map(|(path, bytes)| (path, Arc::from(bytes))),
    );
    files.delete.iter().for_each(|path| {
        all.remove(path);
    });
    (Inputs::in_memory(all), report, changed)
}

/// The articles and other files of layers as one text.
pub fn copies(layers: &Layers) -> String {
    let mut text = String::new();
    for (path, bytes) in &layers.copies {
        let shown = std::str::from_utf8(bytes)
            .map_or_else(|_| format!("({} bytes)\n", bytes.len()), str::to_owned);
        text += &format!("=== {path}\n{shown}");
    }
    text
}
