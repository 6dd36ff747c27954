//! What refers to colocated files: texts of the site come in, the files that one of them names go
//! out.
//!
//! A name that could be meant counts: a file too many is published where nobody looks for it, one
//! too few is missing from a page.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use rayon::prelude::*;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::parse::RecordFileNames;
use crate::config::Config;
use crate::content::Article;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::ordered;
use crate::path::{PathFault, SourcePath, slugify, split_tail};
use crate::pieces::pieces;
use crate::theme::Theme;

/// The picture for shared links of a role, or of the site, which needs no other sign.
const SHARE: &str = "share.png";

/// Endings of names of files that name others.
const NAMING: [&str; 9] = [
    "css",
    "htm",
    "html",
    "js",
    "json",
    "mjs",
    "svg",
    "webmanifest",
    "xml",
];

/// Colocated files by their names, and which of them are used.
pub(super) struct Uses<'a> {
    colocated: &'a BTreeMap<SourcePath, Digest>,
    by_name: ordered::Map<&'a str, Vec<&'a SourcePath>>,
    /// Where the site lives: `https://example.com/sub/`.
    home: String,
    base_path: &'a str,
    used: BTreeSet<&'a SourcePath>,
    /// Used files that were not looked into yet.
    open: Vec<&'a SourcePath>,
}

impl<'a> Uses<'a> {
    pub fn new(colocated: &'a BTreeMap<SourcePath, Digest>, config: &'a Config) -> Self {
        let mut by_name: ordered::Map<&str, Vec<&SourcePath>> = ordered::Map::default();
        for path in colocated.keys() {
            by_name.entry(path.name()).or_default().push(path);
        }
        let pictures = by_name.get(SHARE).into_iter().flatten().copied();
        let open: Vec<&SourcePath> = pictures.filter(|path| is_for_sharing(path)).collect();
        Self {
            colocated,
            by_name,
            home: format!("{}{}", config.origin, config.base_path),
            base_path: &config.base_path,
            used: open.iter().copied().collect(),
            open,
        }
    }

    /// Returns the files that are used so far.
    pub fn found(&self) -> BTreeSet<SourcePath> {
        self.used.iter().copied().cloned().collect()
    }

    /// Adds what articles name: in their texts, their front matter, the arguments of shortcodes,
    /// their HTML.
    pub fn add_articles<'b>(&mut self, articles: impl ParallelIterator<Item = &'b Article>) {
        let found: Vec<Vec<&SourcePath>> =
            articles.map(|article| self.in_article(article)).collect();
        for path in found.into_iter().flatten() {
            self.add(path);
        }
    }

    fn in_article(&self, article: &Article) -> Vec<&'a SourcePath> {
        let front = &article.front;
        let page_facts = &article.facts.page;
        let mut found = vec![];
        let keys = front.image.iter().chain(front.up_next.iter());
        keys.map(|name| name.value.as_str())
            .chain(page_facts.links())
            .chain(page_facts.file_names())
            .for_each(|name| self.find(Some(&article.path), name, &mut found));
        each_text(front.extra.0.values(), &mut |text| {
            pieces(text).for_each(|piece| self.find(Some(&article.path), piece, &mut found));
        });
        found
    }

    /// Adds what a record names.
    pub fn add_record(&mut self, record: &RecordFileNames) {
        for name in &record.names {
            self.add_reference(Some(&record.path), name);
        }
    }

    /// Adds the files that the site's own file, its lists and its frameworks name.
    pub fn add_lists(&mut self, inputs: &Inputs) {
        let is_list = |path: &SourcePath| {
            path.extension() == "toml"
                && (path.folder() == "content" || super::framework_of(path).is_some())
                && !self.colocated.contains_key(path)
        };
        let lists: Vec<&SourcePath> = inputs
            .below("content")
            .map(|(path, _)| path)
            .filter(|path| is_list(path))
            .collect();
        for path in lists {
            self.add_file(inputs, path, path);
        }
        let site_file = super::site_file();
        if inputs.get(site_file.as_str()).is_some() {
            self.add_file(inputs, &site_file, &super::home_file());
        }
    }

    /// Adds what a file names, in references that are relative to `from`.
    fn add_file(&mut self, inputs: &Inputs, path: &SourcePath, from: &SourcePath) {
        // What cannot be read was said.
        if let Ok(source) = inputs.source(path) {
            self.add_text(Some(from), &source.text);
        }
    }

    /// Adds what templates name.
    pub fn add_templates(&mut self, theme: &Theme) {
        theme.texts().for_each(|text| self.add_text(None, text));
    }

    /// Adds what used files name in turn, and the smaller versions of used images.
    pub fn follow(&mut self, inputs: &Inputs) {
        while let Some(path) = self.open.pop() {
            self.add_smaller_images(path);
            let ending = path.extension().to_ascii_lowercase();
            if NAMING.contains(&ending.as_str()) {
                self.add_file(inputs, path, path);
            }
        }
    }

    /// Adds `photo-800w.jpg` beside `photo.jpg`.
    fn add_smaller_images(&mut self, path: &SourcePath) {
        let Some((stem, ending)) = path.as_str().rsplit_once('.') else {
            return;
        };
        let start = format!("{stem}-");
        let colocated = self.colocated;
        let from = Bound::Included(start.as_str());
        for (other, _) in colocated.range::<str, _>((from, Bound::Unbounded)) {
            let Some(rest) = other.as_str().strip_prefix(&start) else {
                break;
            };
            let width = rest
                .strip_suffix(ending)
                .and_then(|rest| rest.strip_suffix("w."));
            if width.is_some_and(is_number) {
                self.add(other);
            }
        }
    }

    fn add(&mut self, path: &'a SourcePath) {
        if self.used.insert(path) {
            self.open.push(path);
        }
    }

    /// Adds what a text names that stands in a file, or anywhere.
    fn add_text(&mut self, from: Option<&SourcePath>, text: &str) {
        pieces(text).for_each(|piece| self.add_reference(from, piece));
    }

    fn add_reference(&mut self, from: Option<&SourcePath>, reference: &str) {
        let mut found = vec![];
        self.find(from, reference, &mut found);
        for path in found {
            self.add(path);
        }
    }

    /// Finds the files that a reference can mean, read as a link or an address. Most references mean
    /// pages, whose files are not among these.
    fn find(&self, from: Option<&SourcePath>, reference: &str, found: &mut Vec<&'a SourcePath>) {
        let (path, _) = split_tail(reference.trim());
        let name = path.rsplit('/').next().unwrap_or_default();
        let is_written = name.is_ascii() && !name.contains('%');
        if name.ends_with(".md") || (is_written && !self.by_name.contains_key(name)) {
            return;
        }
        let decoded: String = percent_encoding::percent_decode_str(path)
            .decode_utf8_lossy()
            .nfc()
            .collect();
        let name = decoded.rsplit('/').next().unwrap_or_default();
        let Some(files) = self.by_name.get(name) else {
            return;
        };
        let address = match decoded.strip_prefix(&self.home) {
            Some(rest) => format!("/{rest}"),
            None => decoded,
        };
        if address.starts_with('/') {
            found.extend(files.iter().filter(|file| self.may_be_at(file, &address)));
            return;
        }
        let Some(from) = from else {
            let end = address.trim_start_matches("./").trim_start_matches("../");
            let end = format!("/{end}");
            found.extend(files.iter().filter(|file| file.as_str().ends_with(&end)));
            return;
        };
        for place in [from.resolve(&address), below(from, &address)] {
            let file = place
                .ok()
                .and_then(|place| self.colocated.get_key_value(&place));
            found.extend(file.map(|(path, _)| path));
        }
    }

    /// Returns true if a file may be at an address. Where a role's or a framework's folder is, its
    /// record and the permalinks decide.
    fn may_be_at(&self, file: &SourcePath, address: &str) -> bool {
        let is_of_record = super::role_of(file).is_some() || super::framework_of(file).is_some();
        if is_of_record || file.inside("content") == Some(&address[1..]) {
            return true;
        }
        let inner = address
            .strip_prefix(self.base_path)
            .unwrap_or(&address[1..]);
        let written = inner.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = file.folder().strip_prefix("content").unwrap_or_default();
        slugs(folder) == slugs(written)
    }
}

/// Returns true for a picture for shared links of the site or of a role.
fn is_for_sharing(path: &SourcePath) -> bool {
    path.folder() == "content"
        || super::role_of(path)
            .is_some_and(|id| path.inside(&format!("content/roles/{id}")) == Some(SHARE))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the parts of a path as addresses have them.
fn slugs(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|part| !part.is_empty())
        .map(slugify)
        .collect()
}

/// Calls `take` with each text in values that are a theme's affair.
pub(super) fn each_text<'v>(values: impl Iterator<Item = &'v Value>, take: &mut impl FnMut(&str)) {
    let mut open: Vec<&Value> = values.collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => take(text),
            Value::Array(items) => open.extend(items),
            Value::Object(map) => open.extend(map.values()),
            _ => {}
        }
    }
}

/// Resolves a reference from the address of an article's page, which is a folder deeper than its
/// file: what HTML is read against.
fn below(from: &SourcePath, reference: &str) -> Result<SourcePath, PathFault> {
    SourcePath::new(&format!("{}/{}/x", from.folder(), from.stem()))?.resolve(reference)
}
