//! The roles that a site has: its files come in, ids by codes and titles go out, so that a row from
//! upstream finds the role that it is about.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::config::import_of;
use crate::data::{Id, Table, Value, parse_toml};
use crate::diag::Diagnostics;
use crate::inputs::Inputs;
use crate::path::{SourcePath, slugify};
use crate::site::role_of;

/// The roles of a site, as far as an import must know them.
#[derive(Clone, Debug, Default)]
pub struct SiteRoles {
    ids: BTreeSet<Id>,
    by_code: BTreeMap<Code, BTreeSet<Id>>,
    by_title: BTreeMap<String, BTreeSet<Id>>,
    /// The code that a role has in a classification.
    code_of: BTreeMap<(Id, String), String>,
}

/// A code of a classification, by the key under `[codes]`: `onet_soc`, or the name of another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    pub classification: String,
    pub code: String,
}

/// What one file says of its role.
struct Found {
    id: Id,
    titles: Vec<String>,
    codes: Vec<Code>,
}

impl SiteRoles {
    /// Reads the records of all roles: the author's, and those of imports. A record that cannot be read
    /// is an error, because its role would be made a second time.
    pub fn read(site: &Inputs) -> Result<Self, Diagnostics> {
        let records: Vec<(&SourcePath, Id)> = site
            .below("content/roles")
            .filter_map(|(path, _)| Some((path, Id::new(role_of(path)?)?)))
            .collect();
        let found: Vec<Result<Found, Diagnostics>> = records
            .par_iter()
            .filter(|(path, _)| is_record(path.name()))
            .map(|(path, id)| read(site, path, id))
            .collect();
        let mut roles = Self::default();
        roles.ids.extend(records.into_iter().map(|(_, id)| id));
        let mut diagnostics = Diagnostics::default();
        for found in found {
            match found {
                Ok(found) => roles.add(found),
                Err(faults) => diagnostics.extend(faults),
            }
        }
        if diagnostics.has_errors() {
            return Err(diagnostics);
        }
        Ok(roles)
    }

    /// Adds a role, or what is known of one.
    pub fn insert(&mut self, id: &Id, title: Option<&str>, codes: impl IntoIterator<Item = Code>) {
        self.add(Found {
            id: id.clone(),
            titles: title.into_iter().map(str::to_owned).collect(),
            codes: codes.into_iter().collect(),
        });
    }

    fn add(&mut self, Found { id, titles, codes }: Found) {
        for title in titles {
            let roles = self.by_title.entry(slugify(&title)).or_default();
            roles.insert(id.clone());
        }
        for code in codes {
            let key = (id.clone(), code.classification.clone());
            self.code_of.entry(key).or_insert_with(|| code.code.clone());
            self.by_code.entry(code).or_default().insert(id.clone());
        }
        self.ids.insert(id);
    }

    /// Returns true if the site has a role, or a folder for one.
    pub fn has(&self, id: &Id) -> bool {
        self.ids.contains(id)
    }

    /// Returns all ids.
    pub fn ids(&self) -> impl Iterator<Item = &Id> {
        self.ids.iter()
    }

    /// Returns the roles with a code.
    pub fn with_code(&self, code: &Code) -> impl Iterator<Item = &Id> {
        self.by_code.get(code).into_iter().flatten()
    }

    /// Returns the roles with a title, however it is spelt in capitals and signs.
    pub fn with_title(&self, title: &str) -> impl Iterator<Item = &Id> {
        self.by_title.get(&slugify(title)).into_iter().flatten()
    }

    /// Returns the code that a role has in a classification.
    pub fn code_of(&self, id: &Id, classification: &str) -> Option<&str> {
        let key = (id.clone(), classification.to_owned());
        self.code_of.get(&key).map(String::as_str)
    }
}

fn is_record(name: &str) -> bool {
    name == "role.toml" || import_of(name, "role.toml").is_some()
}

fn read(site: &Inputs, path: &SourcePath, id: &Id) -> Result<Found, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let source = diagnostics.take(site.source(path));
    let table = source.and_then(|source| parse_toml(path, &source.text, 0, &mut diagnostics));
    let Some(table) = table else {
        return Err(diagnostics);
    };
    let titles = table.text("title").map(str::to_owned).into_iter().collect();
    let codes = match table.get("codes").map(|node| &node.value) {
        Some(Value::Table(codes)) => codes_of(codes),
        _ => vec![],
    };
    let id = id.clone();
    Ok(Found { id, titles, codes })
}

/// Returns the codes of a table `[codes]`, with those of `[codes.other]`.
pub fn codes_of(table: &Table) -> Vec<Code> {
    let mut codes = vec![];
    for (key, node) in &table.0 {
        match &node.value {
            Value::String(code) => codes.push(Code {
                classification: key.name.clone(),
                code: code.clone(),
            }),
            Value::Table(others) => codes.extend(codes_of(others)),
            _ => {}
        }
    }
    codes
}
