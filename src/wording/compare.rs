//! The description of a comparison: two levels or roles come in, a sentence with their figures goes
//! out.

use crate::data::Id;
use crate::locale::Form;
use crate::role::{Level, Need, Outlook, Pay, Role, raise};
use crate::wording::unit::Unit;
use crate::wording::words::MOST;
use crate::wording::years::Years;
use crate::wording::{Wording, pay, words, years};

/// The needs of two levels, compared.
pub struct Needs<'l> {
    /// Needs of the second level alone.
    pub gained: Vec<&'l Need>,
    /// Needs of both levels, of the second one to a higher standard.
    pub raised: Vec<NeedInBoth<'l>>,
    /// Needs of both levels, of the second one to a lower standard: on another track.
    pub lowered: Vec<NeedInBoth<'l>>,
    /// Needs of the first level alone.
    pub dropped: Vec<&'l Need>,
    /// The other needs of both levels.
    pub shared: Vec<NeedInBoth<'l>>,
}

/// A need of the same skills in two levels.
pub struct NeedInBoth<'l> {
    pub before: &'l Need,
    pub after: &'l Need,
}

/// A figure of two levels or roles as text.
struct Texts {
    a: String,
    b: String,
}

/// Compares the needs of two levels.
pub fn needs_of<'l>(words: &Wording<'_>, a: &'l Level, b: &'l Level) -> Needs<'l> {
    let held = |need: &Need| a.skills.iter().find(|held| held.is_for_same(need));
    let both = b.skills.iter().filter_map(|need| {
        let before = held(need)?;
        Some(NeedInBoth {
            before,
            after: need,
        })
    });
    let is_raised = |NeedInBoth { before, after }: &NeedInBoth<'_>| {
        raise(before, after, |id| words.config.rank(id)).is_some()
    };
    let (raised, others): (Vec<_>, Vec<_>) = both.partition(is_raised);
    let is_lowered = |NeedInBoth { before, after }: &NeedInBoth<'_>| {
        raise(after, before, |id| words.config.rank(id)).is_some()
    };
    let (lowered, shared) = others.into_iter().partition(is_lowered);
    let is_new = |need: &&Need| held(need).is_none();
    let is_dropped = |need: &&Need| !b.skills.iter().any(|other| other.is_for_same(need));
    Needs {
        gained: b.skills.iter().filter(is_new).collect(),
        raised,
        lowered,
        dropped: a.skills.iter().filter(is_dropped).collect(),
        shared,
    }
}

/// Returns a sentence such as "From A to B: pay of $55K–$80K becomes $110K–$150K and 6 skills are
/// new."
pub fn summary_of_levels(words: &Wording<'_>, a: &Level, b: &Level) -> String {
    let parts = differences_of_levels(words, a, b);
    let sentence = |key, parts: &[String]| sentence(words, key, [&a.title, &b.title], parts);
    let whole = sentence("compare_levels_summary", &parts);
    if whole.chars().count() <= MOST {
        return whole;
    }
    // Search engines show the names in the title too, but the figures only here: so the names are
    // left out first.
    let mut shorter = (1..=parts.len())
        .rev()
        .map(|count| sentence("compare_levels_summary_short", &parts[..count]));
    shorter
        .find(|text| text.chars().count() <= MOST)
        .unwrap_or(whole)
}

/// Returns the differences of two levels, the most important first.
fn differences_of_levels(words: &Wording<'_>, a: &Level, b: &Level) -> Vec<String> {
    let needs = needs_of(words, a, b);
    let count = |needs: &mut dyn Iterator<Item = &Need>| {
        // Optional skills need not be learnt and are not missed.
        needs.filter(|need| need.is_essential()).count()
    };
    let gained = count(&mut needs.gained.iter().copied());
    let counts = [
        ("compare_gained_count", gained),
        (
            "compare_raised_count",
            count(&mut needs.raised.iter().map(|need| need.after)),
        ),
        (
            "compare_lowered_count",
            count(&mut needs.lowered.iter().map(|need| need.before)),
        ),
        (
            "compare_dropped_count",
            count(&mut needs.dropped.iter().copied()),
        ),
        ("compare_helpful_count", needs.gained.len() - gained),
    ];
    let mut parts = vec![];
    if let Some(texts) = pays(words, a.salary.as_ref(), b.salary.as_ref()) {
        parts.push(texts.fill(words, "compare_pay"));
    }
    if let Some(texts) = experiences(words, a, b) {
        parts.push(texts.fill(words, "compare_experience"));
    }
    for (key, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        parts.push(words.strings.plural(key, count));
    }
    parts
}

/// Returns a sentence such as "A and B: pay of $131K and $98K, and 9 skills in common."
pub fn summary_of_roles(words: &Wording<'_>, a: &Role, b: &Role) -> String {
    let mut parts = vec![];
    if let Some(texts) = pays(words, a.headline(), b.headline()) {
        parts.push(texts.fill(words, "compare_roles_pay"));
    }
    if let Some(texts) = outlooks(words, a, b) {
        parts.push(texts.fill(words, "compare_roles_outlook"));
    }
    let is_shared = |id: &&Id| b.skills().any(|other| other == *id);
    let shared = a.skills().filter(is_shared).count();
    if shared > 0 {
        parts.push(words.strings.plural("compare_shared_count", shared));
    }
    let names = [a.title.as_str(), &b.title];
    // Pay takes many words, so it is left out first.
    let mut sentences = (0..=parts.len())
        .map(|from| sentence(words, "compare_roles_summary", names, &parts[from..]));
    sentences
        .find(|text| text.chars().count() <= MOST)
        .unwrap_or_else(|| sentence(words, "", names, &[]))
}

impl Texts {
    /// Returns a string with both texts.
    fn fill(&self, words: &Wording<'_>, key: &str) -> String {
        words.strings.fill(key, &[("a", &self.a), ("b", &self.b)])
    }
}

/// Returns a string with both names and the parts, or the string for no parts.
fn sentence(words: &Wording<'_>, key: &str, [a, b]: [&str; 2], parts: &[String]) -> String {
    let key = if parts.is_empty() {
        "description_compare"
    } else {
        key
    };
    words.strings.fill(
        key,
        &[
            ("a", a),
            ("b", b),
            ("parts", &words::join_and(words, parts)),
        ],
    )
}

/// Returns two amounts of pay, if they are of the same unit and differ. What both measure is told
/// with the second.
fn pays(words: &Wording<'_>, a: Option<&Pay>, b: Option<&Pay>) -> Option<Texts> {
    let (a, b) = a.zip(b)?;
    if Unit::across_labels(a) != Unit::across_labels(b) {
        return None;
    }
    let amount_a = pay::amount(words, a, Form::Short);
    let amount_b = pay::amount(words, b, Form::Short);
    if amount_a == amount_b {
        return None;
    }
    // The sentence is short, and the page names the site's own area with the figures.
    let home = words.config.site.figures.area.as_ref();
    let home = home.map(|area| words::area_name(words, &area.value));
    let with_period = pay::with_period(words, &amount_b, b);
    let own_label = match &a.label {
        Some(label) if a.label != b.label => vec![label.clone()],
        _ => vec![],
    };
    Some(Texts {
        a: pay::which(words, amount_a, &own_label),
        b: pay::told(words, with_period, b, home.as_slice()),
    })
}

/// Returns the years of experience that two levels ask for, if they differ.
fn experiences(words: &Wording<'_>, a: &Level, b: &Level) -> Option<Texts> {
    let (a, b) = a.experience.zip(b.experience)?;
    if a == b {
        return None;
    }
    let text = |(min, max)| years::text(words, Years { min, max });
    Some(Texts {
        a: text(a),
        b: text(b),
    })
}

/// Returns the projected changes in jobs of two roles, if they are about the same years and area and
/// differ.
fn outlooks(words: &Wording<'_>, a: &Role, b: &Role) -> Option<Texts> {
    let (a, b) = a.outlook.as_ref().zip(b.outlook.as_ref())?;
    let scope = |outlook: &Outlook| (outlook.base_year, outlook.target_year, outlook.area.clone());
    if scope(a) != scope(b) {
        return None;
    }
    let texts = Texts {
        a: pay::change_text(words, a.change_percent),
        b: pay::change_text(words, b.change_percent),
    };
    if texts.a == texts.b {
        None
    } else {
        Some(texts)
    }
}
