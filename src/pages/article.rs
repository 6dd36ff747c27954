//! An article: a Markdown file that is not the prose of a generated page.

use rayon::prelude::*;

use super::draft::{Draft, Drafted, Drafting, is_prose_of_generated};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::content::Article;
use crate::data::Id;
use crate::diag::Diagnostic;
use crate::kind::{Kind, Scope};
use crate::layout::Subject;
use crate::layout::address::{bad_permalink, below, with_ending};
use crate::path::{PathFault, SourcePath, UrlPath, check_segment, nearest_slug, slugify, title_of};
use crate::site::role_of;
use crate::view::variable::Variable;
use crate::view::{ViewContext, article, jsonld};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Article,
    scope: Scope::Thing,
    permalink: "{parent}/{slug}/",
    prose: &[],
    made: Made::Always,
    drafts,
    description,
    sections: &[],
    on_hub: None,
    role_variable: None,
    variables,
    json_ld: |shown, cx| Some(jsonld::article(cx, shown.about.page)),
    json: JsonTwin::None,
    menu: Menu::None,
    search_group: "articles",
};

fn drafts(drafting: &Drafting<'_>) -> Vec<Drafted> {
    let articles: Vec<&Article> = written(drafting)
        .filter(|article| !is_index(article))
        .collect();
    let draft = |article: &&Article| {
        let role = role_of(&article.path).and_then(Id::new);
        let role = role.filter(|role| drafting.site.roles.contains_key(role));
        draft(
            drafting,
            article,
            Subject::Article(article.path.clone(), role),
        )
    };
    articles.par_iter().map(draft).collect()
}

/// Returns the Markdown files that are articles or sections.
pub(super) fn written<'d>(drafting: &'d Drafting<'_>) -> impl Iterator<Item = &'d Article> {
    let articles = drafting
        .site
        .articles
        .whole()
        .values()
        .map(|article| &**article);
    articles.filter(|article| !is_prose_of_generated(&article.path))
}

/// Returns true if a file is the introduction of its folder.
pub(super) fn is_index(article: &Article) -> bool {
    article.path.name() == "_index.md"
}

/// Drafts the page of a Markdown file.
pub(super) fn draft(drafting: &Drafting<'_>, article: &Article, subject: Subject) -> Drafted {
    Drafted::page(Draft {
        subject,
        url: address(drafting, article).map_err(|fault| bad_name(article, fault)),
        name: Some(article.path.clone()),
        title: title(article),
        number: 1,
    })
}

/// Returns the title of a file: the one of its front matter, its first heading, or its name.
pub(super) fn title(article: &Article) -> String {
    let written = article
        .front
        .title
        .clone()
        .or_else(|| article.facts.title.clone());
    written.unwrap_or_else(|| title_of_file(&article.path))
}

/// Returns the description of a file: the one of its front matter, or its first words.
pub(super) fn description(about: &About<'_>) -> String {
    let (Subject::Article(path, _) | Subject::Section(path)) = &about.page.subject else {
        return String::new();
    };
    let Some(article) = about.site.article(path) else {
        return String::new();
    };
    article
        .front
        .description
        .clone()
        .unwrap_or_else(|| article.facts.summary.clone())
}

fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let Subject::Article(path, role) = &about.page.subject else {
        return vec![];
    };
    let neighbours = article::neighbours(cx, about.page);
    let section = if role.is_none() {
        article::section(cx, path)
    } else {
        None
    };
    vec![
        Variable::new("section", section),
        Variable::new("previous", neighbours.previous),
        Variable::new("next", neighbours.next),
    ]
}

/// A name that cannot be part of an address.
struct BadName {
    text: String,
    fault: PathFault,
}

impl BadName {
    fn no_letters(name: &str) -> Self {
        Self {
            text: name.to_owned(),
            fault: PathFault::NoLetters(name.to_owned()),
        }
    }
}

/// Returns the address of an article: that of its folder, with its slug or its file name.
fn address(drafting: &Drafting<'_>, article: &Article) -> Result<UrlPath, BadName> {
    let site = &drafting.site.config.site;
    let path = &article.path;
    let folder = drafting.folder_address(path.folder());
    if folder.contains("//") {
        let lost = path
            .folder()
            .split('/')
            .find(|name| slugify(name).is_empty());
        return Err(BadName::no_letters(lost.unwrap_or_default()));
    }
    let is_index = matches!(path.name(), "_index.md" | "index.md");
    let of_file = if is_index {
        String::new()
    } else {
        slugify(path.stem())
    };
    let slug = article.front.slug.as_ref();
    let name = slug.map_or(of_file, |slug| slug.value.clone());
    if name.is_empty() && !is_index {
        return Err(BadName::no_letters(path.stem()));
    }
    if name.is_empty() {
        return with_ending(site, &folder).map_err(|fault| BadName {
            text: folder.clone(),
            fault,
        });
    }
    check_segment(&name).map_err(|fault| BadName {
        text: name.clone(),
        fault,
    })?;
    below(site, &folder, &name).map_err(|fault| BadName { text: name, fault })
}

/// Returns the diagnostic about a bad name, with a better one.
fn bad_name(article: &Article, BadName { text, fault }: BadName) -> Diagnostic {
    let slug = article.front.slug.as_ref();
    let span = slug.map_or(0..0, |slug| slug.span.clone());
    let help = match fault {
        PathFault::NoLetters(_) => Some("rename it, or set `slug` in the front matter".to_owned()),
        _ => nearest_slug(&text).map(|slug| format!("write \"{slug}\"")),
    };
    bad_permalink(&text, &fault)
        .at(&article.path, span)
        .help(help)
}

/// Returns a title made of the name of a file: "Getting started" for `getting-started.md`.
fn title_of_file(path: &SourcePath) -> String {
    let stem = if matches!(path.name(), "index.md" | "_index.md") {
        path.folder().rsplit('/').next().unwrap_or_default()
    } else {
        path.stem()
    };
    title_of(stem)
}
