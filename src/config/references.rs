//! References into the lists: ids come in; an error with the nearest name goes out for each that no
//! list declares.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Config, Figures, List, SourceKind, check};
use crate::data::{AsOf, At, Id, meant, refused_as_id};
use crate::diag::{Code, Diagnostic, Diagnostics, Scope};
use crate::path::{SourcePath, slugify};
use crate::suggest;

/// The lists that records refer to, as far as checking and understanding a record needs them.
///
/// A record is a function of these values, which are hashed in the key of the record: an edit of
/// anything else in the lists (a description, a URL) leaves it as it is.
#[derive(Clone, Debug, Serialize)]
pub struct Lists<'c> {
    /// Names of skills.
    skills: BTreeMap<&'c Id, &'c str>,
    /// Ids and names of the proficiency scale, lowest first.
    proficiencies: Vec<(&'c Id, &'c str)>,
    /// Ids and titles, in the order of the file.
    categories: Vec<(&'c Id, &'c str)>,
    pub sources: BTreeMap<&'c Id, ListedSource<'c>>,
    pub areas: BTreeMap<&'c Id, ListedArea<'c>>,
    /// Lists of which some rows could not be read.
    incomplete: &'c BTreeSet<List>,
}

/// What figures take from their source.
#[derive(Clone, Debug, Serialize)]
pub struct ListedSource<'c> {
    title: &'c str,
    pub kind: Option<SourceKind>,
    pub as_of: Option<AsOf>,
}

/// What figures take from their area.
#[derive(Clone, Debug, Serialize)]
pub struct ListedArea<'c> {
    name: &'c str,
    pub parent: Option<&'c Id>,
    /// ISO 3166 code: `"US-CA"`.
    pub code: Option<&'c str>,
}

/// The ids of a list with the names of their rows.
type Names<'n> = Vec<(&'n str, &'n str)>;

impl Config {
    /// Returns what records may refer to. Skills and sources that roles declare are in it as soon as
    /// they were [declared](Config::declare).
    pub fn lists(&self) -> Lists<'_> {
        let skills = self.skills.iter();
        let proficiencies = self.proficiencies.iter();
        let categories = self.categories.iter();
        let sources = self.sources.iter().map(|(id, source)| {
            let source = ListedSource {
                title: &source.row.title,
                kind: source.row.kind,
                as_of: source.row.as_of,
            };
            (id, source)
        });
        let areas = self.areas.iter().map(|(id, area)| {
            let area = ListedArea {
                name: &area.row.name,
                parent: area.row.parent.as_ref().map(|parent| &parent.value),
                code: area.row.code.as_ref().map(|code| code.as_str()),
            };
            (id, area)
        });
        Lists {
            skills: skills
                .map(|(id, skill)| (id, skill.row.name.as_str()))
                .collect(),
            proficiencies: proficiencies
                .map(|row| (&row.id.value, row.name.as_str()))
                .collect(),
            categories: categories
                .map(|(id, category)| (id, category.row.title.as_str()))
                .collect(),
            sources: sources.collect(),
            areas: areas.collect(),
            incomplete: &self.incomplete,
        }
    }

    /// Checks a reference to an author.
    pub fn check_author(&self, id: &At<Id>, path: &SourcePath, diagnostics: &mut Diagnostics) {
        if self.authors.contains_key(&id.value) || self.incomplete.contains(&List::Authors) {
            return;
        }
        let help = listed(
            id,
            self.author_names(),
            "declare authors in content/authors.toml",
        );
        diagnostics.push(unknown("author", id, path, help));
    }

    fn author_names(&self) -> Names<'_> {
        let authors = self.authors.iter();
        authors
            .map(|(id, author)| (id.as_str(), author.row.name.as_str()))
            .collect()
    }

    /// Where a name stands and an id is wanted, adds the id of the row that has the name to the
    /// diagnostic. That an id cannot be read is found before the lists are known.
    pub fn name_ids(&self, diagnostics: &mut Diagnostics) {
        let lists = self.lists();
        let names: Names<'_> = [
            lists.source_names(),
            names(&lists.categories),
            lists.skill_names(),
            lists.area_names(),
            self.author_names(),
            names(&lists.proficiencies),
        ]
        .concat();
        diagnostics.each(|fault| {
            let Some(text) = refused_as_id(fault) else {
                return;
            };
            let country = meant::country(text);
            let is_country =
                country.is_some_and(|code| fault.help.iter().any(|help| help.contains(code)));
            if is_country {
                return;
            }
            if let Some((id, name)) = names.iter().find(|(_, name)| is_same(name, text)) {
                fault.help = vec![format!("write \"{id}\", the id of \"{name}\"")];
            }
        });
    }

    /// Returns what to call an area.
    pub fn area_name(&self, id: &Id) -> String {
        if let Some(area) = self.areas.get(id) {
            return area.row.name.value.clone();
        }
        super::country(id.as_str())
            .unwrap_or(id.as_str())
            .to_owned()
    }

    /// Returns how high a proficiency stands on the scale, from 1; 0 for none.
    pub fn rank(&self, proficiency: Option<&Id>) -> usize {
        rank(
            self.proficiencies.iter().map(|row| &row.id.value),
            proficiency,
        )
    }
}

impl Lists<'_> {
    /// Checks a reference to a skill.
    pub fn check_skill(&self, id: &At<Id>, path: &SourcePath, diagnostics: &mut Diagnostics) {
        if self.skills.contains_key(&id.value) || self.lacks(List::Skills) {
            return;
        }
        let help = near(id, &self.skill_names()).unwrap_or_else(|| {
            "declare it in content/skills.toml, or in [[skills]] of this role".to_owned()
        });
        diagnostics.push(unknown("skill", id, path, help));
    }

    /// Checks a reference to a step of the proficiency scale.
    pub fn check_proficiency(&self, id: &At<Id>, path: &SourcePath, diagnostics: &mut Diagnostics) {
        if self.rank(Some(&id.value)) > 0 || self.lacks(List::Proficiencies) {
            return;
        }
        let help = listed(
            id,
            names(&self.proficiencies),
            "declare the scale: [[proficiencies]] in content/skills.toml",
        );
        diagnostics.push(unknown("proficiency", id, path, help));
    }

    /// Checks a reference to a source.
    pub fn check_source(&self, id: &At<Id>, path: &SourcePath, diagnostics: &mut Diagnostics) {
        if self.sources.contains_key(&id.value) || self.lacks(List::Sources) {
            return;
        }
        let help = listed(
            id,
            self.source_names(),
            "declare sources in content/sources.toml",
        );
        diagnostics.push(unknown("source", id, path, help));
    }

    /// Checks a reference to a category.
    pub fn check_category(&self, id: &At<Id>, path: &SourcePath, diagnostics: &mut Diagnostics) {
        let is_known = self.categories.iter().any(|(known, _)| **known == id.value);
        if is_known || self.lacks(List::Categories) {
            return;
        }
        let help = listed(
            id,
            names(&self.categories),
            "declare it in content/categories.toml",
        );
        diagnostics.push(unknown("category", id, path, help));
    }

    /// Checks a reference to an area: a country by its ISO 3166 code, or an area that is declared.
    pub fn check_area(&self, id: &At<Id>, path: &SourcePath, diagnostics: &mut Diagnostics) {
        if self.knows_area(&id.value) || self.lacks(List::Areas) {
            return;
        }
        let help = near(id, &self.area_names())
            .or_else(|| meant::country(id.as_str()).map(did_you_mean))
            .unwrap_or_else(|| "use an ISO 3166 country code such as \"US\", or declare the area in content/areas.toml".to_owned());
        diagnostics.push(unknown("area", id, path, help));
    }

    /// Checks a table `[figures]`, of site.toml or of a role.
    pub fn check_figures(
        &self,
        figures: &Figures,
        path: &SourcePath,
        diagnostics: &mut Diagnostics,
    ) {
        let Figures {
            currency: _,
            period: _,
            area,
            source,
            as_of,
            hours_per_year,
        } = figures;
        if let Some(hours) = hours_per_year {
            check::hours(hours, path, diagnostics);
        }
        if let Some(area) = area {
            self.check_area(area, path, diagnostics);
        }
        if let Some(source) = source {
            self.check_source(source, path, diagnostics);
        }
        if let Some(as_of) = as_of.as_ref().filter(|_| source.is_none()) {
            check::as_of_without_source(as_of, path, diagnostics);
        }
    }

    /// Returns true for a country, and for an area that is declared.
    pub fn knows_area(&self, id: &Id) -> bool {
        self.areas.contains_key(id) || super::country(id.as_str()).is_some()
    }

    /// Returns how high a proficiency stands on the scale, from 1; 0 for none.
    pub fn rank(&self, proficiency: Option<&Id>) -> usize {
        rank(self.proficiencies.iter().map(|(id, _)| *id), proficiency)
    }

    fn lacks(&self, list: List) -> bool {
        self.incomplete.contains(&list)
    }

    fn skill_names(&self) -> Names<'_> {
        let skills = self.skills.iter();
        skills.map(|(id, name)| (id.as_str(), *name)).collect()
    }

    fn source_names(&self) -> Names<'_> {
        let sources = self.sources.iter();
        sources
            .map(|(id, source)| (id.as_str(), source.title))
            .collect()
    }

    fn area_names(&self) -> Names<'_> {
        let areas = self.areas.iter();
        areas.map(|(id, area)| (id.as_str(), area.name)).collect()
    }
}

fn names<'n>(rows: &[(&'n Id, &'n str)]) -> Names<'n> {
    rows.iter().map(|(id, name)| (id.as_str(), *name)).collect()
}

fn rank<'s>(mut scale: impl Iterator<Item = &'s Id>, proficiency: Option<&Id>) -> usize {
    let at = proficiency.and_then(|id| scale.position(|step| step == id));
    at.map_or(0, |at| at + 1)
}

fn unknown(what: &str, id: &At<Id>, path: &SourcePath, help: String) -> Diagnostic {
    let message = format!("there is no {what} `{}`", id.value);
    let said = format!("name the {what} `{}`, which does not exist", id.value);
    Diagnostic::error(Code::UnknownId, message.clone())
        .at(path, id.span.clone())
        .help(help)
        .shared(Scope::Site, message, "references", said)
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

/// Suggests the id that was meant: of the row with this name, or the nearest one.
fn near(id: &At<Id>, rows: &Names<'_>) -> Option<String> {
    let named = rows.iter().find(|(_, name)| is_same(name, id.as_str()));
    if let Some((id, _)) = named {
        return Some(did_you_mean(id));
    }
    let ids = rows.iter().map(|(id, _)| *id);
    suggest::nearest(id.as_str(), ids).map(did_you_mean)
}

/// Suggests the id that was meant, or else lists those that there are, or else says what to do.
fn listed(id: &At<Id>, rows: Names<'_>, otherwise: &str) -> String {
    let ids: Vec<&str> = rows.iter().map(|(id, _)| *id).collect();
    near(id, &rows)
        .or_else(|| suggest::help(id.as_str(), ids))
        .unwrap_or_else(|| otherwise.to_owned())
}

/// Returns true if a name is meant by a text: the name itself, or what its slug would be.
fn is_same(name: &str, text: &str) -> bool {
    name.to_lowercase() == text.to_lowercase() || slugify(name) == slugify(text)
}
