//! The configuration as the rest of the program uses it: typed, checked, the lists by id.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    AreaRow, AuthorRow, CategoryRow, Figures, Period, ProficiencyRow, SiteFile, SkillRow, SourceRow,
};
use crate::data::{AsOf, Currency, Decimal, Id};
use crate::kind::Kinds;
use crate::path::SourcePath;
use crate::path::{OutPath, UrlPath};

/// Everything that the site's files say besides content: site.toml and the lists. Skills and
/// sources that single roles declare are in here too: one namespace.
#[derive(Clone, Debug)]
pub struct Config {
    pub site: SiteFile,
    /// What the kinds of pages declare, which `[pages]` and `[permalinks]` name.
    pub kinds: &'static Kinds,
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
    /// Lists of which some rows could not be read: ids that they lack are not reported as missing.
    pub incomplete: BTreeSet<List>,
}

/// A list that references point into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum List {
    Skills,
    Proficiencies,
    Sources,
    Categories,
    Areas,
    Authors,
}

/// What figures inherit from a table `[figures]`: its values without their places.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FigureDefaults {
    pub currency: Option<Currency>,
    pub period: Option<Period>,
    pub area: Option<Id>,
    pub source: Option<Id>,
    pub as_of: Option<AsOf>,
    pub hours_per_year: Option<Decimal>,
}

impl Figures {
    /// Returns the values of the table.
    pub fn defaults(&self) -> FigureDefaults {
        let Self {
            currency,
            period,
            area,
            source,
            as_of,
            hours_per_year,
        } = self;
        FigureDefaults {
            currency: *currency,
            period: *period,
            area: area.as_ref().map(|area| area.value.clone()),
            source: source.as_ref().map(|source| source.value.clone()),
            as_of: as_of.as_ref().map(|as_of| as_of.value),
            hours_per_year: hours_per_year.as_ref().map(|hours| hours.value),
        }
    }
}

/// A row of a list, and where it was declared.
#[derive(Clone, Debug)]
pub struct Declared<T> {
    pub row: T,
    pub path: SourcePath,
    pub span: crate::source::Span,
}

/// Addresses of the site.
impl Config {
    /// An address of the site as a link: with the base path, percent-encoded.
    pub fn href(&self, url: &UrlPath) -> String {
        [self.base_path.trim_end_matches('/'), &url.encoded()].concat()
    }

    /// An address of the site with scheme and host.
    pub fn permalink(&self, url: &UrlPath) -> String {
        self.absolute_url(&self.href(url))
    }

    /// A link with scheme and host: one of the site gets them.
    pub fn absolute_url(&self, href: &str) -> String {
        if href.starts_with('/') {
            format!("{}{href}", self.origin)
        } else {
            href.to_owned()
        }
    }

    /// The output that an address of this site leads to. The address has the base path, and neither
    /// query nor fragment.
    pub fn output_of_href(&self, path: &str) -> Option<OutPath> {
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let inner = decoded.strip_prefix(self.base_path.as_str())?;
        Some(UrlPath::new(&format!("/{inner}")).ok()?.output())
    }
}
