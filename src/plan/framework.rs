//! An employer's framework: roles by levels, and competencies by levels.

use super::Plan;
use super::ladder::{Shown, level_url};
use super::view::{Crumb, FrameworkRole, FrameworkView, Html, LadderView, Named};
use crate::kind::Kind;
use crate::role::{Framework, Role};

impl Plan {
    pub(super) fn framework(&self, framework: &Framework) -> FrameworkView {
        let named = |level: &crate::role::Level| Named { id: level.id.to_string(), name: level.name.clone().unwrap_or_else(|| level.title.clone()) };
        let mut roles: Vec<&Role> = self.roles_of_framework(&framework.id).collect();
        roles.sort_by_cached_key(|role| self.locale().sort_key(&role.title));
        let is_used = |level: &&crate::role::Level| roles.iter().any(|role| role.ladder.level(level.id.as_str()).is_some());
        let in_full = framework.ladder.levels().filter(|level| !is_used(level)).map(|level| level.id.to_string());
        FrameworkView {
            levels_in_full: in_full.collect(),
            extra: serde_json::Value::Object(framework.extra.0.clone()),
            id: framework.id.to_string(),
            name: framework.name.clone(),
            url: self.url_of(Kind::Framework, framework.id.as_str()).unwrap_or_default(),
            matrix_url: self.url_of(Kind::Matrix, framework.id.as_str()),
            summary: framework.summary.clone().unwrap_or_default(),
            description: framework.description.as_ref().map_or(Html::Empty, |text| self.block(text)),
            employer: framework.employer.clone().unwrap_or_default(),
            levels: framework.ladder.levels().map(named).collect(),
            roles: roles.into_iter().map(|role| self.framework_role(framework, role)).collect(),
        }
    }

    pub(super) fn framework_ladder(&self, framework: &Framework) -> LadderView {
        let url = self.levels_on(Kind::Framework, framework.id.as_str()).unwrap_or_default();
        self.ladder(&Shown { ladder: &framework.ladder, url, owner: format!("frameworks/{}", framework.id) })
    }

    fn framework_role(&self, framework: &Framework, role: &Role) -> FrameworkRole {
        let ladder = self.levels_on(Kind::Ladder, role.id.as_str()).or_else(|| self.url_of(Kind::Hub, role.id.as_str())).unwrap_or_default();
        let title = |level: &crate::role::Level| {
            let level = role.ladder.level(level.id.as_str())?;
            Some(Crumb { title: level.title.clone(), url: level_url(&ladder, &level.id) })
        };
        FrameworkRole {
            title: role.title.clone(),
            url: self.url_of(Kind::Hub, role.id.as_str()).unwrap_or_default(),
            titles: framework.ladder.levels().map(title).collect(),
        }
    }
}
