//! One template as a page goes through it: its text comes in, with what is known of the others; items that say what may
//! change go out, and what it says of other templates: which of them it uses where white space is shown.
//!
//! A file, a block or a component starts as text unless another template puts it into a `<pre>`, an attribute or a script.
//! All ways through a condition must lead to the same place; a template in which they do not is broken, and stays.

use std::collections::BTreeSet;

use super::markup::{self, Broken, Item, ItemKind, State, Way};
use super::{Known, Unit};
use crate::source::Span;
use crate::theme::scan::starts_operand;
use crate::theme::tokens::{Delimiter, Kind, MarkKind, Tag, Token, tokenize};

/// What came of one template.
#[derive(Default)]
pub struct Walked {
    pub items: Vec<Item>,
    /// What it puts where white space may be shown.
    pub shown: BTreeSet<Unit>,
    /// What it defines, itself first.
    pub units: Vec<Unit>,
    pub is_broken: bool,
}

/// Goes through a template. Of one that is no HTML, only what it uses is of interest.
pub fn walk(name: &str, text: &str, is_html: bool, known: &Known) -> Walked {
    let file = Unit::File(name.to_owned());
    let is_shown = !is_html || known.shown.contains(&file);
    let mut walk = Walk {
        text,
        known,
        state: if is_shown { State::OPAQUE } else { State::TEXT },
        keeps: false,
        frames: vec![],
        component: None,
        blocks: vec![],
        walked: Walked { units: vec![file], ..Walked::default() },
    };
    walk.run();
    if !walk.frames.is_empty() || !walk.is_opaque() && walk.state.join(&State::TEXT).is_err() {
        walk.fail();
    }
    walk.walked
}

/// A tag that waits for its end.
enum Frame {
    /// `if`: the state before it, those behind its branches, and whether one of them is `else`.
    Branches {
        before: State,
        behind: Vec<State>,
        is_complete: bool,
    },
    Loop {
        before: State,
    },
    /// Text that is put somewhere: the state and `keeps` around it, and whether the text goes on in that state.
    Part {
        before: State,
        keeps: bool,
        is_here: bool,
    },
}

struct Walk<'a> {
    text: &'a str,
    known: &'a Known,
    state: State,
    /// Whether all text stays although its state is known: it may be read by something else than a browser.
    keeps: bool,
    frames: Vec<Frame>,
    /// The component that is being defined.
    component: Option<String>,
    /// The blocks that are being defined.
    blocks: Vec<String>,
    walked: Walked,
}

impl Walk<'_> {
    fn run(&mut self) {
        let text = self.text;
        let tokens = tokenize(text);
        let mut at = 0;
        for mark in &tokens.marks {
            self.literal(at..mark.span.start, self.keeps);
            at = mark.span.end;
            if mark.kind == MarkKind::Raw {
                self.raw(&mark.span);
                continue;
            }
            let written = &text[mark.span.clone()];
            let is_comment = mark.kind == MarkKind::Comment;
            let takes_before = is_comment || written.get(2..).is_some_and(|inner| inner.starts_with('-'));
            let takes_after = is_comment || written.get(..written.len().saturating_sub(2)).is_some_and(|inner| inner.ends_with('-'));
            let way = if let MarkKind::Tag(tag) = mark.kind { tokens.tags.get(tag).map_or(Way::Prints, way) } else { Way::On };
            self.walked.items.push(Item { span: mark.span.clone(), kind: ItemKind::Mark { takes_before, takes_after, way } });
            if let MarkKind::Tag(tag) = mark.kind
                && let Some(tag) = tokens.tags.get(tag)
                && self.tag(tag).is_err()
            {
                self.fail();
            }
        }
        self.literal(at..text.len(), self.keeps);
    }

    fn literal(&mut self, span: Span, keeps: bool) {
        if markup::read(self.text, span, &mut self.state, keeps, &mut self.walked.items).is_err() {
            self.fail();
        }
    }

    /// `{% raw %} … {% endraw %}`: HTML that stays as it is.
    fn raw(&mut self, span: &Span) {
        let edge = |at: usize| Item { span: at..at, kind: ItemKind::Mark { takes_before: true, takes_after: true, way: Way::Prints } };
        self.walked.items.push(edge(span.start));
        self.literal(span.clone(), true);
        self.walked.items.push(edge(span.end));
    }

    fn fail(&mut self) {
        self.state = State::OPAQUE;
        self.walked.is_broken = true;
    }

    fn is_opaque(&self) -> bool {
        self.state == State::OPAQUE
    }

    /// Whether what is printed here is text in which white space is of no account.
    fn is_flow(&self) -> bool {
        self.state.is_flow() && !self.keeps
    }

    fn tag(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let tokens = tag.tokens.as_slice();
        let keyword = tokens.first().and_then(Token::word).unwrap_or_default();
        let rest = tokens.get(1..).unwrap_or_default();
        self.body(tag);
        self.nested_calls(tokens);
        match (tag.delimiter, keyword) {
            (Delimiter::Print, _) => return self.print(tokens),
            (_, "include") => {
                if let Some(name) = rest.first().and_then(Token::text) {
                    self.uses(Unit::File(name.to_owned()))?;
                }
            }
            (_, "block") => {
                let name = name(rest);
                self.uses(Unit::Block(name.clone()))?;
                self.part(true, &Unit::Block(name.clone()));
                self.walked.units.push(Unit::Block(name.clone()));
                self.blocks.push(name);
            }
            (_, "component") => {
                let name = name(rest);
                self.part(false, &Unit::Component(name.clone()));
                self.walked.units.push(Unit::Component(name.clone()));
                self.component = Some(name);
            }
            (_, "set" | "set_global") if !rest.get(1).is_some_and(|next| next.is("=")) => self.captured(false),
            (_, "filter") => self.captured(true),
            (_, "if") => self.frames.push(Frame::Branches { before: self.state.clone(), behind: vec![], is_complete: false }),
            (_, "for") => self.frames.push(Frame::Loop { before: self.state.clone() }),
            (_, "elif" | "else") => return self.branch(keyword == "else"),
            (_, "break" | "continue") => return self.jump(),
            (_, "endcomponent") => {
                self.component = None;
                return self.end();
            }
            (_, "endblock") => {
                self.blocks.pop();
                return self.end();
            }
            (_, "endif" | "endfor" | "endset" | "endfilter") => return self.end(),
            _ if tokens.first().is_some_and(|first| first.is("</")) => return self.end(),
            _ if tokens.first().is_some_and(|first| first.is("<")) => return self.call_with_body(tokens),
            _ => {}
        }
        Ok(())
    }

    /// `{{ … }}`
    fn print(&mut self, tokens: &[Token<'_>]) -> Result<(), Broken> {
        if is_call(tokens) {
            self.uses(Unit::Component(name(&tokens[1..])))?;
        }
        if tokens.iter().any(|token| token.word() == Some("super")) {
            for block in self.blocks.clone() {
                self.uses(Unit::Block(block))?;
            }
        }
        self.state.print()
    }

    /// Text of another place is put here: where white space is shown, it must stay in that place.
    fn uses(&mut self, unit: Unit) -> Result<(), Broken> {
        if !self.is_flow() {
            self.walked.shown.insert(unit);
            return Ok(());
        }
        self.state.in_head = false;
        if self.known.broken.contains(&unit) { Err(Broken) } else { Ok(()) }
    }

    /// What a component does with the text between `{% <it> %}` and `{% </it> %}`: printed as it is, or read.
    fn body(&mut self, tag: &Tag<'_>) {
        let Some(component) = self.component.clone() else { return };
        let tokens = tag.tokens.as_slice();
        let is_body =
            |at: usize| tokens[at].word() == Some("body") && !at.checked_sub(1).is_some_and(|before| tokens[before].is(".") || tokens[before].is("?."));
        if !(0..tokens.len()).any(is_body) {
            return;
        }
        let is_printed = tag.delimiter == Delimiter::Print && tokens.len() == 1 && self.is_flow();
        let signs = ["|", "==", "!=", "~", "<", "[", "."];
        let is_asked =
            matches!(tokens.first().and_then(Token::word), Some("if" | "elif")) && !tokens.iter().any(|token| signs.iter().any(|sign| token.is(sign)));
        if !is_printed && !is_asked {
            self.walked.shown.insert(Unit::Body(component));
        }
    }

    /// Components inside expressions: who knows what becomes of their text.
    fn nested_calls(&mut self, tokens: &[Token<'_>]) {
        let first = usize::from(is_call(tokens) || tokens.last().is_some_and(|last| last.is(">")) && tokens.first().is_some_and(|first| first.is("<")));
        for at in first..tokens.len() {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            if tokens[at].is("<") && starts_operand(before) && tokens.get(at + 1).is_some_and(|next| next.word().is_some()) {
                self.walked.shown.insert(Unit::Component(name(&tokens[at + 1..])));
            }
        }
    }

    /// `{% <card title={x}> %}`, or the same without a body.
    fn call_with_body(&mut self, tokens: &[Token<'_>]) -> Result<(), Broken> {
        let component = name(tokens.get(1..).unwrap_or_default());
        self.uses(Unit::Component(component.clone()))?;
        if !is_call(tokens) {
            self.part(false, &Unit::Body(component));
        }
        Ok(())
    }

    /// The start of text that has a name and is put somewhere.
    fn part(&mut self, is_here: bool, unit: &Unit) {
        self.frames.push(Frame::Part { before: self.state.clone(), keeps: self.keeps, is_here });
        if self.known.shown.contains(unit) || self.is_opaque() {
            self.state = State::OPAQUE;
        } else if !is_here {
            self.state = State::TEXT;
        }
    }

    /// The start of text that something else than a browser reads.
    fn captured(&mut self, is_here: bool) {
        self.frames.push(Frame::Part { before: self.state.clone(), keeps: self.keeps, is_here });
        self.keeps = true;
        if !is_here && !self.is_opaque() {
            self.state = State::TEXT;
        }
    }

    fn branch(&mut self, is_else: bool) -> Result<(), Broken> {
        match self.frames.last_mut().ok_or(Broken)? {
            Frame::Branches { before, behind, is_complete } => {
                behind.push(std::mem::replace(&mut self.state, before.clone()));
                *is_complete |= is_else;
            }
            Frame::Loop { before } => self.state = joined(&self.state, before)?,
            Frame::Part { .. } => return Err(Broken),
        }
        Ok(())
    }

    /// `break` and `continue` go to where the loop is.
    fn jump(&mut self) -> Result<(), Broken> {
        let around = self.frames.iter().rev().find_map(|frame| if let Frame::Loop { before } = frame { Some(before) } else { None });
        joined(&self.state, around.ok_or(Broken)?).map(drop)
    }

    fn end(&mut self) -> Result<(), Broken> {
        match self.frames.pop().ok_or(Broken)? {
            Frame::Branches { before, behind, is_complete } => {
                let skipped = if is_complete { None } else { Some(&before) };
                for way in behind.iter().chain(skipped) {
                    self.state = joined(&self.state, way)?;
                }
            }
            Frame::Loop { before } => self.state = joined(&self.state, &before)?,
            Frame::Part { before, keeps, is_here } => {
                let start = if is_here { &before } else { &State::TEXT };
                let behind = if self.is_opaque() || before == State::OPAQUE { before.clone() } else { joined(&self.state, start)? };
                self.keeps = keeps;
                let state = if is_here { behind } else { before };
                // A block of another template may end the head, but not from inside its title.
                self.state = State { in_head: state.in_head && !state.is_flow(), ..state };
            }
        }
        Ok(())
    }
}

/// Where a page goes on behind a tag.
fn way(tag: &Tag<'_>) -> Way {
    let keyword = tag.tokens.first().and_then(Token::word).unwrap_or_default();
    match (tag.delimiter, keyword) {
        (Delimiter::Print, _) => Way::Prints,
        (_, "if") => Way::If,
        (_, "for") => Way::For,
        (_, "elif") => Way::Elif,
        (_, "else") => Way::Else,
        (_, "endif" | "endfor") => Way::End,
        (_, "break" | "continue") => Way::Jump,
        (_, "set" | "set_global") if tag.tokens.get(2).is_some_and(|next| next.is("=")) => Way::On,
        _ => Way::Prints,
    }
}

/// After a template is broken, its ways no longer matter.
fn joined(one: &State, other: &State) -> Result<State, Broken> {
    if *one == State::OPAQUE || *other == State::OPAQUE { Ok(State::OPAQUE) } else { one.join(other) }
}

/// `<name … />`
fn is_call(tokens: &[Token<'_>]) -> bool {
    let ends = tokens.len() > 3 && tokens[tokens.len() - 1].is(">") && tokens[tokens.len() - 2].is("/");
    ends && tokens[0].is("<")
}

/// `ui.card`, up to what can be no part of a name.
fn name(tokens: &[Token<'_>]) -> String {
    let mut name = String::new();
    for token in tokens {
        match &token.kind {
            Kind::Word(word) if name.is_empty() || name.ends_with('.') => name.push_str(word),
            Kind::Sign(".") if !name.ends_with('.') => name.push('.'),
            _ => break,
        }
    }
    name
}
