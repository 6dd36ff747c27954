//! The sitemap: the pages of a site come in, XML with those that search engines may list goes out,
//! in files of at most 50,000 addresses.

use std::fmt::Write;

use jiff::civil::Date;

use crate::config::Config;
use crate::escape::escape;
use crate::layout::address::root_file;
use crate::layout::files::{MOST, part_name, parts};
use crate::layout::{Layout, Page, Subject, groups, page};
use crate::role::{ListedRole, Role};
use crate::site::Site;

/// Returns a part of the sitemap, or the file sitemap.xml itself.
pub(super) fn sitemap(site: &Site, layout: &Layout, part: Option<usize>) -> String {
    let mut pages: Vec<&Page> = layout
        .pages
        .whole()
        .iter()
        .filter(|page| page::is_listed(site, page))
        .collect();
    pages.sort_by(|a, b| a.url.cmp(&b.url));
    let dates = pages.iter().filter_map(|page| page::updated(site, page));
    let newest = dates.max();
    match (part, parts(pages.len())) {
        (None, parts @ 2..) => sitemap_index(&site.config, parts),
        (None, _) => sitemap_of(site, layout, &pages, newest),
        (Some(part), _) => {
            let pages = pages.chunks(MOST).nth(part.saturating_sub(1));
            sitemap_of(site, layout, pages.unwrap_or_default(), newest)
        }
    }
}

/// Returns a sitemap of some pages.
fn sitemap_of(site: &Site, layout: &Layout, pages: &[&Page], newest: Option<Date>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        let updated = last_modified(site, layout, page, newest)
            .map(|date| format!("<lastmod>{date}</lastmod>"))
            .unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(
            xml,
            "<url><loc>{}</loc>{updated}</url>",
            escape(&site.config.permalink(&page.url))
        );
    }
    xml.push_str("</urlset>\n");
    xml
}

/// Returns the day of the last change of a page, or else of the newest thing that it lists.
///
/// `newest` is the newest day of the whole site.
fn last_modified(site: &Site, layout: &Layout, page: &Page, newest: Option<Date>) -> Option<Date> {
    if let Some(date) = page::updated(site, page) {
        return Some(date);
    }
    match &page.subject {
        Subject::Position(role, id) => Some(site.position(role.as_ref(), id)?.posted),
        Subject::Category(id) => {
            let roles = layout.groups.roles_of_category.get(id)?.iter();
            newest_role(roles.filter_map(|role| site.listed(role)))
        }
        Subject::Skill(id) => {
            let roles = layout.skills_in_use.get(id)?.roles.iter();
            newest_role(roles.filter_map(|role| site.listed(role)))
        }
        Subject::Tag(slug) => newest_page(site, layout, layout.groups.tagged.get(slug)),
        Subject::Section(path) => {
            newest_page(site, layout, layout.groups.articles_of_section.get(path))
        }
        Subject::Levels(role, ..) => newest_role(site.listed(role).into_iter()),
        Subject::Roles(one, other) => {
            newest_role([one, other].into_iter().filter_map(|id| site.listed(id)))
        }
        Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => {
            newest_role(groups::roles_of_framework(site, id).map(Role::listed))
        }
        Subject::Site => newest,
        Subject::Role(_) | Subject::Article(..) => None,
    }
}

/// Returns the newest day of some pages.
fn newest_page(site: &Site, layout: &Layout, indexes: Option<&Vec<usize>>) -> Option<Date> {
    layout
        .pages_at(indexes)
        .filter_map(|page| page::updated(site, page))
        .max()
}

/// Returns the file that names the parts of a sitemap.
fn sitemap_index(config: &Config, parts: usize) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for url in (1..=parts).filter_map(|number| root_file(&part_name(number))) {
        let _ = writeln!(
            xml,
            "<sitemap><loc>{}</loc></sitemap>",
            escape(&config.permalink(&url))
        );
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

/// Returns the newest day of some roles.
fn newest_role<'a>(roles: impl Iterator<Item = ListedRole<'a>>) -> Option<Date> {
    roles.filter_map(|role| role.updated).max()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::inputs::Inputs;
    use crate::memo::{Forgetful, Sources};
    use crate::path::SourcePath;
    use crate::pipeline::plan_only;
    use crate::site::Options;

    #[test]
    fn too_many_addresses_need_several_files_and_one_that_names_them() {
        assert_eq!([0, 1, MOST, MOST + 1, 3 * MOST].map(parts), [1, 1, 1, 2, 3]);
        let file = (
            SourcePath::known("site.toml"),
            b"title = \"Test\"\nbase_url = \"https://example.com/a/\"\n"
                .as_slice()
                .into(),
        );
        let options = Options {
            base_url: None,
            drafts: false,
            future: false,
            build_date: jiff::civil::date(2026, 11, 22),
        };
        let sources = Sources {
            inputs: &Inputs::in_memory(BTreeMap::from([file])),
            memo: &Forgetful,
        };
        let plan = plan_only(sources, &options).unwrap();
        assert_eq!(
            sitemap(&plan.site, &plan.layout, None),
            sitemap(&plan.site, &plan.layout, Some(1)),
            "a part is like a sitemap of its own"
        );
        assert!(
            sitemap(&plan.site, &plan.layout, None)
                .contains("<url><loc>https://example.com/a/</loc></url>")
                && !sitemap(&plan.site, &plan.layout, Some(2)).contains("<url>")
        );
        let index = sitemap_index(&plan.site.config, 2);
        let lines: Vec<&str> = index
            .lines()
            .filter(|line| line.starts_with("<sitemap>"))
            .collect();
        assert_eq!(
            lines,
            [
                "https://example.com/a/sitemap-1.xml",
                "https://example.com/a/sitemap-2.xml"
            ]
            .map(|url| format!("<sitemap><loc>{url}</loc></sitemap>"))
        );
    }
}
