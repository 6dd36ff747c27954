//! Checks across pages: the plan and the facts of all rendered pages come in, diagnostics go out.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::plan::{Plan, What};
use crate::render::{Facts, Link, Renderer};
use crate::suggest;

/// Checks that every link of every page leads to an output of the site, and to a place that its page has.
pub fn links(plan: &Plan, facts: &BTreeMap<usize, Facts>, faults: &mut Diagnostics) {
    // Menus are on every page: an address is looked up once.
    let mut targets = BTreeMap::new();
    for (index, page) in facts {
        for link in &page.links {
            let path = path_of(link);
            let target = if path.is_empty() { Leads::To(*index) } else { *targets.entry(path).or_insert_with(|| leads(plan, path)) };
            faults.extend(check(plan, facts, *index, link, target));
        }
    }
}

/// What a path leads to.
#[derive(Clone, Copy)]
enum Leads {
    To(usize),
    ToAFile,
    Nowhere,
}

fn path_of(link: &Link) -> &str {
    let end = link.href.find(['#', '?']).unwrap_or(link.href.len());
    &link.href[..end]
}

fn leads(plan: &Plan, path: &str) -> Leads {
    match plan.output_of_href(path).and_then(|out| plan.outputs.get(&out)).map(|output| &output.what) {
        Some(What::Page(index)) => Leads::To(*index),
        Some(_) => Leads::ToAFile,
        None => Leads::Nowhere,
    }
}

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
}

fn check(plan: &Plan, facts: &BTreeMap<usize, Facts>, from: usize, link: &Link, target: Leads) -> Option<Diagnostic> {
    let target = match target {
        Leads::To(page) => page,
        Leads::ToAFile => return None,
        Leads::Nowhere => {
            let fault = Diagnostic::error(Code::DanglingLink, format!("the page links to {}, which does not exist", path_of(link)));
            return Some(placed(plan, from, link, fault));
        }
    };
    let (_, fragment) = link.href.split_once('#')?;
    let fragment = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
    let ids = &facts.get(&target)?.ids;
    if fragment.is_empty() || fragment == "top" || ids.iter().any(|id| *id == fragment) {
        return None;
    }
    let page = &plan.pages[target];
    // What a page of a broken record lacks, and which of two pages is here, is unknown: more words would be echoes.
    if plan.contested.contains(&page.url.output()) || page.subject.role().is_some_and(|id| plan.site.failed.records.contains(id)) {
        return None;
    }
    let fault = Diagnostic::error(Code::DanglingAnchor, format!("the page {} has no place `#{fragment}`", plan.href(&page.url)));
    Some(placed(plan, from, link, fault).help(suggest::help(&fragment, ids.iter().map(String::as_str))))
}

/// At the line where an author wrote the link; a link that the theme made is said with the page that shows it.
fn placed(plan: &Plan, from: usize, link: &Link, fault: Diagnostic) -> Diagnostic {
    let page = &plan.pages[from];
    match (&link.place, plan.source_path(page)) {
        (Some(place), _) => Diagnostic { place: Some(place.clone()), ..fault },
        (None, Some(path)) => {
            fault.at_file(&path).help(format!("the link stands on {}, made by the template of its kind ({})", plan.href(&page.url), page.kind))
        }
        (None, None) => fault.help(format!("the link stands on {}, made by the template of its kind ({})", plan.href(&page.url), page.kind)),
    }
}
