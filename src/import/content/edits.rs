//! Changes of a text: spans with what stands there instead come in; the new text goes out, with a way
//! back from its offsets to those of the old one, so that places are told in the file that was read.

use crate::source::Span;

/// Changes, in any order.
#[derive(Debug, Default)]
pub struct Edits {
    list: Vec<(Span, String)>,
}

/// A changed text.
#[derive(Debug, Default)]
pub struct Edited {
    pub text: String,
    /// Stretches that were kept or written, in order: where each begins now, where it began, and how
    /// many bytes it had.
    stretches: Vec<(usize, Span)>,
}

impl Edits {
    /// Replaces a span. A change inside of an earlier one is left out when they are applied.
    pub fn put(&mut self, span: Span, text: impl Into<String>) {
        self.list.push((span, text.into()));
    }

    /// Removes a span.
    pub fn remove(&mut self, span: Span) {
        self.put(span, "");
    }

    /// Writes the changed text.
    pub fn apply(mut self, old: &str) -> Edited {
        // Of two at one place the wider one comes first, but what is only added stands before.
        self.list
            .sort_by_key(|(span, _)| (span.start, !span.is_empty(), usize::MAX - span.end));
        let mut edited = Edited::default();
        let mut done = 0;
        for (span, text) in self.list {
            if span.start < done || span.end > old.len() {
                continue;
            }
            edited.add(&old[done..span.start], done..span.start);
            done = span.end;
            edited.add(&text, span);
        }
        edited.add(&old[done..], done..old.len());
        edited
    }
}

impl Edited {
    fn add(&mut self, text: &str, from: Span) {
        if !text.is_empty() {
            self.stretches.push((self.text.len(), from));
        }
        self.text.push_str(text);
    }

    /// Returns where something stood before the change.
    pub fn origin(&self, offset: usize) -> usize {
        let after = self
            .stretches
            .partition_point(|(start, _)| *start <= offset);
        let stretch = after.checked_sub(1).and_then(|at| self.stretches.get(at));
        stretch.map_or(0, |(start, from)| {
            (from.start + (offset - start)).min(from.end)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_text_that_was_read() {
        let mut edits = Edits::default();
        edits.put(4..7, "a long one");
        edits.remove(0..2);
        edits.put(5..6, "inside of another");
        let edited = edits.apply("xxy abc z");
        assert_eq!(edited.text, "y a long one z");
        assert_eq!(edited.origin(0), 2);
        assert_eq!(edited.origin(2), 4);
        assert_eq!(edited.origin(11), 7);
        assert_eq!(edited.origin(13), 8);
    }
}
