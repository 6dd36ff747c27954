//! Open jobs as pages show them.

use super::Plan;
use super::ladder::level_url;
use super::view::{Crumb, Html, PositionView};
use crate::data::{AsOf, Id};
use crate::kind::Kind;
use crate::locale::DateStyle;
use crate::role::{Position, Role};

impl Plan {
    /// The open jobs of a role, newest first.
    pub(super) fn positions_of(&self, role: &Role) -> Vec<PositionView> {
        let mut positions: Vec<&Position> = role.positions.iter().collect();
        positions.sort_by(|a, b| b.posted.cmp(&a.posted).then_with(|| a.id.cmp(&b.id)));
        positions.into_iter().map(|position| self.position(role, position)).collect()
    }

    pub(super) fn position(&self, role: &Role, position: &Position) -> PositionView {
        let own = self.url_of(Kind::Position, &format!("{}/{}", role.id, position.id));
        let level = position.level.as_ref().and_then(|id| role.ladder.level(id.as_str()));
        let ladder = self.levels_on(Kind::Ladder, role.id.as_str());
        let apply_url = position.url.as_ref().map(ToString::to_string);
        PositionView {
            id: position.id.to_string(),
            title: position.title.clone(),
            internal: own.is_some(),
            url: own.or_else(|| apply_url.clone()),
            apply_url,
            role: Crumb { title: role.title.clone(), url: self.url_of(Kind::Hub, role.id.as_str()).unwrap_or_default() },
            employer: position.employer.clone(),
            employer_url: position.employer_url.as_ref().map(ToString::to_string),
            locations: position.locations.clone(),
            country: position.country.as_deref().map(|code| Id::new(code).map_or_else(|| code.to_owned(), |id| self.area_name(&id))),
            workplace: position.workplace.map(|workplace| self.named("workplace", workplace.as_str())),
            employment_type: position.employment_type.map(|kind| self.named("employment", kind.as_str())),
            level: level.zip(ladder).map(|(level, url)| Crumb { title: level.title.clone(), url: level_url(&url, &level.id) }),
            salary: position.salary.as_ref().map(|pay| self.pay(pay, None)),
            posted: position.posted.to_string(),
            posted_text: self.locale().date(AsOf::Day(position.posted), DateStyle::Long),
            expires: position.expires.map(|date| date.to_string()),
            expires_text: position.expires.map(|date| self.locale().date(AsOf::Day(date), DateStyle::Long)),
            summary: position.summary.clone().unwrap_or_default(),
            description: position.description.as_ref().map_or(Html::Empty, |text| self.block(text)),
        }
    }
}
