//! A stylesheet comes in, the same without comments and white space that mean nothing goes out.
//!
//! Only what stands between tokens changes, never a token: what CSS learns next year comes through as what it has today.

/// None for a text whose tokens cannot be told apart: it stays as it is.
pub fn minify(text: &str) -> Option<String> {
    let mut writer = Writer { out: String::with_capacity(text.len()), gap: Gap::default(), is_escaped: false, said: 0 };
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            c if c.is_ascii_whitespace() => {
                writer.gap.has_space = true;
                1
            }
            '/' if rest.starts_with("/*") => {
                let length = rest.get(2..)?.find("*/")? + 4;
                if rest.starts_with("/*!") {
                    writer.token(&rest[..length]);
                } else {
                    writer.gap.has_comment = true;
                }
                length
            }
            _ => {
                let length = token(rest, &writer.out)?;
                writer.token(&rest[..length]);
                length
            }
        };
        rest = &rest[length..];
    }
    Some(writer.out)
}

/// The length of what must stay together.
fn token(rest: &str, before: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    Some(match first {
        '"' | '\'' => quoted(rest, first)?,
        '\\' => escaped(rest),
        'u' | 'U' if is_bare_url(rest, before) => {
            let end = rest.find(')')? + 1;
            if rest[..end].contains(['"', '\'', '\\']) { return None } else { end }
        }
        c => c.len_utf8(),
    })
}

/// A text in quotes; none for one that does not end on its line.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' | '\r' | '\x0c' => return None,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// `\` and what it stands before: up to six digits with the white space that ends them, or a character.
fn escaped(rest: &str) -> usize {
    let digits = rest.bytes().skip(1).take(6).take_while(u8::is_ascii_hexdigit).count();
    let next = rest.chars().nth(1 + digits);
    1 + digits
        + match next {
            Some('\r') if digits > 0 && rest[1 + digits..].starts_with("\r\n") => 2,
            Some(c) if digits == 0 || c.is_ascii_whitespace() => c.len_utf8(),
            _ => 0,
        }
}

/// `url(` without quotes: all up to the bracket is one token.
fn is_bare_url(rest: &str, before: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\\') || !c.is_ascii();
    rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url(")) && !before.ends_with(is_name) && !rest[4..].trim_start().starts_with(['"', '\''])
}

#[derive(Default)]
struct Gap {
    has_space: bool,
    has_comment: bool,
}

struct Writer {
    out: String,
    /// What was read since the last token.
    gap: Gap,
    /// Whether the last token was an escape, whose last character means nothing.
    is_escaped: bool,
    /// The end in `out` of the last token other than `;`.
    said: usize,
}

impl Writer {
    fn token(&mut self, token: &str) {
        let Gap { has_space, has_comment } = std::mem::take(&mut self.gap);
        let (last, next) = (self.out.chars().next_back().map(|last| if self.is_escaped { 'a' } else { last }), token.chars().next());
        let parts = |c: char| matches!(c, '{' | '}' | ';' | ',');
        let separates = last.is_none_or(parts) || next.is_none_or(parts) || last == Some('(') || next == Some(')');
        // `--x: ;` is a value of nothing, which not every browser takes without its space.
        let after_colon = last == Some(':') && !matches!(next, Some(';' | '}' | ')' | ','));
        let is_empty_value = last == Some(':') && matches!(next, Some(';' | '}'));
        // `a -- > b`: white space keeps `-->` apart.
        let child = last == Some('>') || next == Some('>') && last != Some('-');
        if has_space && (is_empty_value || !(separates || after_colon || child)) {
            self.out.push(' ');
        } else if has_comment && !has_space && !separates {
            // Two names that only a comment keeps apart.
            self.out.push_str("/**/");
        }
        if token == "}" {
            let (said, ends) = self.out.split_at(self.said);
            let empty_value = if said.ends_with(':') { ends.find(';').map_or(0, |at| at + 1) } else { 0 };
            self.out.truncate(self.said + empty_value);
        }
        self.out.push_str(token);
        self.is_escaped = token.starts_with('\\');
        if token != ";" {
            self.said = self.out.len();
        }
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
    fn white_space_and_comments_go() {
        is("/* a */\n:root {\n  color: red;\n  --x: a , b;\n}\n\n", ":root{color:red;--x:a,b}");
        is("a > b + c ~ d e { margin: 0 auto !important; }", "a>b + c ~ d e{margin:0 auto !important}");
        is("/*! (c) */ a { }", "/*! (c) */ a{}");
        is("a { b: c;; ; } d { --x: ;; } e { f: \\;; }", "a{b:c}d{--x: ;}e{f:\\;}");
        is("@media (min-width: 48rem) and ( hover ) { :root { --a: 1 } }", "@media (min-width:48rem) and (hover){:root{--a:1}}");
    }

    #[test]
    fn what_means_something_stays() {
        for text in [
            "a :hover,a:hover{width:calc(1px + 2px)}",
            "a/**/b .c/**/.d{}",
            ".\\31 0,.a\\ {}",
            ".\\31  .b{}",
            ".a\\( .b,.c\\} .d\\, e{}",
            "a{b:c\\;}",
            "p{content:\"  /* a */  \";background:url( a b.png )}",
            "@layer a,b;@view-transition{navigation:auto}",
            "a{color:light-dark(#fff,color-mix(in srgb,red 10%,blue));&:hover{x:y}@starting-style{opacity:0}}",
            "a{--x: ;--y:}",
            "@import url(a.css) layer(b) supports(display:grid);",
            "@charset \"utf-8\";",
            "a-- >b{}",
            "é::before{content:'é\\'}'}",
        ] {
            is(text, text);
        }
    }

    #[test]
    fn what_is_not_css_stays() {
        for text in ["a{content:'x\n'}", "/* a", "a{background:url(x", "'"] {
            assert_eq!(minify(text), None, "{text}");
        }
    }
}
