//! Jobs of Greenhouse, as its job board gives them with `?content=true`.

use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::job::{Job, Pay, Place, employment, workplace};
use super::json::{day, list, number, text};
use crate::import::html;

/// Keys that are read.
pub const KNOWN: [&str; 13] = [
    "id",
    "internal_job_id",
    "title",
    "location",
    "company_name",
    "metadata",
    "pay_input_ranges",
    "first_published",
    "updated_at",
    "application_deadline",
    "absolute_url",
    "content",
    "offices",
];

/// Reads a job.
pub fn job(row: &Json) -> Job {
    let mut places: Vec<Place> = text(row, "/location/name")
        .map(Place::of)
        .into_iter()
        .collect();
    if places.is_empty() {
        places = list(row, "/offices")
            .iter()
            .filter_map(|office| text(office, "/location").or_else(|| text(office, "/name")))
            .map(Place::of)
            .collect();
    }
    let metadata = list(row, "/metadata")
        .iter()
        .filter_map(|row| text(row, "/value"))
        .collect::<Vec<_>>();
    Job {
        title: text(row, "/title").unwrap_or_default(),
        number: number(row, "/id"),
        employer: text(row, "/company_name"),
        places,
        workplace: metadata.iter().find_map(|text| workplace(text)),
        employment: metadata.iter().find_map(|text| employment(text)),
        pay: list(row, "/pay_input_ranges").first().and_then(pay),
        posted: day(row, &["/first_published", "/updated_at"]),
        expires: day(row, &["/application_deadline"]),
        url: text(row, "/absolute_url"),
        // The HTML stands in the feed with its signs as entities.
        description: text(row, "/content").map(|content| html::unescape(&content)),
        ..Job::default()
    }
}

fn pay(range: &Json) -> Option<Pay> {
    let amount = |key: &str| {
        let cents: i64 = range.pointer(key)?.as_i64()?;
        Some(Decimal::new(cents, 2).normalize())
    };
    let period = text(range, "/title")
        .and_then(|title| super::job::period(&title))
        .unwrap_or("year");
    let pay = Pay {
        min: amount("/min_cents"),
        max: amount("/max_cents"),
        currency: text(range, "/currency_type"),
        period: Some(period),
    };
    Some(pay)
}
