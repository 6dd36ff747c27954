//! The words of Markdown without its parser: a text comes in, what a reader would read goes out, with whether it is a heading.
//! Addresses, tags, comments, shortcodes and ids are left out. An index may take a word too many: nobody sees it but who looks for it.

use memchr::memmem;

/// Calls back for each stretch of text.
pub fn each(text: &str, mut found: impl FnMut(&str, bool)) {
    let mut at = 0;
    let mut heading = is_heading(text);
    let mut start = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| matches!(byte, b'\n' | b'<' | b']' | b'{')) {
        at += next;
        let rest = &text[at..];
        if rest.starts_with('\n') {
            found(&text[start..at], heading);
            (at, start) = (at + 1, at + 1);
            heading = is_heading(&text[at..]);
        } else if let Some(length) = hidden(rest, text[..at].rsplit('\n').next().unwrap_or_default()) {
            found(&text[start..at], heading);
            at += length;
            start = at;
        } else {
            at += 1;
        }
    }
    found(&text[start..], heading);
}

fn is_heading(line: &str) -> bool {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&marks) && line[marks..].starts_with(' ')
}

/// How much of a text is not read, if it begins so; `before` is what stands in front of it on its line.
fn hidden(text: &str, before: &str) -> Option<usize> {
    let up_to = |end: &str| memmem::find(text.as_bytes(), end.as_bytes()).map(|at| at + end.len());
    let in_line = |end: char| text.find(['\n', end]).filter(|at| text[*at..].starts_with(end)).map(|at| at + 1);
    match text.as_bytes() {
        [b'<', b'!', b'-', b'-', ..] => up_to("-->"),
        [b'<', next, ..] if next.is_ascii_alphabetic() || *next == b'/' => in_line('>'),
        [b'{', b'{', b'<', ..] => up_to(">}}"),
        [b'{', b'#', ..] => in_line('}'),
        [b']', b'(', ..] => in_line(')'),
        // A definition of a link; that of a footnote has a text.
        [b']', b':', ..] if before.starts_with('[') && !before.starts_with("[^") => Some(text.find('\n').unwrap_or(text.len())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String) {
        let (mut headings, mut texts) = (String::new(), String::new());
        each(text, |words, is_heading| if is_heading { headings.push_str(words) } else { texts.push_str(words) });
        (headings, texts)
    }

    #[test]
    fn what_a_reader_reads_is_found() {
        let text = "## Pay & {#pay}\nSee [the *ladder*](../x/ladder.md#senior \"t\") and <b>bold</b>. <!-- no\nno -->a < b {{< salary level=\"no\" >}}!\n[no]: https://no.example\n[^n]: A note\n#tag";
        let (headings, texts) = read(text);
        assert_eq!(headings, "## Pay & ");
        assert_eq!(texts, "See [the *ladder* and bold. a < b ![no[^n]: A note#tag");
    }

    #[test]
    fn odd_text_ends() {
        for text in ["", "<", "<!--", "](", "{{<", "é]:", "[a]:", "#", "# ", "<é", "{#é\n}", "](é"] {
            read(text);
        }
    }
}
