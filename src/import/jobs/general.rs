//! Jobs in a list of somebody's own, in YAML or JSON, and as schema.org has them.

use serde_json::Value as Json;

use super::job::{Job, Pay, Place, employment, period, workplace};
use super::json::{amount, day, list, number, text};
use crate::import::{LossReport, Where};

/// Keys that are read.
pub const KNOWN: [&str; 60] = [
    "salary_min",
    "salary_max",
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

/// Reads where work is done; `yes` stands in a column called Remote.
fn remote_of(text: &str) -> Option<&'static str> {
    let is_yes = ["true", "yes", "y", "1", "fully"].contains(&text.to_lowercase().as_str());
    workplace(text).or(is_yes.then_some("remote"))
}

/// Reads a job whose keys are called as [`canonical`] calls them.
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
        .and_then(|text| remote_of(&text)),
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
            "/employer/name",
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
            "/employment_type/label",
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
        .find_map(|path| row.pointer(path).filter(|part| !part.is_null()));
    let Some(part) = part else {
        return bounds(row);
    };
    if let Some(written) = part.as_str() {
        let pay = super::pay_text::read(written)?;
        let currency = pay.currency.or_else(|| text(row, "/currency"));
        return Some(Pay { currency, ..pay });
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

/// Reads pay in two keys of the job itself.
fn bounds(row: &Json) -> Option<Pay> {
    let (min, max) = (amount(row, "/salary_min"), amount(row, "/salary_max"));
    let highest = max.or(min)?;
    let named = ["/period", "/salary_period", "/salaryPeriod", "/interval"];
    let named = named.iter().find_map(|path| text(row, path));
    Some(Pay {
        min,
        max,
        currency: text(row, "/currency"),
        period: named
            .and_then(|text| period(&text))
            .or(Some(super::pay_text::guess(highest))),
    })
}

/// Returns a row whose keys are called as they are read: `Job Title`, `jobTitle` and `job_title` are one.
pub fn canonical(row: &Json) -> Json {
    let Some(object) = row.as_object() else {
        return row.clone();
    };
    let mut keys = object.clone();
    for (key, value) in object {
        if KNOWN.contains(&key.as_str()) {
            continue;
        }
        let plain: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
        let plain = plain.to_ascii_lowercase();
        let known = ALIASES
            .iter()
            .find(|(known, others)| *known == plain || others.contains(&plain.as_str()));
        let Some((known, _)) = known.filter(|(known, _)| !keys.contains_key(*known)) else {
            continue;
        };
        keys.remove(key);
        keys.insert((*known).to_owned(), value.clone());
    }
    Json::Object(keys)
}

/// Other names of keys, in small letters without signs.
const ALIASES: [(&str, &[&str]); 19] = [
    (
        "id",
        &[
            "jobid",
            "shortcode",
            "refnumber",
            "reqid",
            "requisitionid",
            "referencenumber",
        ],
    ),
    (
        "title",
        &[
            "jobtitle",
            "positiontitle",
            "role",
            "jobname",
            "position",
            "name",
            "vacancy",
        ],
    ),
    (
        "employer",
        &[
            "companyname",
            "employername",
            "company",
            "organization",
            "organisation",
        ],
    ),
    (
        "employer_url",
        &["companyurl", "companywebsite", "employerurl", "website"],
    ),
    (
        "locations",
        &[
            "location",
            "joblocation",
            "joblocations",
            "candidaterequiredlocation",
            "locationname",
            "place",
            "office",
            "offices",
        ],
    ),
    ("city", &["town"]),
    ("state", &["region", "province"]),
    ("country", &["countrycode", "countryname"]),
    (
        "workplace",
        &[
            "workplacetype",
            "workmode",
            "worktype",
            "locationtype",
            "remotetype",
            "workarrangement",
            "workmodel",
        ],
    ),
    (
        "remote",
        &[
            "isremote",
            "remoteok",
            "remoteallowed",
            "telecommuting",
            "workfromhome",
        ],
    ),
    (
        "employment_type",
        &[
            "employmenttype",
            "jobtype",
            "contracttype",
            "typeofemployment",
            "contract",
            "schedule",
        ],
    ),
    (
        "salary",
        &[
            "salaryrange",
            "payrange",
            "pay",
            "compensation",
            "wage",
            "wages",
            "salarytext",
            "remuneration",
        ],
    ),
    (
        "salary_min",
        &[
            "salarymin",
            "minsalary",
            "minimumsalary",
            "salaryfrom",
            "payfrom",
            "minpay",
        ],
    ),
    (
        "salary_max",
        &[
            "salarymax",
            "maxsalary",
            "maximumsalary",
            "salaryto",
            "payto",
            "maxpay",
        ],
    ),
    (
        "currency",
        &["salarycurrency", "paycurrency", "currencycode"],
    ),
    (
        "posted",
        &[
            "dateposted",
            "posteddate",
            "postdate",
            "postedon",
            "postedat",
            "publishedon",
            "publisheddate",
            "publicationdate",
            "publishedat",
            "pubdate",
            "releaseddate",
            "listedat",
            "dateadded",
            "createdat",
            "openingdate",
            "opened",
        ],
    ),
    (
        "expires",
        &[
            "expirydate",
            "expirationdate",
            "closingdate",
            "closedate",
            "deadline",
            "applicationdeadline",
            "enddate",
            "applyby",
            "validthrough",
            "closesat",
            "expiresat",
            "expireson",
        ],
    ),
    (
        "url",
        &[
            "joburl",
            "joblink",
            "link",
            "applyurl",
            "applylink",
            "applicationurl",
            "postingurl",
            "href",
            "shortlink",
            "applyat",
        ],
    ),
    (
        "description",
        &[
            "jobdescription",
            "descriptionhtml",
            "body",
            "content",
            "details",
            "descriptiontext",
        ],
    ),
];

/// Tells the keys that nothing reads.
pub fn tell_others(row: &Json, known: &[&str], file: &str, at: &Where, report: &mut LossReport) {
    let Some(object) = row.as_object() else {
        return;
    };
    for (key, value) in object {
        let is_empty = match value {
            Json::Null => true,
            Json::String(text) => text.trim().is_empty(),
            Json::Array(items) => items.is_empty(),
            Json::Object(keys) => keys.is_empty(),
            Json::Bool(_) | Json::Number(_) => false,
        };
        let is_said = !key.starts_with(['@', '_']) && !is_empty;
        if is_said && !known.contains(&key.as_str()) {
            report.no_home(file, format!("`{key}` of a job"), at.clone());
        }
    }
    let is_unread = |key: &str, is_read: &dyn Fn(&str) -> bool| {
        let text = object.get(key).and_then(Json::as_str).map(str::trim);
        text.is_some_and(|text| !text.is_empty() && !is_read(text))
    };
    if is_unread("salary", &|text| super::pay_text::read(text).is_some()) {
        report.no_home(file, "`salary` of a job that names no amount", at.clone());
    }
    for key in ["employment_type", "employment", "type", "commitment"] {
        if is_unread(key, &|text| employment(text).is_some()) {
            report.no_home(
                file,
                format!("`{key}` of a job that is no known kind"),
                at.clone(),
            );
        }
    }
    // A list under a key that takes one text says more than is read.
    if !list(row, "/employment_type").is_empty() {
        report.no_home(file, "several kinds of employment", at.clone());
    }
}
