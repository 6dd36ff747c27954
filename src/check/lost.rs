//! Prose and titles: articles and pages come in; prose that is on no page, and pages with equal
//! titles in one folder, go out as diagnostics.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;

use crate::data::Id;
use crate::diag::{Code, Diagnostic, Diagnostics, Scope};
use crate::kind::Kind;
use crate::layout::groups::parent_folder;
use crate::layout::pair::{is_compared, split_pair};
use crate::layout::{Layout, Page, Subject, page};
use crate::pages::is_prose_of_generated;
use crate::path::SourcePath;
use crate::site::{Site, framework_of, is_copy, role_of};
use crate::{ordered, suggest};

/// Reports Markdown files that have the name of the prose of a page that cannot exist.
pub(super) fn check_prose(site: &Site, layout: &Layout, diagnostics: &mut Diagnostics) {
    let is_lost = |path: &&SourcePath| {
        is_prose_of_generated(path)
            && !layout.names.contains_key(*path)
            && !layout.unmade.contains_key(*path)
    };
    for path in site.articles.whole().keys().filter(is_lost) {
        let Some(why) = why_on_no_page(site, path) else {
            continue;
        };
        let names = layout.names.whole().keys().map(SourcePath::as_str);
        let help = match suggest::nearest(path.as_str(), names) {
            Some(near) => format!("did you mean {near}?"),
            None => "rename it, move an article to another folder, or delete it".to_owned(),
        };
        let message = format!("this is on no page: {why}");
        let warning = Diagnostic::warning(Code::UnusedFile, message);
        diagnostics.push(warning.at_file(path).help(help));
    }
}

/// Returns why there is no page for a file, or `None` if the site decided so or if the reason was
/// reported.
fn why_on_no_page(site: &Site, path: &SourcePath) -> Option<String> {
    if !site.failed.articles.is_empty() || !site.failed.records.is_empty() {
        return None;
    }
    let config = &site.config;
    let stem = path.stem();
    let parts: Vec<&str> = path.inside("content")?.split('/').collect();
    match parts.as_slice() {
        [folder @ ("categories" | "skills" | "tags"), "_index.md"] => {
            Some(format!("there is no page of all {folder}"))
        }
        ["categories", _] => {
            let mut categories = config.categories.iter();
            let is_known = categories.any(|(id, _)| id.as_str() == stem);
            (!is_known).then(|| format!("there is no category `{stem}`"))
        }
        ["skills", _] => {
            let is_known = Id::new(stem).is_some_and(|id| config.skills.contains_key(&id));
            (!is_known).then(|| format!("there is no skill `{stem}`"))
        }
        ["tags", _] => {
            // An article that is not published may have it.
            let is_certain = site.absent.articles.is_empty();
            is_certain.then(|| format!("no article has the tag `{stem}`"))
        }
        [.., "compare", _] => why_not_compared(site, path, &parts).map(str::to_owned),
        _ => None,
    }
}

/// Returns why there is no comparison with the name of a file.
fn why_not_compared(site: &Site, path: &SourcePath, parts: &[&str]) -> Option<&'static str> {
    if site.config.site.pages.get("compare") == Some(&false) {
        return None;
    }
    let no_such_levels = "the ladder has no such two levels, the lower one first";
    match parts {
        ["compare", _] => why_not_of_pair(site, path.stem()),
        ["roles", _, "compare", _] => {
            let id = role_of(path).and_then(Id::new)?;
            if site.role(&id)?.pages.get("compare") == Some(&false) {
                return None;
            }
            Some(no_such_levels)
        }
        ["frameworks", id, "compare", _] => {
            framework_of(path)?;
            let mut frameworks = site.frameworks.keys();
            frameworks.find(|known| known.as_str() == *id)?;
            Some(no_such_levels)
        }
        _ => None,
    }
}

/// Returns why a text is on no comparison of two roles, of which `pair` has the ids.
fn why_not_of_pair(site: &Site, pair: &str) -> Option<&'static str> {
    let Some([a, b]) = split_pair(pair, |id| site.role(id).is_some()).filter(|[a, b]| a != b)
    else {
        return Some("there are no such two roles");
    };
    let mut roles = [a, b].into_iter().filter_map(|id| site.role(&id));
    // The site decided so where one of them is not compared.
    roles
        .all(|role| is_compared(site, role))
        .then_some("another file names the same two roles in the other order")
}

/// Reports pages with the title of another page in the same folder, because readers cannot tell
/// them apart in an index.
pub(super) fn check_titles(site: &Site, layout: &Layout, diagnostics: &mut Diagnostics) {
    // Hashes instead of titles: a site may have 100,000 of them.
    let key = |page: &Page| {
        let title = page.title.trim().to_lowercase();
        Some(FixedState::default().hash_one((folder(page)?, title)))
    };
    let mut first: ordered::Map<u64, &Page> = ordered::Map::default();
    for page in layout.pages.whole().iter().filter(|page| page.number == 1) {
        let Some(key) = key(page) else { continue };
        match first.get(&key) {
            Some(other) => diagnostics.extend(twin(site, layout, page, other)),
            None => {
                first.insert(key, page);
            }
        }
    }
}

/// Returns the warning about two pages of one title, unless something else was reported of them: a
/// file that is a copy of another, or one address for both.
fn twin(site: &Site, layout: &Layout, page: &Page, other: &Page) -> Option<Diagnostic> {
    let path = page::source_path(site, page)?;
    let other = page::source_path(site, other)?;
    let is_reported = is_copy(&path) || is_copy(&other) || has_same_text(site, &path, &other);
    if path == other || is_reported || layout.contested.contains(&page.url.output()) {
        return None;
    }
    let message = format!("two pages here have the title \"{}\"", page.title);
    let warning = Diagnostic::warning(Code::Twin, message)
        .at_file(&path)
        .related("the other one", &other, 0..0)
        .help("give one of them a title that tells it from the other");
    // Titles that a program made are often alike, and have one cause.
    let summary = "have the title of another page beside them";
    Some(warning.shared(Scope::File, "twin", "pages", summary))
}

/// Returns true if two articles have the same text.
fn has_same_text(site: &Site, one: &SourcePath, other: &SourcePath) -> bool {
    let digest = |path: &SourcePath| site.article(path).map(|article| article.digest);
    digest(one).is_some() && digest(one) == digest(other)
}

/// Returns the folder that a page is listed in: that of an article or section, or that of all
/// roles.
fn folder(page: &Page) -> Option<&str> {
    match (&page.subject, page.kind) {
        (Subject::Article(path, _), _) if path.name() == "index.md" => {
            Some(parent_folder(path.folder()))
        }
        (Subject::Article(path, _), _) => Some(path.folder()),
        (Subject::Section(path), _) => Some(parent_folder(path.folder())),
        (Subject::Role(_), Kind::Hub) => Some("content/roles"),
        _ => None,
    }
}
