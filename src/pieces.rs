//! Names of files in texts of any kind: HTML, a template, a stylesheet, the value of a key comes
//! in; what could be such a name in it goes out.

/// Returns the pieces of a text that could name a file: the whole, what stands between quotes or brackets,
/// and the words of that.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    // Most texts have no such name, and need not be taken apart.
    let text = if has_ending(text) { text } else { "" };
    let parts = text
        .split([
            '"', '\'', '`', '<', '>', '(', ')', '{', '}', '[', ']', '|', '=', '\n', '\t',
        ])
        .map(str::trim);
    let whole = std::iter::once(text.trim()).filter(|text| text.len() < LONGEST);
    whole
        .chain(parts.flat_map(|part| std::iter::once(part).chain(words(part))))
        .filter(|piece| names_a_file(piece))
}

/// Returns the words of a text of several.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', ';'])
        .filter(move |word| word.len() != text.len())
}

fn has_ending(text: &str) -> bool {
    memchr::memchr_iter(b'.', text.as_bytes()).any(|at| {
        text.as_bytes()
            .get(at + 1)
            .is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// A text that is longer, in bytes, is no name.
const LONGEST: usize = 500;

/// Returns true if the last part of a text is a name with an ending.
fn names_a_file(text: &str) -> bool {
    let (path, _) = crate::path::split_tail(text);
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let is_ending = |text: &str| {
        text.len() <= 12
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && text.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    ending.is_some_and(is_ending)
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn names_are_found_wherever_they_stand() {
        let found = |text| pieces(text).collect::<Vec<_>>();
        assert_eq!(found("a b.pdf"), ["a b.pdf", "a b.pdf", "b.pdf"]);
        assert_eq!(
            found("<img src=\"x y.png\" srcset='a-1w.png 1x, a-2w.png 2x'>"),
            ["x y.png", "y.png", "a-1w.png", "a-2w.png"]
        );
        assert!(found("background: url(../b.svg#c)").contains(&"../b.svg#c"));
        assert!(found("{{ page.url }}hero.jpg").contains(&"hero.jpg"));
        assert_eq!(
            found("No file is named in this sentence. Nor here, e. g."),
            [""; 0]
        );
    }
}
