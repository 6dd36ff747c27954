//! Links: what an author wrote comes in, the page or file that it leads to goes out, or a
//! diagnostic that says what to write.

mod near;
mod unpublished;

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::config::Redirect;
use crate::data::{Id, is_safe_url, meant};
use crate::diag::{Code, Diagnostic};
use crate::layout::{Layout, unmade};
use crate::path::{SourcePath, UrlPath, split_tail};
use crate::site::{Site, home_file, role_of};

pub use unpublished::{Unseen, is_unpublished, note_on_role, why_unpublished};

/// The target of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The link as a page writes it: with the base path, percent-encoded, with query and fragment.
    /// Empty for what is not published; then the link is shown as plain text.
    pub href: String,
    /// The index of the page, if the target is a page.
    pub page: Option<usize>,
    /// The file of `content/`, if the target is a file that is published as it is.
    pub source: Option<SourcePath>,
    /// A finding about a link to something that is not published. It has no place yet.
    pub note: Option<Diagnostic>,
}

/// A link into the site, taken apart.
struct Link<'a> {
    /// The whole link as it was written.
    written: &'a str,
    /// The path, percent-decoded.
    path: Cow<'a, str>,
    /// The file that the path names, unless it leaves the site.
    name: Option<SourcePath>,
    /// Query and fragment with their signs.
    tail: &'a str,
}

impl Target {
    fn of(href: &str) -> Self {
        Self {
            href: href.to_owned(),
            ..Self::default()
        }
    }

    /// Returns the link, or `None` if it is shown as plain text.
    pub fn link(self) -> Option<String> {
        if self.href.is_empty() {
            None
        } else {
            Some(self.href)
        }
    }
}

/// Resolves a link of a file. A diagnostic about it has no place yet.
///
/// `here` is the page that shows the link, for links that are only a fragment.
pub fn resolve(
    site: &Site,
    layout: &Layout,
    from: &SourcePath,
    link: &str,
    here: Option<usize>,
) -> Result<Target, Diagnostic> {
    if is_safe_url(link) {
        return Ok(Target::of(link));
    }
    if has_scheme(link) || link.starts_with("//") || link.contains('\\') {
        return Err(bad_url(link));
    }
    let (path, tail) = split_tail(link);
    if path.is_empty() {
        return Ok(Target {
            page: here,
            ..Target::of(tail)
        });
    }
    let path = percent_decode_str(path).decode_utf8_lossy();
    let link = Link {
        written: link,
        name: from.resolve(&path).ok(),
        path,
        tail,
    };
    if is_of_broken_file(site, layout, &link) {
        return Ok(Target::of("#"));
    }
    if let Some(target) = find(site, layout, &link) {
        return Ok(target);
    }
    if let Some(target) = unpublished::target(site, layout, &link) {
        return Ok(target);
    }
    if unmade::is_lost(site, layout, link.name.as_ref(), &link.path) {
        return Ok(Target::of("#"));
    }
    Err(near::dangling(site, layout, &link))
}

/// Returns the diagnostic about a link that is neither a URL that pages may link to nor a path.
fn bad_url(link: &str) -> Diagnostic {
    let message = format!(
        "`{}` is not a URL that a page may link to",
        link.escape_debug()
    );
    let is_file = link.contains('\\') && !link.contains(':');
    let meant = if is_file {
        Some(link.replace('\\', "/"))
    } else {
        meant::url(link)
    };
    let help = match meant {
        Some(meant) => format!("write {meant}"),
        None => {
            "use https://, http://, mailto: or tel:, or the name of a file of this site".to_owned()
        }
    };
    Diagnostic::error(Code::BadUrl, message).help(help)
}

/// Returns true if a link leads to a file that could not be read, or to a page that may be missing
/// because of one. The file was reported already.
fn is_of_broken_file(site: &Site, layout: &Layout, link: &Link<'_>) -> bool {
    let Some(name) = &link.name else {
        return false;
    };
    if site.has_failed(name) {
        return true;
    }
    let role = role_of(name).and_then(Id::new);
    layout.unmade.contains_key(name) && role.is_some_and(|id| site.failed.records.contains(&id))
}

/// Returns the target of a link if it is published.
fn find(site: &Site, layout: &Layout, link: &Link<'_>) -> Option<Target> {
    by_file_name(site, layout, link).or_else(|| by_address(site, layout, &link.path, link.tail))
}

/// Returns the target of a link that names a file or a folder of `content/`.
fn by_file_name(site: &Site, layout: &Layout, link: &Link<'_>) -> Option<Target> {
    let name = link.name.as_ref()?;
    let page_in_folder = |file: &str| {
        let name = SourcePath::new(&format!("{name}/{file}")).ok()?;
        layout.names.get(&name)
    };
    let page = layout
        .names
        .get(name)
        .or_else(|| page_in_folder("index.md"))
        .or_else(|| page_in_folder("_index.md"))
        .copied()
        .or_else(|| layout.pair_named(site, name));
    if let Some(index) = page {
        return Some(to_page(site, layout, index, link.tail));
    }
    let url = beside_url(site, layout, name)?;
    Some(Target {
        source: Some(name.clone()),
        ..Target::of(&format!("{}{}", site.config.href(&url), link.tail))
    })
}

/// Returns the target of a path from the root of the site: a page, or any other output, such as a
/// file of `static/`.
fn by_address(site: &Site, layout: &Layout, path: &str, tail: &str) -> Option<Target> {
    let rooted = path.strip_prefix('/')?;
    let url = UrlPath::new(&format!("/{rooted}")).ok()?;
    let with_slash = || UrlPath::new(&format!("/{rooted}/")).ok();
    let page = layout
        .urls
        .get(&url)
        .or_else(|| layout.urls.get(&with_slash()?));
    if let Some(index) = page {
        return Some(to_page(site, layout, *index, tail));
    }
    let out = url.output();
    if layout.outputs.contains_key(&out) || has_asset(site, out.as_str()) {
        let href = format!("{}{tail}", site.config.href(&url));
        return Some(Target::of(&href));
    }
    None
}

fn to_page(site: &Site, layout: &Layout, index: usize, tail: &str) -> Target {
    let href = site.config.href(&layout.pages[index].url);
    Target {
        page: Some(index),
        ..Target::of(&format!("{href}{tail}"))
    }
}

/// Returns the address of a file of `content/` that is published as it is.
pub fn beside_url(site: &Site, layout: &Layout, path: &SourcePath) -> Option<UrlPath> {
    site.colocated_files.get(path)?;
    let folder = layout.folder_address(path.folder());
    UrlPath::new(&format!("{folder}{}", path.name())).ok()
}

/// Returns true if `static/` has a file that is published at a path.
fn has_asset(site: &Site, path: &str) -> bool {
    let mut assets = site.theme.assets.files.iter();
    assets.any(|asset| asset.out.as_str() == path)
}

/// Resolves the target of a redirect: an address of this site or elsewhere, or a file of `content/`.
pub fn redirect_target(site: &Site, layout: &Layout, row: &Redirect) -> Result<Target, Diagnostic> {
    resolve(site, layout, &home_file(), &row.to.value, None)
}

/// Resolves a file of `content/`, with or without that folder in front, as the menu and the list of
/// authors name it.
pub fn resolve_nav(site: &Site, layout: &Layout, to: &str) -> Result<Target, Diagnostic> {
    let name = to.strip_prefix("content/").unwrap_or(to);
    resolve(site, layout, &home_file(), name, None)
}

/// Returns true if a browser would read the start of a link as a scheme.
fn has_scheme(link: &str) -> bool {
    if !link.contains(':') {
        return false;
    }
    let start: String = link
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take_while(|c| !matches!(c, '/' | '?' | '#'))
        .collect();
    let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.&;".contains(c);
    start
        .split_once(':')
        .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(is_of_scheme))
}
