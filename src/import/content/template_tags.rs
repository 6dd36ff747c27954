//! Tags of template languages in Markdown: Liquid (Jekyll, Eleventy) and Tera (Zola).

use super::code;
use super::tag::{Args, Becomes, Tag, end_of, lines};
use crate::source::Span;

/// Which of the two a text is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Liquid,
    Tera,
}

/// Finds the tags of a text outside of code, and attributes of blocks as kramdown has them.
pub fn find(text: &str, language: Language) -> Vec<Tag> {
    let in_code = code::spans(text);
    let mut tags = vec![];
    let mut at = 0;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        at = start + 1;
        let within = code::holding(&in_code, start);
        let Some(tag) = tag_at(text, start, language, within) else {
            continue;
        };
        at = tag.span.end.max(at);
        tags.push(tag);
    }
    if language == Language::Liquid {
        tags.extend(attributes(text, &in_code));
        tags.sort_by_key(|tag| tag.span.start);
    }
    tags
}

fn tag_at(text: &str, start: usize, language: Language, within: Option<&Span>) -> Option<Tag> {
    let rest = &text[start..];
    let is_statement = rest.starts_with("{%");
    if !is_statement && !rest.starts_with("{{") {
        return None;
    }
    let close = if is_statement { "%}" } else { "}}" };
    if let Some(escaped) = rest[2..].strip_prefix("/*") {
        let end = escaped.find("*/").filter(|_| language == Language::Tera)?;
        let after = escaped[end + 2..].trim_start().strip_prefix(close)?;
        let shown = format!("{} {} {close}", &rest[..2], escaped[..end].trim());
        let becomes = if within.is_some() {
            Becomes::Text(shown)
        } else {
            Becomes::Escaped(shown)
        };
        return Some(Tag {
            span: start..text.len() - after.len(),
            name: String::new(),
            becomes,
        });
    }
    let end = end_of(text, start + 2, close)?;
    let inner = text[start + 2..end - 2].trim_matches(|c: char| c.is_whitespace() || c == '-');
    let name = inner
        .split(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    // In code a template language replaces its tags too, and `raw` is what prevents it.
    if within.is_some() {
        let is_raw =
            language == Language::Liquid && is_statement && matches!(name, "raw" | "endraw");
        return is_raw.then(|| Tag {
            span: start..end,
            name: String::new(),
            becomes: Becomes::Nothing,
        });
    }
    let call = Call {
        text,
        end,
        inner,
        name,
    };
    let (end, becomes) = match (language, is_statement) {
        (Language::Liquid, true) => call.statement(),
        (Language::Liquid, false) => (end, output(inner)),
        (Language::Tera, true) => (end, call.is_function()?),
        (Language::Tera, false) => (end, call.is_function()?),
    };
    let name = if name.is_empty() { inner } else { name };
    let shown = if is_statement {
        format!("{{% {name} %}}")
    } else {
        format!("{{{{ {name} }}}}")
    };
    Some(Tag {
        span: start..end,
        name: shown,
        becomes,
    })
}

struct Call<'t> {
    text: &'t str,
    /// Where the tag ends.
    end: usize,
    inner: &'t str,
    name: &'t str,
}

impl Call<'_> {
    /// Tera in Markdown is calls alone: `name(…)`, and `end`.
    fn is_function(&self) -> Option<Becomes> {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
        let is_call = self.inner[self.name.len()..].trim_start().starts_with('(');
        let is_named = !self.name.is_empty() && self.name.chars().all(is_name);
        (self.inner == "end" || is_named && is_call).then_some(Becomes::Shown)
    }

    fn statement(&self) -> (usize, Becomes) {
        let args = self.inner[self.name.len()..].trim();
        let body = |end_name| self.body(end_name);
        match self.name {
            "raw" | "verbatim" => match body("endraw") {
                Some((_, end, text)) => (end, Becomes::Text(text.to_owned())),
                None => (self.end, Becomes::Nothing),
            },
            "comment" => body("endcomment").map_or((self.end, Becomes::Shown), |(_, end, _)| {
                (end, Becomes::Nothing)
            }),
            "highlight" => match body("endhighlight") {
                Some((_, end, text)) => {
                    let language = Args::read(args)
                        .plain
                        .into_iter()
                        .next()
                        .unwrap_or_default();
                    (
                        end,
                        Becomes::Code {
                            text: text.to_owned(),
                            language,
                        },
                    )
                }
                None => (self.end, Becomes::Shown),
            },
            "link" | "post_url" if !args.is_empty() => {
                (self.end, Becomes::Link(format!("{}:{args}", self.name)))
            }
            _ => (self.end, Becomes::Shown),
        }
    }

    /// Returns what stands between this tag and its end, and where both end.
    fn body(&self, end_name: &str) -> Option<(usize, usize, &str)> {
        let mut from = self.end;
        while let Some(found) = self.text[from..].find("{%") {
            let start = from + found;
            let close = start + self.text[start..].find("%}")? + 2;
            let name = self.text[start + 2..close - 2]
                .trim_matches(|c: char| c.is_whitespace() || c == '-');
            if name == end_name {
                return Some((start, close, &self.text[self.end..start]));
            }
            from = start + 2;
        }
        None
    }
}

/// Returns what an output tag of Liquid becomes: addresses are known without running it.
fn output(inner: &str) -> Becomes {
    let mut parts = inner.split('|').map(str::trim);
    let value = parts.next().unwrap_or_default();
    let is_of_address = |part: &str| {
        part.starts_with("prepend:") && part.contains("site.")
            || matches!(
                part,
                "relative_url" | "absolute_url" | "url" | "escape" | "uri_escape"
            )
    };
    if !parts.all(is_of_address) {
        return Becomes::Shown;
    }
    match value {
        "site.baseurl" | "site.url" | "site.github.url" => Becomes::Nothing,
        _ => match Args::read(value).plain.as_slice() {
            [text] if value.starts_with(['"', '\'']) => Becomes::Text(text.clone()),
            _ => Becomes::Shown,
        },
    }
}

/// Finds attributes of blocks and spans: `{: .note}`, `{:toc}`.
fn attributes(text: &str, in_code: &[Span]) -> Vec<Tag> {
    let mut tags = vec![];
    let mut toc: Option<Span> = None;
    for line in lines(text) {
        let words = text[line.clone()].trim();
        let is_alone = words.starts_with("{:") && words.ends_with('}');
        if is_alone
            && words.contains("toc")
            && !words.contains("no_toc")
            && let Some(item) = toc.take()
        {
            tags.push(Tag {
                span: item,
                name: String::new(),
                becomes: Becomes::Nothing,
            });
        }
        let is_item = matches!(
            words,
            "* TOC"
                | "- TOC"
                | "* toc"
                | "- toc"
                | "1. TOC"
                | "* This will become a table of contents (this text will be scrapped)."
        );
        toc = is_item.then(|| line.clone());
        let mut at = line.start;
        while let Some(found) = text[at..line.end].find("{:") {
            let start = at + found;
            let Some(end) = text[start..line.end].find('}').map(|end| start + end + 1) else {
                break;
            };
            at = end;
            if code::holding(in_code, start).is_none() {
                tags.push(Tag {
                    span: start..end,
                    name: "{: … }".to_owned(),
                    becomes: Becomes::Nothing,
                });
            }
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, language: Language) -> Vec<(String, Becomes)> {
        let tags = find(text, language).into_iter();
        tags.map(|tag| (text[tag.span].to_owned(), tag.becomes))
            .collect()
    }

    #[test]
    fn liquid_says_what_it_can_without_being_run() {
        let text = "{% highlight ruby linenos %}\nputs {{ 1 }}\n{% endhighlight %}{{ site.baseurl }}/a {{ '/b/' | relative_url }} {{ page.title }} {% post_url 2020-01-02-c %} {%- raw -%}{{ x }}{% endraw %}";
        let code = Becomes::Code {
            text: "\nputs {{ 1 }}\n".into(),
            language: "ruby".into(),
        };
        let all: Vec<_> = found(text, Language::Liquid)
            .into_iter()
            .map(|(_, becomes)| becomes)
            .collect();
        let link = Becomes::Link("post_url:2020-01-02-c".into());
        let text = |text: &str| Becomes::Text(text.into());
        assert_eq!(
            all,
            [
                code,
                Becomes::Nothing,
                text("/b/"),
                Becomes::Shown,
                link,
                text("{{ x }}")
            ]
        );
    }

    #[test]
    fn attributes_of_blocks_go() {
        let text = "* TOC\n{:toc}\n\nText\n{: .note #id}\n\n`{: .no}`\n";
        let all: Vec<_> = found(text, Language::Liquid)
            .into_iter()
            .map(|(text, _)| text)
            .collect();
        assert_eq!(all, ["* TOC\n", "{:toc}", "{: .note #id}"]);
    }

    #[test]
    fn tera_is_calls_alone() {
        let text =
            "{{ youtube(id=\"a\") }} {{ no }} {% note(a=1) %}b{% end %} {% if x %} `{{ c() }}`";
        let all: Vec<_> = found(text, Language::Tera)
            .into_iter()
            .map(|(text, _)| text)
            .collect();
        assert_eq!(
            all,
            ["{{ youtube(id=\"a\") }}", "{% note(a=1) %}", "{% end %}"]
        );
    }
}
