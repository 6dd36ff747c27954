//! The words of Markdown without its parser: a text comes in, what a reader would read goes out,
//! heading by heading and line by line. Addresses, tags, comments, shortcodes and ids are left out.
//! An index may hold a word too many: only who looks for it sees that.

use memchr::memmem;

/// Where a stretch of text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Heading,
    Text,
}

/// Calls back for each stretch of text.
pub fn each(text: &str, mut found: impl FnMut(&str, Part)) {
    let mut at = 0;
    let mut part = Part::of_line(text);
    let mut start = 0;
    while let Some(next) = text.as_bytes()[at..]
        .iter()
        .position(|byte| matches!(byte, b'\n' | b'<' | b']' | b'{'))
    {
        at += next;
        let rest = &text[at..];
        if rest.starts_with('\n') {
            found(&text[start..at], part);
            (at, start) = (at + 1, at + 1);
            part = Part::of_line(&text[at..]);
        } else if let Some(length) =
            hidden(rest, text[..at].rsplit('\n').next().unwrap_or_default())
        {
            found(&text[start..at], part);
            at += length;
            start = at;
        } else {
            at += 1;
        }
    }
    found(&text[start..], part);
}

impl Part {
    fn of_line(line: &str) -> Self {
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=6).contains(&marks) && line[marks..].starts_with(' ') {
            Self::Heading
        } else {
            Self::Text
        }
    }
}

/// Returns how many bytes at the beginning of a text are not read; `before` is the text in front of it
/// on its line.
fn hidden(text: &str, before: &str) -> Option<usize> {
    let up_to = |end: &str| memmem::find(text.as_bytes(), end.as_bytes()).map(|at| at + end.len());
    let in_line = |end: char| {
        text.find(['\n', end])
            .filter(|at| text[*at..].starts_with(end))
            .map(|at| at + 1)
    };
    match text.as_bytes() {
        [b'<', b'!', b'-', b'-', ..] => up_to("-->"),
        [b'<', next, ..] if next.is_ascii_alphabetic() || *next == b'/' => in_line('>'),
        [b'{', b'{', b'<', ..] => up_to(">}}"),
        [b'{', b'#', ..] => in_line('}'),
        [b']', b'(', ..] => in_line(')'),
        // A definition of a link; that of a footnote has a text.
        [b']', b':', ..] if before.starts_with('[') && !before.starts_with("[^") => {
            Some(text.find('\n').unwrap_or(text.len()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String) {
        let (mut headings, mut texts) = (String::new(), String::new());
        each(text, |words, part| match part {
            Part::Heading => headings.push_str(words),
            Part::Text => texts.push_str(words),
        });
        (headings, texts)
    }

    #[test]
    fn what_a_reader_reads_is_found() {
        let text = "## Pay & {#pay}\nSee [the *ladder*](../x/ladder.md#senior \"t\") and <b>bold</b>. <!-- no\nno -->a < b {{< salary level=\"no\" >}}!\n[no]: https://no.example\n[^n]: A note\n#tag";
        let (headings, texts) = read(text);
        assert_eq!(headings, "## Pay & ");
        assert_eq!(
            texts,
            "See [the *ladder* and bold. a < b ![no[^n]: A note#tag"
        );
    }

    #[test]
    fn odd_text_ends() {
        for text in [
            "", "<", "<!--", "](", "{{<", "é]:", "[a]:", "#", "# ", "<é", "{#é\n}", "](é",
        ] {
            read(text);
        }
    }
}
