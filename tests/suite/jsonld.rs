//! JSON-LD: what search engines are told, in the words of schema.org.

use serde_json::{Value, json};

use crate::harness::{Built, Site};

fn site(record: &str) -> Built {
    let mut site = Site::from("=== content/authors.toml\n[[authors]]\nname = \"Jo Field\"\nurl = \"https://example.com/jo\"\n");
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
    assert_eq!((&object["name"], &object["url"], &object["description"]), (&json!("Test"), &json!("https://example.com/careers/"), &json!("About work.")));
    assert_eq!(object["alternateName"], "T");
}

#[test]
fn an_article_has_its_days_and_people() {
    let built = site("");
    let object = built.dom("a/index.html").json_ld_of("Article");
    assert_eq!((&object["headline"], &object["datePublished"], &object["dateModified"]), (&json!("A"), &json!("2026-01-02"), &json!("2026-02-03")));
    assert_eq!(object["author"][0], json!({ "@type": "Person", "name": "Jo Field", "url": "https://example.com/jo" }));
    assert_eq!((&object["publisher"]["name"], &object["url"]), (&json!("Harbour"), &json!("https://example.com/careers/a/")));
    assert_eq!(object["image"], "https://example.com/careers/share.png", "what networks get, when the article has no picture");
}

#[test]
fn an_author_may_be_introduced_on_a_page_of_the_site() {
    let mut site = Site::from("=== content/about.md\n## Jo\nWrites.\n\n=== content/a.md\n---\nauthors: [jo]\n---\nText.\n");
    site.edit("site.toml", "title = \"Test\"\nbase_url = \"https://example.com/careers/\"\n");
    site.edit("content/authors.toml", "[[authors]]\nname = \"Jo\"\nto = \"about.md#jo\"\n");
    let page = site.build().clean().dom("a/index.html");
    assert_eq!(page.json_ld_of("Article")["author"][0]["url"], "https://example.com/careers/about/#jo");
    assert_eq!(page.all("a").find(|link| link.attr("rel") == "author").unwrap().attr("href"), "../about/#jo");
}

#[test]
fn breadcrumbs_are_a_list_with_whole_addresses() {
    let built = site("[[levels]]\ntitle = \"A\"\n[[levels]]\ntitle = \"B\"\n");
    let items = built.dom("roles/nurse/ladder/index.html").json_ld_of("BreadcrumbList")["itemListElement"].clone();
    for (index, item) in items.as_array().unwrap().iter().enumerate() {
        assert_eq!(item["position"], index + 1);
        assert!(item["item"].as_str().unwrap().starts_with("https://example.com/careers/"));
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
    assert_eq!((&object["name"], &object["description"]), (&json!("Nurse"), &json!("Cares.")));
    let codes: Vec<&Value> = object["occupationalCategory"].as_array().unwrap().iter().map(|code| &code["codeValue"]).collect();
    assert_eq!(codes, ["29-1141.00", "2221"]);
    let pay = &object["estimatedSalary"][0];
    assert_eq!((&pay["@type"], &pay["currency"], &pay["duration"]), (&json!("MonetaryAmountDistribution"), &json!("USD"), &json!("P1Y")));
    assert_eq!((&pay["percentile10"], &pay["median"], &pay["percentile90"]), (&json!(60_000), &json!(80_000), &json!(120_000)));
    assert!(object["responsibilities"].to_string().contains("Watch closely"));
    assert!(object["skills"].to_string().contains("Triage"));
    assert_eq!(object["experienceRequirements"]["@type"], "OccupationalExperienceRequirements");
    assert_eq!(object["educationRequirements"][0]["@type"], "EducationalOccupationalCredential");
    assert!(object.to_string().contains("United States"));
}

#[test]
fn questions_are_marked_up_on_their_own_page_alone() {
    let built = site(
        "[[faqs]]\nquestion = \"Is it hard?\"\nanswer = \"It is *worth* it.\"\npages = [\"faq\", \"what-is\"]\n[[faqs]]\nquestion = \"Two?\"\nanswer = \"Two.\"\n[pages]\nwhat-is = true\n",
    );
    let page = built.dom("roles/nurse/faq/index.html").json_ld_of("FAQPage");
    assert_eq!(page["mainEntity"][0]["name"], "Is it hard?");
    assert_eq!(page["mainEntity"][0]["acceptedAnswer"]["text"], "<p>It is <em>worth</em> it.</p>");
    for path in ["roles/nurse/what-is/index.html", "faq/index.html", "roles/nurse/index.html"] {
        assert!(built.dom(path).json_ld().iter().all(|object| object["@type"] != "FAQPage"), "{path}");
    }
}

#[test]
fn an_open_job_is_a_posting_on_its_own_page() {
    let mut site = Site::from("=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n");
    site.edit(
        "content/roles/nurse/positions.toml",
        "[[positions]]\nid = \"remote\"\ntitle = \"Nurse\"\nemployer = \"Clinic\"\nemployer_url = \"https://example.org/\"\nworkplace = \"remote\"\nemployment_type = \"full-time\"\ncountry = \"NO\"\nposted = 2026-11-01\nexpires = 2026-12-01\n\
         salary = { min = 20.50, max = 30, currency = \"EUR\", period = \"hour\", source = \"editors\" }\ndescription = \"Words & *more*.\"\n\
         [[positions]]\nid = \"here\"\ntitle = \"Nurse\"\nemployer = \"Clinic\"\nlocations = [\"Oslo\"]\ncountry = \"NO\"\nposted = 2026-11-01\ndescription = \"Words.\"\n",
    );
    let built = site.build().clean();
    let remote = built.dom("roles/nurse/positions/remote/index.html").json_ld_of("JobPosting");
    assert_eq!((&remote["datePosted"], &remote["validThrough"]), (&json!("2026-11-01"), &json!("2026-12-01T00:00:00Z")));
    assert_eq!((&remote["jobLocationType"], &remote["employmentType"]), (&json!("TELECOMMUTE"), &json!("FULL_TIME")));
    assert_eq!(remote["hiringOrganization"], json!({ "@type": "Organization", "name": "Clinic", "sameAs": "https://example.org/" }));
    assert_eq!(remote["baseSalary"]["currency"], "EUR");
    assert_eq!((&remote["baseSalary"]["value"]["minValue"], &remote["baseSalary"]["value"]["unitText"]), (&json!(20.5), &json!("HOUR")));
    assert_eq!(remote["directApply"], false, "the page has no form");
    assert!(remote["description"].as_str().unwrap().contains("Words &amp; <em>more</em>."));
    let here = built.dom("roles/nurse/positions/here/index.html").json_ld_of("JobPosting");
    assert_eq!(here["jobLocation"][0]["address"]["addressLocality"], "Oslo");
    for path in ["positions/index.html", "roles/nurse/positions/index.html"] {
        assert!(built.dom(path).json_ld().iter().all(|object| object["@type"] != "JobPosting"), "{path}");
    }
}
