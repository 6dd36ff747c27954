//! The index of the site's own search: a plan and its articles come in, the files that the search script fetches go out.
//!
//! The index is a function of the plan and of the articles' texts, not of finished pages, so it needs no page to be made. Words are
//! kept in sorted files of a few kilobytes each, and the script fetches those that a query needs. What is said of a page is
//! `plan/search`'s; here are words, weights and files.

mod bag;
mod files;
mod markdown;
mod postings;
mod words;

use std::sync::Arc;

use rayon::prelude::*;

use crate::content::Article;
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::memo::{Memo, Shelf};
use crate::plan::{Plan, Said};
use bag::Bag;
use postings::Postings;

/// The files of an index, in the order of `Plan::search_urls`.
#[derive(Default)]
pub struct Index {
    pub files: Vec<Arc<[u8]>>,
}

/// How many pages are looked at together.
const CHUNK: usize = 256;

/// What an index is a function of: the pages that are found, with the words of the theme in their titles and questions; their
/// texts; the records. A position is there until its day has come. Templates, stylesheets and pictures do not matter.
pub fn key(plan: &Plan, inputs: &Inputs) -> Digest {
    let of_page = |index: &usize| {
        let page = &plan.pages[*index];
        (plan.search_row(page), plan.search_group(page.kind), plan.search_category(page), plan.prose(page).map(|article| article.digest))
    };
    let pages: Vec<_> = plan.found.par_iter().map(of_page).collect();
    let records: Vec<_> =
        inputs.below("content").filter(|(path, _)| matches!(path.extension(), "toml" | "csv")).map(|(path, file)| (path, file.digest)).collect();
    Digest::of_value(&(pages, records, inputs.get("site.toml").map(|file| file.digest), plan.site.theme.strings.digest(), plan.site.build_date))
}

/// Makes the index of a plan. The words of an article are remembered by its digest.
pub fn index(plan: &Plan, inputs: &Inputs, memo: &dyn Memo, faults: &mut Diagnostics) -> Index {
    let chunks = plan.found.par_chunks(CHUNK).enumerate().map(|(number, pages)| {
        let mut faults = Diagnostics::default();
        let said: Vec<Words> = pages.iter().map(|index| words_of(plan, *index, (inputs, memo), &mut faults)).collect();
        let first = number * CHUNK;
        let names = Postings::of(said.iter().enumerate().map(|(at, words)| (first + at, words.names.as_str())));
        let texts = said.iter().enumerate().flat_map(|(at, words)| words.texts.iter().map(move |text| (first + at, text.as_str())));
        (names, Postings::of(texts), faults)
    });
    let (names, text, said) = chunks.reduce(Default::default, |(names, text, mut said), (more_names, more_text, more_said)| {
        said.extend(more_said);
        (names.join(more_names), text.join(more_text), said)
    });
    faults.extend(said);
    Index { files: files::write(plan, &names, &text) }
}

/// The words of a page, as a `Bag` writes them.
struct Words {
    names: String,
    /// Of the record and of the article.
    texts: Vec<String>,
}

fn words_of(plan: &Plan, index: usize, (inputs, memo): (&Inputs, &dyn Memo), faults: &mut Diagnostics) -> Words {
    let page = &plan.pages[index];
    let (mut names, mut text) = (Bag::default(), Bag::default());
    plan.say(page, &mut |said, words| match said {
        Said::Title => names.add_name(words, 3),
        Said::Name => names.add_name(words, 2),
        Said::Context => names.add(words, 1),
        Said::Heading => text.add(words, 3),
        Said::Text => text.add(words, 1),
        Said::Markdown => add_markdown(&mut text, words),
    });
    let article = plan.prose(page).map(|article| words_of_article(article, inputs, memo, faults));
    Words { names: names.finish(), texts: std::iter::once(text.finish()).chain(article).collect() }
}

fn words_of_article(article: &Article, inputs: &Inputs, memo: &dyn Memo, faults: &mut Diagnostics) -> String {
    let remembered = memo.get(Shelf::Words, article.digest).and_then(|bytes| String::from_utf8(bytes).ok());
    remembered.unwrap_or_else(|| {
        let mut bag = Bag::default();
        if let Some(source) = faults.take(inputs.source(&article.path)) {
            add_markdown(&mut bag, source.text.get(article.body_start..).unwrap_or_default());
        }
        let words = bag.finish();
        memo.put(Shelf::Words, article.digest, words.as_bytes());
        words
    })
}

fn add_markdown(bag: &mut Bag, text: &str) {
    markdown::each(text, |words, is_heading| bag.add(words, if is_heading { 3 } else { 1 }));
}
