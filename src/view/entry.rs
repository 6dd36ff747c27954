//! The way into a job and its conditions: a role comes in, what templates show of them goes out.

use crate::role::Role;
use crate::role::record::ESCO;
use crate::view::context::ViewContext;
use crate::view::ladder::named;
use crate::view::text;
use crate::view::types::{
    ClassificationView, ConditionsView, LinkView, RequirementView, RouteView,
};

/// Returns what is asked for before somebody may do the job.
pub fn requirements(cx: &ViewContext<'_>, role: &Role) -> Vec<RequirementView> {
    let rows = role.lists.requirements.iter();
    rows.map(|row| RequirementView {
        name: row.name.clone(),
        kind: row
            .kind
            .map(|kind| named(&cx.wording, "requirement", kind.as_str())),
        compulsory: row.compulsory,
        description: text::optional_block(cx, row.description.as_ref()),
        url: row.url.as_ref().map(ToString::to_string),
    })
    .collect()
}

/// Returns the ways into the job.
pub fn routes(cx: &ViewContext<'_>, role: &Role) -> Vec<RouteView> {
    let rows = role.lists.routes.iter();
    rows.map(|row| {
        let kind = named(&cx.wording, "route", row.kind.as_str());
        let requirements = row.requirements.iter();
        let links = row.links.iter();
        RouteView {
            name: row.name.clone().unwrap_or_else(|| kind.name.clone()),
            kind,
            duration: row.duration.clone().unwrap_or_default(),
            description: text::optional_block(cx, row.description.as_ref()),
            requirements: requirements
                .map(|text| text::item(cx.site, cx.layout, text))
                .collect(),
            links: links
                .map(|link| LinkView {
                    title: link.title.clone(),
                    url: link.url.to_string(),
                })
                .collect(),
        }
    })
    .collect()
}

/// Returns how the work is, if anything is said of it.
pub fn conditions(cx: &ViewContext<'_>, role: &Role) -> Option<ConditionsView> {
    let row = Some(&role.conditions).filter(|row| !row.is_empty())?;
    Some(ConditionsView {
        hours: row.hours.clone().unwrap_or_default(),
        pattern: row.pattern.clone().unwrap_or_default(),
        place: text::optional_block(cx, row.place.as_ref()),
        clothing: text::optional_block(cx, row.clothing.as_ref()),
        environment: text::optional_block(cx, row.environment.as_ref()),
    })
}

/// Returns what classifications of occupations call a role.
pub fn classifications(role: &Role) -> Vec<ClassificationView> {
    let view = |(name, code): (&str, &str)| ClassificationView {
        name: name.to_owned(),
        code: if name == ESCO { "" } else { code }.to_owned(),
        url: (name == ESCO).then(|| code.to_owned()),
    };
    role.codes.named().into_iter().map(view).collect()
}
