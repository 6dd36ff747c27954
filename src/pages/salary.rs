//! The pay of a role: the headline, pay by level and by area, and the outlook.

use super::draft::of_roles;
use super::section::{
    OUTLOOK, REPEATED_QUESTIONS, SALARY, SectionKind, StandsIn, any_level, is_generated, no_terms,
    role,
};
use super::terms::{TextKind, add_level_titles, add_texts};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::role::{Amounts, Level, Pay, PayWords, Role};
use crate::wording::words::{area_name, promise};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Salary,
    scope: Scope::Role,
    permalink: "{parent}/{kind}/",
    prose: &["roles/*/salary.md"],
    made: Made::When {
        needs: "pay: [[salary]], or `salary` of a level",
        from: "from 1 figure of pay on",
    },
    drafts: |drafting| of_roles(drafting, &KIND, has_enough),
    description,
    sections: &[
        SectionKind {
            id: "headline",
            has_content: |about| role(about, |role| role.headline().is_some()),
            ..SALARY
        },
        LEVELS,
        ROWS,
        WORDS,
        AREAS,
        OUTLOOK,
        REPEATED_QUESTIONS,
    ],
    on_hub: None,
    role_variable: None,
    variables: |_, _| vec![],
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::Role,
    search_group: "nav_salary",
};

/// Pay by level.
const LEVELS: SectionKind = SectionKind {
    id: "levels",
    has_content: |about| {
        any_level(about, |level| {
            level.salary.is_some() || !level.worded_pay.is_empty()
        })
    },
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| add_level_titles(about, sink),
};

/// The figures of the role's own area.
const ROWS: SectionKind = SectionKind {
    id: "rows",
    has_content: |about| role(about, |role| role.pay_at_home().count() > 1),
    stands_in: StandsIn::Never,
    index_terms: no_terms,
};

/// Pay without an amount of money.
const WORDS: SectionKind = SectionKind {
    id: "words",
    has_content: |about| role(about, |role| !role.worded_pay.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        for pay in about.role.into_iter().flat_map(|role| &role.worded_pay) {
            add_texts(&pay.label, sink);
            if let PayWords::Text(text) = &pay.what {
                sink(TextKind::Text, text);
            }
        }
    },
};

/// Pay by area.
const AREAS: SectionKind = SectionKind {
    id: "areas",
    has_content: |about| role(about, |role| role.pay_elsewhere().next().is_some()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let pays = about.role.into_iter().flat_map(|role| &role.salary);
        let areas = pays.filter_map(|pay| pay.area.as_ref());
        areas.for_each(|id| sink(TextKind::Text, &area_name(&about.wording, id)));
    },
};

fn has_enough(role: &Role) -> bool {
    let is_paid = |level: &Level| level.salary.is_some() || !level.worded_pay.is_empty();
    !role.salary.is_empty() || !role.worded_pay.is_empty() || role.ladder.levels().any(is_paid)
}

fn description(about: &About<'_>) -> String {
    let Some(role) = about.role else {
        return String::new();
    };
    let of_levels = role
        .ladder
        .levels()
        .filter_map(|level| level.salary.as_ref());
    let all: Vec<&Pay> = role.salary.iter().chain(of_levels).collect();
    let is_generated = is_generated(about);
    let has_percentiles = |pay: &&Pay| match &pay.amounts {
        Amounts::Percentiles(points) => points.iter().flatten().count() > 1,
        _ => false,
    };
    let has_source = |pay: &&Pay| pay.claim.source.is_some() && pay.claim.as_of.is_some();
    let parts = [
        (about.has("levels"), "part_by_level"),
        (about.has("areas"), "part_by_area"),
        (
            is_generated && all.iter().any(has_percentiles),
            "part_in_percentiles",
        ),
    ];
    let is_sourced = is_generated && !all.is_empty() && all.iter().all(has_source);
    let key = if is_sourced {
        "description_salary_sourced"
    } else {
        "description_salary"
    };
    promise(&about.wording, key, &[("role", &role.title)], &parts)
}
