//! The key of a page: a planned page comes in; the digest of all that its bytes and its facts are a
//! function of goes out. Nothing else decides whether a page is rendered again.

use serde::Serialize;

use super::Renderer;
use crate::config::Minify;
use crate::content::CallUse;
use crate::data::Id;
use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::layout::Page;
use crate::layout::links;
use crate::layout::links::Target;
use crate::layout::page;
use crate::path::SourcePath;
use crate::view::image;
use crate::view::page::View;
use crate::view::texts;
use crate::view::texts::Texts;
use crate::view::{faq, role};

/// Where the links of a page's article lead, by how they are written, in that order; what leads
/// nowhere is left out. Both the key and the body need it.
#[derive(Default)]
pub struct Targets<'p>(Vec<(&'p str, Target)>);

impl Targets<'_> {
    pub(super) fn get(&self, link: &str) -> Option<&Target> {
        self.0
            .binary_search_by_key(&link, |(written, _)| written)
            .ok()
            .map(|at| &self.0[at].1)
    }
}

/// Everything that a page is a function of, each part by its digest. A new part does not compile
/// until it is hashed: [`Key::digest`] takes the struct apart.
struct Key {
    /// The template, what it reaches, and the words of the language.
    template: Digest,
    /// What the template sees of this page alone, its body deferred.
    view: Digest,
    /// What the template sees of the site.
    site: Digest,
    nav: Digest,
    body: Option<Digest>,
    /// How Markdown is read, and where the links lead in texts that the template may read as
    /// Markdown.
    options: Digest,
    site_texts: Digest,
    page_texts: Texts,
    minify: Minify,
    /// The day of the build, if the page can show it.
    build_date: Option<String>,
}

/// What the HTML of a body is a function of.
#[derive(Serialize)]
struct BodyKey<'a> {
    source: Digest,
    /// Where each link leads, and the sizes of a picture; `None` leads nowhere.
    links: Vec<(&'a str, Option<Leads<'a>>)>,
    calls: Vec<(&'a CallUse, CallKey)>,
}

#[derive(Serialize)]
struct Leads<'a> {
    href: &'a str,
    size: Option<(u32, u32)>,
    srcset: String,
    /// What is said of it.
    note: Option<&'a Diagnostic>,
}

/// What the HTML of a shortcode is a function of besides its arguments and the page that it stands
/// on.
#[derive(Serialize)]
struct CallKey {
    template: Digest,
    role: Option<Digest>,
    /// What is said of a role that is not published.
    note: Option<Diagnostic>,
    questions: Option<Digest>,
    src: Option<Digest>,
}

impl Key {
    fn digest(&self) -> Digest {
        let Self {
            template,
            view,
            site,
            nav,
            body,
            options,
            site_texts,
            page_texts,
            minify,
            build_date,
        } = self;
        let texts = (site_texts, page_texts);
        Digest::of_value(&(
            template, view, site, nav, body, options, texts, build_date, minify,
        ))
    }
}

impl<'p> Renderer<'p> {
    /// Resolves the links of a page's article.
    pub fn targets(&self, page: &Page) -> Targets<'p> {
        let Some(article) = page::prose(self.cx.site, page) else {
            return Targets::default();
        };
        Targets(
            article
                .facts
                .page
                .links()
                .filter_map(|link| {
                    Some((
                        link,
                        links::resolve(self.cx.site, self.cx.layout, &article.path, link, None)
                            .ok()?,
                    ))
                })
                .collect(),
        )
    }

    /// Returns the key of a page, of its View and of its targets, which rendering needs as well.
    /// Returns `None` when its template does not exist.
    pub fn key(&self, page: &Page, view: &View, targets: &Targets<'_>) -> Option<Digest> {
        let cx = &self.cx;
        let template = page::template(cx.site, page).ok()?;
        let calls = page::prose(cx.site, page)
            .map(|article| article.facts.page.calls())
            .unwrap_or_default();
        let shortcodes = calls
            .iter()
            .filter_map(|call| cx.site.theme.shortcodes.get(&call.name));
        let mut templates =
            std::iter::once(&template).chain(shortcodes.map(|shortcode| &shortcode.template));
        let key = Key {
            view: view.digest(),
            site: self.common.site_digest,
            nav: self.site_on(page).nav_digest,
            body: page
                .prose
                .as_ref()
                .and_then(|path| self.body_key(page, path, targets, &calls)),
            options: self.common.options_digest,
            site_texts: self.common.texts_digest,
            page_texts: texts::of_page(cx.site, cx.layout, page),
            build_date: templates
                .any(|template| self.common.dated.contains(template))
                .then(|| cx.site.build_date.to_string()),
            template: cx.site.theme.closure(&template),
            minify: cx.site.config.site.minify,
        };
        Some(key.digest())
    }

    fn body_key(
        &self,
        page: &Page,
        path: &SourcePath,
        targets: &Targets<'_>,
        calls: &[CallUse],
    ) -> Option<Digest> {
        let article = self.cx.site.article(path)?;
        let key = BodyKey {
            source: article.digest,
            links: article
                .facts
                .page
                .links()
                .map(|link| (link, targets.get(link).map(|target| self.leads(target))))
                .collect(),
            calls: calls
                .iter()
                .map(|call| (call, self.call_key(page, path, call)))
                .collect(),
        };
        Some(Digest::of_value(&key))
    }

    fn leads<'a>(&self, target: &'a Target) -> Leads<'a> {
        let size = target
            .source
            .as_ref()
            .and_then(|path| self.cx.site.image_sizes.get(path))
            .copied();
        let srcset = target
            .source
            .as_ref()
            .filter(|_| size.is_some())
            .map(|path| image::srcset(self.cx.site, self.cx.layout, path))
            .unwrap_or_default();
        Leads {
            href: &target.href,
            size,
            srcset,
            note: target.note.as_ref(),
        }
    }

    fn call_key(&self, page: &Page, path: &SourcePath, call: &CallUse) -> CallKey {
        let theme = &self.cx.site.theme;
        let role = call
            .role
            .as_deref()
            .map_or_else(|| page.subject.role().cloned(), Id::new);
        CallKey {
            template: theme
                .shortcodes
                .get(&call.name)
                .map(|shortcode| theme.closure(&shortcode.template))
                .unwrap_or_default(),
            role: role.as_ref().and_then(|id| role::digest(&self.cx, id)),
            note: role
                .as_ref()
                .and_then(|id| links::note_on_role(self.cx.site, id)),
            questions: role
                .as_ref()
                .filter(|_| call.names_row)
                .and_then(|id| faq::digest(&self.cx, id)),
            src: call
                .src
                .as_deref()
                .and_then(|src| links::resolve(self.cx.site, self.cx.layout, path, src, None).ok())
                .map(|target| Digest::of_value(&self.leads(&target))),
        }
    }
}
