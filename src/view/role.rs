//! The role variables: a [`Role`] comes in, the variables that all its pages share go out.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::data::{Decimal, Id};
use crate::digest::Digest;
use crate::kind::Kind;
use crate::role::record::{EducationLevel, PlainRow};
use crate::role::{Pay, Related, RelatedTo, Role, Specialization};
use crate::view::context::ViewContext;
use crate::view::figures::Axis;
use crate::view::ladder::ShownLadder;
use crate::view::role_parts::RoleParts;
use crate::view::shared::{NewRole, SharedRole};
use crate::view::types::{
    CertificationView, Crumb, EducationView, LadderView, RelatedView, RoleView, SalaryView,
    SpecializationView, TestimonialView, TipView,
};
use crate::view::{card, entry, figures, image, ladder, needs, position, survey, text, titles};
use crate::wording::pay;
use crate::wording::unit::{self, Unit};

/// Returns what all pages of a role share.
///
/// The role need not be published: a shortcode may show its figures.
pub fn shared(cx: &ViewContext<'_>, id: &Id) -> Option<Arc<SharedRole>> {
    // That there is no such role is an answer too.
    cx.site.any_role(id)?;
    cx.shared.roles.get(id, || {
        let role = cx.site.any_role(id)?;
        let variables = cx.role_variables.iter();
        Some(NewRole {
            parts: parts(cx, role),
            more: variables.map(|variable| variable.of(cx, role)).collect(),
        })
    })
}

/// Returns the digest of the role variables of a role.
pub fn digest(cx: &ViewContext<'_>, id: &Id) -> Option<Digest> {
    let known = cx.shared.roles.known_digest(id);
    known.or_else(|| Some(shared(cx, id)?.digest()))
}

/// Returns the role variables of a role.
fn parts(cx: &ViewContext<'_>, role: &Role) -> RoleParts {
    let statistics = role.statistics.iter();
    let outlook = role.outlook.as_ref();
    let articles = cx.layout.groups.articles_of_role.get(&role.id);
    let articles = cx.layout.pages_at(articles);
    let specializations = role.specializations.iter();
    let related_rows = role.related.iter();
    RoleParts {
        role: role_view(cx, role),
        ladder: ladder_view(cx, role),
        salary: salary(cx, role),
        titles: titles::view(cx, role),
        specializations: specializations.map(|row| specialization(cx, row)).collect(),
        related: related_rows.map(|row| related(cx, role, row)).collect(),
        education: education(cx, role),
        certifications: certifications(role),
        requirements: entry::requirements(cx, role),
        routes: entry::routes(cx, role),
        conditions: entry::conditions(cx, role),
        technologies: survey::technologies(cx, role),
        preparation: survey::preparation(cx, role),
        interests: survey::interests(&cx.wording, role),
        tips: tips(cx, role),
        testimonials: testimonials(role),
        statistics: statistics.map(|row| figures::statistic(cx, row)).collect(),
        outlook: outlook.map(|outlook| figures::outlook(cx, outlook)),
        skills: needs::skills_of_role(cx, role),
        needs: needs::needs_of_role(cx, role),
        positions: position::of_role(cx, role),
        articles: articles.map(|page| card::of_page(cx, page)).collect(),
    }
}

fn ladder_view(cx: &ViewContext<'_>, role: &Role) -> LadderView {
    let shown = ShownLadder {
        ladder: &role.ladder,
        url: ladder::levels_on(cx, Kind::Ladder, role.id.as_str()).unwrap_or_default(),
        owner: format!("roles/{}", role.id),
    };
    ladder::view(cx, &shown)
}

fn education(cx: &ViewContext<'_>, role: &Role) -> Vec<EducationView> {
    let name_of = |level: EducationLevel| ladder::named(&cx.wording, "education", level.as_str());
    let percent = |share: Decimal| {
        let value = cx.wording.locale.number(share.0);
        let values = [("value", value.as_str())];
        cx.wording.strings.fill("statistic_percent", &values)
    };
    let rows = role.lists.education.iter();
    rows.map(|row| EducationView {
        name: row.name.clone(),
        level: row.level.map(name_of),
        share: row.share.as_ref().map(|share| share.value),
        share_text: row.share.as_ref().map(|share| percent(share.value)),
        description: text::optional_block(cx, row.description.as_ref()),
    })
    .collect()
}

fn certifications(role: &Role) -> Vec<CertificationView> {
    let rows = role.lists.certifications.iter();
    rows.map(|row| CertificationView {
        name: row.name.clone(),
        issuer: row.issuer.clone().unwrap_or_default(),
        url: row.url.as_ref().map(ToString::to_string),
        summary: row.summary.clone().unwrap_or_default(),
    })
    .collect()
}

fn tips(cx: &ViewContext<'_>, role: &Role) -> Vec<TipView> {
    let rows = role.lists.tips.iter();
    rows.map(|tip| TipView {
        id: row_id(tip),
        name: tip.name.value.clone(),
        text: text::block(cx.site, cx.layout, &tip.text),
    })
    .collect()
}

fn testimonials(role: &Role) -> Vec<TestimonialView> {
    let rows = role.testimonials.iter();
    rows.map(|row| TestimonialView {
        quote: row.quote.clone(),
        name: row.name.clone(),
        job_title: row.job_title.clone().unwrap_or_default(),
    })
    .collect()
}

fn role_view(cx: &ViewContext<'_>, role: &Role) -> RoleView {
    let hub = cx.layout.page_about(Kind::Hub, role.id.as_str());
    let hub_url = hub.map(|page| cx.site.config.href(&page.url));
    let axis = Axis::over(role.headline());
    let workplaces = role.workplace.iter();
    let responsibilities = role.responsibilities.iter();
    let pages = cx.layout.kinds.of_role().map(|kind| {
        let url = cx.layout.url_of(cx.site, kind, role.id.as_str());
        (kind.key(), url)
    });
    RoleView {
        id: role.id.to_string(),
        title: role.title.clone(),
        url: hub_url.unwrap_or_default(),
        summary: role.summary.clone().unwrap_or_default(),
        definition: text::optional_block(cx, role.definition.as_ref()),
        category: card::category_crumb(cx.site, cx.layout, &role.category),
        categories: card::category_crumbs(cx.site, cx.layout, &role.categories),
        codes: codes(role),
        classifications: entry::classifications(role),
        industries: role.industries.clone(),
        locations: role.locations.clone(),
        workplace: workplaces
            .map(|workplace| ladder::named(&cx.wording, "workplace", workplace.as_str()))
            .collect(),
        responsibilities: responsibilities
            .map(|text| text::item(cx.site, cx.layout, text))
            .collect(),
        headline_salary: role
            .headline()
            .map(|pay| figures::pay(cx, pay, axis.as_ref())),
        framework: framework_link(cx, role),
        image: hub.and_then(|page| image::of_page(cx.site, cx.layout, page)),
        updated: role.publication.updated.map(|date| date.to_string()),
        levels_in_full: ladder::tells_levels(cx.site, cx.layout, role),
        pages: pages.collect(),
        extra: serde_json::Value::Object(role.extra.0.clone()),
    }
}

/// Returns the codes that classifications of occupations give to a role.
fn codes(role: &Role) -> BTreeMap<&'static str, String> {
    let esco = role.codes.esco.as_ref().map(ToString::to_string);
    let codes = [
        ("onet_soc", role.codes.onet_soc.clone()),
        ("isco_08", role.codes.isco_08.clone()),
        ("esco", esco),
        ("soc", role.codes.soc.clone()),
        ("uk_soc", role.codes.uk_soc.clone()),
    ];
    codes
        .into_iter()
        .filter_map(|(name, code)| Some((name, code?)))
        .collect()
}

fn framework_link(cx: &ViewContext<'_>, role: &Role) -> Option<Crumb> {
    let id = role.framework.as_ref()?;
    let page = cx.layout.page_about(Kind::Framework, id.as_str())?;
    Some(Crumb {
        title: page.title.clone(),
        url: cx.site.config.href(&page.url),
    })
}

fn salary(cx: &ViewContext<'_>, role: &Role) -> SalaryView {
    let headline = role.headline();
    let rows: Vec<&Pay> = role.pay_at_home().collect();
    let axis = headline.and_then(|headline| Axis::of(headline, rows.iter().copied()));
    let areas = by_amount(role.pay_elsewhere());
    let areas_axis = Axis::of_areas(areas.iter().copied());
    SalaryView {
        headline: headline.map(|pay| figures::pay(cx, pay, axis.as_ref())),
        rows: rows
            .iter()
            .map(|pay| figures::pay(cx, pay, axis.as_ref()))
            .collect(),
        areas: areas
            .iter()
            .map(|pay| figures::pay(cx, pay, areas_axis.as_ref()))
            .collect(),
        areas_notes: pay::shared_notes(&cx.wording, &areas),
        areas_axis: areas_axis
            .as_ref()
            .map(|axis| figures::axis(&cx.wording, axis)),
        worded: role
            .worded_pay
            .iter()
            .map(|pay| figures::worded_pay(cx, pay))
            .collect(),
        axis: axis.as_ref().map(|axis| figures::axis(&cx.wording, axis)),
    }
}

fn specialization(cx: &ViewContext<'_>, row: &Specialization) -> SpecializationView {
    let role = row.role.as_ref();
    SpecializationView {
        id: row.id.to_string(),
        name: row.name.clone(),
        url: role.and_then(|id| cx.layout.url_of(cx.site, Kind::Hub, id.as_str())),
        description: text::optional_block(cx, row.description.as_ref()),
    }
}

fn related(cx: &ViewContext<'_>, role: &Role, row: &Related) -> RelatedView {
    let other = match &row.target {
        RelatedTo::Role(id) => cx.site.listed(id),
        RelatedTo::Name(_) => None,
    };
    let title = match &row.target {
        RelatedTo::Name(name) => name.clone(),
        RelatedTo::Role(id) => {
            let listed = other.as_ref().map(|other| other.title.to_owned());
            listed.unwrap_or_else(|| cx.site.title_of_role(id))
        }
    };
    let other = other.as_ref();
    let headline = other.and_then(|other| other.headline);
    RelatedView {
        title,
        url: other.and_then(|other| cx.layout.url_of(cx.site, Kind::Hub, other.id.as_str())),
        kind: ladder::named(&cx.wording, "relation", row.kind.as_str()),
        from: ladder::level_link(cx, role, row.from.as_ref()),
        rank: row.rank,
        tier: row.tier.clone().unwrap_or_default(),
        reason: row.reason.clone().unwrap_or_default(),
        salary: headline.map(|pay| pay::text(&cx.wording, pay)),
        pay: headline.map(|pay| figures::short_pay(&cx.wording, pay)),
        compare_url: other
            .and_then(|other| cx.layout.url_of_comparison(cx.site, &role.id, other.id)),
    }
}

/// Sorts pay by area: the most common unit first, and the highest pay first within a unit.
fn by_amount<'r>(pays: impl Iterator<Item = &'r Pay>) -> Vec<&'r Pay> {
    let mut kinds = unit::groups(pays, |pay| Unit::across_areas(pay));
    for pays in &mut kinds {
        pays.sort_by_key(|pay| {
            let (min, max) = pay.amounts.stated();
            (Reverse(min.0.saturating_add(max.0)), pay.area.clone())
        });
    }
    kinds.concat()
}

/// Returns the id of a row of a list, which is its anchor on a page.
pub fn row_id(row: &dyn PlainRow) -> String {
    let id = row.name().and_then(|name| name.id());
    id.map(|id| id.to_string()).unwrap_or_default()
}
