//! The page of search. Without scripts it leads to all indexes.

use super::draft::of_site;
use super::section::{SectionKind, StandsIn, no_terms};
use super::site_positions::has_positions;
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::view::card;
use crate::view::variable::Variable;
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Search,
    scope: Scope::Site,
    permalink: "/search/",
    prose: &["search.md"],
    made: Made::Always,
    drafts: |drafting| of_site(drafting, &KIND, true),
    description,
    sections: &[SectionKind {
        id: "indexes",
        has_content: |about| INDEXES.iter().any(|kind| about.layout.has_pages(*kind)),
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }],
    on_hub: None,
    role_variable: None,
    variables: |_, cx| {
        vec![Variable::new(
            "categories",
            card::category_links(cx.site, cx.layout),
        )]
    },
    json_ld: |_, _| None,
    json: JsonTwin::Search,
    menu: Menu::None,
    search_group: "group_other",
};

/// The kinds of indexes that the page leads to.
const INDEXES: [Kind; 7] = [
    Kind::Roles,
    Kind::Category,
    Kind::Skills,
    Kind::Tags,
    Kind::SiteFaq,
    Kind::SitePositions,
    Kind::Sources,
];

fn description(about: &About<'_>) -> String {
    let has_articles = about
        .layout
        .pages
        .whole()
        .iter()
        .any(|page| page.kind == Kind::Article);
    let parts = [
        (about.site.all_roles().next().is_some(), "part_guides"),
        (has_articles, "part_articles"),
        (!about.layout.skills_in_use.is_empty(), "part_skills"),
        (has_positions(about.site), "part_open_jobs"),
    ];
    promise(&about.wording, "description_search", &[], &parts)
}
