//! Links to comparisons of roles: texts of the site come in, the names and addresses of the pairs that
//! they link to go out.
//!
//! Most pairs of roles have no page of their own. One that somebody links to is made, so a name that
//! could be meant counts.

use std::collections::BTreeSet;
use std::sync::Arc;

use memchr::memmem;
use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::parse::RecordFileNames;
use super::uses::each_text;
use crate::content::Article;
use crate::inputs::Inputs;
use crate::path::{SourcePath, split_tail};
use crate::pieces::pieces;

/// What stands between the names of the two in the name of a comparison.
const BETWEEN: &str = "-vs-";

/// The folder of the texts for comparisons of roles.
const FOLDER: &str = "content/compare";

/// The comparisons of roles that texts of a site link to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LinkedPairs {
    /// File names without folder and ending: `nurse-vs-surgeon`.
    pub names: BTreeSet<String>,
    /// Addresses from the root of the site, without `/` at the end.
    pub addresses: BTreeSet<String>,
}

impl LinkedPairs {
    /// Adds what a published article links to.
    pub(super) fn add_article(&mut self, article: &Article) {
        let front = &article.front;
        let page_facts = &article.facts.page;
        if page_facts.may_name(BETWEEN) {
            let links = page_facts.links().chain(page_facts.file_names());
            links.for_each(|link| self.add(&article.path, link));
        }
        for name in front.up_next.iter() {
            self.add(&article.path, &name.value);
        }
        each_text(front.extra.0.values(), &mut |text| {
            pieces(text).for_each(|piece| self.add(&article.path, piece));
        });
    }

    /// Adds what a record links to.
    pub(super) fn add_record(&mut self, record: &RecordFileNames) {
        for name in &record.names {
            self.add(&record.path, name);
        }
    }

    /// Adds what the site's own file, its lists and its frameworks link to.
    pub(super) fn add_lists(&mut self, inputs: &Inputs) {
        let is_list = |path: &SourcePath| {
            path.extension() == "toml"
                && (path.folder() == "content" || super::framework_of(path).is_some())
        };
        let lists = inputs.below("content").map(|(path, _)| path);
        for path in lists.filter(|path| is_list(path)) {
            self.add_file(inputs, path, path);
        }
        self.add_file(inputs, &super::site_file(), &super::home_file());
    }

    /// Adds what a file links to, in links that are relative to `from`. What cannot be read was said.
    fn add_file(&mut self, inputs: &Inputs, path: &SourcePath, from: &SourcePath) {
        if inputs.get(path.as_str()).is_none() {
            return;
        }
        let Ok(source) = inputs.source(path) else {
            return;
        };
        if memmem::find(source.text.as_bytes(), BETWEEN.as_bytes()).is_some() {
            let words = source
                .text
                .split(['"', '\'', '(', ')', '<', '>', ' ', '\n']);
            words.for_each(|word| self.add(from, word));
        }
    }

    fn add(&mut self, from: &SourcePath, link: &str) {
        if memmem::find(link.as_bytes(), BETWEEN.as_bytes()).is_none() {
            return;
        }
        let (path, _) = split_tail(link.trim());
        let path = percent_decode_str(path).decode_utf8_lossy();
        let inner = path.strip_prefix("content/").unwrap_or(&path);
        let names = [from.resolve(&path), super::home_file().resolve(inner)];
        let name = names.iter().flatten().find_map(pair_of);
        match name {
            Some(name) => drop(self.names.insert(name.to_owned())),
            None if path.starts_with('/') => {
                let address = path.trim_end_matches('/');
                self.addresses.insert(address.to_owned());
            }
            None => {}
        }
    }
}

/// Returns the pair that a file is about: the name of a text in `content/compare/`.
pub fn pair_of(path: &SourcePath) -> Option<&str> {
    let is_pair = path.folder() == FOLDER && path.extension() == "md";
    Some(path.stem()).filter(|stem| is_pair && stem.contains(BETWEEN))
}

/// Collects what published articles, records and lists link to.
pub(super) fn linked<'a>(
    articles: impl Iterator<Item = &'a Arc<Article>>,
    records: impl Iterator<Item = &'a RecordFileNames>,
    inputs: &Inputs,
) -> LinkedPairs {
    let mut linked = LinkedPairs::default();
    articles.for_each(|article| linked.add_article(article));
    records.for_each(|record| linked.add_record(record));
    linked.add_lists(inputs);
    linked
}
