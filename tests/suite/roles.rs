//! Role records: which pages they make and what stands on them.

use serde_json::Value;

use crate::harness::{Built, Site};

const DESIGN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites/design");

/// A record's head with a source for its figures.
const HEAD: &str = "title = \"Nurse\"\ncategory = \"work\"\n[figures]\nsource = \"editors\"\nas_of = \"2026-11\"\ncurrency = \"USD\"\nperiod = \"year\"\n";

fn nurse(rows: &str) -> Site {
    let mut site = Site::from("");
    site.edit("content/roles/nurse/role.toml", format!("{HEAD}{rows}"));
    site
}

fn json(built: &Built) -> Value {
    serde_json::from_str(built.page("roles/nurse/index.json")).unwrap()
}

fn levels(count: usize, more: &str) -> String {
    (1..=count)
        .map(|n| format!("[[levels]]\nid = \"l{n}\"\ntitle = \"Nurse {n}\"\n{more}\n"))
        .collect()
}

#[test]
fn the_records_of_the_design_build_and_show_what_they_say() {
    let built = Site::folder(DESIGN).build();
    assert!(!built.failed, "{}", built.said());
    let dom = built.dom("technology/backend-developer/ladder/index.html");
    assert_eq!(dom.text("h1"), "Backend Developer career ladder");
    for (id, parts) in [
        (
            "junior",
            &[
                "Junior Backend Developer",
                "0–2 years",
                "$55K–$80K",
                "Ships small changes with help.",
            ][..],
        ),
        ("mid", &["Backend Developer", "2–5 years", "$80K–$130K"]),
        (
            "senior",
            &["Senior Backend Developer", "5–8 years", "$130K–$180K"],
        ),
        ("principal", &["Principal Backend Engineer", "$180K–$270K+"]),
        ("lead", &["Backend Team Lead"]),
    ] {
        let level = dom.id(id);
        for part in parts {
            assert!(
                level.text.contains(part),
                "{id} lacks {part:?}: {}",
                level.text
            );
        }
    }
    // The fork: the senior level leads to both, each with its own advice.
    let senior = dom.id("senior");
    let links: Vec<&str> = dom
        .inside(senior)
        .filter(|element| element.name == "a")
        .map(|link| link.attr("href"))
        .collect();
    assert!(
        links.contains(&"#principal") && links.contains(&"#lead"),
        "{links:?}"
    );
    assert!(
        senior
            .text
            .contains("Own a system that three teams depend on.")
            && senior.text.contains("Run a hiring round.")
    );
    for path in ["job-titles", "salary", "faq", "what-is"] {
        assert!(
            built.has(&format!("technology/backend-developer/{path}/index.html")),
            "{path}"
        );
    }
    assert!(
        built
            .page("technology/backend-developer/what-is/index.html")
            .contains("<strong>behind</strong>")
    );
    assert!(
        built
            .dom("technology/backend-developer/salary/index.html")
            .text("main")
            .contains("$47.12")
    );
    assert!(
        built.has("frameworks/engineering/index.html")
            && built.has("frameworks/engineering/matrix/index.html")
    );
}

#[test]
fn a_page_is_made_when_it_has_something_to_say() {
    let made = |rows: &str, kind: &str| {
        nurse(rows)
            .build()
            .clean()
            .has(&format!("roles/nurse/{kind}/index.html"))
    };
    for (kind, rows) in [
        ("what-is", "[[specializations]]\nname = \"Care\"\n".to_owned()),
        ("ladder", levels(2, "")),
        ("job-titles", "[[titles]]\nname = \"A\"\n[[titles]]\nname = \"B\"\n[[titles]]\nname = \"C\"\n".to_owned()),
        ("salary", "[[salary]]\nmin = 1\nmax = 2\n".to_owned()),
        ("faq", "[[faqs]]\nquestion = \"A?\"\nanswer = \"A.\"\n[[faqs]]\nquestion = \"B?\"\nanswer = \"B.\"\n".to_owned()),
    ] {
        assert!(made(&rows, kind), "{kind} is not made");
        assert!(!made("", kind), "{kind} is made of nothing");
        assert!(!made(&format!("[pages]\n{kind} = false\n{rows}"), kind), "{kind} is made though it must not be");
        assert!(made(&format!("[pages]\n{kind} = true\n"), kind), "{kind} is not made though it must be");
        let by_site = |decided: bool| {
            let mut site = nurse(&rows);
            site.edit("site.toml", format!("title = \"Test\"\nbase_url = \"https://example.com/\"\n[pages]\n{kind} = {decided}\n"));
            site.build().clean().has(&format!("roles/nurse/{kind}/index.html"))
        };
        assert!(by_site(true) && !by_site(false), "{kind} does not follow the site");
    }
    assert!(!made(&levels(1, ""), "ladder"), "a ladder of one level");
    let mut duties = nurse("");
    duties.edit(
        "content/roles/nurse/role.toml",
        format!("responsibilities = [\"A\", \"B\", \"C\"]\n{HEAD}"),
    );
    assert!(
        duties
            .build()
            .clean()
            .has("roles/nurse/job-description/index.html")
    );
}

#[test]
fn what_is_not_made_is_linked_from_nowhere() {
    // The check of links would say it: every combination of pages must be silent.
    let rows = "[[salary]]\nmin = 1\nmax = 2\n[[faqs]]\nquestion = \"A?\"\nanswer = \"A.\"\n[[faqs]]\nquestion = \"B?\"\nanswer = \"B.\"\n\
        [[skills]]\nname = \"A\"\n[[skills]]\nname = \"B\"\n[[titles]]\nname = \"T\"\nlevel = \"l1\"\nparent = \"l1\"\n[[related]]\nname = \"Doctor\"\nfrom = \"l2\"\n";
    let rows = format!(
        "{rows}{}",
        levels(3, "").replacen(
            "\n\n",
            "\nskills = [\"a\", { any_of = [\"a\", \"b\"] }]\n",
            1
        )
    );
    for kind in [
        "what-is",
        "ladder",
        "job-titles",
        "job-description",
        "salary",
        "faq",
        "positions",
    ] {
        nurse(&format!("[pages]\n{kind} = false\n{rows}"))
            .build()
            .clean();
        nurse(&format!("[pages]\n{kind} = true\n{rows}"))
            .build()
            .clean();
        let mut alone = nurse(&rows);
        alone
            .edit(
                &format!("content/roles/nurse/{kind}.md"),
                "+++\ngenerated = false\n+++\nOnly words.\n",
            )
            .build()
            .clean();
    }
    for kind in [
        "skills", "sources", "roles", "tags", "faq", "site-faq", "category", "skill",
    ] {
        let mut site = nurse(&rows);
        site.edit(
            "site.toml",
            format!(
                "title = \"Test\"\nbase_url = \"https://example.com/\"\n[pages]\n{kind} = false\n"
            ),
        )
        .build()
        .clean();
    }
    for section in [
        "levels",
        "titles",
        "salary",
        "skills",
        "hierarchy",
        "related",
    ] {
        nurse(&format!("[sections.{section}]\nhidden = true\n{rows}"))
            .build()
            .clean();
    }
}

#[test]
fn prose_stands_before_what_is_generated_and_may_take_its_place() {
    let mut site = nurse(&levels(2, ""));
    site.edit("content/roles/nurse/ladder.md", "+++\ntitle = \"How nurses rise\"\ndescription = \"In words.\"\n+++\n## First words\n\nText.\n");
    let dom = site.build().clean().dom("roles/nurse/ladder/index.html");
    assert_eq!(dom.text("h1"), "How nurses rise");
    let at = |id: &str| dom.0.iter().position(|element| element.attr("id") == id);
    assert!(at("first-words") < at("l1") && at("l1").is_some());
    site.replace(
        "content/roles/nurse/ladder.md",
        "+++\n##",
        "generated = false\n+++\n##",
    );
    let dom = site.build().clean().dom("roles/nurse/ladder/index.html");
    assert!(dom.0.iter().all(|element| element.attr("id") != "l1"));
}

#[test]
fn sections_take_another_heading_an_introduction_or_leave() {
    let rows = format!(
        "[sections.levels]\nheading = \"The rungs\"\nintro = \"Read *upwards*.\"\n[sections.competencies]\nhidden = true\n{}",
        levels(2, "")
    );
    let page = nurse(&rows).build().clean();
    let page = page.page("roles/nurse/ladder/index.html");
    assert!(
        page.contains("The rungs") && page.contains("Read <em>upwards</em>."),
        "{page}"
    );
}

#[test]
fn a_heading_of_the_prose_keeps_its_id() {
    let mut site = nurse("[[salary]]\nmin = 1\nmax = 2\n");
    site.edit("content/roles/nurse/index.md", "## Salary\n\nMine.\n");
    let dom = site.build().clean().dom("roles/nurse/index.html");
    assert_eq!(dom.id("salary").text, "Salary");
    dom.id("salary-section");
}

#[test]
fn skills_accumulate_and_are_raised_and_dropped() {
    let mut site = nurse(
        "[[levels]]\nid = \"a\"\ntitle = \"A\"\nskills = [\"git\", { skill = \"sql\", proficiency = \"basic\", importance = \"optional\" }]\n\
         [[levels]]\nid = \"b\"\ntitle = \"B\"\nskills = [{ skill = \"sql\", proficiency = \"expert\" }, { any_of = [\"go\", \"rust\"] }]\ndrops = [\"git\"]\n",
    );
    site.edit(
        "content/skills.toml",
        "[[proficiencies]]\nid = \"basic\"\nname = \"Basic\"\n[[proficiencies]]\nid = \"expert\"\nname = \"Expert\"\n\
         [[skills]]\nname = \"Git\"\n[[skills]]\nname = \"SQL\"\n[[skills]]\nname = \"Go\"\n[[skills]]\nname = \"Rust\"\n",
    );
    let built = site.build().clean();
    let level = json(&built)["ladder"]["tracks"][0]["levels"][1].clone();
    let skills: Vec<(&str, bool, bool, &str)> = level["skills"]
        .as_array()
        .unwrap()
        .iter()
        .map(|need| {
            (
                need["name"].as_str().unwrap(),
                need["new"] == true,
                need["raised"] == true,
                need["importance"].as_str().unwrap(),
            )
        })
        .collect();
    // A raised skill stays as important as it was, unless the level says otherwise.
    assert_eq!(
        skills,
        [
            ("one of Go or Rust", true, false, "essential"),
            ("SQL", false, true, "optional")
        ]
    );
    assert_eq!(level["dropped"][0]["id"], "git");
    // A page for each skill, with the levels that ask for it.
    let dom = built.dom("skills/git/index.html");
    assert!(
        dom.all("a")
            .any(|link| link.attr("href") == "../../roles/nurse/ladder/#a")
    );
    assert!(
        dom.all("a")
            .all(|link| link.attr("href") != "../../roles/nurse/ladder/#b")
    );
    assert!(
        built.has("skills/go/index.html")
            && built.has("skills/rust/index.html")
            && built.has("skills/index.html")
    );
}

#[test]
fn index_json_has_the_documented_values() {
    let rows = format!(
        "[[salary]]\nmin = 60_000\nmax = 90_000\n[[statistics]]\nid = \"jobs\"\nlabel = \"Jobs\"\nvalue = 12.5\nunit = \"percent\"\n\
         [[titles]]\nname = \"Ward Nurse\"\nlevel = \"l1\"\n[[tips]]\nname = \"Ask\"\ntext = \"Ask.\"\n[[education]]\nname = \"Degree\"\nlevel = \"bachelor\"\n{}",
        levels(2, "experience = { min_years = 1, max_years = 2 }\nsalary = { min = 50_000.50, max = 60_000 }").replacen("min_years = 1", "min_years = 0", 1)
    );
    let built = nurse(&rows).build().clean();
    let role = json(&built);
    for name in [
        "role",
        "ladder",
        "salary",
        "titles",
        "specializations",
        "related",
        "education",
        "certifications",
        "tips",
        "testimonials",
        "statistics",
        "outlook",
        "skills",
        "positions",
        "articles",
        "faqs",
        "permalink",
    ] {
        assert!(role.get(name).is_some(), "no {name} in {role}");
    }
    assert_eq!(role["permalink"], "https://example.com/roles/nurse/");
    assert_eq!(
        (
            &role["role"]["id"],
            &role["role"]["title"],
            &role["outlook"]
        ),
        (&"nurse".into(), &"Nurse".into(), &Value::Null)
    );
    let level = &role["ladder"]["tracks"][0]["levels"][0];
    assert_eq!(
        (&level["salary"]["min"], &level["salary"]["max"]),
        (&50_000.5.into(), &60_000.into())
    );
    assert_eq!(level["experience"]["text"], "0–2 years");
    assert_eq!(
        role["salary"]["headline"]["text_long"],
        "$60,000 to $90,000 a year"
    );
    assert_eq!(role["statistics"][0]["text"], "12.5%");
    assert_eq!(role["titles"]["count"], 3);
}

#[test]
fn figures_inherit_all_but_a_foreign_date() {
    let mut site = nurse(
        "[[salary]]\nmin = 1\nmax = 2\n[[salary]]\nmin = 3\nmax = 4\nsource = \"survey\"\n[[salary]]\nmin = 5\nmax = 6\nsource = \"old\"\nas_of = \"2019\"\ncurrency = \"EUR\"\n",
    );
    site.edit(
        "content/sources.toml",
        "[[sources]]\nid = \"editors\"\ntitle = \"Editors\"\nkind = \"own\"\n[[sources]]\nid = \"survey\"\ntitle = \"Survey\"\nas_of = \"2025-05\"\n[[sources]]\nid = \"old\"\ntitle = \"Old\"\n",
    );
    let built = site.build();
    assert_eq!(
        built.said(),
        "warning[stale-figure] content/roles/nurse/role.toml:15:1 this figure is of 2019, older than 24 months\n"
    );
    let rows = json(&built)["salary"]["rows"].clone();
    let as_of: Vec<&Value> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["claim"]["as_of"])
        .collect();
    assert_eq!(as_of, ["2026-11", "2025-05", "2019"]);
    assert!(built.page("sources/index.html").contains("id=\"survey\""));
}

#[test]
fn checks_of_figures_are_as_strict_as_the_site_says() {
    let rows = "[[salary]]\nmin = 1\nmax = 2\nsource = \"old\"\nas_of = \"2019\"\n";
    let build = |check: &str| {
        let mut site = nurse(rows);
        site.edit("content/sources.toml", "[[sources]]\nid = \"editors\"\ntitle = \"E\"\nkind = \"own\"\n[[sources]]\nid = \"old\"\ntitle = \"Old\"\n");
        site.edit(
            "site.toml",
            format!("title = \"Test\"\nbase_url = \"https://example.com/\"\n[check]\n{check}\n"),
        );
        site.build()
    };
    build("stale_claims = \"allow\"").clean();
    build("stale_after = \"20 years\"").clean();
    assert!(build("stale_claims = \"deny\"").failed && !build("stale_claims = \"warn\"").failed);
}

#[test]
fn faqs_are_written_generated_replaced_and_hidden() {
    let rows = levels(2, "skills = [\"triage\"]\nexperience = { min_years = 1 }").replace(
        "[[levels]]\nid = \"l2\"\ntitle = \"Nurse 2\"\nskills = [\"triage\"]",
        "[[levels]]\nid = \"l2\"\ntitle = \"Nurse 2\"",
    ) + "[[skills]]\nname = \"Triage\"\n[[faqs]]\nid = \"years-l1\"\nanswer = \"One year, *no more*.\"\n[[faqs]]\nid = \"advance-l1\"\nhidden = true\n[[faqs]]\nquestion = \"Mine?\"\nanswer = \"Yes.\"\npages = [\"ladder\"]\n";
    let built = nurse(&rows).build().clean();
    let faqs = json(&built)["faqs"].clone();
    let ids: Vec<&str> = faqs
        .as_array()
        .unwrap()
        .iter()
        .map(|faq| faq["id"].as_str().unwrap())
        .collect();
    assert!(
        ids.contains(&"skills-l1")
            && ids.contains(&"years-l1")
            && !ids.contains(&"advance-l1")
            && !ids.contains(&"mine"),
        "{ids:?}"
    );
    assert!(
        built
            .page("roles/nurse/faq/index.html")
            .contains("One year, <em>no more</em>.")
    );
    assert!(
        built
            .dom("roles/nurse/ladder/index.html")
            .text("main")
            .contains("Mine?")
    );
}

#[test]
fn salary_in_bulk_is_rows_of_areas() {
    let mut site = nurse("area = \"US\"\n[[salary]]\nmin = 60_000\nmax = 90_000\n");
    site.edit(
        "content/areas.toml",
        "[[areas]]\nid = \"texas\"\nname = \"Texas\"\nparent = \"US\"\n",
    );
    site.edit(
        "content/roles/nurse/salary.csv",
        "area,p10,p50,p90,source,as_of\ntexas,40000,60000.00,n/a,editors,2026\n\"GB\", 1 ,2,3,,\n"
            .replace(" 1 ", "1"),
    );
    let built = site.build().clean();
    let areas = json(&built)["salary"]["areas"].clone();
    let names: Vec<&Value> = areas
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["area"]["name"])
        .collect();
    assert_eq!(names, ["Texas", "United Kingdom"]);
    assert_eq!(
        areas[0]["percentiles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["percent"].as_u64().unwrap())
            .collect::<Vec<_>>(),
        [10, 50]
    );
}

#[test]
fn titles_stand_in_a_hierarchy_and_by_stage() {
    let rows = "[[levels]]\nid = \"a\"\nstage = \"entry\"\ntitle = \"Junior\"\n[[levels]]\nid = \"b\"\nstage = \"senior\"\ntitle = \"Senior\"\n\
        [[titles]]\nname = \"Trainee\"\nparent = \"a\"\nlevel = \"a\"\nfeatured = true\ndescription = \"Learns.\"\n[[titles]]\nname = \"Deputy trainee\"\nparent = \"trainee\"\n\
        [[titles]]\nname = \"Chief\"\nstage = \"executive\"\n[[titles]]\nname = \"senior\"\ndescription = \"Of the level.\"\n";
    let titles = json(&nurse(rows).build().clean())["titles"].clone();
    assert_eq!(titles["count"], 5);
    assert_eq!(
        titles["hierarchy"][0]["children"][0]["children"][0]["name"],
        "Deputy trainee"
    );
    let stages: Vec<&Value> = titles["by_stage"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| &group["stage"]["id"])
        .collect();
    assert_eq!(stages, ["entry", "senior", "executive"]);
    assert_eq!(titles["by_stage"][1]["titles"].as_array().unwrap().len(), 1);
}

#[test]
fn a_role_in_another_category_with_another_slug_lives_there() {
    let mut site = nurse("");
    site.edit(
        "content/roles/nurse/role.toml",
        format!(
            "slug = \"registered-nurse\"\naliases = [\"/nurse/\"]\n{HEAD}{}",
            levels(2, "")
        ),
    );
    site.edit("content/a.md", "[The ladder](roles/nurse/ladder.md#l2)\n");
    let built = site.build().clean();
    assert!(
        built
            .page("a/index.html")
            .contains("href=\"../roles/registered-nurse/ladder/#l2\"")
    );
    assert!(
        built
            .page("nurse/index.html")
            .contains("url=../roles/registered-nurse/")
    );
    assert!(
        built
            .page("categories/work/index.html")
            .contains("href=\"../../roles/registered-nurse/\"")
    );
}

#[test]
fn testimonials_need_consent() {
    let row = |consent: &str| {
        format!(
            "[[testimonials]]\nquote = \"Every day differs.\"\nname = \"A. Sample\"\njob_title = \"Nurse\"\n{consent}\n"
        )
    };
    let said = nurse(&format!(
        "[pages]\nwhat-is = true\n{}",
        row("consent = false")
    ))
    .build();
    assert!(
        !said
            .page("roles/nurse/what-is/index.html")
            .contains("Every day differs.")
    );
    let built = nurse(&row("consent = true")).build().clean();
    assert!(
        built
            .page("roles/nurse/what-is/index.html")
            .contains("Every day differs.")
    );
}

#[test]
fn positions_have_pages_when_they_say_more() {
    let mut site = nurse(&levels(2, ""));
    site.edit(
        "content/roles/nurse/positions.toml",
        "[[positions]]\nid = \"night\"\ntitle = \"Night Nurse\"\nemployer = \"Clinic\"\nlevel = \"l1\"\nposted = 2026-11-01\nexpires = 2026-12-01\nworkplace = \"on-site\"\nemployment_type = \"part-time\"\nlocations = [\"Oslo\"]\ncountry = \"NO\"\nurl = \"https://example.com/apply\"\nsalary = { min = 1000, max = 2000, period = \"month\", currency = \"NOK\", source = \"editors\" }\ndescription = \"At *night*.\"\n\
         [[positions]]\ntitle = \"Day Nurse\"\nemployer = \"Clinic\"\nposted = 2026-11-01\nurl = \"https://example.com/day\"\n",
    );
    let built = site.build().clean();
    let dom = built.dom("roles/nurse/positions/night/index.html");
    assert!(
        dom.text("main").contains("At night.")
            && dom
                .all("a")
                .any(|link| link.attr("href") == "https://example.com/apply")
    );
    let list = built.dom("roles/nurse/positions/index.html");
    let links: Vec<&str> = list.all("a").map(|link| link.attr("href")).collect();
    assert!(
        links.contains(&"night/") && links.contains(&"https://example.com/day"),
        "{links:?}"
    );
    assert!(
        built
            .dom("positions/index.html")
            .all("a")
            .any(|link| link.attr("href") == "../roles/nurse/positions/night/")
    );
}
