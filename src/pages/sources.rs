//! The sources of the figures of the site, with the roles that use them.

use super::draft::of_site;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::view::source;
use crate::view::variable::Variable;
use crate::wording::words::promise;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Sources,
    scope: Scope::Site,
    permalink: "/sources/",
    prose: &["sources.md"],
    made: Made::When {
        needs: "a source: [[sources]]",
        from: "from 1 source on",
    },
    drafts: |drafting| of_site(drafting, &KIND, !drafting.site.config.sources.is_empty()),
    description,
    sections: &[SectionKind {
        id: "sources",
        has_content: |about| !about.site.config.sources.is_empty(),
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }],
    on_hub: None,
    role_variable: None,
    variables: |_, cx| vec![Variable::new("sources", source::all(cx))],
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::None,
    search_group: "group_other",
};

fn description(about: &About<'_>) -> String {
    let sources = || about.site.config.sources.values().map(|source| &source.row);
    let parts = [
        (
            sources().any(|source| source.licence.is_some()),
            "part_licence",
        ),
        (sources().any(|source| source.as_of.is_some()), "part_date"),
        (true, "part_used_for"),
    ];
    promise(&about.wording, "description_sources", &[], &parts)
}
