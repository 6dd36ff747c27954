//! Generated files that are no pages: which there are, and those that have no file of their own here: robots.txt, Atom feeds
//! and redirect pages.

use std::fmt::Write;

use super::outputs::root_file;
use super::picture::MANIFEST;
use super::{Page, Plan, Subject, escape};
use crate::data::Id;
use crate::kind::Kind;
use crate::path::{SourcePath, UrlPath, relative};

/// A file that is made of the plan alone.
#[derive(Clone, Debug)]
pub enum File {
    /// The sitemap, or one part of it, from 1.
    Sitemap(Option<usize>),
    Robots,
    /// The feed of a section, or of all articles of the site.
    Feed(Option<SourcePath>),
    /// What home screens are told.
    Manifest,
    /// Sends readers on. `to` is a whole URL.
    Redirect {
        from: UrlPath,
        to: String,
        title: String,
    },
    /// Everything about a role, for programs.
    RoleJson(Id),
    /// What a page lists, by its index.
    IndexJson(usize),
    /// The site for language models.
    Llms,
    /// For hosts that read them.
    Headers,
    Redirects,
}

impl Plan {
    /// Every generated file with its address.
    pub(super) fn files(&self) -> Vec<(UrlPath, File)> {
        let mut files = self.sitemaps();
        files.extend(root_file("robots.txt").map(|url| (url, File::Robots)));
        files.extend(root_file(MANIFEST).filter(|_| self.draws_icons()).map(|url| (url, File::Manifest)));
        files.extend(self.feed_url(None).map(|url| (url, File::Feed(None))));
        for page in self.pages.iter().filter(|page| page.kind == Kind::Section && page.number == 1) {
            if let Subject::Section(path) = &page.subject {
                files.extend(self.feed_url(Some(path)).map(|url| (url, File::Feed(Some(path.clone())))));
            }
        }
        files.extend(self.machine_files());
        files.extend(self.host_files());
        files
    }

    /// The bytes of a generated file.
    pub fn file(&self, file: &File) -> String {
        match file {
            File::Sitemap(part) => self.sitemap(*part),
            File::Robots => format!("User-agent: *\nAllow: /\n\nSitemap: {}{}sitemap.xml\n", self.site.config.origin, self.site.config.base_path),
            File::Manifest => self.manifest(),
            File::Feed(section) => self.feed(section.as_ref()),
            File::Redirect { from, to, title } => self.redirect(from, to, title),
            File::RoleJson(id) => self.role_json(id),
            File::IndexJson(index) => self.index_json(&self.pages[*index]),
            File::Llms => self.llms(),
            File::Headers => self.headers(),
            File::Redirects => self.redirects(),
        }
    }

    /// The address of a feed; none when it would be empty.
    pub(super) fn feed_url(&self, section: Option<&SourcePath>) -> Option<UrlPath> {
        self.feed_pages(section).next()?;
        match section {
            None => root_file("feed.xml"),
            Some(path) => UrlPath::new(&format!("{}feed.xml", super::address::folder_of(&self.page_about(Kind::Section, path.as_str())?.url))).ok(),
        }
    }

    /// Dated articles, newest first, as many as a feed holds.
    fn feed_pages<'a>(&'a self, section: Option<&'a SourcePath>) -> impl Iterator<Item = &'a Page> {
        let dated = section.map_or(Some(&self.groups.dated), |section| self.groups.dated_of_section.get(section));
        self.pages_at(dated).take(self.site.config.site.feeds.limit as usize)
    }

    fn feed(&self, section: Option<&SourcePath>) -> String {
        let site = &self.site.config.site;
        let home = section.and_then(|path| self.page_about(Kind::Section, path.as_str())).or_else(|| self.page_about(Kind::Home, ""));
        let title = section.and(home).map_or_else(|| site.title.clone(), |page| self.title_of_site(&page.title));
        let home = home.map(|page| self.permalink(&page.url)).unwrap_or_default();
        let own = self.feed_url(section).map(|url| self.permalink(&url)).unwrap_or_default();
        let pages: Vec<&Page> = self.feed_pages(section).collect();
        let newest = pages.iter().filter_map(|page| self.updated(page)).max().unwrap_or(self.site.build_date);
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        let language = escape(&site.language.value);
        // Writing to a String cannot fail.
        let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">");
        let _ = writeln!(xml, "<title>{}</title>\n<id>{}</id>", escape(&title), escape(&own));
        let _ = writeln!(xml, "<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>", escape(&own), escape(&home));
        let _ =
            writeln!(xml, "<updated>{newest}T00:00:00Z</updated>\n<author><name>{}</name></author>", escape(site.publisher.as_ref().unwrap_or(&site.title)));
        pages.iter().for_each(|page| self.feed_entry(page, &mut xml));
        xml.push_str("</feed>\n");
        xml
    }

    fn feed_entry(&self, page: &Page, xml: &mut String) {
        let url = escape(&self.permalink(&page.url));
        let published = self.prose(page).and_then(|article| article.front.date.as_ref()).map(|date| date.value);
        let _ = writeln!(xml, "<entry>\n<title>{}</title>\n<id>{url}</id>\n<link href=\"{url}\"/>", escape(&page.title));
        let _ = published.map(|date| writeln!(xml, "<published>{date}T00:00:00Z</published>"));
        let updated = self.updated(page).or(published).unwrap_or(self.site.build_date);
        let _ = writeln!(xml, "<updated>{updated}T00:00:00Z</updated>");
        for author in self.authors(page) {
            let _ = writeln!(xml, "<author><name>{}</name></author>", escape(&author.name));
        }
        for tag in self.tags_of(page) {
            let _ = writeln!(xml, "<category term=\"{}\"/>", escape(&tag.title));
        }
        let _ = writeln!(xml, "<summary>{}</summary>\n</entry>", escape(&page.description));
    }

    fn redirect(&self, from: &UrlPath, to: &str, title: &str) -> String {
        let base = &self.site.config.base_path;
        let own = to.strip_prefix(self.site.config.origin.as_str()).filter(|path| path.starts_with('/'));
        let link = own.and_then(|path| relative(path, base, &self.href(from))).unwrap_or_else(|| to.to_owned());
        let (to, link, title, language) = (escape(to), escape(&link), escape(title), escape(&self.site.config.site.language.value));
        let direction = self.locale().direction();
        let moved = escape(self.strings().get("moved"));
        format!(
            "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{to}\">\n\
             <meta http-equiv=\"refresh\" content=\"0; url={link}\">\n</head>\n<body>\n<main>\n<h1>{moved}</h1>\n<p><a href=\"{link}\">{title}</a></p>\n</main>\n</body>\n</html>\n"
        )
    }
}
