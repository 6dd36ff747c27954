//! Headings, tables, lists, fences and comments that are none, or hold more than is shown.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::Search;
use crate::content::headings::is_empty;
use crate::content::parse::end_of;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// Signs that word processors set before the items of a list.
const BULLETS: [char; 5] = ['•', '‣', '▪', '◦', '●'];

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LinePlace {
    /// It is the whole first paragraph.
    FirstAlone,
    Elsewhere,
}

/// Returns true for a task without the space behind its dash.
fn is_task(line: &str) -> bool {
    ["-[ ] ", "-[x] ", "-[X] ", "*[ ] ", "*[x] "]
        .iter()
        .any(|start| line.starts_with(start))
}

/// Returns true for an item without the space behind its dash.
fn is_item(line: &str) -> bool {
    line.strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// Returns true for an item without the space behind its number.
fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest
        .strip_prefix(['.', ')'])
        .filter(|_| rest.len() < line.len());
    rest.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// Returns true for an item as word processors write it.
fn is_bullet(line: &str) -> bool {
    line.strip_prefix(BULLETS)
        .is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

impl<'t> Search<'t> {
    /// Warns of headings, tables, lists, fences and comments that are none, or hold more than is
    /// shown.
    pub(super) fn blocks(&mut self) {
        let mut columns = 0;
        for (index, (event, span)) in self.events.iter().enumerate() {
            match event {
                Event::Start(Tag::Heading { .. }) => self.heading(index, span),
                Event::Start(Tag::Paragraph) => self.paragraph(index, span),
                Event::Start(Tag::Item) => self.item(index, span),
                Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
                Event::Start(Tag::TableRow) => self.row(columns, span),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => self.fence(span),
                Event::Start(Tag::HtmlBlock) => self.comment(span),
                _ => {}
            }
        }
    }

    fn heading(&mut self, index: usize, span: &Span) {
        let inner = &self.events[index + 1..end_of(self.events, index)];
        if is_empty(inner) {
            return self.warn(
                trimmed(self.text, span),
                "this heading has no text, and is left out",
                "write a text behind the `#`, or remove the line",
            );
        }
        // A line of dashes below a paragraph makes a heading of it.
        let (text, line) = self.text[span.clone()]
            .trim_end()
            .rsplit_once('\n')
            .unwrap_or_default();
        let is_rule = line.trim().len() >= 3 && line.trim().bytes().all(|byte| byte == b'-');
        let is_prose = text.trim().contains('\n')
            || (text.trim_end().ends_with('.') && text.chars().count() > 60);
        if is_rule && is_prose {
            let start = span.start + text.len() + 1;
            self.warn(
                start..start + line.len(),
                "the line of dashes makes a heading of the paragraph above it",
                "put an empty line between the two",
            );
        }
    }

    fn paragraph(&mut self, index: usize, span: &Span) {
        let lines = self.lines(span);
        let place = if index == 0 && lines.len() == 1 {
            LinePlace::FirstAlone
        } else {
            LinePlace::Elsewhere
        };
        for (at, line) in &lines {
            self.no_heading(*at, line, place);
        }
        let all = |is: fn(&str) -> bool| lines.len() > 1 && lines.iter().all(|(_, line)| is(line));
        let whole = trimmed(self.text, span);
        let task = lines
            .iter()
            .find(|(at, line)| is_task(line) && self.is_plain(*at));
        if let Some((at, line)) = task {
            self.warn(
                *at..at + line.len(),
                "this is no task: a space is missing",
                "write `- [ ]` with a space behind the dash",
            );
        } else if all(is_item) || all(is_numbered) {
            self.warn(
                whole,
                "these lines are no list: a space is missing",
                "put a space behind the mark of each line",
            );
        } else if all(is_bullet) {
            self.warn(
                whole,
                "these lines are no list, but one paragraph",
                "write `-` and a space in place of the bullets",
            );
        } else {
            self.no_table(&lines);
        }
    }

    /// Returns the lines of a block, without the marks of quotes around it, and where each stands.
    fn lines(&self, span: &Span) -> Vec<(usize, &'t str)> {
        let mut lines = vec![];
        let mut at = span.start;
        for line in self.text[span.clone()].split_inclusive('\n') {
            let shown = line.trim_start_matches([' ', '\t', '>']);
            lines.push((at + line.len() - shown.len(), shown.trim_end()));
            at += line.len();
        }
        lines
    }

    /// Warns of `##No space`.
    fn no_heading(&mut self, at: usize, line: &str, place: LinePlace) {
        let text = line.trim_start_matches('#');
        let marks = line.len() - text.len();
        let is_heading = match marks {
            0 => false,
            // One alone may be a tag or a number.
            1 => {
                place == LinePlace::FirstAlone
                    && text.starts_with(char::is_uppercase)
                    && text.contains(' ')
                    && !text.contains('#')
            }
            2..=6 => text.starts_with(char::is_alphanumeric),
            _ => text.starts_with(' ') && !text.trim().is_empty(),
        };
        if is_heading && self.is_plain(at) {
            let help = if marks > 6 {
                "write six of them at most".to_owned()
            } else {
                format!("write `{} {text}`", &line[..marks])
            };
            self.warn(at..at + line.len(), "this is no heading, but text", help);
        }
    }

    /// Warns of lines between pipes that did not become a table.
    fn no_table(&mut self, lines: &[(usize, &str)]) {
        let piped = |line: &str| line.len() > 2 && line.starts_with('|') && line.ends_with('|');
        let is_rule = |line: &str| {
            line.contains('-')
                && line.contains('|')
                && line
                    .chars()
                    .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
        };
        let pair = lines
            .windows(2)
            .find(|pair| is_rule(pair[1].1) && pair[0].1.contains('|'));
        let is_plain =
            |at: usize, line: &str| line.find('|').is_some_and(|pipe| self.is_plain(at + pipe));
        if let Some([(_, head), (rule_at, rule)]) =
            pair.filter(|pair| is_plain(pair[0].0, pair[0].1))
        {
            let (head, columns) = (cells(head).len(), cells(rule).len());
            let message =
                format!("this is no table: its head has {head} cells, the line below it {columns}");
            return self.warn(
                *rule_at..rule_at + rule.len(),
                message,
                format!("write {head} groups of dashes"),
            );
        }
        let first = lines.iter().find(|(_, line)| piped(line));
        if let Some((at, line)) = first.filter(|(at, line)| {
            lines.iter().filter(|(_, line)| piped(line)).count() > 1 && is_plain(*at, line)
        }) {
            let rule = "|---".repeat(cells(line).len()) + "|";
            self.warn(
                *at..at + line.len(),
                "this is no table: the line below its head is missing",
                format!("write `{rule}` below the head, and an empty line before it"),
            );
        }
    }

    /// Warns of `- [ ]x` and `- [] x`.
    fn item(&mut self, index: usize, span: &Span) {
        let inner = self.events[index + 1..]
            .iter()
            .find(|(event, _)| !matches!(event, Event::Start(Tag::Paragraph)));
        let Some((Event::Text(_), first)) = inner else {
            return;
        };
        let line = self.line(first.start);
        let is_task = match line.get(..3) {
            Some("[ ]" | "[x]" | "[X]") => line[3..].starts_with(char::is_alphanumeric),
            _ => line.starts_with("[] "),
        };
        if is_task && span.contains(&first.start) && self.is_plain(first.start) {
            self.warn(
                first.start..first.start + line.len(),
                "this is no task: a space is missing",
                "write `- [ ]` and a space before the text",
            );
        }
    }

    /// Warns of a row with more cells than its table has columns.
    fn row(&mut self, columns: usize, span: &Span) {
        let row = self.text[span.clone()].trim_end();
        let Some(surplus) = cells(row).get(columns).cloned() else {
            return;
        };
        let rest = row[surplus.start..].trim_end_matches(['|', ' ', '\t']);
        if rest.trim().is_empty() {
            return;
        }
        let place = span.start + surplus.start..span.start + surplus.start + rest.len();
        let message = format!(
            "this row has more cells than the {columns} of the table's head: `{}` is not shown",
            rest.trim()
        );
        self.warn(place, message, "add a column to the head, or write `\\|` where a pipe is part of the text, in code as well");
    }

    /// Warns of a block of code that goes on to the end of what it stands in.
    fn fence(&mut self, span: &Span) {
        let lines = self.lines(span);
        let Some((at, first)) = lines.first() else {
            return;
        };
        let sign = first.chars().next().unwrap_or('`');
        let length = first.len() - first.trim_start_matches(sign).len();
        let last = lines
            .last()
            .filter(|_| lines.len() > 1)
            .map_or("", |(_, line)| *line);
        if last.len() < length || last.chars().any(|c| c != sign) {
            let fence = sign.to_string().repeat(length);
            self.warn(
                *at..at + first.len(),
                "this block of code is not closed: all that follows is in it",
                format!("write {fence} on a line below the code"),
            );
        }
    }

    /// Reports a comment that swallows the rest of the text.
    fn comment(&mut self, span: &Span) {
        let html = self.text[span.clone()].trim_start();
        if html.starts_with("<!--") && !html.contains("-->") {
            let message = "this comment is not closed: all that follows is in it";
            let fault = Diagnostic::error(Code::RawHtml, message);
            self.diagnostics.push(
                self.base
                    .place(fault, &(span.start..span.start + 4))
                    .help("write --> behind the comment"),
            );
        }
    }
}

/// Returns a span without the white space at its end.
fn trimmed(text: &str, span: &Span) -> Span {
    span.start..span.start + text[span.clone()].trim_end().len()
}

/// Returns where the cells of a row stand in it: between pipes, of which those at the two ends count for
/// nothing.
fn cells(row: &str) -> Vec<Span> {
    let end = row.trim_end().len();
    let start = row.len() - row.trim_start().len();
    let start = start + usize::from(row[start..].starts_with('|'));
    let mut cells = vec![];
    let mut from = start.min(end);
    let mut is_escaped = false;
    for (at, byte) in row.as_bytes()[..end].iter().enumerate().skip(from) {
        if *byte == b'|' && !is_escaped {
            cells.push(from..at);
            from = at + 1;
        }
        is_escaped = *byte == b'\\' && !is_escaped;
    }
    if from < end {
        cells.push(from..end);
    }
    cells
}
