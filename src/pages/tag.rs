//! The page of a tag: the articles that have it.

use super::draft::{Draft, Drafted, Drafting, named};
use super::parts::with_parts;
use super::{About, JsonTwin, Made, Menu, PageKind};
use crate::diag::Diagnostic;
use crate::kind::{Kind, Scope};
use crate::layout::address::Placeholders;
use crate::layout::{Subject, groups};
use crate::path::slugify;
use crate::site::Site;
use crate::view::types::Crumb;
use crate::view::variable::Variable;
use crate::view::{ViewContext, index, parts};

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
    let articles = groups::articles_by_tag(drafting.site);
    let draft = |(slug, tag): (&String, &String)| {
        let words = Placeholders {
            slug,
            category: "",
            parent: "/",
        };
        let first = Drafted::page(Draft {
            subject: Subject::Tag(slug.clone()),
            url: drafting
                .address(&KIND, &words)
                .map_err(|fault| placed(drafting, slug, fault)),
            name: named(&KIND, &[slug]),
            title: drafting.wording.strings.fill("title_tag", &[("tag", tag)]),
            number: 1,
        });
        let articles = articles.get(slug).copied().unwrap_or(0);
        let parts = articles.div_ceil(part_size(drafting.site));
        with_parts(drafting, &KIND, first, parts)
    };
    drafting.tags.iter().flat_map(draft).collect()
}

/// Returns how many articles stand on a page of a tag.
fn part_size(site: &Site) -> usize {
    groups::size_of_part(site, None)
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
    let articles = cx.layout.groups.tagged.get(slug);
    let size = part_size(cx.site);
    vec![
        Variable::new("tag", crumb),
        Variable::new("items", index::cards_on(cx, articles, size, about.part())),
        Variable::new("paginator", parts::paginator(cx, about.page)),
    ]
}
