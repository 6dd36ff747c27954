//! Sentences say what the record says and no more: what is optional, one of several, or raised;
//! what a page has; what tells levels apart.

use serde_json::Value;

use crate::harness::{Built, Site};

const SKILLS: &str = "[[proficiencies]]\nid = \"basic\"\nname = \"Basic\"\n[[proficiencies]]\nid = \"expert\"\nname = \"Expert\"\n\
    [[skills]]\nname = \"SQL\"\n[[skills]]\nname = \"COBOL\"\n[[skills]]\nname = \"Go\"\n[[skills]]\nname = \"Rust\"\n[[skills]]\nname = \"Java\"\n";

/// A site with a role `dev` of some rows.
fn dev(rows: &str) -> Site {
    let mut site = Site::from("");
    site.edit("content/skills.toml", SKILLS);
    site.edit(
        "content/roles/dev/role.toml",
        format!("title = \"Developer\"\ncategory = \"work\"\n{rows}"),
    );
    site
}

/// A level of a title, its id in small letters.
fn level(title: &str, more: &str) -> String {
    format!(
        "[[levels]]\nid = \"{}\"\ntitle = \"{title}\"\n{more}\n",
        title.to_lowercase().replace(' ', "-")
    )
}

fn main_of(built: &Built, path: &str) -> String {
    built
        .dom(&format!("{path}index.html"))
        .text("main")
        .to_owned()
}

#[track_caller]
fn says(built: &Built, path: &str, parts: &[&str], never: &[&str]) {
    let text = main_of(built, path);
    parts
        .iter()
        .for_each(|part| assert!(text.contains(part), "{path} lacks {part:?}: {text}"));
    never
        .iter()
        .for_each(|part| assert!(!text.contains(part), "{path} says {part:?}: {text}"));
}

fn description(built: &Built, path: &str) -> String {
    let dom = built.dom(&format!("{path}index.html"));
    dom.all("meta")
        .find(|meta| meta.attr("name") == "description")
        .map(|meta| meta.attr("content").to_owned())
        .unwrap_or_default()
}

fn occupation(built: &Built) -> Value {
    built.dom("roles/dev/index.html").json_ld_of("Occupation")["skills"].clone()
}

const OPTIONAL: &str = "skills = [\"sql\", { skill = \"cobol\", importance = \"optional\" }]";

#[test]
fn what_is_optional_helps_and_is_not_asked_for() {
    let built = dev(&format!(
        "{}{}",
        level("Junior", OPTIONAL),
        level(
            "Senior",
            "skills = [{ skill = \"java\", importance = \"optional\" }]"
        )
    ))
    .build()
    .clean();
    for page in ["faq", "ladder"] {
        let path = format!("roles/dev/{page}/");
        says(
            &built,
            &path,
            &[
                "The Junior level asks for SQL; COBOL helps.",
                "What skills help at the Senior level?",
                "At the Senior level, Java helps.",
            ],
            &["SQL and COBOL", "learn Java"],
        );
    }
    says(
        &built,
        "roles/dev/ladder/",
        &["At Senior, Java helps.", "Helpful Java", "COBOL (optional)"],
        &["You gain", "Still needed"],
    );
    says(
        &built,
        "roles/dev/",
        &["Skills to begin withSQL Field"],
        &[],
    );
    assert_eq!(occupation(&built), serde_json::json!(["SQL"]));
    says(
        &built,
        "skills/cobol/",
        &["It helps in 1 role"],
        &["need it", "ask for", "asks for"],
    );
    assert_eq!(
        description(&built, "skills/cobol/"),
        "The roles in which COBOL helps, from which level on."
    );
    assert_eq!(
        description(&built, "skills/sql/"),
        "Which roles ask for SQL, from which level on."
    );
    says(
        &built,
        "skills/",
        &["It helps in 1 role", "1 role asks for it"],
        &[],
    );
    assert_eq!(
        description(&built, "roles/dev/compare/junior-vs-senior/"),
        "From Junior to Senior: 1 optional skill helps."
    );
    let json: Value = serde_json::from_str(built.page("skills/index.json")).unwrap();
    let counts: Vec<(&str, u64, u64)> = json["groups"][0]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|skill| {
            (
                skill["id"].as_str().unwrap(),
                skill["count"].as_u64().unwrap(),
                skill["total"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(counts, [("cobol", 0, 1), ("java", 0, 1), ("sql", 1, 1)]);
}

#[test]
fn several_that_would_do_are_one_of_them() {
    let built = dev(&format!(
        "{}{}",
        level(
            "Junior",
            "skills = [{ any_of = [\"go\", \"rust\", \"java\"] }]"
        ),
        level("Senior", "skills = [\"sql\"]")
    ))
    .build()
    .clean();
    let one = "one of Go, Rust or Java";
    says(
        &built,
        "roles/dev/faq/",
        &[
            &format!("The Junior level asks for {one}."),
            &format!("build on {one} and learn SQL."),
        ],
        &[],
    );
    for path in [
        "roles/dev/",
        "roles/dev/ladder/",
        "roles/dev/where-am-i/",
        "skills/go/",
        "roles/dev/compare/junior-vs-senior/",
    ] {
        says(&built, path, &[one], &["1 role asks for it 1"]);
    }
    says(
        &built,
        "skills/go/",
        &["1 role asks for it or another"],
        &[],
    );
    assert_eq!(occupation(&built), serde_json::json!([one, "SQL"]));
}

#[test]
fn what_is_raised_is_not_learnt() {
    let raised = |before: &str, after: &str| {
        dev(&format!(
            "{}{}",
            level("A", &format!("skills = [{before}]")),
            level("B", &format!("skills = [{after}]"))
        ))
        .build()
        .clean()
    };
    let way = |built: &Built, sentence: &str, label: &str| {
        says(
            built,
            "roles/dev/ladder/",
            &[sentence, label],
            &["learn", "build on", "You gain"],
        );
        says(built, "roles/dev/faq/", &[sentence], &["learn", "build on"]);
        let faq = built
            .dom("roles/dev/faq/index.html")
            .json_ld_of("FAQPage")
            .to_string();
        assert!(faq.contains(sentence) && !faq.contains("learn"), "{faq}");
    };
    let built = raised("\"sql\"", "{ skill = \"sql\", proficiency = \"expert\" }");
    way(
        &built,
        "To move from A to B, raise SQL to Expert.",
        "To a higher standard SQL (Expert)",
    );
    assert_eq!(
        description(&built, "roles/dev/compare/a-vs-b/"),
        "From A to B: 1 skill is raised."
    );
    way(
        &raised(
            "{ skill = \"sql\", importance = \"optional\" }",
            "{ skill = \"sql\", importance = \"essential\" }",
        ),
        "At B, SQL becomes essential.",
        "SQL (essential)",
    );
    way(
        &raised(
            "{ skill = \"sql\", importance = \"optional\" }",
            "{ skill = \"sql\", importance = \"essential\", proficiency = \"expert\" }",
        ),
        "To move from A to B, raise SQL to Expert. At B, SQL becomes essential.",
        "SQL (Expert, essential)",
    );
    way(
        &raised(
            "{ any_of = [\"go\", \"rust\"] }",
            "{ any_of = [\"go\", \"rust\"], proficiency = \"basic\" }",
        ),
        "raise one of Go or Rust to Basic.",
        "one of Go or Rust (Basic)",
    );
    // What helps still only helps when it helps more.
    let built = raised(
        "{ skill = \"sql\", importance = \"optional\" }",
        "{ skill = \"sql\", proficiency = \"expert\" }",
    );
    way(&built, "At B, SQL (Expert) helps.", "Helpful SQL (Expert)");
    // All at once: what is built on is neither raised nor dropped.
    let built = raised(
        "\"sql\", \"go\", \"java\"",
        "{ skill = \"sql\", proficiency = \"expert\" }, \"rust\"]\ndrops = [\"java\"",
    );
    says(
        &built,
        "roles/dev/ladder/",
        &[
            "To move from A to B, build on Go and learn Rust. Raise SQL to Expert.",
            "You gain Rust",
            "Dropped Java",
        ],
        &[],
    );
}

#[test]
fn where_a_record_says_nothing_of_how_to_advance_nothing_is_said() {
    let rows = format!(
        "{}{}[[competencies]]\nname = \"Impact\"\n[competencies.criteria]\na = [\"One\"]\nb = [\"Two\"]\n",
        level("A", ""),
        level("B", "")
    );
    let built = dev(&rows).build().clean();
    says(
        &built,
        "roles/dev/ladder/",
        &["Leads to B"],
        &["How to advance", "take on", "sets the levels apart"],
    );
    assert!(
        built
            .dom("roles/dev/ladder/index.html")
            .all("table")
            .all(|table| table.attr("class") == "matrix")
    );
    assert!(!built.has("roles/dev/faq/index.html"));
}

#[test]
fn one_begins_with_what_the_lowest_levels_ask_for() {
    let begin = |rows: &str| {
        let built = dev(rows).build().clean();
        let json: Value = serde_json::from_str(built.page("roles/dev/index.json")).unwrap();
        json["ladder"]["begin"]
            .as_array()
            .unwrap()
            .iter()
            .map(|need| need["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        begin(&format!(
            "{}{}",
            level("A", OPTIONAL),
            level("B", "skills = [\"go\"]")
        )),
        ["SQL"]
    );
    assert_eq!(
        begin(&format!(
            "{}{}",
            level("A", ""),
            level("B", "skills = [\"go\"]")
        )),
        [""; 0]
    );
    let managers = level("M", "track = \"manager\"\nskills = [\"rust\"]");
    assert_eq!(
        begin(&format!("{}{managers}", level("A", "skills = [\"go\"]"))),
        ["Go"],
        "managers do not begin as such"
    );
    let tracks = "[[tracks]]\nid = \"x\"\nname = \"X\"\n[[tracks]]\nid = \"y\"\nname = \"Y\"\n";
    let two = format!(
        "{}{}{tracks}",
        level("A", "track = \"x\"\nstage = \"entry\"\nskills = [\"go\"]"),
        level("B", "track = \"y\"\nstage = \"entry\"\nskills = [\"rust\"]")
    );
    assert_eq!(begin(&two), ["Go", "Rust"]);
    assert_eq!(
        begin(&two.replacen("entry", "mid", 1)),
        ["Rust"],
        "a track that begins higher up is no beginning"
    );
}

#[test]
fn roles_that_want_a_skill_in_different_ways_are_not_said_to_need_it_both() {
    let mut site = dev(&format!(
        "{}[[related]]\nrole = \"clerk\"\n",
        level(
            "Junior",
            "skills = [\"sql\", \"go\", { any_of = [\"rust\", \"java\"] }]"
        )
    ));
    let own = "skills = [{ skill = \"sql\", importance = \"optional\" }, { skill = \"cobol\", importance = \"optional\" }, \"java\"]";
    site.edit(
        "content/roles/clerk/role.toml",
        format!(
            "title = \"Clerk\"\ncategory = \"work\"\n{}",
            level("Clerk", own)
        ),
    );
    let built = site.build().clean();
    says(
        &built,
        "compare/clerk-vs-dev/",
        &[
            "In both",
            "SQL Clerk: optional",
            "Java Developer: one of Rust or Java",
            "COBOL optional",
            "Rust one of Rust or Java",
        ],
        &["Needed by both"],
    );
    says(
        &built,
        "skills/sql/",
        &["1 role asks for it", "It helps in 1 role"],
        &["need it"],
    );
    assert_eq!(
        description(&built, "skills/sql/"),
        "Which roles ask for SQL and in which it helps, from which level on."
    );
}

#[test]
fn a_description_promises_what_its_page_has() {
    let built = dev("").build().clean();
    assert_eq!(description(&built, "roles/dev/"), "Developer at a glance.");
    assert_eq!(
        description(&built, "roles/"),
        "All roles on this site by field and from A to Z."
    );
    assert_eq!(
        description(&built, "categories/work/"),
        "Career guides for Work roles."
    );
    assert_eq!(built.dom("index.html").text("title"), "Home");
    let built = dev(&format!(
        "{}{}",
        level("A", "responsibilities = [\"Codes\"]"),
        level("B", "skills = [\"sql\"]")
    ))
    .build()
    .clean();
    assert_eq!(
        description(&built, "roles/dev/"),
        "Developer at a glance: its levels and the skills that it asks for."
    );
    assert_eq!(
        description(&built, "roles/dev/ladder/"),
        "Every level of the Developer career ladder: duties, skills and what it takes to reach the next one."
    );
    let pay = |more: &str| {
        format!("[[salary]]\nvalue = 50_000\ncurrency = \"USD\"\nperiod = \"year\"\n{more}")
    };
    let salary = |rows: &str| description(&dev(rows).build(), "roles/dev/salary/");
    assert_eq!(salary(&pay("")), "What the Developer role pays.");
    assert_eq!(
        salary(&pay("source = \"editors\"\nas_of = \"2026-10\"\n")),
        "What the Developer role pays, with the source and the date."
    );
    assert_eq!(
        salary(&format!(
            "{}{}",
            pay(""),
            level(
                "A",
                "salary = { value = 1, currency = \"USD\", period = \"hour\" }"
            )
        )),
        "What the Developer role pays: by level."
    );
    let duties = |more: &str| {
        let mut site = dev(more);
        site.replace(
            "content/roles/dev/role.toml",
            "category",
            "responsibilities = [\"A\", \"B\", \"C\"]\ncategory",
        );
        description(&site.build().clean(), "roles/dev/job-description/")
    };
    assert_eq!(duties(""), "Developer job description: responsibilities.");
    assert_eq!(
        duties("[sections.responsibilities]\nhidden = true\n[[education]]\nname = \"School\"\n"),
        "Developer job description: education."
    );
}

#[test]
fn descriptions_are_no_longer_than_what_is_shown_of_them() {
    let built = Site::demo().build_once();
    let long = |page: &&String| {
        page.ends_with("index.html")
            && description(&built, page.trim_end_matches("index.html"))
                .chars()
                .count()
                > 180
    };
    assert_eq!(
        built
            .files
            .keys()
            .filter(|path| path.starts_with("roles/") && path.matches('/').count() == 3)
            .filter(long)
            .collect::<Vec<_>>(),
        [""; 0]
    );
}

#[test]
fn a_track_is_named_where_there_is_another_to_tell_it_from() {
    let said = |rows: &str| {
        let built = dev(rows).build().clean();
        let json: Value = serde_json::from_str(built.page("roles/dev/index.json")).unwrap();
        let names = json["ladder"]["tracks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|track| track["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>();
        (
            names,
            built
                .page("roles/dev/ladder/index.html")
                .contains("Individual contributor"),
        )
    };
    let (a, b) = (level("A", "scope = \"S\""), level("B", "scope = \"T\""));
    assert_eq!(
        said(&format!("{a}{b}")),
        (vec!["Career ladder".to_owned()], false)
    );
    let other = "track = \"x\"\nscope = \"S\"";
    let tracks = "[[tracks]]\nid = \"individual\"\n[[tracks]]\nid = \"x\"\nname = \"Teaching\"\n"
        .replacen("[[tracks]]\nid = \"individual\"\n", "", 1);
    assert_eq!(
        said(&format!("{a}{b}{}{tracks}", level("C", other))),
        (
            vec!["Career ladder".to_owned(), "Teaching".to_owned()],
            false
        )
    );
    let managers = level("C", "track = \"manager\"\nscope = \"S\"");
    assert_eq!(
        said(&format!("{a}{b}{managers}")),
        (
            vec!["Individual contributor".to_owned(), "Manager".to_owned()],
            true
        )
    );
}

#[test]
fn a_comparison_keeps_the_words_that_tell_levels_apart() {
    let titles = |titles: &[&str]| {
        let levels: String = titles
            .iter()
            .enumerate()
            .map(|(at, title)| format!("[[levels]]\nid = \"l{at}\"\ntitle = \"{title}\"\nname = \"N{at}\"\nscope = \"S{at}\"\n"))
            .collect();
        let built = dev(&levels).build().clean();
        let pages: Vec<String> = built
            .files
            .keys()
            .filter(|path| path.contains("/compare/"))
            .cloned()
            .collect();
        let heads: Vec<String> = pages
            .iter()
            .map(|page| built.dom(page).text("h1").to_owned())
            .collect();
        let titles: std::collections::BTreeSet<String> = pages
            .iter()
            .map(|page| built.dom(page).text("title").to_owned())
            .collect();
        assert_eq!(
            titles.len(),
            pages.len(),
            "two pages of one title: {titles:?}"
        );
        heads
    };
    assert_eq!(
        titles(&["Nurse I", "Nurse II"]),
        ["Developer: Nurse I vs. Nurse II"]
    );
    assert_eq!(
        titles(&["Junior Nurse", "Junior Ward Nurse", "Senior Ward Nurse"])[1..],
        [
            "Developer: Junior Nurse vs. Senior Ward Nurse",
            "Developer: Junior Ward Nurse vs. Senior Ward Nurse"
        ]
    );
    assert_eq!(
        titles(&["Nurse", "Nurse"]),
        ["Developer: Nurse (N0) vs. Nurse (N1)"]
    );
    let long = "Senior Principal Engineer of the Western Region for Payments and Platforms, Grade";
    titles(&[
        &format!("{long} A"),
        &format!("{long} B"),
        &format!("{long} C"),
    ]);
}

#[test]
fn years_are_told_as_they_are_recorded() {
    let years = |row: &str| {
        main_of(
            &dev(&format!(
                "{}{}",
                level("A", &format!("experience = {{ {row} }}")),
                level("B", "experience = { min_years = 9 }")
            ))
            .build()
            .clean(),
            "roles/dev/faq/",
        )
    };
    for (row, sentence) in [
        ("min_years = 0", "A: no experience is needed."),
        (
            "min_years = 0, max_years = 2",
            "The A level is for people with 0–2 years of experience.",
        ),
        (
            "min_years = 3",
            "The A level is for people with 3+ years of experience.",
        ),
        (
            "min_years = 0, max_years = 1",
            "The A level is for people with 0–1 years of experience.",
        ),
    ] {
        let text = years(row);
        assert!(
            text.contains(sentence) && !text.contains("typical"),
            "{sentence}: {text}"
        );
    }
}

#[test]
fn a_source_that_nothing_names_is_used_for_nothing() {
    let built = dev("").build().clean();
    says(
        &built,
        "sources/",
        &["Estimate of the editors"],
        &["0 figures", "Used for"],
    );
}
