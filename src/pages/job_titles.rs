//! The titles under which a role is known: by kind, in a hierarchy, and by stage.

use super::draft::of_roles;
use super::section::{
    RELATED, REPEATED_QUESTIONS, SectionKind, StandsIn, TIPS, any_title, no_terms, similar,
};
use super::terms::add_entry;
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::role::record::Stage;
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::JobTitles,
    scope: Scope::Role,
    permalink: "{parent}/{kind}/",
    prose: &["roles/*/job-titles.md"],
    made: Made::When {
        needs: "three titles: those of [[levels]] and of [[titles]] count",
        from: "from 3 titles on",
    },
    drafts: |drafting| of_roles(drafting, &KIND, |role| role.titles.len() >= 3),
    description,
    sections: &[
        TYPES,
        HIERARCHY,
        of_stage("titles-entry", |about| is_of(about, Stage::Entry)),
        of_stage("titles-mid", |about| is_of(about, Stage::Mid)),
        of_stage("titles-senior", |about| is_of(about, Stage::Senior)),
        of_stage("titles-lead", |about| is_of(about, Stage::Lead)),
        of_stage("titles-director", |about| is_of(about, Stage::Director)),
        of_stage("titles-vp", |about| is_of(about, Stage::Vp)),
        of_stage("titles-executive", |about| is_of(about, Stage::Executive)),
        similar("similar"),
        TIPS,
        RELATED,
        REPEATED_QUESTIONS,
    ],
    on_hub: None,
    role_variable: None,
    variables: |_, _| vec![],
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::Role,
    search_group: "nav_job_titles",
};

/// The titles of the role, those of its levels among them.
const TYPES: SectionKind = SectionKind {
    id: "types",
    has_content: |about| any_title(about, |title| title.featured || title.of_level),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let titles = about.role.into_iter().flat_map(|role| &role.titles);
        titles.for_each(|title| add_entry(&title.name, title.description.as_ref(), sink));
    },
};

/// Levels with the titles below them.
const HIERARCHY: SectionKind = SectionKind {
    id: "hierarchy",
    has_content: |about| any_title(about, |title| title.of_level || title.parent.is_some()),
    stands_in: StandsIn::Never,
    index_terms: no_terms,
};

/// Returns the section of the titles of a stage.
const fn of_stage(id: &'static str, has_content: fn(&About<'_>) -> bool) -> SectionKind {
    SectionKind {
        id,
        has_content,
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }
}

fn is_of(about: &About<'_>, stage: Stage) -> bool {
    any_title(about, |title| title.stage == Some(stage))
}

fn description(about: &About<'_>) -> String {
    let Some(role) = about.role else {
        return String::new();
    };
    let mut stages: Vec<_> = role.titles.iter().filter_map(|title| title.stage).collect();
    stages.dedup();
    let has_parents = role.titles.iter().any(|title| title.parent.is_some());
    let parts = [
        (
            role.titles.iter().any(|title| !title.of_level),
            "part_called_elsewhere",
        ),
        (
            role.ladder.levels().count() > 1 || stages.len() > 1,
            "part_first_to_top",
        ),
        (
            about.has("hierarchy") && has_parents,
            "part_how_they_relate",
        ),
    ];
    promise(
        &about.wording,
        "description_job_titles",
        &[("role", &role.title)],
        &parts,
    )
}
