//! The context of Views: everything that a View is made from.

use super::shared::Shared;
use super::variable::{TemplateValue, Variable};
use crate::layout::{Layout, Unpublished};
use crate::role::Role;
use crate::site::Site;
use crate::wording::Wording;

/// Everything that Views are made from: the checked site, its layout, the wording of a language,
/// and the values that many pages share.
#[derive(Clone, Copy)]
pub struct ViewContext<'a> {
    pub site: &'a Site,
    pub layout: &'a Layout,
    pub wording: Wording<'a>,
    pub shared: &'a Shared,
    /// The variables that kinds of pages add to those of every role.
    pub role_variables: &'static [RoleVariable],
}

/// A variable that a kind of page adds to the variables of every role.
#[derive(Clone, Copy)]
pub struct RoleVariable {
    pub name: &'static str,
    pub make: fn(&ViewContext<'_>, &Role) -> Box<dyn TemplateValue>,
}

impl RoleVariable {
    /// Makes the variable of one role.
    pub(super) fn of(&self, cx: &ViewContext<'_>, role: &Role) -> Variable {
        Variable {
            name: self.name,
            value: (self.make)(cx, role),
        }
    }
}

impl Unpublished {
    /// Returns the context for Views of pages that are not published.
    ///
    /// `here` is the context of the published site.
    pub fn context<'a>(&'a self, here: &ViewContext<'a>, shared: &'a Shared) -> ViewContext<'a> {
        ViewContext {
            site: &self.site,
            layout: &self.layout,
            wording: Wording {
                config: &self.site.config,
                ..here.wording
            },
            shared,
            role_variables: here.role_variables,
        }
    }
}
