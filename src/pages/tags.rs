//! The index of tags.

use serde_json::{Value as Json, json};

use super::parts::of_site_with_parts;
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::view::types::Group;
use crate::view::variable::Variable;
use crate::view::{ViewContext, parts};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Tags,
    scope: Scope::Site,
    permalink: "/tags/",
    prose: &["tags/_index.md"],
    made: Made::When {
        needs: "an article with `tags`",
        from: "from 1 tag on",
    },
    drafts: |drafting| {
        let has_tags = !drafting.tags.is_empty();
        of_site_with_parts(
            drafting,
            &KIND,
            has_tags,
            drafting.lists.tags.whole().count(),
        )
    },
    description: |about| about.wording.strings.get("description_tags").to_owned(),
    sections: &[],
    on_hub: None,
    role_variable: None,
    variables,
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "articles",
};

fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let list = &cx.layout.lists.tags.whole();
    let groups: Vec<Group<Json>> = list
        .on(about.part())
        .map(|(group, slugs)| {
            let tags = slugs.iter().map(|slug| count(cx, slug));
            parts::group_of(group, tags.collect())
        })
        .collect();
    let tags: Vec<Json> = groups
        .iter()
        .flat_map(|group| group.items.clone())
        .collect();
    let has_letters = list.groups.len() > 1;
    let bar = parts::bar(cx, about.page, list, parts::own_id);
    vec![
        Variable::new("tags", tags),
        Variable::new("groups", if has_letters { groups } else { vec![] }),
        Variable::new("bar", if has_letters { bar } else { vec![] }),
        Variable::new("paginator", parts::paginator(cx, about.page)),
    ]
}

/// Returns a tag with how many articles have it.
fn count(cx: &ViewContext<'_>, slug: &str) -> Json {
    let title = cx.layout.tags.get(slug);
    let url = cx.layout.url_of(cx.site, Kind::Tag, slug);
    let count = cx.layout.groups.tagged.get(slug).map_or(0, Vec::len);
    json!({ "title": title, "url": url, "count": count })
}
