//! What belongs into `<head>` and is no theme's business: description, canonical link, OpenGraph, feeds, JSON-LD.

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
        meta("property", "og:locale", &site.language.value.replace('-', "_"));
        let (url, alt) = self.shared_image(image);
        meta("property", "og:image", &url);
        meta("property", "og:image:alt", &alt);
        meta("name", "twitter:card", "summary_large_image");
        if page.kind != Kind::NotFound {
            let _ = writeln!(head, "<link rel=\"canonical\" href=\"{}\">", escape(&permalink));
        }
        self.feed_links(page, &mut head);
        for object in self.json_ld(page, breadcrumbs, faqs) {
            head.push_str(&super::jsonld::script(&object));
            head.push('\n');
        }
        Html::Ready(head)
    }

    /// The picture for shared links: the page's, the site's, or the theme's; and what it shows.
    fn shared_image(&self, own: Option<&Image>) -> (String, String) {
        let site = &self.site.config.site;
        let urls = &self.site.theme.assets.urls;
        let whole = |path: &str| format!("{}{path}", self.site.config.origin);
        // What feeds and networks take for a picture is a raster image.
        if let Some(own) = own.filter(|image| !image.src.ends_with(".svg")) {
            return (whole(&own.src), own.alt.clone());
        }
        let shared = site.image.as_ref().and_then(|image| urls.get(&image.value)).or_else(|| urls.get("share.png"));
        (shared.map(|path| whole(path)).unwrap_or_default(), site.title.clone())
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
