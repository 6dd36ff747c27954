//! Jobs in a list of somebody's own, in YAML or JSON, and as schema.org has them.

use serde_json::Value as Json;

use super::job::{Job, Pay, Place, employment, period, workplace};
use super::json::{amount, day, list, number, text};
use crate::import::{LossReport, Where};

const KNOWN: [&str; 58] = [
    "id",
    "number",
    "reference",
    "identifier",
    "title",
    "name",
    "position",
    "job_title",
    "jobTitle",
    "employer",
    "company",
    "organization",
    "organisation",
    "company_name",
    "hiringOrganization",
    "employer_url",
    "company_url",
    "location",
    "locations",
    "place",
    "places",
    "city",
    "country",
    "state",
    "region",
    "jobLocation",
    "applicantLocationRequirements",
    "workplace",
    "remote",
    "workplace_type",
    "jobLocationType",
    "employment_type",
    "employment",
    "type",
    "employmentType",
    "commitment",
    "salary",
    "pay",
    "baseSalary",
    "currency",
    "posted",
    "date",
    "datePosted",
    "published",
    "posted_at",
    "publishedAt",
    "created_at",
    "expires",
    "validThrough",
    "deadline",
    "closes",
    "closing_date",
    "expires_at",
    "url",
    "link",
    "apply_url",
    "description",
    "body",
];

/// Reads a job.
pub fn job(row: &Json) -> Job {
    let first = |paths: &[&str]| paths.iter().find_map(|path| text(row, path));
    let remote = match row.pointer("/remote") {
        Some(Json::Bool(true)) => Some("remote"),
        _ => first(&[
            "/workplace",
            "/workplace_type",
            "/jobLocationType",
            "/remote",
        ])
        .and_then(|text| workplace(&text)),
    };
    let description = first(&["/description", "/body"]);
    let is_markdown = description
        .as_deref()
        .is_some_and(|text| !text.contains("</") && !text.contains("/>"));
    Job {
        title: first(&["/title", "/job_title", "/jobTitle", "/position", "/name"])
            .unwrap_or_default(),
        number: [
            "/id",
            "/number",
            "/reference",
            "/identifier",
            "/identifier/value",
        ]
        .iter()
        .find_map(|path| number(row, path)),
        employer: first(&[
            "/employer",
            "/company",
            "/company_name",
            "/organization",
            "/organisation",
            "/hiringOrganization/name",
            "/company/name",
            "/hiringOrganization",
        ]),
        employer_url: first(&[
            "/employer_url",
            "/company_url",
            "/hiringOrganization/sameAs",
            "/company/url",
        ]),
        places: places(row),
        workplace: remote,
        employment: first(&[
            "/employment_type",
            "/employmentType",
            "/employment",
            "/commitment",
            "/type",
        ])
        .and_then(|text| employment(&text)),
        pay: pay(row),
        posted: day(
            row,
            &[
                "/posted",
                "/datePosted",
                "/posted_at",
                "/publishedAt",
                "/published",
                "/date",
                "/created_at",
            ],
        ),
        expires: day(
            row,
            &[
                "/expires",
                "/validThrough",
                "/expires_at",
                "/deadline",
                "/closes",
                "/closing_date",
            ],
        ),
        url: first(&["/url", "/link", "/apply_url"]),
        description,
        is_markdown,
        ..Job::default()
    }
}

fn places(row: &Json) -> Vec<Place> {
    let country = text(row, "/country");
    let mut places = vec![];
    for path in [
        "/locations",
        "/location",
        "/places",
        "/place",
        "/jobLocation",
    ] {
        match row.pointer(path) {
            Some(Json::Array(items)) => places.extend(
                items
                    .iter()
                    .filter_map(|item| place(item, country.as_deref())),
            ),
            Some(item) => places.extend(place(item, country.as_deref())),
            None => {}
        }
    }
    if places.is_empty() {
        places.extend(place(row, country.as_deref()));
    }
    if places.is_empty()
        && let Some(country) = country
    {
        places.push(Place {
            text: String::new(),
            country: Some(country),
        });
    }
    places
}

/// Reads a text, or a table with a city, a region and a country.
fn place(item: &Json, country: Option<&str>) -> Option<Place> {
    if let Some(own) = item.as_str() {
        return Some(Place {
            text: own.to_owned(),
            country: country.map(str::to_owned),
        });
    }
    let address = item
        .pointer("/address")
        .filter(|address| address.is_object())
        .unwrap_or(item);
    let first = |paths: &[&str]| paths.iter().find_map(|path| text(address, path));
    let city = first(&["/city", "/addressLocality", "/town"]);
    let region = first(&["/state", "/region", "/addressRegion"]);
    let own = first(&["/country", "/addressCountry", "/addressCountry/name"])
        .or_else(|| country.map(str::to_owned));
    let parts: Vec<String> = city.into_iter().chain(region).collect();
    (!parts.is_empty() || own.is_some() && item.pointer("/title").is_none()).then(|| Place {
        text: parts.join(", "),
        country: own,
    })
}

fn pay(row: &Json) -> Option<Pay> {
    let part = ["/salary", "/pay", "/baseSalary"]
        .iter()
        .find_map(|path| row.pointer(path))?;
    if let Some(written) = part.as_str() {
        return super::pay_text::read(written);
    }
    let any = |paths: &[&str]| paths.iter().find_map(|path| amount(part, path));
    let one = any(&["", "/value"]);
    let words = |paths: &[&str]| {
        paths
            .iter()
            .find_map(|path| text(part, path).or_else(|| text(row, path)))
    };
    Some(Pay {
        min: any(&["/min", "/minimum", "/minValue", "/value/minValue"]).or(one),
        max: any(&["/max", "/maximum", "/maxValue", "/value/maxValue"]).or(one),
        currency: words(&["/currency"]),
        period: words(&["/period", "/interval", "/unitText", "/value/unitText"])
            .and_then(|text| period(&text)),
    })
}

/// Tells the keys that nothing reads.
pub fn tell_others(row: &Json, file: &str, at: &Where, report: &mut LossReport) {
    let Some(object) = row.as_object() else {
        return;
    };
    for (key, value) in object {
        let is_said = !key.starts_with('@') && !value.is_null();
        if is_said && !KNOWN.contains(&key.as_str()) {
            report.no_home(file, format!("`{key}` of a job"), at.clone());
        }
    }
    // A list under a key that takes one text says more than is read.
    if !list(row, "/employment_type").is_empty() {
        report.no_home(file, "several kinds of employment", at.clone());
    }
}
