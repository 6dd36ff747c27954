//! Footnotes that are not written, written twice, or never referred to.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Tag};

use super::Search;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::suggest;

impl Search<'_> {
    /// Warns of footnotes that are not written, written twice, or never referred to.
    pub(super) fn notes(&mut self) {
        let mut written: BTreeMap<String, Span> = BTreeMap::new();
        let mut twice: Vec<(String, Span)> = vec![];
        let mut used: BTreeSet<String> = BTreeSet::new();
        for (event, span) in self.events {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    let mark = span.start..span.start + name.len() + "[^]:".len();
                    match written.get(&name.to_lowercase()) {
                        Some(_) => twice.push((name.to_string(), mark)),
                        None => drop(written.insert(name.to_lowercase(), mark)),
                    }
                }
                Event::FootnoteReference(name) => drop(used.insert(name.to_lowercase())),
                _ => {}
            }
        }
        for (name, span) in twice {
            let first = written.get(&name.to_lowercase()).cloned().unwrap_or(0..0);
            let fault = self
                .note(
                    &span,
                    format!("the note `[^{name}]` is written twice, and the first one counts"),
                )
                .help("give one of the two another name");
            self.diagnostics.push(fault.related(
                "the first one is here",
                self.base.path,
                self.base.in_file(&first),
            ));
        }
        for (name, span) in written.iter().filter(|(name, _)| !used.contains(*name)) {
            let fault = self.note(span, format!("nothing refers to the note `[^{name}]`"));
            self.diagnostics.push(fault.help(format!(
                "write [^{name}] where the note belongs, or remove it"
            )));
        }
        for at in self.found("[^") {
            self.unwritten(at, &written);
        }
    }

    /// Warns of a reference to no note.
    fn unwritten(&mut self, at: usize, written: &BTreeMap<String, Span>) {
        let line = self.line(at + 2);
        let Some((name, after)) = line.split_once(']') else {
            return;
        };
        // `[^a-z]` and `[^"]+` are patterns of a programmer.
        let is_range = name.len() == 3 && name.as_bytes()[1] == b'-';
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
        let is_pattern = after.starts_with(['+', '*', '?', '{', '$', '|', '/'])
            || self.text[..at].ends_with(['(', '/', '^', '\\', '|']);
        if !is_name || is_range || is_pattern {
            return;
        }
        let help = suggest::nearest(name, written.keys().map(String::as_str))
            .map(|near| format!("did you mean [^{near}]?"));
        let help = help.unwrap_or_else(|| format!("write `[^{name}]: …` on a line of its own"));
        let fault = self
            .note(
                &(at..at + name.len() + 3),
                format!("there is no note `[^{name}]`"),
            )
            .help(help);
        self.diagnostics.push(fault);
    }

    fn note(&self, span: &Span, message: String) -> Diagnostic {
        self.base
            .place(Diagnostic::warning(Code::Footnote, message), span)
    }
}
