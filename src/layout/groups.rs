//! Groups of pages: all pages come in; lists of them by role, section, tag and date go out. They
//! are made once, so that no View searches all pages.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::content::FrontMatter;
use crate::data::Id;
use crate::layout::{Page, Subject, page};
use crate::locale::Locale;
use crate::path::{SourcePath, slugify};
use crate::reads::Tracked;
use crate::role::Role;
use crate::site::Site;

/// Indexes of pages by what they belong to. Each list is in the order in which it is shown.
#[derive(Clone)]
pub struct Groups {
    /// Articles by role.
    pub articles_of_role: Tracked<BTreeMap<Id, Vec<usize>>>,
    /// Articles by the `_index.md` of their section.
    pub articles_of_section: Tracked<BTreeMap<SourcePath, Vec<usize>>>,
    /// The pages of a section's index, first to last.
    pub parts_of_section: Tracked<BTreeMap<SourcePath, Vec<usize>>>,
    /// Pages by the slug of a tag, newest first.
    pub tagged: Tracked<BTreeMap<String, Vec<usize>>>,
    /// Dated articles of the whole site, newest first, for its feed.
    pub dated: Tracked<Vec<usize>>,
    /// Dated articles by the `_index.md` of their section, newest first, for its feed.
    pub dated_of_section: Tracked<BTreeMap<SourcePath, Vec<usize>>>,
    /// Comparisons with other roles by role.
    pub comparisons_of_role: Tracked<BTreeMap<Id, Vec<usize>>>,
    /// The published roles by category, in the order of their ids.
    pub roles_of_category: Tracked<BTreeMap<Id, Vec<Id>>>,
}

impl Default for Groups {
    fn default() -> Self {
        Self {
            articles_of_role: Tracked::new("articles of a role", BTreeMap::new()),
            articles_of_section: Tracked::new("articles of a section", BTreeMap::new()),
            parts_of_section: Tracked::new("parts of a section", BTreeMap::new()),
            tagged: Tracked::new("tagged", BTreeMap::new()),
            dated: Tracked::new("dated", vec![]),
            dated_of_section: Tracked::new("dated of a section", BTreeMap::new()),
            comparisons_of_role: Tracked::new("comparisons of a role", BTreeMap::new()),
            roles_of_category: Tracked::new("roles of a category", BTreeMap::new()),
        }
    }
}

impl Groups {
    /// Groups all pages of a site.
    pub fn of(site: &Site, locale: &Locale, all: &[Page]) -> Self {
        let mut groups = Self::default();
        let mut sections = SectionFiles::default();
        let mut slugs: BTreeMap<&str, String> = BTreeMap::new();
        let mut dated = vec![];
        // Most lists are in this order, so only a few need to be sorted afterwards.
        for PageOfList { index, front } in newest_first(site, locale, all) {
            let page = &all[index];
            groups.add(index, &page.subject, &mut sections);
            let Some(front) = front else { continue };
            for tag in &front.tags {
                let slug = slugs.entry(&tag.value).or_insert_with(|| slugify(tag));
                groups.add_tagged(index, slug);
            }
            if let (Subject::Article(..), Some(date)) = (&page.subject, &front.date) {
                dated.push((Reverse(date.value), &page.url, index));
            }
        }
        groups.sort(site, locale, all);
        dated.sort_unstable();
        let dated: Vec<usize> = dated.into_iter().map(|(_, _, index)| index).collect();
        for index in &dated {
            if let Subject::Article(path, _) = &all[*index].subject {
                let section = sections.of(path);
                let dated = groups.dated_of_section.fill().entry(section).or_default();
                dated.push(*index);
            }
        }
        *groups.dated.fill() = dated;
        *groups.roles_of_category.fill() = roles_of_category(site);
        groups
    }

    /// Adds a page to the lists of its role or section.
    fn add<'p>(&mut self, index: usize, subject: &'p Subject, sections: &mut SectionFiles<'p>) {
        match subject {
            Subject::Article(_, Some(role)) => {
                let articles = self.articles_of_role.fill().entry(role.clone());
                articles.or_default().push(index);
            }
            Subject::Article(path, None) => {
                let articles = self.articles_of_section.fill().entry(sections.of(path));
                articles.or_default().push(index);
            }
            Subject::Section(path) => {
                let parts = self.parts_of_section.fill().entry(path.clone());
                parts.or_default().push(index);
            }
            Subject::Roles(a, b) => {
                for role in [a, b] {
                    let comparisons = self.comparisons_of_role.fill().entry(role.clone());
                    comparisons.or_default().push(index);
                }
            }
            _ => {}
        }
    }

    /// Adds a page to the list of a tag, once: two spellings of a tag have one slug.
    fn add_tagged(&mut self, index: usize, slug: &str) {
        match self.tagged.fill().get_mut(slug) {
            Some(tagged) if tagged.last() == Some(&index) => {}
            Some(tagged) => tagged.push(index),
            None => {
                self.tagged.fill().insert(slug.to_owned(), vec![index]);
            }
        }
    }

    /// Sorts the lists that are not in the order of [`newest_first`].
    fn sort(&mut self, site: &Site, locale: &Locale, all: &[Page]) {
        let key = |index: &usize, order: &str| {
            let page = &all[*index];
            let front = page::prose(site, page).map(|article| &article.front);
            (sort_key(locale.sort_key(&page.title), front, order), *index)
        };
        for (section, pages) in self.articles_of_section.fill() {
            let order = site
                .article(section)
                .and_then(|article| article.front.sort_by);
            match order.map_or("date", |order| order.as_str()) {
                "date" => {}
                order => pages.sort_by_cached_key(|index| key(index, order)),
            }
        }
        for pages in self.articles_of_role.fill().values_mut() {
            pages.sort_by_cached_key(|index| key(index, "weight"));
        }
        for pages in self.parts_of_section.fill().values_mut() {
            pages.sort_by_key(|index| all[*index].number);
        }
    }
}

/// The `_index.md` of each folder, made once.
#[derive(Default)]
struct SectionFiles<'p>(BTreeMap<(&'p str, bool), SourcePath>);

impl<'p> SectionFiles<'p> {
    /// Returns the `_index.md` of the section of an article.
    fn of(&mut self, path: &'p SourcePath) -> SourcePath {
        self.0
            .entry((path.folder(), path.name() == "index.md"))
            .or_insert_with(|| section_file(path))
            .clone()
    }
}

/// A page of a list.
struct PageOfList<'a> {
    index: usize,
    /// The front matter of its prose.
    front: Option<&'a FrontMatter>,
}

/// Weight, date (newest first) and title, as far as the order asks for them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct SortKey {
    weight: i64,
    date: Reverse<Option<Date>>,
    title: String,
}

/// Returns how many articles a page of the index of a section shows.
pub fn part_size(site: &Site, section: &SourcePath) -> usize {
    let own = site
        .article(section)
        .and_then(|article| article.front.paginate_by);
    size_of_part(site, own)
}

/// Returns how many articles a page of an index shows that sets its own number or does not.
pub fn size_of_part(site: &Site, own: Option<u32>) -> usize {
    match own.unwrap_or(site.config.site.paginate_by) {
        0 => usize::MAX,
        size => size as usize,
    }
}

/// Counts the pages with prose by the slugs of their tags.
pub fn articles_by_tag(site: &Site) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for article in site.articles.whole().values() {
        let tags = article.front.tags.iter();
        let slugs: BTreeSet<String> = tags.map(|tag| slugify(tag)).collect();
        for slug in slugs {
            *counts.entry(slug).or_default() += 1;
        }
    }
    counts
}

/// Returns the published roles that use a framework.
pub fn roles_of_framework<'a>(site: &'a Site, id: &'a Id) -> impl Iterator<Item = &'a Role> {
    site.all_roles()
        .filter(move |role| role.framework.as_ref() == Some(id))
}

/// Returns the published roles by category, in the order of their ids.
pub fn roles_of_category(site: &Site) -> BTreeMap<Id, Vec<Id>> {
    let mut roles: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for role in site.all_roles() {
        for category in &role.categories {
            let of_category = roles.entry(category.clone()).or_default();
            of_category.push(role.id.clone());
        }
    }
    roles
}

/// Returns all pages sorted by weight, then by date with the newest first, then by title.
fn newest_first<'a>(site: &'a Site, locale: &Locale, pages: &[Page]) -> Vec<PageOfList<'a>> {
    let keyed = |(index, page): (usize, &Page)| {
        let front = page::prose(site, page).map(|article| &article.front);
        let key = sort_key(locale.sort_key(&page.title), front, "date");
        (key, PageOfList { index, front })
    };
    let mut keyed: Vec<_> = pages.par_iter().enumerate().map(keyed).collect();
    keyed.par_sort_unstable_by(|(a, first), (b, second)| (a, first.index).cmp(&(b, second.index)));
    keyed.into_iter().map(|(_, page)| page).collect()
}

/// Returns the `_index.md` of the section of an article. An article with a folder of its own
/// belongs to the section of the folder above.
pub fn section_file(path: &SourcePath) -> SourcePath {
    let folder = if path.name() == "index.md" {
        parent_folder(path.folder())
    } else {
        path.folder()
    };
    SourcePath::new(&format!("{folder}/_index.md")).unwrap_or_else(|_| path.clone())
}

/// Returns the folder that contains a folder.
pub fn parent_folder(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Returns the sort key of a page in an order. `title` is the sort key of its title in the
/// language.
fn sort_key(title: String, front: Option<&FrontMatter>, order: &str) -> SortKey {
    let mut key = SortKey {
        weight: 0,
        date: Reverse(None),
        title,
    };
    if order == "title" {
        return key;
    }
    key.weight = front.and_then(|front| front.weight).unwrap_or(0);
    if order != "weight" {
        let date = front.and_then(|front| front.date.as_ref());
        key.date = Reverse(date.map(|date| date.value));
    }
    key
}

/// Returns the tags in use, by slug, in their first spelling.
pub fn tags(site: &Site) -> BTreeMap<String, String> {
    let mut tags = BTreeMap::new();
    let mut spellings = BTreeSet::new();
    let written = site
        .articles
        .whole()
        .values()
        .flat_map(|article| &article.front.tags);
    for tag in written.map(|tag| &tag.value) {
        if spellings.insert(tag) {
            tags.entry(slugify(tag)).or_insert_with(|| tag.clone());
        }
    }
    // A tag without letters is reported where it stands.
    tags.remove("");
    tags
}
