//! What belongs into `<head>` and is no theme's business: description, canonical link, OpenGraph, icons,
//! feeds, JSON-LD.

use std::fmt::Write;

use super::view::{Crumb, FaqView, Html, Image};
use super::{Page, Plan, Subject, escape};
use crate::kind::Kind;

impl Plan {
    /// The head of a page, ready to be printed.
    pub(super) fn head(&self, page: &Page, breadcrumbs: &[Crumb], faqs: &[FaqView], image: Option<&Image>) -> Html {
        let mut head = String::new();
        let mut meta = |attribute: &str, name: &str, content: &str| {
            if !content.is_empty() {
                // Writing to a String cannot fail.
                let _ = writeln!(head, "<meta {attribute}=\"{name}\" content=\"{}\">", escape(content));
            }
        };
        let site = &self.site.config.site;
        let permalink = self.permalink(&page.url);
        meta("name", "description", &page.description);
        if !self.is_listed(page) {
            meta("name", "robots", "noindex");
        }
        meta("property", "og:type", if page.kind == Kind::Article { "article" } else { "website" });
        meta("property", "og:title", &page.title);
        meta("property", "og:description", &page.description);
        meta("property", "og:url", &permalink);
        meta("property", "og:site_name", &site.title);
        meta("property", "og:locale", &self.locale().with_territory().unwrap_or_default());
        let shared = self.shared_image(page, image);
        if let Some(Image { src, srcset: _, width, height, alt }) = &shared {
            let pixels = |side: &Option<u32>| side.map(|side| side.to_string()).unwrap_or_default();
            meta("property", "og:image", src);
            meta("property", "og:image:width", &pixels(width));
            meta("property", "og:image:height", &pixels(height));
            meta("property", "og:image:alt", alt);
        }
        meta("name", "twitter:card", if shared.is_some() { "summary_large_image" } else { "summary" });
        if page.kind != Kind::NotFound {
            let _ = writeln!(head, "<link rel=\"canonical\" href=\"{}\">", escape(&permalink));
        }
        head.push_str(self.icon_links());
        self.feed_links(page, &mut head);
        if let Some(url) = self.json_url(page) {
            let _ = writeln!(head, "<link rel=\"alternate\" type=\"application/json\" href=\"{}\">", escape(&self.href(&url)));
        }
        for object in self.json_ld(page, breadcrumbs, faqs) {
            head.push_str(&super::jsonld::script(&object));
            head.push('\n');
        }
        Html::Ready(head)
    }

    fn feed_links(&self, page: &Page, head: &mut String) {
        let section = match &page.subject {
            Subject::Section(path) => Some(path),
            _ => None,
        };
        let own = section.and_then(|path| self.feed_url(Some(path))).map(|url| (url, &page.title));
        let whole = self.feed_url(None).map(|url| (url, &self.site.config.site.title));
        for (url, title) in own.into_iter().chain(whole) {
            let _ = writeln!(head, "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{}\" href=\"{}\">", escape(title), escape(&self.href(&url)));
        }
    }
}
