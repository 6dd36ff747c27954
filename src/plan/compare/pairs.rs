//! Which comparisons there are: every pair of levels of a ladder, and every pair of related roles. Records come in, drafts of
//! pages with addresses and titles go out; nothing of what the pages say.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::data::Id;
use crate::diag::{Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::kind::Kind;
use crate::path::{UrlPath, slugify};
use crate::plan::address::{Words, address, folder_of};
use crate::plan::pages::{Draft, named};
use crate::plan::{Plan, Subject};
use crate::role::{Framework, Ladder, Level, RelatedTo, Role};

/// As much of a title as search engines show, in letters.
const MOST: usize = 70;
/// The longest name of a pair in addresses, in bytes: below what a file may be called.
const LONGEST_SLUG: usize = 180;

/// A ladder whose levels are compared.
struct Compared<'p> {
    ladder: &'p Ladder,
    /// What stands before the names of two levels that do not say of which role they are.
    title: &'p str,
    /// The folder of the page that comparisons stand below.
    parent: String,
    /// The folder of `content/` that their prose would stand in.
    folder: String,
    subject: fn(Id, Id, Id) -> Subject,
    id: &'p Id,
}

impl Plan {
    /// Adds a page for every pair. Comes after the pages of roles and frameworks, below which they stand.
    pub(in crate::plan) fn add_comparisons(&mut self, faults: &mut Diagnostics) {
        let roles: Vec<&Role> = self.site.all_roles().filter(|role| self.is_compared(role)).collect();
        let frameworks: Vec<&Framework> = self.site.frameworks.values().filter(|_| self.site_compares()).collect();
        let of_roles = roles.par_iter().flat_map_iter(|role| self.levels_of_role(role).map(|ladder| self.level_pairs(&ladder)).unwrap_or_default());
        let of_frameworks =
            frameworks.par_iter().flat_map_iter(|framework| self.levels_of_framework(framework).map(|ladder| self.level_pairs(&ladder)).unwrap_or_default());
        let drafts: Vec<Draft> = of_roles.chain(of_frameworks).collect();
        let pairs: Vec<Draft> = related_pairs(&roles).into_iter().map(|(a, b)| self.role_pair(a, b)).collect();
        drafts.into_iter().chain(pairs).for_each(|draft| self.add(draft, faults));
    }

    fn site_compares(&self) -> bool {
        self.site.config.site.pages.get(Kind::Compare.as_str()).copied().unwrap_or(true)
    }

    fn is_compared(&self, role: &Role) -> bool {
        role.pages.get(Kind::Compare.as_str()).copied().unwrap_or_else(|| self.site_compares())
    }

    fn levels_of_role<'p>(&self, role: &'p Role) -> Option<Compared<'p>> {
        let parent = folder_of(&self.page_about(Kind::Hub, role.id.as_str())?.url);
        let folder = format!("roles/{}", role.id);
        Some(Compared { ladder: &role.ladder, title: &role.title, parent, folder, subject: Subject::Levels, id: &role.id })
    }

    fn levels_of_framework<'p>(&self, framework: &'p Framework) -> Option<Compared<'p>> {
        let parent = folder_of(&self.page_about(Kind::Framework, framework.id.as_str())?.url);
        let folder = format!("frameworks/{}", framework.id);
        Some(Compared { ladder: &framework.ladder, title: &framework.name, parent, folder, subject: Subject::FrameworkLevels, id: &framework.id })
    }

    /// Every pair of levels of which something is known but their names.
    fn level_pairs(&self, compared: &Compared<'_>) -> Vec<Draft> {
        let levels: Vec<&Level> = compared.ladder.levels().filter(|level| says_something(level)).collect();
        let pairs = levels.iter().enumerate().flat_map(|(at, first)| levels[at + 1..].iter().map(|second| in_order(first, second)));
        pairs.map(|(low, high)| self.level_pair(compared, low, high)).collect()
    }

    fn level_pair(&self, compared: &Compared<'_>, low: &Level, high: &Level) -> Draft {
        let Compared { ladder: _, title: _, parent, folder, subject, id } = compared;
        Draft {
            kind: Kind::Compare,
            subject: subject((*id).clone(), low.id.clone(), high.id.clone()),
            url: self.comparison_address(&slugify(low.id.as_str()), &slugify(high.id.as_str()), parent),
            name: named(&format!("{folder}/compare/{}-vs-{}.md", low.id, high.id)),
            title: self.pair_title(compared, low, high),
            description: String::new(),
        }
    }

    /// "Junior vs. Senior Developer"; with the name of the ladder where the levels do not say it, and there is room. What tells two
    /// levels, or two such pairs, apart is never left out.
    fn pair_title(&self, compared: &Compared<'_>, low: &Level, high: &Level) -> String {
        let Compared { ladder, title: of, .. } = compared;
        let (a, b) = self.told_apart(low, high, ladder);
        let rest = without_shared_end(&a, &b);
        let is_also_of = |other: &Level| other.id != low.id && other.title.starts_with(rest) && without_shared_end(&other.title, &b) == rest;
        let short = if ladder.levels().any(is_also_of) { &a } else { rest };
        let title = |key: &str| self.strings().fill(key, &[("of", of), ("a", short), ("b", &b)]);
        let whole = of.to_lowercase();
        let says_which = [&a, &b].iter().any(|level| level.to_lowercase().contains(&whole));
        let (short, long) = (title("title_compare"), title("title_compare_of"));
        if says_which || long.chars().count() > MOST { short } else { long }
    }

    /// The titles of two levels. Where they are one, what else tells the levels apart stands behind: a short name, the track, the stage.
    fn told_apart(&self, low: &Level, high: &Level, ladder: &Ladder) -> (String, String) {
        let is_one = low.title.to_lowercase() == high.title.to_lowercase();
        let track = |level: &Level| ladder.tracks.iter().find(|track| track.id == level.track).map(|track| self.track_name(track, ladder));
        let ways = |level: &Level| [level.name.clone(), track(level), level.stage.map(|stage| self.stage(stage).name)];
        let told = ways(low).into_iter().zip(ways(high)).filter_map(|(a, b)| a.zip(b)).find(|(a, b)| is_one && a != b);
        let with = |level: &Level, more: &str| self.strings().fill("need_at", &[("skill", &level.title), ("standard", more)]);
        told.map_or_else(|| (low.title.clone(), high.title.clone()), |(a, b)| (with(low, &a), with(high, &b)))
    }

    fn role_pair(&self, a: &Role, b: &Role) -> Draft {
        let slug = |role: &Role| role.slug.as_ref().map_or_else(|| slugify(role.id.as_str()), |slug| slug.value.clone());
        Draft {
            kind: Kind::Compare,
            subject: Subject::Roles(a.id.clone(), b.id.clone()),
            url: self.comparison_address(&slug(a), &slug(b), "/"),
            name: named(&format!("compare/{}-vs-{}.md", a.id, b.id)),
            title: self.strings().fill("title_compare", &[("a", &a.title), ("b", &b.title)]),
            description: String::new(),
        }
    }

    fn comparison_address(&self, a: &str, b: &str, parent: &str) -> Result<UrlPath, Diagnostic> {
        address(&self.site.config.site, Kind::Compare, &Words { slug: &pair_slug(a, b), category: "", parent })
    }
}

/// The name of a pair in addresses. One that no address has room for is cut, and told from others by a digest of the whole.
fn pair_slug(a: &str, b: &str) -> String {
    let whole = format!("{a}-vs-{b}");
    if whole.len() <= LONGEST_SLUG {
        return whole;
    }
    let part = |slug: &str| {
        let end = slug.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST_SLUG / 3).last().unwrap_or(0);
        slug[..end].trim_end_matches('-').to_owned()
    };
    let digest = Digest::of(whole.as_bytes()).short();
    format!("{}-vs-{}-{digest}", part(a), part(b))
}

/// Roles of which at least one names the other as related, each pair once, in the order of their ids.
fn related_pairs<'p>(roles: &[&'p Role]) -> Vec<(&'p Role, &'p Role)> {
    let known = |id: &Id| roles.binary_search_by(|role| role.id.cmp(id)).ok();
    let mut pairs = BTreeSet::new();
    for (at, role) in roles.iter().enumerate() {
        for row in &role.related {
            if let RelatedTo::Role(id) = &row.target
                && let Some(other) = known(id)
            {
                pairs.insert((at.min(other), at.max(other)));
            }
        }
    }
    pairs.into_iter().map(|(a, b)| (roles[a], roles[b])).collect()
}

/// The first of two names without the words that both end in: "Junior" of "Junior Developer" and "Senior Developer". All of
/// it when nothing would be left, when both end in no more than a grade (II, A), and when the rest could be taken for the other name.
fn without_shared_end<'n>(name: &'n str, other: &str) -> &'n str {
    let mut rest = name;
    for (own, its) in name.rsplit(' ').zip(other.rsplit(' ')) {
        match rest.strip_suffix(own).filter(|_| own == its) {
            Some(before) => rest = before.trim_end(),
            None => break,
        }
    }
    let shared = &name[rest.len()..];
    let rest = rest.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '/' | '-' | '–' | '—' | '·'));
    let says_what = shared.split(' ').any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3);
    let is_closed = rest.matches('(').count() == rest.matches(')').count();
    if rest.is_empty() || !says_what || !is_closed || other.starts_with(rest) { name } else { rest }
}

/// Whether a level is more than a name.
fn says_something(level: &Level) -> bool {
    let has_figures = level.salary.is_some() || level.experience.is_some() || level.stage.is_some();
    let has_lists = !level.skills.is_empty() || !level.responsibilities.is_empty() || !level.competencies.is_empty();
    has_figures || has_lists || level.scope.is_some() || level.reach.is_some()
}

/// Two levels, the lower one first: by their stages, then by their years, then as they stand on the ladder.
fn in_order<'l>(first: &'l Level, second: &'l Level) -> (&'l Level, &'l Level) {
    let stages = first.stage.zip(second.stage).map(|(a, b)| a.cmp(&b));
    let years = first.experience.zip(second.experience).map(|((a, _), (b, _))| a.cmp(&b));
    let order = stages.filter(|order| order.is_ne()).or(years).unwrap_or(std::cmp::Ordering::Equal);
    // Along a track they stand in order.
    if first.track != second.track && order.is_gt() { (second, first) } else { (first, second) }
}

#[cfg(test)]
mod tests {
    use super::without_shared_end;

    #[test]
    fn what_both_names_end_in_is_said_once() {
        assert_eq!(without_shared_end("Junior Backend Developer", "Senior Backend Developer"), "Junior");
        assert_eq!(without_shared_end("Backend Developer", "Senior Backend Developer"), "Backend Developer");
        assert_eq!(without_shared_end("Team Lead", "Director"), "Team Lead");
        assert_eq!(without_shared_end("A B", "A B"), "A B");
        assert_eq!(without_shared_end("", "x"), "");
        assert_eq!(without_shared_end("Junior  Nurse ", "Senior Nurse "), "Junior");
    }

    #[test]
    fn what_tells_two_names_apart_is_kept() {
        let whole = |name: &str, other: &str| assert_eq!(without_shared_end(name, other), name, "{other}");
        whole("Nurse I", "Nurse II");
        whole("Nurse II", "Doctor II");
        whole("Nurse A", "Senior Nurse B A");
        whole("Nurse, Ward", "Nurse, Senior, Ward");
        whole("Nurse (Junior Ward)", "Nurse (Senior Ward)");
        assert_eq!(without_shared_end("Staff Nurse, Theatre A", "Charge Nurse, Theatre A"), "Staff");
        assert_eq!(without_shared_end("Nurse, Surgery", "Doctor, Surgery"), "Nurse");
        assert_eq!(without_shared_end("Head of Sales", "Director of Sales"), "Head");
    }
}
