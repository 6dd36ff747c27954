//! Pages that are not made: the file name of one comes in; why it is not there, and what would change that, goes out in words.

use super::Plan;
use crate::config::List;
use crate::data::Id;
use crate::kind::Kind;
use crate::path::SourcePath;
use crate::role::Role;
use crate::site::{framework_of, role_of};
use crate::suggest;

impl Plan {
    /// Why a generated page is not made.
    pub(super) fn why_unmade(&self, name: &SourcePath) -> Option<String> {
        let inner = name.inside("content")?;
        let parts: Vec<&str> = inner.strip_suffix(".md")?.split('/').collect();
        let role = role_of(name).and_then(Id::new).and_then(|id| self.site.role(&id));
        if let Some(kind) = self.unmade.get(name) {
            return Some(self.why_kind(*kind, role));
        }
        match parts.as_slice() {
            ["compare", pair] => self.why_pair(pair),
            ["roles" | "frameworks", _, "compare", pair] => self.why_levels(name, pair, role),
            ["skills", id] => self.why_skill(id),
            ["categories", id] => {
                let known = self.site.config.categories.iter().find(|(known, _)| known.as_str() == *id);
                let help = || suggest::help(id, self.site.config.categories.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>());
                Some(match known {
                    Some(_) => format!("no role that is published is of the category `{id}`, so it has no page"),
                    None => format!("there is no category `{id}`{}", after(help())),
                })
            }
            ["tags", tag] => Some(format!("no article that is published has the tag `{tag}`{}", after(near(tag, self.tags.keys().map(String::as_str))))),
            ["roles", id, "positions", job] => {
                let jobs = || role.into_iter().flat_map(|role| &role.positions).map(|job| job.id.as_str()).collect::<Vec<_>>();
                Some(match jobs().contains(job) {
                    true => format!("the job `{job}` has no page: add its `description` to content/roles/{id}/positions.toml"),
                    false => format!("there is no open job `{job}` in content/roles/{id}/positions.toml{}", after(near(job, jobs()))),
                })
            }
            ["frameworks", id, "matrix"] if framework_of(name).and_then(Id::new).is_some_and(|id| self.site.frameworks.contains_key(&id)) => {
                Some(format!("the matrix page is not made: it needs [[competencies]] in content/frameworks/{id}/framework.toml"))
            }
            _ => None,
        }
    }

    /// Whether a page may be missing only because a file could not be read: then that was said.
    pub(super) fn is_lost(&self, name: Option<&SourcePath>, decoded: &str) -> bool {
        let failed = &self.site.failed;
        let lost_roles = !failed.roles.is_empty() || !failed.records.is_empty();
        let incomplete = |list: List| self.site.config.incomplete.contains(&list);
        let of_failed = |part: &str| failed.roles.iter().any(|id| id.as_str() == part);
        if lost_roles && decoded.starts_with('/') && decoded.split('/').any(of_failed) {
            return true;
        }
        let Some(inner) = name.and_then(|name| name.inside("content")) else { return false };
        let kind = name.and_then(|name| self.unmade.get(name)).filter(|kind| kind.is_of_site());
        match (inner.split('/').next(), kind) {
            (Some("tags"), _) => !failed.articles.is_empty(),
            (Some("compare"), _) | (_, Some(_)) => lost_roles,
            (Some("skills"), _) => lost_roles || incomplete(List::Skills),
            (Some("categories"), _) => lost_roles || incomplete(List::Categories),
            _ => false,
        }
    }

    /// Why a page of a role, or of the whole site, is not made: a key says so, or there is too little to say on it.
    fn why_kind(&self, kind: Kind, role: Option<&Role>) -> String {
        let key = if kind == Kind::Comparisons && self.is_off(kind).is_none() { Kind::Compare } else { kind };
        let of_role = role.filter(|role| role.pages.get(key.as_str()) == Some(&false));
        let file = of_role.map(|role| role.path.to_string()).or_else(|| self.is_off(key));
        let record = role.map_or_else(|| "the records".to_owned(), |role| role.path.to_string());
        match (file, needs(kind)) {
            (Some(file), _) => format!("the {kind} page is not made, because `[pages] {key} = false` stands in {file}: remove it there, or set it to true"),
            (None, Some(needs)) => format!("the {kind} page is not made: it needs {needs}; add to {record}, or set `[pages] {kind} = true`"),
            (None, None) => format!("the {kind} page is not made; set `[pages] {kind} = true`"),
        }
    }

    /// The site's own file, when it says that there are no pages of a kind.
    fn is_off(&self, kind: Kind) -> Option<String> {
        (self.site.config.site.pages.get(kind.as_str()) == Some(&false)).then(|| crate::site::site_file().to_string())
    }

    /// Why two roles are not compared.
    fn why_pair(&self, pair: &str) -> Option<String> {
        let (a, b) = self.both(pair, |id| self.site.roles.contains_key(&id))?;
        let roles = [&a, &b].map(|id| self.site.role(id));
        let off = roles.into_iter().flatten().find(|role| role.pages.get(Kind::Compare.as_str()) == Some(&false)).map(|role| role.path.to_string());
        let other = format!("compare/{b}-vs-{a}.md");
        Some(match off.or_else(|| self.is_off(Kind::Compare)) {
            Some(file) => no_comparisons(&file),
            None if self.names.contains_key(format!("content/{other}").as_str()) => format!("the ids stand in the order of the alphabet: write /{other}"),
            None => format!("roles are compared that are related: add a row [[related]] with role = \"{b}\" to content/roles/{a}/role.toml"),
        })
    }

    /// Why two levels are not compared.
    fn why_levels(&self, name: &SourcePath, pair: &str, role: Option<&Role>) -> Option<String> {
        let off = role.filter(|role| role.pages.get(Kind::Compare.as_str()) == Some(&false)).map(|role| role.path.to_string());
        let off = off.or_else(|| self.is_off(Kind::Compare).filter(|_| role.is_none_or(|role| role.pages.get(Kind::Compare.as_str()).is_none())));
        if let Some(file) = off {
            return Some(no_comparisons(&file));
        }
        let (low, high) = pair.split_once("-vs-")?;
        let other = SourcePath::new(&format!("{}/{high}-vs-{low}.md", name.folder())).ok()?;
        let is_there = self.names.contains_key(&other);
        is_there.then(|| format!("the lower level stands first: write /{}", other.inside("content").unwrap_or_default()))
    }

    /// The ids of a pair that are known, for ids may hold `-vs-` themselves.
    fn both(&self, pair: &str, is_known: impl Fn(Id) -> bool) -> Option<(Id, Id)> {
        let split = |(at, _): (usize, &str)| Some((Id::new(&pair[..at])?, Id::new(&pair[at + "-vs-".len()..])?));
        pair.match_indices("-vs-").filter_map(split).find(|(a, b)| is_known(a.clone()) && is_known(b.clone()))
    }

    fn why_skill(&self, id: &str) -> Option<String> {
        let skills = &self.site.config.skills;
        let help = || near(id, skills.keys().map(Id::as_str));
        Some(match skills.contains_key(&Id::new(id)?) {
            true => format!("no level of a role that is published asks for the skill `{id}`, so it has no page"),
            false => format!("there is no skill `{id}`{}", after(help())),
        })
    }
}

/// What must be in the records for a page to be made by itself.
fn needs(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::WhatIs => "a `definition`, [[specializations]] or [[testimonials]]",
        Kind::Ladder => "two [[levels]]",
        Kind::WhereAmI => "two [[levels]] that add skills, duties or criteria",
        Kind::JobTitles => "three titles: those of [[levels]] and of [[titles]] count",
        Kind::JobDescription => "three `responsibilities`",
        Kind::Salary => "pay: [[salary]], or `salary` of a level",
        Kind::Faq => "two questions: [[faqs]]",
        Kind::Positions => "an open job in positions.toml",
        Kind::Roles => "a role",
        Kind::Skills => "a level that asks for a skill",
        Kind::Tags => "an article with `tags`",
        Kind::SiteFaq => "a role with [[faqs]]",
        Kind::SitePositions => "an open job in some positions.toml",
        Kind::Comparisons => "two roles of which one names the other in [[related]]",
        Kind::Sources => "a source: [[sources]]",
        _ => return None,
    })
}

/// That no comparisons are made, as a file says.
fn no_comparisons(file: &str) -> String {
    format!("comparisons are not made, because `[pages] compare = false` stands in {file}: remove it there, or set it to true")
}

/// The nearest name as the end of a sentence.
fn near<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    suggest::nearest(word, names).map(|near| format!("did you mean `{near}`?"))
}

fn after(help: Option<String>) -> String {
    help.map(|help| format!("; {help}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::pages::SITE_PAGES;

    #[test]
    fn every_page_that_can_be_missing_says_what_it_needs() {
        let always = [Kind::Home, Kind::Search, Kind::NotFound];
        for (kind, _) in SITE_PAGES.iter().filter(|(kind, _)| !always.contains(kind)) {
            assert!(needs(*kind).is_some(), "{kind}");
        }
        for kind in Kind::of_role().filter(|kind| *kind != Kind::Hub) {
            assert!(needs(kind).is_some(), "{kind}");
        }
    }
}
