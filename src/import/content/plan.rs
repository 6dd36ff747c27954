//! Where articles of another generator stand here, and what their old addresses and files lead to.

use std::collections::{BTreeMap, BTreeSet};

use super::old_site::OldSite;
use super::page::{Page, Shape};
use crate::path::SourcePath;

/// The folder of all that is imported.
pub const FOLDER: &str = "content/articles";

/// Where each article goes.
#[derive(Debug, Default)]
pub struct Plan {
    /// The file of each page, in their order.
    pub paths: Vec<SourcePath>,
    /// Pages by their old addresses, as [`Plan::key`] writes them.
    addresses: BTreeMap<String, usize>,
    /// Pages by their old files.
    files: BTreeMap<String, usize>,
    /// Pages by the names of their old files alone; `None` where several have one.
    names: BTreeMap<String, Option<usize>>,
    base_path: String,
}

impl Plan {
    /// Gives every page a file of its own.
    pub fn of(site: &OldSite) -> Self {
        let base = site
            .base_url
            .as_deref()
            .and_then(|url| url.splitn(4, '/').nth(3))
            .unwrap_or_default();
        let mut plan = Self {
            base_path: base.to_lowercase(),
            ..Self::default()
        };
        let mut taken = BTreeSet::new();
        let folders: BTreeSet<String> = site.pages.iter().flat_map(folders_of).collect();
        for (index, page) in site.pages.iter().enumerate() {
            plan.paths.push(free_path(page, &folders, &mut taken));
            plan.files.entry(page.file.clone()).or_insert(index);
            let name = page.file.rsplit('/').next().unwrap_or_default();
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            for name in [name, stem] {
                plan.names
                    .entry(name.to_owned())
                    .and_modify(|known| *known = None)
                    .or_insert(Some(index));
            }
        }
        // The address that a page has comes before those that others had.
        let own = |page: &Page| page.addresses.iter().take(1).cloned().collect::<Vec<_>>();
        let earlier = |page: &Page| page.addresses.iter().skip(1).cloned().collect::<Vec<_>>();
        for addresses in [&own as &dyn Fn(&Page) -> Vec<String>, &earlier] {
            for (index, page) in site.pages.iter().enumerate() {
                for address in addresses(page).iter().filter(|address| !address.is_empty()) {
                    let key = plan.key(address, site);
                    plan.addresses.entry(key).or_insert(index);
                }
            }
        }
        plan
    }

    /// Brings an address from the root of the old site into the form in which all are found.
    pub fn key(&self, address: &str, site: &OldSite) -> String {
        let (path, _) = crate::path::split_tail(address);
        let path = site
            .base_url
            .as_deref()
            .and_then(|url| path.strip_prefix(url))
            .unwrap_or(path);
        let path = percent_encoding::percent_decode_str(path)
            .decode_utf8_lossy()
            .to_lowercase();
        let path = path.trim_matches('/');
        let path = path
            .strip_prefix(self.base_path.as_str())
            .unwrap_or(path)
            .trim_start_matches('/');
        let path = path
            .strip_suffix("index.html")
            .or_else(|| path.strip_suffix(".html"))
            .unwrap_or(path);
        path.trim_end_matches('/').to_owned()
    }

    /// Returns the page of an old address.
    pub fn at_address(&self, address: &str, site: &OldSite) -> Option<usize> {
        self.addresses.get(&self.key(address, site)).copied()
    }

    /// Returns the page of an old file.
    pub fn of_file(&self, file: &str) -> Option<usize> {
        self.files.get(file).copied()
    }

    /// Returns the page whose file alone has a name.
    pub fn of_name(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied().flatten()
    }

    /// Returns the address that a page has here.
    pub fn new_address(&self, index: usize) -> String {
        let path = self.paths[index].as_str();
        let path = path.strip_prefix("content/").unwrap_or(path);
        let path = path.strip_suffix(".md").unwrap_or(path);
        let path = path
            .strip_suffix("_index")
            .or_else(|| path.strip_suffix("/index"))
            .unwrap_or(path);
        format!("/{}/", path.trim_end_matches('/'))
    }
}

/// Returns the folder that a page stands in, and those above it.
fn folders_of(page: &Page) -> Vec<String> {
    let mut folder = FOLDER.to_owned();
    let below = page.folder.iter().map(|name| {
        folder = format!("{folder}/{name}");
        folder.clone()
    });
    below.collect()
}

/// Returns a path that no other page has.
fn free_path(page: &Page, folders: &BTreeSet<String>, taken: &mut BTreeSet<String>) -> SourcePath {
    let folder = page
        .folder
        .iter()
        .fold(FOLDER.to_owned(), |path, name| format!("{path}/{name}"));
    let own = format!("{folder}/{}", page.slug);
    // `guide.md` beside the folder `guide/` is the page of that folder.
    if page.shape != Shape::Index && folders.contains(&own) && taken.insert(own.clone()) {
        return SourcePath::outside(&format!("{own}/_index.md"));
    }
    for number in 1_usize.. {
        let slug = if number == 1 {
            page.slug.clone()
        } else {
            format!("{}-{number}", page.slug)
        };
        let path = match page.shape {
            Shape::Index if number == 1 => format!("{folder}/_index.md"),
            Shape::Bundle => format!("{folder}/{slug}/index.md"),
            Shape::Index | Shape::File => format!("{folder}/{slug}.md"),
        };
        // `a.md`, `a/index.md` and `a/_index.md` have one address.
        let address = path
            .trim_end_matches(".md")
            .trim_end_matches("/_index")
            .trim_end_matches("/index")
            .to_owned();
        if taken.insert(address) {
            return SourcePath::outside(&path);
        }
    }
    SourcePath::outside(&folder)
}
