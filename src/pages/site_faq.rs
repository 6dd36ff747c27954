//! The written questions of all roles.

use super::draft::of_site;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::site::Site;
use crate::view::index;
use crate::view::variable::Variable;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::SiteFaq,
    scope: Scope::Site,
    permalink: "/faq/",
    prose: &["faq.md"],
    made: Made::When {
        needs: "a role with [[faqs]]",
        from: "from 1 written question on",
    },
    drafts: |drafting| of_site(drafting, &KIND, has_written_faqs(drafting.site)),
    description: |about| about.wording.strings.get("description_site_faq").to_owned(),
    sections: &[SectionKind {
        id: "faq",
        has_content: |about| has_written_faqs(about.site),
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }],
    on_hub: None,
    role_variable: None,
    variables: |_, cx| vec![Variable::new("groups", index::faq_groups(cx))],
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
