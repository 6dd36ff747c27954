//! A Markdown text: its headings and lists as an outline, and its tables.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::grid::{Grid, GridRow};
use super::model::words;
use super::outline::{Form, Outline};
use super::words::is_level;
use crate::import::content::code::events;
use crate::import::html;

/// How deep lists are read as lists.
const DEEPEST: usize = 8;

/// How many words the name of a part has at most.
const LONGEST_NAME: usize = 4;

/// What a text holds.
#[derive(Debug, Default)]
pub struct Page {
    pub outline: Outline,
    pub tables: Vec<PageTable>,
}

/// A table, and the heading that it stands under.
#[derive(Debug)]
pub struct PageTable {
    pub heading: String,
    pub grid: Grid,
}

/// Reads a text. Rows are counted from `first`, and rows of its tables are of `file`.
pub fn read(file: &str, text: &str, first: u64) -> Page {
    let mut reader = Reader {
        file,
        text,
        first,
        open: vec![(0, Outline::default())],
        items: vec![],
        heading: None,
        rows: vec![],
        has_title: false,
        tables: vec![],
    };
    let html = html_tables(text);
    let mut next = html.iter().peekable();
    for (event, span) in events(text) {
        while let Some(table) = next.next_if(|table| table.start <= span.start) {
            let rows = html_rows(&text[table.clone()]);
            reader.rows = rows.into_iter().map(|row| (table.start, row)).collect();
            reader.table();
        }
        if !html.iter().any(|table| table.contains(&span.start)) {
            reader.event(&event, span);
        }
    }
    reader.finish()
}

/// An item of a list while it is read.
struct Item {
    start: usize,
    /// Where a list in it begins.
    inner: Option<usize>,
    /// How many items it stands in.
    depth: usize,
    items: Vec<Outline>,
}

struct Reader<'p> {
    file: &'p str,
    text: &'p str,
    first: u64,
    open: Vec<(u8, Outline)>,
    items: Vec<Item>,
    heading: Option<(HeadingLevel, String, usize)>,
    rows: Vec<(usize, Vec<String>)>,
    /// It has headings of the first depth.
    has_title: bool,
    tables: Vec<PageTable>,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = Some((*level, String::new(), span.start));
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some((_, heading, _)) = &mut self.heading {
                    heading.push_str(part);
                }
            }
            Event::End(TagEnd::Heading(_)) => self.section(),
            Event::Start(Tag::List(_)) => {
                if let Some(item) = self.items.last_mut() {
                    item.inner.get_or_insert(span.start);
                }
            }
            Event::Start(Tag::Item) => self.items.push(Item {
                start: span.start,
                inner: None,
                depth: self.items.len(),
                items: vec![],
            }),
            Event::End(TagEnd::Item) => self.item(&span),
            Event::End(TagEnd::Paragraph) if self.items.is_empty() => {
                let own = clean(&self.text[span]);
                if !is_picture(&own) {
                    self.current().say(Form::Prose, own);
                }
            }
            Event::End(TagEnd::TableCell) => {
                let cell = self.text[span].trim().trim_matches('|').trim();
                let cell = cell.replace("\\|", "|");
                if let Some((_, row)) = self.rows.last_mut() {
                    row.push(with_lines(&cell));
                }
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => self.rows.push((span.start, vec![])),
            Event::End(TagEnd::Table) => self.table(),
            _ => {}
        }
    }

    fn current(&mut self) -> &mut Outline {
        if self.open.is_empty() {
            self.open.push((0, Outline::default()));
        }
        let last = self.open.len() - 1;
        &mut self.open[last].1
    }

    fn row(&self, at: usize) -> u64 {
        let before = self.text.get(..at).unwrap_or_default();
        self.first + before.matches('\n').count() as u64
    }

    /// Begins the section of a heading.
    fn section(&mut self) {
        let Some((level, title, start)) = self.heading.take() else {
            return;
        };
        let depth = level as u8;
        self.close(depth);
        self.has_title |= level == HeadingLevel::H1;
        let mut part = Outline::new(name_of(&title));
        part.row = Some(self.row(start));
        self.open.push((depth, part));
    }

    /// Ends all sections that are not around one of a depth.
    fn close(&mut self, depth: u8) {
        while self.open.len() > 1 && self.open.last().is_some_and(|(own, _)| *own >= depth) {
            if let Some((_, part)) = self.open.pop() {
                self.current().parts.push(part);
            }
        }
    }

    fn item(&mut self, span: &Range<usize>) {
        let Some(item) = self.items.pop() else { return };
        let own = &self.text[item.start..item.inner.unwrap_or(span.end).max(item.start)];
        let own = clean(without_mark(own));
        let mut outline = Outline::new(name_of(&own));
        outline.row = Some(self.row(item.start));
        outline.parts = item.items;
        match self.items.last_mut() {
            Some(outer) => {
                let parts = std::mem::take(&mut outline.parts);
                let is_deep = self.open.len() + outer.depth > DEEPEST;
                if !is_deep {
                    outline.parts = parts;
                    outer.items.push(with_text(outline, &own));
                    return;
                }
                outer.items.push(with_text(outline, &own));
                outer.items.extend(parts);
            }
            None => {
                if outline.parts.is_empty() && is_local_link(&own) {
                    return;
                }
                let current = self.current();
                if is_name(&own) && !outline.parts.is_empty() {
                    let part = nested(outline);
                    current.parts.push(part);
                } else {
                    current.say(Form::Item, joined(&own, &outline.parts));
                }
            }
        }
    }

    /// Ends a table.
    fn table(&mut self) {
        let mut rows = std::mem::take(&mut self.rows).into_iter();
        let Some((start, names)) = rows.next() else {
            return;
        };
        let heading = self.current().name.clone();
        let width = names.len();
        let is_html = rows.as_slice().iter().any(|(row, _)| *row == start);
        let rows = rows.map(|(at, cells)| {
            let first = cells.first().map(|cell| name_of(cell));
            let rest = cells.into_iter().skip(1);
            let mut cells: Vec<String> = first.into_iter().chain(rest).collect();
            cells.resize(width, String::new());
            let number = self.row(if is_html { start } else { at });
            GridRow { number, cells }
        });
        let grid = Grid {
            file: self.file.to_owned(),
            sheet: None,
            names: names.iter().map(|name| name_of(name)).collect(),
            rows: rows.collect(),
        };
        self.tables.push(PageTable { heading, grid });
    }

    fn finish(mut self) -> Page {
        self.close(0);
        let outline = self.open.into_iter().next().map(|(_, outline)| outline);
        let mut outline = outline.unwrap_or_default();
        // One heading over all others is the title of the text.
        if self.has_title && outline.parts.len() == 1 && outline.texts.is_empty() {
            outline = outline.parts.pop().unwrap_or_default();
        }
        Page {
            outline,
            tables: self.tables,
        }
    }
}

/// Keeps the text of an item inside another one.
fn with_text(mut outline: Outline, own: &str) -> Outline {
    if outline.parts.is_empty() {
        outline.summary = Some(own.to_owned());
    }
    outline
}

/// Makes parts of the items of a list in a named item.
fn nested(mut outline: Outline) -> Outline {
    let parts = std::mem::take(&mut outline.parts);
    for part in parts {
        match part.summary {
            Some(text) => outline.say(Form::Item, text),
            None if part.parts.iter().any(|inner| inner.summary.is_none()) => {
                outline.parts.push(nested(part));
            }
            None => {
                let text = joined(&part.name, &part.parts);
                outline.say(Form::Item, text);
            }
        }
    }
    outline
}

/// Writes an item with the items of the list in it as one text.
fn joined(own: &str, parts: &[Outline]) -> String {
    let inner: Vec<String> = parts
        .iter()
        .map(|part| match &part.summary {
            Some(text) => text.clone(),
            None => joined(&part.name, &part.parts),
        })
        .collect();
    match inner.as_slice() {
        [] => own.to_owned(),
        _ if own.ends_with([':', '.', '?']) => format!("{own} {}", inner.join("; ")),
        _ => format!("{own}: {}", inner.join("; ")),
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with("**") && text.ends_with("**") && text.matches("**").count() == 2
        || is_level(text) && !text.contains(": ")
        || !text.contains([':', '*'])
            && text.split_whitespace().count() <= LONGEST_NAME
            && !text.ends_with(['.', '?', '!'])
}

/// Returns a name without the marks of Markdown.
fn name_of(text: &str) -> String {
    words(text).trim_matches(['*', '_', ':', ' ']).to_owned()
}

/// Takes away the mark of an item: `-`, `1.`, `[x]`.
fn without_mark(text: &str) -> &str {
    let text = text.trim_start();
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = match digits.strip_prefix(['.', ')']) {
        Some(rest) if digits.len() < text.len() => rest,
        _ => text.strip_prefix(['-', '*', '+']).unwrap_or(text),
    };
    let text = text.trim_start();
    let boxes = ["[ ] ", "[x] ", "[X] "];
    let rest = boxes.iter().find_map(|mark| text.strip_prefix(mark));
    rest.unwrap_or(text)
}

/// Brings a text into one line, without tags and the marks of quotes.
fn clean(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.trim().trim_start_matches("> "));
    let text = lines.collect::<Vec<_>>().join(" ");
    let text = without_tags(&text, " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns true if a text is only a link within the site, as those of a table of contents are.
fn is_local_link(text: &str) -> bool {
    let inner = |text: &str| -> Option<String> {
        let (name, to) = text
            .strip_prefix('[')?
            .strip_suffix(')')?
            .split_once("](")?;
        (!name.contains('[')).then(|| to.to_ascii_lowercase())
    };
    let is_here = |to: String| {
        let page = to.split('#').next().unwrap_or_default();
        !to.contains("](") && !to.contains("://") && (page.is_empty() || page.ends_with(".md"))
    };
    inner(text).is_some_and(is_here)
}

fn is_picture(text: &str) -> bool {
    text.starts_with("![") && text.ends_with(')') && text.matches("](").count() == 1
}

/// Makes lines of what a cell of a table breaks with tags.
fn with_lines(cell: &str) -> String {
    if !cell.contains('<') {
        return cell.to_owned();
    }
    let items = ["<li>", "<LI>"]
        .iter()
        .fold(cell.to_owned(), |cell, tag| cell.replace(tag, "\n- "));
    without_tags(&items, "\n")
}

/// Takes tags away; those that break a line become something else.
fn without_tags(text: &str, line: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let is_tag =
            tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match tag
            .find('>')
            .filter(|_| is_tag && !tag.starts_with("<http"))
        {
            Some(end) => {
                let name = tag[1..end].to_ascii_lowercase();
                if ["br", "/p", "/li", "/div"]
                    .iter()
                    .any(|known| name.starts_with(known))
                {
                    out.push_str(line);
                }
                rest = &tag[end + 1..];
            }
            None => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out + rest
}

/// Returns where tables in HTML stand.
fn html_tables(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut tables = vec![];
    let mut at = 0;
    while let Some(start) = lower[at..].find("<table").map(|found| at + found) {
        let end = lower[start..].find("</table>");
        let Some(end) = end.map(|found| start + found + "</table>".len()) else {
            break;
        };
        tables.push(start..end);
        at = end;
    }
    tables
}

/// Returns the cells of a table in HTML, as Markdown.
fn html_rows(table: &str) -> Vec<Vec<String>> {
    let rows = parts_of(table, &["<tr"]);
    let cells = |row: &&str| -> Vec<String> {
        let cells = parts_of(row, &["<td", "<th"]);
        cells.iter().map(|cell| html::to_markdown(cell)).collect()
    };
    let rows = rows.iter().map(cells);
    rows.filter(|row| row.iter().any(|cell| !cell.is_empty()))
        .collect()
}

/// Returns what stands behind each of some tags, up to the next one.
fn parts_of<'h>(html: &'h str, tags: &[&str]) -> Vec<&'h str> {
    let lower = html.to_ascii_lowercase();
    let is_tag = |at: usize| {
        let after = |tag: &&&str| {
            let rest = &lower[at..];
            rest.strip_prefix(**tag)
                .is_some_and(|rest| rest.starts_with(['>', ' ', '\n', '\t', '\r']))
        };
        tags.iter().find(after).is_some()
    };
    let starts: Vec<usize> = lower
        .match_indices('<')
        .map(|(at, _)| at)
        .filter(|at| is_tag(*at))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([html.len()]);
    let inner = |(start, end): (&usize, usize)| {
        let part = html.get(*start..end)?;
        part.split_once('>').map(|(_, inner)| inner)
    };
    starts.iter().zip(ends).filter_map(inner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_lists_are_an_outline() {
        let page = read(
            "a.md",
            "# Ladder\n\nAbout.\n\n## One\n\n- **Low**\n  - a\n    - b\n  - c\n- Says\n  more: <br>\n  - d\n",
            1,
        );
        let outline = page.outline;
        assert_eq!(outline.name, "Ladder");
        assert_eq!(outline.texts.len(), 1);
        let one = &outline.parts[0];
        assert_eq!((one.name.as_str(), one.row), ("One", Some(5)));
        assert_eq!(one.parts[0].name, "Low");
        let texts = |part: &Outline| -> Vec<String> {
            part.texts
                .iter()
                .map(|said| said.criterion.text.clone())
                .collect()
        };
        assert_eq!(texts(&one.parts[0]), ["a: b", "c"]);
        assert_eq!(texts(one), ["Says more: d"]);
    }

    #[test]
    fn tables_are_read_in_both_forms() {
        let page = read(
            "a.md",
            "## T\n\n| **A** | B |\n|---|---|\n| *x* | one<br>two |\n\n<table>\n<tr><td>A</td><td>B</td></tr>\n\n<tr><td>y</td><td><ul><li>p</li><li>q</li></ul></td></tr></table>\n",
            1,
        );
        assert_eq!(page.tables.len(), 2);
        let first = &page.tables[0];
        assert_eq!(
            (first.heading.as_str(), first.grid.names.join("/")),
            ("T", "A/B".to_owned())
        );
        assert_eq!(first.grid.rows[0].cells, ["x", "one\ntwo"]);
        let second = &page.tables[1].grid;
        assert_eq!(second.rows[0].cells, ["y", "- p\n- q"]);
        assert!(page.outline.texts.is_empty());
    }
}
