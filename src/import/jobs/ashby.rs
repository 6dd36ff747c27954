//! Jobs of Ashby, as its job board gives them.

use serde_json::Value as Json;

use super::job::{Job, Pay, Place, employment, period, workplace};
use super::json::{amount, day, list, number, of_host, text};

/// Keys that are read.
pub const KNOWN: [&str; 17] = [
    "id",
    "title",
    "location",
    "secondaryLocations",
    "address",
    "isRemote",
    "isListed",
    "workplaceType",
    "employmentType",
    "publishedAt",
    "updatedAt",
    "jobUrl",
    "applyUrl",
    "descriptionHtml",
    "descriptionPlain",
    "compensation",
    "shouldDisplayCompensationOnJobPostings",
];

/// Reads a job.
pub fn job(row: &Json) -> Job {
    let place = |row: &Json, key: &str| {
        let own = text(row, key)?;
        Some(Place {
            text: own,
            country: text(row, "/address/postalAddress/addressCountry"),
        })
    };
    let first = place(row, "/location");
    let others = list(row, "/secondaryLocations")
        .iter()
        .filter_map(|row| place(row, "/location"));
    let url = text(row, "/jobUrl");
    let is_remote = row.pointer("/isRemote") == Some(&Json::Bool(true));
    let salary = list(row, "/compensation/summaryComponents").iter();
    let mut salary =
        salary.filter(|part| text(part, "/compensationType").is_some_and(|kind| kind == "Salary"));
    Job {
        title: text(row, "/title").unwrap_or_default(),
        number: number(row, "/id"),
        employer: url.as_deref().and_then(|url| of_host(url, "ashbyhq.com")),
        places: first.into_iter().chain(others).collect(),
        workplace: text(row, "/workplaceType")
            .and_then(|text| workplace(&text))
            .or(is_remote.then_some("remote")),
        employment: text(row, "/employmentType").and_then(|text| employment(&text)),
        pay: salary.next().map(|part| Pay {
            min: amount(part, "/minValue"),
            max: amount(part, "/maxValue"),
            currency: text(part, "/currencyCode"),
            period: text(part, "/interval").and_then(|text| period(&text)),
        }),
        posted: day(row, &["/publishedAt", "/updatedAt"]),
        url: url.or_else(|| text(row, "/applyUrl")),
        description: text(row, "/descriptionHtml").or_else(|| text(row, "/descriptionPlain")),
        ..Job::default()
    }
}
