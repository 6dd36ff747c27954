//! Sources: where the figures of the site come from, and which roles state them.

use std::collections::BTreeMap;

use super::Plan;
use super::view::{Crumb, Html, SourceView};
use crate::data::Id;
use crate::kind::Kind;
use crate::locale::DateStyle;
use crate::role::Role;

impl Plan {
    /// Every source in the order of ids, with the figures that name it counted.
    pub(super) fn sources(&self) -> Vec<SourceView> {
        let mut used: BTreeMap<&Id, (usize, Vec<Crumb>)> = BTreeMap::new();
        for role in self.site.all_roles() {
            let crumb = Crumb { title: role.title.clone(), url: self.url_of(Kind::Hub, role.id.as_str()).unwrap_or_default() };
            for source in sources_of(role) {
                let (figures, roles) = used.entry(source).or_default();
                *figures += 1;
                if roles.last() != Some(&crumb) {
                    roles.push(crumb.clone());
                }
            }
        }
        let view = |(id, source): (&Id, &crate::config::Declared<crate::config::SourceRow>)| {
            let (figures, roles) = used.get(id).cloned().unwrap_or_default();
            let row = &source.row;
            SourceView {
                id: id.to_string(),
                title: row.title.value.clone(),
                kind: row.kind.map(|kind| self.named("source_kind", kind.as_str())),
                publisher: row.publisher.clone().unwrap_or_default(),
                url: row.url.as_ref().map(ToString::to_string),
                licence: row.licence.clone().unwrap_or_default(),
                licence_url: row.licence_url.as_ref().map(ToString::to_string),
                as_of_text: row.as_of.map(|as_of| self.locale().date(as_of, DateStyle::Long)),
                attribution: row.attribution.clone().unwrap_or_default(),
                note: row.note.as_ref().map_or(Html::Empty, |note| self.block(note)),
                figures,
                roles,
            }
        };
        self.site.config.sources.iter().map(view).collect()
    }
}

/// The source of every figure of a role, figure by figure.
fn sources_of(role: &Role) -> impl Iterator<Item = &Id> {
    let levels = role.ladder.levels().filter_map(|level| level.salary.as_ref());
    let pays = role.salary.iter().chain(levels).map(|pay| &pay.claim);
    let others = role.statistics.iter().map(|figure| &figure.claim).chain(role.outlook.iter().map(|outlook| &outlook.claim));
    pays.chain(others).filter_map(|claim| claim.source.as_ref())
}
