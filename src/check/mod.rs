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
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::Diagnostics;
use crate::kind::Kind;
use crate::layout::Page;
use crate::layout::page;
use crate::pages::view;
use crate::reads::{self, Reads};
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

/// Checks that templates use only variables and fields that exist.
///
/// Tera takes `{% if titel %}` and `{% if page.titel %}` for false. One page of each kind and
/// template stands for all others. Returns what was asked for it.
pub fn templates(
    cx: &ViewContext<'_>,
    renderer: &Renderer<'_>,
    diagnostics: &mut Diagnostics,
) -> Reads {
    let (examples, mut reads) = reads::noted(|| examples(cx));
    let theme = &cx.site.theme;
    let check = |((template, _), page): (&(String, Kind), &&Page)| {
        reads::noted(|| {
            let view = view::view(cx, page);
            let mut found = theme.check_variables(template, &view.names());
            found.extend(theme.check_fields(template, &renderer.context(page, &view)));
            found
        })
    };
    let found: Vec<_> = examples.par_iter().map(check).collect();
    for (found, asked) in found {
        diagnostics.extend(found);
        reads.shared.push(Arc::new(asked));
    }
    let (share, asked) = reads::noted(|| renderer.share_context(None));
    reads.shared.push(Arc::new(asked));
    diagnostics.extend(theme.check_variables(SHARE, &BTreeSet::from(SHARE_VARIABLES)));
    diagnostics.extend(theme.check_fields(SHARE, &share));
    reads
}

/// Returns a page for each template and kind.
fn examples<'c>(cx: &ViewContext<'c>) -> BTreeMap<(String, Kind), &'c Page> {
    let mut examples = BTreeMap::new();
    for page in cx.layout.pages.whole() {
        // A template that does not exist is reported when the page is rendered.
        if let Ok(template) = page::template(cx.site, page) {
            examples.entry((template, page.kind)).or_insert(page);
        }
    }
    examples
}
