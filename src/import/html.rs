//! HTML of other people: an allow-list takes away what could do harm or says nothing, and what is left
//! becomes Markdown.

/// Elements that Markdown has no word for, and whose loss a reader would notice.
pub const IS_LOST: [&str; 15] = [
    "iframe", "script", "style", "video", "audio", "object", "embed", "form", "input", "button",
    "select", "textarea", "svg", "canvas", "math",
];

/// Elements that become Markdown.
const ALLOWED: [&str; 40] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Turns HTML into Markdown. What the allow-list does not have is left out, with what scripts and styles
/// hold.
pub fn to_markdown(html: &str) -> String {
    let clean = with_code(&clean(html));
    let options = htmd::options::Options {
        bullet_list_marker: htmd::options::BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        br_style: htmd::options::BrStyle::Backslash,
        hr_style: htmd::options::HrStyle::Dashes,
        ..Default::default()
    };
    let converter = htmd::HtmlToMarkdown::builder().options(options).build();
    // The converter walks a tree with its own stack, which deep nesting would use up.
    let is_deep = clean.matches('<').count() > DEEPEST && depth(&clean) > DEEPEST;
    let markdown = if is_deep {
        None
    } else {
        converter.convert(&clean).ok()
    };
    tidy(&markdown.unwrap_or_else(|| text_of(&clean)))
}

/// How deep elements may be nested.
const DEEPEST: usize = 100;

#[expect(
    clippy::disallowed_types,
    reason = "`ammonia` wants this set; it is asked and never listed"
)]
fn clean(html: &str) -> String {
    let tags: std::collections::HashSet<&str> = ALLOWED.into_iter().collect();
    ammonia::Builder::new()
        .tags(tags)
        .link_rel(None)
        .add_tag_attributes("a", ["href", "title"])
        .add_tag_attributes("code", ["class"])
        .url_relative(ammonia::UrlRelative::PassThrough)
        .clean(html)
        .to_string()
}

/// Makes code of what is only preformatted, as most pages mean it.
fn with_code(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<pre>") {
        let (before, inner) = rest.split_at(start + "<pre>".len());
        let Some(end) = inner.find("</pre>") else {
            break;
        };
        text.push_str(before);
        let inner_text = &inner[..end];
        if inner_text.contains("<code") {
            text.push_str(inner_text);
        } else {
            text.push_str("<code>");
            text.push_str(inner_text);
            text.push_str("</code>");
        }
        rest = &inner[end..];
    }
    text + rest
}

/// Returns how deep the elements of clean HTML are nested, at most.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !["br", "hr", "img"]
            .iter()
            .any(|name| rest.starts_with(name))
        {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Returns the text of clean HTML without its tags.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        rest = rest[start..].split_once('>').map_or("", |(_, after)| after);
        text.push(' ');
    }
    text.push_str(rest);
    escaped(&without_entities(&one_line(&text)))
}

/// Returns the words of a text that may hold HTML, in one line.
pub fn plain(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return one_line(text);
    }
    let clean = ammonia::Builder::empty().clean(text).to_string();
    one_line(&without_entities(&clean))
}

/// Reads HTML whose own signs stand as entities, as some feeds have it; other HTML stays as it is.
pub fn unescape(text: &str) -> String {
    if text.contains('<') || !text.contains("&lt;") {
        return text.to_owned();
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Reads the few entities that clean HTML has.
fn without_entities(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// Makes plain text of HTML.
pub fn to_text(html: &str) -> String {
    use pulldown_cmark::{Event, Parser, TagEnd};
    let markdown = to_markdown(html);
    let mut text = String::new();
    for event in Parser::new(&markdown) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell,
            ) => text.push(' '),
            _ => {}
        }
    }
    one_line(&text)
}

/// Writes plain text so that Markdown shows it as it is.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            escaped.push('\n');
        }
        let line = line.trim();
        let begins_block =
            line.starts_with(['#', '>', '-', '+', '=', '|', '~']) || begins_list(line);
        let mark = if begins_block {
            begin_of_mark(line)
        } else {
            None
        };
        let mut before = None;
        for (at, c) in line.char_indices() {
            let is_inside_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let is_mark = match c {
                '*' | '`' | '[' | ']' | '<' | '\\' => true,
                '_' => !(is_inside_word(before) && is_inside_word(line[at + 1..].chars().next())),
                '&' => line[at..].contains(';'),
                _ => Some(at) == mark,
            };
            if is_mark {
                escaped.push('\\');
            }
            escaped.push(c);
            before = Some(c);
        }
    }
    escaped
}

/// Returns true for `1. text` and `1) text`.
fn begins_list(line: &str) -> bool {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    digits > 0
        && line[digits..].starts_with(['.', ')'])
        && line[digits + 1..].starts_with([' ', '\t'])
}

/// Returns where the sign stands that makes a line a list, a heading or a quote.
fn begin_of_mark(line: &str) -> Option<usize> {
    Some(line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len())
}

/// Returns a text without line ends and doubled blanks.
pub fn one_line(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    line
}

/// Takes away blanks at ends of lines, no-break spaces, and more than one empty line outside of code.
pub fn tidy(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let (mut empty, mut is_code) = (0, false);
    for line in markdown.lines() {
        is_code ^= line.trim_start().starts_with("```");
        let line = if is_code { line } else { line.trim_end() };
        if !is_code && !line.is_empty() && line.bytes().all(|byte| byte == b'#') {
            continue;
        }
        let line = if is_code {
            line.to_owned()
        } else {
            with_dashes(line)
        };
        let line = line.as_str();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty <= 1 || is_code {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.replace('\u{a0}', " ").trim_matches('\n').to_owned()
}

/// Gives each column of the line below the head of a table its dashes.
fn with_dashes(line: &str) -> String {
    let is_rule = line.starts_with('|')
        && line.contains("---")
        && line
            .bytes()
            .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '));
    if !is_rule {
        return line.to_owned();
    }
    let cells = line.trim().trim_matches('|').split('|').map(|cell| {
        if cell.trim().is_empty() {
            " --- "
        } else {
            cell
        }
    });
    format!("|{}|", cells.collect::<Vec<_>>().join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        let html = "<h2>About</h2><p>We <strong>care</strong>&nbsp;for <a href=\"/x\" onclick=\"y()\">you</a>.</p><script>alert(1)</script><ul><li>One</li><li>Two</li></ul><p></p><p>a<br>b</p>";
        assert_eq!(
            to_markdown(html),
            "## About\n\nWe **care** for [you](/x).\n\n- One\n- Two\n\na\\\nb"
        );
    }

    #[test]
    fn tables_have_dashes_in_each_column() {
        assert_eq!(
            tidy("| a |  |\n| --- |  |\n\n#\n"),
            "| a |  |\n| --- | --- |"
        );
    }

    #[test]
    fn what_could_do_harm_is_left_out() {
        assert_eq!(
            to_markdown(
                "<a href=\"javascript:x()\">a</a><style>b{}</style><iframe src=c></iframe>"
            ),
            "a"
        );
    }

    #[test]
    fn nesting_without_end_is_text() {
        let html = format!("{}x{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
        assert_eq!(to_markdown(&html), "x");
    }

    #[test]
    fn html_becomes_markdown_without_what_runs() {
        let html = "<p>Care for <b>people</b>.</p><script>alert(1)</script><ul><li>One</li><li>Two</li></ul>";
        let text = to_markdown(html);
        assert!(text.starts_with("Care for **people**."), "{text}");
        assert!(!text.contains("alert"), "{text}");
        assert_eq!(to_text(html), "Care for people. One Two");
    }

    #[test]
    fn plain_text_stays_what_it_is() {
        for (text, written) in [
            ("C# and C++ in snake_case", "C# and C++ in snake_case"),
            ("a * b [c] <d>", "a \\* b \\[c\\] \\<d>"),
            ("# 1 of 2", "\\# 1 of 2"),
            ("1. First", "1\\. First"),
            ("2026 was good", "2026 was good"),
            ("- 5 degrees", "\\- 5 degrees"),
            ("R&D; AT&T", "R\\&D; AT&T"),
        ] {
            assert_eq!(escaped(text), written);
        }
    }

    #[test]
    fn nesting_without_end_has_a_text() {
        let html = format!("{}x{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
        assert_eq!(to_text(&html), "x");
    }
}
