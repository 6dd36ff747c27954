//! The page of a framework of an employer: its roles by level.

use super::draft::{Draft, Drafted, named};
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::layout::{Subject, groups};
use crate::role::Framework;
use crate::view::variable::Variable;
use crate::view::{ViewContext, framework};
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Framework,
    scope: Scope::Thing,
    permalink: "/frameworks/{slug}/",
    prose: &["frameworks/*/index.md"],
    made: Made::Always,
    drafts: |drafting| {
        let draft = |framework: &Framework| {
            Drafted::page(Draft {
                subject: Subject::Framework(framework.id.clone()),
                url: drafting.framework(framework),
                name: named(&KIND, &[framework.id.as_str()]),
                title: framework.name.clone(),
                number: 1,
            })
        };
        drafting.site.frameworks.values().map(draft).collect()
    },
    description,
    sections: &[
        SectionKind {
            id: "levels",
            has_content: |_| true,
            stands_in: StandsIn::Never,
            index_terms: no_terms,
        },
        SectionKind {
            id: "roles",
            has_content: |about| {
                let framework = of(about);
                framework.is_some_and(|framework| has_roles(about, framework))
            },
            stands_in: StandsIn::Never,
            index_terms: no_terms,
        },
    ],
    on_hub: None,
    role_variable: None,
    variables,
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::Framework,
    search_group: "section_home_frameworks",
};

/// Returns the framework that a page is about.
pub(super) fn of<'a>(about: &About<'a>) -> Option<&'a Framework> {
    match &about.page.subject {
        Subject::Framework(id) => about.site.frameworks.get(id),
        _ => None,
    }
}

fn has_roles(about: &About<'_>, framework: &Framework) -> bool {
    groups::roles_of_framework(about.site, &framework.id)
        .next()
        .is_some()
}

fn description(about: &About<'_>) -> String {
    let Some(framework) = of(about) else {
        return String::new();
    };
    if let Some(summary) = &framework.summary {
        return summary.clone();
    }
    let ladder = &framework.ladder;
    let parts = [
        (ladder.tracks.len() > 1, "part_tracks_and_levels"),
        (ladder.tracks.len() == 1, "part_levels"),
        (
            ladder.levels().any(|level| level.scope.is_some()),
            "part_scope",
        ),
        (has_roles(about, framework), "part_roles"),
    ];
    let values = [("framework", framework.name.as_str())];
    promise(&about.wording, "description_framework", &values, &parts)
}

/// Returns the variables of the pages of a framework.
pub(super) fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let Some(framework) = of(about) else {
        return vec![];
    };
    vec![
        Variable::new("framework", framework::view(cx, framework)),
        Variable::new("ladder", framework::framework_ladder(cx, framework)),
    ]
}
