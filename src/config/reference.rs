//! References into the lists: ids come in, a fault with the nearest name goes out for each that is declared nowhere.

use super::{Config, List};
use crate::data::{At, Id, meant, refused_as_id};
use crate::diag::{Code, Diagnostic, Diagnostics, Scope};
use crate::path::{SourcePath, slugify};
use crate::suggest;

impl Config {
    /// Checks a reference to a skill.
    pub fn check_skill(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let is_known = self.skills.contains_key(&id.value) || self.lacks(List::Skills);
        let help = || near(id, self.named(List::Skills)).unwrap_or_else(|| "declare it in content/skills.toml, or in [[skills]] of this role".to_owned());
        faults.extend((!is_known).then(|| unknown("skill", id, path, help())));
    }

    /// Checks a reference to a step of the scale of proficiency.
    pub fn check_proficiency(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let is_known = self.proficiencies.iter().any(|known| known.id.value == id.value) || self.lacks(List::Proficiencies);
        let help = || listed(id, self.named(List::Proficiencies), "declare the scale: [[proficiencies]] in content/skills.toml");
        faults.extend((!is_known).then(|| unknown("proficiency", id, path, help())));
    }

    /// Checks a reference to a source.
    pub fn check_source(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let is_known = self.sources.contains_key(&id.value) || self.lacks(List::Sources);
        let help = || listed(id, self.named(List::Sources), "declare sources in content/sources.toml");
        faults.extend((!is_known).then(|| unknown("source", id, path, help())));
    }

    /// Checks a reference to a category.
    pub fn check_category(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let is_known = self.categories.iter().any(|(known, _)| *known == id.value) || self.lacks(List::Categories);
        let help = || listed(id, self.named(List::Categories), "declare it in content/categories.toml");
        faults.extend((!is_known).then(|| unknown("category", id, path, help())));
    }

    /// Checks a reference to an author.
    pub fn check_author(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let is_known = self.authors.contains_key(&id.value) || self.lacks(List::Authors);
        let help = || listed(id, self.named(List::Authors), "declare authors in content/authors.toml");
        faults.extend((!is_known).then(|| unknown("author", id, path, help())));
    }

    /// Checks a reference to an area: a country by its ISO 3166 code, or an area that is declared.
    pub fn check_area(&self, id: &At<Id>, path: &SourcePath, faults: &mut Diagnostics) {
        let is_known = self.knows_area(&id.value) || self.lacks(List::Areas);
        let country = || meant::country(id.as_str()).map(did_you_mean);
        let near = || near(id, self.named(List::Areas)).or_else(country);
        let help = || near().unwrap_or_else(|| "use an ISO 3166 country code such as \"US\", or declare the area in content/areas.toml".to_owned());
        faults.extend((!is_known).then(|| unknown("area", id, path, help())));
    }

    /// The ids of a list with the names of their rows.
    fn named(&self, list: List) -> Vec<(&str, &str)> {
        match list {
            List::Skills => self.skills.iter().map(|(id, skill)| (id.as_str(), skill.row.name.as_str())).collect(),
            List::Proficiencies => self.proficiencies.iter().map(|row| (row.id.as_str(), row.name.as_str())).collect(),
            List::Sources => self.sources.iter().map(|(id, source)| (id.as_str(), source.row.title.as_str())).collect(),
            List::Categories => self.categories.iter().map(|(id, category)| (id.as_str(), category.row.title.as_str())).collect(),
            List::Areas => self.areas.iter().map(|(id, area)| (id.as_str(), area.row.name.as_str())).collect(),
            List::Authors => self.authors.iter().map(|(id, author)| (id.as_str(), author.row.name.as_str())).collect(),
        }
    }

    /// Where a name stands and an id is wanted, says the id of the row that has the name. That an id cannot be read is said
    /// before the lists are known.
    pub fn name_ids(&self, faults: &mut Diagnostics) {
        const LISTS: [List; 6] = [List::Sources, List::Categories, List::Skills, List::Areas, List::Authors, List::Proficiencies];
        let is_country = |fault: &Diagnostic, text: &str| meant::country(text).is_some_and(|code| fault.help.iter().any(|help| help.contains(code)));
        faults.each(|fault| {
            let Some(text) = refused_as_id(fault).filter(|text| !is_country(fault, text)) else { return };
            let row = LISTS.iter().find_map(|list| self.named(*list).into_iter().find(|(_, name)| is_same(name, text)));
            if let Some((id, name)) = row {
                fault.help = vec![format!("write \"{id}\", the id of \"{name}\"")];
            }
        });
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
    let message = format!("there is no {what} `{}`", id.value);
    let said = format!("name the {what} `{}`, which does not exist", id.value);
    Diagnostic::error(Code::UnknownId, message.clone()).at(path, id.span.clone()).help(help).shared(Scope::Site, message, "references", said)
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

/// The id that was meant: of the row with this name, or the nearest one.
fn near(id: &At<Id>, rows: Vec<(&str, &str)>) -> Option<String> {
    let named = rows.iter().find(|(_, name)| is_same(name, id.as_str())).map(|(id, _)| *id);
    named.or_else(|| suggest::nearest(id.as_str(), rows.iter().map(|(id, _)| *id))).map(did_you_mean)
}

/// The same, or else those that there are, or else what to do.
fn listed(id: &At<Id>, rows: Vec<(&str, &str)>, otherwise: &str) -> String {
    let ids: Vec<&str> = rows.iter().map(|(id, _)| *id).collect();
    near(id, rows).or_else(|| suggest::help(id.as_str(), ids)).unwrap_or_else(|| otherwise.to_owned())
}

/// Whether a name is meant by a text: the name itself, or what its slug would be.
fn is_same(name: &str, text: &str) -> bool {
    name.to_lowercase() == text.to_lowercase() || slugify(name) == slugify(text)
}
