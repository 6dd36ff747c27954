//! Frameworks: a role that uses one and the same role written out give the same ladder.

use super::{needs, next, work};
use crate::role::Ladder;

/// A framework with two tracks, a fork, and criteria that accumulate along a track.
const EXAMPLE: &str =
    include_str!("../../../tests/sites/design/content/frameworks/engineering/framework.toml");

/// Returns a ladder as text, without the places of its texts and figures.
fn shape(ladder: &Ladder) -> String {
    let text = format!("{ladder:?}");
    let mut shape = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("span: ") {
        shape.push_str(before);
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    }
    shape.push_str(rest);
    for file in [
        "content/roles/used/role.toml",
        "content/roles/written/role.toml",
        "content/frameworks/engineering/framework.toml",
    ] {
        shape = shape.replace(file, "");
    }
    shape
}

#[test]
fn a_role_with_a_framework_is_the_role_written_out() {
    let used = r#"
framework = "engineering"
[figures]
source = "editors"
[[levels]]
id = "ic4"
title = "Senior Engineer"
salary = { min = 1, max = 2 }
skills = ["git"]
advance = { ic6 = "Own a system.", m3 = "Hire." }
[[levels]]
id = "m3"
title = "Team Lead"
[[levels]]
id = "ic3"
title = "Engineer"
skills = ["sql"]
[[levels]]
id = "ic6"
title = "Principal"
skills = ["java"]
[[competencies]]
name = "Communication"
[competencies.criteria]
ic4 = ["Writes for strangers"]
[[competencies]]
name = "Mechanics"
[competencies.criteria]
ic3 = ["Reads drawings"]
"#;
    let written = r#"
[figures]
source = "editors"
[[tracks]]
id = "individual"
name = "Individual contributor"
[[tracks]]
id = "manager"
name = "Manager"
[[levels]]
id = "ic3"
name = "IC3"
title = "Engineer"
stage = "mid"
scope = "Own and deliver a project"
reach = "Own team and partners"
skills = ["sql"]
[[levels]]
id = "ic4"
name = "IC4"
title = "Senior Engineer"
stage = "senior"
salary = { min = 1, max = 2 }
skills = ["git"]
next = ["m3", "ic6"]
advance = { ic6 = "Own a system.", m3 = "Hire." }
[[levels]]
id = "ic6"
name = "IC6"
title = "Principal"
stage = "lead"
skills = ["java"]
[[levels]]
id = "m3"
track = "manager"
name = "M3"
title = "Team Lead"
stage = "lead"
[[competencies]]
id = "communication"
group = "Culture"
name = "Communication"
[competencies.criteria]
ic3 = ["Fits the message to the audience", { text = "Explains choices in a pull request", examples = ["I took X over Y because …"] }]
ic4 = ["Gives feedback upwards", "Writes for strangers"]
[[competencies]]
id = "results"
group = "Results"
name = "Ownership"
[competencies.criteria]
ic3 = ["Removes toil"]
ic4 = ["Leads the answer to an incident"]
m3  = ["Answers for the team's goals"]
[[competencies]]
name = "Mechanics"
[competencies.criteria]
ic3 = ["Reads drawings"]
"#;
    let head = "title = \"A\"\ncategory = \"work\"\n";
    let worked = work(&format!(
        "=== content/frameworks/engineering/framework.toml\n{EXAMPLE}=== content/roles/used/role.toml\n{head}{used}=== content/roles/written/role.toml\n{head}{written}"
    ));
    assert_eq!(worked.said, [""; 0]);
    let (used, written) = (
        &worked.roles["used"].ladder,
        &worked.roles["written"].ladder,
    );
    assert_eq!(used.levels().count(), 4);
    assert_eq!(shape(used), shape(written));
    assert_eq!(needs(used.level("ic6").unwrap()), "+java git sql");
}

fn role(levels: &str) -> super::Worked {
    let record = format!(
        "=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"work\"\nframework = \"engineering\"\n{levels}"
    );
    work(&format!(
        "=== content/frameworks/engineering/framework.toml\n{EXAMPLE}{record}"
    ))
}

#[test]
fn levels_that_are_left_out_are_stepped_over() {
    let levels = |ids: &[&str]| {
        ids.iter()
            .map(|id| format!("[[levels]]\nid = \"{id}\"\n"))
            .collect::<String>()
    };
    for (ids, wanted) in [
        (
            vec!["ic3", "ic4", "ic5", "ic6", "m3"],
            "ic3>ic4 ic4>ic5 m3 ic5>ic6 ic6> m3>",
        ),
        (vec!["ic3", "ic5", "ic6"], "ic3>ic5 ic5>ic6 ic6>"),
        (vec!["ic3", "m3", "ic6"], "ic3>m3 ic6 ic6> m3>"),
        (vec!["ic6", "ic4"], "ic4>ic6 ic6>"),
    ] {
        let worked = role(&levels(&ids));
        assert_eq!(worked.said, [""; 0]);
        let ways: Vec<_> = worked.roles["a"]
            .ladder
            .levels()
            .map(|level| format!("{}>{}", level.id, next(level)))
            .collect();
        assert_eq!(ways.join(" "), wanted, "{ids:?}");
    }
}

#[test]
fn rows_name_levels_of_the_framework_once() {
    let said = role("[[levels]]\nid = \"ic3\"\n[[levels]]\nid = \"ic33\"\n[[levels]]\ntitle = \"X\"\n[[levels]]\nid = \"ic3\"\nnext = [\"ic4\"]").said;
    let wanted = [
        "error[unknown-id] content/roles/a/role.toml:7:6 the framework `engineering` has no level `ic33`",
        "error[missing-key] content/roles/a/role.toml:8:1 a level of a role that uses a framework needs the `id` of one of the framework's levels",
        "error[duplicate-id] content/roles/a/role.toml:10:1 the id `ic3` is used twice",
    ];
    assert_eq!(said, wanted);
}

#[test]
fn a_fault_of_the_framework_is_said_once_and_there() {
    let broken = "name = \"F\"\n[[levels]]\nid = \"a\"\nname = \"A\"\nskills = [\"gti\", \"git\"]\n[[levels]]\nid = \"b\"\nname = \"B\"\nskills = [\"sql\"]\n[[levels]]\nid = \"c\"\nname = \"C\"\ndrops = [\"sql\"]\nnext = [\"d\"]\n";
    let head = "title = \"A\"\ncategory = \"work\"\nframework = \"f\"\n[[levels]]\nid = \"a\"\n[[levels]]\nid = \"c\"\nskills = [\"lniux\"]";
    let worked = work(&format!(
        "=== content/frameworks/f/framework.toml\n{broken}=== content/roles/x/role.toml\n{head}\n=== content/roles/y/role.toml\n{head}"
    ));
    // The roles leave `b` out, and so have no SQL to drop: that is no fault of anyone.
    let wanted = [
        "error[unknown-id] content/frameworks/f/framework.toml:5:11 there is no skill `gti`",
        "error[unknown-id] content/frameworks/f/framework.toml:14:9 there is no level `d`",
        "error[unknown-id] content/roles/x/role.toml:8:11 there is no skill `lniux`",
        "error[unknown-id] content/roles/y/role.toml:8:11 there is no skill `lniux`",
    ];
    assert_eq!(worked.said, wanted);
    assert_eq!(worked.frameworks["f"].ladder.levels().count(), 3);
}

#[test]
fn a_framework_that_cannot_be_read_is_not_said_to_be_missing() {
    let record =
        "=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"work\"\nframework = \"f\"\n";
    assert_eq!(
        work(&format!(
            "=== content/frameworks/f/framework.toml\nname = 5\n{record}"
        ))
        .said,
        [
            "error[wrong-type] content/frameworks/f/framework.toml:1:8 this must be a text, not a whole number"
        ]
    );
    assert_eq!(
        work(record).said,
        ["error[unknown-id] content/roles/a/role.toml:3:13 there is no framework `f`"]
    );
}
