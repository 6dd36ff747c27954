//! References into the lists: ids come in, a fault with the nearest name goes out for each that is declared nowhere.

use super::{Config, List};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::suggest;

impl Config {
    /// Checks a reference to a skill.
    pub fn check_skill(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let is_known = self.skills.contains_key(&id.value) || self.lacks(List::Skills);
        let near = || suggest::nearest(id.as_str(), self.skills.keys().map(Id::as_str)).map(did_you_mean);
        let help = || near().unwrap_or_else(|| "declare it in content/skills.toml, or in [[skills]] of this role".to_owned());
        faults.extend((!is_known).then(|| unknown("skill", id, path, help())));
    }

    /// Checks a reference to a step of the scale of proficiency.
    pub fn check_proficiency(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let scale = || self.proficiencies.iter().map(|row| row.id.as_str());
        let is_known = scale().any(|known| known == id.as_str()) || self.lacks(List::Proficiencies);
        let help = || suggest::help(id.as_str(), scale().collect::<Vec<_>>());
        let help = || help().unwrap_or_else(|| "declare the scale: [[proficiencies]] in content/skills.toml".to_owned());
        faults.extend((!is_known).then(|| unknown("proficiency", id, path, help())));
    }

    /// Checks a reference to a source.
    pub fn check_source(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let is_known = self.sources.contains_key(&id.value) || self.lacks(List::Sources);
        let help = || suggest::help(id.as_str(), self.sources.keys().map(Id::as_str));
        let help = || help().unwrap_or_else(|| "declare sources in content/sources.toml".to_owned());
        faults.extend((!is_known).then(|| unknown("source", id, path, help())));
    }

    /// Checks a reference to a category.
    pub fn check_category(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let known = || self.categories.iter().map(|(id, _)| id.as_str());
        let is_known = known().any(|known| known == id.as_str()) || self.lacks(List::Categories);
        let help = || suggest::help(id.as_str(), known().collect::<Vec<_>>());
        let help = || help().unwrap_or_else(|| "declare it in content/categories.toml".to_owned());
        faults.extend((!is_known).then(|| unknown("category", id, path, help())));
    }

    /// Checks a reference to an author.
    pub fn check_author(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let is_known = self.authors.contains_key(&id.value) || self.lacks(List::Authors);
        let help = || suggest::help(id.as_str(), self.authors.keys().map(Id::as_str));
        let help = || help().unwrap_or_else(|| "declare authors in content/authors.toml".to_owned());
        faults.extend((!is_known).then(|| unknown("author", id, path, help())));
    }

    /// Checks a reference to an area: a country by its ISO 3166 code, or an area that is declared.
    pub fn check_area(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let is_known = self.knows_area(&id.value) || self.lacks(List::Areas);
        let near = || suggest::nearest(id.as_str(), self.areas.keys().map(Id::as_str)).map(did_you_mean);
        let help = || near().unwrap_or_else(|| "use an ISO 3166 country code such as \"US\", or declare the area in content/areas.toml".to_owned());
        faults.extend((!is_known).then(|| unknown("area", id, path, help())));
    }

    /// What to call an area.
    pub fn area_name(&self, id: &Id) -> String {
        let declared = self.areas.get(id).map(|area| area.row.name.value.clone());
        declared.or_else(|| super::country(id.as_str()).map(str::to_owned)).unwrap_or_else(|| id.to_string())
    }

    /// How high a proficiency stands on the scale, from 1; 0 for none.
    pub fn rank(&self, proficiency: Option<&Id>) -> usize {
        proficiency.and_then(|id| self.proficiencies.iter().position(|row| row.id.value == *id)).map_or(0, |at| at + 1)
    }

    pub(super) fn knows_area(&self, id: &Id) -> bool {
        self.areas.contains_key(id) || super::country(id.as_str()).is_some()
    }

    fn lacks(&self, list: List) -> bool {
        self.incomplete.contains(&list)
    }
}

fn unknown(what: &str, id: &At<Id>, path: &SourcePath, help: String) -> Diagnostic {
    Diagnostic::error(Code::UnknownId, format!("there is no {what} `{}`", id.value)).at(path, id.span.clone()).help(help)
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}
