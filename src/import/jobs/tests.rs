//! A small feed of each kind, and the positions that it becomes.

use jiff::civil::date;
use proptest::prelude::*;

use super::{Refused, Wanted, import};
use crate::data::{Table, Value, decode_root, parse_toml, to_toml};
use crate::diag::Diagnostics;
use crate::import::testing::{name, site, upstream, written};
use crate::import::{Imported, Request};
use crate::path::SourcePath;
use crate::role::record::PositionsFile;

const ROLES: &str = "=== content/categories.toml\n[[categories]]\nid = \"tech\"\nname = \"Tech\"\n=== content/roles/developer/role.toml\ntitle = \"Developer\"\ncategory = \"tech\"\n[[titles]]\nname = \"Software Engineer\"\n";

fn wanted() -> Wanted {
    Wanted {
        roles: None,
        employer: None,
        date: date(2026, 12, 1),
    }
}

fn imported(text: &str, wanted: &Wanted) -> Result<Imported, String> {
    let (name, site, from) = (name(), site(ROLES), upstream(text));
    let request = Request {
        name: &name,
        site: &site,
        upstream: &from,
    };
    let imported = import(&request, wanted).map_err(|refused| match refused {
        Refused::Upstream(fault) => fault.to_string(),
        Refused::Here(diagnostics) => format!("{:?}", diagnostics.into_sorted()),
    })?;
    let roles = imported
        .layers
        .roles
        .values()
        .flat_map(|role| &role.positions);
    let mut file = Table::default();
    roles
        .chain(&imported.layers.positions)
        .for_each(|row| file.push("positions", row.clone()));
    let mut diagnostics = Diagnostics::default();
    decode_root::<PositionsFile>(&SourcePath::known("positions.toml"), file, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{:?}", diagnostics.into_sorted());
    Ok(imported)
}

fn shown(rows: &[Table]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut file = Table::default();
    file.put(
        "positions",
        Value::from(rows.iter().cloned().map(Value::Table).collect::<Vec<_>>()),
    );
    to_toml(&file)
}

/// Returns a text as the writer writes it.
fn normal(text: &str) -> String {
    let path = SourcePath::known("positions.toml");
    to_toml(&parse_toml(&path, text, 0, &mut Diagnostics::default()).unwrap())
}

/// Returns the positions of the role, those without one, and the report.
fn positions(text: &str) -> (String, String, String) {
    let imported = imported(text, &wanted()).unwrap();
    let of_role = imported
        .layers
        .roles
        .values()
        .flat_map(|role| role.positions.clone())
        .collect::<Vec<_>>();
    (
        shown(&of_role),
        shown(&imported.layers.positions),
        imported.report.text(),
    )
}

#[test]
fn a_feed_of_greenhouse_is_read() {
    let feed = r#"=== acme.json
{"jobs": [{"id": 42, "title": "Senior Software Engineer (m/f/d)", "absolute_url": "https://boards.greenhouse.io/acme/jobs/42",
 "company_name": "Acme", "first_published": "2026-11-02T10:00:00-05:00", "updated_at": "2026-11-20T10:00:00-05:00",
 "location": {"name": "Austin, TX; Remote - US"}, "content": "&lt;p&gt;Build &lt;b&gt;things&lt;/b&gt;.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;",
 "pay_input_ranges": [{"min_cents": 12000000, "max_cents": 15050050, "currency_type": "USD", "title": "Salary"}]}]}
"#;
    let wanted = r#"[[positions]]
id = "senior-software-engineer-m-f-d-42"
title = "Senior Software Engineer (m/f/d)"
employer = "Acme"
locations = ["Austin, TX"]
country = "US"
workplace = "remote"
salary = { min = 120000, max = 150500.5, currency = "USD", period = "year", source = "test", as_of = "2026-11" }
posted = 2026-11-02
url = "https://boards.greenhouse.io/acme/jobs/42"
description = "Build **things**."
"#;
    let (of_role, others, report) = positions(feed);
    assert_eq!(of_role, normal(wanted));
    assert_eq!(others, "");
    assert!(
        report.contains("acme.json was read as Greenhouse"),
        "{report}"
    );
}

#[test]
fn a_feed_of_lever_is_read() {
    let feed = r#"=== acme.json
[{"id": "a1", "text": "Plumber", "hostedUrl": "https://jobs.lever.co/acme-corp/a1", "createdAt": 1793500000000, "country": "DE",
 "workplaceType": "hybrid", "categories": {"commitment": "Full-time", "location": "Berlin", "allLocations": ["Berlin", "Paris, France"]},
 "description": "<p>Pipes. See <a href=\"/more\">more</a>.</p>", "lists": [{"text": "You", "content": "<li>Care</li>"}],
 "salaryRange": {"min": 50000, "max": 60000, "currency": "EUR", "interval": "per-year-salary"}}]
"#;
    let (of_role, others, report) = positions(feed);
    assert_eq!(of_role, "");
    let wanted = r#"[[positions]]
id = "plumber-a1"
title = "Plumber"
employer = "Acme corp"
locations = [{ name = "Berlin", country = "DE" }, { name = "Paris, France", country = "FR" }]
workplace = "hybrid"
employment_type = "full-time"
salary = { min = 50000, max = 60000, currency = "EUR", period = "year", source = "test", as_of = "2026-11" }
posted = 2026-11-01
url = "https://jobs.lever.co/acme-corp/a1"
description = """
Pipes. See more.

### You

- Care"""
"#;
    assert_eq!(others, normal(wanted));
    assert!(
        report.contains("\"Plumber\" is the title of no role"),
        "{report}"
    );
}

#[test]
fn a_feed_of_ashby_is_read() {
    let feed = r#"=== acme.json
{"apiVersion": "1", "jobs": [{"title": "Developer", "location": "London", "secondaryLocations": [{"location": "Leeds", "address": {"postalAddress": {"addressCountry": "United Kingdom"}}}],
 "isListed": true, "isRemote": false, "workplaceType": "OnSite", "employmentType": "PartTime", "publishedAt": "2026-11-05T00:00:00.000+00:00",
 "address": {"postalAddress": {"addressCountry": "UK"}}, "jobUrl": "https://jobs.ashbyhq.com/acme/9", "descriptionHtml": "<h1>Us</h1><p>We.</p>",
 "compensation": {"summaryComponents": [{"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "GBP", "minValue": 40000, "maxValue": 50000}]}},
 {"title": "Hidden", "isListed": false, "jobUrl": "https://jobs.ashbyhq.com/acme/8"}]}
"#;
    let (of_role, _, report) = positions(feed);
    let wanted = r#"[[positions]]
id = "developer-acme"
title = "Developer"
employer = "Acme"
locations = ["London", "Leeds"]
country = "GB"
workplace = "on-site"
employment_type = "part-time"
salary = { min = 40000, max = 50000, currency = "GBP", period = "year", source = "test", as_of = "2026-11" }
posted = 2026-11-05
url = "https://jobs.ashbyhq.com/acme/9"
description = """
# Us

We."""
"#;
    assert_eq!(of_role, normal(wanted));
    assert!(report.contains("a job that is not listed"), "{report}");
}

#[test]
fn a_feed_in_xml_is_read() {
    let feed = "=== feed.xml\n<?xml version=\"1.0\"?>\n<source><publisher>P</publisher>\n<job><title><![CDATA[Developer]]></title><date><![CDATA[Mon, 02 Nov 2026 10:00:00 GMT]]></date><referencenumber>7</referencenumber><url>https://x.example/7</url><company>Acme &amp; Co</company><city>Wilmington</city><state>DE</state><country>US</country><salary>$20 - $25 an hour</salary><jobtype>fulltime</jobtype><description><![CDATA[<p>Code.</p>]]></description><category>IT</category></job>\n<job><title>Old</title><date>2026-01-01</date><company>Acme</company><expirationdate>2026-02-01</expirationdate></job>\n</source>\n";
    let (of_role, others, report) = positions(feed);
    let wanted = r#"[[positions]]
id = "developer-7"
title = "Developer"
employer = "Acme & Co"
locations = ["Wilmington, DE"]
country = "US"
employment_type = "full-time"
salary = { min = 20, max = 25, currency = "USD", period = "hour", source = "test", as_of = "2026-11" }
posted = 2026-11-02
url = "https://x.example/7"
description = "Code."
"#;
    assert_eq!(of_role, normal(wanted));
    assert_eq!(others, "");
    assert!(
        report.contains("a job that has expired") && report.contains("`<category>` of a job"),
        "{report}"
    );
}

#[test]
fn a_list_in_yaml_is_read_and_the_author_decides() {
    let feed = "=== jobs.yml\n- title: Growth hacker\n  employer: Acme\n  locations: [Berlin, Hamburg]\n  country: Germany\n  posted: 2026-11-01\n  expires: 2027-01-01\n  salary: 60k EUR\n  description: |\n    **Grow** with us.\n\n    [More](../x.md)\n  mood: good\n- title: No day\n  employer: Acme\n";
    let roles = crate::source::Source {
        path: SourcePath::known("match.toml"),
        text: "[roles]\n\"Growth*\" = \"developer\"\n".into(),
    };
    let wanted = Wanted {
        roles: Some(roles),
        ..wanted()
    };
    let imported = imported(feed, &wanted).unwrap();
    let row = &imported.layers.roles.values().next().unwrap().positions;
    let shown = shown(row);
    let text = "[[positions]]\nid = \"growth-hacker-acme\"\ntitle = \"Growth hacker\"\nemployer = \"Acme\"\nlocations = [\"Berlin\", \"Hamburg\"]\ncountry = \"DE\"\nsalary = { value = 60000, currency = \"EUR\", period = \"year\", source = \"test\", as_of = \"2026-11\" }\nposted = 2026-11-01\nexpires = 2027-01-01\ndescription = \"\"\"\n**Grow** with us.\n\nMore\"\"\"\n";
    assert_eq!(shown, normal(text));
    let report = imported.report.text();
    assert!(
        report.contains("`mood` of a job")
            && report.contains("without the day on which it was posted"),
        "{report}"
    );
    let (again, _, changed) = written(&site(ROLES), imported);
    assert_eq!(changed, 3);
    let (name, from) = (name(), upstream(feed));
    let second = import(
        &Request {
            name: &name,
            site: &again,
            upstream: &from,
        },
        &wanted,
    );
    assert_eq!(written(&again, second.ok().unwrap()).2, 0);
}

#[test]
fn a_table_is_read_whatever_its_columns_are_called() {
    let feed = "=== jobs.csv\nJob Title,Company,Location,Date Posted,Remote,Job Type,Min Salary,Max Salary,Salary Currency,Apply Link,Team\nDeveloper,Acme,\"Berlin, Germany; Remote - France\",2026-11-03,yes,Full-time,50000,60000,EUR,https://x.example/1,Core\nPlumber,Acme,Bonn,2026-11-04,no,Odd,,,,,\n";
    let said = imported("=== a.csv\nx,y\n1,2\n", &wanted()).map(|_| ());
    let told = "a.csv, row 1: no column of this table names the jobs";
    assert!(said.unwrap_err().starts_with(told));
    let (of_role, others, report) = positions(feed);
    let wanted = r#"[[positions]]
id = "developer-acme"
title = "Developer"
employer = "Acme"
locations = [{ name = "Berlin, Germany", country = "DE" }, { country = "FR" }]
workplace = "remote"
employment_type = "full-time"
salary = { min = 50000, max = 60000, currency = "EUR", period = "year", source = "test", as_of = "2026-11" }
posted = 2026-11-03
url = "https://x.example/1"
"#;
    assert_eq!(of_role, normal(wanted));
    assert!(others.contains("title = \"Plumber\""), "{others}");
    assert!(!others.contains("workplace"), "{others}");
    for told in [
        "`Team` of a job",
        "`employment_type` of a job that is no known kind",
    ] {
        assert!(report.contains(told), "{report}");
    }
}

#[test]
fn answers_of_other_services_are_lists() {
    let feed = r#"=== acme.json
{"widget": {"name": "Acme", "jobs": [{"title": "Developer", "shortcode": "A1", "telecommuting": true, "published_on": "2026-11-05",
 "application_url": "https://x.example/a1", "city": "Lyon", "country": "France", "function": "IT", "salary": "Competitive"}]}}
"#;
    let own = Wanted {
        employer: Some("Acme".to_owned()),
        ..wanted()
    };
    let imported = imported(feed, &own).unwrap();
    let rows = &imported.layers.roles.values().next().unwrap().positions;
    let wanted = "[[positions]]\nid = \"developer-a1\"\ntitle = \"Developer\"\nemployer = \"Acme\"\nlocations = [\"Lyon\"]\ncountry = \"FR\"\nworkplace = \"remote\"\nposted = 2026-11-05\nurl = \"https://x.example/a1\"\n";
    assert_eq!(shown(rows), normal(wanted));
    let report = imported.report.text();
    assert!(
        report.contains("`function` of a job") && report.contains("names no amount"),
        "{report}"
    );
}

#[test]
fn places_in_several_countries_say_their_own() {
    let feed = r#"=== acme.json
{"jobs": [{"title": "Developer", "location": "London", "publishedAt": "2026-11-05T00:00:00Z", "department": "Core",
 "address": {"postalAddress": {"addressCountry": "United Kingdom"}}, "jobUrl": "https://jobs.ashbyhq.com/acme/9",
 "secondaryLocations": [{"location": "Berlin", "address": {"postalAddress": {"addressCountry": "Germany"}}}, {"location": "France"}]}]}
"#;
    let (of_role, _, report) = positions(feed);
    assert!(
        of_role.contains(
            "locations = [{ name = \"London\", country = \"GB\" }, { name = \"Berlin\", country = \"DE\" }, { country = \"FR\" }]"
        ),
        "{of_role}"
    );
    assert!(report.contains("`department` of a job"), "{report}");
}

#[test]
fn bad_input_is_told() {
    let said = |text: &str| imported(text, &wanted()).map(|_| ()).unwrap_err();
    assert!(
        said("=== a.json\n[{\n\"title\": }]\n")
            .starts_with("a.json, row 2: this JSON cannot be read")
    );
    assert!(
        said("=== a.xml\n<source>\n<job></source>\n")
            .starts_with("a.xml, row 2: this XML cannot be read")
    );
    assert_eq!(
        said("=== a.xml\n<source/>\n"),
        "a.xml: there is no job in this XML"
    );
    assert_eq!(
        said("=== a.yml\ntitle: x\n"),
        "a.yml: no list of jobs is recognized in this file"
    );
    assert!(said("=== a.yml\n- title: x\n  b: [\n").starts_with("a.yml, row "));
}

proptest! {
    #[test]
    fn no_bytes_are_too_odd(
        text in "([,\n\":{}\\[\\]<>/-]|title|jobs|absolute_url|posted|1|2026-01-01|é| |<job>|</job>|  ){0,60}",
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let _ = imported(&format!("=== a.json\n{text}\n"), &wanted());
        let from = crate::import::upstream::InMemory::new([("a".to_owned(), bytes)]);
        let (name, site) = (name(), site(""));
        let _ = import(&Request { name: &name, site: &site, upstream: &from }, &wanted());
    }
}
