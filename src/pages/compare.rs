//! Comparisons: a page for two levels of a ladder or two related roles, side by side.
//!
//! A draft has only the address and the title. Everything else is made from the records when the
//! View is made.

use rayon::prelude::*;

use super::draft::{Draft, Drafted, Drafting};
use super::section::{SectionKind, StandsIn, no_terms};
use super::{JsonTwin, Made, Menu, PageKind};
use crate::data::Id;
use crate::kind::{Kind, Scope};
use crate::layout::Subject;
use crate::layout::address::{Placeholders, folder_of};
use crate::layout::pair::{address_of_pair, compared_roles, pair_slug};
use crate::path::{SourcePath, slugify};
use crate::role::{Ladder, Level, Role};
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
    let roles = compared_roles(drafting.site);
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
    let pairs = drafting.pairs.iter();
    drafts.extend(pairs.map(|(a, b)| role_pair(drafting, a, b)));
    drafts
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
        url: address_of_pair(drafting.site, a, b),
        name: match usual {
            Some(usual) if is_written(&usual) => Some(usual),
            usual => other.or(usual),
        },
        title: drafting.wording.strings.fill("title_compare", &values),
        number: 1,
    })
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
