//! Lists that a site or a theme declares: a page comes in, the cards that each list holds go out.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use crate::config::{ListOf, ListQuery};
use crate::data::Decimal;
use crate::kind::Kind;
use crate::layout::{Page, Subject, page};
use crate::path::slugify;
use crate::site::Site;
use crate::view::card;
use crate::view::context::ViewContext;
use crate::view::types::Card;

/// A card of a list, with what lists are sorted by and cards do not show.
struct Entry {
    title_key: String,
    weight: i64,
    card: Card,
}

/// How a list is sorted: `-date` is the key `date`, descending.
struct Sorting<'q> {
    key: &'q str,
    direction: Direction,
    /// The rank of each unit of pay, see [`ranks_of_pay`].
    ranks: BTreeMap<String, i64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Ascending,
    Descending,
}

/// Returns the lists that the site and its theme declare, by name. Lists of other kinds of pages are
/// empty.
pub fn lists(cx: &ViewContext<'_>, page: &Page) -> BTreeMap<String, Vec<Card>> {
    let of_site = cx.site.config.site.lists.0.iter();
    let of_site = of_site.map(|(name, query)| (&name.value, query));
    let of_theme = cx.site.theme.lists.iter();
    let of_theme = of_theme.map(|(name, declared)| (name, &declared.row));
    let mut lists = BTreeMap::new();
    for (name, query) in of_site.chain(of_theme) {
        let is_of_kind = query
            .pages
            .iter()
            .any(|kind| kind.as_str() == page.kind.as_str());
        let cards = if is_of_kind {
            answer(cx, page, query)
        } else {
            vec![]
        };
        lists.entry(name.replace('-', "_")).or_insert(cards);
    }
    lists
}

/// Returns the cards of the pages that fulfil a query, sorted and cut as the query says.
fn answer(cx: &ViewContext<'_>, page: &Page, query: &ListQuery) -> Vec<Card> {
    let mut entries: Vec<Entry> = matching_pages(cx, page, query)
        .map(|found| Entry {
            title_key: cx.wording.locale.sort_key(&found.title),
            weight: weight(cx.site, found),
            card: card::of_page(cx, found),
        })
        .collect();
    let sorting = Sorting::of(query, &entries);
    entries.sort_by(|a, b| sorting.compare(a, b));
    let limit = query.limit.map_or(usize::MAX, |limit| limit as usize);
    entries
        .into_iter()
        .map(|entry| entry.card)
        .take(limit)
        .collect()
}

/// Returns the pages that fulfil all conditions of a query, without the page that shows the list.
fn matching_pages<'a>(
    cx: &ViewContext<'a>,
    page: &'a Page,
    query: &'a ListQuery,
) -> impl Iterator<Item = &'a Page> {
    let site = cx.site;
    let kind = match query.of {
        ListOf::Article => Kind::Article,
        ListOf::Role => Kind::Hub,
        ListOf::Category => Kind::Category,
        ListOf::Skill => Kind::Skill,
    };
    let conditions = query.conditions.0.iter();
    let conditions: Vec<(&str, String)> = conditions
        .map(|(name, value)| (name.value.as_str(), wanted(site, page, &value.value)))
        .collect();
    let fulfils = move |other: &&Page| {
        let mut conditions = conditions.iter();
        conditions.all(|(name, value)| property(site, other, name).contains(value))
    };
    let pages = cx.layout.pages.whole().iter();
    pages
        .filter(move |other| other.kind == kind && other.url != page.url)
        .filter(fulfils)
}

impl<'q> Sorting<'q> {
    fn of(query: &'q ListQuery, entries: &[Entry]) -> Self {
        let written = query.sort.as_ref().map_or("title", |sort| sort.as_str());
        let (key, direction) = match written.strip_prefix('-') {
            Some(key) => (key, Direction::Descending),
            None => (written, Direction::Ascending),
        };
        Self {
            key,
            direction,
            ranks: ranks_of_pay(entries),
        }
    }

    /// Compares two entries by the key, and entries of the same key by title.
    fn compare(&self, a: &Entry, b: &Entry) -> Ordering {
        let order = match self.key {
            "date" => a.card.date.cmp(&b.card.date),
            "updated" => a.card.updated.cmp(&b.card.updated),
            "salary" => self.pay(&a.card).cmp(&self.pay(&b.card)),
            "weight" => a.weight.cmp(&b.weight),
            _ => a.title_key.cmp(&b.title_key),
        };
        let order = match self.direction {
            Direction::Ascending => order,
            Direction::Descending => order.reverse(),
        };
        order.then_with(|| a.title_key.cmp(&b.title_key))
    }

    /// Returns the sort key of the pay of a card. The most common unit comes first in both
    /// directions, and a card without pay counts as the lowest pay.
    fn pay(&self, card: &Card) -> Option<(i64, Decimal)> {
        let rank = *self.ranks.get(card.salary_sort_unit.as_ref()?)?;
        let rank = match self.direction {
            Direction::Ascending => rank,
            Direction::Descending => -rank,
        };
        Some((rank, card.salary_per_year?))
    }
}

/// Returns the weight that the prose of a page or the record of its role gives it, or 0.
fn weight(site: &Site, page: &Page) -> i64 {
    let of_prose = page::prose(site, page).and_then(|article| article.front.weight);
    let of_role = || {
        let role = page.subject.role().and_then(|id| site.listed(id));
        role.and_then(|role| role.weight)
    };
    of_prose.or_else(of_role).unwrap_or(0)
}

/// Returns the value that a condition asks for: `@page.category` is the category of the page that
/// shows the list.
fn wanted(site: &Site, page: &Page, value: &str) -> String {
    value
        .strip_prefix("@page.")
        .and_then(|name| property(site, page, name).into_iter().next())
        .unwrap_or_else(|| value.to_owned())
}

/// Returns the values of a property of a page.
fn property(site: &Site, page: &Page, name: &str) -> Vec<String> {
    let role = page.subject.role().and_then(|id| site.role(id));
    match (name, &page.subject) {
        ("category", Subject::Category(id)) => vec![id.to_string()],
        ("category", _) => {
            let categories = role.iter().flat_map(|role| &role.categories);
            categories.map(ToString::to_string).collect()
        }
        ("role", _) => role.iter().map(|role| role.id.to_string()).collect(),
        ("tag" | "tags", _) => {
            let article = page::prose(site, page);
            let tags = article.iter().flat_map(|article| &article.front.tags);
            tags.map(|tag| slugify(&tag.value)).collect()
        }
        ("skill", Subject::Skill(id)) => vec![id.to_string()],
        ("skill", _) => {
            let skills = role.iter().flat_map(|role| role.skills());
            skills.map(ToString::to_string).collect()
        }
        ("section", Subject::Article(path, _)) => {
            let folder = path.folder().strip_prefix("content/");
            vec![folder.unwrap_or_default().to_owned()]
        }
        _ => vec![],
    }
}

/// Ranks the units of pay: the most common unit of the entries has the lowest rank.
fn ranks_of_pay(entries: &[Entry]) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::<&String, usize>::new();
    let cards = entries.iter().map(|entry| &entry.card);
    for card in cards.filter(|card| card.salary_per_year.is_some()) {
        if let Some(unit) = &card.salary_sort_unit {
            *counts.entry(unit).or_default() += 1;
        }
    }
    let mut units: Vec<(&String, usize)> = counts.into_iter().collect();
    units.sort_by_key(|(unit, count)| (Reverse(*count), *unit));
    units
        .into_iter()
        .map(|(unit, _)| unit.clone())
        .zip(0..)
        .collect()
}
