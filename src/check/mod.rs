//! Checks across pages: the plan and what is known of its pages come in, diagnostics go out.

mod links;

use std::collections::BTreeSet;

use crate::diag::Diagnostics;
use crate::plan::Plan;
use crate::render::{Renderer, SHARE, SHARE_VARIABLES};

pub use links::{Anchor, Known, Links, dangling};

/// Checks that templates ask only for what pages of their kind have: Tera takes `{% if titel %}` and `{% if page.titel %}`
/// for false. One page of each kind stands for all of them.
pub fn templates(plan: &Plan, renderer: &Renderer<'_>, faults: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for page in &plan.pages {
        // A template that does not exist is said when the page is rendered.
        let Ok(template) = plan.template(page) else { continue };
        if seen.insert((template.clone(), page.kind)) {
            let view = plan.view(page);
            let theme = &plan.site.theme;
            faults.extend(theme.check_variables(&template, &view.names()));
            faults.extend(theme.check_fields(&template, &renderer.context(page, &view)));
        }
    }
    let theme = &plan.site.theme;
    faults.extend(theme.check_variables(SHARE, &BTreeSet::from(SHARE_VARIABLES)));
    faults.extend(theme.check_fields(SHARE, &renderer.share_context(None)));
}
