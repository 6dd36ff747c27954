//! The body of an article: a text for another generator comes in; Markdown that Rungs reads goes out, with
//! links still as they were. Tags become what says the same, or code that shows them; HTML becomes
//! Markdown.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use pulldown_cmark::{Event, Tag as Mark};

use super::code;
use super::edits::{Edited, Edits};
use super::html::{self, InLine, Lost};
use super::tag::{Becomes, Tag};
use crate::source::Span;

/// How an address begins that a tag looks up.
pub const LOOKED_UP: &str = "rungs-look-up:";

/// How an address begins that only a tag could make.
pub const UNKNOWN: &str = "rungs-unknown:";

/// What a site does with HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// It keeps it as it stands.
    Kept,
    /// It refuses it.
    #[default]
    Refused,
}

/// A body in Markdown.
#[derive(Debug)]
pub struct Body {
    pub edited: Edited,
    pub lost: Vec<Lost>,
}

/// Turns a body into Markdown; `tags` are those in it, in order.
pub fn to_markdown(text: &str, tags: &[Tag], raw_html: RawHtml) -> Body {
    let masked = mask(text, tags);
    let events = code::events(&masked);
    let (mut edits, mut lost) = (Edits::default(), vec![]);
    let mut taken = vec![];
    if raw_html == RawHtml::Refused {
        InLine {
            text: &masked,
            written: &|span| with_addresses(text, span, tags),
            edits: &mut edits,
            lost: &mut lost,
        }
        .read(&events);
        for span in blocks(&events) {
            let (markdown, more) = block(text, &span, tags);
            lost.extend(more);
            edits.put(span.clone(), with_lines(&masked, &span, &markdown));
            taken.push(span);
        }
    }
    let links = addresses(&events);
    // Tags in tags of HTML went with those.
    let is_html =
        |event: &Event<'_>| matches!(event, Event::InlineHtml(_)) && raw_html == RawHtml::Refused;
    let inside_html: Vec<Span> = events
        .iter()
        .filter(|(event, _)| is_html(event))
        .map(|(_, span)| span.clone())
        .collect();
    for tag in tags {
        if taken.iter().any(|span| span.contains(&tag.span.start)) {
            continue;
        }
        if inside_html.iter().any(|span| is_within(&tag.span, span)) {
            continue;
        }
        let is_address = links
            .iter()
            .any(|span| span.start <= tag.span.start && tag.span.end <= span.end);
        edits.put(
            tag.span.clone(),
            if is_address {
                address(tag, text)
            } else {
                shown(tag, text)
            },
        );
    }
    lost.sort_by_key(|lost| lost.at);
    Body {
        edited: edits.apply(text),
        lost,
    }
}

/// Replaces tags by a word of the same length, so that Markdown reads what stands around them.
fn mask(text: &str, tags: &[Tag]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for tag in tags.iter().filter(|tag| !tag.span.is_empty()) {
        if tag.span.start < done {
            continue;
        }
        masked.push_str(&text[done..tag.span.start]);
        let is_block = matches!(tag.becomes, Becomes::Code { .. });
        // What becomes nothing or a block ends no line, and begins none, that Markdown reads on.
        let fill = if is_block || tag.becomes == Becomes::Nothing {
            ' '
        } else {
            'x'
        };
        let lines = text[tag.span.clone()].bytes();
        masked.extend(lines.map(|byte| if byte == b'\n' { '\n' } else { fill }));
        done = tag.span.end;
    }
    masked + &text[done..]
}

/// Returns the spans of blocks of HTML that are no comments.
fn blocks(events: &[(Event<'_>, Span)]) -> Vec<Span> {
    let mut blocks: Vec<Span> = vec![];
    let mut html = String::new();
    let mut open: Option<Span> = None;
    for (event, span) in events {
        match event {
            Event::Start(Mark::HtmlBlock) => {
                html.clear();
                open = Some(span.clone());
            }
            Event::Html(part) => html.push_str(part),
            Event::End(pulldown_cmark::TagEnd::HtmlBlock) => {
                blocks.extend(open.take().filter(|_| !html::is_comment(&html)));
            }
            _ => {}
        }
    }
    blocks
}

/// Turns a text that is HTML as a whole into Markdown.
pub fn html_to_markdown(text: &str, tags: &[Tag]) -> (String, Vec<Lost>) {
    let (markdown, lost) = block(text, &(0..text.len()), tags);
    let markdown = markdown.replace("-->\n\n ", "-->\n\n");
    (html::tidy(&markdown), lost)
}

/// Returns the Markdown of a block of HTML. Tags in it are words while it is converted.
fn block(text: &str, span: &Span, tags: &[Tag]) -> (String, Vec<Lost>) {
    let inside = |tag: &&Tag| span.start <= tag.span.start && tag.span.end <= span.end;
    let mut html = String::new();
    let mut done = span.start;
    let mut words = vec![];
    for tag in tags.iter().filter(inside) {
        if tag.span.start < done {
            continue;
        }
        html.push_str(&text[done..tag.span.start]);
        let word = format!("rungstag{}x", words.len());
        html.push_str(&word);
        words.push((word, tag));
        done = tag.span.end;
    }
    html.push_str(&text[done..span.end]);
    let (mut markdown, lost) = html::block(&html, span.start);
    for (word, tag) in words {
        for before in ["](", "](<"] {
            markdown = markdown.replace(
                &format!("{before}{word}"),
                &format!("{before}{}", address(tag, text)),
            );
        }
        markdown = markdown.replace(&word, &shown(tag, text));
    }
    (markdown, lost)
}

/// Gives the Markdown of a block the lines around it that the block had.
fn with_lines(text: &str, span: &Span, markdown: &str) -> String {
    let indent = text[..span.start].rsplit('\n').next().unwrap_or_default();
    let indent: String = indent
        .chars()
        .map(|c| if c == '>' { '>' } else { ' ' })
        .collect();
    let lines = markdown.replace('\n', &format!("\n{indent}"));
    if text[span.clone()].ends_with('\n') {
        // What follows the block is no part of its last paragraph.
        lines + "\n\n"
    } else {
        lines
    }
}

/// Returns where, in links and pictures, the addresses stand: behind their words.
fn addresses(events: &[(Event<'_>, Span)]) -> Vec<Span> {
    let mut open: Vec<usize> = vec![];
    let mut spans = vec![];
    for (event, span) in events {
        match event {
            Event::Start(Mark::Link { .. } | Mark::Image { .. }) => open.push(span.start + 1),
            Event::End(pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image) => {
                let inner = open.pop().unwrap_or(span.start);
                spans.push(inner..span.end);
                if let Some(outer) = open.last_mut() {
                    *outer = span.end.max(*outer);
                }
            }
            _ => {
                if let Some(inner) = open.last_mut() {
                    *inner = span.end.max(*inner);
                }
            }
        }
    }
    spans
}

/// Returns a stretch of a text with what its tags are in an address.
fn with_addresses(text: &str, span: &Span, tags: &[Tag]) -> String {
    let mut written = String::new();
    let mut done = span.start;
    let inside = |tag: &&Tag| is_within(&tag.span, span);
    for tag in tags.iter().filter(inside) {
        if tag.span.start >= done {
            written.push_str(&text[done..tag.span.start]);
            written.push_str(&address(tag, text));
            done = tag.span.end;
        }
    }
    written + &text[done..span.end]
}

fn is_within(inner: &Span, outer: &Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Returns what a tag is in the address of a link.
fn address(tag: &Tag, text: &str) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    match &tag.becomes {
        Becomes::Link(name) => format!("{LOOKED_UP}{}", encoded(name)),
        Becomes::Text(text) if !text.contains(char::is_whitespace) => text.clone(),
        Becomes::Nothing => String::new(),
        _ => format!("{UNKNOWN}{}", encoded(&text[tag.span.clone()])),
    }
}

/// Returns what a tag is in a text.
fn shown(tag: &Tag, text: &str) -> String {
    match &tag.becomes {
        Becomes::Shown | Becomes::Link(_) => code::in_line(&text[tag.span.clone()]),
        Becomes::Escaped(shown) => code::in_line(shown),
        Becomes::Text(text) => text.clone(),
        Becomes::Code { text, language } => code::block(text, language),
        Becomes::Nothing => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{hugo_tags, template_tags};
    use super::*;

    fn hugo(text: &str) -> String {
        to_markdown(text, &hugo_tags::find(text), RawHtml::Refused)
            .edited
            .text
    }

    #[test]
    fn tags_are_shown_where_nothing_says_the_same() {
        let text =
            "A {{< youtube `x` >}} b.\n\n{{% note %}}\n**c** {{< ref \"d.md\" >}}\n{{% /note %}}\n";
        assert_eq!(
            hugo(text),
            "A ``{{< youtube `x` >}}`` b.\n\n`{{% note %}}`\n**c** `{{< ref \"d.md\" >}}`\n`{{% /note %}}`\n"
        );
    }

    #[test]
    fn tags_in_addresses_are_looked_up_or_lost() {
        assert_eq!(
            hugo("[a {{< b >}}]({{< ref \"c\" >}})"),
            "[a `{{< b >}}`](rungs-look-up:c)"
        );
        assert_eq!(
            hugo("![a]({{< img >}})"),
            "![a](rungs-unknown:%7B%7B%3C%20img%20%3E%7D%7D)"
        );
    }

    #[test]
    fn html_becomes_markdown_with_its_tags() {
        let text =
            "<div class=\"x\">\n<a href=\"{{< ref \"c\" >}}\">d</a> {{< e >}}\n</div>\n\nText\n";
        assert_eq!(hugo(text), "[d](rungs-look-up:c) `{{< e >}}`\n\n\nText\n");
        assert_eq!(hugo("> <p>a</p>\n>\n> b\n"), "> a\n\n>\n> b\n");
        assert_eq!(hugo("<!-- more -->\n\nb\n"), "<!-- more -->\n\nb\n");
    }

    #[test]
    fn a_highlighted_text_becomes_a_block() {
        let text = "Text\n\n{% highlight ruby %}\n  <b>a</b>\n{% endhighlight %}\n\nText\n";
        let tags = template_tags::find(text, template_tags::Language::Liquid);
        let body = to_markdown(text, &tags, RawHtml::Refused);
        assert_eq!(
            body.edited.text,
            "Text\n\n\n```ruby\n  <b>a</b>\n```\n\n\nText\n"
        );
    }
}
