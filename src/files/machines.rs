//! Files for programs: roles and indexes as JSON, and llms.txt for language models.

use std::fmt::Write;

use serde::Serialize;
use serde_json::json;

use crate::data::Id;
use crate::kind::Kind;
use crate::layout::{Page, Subject, page};
use crate::pages::{self, About, Extent};
use crate::site::Site;
use crate::view::compare::facts;
use crate::view::context::ViewContext;
use crate::view::role_parts::RoleParts;
use crate::view::types::{FactView, FaqView};
use crate::view::{faq, role};

/// How many roles llms.txt names. A larger site names its categories instead.
const MOST_ROLES: usize = 1000;

/// How many articles llms.txt names.
const MOST_ARTICLES: usize = 500;

/// The variables that say how a list falls into parts, which its JSON does not.
const FOR_PAGES: [&str; 5] = ["bar", "filter", "letters", "paginator", "role_lists"];

/// The kinds of pages whose JSON llms.txt names.
const KINDS_WITH_DATA: [Kind; 3] = [Kind::Home, Kind::Roles, Kind::Skills];

/// The kinds of indexes that llms.txt names.
const INDEXES: [Kind; 7] = [
    Kind::Roles,
    Kind::Skills,
    Kind::Comparisons,
    Kind::Tags,
    Kind::SiteFaq,
    Kind::SitePositions,
    Kind::Sources,
];

/// The JSON of a role.
#[derive(Serialize)]
struct RoleJson<'a> {
    permalink: Option<String>,
    /// The facts that a comparison with another role shows.
    facts: Vec<FactView>,
    faqs: Vec<FaqView>,
    #[serde(flatten)]
    parts: &'a RoleParts,
}

/// Returns the JSON of a role: the values that its templates see, with its URL and questions.
pub(super) fn role_json(cx: &ViewContext<'_>, id: &Id) -> String {
    let Some((role, shared)) = cx.site.role(id).zip(role::shared(cx, id)) else {
        return String::new();
    };
    let permalink = cx
        .layout
        .page_about(Kind::Hub, id.as_str())
        .map(|page| cx.site.config.permalink(&page.url));
    let facts = facts::of_role(cx, role);
    // Every part of a View can be written as JSON.
    let json = serde_json::to_string(&RoleJson {
        permalink,
        facts,
        faqs: faq::faqs_on(cx, role, Kind::Faq),
        parts: &shared.parts,
    })
    .unwrap_or_default();
    let more = shared.more.iter();
    with_variables(json, more.map(|own| (own.name, own.value.json())))
}

/// Returns the JSON of an index: its URL and title, and the variables that its template sees.
///
/// The JSON of a long index holds all its pages.
pub(super) fn index_json(cx: &ViewContext<'_>, page: &Page) -> String {
    let head = json!({
        "permalink": cx.site.config.permalink(&page.url),
        "kind": page.kind,
        "title": page.title,
        "description": page.description,
    });
    let about = About {
        extent: Extent::Whole,
        ..About::of(cx.site, cx.layout, cx.wording, page)
    };
    let variables = (pages::of(page.kind).variables)(&about, cx);
    let variables = variables
        .into_iter()
        .filter(|own| !FOR_PAGES.contains(&own.name) && !is_said_again(page.kind, own.name))
        .map(|own| (own.name, own.value.json()));
    with_variables(head.to_string(), variables)
}

/// Returns true for a variable with what another one of the kind has: letters of its entries.
fn is_said_again(kind: Kind, variable: &str) -> bool {
    let repeats = [Kind::Category, Kind::Skill, Kind::Tags, Kind::SitePositions];
    variable == "groups" && repeats.contains(&kind)
}

/// Adds variables to a JSON object that is not empty.
fn with_variables(
    mut json: String,
    variables: impl Iterator<Item = (&'static str, String)>,
) -> String {
    json.pop();
    for (name, value) in variables {
        // Writing to a String cannot fail.
        let _ = write!(json, ",\"{name}\":{value}");
    }
    json + "}\n"
}

/// Returns llms.txt (llmstxt.org): the site in Markdown, with links to its pages.
pub(super) fn llms(cx: &ViewContext<'_>) -> String {
    let site = &cx.site.config.site;
    let mut text = format!("# {}\n", plain(&site.title));
    if let Some(description) = &site.description {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n> {}\n", plain(description));
    }
    let of_kind = |kind: Kind| {
        cx.layout
            .pages
            .whole()
            .iter()
            .filter(move |page| page.kind == kind && page.number == 1)
    };
    let strings = cx.wording.strings;
    if cx.site.roles.whole().len() > MOST_ROLES {
        let categories = of_kind(Kind::Category);
        write_pages(cx.site, strings.get("nav_roles"), categories, &mut text);
    } else {
        for (id, category) in &cx.site.config.categories {
            let roles = cx
                .site
                .roles
                .whole()
                .values()
                .filter(|role| role.categories.contains(id));
            let hubs = roles.filter_map(|role| cx.layout.page_about(Kind::Hub, role.id.as_str()));
            write_pages(cx.site, &category.row.title, hubs, &mut text);
        }
    }
    let articles = of_kind(Kind::Article)
        .filter(|page| matches!(page.subject, Subject::Article(_, None)))
        .take(MOST_ARTICLES);
    write_pages(cx.site, strings.get("articles"), articles, &mut text);
    let heading = strings.get("section_home_frameworks");
    write_pages(cx.site, heading, of_kind(Kind::Framework), &mut text);
    let data = KINDS_WITH_DATA
        .into_iter()
        .flat_map(of_kind)
        .filter_map(|page| {
            Some(Link {
                title: &page.title,
                url: cx.site.config.permalink(&cx.layout.json_url(page)?),
                description: "",
            })
        });
    write_links("JSON", data, &mut text);
    let indexes = INDEXES.into_iter().flat_map(of_kind);
    // llmstxt.org gives this name to what a reader may leave out.
    write_pages(cx.site, "Optional", indexes, &mut text);
    text
}

/// A link of llms.txt.
struct Link<'t> {
    title: &'t str,
    url: String,
    description: &'t str,
}

/// Writes a heading with the pages below it that search engines may list.
fn write_pages<'p>(
    site: &Site,
    heading: &str,
    pages: impl Iterator<Item = &'p Page>,
    text: &mut String,
) {
    let listed = pages.filter(|page| page::is_listed(site, page));
    let links = listed.map(|page| Link {
        title: &page.title,
        url: site.config.permalink(&page.url),
        description: &page.description,
    });
    write_links(heading, links, text);
}

/// Writes a heading with links below it, unless there are none.
fn write_links<'t>(heading: &str, links: impl Iterator<Item = Link<'t>>, text: &mut String) {
    let mut links = links.peekable();
    // Writing to a String cannot fail.
    if links.peek().is_some() {
        let _ = write!(text, "\n## {}\n\n", plain(heading));
    }
    for link in links {
        let _ = write!(text, "- [{}]({})", plain(link.title), link.url);
        if !link.description.is_empty() {
            let _ = write!(text, ": {}", plain(link.description));
        }
        text.push('\n');
    }
}

/// Returns a text as one line of Markdown.
fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut escaped = String::with_capacity(line.len());
    for c in line.chars() {
        if "\\[]<`*_".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
