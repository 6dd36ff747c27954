//! The open jobs of all roles.

use super::draft::of_site;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::site::Site;
use crate::view::position;
use crate::view::variable::Variable;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::SitePositions,
    scope: Scope::Site,
    permalink: "/positions/",
    prose: &["positions.md"],
    made: Made::When {
        needs: "an open job in some positions.toml",
        from: "from 1 open job on",
    },
    drafts: |drafting| of_site(drafting, &KIND, has_positions(drafting.site)),
    description: |about| {
        about
            .wording
            .strings
            .get("description_site_positions")
            .to_owned()
    },
    sections: &[SectionKind {
        id: "positions",
        has_content: |about| has_positions(about.site),
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }],
    on_hub: None,
    role_variable: None,
    variables: |_, cx| vec![Variable::new("positions", position::all(cx))],
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "nav_positions",
};

/// Returns true if there is an open job, of a role or of none.
pub(super) fn has_positions(site: &Site) -> bool {
    let mut roles = site.all_roles();
    !site.positions.is_empty() || roles.any(|role| !role.positions.is_empty())
}
