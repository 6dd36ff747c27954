//! Facts without a page: records and lists come in, a finding for each fact that no page shows goes
//! out.
//!
//! The hub of a role shows what a page that is not made would have shown, so only few facts are
//! left.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::kind::Kind;
use crate::layout::{Layout, page};
use crate::pages::{self, Made};
use crate::path::SourcePath;
use crate::role::Role;
use crate::site::{Site, role_of};
use crate::view::context::ViewContext;

/// The most rows that a message names.
const MOST_NAMED: usize = 3;

/// Reports the facts that no page shows.
pub(super) fn check(cx: &ViewContext<'_>, diagnostics: &mut Diagnostics) {
    for role in cx.site.all_roles() {
        unshown_sections(cx, role, diagnostics);
    }
    unasked_skills(cx.site, cx.layout, diagnostics);
}

/// Returns a finding, as strict as the site wants it.
fn finding(config: &Config, message: String) -> Option<Diagnostic> {
    let strictness = config.site.check.unshown_facts;
    strictness.finding(Code::UnshownFact, message)
}

/// Reports headings and introductions of sections that no page of a role has.
fn unshown_sections(cx: &ViewContext<'_>, role: &Role, diagnostics: &mut Diagnostics) {
    for (key, row) in &role.sections.0 {
        if row.hidden || row.heading.is_none() && row.intro.is_none() {
            continue;
        }
        let kinds = cx.layout.kinds.of_role();
        let kinds: Vec<Kind> = kinds
            .filter(|kind| cx.layout.kinds.has_section(*kind, &key.value))
            .collect();
        let is_settled = |kind: &Kind| is_shown_or_unwanted(cx, role, *kind, &key.value);
        if kinds.is_empty() || kinds.iter().any(is_settled) {
            continue;
        }
        let message = format!(
            "no page of this role has the section `{}`, of which this is the heading or introduction",
            key.value
        );
        if let Some(finding) = finding(&cx.site.config, message) {
            let help = when_shown(cx.site, cx.layout, role, &kinds);
            diagnostics.push(finding.at(&role.path, key.span.clone()).help(help));
        }
    }
}

/// Returns true if a page of a role shows a section, or if the author does not want it to.
fn is_shown_or_unwanted(cx: &ViewContext<'_>, role: &Role, kind: Kind, section: &str) -> bool {
    match cx.layout.page_about(kind, role.id.as_str()) {
        Some(page) => {
            let article = page::prose(cx.site, page);
            page.shows(section) || article.is_some_and(|article| !article.front.generated)
        }
        None => !cx.layout.lacks(cx.site, role, kind),
    }
}

/// Returns when a page of some kinds would show a section.
fn when_shown(site: &Site, layout: &Layout, role: &Role, kinds: &[Kind]) -> String {
    let on_page = |kind: &Kind| {
        if layout.lacks(site, role, *kind) {
            let condition = when_made(*kind);
            format!("the {kind} page, which is made {condition}, or with `[pages] {kind} = true`")
        } else {
            format!("the {kind} page, when the record has something for it")
        }
    };
    let pages: Vec<String> = kinds.iter().map(on_page).collect();
    format!(
        "it stands on {}; add to the record, or remove these lines",
        pages.join("; or on ")
    )
}

/// Reports skills that a role declares and no level asks for.
///
/// Shared lists may have skills that nobody asks for.
fn unasked_skills(site: &Site, layout: &Layout, diagnostics: &mut Diagnostics) {
    // A role that is not published, or could not be read, may ask for them.
    let is_certain = site.absent.roles.is_empty()
        && site.failed.roles.is_empty()
        && site.failed.records.is_empty();
    if !is_certain {
        return;
    }
    let frameworks = site.frameworks.values();
    let of_frameworks = frameworks
        .flat_map(|framework| framework.ladder.levels())
        .flat_map(|level| &level.skills)
        .flat_map(|need| &need.skills);
    let asked: BTreeSet<&Id> = layout
        .skills_in_use
        .whole()
        .keys()
        .chain(of_frameworks)
        .collect();
    let mut by_file: BTreeMap<&SourcePath, Vec<&At<String>>> = BTreeMap::new();
    for (id, skill) in &site.config.skills {
        if role_of(&skill.path).is_some() && !asked.contains(id) {
            let names = by_file.entry(&skill.path).or_default();
            names.push(&skill.row.name);
        }
    }
    for (path, mut names) in by_file {
        names.sort_by_key(|name| name.span.start);
        let texts: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
        let message = format!("no page shows the skill {}", listed(&texts));
        let help = "a skill has a page when a level asks for it: name it in `skills` of one, or remove the row";
        if let Some(finding) = finding(&site.config, message) {
            let span = names[0].span.clone();
            diagnostics.push(finding.at(path, span).help(help));
        }
    }
}

/// Returns the first names, and how many more there are.
fn listed(names: &[&str]) -> String {
    let first = names.iter().take(MOST_NAMED);
    let first: Vec<String> = first.map(|name| format!("`{name}`")).collect();
    let first = first.join(", ");
    match names.len().checked_sub(MOST_NAMED) {
        None | Some(0) => first,
        Some(rest) => format!("{first} and {rest} more"),
    }
}

/// Returns when a page of a kind is made, to follow "which is made".
fn when_made(kind: Kind) -> &'static str {
    match pages::of(kind).made {
        Made::Always => "always",
        Made::When { from, .. } => from,
    }
}
