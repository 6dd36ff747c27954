//! Sources: the list of sources comes in, each goes out with the figures that name it counted and
//! the roles that have them.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::SourceRow;
use crate::data::Id;
use crate::kind::Kind;
use crate::locale::DateStyle;
use crate::role::Role;
use crate::view::context::ViewContext;
use crate::view::types::{Crumb, Group, SourceUseView, SourceView};
use crate::view::{ladder, text};

/// How many roles the page names, over all sources and uses; of more it names the categories.
const MOST_NAMED: usize = 400;

/// What a source is used for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Pay,
    Outlook,
    Statistics,
    Texts,
}

impl Use {
    fn id(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Outlook => "outlook",
            Self::Statistics => "statistics",
            Self::Texts => "texts",
        }
    }
}

/// The figures and texts that name a source, by what they are.
type Usage<'s> = BTreeMap<Use, Users<'s>>;

/// Figures or texts of one sort that name a source.
#[derive(Default)]
struct Users<'s> {
    count: usize,
    /// The roles that have them.
    roles: Vec<&'s Role>,
}

impl<'s> Users<'s> {
    /// Adds figures or texts of a role.
    fn add(&mut self, role: &'s Role, count: usize) {
        self.count += count;
        if self.roles.last().is_none_or(|last| last.id != role.id) {
            self.roles.push(role);
        }
    }
}

/// Returns every source, sorted by id.
pub fn all(cx: &ViewContext<'_>) -> Vec<SourceView> {
    let mut usages: BTreeMap<&Id, Usage<'_>> = BTreeMap::new();
    for role in cx.site.all_roles() {
        for (sort, source) in sources_of(role) {
            let usage = usages.entry(source).or_default();
            usage.entry(sort).or_default().add(role, 1);
        }
        for (source, count) in sources_of_texts(role) {
            if let Some((source, _)) = cx.site.config.sources.get_key_value(&source) {
                let usage = usages.entry(source).or_default();
                usage.entry(Use::Texts).or_default().add(role, count);
            }
        }
    }
    let users = usages.values().flat_map(BTreeMap::values);
    let names_roles = users.map(|users| users.roles.len()).sum::<usize>() <= MOST_NAMED;
    let sources = cx.site.config.sources.iter();
    sources
        .map(|(id, source)| SourceView {
            names_roles,
            ..view(cx, id, &source.row, &usages.remove(id).unwrap_or_default())
        })
        .collect()
}

fn view(cx: &ViewContext<'_>, id: &Id, row: &SourceRow, usage: &Usage<'_>) -> SourceView {
    let texts = usage.get(&Use::Texts).map_or(0, |users| users.count);
    SourceView {
        id: id.to_string(),
        title: row.title.value.clone(),
        kind: row
            .kind
            .map(|kind| ladder::named(&cx.wording, "source_kind", kind.as_str())),
        publisher: row.publisher.clone().unwrap_or_default(),
        url: row.url.as_ref().map(ToString::to_string),
        licence: row.licence.clone().unwrap_or_default(),
        licence_url: row.licence_url.as_ref().map(ToString::to_string),
        as_of_text: row
            .as_of
            .map(|as_of| cx.wording.locale.date(as_of, DateStyle::Long)),
        attribution: row.attribution.clone().unwrap_or_default(),
        note: text::optional_block(cx, row.note.as_ref()),
        figures: usage.values().map(|users| users.count).sum::<usize>() - texts,
        texts,
        roles: roles(cx, usage),
        uses: usage
            .iter()
            .map(|(sort, users)| source_use(cx, *sort, users))
            .collect(),
        names_roles: true,
    }
}

/// Returns the roles that use a source, each once, in the order of their ids.
fn roles(cx: &ViewContext<'_>, usage: &Usage<'_>) -> Vec<Crumb> {
    let roles = usage.values().flat_map(|users| &users.roles);
    let by_id: BTreeMap<&Id, &Role> = roles.map(|role| (&role.id, *role)).collect();
    by_id.values().map(|role| crumb(cx, role)).collect()
}

fn crumb(cx: &ViewContext<'_>, role: &Role) -> Crumb {
    Crumb {
        title: role.title.clone(),
        url: cx
            .layout
            .url_of(cx.site, Kind::Hub, role.id.as_str())
            .unwrap_or_default(),
    }
}

fn source_use(cx: &ViewContext<'_>, sort: Use, users: &Users<'_>) -> SourceUseView {
    let named = ladder::named(&cx.wording, "source_use", sort.id());
    SourceUseView {
        id: sort.id(),
        name: named.name,
        count: users.count,
        role_count: users.roles.len(),
        categories: by_category(cx, &users.roles),
    }
}

/// Returns roles by category, in the order of the categories, sorted by title.
fn by_category(cx: &ViewContext<'_>, roles: &[&Role]) -> Vec<Group<Crumb>> {
    let mut by_id: BTreeMap<&Id, Vec<Crumb>> = BTreeMap::new();
    for role in roles {
        let of_category = by_id.entry(&role.category).or_default();
        of_category.push(crumb(cx, role));
    }
    let categories = cx.site.config.categories.iter();
    let mut groups = vec![];
    for (id, category) in categories {
        let Some(mut items) = by_id.remove(id) else {
            continue;
        };
        items.sort_by_cached_key(|role| cx.wording.locale.sort_key(&role.title));
        groups.push(Group {
            id: id.to_string(),
            title: category.row.title.value.clone(),
            url: cx.layout.url_of(cx.site, Kind::Category, id.as_str()),
            summary: String::new(),
            items,
        });
    }
    groups
}

/// Returns how many texts of a role are from each source.
fn sources_of_texts(role: &Role) -> BTreeMap<Id, usize> {
    let mut counts: BTreeMap<Id, usize> = BTreeMap::new();
    // What competencies say stands at each of their levels.
    let mut seen = BTreeSet::new();
    role.each_text(&mut |text, _| {
        let source = text.source.as_ref().or(role.text_source.as_ref());
        if let Some(source) = source
            && seen.insert((text.path.clone(), text.span.start))
        {
            *counts.entry(source.value.clone()).or_default() += 1;
        }
    });
    counts
}

/// Returns the source of each figure of a role, with what the figure is.
fn sources_of(role: &Role) -> impl Iterator<Item = (Use, &Id)> {
    let pays = role.salary.iter().chain(role.ladder.all_pays());
    let of_levels = role.ladder.levels().flat_map(|level| &level.worded_pay);
    let worded = role.worded_pay.iter().chain(of_levels);
    let worded = worded.map(|pay| &pay.claim);
    let pays = pays.map(|pay| &pay.claim).chain(worded);
    let outlook = role.outlook.iter().map(|outlook| &outlook.claim);
    let statistics = role.statistics.iter().map(|figure| &figure.claim);
    let all = pays
        .map(|claim| (Use::Pay, claim))
        .chain(outlook.map(|claim| (Use::Outlook, claim)))
        .chain(statistics.map(|claim| (Use::Statistics, claim)));
    all.filter_map(|(sort, claim)| Some((sort, claim.source.as_ref()?)))
}
