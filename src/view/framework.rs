//! Frameworks of employers: a [`Framework`] comes in; its roles by level and its ladder go out.

use crate::kind::Kind;
use crate::layout::groups;
use crate::role::{Framework, Level, Role};
use crate::view::context::ViewContext;
use crate::view::ladder::{ShownLadder, level_url};
use crate::view::types::{Crumb, FrameworkRole, FrameworkView, LadderView};
use crate::view::{ladder, matrix, text};

/// Returns a framework with the roles that use it.
pub fn view(cx: &ViewContext<'_>, framework: &Framework) -> FrameworkView {
    let mut roles: Vec<&Role> = groups::roles_of_framework(cx.site, &framework.id).collect();
    roles.sort_by_cached_key(|role| cx.wording.locale.sort_key(&role.title));
    let is_unused = |level: &&Level| {
        let mut roles = roles.iter();
        roles.all(|role| role.ladder.level(level.id.as_str()).is_none())
    };
    let unused = framework.ladder.levels().filter(is_unused);
    FrameworkView {
        levels_in_full: unused.map(|level| level.id.to_string()).collect(),
        extra: serde_json::Value::Object(framework.extra.0.clone()),
        id: framework.id.to_string(),
        name: framework.name.clone(),
        url: cx
            .layout
            .url_of(cx.site, Kind::Framework, framework.id.as_str())
            .unwrap_or_default(),
        matrix_url: cx
            .layout
            .url_of(cx.site, Kind::Matrix, framework.id.as_str()),
        summary: framework.summary.clone().unwrap_or_default(),
        description: text::optional_block(cx, framework.description.as_ref()),
        employer: framework.employer.clone().unwrap_or_default(),
        levels: framework.ladder.levels().map(matrix::named).collect(),
        roles: roles
            .into_iter()
            .map(|role| framework_role(cx, framework, role))
            .collect(),
    }
}

/// Returns the ladder of a framework, for the pages of the framework.
pub fn framework_ladder(cx: &ViewContext<'_>, framework: &Framework) -> LadderView {
    let url = ladder::levels_on(cx, Kind::Framework, framework.id.as_str()).unwrap_or_default();
    ladder::view(
        cx,
        &ShownLadder {
            ladder: &framework.ladder,
            url,
            owner: format!("frameworks/{}", framework.id),
        },
    )
}

/// Returns a role with its titles at the levels of a framework.
fn framework_role(cx: &ViewContext<'_>, framework: &Framework, role: &Role) -> FrameworkRole {
    let ladder = ladder::levels_on(cx, Kind::Ladder, role.id.as_str())
        .or_else(|| cx.layout.url_of(cx.site, Kind::Hub, role.id.as_str()))
        .unwrap_or_default();
    let title = |level: &Level| {
        let level = role.ladder.level(level.id.as_str())?;
        Some(Crumb {
            title: level.title.clone(),
            url: level_url(&ladder, &level.id),
        })
    };
    FrameworkRole {
        title: role.title.clone(),
        url: cx
            .layout
            .url_of(cx.site, Kind::Hub, role.id.as_str())
            .unwrap_or_default(),
        titles: framework.ladder.levels().map(title).collect(),
    }
}
