//! The roles that a script can put side by side: a site and its pages come in; their list in parts, each
//! small enough to be loaded when somebody chooses, goes out with the addresses of its files.

use crate::kind::Kind;
use crate::layout::address::folder_of;
use crate::layout::output::File;
use crate::layout::{Layout, Page};
use crate::path::UrlPath;
use crate::role::Role;
use crate::site::Site;

/// How long a part of the list is at most, in bytes, about: with the facts of two roles it is less than
/// 100 KiB.
const PART: usize = 64 * 1024;

/// What an entry of the list has besides its words: quotes, commas and brackets.
const SIGNS: usize = 12;

/// The name of the file with the facts of a role, in the folder of its hub.
const FACTS: &str = "compare.json";

/// A role that can be compared.
pub struct ComparedRole<'s> {
    pub role: &'s Role,
    /// Where its facts are.
    pub facts: UrlPath,
}

/// Returns the files that the script of comparisons reads, if there is a page for it.
pub(super) fn files(site: &Site, layout: &Layout) -> Vec<(UrlPath, File)> {
    let parts = parts(site, layout);
    let mut files = vec![];
    for (number, part) in parts.into_iter().enumerate() {
        files.extend(part_url(layout, number).map(|url| (url, File::ComparedRoles(number))));
        files.extend(part.into_iter().map(|compared| {
            let facts = File::RoleFacts(compared.role.id.clone());
            (compared.facts, facts)
        }));
    }
    files
}

/// Returns the parts of the list of roles that can be compared, sorted by title.
pub fn parts<'s>(site: &'s Site, layout: &Layout) -> Vec<Vec<ComparedRole<'s>>> {
    let mut all = roles(site, layout);
    let locale = site.theme.locale();
    all.sort_by_cached_key(|compared| {
        let role = compared.role;
        (locale.sort_key(&role.title), role.id.clone())
    });
    in_parts(all)
}

/// Returns the address of a part of the list, from 0.
pub fn part_url(layout: &Layout, part: usize) -> Option<UrlPath> {
    let list = layout.page_about(Kind::Comparisons, "")?;
    let folder = folder_of(&list.url);
    UrlPath::new(&format!("{folder}roles-{}.json", part + 1)).ok()
}

/// Returns all roles that can be compared, in the order of their ids.
fn roles<'s>(site: &'s Site, layout: &Layout) -> Vec<ComparedRole<'s>> {
    if !layout.has_pages(Kind::Comparisons) {
        return vec![];
    }
    let compared = |role: &'s Role| {
        let hub = layout.page_about(Kind::Hub, role.id.as_str())?;
        Some(ComparedRole {
            role,
            facts: facts_url(hub)?,
        })
    };
    site.all_roles().filter_map(compared).collect()
}

/// Returns the folder above the hub of a role, if the hub is called like the role.
pub fn folder_above_hub<'r>(compared: &'r ComparedRole<'_>) -> Option<&'r str> {
    let (hub, _) = compared.facts.as_str().rsplit_once('/')?;
    let folder = hub.strip_suffix(compared.role.id.as_str())?;
    Some(folder).filter(|folder| folder.ends_with('/'))
}

/// Returns true if the id of a role is its title in lower case, with a hyphen for all that is neither an
/// ASCII letter nor a digit: a script can make it.
pub fn is_slug(role: &Role) -> bool {
    let lower = role.title.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.eq(role.id.as_str().split('-'))
}

fn facts_url(hub: &Page) -> Option<UrlPath> {
    UrlPath::new(&format!("{}{FACTS}", folder_of(&hub.url))).ok()
}

/// Cuts a list where a part would be too long to be loaded at once.
fn in_parts(all: Vec<ComparedRole<'_>>) -> Vec<Vec<ComparedRole<'_>>> {
    let length = |compared: &ComparedRole<'_>| {
        let ComparedRole { role, facts } = compared;
        let hub = folder_above_hub(compared).map_or(facts.as_str(), |_| "");
        let id = if is_slug(role) { "" } else { role.id.as_str() };
        role.title.len() + id.len() + hub.len() + SIGNS
    };
    let whole: usize = all.iter().map(length).sum();
    let size = whole.div_ceil(whole.div_ceil(PART).max(1));
    let mut parts: Vec<Vec<ComparedRole<'_>>> = vec![];
    let mut so_far = 0;
    for compared in all {
        if parts.is_empty() || so_far >= size * parts.len() {
            parts.push(vec![]);
        }
        so_far += length(&compared);
        if let Some(part) = parts.last_mut() {
            part.push(compared);
        }
    }
    parts
}
