//! Facts that open data, employers and career services have: skills at whatever level, technologies,
//! pay of levels in tables, pay in parts and in words, several categories, sources of texts, jobs of
//! no role, positions and milestones of competencies.

use serde_json::Value;

use crate::harness::{Built, Site};

/// The head of a record whose figures have a source, a currency, a period and an area.
const HEAD: &str = "title = \"Nurse\"\n[figures]\nsource = \"editors\"\ncurrency = \"USD\"\nperiod = \"year\"\narea = \"US\"\n";
const SKILLS: &str = "[[proficiencies]]\nid = \"basic\"\nname = \"Basic\"\n[[proficiencies]]\nid = \"expert\"\nname = \"Expert\"\n\
    [[skills]]\nname = \"SQL\"\n[[skills]]\nname = \"Git\"\n[[skills]]\nname = \"Go\"\n";

/// A site with one role, which says some rows beside its name.
fn nurse(rows: &str) -> Site {
    let mut site = Site::from("");
    let head = if rows.contains("categories") {
        HEAD.replace("[figures]", &format!("{rows}\n[figures]"))
    } else {
        let head = HEAD.replace("[figures]", "category = \"work\"\n[figures]");
        format!("{head}{rows}\n")
    };
    site.edit("content/roles/nurse/role.toml", head);
    site.edit("content/skills.toml", SKILLS);
    site
}

/// What the hub says, as text.
fn hub(built: &Built) -> String {
    built
        .dom("roles/nurse/index.html")
        .text("main")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The JSON of the role.
fn json(built: &Built) -> Value {
    serde_json::from_str(built.page("roles/nurse/index.json")).unwrap()
}

fn names(rows: &Value) -> Vec<&str> {
    let rows = rows.as_array().unwrap();
    rows.iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect()
}

#[test]
fn skills_at_whatever_level_are_sorted_by_importance() {
    let built = nurse(
        "[[requires]]\nskill = \"go\"\nimportance = { value = 1.5, min = 1, max = 5 }\n\
         [[requires]]\nskill = \"sql\"\nimportance = { value = 4.12, min = 1, max = 5 }\n\
         [[requires]]\nskill = \"git\"\n",
    )
    .build();
    assert_eq!(built.said(), "");
    let role = json(&built);
    assert_eq!(names(&role["needs"]), ["Git", "SQL", "Go"]);
    assert_eq!(role["needs"][1]["rating"]["text"], "4.12 of 5");
    assert_eq!(role["needs"][2]["importance"], "optional");
    assert_eq!(role["needs"][0]["from"], Value::Null);
    let text = hub(&built);
    assert!(
        text.contains("SQL 4.12 of 5") && text.contains("Git essential"),
        "{text}"
    );
    let skills = built.dom("roles/nurse/index.html").json_ld_of("Occupation")["skills"].clone();
    assert_eq!(skills, serde_json::json!(["Git", "SQL"]));
    let skill = built.dom("skills/sql/index.html");
    assert!(
        skill.text("main").contains("Nurse"),
        "{}",
        skill.text("main")
    );
    assert!(built.page("skills/go/index.html").contains("1.5 of 5"));
}

#[test]
fn a_skill_that_levels_ask_for_keeps_their_words() {
    let built = nurse(
        "[[requires]]\nskill = \"sql\"\nimportance = { value = 4, max = 5 }\n\
         [[levels]]\ntitle = \"Aide\"\nskills = [\"sql\"]\n",
    )
    .build()
    .clean();
    let role = json(&built);
    assert_eq!(names(&role["needs"]), ["SQL"]);
    assert_eq!(role["needs"][0]["from"]["title"], "Aide");
    assert_eq!(role["needs"][0]["rating"]["text"], "4 of 5");
}

#[test]
fn numbers_must_be_on_their_scale() {
    for (rows, said) in [
        (
            "[[requires]]\nskill = \"sql\"\nimportance = { value = 6, max = 5 }",
            "6 is not on its scale, which is from 0 to 5",
        ),
        (
            "[[requires]]\nskill = \"sql\"\nimportance = { value = 1, max = 1, min = 1 }",
            "the scale ends at 1, where it begins or below",
        ),
        (
            "[[requires]]\nskill = \"sql\"\n[[requires]]\nskill = \"sql\"",
            "`sql` stands twice in [[requires]]",
        ),
        ("[[requires]]\nskill = \"sqll\"", "there is no skill `sqll`"),
        (
            "[[interests]]\nname = \"Social\"\nvalue = 3",
            "an interest has `value` and `max`, or neither",
        ),
        (
            "[[education]]\nname = \"Degree\"\nshare = 101",
            "101 is no share of a hundred",
        ),
        (
            "[[levels]]\ntitle = \"A\"\n[[competencies]]\nname = \"C\"\npositions = { a = 9 }\nmax = 5",
            "9 is not on its scale, which is from 0 to 5",
        ),
        (
            "[[levels]]\ntitle = \"A\"\n[[competencies]]\nname = \"C\"\npositions = { b = 1 }",
            "there is no level `b`",
        ),
        (
            "[[levels]]\ntitle = \"A\"\nsalary = { value = 50_000, employment = 3 }",
            "`employment` stands only in rows of [[salary]] and of salary.csv",
        ),
        (
            "[[salary]]\nvalue = 50_000\nlevel = \"b\"\n[[levels]]\ntitle = \"A\"",
            "there is no level `b`",
        ),
        (
            "[[salary]]\nvalue = 50_000\ntext = \"variable\"",
            "this pay is said both in words and in numbers",
        ),
        (
            "[[salary]]\npercent_of = \"base pay\"",
            "this pay does not say how many percent",
        ),
    ] {
        let built = nurse(rows).build();
        assert!(
            built.failed && built.said().contains(said),
            "{rows}\n{}",
            built.said()
        );
    }
}

#[test]
fn technologies_in_demand_come_first_and_the_rest_is_folded_by_category() {
    let rows: String = (0..30)
        .map(|at| {
            let demand = if at == 29 { "in_demand = true\n" } else { "" };
            format!(
                "[[technologies]]\nname = \"Tool {at}\"\ncategory = \"Kind {}\"\n{demand}",
                at % 2
            )
        })
        .collect();
    let built = nurse(&rows).build().clean();
    let technologies = &json(&built)["technologies"];
    assert_eq!(names(&technologies["first"])[..2], ["Tool 29", "Tool 0"]);
    assert_eq!(technologies["others_count"], 18);
    assert_eq!(technologies["others"][0]["category"], "Kind 0");
    let hub = built.dom("roles/nurse/index.html");
    let folded = hub
        .all("details")
        .find(|details| details.text.contains("18 more"));
    assert!(folded.is_some_and(|details| details.text.contains("Tool 28")));
}

#[test]
fn rows_of_pay_belong_to_levels_and_a_level_takes_its_own() {
    let mut site = nurse(
        "[[levels]]\nid = \"aide\"\ntitle = \"Aide\"\n[[levels]]\nid = \"sister\"\ntitle = \"Sister\"\n",
    );
    site.edit(
        "content/areas.toml",
        "[[areas]]\nid = \"ny\"\nname = \"New York\"\n",
    );
    site.edit(
        "content/roles/nurse/salary.csv",
        "area,level,value,employment,location_quotient\nUS,,60000,1200,1\nUS,aide,50000,,\nUS,sister,70000,,\nny,aide,55000,90,1.5\nny,,66000,80,0.9\n",
    );
    let built = site.build().clean();
    let role = json(&built);
    let levels = &role["ladder"]["tracks"][0]["levels"];
    assert_eq!(levels[0]["salary"]["value"], 50_000);
    assert_eq!(levels[1]["salary"]["value"], 70_000);
    assert_eq!(role["salary"]["headline"]["value"], 60_000);
    assert_eq!(role["salary"]["rows"].as_array().unwrap().len(), 1);
    let page = built.dom("roles/nurse/salary/index.html");
    let text = page.text("main");
    for words in ["Aide", "1.5", "1,200", "90"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn pay_has_parts_and_words_and_is_for_pieces_of_work() {
    let built = nurse(
        "[[salary]]\ntext = \"variable\"\nbasis = \"bonus\"\n\
         [[salary]]\nvalue = 0.6055\nperiod = \"mile\"\nbasis = \"base\"\n\
         [[levels]]\nid = \"aide\"\ntitle = \"Aide\"\n[[levels.salary]]\nvalue = 50_000\nbasis = \"base\"\n\
         [[levels.salary]]\nmin = 10\nmax = 15\npercent_of = \"base pay\"\nbasis = \"bonus\"\n\
         [[levels.salary]]\nvalue = 5_000\nbasis = \"equity\"\n",
    )
    .build()
    .clean();
    let role = json(&built);
    let level = &role["ladder"]["tracks"][0]["levels"][0];
    assert_eq!(level["salary"]["value"], 50_000);
    assert_eq!(level["more_pay"][0]["label"], "Equity");
    assert_eq!(level["worded_pay"][0]["text"], "10 to 15% of base pay");
    assert_eq!(role["salary"]["worded"][0]["text"], "variable");
    assert_eq!(role["salary"]["headline"]["text_long"], "$0.6055 a mile");
    let text = hub(&built);
    for words in ["variable", "10 to 15% of base pay", "$5,000", "$0.6055"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_role_is_listed_in_each_of_its_categories_and_belongs_to_the_first() {
    let mut site = nurse("categories = [\"care\", \"work\"]");
    let before = String::from_utf8(
        site.files
            .get("content/categories.toml")
            .cloned()
            .unwrap_or_default(),
    )
    .unwrap();
    site.edit(
        "content/categories.toml",
        format!("{before}\n[[categories]]\nid = \"care\"\ntitle = \"Care\"\n"),
    );
    let built = site.build().clean();
    for page in ["categories/care/index.html", "categories/work/index.html"] {
        assert!(built.page(page).contains("Nurse"), "{page}");
    }
    assert_eq!(json(&built)["role"]["category"]["title"], "Care");
    assert_eq!(
        json(&built)["role"]["categories"].as_array().unwrap().len(),
        2
    );
    let site = nurse("categories = []");
    let said = site.build().said();
    assert!(said.contains("error[missing-key]"), "{said}");
}

#[test]
fn texts_name_their_sources_and_these_count_them() {
    let mut site = nurse(
        "definition = { text = \"Cares.\", source = \"survey\" }\n[texts]\nsource = \"editors\"\n",
    );
    let text = String::from_utf8(site.files["content/roles/nurse/role.toml"].clone()).unwrap();
    let (head, rows) = text.split_once("[figures]").unwrap();
    let (figures, rows) = rows.split_once("definition").unwrap();
    site.edit(
        "content/roles/nurse/role.toml",
        format!("{head}responsibilities = [\"Washes\", {{ text = \"Feeds\", source = \"survey\" }}]\ndefinition{rows}[figures]{figures}"),
    );
    let sources = String::from_utf8(
        site.files
            .get("content/sources.toml")
            .cloned()
            .unwrap_or_default(),
    )
    .unwrap();
    site.edit(
        "content/sources.toml",
        format!(
            "{sources}\n[[sources]]\nid = \"survey\"\ntitle = \"The survey\"\nas_of = \"2026-11\"\n"
        ),
    );
    let built = site.build().clean();
    let page = built.page("roles/nurse/index.html");
    assert!(
        page.contains("Source: <a") && page.contains("Texts: <a"),
        "{page}"
    );
    let duties = built.page("roles/nurse/what-is/index.html");
    assert!(duties.contains("title=\"The survey\""), "{duties}");
    let sources = built.dom("sources/index.html");
    let text = sources.text("main");
    assert!(
        text.contains("2 texts") && text.contains("1 text:"),
        "{text}"
    );
    site.replace("content/roles/nurse/role.toml", "\"survey\"", "\"surveys\"");
    let said = site.build().said();
    assert!(said.contains("there is no source `surveys`"), "{said}");
}

#[test]
fn jobs_of_no_role_are_listed_and_have_pages() {
    let mut site = nurse("");
    site.edit(
        "content/positions.toml",
        "[[positions]]\ntitle = \"Cook\"\nemployer = \"Canteen\"\nposted = 2026-11-20\nlocations = [\"Oslo\"]\ncountry = \"NO\"\n\
         description = \"Cooks.\"\nsalary = { text = \"by agreement\" }\n\
         [[positions]]\ntitle = \"Old\"\nemployer = \"Canteen\"\nposted = 2020-01-01\nexpires = 2020-02-01\n",
    );
    let built = site.build();
    assert_eq!(built.said(), "");
    let list = built.page("positions/index.html");
    assert!(list.contains("Cook") && list.contains("by agreement") && !list.contains("Old"));
    let page = built.dom("positions/cook-canteen/index.html");
    assert!(
        page.text("main").contains("by agreement"),
        "{}",
        page.text("main")
    );
    assert_eq!(page.json_ld_of("JobPosting")["title"], "Cook");
    let site = site.edit(
        "content/positions.toml",
        "[[positions]]\ntitle = \"Cook\"\nemployer = \"Canteen\"\nposted = 2026-11-20\nlevel = \"a\"\n",
    );
    let said = site.build().said();
    assert!(said.contains("a job of no role has no `level`"), "{said}");
}

#[test]
fn competencies_have_positions_milestones_and_a_matrix_for_each_track() {
    let built = nurse(
        "[[levels]]\nid = \"a\"\ntitle = \"A\"\npoints = 4\n[[levels]]\nid = \"m\"\ntitle = \"M\"\ntrack = \"manager\"\n\
         [[competencies]]\nid = \"care\"\nname = \"Care\"\npositions = { a = 2, m = 4 }\nmax = 5\ncriteria = { a = [\"Washes\"], m = [\"Leads\"] }\n\
         [[competencies.milestones]]\nname = \"Begins\"\npoints = 3\nsignals = [\"Asks\"]\nexamples = [\"A night shift\"]\n",
    )
    .build()
    .clean();
    let ladder = &json(&built)["ladder"];
    assert_eq!(ladder["track_matrices"].as_array().unwrap().len(), 2);
    let row = &ladder["matrix"]["groups"][0]["competencies"][0];
    assert_eq!(row["positions"][1]["text"], "4 of 5");
    assert_eq!(row["milestones"][0]["points_text"], "3 points");
    let page = built.dom("roles/nurse/ladder/index.html");
    let text = page.text("main");
    for words in ["4 points", "2 of 5", "Begins", "Asks", "A night shift"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_comparison_of_two_tracks_names_what_falls() {
    let built = nurse(
        "[[levels]]\nid = \"a\"\ntitle = \"Aide\"\nskills = [{ skill = \"sql\", proficiency = \"expert\" }]\n\
         [[levels]]\nid = \"m\"\ntitle = \"Matron\"\ntrack = \"manager\"\nskills = [{ skill = \"sql\", proficiency = \"basic\" }]\n\
         [[competencies]]\nname = \"Care\"\ncriteria = { a = [\"Washes\"], m = [\"Leads\"] }\n",
    )
    .build()
    .clean();
    let path = built
        .files
        .keys()
        .find(|path| {
            path.contains("aide-vs-matron")
                || path.contains("/a-vs-m")
                || path.contains("compare/a")
        })
        .cloned();
    let compared: Vec<&String> = built
        .files
        .keys()
        .filter(|path| path.contains("compare") && path.ends_with(".html"))
        .collect();
    let page = path.as_ref().unwrap_or_else(|| panic!("{compared:?}"));
    let dom = built.dom(page);
    let text = dom.text("main");
    assert!(
        text.contains("To a lower standard") && text.contains("Washes"),
        "{text}"
    );
}
