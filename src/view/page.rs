//! The View of one page: its parts, the variables of the template that they become, and their digest.

use std::collections::BTreeSet;
use std::sync::Arc;

use tera::{Context, Value};

use crate::digest::Digest;
use crate::view::role_parts::Variables;
use crate::view::shared::SharedRole;
use crate::view::types::PageView;
use crate::view::variable::{TemplateValue, Variable};

/// Everything that the template of one page sees, except for the site and the strings.
pub struct View {
    /// What every page has.
    pub page: PageView,
    /// The variables that the page shares with other pages of its role.
    pub role: Option<RoleVariables>,
    /// The other variables of the page.
    pub variables: Vec<Variable>,
}

/// The role variables of a page.
pub enum RoleVariables {
    /// All variables, on the pages of the role.
    All(Arc<SharedRole>),
    /// `role` alone, on articles and open jobs of the role.
    Role(Arc<SharedRole>),
    /// `role`, which is null: on articles that belong to no role.
    Null,
}

impl RoleVariables {
    /// Returns the names of the variables.
    fn names(&self) -> Vec<&'static str> {
        match self {
            Self::All(shared) => shared.names().collect(),
            Self::Role(_) | Self::Null => vec!["role"],
        }
    }

    /// Returns the variables with their values.
    fn variables(&self) -> Variables {
        match self {
            Self::All(shared) => shared.variables().to_vec(),
            Self::Role(shared) => shared
                .variables()
                .iter()
                .filter(|(name, _)| *name == "role")
                .cloned()
                .collect(),
            Self::Null => vec![("role", Value::none())],
        }
    }

    fn digest(&self) -> Digest {
        match self {
            Self::All(shared) | Self::Role(shared) => shared.digest(),
            Self::Null => Digest::default(),
        }
    }
}

impl View {
    /// Returns the names of all variables of the template of the page.
    pub fn names(&self) -> BTreeSet<&'static str> {
        let of_role = self.role.as_ref().map(RoleVariables::names);
        ["page", "site", "t"]
            .into_iter()
            .chain(of_role.unwrap_or_default())
            .chain(self.variables.iter().map(|own| own.name))
            .collect()
    }

    /// Returns the variables of the template of the page.
    ///
    /// `site` and `strings` become the variables `site` and `t`.
    pub fn context(&self, site: Value, strings: Value) -> Context {
        let mut context = Context::new();
        context.insert_value("page", self.page.value());
        context.insert_value("site", site);
        context.insert_value("t", strings);
        if let Some(role) = &self.role {
            for (name, value) in role.variables() {
                context.insert_value(name, value);
            }
        }
        for own in &self.variables {
            context.insert_value(own.name, own.value.value());
        }
        context
    }

    /// Returns the digest of everything that the template sees, except for `site` and `t`.
    pub fn digest(&self) -> Digest {
        let Self {
            page,
            role,
            variables,
        } = self;
        let role = role.as_ref();
        let role = role.map(|role| (role.names().len(), role.digest()));
        let own: Vec<(&str, Digest)> = variables.iter().map(Variable::digest).collect();
        Digest::of_value(&(page, role, own))
    }
}
