//! Indexes: all roles, categories, sections and tags. The site comes in, cards in groups and parts go out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::view::{Card, CategoryView, Crumb, FaqGroup, Group, Html, Paginator};
use super::{Page, Plan, Subject};
use crate::config::ListOf;
use crate::content::FrontMatter;
use crate::data::Id;
use crate::kind::Kind;
use crate::path::{SourcePath, slugify};

impl Plan {
    /// Roles by the first letter of their titles.
    pub(super) fn roles_by_letter(&self) -> Vec<Group<Card>> {
        // What begins with no letter comes first.
        let mut groups: BTreeMap<Option<String>, Vec<Card>> = BTreeMap::new();
        let mut cards = self.role_cards(self.site.all_roles());
        cards.sort_by_cached_key(|card| self.locale().sort_key(&card.title));
        for card in cards {
            groups.entry(self.locale().letter(&card.title)).or_default().push(card);
        }
        let group = |(letter, items): (Option<String>, Vec<Card>)| {
            let id = letter.as_ref().map_or_else(|| "letter-other".to_owned(), |letter| format!("letter-{}", slugify(letter)));
            let title = letter.unwrap_or_else(|| self.strings().get("letter_other").to_owned());
            Group { id, title, url: None, summary: String::new(), items }
        };
        groups.into_iter().map(group).collect()
    }

    /// Categories that have roles, with them.
    pub(super) fn categories(&self) -> Vec<CategoryView> {
        self.site.config.categories.iter().filter_map(|(id, _)| self.category(id)).collect()
    }

    /// One category with its roles; none when nothing of it is published.
    pub(super) fn category(&self, id: &Id) -> Option<CategoryView> {
        let (_, declared) = self.site.config.categories.iter().find(|(other, _)| other == id)?;
        let page = self.page_about(Kind::Category, id.as_str())?;
        Some(CategoryView {
            id: id.to_string(),
            title: declared.row.title.value.clone(),
            url: self.href(&page.url),
            summary: declared.row.summary.clone().unwrap_or_default(),
            description: declared.row.description.as_ref().map_or(Html::Empty, |text| self.block(text)),
            roles: self.role_cards(self.site.all_roles().filter(|role| role.category == *id)),
        })
    }

    /// What a page is sorted by in lists.
    pub(super) fn sort_key(&self, page: &Page, order: &str) -> SortKey {
        sort_key(self.locale().sort_key(&page.title), self.prose(page).map(|article| &article.front), order)
    }

    /// How many entries a page of a section's index shows.
    pub(super) fn part_size(&self, section: &SourcePath) -> usize {
        let own = self.site.article(section).and_then(|article| article.front.paginate_by);
        match own.unwrap_or(self.site.config.site.paginate_by) {
            0 => usize::MAX,
            size => size as usize,
        }
    }

    /// The cards that one page of a section's index shows, and where it stands among the others.
    pub(super) fn part_of_section(&self, page: &Page, section: &SourcePath) -> (Vec<Card>, Option<Paginator>) {
        let size = self.part_size(section);
        let articles = self.pages_at(self.groups.articles_of_section.get(section));
        let cards = articles.skip((page.number - 1) * size).take(size).map(|page| self.card(page)).collect();
        let parts: Vec<&Page> = self.pages_at(self.groups.parts_of_section.get(section)).collect();
        let href = |number: usize| parts.iter().find(|part| part.number == number).map(|part| self.href(&part.url));
        let paginator = Paginator {
            current: page.number,
            count: parts.len(),
            previous: page.number.checked_sub(1).and_then(href),
            next: href(page.number + 1),
            pages: parts.iter().map(|part| Crumb { title: part.number.to_string(), url: self.href(&part.url) }).collect(),
        };
        (cards, (parts.len() > 1).then_some(paginator))
    }

    /// Sections directly below a section.
    pub(super) fn subsections(&self, section: &SourcePath) -> Vec<Card> {
        let below = self.groups.parts_of_section.iter().filter(|(path, _)| parent_folder(path.folder()) == section.folder() && *path != section);
        below.filter_map(|(_, parts)| parts.first()).map(|index| self.card(&self.pages[*index])).collect()
    }

    /// The articles that carry a tag, newest first.
    pub(super) fn cards_of_tag(&self, slug: &str) -> Vec<Card> {
        self.pages_at(self.groups.tagged.get(slug)).map(|page| self.card(page)).collect()
    }

    /// Articles outside roles, newest first.
    pub(super) fn newest_articles(&self, limit: usize) -> Vec<Card> {
        let dated = |page: &&Page| matches!(page.subject, Subject::Article(..)) && self.prose(page).is_some_and(|article| article.front.date.is_some());
        let mut pages: Vec<&Page> = self.pages.iter().filter(dated).collect();
        pages.sort_by_cached_key(|page| (Reverse(self.sort_key(page, "date").1.0), self.locale().sort_key(&page.title)));
        pages.into_iter().take(limit).map(|page| self.card(page)).collect()
    }

    /// Written questions of every role that has some.
    pub(super) fn faq_groups(&self) -> Vec<FaqGroup> {
        let group = |role: &crate::role::Role| {
            let items = self.written_faqs(role);
            let url = self.url_of(Kind::Faq, role.id.as_str()).or_else(|| self.url_of(Kind::Hub, role.id.as_str()));
            (!items.is_empty()).then(|| FaqGroup { id: role.id.to_string(), title: role.title.clone(), url, summary: String::new(), items })
        };
        let mut groups: Vec<FaqGroup> = self.site.all_roles().filter_map(group).collect();
        groups.sort_by_cached_key(|group| self.locale().sort_key(&group.title));
        groups
    }

    /// The answers to the lists that the site and the theme declare for a kind of page.
    pub(super) fn lists(&self, page: &Page) -> BTreeMap<String, Vec<Card>> {
        let own = self.site.config.site.lists.0.iter().map(|(name, query)| (&name.value, query));
        let of_theme = self.site.theme.lists.iter().map(|(name, declared)| (name, &declared.row));
        let mut lists = BTreeMap::new();
        for (name, query) in own.chain(of_theme) {
            let answer = if query.pages.iter().any(|kind| kind.as_str() == page.kind.as_str()) { self.answer(page, query) } else { vec![] };
            lists.entry(name.replace('-', "_")).or_insert(answer);
        }
        lists
    }

    fn answer(&self, page: &Page, query: &crate::config::ListQuery) -> Vec<Card> {
        let kind = match query.of {
            ListOf::Article => Kind::Article,
            ListOf::Role => Kind::Hub,
            ListOf::Category => Kind::Category,
            ListOf::Skill => Kind::Skill,
        };
        let fulfils = |other: &&Page| query.conditions.0.iter().all(|(key, value)| self.property(other, &key.value).contains(&self.wanted(page, &value.value)));
        let found = self.pages.iter().filter(|other| other.kind == kind && other.url != page.url).filter(fulfils);
        let (descending, key) = query.sort.as_ref().map_or((false, "title"), |sort| sort.strip_prefix('-').map_or((false, sort.as_str()), |key| (true, key)));
        let mut cards: Vec<(String, i64, Card)> = found.map(|page| (self.locale().sort_key(&page.title), self.weight(page), self.card(page))).collect();
        let ranks = ranks_of_pay(cards.iter().map(|(_, _, card)| card));
        // The most common kind of pay comes first in both directions; those without pay are least.
        let sign = if descending { -1 } else { 1 };
        let pay = |card: &Card| Some((sign * ranks.get(card.salary_sort_unit.as_ref()?)?, card.salary_per_year?));
        cards.sort_by(|(a_title, a_weight, a), (b_title, b_weight, b)| {
            let order = match key {
                "date" => a.date.cmp(&b.date),
                "updated" => a.updated.cmp(&b.updated),
                "salary" => pay(a).cmp(&pay(b)),
                "weight" => a_weight.cmp(b_weight),
                _ => a_title.cmp(b_title),
            };
            let order = if descending { order.reverse() } else { order };
            order.then_with(|| a_title.cmp(b_title))
        });
        let limit = query.limit.map_or(usize::MAX, |limit| limit as usize);
        cards.into_iter().map(|(_, _, card)| card).take(limit).collect()
    }

    /// What a page's prose or its role's record gives as its weight; 0 without.
    fn weight(&self, page: &Page) -> i64 {
        let of_prose = self.prose(page).and_then(|article| article.front.weight);
        let of_role = || page.subject.role().and_then(|id| self.site.role(id)).and_then(|role| role.publication.weight);
        of_prose.or_else(of_role).unwrap_or(0)
    }

    /// What a condition asks for: a value, or a property of the page that shows the list.
    fn wanted(&self, page: &Page, value: &str) -> String {
        let property = value.strip_prefix("@page.").and_then(|name| self.property(page, name).into_iter().next());
        property.unwrap_or_else(|| value.to_owned())
    }

    fn property(&self, page: &Page, name: &str) -> Vec<String> {
        let role = page.subject.role().and_then(|id| self.site.role(id));
        match (name, &page.subject) {
            ("category", Subject::Category(id)) => vec![id.to_string()],
            ("category", _) => role.map(|role| role.category.to_string()).into_iter().collect(),
            ("role", _) => role.map(|role| role.id.to_string()).into_iter().collect(),
            ("tag" | "tags", _) => self.prose(page).map(|article| article.front.tags.iter().map(|tag| slugify(&tag.value)).collect()).unwrap_or_default(),
            ("skill", Subject::Skill(id)) => vec![id.to_string()],
            ("skill", _) => role.map(|role| role.skills().map(ToString::to_string).collect()).unwrap_or_default(),
            ("section", Subject::Article(path, _)) => vec![path.folder().strip_prefix("content/").unwrap_or_default().to_owned()],
            _ => vec![],
        }
    }
}

/// The `_index.md` of the folder that an article stands in; an article with a folder of its own stands in the one above.
pub(super) fn section_file(path: &SourcePath) -> SourcePath {
    let folder = if path.name() == "index.md" { parent_folder(path.folder()) } else { path.folder() };
    SourcePath::new(&format!("{folder}/_index.md")).unwrap_or_else(|_| path.clone())
}

fn parent_folder(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The kinds of pay that compare, and where each stands among them: the most common one first.
fn ranks_of_pay<'c>(cards: impl Iterator<Item = &'c Card>) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::<&String, usize>::new();
    for unit in cards.filter(|card| card.salary_per_year.is_some()).filter_map(|card| card.salary_sort_unit.as_ref()) {
        *counts.entry(unit).or_default() += 1;
    }
    let mut kinds: Vec<(Reverse<usize>, &String)> = counts.into_iter().map(|(unit, count)| (Reverse(count), unit)).collect();
    kinds.sort();
    kinds.into_iter().map(|(_, unit)| unit.clone()).zip(0..).collect()
}

/// Weight, date (newest first) and title, as far as the order asks for them.
pub(super) type SortKey = (i64, Reverse<Option<Date>>, String);

/// The key of a page in an order, `title` as the language sorts it: by weight and date, newest first, unless the section says otherwise.
pub(super) fn sort_key(title: String, front: Option<&FrontMatter>, order: &str) -> SortKey {
    let weight = front.and_then(|front| front.weight).unwrap_or(0);
    let date = front.and_then(|front| front.date.as_ref()).map(|date| date.value);
    match order {
        "title" => (0, Reverse(None), title),
        "weight" => (weight, Reverse(None), title),
        _ => (weight, Reverse(date), title),
    }
}
