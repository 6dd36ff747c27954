//! Which role a row is about: the roles of the site, and those that the import makes.

use super::map::NewRoles;
use super::plan::RolesPlan;
use crate::data::Id;
use crate::import::roles::{Code, SiteRoles};
use crate::ordered::Map;
use crate::path::slugify;

/// The roles by what names them in the tables.
#[derive(Clone, Debug, Default)]
pub struct Register {
    site: SiteRoles,
    /// The roles of this import by the cells of their key.
    by_key: Map<String, Id>,
    /// The classification of the key.
    code: Option<String>,
}

/// What is known of a role before it has an id.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'c> {
    /// What names it in the tables.
    pub key: &'c str,
    pub title: Option<&'c str>,
    /// What its id is made of.
    pub name: Option<&'c str>,
}

/// What a row of the table of roles is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entered {
    /// A role that an earlier row is about.
    Again(Id),
    /// A role that the site has.
    Known(Id),
    /// A role that is made.
    New(Id),
}

impl Register {
    /// Returns a register of the roles that a site has.
    pub fn new(site: SiteRoles, plan: &RolesPlan) -> Self {
        Self {
            site,
            by_key: Map::default(),
            code: plan.code.clone(),
        }
    }

    /// Returns the roles that a text names: by the key of the table of roles, by their code, or else by
    /// id or title.
    pub fn find(&self, key: &str) -> Vec<Id> {
        if let Some(id) = self.by_key.get(key) {
            return vec![id.clone()];
        }
        if let Some(code) = self.code(key) {
            return self.site.with_code(&code).cloned().collect();
        }
        let id = Id::new(key).or_else(|| Id::of_name(key));
        match id.filter(|id| self.site.has(id)) {
            Some(id) => vec![id],
            None => self.site.with_title(key).take(1).cloned().collect(),
        }
    }

    /// Finds the role of a row of the table of roles, or makes one. The error says why there is none.
    pub fn enter(&mut self, role: Candidate<'_>, new: NewRoles) -> Result<Entered, String> {
        if let Some(id) = self.by_key.get(role.key) {
            return Ok(Entered::Again(id.clone()));
        }
        let entered = match self.known(role) {
            Some(id) => Entered::Known(id),
            None if new == NewRoles::Drop => return Err("the site has no such role".to_owned()),
            None => Entered::New(self.free_id(role)?),
        };
        let (Entered::Again(id) | Entered::Known(id) | Entered::New(id)) = &entered;
        self.by_key.insert(role.key.to_owned(), id.clone());
        self.site.insert(id, role.title, self.code(role.key));
        Ok(entered)
    }

    fn code(&self, key: &str) -> Option<Code> {
        self.code.as_ref().map(|classification| Code {
            classification: classification.clone(),
            code: key.to_owned(),
        })
    }

    /// Returns the role of the site that has the code, or else the id and no other code.
    fn known(&self, role: Candidate<'_>) -> Option<Id> {
        let by_code = self
            .code(role.key)
            .and_then(|code| self.site.with_code(&code).next().cloned());
        by_code.or_else(|| {
            let id = Id::of_name(role.name?)?;
            let has_other_code = self.has_other_code(&id, role.key);
            Some(id).filter(|id| self.site.has(id) && !has_other_code)
        })
    }

    fn has_other_code(&self, id: &Id, key: &str) -> bool {
        let code = self
            .code
            .as_ref()
            .and_then(|code| self.site.code_of(id, code));
        code.is_some_and(|code| code != key)
    }

    /// Makes an id of the name; of name and key where another role has that one.
    fn free_id(&self, role: Candidate<'_>) -> Result<Id, String> {
        let name = role.name.ok_or("it names no role")?;
        let none = || format!("no id can be made of `{name}`");
        let plain = Id::of_name(name).ok_or_else(none)?;
        let longer = Id::new(&format!("{plain}-{}", slugify(role.key)));
        let numbered = (2..100).filter_map(|number| Id::new(&format!("{plain}-{number}")));
        let mut free = std::iter::once(plain.clone()).chain(longer).chain(numbered);
        free.find(|id| !self.site.has(id)).ok_or_else(none)
    }
}
