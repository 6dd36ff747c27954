//! What records and lists say and no page shows: the plan comes in, a finding at each such place goes out. What a page that is not made
//! would have shown stands on the role's hub (`kind::IN_PLACE`), so this is only what has no place anywhere.

use std::collections::{BTreeMap, BTreeSet};

use super::Plan;
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::kind::Kind;
use crate::path::SourcePath;
use crate::role::Role;
use crate::site::role_of;

/// How many rows a message names.
const NAMED: usize = 3;

impl Plan {
    /// Says what no page shows.
    pub(super) fn check_shown(&self, faults: &mut Diagnostics) {
        let mut found = vec![];
        self.site.all_roles().for_each(|role| self.unshown_sections(role, &mut found));
        self.unasked_skills(&mut found);
        faults.extend(found);
    }

    fn finding(&self, message: String) -> Option<Diagnostic> {
        self.site.config.site.check.unshown_facts.finding(Code::UnshownFact, message)
    }

    /// Headings and introductions of sections that no page of a role has, unless somebody wants it so.
    fn unshown_sections(&self, role: &Role, found: &mut Vec<Diagnostic>) {
        for (key, _) in role.sections.0.iter().filter(|(_, row)| !row.hidden && (row.heading.is_some() || row.intro.is_some())) {
            let kinds: Vec<Kind> = Kind::of_role().filter(|kind| kind.sections().contains(&key.value.as_str())).collect();
            let is_shown_or_unwanted = |kind: &Kind| match self.page_about(*kind, role.id.as_str()) {
                Some(page) => self.shows(page, &key.value) || self.prose(page).is_some_and(|article| !article.front.generated),
                None => !self.lacks(role, *kind),
            };
            if kinds.is_empty() || kinds.iter().any(is_shown_or_unwanted) {
                continue;
            }
            let said = self.finding(format!("no page of this role has the section `{}`, of which this is the heading or introduction", key.value));
            found.extend(said.map(|said| said.at(&role.path, key.span.clone()).help(self.when_shown(role, &kinds))));
        }
    }

    /// When a page of some kinds shows a section.
    fn when_shown(&self, role: &Role, kinds: &[Kind]) -> String {
        let one = |kind: &Kind| match self.lacks(role, *kind) {
            true => format!("the {kind} page, which is made {}, or with `[pages] {kind} = true`", how_made(*kind)),
            false => format!("the {kind} page, when the record has something for it"),
        };
        format!("it stands on {}; add to the record, or remove these lines", kinds.iter().map(one).collect::<Vec<_>>().join("; or on "))
    }

    /// Skills that a role declares and no level asks for. Rows of the shared lists are a stock, from which roles and articles take what they need.
    fn unasked_skills(&self, found: &mut Vec<Diagnostic>) {
        let of_frameworks = self.site.frameworks.values().flat_map(|framework| framework.ladder.levels()).flat_map(|level| &level.skills);
        let asked: BTreeSet<&Id> = self.roles_of_skill.keys().chain(of_frameworks.flat_map(|need| &need.skills)).collect();
        // What is not published yet, or could not be read, may ask for them.
        let is_certain = self.site.absent.roles.is_empty() && self.site.failed.roles.is_empty() && self.site.failed.records.is_empty();
        let skills = self.site.config.skills.iter().filter(|(id, skill)| is_certain && role_of(&skill.path).is_some() && !asked.contains(id));
        let mut by_file: BTreeMap<&SourcePath, Vec<&At<String>>> = BTreeMap::new();
        skills.for_each(|(_, skill)| by_file.entry(&skill.path).or_default().push(&skill.row.name));
        for (path, mut names) in by_file {
            names.sort_by_key(|name| name.span.start);
            let texts: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
            let said = self.finding(format!("no page shows the skill {}", listed(&texts)));
            let help = "a skill has a page when a level asks for it: name it in `skills` of one, or remove the row";
            found.extend(said.zip(names.first()).map(|(said, first)| said.at(path, first.span.clone()).help(help)));
        }
    }
}

/// The first few names, and how many more there are.
fn listed(names: &[&str]) -> String {
    let shown = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > NAMED { format!("{shown} and {} more", names.len() - NAMED) } else { shown }
}

/// What makes a page of a role.
fn how_made(kind: Kind) -> &'static str {
    match kind {
        Kind::WhatIs => "of a definition, a specialization or a testimonial",
        Kind::Ladder => "from 2 levels on",
        Kind::WhereAmI => "from 2 levels on that ask for something",
        Kind::JobTitles => "from 3 titles on",
        Kind::JobDescription => "from 3 responsibilities on",
        Kind::Salary => "from 1 figure of pay on",
        Kind::Faq => "from 2 questions on",
        Kind::Positions => "from 1 open job on",
        _ => "always",
    }
}
