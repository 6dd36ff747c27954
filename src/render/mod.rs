//! Rendering: a planned page comes in, its bytes, its ids and links and what is wrong with it go
//! out.

mod body;
mod collapse;
mod elements;
mod headings;
mod key;
mod picture;
mod scan;
mod shortcode;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tera::Value;

use crate::config::Minify;
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::digest::Digest;
use crate::files;
use crate::inputs::Inputs;
use crate::kind::Kind;
use crate::layout::Page;
use crate::layout::output::OutputKind;
use crate::layout::page;
use crate::minify;
use crate::pages::view;
use crate::search;
use crate::theme::TEXTS;
use crate::view::ViewContext;
use crate::view::menu;
use crate::view::page::View;
use crate::view::site;
use crate::view::texts;
use crate::view::texts::Texts;
use crate::view::types::Html;

use headings::Headings;
pub use key::Targets;
pub use picture::{SHARE, SHARE_VARIABLES};
pub use scan::{Links, Scan, WhiteSpace, scan};

/// Renders the pages of one plan.
#[derive(Clone, Copy)]
pub struct Renderer<'p> {
    pub cx: ViewContext<'p>,
    pub inputs: &'p Inputs,
    pub common: &'p Common,
}

/// What all pages of a plan see, made once.
pub struct Common {
    /// `site` without its menu.
    site: Value,
    /// `site` with its menu, by the entries that are marked in it: few menus have many.
    sites: Mutex<BTreeMap<Vec<bool>, MarkedSite>>,
    strings: Value,
    /// Of `site`, but for the day of the build: pages that show it say so.
    site_digest: Digest,
    /// Where the links of the site's own texts lead, and the digest of that.
    texts: Texts,
    texts_value: Value,
    texts_digest: Digest,
    /// Of how Markdown becomes HTML, and of the ids that its headings never have.
    options_digest: Digest,
    /// Ids that a script may bring onto any page: those of the form of the page of search, which
    /// the dialog shows.
    of_dialog: BTreeSet<String>,
    /// Templates whose output can show the day of the build.
    dated: BTreeSet<String>,
    /// The search index, once somebody asked for a file of it by itself.
    index: OnceLock<search::Index>,
}

/// `site` with a menu in which some entries are marked.
#[derive(Clone)]
struct MarkedSite {
    value: Value,
    /// Digest of the menu.
    nav_digest: Digest,
}

/// Stack size of a thread that renders pages, in bytes. Rendering recurses with the nesting of a
/// page; a page that a person wrote needs a hundredth of it.
pub const STACK_SIZE: usize = 16 * 1024 * 1024;

/// How often a page is rendered at most, until its headings have ids of their own.
const MOST_TRIES: usize = 4;

/// A page rendered, before it is known to be the last try.
struct Attempt {
    scan: Scan,
    found: body::Found,
    diagnostics: Diagnostics,
}

/// A page as it will be published, and what became known of it.
pub struct Rendered {
    pub html: String,
    pub facts: Facts,
    pub diagnostics: Diagnostics,
    /// Whether the markup is as it was although it was to be minified.
    pub is_kept: bool,
}

/// What the check of the whole site needs to know of a page.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Ids that a link can point at, sorted.
    pub ids: Vec<String>,
    /// Links to this site, with the place where they were written, if an author wrote them.
    pub links: Vec<Link>,
}

/// A link of a page to this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub href: String,
    pub place: Option<Place>,
}

impl Common {
    pub fn of(cx: &ViewContext<'_>) -> Self {
        let mut view = site::view(cx);
        let site = Value::from_serializable(&view);
        view.build_date.clear();
        let theme = &cx.site.theme;
        let texts = texts::of_site(cx.site, cx.layout);
        let searches = cx
            .layout
            .page_about(Kind::Search, "")
            .and_then(|page| page::template(cx.site, page).ok());
        let of_dialog = searches
            .map(|template| theme.literal_ids(&template))
            .unwrap_or_default();
        Self {
            site,
            sites: Mutex::default(),
            strings: theme.strings.as_value(),
            site_digest: Digest::of_value(&view),
            options_digest: Digest::of_value(&(&*theme.markdown, &of_dialog)),
            of_dialog,
            texts_value: Value::from_serializable(&texts),
            texts_digest: Digest::of_value(&texts),
            texts,
            index: OnceLock::new(),
            dated: theme
                .templates()
                .filter(|template| theme.shows_build_date(template))
                .map(str::to_owned)
                .collect(),
        }
    }
}

impl Common {
    /// The digest of what pages see of it.
    pub fn digest(&self) -> Digest {
        Digest::of_value(&(self.site_digest, self.texts_digest, self.options_digest))
    }
}

impl<'p> Renderer<'p> {
    pub fn new(cx: ViewContext<'p>, inputs: &'p Inputs, common: &'p Common) -> Self {
        Self { cx, inputs, common }
    }

    /// The bytes of an output, whatever it is.
    pub fn bytes(&self, what: &OutputKind) -> Result<Arc<[u8]>, Diagnostic> {
        match what {
            OutputKind::Page(index) => Ok(self.page(*index).html.into_bytes().into()),
            OutputKind::File(file) => Ok(files::file(&self.cx, file).into_bytes().into()),
            OutputKind::Asset(index) => self.cx.site.theme.assets.files[*index].bytes(self.inputs),
            OutputKind::Colocated(source) => self.inputs.bytes(source),
            OutputKind::Picture(picture) => self.picture(picture),
            OutputKind::Search(number) => Ok(self
                .index()
                .files
                .get(*number)
                .cloned()
                .unwrap_or_else(|| Arc::from([]))),
        }
    }

    /// The search index, made when it is first asked for.
    fn index(&self) -> &search::Index {
        let index = &self.common.index;
        index.get_or_init(|| search::index(&self.cx, self.inputs))
    }

    /// Renders a page. When its template fails, the diagnostics say so and the HTML is empty.
    pub fn page(&self, index: usize) -> Rendered {
        let page = &self.cx.layout.pages[index];
        self.with_view(index, view::view(&self.cx, page), &self.targets(page))
    }

    /// The same for a page whose View and targets are there already.
    pub fn with_view(&self, index: usize, mut view: View, targets: &Targets<'_>) -> Rendered {
        let page = &self.cx.layout.pages[index];
        let article = page::prose(self.cx.site, page);
        let mut headings = Headings::default();
        let own = article
            .into_iter()
            .flat_map(|article| article.facts.page.ids());
        headings.give_way(
            article,
            own.filter_map(|id| self.common.of_dialog.get(id)),
            &[],
            &mut view.page.toc,
        );
        let mut tries = 1..MOST_TRIES;
        loop {
            let attempt = self.attempt(index, &mut view, (targets, &headings.renamed));
            let Scan { ids, repeated, .. } = &attempt.scan;
            if !headings.give_way(article, repeated.iter(), ids, &mut view.page.toc)
                || tries.next().is_none()
            {
                return self.rendered(page, attempt);
            }
        }
    }

    /// Renders a page with these ids for headings of its prose.
    fn attempt(
        &self,
        index: usize,
        view: &mut View,
        (targets, renamed): (&Targets<'_>, &crate::content::Renamed),
    ) -> Attempt {
        let page = &self.cx.layout.pages[index];
        let mut diagnostics = Diagnostics::default();
        let mut found = body::Found::default();
        if let Some(path) = &page.prose {
            view.page.body = Html::ready(self.body(
                (index, path),
                (targets, renamed),
                &mut found,
                &mut diagnostics,
            ));
            found.complete(&mut view.page.toc);
        }
        let context = self.context(page, view);
        let html = page::template(self.cx.site, page).and_then(|template| {
            self.cx
                .site
                .theme
                .render(&template, &context, &view.page.url)
        });
        let html = diagnostics.take(html).unwrap_or_default();
        let config = &self.cx.site.config;
        let links = match page.kind {
            // A host answers with this page at any address: relative links would lead anywhere.
            Kind::NotFound => Links::FromRoot,
            _ => Links::Relative {
                base: &config.base_path,
                own: &view.page.url,
            },
        };
        let white_space = match config.site.minify {
            Minify::Off => WhiteSpace::Stays,
            Minify::On | Minify::Full => WhiteSpace::Collapses,
        };
        Attempt {
            scan: scan(&html, links, white_space),
            found,
            diagnostics,
        }
    }

    fn rendered(
        &self,
        page: &Page,
        Attempt {
            scan,
            found,
            mut diagnostics,
        }: Attempt,
    ) -> Rendered {
        let Scan {
            mut html,
            ids,
            links,
            repeated,
        } = scan;
        diagnostics.extend(repeated.into_iter().map(|id| self.repeated_id(page, &id)));
        let links = links
            .into_iter()
            .filter(|href| self.is_internal(href))
            .map(|href| Link {
                place: found.places.get(&href).cloned(),
                href,
            });
        let links = links.collect();
        let mut is_kept = false;
        if self.cx.site.config.site.minify == Minify::Full {
            match minify::page(&html) {
                Some(minified) => html = minified,
                None => is_kept = true,
            }
        }
        Rendered {
            facts: Facts { ids, links },
            html,
            diagnostics,
            is_kept,
        }
    }

    /// The context of a page's template.
    pub fn context(&self, page: &Page, view: &View) -> tera::Context {
        let mut context = view.context(self.site_on(page).value, self.common.strings.clone());
        context.insert_value(TEXTS, self.texts(page));
        context
    }

    /// What the filter `markdown` knows of texts on a page.
    pub(self) fn texts(&self, page: &Page) -> Value {
        let own = texts::of_page(self.cx.site, self.cx.layout, page);
        if own.is_empty() {
            return self.common.texts_value.clone();
        }
        let mut texts = self.common.texts.clone();
        texts.extend(own);
        Value::from_serializable(&texts)
    }

    /// `site` as a page shows it, and the digest of the menu in it.
    pub(self) fn site_on(&self, page: &Page) -> MarkedSite {
        let marks = menu::nav_marks(&self.cx, page);
        let mut sites = self
            .common
            .sites
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = sites.get(&marks) {
            return known.clone();
        }
        let nav = menu::nav(&self.cx, &marks);
        let mut site = self.common.site.as_map().cloned().unwrap_or_default();
        site.insert("nav".into(), Value::from_serializable(&nav));
        sites
            .entry(marks)
            .or_insert(MarkedSite {
                value: Value::from(site),
                nav_digest: Digest::of_value(&nav),
            })
            .clone()
    }

    fn is_internal(&self, href: &str) -> bool {
        href.starts_with('#') || (href.starts_with('/') && !href.starts_with("//"))
    }

    fn repeated_id(&self, page: &Page, id: &str) -> Diagnostic {
        let fault = Diagnostic::error(
            crate::diag::Code::DuplicateId,
            format!(
                "the page {} has the id `{id}` twice",
                self.cx.site.config.href(&page.url)
            ),
        );
        let written = page::prose(self.cx.site, page).and_then(|article| {
            let span = headings::written(
                &self.inputs.source(&article.path).ok()?,
                article.body_start,
                id,
            )?;
            Some((&article.path, span))
        });
        if let Some((path, span)) = written {
            return fault
                .at(path, span)
                .help("something else on the page needs it: write another id here, or none");
        }
        let fault = fault.help(
            "an id is a place that links point at: give one of the two headings or rows another id",
        );
        match page::source_path(self.cx.site, page) {
            Some(path) => fault.at_file(&path),
            None => fault,
        }
    }
}
