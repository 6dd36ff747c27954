//! JSON-LD: what search engines are told, in the words of schema.org.

use serde_json::{Value, json};

use crate::harness::{Built, Site};

fn site(record: &str) -> Built {
    let mut site = Site::from(
        "=== content/authors.toml\n[[authors]]\nname = \"Jo Field\"\nurl = \"https://example.com/jo\"\n",
    );
    site.edit(
        "site.toml",
        "title = \"Test\"\nbase_url = \"https://example.com/careers/\"\npublisher = \"Harbour\"\nalternate_name = \"T\"\ndescription = \"About work.\"\n",
    );
    site.edit("content/a.md", "+++\ntitle = \"A\"\ndescription = \"One.\"\ndate = 2026-01-02\nupdated = 2026-02-03\nauthors = [\"jo-field\"]\n+++\nText.\n");
    let head = "title = \"Nurse\"\ncategory = \"work\"\nsummary = \"Cares.\"\nupdated = 2026-03-04\ncodes = { onet_soc = \"29-1141.00\", isco_08 = \"2221\" }\n\
        responsibilities = [\"Watch *closely*\"]\n[figures]\nsource = \"editors\"\nas_of = \"2026\"\ncurrency = \"USD\"\nperiod = \"year\"\narea = \"US\"\n";
    site.edit("content/roles/nurse/role.toml", format!("{head}{record}"));
    site.build().clean()
}

#[test]
fn the_home_page_is_a_web_site() {
    let object = site("").dom("index.html").json_ld_of("WebSite");
    assert_eq!(
        (&object["name"], &object["url"], &object["description"]),
        (
            &json!("Test"),
            &json!("https://example.com/careers/"),
            &json!("About work.")
        )
    );
    assert_eq!(object["alternateName"], "T");
}

#[test]
fn an_article_has_its_days_and_people() {
    let built = site("");
    let object = built.dom("a/index.html").json_ld_of("Article");
    assert_eq!(
        (
            &object["headline"],
            &object["datePublished"],
            &object["dateModified"]
        ),
        (&json!("A"), &json!("2026-01-02"), &json!("2026-02-03"))
    );
    assert_eq!(
        object["author"][0],
        json!({ "@type": "Person", "name": "Jo Field", "url": "https://example.com/jo" })
    );
    assert_eq!(
        (&object["publisher"]["name"], &object["url"]),
        (&json!("Harbour"), &json!("https://example.com/careers/a/"))
    );
    assert_eq!(
        object["image"], "https://example.com/careers/share.png",
        "what networks get, when the article has no picture"
    );
}

#[test]
fn an_author_may_be_introduced_on_a_page_of_the_site() {
    let mut site = Site::from(
        "=== content/about.md\n## Jo\nWrites.\n\n=== content/a.md\n---\nauthors: [jo]\n---\nText.\n",
    );
    site.edit(
        "site.toml",
        "title = \"Test\"\nbase_url = \"https://example.com/careers/\"\n",
    );
    site.edit(
        "content/authors.toml",
        "[[authors]]\nname = \"Jo\"\nto = \"about.md#jo\"\n",
    );
    let page = site.build().clean().dom("a/index.html");
    assert_eq!(
        page.json_ld_of("Article")["author"][0]["url"],
        "https://example.com/careers/about/#jo"
    );
    assert_eq!(
        page.all("a")
            .find(|link| link.attr("rel") == "author")
            .unwrap()
            .attr("href"),
        "../about/#jo"
    );
}

#[test]
fn breadcrumbs_are_a_list_with_whole_addresses() {
    let built = site("[[levels]]\ntitle = \"A\"\n[[levels]]\ntitle = \"B\"\n");
    let items = built
        .dom("roles/nurse/ladder/index.html")
        .json_ld_of("BreadcrumbList")["itemListElement"]
        .clone();
    for (index, item) in items.as_array().unwrap().iter().enumerate() {
        assert_eq!(item["position"], index + 1);
        assert!(
            item["item"]
                .as_str()
                .unwrap()
                .starts_with("https://example.com/careers/")
        );
    }
    assert_eq!(items[0]["item"], "https://example.com/careers/");
}

#[test]
fn a_role_is_an_occupation_with_pay_and_experience() {
    let built = site(
        "[[salary]]\npercentiles = { p10 = 60_000, p50 = 80_000, p90 = 120_000 }\n[[education]]\nname = \"Degree\"\nlevel = \"bachelor\"\n\
         [[levels]]\ntitle = \"A\"\nexperience = { min_years = 2, max_years = 4 }\nskills = [\"triage\"]\n[[levels]]\ntitle = \"B\"\n[[skills]]\nname = \"Triage\"\n",
    );
    let object = built.dom("roles/nurse/index.html").json_ld_of("Occupation");
    assert_eq!(
        (&object["name"], &object["description"]),
        (&json!("Nurse"), &json!("Cares."))
    );
    let codes: Vec<&Value> = object["occupationalCategory"]
        .as_array()
        .unwrap()
        .iter()
        .map(|code| &code["codeValue"])
        .collect();
    assert_eq!(codes, ["29-1141.00", "2221"]);
    let pay = &object["estimatedSalary"][0];
    assert_eq!(
        (&pay["@type"], &pay["currency"], &pay["duration"]),
        (
            &json!("MonetaryAmountDistribution"),
            &json!("USD"),
            &json!("P1Y")
        )
    );
    assert_eq!(
        (&pay["percentile10"], &pay["median"], &pay["percentile90"]),
        (&json!(60_000), &json!(80_000), &json!(120_000))
    );
    assert!(
        object["responsibilities"]
            .to_string()
            .contains("Watch closely")
    );
    assert!(object["skills"].to_string().contains("Triage"));
    assert_eq!(
        object["experienceRequirements"]["@type"],
        "OccupationalExperienceRequirements"
    );
    assert_eq!(
        object["educationRequirements"][0]["@type"],
        "EducationalOccupationalCredential"
    );
    assert!(object.to_string().contains("United States"));
}

#[test]
fn questions_are_marked_up_on_their_own_page_alone() {
    let built = site(
        "[[faqs]]\nquestion = \"Is it hard?\"\nanswer = \"It is *worth* it.\"\npages = [\"faq\", \"what-is\"]\n[[faqs]]\nquestion = \"Two?\"\nanswer = \"Two.\"\n[pages]\nwhat-is = true\n",
    );
    let page = built
        .dom("roles/nurse/faq/index.html")
        .json_ld_of("FAQPage");
    assert_eq!(page["mainEntity"][0]["name"], "Is it hard?");
    assert_eq!(
        page["mainEntity"][0]["acceptedAnswer"]["text"],
        "<p>It is <em>worth</em> it.</p>"
    );
    for path in [
        "roles/nurse/what-is/index.html",
        "faq/index.html",
        "roles/nurse/index.html",
    ] {
        assert!(
            built
                .dom(path)
                .json_ld()
                .iter()
                .all(|object| object["@type"] != "FAQPage"),
            "{path}"
        );
    }
}

#[test]
fn an_open_job_may_be_in_several_countries() {
    let mut site =
        Site::from("=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n");
    let job =
        "title = \"Nurse\"\nemployer = \"Clinic\"\nposted = 2026-11-01\ndescription = \"Words.\"\n";
    site.edit(
        "content/roles/nurse/positions.toml",
        format!(
            "[[positions]]\nid = \"remote\"\n{job}workplace = \"remote\"\nlocations = [{{ country = \"NO\" }}, {{ country = \"SE\" }}]\n\
             [[positions]]\nid = \"here\"\n{job}country = \"NO\"\nlocations = [\"Oslo\", {{ name = \"Lund\", country = \"SE\" }}]\n"
        ),
    );
    let built = site.build().clean();
    let of = |id: &str| built.dom(&format!("roles/nurse/positions/{id}/index.html"));
    let remote = of("remote").json_ld_of("JobPosting");
    let countries =
        json!([{ "@type": "Country", "name": "NO" }, { "@type": "Country", "name": "SE" }]);
    assert_eq!(remote["applicantLocationRequirements"], countries);
    let here = of("here");
    let posting = here.json_ld_of("JobPosting");
    let address = |place: &str, country: &str| json!({ "@type": "Place", "address": { "@type": "PostalAddress", "addressLocality": place, "addressCountry": country } });
    assert_eq!(
        posting["jobLocation"],
        json!([address("Oslo", "NO"), address("Lund", "SE")])
    );
    let shown = here.text("main");
    assert!(shown.contains("Oslo, Norway · Lund, Sweden"), "{shown}");
    // "Country: Norway" would be said of both.
    assert!(!shown.contains("Country"), "{shown}");
}

#[test]
fn an_open_job_is_a_posting_on_its_own_page() {
    let mut site =
        Site::from("=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n");
    site.edit(
        "content/roles/nurse/positions.toml",
        "[[positions]]\nid = \"remote\"\ntitle = \"Nurse\"\nemployer = \"Clinic\"\nemployer_url = \"https://example.org/\"\nworkplace = \"remote\"\nemployment_type = \"full-time\"\ncountry = \"NO\"\nposted = 2026-11-01\nexpires = 2026-12-01\n\
         salary = { min = 20.50, max = 30, currency = \"EUR\", period = \"hour\", source = \"editors\" }\ndescription = \"Words & *more*.\"\n\
         [[positions]]\nid = \"here\"\ntitle = \"Nurse\"\nemployer = \"Clinic\"\nlocations = [\"Oslo\"]\ncountry = \"NO\"\nposted = 2026-11-01\ndescription = \"Words.\"\n",
    );
    let built = site.build().clean();
    let remote = built
        .dom("roles/nurse/positions/remote/index.html")
        .json_ld_of("JobPosting");
    assert_eq!(
        (&remote["datePosted"], &remote["validThrough"]),
        (&json!("2026-11-01"), &json!("2026-12-01T23:59:59Z"))
    );
    assert_eq!(
        (&remote["jobLocationType"], &remote["employmentType"]),
        (&json!("TELECOMMUTE"), &json!("FULL_TIME"))
    );
    assert_eq!(
        remote["hiringOrganization"],
        json!({ "@type": "Organization", "name": "Clinic", "sameAs": "https://example.org/" })
    );
    assert_eq!(remote["baseSalary"]["currency"], "EUR");
    assert_eq!(
        (
            &remote["baseSalary"]["value"]["minValue"],
            &remote["baseSalary"]["value"]["unitText"]
        ),
        (&json!(20.5), &json!("HOUR"))
    );
    assert_eq!(remote["directApply"], false, "the page has no form");
    assert!(
        remote["description"]
            .as_str()
            .unwrap()
            .contains("Words &amp; <em>more</em>.")
    );
    let here = built
        .dom("roles/nurse/positions/here/index.html")
        .json_ld_of("JobPosting");
    assert_eq!(here["jobLocation"][0]["address"]["addressLocality"], "Oslo");
    for path in ["positions/index.html", "roles/nurse/positions/index.html"] {
        assert!(
            built
                .dom(path)
                .json_ld()
                .iter()
                .all(|object| object["@type"] != "JobPosting"),
            "{path}"
        );
    }
}

/// The JSON-LD of a role with this pay.
fn estimated(rows: &str) -> Value {
    site(rows)
        .dom("roles/nurse/index.html")
        .json_ld_of("Occupation")["estimatedSalary"]
        .clone()
}

#[test]
fn a_range_and_a_mean_are_amounts_and_no_distributions() {
    let range = estimated("[[salary]]\nmin = 50_000\nmax = 80_000\n");
    let quantity = json!({ "@type": "QuantitativeValue", "minValue": 50_000, "maxValue": 80_000, "unitText": "YEAR" });
    let wanted = json!([{ "@type": "MonetaryAmount", "name": "Pay range", "currency": "USD", "minValue": 50_000, "maxValue": 80_000, "value": quantity }]);
    assert_eq!(range, wanted);
    let open = estimated("[[salary]]\nmin = 50_000\nmax = 80_000\nopen_top = true\n");
    assert_eq!(
        (
            &open[0]["minValue"],
            &open[0]["maxValue"],
            &open[0]["value"]["maxValue"]
        ),
        (&json!(50_000), &Value::Null, &Value::Null)
    );
    let mean = estimated("[[salary]]\nvalue = 60_000\nstatistic = \"mean\"\n");
    assert_eq!(
        (
            &mean[0]["@type"],
            &mean[0]["name"],
            &mean[0]["value"]["value"]
        ),
        (
            &json!("MonetaryAmount"),
            &json!("Average pay"),
            &json!(60_000)
        )
    );
    let median = estimated("[[salary]]\nvalue = 60_000\nstatistic = \"median\"\n");
    assert_eq!(
        (&median[0]["@type"], &median[0]["median"]),
        (&json!("MonetaryAmountDistribution"), &json!(60_000))
    );
    let without = estimated("[[salary]]\npercentiles = { p10 = 40_000, p90 = 80_000 }\n");
    assert_eq!(
        (&without[0]["percentile90"], &without[0]["median"]),
        (&json!(80_000), &Value::Null)
    );
}

#[test]
fn pay_of_a_region_is_no_countrys() {
    let location = |area: &str| {
        let mut site = Site::from(
            "=== content/areas.toml\n[[areas]]\nid = \"eu\"\nname = \"European Union\"\nkind = \"other\"\n",
        );
        site.edit("content/roles/nurse/role.toml", format!("title = \"N\"\ncategory = \"work\"\n[figures]\nsource = \"editors\"\narea = \"{area}\"\n[[salary]]\nvalue = 1\ncurrency = \"EUR\"\nperiod = \"year\"\n"));
        site.build()
            .clean()
            .dom("roles/nurse/index.html")
            .json_ld_of("Occupation")["occupationLocation"]
            .clone()
    };
    assert_eq!(
        location("NO"),
        json!({ "@type": "Country", "name": "Norway" })
    );
    assert_eq!(
        location("eu"),
        json!({ "@type": "AdministrativeArea", "name": "European Union" })
    );
}

/// What is said of an open job with a page, and its posting.
fn job(keys: &str) -> (String, Option<Value>) {
    let mut site = Site::from(
        "=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n[figures]\nsource = \"editors\"\narea = \"US\"\ncurrency = \"USD\"\nperiod = \"year\"\n",
    );
    site.edit(
        "content/roles/nurse/positions.toml",
        format!("[[positions]]\nid = \"a\"\ntitle = \"Nurse\"\nemployer = \"Clinic\"\nposted = 2026-11-20\ndescription = \"Words.\"\n{keys}"),
    );
    let built = site.build();
    let posting = built
        .dom("roles/nurse/positions/a/index.html")
        .json_ld()
        .into_iter()
        .find(|object| object["@type"] == "JobPosting");
    (built.said().replace("content/roles/nurse/", ""), posting)
}

#[test]
fn a_job_that_lacks_something_is_no_posting_and_says_what() {
    let told = "warning[incomplete-job] positions.toml:1:1 search engines are not told of this job: it has";
    for (keys, missing) in [
        ("", "no `locations` and no `country`"),
        ("country = \"NO\"\n", "no `locations`"),
        ("locations = [\"Oslo\"]\n", "no `country`"),
        (
            "locations = [\"Oslo\"]\nworkplace = \"hybrid\"\n",
            "no `country`",
        ),
        ("workplace = \"remote\"\n", "no `country`"),
    ] {
        assert_eq!(job(keys), (format!("{told} {missing}\n"), None), "{keys}");
    }
    for keys in [
        "locations = [\"Oslo\"]\ncountry = \"NO\"\n",
        "workplace = \"remote\"\ncountry = \"NO\"\n",
    ] {
        let (said, posting) = job(keys);
        assert!(said.is_empty() && posting.is_some(), "{keys}{said}");
        assert_eq!(
            posting.unwrap()["validThrough"],
            Value::Null,
            "a job without a last day"
        );
    }
}

#[test]
fn base_pay_of_a_job_is_what_its_employer_offers() {
    let base = |salary: &str| {
        job(&format!(
            "locations = [\"Oslo\"]\ncountry = \"NO\"\nsalary = {{ {salary} }}\n"
        ))
        .1
        .unwrap()["baseSalary"]
            .clone()
    };
    assert_eq!(
        base("min = 50_000, max = 60_000")["value"]["maxValue"],
        60_000
    );
    assert_eq!(base("value = 50_000")["value"]["value"], 50_000);
    let open = base("min = 50_000, max = 60_000, open_top = true");
    assert_eq!(
        (&open["value"]["minValue"], &open["value"]["maxValue"]),
        (&json!(50_000), &Value::Null)
    );
    assert_eq!(
        base("min = 50_000, open_top = true")["value"],
        json!({ "@type": "QuantitativeValue", "unitText": "YEAR", "minValue": 50_000 })
    );
    for other in [
        "percentiles = { p10 = 40_000, p90 = 60_000 }",
        "value = 50_000, statistic = \"mean\"",
        "value = 50_000, basis = \"total\"",
    ] {
        assert_eq!(base(other), Value::Null, "{other}");
    }
}

/// The properties that schema.org has for a type, as far as pages name them.
fn properties(kind: &str) -> &'static str {
    match kind {
        "AdministrativeArea" | "Country" | "CategoryCodeSet" => "name",
        "Answer" => "text",
        "Article" => {
            "author dateModified datePublished description headline image inLanguage mainEntityOfPage publisher url"
        }
        "BreadcrumbList" => "itemListElement",
        "CategoryCode" => "codeValue inCodeSet name",
        "EducationalOccupationalCredential" => "credentialCategory name",
        "EntryPoint" => "urlTemplate",
        "FAQPage" => "inLanguage mainEntity",
        "JobPosting" => {
            "applicantLocationRequirements baseSalary datePosted description directApply employmentType hiringOrganization identifier jobLocation jobLocationType title url validThrough"
        }
        "ListItem" => "item name position",
        "MonetaryAmount" => "currency maxValue minValue name value",
        "MonetaryAmountDistribution" => {
            "currency duration median name percentile10 percentile25 percentile75 percentile90"
        }
        "Occupation" => {
            "description educationRequirements estimatedSalary experienceRequirements mainEntityOfPage name occupationLocation occupationalCategory qualifications responsibilities skills url"
        }
        "OccupationalExperienceRequirements" => "monthsOfExperience",
        "Organization" => "name sameAs url",
        "Person" => "name url",
        "Place" => "address",
        "PostalAddress" => "addressCountry addressLocality",
        "PropertyValue" => "name value",
        "QuantitativeValue" => "maxValue minValue unitText value",
        "Question" => "acceptedAnswer name",
        // `query-input` is schema.org's way to say what an input of an action is.
        "SearchAction" => "query-input target",
        "WebSite" => "alternateName description inLanguage name potentialAction url",
        _ => panic!("no properties are known of {kind}"),
    }
}

fn check_properties(value: &Value, place: &str, seen: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            let kind = object["@type"].as_str().unwrap();
            seen.insert(kind.to_owned());
            for (name, value) in object.iter().filter(|(name, _)| !name.starts_with('@')) {
                assert!(
                    properties(kind).split(' ').any(|known| known == name),
                    "{place}: {kind} has no {name} in schema.org"
                );
                assert!(
                    !value.is_null() && value != "" && *value != json!([]),
                    "{place}: {kind} has an empty {name}"
                );
                check_properties(value, place, seen);
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| check_properties(item, place, seen)),
        _ => {}
    }
}

#[test]
fn every_property_is_one_that_schema_org_has_for_its_type() {
    let sites = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites"))
        .unwrap()
        .map(|folder| Site::folder(folder.unwrap().path()));
    let mut seen = std::collections::BTreeSet::new();
    for site in sites.chain([Site::demo()]) {
        let built = site.build_once();
        for path in built.files.keys().filter(|path| path.ends_with(".html")) {
            built
                .dom(path)
                .json_ld()
                .iter()
                .for_each(|object| check_properties(object, path, &mut seen));
        }
    }
    for kind in [
        "Article",
        "FAQPage",
        "JobPosting",
        "MonetaryAmount",
        "MonetaryAmountDistribution",
        "Occupation",
        "SearchAction",
        "WebSite",
    ] {
        assert!(seen.contains(kind), "no {kind} was looked at");
    }
}
