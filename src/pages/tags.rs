//! The index of tags.

use serde_json::{Value as Json, json};

use super::draft::of_site;
use super::{JsonTwin, Made, Menu, PageKind};
use crate::kind::{Kind, Scope};
use crate::view::ViewContext;
use crate::view::variable::Variable;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Tags,
    scope: Scope::Site,
    permalink: "/tags/",
    prose: &["tags/_index.md"],
    made: Made::When {
        needs: "an article with `tags`",
        from: "from 1 tag on",
    },
    drafts: |drafting| of_site(drafting, &KIND, !drafting.tags.is_empty()),
    description: |about| about.wording.strings.get("description_tags").to_owned(),
    sections: &[],
    on_hub: None,
    role_variable: None,
    variables: |_, cx| vec![Variable::new("tags", counts(cx))],
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "articles",
};

fn counts(cx: &ViewContext<'_>) -> Vec<Json> {
    let row = |(slug, title): (&String, &String)| {
        let url = cx.layout.url_of(cx.site, Kind::Tag, slug);
        let count = cx.layout.groups.tagged.get(slug).map_or(0, Vec::len);
        json!({ "title": title, "url": url, "count": count })
    };
    cx.layout.tags.whole().iter().map(row).collect()
}
