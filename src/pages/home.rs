//! The home page.

use super::draft::of_site;
use super::section::{SectionKind, StandsIn, no_terms};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::view::variable::Variable;
use crate::view::{ViewContext, card, index, jsonld};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Home,
    scope: Scope::Site,
    permalink: "/",
    prose: &["_index.md"],
    made: Made::Always,
    drafts: |drafting| of_site(drafting, &KIND, true),
    description: |about| {
        about
            .site
            .config
            .site
            .description
            .clone()
            .unwrap_or_default()
    },
    sections: &[
        CATEGORIES,
        SectionKind {
            id: "articles",
            has_content: |about| !about.layout.groups.dated.is_empty(),
            stands_in: StandsIn::Never,
            index_terms: no_terms,
        },
        SectionKind {
            id: "frameworks",
            has_content: |about| !about.site.frameworks.is_empty(),
            stands_in: StandsIn::Never,
            index_terms: no_terms,
        },
    ],
    on_hub: None,
    role_variable: None,
    variables,
    json_ld: |_, cx| Some(jsonld::web_site(cx)),
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "group_other",
};

/// Categories with their roles.
pub(super) const CATEGORIES: SectionKind = SectionKind {
    id: "categories",
    has_content: |about| about.layout.has_pages(Kind::Category),
    stands_in: StandsIn::Never,
    index_terms: no_terms,
};

fn variables(_: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    vec![
        Variable::new("categories", index::categories(cx)),
        Variable::new("roles_count", cx.site.roles.keys().len()),
        Variable::new("skills_count", cx.layout.skills_in_use.whole().len()),
        Variable::new("articles", index::newest_articles(cx, 6)),
        Variable::new("frameworks", card::of_kind(cx, Kind::Framework)),
    ]
}
