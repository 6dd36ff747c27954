//! Texts of WordPress: paragraphs that are only empty lines, and shortcodes in square brackets.

use super::tag::{Args, Becomes, Tag};

/// Elements that are blocks: no paragraph is made around them.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "blockquote",
    "pre",
    "hr",
    "figure",
    "section",
    "dl",
    "form",
    "iframe",
    "script",
    "style",
    "address",
    "tr",
];

/// Shortcodes that stand without arguments.
const KNOWN: [&str; 12] = [
    "gallery",
    "caption",
    "wp_caption",
    "embed",
    "audio",
    "video",
    "playlist",
    "code",
    "sourcecode",
    "contact-form-7",
    "contact-form",
    "more",
];

/// Makes paragraphs of a text from the old editor, in which an empty line stands between them.
pub fn paragraphs(text: &str) -> String {
    if text.contains("<!-- wp:") || text.contains("<p>") || text.contains("<p ") {
        return text.to_owned();
    }
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    let mut is_verbatim = false;
    for part in text.split("\n\n") {
        let opens = ["<pre", "[code", "[sourcecode"]
            .iter()
            .any(|tag| part.contains(tag));
        let closes = ["</pre>", "[/code]", "[/sourcecode]"]
            .iter()
            .any(|tag| part.contains(tag));
        let part = if is_verbatim || opens {
            format!("{part}\n\n")
        } else {
            paragraph(part.trim())
        };
        is_verbatim = (is_verbatim || opens) && !closes;
        html.push_str(&part);
    }
    html
}

fn paragraph(text: &str) -> String {
    let name = text
        .strip_prefix('<')
        .map(|tag| tag.trim_start_matches('/'));
    let name = name.map(|tag| {
        tag.split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    });
    if text.is_empty() || name.is_some_and(|name| BLOCKS.contains(&name.as_str())) {
        format!("{text}\n")
    } else {
        format!("<p>{}</p>\n", text.replace('\n', "<br>"))
    }
}

/// Finds shortcodes, and the mark after which a text goes on.
pub fn tags(text: &str) -> Vec<Tag> {
    let mut tags = vec![];
    let mut at = 0;
    while let Some(found) = text[at..].find(['[', '<']) {
        let start = at + found;
        at = start + 1;
        if let Some(tag) = more(text, start).or_else(|| shortcode(text, start)) {
            at = tag.span.end;
            tags.push(tag);
        }
    }
    tags
}

fn more(text: &str, start: usize) -> Option<Tag> {
    let end = start + text[start..].strip_prefix("<!--more")?.find("-->")? + "<!--more-->".len();
    let becomes = Becomes::Text("\n\n<!-- more -->\n\n".to_owned());
    Some(Tag {
        span: start..end,
        name: String::new(),
        becomes,
    })
}

fn shortcode(text: &str, start: usize) -> Option<Tag> {
    let inner = text[start..].strip_prefix('[')?;
    let end = start + 1 + inner.find(']')? + 1;
    let inner = &text[start + 1..end - 1];
    let is_end = inner.starts_with('/');
    let inner = inner.trim_start_matches('/').trim_end_matches('/');
    let (name, args) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
    let is_known = KNOWN.contains(&name);
    let is_closed = text[end..].contains(&format!("[/{name}]"));
    if !is_name
        || !(is_known || is_end || args.contains('=') || is_closed)
        || text[end..].starts_with('(')
    {
        return None;
    }
    if matches!(name, "code" | "sourcecode") && !is_end {
        let close = format!("[/{name}]");
        let body = text[end..].find(&close)?;
        let args = Args::read(args);
        let language = args
            .named_or_first("language")
            .or_else(|| args.named("lang"))
            .unwrap_or_default();
        let code = Becomes::Code {
            text: html_entities(&text[end..end + body]),
            language: language.to_owned(),
        };
        return Some(Tag {
            span: start..end + body + close.len(),
            name: String::new(),
            becomes: code,
        });
    }
    let becomes = match name {
        "caption" | "wp_caption" | "embed" | "code" | "sourcecode" => Becomes::Nothing,
        _ => Becomes::Shown,
    };
    Some(Tag {
        span: start..end,
        name: format!("[{name}]"),
        becomes,
    })
}

fn html_entities(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::super::body::html_to_markdown;
    use super::*;

    fn markdown(text: &str) -> String {
        let text = paragraphs(text);
        html_to_markdown(&text, &tags(&text)).0
    }

    #[test]
    fn a_text_of_the_old_editor_has_paragraphs() {
        let text = "One\ntwo\n\n<h2>Three</h2>\n\nFour<!--more--> five\n\n<pre>a\n\nb</pre>\n\nSix";
        assert_eq!(
            markdown(text),
            "One\\\ntwo\n\n## Three\n\nFour\n\n<!-- more -->\n\nfive\n\n```\na\n\nb\n```\n\nSix"
        );
    }

    #[test]
    fn shortcodes_are_shown_or_said_in_markdown() {
        let text = "<p>[caption id=\"a\" width=\"3\"]<img src=\"/x.png\" alt=\"X\"> A cat[/caption]</p><p>[gallery ids=\"1,2\"] [not one] [1]</p>[sourcecode language=\"c\"]a &lt; b;[/sourcecode]";
        assert_eq!(
            markdown(text),
            "![X](/x.png) A cat\n\n`[gallery ids=\"1,2\"]` \\[not one\\] \\[1\\]\n\n```c\na < b;\n```"
        );
    }
}
