//! What is known of a role, as its pages show it: a `Role` comes in, the role variables of a View go out.

use serde::Serialize;

use super::Plan;
use super::figures::Axis;
use super::ladder::{Shown, level_url};
use super::unit::{self, Unit};
use super::view::{
    Card, CertificationView, Crumb, EducationView, Html, LadderView, OutlookView, PositionView, RelatedView, RoleNeedView, RoleSkillView, RoleView, SalaryView,
    SpecializationView, StatisticView, TestimonialView, TipView, TitlesView,
};
use crate::kind::Kind;
use crate::role::{Pay, Related, RelatedTo, Role};

/// The role variables of a View; `faqs` is made per page.
#[derive(Serialize)]
pub struct RoleParts {
    pub role: RoleView,
    pub ladder: LadderView,
    pub salary: SalaryView,
    pub titles: TitlesView,
    pub specializations: Vec<SpecializationView>,
    pub related: Vec<RelatedView>,
    pub education: Vec<EducationView>,
    pub certifications: Vec<CertificationView>,
    pub tips: Vec<TipView>,
    pub testimonials: Vec<TestimonialView>,
    pub statistics: Vec<StatisticView>,
    pub outlook: Option<OutlookView>,
    pub skills: Vec<RoleSkillView>,
    pub needs: Vec<RoleNeedView>,
    pub positions: Vec<PositionView>,
    pub articles: Vec<Card>,
}

/// The role variables by name, as templates take them.
pub type Variables = Vec<(&'static str, tera::Value)>;

/// Names the fields of `RoleParts` in one place: a new one is a variable, or does not compile.
macro_rules! variables {
    ($($name:ident),*) => {
        impl RoleParts {
            /// The names of the variables.
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            pub(super) fn variables(&self) -> Variables {
                let Self { $($name),* } = self;
                vec![$((stringify!($name), tera::Value::from_serializable($name))),*]
            }
        }
    };
}
variables!(
    role,
    ladder,
    salary,
    titles,
    specializations,
    related,
    education,
    certifications,
    tips,
    testimonials,
    statistics,
    outlook,
    skills,
    needs,
    positions,
    articles
);

impl Plan {
    pub(super) fn role_parts(&self, role: &Role) -> RoleParts {
        let rich = |text: Option<&crate::data::Md>| text.map_or(Html::Empty, |text| self.block(text));
        let ladder_url = self.levels_on(Kind::Ladder, role.id.as_str()).unwrap_or_default();
        RoleParts {
            role: self.role_view(role),
            ladder: self.ladder(&Shown { ladder: &role.ladder, url: ladder_url, owner: format!("roles/{}", role.id) }),
            salary: self.salary(role),
            titles: self.titles(role),
            specializations: role.specializations.iter().map(|row| self.specialization(row)).collect(),
            related: role.related.iter().map(|row| self.related(role, row)).collect(),
            education: role
                .education
                .iter()
                .map(|row| EducationView {
                    name: row.name.clone(),
                    level: row.level.map(|level| self.named("education", level.as_str())),
                    description: rich(row.description.as_ref()),
                })
                .collect(),
            certifications: role
                .certifications
                .iter()
                .map(|row| CertificationView {
                    name: row.name.clone(),
                    issuer: row.issuer.clone().unwrap_or_default(),
                    url: row.url.as_ref().map(ToString::to_string),
                    summary: row.summary.clone().unwrap_or_default(),
                })
                .collect(),
            tips: role.tips.iter().map(|tip| TipView { id: tip.id.to_string(), name: tip.name.clone(), text: rich(Some(&tip.text)) }).collect(),
            testimonials: role
                .testimonials
                .iter()
                .map(|row| TestimonialView { quote: row.quote.clone(), name: row.name.clone(), job_title: row.job_title.clone().unwrap_or_default() })
                .collect(),
            statistics: role.statistics.iter().map(|figure| self.statistic(figure)).collect(),
            outlook: role.outlook.as_ref().map(|outlook| self.outlook(outlook)),
            skills: self.skills_of(role),
            needs: self.needs_of_role(role),
            positions: self.positions_of(role),
            articles: self.pages_at(self.groups.articles_of_role.get(&role.id)).map(|page| self.card(page)).collect(),
        }
    }

    fn role_view(&self, role: &Role) -> RoleView {
        let hub = self.page_about(Kind::Hub, role.id.as_str());
        let axis = Axis::over(role.headline());
        let framework = role.framework.as_ref().and_then(|id| self.page_about(Kind::Framework, id.as_str()));
        let codes =
            [("onet_soc", role.codes.onet_soc.clone()), ("isco_08", role.codes.isco_08.clone()), ("esco", role.codes.esco.as_ref().map(ToString::to_string))];
        RoleView {
            id: role.id.to_string(),
            title: role.title.clone(),
            url: hub.map(|page| self.href(&page.url)).unwrap_or_default(),
            summary: role.summary.clone().unwrap_or_default(),
            definition: role.definition.as_ref().map_or(Html::Empty, |text| self.block(text)),
            category: self.category_crumb(&role.category),
            codes: codes.into_iter().filter_map(|(name, code)| Some((name, code?))).collect(),
            industries: role.industries.clone(),
            locations: role.locations.clone(),
            workplace: role.workplace.iter().map(|workplace| self.named("workplace", workplace.as_str())).collect(),
            responsibilities: role.responsibilities.iter().map(|text| self.item(text)).collect(),
            headline_salary: role.headline().map(|pay| self.pay(pay, axis.as_ref())),
            framework: framework.map(|page| Crumb { title: page.title.clone(), url: self.href(&page.url) }),
            image: hub.and_then(|page| self.image_of(page)),
            updated: role.publication.updated.map(|date| date.to_string()),
            levels_in_full: self.tells_levels(role),
            pages: Kind::of_role().map(|kind| (kind.key(), self.url_of(kind, role.id.as_str()))).collect(),
            extra: serde_json::Value::Object(role.extra.0.clone()),
        }
    }

    fn salary(&self, role: &Role) -> SalaryView {
        let (headline, rows): (Option<&Pay>, Vec<&Pay>) = (role.headline(), role.pay_at_home().collect());
        let axis = headline.and_then(|headline| Axis::of(headline, rows.iter().copied()));
        let areas = by_amount(role.pay_elsewhere());
        let areas_axis = Axis::of_areas(areas.iter().copied());
        SalaryView {
            headline: headline.map(|pay| self.pay(pay, axis.as_ref())),
            rows: rows.iter().map(|pay| self.pay(pay, axis.as_ref())).collect(),
            areas: areas.iter().map(|pay| self.pay(pay, areas_axis.as_ref())).collect(),
            areas_notes: self.shared_notes(&areas),
            areas_axis: areas_axis.as_ref().map(|axis| self.axis(axis)),
            axis: axis.as_ref().map(|axis| self.axis(axis)),
        }
    }

    fn specialization(&self, row: &crate::role::Specialization) -> SpecializationView {
        let url = row.role.as_ref().and_then(|id| self.url_of(Kind::Hub, id.as_str()));
        let description = row.description.as_ref().map_or(Html::Empty, |text| self.block(text));
        SpecializationView { id: row.id.to_string(), name: row.name.clone(), url, description }
    }

    fn related(&self, role: &Role, row: &Related) -> RelatedView {
        let other = match &row.target {
            RelatedTo::Role(id) => self.site.role(id),
            RelatedTo::Name(_) => None,
        };
        let title = match &row.target {
            RelatedTo::Name(name) => name.clone(),
            RelatedTo::Role(id) => other.map_or_else(|| self.site.title_of_role(id), |other| other.title.clone()),
        };
        let level = row.from.as_ref().and_then(|id| role.ladder.level(id.as_str()));
        let ladder = self.levels_on(Kind::Ladder, role.id.as_str());
        RelatedView {
            title,
            url: other.and_then(|other| self.url_of(Kind::Hub, other.id.as_str())),
            kind: self.named("relation", row.kind.as_str()),
            from: level.zip(ladder).map(|(level, url)| Crumb { title: level.title.clone(), url: level_url(&url, &level.id) }),
            reason: row.reason.clone().unwrap_or_default(),
            salary: other.and_then(|other| other.headline()).map(|pay| self.pay_text(pay)),
            pay: other.and_then(|other| other.headline()).map(|pay| self.short_pay(pay)),
            compare_url: other.and_then(|other| self.role_comparison(&role.id, &other.id)),
        }
    }
}

/// Pay by area: kind by kind, the most common one first, and of each the highest first.
fn by_amount<'r>(pays: impl Iterator<Item = &'r Pay>) -> Vec<&'r Pay> {
    let mut kinds = unit::groups(pays, |pay| Unit::across_areas(pay));
    for pays in &mut kinds {
        pays.sort_by_key(|pay| {
            let (min, max) = pay.amounts.stated();
            (std::cmp::Reverse(min.0.saturating_add(max.0)), pay.area.clone())
        });
    }
    kinds.concat()
}
