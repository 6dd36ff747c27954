//! HTML and plain text as Markdown.

use htmd::HtmlToMarkdown;

/// Makes Markdown of HTML. What is no text (scripts, styles, forms) is left out.
pub fn to_markdown(html: &str) -> String {
    let converter = HtmlToMarkdown::builder()
        .skip_tags(vec![
            "script", "style", "head", "iframe", "form", "svg", "noscript",
        ])
        .build();
    converter
        .convert(html)
        .map_or_else(|_| escaped(html), |text| text.trim().to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
