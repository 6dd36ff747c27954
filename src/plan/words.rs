//! Words that are put together in the language of the site: lists, sentences, titles, and names of countries.

use super::Plan;
use super::view::Html;
use crate::data::Id;

impl Plan {
    /// "a, b and c".
    pub(super) fn join_and(&self, words: &[String]) -> String {
        self.strings().lists().all_of(words)
    }

    /// "a, b or c".
    pub(super) fn join_or(&self, words: &[String]) -> String {
        self.strings().lists().any_of(words)
    }

    /// One sentence after another.
    pub(super) fn join_sentences(&self, sentences: &[String]) -> String {
        sentences.join(self.strings().get("list_sentence"))
    }

    /// "a part · the site".
    pub(super) fn title_of_site(&self, title: &str) -> String {
        self.strings().fill("title_of_site", &[("title", title), ("site", &self.site.config.site.title)])
    }

    /// What an area is called: as it was declared, or as the language calls the country.
    pub(super) fn area_name(&self, id: &Id) -> String {
        let config = &self.site.config;
        let country = if config.areas.contains_key(id) { None } else { self.strings().country(id.as_str()) };
        country.map_or_else(|| config.area_name(id), str::to_owned)
    }
}

/// A text as a paragraph; none of no text.
pub(super) fn paragraph(text: &str) -> Html {
    if text.is_empty() { Html::Empty } else { Html::Ready(format!("<p>{}</p>", super::escape(text))) }
}
