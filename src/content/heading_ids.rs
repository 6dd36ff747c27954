//! Ids of headings: events come in; `{#id}` at the end of a heading becomes its id. Other braces
//! are text, as in CommonMark.

use pulldown_cmark::{CowStr, Event, Tag};

use super::parse::{Spanned, end_of};
use crate::source::Span;

/// What stands in braces at the end of a heading.
enum Braces<'t> {
    Id(&'t str),
    /// What other tools read there: classes, keys with values.
    Unknown(&'t str),
}

/// Takes ids out of the headings of a text. What looks like another attribute stays text, and is
/// noted in `attrs`.
pub(super) fn read_ids<'t>(text: &'t str, events: &mut Vec<Spanned<'t>>) {
    let mut at = 0;
    while at < events.len() {
        if matches!(events[at].0, Event::Start(Tag::Heading { .. })) {
            read_id(text, events, at);
        }
        at += 1;
    }
}

fn read_id<'t>(text: &'t str, events: &mut Vec<Spanned<'t>>, start: usize) {
    let end = end_of(events, start);
    let from = events[start].1.start;
    let Some((Event::Text(_), last)) = events[start + 1..end].last() else {
        return;
    };
    let Some((braces, found)) = braces(text, from..last.end) else {
        return;
    };
    let Event::Start(Tag::Heading { id, attrs, .. }) = &mut events[start].0 else {
        return;
    };
    match found {
        Braces::Unknown(inner) => attrs.push((CowStr::Borrowed(inner), None)),
        Braces::Id(name) => {
            *id = Some(CowStr::Borrowed(name));
            cut(events, start, end, &braces);
        }
    }
}

/// Returns the braces at the end of a heading, with what they hold.
fn braces(text: &str, heading: Span) -> Option<(Span, Braces<'_>)> {
    let shown = text[heading.clone()].strip_suffix('}')?;
    let open = shown.rfind(['{', '}', '\n'])?;
    let before = shown[..open].chars().next_back();
    if !shown[open..].starts_with('{') || before == Some('\\') {
        return None;
    }
    let inner = &shown[open + 1..];
    let is_attribute = |word: &str| match word.split_once('=') {
        Some((key, value)) => {
            !value.is_empty()
                && !key.is_empty()
                && key
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        }
        None => word.len() > 1 && word.starts_with(['#', '.']),
    };
    // Braces in a word are no attributes: `f{x=1}`.
    if inner.trim().is_empty()
        || !inner.split_whitespace().all(is_attribute)
        || before.is_some_and(char::is_alphanumeric) && !inner.starts_with('#')
    {
        return None;
    }
    // Classes beside an id, as other tools have them, stand for nothing here.
    let id = inner
        .split_whitespace()
        .find_map(|word| word.strip_prefix('#'));
    let found = id.map_or(Braces::Unknown(inner), Braces::Id);
    Some((heading.start + open..heading.end, found))
}

/// Removes the braces, and the space and the closing marks before them.
fn cut(events: &mut Vec<Spanned<'_>>, start: usize, end: usize, braces: &Span) {
    let kept: Vec<bool> = events[start + 1..end]
        .iter()
        .map(|(_, span)| span.start < braces.start)
        .collect();
    let mut kept = kept.into_iter();
    let mut index = 0;
    events.retain(|_| {
        index += 1;
        index <= start + 1 || index > end || kept.next().unwrap_or(true)
    });
    let end = end_of(events, start);
    let Some((Event::Text(last), span)) = events[start + 1..end].last_mut() else {
        return;
    };
    let length = braces.start.min(span.end) - span.start;
    let shown = last.get(..length).unwrap_or(last).trim_end();
    let closed = shown.trim_end_matches('#');
    let shown = if closed.ends_with([' ', '\t']) || closed.is_empty() {
        closed.trim_end()
    } else {
        shown
    };
    (*last, span.end) = (shown.to_owned().into(), span.start + shown.len());
    if last.is_empty() {
        events.remove(end - 1);
    }
}
