//! The example site of `tests/sites/design`: a complete role must be read as it stands.

use super::{needs, next, work_out};
use crate::config::tests::inputs;
use crate::role::{Amounts, Change, Raise};

macro_rules! files {
    ($($path:literal)*) => { concat!($("=== ", $path, "\n", include_str!(concat!("../../../tests/sites/design/", $path)), "\n"),*) };
}

pub(super) const EXAMPLE: &str = files!(
    "site.toml" "content/skills.toml" "content/sources.toml" "content/categories.toml" "content/roles/backend-developer/role.toml"
    "content/roles/api-developer/role.toml" "content/roles/devops-engineer/role.toml" "content/frameworks/engineering/framework.toml"
);

#[test]
fn the_reference_shape_is_read() {
    let worked = work_out(&inputs(EXAMPLE));
    let place = "content/roles/backend-developer/role.toml";
    let wanted = [
        format!("warning[stale-figure] {place}:82:1 this figure is of 2023, older than 24 months"),
        format!(
            "warning[stale-figure] {place}:90:1 this figure is of 2023-10, older than 24 months"
        ),
    ];
    assert_eq!(worked.said, wanted);
    let role = &worked.roles["backend-developer"];
    let ways: Vec<_> = role
        .ladder
        .levels()
        .map(|level| format!("{}>{}", level.id, next(level)))
        .collect();
    assert_eq!(
        ways,
        [
            "junior>mid",
            "mid>senior",
            "senior>principal lead",
            "principal>",
            "lead>"
        ]
    );
    let senior = role.ladder.level("senior").unwrap();
    assert_eq!(
        needs(senior),
        "+distributed-systems message-queues sql=practitioner server-language git linux?"
    );
    assert_eq!(
        senior
            .next
            .iter()
            .map(|next| next.advance.as_ref().unwrap().text.as_str())
            .collect::<Vec<_>>(),
        [
            "Own a system that three teams depend on.",
            "Run a hiring round.",
        ]
    );
    let gained = &role.ladder.level("junior").unwrap().next[0].gained;
    assert_eq!(
        gained
            .iter()
            .map(|need| (need.skills[0].as_str(), need.change))
            .collect::<Vec<_>>(),
        [
            ("message-queues", Change::New),
            ("sql", Change::Raised(Raise::Proficiency))
        ]
    );
}

#[test]
fn its_figures_are_claims() {
    let worked = work_out(&inputs(EXAMPLE));
    let role = &worked.roles["backend-developer"];
    let headline = &role.salary[0];
    assert!(
        matches!(headline.amounts, Amounts::Percentiles([Some(_), Some(_), Some(median), Some(_), Some(_)]) if median.to_string() == "135980")
    );
    let hourly = &role.salary[1];
    assert!(
        matches!(hourly.amounts, Amounts::Range { min, max } if (min.to_string(), max.to_string()) == ("47.12".to_owned(), "64.90".to_owned()))
    );
    let claims = role
        .salary
        .iter()
        .map(|pay| &pay.claim)
        .chain(role.statistics.iter().map(|figure| &figure.claim))
        .chain(role.outlook.iter().map(|outlook| &outlook.claim));
    let claims: Vec<_> = claims
        .map(|claim| {
            format!(
                "{} {}",
                claim.source.as_ref().unwrap(),
                claim.as_of.unwrap()
            )
        })
        .collect();
    assert_eq!(
        claims,
        [
            "oews-2025 2025-05",
            "recruiter-2023 2023",
            "indeed-hiring 2023-10",
            "bls-projections 2025-08"
        ]
    );
    let junior = role
        .ladder
        .level("junior")
        .unwrap()
        .salary
        .as_ref()
        .unwrap();
    assert_eq!(
        format!(
            "{} {} {} {}",
            junior.currency,
            junior.period,
            junior.area.as_ref().unwrap(),
            junior.claim.as_of.unwrap()
        ),
        "USD year US 2026-11"
    );
}
