//! Shortcodes of Hugo: `{{< name args >}}` and `{{% name args %}}`.

use super::code;
use super::tag::{Args, Becomes, Tag, end_of};
use crate::source::Span;

/// Finds the shortcodes of a text outside of code, and the escapes in it.
pub fn find(text: &str) -> Vec<Tag> {
    let in_code = code::spans(text);
    let mut tags = vec![];
    let mut at = 0;
    while let Some(found) = text[at..].find("{{") {
        let start = at + found;
        let Some(tag) = tag_at(text, start, code::holding(&in_code, start)) else {
            at = start + 2;
            continue;
        };
        at = tag.span.end;
        tags.push(tag);
    }
    tags
}

fn tag_at(text: &str, start: usize, within: Option<&Span>) -> Option<Tag> {
    let rest = &text[start..];
    let close = if rest.starts_with("{{<") {
        ">}}"
    } else if rest.starts_with("{{%") {
        "%}}"
    } else {
        return None;
    };
    let (open, inner) = rest.split_at(3);
    if let Some(escaped) = inner.strip_prefix("/*") {
        let end = escaped.find("*/")?;
        let after = escaped[end + 2..].trim_start().strip_prefix(close)?;
        let shown = format!("{open} {} {close}", escaped[..end].trim());
        let span = start..text.len() - after.len();
        let becomes = if within.is_some() {
            Becomes::Text(shown)
        } else {
            Becomes::Escaped(shown)
        };
        return Some(Tag {
            span,
            name: String::new(),
            becomes,
        });
    }
    if within.is_some() {
        return None;
    }
    let end = end_of(text, start + 3, close)?;
    let call = text[start + 3..end - 3].trim();
    let (name, args) = call.split_once(char::is_whitespace).unwrap_or((call, ""));
    let shown = format!("{open} {name} {close}");
    let (end, becomes) = becomes(text, end, name, args);
    Some(Tag {
        span: start..end,
        name: shown,
        becomes,
    })
}

/// Returns what a shortcode becomes, and where it ends.
fn becomes(text: &str, end: usize, name: &str, args: &str) -> (usize, Becomes) {
    let args = Args::read(args.trim_end_matches('/'));
    let becomes = match name {
        "ref" | "relref" => args
            .named_or_first("path")
            .map(|path| Becomes::Link(path.to_owned())),
        "figure" => figure(&args).map(Becomes::Text),
        "highlight" => {
            return highlighted(text, end, &args).unwrap_or((end, Becomes::Shown));
        }
        _ => None,
    };
    (end, becomes.unwrap_or(Becomes::Shown))
}

/// Writes a figure as a picture in Markdown.
fn figure(args: &Args) -> Option<String> {
    let src = args.named_or_first("src").filter(|src| !src.is_empty())?;
    let caption = args.named("caption").or_else(|| args.named("title"));
    let alt = args.named("alt").or(caption).unwrap_or_default();
    Some(picture(src, alt, caption.unwrap_or_default()))
}

/// Writes a picture in Markdown.
pub fn picture(src: &str, alt: &str, caption: &str) -> String {
    let alt = alt.replace(['[', ']', '\n'], " ");
    let src = src.replace(['<', '>', '\n'], "");
    let caption = caption.replace('"', "'").replace('\n', " ");
    let src = if src.contains([' ', '(', ')']) {
        format!("<{src}>")
    } else {
        src
    };
    if caption.is_empty() {
        format!("![{alt}]({src})")
    } else {
        format!("![{alt}]({src} \"{caption}\")")
    }
}

/// Returns the block of code between an opening that ends here and its closing.
fn highlighted(text: &str, end: usize, args: &Args) -> Option<(usize, Becomes)> {
    let language = args.plain.first().cloned().unwrap_or_default();
    let body = &text[end..];
    let mut from = 0;
    while let Some(found) = body[from..].find("{{") {
        let start = from + found;
        let tag = &body[start + 2..];
        let inner = tag.get(1..).unwrap_or_default().trim_start();
        if tag.starts_with(['<', '%'])
            && inner
                .strip_prefix('/')
                .is_some_and(|inner| inner.trim_start().starts_with("highlight"))
        {
            let close = tag.find("}}")? + 2;
            let code = Becomes::Code {
                text: body[..start].to_owned(),
                language,
            };
            return Some((end + start + 2 + close, code));
        }
        from = start + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Becomes)> {
        find(text)
            .into_iter()
            .map(|tag| (text[tag.span].to_owned(), tag.becomes))
            .collect()
    }

    #[test]
    fn shortcodes_are_found_outside_of_code() {
        let text =
            "a {{< youtube id=\"x >}}\" >}} `{{< no >}}` {{% b %}}\n\n```\n{{< no >}}\n```\n";
        let names: Vec<_> = find(text).into_iter().map(|tag| tag.name).collect();
        assert_eq!(names, ["{{< youtube >}}", "{{% b %}}"]);
    }

    #[test]
    fn what_markdown_can_say_is_said_in_markdown() {
        let text = "{{< figure src=\"a b.png\" alt=\"A [b]\" caption=\"Say \\\"c\\\"\" >}}";
        let picture = "![A  b ](<a b.png> \"Say 'c'\")".to_owned();
        assert_eq!(found(text), [(text.to_owned(), Becomes::Text(picture))]);
        let text = "{{< highlight go \"linenos=true\" >}}\nx := 1\n{{< / highlight >}}";
        let code = Becomes::Code {
            text: "\nx := 1\n".to_owned(),
            language: "go".to_owned(),
        };
        assert_eq!(found(text), [(text.to_owned(), code)]);
        let text = "{{% relref path=\"a.md#b\" %}}";
        assert_eq!(found(text)[0].1, Becomes::Link("a.md#b".to_owned()));
    }

    #[test]
    fn an_escaped_shortcode_is_shown() {
        let shown = "{{< x >}}".to_owned();
        assert_eq!(found("{{</* x */>}}")[0].1, Becomes::Escaped(shown.clone()));
        assert_eq!(found("```\n{{</* x */>}}\n```")[0].1, Becomes::Text(shown));
    }
}
