//! The page of a tag: the articles that have it.

use super::draft::{Draft, Drafted, Drafting, named};
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::diag::Diagnostic;
use crate::kind::{Kind, Scope};
use crate::layout::Subject;
use crate::layout::address::Placeholders;
use crate::path::slugify;
use crate::view::types::Crumb;
use crate::view::variable::Variable;
use crate::view::{ViewContext, index};

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Tag,
    scope: Scope::Thing,
    permalink: "/tags/{slug}/",
    prose: &["tags/*.md"],
    made: Made::Always,
    drafts,
    description: |about| {
        let tag = tag(about).unwrap_or_default();
        about
            .wording
            .strings
            .fill("description_tag", &[("tag", tag)])
    },
    sections: &[],
    on_hub: None,
    role_variable: None,
    variables,
    json_ld: |_, _| None,
    json: JsonTwin::Index,
    menu: Menu::None,
    search_group: "articles",
};

fn tag<'a>(about: &About<'a>) -> Option<&'a str> {
    match &about.page.subject {
        Subject::Tag(slug) => about.layout.tags.get(slug).map(String::as_str),
        _ => None,
    }
}

fn drafts(drafting: &Drafting<'_>) -> Vec<Drafted> {
    let draft = |(slug, tag): (&String, &String)| {
        let words = Placeholders {
            slug,
            category: "",
            parent: "/",
        };
        Drafted::page(Draft {
            subject: Subject::Tag(slug.clone()),
            url: drafting
                .address(&KIND, &words)
                .map_err(|fault| placed(drafting, slug, fault)),
            name: named(&KIND, &[slug]),
            title: drafting.wording.strings.fill("title_tag", &[("tag", tag)]),
            number: 1,
        })
    };
    drafting.tags.iter().map(draft).collect()
}

/// Places a diagnostic about an address at the tag in it.
fn placed(drafting: &Drafting<'_>, slug: &str, fault: Diagnostic) -> Diagnostic {
    let articles = drafting.site.articles.whole().values();
    let mut tags =
        articles.flat_map(|article| article.front.tags.iter().map(|tag| (&article.path, tag)));
    match tags.find(|(_, tag)| slugify(tag) == slug) {
        Some((path, tag)) if fault.place.is_none() => fault
            .at(path, tag.span.clone())
            .help("use another word for the tag, or more words"),
        _ => fault,
    }
}

fn variables(about: &About<'_>, cx: &ViewContext<'_>) -> Vec<Variable> {
    let Subject::Tag(slug) = &about.page.subject else {
        return vec![];
    };
    let crumb = Crumb {
        title: tag(about).unwrap_or_default().to_owned(),
        url: cx.site.config.href(&about.page.url),
    };
    vec![
        Variable::new("tag", crumb),
        Variable::new("items", index::cards_of_tag(cx, slug)),
        Variable::new("paginator", None::<()>),
    ]
}
