//! The roles that a script can put side by side: a site and its pages come in; their list in parts, each
//! small enough to be loaded when somebody chooses, goes out with the addresses of its files.

use serde::Serialize;

use crate::data::Id;
use crate::kind::Kind;
use crate::layout::address::folder_of;
use crate::layout::output::File;
use crate::layout::{Layout, Page};
use crate::ordered;
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
#[derive(Clone, Debug, Serialize)]
pub struct ComparedRole {
    pub id: Id,
    pub title: String,
    /// Where its facts are.
    pub facts: UrlPath,
}

/// Returns the files that the script of comparisons reads, if there is a page for it.
pub(super) fn files(layout: &Layout) -> Vec<(UrlPath, File)> {
    let mut files = vec![];
    for (number, part) in layout.compared.whole() {
        files.extend(part_url(layout, *number).map(|url| (url, File::ComparedRoles(*number))));
        files.extend(part.iter().map(|compared| {
            let facts = File::RoleFacts(compared.id.clone());
            (compared.facts.clone(), facts)
        }));
    }
    files
}

/// Returns the parts of the list of roles that can be compared, sorted by title, by their numbers
/// from 0.
pub(super) fn parts(site: &Site, layout: &Layout) -> ordered::Map<usize, Vec<ComparedRole>> {
    if !layout.has_pages(Kind::Comparisons) {
        return ordered::Map::default();
    }
    let compared = |role: &Role| {
        let hub = layout.page_about(Kind::Hub, role.id.as_str())?;
        Some(ComparedRole {
            id: role.id.clone(),
            title: role.title.clone(),
            facts: facts_url(hub)?,
        })
    };
    let mut all: Vec<ComparedRole> = site.all_roles().filter_map(compared).collect();
    let locale = site.theme.locale();
    all.sort_by_cached_key(|role| (locale.sort_key(&role.title), role.id.clone()));
    in_parts(all).into_iter().enumerate().collect()
}

/// Returns the address of a part of the list, from 0.
pub fn part_url(layout: &Layout, part: usize) -> Option<UrlPath> {
    let list = layout.page_about(Kind::Comparisons, "")?;
    let folder = folder_of(&list.url);
    UrlPath::new(&format!("{folder}roles-{}.json", part + 1)).ok()
}

impl ComparedRole {
    /// Returns the folder above the hub of the role, if the hub is called like the role.
    pub fn folder_above_hub(&self) -> Option<&str> {
        let (hub, _) = self.facts.as_str().rsplit_once('/')?;
        let folder = hub.strip_suffix(self.id.as_str())?;
        Some(folder).filter(|folder| folder.ends_with('/'))
    }

    /// Returns true if the id of the role is its title in lower case, with a hyphen for all that is
    /// neither an ASCII letter nor a digit: a script can make it.
    pub fn is_slug(&self) -> bool {
        let lower = self.title.to_ascii_lowercase();
        let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.eq(self.id.as_str().split('-'))
    }
}

fn facts_url(hub: &Page) -> Option<UrlPath> {
    UrlPath::new(&format!("{}{FACTS}", folder_of(&hub.url))).ok()
}

/// Cuts a list where a part would be too long to be loaded at once.
fn in_parts(all: Vec<ComparedRole>) -> Vec<Vec<ComparedRole>> {
    let length = |role: &ComparedRole| {
        let hub = role.folder_above_hub().map_or(role.facts.as_str(), |_| "");
        let id = if role.is_slug() { "" } else { role.id.as_str() };
        role.title.len() + id.len() + hub.len() + SIGNS
    };
    let whole: usize = all.iter().map(length).sum();
    let size = whole.div_ceil(whole.div_ceil(PART).max(1));
    let mut parts: Vec<Vec<ComparedRole>> = vec![];
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
