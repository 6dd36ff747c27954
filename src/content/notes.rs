//! Footnotes: references and texts come in as they are met, links and a section with all notes go
//! out.

use std::collections::BTreeMap;

use super::Words;
use crate::escape::escape;

/// The footnotes of a text: their numbers in the order of their first use, and what they say.
#[derive(Default)]
pub(super) struct Notes {
    /// Before every id: notes of several texts may stand on a page. None where nothing has an id.
    prefix: Option<String>,
    is_of_record: bool,
    numbers: BTreeMap<String, usize>,
    order: Vec<String>,
    uses: BTreeMap<String, usize>,
    texts: BTreeMap<String, String>,
}

impl Notes {
    /// Starts the footnotes of an article.
    pub(super) fn of(prefix: String) -> Self {
        Self {
            prefix: Some(prefix),
            ..Self::default()
        }
    }

    /// Starts those of one of many short texts.
    pub(super) fn of_record(prefix: Option<&str>) -> Self {
        Self {
            prefix: prefix.map(str::to_owned),
            is_of_record: true,
            ..Self::default()
        }
    }

    /// Returns the link from the text to a note. Case does not matter in names.
    pub(super) fn reference(&mut self, name: &str) -> String {
        let name = name.to_lowercase();
        let number = self.number(&name);
        let Some(prefix) = &self.prefix else {
            return format!("<sup>{number}</sup>");
        };
        let uses = self.uses.entry(name).or_default();
        *uses += 1;
        let back = if *uses == 1 {
            format!("{prefix}fnref-{number}")
        } else {
            format!("{prefix}fnref-{number}-{uses}")
        };
        // Where a text of a record stands on its page again, the id tells that it begins anew: so
        // it comes first.
        match self.is_of_record {
            true => format!(
                "<sup class=\"footnote-ref\"><a id=\"{back}\" href=\"#{prefix}fn-{number}\">{number}</a></sup>"
            ),
            false => format!(
                "<sup class=\"footnote-ref\"><a href=\"#{prefix}fn-{number}\" id=\"{back}\">{number}</a></sup>"
            ),
        }
    }

    /// Takes the text of a note, as HTML. The first text of a name counts.
    pub(super) fn define(&mut self, name: &str, html: String) {
        self.texts.entry(name.to_lowercase()).or_insert(html);
    }

    /// Returns all notes, with links back; those that nothing points at come last, so that none is
    /// lost.
    pub(super) fn section(mut self, words: &Words) -> String {
        for name in self.texts.keys().cloned().collect::<Vec<_>>() {
            self.number(&name);
        }
        if self.order.is_empty() {
            return String::new();
        }
        let items: String = self
            .order
            .iter()
            .enumerate()
            .map(|(index, name)| self.item(index + 1, name, words))
            .collect();
        if self.is_of_record {
            // Several of them on a page would be regions of one name.
            return format!("<div class=\"footnotes\">\n<ol>\n{items}</ol>\n</div>\n");
        }
        format!(
            "<section class=\"footnotes\" aria-label=\"{}\">\n<ol>\n{items}</ol>\n</section>\n",
            escape(&words.footnotes)
        )
    }

    fn item(&self, number: usize, name: &str, words: &Words) -> String {
        let text = self.texts.get(name).map_or("", String::as_str);
        let Some(prefix) = &self.prefix else {
            return format!("<li>{text}</li>\n");
        };
        let label = escape(&words.back.replace("{number}", &number.to_string()));
        let back = match self.uses.get(name) {
            Some(_) => format!(
                "<a class=\"footnote-back\" href=\"#{prefix}fnref-{number}\" aria-label=\"{label}\">↩</a>"
            ),
            None => String::new(),
        };
        let text = match text.strip_suffix("</p>\n") {
            Some(inner) => format!("{inner} {back}</p>\n"),
            None if back.is_empty() => text.to_owned(),
            None => format!("{text}<p>{back}</p>\n"),
        };
        format!("<li id=\"{prefix}fn-{number}\">{text}</li>\n")
    }

    fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.order.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.order.len());
        self.order.len()
    }
}
