//! Job titles: a [`Role`] comes in; its titles as a short list, as a hierarchy and by stage go out.

use crate::data::Id;
use crate::kind::Kind;
use crate::role::record::Stage;
use crate::role::{Role, Title};
use crate::view::context::ViewContext;
use crate::view::ladder::level_url;
use crate::view::section;
use crate::view::types::{Html, StageTitles, TitleNode, TitleView, TitlesView};
use crate::view::{figures, ladder, text};

/// Returns the titles of a role.
pub(super) fn view(cx: &ViewContext<'_>, role: &Role) -> TitlesView {
    let titles_that = |fits: fn(&Title) -> bool| -> Vec<TitleView> {
        let titles = role.titles.iter().filter(|title| fits(title));
        titles.map(|title| title_view(cx, role, title)).collect()
    };
    let mut featured = titles_that(|title| title.featured);
    if featured.is_empty() {
        featured = titles_that(|title| title.of_level);
    }
    let similar =
        titles_that(|title| !title.of_level && title.stage.is_none() && title.level.is_none());
    if featured.is_empty() && similar.is_empty() {
        featured = titles_that(|_| true);
    }
    let in_full = if cx.layout.lacks(cx.site, role, Kind::JobTitles) {
        titles_that(|title| !title.of_level)
    } else {
        vec![]
    };
    let hierarchy = hierarchy(cx, role);
    TitlesView {
        featured,
        hierarchy_count: count(&hierarchy),
        hierarchy,
        by_stage: Stage::ALL
            .iter()
            .filter_map(|stage| titles_of_stage(cx, role, *stage))
            .collect(),
        similar,
        in_full,
        count: role.titles.len(),
    }
}

/// Returns one title of a role.
fn title_view(cx: &ViewContext<'_>, role: &Role, title: &Title) -> TitleView {
    let description = match &title.description {
        Some(text) => text::block(cx.site, cx.layout, text),
        None if title.of_level => {
            let level = title.level.as_ref();
            let level = level.and_then(|id| role.ladder.level(id.as_str()));
            let summary = level.and_then(|level| level.summary.as_deref());
            text::paragraph(summary.unwrap_or_default())
        }
        None => Html::Empty,
    };
    TitleView {
        id: title.id.to_string(),
        name: title.name.clone(),
        kind: title.kind.as_str(),
        level: ladder::level_link(cx, role, title.level.as_ref()),
        stage: title
            .stage
            .map(|stage| ladder::stage_view(&cx.wording, stage)),
        description,
        salary: title.salary.as_ref().map(|pay| figures::pay(cx, pay, None)),
    }
}

/// Returns the titles of a stage with their section, or `None` without such titles or without a
/// page of titles.
fn titles_of_stage(cx: &ViewContext<'_>, role: &Role, stage: Stage) -> Option<StageTitles> {
    let page = cx.layout.page_about(Kind::JobTitles, role.id.as_str())?;
    let titles = role.titles.iter();
    let titles: Vec<TitleView> = titles
        .filter(|title| title.stage == Some(stage))
        .map(|title| title_view(cx, role, title))
        .collect();
    if titles.is_empty() {
        return None;
    }
    Some(StageTitles {
        stage: ladder::stage_view(&cx.wording, stage),
        section: section::view(cx, page, &format!("titles-{stage}")),
        titles,
    })
}

/// Returns the levels with the titles below them, and titles with titles below them. A title
/// without a parent and without children is left out.
fn hierarchy(cx: &ViewContext<'_>, role: &Role) -> Vec<TitleNode> {
    let has_children = |id: &Id| {
        let mut titles = role.titles.iter();
        titles.any(|title| title.parent.as_ref() == Some(id))
    };
    let roots = role
        .titles
        .iter()
        .filter(|title| title.parent.is_none() && (title.of_level || has_children(&title.id)));
    roots.map(|title| title_node(cx, role, title)).collect()
}

/// Returns a title with the titles below it.
fn title_node(cx: &ViewContext<'_>, role: &Role, title: &Title) -> TitleNode {
    let own = match &title.level {
        Some(level) if title.of_level => level,
        _ => &title.id,
    };
    let is_child = |child: &&Title| {
        let parent = child.parent.as_ref();
        parent == Some(own) || parent == Some(&title.id)
    };
    let page = if title.of_level {
        ladder::levels_on(cx, Kind::Ladder, role.id.as_str())
    } else {
        None
    };
    let children = role.titles.iter().filter(is_child);
    TitleNode {
        id: title.id.to_string(),
        name: title.name.clone(),
        url: page.map(|page| level_url(&page, own)),
        children: children.map(|child| title_node(cx, role, child)).collect(),
    }
}

/// Returns how many titles are in a hierarchy.
fn count(nodes: &[TitleNode]) -> usize {
    nodes.iter().map(|node| 1 + count(&node.children)).sum()
}
