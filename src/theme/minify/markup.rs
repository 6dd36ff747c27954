//! HTML as its parser sees it: a stretch of literal text comes in, with the state that the text before it left; items go
//! out, which say of every byte whether it may change. Nothing is changed here, and Tera's tags are not known.
//!
//! What HTML allows and nobody means (a quote in the name of an attribute, a `</pre>` without its start) is not followed:
//! such a template is `Broken` and stays as it was written.

use super::elements::Element;
use crate::source::Span;

/// A piece of a template.
#[derive(Clone, Debug)]
pub struct Item {
    pub span: Span,
    pub kind: ItemKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// Stays as it is.
    Kept,
    /// White space in text.
    Space,
    /// White space between attributes.
    TagSpace,
    /// A comment that nobody reads.
    Comment,
    /// A comment that stays, or a part of one.
    Remark,
    /// `<name` or `</name`
    Open(Tag),
    /// `>`
    Close(Tag),
    /// What a `<style>` holds.
    Style,
    /// What a `<script>` holds that is JavaScript.
    Script,
    /// A tag or comment of Tera: whether it takes the white space before and after it, and where a page goes on behind it.
    Mark { takes_before: bool, takes_after: bool, way: Way },
}

/// Which way a page goes through a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// On, after something that is printed or kept elsewhere.
    Prints,
    /// On, with nothing between.
    On,
    /// Into one of some branches, or past them; into a loop, or past it.
    If,
    For,
    /// Into the next branch.
    Elif,
    Else,
    /// Out of branches or a loop.
    End,
    /// Out of the middle of a loop.
    Jump,
}

/// A start or end tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    pub element: Element,
    pub ends: bool,
    /// Whether it stands in the `<head>`.
    pub in_head: bool,
}

/// Where the text before led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub place: Place,
    pub pre: u32,
    pub svg: u32,
    pub in_head: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Text,
    Tag(Tag, Value),
    Quoted(Tag, u8),
    Raw(&'static str),
    Comment,
    /// `<!DOCTYPE`
    Declaration,
    /// Unknown: everything stays.
    Opaque,
}

/// What a tag is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Its name; whether what is there may become the name of an element that is treated in a way of its own.
    Name {
        may_matter: bool,
    },
    None,
    /// After `=`.
    Expected,
    Bare,
}

/// Text that is not followed.
#[derive(Clone, Copy, Debug)]
pub struct Broken;

impl State {
    pub const TEXT: Self = Self { place: Place::Text, pre: 0, svg: 0, in_head: false };
    pub const OPAQUE: Self = Self { place: Place::Opaque, pre: 0, svg: 0, in_head: false };

    /// Whether this is text in which runs of white space are one space.
    pub fn is_flow(&self) -> bool {
        self.place == Place::Text && self.pre == 0
    }

    /// The state behind two ways of which a page takes one.
    pub fn join(&self, other: &Self) -> Result<Self, Broken> {
        let Self { place, pre, svg, in_head } = self;
        let place = match (place, &other.place) {
            (Place::Tag(tag, name @ Value::Name { .. }), Place::Tag(same, Value::None)) if tag == same => Place::Tag(*tag, *name),
            (Place::Tag(tag, Value::None), Place::Tag(same, name @ Value::Name { .. })) if tag == same => Place::Tag(*tag, *name),
            (one, other) if one == other => one.clone(),
            _ => return Err(Broken),
        };
        let is_same = *pre == other.pre && *svg == other.svg;
        if is_same { Ok(Self { place, pre: *pre, svg: *svg, in_head: *in_head && other.in_head }) } else { Err(Broken) }
    }

    /// Something is printed here of which nothing is known.
    pub fn print(&mut self) -> Result<(), Broken> {
        if let Place::Tag(tag, value) = &mut self.place {
            match value {
                Value::Name { may_matter: true } => return Err(Broken),
                Value::Name { may_matter: false } => {
                    tag.element = Element::Inline;
                    *value = Value::None;
                }
                Value::Expected => *value = Value::Bare,
                Value::None | Value::Bare => {}
            }
        }
        Ok(())
    }
}

/// Reads a stretch of literal text. White space and comments may change unless `keeps`.
pub fn read(text: &str, span: Span, state: &mut State, keeps: bool, items: &mut Vec<Item>) -> Result<(), Broken> {
    let (at, end) = (span.start, span.end.min(text.len()));
    let mut reader = Reader { text: text.get(..end).unwrap_or_default(), at, is_last: end == text.len(), state, keeps, items, last_tag: None };
    while reader.at < end {
        reader.step()?;
    }
    Ok(())
}

struct Reader<'a> {
    /// All up to the end of the stretch.
    text: &'a str,
    at: usize,
    is_last: bool,
    state: &'a mut State,
    keeps: bool,
    items: &'a mut Vec<Item>,
    /// Where the last tag of this stretch starts.
    last_tag: Option<usize>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, length: usize, kind: ItemKind) {
        let end = (self.at + length).min(self.text.len());
        let is_flow = self.state.pre == 0 && !self.keeps;
        let kind = match kind {
            ItemKind::Space | ItemKind::TagSpace | ItemKind::Comment | ItemKind::Style | ItemKind::Script if !is_flow => ItemKind::Kept,
            kind => kind,
        };
        self.items.push(Item { span: self.at..end, kind });
        self.at = end;
    }

    fn step(&mut self) -> Result<(), Broken> {
        match self.state.place.clone() {
            Place::Opaque => self.push(self.rest().len(), ItemKind::Kept),
            Place::Text => return self.text(),
            Place::Tag(tag, value) => return self.tag(tag, value),
            Place::Quoted(tag, quote) => match memchr::memchr(quote, self.rest().as_bytes()) {
                Some(length) => {
                    self.push(length + 1, ItemKind::Kept);
                    self.state.place = Place::Tag(tag, Value::None);
                }
                None => self.push(self.rest().len(), ItemKind::Kept),
            },
            Place::Raw(name) => return self.raw(name),
            Place::Comment => {
                let end = comment_end(self.rest());
                self.push(end.unwrap_or(self.rest().len()), ItemKind::Remark);
                self.state.place = if end.is_some() { Place::Text } else { Place::Comment };
            }
            Place::Declaration => match memchr::memchr(b'>', self.rest().as_bytes()) {
                Some(length) => {
                    self.push(length, ItemKind::Kept);
                    self.push(1, ItemKind::Close(Tag { element: Element::Structure, ends: false, in_head: false }));
                    self.state.place = Place::Text;
                }
                None => self.push(self.rest().len(), ItemKind::Kept),
            },
        }
        Ok(())
    }

    fn text(&mut self) -> Result<(), Broken> {
        let spaces = spaces(self.rest());
        if spaces > 0 {
            self.push(spaces, ItemKind::Space);
            return Ok(());
        }
        if self.rest().starts_with('<') {
            return self.markup();
        }
        self.state.in_head = false;
        let length = self.rest().bytes().position(|byte| byte == b'<' || byte.is_ascii_whitespace()).unwrap_or(self.rest().len());
        self.push(length, ItemKind::Kept);
        Ok(())
    }

    /// What `<` begins.
    fn markup(&mut self) -> Result<(), Broken> {
        let rest = self.rest();
        let after = &rest[1..];
        let (ends, name) = after.strip_prefix('/').map_or((false, after), |name| (true, name));
        // What Tera prints next may make a tag of this.
        if name.trim_start().is_empty() && !self.is_last || after.starts_with("![CDATA[") {
            return Err(Broken);
        }
        if let Some(body) = after.strip_prefix("!--") {
            let empty = [">", "->"].into_iter().find(|end| body.starts_with(end)).map(str::len);
            let kept = body.starts_with(['[', '!', '#']);
            match empty.or_else(|| comment_end(body)) {
                Some(length) => self.push(4 + length, if kept { ItemKind::Remark } else { ItemKind::Comment }),
                None => {
                    self.push(rest.len(), ItemKind::Remark);
                    self.state.place = Place::Comment;
                }
            }
            return Ok(());
        }
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let length = name.bytes().position(|byte| byte.is_ascii_whitespace() || byte == b'/' || byte == b'>').unwrap_or(name.len());
            let tag = Tag { element: Element::of(&name[..length]), ends, in_head: self.state.in_head };
            let may_matter = length == name.len() && Element::may_become(name);
            self.last_tag = Some(self.at);
            self.push(1 + usize::from(ends) + length, ItemKind::Open(tag));
            self.state.place = Place::Tag(tag, Value::Name { may_matter });
        } else if after.starts_with(['!', '?', '/']) {
            self.push(1, ItemKind::Kept);
            self.state.place = Place::Declaration;
        } else {
            self.push(1, ItemKind::Kept);
        }
        Ok(())
    }

    fn tag(&mut self, tag: Tag, value: Value) -> Result<(), Broken> {
        let rest = self.rest();
        let first = rest.bytes().next().unwrap_or(b'>');
        let spaces = spaces(rest);
        if spaces > 0 {
            self.push(spaces, ItemKind::TagSpace);
            self.state.place = Place::Tag(tag, if value == Value::Expected { value } else { Value::None });
            return Ok(());
        }
        let next = match (first, value) {
            (b'>', value) => return self.close(tag, value),
            (b'"' | b'\'', Value::Expected) => {
                self.push(1, ItemKind::Kept);
                self.state.place = Place::Quoted(tag, first);
                return Ok(());
            }
            (b'"' | b'\'' | b'<', _) => return Err(Broken),
            (b'/', Value::Name { .. }) => Value::None,
            (_, Value::Name { .. }) => return Err(Broken),
            (b'=', Value::None) => Value::Expected,
            (_, Value::Expected | Value::Bare) => Value::Bare,
            (_, Value::None) => Value::None,
        };
        let special = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'"' | b'\'' | b'<' | b'=');
        let length = 1 + if first == b'=' { 0 } else { rest.bytes().skip(1).position(special).unwrap_or(rest.len() - 1) };
        self.push(length, ItemKind::Kept);
        self.state.place = Place::Tag(tag, next);
        Ok(())
    }

    /// The `>` of a tag.
    fn close(&mut self, tag: Tag, value: Value) -> Result<(), Broken> {
        let closes_itself = value != Value::Bare && self.text[..self.at].ends_with('/');
        let State { place, pre, svg, in_head } = &mut *self.state;
        *place = Place::Text;
        let count = |depth: u32| if tag.ends { depth.checked_sub(1).ok_or(Broken) } else { Ok(depth.saturating_add(1)) };
        match tag.element {
            // Only in a drawing does `/>` end an element.
            Element::Pre | Element::Svg | Element::Raw(_) if closes_itself && (*svg > 0 || tag.element == Element::Svg) => {}
            Element::Pre => *pre = count(*pre)?,
            Element::Svg => *svg = count(*svg)?,
            Element::Raw(_) if *svg > 0 => *pre = count(*pre)?,
            Element::Raw(name) if !tag.ends => *place = Place::Raw(name),
            Element::Head => *in_head = !tag.ends,
            Element::Block | Element::Inline | Element::Structure => *in_head = false,
            Element::Metadata | Element::Raw(_) => {}
        }
        self.push(1, ItemKind::Close(tag));
        Ok(())
    }

    /// What an element holds that has no elements, up to its end tag.
    fn raw(&mut self, name: &'static str) -> Result<(), Broken> {
        let last_tag = self.last_tag.take();
        let rest = self.rest();
        let length = raw_end(rest, name);
        let code = &rest[..length.unwrap_or(rest.len())];
        if name == "script" && code.contains("<!--") {
            return Err(Broken);
        }
        let start = last_tag.and_then(|start| self.text.get(start..self.at));
        let kind = match (name, start, length) {
            ("style", Some(_), Some(_)) => ItemKind::Style,
            ("script", Some(tag), Some(_)) if is_javascript(tag) => ItemKind::Script,
            _ => ItemKind::Kept,
        };
        if !code.is_empty() {
            self.push(code.len(), kind);
        }
        if length.is_some() {
            let tag = Tag { element: Element::Raw(name), ends: true, in_head: self.state.in_head };
            self.push(2 + name.len(), ItemKind::Open(tag));
            self.state.place = Place::Tag(tag, Value::None);
        }
        Ok(())
    }
}

/// Whether a `<script …>` holds JavaScript, as far as can be said without reading its attributes.
fn is_javascript(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    !tag.contains("type") || ["\"module\"", "=module>", "\"text/javascript\""].iter().any(|kind| tag.contains(kind))
}

fn spaces(text: &str) -> usize {
    text.bytes().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(text.len())
}

/// The length of a comment from behind `<!--` on.
fn comment_end(body: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = body.get(from..)?.find("--") {
        let after = &body[from + found + 2..];
        match after.strip_prefix('!').unwrap_or(after).starts_with('>') {
            true => return Some(from + found + 3 + usize::from(after.starts_with('!'))),
            false => from += found + 1,
        }
    }
    None
}

/// Where `</name` stands that ends an element.
fn raw_end(text: &str, name: &str) -> Option<usize> {
    memchr::memmem::find_iter(text.as_bytes(), b"</").find(|at| {
        let Some(rest) = text.as_bytes().get(at + 2..) else { return false };
        let is_name = rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        is_name && rest.get(name.len()).is_some_and(|next| next.is_ascii_whitespace() || matches!(next, b'/' | b'>'))
    })
}
