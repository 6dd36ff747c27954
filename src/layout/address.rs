//! Addresses: what a page is about comes in, its [`UrlPath`] goes out, by the permalinks of the
//! site.

use crate::config::SiteFile;
use crate::diag::{Code, Diagnostic};
use crate::kind::Kind;
use crate::path::{OutPath, PathFault, SourcePath, UrlPath, slugify};
use crate::role::Role;
use crate::site::site_file;
use crate::source::Span;

/// The values of the placeholders in a permalink.
pub struct Placeholders<'a> {
    /// The value of `{slug}`.
    pub slug: &'a str,
    /// The value of `{category}`.
    pub category: &'a str,
    /// The value of `{parent}`: the address of the page above, such as the hub of a role.
    pub parent: &'a str,
}

/// Returns the address of a page of a kind, by the permalink that the site sets, or else by that of
/// the kind.
///
/// A diagnostic has a place only if the permalink of the site is bad.
pub fn address(
    site: &SiteFile,
    kind: Kind,
    permalink: &str,
    words: &Placeholders<'_>,
) -> Result<UrlPath, Diagnostic> {
    let mut configured = site.permalinks.get(kind.as_str());
    if configured.is_none() && kind == Kind::Hub {
        configured = site.permalinks.get("role");
    }
    let pattern = configured.map_or(permalink, |pattern| pattern.value.as_str());
    let filled = fill(pattern, kind, words);
    with_ending(site, &filled).map_err(|fault| {
        let diagnostic = bad_permalink(&filled, &fault);
        match configured {
            Some(configured) if is_bad_pattern(site, pattern, kind) => {
                diagnostic.at(&site_file(), configured.span.clone())
            }
            _ => diagnostic,
        }
    })
}

/// Returns true if a pattern makes no address even of plain words.
fn is_bad_pattern(site: &SiteFile, pattern: &str, kind: Kind) -> bool {
    let words = Placeholders {
        slug: "a",
        category: "a",
        parent: "/",
    };
    with_ending(site, &fill(pattern, kind, &words)).is_err()
}

/// Puts values in place of the placeholders of a permalink.
fn fill(pattern: &str, kind: Kind, words: &Placeholders<'_>) -> String {
    pattern
        .replace("{slug}", words.slug)
        .replace("{category}", words.category)
        .replace("{kind}", kind.as_str())
        .replace("{parent}/", words.parent)
}

/// Places a diagnostic about an address where the name in the address was written, unless it has a
/// place.
pub fn made_of(diagnostic: Diagnostic, path: &SourcePath, span: &Span) -> Diagnostic {
    match diagnostic.place {
        Some(_) => diagnostic,
        None => diagnostic.at(path, span.clone()),
    }
}

/// Returns the address of a page with a name in a folder.
pub fn below(site: &SiteFile, folder: &str, name: &str) -> Result<UrlPath, PathFault> {
    with_ending(site, &format!("{folder}{name}/"))
}

/// Returns the address of a part of a list, by its number from 1: the first has the address of the
/// list itself.
pub fn part(site: &SiteFile, first: &UrlPath, number: usize) -> Result<UrlPath, PathFault> {
    match number {
        0 | 1 => Ok(first.clone()),
        _ => below(site, &folder_of(first), &format!("page/{number}")),
    }
}

/// Returns a path in the form of this site: `/a/b/`, or `/a/b.html` for hosts without index files.
pub fn with_ending(site: &SiteFile, path: &str) -> Result<UrlPath, PathFault> {
    match (site.ugly_urls, path.strip_suffix('/')) {
        (true, Some("")) => UrlPath::new("/index.html"),
        (true, Some(name)) => UrlPath::new(&format!("{name}.html")),
        _ => UrlPath::new(path),
    }
}

/// Returns the folder of an address: `/a/b/` for `/a/b/` and for `/a/b.html`.
pub fn folder_of(url: &UrlPath) -> String {
    match url.as_str().strip_suffix(".html") {
        Some("/index") => "/".to_owned(),
        Some(name) => format!("{name}/"),
        None => url.as_str().to_owned(),
    }
}

/// Returns the diagnostic about a text that cannot be an address. It has no place yet.
pub fn bad_permalink(text: &str, fault: &PathFault) -> Diagnostic {
    Diagnostic::error(
        Code::BadPermalink,
        format!(
            "`{}` cannot be an address of this site: {fault}",
            text.escape_debug()
        ),
    )
}

/// Checks an address that an author wrote: an alias, or the old address of a redirect.
pub(super) fn written(text: &str, path: &SourcePath, span: &Span) -> Result<UrlPath, Diagnostic> {
    let rooted = if text.starts_with('/') {
        text.to_owned()
    } else {
        format!("/{text}")
    };
    // A host sends the redirect page as HTML only if its file is called so.
    let is_page = rooted.ends_with(".html") || rooted.ends_with(".htm");
    let whole = if rooted.ends_with('/') || is_page {
        rooted
    } else {
        rooted + "/"
    };
    UrlPath::new(&whole).map_err(|fault| bad_permalink(text, &fault).at(path, span.clone()))
}

/// Returns the address of a file of the output, without the base path.
pub(super) fn of_output(path: &OutPath) -> String {
    match path.as_str().strip_suffix("index.html") {
        Some(folder) => format!("/{folder}"),
        None => format!("/{path}"),
    }
}

/// Returns the slug of a role: the one of its record, or its id.
pub fn role_slug(role: &Role) -> String {
    match &role.slug {
        Some(slug) => slug.value.clone(),
        None => slugify(role.id.as_str()),
    }
}

/// Returns the address of a generated file at the root of the site.
pub fn root_file(name: &str) -> Option<UrlPath> {
    UrlPath::new(&format!("/{name}")).ok()
}
