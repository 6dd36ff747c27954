//! Frameworks: an employer's ladder that several roles share, its pages, and roles that use it.

use serde_json::Value;

use crate::harness::Site;

const FRAMEWORK: &str = r#"
=== content/frameworks/engineering/framework.toml
name = "Engineering"
employer = "Harbour"
summary = "How engineers grow."

[[tracks]]
id = "individual"
name = "Individual contributor"

[[tracks]]
id = "manager"
name = "Manager"

[[levels]]
id = "ic3"
name = "IC3"
stage = "mid"
scope = "Own a project"
reach = "Own team"

[[levels]]
id = "ic4"
name = "IC4"
stage = "senior"
next = ["ic5", "m3"]

[[levels]]
id = "ic5"
name = "IC5"
stage = "lead"

[[levels]]
id = "m3"
name = "M3"
track = "manager"
stage = "lead"

[[competencies]]
name = "Communication"
group = "Culture"
[competencies.criteria]
ic3 = ["Fits the *message*", { text = "Explains", examples = ["I took X"] }]
ic4 = ["Gives feedback"]

[[competencies]]
name = "Ownership"
group = "Results"
[competencies.criteria]
m3 = ["Answers for the team"]
"#;

/// What a role says itself, with or without a framework.
const OWN: &str = "
[[levels]]
id = \"ic3\"
title = \"Developer\"
experience = { min_years = 1, max_years = 4 }
salary = { min = 60_000, max = 80_000, currency = \"USD\", period = \"year\", source = \"editors\", as_of = \"2026\" }
skills = [\"sql\"]
MORE ic3
[[levels]]
id = \"ic4\"
title = \"Senior Developer\"
experience = { min_years = 4 }
MORE ic4
[[levels]]
id = \"ic5\"
title = \"Staff Developer\"
MORE ic5
[[levels]]
id = \"m3\"
title = \"Team Lead\"
MORE m3
[[skills]]
name = \"SQL\"
";

fn with_framework() -> Site {
    let own: String = OWN
        .lines()
        .filter(|line| !line.starts_with("MORE"))
        .map(|line| format!("{line}\n"))
        .collect();
    let mut site = Site::from(FRAMEWORK);
    site.edit(
        "content/roles/developer/role.toml",
        format!("title = \"Developer\"\ncategory = \"work\"\nframework = \"engineering\"\n{own}"),
    );
    site
}

#[test]
fn a_role_with_a_framework_and_the_same_role_written_out_are_one_ladder() {
    let written = OWN
        .replace(
            "MORE ic3",
            "name = \"IC3\"\nstage = \"mid\"\nscope = \"Own a project\"\nreach = \"Own team\"",
        )
        .replace(
            "MORE ic4",
            "name = \"IC4\"\nstage = \"senior\"\nnext = [\"ic5\", \"m3\"]",
        )
        .replace("MORE ic5", "name = \"IC5\"\nstage = \"lead\"")
        .replace(
            "MORE m3",
            "name = \"M3\"\nstage = \"lead\"\ntrack = \"manager\"",
        );
    let lists = FRAMEWORK
        .split_once("[[tracks]]")
        .map(|(_, rest)| format!("[[tracks]]{rest}"))
        .unwrap();
    let (tracks, rest) = lists.split_once("[[levels]]").unwrap();
    let competencies = rest.split_once("[[competencies]]").unwrap().1;
    let mut written_out = Site::from("");
    written_out
        .edit("content/roles/developer/role.toml", format!("title = \"Developer\"\ncategory = \"work\"\n{written}\n{tracks}[[competencies]]{competencies}"));
    let (first, second) = (
        with_framework().build().clean(),
        written_out.build().clean(),
    );
    let json = |built: &crate::harness::Built| {
        serde_json::from_str::<Value>(built.page("roles/developer/index.json")).unwrap()
    };
    assert_eq!(json(&first)["ladder"], json(&second)["ladder"]);
    // The page says where the ladder is from; all else is the same, to the byte.
    let lines = |built: &crate::harness::Built| -> Vec<String> {
        built
            .page("roles/developer/ladder/index.html")
            .lines()
            .filter(|line| !line.contains("frameworks/"))
            .map(str::to_owned)
            .collect()
    };
    assert!(
        lines(&first)
            .join("\n")
            .contains("Fits the <em>message</em>")
    );
    assert_eq!(lines(&first), lines(&second));
}

#[test]
fn criteria_accumulate_along_a_track_and_follow_a_fork() {
    let built = with_framework().build().clean();
    let role: Value = serde_json::from_str(built.page("roles/developer/index.json")).unwrap();
    let kept = |track: usize, level: usize| -> Vec<usize> {
        let level = &role["ladder"]["tracks"][track]["levels"][level];
        level["competencies"]
            .as_array()
            .unwrap()
            .iter()
            .map(|competency| competency["kept"].as_array().unwrap().len())
            .collect()
    };
    assert_eq!(
        (kept(0, 0), kept(0, 1), kept(0, 2)),
        (vec![0], vec![2], vec![3])
    );
    assert_eq!(
        kept(1, 0),
        [3, 0],
        "the manager's way begins at the senior level"
    );
}

#[test]
fn a_framework_has_an_overview_and_a_matrix() {
    let built = with_framework().build().clean();
    let overview = built.dom("frameworks/engineering/index.html");
    assert!(overview.all("a").any(
        |link| link.attr("href") == "../../roles/developer/ladder/#ic4"
            && link.text == "Senior Developer"
    ));
    assert!(overview.id("ic3").text.contains("Own a project"));
    let matrix = built.dom("frameworks/engineering/matrix/index.html");
    assert!(
        matrix.text("table").contains("Communication")
            && matrix.text("main").contains("Gives feedback")
    );
}

#[test]
fn a_role_steps_over_levels_that_it_does_not_use() {
    let mut site = with_framework();
    let path = "content/roles/developer/role.toml";
    let text = String::from_utf8(site.files[path].clone()).unwrap();
    let (before, rest) = text.split_once("[[levels]]\nid = \"ic4\"").unwrap();
    let after = rest.split_once("[[levels]]").unwrap().1;
    site.edit(path, format!("{before}[[levels]]{after}"));
    let built = site.build().clean();
    let role: Value = serde_json::from_str(built.page("roles/developer/index.json")).unwrap();
    let next: Vec<&Value> = role["ladder"]["tracks"][0]["levels"][0]["next"]
        .as_array()
        .unwrap()
        .iter()
        .map(|next| &next["id"])
        .collect();
    assert_eq!(next, ["ic5", "m3"]);
}

#[test]
fn a_role_with_one_level_of_a_framework_has_no_ladder_to_link_to() {
    let mut site = Site::from(FRAMEWORK);
    site.edit(
        "content/roles/tester/role.toml",
        "title = \"Tester\"\ncategory = \"work\"\nframework = \"engineering\"\n[[levels]]\nid = \"ic3\"\ntitle = \"Tester\"\n",
    );
    let built = site.build().clean();
    assert!(
        built
            .dom("frameworks/engineering/index.html")
            .all("a")
            .any(|link| link.attr("href") == "../../roles/tester/")
    );
}
