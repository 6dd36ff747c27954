//! Sections: a folder of articles with an `_index.md`. A long section has several pages.

use std::collections::BTreeMap;

use super::article::{self, is_index, written};
use super::draft::{Draft, Drafted, Drafting};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::layout::address::{bad_permalink, below, folder_of};
use crate::layout::{Subject, groups};
use crate::path::SourcePath;
use crate::site::role_of;
use crate::view::variable::Variable;
use crate::view::{ViewContext, index};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Section,
    scope: Scope::Thing,
    permalink: "{parent}/{slug}/",
    prose: &[],
    made: Made::Always,
    drafts,
    description: article::description,
    sections: &[],
    on_hub: None,
    role_variable: None,
    variables,
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "articles",
};

fn drafts(drafting: &Drafting<'_>) -> Vec<Drafted> {
    let counts = articles_by_section(drafting);
    let mut drafts = vec![];
    for section in written(drafting).filter(|article| is_index(article)) {
        let subject = Subject::Section(section.path.clone());
        let first = article::draft(drafting, section, subject);
        let parts = parts(
            drafting,
            &first,
            counts.get(&section.path).copied().unwrap_or(0),
        );
        drafts.push(first);
        drafts.extend(parts);
    }
    drafts
}

/// Counts the articles of each section.
fn articles_by_section(drafting: &Drafting<'_>) -> BTreeMap<SourcePath, usize> {
    let mut counts = BTreeMap::new();
    let is_of_role = |path: &SourcePath| {
        let role = role_of(path).and_then(crate::data::Id::new);
        role.is_some_and(|role| drafting.site.roles.contains_key(&role))
    };
    for article in written(drafting).filter(|article| !is_index(article)) {
        if !is_of_role(&article.path) {
            *counts
                .entry(groups::section_file(&article.path))
                .or_default() += 1;
        }
    }
    counts
}

/// Drafts the pages of a long section after the first.
fn parts(drafting: &Drafting<'_>, first: &Drafted, articles: usize) -> Vec<Drafted> {
    let Drafted::Page(draft) = first else {
        return vec![];
    };
    let (Subject::Section(path), Ok(url)) = (&draft.subject, &draft.url) else {
        return vec![];
    };
    let count = articles.div_ceil(groups::part_size(drafting.site, path));
    let part = |number: usize| {
        let folder = folder_of(url);
        let part = below(
            &drafting.site.config.site,
            &folder,
            &format!("page/{number}"),
        );
        let values = [
            ("title", draft.title.as_str()),
            ("page", &number.to_string()),
        ];
        Drafted::page(Draft {
            subject: draft.subject.clone(),
            url: part.map_err(|fault| bad_permalink(url.as_str(), &fault).at_file(path)),
            name: None,
            title: drafting.wording.strings.fill("title_paginated", &values),
            number,
        })
    };
    (2..=count).map(part).collect()
}

fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let Subject::Section(path) = &about.page.subject else {
        return vec![];
    };
    let part = index::part_of_section(cx, about.page, path);
    vec![
        Variable::new("items", part.items),
        Variable::new("paginator", part.paginator),
        Variable::new("subsections", index::subsections(cx, path)),
    ]
}
