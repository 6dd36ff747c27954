//! Checks across pages: the layout and facts about rendered pages come in, diagnostics go out.

pub mod against;
mod dangling;
mod files;
mod host;
mod limits;
mod links;
mod lost;
mod texts;
mod unshown;

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostics;
use crate::kind::Kind;
use crate::layout::Page;
use crate::layout::page;
use crate::pages::view;
use crate::render::{Renderer, SHARE, SHARE_VARIABLES};
use crate::view::ViewContext;

pub use dangling::dangling;
pub use host::host;
pub use links::{Anchor, LinkChecker, LinkFacts};
pub use texts::WrittenLinks;

/// Checks everything that no single page shows: links and texts of records, lists and
/// configuration, facts and prose that are on no page, and pages with equal titles.
pub fn site(cx: &ViewContext<'_>, diagnostics: &mut Diagnostics) {
    files::check(cx.site, cx.layout, diagnostics);
    texts::check(cx.site, cx.layout, diagnostics);
    unshown::check(cx, diagnostics);
    lost::check_prose(cx.site, cx.layout, diagnostics);
    lost::check_titles(cx.site, cx.layout, diagnostics);
}

/// What stands for all pages of a kind and template where a template is checked: Tera takes
/// `{% if titel %}` and `{% if page.titel %}` for false.
pub enum Example<'c> {
    Page(String, &'c Page),
    /// The picture of shared links.
    Share,
}

impl<'c> Example<'c> {
    /// Returns an example for each template and kind.
    pub fn all(cx: &ViewContext<'c>) -> Vec<Self> {
        let mut examples: BTreeMap<(String, Kind), &Page> = BTreeMap::new();
        for page in cx.layout.pages.whole() {
            // A template that does not exist is reported when the page is rendered.
            if let Ok(template) = page::template(cx.site, page) {
                examples.entry((template, page.kind)).or_insert(page);
            }
        }
        let pages = examples.into_iter();
        let pages = pages.map(|((template, _), page)| Self::Page(template, page));
        pages.chain([Self::Share]).collect()
    }

    /// Returns a name that no other example has.
    pub fn name(&self) -> String {
        match self {
            Self::Page(template, page) => format!("{template}{}", page.url),
            Self::Share => SHARE.to_owned(),
        }
    }

    /// Checks that the template uses only variables and fields that exist.
    pub fn check(&self, renderer: &Renderer<'_>) -> Diagnostics {
        let theme = &renderer.cx.site.theme;
        let (template, names, context) = match self {
            Self::Page(template, page) => {
                let view = view::view(&renderer.cx, page);
                let context = renderer.context(page, &view);
                (template.as_str(), view.names(), context)
            }
            Self::Share => {
                let context = renderer.share_context(None);
                (SHARE, BTreeSet::from(SHARE_VARIABLES), context)
            }
        };
        let mut found = theme.check_variables(template, &names);
        found.extend(theme.check_fields(template, &context));
        found.into_iter().collect::<Vec<_>>().into()
    }
}
