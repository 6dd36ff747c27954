//! What reading a role or a framework takes from the rest of the site: the configuration comes in, as
//! narrow values that are hashed as they are handed over. A role is a function of its own files and
//! of this.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::WrittenFramework;
use crate::calendar::{Absence, Calendar};
use crate::config::{Config, FigureDefaults, Lists, Strictness};
use crate::data::Id;
use crate::kind::Kinds;

/// Everything that a role or a framework may refer to, or inherits.
///
/// Its [`Digest`](crate::digest::Digest) is part of the key of each role: what is handed over is
/// what is hashed, so that a new field cannot be forgotten.
#[derive(Serialize)]
pub struct RoleContext<'c> {
    pub settings: RoleSettings<'c>,
    /// What the kinds of pages declare: a constant of the program.
    #[serde(skip)]
    pub kinds: &'static Kinds,
    pub lists: Lists<'c>,
    pub frameworks: &'c [WrittenFramework],
    /// Frameworks that could not be read: references to them are right.
    pub failed_frameworks: BTreeSet<Id>,
    /// Every role of the site, published or not.
    pub roles: BTreeSet<Id>,
    /// Roles that are not published.
    pub absent: BTreeMap<Id, Absence>,
    pub calendar: Calendar,
}

/// What `site.toml` says about records: values without their places, so that an edit elsewhere in
/// the file leaves the roles as they are.
#[derive(Serialize)]
pub struct RoleSettings<'c> {
    /// Currency, period, area and source that figures inherit when their role says nothing.
    pub figures: FigureDefaults,
    pub tracks: Vec<TrackName<'c>>,
    pub check: RoleChecks<'c>,
    pub positions_expire_after: PositionAge<'c>,
}

/// The name of a track of ladders.
#[derive(Clone, Copy, Serialize)]
pub struct TrackName<'c> {
    pub id: &'c Id,
    pub name: &'c str,
}

/// What is checked in records, and how strictly.
#[derive(Serialize)]
pub struct RoleChecks<'c> {
    pub stale_claims: Strictness,
    pub stale_after_months: u32,
    /// The same as it is written: `24 months`.
    pub stale_after: &'c str,
    pub unsourced_claims: Strictness,
    pub implausible_pay: Strictness,
    pub unshown_facts: Strictness,
    pub unpublished_links: Strictness,
}

/// The age at which a job without an end is not shown any more.
#[derive(Clone, Copy, Serialize)]
pub struct PositionAge<'c> {
    pub span: jiff::Span,
    /// The same as it is written: `60 days`.
    pub text: &'c str,
}

impl<'c> RoleSettings<'c> {
    pub fn of(config: &'c Config) -> Self {
        let site = &config.site;
        let tracks = site.tracks.iter().map(|track| TrackName {
            id: &track.id.value,
            name: &track.name,
        });
        Self {
            figures: site.figures.defaults(),
            tracks: tracks.collect(),
            check: RoleChecks {
                stale_claims: site.check.stale_claims,
                stale_after_months: config.stale_after_months,
                stale_after: &site.check.stale_after.value,
                unsourced_claims: site.check.unsourced_claims,
                implausible_pay: site.check.implausible_pay,
                unshown_facts: site.check.unshown_facts,
                unpublished_links: site.check.unpublished_links,
            },
            positions_expire_after: PositionAge {
                span: config.positions_expire_after,
                text: &site.positions.expires_after.value,
            },
        }
    }
}
