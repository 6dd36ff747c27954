//! The sitemap: every page that search engines may list, in files of at most 50,000 addresses, which is as many as one holds.

use std::fmt::Write;

use jiff::civil::Date;

use super::outputs::root_file;
use super::{File, Page, Plan, Subject, escape};
use crate::kind::Kind;
use crate::path::UrlPath;
use crate::role::Role;

/// How many addresses a file of a sitemap may hold.
const MOST: usize = 50_000;

impl Plan {
    /// One file, or one for each part and one that names them.
    pub(super) fn sitemaps(&self) -> Vec<(UrlPath, File)> {
        let parts = parts(self.pages.iter().filter(|page| self.is_listed(page)).count());
        let files = (1..=parts).filter(|_| parts > 1).filter_map(|number| Some((root_file(&part_name(number))?, File::Sitemap(Some(number)))));
        root_file("sitemap.xml").map(|url| (url, File::Sitemap(None))).into_iter().chain(files).collect()
    }

    /// A part, or the file that everybody asks for.
    pub(super) fn sitemap(&self, part: Option<usize>) -> String {
        let mut pages: Vec<&Page> = self.pages.iter().filter(|page| self.is_listed(page)).collect();
        pages.sort_by(|a, b| a.url.cmp(&b.url));
        let newest = pages.iter().filter_map(|page| self.updated(page)).max();
        match (part, parts(pages.len())) {
            (None, parts @ 2..) => self.sitemap_index(parts),
            (None, _) => self.sitemap_of(&pages, newest),
            (Some(part), _) => self.sitemap_of(pages.chunks(MOST).nth(part.saturating_sub(1)).unwrap_or_default(), newest),
        }
    }

    fn sitemap_of(&self, pages: &[&Page], newest: Option<Date>) -> String {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        for page in pages {
            let updated = self.last_modified(page, newest).map(|date| format!("<lastmod>{date}</lastmod>")).unwrap_or_default();
            // Writing to a String cannot fail.
            let _ = writeln!(xml, "<url><loc>{}</loc>{updated}</url>", escape(&self.permalink(&page.url)));
        }
        xml.push_str("</urlset>\n");
        xml
    }

    /// The day that an author said, of the page or else of the newest that it lists: none when nobody said one.
    /// `newest` is that of the whole site.
    fn last_modified(&self, page: &Page, newest: Option<Date>) -> Option<Date> {
        self.updated(page).or_else(|| match &page.subject {
            Subject::Position(role, id) => self.site.role(role)?.position(id).map(|position| position.posted),
            Subject::Category(id) => newest_role(self.site.all_roles().filter(|role| role.category == *id)),
            Subject::Skill(id) => newest_role(self.roles_of_skill.get(id)?.iter().filter_map(|role| self.site.role(role))),
            Subject::Tag(slug) => self.newest_page(self.groups.tagged.get(slug)),
            Subject::Section(path) => self.newest_page(self.groups.articles_of_section.get(path)),
            Subject::Levels(role, ..) => newest_role(self.site.role(role).into_iter()),
            Subject::Roles(one, other) => newest_role([one, other].into_iter().filter_map(|id| self.site.role(id))),
            Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => newest_role(self.roles_of_framework(id)),
            Subject::Site => newest,
            Subject::Role(_) | Subject::Article(..) => None,
        })
    }

    fn newest_page(&self, indexes: Option<&Vec<usize>>) -> Option<Date> {
        self.pages_at(indexes).filter_map(|page| self.updated(page)).max()
    }

    fn sitemap_index(&self, parts: usize) -> String {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        for url in (1..=parts).filter_map(|number| root_file(&part_name(number))) {
            let _ = writeln!(xml, "<sitemap><loc>{}</loc></sitemap>", escape(&self.permalink(&url)));
        }
        xml.push_str("</sitemapindex>\n");
        xml
    }

    /// Whether search engines are asked to list the page.
    pub(super) fn is_listed(&self, page: &Page) -> bool {
        let mut roles = page.subject.roles().filter_map(|id| self.site.roles.get(id));
        let hidden = self.prose(page).is_some_and(|article| article.front.noindex) || roles.any(|role| role.publication.noindex);
        page.kind != Kind::NotFound && !hidden
    }
}

fn newest_role<'a>(roles: impl Iterator<Item = &'a Role>) -> Option<Date> {
    roles.filter_map(|role| role.publication.updated).max()
}

/// How many files so many addresses need.
fn parts(addresses: usize) -> usize {
    addresses.div_ceil(MOST).max(1)
}

fn part_name(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::build::plan_only;
    use crate::inputs::Inputs;
    use crate::memo::Forgetful;
    use crate::path::SourcePath;
    use crate::site::Options;

    #[test]
    fn too_many_addresses_need_several_files_and_one_that_names_them() {
        assert_eq!([0, 1, MOST, MOST + 1, 3 * MOST].map(parts), [1, 1, 1, 2, 3]);
        let file = (SourcePath::known("site.toml"), b"title = \"Test\"\nbase_url = \"https://example.com/a/\"\n".as_slice().into());
        let options = Options { base_url: None, drafts: false, future: false, build_date: jiff::civil::date(2026, 11, 22) };
        let plan = plan_only(&Inputs::in_memory(BTreeMap::from([file])), &options, &Forgetful).unwrap();
        assert_eq!(plan.sitemap(None), plan.sitemap(Some(1)), "a part is like a sitemap of its own");
        assert!(plan.sitemap(None).contains("<url><loc>https://example.com/a/</loc></url>") && !plan.sitemap(Some(2)).contains("<url>"));
        let index = plan.sitemap_index(2);
        let lines: Vec<&str> = index.lines().filter(|line| line.starts_with("<sitemap>")).collect();
        assert_eq!(
            lines,
            ["https://example.com/a/sitemap-1.xml", "https://example.com/a/sitemap-2.xml"].map(|url| format!("<sitemap><loc>{url}</loc></sitemap>"))
        );
    }
}
