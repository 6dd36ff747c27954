//! Outputs: pages, generated files, assets and files beside articles come in, a map with one owner per path goes out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use rayon::prelude::*;

use super::address::written;
use super::{File, Picture, Plan, Target};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::kind::Kind;
use crate::path::{OutPath, SourcePath, UrlPath};

/// Something that will be written.
#[derive(Clone, Debug)]
pub struct Output {
    pub what: What,
    /// Where the site asks for it, when that is not its own file: aliases and redirects.
    asked: Option<Place>,
}

/// What a file of the output holds.
#[derive(Clone, Debug)]
pub enum What {
    /// A page, by its index.
    Page(usize),
    File(File),
    /// A file of the theme or of `static/`, by its index.
    Asset(usize),
    /// A file of `content/`, as it is.
    Beside(SourcePath),
    Picture(Picture),
    /// A file of the search index, by its place among them.
    Search(usize),
}

impl What {
    /// Whether a site's own file of that name takes its place. A sitemap or a feed of another hand would be stale unseen.
    fn gives_way(&self) -> bool {
        matches!(self, Self::Picture(_) | Self::File(File::Robots | File::Manifest | File::Llms | File::Headers | File::Redirects))
    }
}

/// Outputs while they are collected; paths that differ only in case or Unicode form are one.
struct Collector<'f> {
    plan: &'f Plan,
    outputs: BTreeMap<OutPath, Output>,
    /// Paths that are not their own folded form, by that form.
    odd: BTreeMap<String, OutPath>,
    contested: BTreeSet<OutPath>,
    faults: &'f mut Diagnostics,
}

/// A path, and the form in which file systems compare it when that is another one.
type Folded = (OutPath, Option<String>);

impl Output {
    fn of(what: What) -> Self {
        Self { what, asked: None }
    }
}

impl Plan {
    /// The paths of all pages, in their order.
    pub(super) fn page_paths(&self) -> Vec<Folded> {
        self.pages.par_iter().map(|page| folded(page.url.output())).collect()
    }

    pub(super) fn add_outputs(&mut self, pages: Vec<Folded>, faults: &mut Diagnostics) {
        let mut all = Collector { plan: self, outputs: BTreeMap::new(), odd: BTreeMap::new(), contested: BTreeSet::new(), faults };
        pages.into_iter().enumerate().for_each(|(index, path)| all.add(path, Output::of(What::Page(index))));
        self.collect_beside(&mut all);
        for (index, asset) in self.site.theme.assets.files.iter().enumerate() {
            all.add(folded(asset.out.clone()), Output::of(What::Asset(index)));
        }
        let files = self.files().into_iter().map(|(url, file)| (url, What::File(file)));
        let pictures = self.pictures().into_iter().map(|(url, picture)| (url, What::Picture(picture)));
        let index = self.search_urls().into_iter().enumerate().map(|(number, url)| (url, What::Search(number)));
        for (url, what) in files.chain(pictures).chain(index) {
            let is_own = all.outputs.get(&url.output()).is_some_and(|output| matches!(output.what, What::Asset(_) | What::Beside(_)));
            if !(is_own && what.gives_way()) {
                all.add(folded(url.output()), Output::of(what));
            }
        }
        self.collect_aliases(&mut all);
        let Collector { outputs, contested, .. } = all;
        let layout = self.lay_out();
        layout.outputs = outputs;
        layout.contested = contested;
        self.collect_redirects(faults);
        self.part_files_and_folders(faults);
    }

    /// No disk holds a file and a folder of one name. Nearly all files are the `index.html` of a folder, of which none is
    /// called so.
    fn part_files_and_folders(&mut self, faults: &mut Diagnostics) {
        let odd: BTreeMap<String, &OutPath> = self.outputs.keys().filter_map(|path| Some((path.folded()?, path))).collect();
        let in_folder = |folder: &str| {
            let is_in = |path: &str| path.starts_with(folder);
            let index = || self.outputs.get_key_value(format!("{folder}index.html").as_str());
            let from = (Bound::Included(folder), Bound::Unbounded);
            let plain = || self.outputs.range::<str, _>(from).next().filter(|(path, _)| is_in(path.as_str()));
            let odd = || odd.range::<str, _>(from).next().filter(|(path, _)| is_in(path)).and_then(|(_, path)| self.outputs.get_key_value(path.as_str()));
            index().or_else(plain).or_else(odd)
        };
        let has_odd_index = self.outputs.keys().any(|path| memchr::memmem::find(path.as_str().as_bytes(), b"index.html/").is_some());
        let can_be_folder = |path: &&OutPath| has_odd_index || !path.as_str().ends_with("index.html");
        let mut contested = vec![];
        for file in self.outputs.keys().filter(can_be_folder) {
            let folder = format!("{}/", file.folded().as_deref().unwrap_or(file.as_str()));
            let Some((inside, output)) = in_folder(&folder) else { continue };
            let ((file_owner, file_place), (owner, place)) = (self.owner(&self.outputs[file]), self.owner(output));
            let message = format!("{file_owner} wants to be the file {file}, which {owner} needs as a folder, for {inside}");
            let mut fault = Diagnostic::error(Code::SameUrl, message);
            fault.related.extend(place.as_ref().and(file_place.clone()).map(|place| ("the file comes from here".to_owned(), place)));
            fault.place = place.or(file_place);
            faults.push(fault.help("give one of them another `slug`, file name or alias"));
            contested.extend([file.clone(), inside.clone()]);
        }
        self.lay_out().contested.extend(contested);
    }

    fn collect_beside(&self, all: &mut Collector<'_>) {
        for path in self.site.beside.keys() {
            match self.beside_url(path) {
                Some(url) => all.add(folded(url.output()), Output::of(What::Beside(path.clone()))),
                None => {
                    let fault = Diagnostic::error(
                        Code::FileName,
                        format!("`{}` cannot be published: its name, or a folder's, cannot stand in an address", path.name()),
                    );
                    all.faults.push(fault.at_file(path).help("rename the file; plain letters, digits, `-` and `.` work everywhere"));
                }
            }
        }
    }

    /// Redirect pages for the old addresses that articles and roles name.
    fn collect_aliases(&self, all: &mut Collector<'_>) {
        for page in self.pages.iter().filter(|page| page.number == 1) {
            let prose = self.prose(page).map(|article| (&article.path, article.front.aliases.as_slice()));
            let role = page.subject.role().and_then(|id| self.site.role(id)).filter(|_| page.kind == Kind::Hub);
            let record = role.map(|role| (&role.path, role.publication.aliases.as_slice()));
            for (path, aliases) in prose.into_iter().chain(record) {
                for alias in aliases {
                    let Some(url) = all.faults.take(written(&alias.value, path, &alias.span)) else { continue };
                    let file = File::Redirect { from: url.clone(), to: self.permalink(&page.url), title: page.title.clone() };
                    all.add(folded(url.output()), Output { what: What::File(file), asked: Some(Place::new(path, alias.span.clone())) });
                }
            }
        }
    }

    /// `[[redirects]]` of site.toml. They come last, for their targets may be any output.
    fn collect_redirects(&mut self, faults: &mut Diagnostics) {
        if self.site.config.site.redirects.is_empty() {
            return;
        }
        let rows = self.site.config.site.redirects.iter();
        let found: Vec<_> = rows.filter_map(|row| faults.take(self.written_redirect(row)).flatten()).collect();
        let outputs = std::mem::take(&mut self.lay_out().outputs);
        let odd = outputs.keys().filter_map(|path| Some((path.folded()?, path.clone()))).collect();
        let mut all = Collector { plan: self, outputs, odd, contested: BTreeSet::new(), faults };
        found.into_iter().for_each(|(path, output)| all.add(folded(path), output));
        let Collector { outputs, .. } = all;
        self.lay_out().outputs = outputs;
    }

    /// None for one that leads to what is not published; what is to be said of that is said where all links of files are checked.
    fn written_redirect(&self, row: &crate::config::Redirect) -> Result<Option<(OutPath, Output)>, Diagnostic> {
        let site_file = crate::site::site_file();
        let url = written(&row.from.value, &site_file, &row.from.span)?;
        let target = self.redirect_target(row).map_err(|fault| fault.at(&site_file, row.to.span.clone()))?;
        let Some(to) = target.link().map(|href| self.whole(&href)) else { return Ok(None) };
        let file = File::Redirect { from: url.clone(), to, title: self.site.config.site.title.clone() };
        Ok(Some((url.output(), Output { what: What::File(file), asked: Some(Place::new(&site_file, row.from.span.clone())) })))
    }

    /// Where a redirect leads: an address of this site or elsewhere, or a file of `content/`.
    pub(super) fn redirect_target(&self, row: &crate::config::Redirect) -> Result<Target, Diagnostic> {
        self.resolve(&crate::site::home_file(), &row.to.value, None)
    }

    /// The owner of an output in words, and where it stands.
    pub(super) fn owner(&self, Output { what, asked }: &Output) -> (String, Option<Place>) {
        let whole = |path: &SourcePath| (path.to_string(), Some(Place::new(path, 0..0)));
        match (what, asked) {
            (What::Page(index), _) => self.owner_of_page(&self.pages[*index]),
            (What::File(File::Redirect { from, .. }), Some(asked)) if asked.path == crate::site::site_file() => {
                (format!("the redirect from {}", from.as_str()), Some(asked.clone()))
            }
            (What::File(File::Redirect { from, .. }), Some(asked)) => (format!("the alias {} of {}", from.as_str(), asked.path), Some(asked.clone())),
            (What::File(_), _) => ("a file that Rungs generates".to_owned(), None),
            (What::Picture(_), _) => ("a picture that Rungs draws".to_owned(), None),
            (What::Search(_), _) => ("a file of the search index".to_owned(), None),
            (What::Asset(index), _) => whole(&self.site.theme.assets.files[*index].path),
            (What::Beside(path), _) => whole(path),
        }
    }

    fn owner_of_page(&self, page: &super::Page) -> (String, Option<Place>) {
        let data = self.source_of(page);
        let owner = match (&page.prose, &data) {
            (Some(prose), _) => prose.to_string(),
            (None, Some(path)) => format!("the {} page of {path}", page.kind),
            (None, None) => format!("the generated page \"{}\"", page.title),
        };
        (owner, page.prose.clone().or(data).map(|path| Place::new(&path, 0..0)))
    }

    /// The file that a page is made of, for messages: its prose, or else its data.
    pub fn source_path(&self, page: &super::Page) -> Option<SourcePath> {
        page.prose.clone().or_else(|| self.source_of(page))
    }

    /// The data file that a page without prose is made of.
    pub(super) fn source_of(&self, page: &super::Page) -> Option<SourcePath> {
        use super::Subject;
        match &page.subject {
            Subject::Role(id) | Subject::Levels(id, ..) | Subject::Roles(id, _) => self.site.role(id).map(|role| role.path.clone()),
            Subject::Position(role, id) => self.site.role(role)?.position(id).map(|position| position.path.clone()),
            Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => self.site.frameworks.get(id).map(|framework| framework.path.clone()),
            Subject::Article(path, _) | Subject::Section(path) => Some(path.clone()),
            Subject::Category(id) => self.site.config.categories.iter().find(|(other, _)| other == id).map(|(_, row)| row.path.clone()),
            Subject::Skill(id) => self.site.config.skills.get(id).map(|skill| skill.path.clone()),
            Subject::Site | Subject::Tag(_) => None,
        }
    }
}

impl Collector<'_> {
    /// Gives a path to its owner, or says who has it already.
    fn add(&mut self, (path, folded): Folded, output: Output) {
        let form = folded.as_deref().unwrap_or(path.as_str());
        let taken = self.outputs.get_key_value(form).or_else(|| self.outputs.get_key_value(self.odd.get(form)?));
        let Some((taken, first)) = taken else {
            self.odd.extend(folded.map(|folded| (folded, path.clone())));
            self.outputs.insert(path, output);
            return;
        };
        let same = if *taken == path { String::new() } else { format!(", as {taken}, which many file systems take for the same") };
        let ((first, first_place), (owner, place)) = (self.plan.owner(first), self.plan.owner(&output));
        let mut fault = Diagnostic::error(Code::SameUrl, format!("{first} and {owner} both want to be {}{same}", address(&path)));
        fault.related.extend(place.as_ref().and(first_place.clone()).map(|place| ("the other owner is here".to_owned(), place)));
        fault.place = place.or(first_place);
        self.contested.insert(taken.clone());
        self.faults.push(fault.help("give one of them another `slug`, file name or alias"));
    }
}

fn folded(path: OutPath) -> Folded {
    let folded = path.folded();
    (path, folded)
}

/// The address of a file of the output, without the base path.
pub(super) fn address(path: &OutPath) -> String {
    match path.as_str().strip_suffix("index.html") {
        Some(folder) => format!("/{folder}"),
        None => format!("/{path}"),
    }
}

/// The address of a generated file at the root of the site.
pub(super) fn root_file(name: &str) -> Option<UrlPath> {
    UrlPath::new(&format!("/{name}")).ok()
}
