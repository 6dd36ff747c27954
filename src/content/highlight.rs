//! Colours of code, as classes: code and the name of its language come in, HTML with a few short
//! classes goes out. The theme's stylesheet gives the classes their colours, light and dark.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::escape::push as push_escaped;

/// Code beyond this is shown plain: colouring it would cost more than it gives.
const LONGEST: usize = 64 * 1024;
const LONGEST_LINE: usize = 2_000;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Scopes of the grammars and the class that each becomes; the last one that fits wins.
static CLASSES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    let known = [
        ("comment", "hl-c"),
        ("string", "hl-s"),
        ("constant.numeric", "hl-n"),
        ("constant.language", "hl-n"),
        ("constant.character", "hl-n"),
        ("keyword", "hl-k"),
        ("storage", "hl-k"),
        ("entity.name.function", "hl-f"),
        ("support.function", "hl-f"),
        ("entity.name.type", "hl-t"),
        ("entity.name.class", "hl-t"),
        ("support.type", "hl-t"),
        ("support.class", "hl-t"),
        ("entity.name.tag", "hl-k"),
        ("entity.other.attribute-name", "hl-f"),
        ("variable.parameter", "hl-v"),
        ("keyword.operator", ""),
    ];
    known
        .iter()
        .filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class)))
        .collect()
});

/// Colours code. Returns `None` for a language that is not known, or for code that is too long.
pub(super) fn highlight(language: &str, code: &str) -> Option<String> {
    if code.len() > LONGEST || code.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let syntax = syntax(language)?;
    let (mut state, mut stack) = (ParseState::new(syntax), ScopeStack::new());
    let mut html = Spans::default();
    for line in code.split_inclusive('\n') {
        let changes = state.parse_line(line, &SYNTAXES).ok()?;
        let mut done = 0;
        for (at, change) in changes {
            html.push(class(&stack), line.get(done..at)?);
            done = at;
            stack.apply(&change).ok()?;
        }
        html.push(class(&stack), &line[done..]);
    }
    Some(html.finish())
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let name = match language.to_ascii_lowercase().as_str() {
        "" | "text" | "txt" | "plain" | "plaintext" => return None,
        "shell" | "console" | "zsh" => "sh".to_owned(),
        "typescript" | "ts" | "tsx" | "jsx" => "js".to_owned(),
        "c++" => "cpp".to_owned(),
        other => other.to_owned(),
    };
    SYNTAXES.find_syntax_by_token(&name)
}

fn class(stack: &ScopeStack) -> &'static str {
    let of_scope = |scope: &Scope| {
        CLASSES
            .iter()
            .rev()
            .find(|(prefix, _)| prefix.is_prefix_of(*scope))
            .map(|(_, class)| *class)
    };
    stack.scopes.iter().rev().find_map(of_scope).unwrap_or("")
}

/// HTML in which neighbours of one class are one element.
#[derive(Default)]
struct Spans {
    html: String,
    class: &'static str,
    pending: String,
}

impl Spans {
    fn push(&mut self, class: &'static str, text: &str) {
        // Space has no colour: it does not end an element.
        if class != self.class && !text.trim().is_empty() {
            self.flush();
            self.class = class;
        }
        self.pending.push_str(text);
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.pending);
        let inner = if self.class.is_empty() {
            text.as_str()
        } else {
            text.trim_end()
        };
        if !self.class.is_empty() {
            self.html
                .push_str(&format!("<span class=\"{}\">", self.class));
        }
        push_escaped(&mut self.html, inner);
        if !self.class.is_empty() {
            self.html.push_str("</span>");
        }
        self.html.push_str(&text[inner.len()..]);
    }

    fn finish(mut self) -> String {
        self.flush();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_coloured_with_few_elements_and_stays_the_same_text() {
        let code = "fn main() {\n    // say <hello>\n    println!(\"{}\", 42);\n}\n";
        let html = highlight("rust", code).unwrap();
        assert!(
            html.contains("<span class=\"hl-c\">// say &lt;hello&gt;</span>"),
            "{html}"
        );
        assert!(
            html.contains("<span class=\"hl-k\">fn</span>") && html.len() < code.len() * 6,
            "{html}"
        );
        let text = html
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
            .collect::<String>();
        assert_eq!(
            text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\""),
            code
        );
        assert_eq!(highlight("no-such-language", code), None);
    }
}
