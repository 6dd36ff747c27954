//! Generated files that are no pages: a site and its pages come in; the files with their addresses
//! go out. Their contents are made in [`crate::files`].

use crate::kind::Kind;
use crate::layout::address::folder_of;
use crate::layout::address::root_file;
use crate::layout::output::File;
use crate::layout::picture::MANIFEST;
use crate::layout::{Layout, Page, Subject, compared, page, picture, role_files};
use crate::path::{SourcePath, UrlPath};
use crate::site::Site;

/// The most addresses in one file of a sitemap.
pub const MOST: usize = 50_000;

/// Returns every generated file with its address.
pub(super) fn files(site: &Site, layout: &Layout) -> Vec<(UrlPath, File)> {
    let mut files = sitemaps(site, layout);
    files.extend(root_file("robots.txt").map(|url| (url, File::Robots)));
    if picture::draws_icons(site) {
        files.extend(root_file(MANIFEST).map(|url| (url, File::Manifest)));
    }
    files.extend(feeds(site, layout));
    files.extend(machine_files(layout));
    files.extend(role_lists(layout));
    files.extend(compared::files(layout));
    files.extend(host_files(site, layout));
    files
}

/// Returns the feed of the site and the feeds of its sections.
fn feeds(site: &Site, layout: &Layout) -> Vec<(UrlPath, File)> {
    let sections = layout
        .pages
        .whole()
        .iter()
        .filter(|page| page.number == 1)
        .filter_map(|page| match &page.subject {
            Subject::Section(path) => Some(Some(path)),
            _ => None,
        });
    std::iter::once(None)
        .chain(sections)
        .filter_map(|section| {
            let url = feed_url(site, layout, section)?;
            Some((url, File::Feed(section.cloned())))
        })
        .collect()
}

/// Returns the address of the feed of a section or of the site, or `None` if the feed would be
/// empty.
pub fn feed_url(site: &Site, layout: &Layout, section: Option<&SourcePath>) -> Option<UrlPath> {
    match section {
        None if layout.groups.dated.is_empty() || site.config.site.feeds.limit == 0 => None,
        None => root_file("feed.xml"),
        Some(path) => {
            feed_pages(site, layout, section).next()?;
            let section = layout.page_about(Kind::Section, path.as_str())?;
            UrlPath::new(&format!("{}feed.xml", folder_of(&section.url))).ok()
        }
    }
}

/// Returns the articles of a feed, newest first.
pub fn feed_pages<'a>(
    site: &'a Site,
    layout: &'a Layout,
    section: Option<&'a SourcePath>,
) -> impl Iterator<Item = &'a Page> {
    let dated = match section {
        Some(section) => layout.groups.dated_of_section.get(section),
        None => Some(layout.groups.dated.whole()),
    };
    let limit = site.config.site.feeds.limit as usize;
    layout.pages_at(dated).take(limit)
}

/// Returns the files for hosts that read them.
fn host_files(site: &Site, layout: &Layout) -> Vec<(UrlPath, File)> {
    let mut files = vec![];
    files.extend(root_file("_headers").map(|url| (url, File::Headers)));
    if has_redirects(site) || layout.rule_for_pairs(site).is_some() {
        files.extend(root_file("_redirects").map(|url| (url, File::Redirects)));
    }
    files
}

fn has_redirects(site: &Site) -> bool {
    let mut articles = site.articles.whole().values();
    let mut roles = site.roles.whole().values();
    !site.config.site.redirects.is_empty()
        || articles.any(|article| !article.front.aliases.is_empty())
        || roles.any(|role| !role.publication.aliases.is_empty())
}

/// Returns the JSON of roles and indexes, and llms.txt.
pub(super) fn machine_files(layout: &Layout) -> Vec<(UrlPath, File)> {
    let json = layout
        .pages
        .whole()
        .iter()
        .enumerate()
        .filter_map(|(index, page)| {
            let file = match &page.subject {
                Subject::Role(id) => File::RoleJson(id.clone()),
                // The list of its index is `search/`'s.
                _ if page.kind == Kind::Search => return None,
                _ => File::IndexJson(index),
            };
            Some((layout.json_url(page)?, file))
        });
    json.chain(root_file("llms.txt").map(|url| (url, File::Llms)))
        .collect()
}

/// Returns the files by which lists of roles in parts are filtered.
pub(super) fn role_lists(layout: &Layout) -> Vec<(UrlPath, File)> {
    let mut all = vec![];
    for (page, lists) in layout.role_files.whole() {
        for (order, files) in &lists.files {
            for number in 1..=files.len() {
                let url = role_files::url(&layout.pages[*page], *order, number);
                let file = File::RoleList {
                    page: *page,
                    order: *order,
                    number,
                };
                all.extend(url.map(|url| (url, file)));
            }
        }
    }
    all
}

/// Returns the sitemap. A large one is a file for each part, and a file that names them.
pub(super) fn sitemaps(site: &Site, layout: &Layout) -> Vec<(UrlPath, File)> {
    let mut files = vec![];
    files.extend(root_file("sitemap.xml").map(|url| (url, File::Sitemap(None))));
    let pages = layout.pages.whole().iter();
    let parts = parts(pages.filter(|page| page::is_listed(site, page)).count());
    if parts > 1 {
        let part = |number| {
            let url = root_file(&part_name(number))?;
            Some((url, File::Sitemap(Some(number))))
        };
        files.extend((1..=parts).filter_map(part));
    }
    files
}

/// Returns how many files a sitemap needs for so many addresses.
pub fn parts(addresses: usize) -> usize {
    addresses.div_ceil(MOST).max(1)
}

/// Returns the name of a part of the sitemap, from 1.
pub fn part_name(number: usize) -> String {
    format!("sitemap-{number}.xml")
}
