//! Headings of a page's prose that give way: ids that the page needs for something else come in,
//! other ids for its headings go out. What stands on a page beside its prose is known when its
//! template was rendered, and not before.

use std::collections::BTreeMap;

use crate::content::{Article, Renamed};
use crate::source::{Source, Span};
use crate::view::types::TocEntry;

/// The ids of the headings of a page's prose.
#[derive(Default)]
pub(super) struct Headings {
    /// The slug of each by its id.
    slugs: BTreeMap<String, String>,
    /// The others by their slugs.
    pub renamed: Renamed,
}

impl Headings {
    /// Gives other ids to the headings that have one of these; `taken` are all ids of the page.
    /// Whether there are any.
    pub fn give_way<'i>(
        &mut self,
        article: Option<&Article>,
        lost: impl Iterator<Item = &'i String>,
        taken: &[String],
        toc: &mut [TocEntry],
    ) -> bool {
        let mut gave_way = false;
        for id in lost {
            if self.slugs.is_empty() {
                self.slugs.extend(
                    article
                        .iter()
                        .flat_map(|article| article.facts.page.ids())
                        .map(|id| (id.to_owned(), id.to_owned())),
                );
            }
            let Some(slug) = self.slugs.remove(id) else {
                continue;
            };
            let is_free =
                |new: &String| !self.slugs.contains_key(new) && taken.binary_search(new).is_err();
            let Some(new) = (1..).map(|number| format!("{slug}-{number}")).find(is_free) else {
                continue;
            };
            rename(toc, id, &new);
            self.renamed.insert(slug.clone(), new.clone());
            self.slugs.insert(new, slug);
            gave_way = true;
        }
        gave_way
    }
}

fn rename(toc: &mut [TocEntry], id: &str, new: &str) {
    for entry in toc {
        if entry.id == id {
            new.clone_into(&mut entry.id);
        }
        rename(&mut entry.children, id, new);
    }
}

/// Where an author wrote an id: at a heading, or in HTML.
pub(super) fn written(source: &Source, body_start: usize, id: &str) -> Option<Span> {
    let body = source.text.get(body_start..)?;
    let ends = |at: usize| body[at..].starts_with(|c: char| c == '}' || c.is_whitespace());
    let of_heading = body
        .match_indices(&format!("#{id}"))
        .find(|(at, text)| body[..*at].ends_with(['{', ' ']) && ends(at + text.len()));
    let of_html = || {
        [format!("id=\"{id}\""), format!("id='{id}'")]
            .iter()
            .find_map(|text| body.find(text.as_str()).map(|at| (at, text.len())))
    };
    let (at, length) = of_heading
        .map(|(at, text)| (at, text.len()))
        .or_else(of_html)?;
    Some(body_start + at..body_start + at + length)
}
