//! The job description of a role: what a job advert for it would say.

use super::draft::of_roles;
use super::section::{
    CERTIFICATIONS, EDUCATION, INDUSTRIES, LOCATIONS, REPEATED_QUESTIONS, RESPONSIBILITIES, SALARY,
    SKILLS, STATISTICS, similar,
};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::JobDescription,
    scope: Scope::Role,
    permalink: "{parent}/{kind}/",
    prose: &["roles/*/job-description.md"],
    made: Made::When {
        needs: "three `responsibilities`",
        from: "from 3 responsibilities on",
    },
    drafts: |drafting| of_roles(drafting, &KIND, |role| role.responsibilities.len() >= 3),
    description,
    sections: &[
        RESPONSIBILITIES,
        SKILLS,
        EDUCATION,
        CERTIFICATIONS,
        INDUSTRIES,
        LOCATIONS,
        SALARY,
        similar("similar-titles"),
        STATISTICS,
        REPEATED_QUESTIONS,
    ],
    on_hub: None,
    role_variable: None,
    variables: |_, _| vec![],
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::Role,
    search_group: "nav_job_description",
};

/// Returns the description.
///
/// A page with all parts of a job advert is called a template for one.
fn description(about: &About<'_>) -> String {
    let Some(role) = about.role else {
        return String::new();
    };
    let parts = [
        (about.has("responsibilities"), "part_responsibilities"),
        (about.has("skills"), "part_skills"),
        (about.has("education"), "part_education"),
        (about.has("salary"), "part_pay"),
    ];
    let is_whole = parts.iter().all(|(has, _)| *has);
    let more = [
        (about.has("certifications"), "part_certifications"),
        (about.has("locations"), "part_places"),
    ];
    let parts = parts.into_iter().chain(more).filter(|(has, _)| *has);
    let key = if is_whole {
        "description_job_description_template"
    } else {
        "description_job_description"
    };
    promise(
        &about.wording,
        key,
        &[("role", &role.title)],
        &parts.take(4).collect::<Vec<_>>(),
    )
}
