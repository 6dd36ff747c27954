//! What MDX adds to Markdown: imports, exports, components and expressions.

use super::code;
use super::tag::{Becomes, Tag, end_of, lines};
use crate::source::Span;

/// Finds them outside of code.
pub fn find(text: &str) -> Vec<Tag> {
    let in_code = code::spans(text);
    let mut tags = modules(text, &in_code);
    let mut at = 0;
    while let Some(found) = text[at..].find(['<', '{']) {
        let start = at + found;
        at = start + 1;
        let is_known = tags.iter().any(|tag| tag.span.contains(&start));
        if is_known || code::holding(&in_code, start).is_some() {
            continue;
        }
        if let Some(tag) = tag_at(text, start) {
            at = tag.span.end;
            tags.push(tag);
        }
    }
    tags.sort_by_key(|tag| tag.span.start);
    tags
}

/// Finds lines that import or export, up to the next empty line.
fn modules(text: &str, in_code: &[Span]) -> Vec<Tag> {
    let mut tags: Vec<Tag> = vec![];
    let mut is_open = false;
    for line in lines(text) {
        let words = &text[line.clone()];
        let begins = (words.starts_with("import ")
            && (words.contains(" from ") || words.contains(['"', '\''])))
            || words.starts_with("export ") && words.contains(['=', '{', '(']);
        let goes_on = is_open && !words.trim().is_empty();
        is_open = (begins || goes_on) && code::holding(in_code, line.start).is_none();
        if !is_open {
            continue;
        }
        match tags.last_mut() {
            Some(last) if last.span.end == line.start => last.span.end = line.end,
            _ => tags.push(Tag {
                span: line,
                name: "import or export".into(),
                becomes: Becomes::Nothing,
            }),
        }
    }
    tags
}

fn tag_at(text: &str, start: usize) -> Option<Tag> {
    let rest = &text[start..];
    if let Some(inner) = rest.strip_prefix('{') {
        let end = end_of(text, start + 1, "}")?;
        let is_comment = inner.starts_with("/*");
        let is_line = !text[start..end].contains("\n\n");
        let becomes = if is_comment {
            Becomes::Nothing
        } else {
            Becomes::Shown
        };
        return is_line.then(|| Tag {
            span: start..end,
            name: "{ … }".into(),
            becomes,
        });
    }
    let inner = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    let is_component =
        inner.starts_with(|c: char| c.is_ascii_uppercase()) || inner.starts_with('>');
    let name_end = inner.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_')))?;
    let end = end_of_component(text, start + 1)?;
    is_component.then(|| Tag {
        span: start..end,
        name: format!("<{}>", &inner[..name_end]),
        becomes: Becomes::Shown,
    })
}

/// Returns where a component's tag ends: its values may hold `>` in quotes and braces.
fn end_of_component(text: &str, from: usize) -> Option<usize> {
    let (mut quote, mut depth) = (None, 0_usize);
    for (at, c) in text[from..].char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None => match c {
                '"' | '\'' | '`' => quote = Some(c),
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                '>' if depth == 0 => return Some(from + at + 1),
                _ => {}
            },
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_markdown_is_found() {
        let text = "import A from './a.astro';\nimport {\n  B\n} from 'b';\n\nText {frontmatter.title} {/* no */} <A b=\"c > d\" e={() => 1}>**x**</A> <b> `<A>`\n";
        let found: Vec<_> = find(text)
            .into_iter()
            .map(|tag| text[tag.span].to_owned())
            .collect();
        assert_eq!(
            found[1..],
            [
                "{frontmatter.title}",
                "{/* no */}",
                "<A b=\"c > d\" e={() => 1}>",
                "</A>"
            ]
        );
        assert!(found[0].starts_with("import A") && found[0].ends_with("'b';\n"));
    }
}
