//! A site of another generator: its files come in; its articles, and what is known of its addresses, go
//! out. What differs from generator to generator stands in a file for each.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::front;
use super::keys::Keys;
use super::page::{Front, Page, Shape};
use super::tag::Tag;
use crate::data::{Table, Value, parse_toml, parse_yaml};
use crate::diag::Diagnostics;
use crate::import::upstream::{bytes, ending};
use crate::import::{Fault, LossReport, Upstream, Where};
use crate::path::slugify;
use crate::source::Source;

/// What the report calls articles.
pub const ARTICLES: &str = "articles";

/// The files of a site.
pub struct Files<'f> {
    pub upstream: &'f dyn Upstream,
    names: BTreeSet<&'f str>,
}

/// A site as it was.
#[derive(Debug, Default)]
pub struct OldSite {
    pub pages: Vec<Page>,
    /// Its address, without a final `/`.
    pub base_url: Option<String>,
    /// Folders whose files were published from the root of the site; empty for the site's own folder.
    pub statics: Vec<String>,
    /// The folder from which the files of articles are counted in links.
    pub content: String,
}

/// Where an article stands, and what it says of itself.
#[derive(Debug, Default)]
pub struct Placed {
    pub front: Front,
    pub folder: Vec<String>,
    /// A name, of which the slug is made.
    pub slug: String,
    pub shape: Shape,
    pub addresses: Vec<String>,
}

impl<'f> Files<'f> {
    /// Takes the files that are imported, without those of other people's packages.
    pub fn new(upstream: &'f dyn Upstream) -> Self {
        let names = upstream.names().iter().map(String::as_str);
        let is_own = |name: &&str| {
            !name
                .split('/')
                .any(|part| matches!(part, "node_modules" | "vendor"))
        };
        Self {
            upstream,
            names: names.filter(is_own).collect(),
        }
    }

    /// Returns the names of all files.
    pub fn names(&self) -> impl Iterator<Item = &'f str> + '_ {
        self.names.iter().copied()
    }

    /// Returns true if there is a file of a name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Returns true if a folder has files.
    pub fn has_folder(&self, folder: &str) -> bool {
        let inside = format!("{folder}/");
        let next = self
            .names
            .range::<str, _>((Bound::Included(inside.as_str()), Bound::Unbounded))
            .next();
        next.is_some_and(|name| name.starts_with(&inside))
    }

    /// Reads a file as text.
    pub fn text(&self, name: &str) -> Result<Source, Fault> {
        let bytes = bytes(self.upstream, name).map_err(|error| {
            Fault::new(
                format!("this file cannot be read: {error}"),
                "make it readable, or remove it",
            )
            .at(Where::file(name))
        })?;
        front::text(name, &bytes)
    }

    /// Reads the first of some files that is there: TOML, YAML or JSON. One that cannot be read says nothing.
    pub fn config(&self, names: &[&str]) -> Table {
        let name = names.iter().find(|name| self.has(name));
        let Some(source) = name.and_then(|name| self.text(name).ok()) else {
            return Table::default();
        };
        let mut unsaid = Diagnostics::default();
        let path = &source.path;
        let table = match path.extension() {
            "toml" => parse_toml(path, &source.text, 0, &mut unsaid),
            "json" => serde_json::from_str(&source.text)
                .ok()
                .map(|object| front::table_of(&object)),
            _ => parse_yaml(path, &source.text, 0, &mut unsaid),
        };
        table.unwrap_or_default()
    }
}

/// Whether a file without front matter is an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bare {
    Article,
    /// It is something else, such as a readme.
    Other,
}

/// Reads articles one by one.
pub struct Reader<'r> {
    pub files: &'r Files<'r>,
    pub report: &'r mut LossReport,
    pub bare: Bare,
    /// Finds the tags of a body.
    pub tags: fn(&str) -> Vec<Tag>,
    pub pages: Vec<Page>,
}

impl Reader<'_> {
    /// Reads a file. `place` says where it stands, or that it is none.
    pub fn read(
        &mut self,
        name: &str,
        place: impl FnOnce(&mut Keys<'_>, &Source) -> Option<Placed>,
    ) {
        let read = self
            .files
            .text(name)
            .and_then(|source| front::read(&source).map(|parts| (source, parts)));
        let (source, parts) = match read {
            Ok(read) => read,
            Err(fault) => {
                self.report.read(ARTICLES);
                let place = fault.place.clone().unwrap_or_else(|| Where::file(name));
                self.report.drop(ARTICLES, fault.message, place);
                return;
            }
        };
        if !parts.has_front && self.bare == Bare::Other {
            return;
        }
        self.report.read(ARTICLES);
        if parts.is_program {
            let why = "front matter that is a program, which is not run";
            self.report.drop(ARTICLES, why, Where::file(name).row(1));
        }
        let mut keys = Keys::new(parts.keys, &source, self.report);
        let placed = place(&mut keys, &source);
        keys.leave("");
        let Some(mut placed) = placed else { return };
        // `index.md` is the page of its folder for all of them.
        if placed.shape == Shape::File && slug(&placed.slug) == "index" {
            placed.shape = Shape::Index;
        }
        self.report.joined(ARTICLES);
        let tags = (self.tags)(&source.text[parts.body..]);
        self.pages.push(Page {
            file: name.to_owned(),
            row: None,
            tags,
            text: source.text,
            body: parts.body,
            front: placed.front,
            folder: placed.folder.iter().map(|name| slug(name)).collect(),
            slug: slug(&placed.slug),
            shape: placed.shape,
            addresses: placed.addresses,
        });
    }

    /// Says that a file is no Markdown.
    pub fn other(&mut self, name: &str) {
        let what = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        self.report.drop(
            ARTICLES,
            format!("a page in `.{what}`, which is not Markdown"),
            Where::file(name),
        );
    }
}

/// Returns the slug of a name: of one without letters, too.
pub fn slug(name: &str) -> String {
    let slug = slugify(name);
    if slug.is_empty() {
        "page".to_owned()
    } else {
        slug
    }
}

/// Returns true if a file is Markdown by its name.
pub fn is_markdown(name: &str) -> bool {
    matches!(
        ending(name).as_str(),
        "md" | "markdown" | "mkd" | "mkdown" | "mdown"
    )
}

/// Splits a path into its folders and the name of its file without its ending.
pub fn split(path: &str) -> (Vec<String>, &str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folders = folder.split('/').filter(|name| !name.is_empty());
    (folders.map(str::to_owned).collect(), stem)
}

/// Makes an address of names of folders: `/a/b/`.
pub fn address<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut address = "/".to_owned();
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        address.push_str(name);
        address.push('/');
    }
    address
}

/// Returns a text of a configuration.
pub fn text_of(table: &Table, name: &str) -> Option<String> {
    match &table.get(name)?.value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// Returns the table of a key of a configuration.
pub fn table_of(table: &Table, name: &str) -> Option<Table> {
    match &table.get(name)?.value {
        Value::Table(table) => Some(table.clone()),
        _ => None,
    }
}

/// Returns an address without its final `/`.
pub fn base_url(text: Option<String>) -> Option<String> {
    let text = text?;
    let url = text.trim_end_matches('/');
    (url.starts_with("http://") || url.starts_with("https://")).then(|| url.to_owned())
}

/// Finds `name: "text"` in a program, as far as that can be seen without running it.
pub fn said_in(program: &str, name: &str) -> Option<String> {
    for (at, _) in program.match_indices(name) {
        if program[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-')) {
            continue;
        }
        let rest = program[at + name.len()..]
            .trim_start_matches(['"', '\''])
            .trim_start();
        let Some(rest) = rest.strip_prefix(':') else {
            continue;
        };
        let rest = rest.trim_start();
        let Some(quote) = rest
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\'' | '`'))
        else {
            continue;
        };
        return rest[1..].split(quote).next().map(str::to_owned);
    }
    None
}
