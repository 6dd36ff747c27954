//! What an address in an old article leads to here.

use percent_encoding::percent_decode_str;

use super::anchors::Anchors;
use super::assets::{Assets, is_for_readers};
use super::body::{LOOKED_UP, UNKNOWN};
use super::links::{Kind, Leads};
use super::old_site::{Files, OldSite};
use super::plan::Plan;
use crate::path::{encode, slugify, split_tail};

/// All that is known of the old site and of where its articles are now.
pub struct Resolver<'r> {
    pub site: &'r OldSite,
    pub files: &'r Files<'r>,
    pub plan: &'r Plan,
    /// The places in each page.
    pub anchors: &'r [Anchors],
}

/// What an address leads to.
enum Target {
    Page(usize),
    File(String),
    /// A page that Rungs makes: its file.
    Made(String),
}

impl Resolver<'_> {
    /// Returns what becomes of an address in a page.
    pub fn leads(&self, address: &str, kind: Kind, page: usize, assets: &mut Assets) -> Leads {
        let address = address.trim();
        if let Some(anchor) = address.strip_prefix('#') {
            return self.own_place(anchor, page);
        }
        if address.is_empty() || address.starts_with(UNKNOWN) {
            return Leads::Nowhere;
        }
        if let Some(name) = address.strip_prefix(LOOKED_UP) {
            let name = decoded(name);
            let (path, tail) = split_tail(&name);
            let found = self.looked_up(path, page).map(Target::Page);
            return self.to(found, tail, page, assets);
        }
        let own = self
            .site
            .base_url
            .as_deref()
            .and_then(|url| address.strip_prefix(url));
        let own = own.filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
        if own.is_none()
            && let Some(leads) = elsewhere(address)
        {
            return leads;
        }
        let (path, tail) = split_tail(own.unwrap_or(address));
        let path = decoded(path);
        let found = match (
            path.strip_prefix("@/"),
            path.starts_with('/') || own.is_some(),
        ) {
            (Some(path), _) => self
                .plan
                .of_file(&join(&self.site.content, path))
                .map(Target::Page),
            (None, true) => self.at_root(&path),
            (None, false) => self.relative(&path, page),
        };
        let is_right = |target: &Target| kind == Kind::Link || matches!(target, Target::File(_));
        self.to(found.filter(is_right), tail, page, assets)
    }

    /// Returns where a picture of the front matter stands, beside the page.
    pub fn picture(&self, address: &str, page: usize, assets: &mut Assets) -> Option<String> {
        match self.leads(address, Kind::Picture, page, assets) {
            Leads::To(name) => Some(decoded(&name)),
            Leads::AsWritten | Leads::Nowhere => None,
        }
    }

    fn own_place(&self, anchor: &str, page: usize) -> Leads {
        match self.anchors[page].id(&decoded(anchor)) {
            Some(id) if id == anchor => Leads::AsWritten,
            Some(id) => Leads::To(format!("#{id}")),
            None => Leads::Nowhere,
        }
    }

    /// Writes the way from a page to a target.
    fn to(&self, target: Option<Target>, tail: &str, page: usize, assets: &mut Assets) -> Leads {
        let from = self.plan.paths[page].folder();
        match target {
            None => Leads::Nowhere,
            Some(Target::File(file)) => Leads::To(encode(&assets.add(&file, from)).into_owned()),
            Some(Target::Made(file)) => Leads::To(encode(&way(from, &file)).into_owned()),
            Some(Target::Page(other)) => {
                let anchor = tail.split_once('#').map(|(_, anchor)| decoded(anchor));
                let anchor = anchor
                    .and_then(|anchor| self.anchors[other].id(&anchor).map(|id| format!("#{id}")));
                let path = encode(&way(from, self.plan.paths[other].as_str())).into_owned();
                Leads::To(path + &anchor.unwrap_or_default())
            }
        }
    }

    /// Finds what an address from the root of the site leads to.
    fn at_root(&self, path: &str) -> Option<Target> {
        if let Some(page) = self.plan.at_address(path, self.site) {
            return Some(Target::Page(page));
        }
        let key = path.trim_start_matches('/');
        let base = self
            .site
            .base_url
            .as_deref()
            .and_then(|url| url.splitn(4, '/').nth(3))
            .unwrap_or_default();
        let without_base = key
            .strip_prefix(base)
            .map(|path| path.trim_start_matches('/'));
        for key in [Some(key), without_base].into_iter().flatten() {
            if key.is_empty() {
                return Some(Target::Made("content/_index.md".to_owned()));
            }
            let folders = self.site.statics.iter().map(|folder| join(folder, key));
            let mut all = folders.chain([join(&self.site.content, key)]);
            if let Some(file) = all.find_map(|file| self.file(&file)) {
                return Some(file);
            }
            if let Some(made) = self.tag(key) {
                return Some(made);
            }
        }
        None
    }

    fn file(&self, file: &str) -> Option<Target> {
        if let Some(page) = self.plan.of_file(file) {
            return Some(Target::Page(page));
        }
        (self.files.has(file) && is_for_readers(file)).then(|| Target::File(file.to_owned()))
    }

    /// Finds the list of a tag that an article has.
    fn tag(&self, key: &str) -> Option<Target> {
        let mut parts = key.trim_end_matches('/').split('/');
        let is_tags = matches!(parts.next()?, "tags" | "tag" | "categories" | "category");
        let name = slugify(parts.next().filter(|_| is_tags)?);
        let pages = self.site.pages.iter().filter(|page| !page.front.is_draft);
        let mut tags = pages.flat_map(|page| &page.front.tags);
        (parts.next().is_none() && tags.any(|tag| slugify(tag) == name))
            .then(|| Target::Made(format!("content/tags/{name}.md")))
    }

    /// Finds what an address leads to that is counted from the file of a page, or from its address.
    fn relative(&self, path: &str, page: usize) -> Option<Target> {
        let page = &self.site.pages[page];
        if page.row.is_none()
            && let Some(file) = normal(&join(page.file_folder(), path))
        {
            let names = ["", ".md", ".mdx", "/index.md", "/_index.md"];
            let found = names
                .iter()
                .find_map(|ending| self.file(&format!("{}{ending}", file.trim_end_matches('/'))));
            if found.is_some() {
                return found;
            }
        }
        let own = page.addresses.first()?;
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.at_root(&format!("/{}", normal(&join(folder, path))?))
    }

    /// Finds the page that a tag looks up.
    fn looked_up(&self, name: &str, page: usize) -> Option<usize> {
        if let Some(path) = name.strip_prefix("link:") {
            return self.plan.of_file(path.trim_start_matches('/'));
        }
        if let Some(post) = name.strip_prefix("post_url:") {
            let stem = post.rsplit('/').next().unwrap_or(post);
            return self.plan.of_name(stem);
        }
        let folder = if name.starts_with('/') {
            self.site.content.as_str()
        } else {
            self.site.pages[page].file_folder()
        };
        let content = self.site.content.as_str();
        for folder in [folder, content] {
            let Some(path) = normal(&join(folder, name)) else {
                continue;
            };
            let endings = ["", ".md", "/index.md", "/_index.md"];
            if let Some(page) = endings
                .iter()
                .find_map(|ending| self.plan.of_file(&format!("{path}{ending}")))
            {
                return Some(page);
            }
        }
        self.plan
            .of_name(name)
            .or_else(|| self.plan.at_address(name, self.site))
    }
}

/// Returns what becomes of an address on another host; `None` for one of the site itself.
fn elsewhere(address: &str) -> Option<Leads> {
    if let Some(rest) = address.strip_prefix("//") {
        return Some(Leads::To(format!("https://{rest}")));
    }
    let scheme = address
        .split([':', '/', '?', '#'])
        .next()
        .filter(|scheme| address[scheme.len()..].starts_with(':'))?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    if !is_scheme {
        return None;
    }
    Some(if crate::data::is_safe_url(address) {
        Leads::AsWritten
    } else {
        Leads::Nowhere
    })
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn join(folder: &str, path: &str) -> String {
    let path = path.trim_start_matches('/');
    if folder.is_empty() {
        path.to_owned()
    } else {
        format!("{folder}/{path}")
    }
}

/// Resolves `.` and `..`; `None` for a path that leaves the site.
fn normal(path: &str) -> Option<String> {
    let mut parts = vec![];
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns the way from a folder to a file.
fn way(from: &str, to: &str) -> String {
    let from: Vec<_> = from.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<_> = to.split('/').collect();
    let shared = from
        .iter()
        .zip(&to[..to.len() - 1])
        .take_while(|(one, other)| one == other)
        .count();
    let up = "../".repeat(from.len() - shared);
    up + &to[shared..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_lead_from_folder_to_file() {
        assert_eq!(way("content/articles", "content/articles/a.md"), "a.md");
        assert_eq!(
            way("content/articles/b", "content/_index.md"),
            "../../_index.md"
        );
        assert_eq!(
            way("content/articles/b", "content/articles/c/d.md"),
            "../c/d.md"
        );
        assert_eq!(normal("a/../../b"), None);
    }
}
