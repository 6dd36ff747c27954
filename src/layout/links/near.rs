//! Suggestions: a link that leads nowhere comes in, the diagnostic with what the author may have meant
//! goes out.

use super::{Link, by_address, has_asset};
use crate::data::meant;
use crate::diag::{Code, Diagnostic};
use crate::layout::{Layout, unmade};
use crate::path::{SourcePath, UrlPath};
use crate::site::Site;
use crate::suggest;

/// Returns the diagnostic about a link that leads nowhere.
pub(super) fn dangling(site: &Site, layout: &Layout, link: &Link<'_>) -> Diagnostic {
    let message = format!("`{}` leads nowhere", link.written);
    Diagnostic::error(Code::DanglingLink, message).help(help(site, layout, link))
}

fn help(site: &Site, layout: &Layout, link: &Link<'_>) -> String {
    if let Some(url) = meant::url(link.written) {
        return format!("write {url}");
    }
    if let Some(help) = help_on_static(site, &link.path) {
        return help;
    }
    let is_rooted = link.path.starts_with('/');
    let Some(name) = &link.name else {
        return if is_rooted {
            "no page or file has this address".to_owned()
        } else {
            "the path leaves the site".to_owned()
        };
    };
    if let Some(why) = unmade::why_unmade(site, layout, name) {
        return why;
    }
    if is_rooted && name.extension().is_empty() {
        return help_on_address(site, layout, &link.path);
    }
    match near_file(site, layout, name) {
        Some(near) => format!("there is no {name}; did you mean {near}?"),
        None => format!("there is no {name}"),
    }
}

/// Returns what to write for an address that no page has.
fn help_on_address(site: &Site, layout: &Layout, address: &str) -> String {
    let base = site.config.base_path.trim_end_matches('/');
    let inner = address.strip_prefix(base);
    if let Some(inner) = inner
        && inner.starts_with('/')
        && inner != address
        && by_address(site, layout, inner, "").is_some()
    {
        return format!("links leave out the path at which the site lives: write {inner}");
    }
    match near_address(site, layout, address.trim_end_matches('/')) {
        Some(file) => {
            format!("no page or file of the site has this address; did you mean {file}?")
        }
        None => "no page or file of the site has this address; link to files, such as /about.md"
            .to_owned(),
    }
}

/// Returns the file of the page with the nearest address, or a file with nearly this name.
fn near_address(site: &Site, layout: &Layout, address: &str) -> Option<String> {
    let urls = layout.urls.whole().keys().map(UrlPath::as_str);
    let near = suggest::nearest(&format!("{address}/"), urls);
    let page = near.and_then(|near| layout.urls.get(near));
    let file = page.and_then(|index| layout.pages[*index].name.as_ref());
    if let Some(file) = file.and_then(from_root) {
        return Some(file);
    }
    let name = SourcePath::new(&format!("content{address}")).ok()?;
    near_file(site, layout, &name)
}

/// Returns the link to the file that was probably meant: one with another ending, the only one of
/// this name in another folder, or one with nearly this name.
fn near_file(site: &Site, layout: &Layout, name: &SourcePath) -> Option<String> {
    let known = || {
        layout
            .names
            .whole()
            .keys()
            .chain(site.colocated_files.keys())
    };
    if let Some(file) = with_other_ending(site, layout, name) {
        return Some(file);
    }
    let mut elsewhere = known().filter(|known| {
        known.name().eq_ignore_ascii_case(name.name()) && !known.name().ends_with("index.md")
    });
    if let (Some(only), None) = (elsewhere.next(), elsewhere.next())
        && let Some(file) = from_root(only)
    {
        return Some(file);
    }
    let near = suggest::nearest(name.as_str(), known().map(SourcePath::as_str))?;
    from_root(&SourcePath::new(near).ok()?)
}

fn with_other_ending(site: &Site, layout: &Layout, name: &SourcePath) -> Option<String> {
    let text = name.as_str();
    let stem = ["/index.html", ".html", ".htm", ".markdown", "/index.htm"]
        .into_iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text);
    let stem = match stem.strip_prefix("content/content/") {
        Some(inner) => format!("content/{inner}"),
        None => stem.to_owned(),
    };
    let is_known = |name: &SourcePath| {
        layout.names.contains_key(name) || site.colocated_files.contains_key(name)
    };
    [".md", "/index.md", "/_index.md", ""]
        .into_iter()
        .filter_map(|end| SourcePath::new(&format!("{stem}{end}")).ok())
        .filter(is_known)
        .find_map(|name| from_root(&name))
}

/// Returns how to link to a file of `static/`, for a link that names that folder.
fn help_on_static(site: &Site, path: &str) -> Option<String> {
    let (before, inner) = path.rsplit_once("static/")?;
    if !before.is_empty() && !before.ends_with('/') {
        return None;
    }
    if has_asset(site, inner) {
        return Some(format!(
            "files of static/ are published at the root of the site: write /{inner}"
        ));
    }
    let assets = site.theme.assets.files.iter();
    let near = suggest::nearest(inner, assets.map(|asset| asset.out.as_str()));
    Some(match near {
        Some(near) => format!(
            "there is no static/{inner}; files of static/ are linked from the root of the site: did you mean /{near}?"
        ),
        None => format!("there is no static/{inner}; put the file there and write /{inner}"),
    })
}

/// Returns the link to a file of `content/` that works from every file.
fn from_root(name: &SourcePath) -> Option<String> {
    name.inside("content").map(|inner| format!("/{inner}"))
}
