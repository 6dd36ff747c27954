//! The files of the search index: the pages come in; the pages that search finds, and the addresses
//! of the files, go out. The index is made in [`crate::search`].

use crate::kind::Kind;
use crate::layout::address::folder_of;
use crate::layout::{Layout, Page, page};
use crate::path::UrlPath;
use crate::site::Site;

/// How many pages are in a file of titles and addresses. The files are small because the pages that
/// a query finds are scattered.
pub const PAGES_A_FILE: usize = 32;

/// How many pages there are for each file of names, so that a file has about ten kilobytes.
const PAGES_A_FILE_OF_NAMES: usize = 120;

/// How many pages there are for each file of words in texts, so that a file has about ten
/// kilobytes.
const PAGES_A_FILE_OF_TEXT: usize = 24;

/// How many files of each sort an index has.
pub struct SearchSizes {
    pub names: usize,
    pub text: usize,
    pub pages: usize,
}

impl SearchSizes {
    /// Returns the sizes of an index of so many pages.
    pub fn of(pages: usize) -> Self {
        let files = |pages_a_file: usize| pages.div_ceil(pages_a_file);
        Self {
            names: files(PAGES_A_FILE_OF_NAMES),
            text: files(PAGES_A_FILE_OF_TEXT),
            pages: files(PAGES_A_FILE),
        }
    }
}

/// Returns the pages that search finds, sorted by address: those that search engines may list. A
/// site without a page of search has none.
pub(super) fn findable(site: &Site, layout: &Layout) -> Vec<usize> {
    if layout.page_about(Kind::Search, "").is_none() {
        return vec![];
    }
    let is_found = |page: &Page| {
        page.number == 1
            && page::is_listed(site, page)
            && !matches!(page.kind, Kind::Home | Kind::Search)
    };
    let mut found: Vec<usize> = (0..layout.pages.whole().len())
        .filter(|index| is_found(&layout.pages[*index]))
        .collect();
    found.sort_by(|a, b| layout.pages[*a].url.cmp(&layout.pages[*b].url));
    found
}

/// Returns the addresses of the files of the index: first the list of files, then names, words of
/// texts and pages.
pub fn search_urls(layout: &Layout) -> Vec<UrlPath> {
    let Some(page) = layout.page_about(Kind::Search, "") else {
        return vec![];
    };
    let folder = folder_of(&page.url);
    let SearchSizes { names, text, pages } = SearchSizes::of(layout.found.whole().len());
    let numbered = |name: &'static str, count: usize| {
        (0..count).map(move |number| format!("{name}-{number}.json"))
    };
    let all = std::iter::once("index.json".to_owned())
        .chain(numbered("names", names))
        .chain(numbered("text", text))
        .chain(numbered("pages", pages));
    all.filter_map(|name| UrlPath::new(&format!("{folder}{name}")).ok())
        .collect()
}
