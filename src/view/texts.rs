//! Markdown in free values: `[extra]` of front matter and records, and `params` come in; the texts
//! with links, and where each link leads, go out.
//!
//! A template may render any of these texts with the filter `markdown`, which finds the targets
//! here.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::content::ImageUse;
use crate::layout::{Layout, Page, Subject, links, page};
use crate::path::SourcePath;
use crate::site::{Site, home_file};
use crate::view::{site, text};
use serde::Serialize;

/// The targets of the links in each text.
pub type Texts = BTreeMap<String, BTreeMap<String, TextTarget>>;

/// The target of a link, or the reason why it leads nowhere.
#[derive(Clone, Debug, Serialize)]
pub struct TextTarget {
    #[serde(flatten)]
    target: ImageUse,
    fault: Option<String>,
}

/// Returns the texts in the parameters of the site and its theme.
pub fn of_site(site: &Site, layout: &Layout) -> Texts {
    let mut texts = Texts::new();
    let params = Json::Object(site::params(site));
    add_texts(site, layout, &home_file(), &params, &mut texts);
    texts
}

/// Returns the texts in the front matter of a page and in the record of its role.
pub fn of_page(site: &Site, layout: &Layout, page: &Page) -> Texts {
    let mut texts = Texts::new();
    if let Some(article) = page::prose(site, page) {
        for value in article.front.extra.0.values() {
            add_texts(site, layout, &article.path, value, &mut texts);
        }
    }
    let has_role_variable = matches!(
        page.subject,
        Subject::Role(_) | Subject::Position(..) | Subject::Article(..)
    );
    let role = page.subject.role().and_then(|id| site.role(id));
    if let Some(role) = role
        && has_role_variable
    {
        for value in role.extra.0.values() {
            add_texts(site, layout, &role.path, value, &mut texts);
        }
    }
    texts
}

/// Adds all texts of a value that have links.
fn add_texts(site: &Site, layout: &Layout, from: &SourcePath, value: &Json, texts: &mut Texts) {
    match value {
        Json::String(text) => {
            let target = |link: String| {
                let target = text_target(site, layout, from, text, &link);
                (link, target)
            };
            let links: BTreeMap<_, _> = text::links_to_resolve(text).map(target).collect();
            if !links.is_empty() {
                texts.insert(text.clone(), links);
            }
        }
        Json::Array(items) => {
            for item in items {
                add_texts(site, layout, from, item, texts);
            }
        }
        Json::Object(map) => {
            for value in map.values() {
                add_texts(site, layout, from, value, texts);
            }
        }
        _ => {}
    }
}

/// Returns the target of one link.
fn text_target(
    site: &Site,
    layout: &Layout,
    from: &SourcePath,
    text: &str,
    link: &str,
) -> TextTarget {
    let nowhere = ImageUse {
        src: "#".to_owned(),
        srcset: String::new(),
        width: None,
        height: None,
    };
    match links::resolve(site, layout, from, link, None) {
        Ok(target) => TextTarget {
            target: text::use_of(site, layout, target),
            fault: None,
        },
        // A bad link in a parameter is reported where it stands.
        Err(_) if site.texts.iter().any(|said| said.text == text) => TextTarget {
            target: nowhere,
            fault: None,
        },
        Err(fault) => {
            let words: Vec<String> = std::iter::once(fault.message).chain(fault.help).collect();
            TextTarget {
                target: nowhere,
                fault: Some(words.join("; ")),
            }
        }
    }
}
