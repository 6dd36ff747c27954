//! Whether two pages are the same: their HTML comes in, a yes or no goes out. Tags, texts, their
//! order and every space in them must be the same. Attributes may stand in another order, and may
//! lack quotes, white space that HTML does not read in them, and what they are without saying so.

use std::cell::RefCell;

use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Compares two pages.
pub fn is_same(one: &str, other: &str) -> bool {
    seen(one) == seen(other)
}

/// Returns the tokens of a page, each in one form, as a browser reads them.
fn seen(html: &str) -> String {
    let sink = Seen(RefCell::new(String::with_capacity(html.len())));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.take()
}

struct Seen(RefCell<String>);

impl TokenSink for Seen {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut seen = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                push_tag(&mut seen, &tag);
                return content_of(&tag);
            }
            Token::CharacterTokens(text) => seen.push_str(&text),
            Token::CommentToken(text) => push_comment(&mut seen, &text),
            Token::DoctypeToken(doctype) => {
                push_comment(&mut seen, doctype.name.as_deref().unwrap_or_default());
            }
            Token::NullCharacterToken => seen.push('\0'),
            Token::EOFToken | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

/// Returns how what follows a tag is read.
fn content_of(tag: &Tag) -> TokenSinkResult<()> {
    match (tag.kind, tag.name.as_ref()) {
        (TagKind::StartTag, "script") => TokenSinkResult::RawData(RawKind::ScriptData),
        (TagKind::StartTag, "style" | "iframe" | "xmp" | "noembed" | "noframes" | "noscript") => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        (TagKind::StartTag, "textarea" | "title") => TokenSinkResult::RawData(RawKind::Rcdata),
        (TagKind::StartTag, "plaintext") => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

/// What cannot stand in a text ends each part, so that no text looks like a tag.
const END: char = '\0';

fn push_tag(seen: &mut String, tag: &Tag) {
    let mut attributes: Vec<(&str, String)> = tag
        .attrs
        .iter()
        .map(|attribute| (attribute.name.local.as_ref(), value(tag, attribute)))
        .filter(|(name, value)| !is_default(&tag.name, name, value))
        .collect();
    attributes.sort_unstable();
    seen.push(END);
    seen.push_str(if tag.kind == TagKind::StartTag {
        "<"
    } else {
        "</"
    });
    seen.push_str(&tag.name);
    if tag.kind == TagKind::StartTag {
        for (name, value) in attributes {
            seen.extend([END, ' ']);
            seen.push_str(name);
            seen.push(END);
            seen.push_str(&value);
        }
    }
    seen.push(END);
}

fn push_comment(seen: &mut String, text: &str) {
    seen.push_str("\0<!");
    seen.push_str(text);
    seen.push(END);
}

/// Returns the value of an attribute without the white space that HTML does not read in it.
fn value(tag: &Tag, attribute: &Attribute) -> String {
    let written = &*attribute.value;
    let words = || written.split_ascii_whitespace();
    match attribute.name.local.as_ref() {
        "class" | "rel" | "style" => words().collect::<Vec<_>>().join(" "),
        "action" | "formaction" | "href" | "src" => written.trim_ascii().to_owned(),
        "content" if is_viewport(tag) => words().collect(),
        _ => written.to_owned(),
    }
}

fn is_viewport(tag: &Tag) -> bool {
    let names =
        |attribute: &Attribute| &*attribute.name.local == "name" && &*attribute.value == "viewport";
    &*tag.name == "meta" && tag.attrs.iter().any(names)
}

/// Returns whether an element is the same without an attribute.
fn is_default(element: &str, attribute: &str, value: &str) -> bool {
    matches!(
        (element, attribute, value),
        ("button", "type", "submit")
            | ("form", "method", "get")
            | ("link" | "style", "type", "text/css")
            | ("link" | "style", "media", "all")
            | ("script", "type", "text/javascript")
            | (_, "class" | "style" | "id", "")
    )
}
