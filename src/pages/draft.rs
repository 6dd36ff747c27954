//! Finds the pages of a site: a site comes in, a [`Layout`] goes out.
//!
//! Every kind drafts its pages. A draft is a function of the site alone, so the order of kinds does
//! not matter.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{ALL, About, Made, PageKind, parts, section};
use crate::data::Id;
use crate::diag::{Diagnostic, Diagnostics};
use crate::kind::{Facts, Kind, Kinds};
use crate::layout::address::{Placeholders, address, folder_of, made_of, role_slug};
use crate::layout::lists::Lists;
use crate::layout::pair;
use crate::layout::skills::{self, SkillUse};
use crate::layout::{Builder, Layout, Page, Subject, Unpublished, groups, page};
use crate::path::{SourcePath, UrlPath, slugify};
use crate::role::{Framework, Role};
use crate::site::Site;
use crate::source::Span;
use crate::wording::Wording;

/// Everything that drafts are made from.
pub struct Drafting<'a> {
    pub site: &'a Site,
    pub wording: Wording<'a>,
    /// The skills that roles want.
    pub skills_in_use: &'a BTreeMap<Id, SkillUse>,
    /// The tags in use, by slug, in their first spelling.
    pub tags: &'a BTreeMap<String, String>,
    /// The lists that may fall into parts.
    pub lists: &'a Lists,
    /// The pairs of roles that have a page, sorted by id.
    pub pairs: &'a [(&'a Role, &'a Role)],
}

/// A drafted page, or a page that could be made and is not.
pub enum Drafted {
    Page(Box<Draft>),
    /// The file name that the prose of the page would have.
    Unmade(Option<SourcePath>),
}

impl Drafted {
    /// Returns a drafted page.
    pub fn page(draft: Draft) -> Self {
        Self::Page(Box::new(draft))
    }
}

/// A page before its prose is looked at.
pub struct Draft {
    pub subject: Subject,
    pub url: Result<UrlPath, Diagnostic>,
    /// The file name that links use for the page.
    pub name: Option<SourcePath>,
    pub title: String,
    /// The number of this page of a paginated index, from 1.
    pub number: usize,
}

/// Finds all pages of a site and lays them out, with everything else that will be published.
pub fn lay_out(site: &Site, wording: Wording<'_>, diagnostics: &mut Diagnostics) -> Layout {
    let unpublished = site.everything().map(|site| {
        let wording = Wording {
            config: &site.config,
            ..wording
        };
        let layout = laid_out(&site, wording, None, &mut Diagnostics::default());
        Box::new(Unpublished { layout, site })
    });
    laid_out(site, wording, unpublished, diagnostics)
}

/// Lays out a site. `unpublished` is the same site with all that is not published.
fn laid_out(
    site: &Site,
    wording: Wording<'_>,
    unpublished: Option<Box<Unpublished>>,
    diagnostics: &mut Diagnostics,
) -> Layout {
    let ((tags, pairs), skills_in_use) = rayon::join(
        || (groups::tags(site), pair::made_pairs(site)),
        || skills::in_use(site),
    );
    let lists = Lists::of(site, &wording, &tags, &skills_in_use, &pairs);
    let drafting = Drafting {
        site,
        wording,
        lists: &lists,
        pairs: &pairs,
        tags: &tags,
        skills_in_use: &skills_in_use,
    };
    let drafts: Vec<Vec<Drafted>> = ALL
        .par_iter()
        .map(|kind| (kind.drafts)(&drafting))
        .collect();
    let mut builder = Builder::new(site, &super::KINDS);
    for (kind, drafts) in ALL.iter().zip(drafts) {
        for drafted in drafts {
            match drafted {
                Drafted::Unmade(name) => builder.leave_out(kind.kind, name),
                Drafted::Page(draft) => add(*draft, kind.kind, &mut builder, diagnostics),
            }
        }
    }
    let mut layout = builder.grouped(&wording, tags, skills_in_use, lists, unpublished);
    describe(site, wording, &mut layout);
    layout.with_outputs(site, diagnostics)
}

/// Adds a drafted page. The title of its prose takes the place of the generated one.
fn add(draft: Draft, kind: Kind, builder: &mut Builder<'_>, diagnostics: &mut Diagnostics) {
    let Draft {
        subject,
        url,
        name,
        title,
        number,
    } = draft;
    let Some(url) = diagnostics.take(url) else {
        return;
    };
    let prose = name.as_ref().and_then(|name| builder.site.article(name));
    builder.add(Page {
        kind,
        subject,
        url,
        title: prose
            .and_then(|article| article.front.title.clone())
            .unwrap_or(title),
        description: String::new(),
        prose: prose.map(|article| article.path.clone()),
        name,
        number,
        sections: Box::default(),
    });
}

/// Sets the sections and the descriptions of all pages. Both depend on which pages there are.
fn describe(site: &Site, wording: Wording<'_>, layout: &mut Layout) {
    let sections = of_all_pages(layout, |layout, page| {
        section::shown(&About::of(site, layout, wording, page))
    });
    for (page, sections) in layout.pages.fill().iter_mut().zip(sections) {
        page.sections = sections;
    }
    // A description names sections, so it comes after them.
    let descriptions = of_all_pages(layout, |layout, page| {
        if page.number > 1 {
            return parts::description(layout, wording, page);
        }
        let written = page::prose(site, page).and_then(|article| article.front.description.clone());
        written.unwrap_or_else(|| {
            (super::of(page.kind).description)(&About::of(site, layout, wording, page))
        })
    });
    for (page, description) in layout.pages.fill().iter_mut().zip(descriptions) {
        page.description = description;
    }
}

/// Returns a value for every page.
fn of_all_pages<T: Send>(layout: &Layout, of_page: impl Fn(&Layout, &Page) -> T + Sync) -> Vec<T> {
    let pages = layout.pages.whole().par_iter();
    pages.map(|page| of_page(layout, page)).collect()
}

impl Drafting<'_> {
    /// Returns the address of a page of a kind.
    pub fn address(
        &self,
        kind: &PageKind,
        words: &Placeholders<'_>,
    ) -> Result<UrlPath, Diagnostic> {
        address(&self.site.config.site, kind.kind, kind.permalink, words)
    }

    /// Returns the address of the hub of a role.
    pub fn hub(&self, role: &Role) -> Result<UrlPath, Diagnostic> {
        self.address(
            &super::hub::KIND,
            &Placeholders {
                slug: &role_slug(role),
                category: role.category.as_str(),
                parent: "/",
            },
        )
        .map_err(|fault| placed_at_slug(role, fault))
    }

    /// Returns the address of the page of a framework.
    pub fn framework(&self, framework: &Framework) -> Result<UrlPath, Diagnostic> {
        self.address(
            &super::framework::KIND,
            &Placeholders {
                slug: &slugify(framework.id.as_str()),
                category: "",
                parent: "/",
            },
        )
        .map_err(|fault| made_of(fault, &framework.path, &(0..0)))
    }

    /// Returns the address at which the files of a folder of `content/` are published.
    pub fn folder_address(&self, folder: &str) -> String {
        let hub = |id: &str| self.hub(self.site.roles.get(&Id::new(id)?)?).ok();
        let framework = |id: &str| {
            self.framework(self.site.frameworks.get(&Id::new(id)?)?)
                .ok()
        };
        crate::layout::folder_address(folder, hub, framework)
    }

    /// Returns what `[pages]` of a role, or else of the site, says about a kind.
    pub fn decided(&self, kind: Kind, role: Option<&Role>) -> Option<bool> {
        let of_role = role.and_then(|role| role.pages.get(kind.as_str()));
        of_role
            .or_else(|| self.site.config.site.pages.get(kind.as_str()))
            .copied()
    }
}

/// Drafts a page of a kind for each role that has enough for it, unless `[pages]` decides. A role
/// also gets the page if its author wrote prose for it.
pub(super) fn of_roles(
    drafting: &Drafting<'_>,
    kind: &PageKind,
    has_enough: fn(&Role) -> bool,
) -> Vec<Drafted> {
    let draft = |role: &Role| {
        let name = of_role(role, kind);
        let is_written = || {
            let name = name.as_ref();
            name.is_some_and(|name| drafting.site.article(name).is_some())
        };
        let decided = drafting.decided(kind.kind, Some(role));
        if decided.unwrap_or_else(|| is_written() || has_enough(role)) {
            page_of_role(drafting, kind, role, name).map(Drafted::page)
        } else {
            Some(Drafted::Unmade(name))
        }
    };
    drafting.site.all_roles().filter_map(draft).collect()
}

/// Drafts a page of a role, or nothing if the address of the hub is bad, which is reported there.
fn page_of_role(
    drafting: &Drafting<'_>,
    kind: &PageKind,
    role: &Role,
    name: Option<SourcePath>,
) -> Option<Draft> {
    let hub = drafting.hub(role).ok()?;
    let words = Placeholders {
        slug: &role_slug(role),
        category: role.category.as_str(),
        parent: &folder_of(&hub),
    };
    let url = drafting.address(kind, &words);
    let title = format!("title_{}", kind.kind.key());
    let values = [("role", role.title.as_str())];
    Some(Draft {
        subject: Subject::Role(role.id.clone()),
        url: url.map_err(|fault| placed_at_slug(role, fault)),
        name,
        title: drafting.wording.strings.fill(&title, &values),
        number: 1,
    })
}

/// Returns the Markdown file for the prose of a page of a role.
pub(super) fn of_role(role: &Role, kind: &PageKind) -> Option<SourcePath> {
    named(kind, &[role.id.as_str()])
}

/// Drafts the one page of a kind for the whole site, if there is enough for it, unless `[pages]`
/// decides.
pub fn of_site(drafting: &Drafting<'_>, kind: &PageKind, has_enough: bool) -> Vec<Drafted> {
    let name = named(kind, &[]);
    if !drafting.decided(kind.kind, None).unwrap_or(has_enough) {
        return vec![Drafted::Unmade(name)];
    }
    let words = Placeholders {
        slug: "",
        category: "",
        parent: "/",
    };
    vec![Drafted::page(Draft {
        subject: Subject::Site,
        url: drafting.address(kind, &words),
        name,
        title: match kind.kind {
            Kind::Home => drafting.site.config.site.title.clone(),
            other => drafting
                .wording
                .strings
                .get(&format!("title_{}", other.key()))
                .to_owned(),
        },
        number: 1,
    })]
}

/// An entry of a list, such as skills.toml, that has a page.
pub(super) struct Entry<'a> {
    pub subject: Subject,
    pub title: String,
    /// The place of the entry.
    pub path: &'a SourcePath,
    pub span: &'a Span,
}

/// Drafts the page about one entry of a list.
pub(super) fn of_entry(drafting: &Drafting<'_>, kind: &PageKind, entry: Entry<'_>) -> Drafted {
    let id = entry.subject.id();
    let words = Placeholders {
        slug: &slugify(&id),
        category: "",
        parent: "/",
    };
    let placed = |fault: Diagnostic| match fault.place {
        Some(_) => fault,
        None => fault
            .at(entry.path, entry.span.clone())
            .help("give the row another `id`"),
    };
    Drafted::page(Draft {
        url: drafting.address(kind, &words).map_err(placed),
        name: named(kind, &[&id]),
        subject: entry.subject,
        title: entry.title,
        number: 1,
    })
}

/// Returns the first Markdown file of a kind, with names in place of the stars.
pub(super) fn named(kind: &PageKind, names: &[&str]) -> Option<SourcePath> {
    let pattern = kind.prose.first()?;
    let filled = names.iter().fold((*pattern).to_owned(), |path, name| {
        path.replacen('*', name, 1)
    });
    SourcePath::new(&format!("content/{filled}")).ok()
}

/// Returns true if a Markdown file has the name of the prose of a generated page, even if the page
/// is not made.
pub fn is_prose_of_generated(path: &SourcePath) -> bool {
    let Some(inner) = path.inside("content") else {
        return true;
    };
    let parts: Vec<&str> = inner.split('/').collect();
    ALL.iter()
        .flat_map(|kind| kind.prose)
        .any(|pattern| fits(pattern, &parts))
}

/// Returns true if a path fits a pattern.
///
/// `*.md` fits any ending, because these folders hold no other files.
fn fits(pattern: &str, parts: &[&str]) -> bool {
    let mut wanted = pattern.split('/');
    let is_part = |part: &&str| {
        wanted
            .next()
            .is_some_and(|wanted| wanted.contains('*') || wanted == *part)
    };
    parts.iter().all(is_part) && wanted.next().is_none()
}

/// Places a diagnostic about the address of a page of a role at the slug of the role.
pub(super) fn placed_at_slug(role: &Role, fault: Diagnostic) -> Diagnostic {
    let span = role.slug.as_ref().map_or(0..0, |slug| slug.span.clone());
    made_of(fault, &role.path, &span)
        .help("the address of a role is its `slug`, or the name of its folder")
}

/// Returns the facts about kinds that other parts of the program need.
pub(super) fn facts() -> Kinds {
    let of_kind = |declared: &&'static PageKind| Facts {
        kind: declared.kind,
        scope: declared.scope,
        prose: declared.prose,
        permalink: declared.permalink,
        sections: super::sections(declared)
            .map(|section| section.id)
            .collect(),
        json: declared.json,
        needs: match declared.made {
            Made::Always => None,
            Made::When { needs, .. } => Some(needs),
        },
    };
    Kinds(ALL.iter().map(of_kind).collect())
}
