//! Checks across pages: the plan and what is known of its pages come in, diagnostics go out.

mod links;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::diag::Diagnostics;
use crate::kind::Kind;
use crate::plan::{Page, Plan};
use crate::render::{Renderer, SHARE, SHARE_VARIABLES};

pub use links::{Anchor, Known, Links, dangling};

/// Checks that templates ask only for what pages of their kind have: Tera takes `{% if titel %}` and `{% if page.titel %}`
/// for false. One page of each kind stands for all of them.
pub fn templates(plan: &Plan, renderer: &Renderer<'_>, faults: &mut Diagnostics) {
    let mut examples = BTreeMap::new();
    for page in &plan.pages {
        // A template that does not exist is said when the page is rendered.
        if let Ok(template) = plan.template(page) {
            examples.entry((template, page.kind)).or_insert(page);
        }
    }
    let check = |((template, _), page): (&(String, Kind), &&Page)| {
        let (view, theme) = (plan.view(page), &plan.site.theme);
        let mut found = theme.check_variables(template, &view.names());
        found.extend(theme.check_fields(template, &renderer.context(page, &view)));
        found
    };
    let found: Vec<_> = examples.par_iter().map(check).collect();
    found.into_iter().for_each(|found| faults.extend(found));
    let theme = &plan.site.theme;
    faults.extend(theme.check_variables(SHARE, &BTreeSet::from(SHARE_VARIABLES)));
    faults.extend(theme.check_fields(SHARE, &renderer.share_context(None)));
}
