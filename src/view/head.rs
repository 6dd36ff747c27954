//! The parts of `<head>` that themes need not know: a page comes in; the title, `<meta>` elements,
//! the canonical link, icons, feeds and JSON-LD go out.

use std::fmt::Write;

use serde_json::Value as Json;

use crate::escape::escape;
use crate::kind::Kind;
use crate::layout::{Layout, Page, Subject, files, page};
use crate::path::UrlPath;
use crate::site::Site;
use crate::view::context::ViewContext;
use crate::view::jsonld::script;
use crate::view::types::{Html, Image};
use crate::view::{image, parts, site};

/// The longest title of a site, in characters, that is followed by what the site is about.
const MOST_OF_HOME: usize = 39;
/// The most characters of the title of a page together with that of the site. Search engines cut
/// longer titles.
const MOST_OF_BOTH: usize = 67;

/// Returns the text of `<title>`.
///
/// It is the heading with the title of the site. A home page that has the title of the site gets
/// what the site is about instead.
pub fn title(cx: &ViewContext<'_>, page: &Page) -> String {
    let site = &cx.site.config.site.title;
    let length = |text: &str| text.chars().count();
    let is_home = page.kind == Kind::Home;
    if is_home && page.title == *site && length(site) <= MOST_OF_HOME {
        let about = site::about(cx);
        if !about.is_empty() {
            let values = [("site", site.as_str()), ("about", &about)];
            return cx.wording.strings.fill("home_title", &values);
        }
    }
    if is_home || page.title == *site || length(&page.title) + length(site) > MOST_OF_BOTH {
        return page.title.clone();
    }
    let values = [("page", page.title.as_str()), ("site", site)];
    cx.wording.strings.fill("page_title", &values)
}

/// Returns the head of a page as HTML, without `<title>`.
pub fn of_page(
    cx: &ViewContext<'_>,
    page: &Page,
    image: Option<&Image>,
    json_ld: impl Iterator<Item = Json>,
) -> Html {
    let mut head = meta_elements(cx, page, image);
    if page.kind != Kind::NotFound {
        let permalink = cx.site.config.permalink(&page.url);
        // Writing to a String cannot fail.
        let _ = writeln!(
            head,
            "<link rel=\"canonical\" href=\"{}\">",
            escape(&permalink)
        );
    }
    for (rel, number) in [("prev", page.number - 1), ("next", page.number + 1)] {
        if let Some(href) = parts::href(cx, page, number) {
            let _ = writeln!(head, "<link rel=\"{rel}\" href=\"{}\">", escape(&href));
        }
    }
    head.push_str(image::icon_links(cx));
    write_feed_links(cx.site, cx.layout, page, &mut head);
    if let Some(url) = cx.layout.json_url(page) {
        let _ = writeln!(
            head,
            "<link rel=\"alternate\" type=\"application/json\" href=\"{}\">",
            escape(&cx.site.config.href(&url))
        );
    }
    for object in json_ld {
        head.push_str(&script(&object));
        head.push('\n');
    }
    Html::Ready(head)
}

/// Returns the `<meta>` elements: the description, OpenGraph, and what Twitter reads.
fn meta_elements(cx: &ViewContext<'_>, page: &Page, image: Option<&Image>) -> String {
    let mut elements = String::new();
    let mut write = |attribute: &str, name: &str, content: &str| {
        if !content.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(
                elements,
                "<meta {attribute}=\"{name}\" content=\"{}\">",
                escape(content)
            );
        }
    };
    write("name", "description", &page.description);
    if !page::is_listed(cx.site, page) {
        write("name", "robots", "noindex");
    }
    let mut open_graph = |name: &str, content: &str| write("property", name, content);
    let kind = match page.kind {
        Kind::Article => "article",
        _ => "website",
    };
    let locale = cx.wording.locale.with_territory();
    open_graph("og:type", kind);
    open_graph("og:title", &page.title);
    open_graph("og:description", &page.description);
    open_graph("og:url", &cx.site.config.permalink(&page.url));
    open_graph("og:site_name", &cx.site.config.site.title);
    open_graph("og:locale", &locale.unwrap_or_default());
    let shared = image::shared_image(cx, page, image);
    if let Some(image) = &shared {
        let pixels = |side: Option<u32>| side.map(|side| side.to_string()).unwrap_or_default();
        open_graph("og:image", &image.src);
        open_graph("og:image:width", &pixels(image.width));
        open_graph("og:image:height", &pixels(image.height));
        open_graph("og:image:alt", &image.alt);
    }
    let card = match shared {
        Some(_) => "summary_large_image",
        None => "summary",
    };
    write("name", "twitter:card", card);
    elements
}

/// Writes the links to the feed of a section and to the feed of the site.
fn write_feed_links(site: &Site, layout: &Layout, page: &Page, head: &mut String) {
    let mut write = |url: UrlPath, title: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(
            head,
            "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{}\" href=\"{}\">",
            escape(title),
            escape(&site.config.href(&url))
        );
    };
    if let Subject::Section(path) = &page.subject
        && let Some(url) = files::feed_url(site, layout, Some(path))
    {
        write(url, &page.title);
    }
    if let Some(url) = files::feed_url(site, layout, None) {
        write(url, &site.config.site.title);
    }
}
