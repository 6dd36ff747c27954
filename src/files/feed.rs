//! Atom feeds: dated articles come in, XML goes out.

use std::fmt::Write;

use crate::escape::escape;
use crate::kind::Kind;
use crate::layout::{Layout, Page, files, page};
use crate::path::SourcePath;
use crate::site::Site;
use crate::view::article;
use crate::view::context::ViewContext;
use crate::wording::words;

/// Returns the Atom feed of a section, or of the whole site.
pub(super) fn feed(cx: &ViewContext<'_>, section: Option<&SourcePath>) -> String {
    let pages: Vec<&Page> = files::feed_pages(cx.site, cx.layout, section).collect();
    let mut xml = feed_head(cx, section, &pages);
    for page in pages {
        write_entry(cx.site, cx.layout, page, &mut xml);
    }
    xml.push_str("</feed>\n");
    xml
}

/// Returns the start of a feed: everything before the first entry.
fn feed_head(cx: &ViewContext<'_>, section: Option<&SourcePath>, pages: &[&Page]) -> String {
    let config = &cx.site.config;
    let site = &config.site;
    let of_section = section.and_then(|path| cx.layout.page_about(Kind::Section, path.as_str()));
    let page = of_section.or_else(|| cx.layout.page_about(Kind::Home, ""));
    let title = match (section, page) {
        (Some(_), Some(page)) => words::title_of_site(&cx.wording, &page.title),
        _ => site.title.clone(),
    };
    let page_url = page.map(|page| config.permalink(&page.url));
    let page_url = escape(&page_url.unwrap_or_default());
    let feed_url = files::feed_url(cx.site, cx.layout, section);
    let feed_url = feed_url.map(|url| config.permalink(&url));
    let feed_url = escape(&feed_url.unwrap_or_default());
    let dates = pages.iter().filter_map(|page| page::updated(cx.site, page));
    let newest = dates.max().unwrap_or(cx.site.build_date);
    let language = escape(&site.language.value);
    let title = escape(&title);
    let author = escape(site.publisher.as_ref().unwrap_or(&site.title));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n\
         <title>{title}</title>\n\
         <id>{feed_url}</id>\n\
         <link rel=\"self\" href=\"{feed_url}\"/>\n\
         <link href=\"{page_url}\"/>\n\
         <updated>{newest}T00:00:00Z</updated>\n\
         <author><name>{author}</name></author>\n"
    )
}

/// Writes the entry of an article.
fn write_entry(site: &Site, layout: &Layout, page: &Page, xml: &mut String) {
    let url = escape(&site.config.permalink(&page.url));
    let published = page::prose(site, page)
        .and_then(|article| article.front.date.as_ref())
        .map(|date| date.value);
    // Writing to a String cannot fail.
    let _ = writeln!(
        xml,
        "<entry>\n<title>{}</title>\n<id>{url}</id>\n<link href=\"{url}\"/>",
        escape(&page.title)
    );
    if let Some(date) = published {
        let _ = writeln!(xml, "<published>{date}T00:00:00Z</published>");
    }
    let updated = page::updated(site, page)
        .or(published)
        .unwrap_or(site.build_date);
    let _ = writeln!(xml, "<updated>{updated}T00:00:00Z</updated>");
    for author in article::authors(site, layout, page) {
        let _ = writeln!(
            xml,
            "<author><name>{}</name></author>",
            escape(&author.name)
        );
    }
    for tag in article::tags_of(site, layout, page) {
        let _ = writeln!(xml, "<category term=\"{}\"/>", escape(&tag.title));
    }
    let _ = writeln!(
        xml,
        "<summary>{}</summary>\n</entry>",
        escape(&page.description)
    );
}
