//! The questions about a role: those that its record answers, and those that were written.

use super::draft::of_roles;
use super::section::{QUESTIONS, is_generated};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::view::{faq, jsonld};
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Faq,
    scope: Scope::Role,
    permalink: "{parent}/{kind}/",
    prose: &["roles/*/faq.md"],
    made: Made::When {
        needs: "two questions: [[faqs]]",
        from: "from 2 questions on",
    },
    drafts: |drafting| of_roles(drafting, &KIND, |role| faq::count(role) >= 2),
    description,
    sections: &[QUESTIONS],
    on_hub: None,
    role_variable: None,
    variables: |_, _| vec![],
    json_ld: |shown, cx| {
        let has_questions = !shown.questions.is_empty();
        has_questions.then(|| jsonld::faq_page(cx, shown.questions))
    },
    json: JsonTwin::None,
    menu: Menu::Role,
    search_group: "nav_faq",
};

fn description(about: &About<'_>) -> String {
    let Some(role) = about.role else {
        return String::new();
    };
    let topics = if is_generated(about) {
        faq::topics(role)
    } else {
        vec![]
    };
    promise(
        &about.wording,
        "description_faq",
        &[("role", &role.title)],
        &topics,
    )
}
