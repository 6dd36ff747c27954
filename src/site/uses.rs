//! What refers to files beside articles: texts of the site come in, the files that one of them names go out. A name that could be
//! meant counts: a file too many is published where nobody looks for it, one too few is missing from a page.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::config::Config;
use crate::content::Article;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::ordered;
use crate::path::{SourcePath, slugify, split_tail};
use crate::pieces::pieces;
use crate::theme::Theme;

/// The picture for shared links of a role, or of the site, which needs no other sign.
const SHARE: &str = "share.png";

/// Files of `content/` that are no articles and no records, by their names, and which of them are wanted.
pub(super) struct Uses<'a> {
    beside: &'a BTreeMap<SourcePath, Digest>,
    by_name: ordered::Map<&'a str, Vec<&'a SourcePath>>,
    /// Where the site lives: `https://example.com/sub/`.
    home: String,
    base_path: &'a str,
    wanted: BTreeSet<&'a SourcePath>,
    /// Wanted files that were not looked into yet.
    open: Vec<&'a SourcePath>,
}

impl<'a> Uses<'a> {
    pub fn new(beside: &'a BTreeMap<SourcePath, Digest>, config: &'a Config) -> Self {
        let mut by_name: ordered::Map<&str, Vec<&SourcePath>> = ordered::Map::default();
        beside.keys().for_each(|path| by_name.entry(path.name()).or_default().push(path));
        let is_shared = |path: &&SourcePath| {
            path.folder() == "content" || super::role_of(path).is_some_and(|id| path.inside(&format!("content/roles/{id}")) == Some(SHARE))
        };
        let open: Vec<&SourcePath> = by_name.get(SHARE).into_iter().flatten().copied().filter(is_shared).collect();
        let home = format!("{}{}", config.origin, config.base_path);
        Self { beside, by_name, home, base_path: &config.base_path, wanted: open.iter().copied().collect(), open }
    }

    /// The files that are wanted so far.
    pub fn wanted(&self) -> BTreeSet<SourcePath> {
        self.wanted.iter().copied().cloned().collect()
    }

    /// What articles name: in their texts, their front matter, the arguments of shortcodes, their HTML.
    pub fn of_articles<'b>(&mut self, articles: impl ParallelIterator<Item = &'b Article>) {
        let found: Vec<Vec<&SourcePath>> = articles.map(|article| self.in_article(article)).collect();
        found.into_iter().flatten().for_each(|path| self.want(path));
    }

    fn in_article(&self, article: &Article) -> Vec<&'a SourcePath> {
        let front = &article.front;
        let mut found = vec![];
        let keys = front.image.iter().chain(front.up_next.iter()).map(|name| name.value.as_str());
        let own = &article.facts.own;
        keys.chain(own.links()).chain(own.named()).for_each(|name| self.find(Some(&article.path), name, &mut found));
        in_values(front.extra.0.values(), &mut |text| pieces(text).for_each(|piece| self.find(Some(&article.path), piece, &mut found)));
        found
    }

    /// What a text names that stands in a file, or anywhere.
    pub fn of_text(&mut self, from: Option<&SourcePath>, text: &str) {
        pieces(text).for_each(|piece| self.named(from, piece));
    }

    /// The files that the site's own file, its lists and its frameworks name.
    pub fn of_lists(&mut self, inputs: &Inputs) {
        let is_list = |path: &SourcePath| path.extension() == "toml" && (path.folder() == "content" || super::framework_of(path).is_some());
        let lists = inputs.below("content").map(|(path, _)| path).filter(|path| is_list(path) && !self.beside.contains_key(*path));
        for path in lists.chain(inputs.iter().map(|(path, _)| path).filter(|path| **path == super::site_file())) {
            // What cannot be read was said.
            let Ok(source) = inputs.source(path) else { continue };
            let from = if *path == super::site_file() { super::home_file() } else { path.clone() };
            self.of_text(Some(&from), &source.text);
        }
    }

    pub fn of_templates(&mut self, theme: &Theme) {
        theme.texts().for_each(|text| self.of_text(None, text));
    }

    /// What wanted files name in turn, and the smaller pictures beside wanted ones.
    pub fn of_wanted(&mut self, inputs: &Inputs) {
        while let Some(path) = self.open.pop() {
            self.smaller(path);
            let names_others =
                matches!(path.extension().to_ascii_lowercase().as_str(), "css" | "htm" | "html" | "js" | "json" | "mjs" | "svg" | "webmanifest" | "xml");
            if let Some(source) = names_others.then(|| inputs.source(path).ok()).flatten() {
                self.of_text(Some(path), &source.text);
            }
        }
    }

    /// `photo-800w.jpg` beside `photo.jpg`.
    fn smaller(&mut self, path: &SourcePath) {
        let Some((stem, ending)) = path.as_str().rsplit_once('.') else { return };
        let start = format!("{stem}-");
        let is_smaller = |other: &SourcePath| {
            let number = other.as_str().strip_prefix(&start).and_then(|rest| rest.strip_suffix(ending)?.strip_suffix("w."));
            number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let near = self.beside.range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded));
        let near = near.map(|(other, _)| other).take_while(|other| other.as_str().starts_with(&start));
        near.filter(|other| is_smaller(other)).for_each(|other| self.want(other));
    }

    fn want(&mut self, path: &'a SourcePath) {
        if self.wanted.insert(path) {
            self.open.push(path);
        }
    }

    /// Takes a reference as a link or an address would be read.
    pub fn named(&mut self, from: Option<&SourcePath>, reference: &str) {
        let mut found = vec![];
        self.find(from, reference, &mut found);
        found.into_iter().for_each(|path| self.want(path));
    }

    /// The files that a reference can mean. Most references mean pages, whose files are not among these.
    fn find(&self, from: Option<&SourcePath>, reference: &str, found: &mut Vec<&'a SourcePath>) {
        let (path, _) = split_tail(reference.trim());
        let name = path.rsplit('/').next().unwrap_or_default();
        if name.ends_with(".md") || (name.is_ascii() && !name.contains('%') && !self.by_name.contains_key(name)) {
            return;
        }
        let decoded: String = percent_encoding::percent_decode_str(path).decode_utf8_lossy().nfc().collect();
        let Some(files) = self.by_name.get(decoded.rsplit('/').next().unwrap_or_default()) else { return };
        let ours = decoded.strip_prefix(&self.home).map(|rest| format!("/{rest}")).unwrap_or(decoded);
        match (from, ours.starts_with('/')) {
            (Some(from), false) => {
                let places = [from.resolve(&ours), below(from, &ours)].into_iter().flatten();
                found.extend(places.filter_map(|place| self.beside.get_key_value(&place)).map(|(path, _)| path));
            }
            (None, false) => {
                let end = format!("/{}", ours.trim_start_matches("./").trim_start_matches("../"));
                found.extend(files.iter().filter(|file| file.as_str().ends_with(&end)));
            }
            (_, true) => found.extend(files.iter().filter(|file| self.is_at(file, &ours))),
        }
    }

    /// Whether a file may be at an address. Where a role's or a framework's folder is, its record and the permalinks say.
    fn is_at(&self, file: &SourcePath, address: &str) -> bool {
        let inner = address.strip_prefix(self.base_path).unwrap_or(&address[1..]);
        let folder = |path: &str| path.split('/').filter(|part| !part.is_empty()).map(slugify).collect::<Vec<_>>();
        let written = folder(inner.rsplit_once('/').map_or("", |(folder, _)| folder));
        let is_of_record = super::role_of(file).or_else(|| super::framework_of(file)).is_some();
        is_of_record || folder(file.folder().strip_prefix("content").unwrap_or_default()) == written || file.inside("content") == Some(&address[1..])
    }
}

/// The texts in values that are a theme's affair.
fn in_values<'v>(values: impl Iterator<Item = &'v serde_json::Value>, found: &mut impl FnMut(&str)) {
    let mut open: Vec<&serde_json::Value> = values.collect();
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::String(text) => found(text),
            serde_json::Value::Array(items) => open.extend(items),
            serde_json::Value::Object(map) => open.extend(map.values()),
            _ => {}
        }
    }
}

/// The same from the address of an article's page, which is a folder deeper than its file: what HTML is read against.
fn below(from: &SourcePath, reference: &str) -> Result<SourcePath, crate::path::PathFault> {
    SourcePath::new(&format!("{}/{}/x", from.folder(), from.stem()))?.resolve(reference)
}
