//! Sources: the list of sources comes in, each goes out with the figures that name it counted and
//! the roles that have them.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::SourceRow;
use crate::data::Id;
use crate::kind::Kind;
use crate::locale::DateStyle;
use crate::role::Role;
use crate::view::context::ViewContext;
use crate::view::types::{Crumb, SourceView};
use crate::view::{ladder, text};

/// The figures that name a source.
#[derive(Default)]
struct Usage {
    figures: usize,
    texts: usize,
    /// The roles with such figures.
    roles: Vec<Crumb>,
}

impl Usage {
    /// Adds a role, once.
    fn add_role(&mut self, role: &Crumb) {
        if self.roles.last() != Some(role) {
            self.roles.push(role.clone());
        }
    }
}

/// Returns every source, sorted by id.
pub fn all(cx: &ViewContext<'_>) -> Vec<SourceView> {
    let mut usages: BTreeMap<Id, Usage> = BTreeMap::new();
    for role in cx.site.all_roles() {
        let crumb = Crumb {
            title: role.title.clone(),
            url: cx
                .layout
                .url_of(cx.site, Kind::Hub, role.id.as_str())
                .unwrap_or_default(),
        };
        for source in sources_of(role) {
            let usage = usages.entry(source.clone()).or_default();
            usage.figures += 1;
            usage.add_role(&crumb);
        }
        for (source, count) in sources_of_texts(role) {
            let usage = usages.entry(source).or_default();
            usage.texts += count;
            usage.add_role(&crumb);
        }
    }
    let sources = cx.site.config.sources.iter();
    sources
        .map(|(id, source)| view(cx, id, &source.row, usages.remove(id).unwrap_or_default()))
        .collect()
}

fn view(cx: &ViewContext<'_>, id: &Id, row: &SourceRow, usage: Usage) -> SourceView {
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
        figures: usage.figures,
        texts: usage.texts,
        roles: usage.roles,
    }
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

/// Returns the source of each figure of a role.
fn sources_of(role: &Role) -> impl Iterator<Item = &Id> {
    let pays = role.salary.iter().chain(role.ladder.all_pays());
    let of_levels = role.ladder.levels().flat_map(|level| &level.worded_pay);
    let worded = role.worded_pay.iter().chain(of_levels);
    let worded = worded.map(|pay| &pay.claim);
    let pays = pays.map(|pay| &pay.claim).chain(worded);
    let others = role
        .statistics
        .iter()
        .map(|figure| &figure.claim)
        .chain(role.outlook.iter().map(|outlook| &outlook.claim));
    pays.chain(others).filter_map(|claim| claim.source.as_ref())
}
