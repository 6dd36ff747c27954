//! Generated files that are no pages: a [`File`] comes in, its text goes out.

mod compared;
mod feed;
mod hosts;
mod machines;
mod role_list;
mod sitemap;

use serde_json::json;

use crate::layout::output::File;
use crate::layout::output::Icon;
use crate::view::context::ViewContext;
use crate::wording::Wording;

/// Returns the text of a generated file.
pub fn file(cx: &ViewContext<'_>, file: &File) -> String {
    match file {
        File::Sitemap(part) => sitemap::sitemap(cx.site, cx.layout, *part),
        File::Robots => format!(
            "User-agent: *\nAllow: /\n\nSitemap: {}{}sitemap.xml\n",
            cx.site.config.origin, cx.site.config.base_path
        ),
        File::Manifest => manifest(&cx.wording),
        File::Feed(section) => feed::feed(cx, section.as_ref()),
        File::Redirect { from, to, title } => hosts::redirect(&cx.wording, from, to, title),
        File::RoleJson(id) => machines::role_json(cx, id),
        File::IndexJson(index) => machines::index_json(cx, &cx.layout.pages[*index]),
        File::RoleFacts(id) => compared::role_facts(cx, id),
        File::ComparedRoles(part) => compared::compared_roles(cx, *part),
        File::RoleList {
            page,
            order,
            number,
        } => role_list::role_list(cx, *page, *order, *number),
        File::Llms => machines::llms(cx),
        File::Headers => hosts::headers(cx.site),
        File::Redirects => hosts::redirects(cx.site, cx.layout),
    }
}

/// Returns the web app manifest, which tells home screens of the name and icons of the site.
fn manifest(words: &Wording<'_>) -> String {
    let site = &words.config.site;
    let icon = |icon: Icon| {
        let side = icon.side();
        json!({ "src": icon.name(), "sizes": format!("{side}x{side}"), "type": "image/png" })
    };
    let manifest = json!({
        "name": site.title,
        "lang": site.language.value,
        "dir": words.locale.direction(),
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "icons": [icon(Icon::Small), icon(Icon::Large)],
    });
    manifest.to_string() + "\n"
}
