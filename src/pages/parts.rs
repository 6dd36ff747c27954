//! The parts of a list: its first page comes in; drafts of the others, and what describes each, go out.

use super::PageKind;
use super::draft::{Draft, Drafted, Drafting, of_site};
use crate::kind::Kind;
use crate::layout::address::{self, bad_permalink};
use crate::layout::parts::Ends;
use crate::layout::{Layout, Page, Subject};
use crate::wording::Wording;

/// Adds the other parts of a list to its first page. `count` says how many parts it has.
pub(super) fn with_parts(
    drafting: &Drafting<'_>,
    kind: &PageKind,
    first: Drafted,
    count: usize,
) -> Vec<Drafted> {
    let others = others(drafting, kind, &first, count);
    std::iter::once(first).chain(others).collect()
}

/// Adds the other parts of the one list of a kind, if the site has it.
pub(super) fn of_site_with_parts(
    drafting: &Drafting<'_>,
    kind: &PageKind,
    has_enough: bool,
    count: usize,
) -> Vec<Drafted> {
    of_site(drafting, kind, has_enough)
        .into_iter()
        .flat_map(|first| with_parts(drafting, kind, first, count))
        .collect()
}

/// Drafts the pages of a list after the first. There are none where the prose of the first switches
/// the generated sections off.
fn others(drafting: &Drafting<'_>, kind: &PageKind, first: &Drafted, count: usize) -> Vec<Drafted> {
    let Drafted::Page(draft) = first else {
        return vec![];
    };
    // A bad address is reported once.
    let Ok(url) = &draft.url else {
        return vec![];
    };
    let prose = draft.name.as_ref();
    let prose = prose.and_then(|name| drafting.site.article(name));
    if !kind.sections.is_empty() && prose.is_some_and(|article| !article.front.generated) {
        return vec![];
    }
    let title = prose.and_then(|article| article.front.title.as_deref());
    let title = title.unwrap_or(&draft.title);
    let part = |number: usize| {
        let part = address::part(&drafting.site.config.site, url, number);
        let url = part.map_err(|fault| {
            let fault = bad_permalink(url.as_str(), &fault);
            match prose {
                Some(article) => fault.at_file(&article.path),
                None => fault,
            }
        });
        let values = [("title", title), ("page", &number.to_string())];
        Drafted::page(Draft {
            subject: draft.subject.clone(),
            url,
            name: None,
            title: drafting.wording.strings.fill("title_paginated", &values),
            number,
        })
    };
    (2..=count).map(part).collect()
}

/// Returns what a part after the first says of itself: what it begins and ends with, so that no two
/// parts have one description.
pub(super) fn description(layout: &Layout, words: Wording<'_>, page: &Page) -> String {
    let first = layout.page_about(page.kind, &page.subject.id());
    let title = first.map_or(page.title.as_str(), |first| first.title.as_str());
    let (number, count) = (page.number.to_string(), layout.part_count(page).to_string());
    let values = [("title", title), ("page", &number), ("count", &count)];
    match ends(layout, page) {
        Some(Ends { first, last }) => {
            let ends = [("first", first.as_str()), ("last", last.as_str())];
            let values = [values.as_slice(), ends.as_slice()].concat();
            words.strings.fill("description_part", &values)
        }
        None => words.strings.fill("description_part_bare", &values),
    }
}

/// Returns the titles of the first and the last entry of a part, where entries have titles in order.
fn ends(layout: &Layout, page: &Page) -> Option<Ends> {
    let lists = &layout.lists;
    let parts = match (&page.subject, page.kind) {
        (Subject::Category(id), _) => &lists.roles_of_category.get(id)?.parts,
        (Subject::Skill(id), _) => &lists.roles_of_skill.get(id)?.parts,
        (_, Kind::Roles) => &lists.roles.whole().parts,
        (_, Kind::Skills) => &lists.skills.whole().parts,
        (_, Kind::Tags) => &lists.tags.whole().parts,
        (_, Kind::Comparisons) => &lists.comparisons.whole().parts,
        (_, Kind::SiteFaq) => &lists.questions.whole().parts,
        _ => return None,
    };
    parts.get(page.number - 1).cloned()
}
