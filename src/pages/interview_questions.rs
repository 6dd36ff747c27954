//! The questions that an interview for a role asks, with what each looks for.

use serde::Serialize;

use super::draft::of_roles;
use super::section::{SectionKind, StandsIn, in_place, role};
use super::terms::add_entry;
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::role::Role;
use crate::role::record::InterviewQuestionRow;
use crate::view::context::RoleVariable;
use crate::view::role::row_id;
use crate::view::types::{Crumb, Html, Named};
use crate::view::{ViewContext, ladder, text};
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::InterviewQuestions,
    scope: Scope::Role,
    permalink: "{parent}/{kind}/",
    prose: &["roles/*/interview-questions.md"],
    made: Made::When {
        needs: "three [[interview_questions]]",
        from: "from 3 questions on",
    },
    drafts: |drafting| {
        of_roles(drafting, &KIND, |role| {
            role.lists.interview_questions.len() >= 3
        })
    },
    description,
    sections: &[QUESTIONS],
    on_hub: Some(in_place(QUESTIONS)),
    role_variable: Some(RoleVariable {
        name: "interview_questions",
        make: |cx, role| Box::new(views(cx, role)),
    }),
    variables: |_, _| vec![],
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::Role,
    search_group: "nav_interview_questions",
};

const QUESTIONS: SectionKind = SectionKind {
    id: "interview-questions",
    has_content: |about| role(about, |role| !role.lists.interview_questions.is_empty()),
    stands_in: StandsIn::Never,
    index_terms: |about, _, sink| {
        let rows = about
            .role
            .into_iter()
            .flat_map(|role| &role.lists.interview_questions);
        rows.for_each(|row| add_entry(&row.question, row.looks_for.as_ref(), sink));
    },
};

/// A question of an interview.
#[derive(Clone, Debug, Serialize)]
pub struct InterviewQuestionView {
    /// The anchor of the question on its page.
    pub id: String,
    pub question: String,
    /// What a good answer shows, or empty.
    pub looks_for: Html,
    /// What the question is about, or null: `knowledge`, `experience`, `situation`, `motivation`.
    pub kind: Option<Named>,
    /// The level that is asked, with its place on the ladder, or null.
    pub level: Option<Crumb>,
}

fn views(cx: &ViewContext<'_>, role: &Role) -> Vec<InterviewQuestionView> {
    let view = |row: &crate::data::At<InterviewQuestionRow>| InterviewQuestionView {
        id: row_id(row),
        question: row.question.value.clone(),
        looks_for: match &row.looks_for {
            Some(looks_for) => text::block(cx.site, cx.layout, looks_for),
            None => Html::Empty,
        },
        kind: row
            .kind
            .map(|kind| ladder::named(&cx.wording, "interview", kind.as_str())),
        level: row
            .level
            .as_ref()
            .and_then(|id| role.ladder.level(id.as_str()))
            .map(|level| ladder::level_of_role(cx, role, level)),
    };
    role.lists.interview_questions.iter().map(view).collect()
}

fn description(about: &About<'_>) -> String {
    let Some(role) = about.role else {
        return String::new();
    };
    let shown = about.has(QUESTIONS.id);
    let rows = || role.lists.interview_questions.iter();
    let parts = [
        (shown, "part_interview_questions"),
        (
            shown && rows().any(|row| row.looks_for.is_some()),
            "part_looked_for",
        ),
        (
            shown && rows().any(|row| row.level.is_some()),
            "part_levels_asked",
        ),
    ];
    promise(
        &about.wording,
        "description_interview_questions",
        &[("role", &role.title)],
        &parts,
    )
}
