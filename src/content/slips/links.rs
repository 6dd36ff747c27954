//! Links and pictures that are none: an address with a space, a name without a definition, a
//! bracket too few.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, LinkType, Tag};

use super::{LONGEST, Search};
use crate::content::parse::{BrokenReference, Definition, References};
use crate::source::Span;
use crate::suggest;

impl Search<'_> {
    /// Warns of links that are not read as such, and of references and definitions that do not
    /// meet.
    pub(super) fn links(&mut self, references: &References) {
        for at in self.found("](") {
            self.unread_link(at);
        }
        for at in self.found("] (") {
            self.link_with_space(at);
        }
        for at in self.found("<www.") {
            let address: String = self
                .line(at + 1)
                .chars()
                .take_while(|c| !c.is_whitespace() && *c != '>')
                .collect();
            self.warn(
                at..at + address.len() + 2,
                format!("`<{address}>` is no link"),
                format!("write <https://{address}>"),
            );
        }
        self.nested_links();
        self.broken_references(references);
        self.definitions(references);
    }

    /// Returns the bracket that opens before a `]`: in the same paragraph, and not far.
    fn opening(&self, close: usize) -> Option<usize> {
        let mut depth = 0;
        let bytes = &self.text.as_bytes()[..close];
        for at in (close.saturating_sub(LONGEST)..close).rev() {
            match bytes[at] {
                b']' => depth += 1,
                b'[' if depth == 0 => return Some(at),
                b'[' => depth -= 1,
                b'\n' if bytes[..at].ends_with(b"\n") => return None,
                _ => {}
            }
        }
        None
    }

    /// Warns of something like `[x](y)` that did not become a link.
    fn unread_link(&mut self, at: usize) {
        let Some(open) = self.opening(at) else { return };
        let is_picture = self.text[..open].ends_with('!');
        let start = open - usize::from(is_picture);
        let kind = if is_picture { "picture" } else { "link" };
        let rest = self.line(at + 2);
        let Some(end) = closing(rest) else {
            let address = rest.split_whitespace().next().unwrap_or_default();
            if leads(address) {
                let end = at + 2 + address.len();
                self.warn(
                    start..end,
                    format!("this {kind} is not closed"),
                    "write `)` after the address",
                );
            }
            return;
        };
        let span = start..at + 3 + end;
        let inner = rest[..end].trim();
        let next = self.links.partition_point(|link| *link < open);
        if leads(inner) && self.links.get(next).is_some_and(|link| *link < at) {
            let message = format!("this {kind} is not read: a link or a note stands in its text");
            return self.warn(span, message, "put the inner one before or behind it");
        }
        let address = inner.split([' ', '\t']).next().unwrap_or_default();
        let title = inner[address.len()..].trim_start();
        if leads(address) && title.starts_with(['"', '\'', '“', '”', '„', '‘', '(']) {
            let message =
                format!("this {kind} is not read: its title is not in one pair of plain quotes");
            self.warn(
                span,
                message,
                format!("write ({address} \"title\"), and `\\\"` for a quote in the title"),
            );
        } else if inner.contains(char::is_whitespace) && (is_picture || leads(inner)) {
            let message = format!("this {kind} is not read: its address has a space");
            self.warn(span, message, format!("write (<{inner}>)"));
        } else if !inner.contains(char::is_whitespace) && leads(inner) {
            self.warn(
                span,
                format!("this {kind} is not read as one"),
                "look at its brackets and quotes: each that opens must close",
            );
        }
    }

    /// Warns of `[x] (y.md)`.
    fn link_with_space(&mut self, at: usize) {
        let Some(open) = self.opening(at) else { return };
        let rest = self.line(at + 3);
        let Some(end) = closing(rest) else { return };
        if open + 1 < at && !rest[..end].contains(char::is_whitespace) && leads(&rest[..end]) {
            self.warn(
                open..at + 4 + end,
                "this is no link: a space stands between its two parts",
                "remove the space between `]` and `(`",
            );
        }
    }

    /// Warns of `[a <https://x.example> b](c.md)`: the inner link is shown as text.
    fn nested_links(&mut self) {
        let mut links: Vec<Span> = vec![];
        for (event, span) in self.events {
            let Event::Start(Tag::Link { .. }) = event else {
                continue;
            };
            links.retain(|outer| outer.end > span.start);
            if !links.is_empty() {
                self.warn(
                    span.clone(),
                    "a link cannot stand in the text of a link",
                    "put it before or behind the other",
                );
            }
            links.push(span.clone());
        }
    }

    fn broken_references(&mut self, references: &References) {
        for BrokenReference { kind, span } in &references.broken {
            let written = self.text.get(span.clone()).unwrap_or_default();
            let before = self.text[..span.start].chars().next_back();
            let is_index =
                before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | ')' | '\\' | '_'));
            let Some((shown, name)) = parts(written) else {
                continue;
            };
            let is_reference = matches!(kind, LinkType::Reference | LinkType::Collapsed);
            if !is_reference || is_index || is_syntax(shown) || is_syntax(name) {
                continue;
            }
            let name = if name.is_empty() { shown } else { name };
            let known = references
                .defined
                .iter()
                .map(|definition| definition.name.as_str());
            let help = suggest::nearest(name, known).map(|near| format!("did you mean `{near}`?"));
            let help = help.unwrap_or_else(|| {
                format!("write `[{name}]: address` on a line of its own, or [{shown}](address)")
            });
            let name = name.to_owned();
            self.warn(
                span.clone(),
                format!("this is no link: nothing defines `[{name}]`"),
                help,
            );
        }
    }

    /// Warns of definitions that nothing refers to, and of those that come too late.
    fn definitions(&mut self, references: &References) {
        let used: BTreeSet<String> = self
            .events
            .iter()
            .filter_map(|(event, _)| name_of(event))
            .map(|name| folded(&name))
            .collect();
        for Definition {
            name,
            destination,
            span,
        } in &references.defined
        {
            // A way to hide a comment.
            let is_comment = name.trim().starts_with("//")
                || name.eq_ignore_ascii_case("comment")
                || matches!(destination.as_str(), "" | "#");
            if !used.contains(&folded(name)) && !is_comment {
                let end = span.start + self.line(span.start).len();
                self.warn(
                    span.start..end,
                    format!("nothing refers to `[{name}]`, and this line is not shown"),
                    "refer to it, or remove it; `\\[` shows the line",
                );
            }
        }
        for definition in &references.defined {
            self.second_definitions(definition);
        }
    }

    /// Warns of definitions of a name that was defined before and leads elsewhere.
    fn second_definitions(&mut self, definition: &Definition) {
        let Definition {
            name,
            destination,
            span: first,
        } = definition;
        let mark = format!("[{name}]:");
        let is_block = |event: &Event<'_>| {
            matches!(
                event,
                Event::Start(
                    Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Paragraph | Tag::Heading { .. }
                )
            )
        };
        let places: Vec<usize> =
            memchr::memmem::find_iter(self.text.as_bytes(), mark.as_bytes()).collect();
        for at in places {
            let starts_line = self.text[..at].ends_with('\n') || at == 0;
            let is_shown = self
                .events
                .iter()
                .any(|(event, span)| is_block(event) && span.contains(&at));
            let address = self
                .line(at + mark.len())
                .split_whitespace()
                .next()
                .unwrap_or_default();
            let is_other = !matches!(destination.as_str(), "" | "#")
                && address.trim_matches(['<', '>']) != destination;
            if starts_line && is_other && !is_shown && !self.is_plain(at) && !first.contains(&at) {
                let end = at + self.line(at).len();
                self.warn(
                    at..end,
                    format!("`[{name}]` is defined twice, and the first one counts"),
                    "remove one of the two, or give it another name",
                );
            }
        }
    }
}

/// Returns the name by which a link or a picture found its definition.
fn name_of(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
            matches!(
                link_type,
                LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
            )
            .then(|| id.to_string())
        }
        _ => None,
    }
}

/// Returns a name as names are compared.
fn folded(name: &str) -> String {
    name.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Returns the two parts of `[shown][name]`; the second one is empty in `[shown][]`.
fn parts(written: &str) -> Option<(&str, &str)> {
    let inner = written
        .trim_start_matches('!')
        .strip_prefix('[')?
        .strip_suffix(']')?;
    Some(inner.rsplit_once("][").unwrap_or((inner, "")))
}

/// Returns true if a word in brackets is a number or a placeholder rather than the text of a link:
/// `[1][2]`, `[OPTIONS][FILE]`.
fn is_syntax(word: &str) -> bool {
    !word.is_empty() && !word.contains(char::is_lowercase) && word.is_ascii()
}

/// Returns where the parenthesis closes that is open at the start of a line.
fn closing(line: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in line.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Returns true if a text looks like the address of a file or a page: from its beginning or by its
/// ending.
fn leads(text: &str) -> bool {
    let text = text.trim_start_matches('<').trim_end_matches('>');
    let is_absolute = [
        "https://", "http://", "mailto:", "www.", "./", "../", "/", "#",
    ]
    .iter()
    .any(|start| text.starts_with(start) && text.len() > start.len());
    let path = text.split(['#', '?']).next().unwrap_or_default();
    let (stem, ending) = path.rsplit_once('.').unwrap_or_default();
    let is_ending = (2..=5).contains(&ending.len())
        && ending.chars().all(|c| c.is_ascii_alphanumeric())
        && ending.contains(|c: char| c.is_ascii_lowercase());
    is_absolute
        || (is_ending
            && stem.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ')'))
            && ENDINGS.contains(&ending))
}

/// What files that an article links to end in.
const ENDINGS: &[&str] = &[
    "md", "html", "htm", "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "pdf", "csv", "json",
    "txt", "toml", "zip", "docx", "xlsx", "pptx", "mp3", "mp4", "webm",
];
