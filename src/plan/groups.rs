//! Pages by what they belong to, looked up once for the whole plan: no View searches all pages.

use std::collections::{BTreeMap, BTreeSet};

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
}

impl Groups {
    /// Groups the pages of a plan that has all of them.
    pub(super) fn of(plan: &Plan) -> Self {
        let mut groups = Self::default();
        for (index, page) in plan.pages.iter().enumerate() {
            match &page.subject {
                Subject::Article(_, Some(role)) => groups.articles_of_role.entry(role.clone()).or_default().push(index),
                Subject::Article(path, None) => groups.articles_of_section.entry(section_file(path)).or_default().push(index),
                Subject::Section(path) => groups.parts_of_section.entry(path.clone()).or_default().push(index),
                _ => {}
            }
            let tags = plan.prose(page).map(|article| article.front.tags.as_slice()).unwrap_or_default();
            for slug in tags.iter().map(|tag| slugify(tag)).collect::<BTreeSet<_>>() {
                groups.tagged.entry(slug).or_default().push(index);
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
                groups.dated_of_section.entry(section_file(path)).or_default().push(*index);
            }
        }
        groups
    }

    fn sort(&mut self, plan: &Plan) {
        for (section, pages) in &mut self.articles_of_section {
            let order = plan.site.article(section).and_then(|article| article.front.sort_by).map_or("date", |order| order.as_str());
            pages.sort_by_cached_key(|index| plan.sort_key(&plan.pages[*index], order));
        }
        for pages in self.articles_of_role.values_mut() {
            pages.sort_by_cached_key(|index| plan.sort_key(&plan.pages[*index], "weight"));
        }
        for pages in self.tagged.values_mut() {
            pages.sort_by_cached_key(|index| plan.sort_key(&plan.pages[*index], "date"));
        }
        for pages in self.parts_of_section.values_mut() {
            pages.sort_by_key(|index| plan.pages[*index].number);
        }
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
