//! Markdown in records: a short text comes in, HTML, plain text or its links go out. HTML in it is shown as text.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parse::{Spanned, flags, parse, plain};
use crate::data::is_safe_url;
use crate::escape::{escape, push as push_escaped};
use crate::path::SourcePath;

/// A record's text as HTML. `links` says where each destination leads; others are kept only when they are harmless.
pub fn record_html(markdown: &str, inline: bool, links: &BTreeMap<String, String>) -> String {
    let Some(events) = events(markdown) else { return paragraph(&escape(markdown), inline) };
    let mut out = String::new();
    let mut is_plain = false;
    for (event, _) in &events {
        match event {
            // What is not published has an empty address: the link is plain text.
            Event::Start(Tag::Link { dest_url, .. }) if !dest_url.is_empty() && links.get(dest_url.as_ref()).is_some_and(String::is_empty) => is_plain = true,
            Event::End(TagEnd::Link) if std::mem::take(&mut is_plain) => {}
            event => write(event, inline, links, &mut out),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The destinations of all links in a record's text.
pub fn record_links(markdown: &str) -> Vec<String> {
    // Most texts hold none, and need no parser to say so.
    if memchr::memchr2(b'[', b'<', markdown.as_bytes()).is_none() {
        return vec![];
    }
    let link = |(event, _): Spanned<'_>| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    };
    events(markdown).unwrap_or_default().into_iter().filter_map(link).collect()
}

/// A record's text without markup.
pub fn plain_text(markdown: &str) -> String {
    events(markdown).map_or_else(|| markdown.to_owned(), |events| plain(&events)).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn events(markdown: &str) -> Option<Vec<Spanned<'_>>> {
    let path = SourcePath::new("record").ok()?;
    parse(&path, markdown, 0, flags(true)).ok()
}

fn paragraph(html: &str, inline: bool) -> String {
    if inline { html.to_owned() } else { format!("<p>{html}</p>") }
}

fn write(event: &Event<'_>, inline: bool, links: &BTreeMap<String, String>, out: &mut String) {
    match event {
        Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => push_escaped(out, text),
        Event::Code(code) => {
            out.push_str("<code>");
            push_escaped(out, code);
            out.push_str("</code>");
        }
        Event::SoftBreak => out.push(' '),
        Event::HardBreak => out.push_str("<br>"),
        Event::Start(Tag::Link { dest_url, .. }) => {
            let kept = || if is_safe_url(dest_url) || dest_url.starts_with('#') { dest_url.as_ref() } else { "#" };
            let href = links.get(dest_url.as_ref()).map_or_else(kept, String::as_str);
            out.push_str("<a href=\"");
            push_escaped(out, href);
            out.push_str("\">");
        }
        Event::Start(tag) => out.push_str(opening(tag, inline)),
        Event::End(tag) => out.push_str(closing(tag, inline)),
        _ => {}
    }
}

/// Blocks become paragraphs and lists; in a line they vanish. A heading would stand in nobody's outline.
fn opening(tag: &Tag<'_>, inline: bool) -> &'static str {
    match tag {
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        Tag::Strikethrough => "<del>",
        _ if inline => "",
        Tag::Paragraph => "<p>",
        Tag::Heading { .. } => "<p><strong>",
        Tag::HtmlBlock => "<p>",
        Tag::List(Some(_)) => "<ol>",
        Tag::List(None) => "<ul>",
        Tag::Item => "<li>",
        Tag::BlockQuote(_) => "<blockquote>",
        Tag::CodeBlock(_) => "<pre tabindex=\"0\"><code>",
        _ => "",
    }
}

fn closing(tag: &TagEnd, inline: bool) -> &'static str {
    match tag {
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</del>",
        TagEnd::Link => "</a>",
        TagEnd::Paragraph | TagEnd::Item if inline => " ",
        _ if inline => "",
        TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>\n",
        TagEnd::Heading(_) => "</strong></p>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::Item => "</li>",
        TagEnd::BlockQuote(_) => "</blockquote>\n",
        TagEnd::CodeBlock => "</code></pre>\n",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_any_kind_is_text() {
        let html = record_html("a <script>x</script> [b](javascript:x) [c](a.md) **d**", true, &BTreeMap::from([("a.md".to_owned(), "/a/".to_owned())]));
        assert_eq!(html, "a &lt;script&gt;x&lt;/script&gt; <a href=\"#\">b</a> <a href=\"/a/\">c</a> <strong>d</strong>");
        assert_eq!(record_html("<div>\n\nx", false, &BTreeMap::new()), "<p>&lt;div&gt;\n</p>\n<p>x</p>");
    }

    #[test]
    fn links_are_listed() {
        assert_eq!(record_links("see [a](b.md#c) and <https://x.example>"), ["b.md#c", "https://x.example"]);
        assert_eq!(plain_text("**a**\n\n- b `c`"), "a b c");
    }
}
