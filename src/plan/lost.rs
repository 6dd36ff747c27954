//! What a reader cannot find or tell apart: articles and pages come in; prose that is on no page, and pages of one title in one place,
//! go out as warnings.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;

use super::pages::is_prose_of_generated;
use super::{Page, Plan, Subject};
use crate::data::Id;
use crate::diag::{Code, Diagnostic, Diagnostics, Scope};
use crate::kind::Kind;
use crate::ordered;
use crate::path::SourcePath;
use crate::site::{framework_of, is_copy, role_of};
use crate::suggest;

impl Plan {
    /// Says which Markdown files are called like the prose of a page that nobody makes.
    pub(super) fn check_prose(&self, faults: &mut Diagnostics) {
        let is_lost = |path: &&SourcePath| is_prose_of_generated(path) && !self.names.contains_key(*path) && !self.unmade.contains_key(*path);
        for path in self.site.articles.keys().filter(is_lost) {
            let Some(why) = self.why_on_no_page(path) else { continue };
            let near = suggest::nearest(path.as_str(), self.names.keys().map(SourcePath::as_str)).map(|near| format!("did you mean {near}?"));
            let fault = Diagnostic::warning(Code::UnusedFile, format!("this is on no page: {why}")).at_file(path);
            faults.push(fault.help(near.unwrap_or_else(|| "rename it, move an article to another folder, or delete it".to_owned())));
        }
    }

    /// Why a page of that name is not made. None where that was decided, or said.
    fn why_on_no_page(&self, path: &SourcePath) -> Option<String> {
        let config = &self.site.config;
        let parts: Vec<&str> = path.inside("content")?.split('/').collect();
        let is_known = |id: &str, found: fn(&Plan, &Id) -> bool| Id::new(id).is_some_and(|id| found(self, &id));
        match parts.as_slice() {
            [folder @ ("categories" | "skills" | "tags"), "_index.md"] => Some(format!("there is no page of all {folder}")),
            ["categories", _] if is_known(path.stem(), |plan, id| plan.site.config.categories.iter().any(|(other, _)| other == id)) => None,
            ["categories", _] => Some(format!("there is no category `{}`", path.stem())),
            ["skills", _] if is_known(path.stem(), |plan, id| plan.site.config.skills.contains_key(id)) => None,
            ["skills", _] => Some(format!("there is no skill `{}`", path.stem())),
            // What is not published yet may have it.
            ["tags", _] => self.site.absent.articles.is_empty().then(|| format!("no article has the tag `{}`", path.stem())),
            [.., "compare", _] if config.site.pages.get("compare") == Some(&false) => None,
            ["compare", _] => Some("there are no such two roles of which one names the other as related".to_owned()),
            ["roles", _, "compare", _] => {
                let role = role_of(path).and_then(Id::new).and_then(|id| self.site.role(&id))?;
                (role.pages.get("compare") != Some(&false)).then(|| "the ladder has no such two levels, the lower one first".to_owned())
            }
            ["frameworks", id, "compare", _] if framework_of(path).is_some() && self.site.frameworks.keys().any(|known| known.as_str() == *id) => {
                Some("the ladder has no such two levels, the lower one first".to_owned())
            }
            _ => None,
        }
        .filter(|_| self.site.failed.articles.is_empty() && self.site.failed.records.is_empty())
    }

    /// Says which pages have the title of another one in the same folder: an index shows both, and nobody can tell which is which.
    pub(super) fn check_titles(&self, faults: &mut Diagnostics) {
        let key = |page: &Page| Some(FixedState::default().hash_one((shelf(page)?, page.title.trim().to_lowercase())));
        let mut first: ordered::Map<u64, &Page> = ordered::Map::default();
        for page in self.pages.iter().filter(|page| page.number == 1) {
            let Some(key) = key(page) else { continue };
            let Some(other) = first.get(&key) else {
                first.insert(key, page);
                continue;
            };
            // On a site whose titles are made by a program, many have one cause.
            let twin = self.twin(page, other).map(|twin| twin.shared(Scope::File, "twin", "pages", "have the title of another page beside them"));
            faults.extend(twin);
        }
    }

    fn twin(&self, page: &Page, other: &Page) -> Option<Diagnostic> {
        let (path, other) = (self.source_path(page)?, self.source_path(other)?);
        let is_said = [&path, &other].iter().any(|path| is_copy(path)) || self.is_same(&path, &other);
        let is_new = path != other && !is_said && !self.contested.contains(&page.url.output());
        let fault = || Diagnostic::warning(Code::Twin, format!("two pages here have the title \"{}\"", page.title)).at_file(&path);
        is_new.then(|| fault().related("the other one", &other, 0..0).help("give one of them a title that tells it from the other"))
    }

    fn is_same(&self, one: &SourcePath, other: &SourcePath) -> bool {
        let digest = |path: &SourcePath| self.site.article(path).map(|article| article.digest);
        digest(one).is_some() && digest(one) == digest(other)
    }
}

/// Where a page stands beside others: the folder of an article, or all roles.
fn shelf(page: &Page) -> Option<&str> {
    match (&page.subject, page.kind) {
        (Subject::Article(path, _), _) if path.name() == "index.md" => Some(path.folder().rsplit_once('/').map_or("", |(above, _)| above)),
        (Subject::Article(path, _), _) => Some(path.folder()),
        (Subject::Section(path), _) => Some(path.folder().rsplit_once('/').map_or("", |(above, _)| above)),
        (Subject::Role(_), Kind::Hub) => Some("content/roles"),
        _ => None,
    }
}
