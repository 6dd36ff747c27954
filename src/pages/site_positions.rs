//! The open jobs of all roles.

use super::parts::of_site_with_parts;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::site::Site;
use crate::view::types::PositionView;
use crate::view::variable::Variable;
use crate::view::{ViewContext, parts, position};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::SitePositions,
    scope: Scope::Site,
    permalink: "/positions/",
    prose: &["positions.md"],
    made: Made::When {
        needs: "an open job in some positions.toml",
        from: "from 1 open job on",
    },
    drafts: |drafting| {
        let count = drafting.lists.positions.whole().count();
        of_site_with_parts(drafting, &KIND, has_positions(drafting.site), count)
    },
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
    variables,
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "nav_positions",
};

fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let list = &cx.layout.lists.positions.whole();
    let groups = position::by_category(cx, about.part());
    let mut positions: Vec<PositionView> = groups
        .iter()
        .flat_map(|group| group.items.clone())
        .collect();
    if about.part().is_none() {
        positions.sort_by(|a, b| b.posted.cmp(&a.posted).then_with(|| a.id.cmp(&b.id)));
    }
    let is_grouped = list.count() > 1;
    let bar = parts::bar(cx, about.page, list, parts::own_id);
    vec![
        Variable::new("positions", positions),
        Variable::new("groups", if is_grouped { groups } else { vec![] }),
        Variable::new("bar", if is_grouped { bar } else { vec![] }),
        Variable::new("paginator", parts::paginator(cx, about.page)),
    ]
}

/// Returns true if there is an open job, of a role or of none.
pub(super) fn has_positions(site: &Site) -> bool {
    let mut roles = site.all_roles();
    !site.positions.is_empty() || roles.any(|role| !role.positions.is_empty())
}
