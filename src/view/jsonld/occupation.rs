//! `Occupation`: a role comes in, what search engines are told of it on its hub goes out.

use serde_json::{Value, json};

use super::Object;
use super::pay::estimated_salaries;
use crate::config::{AreaKind, country};
use crate::content::plain_text;
use crate::layout::Page;
use crate::role::Role;
use crate::role::record::{ESCO, EducationLevel, Importance};
use crate::view::context::ViewContext;
use crate::view::needs;
use crate::wording::{Wording, words};

/// Returns the `Occupation` of the hub of a role.
pub fn occupation(cx: &ViewContext<'_>, page: &Page, role: &Role) -> Value {
    let url = cx.site.config.permalink(&page.url);
    let responsibilities: Vec<String> = role
        .responsibilities
        .iter()
        .map(|text| plain_text(&text.text, &cx.site.theme.markdown))
        .collect();
    let skills: Vec<String> = needs::needs_of_role(cx, role)
        .into_iter()
        .map(|need| need.need)
        .filter(|need| need.importance == Importance::Essential.as_str())
        .map(|need| need.name)
        .collect();
    let qualifications: Vec<&str> = role
        .lists
        .requirements
        .iter()
        .filter(|row| row.compulsory)
        .map(|row| row.name.as_str())
        .collect();
    let object = Object(json!({
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": role.title,
        "url": url,
        "mainEntityOfPage": url,
    }));
    object
        .with_text("description", &page.description)
        .with_list("occupationalCategory", categories(role))
        .with_list("responsibilities", responsibilities)
        .with_list("skills", skills)
        .with_list("estimatedSalary", estimated_salaries(&cx.wording, role))
        .with("occupationLocation", location(&cx.wording, role))
        .with("experienceRequirements", experience(cx, role))
        .with_list("educationRequirements", education(cx, role))
        .with_list("qualifications", qualifications)
        .0
}

/// Returns the codes of a role in the classifications of occupations.
fn categories(role: &Role) -> Vec<Value> {
    let category = |(scheme, code): (&str, &str)| match scheme {
        ESCO => json!(code),
        _ => json!({
            "@type": "CategoryCode",
            "inCodeSet": { "@type": "CategoryCodeSet", "name": scheme },
            "codeValue": code,
        }),
    };
    role.codes.named().into_iter().map(category).collect()
}

/// Returns the area that the headline pay of a role is about.
fn location(words: &Wording<'_>, role: &Role) -> Option<Value> {
    let area = role.headline()?.area.as_ref()?;
    let declared = words.config.areas.get(area);
    let is_country = match declared.and_then(|declared| declared.row.kind) {
        Some(kind) => kind == AreaKind::Country,
        None => country(area.as_str()).is_some(),
    };
    let kind = if is_country {
        "Country"
    } else {
        "AdministrativeArea"
    };
    Some(json!({ "@type": kind, "name": words::area_name(words, area) }))
}

/// Returns the fewest years of experience that a level asks for, in months: what an applicant needs.
/// Without years, what is said of experience.
fn experience(cx: &ViewContext<'_>, role: &Role) -> Option<Value> {
    let levels = role.ladder.levels();
    let years = levels
        .filter_map(|level| level.experience)
        .map(|(min, _)| min);
    let Some(years) = years.min() else {
        let text = role.preparation.experience.as_ref()?;
        return Some(json!(plain_text(&text.text, &cx.site.theme.markdown)));
    };
    Some(json!({
        "@type": "OccupationalExperienceRequirements",
        "monthsOfExperience": years * 12,
    }))
}

/// Returns the education that leads to a role; without any of a level, what is said of it.
fn education(cx: &ViewContext<'_>, role: &Role) -> Vec<Value> {
    let rows = role.lists.education.iter();
    let credentials: Vec<Value> = rows
        .filter_map(|row| credential(&row.name, row.level))
        .collect();
    if !credentials.is_empty() {
        return credentials;
    }
    let text = role.preparation.education.iter();
    text.map(|text| json!(plain_text(&text.text, &cx.site.theme.markdown)))
        .collect()
}

fn credential(name: &str, level: Option<EducationLevel>) -> Option<Value> {
    let category = match level? {
        EducationLevel::None => return None,
        EducationLevel::Secondary => "high school",
        EducationLevel::Certificate => "professional certificate",
        EducationLevel::Associate => "associate degree",
        EducationLevel::Bachelor => "bachelor degree",
        EducationLevel::Master | EducationLevel::Doctorate => "postgraduate degree",
    };
    Some(json!({
        "@type": "EducationalOccupationalCredential",
        "name": name,
        "credentialCategory": category,
    }))
}
