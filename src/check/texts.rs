//! Markdown outside of articles: the texts of records, lists and parameters come in, diagnostics go
//! out.

use std::cell::RefCell;
use std::sync::OnceLock;

use crate::content::{Call, Host, ImageUse, Placement, Shape, record_faults};
use crate::data::Md;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::layout::Layout;
use crate::layout::links::{self, Target};
use crate::ordered;
use crate::path::SourcePath;
use crate::site::{Site, home_file, site_file};
use crate::source::Span;
use crate::view::ViewContext;
use crate::view::text;

/// Resolves the links of a text while it is checked.
struct Resolver<'c> {
    site: &'c Site,
    layout: &'c Layout,
    /// The file that links are relative to.
    from: &'c SourcePath,
    /// The links that lead somewhere.
    found: RefCell<Vec<Found>>,
    /// Findings about links to what is not published.
    notes: RefCell<Vec<Diagnostic>>,
}

/// A link that was resolved.
struct Found {
    /// The link as pages write it.
    href: String,
    /// Its place in the text.
    span: Span,
}

impl Resolver<'_> {
    fn target(&self, link: &str, span: &Span) -> Result<Target, Diagnostic> {
        let mut target = links::resolve(self.site, self.layout, self.from, link, None)
            .map_err(|fault| fault.at(self.from, span.clone()))?;
        if let Some(note) = target.note.take() {
            let note = note.at(self.from, span.clone());
            self.notes.borrow_mut().push(note);
        }
        Ok(target)
    }
}

impl Host for Resolver<'_> {
    fn link(&self, link: &str, span: Span) -> Result<String, Diagnostic> {
        let target = self.target(link, &span)?;
        let href = target.href.clone();
        self.found.borrow_mut().push(Found { href, span });
        Ok(target.href)
    }

    fn image(&self, link: &str, span: Span) -> Result<ImageUse, Diagnostic> {
        let target = self.target(link, &span)?;
        Ok(text::use_of(self.site, self.layout, target))
    }

    fn shortcode(&self, _: &Call, _: Option<String>, _: Placement) -> Result<String, Diagnostic> {
        Ok(String::new())
    }
}

/// Checks the Markdown of records, lists and parameters, and the sources that texts name.
pub(super) fn check(site: &Site, layout: &Layout, diagnostics: &mut Diagnostics) {
    let lists = site.config.lists();
    let of_roles = site.all_roles().map(|role| (&role.text_source, &role.path));
    let frameworks = site.frameworks.values();
    let of_frameworks = frameworks.map(|framework| (&framework.text_source, &framework.path));
    for (source, path) in of_roles.chain(of_frameworks) {
        if let Some(source) = source {
            lists.check_source(source, path, diagnostics);
        }
    }
    each_text(site, |text, shape| {
        if let Some(source) = &text.source {
            lists.check_source(source, &text.path, diagnostics);
        }
        diagnostics.extend(check_text(site, layout, text, shape).diagnostics);
    });
}

/// The places of the links in records, lists and parameters. The texts are read when the first
/// place is asked for.
pub struct WrittenLinks<'p> {
    cx: ViewContext<'p>,
    places: OnceLock<ordered::Map<String, Place>>,
}

impl<'p> WrittenLinks<'p> {
    /// Returns an empty value.
    pub fn new(cx: ViewContext<'p>) -> Self {
        Self {
            cx,
            places: OnceLock::new(),
        }
    }

    /// Returns the place where a link of a page was written.
    pub fn place(&self, href: &str) -> Option<&Place> {
        self.places.get_or_init(|| self.read()).get(href)
    }

    /// Reads all texts.
    fn read(&self) -> ordered::Map<String, Place> {
        let mut places = ordered::Map::default();
        each_text(self.cx.site, |text, shape| {
            for Link { href, place } in check_text(self.cx.site, self.cx.layout, text, shape).links
            {
                places.entry(href).or_insert(place);
            }
        });
        places
    }
}

/// What a check of a text found.
struct Checked {
    diagnostics: Vec<Diagnostic>,
    links: Vec<Link>,
}

/// A link of a text.
struct Link {
    /// The link as pages write it.
    href: String,
    place: Place,
}

/// Checks one text.
fn check_text(site: &Site, layout: &Layout, text: &Md, shape: Shape) -> Checked {
    // Links of the configuration are relative to the home page.
    let home = home_file();
    let from = if text.path == site_file() {
        &home
    } else {
        &text.path
    };
    let resolver = Resolver {
        site,
        layout,
        from,
        found: RefCell::default(),
        notes: RefCell::default(),
    };
    let faults = record_faults(&text.text, shape, &site.theme.markdown, &resolver);
    let notes = resolver.notes.into_inner();
    let link = |Found { href, span }| {
        // `placed` turns a place in the text into one in the file.
        let here = Diagnostic::error(Code::DanglingAnchor, "").at(from, span);
        let place = text.placed(here).place?;
        Some(Link { href, place })
    };
    let found = resolver.found.into_inner();
    let diagnostics = faults.into_iter().chain(notes);
    Checked {
        diagnostics: diagnostics.map(|fault| text.placed(fault)).collect(),
        links: found.into_iter().filter_map(link).collect(),
    }
}

/// Calls back for every text, with the shape in which pages show it.
fn each_text(site: &Site, mut found: impl FnMut(&Md, Shape)) {
    let config = &site.config;
    for role in site.all_roles() {
        role.each_text(&mut found);
    }
    for framework in site.frameworks.values() {
        framework.each_text(&mut found);
    }
    let skills = config.skills.values();
    let sources = config.sources.values();
    let categories = config.categories.iter();
    let authors = config.authors.values();
    let positions = site.positions.iter();
    let lists = skills
        .filter_map(|skill| skill.row.description.as_ref())
        .chain(sources.filter_map(|source| source.row.note.as_ref()))
        .chain(categories.filter_map(|(_, category)| category.row.description.as_ref()))
        .chain(authors.filter_map(|author| author.row.bio.as_ref()))
        .chain(positions.filter_map(|position| position.description.as_ref()));
    for text in lists.chain(&site.texts) {
        found(text, Shape::Block);
    }
}
