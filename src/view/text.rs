//! Markdown texts of records: a text comes in, HTML that is rendered when it is printed goes out.

use std::collections::BTreeMap;

use crate::content::{ImageUse, RecordText, Shape, record_links};
use crate::data::{Id, Md, is_safe_url};
use crate::escape::escape;
use crate::kind::Kind;
use crate::layout::Layout;
use crate::layout::links::{self, Target};
use crate::path::SourcePath;
use crate::site::Site;
use crate::view::context::ViewContext;
use crate::view::image;
use crate::view::types::{Cited, Html, SourceRef};

/// Returns a Markdown text of a record as paragraphs.
pub fn block(site: &Site, layout: &Layout, text: &Md) -> Html {
    record(site, layout, text, Shape::Block)
}

/// Returns an optional Markdown text of a record as paragraphs, or nothing.
pub(super) fn optional_block(cx: &ViewContext<'_>, text: Option<&Md>) -> Html {
    text.map_or(Html::Empty, |text| block(cx.site, cx.layout, text))
}

/// Returns a Markdown text of a record as an item of a list.
pub(super) fn item(site: &Site, layout: &Layout, text: &Md) -> Html {
    record(site, layout, text, Shape::Item)
}

/// Returns a Markdown text of a record without a paragraph around it.
pub(super) fn inline(site: &Site, layout: &Layout, text: &Md) -> Html {
    record(site, layout, text, Shape::Line)
}

fn record(site: &Site, layout: &Layout, text: &Md, shape: Shape) -> Html {
    let targets = targets_in(site, layout, &text.path, &text.text);
    let record = RecordText {
        markdown: text.text.clone(),
        shape,
        targets,
        options: site.theme.markdown.clone(),
    };
    let source = text.source.as_ref();
    let source = source.and_then(|id| Some(cite(site, &source_ref(site, layout, id)?, shape)));
    match source {
        Some(source) => Html::Cited(Box::new(Cited {
            text: record,
            source,
        })),
        None => Html::Record(record),
    }
}

/// Returns a source as a link, unless no list declares it.
pub fn source_ref(site: &Site, layout: &Layout, id: &Id) -> Option<SourceRef> {
    let source = site.config.sources.get(id)?;
    Some(SourceRef {
        id: id.to_string(),
        title: source.row.title.value.clone(),
        url: layout.anchor_on(site, Kind::Sources, id.as_str()),
    })
}

/// Returns the HTML that names the source of a text: a line below paragraphs, a small link behind a
/// line.
fn cite(site: &Site, source: &SourceRef, shape: Shape) -> String {
    let strings = &site.theme.strings;
    let title = escape(&source.title);
    let url = source.url.as_ref().map(|url| escape(url));
    match (shape, url) {
        (Shape::Block, url) => {
            let link = url.map_or_else(
                || title.clone(),
                |url| format!("<a href=\"{url}\">{title}</a>"),
            );
            let line = strings.fill("source", &[("source", &link)]);
            format!("<p class=\"claim\">{line}</p>")
        }
        (_, Some(url)) => {
            let word = escape(strings.get("cite"));
            format!(" <a class=\"cite\" href=\"{url}\" title=\"{title}\">{word}</a>")
        }
        (_, None) => format!(" <span class=\"cite\">({title})</span>"),
    }
}

/// Returns the targets of the links and pictures in a text, without those that lead nowhere.
pub(super) fn targets_in(
    site: &Site,
    layout: &Layout,
    from: &SourcePath,
    markdown: &str,
) -> BTreeMap<String, ImageUse> {
    let resolved = |link: String| {
        let target = links::resolve(site, layout, from, &link, None).ok()?;
        Some((link, use_of(site, layout, target)))
    };
    links_to_resolve(markdown).filter_map(resolved).collect()
}

/// Returns the links and pictures of a text whose targets depend on the site: neither whole URLs nor
/// places on the same page.
pub(super) fn links_to_resolve(markdown: &str) -> impl Iterator<Item = String> {
    let links = record_links(markdown).into_iter();
    links.filter(|link| !is_safe_url(link) && !link.starts_with('#'))
}

/// Returns what a text needs to know of a target: the address, and of a picture the size and the
/// smaller versions.
pub fn use_of(site: &Site, layout: &Layout, target: Target) -> ImageUse {
    let source = target.source.as_ref();
    let size = source.and_then(|path| site.image_sizes.get(path).copied());
    let srcset = match (source, size) {
        (Some(path), Some(_)) => image::srcset(site, layout, path),
        _ => String::new(),
    };
    ImageUse {
        src: target.href,
        srcset,
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
    }
}

/// Returns a plain text as a paragraph, or nothing if it is empty.
pub(super) fn paragraph(text: &str) -> Html {
    if text.is_empty() {
        Html::Empty
    } else {
        Html::Ready(format!("<p>{}</p>", escape(text)))
    }
}
