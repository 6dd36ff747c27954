//! `JobPosting`: an open job comes in, what job search engines are told of it goes out.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::pay::{amount_of, is_base_salary};
use super::{Object, is_web_url};
use crate::data::{Link, meant};
use crate::layout::Page;
use crate::role::Position;
use crate::role::record::Workplace;
use crate::view::context::ViewContext;
use crate::view::text;

/// Returns the `JobPosting` of the page of an open job.
pub fn job_posting(cx: &ViewContext<'_>, page: &Page, position: &Position) -> Value {
    let description = position.description.as_ref().map(|text| {
        let html = text::block(cx.site, cx.layout, text);
        html.to_data(&cx.site.config.origin).into_owned()
    });
    let object = Object(json!({
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": position.title,
        "description": description.unwrap_or_default(),
        "datePosted": position.posted.to_string(),
        "url": cx.site.config.permalink(&page.url),
        "identifier": {
            "@type": "PropertyValue",
            "name": position.employer,
            "value": position.id,
        },
        "hiringOrganization": employer(position),
        // Readers apply on the employer's own site; a page of a career guide has no form.
        "directApply": false,
    }));
    let employment_type = position.employment_type.map(|kind| {
        let name = kind.as_str().replace('-', "_").to_uppercase();
        name.replace("CONTRACT", "CONTRACTOR")
    });
    // The job is still offered on the day that `expires` names.
    let valid_through = position.expires.map(|date| format!("{date}T23:59:59Z"));
    let salary = position
        .salary
        .as_ref()
        .filter(|pay| is_base_salary(pay))
        .map(amount_of);
    let object = object
        .with("validThrough", valid_through)
        .with("employmentType", employment_type);
    with_location(object, position).with("baseSalary", salary).0
}

fn employer(position: &Position) -> Value {
    let url = position.employer_url.as_ref().map(Link::as_str);
    Object(json!({ "@type": "Organization", "name": position.employer }))
        .with("sameAs", url.filter(|url| is_web_url(url)))
        .0
}

/// Adds where the work is done: for a remote job the country that applicants must live in.
fn with_location(object: Object, position: &Position) -> Object {
    let country = position.country.as_deref();
    if position.workplace == Some(Workplace::Remote) {
        let named = position
            .locations
            .iter()
            .filter_map(|name| meant::country(name));
        let codes: BTreeSet<&str> = country.into_iter().chain(named).collect();
        let first = country.filter(|_| codes.len() < 2);
        let one = first.map(|country| json!({ "@type": "Country", "name": country }));
        let all = codes.into_iter().filter(|_| first.is_none());
        let all = all.map(|country| json!({ "@type": "Country", "name": country }));
        return object
            .with("jobLocationType", Some("TELECOMMUTE"))
            .with("applicantLocationRequirements", one)
            .with_list("applicantLocationRequirements", all.collect());
    }
    let place = |name: &String| {
        // "Paris, France" says its own country, whatever the first place of the job has.
        let last = name
            .rsplit_once(',')
            .map_or(name.as_str(), |(_, last)| last)
            .trim();
        let own = meant::country(last).filter(|_| last.len() > 2);
        let address = json!({ "@type": "PostalAddress", "addressLocality": name });
        let address = Object(address).with("addressCountry", own.or(country));
        json!({ "@type": "Place", "address": address.0 })
    };
    object.with_list(
        "jobLocation",
        position.locations.iter().map(place).collect(),
    )
}
