//! HTML in Markdown: tags and blocks come in, Markdown that says the same goes out. What Markdown cannot
//! say is told by its element.

use pulldown_cmark::{Event, Tag as Mark, TagEnd};

use super::edits::Edits;
use super::hugo_tags::picture;
use crate::import::html;
use crate::source::Span;

/// An element that no Markdown stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Its name: `iframe`.
    pub element: String,
    pub at: usize,
}

/// Elements that only group or style what they hold: without them nothing is lost.
const QUIET: [&str; 22] = [
    "div", "span", "p", "center", "font", "section", "article", "main", "header", "footer",
    "small", "big", "u", "mark", "abbr", "sup", "sub", "ins", "wbr", "nobr", "figure", "picture",
];

/// Whether a text may go on in another line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lines {
    /// It may not: it is a heading or a cell.
    One,
    Many,
}

/// Turns the tags that stand in lines into Markdown.
pub struct InLine<'t> {
    /// The text with its tags masked, as the events are of it.
    pub text: &'t str,
    /// The same stretch of the text as it is written, with what its tags are in an address.
    pub written: &'t dyn Fn(&Span) -> String,
    pub edits: &'t mut Edits,
    pub lost: &'t mut Vec<Lost>,
}

impl InLine<'_> {
    /// Reads the events of a text.
    pub fn read(&mut self, events: &[(Event<'_>, Span)]) {
        // Links that are open, with where they lead; `None` for an anchor.
        let mut links: Vec<Option<String>> = vec![];
        let mut one_line = 0_usize;
        for (event, span) in events {
            match event {
                Event::Start(Mark::Heading { .. } | Mark::TableCell) => one_line += 1,
                Event::End(TagEnd::Heading(_) | TagEnd::TableCell) => {
                    one_line = one_line.saturating_sub(1);
                }
                Event::End(TagEnd::Paragraph) => links.clear(),
                Event::InlineHtml(tag) if !is_comment(tag) => {
                    self.tag(
                        tag,
                        span,
                        &mut links,
                        if one_line > 0 {
                            Lines::One
                        } else {
                            Lines::Many
                        },
                    );
                }
                _ => {}
            }
        }
    }

    fn tag(&mut self, tag: &str, span: &Span, links: &mut Vec<Option<String>>, lines: Lines) {
        let Some((name, is_end)) = name_of(tag) else {
            self.edits.remove(span.clone());
            return;
        };
        let own = (self.written)(span);
        let attribute = |key: &str| attribute(&own, key);
        let mark = match name.as_str() {
            "b" | "strong" => "**".to_owned(),
            "i" | "em" | "cite" | "dfn" | "var" => "*".to_owned(),
            "code" | "kbd" | "tt" | "samp" => "`".to_owned(),
            "del" | "s" | "strike" => "~~".to_owned(),
            "br" if lines == Lines::One => " ".to_owned(),
            "br" if self.text[span.end..].starts_with(['\n', '\r']) => "\\".to_owned(),
            "br" => "\\\n".to_owned(),
            "img" => match attribute("src") {
                Some(src) => picture(&src, &attribute("alt").unwrap_or_default(), ""),
                None => String::new(),
            },
            "a" if is_end => match links.pop().flatten() {
                Some(url) => format!("](<{}>)", url.replace(['<', '>', '\n'], "")),
                None => String::new(),
            },
            "a" => {
                let url = attribute("href");
                let mark = if url.is_some() && self.is_closed(span.end) {
                    "["
                } else {
                    ""
                };
                links.push(url.filter(|_| !mark.is_empty()));
                mark.to_owned()
            }
            _ => {
                if !is_end && !QUIET.contains(&name.as_str()) {
                    self.lost.push(Lost {
                        element: name,
                        at: span.start,
                    });
                }
                String::new()
            }
        };
        self.edits.put(span.clone(), mark);
    }

    /// Returns true if a link that begins before `from` ends in the same paragraph.
    fn is_closed(&self, from: usize) -> bool {
        let rest = &self.text[from..];
        let paragraph = rest.find("\n\n").map_or(rest, |end| &rest[..end]);
        paragraph.contains("</a>") || paragraph.contains("</A>")
    }
}

/// Returns the Markdown of a block of HTML, and what was lost in it.
pub fn block(html: &str, at: usize) -> (String, Vec<Lost>) {
    let mut lost = vec![];
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start..];
        if let Some((name, false)) = name_of(tag)
            && html::IS_LOST.contains(&name.as_str())
        {
            lost.push(Lost {
                element: name,
                at: at + html.len() - tag.len(),
            });
        }
        rest = &tag[1..];
    }
    (html::to_markdown(html), lost)
}

/// Takes away what the putting together of a text leaves: blanks at ends of lines, empty lines.
pub fn tidy(markdown: &str) -> String {
    html::tidy(markdown)
}

/// Returns true if a text is a comment, which Rungs leaves out by itself.
pub fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->")
}

/// Returns the name of a tag, and whether it is that of an end.
fn name_of(tag: &str) -> Option<(String, bool)> {
    let inner = tag.strip_prefix('<')?;
    let (inner, is_end) = inner
        .strip_prefix('/')
        .map_or((inner, false), |inner| (inner, true));
    let end = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    (end > 0).then(|| (inner[..end].to_ascii_lowercase(), is_end))
}

/// Returns the value of an attribute.
fn attribute(tag: &str, key: &str) -> Option<String> {
    let mut rest = tag;
    while let Some(at) = rest.to_ascii_lowercase().find(key) {
        let is_name = rest[..at].ends_with(char::is_whitespace);
        let after = rest.get(at + key.len()..)?.trim_start();
        rest = rest.get(at + key.len()..)?;
        let Some(value) = after.strip_prefix('=').filter(|_| is_name) else {
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value.split(|c: char| c.is_whitespace() || c == '>').next(),
        };
        return value.map(|value| value.replace("&amp;", "&").replace("&quot;", "\""));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::code::events;
    use super::*;

    fn markdown(text: &str) -> (String, Vec<String>) {
        let (mut edits, mut lost) = (Edits::default(), vec![]);
        InLine {
            text,
            written: &|span| text[span.clone()].to_owned(),
            edits: &mut edits,
            lost: &mut lost,
        }
        .read(&events(text));
        let lost = lost.into_iter().map(|lost| lost.element).collect();
        (edits.apply(text).text, lost)
    }

    #[test]
    fn tags_in_lines_become_marks() {
        let text = "A <b>b</b> <a class=\"x\" href='/c?d&amp;e'>f</a><br>g <sup>2</sup> <iframe src=x></iframe> <kbd>Ctrl</kbd> <img alt=\"a\" src=\"i.png\">";
        let (markdown, lost) = markdown(text);
        assert_eq!(markdown, "A **b** [f](</c?d&e>)\\\ng 2  `Ctrl` ![a](i.png)");
        assert_eq!(lost, ["iframe"]);
    }

    #[test]
    fn a_link_that_is_never_closed_is_none() {
        assert_eq!(markdown("A <a href=\"b\">c").0, "A c");
        assert_eq!(markdown("# A<br>b").0, "# A b");
    }
}
