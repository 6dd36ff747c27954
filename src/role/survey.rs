//! What surveys of occupations say of a job: the rows of [[requires]] and [[interests]] come in; each
//! with where it stands on its scale, the most important first, goes out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::record::{Importance, InterestRow, RatedImportance, RatingRow, RequiresRow};
use super::resolver::Resolver;
use super::{Change, Interest, Need, Rating, Required};
use crate::data::{At, Decimal, Id};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// Where a scale begins that does not say it.
const ZERO: Decimal = Decimal(rust_decimal::Decimal::ZERO);

/// Returns the skills that a job asks for at whatever level.
pub(super) fn requires(resolver: &mut Resolver<'_>, rows: &[At<RequiresRow>]) -> Vec<Required> {
    let mut seen: BTreeMap<&Id, &Span> = BTreeMap::new();
    let mut all = vec![];
    for row in rows {
        let skill = &row.skill;
        let path = &resolver.written.path;
        let lists = &resolver.context.lists;
        lists.check_skill(skill, path, resolver.diagnostics);
        if let Some(first) = seen.insert(&skill.value, &skill.span) {
            let message = format!("`{}` stands twice in [[requires]]", skill.value);
            let fault = Diagnostic::error(Code::DuplicateId, message).at(path, skill.span.clone());
            let fault = fault.related("it stands first here", path, first.clone());
            resolver
                .diagnostics
                .push(fault.help("keep one of the two rows"));
            continue;
        }
        all.push(required(resolver, row));
    }
    all.sort_by_key(|required| (required.need.importance, by_rating(required.rating)));
    all
}

/// Returns one of them.
fn required(resolver: &mut Resolver<'_>, row: &RequiresRow) -> Required {
    let rating = match &row.importance {
        Some(RatedImportance::Number(row)) => rating(resolver, row),
        Some(RatedImportance::Word(_)) | None => None,
    };
    let importance = match (&row.importance, rating) {
        (Some(RatedImportance::Word(word)), _) => *word,
        (_, Some(rating)) if !rating.is_high() => Importance::Optional,
        _ => Importance::Essential,
    };
    Required {
        need: Need {
            skills: vec![row.skill.value.clone()],
            importance,
            proficiency: None,
            change: Change::New,
        },
        rating,
    }
}

/// Returns the interests of people who like the job.
pub(super) fn interests(resolver: &mut Resolver<'_>, rows: &[InterestRow]) -> Vec<Interest> {
    let mut all = vec![];
    for row in rows {
        let InterestRow {
            name,
            value,
            max,
            min,
        } = row;
        let rating = match (value, max) {
            (Some(value), Some(max)) => {
                let row = RatingRow {
                    value: value.clone(),
                    max: max.clone(),
                    min: min.clone(),
                };
                rating(resolver, &row)
            }
            (Some(number), None) | (None, Some(number)) => {
                let message = "an interest has `value` and `max`, or neither";
                let help = "`max` is the highest number of the scale on which `value` is measured";
                resolver.fault(Code::BadValue, &number.span, message, help);
                None
            }
            (None, None) => None,
        };
        all.push(Interest {
            name: name.clone(),
            rating,
        });
    }
    all.sort_by_key(|interest| by_rating(interest.rating));
    all
}

/// Returns the place of a number on its scale, if it is on it.
fn rating(resolver: &mut Resolver<'_>, row: &RatingRow) -> Option<Rating> {
    let RatingRow { value, max, min } = row;
    let rating = Rating {
        value: value.value,
        min: min.as_ref().map_or(ZERO, |min| min.value),
        max: max.value,
    };
    let (span, message, help) = if rating.min >= rating.max {
        let message = format!("the scale ends at {}, where it begins or below", max.value);
        (
            &max.span,
            message,
            "`max` is the highest number of the scale",
        )
    } else if !rating.is_on_scale() {
        let message = format!(
            "{} is not on its scale, which is from {} to {}",
            value.value, rating.min, rating.max
        );
        (
            &value.span,
            message,
            "correct the number, or `max` and `min` of the scale",
        )
    } else {
        return Some(rating);
    };
    resolver.fault(Code::BadValue, span, message, help);
    None
}

/// Sorts by rating, the highest first; what has none comes before.
fn by_rating(rating: Option<Rating>) -> Reverse<u64> {
    // The bits of numbers that are not negative sort as the numbers do.
    Reverse(rating.map_or(u64::MAX, |rating| rating.share().to_bits()))
}
