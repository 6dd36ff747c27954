//! A small ladder in each shape, and the layer that it becomes.

use proptest::prelude::*;

use super::{Naming, import};
use crate::data::{decode_root, parse_toml, to_toml};
use crate::diag::Diagnostics;
use crate::import::testing::{name, site, upstream};
use crate::import::{Imported, Request};
use crate::path::SourcePath;
use crate::role::record::FrameworkFile;

fn imported(text: &str) -> Result<Imported, String> {
    let (name, site, from) = (name(), site(""), upstream(text));
    let request = Request {
        name: &name,
        site: &site,
        upstream: &from,
    };
    let imported = import(&request, Naming::ByFile).map_err(|fault| fault.to_string())?;
    for table in imported.layers.frameworks.values() {
        let mut diagnostics = Diagnostics::default();
        decode_root::<FrameworkFile>(
            &SourcePath::known("framework.toml"),
            table.clone(),
            &mut diagnostics,
        );
        assert!(
            !diagnostics.has_errors(),
            "{:?}\n{}",
            diagnostics.into_sorted(),
            to_toml(table)
        );
    }
    Ok(imported)
}

#[track_caller]
fn assert_becomes(text: &str, id: &str, wanted: &str, note: &str) {
    let imported = imported(text).unwrap();
    let (own, table) = imported.layers.frameworks.iter().next().unwrap();
    // How it is written is the business of the writer.
    let path = SourcePath::known("framework.toml");
    let wanted = parse_toml(&path, wanted, 0, &mut Diagnostics::default()).unwrap();
    assert_eq!((own.as_str(), to_toml(table)), (id, to_toml(&wanted)));
    assert!(
        imported.report.notes.iter().any(|own| own.contains(note)),
        "{:?}",
        imported.report.notes
    );
}

const MATRIX: &str = r#"name = "Our ladder"

[[levels]]
id = "junior"
title = "Junior"

[[levels]]
id = "senior-engineer"
title = "Senior engineer"

[[competencies]]
id = "testing"
group = "Craft"
name = "Testing"

[competencies.criteria]
junior = ["Writes tests", "Runs them"]
senior-engineer = ["Teaches tests"]

[[competencies]]
id = "writing"
group = "Craft"
name = "Writing"

[competencies.criteria]
senior-engineer = ["Writes well"]
"#;

#[test]
fn a_matrix_is_a_framework() {
    let sheet = "=== our-ladder.csv\nCompetency,Junior,Senior engineer\nCraft,,\nTesting,\"- Writes tests\n- Runs them\",Teaches tests\nWriting,n/a,Writes well\n";
    assert_becomes(
        sheet,
        "our-ladder",
        MATRIX,
        "matrix of competencies and levels",
    );
    let grouped = "=== our-ladder.csv\nArea;Competency;Junior;Senior engineer\nCraft;Testing;\"- Writes tests\n- Runs them\";Teaches tests\n;Writing;;Writes well\n";
    assert_becomes(grouped, "our-ladder", MATRIX, "matrix");
    let titled = format!(
        "=== our-ladder.csv\nEngineering,,\n{}",
        sheet.split_once('\n').unwrap().1
    );
    assert_becomes(&titled, "our-ladder", MATRIX, "matrix");
}

#[test]
fn a_matrix_with_levels_in_the_first_column_is_turned() {
    let sheet = "=== our-ladder.csv\nLevel,Testing,Writing\nJunior,Writes tests,\nSenior engineer,Teaches tests,Writes well\n";
    let wanted = MATRIX
        .replace("group = \"Craft\"\n", "")
        .replace("[\"Writes tests\", \"Runs them\"]", "[\"Writes tests\"]");
    assert_becomes(sheet, "our-ladder", &wanted, "first column");
}

#[test]
fn long_rows_are_a_framework() {
    let sheet = "=== rows.csv\nRole,Role level,Skill,Skill level,Description,Owner\nDeveloper,Junior developer,Testing,Working,Tests alone,x\nDeveloper,Developer,Testing,Practitioner,Leads tests,x\nDeveloper,Developer,Testing,Practitioner,Leads tests,x\nArchitect,Architect,Testing,Expert,,x\n";
    let wanted = r#"name = "Rows"

[[tracks]]
id = "developer"
name = "Developer"

[[tracks]]
id = "architect"
name = "Architect"

[[levels]]
id = "junior-developer"
track = "developer"
title = "Junior developer"

[[levels]]
id = "developer"
track = "developer"
title = "Developer"

[[levels]]
id = "architect"
track = "architect"
title = "Architect"

[[competencies]]
id = "testing"
name = "Testing"

[competencies.criteria]
junior-developer = ["**Working:** Tests alone"]
developer = ["**Practitioner:** Leads tests"]
architect = ["Expert"]
"#;
    assert_becomes(sheet, "rows", wanted, "rows of levels and skills");
    let report = imported(sheet).unwrap().report;
    assert!(
        report.text().contains("the column `Owner`"),
        "{}",
        report.text()
    );
    assert!(
        report.text().contains("a row that says what another says"),
        "{}",
        report.text()
    );
}

#[test]
fn themes_are_a_framework() {
    let file = "=== family.yml\nname: Engineering\nsummary: |\n  For engineers.\nsheet: 1\nlevels:\n  - id: junior\n    name: Junior Engineer\n  - id: senior\n    name: Senior Engineer\nthemes:\n  - id: planning\n    name: Planning\n    summary: Plans well\ncompetencies:\n  - id: a\n    level: junior\n    theme: planning\n    summary: Plans [own](../x.md) work.\n    proficiency: Awareness\n    examples:\n      - Writes a list\n  - id: b\n    level: senior\n    theme: planning\n    summary: Plans for all.\n";
    let wanted = r#"name = "Engineering"
summary = "For engineers."

[[levels]]
id = "junior"
title = "Junior Engineer"

[[levels]]
id = "senior"
title = "Senior Engineer"

[[competencies]]
id = "planning"
name = "Planning"
description = "Plans well"

[competencies.criteria]
junior = [{ text = "**Awareness:** Plans own work.", examples = ["Writes a list"] }]
senior = ["Plans for all."]
"#;
    assert_becomes(file, "family", wanted, "levels, themes, and competencies");
    let report = imported(file).unwrap().report;
    assert!(report.text().contains("`sheet`"), "{}", report.text());
}

#[test]
fn topics_in_front_matter_are_a_framework() {
    let file = "=== backend.md\n---\ntitle: Backend\npath: /backend\nlevels: 2\ntopics:\n  - name: soft-skills\n    title:\n    content:\n      - level: 1\n        criteria:\n          - Asks\n      - level: 2\n        criteria:\n          - Answers\n        exampleCriteria:\n          - criteria: Teaches\n            examples:\n              - A talk\n---\n";
    let wanted = r#"name = "Backend"

[[levels]]
id = "level-1"
title = "Level 1"

[[levels]]
id = "level-2"
title = "Level 2"

[[competencies]]
id = "soft-skills"
name = "Soft skills"

[competencies.criteria]
level-1 = ["Asks"]
level-2 = ["Answers", { text = "Teaches", examples = ["A talk"] }]
"#;
    assert_becomes(
        file,
        "backend",
        wanted,
        "topics with criteria by level in its front matter",
    );
}

#[test]
fn headings_are_a_framework() {
    let file = "=== design.md\n---\ntitle: Design\n---\n## Level 1\n\n### Craft\n\nDraws.\n\n## Level 2\n\n### Craft\n\nDraws well.\n";
    let wanted = "name = \"Design\"\n\n[[levels]]\nid = \"level-1\"\ntitle = \"Level 1\"\n\n[[levels]]\nid = \"level-2\"\ntitle = \"Level 2\"\n\n[[competencies]]\nid = \"craft\"\nname = \"Craft\"\n\n[competencies.criteria]\nlevel-1 = [\"Draws.\"]\nlevel-2 = [\"Draws well.\"]\n";
    assert_becomes(file, "design", wanted, "headings");
}

#[test]
fn milestones_are_a_framework() {
    let file = r#"=== tracks.json
{"tracks": {"MOBILE": {"displayName": "Mobile", "category": "A", "description": "Builds apps",
 "milestones": [{"summary": "Works", "signals": ["Ships"], "examples": ["A button"]}, {"summary": "Leads"}]}}, "maxLevel": 9,
 "milestonePoints": [0, 1, 3], "titles": [{"label": "Engineer I", "minPoints": 0}, {"label": "Engineer II", "minPoints": 17, "maxPoints": 35}]}
"#;
    let wanted = r#"name = "Tracks"

[[levels]]
id = "engineer-i"
title = "Engineer I"
points = 0

[[levels]]
id = "engineer-ii"
title = "Engineer II"
points = 17

[[competencies]]
id = "mobile"
group = "A"
name = "Mobile"
description = "Builds apps"

[[competencies.milestones]]
points = 1
description = "Works"
signals = ["Ships"]
examples = ["A button"]

[[competencies.milestones]]
points = 3
description = "Leads"
"#;
    assert_becomes(file, "tracks", wanted, "tracks with milestones");
    let report = imported(file).unwrap().report.text();
    assert!(
        report.contains("`maxLevel`") && report.contains("`maxPoints`"),
        "{report}"
    );
}

#[test]
fn numbers_in_a_matrix_are_positions() {
    let sheet = "=== shape.csv\nSkill,Junior,Senior\nSQL,1,3\nWriting,,2.5\n";
    let imported = imported(sheet).unwrap();
    let text = to_toml(imported.layers.frameworks.values().next().unwrap());
    assert!(
        text.contains("positions = { junior = 1, senior = 3 }")
            || text.contains("[competencies.positions]\njunior = 1\nsenior = 3\n"),
        "{text}"
    );
    assert_eq!(text.matches("max = 3\n").count(), 2, "{text}");
}

#[test]
fn bad_input_is_told() {
    let said = |text: &str| imported(text).map(|_| ()).unwrap_err();
    assert!(said("=== a.csv\nx,y\n1,2\n").starts_with("a.csv, row 1: there are no two levels"));
    // A list of jobs has a first row and a first column, too.
    assert!(
        said("=== a.csv\nname,employer,place,posted,level\nBaker,Acme,Berlin,2026-11-01,2\n").contains(
            "row 1: no ladder is recognized: the columns `employer`, `place`, `posted` do not sound like levels"
        )
    );
    assert!(
        said("=== a.json\n[{\"title\": \"Baker\", \"url\": \"https://a.example\", \"city\": \"Bonn\"}]\n")
            .contains("no ladder is recognized")
    );
    assert!(
        said("=== a.csv\nSkill,Junior,Senior\nA,,\n")
            .contains("no cell below a level says anything")
    );
    assert!(said("=== a.json\n{\"a\": \n").starts_with("a.json, row 2: this JSON cannot be read"));
    assert!(said("=== a.yml\na: [\n").starts_with("a.yml, row "));
    assert_eq!(
        said("=== a.md\nText\n"),
        "no ladder is recognized in these files"
    );
    assert_eq!(
        said("=== a.png\nText\n"),
        "no ladder is recognized in these files"
    );
}

proptest! {
    #[test]
    fn no_bytes_are_too_odd(
        ending in prop_oneof![Just("csv"), Just("json"), Just("yml"), Just("md"), Just("xlsx"), Just("ods")],
        text in "([,;\n\":{}\\[\\]#-]|level|skill|Junior|Senior|topics|levels|criteria|tracks|milestones|é| |---\n|  ){0,60}",
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let _ = imported(&format!("=== a.{ending}\n{text}\n"));
        let from = crate::import::upstream::InMemory::new([(format!("a.{ending}"), bytes)]);
        let (name, site) = (name(), site(""));
        let _ = import(&Request { name: &name, site: &site, upstream: &from }, Naming::ByFile);
    }
}
