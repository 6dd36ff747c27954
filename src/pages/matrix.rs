//! The matrix of a framework: its competencies by level.

use super::draft::{Draft, Drafted, Drafting, named};
use super::framework::{of, variables};
use super::section::{SectionKind, StandsIn, no_terms};
use super::{JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::layout::Subject;
use crate::layout::address::{Placeholders, folder_of, made_of};
use crate::path::slugify;
use crate::role::Framework;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Matrix,
    scope: Scope::Thing,
    permalink: "{parent}/matrix/",
    prose: &["frameworks/*/matrix.md"],
    made: Made::Always,
    drafts: |drafting| {
        let frameworks = drafting.site.frameworks.values();
        frameworks
            .filter_map(|framework| draft(drafting, framework))
            .collect()
    },
    description: |about| {
        let name = of(about)
            .map(|framework| framework.name.as_str())
            .unwrap_or_default();
        about
            .wording
            .strings
            .fill("description_matrix", &[("framework", name)])
    },
    sections: &[SectionKind {
        id: "matrix",
        has_content: |_| true,
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }],
    on_hub: None,
    role_variable: None,
    variables,
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::Framework,
    search_group: "section_home_frameworks",
};

/// Drafts the matrix of a framework, or nothing without competencies.
fn draft(drafting: &Drafting<'_>, framework: &Framework) -> Option<Drafted> {
    let overview = drafting.framework(framework).ok()?;
    if framework.competencies.is_empty() {
        return None;
    }
    let words = Placeholders {
        slug: &slugify(framework.id.as_str()),
        category: "",
        parent: &folder_of(&overview),
    };
    let url = drafting.address(&KIND, &words);
    let values = [("framework", framework.name.as_str())];
    Some(Drafted::page(Draft {
        subject: Subject::Framework(framework.id.clone()),
        url: url.map_err(|fault| made_of(fault, &framework.path, &(0..0))),
        name: named(&KIND, &[framework.id.as_str()]),
        title: drafting.wording.strings.fill("title_matrix", &values),
        number: 1,
    }))
}
