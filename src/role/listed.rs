//! What others read of a role: the parts of a [`Role`] that lists show, and those that pages of skills
//! show. Each has a digest of its own, so that an edit of a role leaves all those alone that show
//! another part of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::record::EducationLevel;
use super::{Claim, Need, Pay, Required, Role};
use crate::data::{At, Decimal, Id};
use crate::digest::Digest;
use crate::path::SourcePath;

/// Digests of a role and of its parts.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct RoleDigests {
    /// Of everything that the role is a function of.
    pub whole: Digest,
    /// Of [`Role::listed`].
    pub listed: Digest,
    /// Of [`Role::wanted`].
    pub wanted: Digest,
}

/// A role as lists show it.
#[derive(Serialize)]
pub struct ListedRole<'r> {
    pub id: &'r Id,
    /// The role.toml.
    pub path: &'r SourcePath,
    pub title: &'r str,
    pub category: &'r Id,
    pub categories: &'r [Id],
    pub updated: Option<Date>,
    pub date: Option<Date>,
    pub draft: bool,
    pub noindex: bool,
    pub weight: Option<i64>,
    pub image: Option<&'r At<String>>,
    pub image_alt: Option<&'r str>,
    #[serde(serialize_with = "without_place")]
    pub headline: Option<&'r Pay>,
    pub hours_per_year: Decimal,
    /// The projected change of jobs in percent.
    pub change: Option<Decimal>,
    /// In the order of the record.
    pub education: Vec<EducationLevel>,
}

/// A role with what it wants of people, as pages of skills show it.
#[derive(Serialize)]
pub struct WantedOfRole<'r> {
    pub id: &'r Id,
    pub title: &'r str,
    pub category: &'r Id,
    pub levels: Vec<WantedOfLevel<'r>>,
    pub requires: &'r [Required],
}

/// A level with what it wants of people.
#[derive(Serialize)]
pub struct WantedOfLevel<'r> {
    pub id: &'r Id,
    pub title: &'r str,
    pub needs: &'r [Need],
}

impl Role {
    /// Returns what lists show of the role.
    pub fn listed(&self) -> ListedRole<'_> {
        let publication = &self.publication;
        let education = self.lists.education.iter();
        ListedRole {
            id: &self.id,
            path: &self.path,
            title: &self.title,
            category: &self.category,
            categories: &self.categories,
            updated: publication.updated,
            date: publication.date,
            draft: publication.draft,
            noindex: publication.noindex,
            weight: publication.weight,
            image: publication.image.as_ref(),
            image_alt: publication.image_alt.as_deref(),
            headline: self.headline(),
            hours_per_year: self.hours_per_year,
            change: self.outlook.as_ref().map(|outlook| outlook.change_percent),
            education: education.filter_map(|row| row.level).collect(),
        }
    }

    /// Returns what pages of skills show of the role.
    pub fn wanted(&self) -> WantedOfRole<'_> {
        let levels = self.ladder.levels().map(|level| WantedOfLevel {
            id: &level.id,
            title: &level.title,
            needs: &level.skills,
        });
        WantedOfRole {
            id: &self.id,
            title: &self.title,
            category: &self.category,
            levels: levels.collect(),
            requires: &self.requires,
        }
    }

    /// Returns the role with the digests of its parts.
    pub(super) fn with_digests(self, whole: Digest) -> Self {
        let digests = RoleDigests {
            whole,
            listed: Digest::of_value(&self.listed()),
            wanted: Digest::of_value(&self.wanted()),
        };
        Self { digests, ..self }
    }
}

/// Hashes pay without the place where it stands: no list says it, and every edit before it moves it.
fn without_place<S: serde::Serializer>(
    pay: &Option<&Pay>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let said = pay.map(|pay| {
        let Pay {
            id,
            label,
            statistic,
            amounts,
            open_top,
            currency,
            period,
            basis,
            area,
            level,
            employment,
            location_quotient,
            claim:
                Claim {
                    source,
                    as_of,
                    path: _,
                    span: _,
                },
        } = pay;
        (
            (id, label, statistic, amounts, open_top, currency, period),
            (basis, area, level, employment, location_quotient),
            (source, as_of),
        )
    });
    said.serialize(serializer)
}
