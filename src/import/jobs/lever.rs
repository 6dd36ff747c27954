//! Jobs of Lever, as its postings are given with `?mode=json`.

use serde_json::Value as Json;

use super::job::{Job, Pay, Place, employment, period, workplace};
use super::json::{amount, day, list, number, of_host, text};

/// Keys that are read.
pub const KNOWN: [&str; 18] = [
    "id",
    "text",
    "hostedUrl",
    "applyUrl",
    "workplaceType",
    "categories",
    "country",
    "salaryRange",
    "createdAt",
    "description",
    "descriptionPlain",
    "descriptionBody",
    "descriptionBodyPlain",
    "opening",
    "openingPlain",
    "lists",
    "additional",
    "additionalPlain",
];

/// Reads a job.
pub fn job(row: &Json) -> Job {
    let country = text(row, "/country");
    let all = list(row, "/categories/allLocations")
        .iter()
        .filter_map(Json::as_str)
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let all = if all.is_empty() {
        text(row, "/categories/location").into_iter().collect()
    } else {
        all
    };
    // The country is that of the first place.
    let places = all.into_iter().enumerate().map(|(at, text)| Place {
        text,
        country: country.clone().filter(|_| at == 0),
    });
    let url = text(row, "/hostedUrl");
    Job {
        title: text(row, "/text").unwrap_or_default(),
        number: number(row, "/id"),
        employer: url.as_deref().and_then(|url| of_host(url, "lever.co")),
        places: places.collect(),
        workplace: text(row, "/workplaceType").and_then(|text| workplace(&text)),
        employment: text(row, "/categories/commitment").and_then(|text| employment(&text)),
        pay: row.pointer("/salaryRange").map(|range| Pay {
            min: amount(range, "/min"),
            max: amount(range, "/max"),
            currency: text(range, "/currency"),
            period: text(range, "/interval").and_then(|text| period(&text)),
        }),
        posted: day(row, &["/createdAt"]),
        url,
        description: description(row),
        ..Job::default()
    }
}

/// Joins what a posting says: its description, its lists, and what follows.
fn description(row: &Json) -> Option<String> {
    let mut html = text(row, "/description")
        .or_else(|| text(row, "/descriptionPlain").map(|text| format!("<p>{text}</p>")))?;
    for part in list(row, "/lists") {
        let heading = text(part, "/text").unwrap_or_default();
        let items = text(part, "/content").unwrap_or_default();
        html.push_str(&format!("<h3>{heading}</h3><ul>{items}</ul>"));
    }
    html.push_str(&text(row, "/additional").unwrap_or_default());
    Some(html)
}
