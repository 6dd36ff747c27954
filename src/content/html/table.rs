//! Tables: the events of a table come in one by one, its tags go out.

use pulldown_cmark::Alignment;

use super::{Style, Writer};
use crate::escape::escape;

/// The tables of a text, of which the last one may be open.
#[derive(Default)]
pub(super) struct Tables {
    /// How many there were: each needs a name of its own.
    count: usize,
    alignments: Vec<Alignment>,
    /// The number of the next cell in its row.
    cell: usize,
    in_head: bool,
}

/// What opens the body of a table, which goes when the table has no rows.
const BODY: &str = "<tbody>\n";

impl Writer<'_> {
    /// Opens a table in a region that can be scrolled, named after its columns or its number.
    pub(super) fn table(&mut self, alignments: &[Alignment]) {
        self.tables.alignments = alignments.to_vec();
        self.tables.count += 1;
        let number: String = self
            .job
            .within
            .iter()
            .map(|number| format!("{number}."))
            .chain([self.tables.count.to_string()])
            .collect();
        let numbered = self.job.options.words.table.replace("{number}", &number);
        let label = match self.job.style {
            Style::Record { tables, .. } => tables.get(self.tables.count - 1),
            Style::Article => None,
        };
        let label = escape(label.unwrap_or(&numbered));
        self.out.push_str(&format!(
            "<section class=\"table-scroll\" aria-label=\"{label}\" tabindex=\"0\">\n<table>\n"
        ));
    }

    /// Closes a table.
    pub(super) fn end_table(&mut self) {
        match self.out.strip_suffix(BODY).map(str::len) {
            Some(length) => self.out.truncate(length),
            None => self.out.push_str("</tbody>\n"),
        }
        self.out.push_str("</table>\n</section>\n");
    }
}

impl Tables {
    pub(super) fn head(&mut self) -> &'static str {
        (self.in_head, self.cell) = (true, 0);
        "<thead>\n<tr>"
    }

    pub(super) fn end_head(&mut self) -> &'static str {
        self.in_head = false;
        "</tr>\n</thead>\n<tbody>\n"
    }

    pub(super) fn row(&mut self) -> &'static str {
        self.cell = 0;
        "<tr>"
    }

    pub(super) fn cell(&mut self) -> &'static str {
        let alignment = self.alignments.get(self.cell);
        self.cell += 1;
        match (self.in_head, alignment) {
            (true, Some(Alignment::Right)) => "<th scope=\"col\" class=\"right\">",
            (true, Some(Alignment::Center)) => "<th scope=\"col\" class=\"center\">",
            (true, _) => "<th scope=\"col\">",
            (false, Some(Alignment::Right)) => "<td class=\"right\">",
            (false, Some(Alignment::Center)) => "<td class=\"center\">",
            (false, _) => "<td>",
        }
    }

    pub(super) fn end_cell(&self) -> &'static str {
        if self.in_head { "</th>" } else { "</td>" }
    }
}
