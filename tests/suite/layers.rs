//! Layers: files of imports below the author's. The author's facts win, nothing of an import is lost,
//! and each message names the file in which a fact stands.

use rungs::data::LISTS_WITH_IDS;
use serde_json::Value;

use crate::harness::{Built, Site};

const SITE: &str = r#"
=== content/sources.onet.toml
[[sources]]
id = "onet"
title = "Occupations of an office"
url = "https://example.org/onet"

=== content/skills.toml
[[skills]]
id = "care"
name = "Care of people"

=== content/skills.onet.toml
[[skills]]
id = "care"
name = "Care"
description = "Looks after others."
[[skills]]
id = "sums"
name = "Sums"

=== content/roles/nurse/imported.onet.toml
title = "Registered Nurses"
category = "work"
summary = "Imported words."
definition = "An imported definition."
responsibilities = ["First imported duty", "Second imported duty"]
[figures]
source = "onet"
as_of = "2025"
area = "US"
currency = "USD"
period = "year"
[codes]
onet_soc = "29-1141.00"
[[titles]]
name = "Ward nurse"
[[titles]]
name = "Sister"
[[titles]]
id = "matron"
name = "Matron"
[[statistics]]
label = "Jobs"
value = 3_000
[outlook]
base_year = 2024
target_year = 2034
change_percent = 5
[[levels]]
title = "Nurse"
skills = ["sums"]
[[levels]]
title = "Senior nurse"
skills = ["care"]

=== content/roles/nurse/salary.onet.csv
area,p50
US,81000
CA,90000

=== content/areas.onet.toml
[[areas]]
id = "CA"
name = "California"
parent = "US"
"#;

const OWN: &str = r#"
title = "Nurse"
[figures]
source = "editors"
as_of = "2026"
[codes]
isco_08 = "2221"
[[titles]]
name = "Charge nurse"
[[titles]]
id = "sister"
description = "A word of older days."
[[titles]]
id = "matron"
remove = true
[[levels]]
id = "nurse"
summary = "Learns the ward."
[[levels]]
title = "Second nurse"
"#;

fn site() -> Site {
    Site::from(SITE)
}

fn with_author() -> Built {
    let mut site = site();
    site.edit("content/roles/nurse/role.toml", OWN);
    site.build()
}

#[test]
fn a_folder_with_a_layer_alone_is_a_role() {
    let built = site().build();
    let hub = built.page("roles/nurse/index.html");
    for said in [
        "Registered Nurses",
        "An imported definition",
        "Second imported duty",
        "29-1141.00",
        "Occupations of an office",
    ] {
        assert!(
            hub.contains(said),
            "{said:?} is not in {hub}\n{}",
            built.said()
        );
    }
    let pay = built.page("roles/nurse/salary/index.html");
    assert!(
        pay.contains("California") && pay.contains("90,000"),
        "{pay}"
    );
    assert!(!built.failed, "{}", built.said());
}

#[test]
fn the_author_wins_key_by_key_and_row_by_id() {
    let built = with_author();
    assert!(!built.failed, "{}", built.said());
    let hub = built.page("roles/nurse/index.html");
    assert!(!hub.contains("Registered Nurses"), "{hub}");
    for said in ["29-1141.00", "2221", "An imported definition"] {
        assert!(hub.contains(said), "{said:?} is not in {hub}");
    }
    let titles = built.page("roles/nurse/job-titles/index.html");
    for said in ["Charge nurse", "Ward nurse", "Sister", "older days"] {
        assert!(titles.contains(said), "{said:?} is not in {titles}");
    }
    assert!(!titles.contains("Matron"), "{titles}");
    let ladder = built.page("roles/nurse/ladder/index.html");
    let at = |title: &str| {
        ladder
            .find(&format!(">{title}<"))
            .unwrap_or_else(|| panic!("no {title} in {ladder}"))
    };
    assert!(at("Second nurse") < at("Senior nurse"), "{ladder}");
    assert!(ladder.contains("Learns the ward"), "{ladder}");
    assert!(
        built
            .page("skills/care/index.html")
            .contains("Care of people")
    );
    assert!(
        built
            .page("skills/care/index.html")
            .contains("Looks after others")
    );
}

#[test]
fn figures_of_a_layer_are_from_its_own_source() {
    let built = with_author();
    let json = String::from_utf8(built.files["roles/nurse/index.json"].clone()).unwrap();
    assert!(
        json.contains("\"source\":\"onet\"") || json.contains("onet"),
        "{json}"
    );
    let sources = built.page("roles/nurse/salary/index.html");
    assert!(
        sources.contains("Occupations of an office")
            && !sources.contains("Estimate of the editors"),
        "{sources}"
    );
}

#[test]
fn pay_of_the_author_replaces_pay_of_the_same_area() {
    let mut site = site();
    site.edit("content/roles/nurse/role.toml", OWN).edit(
        "content/roles/nurse/salary.csv",
        "area,p50,currency,period\nUS,82000,USD,year\n",
    );
    let built = site.build();
    assert!(!built.failed, "{}", built.said());
    let pay = built.page("roles/nurse/salary/index.html");
    assert!(
        pay.contains("82,000") && pay.contains("90,000") && !pay.contains("81,000"),
        "{pay}"
    );
}

#[test]
fn the_order_of_imports_decides_between_them() {
    let mut site = site();
    site.edit(
        "content/roles/nurse/imported.zoos.toml",
        "summary = \"Words of zoos.\"\n",
    );
    let built = site.build();
    assert!(
        built
            .said()
            .contains("warning[different-layers] content/roles/nurse/imported.onet.toml:3:11"),
        "{}",
        built.said()
    );
    assert!(
        built.page("index.html").contains("Imported words")
            || built
                .page("roles/nurse/index.html")
                .contains("Imported words")
    );
    site.replace(
        "site.toml",
        "icons = false",
        "icons = false\n[import]\norder = [\"zoos\"]",
    );
    let built = site.build();
    assert!(
        built
            .said()
            .contains("content/roles/nurse/imported.zoos.toml:1:11"),
        "{}",
        built.said()
    );
    assert!(
        built
            .page("roles/nurse/index.html")
            .contains("Words of zoos")
    );
    site.edit("content/roles/nurse/role.toml", "summary = \"My words.\"\n");
    let built = site.build();
    assert!(
        !built.said().contains("different-layers"),
        "{}",
        built.said()
    );
}

#[test]
fn a_message_names_the_layer_and_its_line() {
    let mut site = site();
    site.replace(
        "content/roles/nurse/imported.onet.toml",
        "name = \"Ward nurse\"",
        "name = \"Ward nurse\"\nlevel = \"nobody\"",
    );
    site.edit("content/roles/nurse/role.toml", OWN);
    let built = site.build();
    assert!(
        built
            .said()
            .contains("error[unknown-id] content/roles/nurse/imported.onet.toml:16:9"),
        "{}",
        built.said()
    );
    let mut site = self::site();
    site.edit("content/roles/nurse/salary.onet.csv", "area,p50\nXX,many\n");
    let said = site.build().said();
    assert!(
        said.contains("content/roles/nurse/salary.onet.csv:2:"),
        "{said}"
    );
}

#[test]
fn every_list_whose_rows_have_ids_is_merged_by_them() {
    let folder = Site::from("").on_disk();
    folder.run(&["schema"]).exits(0);
    let mut found = std::collections::BTreeSet::new();
    let files = folder.files(".rungs");
    let layered = files.iter().filter(|(name, _)| !name.starts_with("site."));
    for (_, bytes) in layered {
        let Ok(schema) = serde_json::from_slice::<Value>(bytes) else {
            continue;
        };
        for (list, value) in schema["properties"].as_object().into_iter().flatten() {
            let target = value["items"]["$ref"].as_str().unwrap_or_default();
            let row = &schema["definitions"][target.rsplit('/').next().unwrap()];
            let keys = row["properties"].as_object();
            // Pay has ids that nothing is named by: it is one list.
            if list == "salary" || keys.is_none_or(|keys| !keys.contains_key("id")) {
                continue;
            }
            found.insert(list.clone());
            let merged = LISTS_WITH_IDS.iter().find(|(name, _)| name == list);
            let (_, names) = merged.unwrap_or_else(|| panic!("rows of {list} have ids"));
            assert!(
                names.iter().all(|name| keys.unwrap().contains_key(*name)),
                "{list}: {names:?}"
            );
        }
    }
    let merged: std::collections::BTreeSet<String> = LISTS_WITH_IDS
        .iter()
        .map(|(list, _)| (*list).to_owned())
        .collect();
    assert_eq!(found, merged);
}
