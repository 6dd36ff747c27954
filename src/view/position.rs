//! Open jobs: a position of a role comes in, what pages show of it goes out.

use crate::data::{AsOf, Id};
use crate::kind::Kind;
use crate::layout::Subject;
use crate::layout::lists::{JobId, MOST_POSITIONS};
use crate::locale::DateStyle;
use crate::role::{JobPlace, Position, Role};
use crate::view::context::ViewContext;
use crate::view::types::{Crumb, Group, PositionView};
use crate::view::{figures, ladder, parts, text};
use crate::wording::{Wording, words};

/// Returns the open jobs of a role, newest first.
pub(super) fn of_role(cx: &ViewContext<'_>, role: &Role) -> Vec<PositionView> {
    let positions = newest_first(role).into_iter();
    positions
        .map(|position| view(cx, Some(role), position))
        .collect()
}

/// Returns the open jobs of a role on a part of its list, by the number of the part from 1.
pub fn on_part(cx: &ViewContext<'_>, role: &Role, part: usize) -> Vec<PositionView> {
    let skipped = part.saturating_sub(1).saturating_mul(MOST_POSITIONS);
    let positions = newest_first(role).into_iter();
    positions
        .skip(skipped)
        .take(MOST_POSITIONS)
        .map(|position| view(cx, Some(role), position))
        .collect()
}

fn newest_first(role: &Role) -> Vec<&Position> {
    let mut positions: Vec<&Position> = role.positions.iter().collect();
    positions.sort_by(|a, b| b.posted.cmp(&a.posted).then_with(|| a.id.cmp(&b.id)));
    positions
}

/// Returns an open job, of a role or of none.
pub fn view(cx: &ViewContext<'_>, role: Option<&Role>, position: &Position) -> PositionView {
    let own = cx.layout.url_of(
        cx.site,
        Kind::Position,
        &Subject::Position(role.map(|role| role.id.clone()), position.id.clone()).id(),
    );
    let role_link = |role: &Role| Crumb {
        title: role.title.clone(),
        url: cx
            .layout
            .url_of(cx.site, Kind::Hub, role.id.as_str())
            .unwrap_or_default(),
    };
    let date_text = |date| cx.wording.locale.date(AsOf::Day(date), DateStyle::Long);
    let apply_url = position.url.as_ref().map(ToString::to_string);
    // Of a job in several countries, each place says its own.
    let is_abroad = position.countries().count() > 1;
    let has_none = |place: &JobPlace| place.country.is_none();
    let of_places = is_abroad && position.locations.iter().any(has_none);
    let country = position.country.as_deref();
    let shared = country.filter(|_| of_places);
    let country = country.filter(|_| !of_places);
    let locations = position.locations.iter();
    let locations = locations.map(|place| place_name(&cx.wording, place, shared));
    PositionView {
        id: position.id.to_string(),
        title: position.title.clone(),
        internal: own.is_some(),
        url: own.or_else(|| apply_url.clone()),
        apply_url,
        role: role.map(role_link),
        employer: position.employer.clone(),
        employer_url: position.employer_url.as_ref().map(ToString::to_string),
        locations: locations.collect(),
        country: country.map(|code| country_name(&cx.wording, code)),
        workplace: position
            .workplace
            .map(|workplace| ladder::named(&cx.wording, "workplace", workplace.as_str())),
        employment_type: position
            .employment_type
            .map(|kind| ladder::named(&cx.wording, "employment", kind.as_str())),
        level: role.and_then(|role| ladder::level_link(cx, role, position.level.as_ref())),
        salary: position
            .salary
            .as_ref()
            .map(|pay| figures::pay(cx, pay, None)),
        worded_pay: position
            .worded_pay
            .as_ref()
            .map(|pay| figures::worded_pay(cx, pay)),
        posted: position.posted.to_string(),
        posted_text: date_text(position.posted),
        expires: position.expires.map(|date| date.to_string()),
        expires_text: position.expires.map(date_text),
        summary: position.summary.clone().unwrap_or_default(),
        description: text::optional_block(cx, position.description.as_ref()),
    }
}

/// Returns a place as a text: "Paris, France". `shared` is the country of one that names none.
fn place_name(words: &Wording<'_>, place: &JobPlace, shared: Option<&str>) -> String {
    let country = place.country.as_deref().or(shared);
    let country = country.map(|code| country_name(words, code));
    match (&place.name, country) {
        (Some(name), Some(country)) if !name.contains(&country) => format!("{name}, {country}"),
        (Some(name), _) => name.clone(),
        (None, country) => country.unwrap_or_default(),
    }
}

fn country_name(words: &Wording<'_>, code: &str) -> String {
    match Id::new(code) {
        Some(id) => words::area_name(words, &id),
        None => code.to_owned(),
    }
}

/// Returns the open jobs of the index, of roles and of none: of one part, or of all. They are newest
/// first, by category where there are several parts.
pub fn by_category(cx: &ViewContext<'_>, part: Option<usize>) -> Vec<Group<PositionView>> {
    let job = |job: &JobId| {
        let role = job.role.as_ref().and_then(|role| cx.site.role(role));
        let position = cx.site.position(job.role.as_ref(), &job.id)?;
        Some(view(cx, role, position))
    };
    let groups = cx.layout.lists.positions.whole().on(part);
    let groups =
        groups.map(|(group, jobs)| parts::group_of(group, jobs.iter().filter_map(job).collect()));
    groups.collect()
}
