//! Comparisons: a page for two levels of a ladder or two related roles, side by side.
//!
//! A draft has only the address and the title. Everything else is made from the records when the
//! View is made.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::draft::{Draft, Drafted, Drafting, role_slug};
use super::section::{SectionKind, StandsIn, no_terms};
use super::{JsonTwin, Made, Menu, PageKind};
use crate::data::Id;
use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::kind::{Kind, Scope};
use crate::layout::Subject;
use crate::layout::address::{Placeholders, folder_of};
use crate::layout::pair::split_pair;
use crate::path::{SourcePath, UrlPath, slugify};
use crate::role::{Ladder, Level, RelatedTo, Role};
use crate::site::pair_of;
use crate::view::compare;
use crate::view::variable::Variable;
use crate::wording::pair;

pub(super) static KIND: PageKind = PageKind {
    kind: Kind::Compare,
    scope: Scope::Thing,
    permalink: "{parent}/compare/{slug}/",
    prose: &[
        "compare/*.md",
        "roles/*/compare/*.md",
        "frameworks/*/compare/*.md",
    ],
    made: Made::Always,
    drafts,
    // The sentence that its figures make is put together with the View.
    description: |_| String::new(),
    sections: &[
        section("side-by-side", |about| {
            compare::has_facts(about.site, about.layout, about.page)
        }),
        section("skill-changes", |about| {
            compare::has_skills(about.site, about.page)
        }),
        section("duties", |about| {
            compare::has_duties(about.site, about.page)
        }),
        section("criteria", |about| {
            compare::has_criteria(about.site, about.page)
        }),
    ],
    on_hub: None,
    role_variable: None,
    variables: |about, cx| vec![Variable::new("comparison", compare::view(cx, about.page))],
    json_ld: |_, _| None,
    json: JsonTwin::None,
    menu: Menu::None,
    search_group: "nav_comparisons",
};

/// Returns a section that only comparisons have.
const fn section(id: &'static str, has_content: fn(&super::About<'_>) -> bool) -> SectionKind {
    SectionKind {
        id,
        has_content,
        stands_in: StandsIn::Never,
        index_terms: no_terms,
    }
}

/// The longest slug of a pair in bytes, below the limit of file systems for a name.
const LONGEST_SLUG: usize = 180;

/// A ladder whose levels are compared.
struct Compared<'p> {
    ladder: &'p Ladder,
    /// The title of the role or framework, for titles of comparisons that do not name it.
    title: &'p str,
    /// The folder of the page above the comparisons.
    parent: String,
    /// The folder of `content/` that the prose would be in.
    folder: String,
    /// Makes the subject of a comparison.
    subject: fn(Id, Id, Id) -> Subject,
    id: &'p Id,
}

fn drafts(drafting: &Drafting<'_>) -> Vec<Drafted> {
    let roles = compared_roles(drafting);
    let of_roles: Vec<_> = roles
        .iter()
        .filter_map(|role| of_role(drafting, role))
        .collect();
    let of_frameworks = frameworks(drafting);
    let ladders: Vec<_> = of_roles.into_iter().chain(of_frameworks).collect();
    let levels = ladders
        .par_iter()
        .flat_map_iter(|ladder| level_pairs(drafting, ladder));
    let mut drafts: Vec<Drafted> = levels.collect();
    let pairs = made_pairs(drafting);
    drafts.extend(pairs.into_iter().map(|(a, b)| role_pair(drafting, a, b)));
    drafts
}

/// Returns the roles that are compared with others, sorted by id.
fn compared_roles<'d>(drafting: &'d Drafting<'_>) -> Vec<&'d Role> {
    let is_compared = |role: &&Role| drafting.decided(Kind::Compare, Some(role)).unwrap_or(true);
    drafting.site.all_roles().filter(is_compared).collect()
}

fn of_role<'d>(drafting: &'d Drafting<'_>, role: &'d Role) -> Option<Compared<'d>> {
    Some(Compared {
        ladder: &role.ladder,
        title: &role.title,
        parent: folder_of(&drafting.hub(role).ok()?),
        folder: format!("roles/{}", role.id),
        subject: Subject::Levels,
        id: &role.id,
    })
}

fn frameworks<'d>(drafting: &'d Drafting<'_>) -> Vec<Compared<'d>> {
    if drafting.decided(Kind::Compare, None) == Some(false) {
        return vec![];
    }
    let frameworks = drafting.site.frameworks.values();
    let compared = frameworks.filter_map(|framework| {
        Some(Compared {
            ladder: &framework.ladder,
            title: &framework.name,
            parent: folder_of(&drafting.framework(framework).ok()?),
            folder: format!("frameworks/{}", framework.id),
            subject: Subject::FrameworkLevels,
            id: &framework.id,
        })
    });
    compared.collect()
}

/// Drafts a comparison for every two levels that have more than a name.
fn level_pairs(drafting: &Drafting<'_>, compared: &Compared<'_>) -> Vec<Drafted> {
    let levels = compared
        .ladder
        .levels()
        .filter(|level| has_more_than_a_name(level));
    let levels: Vec<&Level> = levels.collect();
    let pairs = levels.iter().enumerate().flat_map(|(at, first)| {
        levels[at + 1..]
            .iter()
            .map(|second| in_order(first, second))
    });
    pairs
        .map(|(low, high)| level_pair(drafting, compared, low, high))
        .collect()
}

fn level_pair(
    drafting: &Drafting<'_>,
    compared: &Compared<'_>,
    low: &Level,
    high: &Level,
) -> Drafted {
    let slug = pair_slug(&slugify(low.id.as_str()), &slugify(high.id.as_str()));
    let words = Placeholders {
        slug: &slug,
        category: "",
        parent: &compared.parent,
    };
    let folder = &compared.folder;
    let name = format!("content/{folder}/compare/{}-vs-{}.md", low.id, high.id);
    let pair = pair::Pair {
        of: compared.title,
        ladder: compared.ladder,
        low,
        high,
    };
    Drafted::page(Draft {
        subject: (compared.subject)(compared.id.clone(), low.id.clone(), high.id.clone()),
        url: drafting.address(&KIND, &words),
        name: SourcePath::new(&name).ok(),
        title: pair::title(&drafting.wording, &pair),
        number: 1,
    })
}

fn role_pair(drafting: &Drafting<'_>, a: &Role, b: &Role) -> Drafted {
    let values = [("a", a.title.as_str()), ("b", &b.title)];
    // Prose may name the two in the other order.
    let name = |a: &Role, b: &Role| {
        SourcePath::new(&format!("content/compare/{}-vs-{}.md", a.id, b.id)).ok()
    };
    let is_written = |name: &SourcePath| drafting.site.article(name).is_some();
    let usual = name(a, b);
    let other = name(b, a).filter(is_written);
    Drafted::page(Draft {
        subject: Subject::Roles(a.id.clone(), b.id.clone()),
        url: address_of_pair(drafting, a, b),
        name: match usual {
            Some(usual) if is_written(&usual) => Some(usual),
            usual => other.or(usual),
        },
        title: drafting.wording.strings.fill("title_compare", &values),
        number: 1,
    })
}

fn address_of_pair(drafting: &Drafting<'_>, a: &Role, b: &Role) -> Result<UrlPath, Diagnostic> {
    let slug = pair_slug(&role_slug(a), &role_slug(b));
    let words = Placeholders {
        slug: &slug,
        category: "",
        parent: "/",
    };
    drafting.address(&KIND, &words)
}

/// Returns the slug of a pair. One that is too long is cut, and told from others by a digest.
fn pair_slug(a: &str, b: &str) -> String {
    let whole = format!("{a}-vs-{b}");
    if whole.len() <= LONGEST_SLUG {
        return whole;
    }
    let part = |slug: &str| {
        let starts = slug.char_indices().map(|(start, _)| start);
        let end = starts.take_while(|start| *start <= LONGEST_SLUG / 3).last();
        slug[..end.unwrap_or(0)].trim_end_matches('-').to_owned()
    };
    let digest = Digest::of(whole.as_bytes()).short();
    format!("{}-vs-{}-{digest}", part(a), part(b))
}

/// Pairs of indexes of roles, the smaller one first.
type Pairs = BTreeSet<(usize, usize)>;

/// Returns true if two roles that are compared are related.
pub(super) fn has_related_pairs(drafting: &Drafting<'_>) -> bool {
    let roles = compared_roles(drafting);
    (0..roles.len()).any(|index| related_to(&roles, index).next().is_some())
}

/// Returns the pairs of roles that have a page, each once and sorted by id: the nearest of each
/// role, and what a text is about or links to.
pub(super) fn made_pairs<'d>(drafting: &'d Drafting<'_>) -> Vec<(&'d Role, &'d Role)> {
    let roles = compared_roles(drafting);
    let nearest = drafting.site.config.site.compare.related as usize;
    let (mut made, mut left_out) = (Pairs::new(), Pairs::new());
    for index in 0..roles.len() {
        for (place, other) in related_to(&roles, index).enumerate() {
            let pairs = if place < nearest {
                &mut made
            } else {
                &mut left_out
            };
            pairs.insert((index.min(other), index.max(other)));
        }
    }
    made.extend(asked_by_name(drafting, &roles));
    left_out.retain(|pair| !made.contains(pair));
    made.extend(asked_by_address(drafting, &roles, &left_out));
    made.into_iter()
        .map(|(a, b)| (roles[a], roles[b]))
        .collect()
}

/// Returns the indexes of the roles that a role names as related, the nearest first.
fn related_to<'r>(roles: &'r [&'r Role], index: usize) -> impl Iterator<Item = usize> + 'r {
    let rows = roles[index].related.iter();
    rows.filter_map(|row| match &row.target {
        RelatedTo::Role(id) => index_of(roles, id),
        RelatedTo::Name(_) => None,
    })
}

fn index_of(roles: &[&Role], id: &Id) -> Option<usize> {
    roles.binary_search_by(|role| role.id.cmp(id)).ok()
}

/// Returns the pairs that a text was written for, or that something links to by that file's name.
fn asked_by_name(drafting: &Drafting<'_>, roles: &[&Role]) -> Pairs {
    let articles = drafting.site.articles.keys();
    let linked = drafting.site.linked_pairs.names.iter();
    let names = articles
        .filter_map(pair_of)
        .chain(linked.map(String::as_str));
    let pair = |name: &str| {
        let [a, b] = split_pair(name, |id| index_of(roles, id).is_some())?;
        let (a, b) = (index_of(roles, &a)?, index_of(roles, &b)?);
        (a != b).then_some((a.min(b), a.max(b)))
    };
    names.filter_map(pair).collect()
}

/// Returns those of some pairs whose address something links to.
fn asked_by_address(drafting: &Drafting<'_>, roles: &[&Role], pairs: &Pairs) -> Pairs {
    let linked = &drafting.site.linked_pairs.addresses;
    if linked.is_empty() {
        return Pairs::new();
    }
    let is_linked = |(a, b): &&(usize, usize)| {
        let url = address_of_pair(drafting, roles[*a], roles[*b]);
        url.is_ok_and(|url| linked.contains(url.as_str().trim_end_matches('/')))
    };
    pairs.iter().filter(is_linked).copied().collect()
}

/// Returns true if a level has more than a name.
fn has_more_than_a_name(level: &Level) -> bool {
    let has_figures = level.salary.is_some() || level.experience.is_some() || level.stage.is_some();
    let has_lists = !level.skills.is_empty()
        || !level.responsibilities.is_empty()
        || !level.competencies.is_empty();
    has_figures || has_lists || level.scope.is_some() || level.reach.is_some()
}

/// Returns two levels with the lower one first: by stage, then by years, then by their order on the
/// ladder.
fn in_order<'l>(first: &'l Level, second: &'l Level) -> (&'l Level, &'l Level) {
    let stages = first.stage.zip(second.stage).map(|(a, b)| a.cmp(&b));
    let years = first
        .experience
        .zip(second.experience)
        .map(|((a, _), (b, _))| a.cmp(&b));
    let order = stages.filter(|order| order.is_ne()).or(years);
    // Along a track they stand in order.
    if first.track != second.track && order.is_some_and(std::cmp::Ordering::is_gt) {
        (second, first)
    } else {
        (first, second)
    }
}
