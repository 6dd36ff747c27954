//! The configuration as the rest of the program uses it: typed, checked, the lists by id.

use std::collections::{BTreeMap, BTreeSet};

use super::{AreaRow, AuthorRow, CategoryRow, ProficiencyRow, SiteFile, SkillRow, SourceRow};
use crate::data::Id;
use crate::path::SourcePath;

/// Everything that the site's files say besides content: site.toml and the lists. Skills and sources that single roles
/// declare are in here too: one namespace.
#[derive(Clone, Debug)]
pub struct Config {
    pub site: SiteFile,
    /// Scheme and host, without a final `/`: `https://example.com`.
    pub origin: String,
    /// The path that the site lives at, with `/` at both ends: `/` or `/careers/`.
    pub base_path: String,
    /// Proficiency scale, lowest first.
    pub proficiencies: Vec<ProficiencyRow>,
    pub skills: BTreeMap<Id, Declared<SkillRow>>,
    pub sources: BTreeMap<Id, Declared<SourceRow>>,
    /// In the order of the file.
    pub categories: Vec<(Id, Declared<CategoryRow>)>,
    pub areas: BTreeMap<Id, Declared<AreaRow>>,
    pub authors: BTreeMap<Id, Declared<AuthorRow>>,
    /// `check.stale_after` in months.
    pub stale_after_months: u32,
    /// `positions.expires_after`.
    pub positions_expire_after: jiff::Span,
    /// Lists of which some rows could not be read: what they lack is not said to be missing as well.
    pub incomplete: BTreeSet<List>,
}

/// A list that references point into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    Skills,
    Proficiencies,
    Sources,
    Categories,
    Areas,
    Authors,
}

/// A row of a list, and where it was declared.
#[derive(Clone, Debug)]
pub struct Declared<T> {
    pub row: T,
    pub path: SourcePath,
    pub span: crate::source::Span,
}
