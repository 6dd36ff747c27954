//! HTML of shortcodes where none can stand: HTML comes in, its text goes out, for contents,
//! alternative texts and links.

use std::borrow::Cow;

/// Returns the text of some HTML. What names the source of a figure (class `cite`) and links to
/// notes are left out.
pub(super) fn text_of(html: &str) -> String {
    let html = without(&without_sources(html), "footnote-ref").into_owned();
    let mut text = String::new();
    let mut rest = html.as_str();
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        rest = rest[start..]
            .find('>')
            .map_or("", |end| &rest[start + end + 1..]);
    }
    text.push_str(rest);
    let text = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&nbsp;", "\u{A0}"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (written, shown)| {
        if text.contains('&') {
            text.replace(written, shown)
        } else {
            text
        }
    });
    // Figures are held together by such spaces; only those that come of markup are taken together.
    text.split([' ', '\n', '\t'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Removes the elements that name the source of a figure.
pub(super) fn without_sources(html: &str) -> Cow<'_, str> {
    without(html, "cite")
}

/// Returns true if some HTML holds a link.
pub(super) fn has_link(html: &str) -> bool {
    html.contains("<a ") || html.contains("<a>")
}

/// Removes the elements of a class, and the space before them.
fn without<'h>(html: &'h str, class: &str) -> Cow<'h, str> {
    let mark = format!("class=\"{class}\"");
    let mut html = Cow::Borrowed(html);
    while let Some((start, end)) = element_with(&html, &mark) {
        let before = html[..start].trim_end();
        html = Cow::Owned(format!("{before}{}", &html[end..]));
    }
    html
}

/// Returns where an element stands whose opening tag holds a text.
fn element_with(html: &str, mark: &str) -> Option<(usize, usize)> {
    let start = html[..html.find(mark)?].rfind('<')?;
    let name = html[start + 1..].split([' ', '\n', '>']).next()?;
    let close = format!("</{name}>");
    Some((
        start,
        html[start..]
            .find(&close)
            .map_or(html.len(), |at| start + at + close.len()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_left_out() {
        let html = "<span class=\"figure num\">$1 &amp; 2&nbsp;K</span> <a class=\"cite\" href=\"/s/\">source</a> <em>a</em>,\n b<sup class=\"footnote-ref\"><a href=\"#x\">1</a></sup>";
        assert_eq!(text_of(html), "$1 & 2\u{A0}K a, b");
        assert!(
            !has_link(&without_sources("a <a class=\"cite\" href=\"x\">s</a> b"))
                && has_link("<a href=\"x\">s</a>")
        );
    }
}
