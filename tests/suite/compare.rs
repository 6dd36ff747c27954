//! Comparisons of levels and of roles, their index, and the self-check of a ladder.

use serde_json::Value;

use crate::harness::{Built, Dom, Site};

const SITE: &str = r#"
=== content/skills.toml
[[proficiencies]]
id = "working"
name = "Working"
[[proficiencies]]
id = "expert"
name = "Expert"
[[skills]]
name = "SQL"
[[skills]]
name = "Git"
[[skills]]
name = "Typing"
[[skills]]
name = "Hiring"
[[skills]]
name = "Python"
[[skills]]
name = "Java"
=== content/roles/developer/role.toml
title = "Developer"
category = "work"
responsibilities = ["Builds things", "Answers *mail*"]
[figures]
currency = "USD"
period = "year"
area = "US"
source = "editors"
as_of = "2026-10"
[[salary]]
statistic = "median"
value = 90_000
[[levels]]
id = "junior"
title = "Junior Developer"
stage = "entry"
experience = { min_years = 0, max_years = 2 }
salary = { min = 60_000, max = 80_000 }
skills = [{ skill = "sql", proficiency = "working" }, "git", "typing", { any_of = ["python", "java"], importance = "optional" }]
responsibilities = ["Writes tests", "Takes notes"]
[[levels]]
id = "mid"
title = "Developer"
stage = "mid"
[[levels]]
id = "senior"
title = "Senior Developer"
stage = "senior"
experience = { min_years = 5 }
salary = { min = 120_000, max = 150_000 }
skills = [{ skill = "sql", proficiency = "expert" }, "hiring"]
drops = ["typing"]
responsibilities = ["Decides", "Takes notes"]
[[competencies]]
name = "Reach"
[competencies.criteria]
junior = ["Helps the *team*"]
senior = ["Helps all teams"]
[[related]]
role = "clerk"
[[related]]
name = "Poet"
=== content/roles/clerk/role.toml
title = "Clerk"
category = "work"
slug = "office-clerk"
responsibilities = ["Files things", "Answers *mail*"]
[[levels]]
id = "clerk"
title = "Clerk"
stage = "entry"
skills = ["typing", "git"]
[[related]]
role = "developer"
=== content/roles/poet/role.toml
title = "Poet"
category = "work"
"#;

const LEVELS: &str = "roles/developer/compare/junior-vs-senior/index.html";
const ROLES: &str = "compare/office-clerk-vs-developer/index.html";

/// The rows of a comparison's table: the head of each, and the words of both cells.
fn rows(dom: &Dom) -> Vec<[String; 3]> {
    let table = dom.all("table").next().unwrap();
    let rows = dom
        .inside(table)
        .filter(|element| element.name == "tr")
        .skip(1);
    rows.map(|row| {
        dom.inside(row)
            .filter(|cell| matches!(cell.name.as_str(), "th" | "td"))
            .map(|cell| cell.text.clone())
            .collect::<Vec<_>>()
            .try_into()
            .unwrap()
    })
    .collect()
}

/// The items below a heading of the third depth, with a comma between them.
#[track_caller]
fn list(dom: &Dom, heading: &str) -> String {
    let at = dom
        .0
        .iter()
        .position(|element| element.name == "h3" && element.text.starts_with(heading));
    let at = at.unwrap_or_else(|| panic!("there is no heading {heading}"));
    let list = dom.0[at..]
        .iter()
        .find(|element| element.name == "ul")
        .unwrap();
    dom.inside(list)
        .filter(|element| element.name == "li")
        .map(|item| item.text.clone())
        .collect::<Vec<_>>()
        .join(", ")
}

fn built() -> Built {
    Site::from(SITE).build().clean()
}

#[test]
fn two_levels_stand_side_by_side_with_what_changes() {
    let built = built();
    let dom = built.dom(LEVELS);
    assert_eq!(dom.text("h1"), "Junior vs. Senior Developer");
    let source = " Pay range, United States Source: Estimate of the editors, October 2026";
    let expected = [
        [
            "Pay",
            &format!("$60,000 to $80,000 a year{source}"),
            &format!("$120,000 to $150,000 a year{source}"),
        ],
        ["Experience", "0–2 years", "5+ years"],
        ["Stage", "Entry level", "Senior level"],
    ];
    assert_eq!(rows(&dom), expected.map(|row| row.map(str::to_owned)));
    assert_eq!(list(&dom, "New"), "Hiring");
    assert_eq!(list(&dom, "To a higher standard"), "SQL Working → Expert");
    assert_eq!(list(&dom, "Dropped"), "Typing");
    assert_eq!(list(&dom, "In both"), "Git, one of Python or Java optional");
    assert_eq!(
        (list(&dom, "Junior"), list(&dom, "Senior")),
        ("Writes tests".into(), "Decides".into()),
        "shared duties say nothing"
    );
    assert!(
        dom.id("criteria").text.contains("Helps all teams")
            && !dom.id("criteria").text.contains("Helps the team")
    );
    let said = "The way to Senior Developer: pay of $60K–$80K becomes $120K–$150K a year (United States), experience of 0–2 years becomes 5+ years and 1 skill is new.";
    assert!(dom.all("p").any(|lead| lead.text == said));
    assert!(
        dom.all("meta")
            .any(|meta| meta.attr("name") == "description" && meta.attr("content") == said)
    );
}

#[test]
fn every_pair_of_levels_has_a_page_and_ways_lead_there() {
    let built = built();
    let found: Vec<&String> = built
        .files
        .keys()
        .filter(|path| path.starts_with("roles/developer/compare/"))
        .collect();
    assert_eq!(
        found,
        ["junior-vs-mid", "junior-vs-senior", "mid-vs-senior"]
            .map(|pair| format!("roles/developer/compare/{pair}/index.html"))
            .iter()
            .collect::<Vec<_>>()
    );
    let ladder = built.dom("roles/developer/ladder/index.html");
    assert!(
        ladder
            .all("a")
            .any(|link| link.attr("href") == "../compare/mid-vs-senior/"
                && link.text == "Compare with Senior Developer")
    );
    let dom = built.dom(LEVELS);
    assert!(
        dom.all("a")
            .any(|link| link.attr("href") == "../junior-vs-mid/")
            && dom
                .all("a")
                .any(|link| link.attr("href") == "../../ladder/#senior")
    );
    let crumbs = dom.json_ld_of("BreadcrumbList");
    let names: Vec<&str> = crumbs["itemListElement"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names[names.len() - 3..],
        [
            "Developer",
            "Developer career ladder",
            "Junior vs. Senior Developer"
        ]
    );
    let canonical = dom
        .all("link")
        .find(|link| link.attr("rel") == "canonical")
        .unwrap();
    assert_eq!(
        canonical.attr("href"),
        "https://example.com/roles/developer/compare/junior-vs-senior/"
    );
    assert!(
        built
            .page("sitemap.xml")
            .contains("/roles/developer/compare/junior-vs-senior/")
    );
}

#[test]
fn what_neither_level_has_is_left_out() {
    let dom = built().dom("roles/developer/compare/junior-vs-mid/index.html");
    assert_eq!(
        rows(&dom)
            .iter()
            .map(|row| row[0].as_str())
            .collect::<Vec<_>>(),
        ["Pay", "Experience", "Stage"]
    );
    assert_eq!(rows(&dom)[1], ["Experience", "0–2 years", "–"]);
    assert!(!dom.0.iter().any(|element| element.attr("id") == "criteria"));
    assert!(!dom.all("h3").any(|heading| heading.text.starts_with("New")));
    let mut site = Site::from(SITE);
    site.edit(
        "content/roles/poet/role.toml",
        "title = \"Poet\"\ncategory = \"work\"\n[[levels]]\nid = \"a\"\ntitle = \"A\"\n[[levels]]\nid = \"b\"\ntitle = \"B\"\n",
    );
    let built = site.build().clean();
    assert!(
        !built
            .files
            .keys()
            .any(|path| path.starts_with("roles/poet/compare/")),
        "two names are no comparison"
    );
    site.replace(
        "content/roles/poet/role.toml",
        "title = \"B\"",
        "title = \"B\"\nscope = \"All\"\n[[levels]]\nid = \"c\"\ntitle = \"C\"\nscope = \"Some\"",
    );
    assert_eq!(
        site.build()
            .clean()
            .dom("roles/poet/compare/b-vs-c/index.html")
            .text("h1"),
        "Poet: B vs. C"
    );
}

#[test]
fn related_roles_stand_side_by_side_once() {
    let built = built();
    let dom = built.dom(ROLES);
    assert_eq!(dom.text("h1"), "Clerk vs. Developer");
    let rows = rows(&dom);
    assert_eq!(
        rows[0],
        [
            "Pay",
            "–",
            "$90,000 a year Median pay, United States Source: Estimate of the editors, October 2026"
        ]
    );
    assert_eq!(rows[2], ["Levels", "1", "3"]);
    assert!(
        !built.files.keys().any(|path| path.contains("poet-vs")
            || path.contains("vs-poet")
            || path.contains("developer-vs-")),
        "once, and only roles"
    );
}

#[test]
fn skills_and_duties_of_roles_are_told_apart() {
    let dom = built().dom(ROLES);
    assert_eq!(
        list(&dom, "Only Developer"),
        "SQL, Python one of Python or Java optional, Java one of Python or Java optional, Hiring"
    );
    assert_eq!(list(&dom, "In both"), "Typing, Git");
    assert!(
        !dom.all("h3")
            .any(|heading| heading.text.starts_with("Only Clerk"))
    );
    assert_eq!(
        (list(&dom, "Clerk"), list(&dom, "Developer")),
        ("Files things".into(), "Builds things".into())
    );
}

#[test]
fn roles_lead_to_their_comparisons_and_back() {
    let built = built();
    for hub in [
        "roles/developer/index.html",
        "roles/office-clerk/index.html",
    ] {
        assert!(
            built
                .dom(hub)
                .all("a")
                .any(|link| link.attr("href") == "../../compare/office-clerk-vs-developer/"),
            "{hub}"
        );
    }
    let dom = built.dom(ROLES);
    assert!(
        dom.all("a")
            .any(|link| link.attr("href") == "../../roles/office-clerk/")
            && dom.all("a").any(|link| link.attr("href") == "../")
    );
    let index = built.dom("compare/index.html");
    assert_eq!(
        index
            .all("a")
            .filter(|link| link.attr("href") == "office-clerk-vs-developer/")
            .count(),
        2,
        "from both roles"
    );
    assert!(
        index
            .all("form")
            .all(|form| form.attributes.contains_key("hidden")),
        "without a script there is no form"
    );
    let json: Value = serde_json::from_str(built.page("compare/index.json")).unwrap();
    assert_eq!(
        json["roles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|role| role["json_url"].as_str().unwrap())
            .collect::<Vec<_>>(),
        [
            "/roles/office-clerk/index.json",
            "/roles/developer/index.json",
            "/roles/poet/index.json"
        ]
    );
    let json: Value = serde_json::from_str(built.page("roles/developer/index.json")).unwrap();
    assert_eq!(
        (&json["facts"][0]["id"], &json["facts"][0]["text"]),
        (&"pay".into(), &"$90,000 a year".into())
    );
}

#[test]
fn levels_of_a_framework_are_compared_across_tracks() {
    let framework = "=== content/frameworks/f/framework.toml\nname = \"Growth\"\n[[levels]]\nid = \"ic3\"\nname = \"IC3\"\nstage = \"mid\"\nnext = [\"ic5\", \"m1\"]\n[[levels]]\nid = \"ic5\"\nname = \"IC5\"\nstage = \"director\"\n[[levels]]\nid = \"m1\"\nname = \"M1\"\ntrack = \"manager\"\nstage = \"lead\"\n";
    let built = Site::from(framework).build().clean();
    let dom = built.dom("frameworks/f/compare/m1-vs-ic5/index.html");
    assert_eq!(dom.text("h1"), "Growth: M1 vs. IC5");
    assert_eq!(
        rows(&dom),
        [
            ["Stage", "Lead level", "Director level"],
            ["Track", "Manager", "Individual contributor"]
        ]
        .map(|row| row.map(str::to_owned))
    );
    assert!(
        built
            .dom("frameworks/f/index.html")
            .all("a")
            .any(|link| link.attr("href") == "compare/ic3-vs-m1/")
    );
}

#[test]
fn comparisons_can_be_left_out() {
    let is_comparison = |path: &&String| path.contains("compare") && !path.starts_with("js/");
    let mut site = Site::from(SITE);
    site.replace(
        "content/roles/developer/role.toml",
        "[figures]",
        "[pages]\ncompare = false\n[figures]",
    );
    assert_eq!(
        site.build().clean().files.keys().find(is_comparison),
        None,
        "a role stays out, and so do its pairs"
    );
    let mut site = Site::from(SITE);
    site.edit(
        "site.toml",
        "title = \"Test\"\nbase_url = \"https://example.com/\"\nog_images = false\nicons = false\n[pages]\ncompare = false\nwhere-am-i = false\n",
    );
    let built = site.build().clean();
    assert_eq!(built.files.keys().find(is_comparison), None);
    assert!(
        !built.page("roles/developer/index.html").contains("compare")
            && !built.has("roles/developer/where-am-i/index.html")
    );
    site.edit(
        "site.toml",
        "title = \"Test\"\nbase_url = \"https://example.com/\"\n[pages]\ncomparison = false\n",
    );
    assert!(
        site.build()
            .said()
            .contains("`comparison` is no kind of page")
    );
}

#[test]
fn a_comparison_can_be_written_about_and_linked_by_its_file_name() {
    let mut site = Site::from(SITE);
    site.edit(
        "content/roles/developer/compare/junior-vs-senior.md",
        "+++\ndescription = \"Ten years.\"\n+++\nA **long** way.\n",
    );
    site.edit("content/about.md", "[Both](roles/developer/compare/junior-vs-mid.md), [roles](compare/clerk-vs-developer.md), [all](compare/_index.md)\n");
    let built = site.build().clean();
    let dom = built.dom(LEVELS);
    assert!(
        dom.all("p").any(|lead| lead.text == "Ten years.")
            && dom.text("main").contains("A long way.")
    );
    let about = built.dom("about/index.html");
    for address in [
        "../roles/developer/compare/junior-vs-mid/",
        "../compare/office-clerk-vs-developer/",
        "../compare/",
    ] {
        assert!(
            about.all("a").any(|link| link.attr("href") == address),
            "{address}"
        );
    }
}

#[test]
fn comparisons_move_with_their_permalink() {
    let config = |pattern: &str| {
        format!(
            "title = \"Test\"\nbase_url = \"https://example.com/\"\nog_images = false\nicons = false\n[permalinks]\ncompare = \"{pattern}\"\n"
        )
    };
    let mut site = Site::from(SITE);
    site.edit("site.toml", config("{parent}/versus/{slug}/"));
    let built = site.build().clean();
    assert!(
        built.has("roles/developer/versus/junior-vs-mid/index.html")
            && built.has("versus/office-clerk-vs-developer/index.html")
    );
    let said = site
        .edit("site.toml", config("/versus/{slug}/"))
        .build()
        .said();
    assert!(said.contains("stands below the page of its role"), "{said}");
}

#[test]
fn drafts_and_hidden_roles_are_compared_as_what_they_are() {
    let mut site = Site::from(SITE);
    site.replace(
        "content/roles/clerk/role.toml",
        "slug =",
        "noindex = true\nslug =",
    );
    let built = site.build().clean();
    assert!(
        built.page(ROLES).contains("content=\"noindex\"")
            && !built.page("sitemap.xml").contains("office-clerk-vs")
    );
    site.replace(
        "content/roles/clerk/role.toml",
        "noindex = true",
        "draft = true",
    );
    assert!(!site.build().has(ROLES));
}

#[test]
fn a_ladder_can_be_ticked_off_level_by_level() {
    let built = built();
    let dom = built.dom("roles/developer/where-am-i/index.html");
    let of_level = |id: &str| {
        dom.inside(dom.id(id))
            .filter(|element| element.name == "label")
            .map(|label| label.text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of_level("junior"),
        [
            "SQL Working",
            "Git",
            "Typing",
            "one of Python or Java optional",
            "Helps the team"
        ]
    );
    assert_eq!(
        of_level("senior"),
        ["Hiring", "SQL Expert", "Helps all teams"]
    );
    assert_eq!(
        (
            dom.id("junior").attr("data-next"),
            dom.id("senior").attr("data-drops")
        ),
        ("mid", "typing")
    );
    assert!(
        built
            .dom("roles/developer/ladder/index.html")
            .all("a")
            .any(|link| link.attr("href") == "../where-am-i/")
    );
    assert!(
        !built.has("roles/office-clerk/where-am-i/index.html"),
        "one level is no ladder"
    );
}

#[test]
fn what_search_engines_are_told_of_two_roles_fits() {
    let built = Site::demo().build_once();
    let pages: Vec<&String> = built
        .files
        .keys()
        .filter(|path| path.starts_with("compare/") && path.ends_with("/index.html"))
        .collect();
    assert!(pages.len() > 10);
    for path in pages {
        let (_, rest) = built
            .page(path)
            .split_once("<meta name=\"description\" content=\"")
            .unwrap();
        let description = rest.split('"').next().unwrap();
        assert!(description.chars().count() <= 170, "{path}: {description}");
    }
}
