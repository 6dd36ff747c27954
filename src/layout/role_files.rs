//! The files from which a script filters and sorts a list of roles that falls into parts: the list
//! comes in, which roles stand in which file goes out. Their texts are made in [`crate::files`].
//!
//! There is a sequence of files for each order. A file has at most about 90 kB, so that an action of a
//! reader loads no more.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::data::{Decimal, Id};
use crate::kind::Kind;
use crate::layout::address::folder_of;
use crate::layout::lists::Lists;
use crate::layout::{Layout, Page, Subject};
use crate::locale::Form;
use crate::path::UrlPath;
use crate::role::record::EducationLevel;
use crate::role::{ListedRole, Pay};
use crate::site::Site;
use crate::wording::Wording;
use crate::wording::pay;
use crate::wording::unit::{Unit, middle, of_year};

/// The most bytes of the roles in a file.
const MOST_BYTES: usize = 88_000;

/// An order in which a list of roles is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Order {
    Title,
    Pay,
    Growth,
}

impl Order {
    pub const ALL: [Self; 3] = [Self::Title, Self::Pay, Self::Growth];

    /// Returns the word for the order in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Pay => "pay",
            Self::Growth => "growth",
        }
    }
}

/// What a script needs to filter and sort a list of roles.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RoleFiles {
    /// The levels of education that lead to some role.
    pub education: BTreeSet<EducationLevel>,
    /// True if some role has a projected change in jobs.
    pub grows: bool,
    /// The kinds of pay that compare, first the one of most roles.
    pub kinds: Vec<KindOfPay>,
    /// The folder of the address of the first role, and mostly of all.
    pub folder: String,
    /// The roles of each file, by order.
    pub files: BTreeMap<Order, Vec<Vec<Id>>>,
}

/// Pay that compares, such as medians in dollars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KindOfPay {
    /// As in `salary_sort_unit` of a card.
    pub unit: String,
    pub currency: String,
    /// The one period of all amounts: "a year". None if they have several, and compare by the year.
    pub period: Option<String>,
}

impl RoleFiles {
    /// Returns the kind that pay of at least some amount is about, unless there are several
    /// currencies.
    pub fn main_kind(&self) -> Option<&KindOfPay> {
        let currencies: BTreeSet<&str> = self.kinds.iter().map(|kind| &*kind.currency).collect();
        self.kinds.first().filter(|_| currencies.len() == 1)
    }

    /// Returns the amount by which pay of a kind is sorted.
    pub fn amount(&self, role: &ListedRole<'_>) -> Option<Decimal> {
        let (pay, kind) = (role.headline?, self.kind_of(role)?);
        match self.kinds.get(kind)?.period {
            Some(_) => middle(&pay.amounts),
            None => of_year(role),
        }
    }

    /// Returns the place of the kind of a role's pay among the kinds.
    pub fn kind_of(&self, role: &ListedRole<'_>) -> Option<usize> {
        of_year(role)?;
        let unit = Unit::of_year(role.headline?);
        self.kinds.iter().position(|kind| kind.unit == unit)
    }
}

/// Returns the address of a file of a list, by its number from 1.
pub fn url(page: &Page, order: Order, number: usize) -> Option<UrlPath> {
    let folder = folder_of(&page.url);
    UrlPath::new(&format!("{folder}list/{}-{number}.json", order.as_str())).ok()
}

/// Returns the files of all lists of roles that fall into parts, by the index of their first page.
pub(super) fn of_lists(
    site: &Site,
    words: &Wording<'_>,
    layout: &Layout,
) -> BTreeMap<usize, RoleFiles> {
    let pages = layout.pages.whole().par_iter().enumerate();
    let of_page = |(index, page): (usize, &Page)| {
        let list = list_of(&layout.lists, page).filter(|_| page.number == 1)?;
        let has_parts = layout.part_count(page) > 1;
        has_parts.then(|| (index, of_list(site, words, layout, list)))
    };
    pages.filter_map(of_page).collect()
}

/// Returns the roles of the list of a page in the order of the alphabet.
fn list_of<'l>(lists: &'l Lists, page: &Page) -> Option<&'l [Id]> {
    match (page.kind, &page.subject) {
        (Kind::Roles, _) => Some(&lists.roles.whole().entries),
        (Kind::Category, Subject::Category(id)) => Some(&lists.roles_of_category.get(id)?.entries),
        _ => None,
    }
}

fn of_list(site: &Site, words: &Wording<'_>, layout: &Layout, list: &[Id]) -> RoleFiles {
    let roles: Vec<ListedRole<'_>> = list.iter().filter_map(|id| site.listed(id)).collect();
    let education = roles.iter().flat_map(|role| &role.education);
    let mut hubs = roles
        .iter()
        .filter_map(|role| layout.page_about(Kind::Hub, role.id.as_str()));
    let mut files = RoleFiles {
        folder: hubs.next().map(folder_above).unwrap_or_default(),
        education: education.copied().collect(),
        grows: roles.iter().any(|role| role.change.is_some()),
        kinds: kinds(words, &roles),
        files: BTreeMap::new(),
    };
    for order in Order::ALL {
        let is_offered = match order {
            Order::Title => true,
            Order::Pay => files.main_kind().is_some(),
            Order::Growth => files.grows,
        };
        if is_offered {
            let sorted = sorted(&files, &roles, order);
            let measure = Measure {
                words,
                layout,
                folder: &files.folder,
            };
            files.files.insert(order, measure.chunks(&sorted));
        }
    }
    files
}

/// Returns the kinds of pay of some roles, first what most have.
fn kinds(words: &Wording<'_>, roles: &[ListedRole<'_>]) -> Vec<KindOfPay> {
    let mut kinds: BTreeMap<String, (usize, KindOfPay)> = BTreeMap::new();
    for role in roles {
        let Some(pay) = role.headline.filter(|_| of_year(role).is_some()) else {
            continue;
        };
        let unit = Unit::of_year(pay);
        let period = pay::period(words, pay.period);
        let (count, kind) = kinds.entry(unit.clone()).or_insert_with(|| {
            let currency = pay.currency.to_string();
            let period = Some(period.clone());
            (
                0,
                KindOfPay {
                    unit,
                    currency,
                    period,
                },
            )
        });
        *count += 1;
        kind.period.take_if(|known| *known != period);
    }
    let mut kinds: Vec<(usize, KindOfPay)> = kinds.into_values().collect();
    kinds.sort_by_key(|(count, _)| Reverse(*count));
    kinds.into_iter().map(|(_, kind)| kind).collect()
}

/// Sorts roles by a figure, the highest first. What has none comes last, and of equal ones the first
/// in the alphabet is the first.
fn sorted<'l>(
    files: &RoleFiles,
    roles: &'l [ListedRole<'l>],
    order: Order,
) -> Vec<&'l ListedRole<'l>> {
    let mut sorted: Vec<&ListedRole<'_>> = roles.iter().collect();
    match order {
        Order::Title => {}
        Order::Pay => sorted.sort_by_cached_key(|role| {
            let kind = files.kind_of(role).unwrap_or(usize::MAX);
            (kind, Reverse(files.amount(role)))
        }),
        Order::Growth => sorted.sort_by_cached_key(|role| Reverse(role.change)),
    }
    sorted
}

/// What tells how large a file gets.
struct Measure<'a> {
    words: &'a Wording<'a>,
    layout: &'a Layout,
    folder: &'a str,
}

/// The bytes of a role beside its texts: numbers, brackets and commas.
const BYTES_OF_NUMBERS: usize = 36;

impl Measure<'_> {
    /// Cuts sorted roles into files.
    fn chunks(&self, roles: &[&ListedRole<'_>]) -> Vec<Vec<Id>> {
        let mut chunks: Vec<Vec<Id>> = vec![];
        let mut size = 0;
        let mut notes = BTreeSet::new();
        for role in roles {
            let mut bytes = self.size(role);
            if let Some(pay) = role.headline
                && notes.insert(pay::notes(self.words, pay))
            {
                bytes += self.size_of_notes(pay);
            }
            match chunks.last_mut().filter(|_| size + bytes <= MOST_BYTES) {
                Some(chunk) => chunk.push(role.id.clone()),
                None => {
                    chunks.push(vec![role.id.clone()]);
                    size = 0;
                }
            }
            size += bytes;
        }
        chunks
    }

    fn size_of_notes(&self, pay: &Pay) -> usize {
        let notes = pay::notes(self.words, pay);
        notes.iter().map(|note| size_of(note) + 3).sum::<usize>() + BYTES_OF_NUMBERS
    }

    /// Returns how many bytes a role takes in a file, or a few more.
    fn size(&self, role: &ListedRole<'_>) -> usize {
        let pay = role
            .headline
            .map(|pay| pay::amount(self.words, pay, Form::Short));
        let growth = role
            .change
            .map(|change| pay::change_text(self.words, change));
        let hub = self.layout.page_about(Kind::Hub, role.id.as_str());
        let link = hub.map_or(0, |page| match is_derived(self.folder, page) {
            true => size_of(&page.title),
            false => size_of(&page.title) + page.url.encoded().len() + 24,
        });
        let texts = pay.iter().chain(&growth).map(|text| size_of(text));
        link + texts.sum::<usize>() + BYTES_OF_NUMBERS
    }
}

/// Returns how many bytes a text takes in JSON.
fn size_of(text: &str) -> usize {
    text.len() + text.matches(is_escaped).count()
}

fn is_escaped(c: char) -> bool {
    c == '"' || c == '\\' || c.is_control()
}

/// Returns true if the address of a page follows from its title, as the script makes it: small
/// letters and digits of ASCII in a folder, and hyphens for all else.
pub fn is_derived(folder: &str, page: &Page) -> bool {
    let slug: Vec<String> = page
        .title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let rest = page.url.as_str().strip_prefix(folder);
    page.title.is_ascii() && rest.is_some_and(|rest| without_ending(rest) == slug.join("-"))
}

/// Returns the folder in which a page has its name.
fn folder_above(page: &Page) -> String {
    let url = page.url.as_str().trim_end_matches('/');
    let end = url.rfind('/').map_or(0, |at| at + 1);
    url[..end].to_owned()
}

fn without_ending(name: &str) -> &str {
    let name = name.strip_suffix('/').unwrap_or(name);
    name.strip_suffix(".html").unwrap_or(name)
}
