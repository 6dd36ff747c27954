//! The site in templates: the configuration and the layout come in, the variable `site` goes out.

use serde_json::Value as Json;

use crate::kind::{Kind, Scope};
use crate::role::Role;
use crate::site::Site;
use crate::view::context::ViewContext;
use crate::view::types::SiteView;
use crate::wording::words;

/// Returns what the site is about, for the title of its home page: "careers, levels and pay".
pub(super) fn about(cx: &ViewContext<'_>) -> String {
    let roles = || cx.site.all_roles();
    let has_levels = |role: &Role| role.ladder.levels().count() > 1;
    let has_pay = |role: &Role| {
        role.headline().is_some() || role.ladder.levels().any(|level| level.salary.is_some())
    };
    let parts = [
        (roles().next().is_some(), "part_careers"),
        (roles().any(has_levels), "part_levels_of_careers"),
        (roles().any(has_pay), "part_pay"),
    ];
    let parts = parts.into_iter().filter(|(has, _)| *has);
    let names: Vec<String> = parts
        .map(|(_, key)| cx.wording.strings.get(key).to_owned())
        .collect();
    words::join_and(&cx.wording, &names)
}

/// Returns the variable `site`, without the menu.
pub fn view(cx: &ViewContext<'_>) -> SiteView {
    let site = &cx.site.config.site;
    let assets = &cx.site.theme.assets.urls;
    let logo = site.logo.as_ref();
    let kinds = cx.layout.kinds.0.iter();
    let pages = kinds
        .filter(|facts| facts.scope == Scope::Site)
        .map(|facts| {
            let url = cx.layout.url_of(cx.site, facts.kind, "");
            (site_key(facts.kind), url)
        });
    SiteView {
        title: site.title.clone(),
        description: site.description.clone().unwrap_or_default(),
        about: about(cx),
        url: cx.site.config.base_path.clone(),
        origin: cx.site.config.origin.clone(),
        language: site.language.value.clone(),
        logo: logo.and_then(|logo| assets.get(&logo.value).cloned()),
        publisher: site.publisher.clone(),
        pages: pages.collect(),
        assets: assets.clone(),
        params: Json::Object(params(cx.site)),
        build_date: cx.site.build_date.to_string(),
        generator: concat!("Rungs ", env!("CARGO_PKG_VERSION")),
        languages: vec![],
    }
}

/// Returns the parameters of the theme, overridden by those of the site.
pub(super) fn params(site: &Site) -> serde_json::Map<String, Json> {
    let mut params = site.theme.params.clone();
    crate::theme::merge(&mut params, &site.config.site.params.0);
    params
}

/// Returns the name of a page of the whole site in `site.pages`, in the form of a key of Tera.
fn site_key(kind: Kind) -> &'static str {
    match kind {
        Kind::SiteFaq => "site_faq",
        Kind::SitePositions => "site_positions",
        Kind::NotFound => "not_found",
        other => other.as_str(),
    }
}
