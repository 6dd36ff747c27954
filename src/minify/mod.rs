//! Minification by `minify-html`: a stylesheet, a script or a finished page comes in; a shorter
//! text that means the same goes out, if there is one. White space of pages is not here: it is
//! collapsed by `render`, without this library.
//!
//! All that this program knows of the library's faults stands here. It swallows errors, panics on
//! some input, overflows the stack on deep nesting, and drops spaces between inline elements.

mod same;

use std::panic::{AssertUnwindSafe, catch_unwind};

use minify_html::Cfg;

/// A language whose files are minified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Css,
    JavaScript,
}

/// What became of a stylesheet or a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Minified {
    Shorter(String),
    /// It is as short as it gets, or the library would take it for something else.
    AsItIs,
    /// The library cannot read it.
    Unreadable,
}

/// How much stack a level of nesting takes at most, in bytes. Measured without optimization: 40 KiB
/// for a block of a stylesheet, 2.6 KiB for a bracket of a script, 5.2 KiB for an element.
const STACK_OF_BLOCK: usize = 64 << 10;
const STACK_OF_TOKEN: usize = 4 << 10;
const STACK_OF_ELEMENT: usize = 8 << 10;
/// What everything else takes.
const STACK: usize = 1 << 20;
/// What is larger is not minified. It is address space: memory is taken as it is used.
const MOST_STACK: usize = 1 << 30;

/// Minifies a stylesheet or a script.
pub fn code(language: Language, text: &str) -> Minified {
    if is_taken_for_else(language, text) {
        return Minified::AsItIs;
    }
    // The library gives back what it cannot read, and what it would only make longer. So that the
    // two are told apart, it gets something behind the text that it always makes shorter, and that
    // makes no text right that is not.
    let spaces = " ".repeat(text.len() + 64);
    let (padded, start, end) = match language {
        Language::Css => (format!("{text}\n/*{spaces}*/"), "<style>", "</style>"),
        Language::JavaScript => (
            format!("{}\nexport{{{spaces}}};", strictly(text)),
            "<script>",
            "</script>",
        ),
    };
    let mut cfg = Cfg::new();
    cfg.minify_css = true;
    cfg.minify_js = true;
    let found = run(
        &format!("{start}{padded}{end}"),
        &cfg,
        stack(language, text),
    );
    let code = found.as_deref().and_then(|html| {
        let code = html.strip_prefix(start)?.strip_suffix(end)?;
        match language {
            Language::Css => (code != padded.trim_ascii()).then_some(code),
            Language::JavaScript => code.strip_suffix("export{};"),
        }
    });
    let Some(code) = code else {
        return Minified::Unreadable;
    };
    let code = code.replace(STRICT_KEPT, STRICT);
    if code.len() < text.len() {
        Minified::Shorter(code)
    } else {
        Minified::AsItIs
    }
}

/// Returns a page with shorter markup: attributes without quotes and without values that they have
/// anyway. `None` when a reader would see another page, or none that is shorter can be made.
pub fn page(html: &str) -> Option<String> {
    if html.contains([SPACE, LINE]) {
        return None;
    }
    let mut cfg = Cfg::new();
    cfg.keep_closing_tags = true;
    cfg.keep_html_and_head_opening_tags = true;
    cfg.keep_input_type_text_attr = true;
    cfg.keep_comments = true;
    let elements = memchr::memchr_iter(b'<', html.as_bytes()).count();
    let stack = STACK + elements * STACK_OF_ELEMENT;
    let minified = run(&with_held_spaces(html), &cfg, stack)?
        .replace(SPACE, " ")
        .replace(LINE, "\n");
    (minified.len() < html.len() && same::is_same(html, &minified)).then_some(minified)
}

/// Hands something to the library. `None` when it panics.
fn run(html: &str, cfg: &Cfg, stack: usize) -> Option<String> {
    if stack > MOST_STACK {
        return None;
    }
    let minify = || stacker::grow(stack, || minify_html::minify(html.as_bytes(), cfg));
    // What it was doing is dropped with it.
    let bytes = catch_unwind(AssertUnwindSafe(minify)).ok()?;
    String::from_utf8(bytes).ok()
}

/// Returns the stack that nesting can take, however the text is read: each level costs a bracket of
/// a stylesheet, a token of a script.
fn stack(language: Language, text: &str) -> usize {
    let bytes = text.bytes();
    let levels = match language {
        Language::Css => bytes.filter(|byte| b"{([".contains(byte)).count() * STACK_OF_BLOCK,
        Language::JavaScript => {
            let mut in_word = false;
            let starts_token = |byte: &u8| {
                let is_of_word = byte.is_ascii_alphanumeric() || !byte.is_ascii();
                let goes_on = in_word && is_of_word || byte.is_ascii_whitespace();
                in_word = is_of_word;
                !goes_on
            };
            bytes.filter(starts_token).count() * STACK_OF_TOKEN
        }
    };
    STACK + levels
}

/// Returns whether the library would take a text for something else than a browser does: it reads
/// scripts as modules, in which `<!--` is no comment, and finds the end of an element in a text.
fn is_taken_for_else(language: Language, text: &str) -> bool {
    let ends = match language {
        Language::Css => ["</style", "</style", STRICT_KEPT].as_slice(),
        Language::JavaScript => &["</script", "<!--", "-->", STRICT_KEPT],
    };
    let lower = text.to_ascii_lowercase();
    ends.iter().any(|end| lower.contains(end))
}

/// Modules are strict without saying so, and lose the words. A script needs them.
const STRICT: &str = "use strict";
const STRICT_KEPT: &str = "use strict\u{e000}";

fn strictly(text: &str) -> String {
    text.replace(STRICT, STRICT_KEPT)
}

/// What stands for a space and for a line break while the library reads a page. They are letters of
/// no language, so it takes none away.
const SPACE: char = '\u{e000}';
const LINE: char = '\u{e001}';

/// Returns a page in which white space of texts is held by letters. Where this takes something else
/// for text, the page comes out different and is not used.
fn with_held_spaces(html: &str) -> String {
    let mut held = String::with_capacity(html.len() * 2);
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (text, markup) = rest.split_at(at);
        hold(text, &mut held);
        let length = markup_length(markup);
        held.push_str(&markup[..length]);
        rest = &markup[length..];
    }
    hold(rest, &mut held);
    held
}

fn hold(text: &str, held: &mut String) {
    held.extend(text.chars().map(|c| match c {
        ' ' => SPACE,
        '\n' => LINE,
        c => c,
    }));
}

/// Returns the length of a comment, or of a tag with what it holds if that is no markup.
fn markup_length(markup: &str) -> usize {
    if markup.starts_with("<!--") {
        return markup.find("-->").map_or(markup.len(), |at| at + 3);
    }
    let is_tag = markup[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "!/?".contains(c));
    if !is_tag {
        return 1;
    }
    let mut quote = None;
    let end = markup.bytes().position(|byte| match (quote, byte) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        (Some(open), byte) => {
            quote.take_if(|_| open == byte);
            false
        }
        (None, _) => false,
    });
    let length = end.map_or(markup.len(), |end| end + 1);
    let raw = ["<script", "<style", "<textarea", "<title"]
        .into_iter()
        .find(|start| {
            markup
                .get(..start.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(start))
        });
    let Some(raw) = raw else { return length };
    let close = format!("</{}", &raw[1..]);
    markup[length..]
        .find(&close)
        .map_or(markup.len(), |at| length + at)
}

#[cfg(test)]
mod tests;
