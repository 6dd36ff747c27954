//! Collects outputs: each comes in with its path, a map goes out. A path that two owners want is an
//! error.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::owner::{Owner, owner};
use crate::data::At;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::kind::Kind;
use crate::layout::address::{of_output, written};
use crate::layout::links::beside_url;
use crate::layout::output::File;
use crate::layout::output::{Output, OutputKind};
use crate::layout::{Layout, Page, page};
use crate::path::{OutPath, SourcePath};
use crate::site::Site;

/// Outputs while they are collected. Paths that differ only in letter case or Unicode form are one
/// path, because many file systems take them for one.
pub struct Collector<'f> {
    site: &'f Site,
    layout: &'f Layout,
    outputs: BTreeMap<OutPath, Output>,
    /// Paths that are not their own folded form, by that form.
    unfolded: BTreeMap<String, OutPath>,
    contested: BTreeSet<OutPath>,
    diagnostics: &'f mut Diagnostics,
}

/// What a collector found.
pub struct Collected {
    pub outputs: BTreeMap<OutPath, Output>,
    /// Paths that two owners want.
    pub contested: BTreeSet<OutPath>,
}

/// A path with the form in which file systems compare it, if that is another one.
pub struct FoldedPath {
    path: OutPath,
    folded: Option<String>,
}

impl FoldedPath {
    pub fn of(path: OutPath) -> Self {
        let folded = path.folded();
        Self { path, folded }
    }
}

impl<'f> Collector<'f> {
    /// Returns a collector that begins with some outputs.
    pub fn new(
        site: &'f Site,
        layout: &'f Layout,
        outputs: BTreeMap<OutPath, Output>,
        diagnostics: &'f mut Diagnostics,
    ) -> Self {
        let paths = outputs.keys();
        let unfolded = paths
            .filter_map(|path| Some((path.folded()?, path.clone())))
            .collect();
        Self {
            site,
            layout,
            outputs,
            unfolded,
            contested: BTreeSet::new(),
            diagnostics,
        }
    }

    pub fn finish(self) -> Collected {
        Collected {
            outputs: self.outputs,
            contested: self.contested,
        }
    }

    /// Gives a path to its owner, or reports that another one has it.
    pub fn add(&mut self, FoldedPath { path, folded }: FoldedPath, output: Output) {
        let form = folded.as_deref().unwrap_or(path.as_str());
        let taken = self
            .outputs
            .get_key_value(form)
            .or_else(|| self.outputs.get_key_value(self.unfolded.get(form)?));
        let Some((taken, first)) = taken else {
            if let Some(folded) = folded {
                self.unfolded.insert(folded, path.clone());
            }
            self.outputs.insert(path, output);
            return;
        };
        let same = if *taken == path {
            String::new()
        } else {
            format!(", as {taken}, which many file systems take for the same")
        };
        let first = owner(self.site, self.layout, first);
        let second = owner(self.site, self.layout, &output);
        let message = format!(
            "{} and {} both want to be {}{same}",
            first.words,
            second.words,
            of_output(&path)
        );
        let label = "the other owner is here";
        self.diagnostics
            .push(conflict(message, second, first, label));
        self.contested.insert(taken.clone());
    }

    /// Adds the pages.
    pub fn collect_pages(&mut self) {
        let pages = self.layout.pages.whole().par_iter();
        let paths: Vec<FoldedPath> = pages
            .map(|page| FoldedPath::of(page.url.output()))
            .collect();
        for (index, path) in paths.into_iter().enumerate() {
            self.add(path, Output::of(OutputKind::Page(index)));
        }
    }

    /// Adds the files of `content/` that are published as they are.
    pub fn collect_colocated(&mut self) {
        for path in self.site.colocated_files.keys() {
            if let Some(url) = beside_url(self.site, self.layout, path) {
                let output = Output::of(OutputKind::Colocated(path.clone()));
                self.add(FoldedPath::of(url.output()), output);
                continue;
            }
            let message = format!(
                "`{}` cannot be published: its name, or a folder's, cannot stand in an address",
                path.name()
            );
            let help = "rename the file; plain letters, digits, `-` and `.` work everywhere";
            let error = Diagnostic::error(Code::FileName, message);
            self.diagnostics.push(error.at_file(path).help(help));
        }
    }

    /// Adds the files of the theme and of `static/`.
    pub fn collect_assets(&mut self) {
        for (index, asset) in self.site.theme.assets.files.iter().enumerate() {
            let output = Output::of(OutputKind::Asset(index));
            self.add(FoldedPath::of(asset.out.clone()), output);
        }
    }

    /// Adds what Rungs makes and what is no page.
    pub fn collect_generated(&mut self) {
        let files = crate::layout::files::files(self.site, self.layout);
        let files = files
            .into_iter()
            .map(|(url, file)| (url, OutputKind::File(file)));
        let pictures = crate::layout::picture::pictures(self.site, self.layout);
        let pictures = pictures
            .into_iter()
            .map(|(url, picture)| (url, OutputKind::Picture(picture)));
        let index = crate::layout::search::search_urls(self.layout);
        let index = index
            .into_iter()
            .enumerate()
            .map(|(number, url)| (url, OutputKind::Search(number)));
        for (url, what) in files.chain(pictures).chain(index) {
            let taken = self.outputs.get(&url.output()).map(|output| &output.what);
            let is_of_site = matches!(taken, Some(OutputKind::Asset(_) | OutputKind::Colocated(_)));
            if !(is_of_site && what.gives_way()) {
                self.add(FoldedPath::of(url.output()), Output::of(what));
            }
        }
    }

    /// Adds redirect pages for the old addresses that articles and roles name.
    pub fn collect_aliases(&mut self) {
        for page in self
            .layout
            .pages
            .whole()
            .iter()
            .filter(|page| page.number == 1)
        {
            if let Some(article) = page::prose(self.site, page) {
                for alias in &article.front.aliases {
                    self.collect_alias(page, &article.path, alias);
                }
            }
            let role = page.subject.role().and_then(|id| self.site.role(id));
            if let Some(role) = role
                && page.kind == Kind::Hub
            {
                for alias in &role.publication.aliases {
                    self.collect_alias(page, &role.path, alias);
                }
            }
        }
    }

    fn collect_alias(&mut self, page: &Page, path: &SourcePath, alias: &At<String>) {
        let url = written(&alias.value, path, &alias.span);
        let Some(url) = self.diagnostics.take(url) else {
            return;
        };
        let file = File::Redirect {
            from: url.clone(),
            to: self.site.config.permalink(&page.url),
            title: page.title.clone(),
        };
        let output = Output {
            what: OutputKind::File(file),
            asked: Some(Place::new(path, alias.span.clone())),
        };
        self.add(FoldedPath::of(url.output()), output);
    }
}

/// Returns the error about two owners of one path, at the place of the first that has one.
///
/// `label` explains the place of the other owner.
pub(super) fn conflict(message: String, owner: Owner, other: Owner, label: &str) -> Diagnostic {
    let mut error = Diagnostic::error(Code::SameUrl, message);
    match (owner.place, other.place) {
        (Some(place), Some(other)) => {
            error.place = Some(place);
            error.related.push((label.to_owned(), other));
        }
        (place, other) => error.place = place.or(other),
    }
    error.help("give one of them another `slug`, file name or alias")
}
