//! The signs of a TOML text: what is open at its end, how long a text in quotes is, and where key and
//! value of a line are.

/// Something that was opened and not closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub at: usize,
    pub sign: &'static str,
}

/// Returns what is open at the end of a text, innermost. The text is right so far.
pub fn open(text: &str) -> Option<Open> {
    let mut stack: Vec<Open> = vec![];
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let quotes = ["\"\"\"", "'''", "\"", "'"]
            .into_iter()
            .find(|quotes| rest.starts_with(quotes));
        at += match (quotes, rest.as_bytes()[0]) {
            (Some(quotes), _) => match end_of_text(rest, quotes) {
                Some(length) => length,
                None if quotes.len() == 3 => return Some(Open { at, sign: quotes }),
                // One that ends with its line is a mistake of that line.
                None => rest.find('\n').unwrap_or(rest.len()),
            },
            (None, b'#') => rest.find('\n').unwrap_or(rest.len()),
            (None, byte @ (b'[' | b'{')) => {
                stack.push(Open {
                    at,
                    sign: if byte == b'[' { "[" } else { "{" },
                });
                1
            }
            (None, b']' | b'}') => {
                stack.pop();
                1
            }
            (None, _) => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    stack.pop()
}

/// Returns how long a text with its quotes is; `None` when it is not closed.
pub fn end_of_text(rest: &str, quotes: &'static str) -> Option<usize> {
    let mut at = quotes.len();
    while let Some(next) = rest.get(at..).filter(|next| !next.is_empty()) {
        if let Some(after) = next.strip_prefix(quotes) {
            // Up to two quotes may stand before the three that close.
            let more = after
                .chars()
                .take_while(|c| quotes.len() == 3 && quotes.starts_with(*c))
                .count()
                .min(2);
            return Some(at + quotes.len() + more);
        }
        if quotes.len() == 1 && next.starts_with('\n') {
            return None;
        }
        let escape = usize::from(quotes.starts_with('"') && next.starts_with('\\'));
        at += escape + next[escape..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

/// Returns true if the value of a line goes on below it.
pub fn goes_on(line: &str) -> bool {
    open(line).is_some()
}

/// A key and a value with the sign between them, as far as a line has these.
pub struct Pair<'l> {
    pub key: &'l str,
    /// `=` or `:`.
    pub sign: char,
    pub value: &'l str,
    /// Where the value begins in the line.
    pub at: usize,
}

/// Returns the key and the value of a line; `None` for a line without a sign or a key.
pub fn pair(line: &str) -> Option<Pair<'_>> {
    let at = line.find(['=', ':'])?;
    // `a:b = 1` is a key that needs quotes, `title: a = b` a line of YAML.
    let at = line
        .find('=')
        .filter(|equals| {
            line[at + 1..*equals.max(&(at + 1))]
                .chars()
                .all(|c| !c.is_whitespace())
        })
        .unwrap_or(at);
    let (key, value) = (line[..at].trim(), &line[at + 1..]);
    let is_key = !key.is_empty() && !key.starts_with(['[', '#', '{', '/']);
    let begins = at + 1 + value.len() - value.trim_start().len();
    if !is_key {
        return None;
    }
    Some(Pair {
        key,
        sign: line[at..].chars().next()?,
        value: without_comment(value).trim(),
        at: begins,
    })
}

/// Returns a value without the comment behind it.
pub fn without_comment(value: &str) -> &str {
    let trimmed = value.trim_start();
    if trimmed.starts_with(['"', '\'']) {
        return value;
    }
    value.find(" #").map_or(value, |at| &value[..at])
}

/// Returns where a space stands that is none for TOML, and which one it is.
pub fn strange_space(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| {
        !c.is_ascii()
            && (c.is_whitespace()
                || matches!(
                    c,
                    '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
                ))
    })
}
