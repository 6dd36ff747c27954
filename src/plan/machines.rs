//! What programs read instead of pages: the JSON of roles and indexes, and llms.txt.

use std::fmt::Write;

use serde::Serialize;
use serde_json::json;

use super::address::folder_of;
use super::outputs::root_file;
use super::page::Shown;
use super::role::RoleParts;
use super::view::{FactView, FaqView};
use super::{File, Page, Plan, Subject};
use crate::data::Id;
use crate::kind::Kind;
use crate::path::UrlPath;

/// Pages that are lists of others, and therefore JSON too.
const INDEXES: [Kind; 11] = [
    Kind::Home,
    Kind::Roles,
    Kind::Category,
    Kind::Section,
    Kind::Tags,
    Kind::Tag,
    Kind::Skills,
    Kind::Skill,
    Kind::SitePositions,
    Kind::Framework,
    Kind::Comparisons,
];

/// How many roles llms.txt names; of more it names the categories.
const MOST_ROLES: usize = 1000;
/// How many articles it names.
const MOST_ARTICLES: usize = 500;

impl Plan {
    /// The JSON of roles and indexes, and llms.txt.
    pub(super) fn machine_files(&self) -> Vec<(UrlPath, File)> {
        let json = self.pages.iter().enumerate().filter_map(|(index, page)| {
            let file = match &page.subject {
                Subject::Role(id) => File::RoleJson(id.clone()),
                // The list of its index is `search/`'s.
                _ if page.kind == Kind::Search => return None,
                _ => File::IndexJson(index),
            };
            Some((self.json_url(page)?, file))
        });
        json.chain(root_file("llms.txt").map(|url| (url, File::Llms))).collect()
    }

    /// Where the JSON of a page is, when it has some.
    pub(super) fn json_url(&self, page: &Page) -> Option<UrlPath> {
        let has_json = page.number == 1 && (matches!(page.kind, Kind::Hub | Kind::Search) || INDEXES.contains(&page.kind));
        has_json.then(|| UrlPath::new(&format!("{}index.json", folder_of(&page.url))).ok())?
    }

    /// A role: the same values that templates see, with its address and questions.
    pub(super) fn role_json(&self, id: &Id) -> String {
        let Some((role, shared)) = self.site.role(id).zip(self.role(id)) else { return String::new() };
        let permalink = self.page_about(Kind::Hub, id.as_str()).map(|page| self.permalink(&page.url));
        let facts = self.facts_of_role(role);
        // What a View is made of always has a text.
        serde_json::to_string(&RoleJson { permalink, facts, faqs: self.faqs_on(role, Kind::Faq), parts: &shared.parts }).unwrap_or_default() + "\n"
    }

    /// An index: its address and title, and the variables that its template sees. Parts of a long one are put together.
    pub(super) fn index_json(&self, page: &Page) -> String {
        let head = json!({ "permalink": self.permalink(&page.url), "kind": page.kind, "title": page.title, "description": page.description });
        let variables = if let Subject::Section(path) = &page.subject {
            let items: Vec<_> = self.pages_at(self.groups.articles_of_section.get(path)).map(|page| self.card(page)).collect();
            vec![("items", items.json()), ("subsections", self.subsections(path).json())]
        } else {
            self.own_variables(page).into_iter().filter(|(name, _)| *name != "paginator").map(|(name, own)| (name, own.json())).collect()
        };
        let mut json = head.to_string();
        json.pop();
        for (name, value) in variables {
            // Writing to a String cannot fail.
            let _ = write!(json, ",\"{name}\":{value}");
        }
        json + "}\n"
    }

    /// The site in Markdown for language models (llmstxt.org): what it is, and where its pages are.
    pub(super) fn llms(&self) -> String {
        let site = &self.site.config.site;
        let mut text = format!("# {}\n", plain(&site.title));
        if let Some(description) = &site.description {
            // Writing to a String cannot fail.
            let _ = write!(text, "\n> {}\n", plain(description));
        }
        let of_kind = |kind: Kind| self.pages.iter().filter(move |page| page.kind == kind && page.number == 1);
        if self.site.roles.len() > MOST_ROLES {
            self.links(self.strings().get("nav_roles"), of_kind(Kind::Category), &mut text);
        } else {
            for (id, category) in &self.site.config.categories {
                let roles = self.site.roles.values().filter(|role| role.category == *id);
                let hubs = roles.filter_map(|role| self.page_about(Kind::Hub, role.id.as_str()));
                self.links(&category.row.title, hubs, &mut text);
            }
        }
        let articles = of_kind(Kind::Article).filter(|page| matches!(page.subject, Subject::Article(_, None)));
        self.links(self.strings().get("articles"), articles.take(MOST_ARTICLES), &mut text);
        self.links(self.strings().get("section_home_frameworks"), of_kind(Kind::Framework), &mut text);
        let data = [Kind::Home, Kind::Roles, Kind::Skills].into_iter().flat_map(of_kind);
        let data = data.filter_map(|page| Some((page.title.as_str(), self.permalink(&self.json_url(page)?), "")));
        write_links("JSON", data, &mut text);
        let others =
            [Kind::Roles, Kind::Skills, Kind::Comparisons, Kind::Tags, Kind::SiteFaq, Kind::SitePositions, Kind::Sources].into_iter().flat_map(of_kind);
        // The name that llmstxt.org gives to what may be left out.
        self.links("Optional", others, &mut text);
        text
    }

    fn links<'p>(&self, heading: &str, pages: impl Iterator<Item = &'p Page>, text: &mut String) {
        let listed = pages.filter(|page| self.is_listed(page));
        write_links(heading, listed.map(|page| (page.title.as_str(), self.permalink(&page.url), page.description.as_str())), text);
    }
}

#[derive(Serialize)]
struct RoleJson<'a> {
    permalink: Option<String>,
    /// What a comparison with another role shows.
    facts: Vec<FactView>,
    faqs: Vec<FaqView>,
    #[serde(flatten)]
    parts: &'a RoleParts,
}

/// A heading with links below it, unless there are none.
fn write_links<'t>(heading: &str, links: impl Iterator<Item = (&'t str, String, &'t str)>, text: &mut String) {
    let mut links = links.peekable();
    if links.peek().is_some() {
        let _ = write!(text, "\n## {}\n\n", plain(heading));
    }
    for (title, url, description) in links {
        let description = if description.is_empty() { String::new() } else { format!(": {}", plain(description)) };
        let _ = writeln!(text, "- [{}]({url}){description}", plain(title));
    }
}

/// A text in a line of Markdown.
fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().flat_map(|c| matches!(c, '\\' | '[' | ']' | '<' | '`' | '*' | '_').then_some('\\').into_iter().chain([c])).collect()
}
