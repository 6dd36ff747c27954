//! Pages by what they belong to, looked up once for the whole plan: no View searches all pages.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::index::section_file;
use super::{Plan, Subject};
use crate::data::Id;
use crate::path::{SourcePath, slugify};

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
    pub roles_of_skill: BTreeMap<Id, Vec<Id>>,
    /// Comparisons of a role with others.
    pub comparisons_of_role: BTreeMap<Id, Vec<usize>>,
}

impl Groups {
    /// Groups the pages of a plan that has all of them.
    pub(super) fn of(plan: &Plan) -> Self {
        let mut groups = Self::default();
        let mut sections = SectionFiles::default();
        let mut slugs: BTreeMap<&str, String> = BTreeMap::new();
        // In this order lists need no sorting, but those that ask for another one.
        for index in newest_first(plan) {
            let page = &plan.pages[index];
            match &page.subject {
                Subject::Article(_, Some(role)) => groups.articles_of_role.entry(role.clone()).or_default().push(index),
                Subject::Article(path, None) => groups.articles_of_section.entry(sections.of(path)).or_default().push(index),
                Subject::Section(path) => groups.parts_of_section.entry(path.clone()).or_default().push(index),
                Subject::Roles(a, b) => [a, b].into_iter().for_each(|role| groups.comparisons_of_role.entry(role.clone()).or_default().push(index)),
                _ => {}
            }
            let tags = plan.prose(page).map(|article| article.front.tags.as_slice()).unwrap_or_default();
            let of_page: BTreeSet<&str> = tags.iter().map(String::as_str).collect();
            for tag in of_page {
                let slug = slugs.entry(tag).or_insert_with(|| slugify(tag));
                let tagged = groups.tagged.entry(slug.clone()).or_default();
                // Two spellings of a tag are one.
                if tagged.last() != Some(&index) {
                    tagged.push(index);
                }
            }
        }
        for role in plan.site.all_roles() {
            for skill in role.skills() {
                groups.roles_of_skill.entry(skill.clone()).or_default().push(role.id.clone());
            }
        }
        groups.sort(plan);
        groups.dated = dated(plan, &mut (0..plan.pages.len()));
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

/// All pages as lists show them: by weight, then the newest first. Of pages with the same key, the first stays the first.
fn newest_first(plan: &Plan) -> Vec<usize> {
    let mut keys: Vec<_> = plan.pages.par_iter().enumerate().map(|(index, page)| (plan.sort_key(page, "date"), index)).collect();
    keys.par_sort_unstable();
    keys.into_iter().map(|(_, index)| index).collect()
}

/// The `_index.md` of articles, by their folders.
#[derive(Default)]
struct SectionFiles<'p>(BTreeMap<(&'p str, bool), SourcePath>);

impl<'p> SectionFiles<'p> {
    fn of(&mut self, path: &'p SourcePath) -> SourcePath {
        self.0.entry((path.folder(), path.name() == "index.md")).or_insert_with(|| section_file(path)).clone()
    }
}

/// Those articles among some pages that have a date, newest first.
fn dated(plan: &Plan, indexes: &mut dyn Iterator<Item = usize>) -> Vec<usize> {
    let is_article = |index: &usize| matches!(plan.pages[*index].subject, Subject::Article(..));
    let with_date = |index: usize| Some((std::cmp::Reverse(plan.prose(&plan.pages[index])?.front.date.as_ref()?.value), &plan.pages[index].url, index));
    let mut found: Vec<_> = indexes.filter(is_article).filter_map(with_date).collect();
    found.sort();
    found.into_iter().map(|(_, _, index)| index).collect()
}

impl Plan {
    /// Pages by their indexes.
    pub(super) fn pages_at<'a>(&'a self, indexes: Option<&'a Vec<usize>>) -> impl Iterator<Item = &'a super::Page> {
        indexes.into_iter().flatten().map(|index| &self.pages[*index])
    }
}
