//! An export of WordPress (WXR): posts and pages in HTML, with their tags, days and addresses.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

use super::body::html_to_markdown;
use super::day::day;
use super::old_site::{ARTICLES, Files, OldSite, base_url, slug};
use super::page::{Front, Page, Shape};
use super::wordpress_text::{paragraphs, tags};
use crate::import::upstream::ending;
use crate::import::{Fault, LossReport, Where, html};
use crate::source::Source;

/// Returns the file that is an export.
pub fn find<'f>(files: &Files<'f>) -> Option<&'f str> {
    let is_export = |name: &&str| {
        ending(name) == "xml" && files.text(name).is_ok_and(|source| is_export(&source.text))
    };
    files.names().find(is_export)
}

fn is_export(text: &str) -> bool {
    let mut end = text.len().min(20_000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].contains("wordpress.org/export/")
}

/// Reads an export.
pub fn read(name: &str, files: &Files<'_>, report: &mut LossReport) -> Result<OldSite, Fault> {
    let source = files.text(name)?;
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(&source.text, options).map_err(|error| {
        let place = Where::file(name).row(error.pos().row.into());
        Fault::new(
            format!("this XML cannot be read: {error}"),
            "export the site again, or correct the file",
        )
        .at(place)
    })?;
    let channel = document
        .root_element()
        .children()
        .find(|node| node.has_tag_name("channel"));
    let channel = channel.ok_or_else(|| {
        Fault::new(
            "this is no export of WordPress: it has no <channel>",
            "export the site under Tools, Export, All content",
        )
        .at(Where::file(name))
    })?;
    let export = Export::new(channel, &source);
    let items = channel.children().filter(|node| node.has_tag_name("item"));
    let pages = items.filter_map(|item| export.page(item, report)).collect();
    let statics = vec![
        String::new(),
        "wp-content".into(),
        "wp-content/uploads".into(),
    ];
    Ok(OldSite {
        pages,
        base_url: export.base_url,
        statics,
        content: String::new(),
    })
}

struct Export<'x> {
    source: &'x Source,
    base_url: Option<String>,
    /// Names of authors by what they log in with.
    authors: BTreeMap<&'x str, String>,
    /// Addresses of attachments by their ids.
    attachments: BTreeMap<&'x str, String>,
}

impl<'x> Export<'x> {
    fn new(channel: Node<'x, 'x>, source: &'x Source) -> Self {
        let authors = channel
            .children()
            .filter(|node| is_of_export(node, "author"));
        let authors = authors.filter_map(|author| {
            let name = own(author, "author_display_name").filter(|name| !name.is_empty());
            Some((own(author, "author_login")?, html::plain(name?)))
        });
        let attachments = channel.children().filter(|node| node.has_tag_name("item"));
        let attachments = attachments.filter_map(|item| {
            Some((
                own(item, "post_id")?,
                own(item, "attachment_url")?.to_owned(),
            ))
        });
        let url = own(channel, "base_blog_url").or_else(|| plain(channel, "link"));
        Self {
            source,
            base_url: base_url(url.map(str::to_owned)),
            authors: authors.collect(),
            attachments: attachments.collect(),
        }
    }

    /// Reads a post or a page.
    fn page(&self, item: Node<'x, 'x>, report: &mut LossReport) -> Option<Page> {
        let row = u64::from(item.document().text_pos_at(item.range().start).row);
        let place = || Where::file(self.source.path.as_str()).row(row);
        let kind = own(item, "post_type").unwrap_or("post");
        if kind == "attachment" {
            return None;
        }
        report.read(ARTICLES);
        let status = own(item, "status").unwrap_or("publish");
        if !matches!(kind, "post" | "page") {
            report.drop(
                ARTICLES,
                format!("a `{kind}`, which is neither post nor page"),
                place(),
            );
            return None;
        }
        if matches!(status, "trash" | "auto-draft" | "inherit") {
            report.drop(ARTICLES, format!("a {kind} that is `{status}`"), place());
            return None;
        }
        report.joined(ARTICLES);
        let front = self.front(item, status);
        let text = item
            .children()
            .find(|node| is_named(node, "encoded", "content"));
        let text = text
            .and_then(|node| node.text())
            .unwrap_or_default()
            .replace("\r\n", "\n");
        let text = paragraphs(&text);
        let found = tags(&text);
        for tag in found.iter().filter(|tag| tag.becomes.is_loss()) {
            report.left(tag.name.clone(), place());
        }
        let (markdown, lost) = html_to_markdown(&text, &found);
        for lost in lost {
            report.drop(
                "HTML",
                format!("`<{}>`, which Markdown has no word for", lost.element),
                place(),
            );
        }
        let title = front.title.clone().unwrap_or_default();
        let name = own(item, "post_name")
            .filter(|name| !name.is_empty())
            .map_or(title, decoded);
        Some(Page {
            file: self.source.path.as_str().to_owned(),
            row: Some(row),
            text: markdown.into(),
            body: 0,
            tags: vec![],
            front,
            folder: vec![],
            slug: slug(&name),
            shape: Shape::File,
            addresses: plain(item, "link").map(str::to_owned).into_iter().collect(),
        })
    }

    fn front(&self, item: Node<'x, 'x>, status: &str) -> Front {
        let terms = |domain: &'static str| {
            let terms = item.children().filter(move |node| {
                node.has_tag_name("category") && node.attribute("domain") == Some(domain)
            });
            terms.filter_map(|node| node.text()).map(html::plain)
        };
        let tags = terms("post_tag")
            .chain(terms("category"))
            .filter(|tag| tag != "Uncategorized");
        let excerpt = item
            .children()
            .find(|node| is_named(node, "encoded", "excerpt"));
        let excerpt = excerpt
            .and_then(|node| node.text())
            .map(html::plain)
            .filter(|text| !text.is_empty());
        let creator = item
            .children()
            .find(|node| node.tag_name().name() == "creator")
            .and_then(|node| node.text());
        let meta = |key: &str| {
            let metas = item
                .children()
                .filter(|node| is_of_export(node, "postmeta"));
            metas
                .filter(|meta| own(*meta, "meta_key") == Some(key))
                .find_map(|meta| own(meta, "meta_value"))
        };
        let date = own(item, "post_date").and_then(day);
        let updated = own(item, "post_modified")
            .and_then(day)
            .filter(|updated| date.is_some_and(|date| date < *updated));
        Front {
            title: plain(item, "title")
                .map(html::plain)
                .filter(|title| !title.is_empty()),
            description: meta("_yoast_wpseo_metadesc").map(html::plain).or(excerpt),
            date,
            updated,
            is_draft: !matches!(status, "publish" | "future"),
            tags: tags.collect(),
            authors: creator
                .map(|login| {
                    self.authors
                        .get(login)
                        .cloned()
                        .unwrap_or_else(|| login.to_owned())
                })
                .into_iter()
                .collect(),
            image: meta("_thumbnail_id")
                .and_then(|id| self.attachments.get(id))
                .cloned(),
            ..Front::default()
        }
    }
}

/// Returns true if an element is one of WordPress, whatever the version of the export.
fn is_of_export(node: &Node<'_, '_>, name: &str) -> bool {
    is_named(node, name, "wordpress.org/export/")
}

fn is_named(node: &Node<'_, '_>, name: &str, namespace: &str) -> bool {
    node.tag_name().name() == name
        && node
            .tag_name()
            .namespace()
            .is_some_and(|uri| uri.contains(namespace))
}

/// Returns the text of an element of WordPress.
fn own<'x>(node: Node<'x, 'x>, name: &str) -> Option<&'x str> {
    node.children()
        .find(|child| is_of_export(child, name))?
        .text()
        .map(str::trim)
}

/// Returns the text of an element of RSS.
fn plain<'x>(node: Node<'x, 'x>, name: &str) -> Option<&'x str> {
    let found = node
        .children()
        .find(|child| child.tag_name().name() == name && child.tag_name().namespace().is_none());
    found?.text().map(str::trim)
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}
