//! The role variables as values: what [`super::role`] makes, and templates take.

use serde::Serialize;

use crate::view::types::{
    Card, CertificationView, ConditionsView, EducationView, InterestView, LadderView, OutlookView,
    PositionView, PreparationView, RelatedView, RequirementView, RoleNeedView, RoleSkillView,
    RoleView, RouteView, SalaryView, SpecializationView, StatisticView, TechnologiesView,
    TestimonialView, TipView, TitlesView,
};

/// The role variables. `faqs` is not among them, because it differs from page to page.
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
    pub requirements: Vec<RequirementView>,
    pub routes: Vec<RouteView>,
    pub conditions: Option<ConditionsView>,
    pub technologies: TechnologiesView,
    pub preparation: Option<PreparationView>,
    pub interests: Vec<InterestView>,
    pub tips: Vec<TipView>,
    pub testimonials: Vec<TestimonialView>,
    pub statistics: Vec<StatisticView>,
    pub outlook: Option<OutlookView>,
    pub skills: Vec<RoleSkillView>,
    pub needs: Vec<RoleNeedView>,
    pub positions: Vec<PositionView>,
    pub articles: Vec<Card>,
}

/// Variables of a template with their values.
pub(super) type Variables = Vec<(&'static str, tera::Value)>;

/// Names the fields of `RoleParts` in one place: a new one is a variable, or does not compile.
macro_rules! variables {
    ($($name:ident),*) => {
        impl RoleParts {
            /// The names of the variables.
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// Returns the variables as templates take them.
            pub fn variables(&self) -> Variables {
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
    requirements,
    routes,
    conditions,
    technologies,
    preparation,
    interests,
    tips,
    testimonials,
    statistics,
    outlook,
    skills,
    needs,
    positions,
    articles
);
