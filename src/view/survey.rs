//! What surveys of occupations say of a job: a role comes in, what templates show of its
//! technologies, preparation and interests goes out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::role::record::TechnologyRow;
use crate::role::{Rating, Role};
use crate::view::context::ViewContext;
use crate::view::text;
use crate::view::types::{
    InterestView, PreparationView, RatingView, TechnologiesView, TechnologyGroup, TechnologyView,
};
use crate::wording::Wording;

/// How many technologies stand before the others, which are folded.
const FIRST: usize = 12;

/// Returns the technologies of a role: what employers ask for most first, the others by category.
pub fn technologies(cx: &ViewContext<'_>, role: &Role) -> TechnologiesView {
    let mut rows: Vec<&TechnologyRow> = role.lists.technologies.iter().collect();
    rows.sort_by_key(|row| Reverse((row.in_demand, row.hot)));
    let others = rows.split_off(rows.len().min(FIRST));
    let others_count = others.len();
    let mut groups: BTreeMap<&str, Vec<TechnologyView>> = BTreeMap::new();
    for row in others {
        let category = row.category.as_deref().unwrap_or_default();
        groups.entry(category).or_default().push(technology(row));
    }
    let group = |(category, items): (&str, Vec<TechnologyView>)| TechnologyGroup {
        category: category.to_owned(),
        items,
    };
    let mut others: Vec<TechnologyGroup> = groups.into_iter().map(group).collect();
    others.sort_by_cached_key(|group| {
        let name = cx.wording.locale.sort_key(&group.category);
        (group.category.is_empty(), name)
    });
    TechnologiesView {
        first: rows.into_iter().map(technology).collect(),
        others,
        others_count,
    }
}

fn technology(row: &TechnologyRow) -> TechnologyView {
    TechnologyView {
        name: row.name.clone(),
        category: row.category.clone().unwrap_or_default(),
        hot: row.hot,
        in_demand: row.in_demand,
    }
}

/// Returns how much preparation a job takes, if anything is said of it.
pub fn preparation(cx: &ViewContext<'_>, role: &Role) -> Option<PreparationView> {
    let row = Some(&role.preparation).filter(|row| !row.is_empty())?;
    let zone = row.zone.map(|zone| {
        let zone = zone.to_string();
        cx.wording
            .strings
            .fill("preparation_zone", &[("zone", zone.as_str())])
    });
    let parts: Vec<String> = zone.into_iter().chain(row.name.clone()).collect();
    Some(PreparationView {
        zone: row.zone,
        name: row.name.clone().unwrap_or_default(),
        text: parts.join(cx.wording.strings.get("list_separator")),
        education: text::optional_block(cx, row.education.as_ref()),
        experience: text::optional_block(cx, row.experience.as_ref()),
        training: text::optional_block(cx, row.training.as_ref()),
    })
}

/// Returns what people who like the job are interested in, what fits best first.
pub fn interests(words: &Wording<'_>, role: &Role) -> Vec<InterestView> {
    let rows = role.interests.iter();
    rows.map(|row| InterestView {
        name: row.name.clone(),
        rating: row.rating.map(|row| rating(words, &row)),
    })
    .collect()
}

/// Returns a number on its scale.
pub fn rating(words: &Wording<'_>, rating: &Rating) -> RatingView {
    let Rating { value, min, max } = *rating;
    let texts = [value, max].map(|number| words.locale.number(number.0));
    let values = [("value", texts[0].as_str()), ("max", texts[1].as_str())];
    RatingView {
        value,
        min,
        max,
        x: rating.position(),
        text: words.strings.fill("rating", &values),
    }
}
