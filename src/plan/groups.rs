//! Pages by what they belong to, looked up once for the whole plan: no View searches all pages.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::index::{section_file, sort_key};
use super::{Plan, Subject};
use crate::content::FrontMatter;
use crate::data::Id;
use crate::path::{SourcePath, slugify};
use crate::site::Site;

/// Indexes of pages by what they belong to; each list is in the order in which it is shown.
#[derive(Clone, Default)]
pub(super) struct Groups {
    pub articles_of_role: BTreeMap<Id, Vec<usize>>,
    /// Articles by the `_index.md` of their section.
    pub articles_of_section: BTreeMap<SourcePath, Vec<usize>>,
    /// The pages of a section's index, first to last.
    pub parts_of_section: BTreeMap<SourcePath, Vec<usize>>,
    /// Pages by the slug of a tag, newest first.
    pub tagged: BTreeMap<String, Vec<usize>>,
    /// Dated articles of the whole site, newest first: its feed.
    pub dated: Vec<usize>,
    /// The same by the `_index.md` of their section: its own feed.
    pub dated_of_section: BTreeMap<SourcePath, Vec<usize>>,
    /// Comparisons of a role with others.
    pub comparisons_of_role: BTreeMap<Id, Vec<usize>>,
}

impl Groups {
    /// Groups the pages of a plan that has all of them.
    pub(super) fn of(plan: &Plan) -> Self {
        let mut groups = Self::default();
        let mut sections = SectionFiles::default();
        let mut slugs: BTreeMap<&str, String> = BTreeMap::new();
        let mut dated = vec![];
        // In this order lists need no sorting, but those that ask for another one.
        for (index, front) in newest_first(plan) {
            let page = &plan.pages[index];
            match &page.subject {
                Subject::Article(_, Some(role)) => groups.articles_of_role.entry(role.clone()).or_default().push(index),
                Subject::Article(path, None) => groups.articles_of_section.entry(sections.of(path)).or_default().push(index),
                Subject::Section(path) => groups.parts_of_section.entry(path.clone()).or_default().push(index),
                Subject::Roles(a, b) => [a, b].into_iter().for_each(|role| groups.comparisons_of_role.entry(role.clone()).or_default().push(index)),
                _ => {}
            }
            let Some(front) = front else { continue };
            for tag in &front.tags {
                let slug = slugs.entry(&tag.value).or_insert_with(|| slugify(tag));
                match groups.tagged.get_mut(slug) {
                    // Two spellings of a tag are one.
                    Some(tagged) => drop((tagged.last() != Some(&index)).then(|| tagged.push(index))),
                    None => drop(groups.tagged.insert(slug.clone(), vec![index])),
                }
            }
            if let (Subject::Article(..), Some(date)) = (&page.subject, &front.date) {
                dated.push((Reverse(date.value), &page.url, index));
            }
        }
        groups.sort(plan);
        dated.sort_unstable();
        groups.dated = dated.into_iter().map(|(_, _, index)| index).collect();
        for index in &groups.dated {
            if let Subject::Article(path, _) = &plan.pages[*index].subject {
                groups.dated_of_section.entry(sections.of(path)).or_default().push(*index);
            }
        }
        groups
    }

    fn sort(&mut self, plan: &Plan) {
        for (section, pages) in &mut self.articles_of_section {
            match plan.site.article(section).and_then(|article| article.front.sort_by).map_or("date", |order| order.as_str()) {
                "date" => {}
                order => pages.sort_by_cached_key(|index| (plan.sort_key(&plan.pages[*index], order), *index)),
            }
        }
        for pages in self.articles_of_role.values_mut() {
            pages.sort_by_cached_key(|index| (plan.sort_key(&plan.pages[*index], "weight"), *index));
        }
        for pages in self.parts_of_section.values_mut() {
            pages.sort_by_key(|index| plan.pages[*index].number);
        }
    }
}

/// Published roles by the skills that some level of theirs asks for.
pub(super) fn roles_of_skill(site: &Site) -> BTreeMap<Id, Vec<Id>> {
    let mut roles: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for role in site.all_roles() {
        for skill in role.skills() {
            roles.entry(skill.clone()).or_default().push(role.id.clone());
        }
    }
    roles
}

/// All pages as lists show them, with what their prose says of itself: by weight, then the newest first. Of pages with
/// the same key, the first stays the first.
fn newest_first(plan: &Plan) -> Vec<(usize, Option<&FrontMatter>)> {
    let key = |(index, page)| {
        let front = plan.prose(page).map(|article| &article.front);
        (sort_key(plan.locale().sort_key(&page.title), front, "date"), index, front)
    };
    let mut keys: Vec<_> = plan.pages.par_iter().enumerate().map(key).collect();
    keys.par_sort_unstable_by(|(a, first, _), (b, second, _)| (a, first).cmp(&(b, second)));
    keys.into_iter().map(|(_, index, front)| (index, front)).collect()
}

/// The `_index.md` of articles, by their folders.
#[derive(Default)]
struct SectionFiles<'p>(BTreeMap<(&'p str, bool), SourcePath>);

impl<'p> SectionFiles<'p> {
    fn of(&mut self, path: &'p SourcePath) -> SourcePath {
        self.0.entry((path.folder(), path.name() == "index.md")).or_insert_with(|| section_file(path)).clone()
    }
}

impl Plan {
    /// Pages by their indexes.
    pub(super) fn pages_at<'a>(&'a self, indexes: Option<&'a Vec<usize>>) -> impl Iterator<Item = &'a super::Page> {
        indexes.into_iter().flatten().map(|index| &self.pages[*index])
    }
}
