//! The written questions of all roles.

use super::parts::of_site_with_parts;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{JsonTwin, Made, Menu, PageKind};
use crate::data::Id;
use crate::kind::{Kind, Scope};
use crate::layout::parts::ListGroup;
use crate::site::Site;
use crate::view::variable::Variable;
use crate::view::{index, parts};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::SiteFaq,
    scope: Scope::Site,
    permalink: "/faq/",
    prose: &["faq.md"],
    made: Made::When {
        needs: "a role with [[faqs]]",
        from: "from 1 written question on",
    },
    drafts: |drafting| {
        let count = drafting.lists.questions.whole().count();
        of_site_with_parts(drafting, &KIND, has_written_faqs(drafting.site), count)
    },
    description: |about| about.wording.strings.get("description_site_faq").to_owned(),
    sections: &[SectionKind {
        id: "faq",
        has_content: |about| has_written_faqs(about.site),
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }],
    on_hub: None,
    role_variable: None,
    variables: |about, cx| {
        let list = &cx.layout.lists.questions.whole();
        // A letter begins where its first role does.
        let first =
            |_: &ListGroup, roles: &[Id]| roles.first().map_or(String::new(), Id::to_string);
        vec![
            Variable::new("groups", index::faq_groups(cx, about.part())),
            Variable::new("bar", parts::bar(cx, about.page, list, first)),
            Variable::new("paginator", parts::paginator(cx, about.page)),
        ]
    },
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::None,
    search_group: "nav_faq",
};

/// Returns true if some role has a written question.
fn has_written_faqs(site: &Site) -> bool {
    let mut faqs = site.all_roles().flat_map(|role| &role.faqs);
    faqs.any(|faq| !faq.hidden && faq.question.is_some() && faq.answer.is_some())
}
