//! Sections: a folder of articles with an `_index.md`. A long section has several pages.

use std::collections::BTreeMap;

use super::article::{self, is_index, written};
use super::draft::{Drafted, Drafting};
use super::parts::with_parts;
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::layout::{Subject, groups};
use crate::path::SourcePath;
use crate::site::role_of;
use crate::view::variable::Variable;
use crate::view::{ViewContext, index, parts};

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
        let articles = counts.get(&section.path).copied().unwrap_or(0);
        let count = articles.div_ceil(groups::part_size(drafting.site, &section.path));
        drafts.extend(with_parts(drafting, &KIND, first, count));
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

fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let Subject::Section(path) = &about.page.subject else {
        return vec![];
    };
    let size = groups::part_size(cx.site, path);
    let articles = cx.layout.groups.articles_of_section.get(path);
    vec![
        Variable::new("items", index::cards_on(cx, articles, size, about.part())),
        Variable::new("paginator", parts::paginator(cx, about.page)),
        Variable::new("subsections", index::subsections(cx, path)),
    ]
}
