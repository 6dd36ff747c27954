//! The page that a host shows for an address that does not exist.

use super::draft::of_site;
use super::{JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::NotFound,
    scope: Scope::Site,
    permalink: "/404.html",
    prose: &["404.md"],
    made: Made::Always,
    drafts: |drafting| of_site(drafting, &KIND, true),
    description: |about| about.wording.strings.get("description_404").to_owned(),
    sections: &[],
    on_hub: None,
    role_variable: None,
    variables: |_, _| vec![],
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::None,
    search_group: "group_other",
};
