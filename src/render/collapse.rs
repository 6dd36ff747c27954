//! White space that no reader sees: the texts, tags and comments of a page come in, in order; which
//! of its white space goes, or becomes one character, goes out. Nothing is parsed here.
//!
//! A run of white space becomes one character: a line break if it had one, since between two
//! ideographs a line break is nothing where a space is a gap. It goes altogether at the inner edges
//! of a block, between the parts of a table or of a list of options, and in the head. Between two
//! elements one character stays even when both are blocks, for a stylesheet may set them side by
//! side.
//!
//! Where HTML is not well-formed, more stays than would have to. In a block inside a formatting
//! element (`b`, `a`, …), and behind one that does not end in the element it began in, no run goes
//! altogether: the parser opens such an element again before any text, white space included. The same holds behind the end tag of
//! any inline element that began in another element. Behind a block in `<code>`, `<kbd>`
//! or `<samp>`, and behind a form that ends too early, the page stays as it is: what these close, and
//! what goes on in them, is not followed here.

use std::ops::Range;

use super::elements::{Element, Kind, is_formatting, is_void};
use crate::tags::is_space;

/// Replaces a range of the page by a text.
pub struct Edit {
    pub range: Range<usize>,
    pub by: &'static str,
}

/// What stands beside white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The start or the end of the page.
    Edge,
    Text,
    Doctype,
    Start(Element),
    /// An end tag that ends the element that was opened last.
    End(Element),
    /// The end tag of an inline element.
    InlineEnd,
    /// A tag, or a comment for machines, that says nothing about the white space beside it.
    Other,
}

/// A run of white space that was read and is not yet decided, comments in it included.
struct Run {
    range: Range<usize>,
    has_line: bool,
    /// Whether it is one character that may stay as it is.
    is_plain: bool,
}

/// An inline element that is open.
struct Inline<'h> {
    name: &'h str,
    is_formatting: bool,
    /// The number of other elements that are open around it.
    depth: usize,
}

/// Follows a page from its start to its end.
pub struct Collapse<'h> {
    before: Side,
    run: Option<Run>,
    /// Elements that are open, but for inline ones.
    open: Vec<Element>,
    inline: Vec<Inline<'h>>,
    /// Whether the rest of the page stays as it is.
    stays: bool,
    /// Whether inline elements and blocks did not end in order, so that any text may open an element
    /// again.
    is_misnested: bool,
    /// The number of elements that are open around the outermost one whose text stays as it is.
    preserved: Option<usize>,
    in_head: bool,
}

impl<'h> Collapse<'h> {
    pub fn new() -> Self {
        Self {
            before: Side::Edge,
            run: None,
            open: vec![],
            inline: vec![],
            stays: false,
            is_misnested: false,
            preserved: None,
            in_head: false,
        }
    }

    /// Reads text without tags.
    pub fn text(&mut self, html: &str, range: Range<usize>, edit: &mut dyn FnMut(Edit)) {
        if self.is_preserved() {
            if !range.is_empty() {
                self.before = Side::Text;
            }
            return;
        }
        let bytes = &html.as_bytes()[..range.end];
        let first = range.start + run_of(&bytes[range.start..], is_space);
        if first > range.start {
            self.space(bytes, range.start..first);
        }
        if first == range.end {
            return;
        }
        self.side(Side::Text, edit);
        self.in_head = false;
        if has_plain_runs(&bytes[first..]) {
            return;
        }
        let mut at = first;
        // Between two words, every run becomes one character.
        while let Some(word) = bytes[at..].iter().position(|byte| is_space(*byte)) {
            let run = at + word;
            at = run + run_of(&bytes[run..], is_space);
            if at == run + 1 && at < range.end && matches!(bytes[run], b' ' | b'\n') {
                continue;
            }
            self.space(bytes, run..at);
            if at < range.end {
                self.side(Side::Text, edit);
            }
        }
    }

    /// Reads a start tag.
    pub fn start(&mut self, name: &'h str, edit: &mut dyn FnMut(Edit)) {
        if self.open.last().is_some_and(|open| open.holds_text()) {
            return;
        }
        let element = Element::of(name);
        let open = self.open.len();
        let is_known = self.opens(element);
        // What it closes may have nothing but white space in it.
        let closes = self.open.len() < open;
        self.side(
            if is_known && !closes {
                Side::Start(element)
            } else {
                Side::Other
            },
            edit,
        );
        if is_known {
            self.before = Side::Start(element);
        }
        match element.kind {
            Kind::Head => self.in_head = is_known,
            Kind::Metadata | Kind::Preserved if element.stands_in_head() => {}
            _ => self.in_head = false,
        }
        if element.kind == Kind::Inline && !is_void(name) {
            self.inline.push(Inline {
                name,
                is_formatting: is_formatting(name),
                depth: self.open.len(),
            });
        }
        if !is_known
            || matches!(
                element.kind,
                Kind::Inline | Kind::Metadata | Kind::Column | Kind::Rule
            )
        {
            return;
        }
        if element.kind == Kind::Preserved {
            self.preserved.get_or_insert(self.open.len());
        }
        self.open.push(element);
    }

    /// Reads an end tag.
    pub fn end(&mut self, name: &str, edit: &mut dyn FnMut(Edit)) {
        let element = Element::of(name);
        let found = self.position(element);
        let is_last =
            found.is_some_and(|at| at + 1 == self.open.len() && !self.holds_open_inline(at));
        let is_at_start = matches!(self.before, Side::Start(element) if element.has_edges());
        let side = match element.kind {
            Kind::Metadata => Side::End(element),
            Kind::Inline if !is_at_start && self.open_inline(name).is_some() => Side::InlineEnd,
            _ if is_last => Side::End(element),
            _ => Side::Other,
        };
        self.side(side, edit);
        if element.kind == Kind::Inline {
            self.end_inline(name);
        }
        // What is open in a form that ends too early goes on.
        self.stays |= element.name == "form" && found.is_some() && !is_last;
        if let Some(at) = found {
            self.close(at);
            self.preserved.take_if(|outermost| *outermost >= at);
        }
        self.in_head &= element.kind != Kind::Head;
    }

    /// Reads a comment, which goes if nothing needs it. `is_joined` says whether text stands right
    /// behind it.
    pub fn comment(&mut self, range: Range<usize>, is_joined: bool, edit: &mut dyn FnMut(Edit)) {
        if self.is_preserved() {
            return;
        }
        match &mut self.run {
            Some(run) => {
                run.range.end = range.end;
                run.is_plain = false;
            }
            // `&<!-- -->amp;` is not `&amp;`.
            None if self.before == Side::Text && is_joined => {}
            None => edit(Edit { range, by: "" }),
        }
    }

    /// Reads the `<!DOCTYPE …>`.
    pub fn doctype(&mut self, edit: &mut dyn FnMut(Edit)) {
        self.side(Side::Doctype, edit);
    }

    /// Reads something that says nothing about the white space beside it.
    pub fn other(&mut self, edit: &mut dyn FnMut(Edit)) {
        self.side(Side::Other, edit);
    }

    /// Ends the page.
    pub fn finish(&mut self, edit: &mut dyn FnMut(Edit)) {
        self.side(Side::Edge, edit);
    }

    fn space(&mut self, bytes: &[u8], range: Range<usize>) {
        let spaces = &bytes[range.clone()];
        let has_line = spaces.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
        match &mut self.run {
            Some(run) => {
                run.range.end = range.end;
                run.has_line |= has_line;
                run.is_plain = false;
            }
            None => {
                self.run = Some(Run {
                    is_plain: matches!(spaces, b" " | b"\n"),
                    range,
                    has_line,
                });
            }
        }
    }

    /// Decides about the white space before what is read.
    fn side(&mut self, after: Side, edit: &mut dyn FnMut(Edit)) {
        if let Some(run) = self.run.take() {
            if self.goes(after) {
                edit(Edit {
                    range: run.range,
                    by: "",
                });
            } else if !run.is_plain {
                edit(Edit {
                    range: run.range,
                    by: if run.has_line { "\n" } else { " " },
                });
            }
        }
        self.before = after;
    }

    /// Returns whether white space here is never shown.
    fn goes(&self, after: Side) -> bool {
        let may_misnest =
            |inline: &Inline<'_>| inline.is_formatting && inline.depth < self.open.len();
        if self.is_misnested || self.inline.iter().any(may_misnest) {
            return false;
        }
        let before = self.before;
        let starts = matches!(before, Side::Start(element) if element.has_edges());
        let ends = matches!(after, Side::End(element) if element.has_edges());
        // An element without anything in it is `:empty`, one with white space is not.
        let may_be_all = starts
            && (ends || matches!(after, Side::InlineEnd | Side::Other | Side::Edge))
            || ends && (before == Side::Other || before.is_inline_start());
        // Text between the parts of a table is shown before the table.
        let is_lost = before.holds_parts() && after == Side::Text
            || after.holds_parts() && before == Side::Text;
        if may_be_all || is_lost {
            return false;
        }
        if starts || ends {
            return true;
        }
        let Side::Start(next) = after else {
            return self.in_head && before.is_tag() && after.is_tag();
        };
        match before {
            Side::Doctype => true,
            Side::End(element) if element.kind == Kind::Head => next.kind == Kind::Body,
            Side::End(element) if element.kind == Kind::Part => true,
            Side::Start(element) if element.kind == Kind::Column => true,
            Side::End(element) if element.kind == Kind::Option => {
                next.kind == Kind::Option && self.is_in_options()
            }
            Side::Start(_) | Side::End(_) => self.in_head,
            Side::Edge | Side::Text | Side::InlineEnd | Side::Other => false,
        }
    }

    fn is_preserved(&self) -> bool {
        self.stays || self.preserved.is_some()
    }

    fn is_in_options(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| matches!(open.name, "select" | "optgroup"))
    }

    /// Closes what a start tag closes without an end tag, and returns whether the tag opens an
    /// element: one of the frame of a page or of a table does not everywhere.
    fn opens(&mut self, element: Element) -> bool {
        let is_open = |name: &str| self.open.iter().any(|open| open.name == name);
        let opens = match element.kind {
            Kind::Html => self.open.is_empty(),
            Kind::Head => !is_open("body") && self.open.len() < 2,
            Kind::Body => !is_open("body"),
            Kind::Part | Kind::Column => is_open("table"),
            _ => element.name != "form" || !is_open("form"),
        };
        if !opens {
            return false;
        }
        let may_close = element.ends_paragraph() || element.sibling().is_some();
        self.stays |= may_close && self.open.iter().any(|open| open.is_code());
        if element.ends_paragraph() && self.open.last().is_some_and(|open| open.name == "p") {
            self.close(self.open.len() - 1);
            // Without a doctype, a table stands in the paragraph.
            self.is_misnested |= element.name == "table";
        }
        // Another entry of a list is closed through these.
        let is_seen_through = |open: &Element| matches!(open.name, "address" | "div" | "p");
        let nearest = self.open.iter().rposition(|open| !is_seen_through(open));
        let closed = nearest.filter(|at| {
            element.sibling().is_some() && element.sibling() == self.open[*at].sibling()
        });
        if let Some(at) = closed {
            self.close(at);
        }
        true
    }

    /// Closes the element at a place among those that are open, with all in it.
    fn close(&mut self, at: usize) {
        let is_formatting = |open: &Element| is_formatting(open.name);
        self.is_misnested |=
            self.holds_open_inline(at) || self.open[at + 1..].iter().any(is_formatting);
        self.inline.retain(|inline| inline.depth <= at);
        self.open.truncate(at);
    }

    /// Returns true if inline elements are open in an element that is to end. Drawings do not count,
    /// for their parts may end without an end tag.
    fn holds_open_inline(&self, at: usize) -> bool {
        let is_open = |inline: &Inline<'_>| inline.depth > at;
        self.open[at].kind != Kind::Frame && self.inline.last().is_some_and(is_open)
    }

    /// Closes the innermost inline element of a name, with inline ones in it.
    fn end_inline(&mut self, name: &str) {
        let Some(at) = self.open_inline(name) else {
            return;
        };
        self.is_misnested |= self.inline[at].depth != self.open.len()
            || self.inline[at + 1..]
                .iter()
                .any(|inline| inline.is_formatting);
        self.inline.truncate(at);
    }

    /// Returns the place of the innermost inline element of a name among those that are open.
    fn open_inline(&self, name: &str) -> Option<usize> {
        let is_named = |inline: &Inline<'_>| inline.name.eq_ignore_ascii_case(name);
        self.inline.iter().rposition(is_named)
    }

    /// Returns the place of an element among those that are open, if an end tag can end it from here.
    fn position(&self, element: Element) -> Option<usize> {
        let of_table = matches!(element.kind, Kind::Part) || element.name == "table";
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.kind != Kind::Inline && open.name == element.name {
                return Some(at);
            }
            let is_wall = match open.kind {
                Kind::Wall => true,
                Kind::Preserved => open.holds_text(),
                Kind::Part => !of_table,
                _ => open.name == "table" && !of_table,
            };
            if is_wall {
                return None;
            }
        }
        None
    }
}

impl Side {
    fn is_tag(self) -> bool {
        matches!(self, Self::Start(_) | Self::End(_))
    }

    /// Returns whether this begins an inline element, which no block ends in.
    fn is_inline_start(self) -> bool {
        matches!(self, Self::Start(element) if element.kind == Kind::Inline)
    }

    fn holds_parts(self) -> bool {
        matches!(self, Self::Start(element) | Self::End(element) if element.holds_parts())
    }
}

/// Returns true if every run of white space is one character that may stay as it is, and the text does
/// not end in one. Most texts are such, and this looks at many bytes at once.
fn has_plain_runs(text: &[u8]) -> bool {
    let is_plain = |byte: u8| byte != b'\t' && byte != b'\r' && byte != 0x0C;
    let next = text.get(1..).unwrap_or_default();
    let pairs = text.iter().zip(next);
    pairs.fold(true, |all, (byte, next)| {
        all & is_plain(*byte) & !(is_space(*byte) & is_space(*next))
    }) && text.last().is_none_or(|last| !is_space(*last))
}

/// Returns how many bytes at the start belong together.
fn run_of(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes
        .iter()
        .position(|byte| !belongs(*byte))
        .unwrap_or(bytes.len())
}
