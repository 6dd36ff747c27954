//! JSON-LD: a page comes in, what search engines are told of it in the vocabulary of schema.org goes
//! out.

mod job_posting;
mod occupation;
mod pay;

use serde::Serialize;
use serde_json::{Value, json};

use crate::config::Config;
use crate::escape::in_script;
use crate::kind::Kind;
use crate::layout::{Page, page};
use crate::view::context::ViewContext;
use crate::view::types::{Author, Crumb, FaqView};
use crate::view::{article, image};

pub use job_posting::job_posting;
pub use occupation::occupation;

/// A JSON object under construction.
struct Object(Value);

impl Object {
    /// Adds a property if there is a value.
    fn with<T: Serialize>(mut self, name: &str, value: Option<T>) -> Self {
        if let (Some(map), Some(value)) = (self.0.as_object_mut(), value) {
            map.insert(name.to_owned(), json!(value));
        }
        self
    }

    /// Adds a list unless it is empty.
    fn with_list<T: Serialize>(self, name: &str, items: Vec<T>) -> Self {
        let items = if items.is_empty() { None } else { Some(items) };
        self.with(name, items)
    }

    /// Adds a text unless it is empty.
    fn with_text(self, name: &str, text: &str) -> Self {
        let text = if text.is_empty() { None } else { Some(text) };
        self.with(name, text)
    }
}

/// Returns the `BreadcrumbList` of a page, or `None` for a page that has no other above it.
pub fn breadcrumbs(cx: &ViewContext<'_>, breadcrumbs: &[Crumb]) -> Option<Value> {
    if breadcrumbs.len() < 2 {
        return None;
    }
    let config = &cx.site.config;
    let item = |(index, crumb): (usize, &Crumb)| {
        json!({
            "@type": "ListItem",
            "position": index + 1,
            "name": crumb.title,
            "item": config.absolute_url(&crumb.url),
        })
    };
    let items: Vec<Value> = breadcrumbs.iter().enumerate().map(item).collect();
    Some(json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items,
    }))
}

/// Returns the `WebSite` of the home page, with the page of search.
pub fn web_site(cx: &ViewContext<'_>) -> Value {
    let config = &cx.site.config;
    let site = &config.site;
    let search = cx.layout.page_about(Kind::Search, "").map(|page| {
        let target = format!("{}?q={{search_term_string}}", config.permalink(&page.url));
        json!({
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": target },
            "query-input": "required name=search_term_string",
        })
    });
    let object = Object(json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.title,
        "url": home_url(config),
        "inLanguage": site.language.value,
    }));
    object
        .with("alternateName", site.alternate_name.as_ref())
        .with("description", site.description.as_ref())
        .with("potentialAction", search)
        .0
}

/// Returns the `Article` of a page of prose. Without authors, the site itself is the author.
pub fn article(cx: &ViewContext<'_>, page: &Page) -> Value {
    let config = &cx.site.config;
    let published = page::prose(cx.site, page)
        .and_then(|article| article.front.date.as_ref())
        .map(|date| date.value.to_string());
    let mut authors: Vec<Value> = article::authors(cx.site, cx.layout, page)
        .into_iter()
        .map(|author| person(config, author))
        .collect();
    if authors.is_empty() {
        authors.push(publisher(config));
    }
    let own_image = image::of_page(cx.site, cx.layout, page);
    let image = image::shared_image(cx, page, own_image.as_ref());
    let object = Object(json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "url": config.permalink(&page.url),
        "mainEntityOfPage": config.permalink(&page.url),
        "inLanguage": config.site.language.value,
        "author": authors,
        "publisher": publisher(config),
    }));
    let updated = page::updated(cx.site, page).map(|date| date.to_string());
    object
        .with("datePublished", published)
        .with("dateModified", updated)
        .with("image", image.map(|image| image.src))
        .with_text("description", &page.description)
        .0
}

/// Returns the `FAQPage` of some questions.
///
/// Answers are shown outside of the site, so their links are absolute URLs and their footnotes stand
/// at the end without links.
pub fn faq_page(cx: &ViewContext<'_>, faqs: &[FaqView]) -> Value {
    let config = &cx.site.config;
    let question = |faq: &FaqView| {
        let text = faq.answer.to_data(&config.origin);
        json!({
            "@type": "Question",
            "name": faq.question,
            "acceptedAnswer": { "@type": "Answer", "text": text },
        })
    };
    let questions: Vec<Value> = faqs.iter().map(question).collect();
    json!({
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": config.site.language.value,
        "mainEntity": questions,
    })
}

/// Returns a `<script>` element with a JSON-LD object, escaped so that no character of it can be
/// read as markup.
pub(super) fn script(value: &Value) -> String {
    // A JSON value always has a text.
    let json = serde_json::to_string(value).unwrap_or_default();
    format!(
        "<script type=\"application/ld+json\">{}</script>",
        in_script(&json)
    )
}

fn person(config: &Config, author: Author) -> Value {
    let url = author
        .url
        .map(|url| config.absolute_url(&url))
        .filter(|url| is_web_url(url));
    Object(json!({ "@type": "Person", "name": author.name }))
        .with("url", url)
        .0
}

fn publisher(config: &Config) -> Value {
    let site = &config.site;
    json!({
        "@type": "Organization",
        "name": site.publisher.as_ref().unwrap_or(&site.title),
        "url": home_url(config),
    })
}

fn home_url(config: &Config) -> String {
    format!("{}{}", config.origin, config.base_path)
}

/// Returns true if a link leads to the web: a mail address or a phone number identifies nobody.
fn is_web_url(url: &str) -> bool {
    url.get(..4)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"))
}
