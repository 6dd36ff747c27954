//! The page of one open job.

use super::draft::{Draft, Drafted, Drafting, named};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::layout::Subject;
use crate::layout::address::{Placeholders, folder_of, made_of};
use crate::role::{Position, Role};
use crate::view::variable::Variable;
use crate::view::{jsonld, position};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Position,
    scope: Scope::Thing,
    permalink: "{parent}/positions/{slug}/",
    prose: &["roles/*/positions/*.md"],
    made: Made::Always,
    drafts,
    description,
    sections: &[],
    on_hub: None,
    role_variable: None,
    variables: |about, cx| {
        let Some(position) = subject(about) else {
            return vec![];
        };
        vec![Variable::new(
            "position",
            Some(position::view(cx, about.role, position)),
        )]
    },
    json_ld: |shown, cx| {
        let position = subject(&shown.about)?;
        // Search engines reject an incomplete posting. What it lacks is reported in the record.
        let is_whole = position.missing().is_empty();
        is_whole.then(|| jsonld::job_posting(cx, shown.about.page, position))
    },
    json: JsonTwin::None,
    menu: Menu::None,
    search_group: "nav_positions",
};

fn subject<'a>(about: &About<'a>) -> Option<&'a Position> {
    match &about.page.subject {
        Subject::Position(role, id) => about.site.position(role.as_ref(), id),
        _ => None,
    }
}

fn drafts(drafting: &Drafting<'_>) -> Vec<Drafted> {
    let has_text = |position: &&Position| position.description.is_some();
    let of_role = |role: &Role| {
        let positions = role.positions.iter().filter(has_text);
        positions
            .map(|position| draft(drafting, Some(role), position))
            .collect::<Vec<_>>()
    };
    let of_none = drafting.site.positions.iter().filter(has_text);
    let of_none = of_none.map(|position| draft(drafting, None, position));
    let of_roles = drafting.site.all_roles().flat_map(of_role);
    of_roles.chain(of_none).collect()
}

fn draft(drafting: &Drafting<'_>, role: Option<&Role>, position: &Position) -> Drafted {
    let hub = role.and_then(|role| drafting.hub(role).as_ref().map(folder_of).ok());
    let parent = hub.unwrap_or_else(|| "/".to_owned());
    let words = Placeholders {
        slug: position.id.as_str(),
        category: role.map_or("", |role| role.category.as_str()),
        parent: &parent,
    };
    let values = [
        ("title", position.title.as_str()),
        ("employer", &position.employer),
    ];
    let url = drafting.address(&KIND, &words);
    Drafted::page(Draft {
        subject: Subject::Position(role.map(|role| role.id.clone()), position.id.clone()),
        url: url.map_err(|fault| made_of(fault, &position.path, &position.span)),
        name: role.and_then(|role| named(&KIND, &[role.id.as_str(), position.id.as_str()])),
        title: drafting.wording.strings.fill("title_position", &values),
        number: 1,
    })
}

fn description(about: &About<'_>) -> String {
    let Some(position) = subject(about) else {
        return String::new();
    };
    let key = if position.url.is_some() {
        "description_position"
    } else {
        "description_position_bare"
    };
    let values = [
        ("title", position.title.as_str()),
        ("employer", &position.employer),
    ];
    position
        .summary
        .clone()
        .unwrap_or_else(|| about.wording.strings.fill(key, &values))
}
