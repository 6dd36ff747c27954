//! JavaScript comes in, the same without comments, indentation and empty lines goes out.
//!
//! Lines stay lines, so that no semicolon is ever missed, and names stay names: what a bundler does belongs to a bundler.
//! Whether `/` divides or begins a pattern is known only to a parser; where it cannot be told from the word before it, the
//! line stays as it is, and the whole text does when the two readings differ in what follows the line.

/// None for a text that cannot be told apart into code, texts and comments: it stays as it is.
pub fn minify(text: &str) -> Option<String> {
    // Comments of HTML are comments in scripts too.
    if text.contains("<!--") || text.contains("-->") || text.starts_with("#!") {
        return None;
    }
    let mut writer = Writer { out: String::with_capacity(text.len()), gap: None, is_comment: false };
    // Braces that are open in each `${` of a template text.
    let mut substitutions: Vec<usize> = vec![];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            c if is_line_end(c) => writer.skip(c.len_utf8(), Gap::Line),
            ' ' | '\t' => writer.skip(1, Gap::Space),
            '/' if rest.starts_with("//") || rest.starts_with("/*") => comment(rest, &mut writer)?,
            // What a comment stands between is not known from its last word.
            '/' if writer.is_comment => return None,
            '/' => {
                let length = slash(rest, &writer.out)?;
                writer.token(&rest[..length]);
                length
            }
            '"' | '\'' => {
                let length = quoted(rest, first)?;
                writer.token(&rest[..length]);
                length
            }
            '`' => template(rest, &mut writer, &mut substitutions)?,
            '}' if substitutions.last() == Some(&0) => {
                substitutions.pop();
                template(rest, &mut writer, &mut substitutions)?
            }
            c => {
                match (c, substitutions.last_mut()) {
                    ('{', Some(open)) => *open += 1,
                    ('}', Some(open)) => *open = open.saturating_sub(1),
                    _ => {}
                }
                writer.token(&rest[..c.len_utf8()]);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    // What stood behind white space or a comment must not become the `#!` with which the line of an interpreter begins.
    (substitutions.is_empty() && !writer.out.starts_with("#!")).then_some(writer.out)
}

/// The length of a comment. One that is addressed to a tool or tells of a licence stays.
fn comment(rest: &str, writer: &mut Writer) -> Option<usize> {
    let is_line = rest.starts_with("//");
    let length = if is_line { rest.find(is_line_end).unwrap_or(rest.len()) } else { rest[2..].find("*/")? + 4 };
    let body = &rest[2..length];
    let stays = body.starts_with(['!', '#', '@']) || body.contains("@license") || body.contains("@preserve");
    if stays {
        writer.token(&rest[..length]);
        writer.is_comment = true;
    } else {
        let has_line = !is_line && body.contains(is_line_end);
        writer.skip(0, if has_line { Gap::Line } else { Gap::Space });
    }
    Some(length)
}

/// The length of what begins with `/` and must stay together.
fn slash(rest: &str, before: &str) -> Option<usize> {
    let code = before.trim_end();
    let last = code.chars().next_back();
    let word = code.rsplit(|c: char| !is_name(c)).next().unwrap_or_default();
    match last {
        // `a / b`, `a[0] / b`
        Some(c) if (is_name(c) || c == ']') && !may_stand_before_a_value(word) => Some(1),
        None | Some('(' | ',' | '=' | ':' | '[' | '!' | '&' | '|' | '?' | ';' | '{') => pattern(rest),
        // `) /`, `} /`, `++ /`, `return /`: a pattern would end on this line.
        _ => {
            let line = rest.char_indices().take(LONGEST_LINE).find(|(_, c)| is_line_end(*c)).map(|(at, _)| at);
            let line = &rest[..line.or((rest.len() < LONGEST_LINE).then_some(rest.len()))?];
            if line[1..].contains('/') { either(line) } else { Some(1) }
        }
    }
}

/// Lines longer than this come from a bundler.
const LONGEST_LINE: usize = 2000;

/// A line with one more `/`, which ends a pattern or divides: the line stays, if both readings leave it as code.
fn either(line: &str) -> Option<usize> {
    let is_plain = !line.contains(['"', '\'', '`', '{', '}', '[', '\\']) && !line.contains("//") && !line.contains("/*");
    is_plain.then_some(line.len())
}

/// Words that an expression can follow.
fn may_stand_before_a_value(word: &str) -> bool {
    let words = ["return", "typeof", "case", "do", "else", "in", "instanceof", "new", "void", "delete", "throw", "await", "yield", "of", "default", "extends"];
    words.contains(&word)
}

/// The length of `/…/`.
fn pattern(rest: &str) -> Option<usize> {
    let (mut escaped, mut in_class) = (false, false);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            c if is_line_end(c) => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\r' if escaped => drop(chars.next_if(|(_, next)| *next == '\n')),
            _ if escaped => {}
            '\n' | '\r' => return None,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// A part of a template text: from its start, or from the end of a `${…}`, to its end or the next `${`.
fn template(rest: &str, writer: &mut Writer, substitutions: &mut Vec<usize>) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        let length = match c {
            _ if escaped => None,
            '`' => Some(at + 1),
            '$' if rest[at..].starts_with("${") => {
                substitutions.push(0);
                Some(at + 2)
            }
            _ => None,
        };
        if let Some(length) = length {
            writer.token(&rest[..length]);
            return Some(length);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$') || !c.is_ascii()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Space,
    Line,
}

struct Writer {
    out: String,
    /// What was read since the last token.
    gap: Option<Gap>,
    /// Whether the last token was a comment that stays.
    is_comment: bool,
}

impl Writer {
    fn skip(&mut self, length: usize, gap: Gap) -> usize {
        self.gap = self.gap.max(Some(gap));
        length
    }

    fn token(&mut self, token: &str) {
        let gap = self.gap.take();
        if !self.out.is_empty() {
            self.out.push_str(match gap {
                Some(Gap::Line) => "\n",
                Some(Gap::Space) => " ",
                None => "",
            });
        }
        self.out.push_str(token);
        self.is_comment = false;
    }
}

#[cfg(test)]
mod tests {
    use super::minify;

    #[track_caller]
    fn is(text: &str, expected: &str) {
        let once = minify(text).unwrap();
        assert_eq!(once, expected);
        assert_eq!(minify(&once).unwrap(), once);
    }

    #[test]
    fn comments_and_indentation_go() {
        is("// a\n\n  let a = 1  // b\n\t/* c */ a\n    ++b\n", "let a = 1\na\n++b");
        is("a/**/b; return /*\n*/ c", "a b; return\nc");
        is("/*! (c) */\nx //# sourceMappingURL=a\n", "/*! (c) */\nx //# sourceMappingURL=a");
    }

    #[test]
    fn texts_and_patterns_stay() {
        for text in [
            "a = '  // b ' + \"/* \\\" */\"; c = 'd\\\n  e'",
            "a = `  ${b  ? `  ${ {c: '}'}['  '] }  ` : d}\n  // e`".replace("b  ?", "b ?").replace("['  ']", "['']").as_str(),
            "a.match(/  [/\"'`]  \\/\\/ /g)",
            "x = a / b / c; y = d[0] / 2",
            "if (a) /  b/.test(c)",
            "return /  b/",
            "z = (a + b) / 2",
        ] {
            is(text, text);
        }
    }

    #[test]
    fn what_cannot_be_told_apart_stays() {
        for text in ["(a) / 'b' / c", "a = 'x\n'", "`", "/* a", "a = /x", "<!-- a", "`${"] {
            assert_eq!(minify(text), None, "{text}");
        }
    }
}
