//! The items of a template come in; its text without what no reader sees, and where each part of it was written, go out.
//!
//! A run of white space becomes one character: a line break if it had one, since between two ideographs a line break is
//! nothing where a space is a gap. It goes altogether only at the inner edges of a block, in tables, in the head and around
//! the frame of the page. Between two elements one character stays even when both are blocks, for a stylesheet may set them side
//! by side; and so it does beside a tag of Tera, for what is printed there is not known, unless white space stands before the
//! tag whatever way led there.

use super::elements::Element;
use super::markup::{Item, ItemKind, Tag};
use super::runs::{Run, Runs};
use super::{css, script};
use crate::source::Span;

/// A template as Tera reads it.
#[derive(Clone, Debug, Default)]
pub struct Minified {
    pub text: String,
    /// Where a part of the text starts, and where it was written. Between two of these both go on alike.
    places: Vec<(usize, usize)>,
}

impl Minified {
    /// A text that stays as it is.
    pub fn unchanged(text: &str) -> Self {
        Self { text: text.to_owned(), places: vec![] }
    }

    /// Where a part of the text was written.
    pub fn written(&self, span: &Span) -> Span {
        let start = self.written_at(span.start);
        let end = if span.end > span.start { self.written_at(span.end - 1) + 1 } else { start };
        start..end.max(start)
    }

    fn written_at(&self, at: usize) -> usize {
        let known = self.places.partition_point(|(start, _)| *start <= at).checked_sub(1).and_then(|index| self.places.get(index));
        known.map_or(at, |(start, written)| written + (at - start))
    }

    fn push(&mut self, text: &str, written: usize) {
        if self.written_at(self.text.len()) != written {
            self.places.push((self.text.len(), written));
        }
        self.text.push_str(text);
    }
}

/// Writes a template.
pub fn write(text: &str, items: &[Item]) -> Minified {
    let mut out = Minified::default();
    let mut runs = Runs::of(text, items);
    let mut at = 0;
    while let Some(item) = items.get(at) {
        let written = text.get(item.span.clone()).unwrap_or_default();
        match item.kind {
            ItemKind::Space | ItemKind::Comment => {
                let length = items[at..].iter().take_while(|item| matches!(item.kind, ItemKind::Space | ItemKind::Comment)).count();
                let sides = Sides { before: &items[..at], after: &items[at + length..] };
                gap(text, &items[at..at + length], &sides, (&mut out, &mut runs));
                at += length;
                continue;
            }
            ItemKind::TagSpace => {
                let ends = matches!(items.get(at + 1).map(|next| next.kind), Some(ItemKind::Close(_)));
                let is_beside_mark = at > 0 && matches!(items[at - 1].kind, ItemKind::Mark { .. });
                if !ends || is_beside_mark {
                    out.push(" ", item.span.start);
                }
            }
            ItemKind::Style => out.push(&inline(written, css::minify(written)), item.span.start),
            ItemKind::Script => out.push(&inline(written, script::minify(written)), item.span.start),
            ItemKind::Kept | ItemKind::Remark | ItemKind::Open(_) | ItemKind::Close(_) | ItemKind::Mark { .. } => out.push(written, item.span.start),
        }
        match item.kind {
            ItemKind::Mark { takes_before, way, .. } => runs.mark(at, takes_before, way),
            _ => runs.other(),
        }
        at += 1;
    }
    out
}

/// Code inside a template: what brings braces together may not become a tag of Tera.
fn inline(written: &str, minified: Option<String>) -> String {
    let minified = minified.map(|code| code.replace("{#", "{ #")).filter(|code| !code.contains("{{") && !code.contains("{%"));
    minified.unwrap_or_else(|| written.to_owned())
}

/// What stands around a gap.
struct Sides<'a> {
    before: &'a [Item],
    after: &'a [Item],
}

/// White space and comments between two things that stay.
fn gap(text: &str, gap: &[Item], sides: &Sides<'_>, (out, runs): (&mut Minified, &mut Runs)) {
    let written = |item: &Item| text.get(item.span.clone()).unwrap_or_default();
    let spaces = || gap.iter().filter(|item| item.kind == ItemKind::Space);
    if keeps_comments(text, gap, sides, out) {
        for item in gap {
            out.push(if item.kind == ItemKind::Space { Run::of(written(item)).character() } else { written(item) }, item.span.start);
        }
        runs.other();
        return;
    }
    let Some(first) = spaces().next() else { return };
    let run = spaces().map(|item| Run::of(written(item))).max().unwrap_or(Run::Space);
    if !runs.has(run) && !goes(sides.before.last(), sides.after.first()) {
        out.push(run.character(), first.span.start);
        runs.space(run, sides.before.last());
    }
}

/// How many spaces of other kinds, with comments between them, are looked through.
const NEAR: usize = 32;

/// A comment may be what keeps Tera from taking white space away, two braces from being one of its tags, `&amp` from
/// being one character with what follows, or `<` from being a tag with it.
fn keeps_comments(text: &str, gap: &[Item], sides: &Sides<'_>, out: &Minified) -> bool {
    if gap.iter().all(|item| item.kind == ItemKind::Space) {
        return false;
    }
    // Tera takes other spaces than HTML as well.
    let is_text = |item: &&Item| {
        let is_blank = || text.get(item.span.clone()).is_some_and(|written| written.trim().is_empty());
        matches!(item.kind, ItemKind::Mark { .. }) || !matches!(item.kind, ItemKind::Comment) && !is_blank()
    };
    // Whoever writes more spaces than this in a row keeps the comments in them.
    let takes_after = match sides.before.iter().rev().take(NEAR).find(is_text).map(|item| item.kind) {
        Some(ItemKind::Mark { takes_after, .. }) => takes_after,
        Some(_) => false,
        None => sides.before.len() >= NEAR,
    };
    let takes_before = match sides.after.iter().take(NEAR).find(is_text).map(|item| item.kind) {
        Some(ItemKind::Mark { takes_before, .. }) => takes_before,
        Some(_) => false,
        None => sides.after.len() >= NEAR,
    };
    let next = sides.after.first().and_then(|item| text.as_bytes().get(item.span.start));
    let braces = out.text.ends_with('{') && next.is_some_and(|next| b"{%#".contains(next));
    let reference = out.text.bytes().rev().take(NEAR).find(|byte| !byte.is_ascii_alphanumeric() && *byte != b'#') == Some(b'&');
    takes_after || takes_before || braces || reference || out.text.ends_with('<')
}

fn tag_of(item: Option<&Item>) -> Option<Tag> {
    match item?.kind {
        ItemKind::Open(tag) | ItemKind::Close(tag) => Some(tag),
        _ => None,
    }
}

/// Whether white space between two things is never shown.
fn goes(left: Option<&Item>, right: Option<&Item>) -> bool {
    let is_unknown = |side: Option<&Item>| side.is_none_or(|item| matches!(item.kind, ItemKind::Mark { .. } | ItemKind::Remark));
    if is_unknown(left) || is_unknown(right) {
        return false;
    }
    let (left, right) = (tag_of(left), tag_of(right));
    let has_edges = |tag: &Tag| matches!(tag.element, Element::Block | Element::Structure);
    let starts = left.is_some_and(|tag| has_edges(&tag) && !tag.ends);
    let ends = right.is_some_and(|tag| has_edges(&tag) && tag.ends);
    if starts && ends {
        // An element without anything in it is `:empty`, one with white space is not.
        return false;
    }
    let is_nothing = |tag: &Tag| match tag.element {
        Element::Structure | Element::Head => true,
        Element::Metadata | Element::Raw("script" | "style" | "title") => tag.in_head,
        _ => false,
    };
    starts || ends || left.iter().chain(&right).any(is_nothing)
}
