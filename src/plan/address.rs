//! Addresses: what a page is about comes in, its `UrlPath` goes out, by the site's permalinks.

use crate::config::SiteFile;
use crate::diag::{Code, Diagnostic};
use crate::kind::Kind;
use crate::path::{PathFault, UrlPath};
use crate::source::Span;

/// What a permalink's placeholders stand for.
pub(super) struct Words<'a> {
    pub slug: &'a str,
    pub category: &'a str,
    /// The address of the page that this one stands below, such as a role's hub.
    pub parent: &'a str,
}

/// The address of a page of a kind. A fault that is not the permalink's has no place yet.
pub(super) fn address(site: &SiteFile, kind: Kind, words: &Words<'_>) -> Result<UrlPath, Diagnostic> {
    let configured = site.permalinks.get(kind.as_str()).or_else(|| if kind == Kind::Hub { site.permalinks.get("role") } else { None });
    let pattern = configured.map_or_else(|| default_pattern(kind), |pattern| pattern.value.as_str());
    let filled = fill(pattern, kind, words);
    ugly(site, &filled).map_err(|fault| {
        let fault = bad_permalink(&filled, &fault);
        // With other words the pattern is good, unless the fault is its own.
        let is_of_words = ugly(site, &fill(pattern, kind, &Words { slug: "a", category: "a", parent: "/" })).is_ok();
        match configured.filter(|_| !is_of_words) {
            Some(pattern) => fault.at(&crate::site::site_file(), pattern.span.clone()),
            None => fault,
        }
    })
}

fn fill(pattern: &str, kind: Kind, Words { slug, category, parent }: &Words<'_>) -> String {
    pattern.replace("{slug}", slug).replace("{category}", category).replace("{kind}", kind.as_str()).replace("{parent}/", parent)
}

/// A fault of an address at the place where what it is made of was written, unless it is the permalink's.
pub(super) fn made_of(fault: Diagnostic, path: &crate::path::SourcePath, span: &Span) -> Diagnostic {
    if fault.place.is_some() { fault } else { fault.at(path, span.clone()) }
}

/// The address of an article: its folder's and its own name, or its slug.
pub(super) fn below(site: &SiteFile, folder: &str, name: &str) -> Result<UrlPath, PathFault> {
    ugly(site, &format!("{folder}{name}/"))
}

/// A path as this site writes it: `/a/b/`, or `/a/b.html` for hosts without index files.
pub(super) fn ugly(site: &SiteFile, path: &str) -> Result<UrlPath, PathFault> {
    match (site.ugly_urls, path.strip_suffix('/')) {
        (true, Some("")) => UrlPath::new("/index.html"),
        (true, Some(name)) => UrlPath::new(&format!("{name}.html")),
        _ => UrlPath::new(path),
    }
}

/// The folder that an address opens: `/a/b/` for `/a/b/` and for `/a/b.html`.
pub(super) fn folder_of(url: &UrlPath) -> String {
    match url.as_str().strip_suffix(".html") {
        Some("/index") => "/".to_owned(),
        Some(name) => format!("{name}/"),
        None => url.as_str().to_owned(),
    }
}

/// The fault of an address, to be placed where it was written.
pub(super) fn bad_permalink(text: &str, fault: &PathFault) -> Diagnostic {
    Diagnostic::error(Code::BadPermalink, format!("`{}` cannot be an address of this site: {fault}", text.escape_debug()))
}

/// Checks an address that an author wrote: an alias, or the old side of a redirect.
pub(super) fn written(text: &str, path: &crate::path::SourcePath, span: &Span) -> Result<UrlPath, Diagnostic> {
    let rooted = if text.starts_with('/') { text.to_owned() } else { format!("/{text}") };
    // What is sent is HTML: under another ending, a host would call it something else.
    let is_page = rooted.ends_with(".html") || rooted.ends_with(".htm");
    let whole = if rooted.ends_with('/') || is_page { rooted } else { rooted + "/" };
    UrlPath::new(&whole).map_err(|fault| bad_permalink(text, &fault).at(path, span.clone()))
}

fn default_pattern(kind: Kind) -> &'static str {
    match kind {
        Kind::Home => "/",
        Kind::Hub => "/roles/{slug}/",
        Kind::WhatIs | Kind::Ladder | Kind::WhereAmI | Kind::JobTitles | Kind::JobDescription | Kind::Salary | Kind::Faq | Kind::Positions => {
            "{parent}/{kind}/"
        }
        Kind::Position => "{parent}/positions/{slug}/",
        Kind::Article | Kind::Section => "{parent}/{slug}/",
        Kind::Category => "/categories/{slug}/",
        Kind::Tag => "/tags/{slug}/",
        Kind::Skill => "/skills/{slug}/",
        Kind::Framework => "/frameworks/{slug}/",
        Kind::Matrix => "{parent}/matrix/",
        Kind::Compare => "{parent}/compare/{slug}/",
        Kind::Comparisons => "/compare/",
        Kind::Roles => "/roles/",
        Kind::Tags => "/tags/",
        Kind::Skills => "/skills/",
        Kind::SiteFaq => "/faq/",
        Kind::SitePositions => "/positions/",
        Kind::Sources => "/sources/",
        Kind::Search => "/search/",
        Kind::NotFound => "/404.html",
    }
}
