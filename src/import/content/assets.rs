//! Pictures and other files that articles refer to: copied beside the articles, each under a name that
//! nothing else has there.

use std::collections::{BTreeMap, BTreeSet};

use super::old_site::is_markdown;
use crate::import::upstream::ending;
use crate::path::{SourcePath, slugify};

/// The files that are copied.
#[derive(Debug, Default)]
pub struct Assets {
    /// The old file of each new one.
    pub copies: BTreeMap<SourcePath, String>,
    /// The new name of an old file in a folder.
    names: BTreeMap<(String, String), String>,
    taken: BTreeSet<String>,
}

impl Assets {
    /// Keeps the paths of articles free.
    pub fn keep_free<'p>(&mut self, paths: impl Iterator<Item = &'p SourcePath>) {
        self.taken
            .extend(paths.map(|path| path.as_str().to_lowercase()));
    }

    /// Copies a file into the folder of an article. Returns its name there.
    pub fn add(&mut self, file: &str, folder: &str) -> String {
        let key = (folder.to_owned(), file.to_owned());
        if let Some(name) = self.names.get(&key) {
            return name.clone();
        }
        let name = file.rsplit('/').next().unwrap_or(file);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let stem = match slugify(stem) {
            slug if slug.is_empty() => "file".to_owned(),
            slug => slug,
        };
        let ending = ending.to_ascii_lowercase();
        let numbered = (2..).map(|number: usize| format!("{stem}-{number}.{ending}"));
        let mut all = std::iter::once(format!("{stem}.{ending}")).chain(numbered);
        let is_free = |name: &String| !self.taken.contains(&format!("{folder}/{name}"));
        let name = all.find(is_free).unwrap_or_default();
        let path = format!("{folder}/{name}");
        self.copies
            .insert(SourcePath::outside(&path), file.to_owned());
        self.taken.insert(path);
        self.names.insert(key, name.clone());
        name
    }
}

/// Returns true if a file is something that readers open, and no part of the old site's program.
pub fn is_for_readers(file: &str) -> bool {
    let ending = ending(file);
    let program = [
        "html", "htm", "njk", "liquid", "js", "mjs", "cjs", "ts", "jsx", "tsx", "mdx", "astro",
        "css", "scss", "sass", "toml", "yml", "yaml", "php", "xml",
    ];
    !ending.is_empty() && !is_markdown(file) && !program.contains(&ending.as_str())
}
