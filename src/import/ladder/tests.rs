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

/// Returns the layer of the only framework as text.
#[track_caller]
fn only(text: &str) -> String {
    let imported = imported(text).unwrap();
    assert_eq!(imported.layers.frameworks.len(), 1);
    let table = imported.layers.frameworks.values().next().unwrap();
    to_toml(table)
}

#[track_caller]
fn assert_says(text: &str, parts: &[&str]) {
    let own = only(text);
    for part in parts {
        assert!(own.contains(part), "{part} is missing in\n{own}");
    }
}

#[test]
fn a_level_may_say_what_it_expects_without_competencies() {
    let file = "=== bakers.md\n# Bakers\n\nFor all bakers.\n\n## Junior baker\n\nLearns the craft.\n\n- **Adopts**: our recipes\n\n## Baker\n\n- **Designs**: own bread\n  - of rye\n\n## Senior baker\n\n- **Leads**: the night\n\n## Other pages\n\nSee more.\n";
    assert_says(
        file,
        &[
            "summary = \"For all bakers.\"",
            "id = \"junior-baker\"\ntitle = \"Junior baker\"\nsummary = \"Learns the craft.\"",
            "id = \"baker\"\ntitle = \"Baker\"",
            "name = \"Expectations\"",
            "baker = [\"**Designs**: own bread: of rye\"]",
        ],
    );
    let report = imported(file).unwrap().report.text();
    assert!(
        report.contains("a part that is of no level: `Other pages` (first: bakers.md, row 20)"),
        "{report}"
    );
}

#[test]
fn words_in_bold_that_every_level_has_are_competencies() {
    let file = "=== bakers.md\n# Level: Baker (B1)\n\n* **Scope:** One oven\n* **Impact:** A shift\n\n# Level: Senior baker (B2)\n\n* **Scope:** All ovens\n* **Impact:** The bakery\n";
    assert_says(
        file,
        &["name = \"Scope\"", "name = \"Impact\"", "= [\"All ovens\"]"],
    );
}

#[test]
fn levels_may_stand_in_competencies_and_in_tracks() {
    let lists = "=== a.md\n# Competencies\n\n## Delivery\n\nShips bread.\n\n- **Beginner**\n  - Ships a loaf\n- **Expert**\n  - Ships all\n\n## Speech\n\n- **Beginner**\n  - Listens\n- **Expert**\n  - Speaks\n";
    assert_says(
        lists,
        &[
            "name = \"Delivery\"\ndescription = \"Ships bread.\"",
            "beginner = [\"Ships a loaf\"], expert = [\"Ships all\"]",
            "name = \"Speech\"",
        ],
    );
    let tracks = "=== a.md\n# Ladder\n\n## Bread\n\nOf rye.\n\n### Baker I\n\n#### Craft\n\nBakes.\n\n### Baker II\n\n#### Craft\n\nBakes well.\n\n## Cakes\n\n### Baker I\n\n#### Craft\n\nStirs.\n\n### Baker II\n\n#### Craft\n\n##### Cream\n\nWhips.\n";
    assert_says(
        tracks,
        &[
            "id = \"cakes\"\nname = \"Cakes\"",
            "id = \"baker-i-2\"\ntrack = \"cakes\"",
            "baker-i = [\"Bakes.\"]",
            "group = \"Craft\"\nname = \"Cream\"",
        ],
    );
    let report = imported(tracks).unwrap().report.text();
    let told = "a text of `Bread`, which is of no level (first: a.md, row 3)";
    assert!(report.contains(told), "{report}");
}

#[test]
fn tables_in_markdown_are_matrices() {
    let file = "=== titles.md\n# Titles\n\n| Category | Junior (L1) | Baker (L2) |\n|---|---|---|\n| **Skill** | | |\n| *Mastery* | Knows flour.<br>Kneads. | Knows [rye](rye.md). |\n";
    assert_says(
        file,
        &[
            "name = \"Titles\"",
            "title = \"Junior (L1)\"",
            "group = \"Skill\"\nname = \"Mastery\"",
            "junior-l1 = [\"Knows flour.\", \"Kneads.\"]",
            "baker-l2 = [\"Knows rye.\"]",
        ],
    );
    let html = "=== titles.md\n# Titles\n\n| Level | Pay |\n|---|---|\n| Baker 1 | much |\n| Baker 2 | more |\n\n## Craft\n\n<table>\n<tr><td>Craft</td><td>Baker 1</td><td>Baker 2</td></tr>\n\n<tr><td>Dough</td><td><ul><li>Kneads</li><li>Rests it</li></ul></td><td>Teaches</td></tr>\n</table>\n\n## Care\n\n<table><tr><th></th><th>Baker 1</th><th>Baker 2</th></tr><tr><td>Help</td><td>Asks</td><td>Helps</td></tr></table>\n";
    assert_says(
        html,
        &[
            "group = \"Craft\"\nname = \"Dough\"",
            "baker-1 = [\"Kneads\", \"Rests it\"]",
            "group = \"Care\"\nname = \"Help\"",
        ],
    );
    let report = imported(html).unwrap().report.text();
    assert!(
        report.contains("a table that is not read (first: titles.md, row 5)"),
        "{report}"
    );
}

#[test]
fn a_page_for_each_level_is_one_framework() {
    let files = "=== bakers/senior-baker.md\n---\ntitle: Senior baker\nweight: 3\n---\n## Craft\n\n- Teaches\n=== bakers/baker.md\n---\ntitle: Baker\nweight: 2\n---\n## Craft\n\n- Bakes\n=== bakers/junior-baker.md\n---\ntitle: Junior baker\nweight: 1\n---\nLearns.\n\n## Craft\n\n- Helps\n=== bakers/faq.md\n# Questions\n\nNone.\n=== CNAME\nexample.com\n";
    assert_says(
        files,
        &[
            "name = \"Bakers\"",
            "title = \"Junior baker\"\nsummary = \"Learns.\"\n\n[[levels]]\nid = \"baker\"\ntitle = \"Baker\"\n\n[[levels]]\nid = \"senior-baker\"",
            "junior-baker = [\"Helps\"], baker = [\"Bakes\"], senior-baker = [\"Teaches\"]",
        ],
    );
    let report = imported(files).unwrap().report;
    let note = "3 files of bakers were read as one ladder, with a level in each";
    assert!(
        report.notes.iter().any(|own| own == note),
        "{:?}",
        report.notes
    );
    assert!(
        report
            .text()
            .contains("no ladder is recognized (bakers/faq.md)")
    );
    assert!(!report.text().contains("CNAME"));
}

#[test]
fn a_file_for_each_competency_is_one_framework() {
    let files = "=== craft/dough.json\n{\"name\": \"Dough\", \"L1\": {\"summary\": \"Kneads\", \"detail\": \"By hand.\"}, \"L2\": {\"summary\": \"Rests it\", \"detail\": \"\"}}\n=== people/care.json\n{\"L1\": {\"summary\": \"Asks\"}, \"L2\": {\"summary\": \"Helps\"}}\n";
    assert_says(
        files,
        &[
            "group = \"Craft\"\nname = \"Dough\"",
            "l1 = [\"Kneads\", \"By hand.\"]",
            "group = \"People\"\nname = \"Care\"",
        ],
    );
}

#[test]
fn trees_of_levels_are_a_framework() {
    let wanted = [
        "title = \"Junior baker\"\nsummary = \"Learns.\"",
        "title = \"Senior baker\"",
        "name = \"Craft\"",
        "junior-baker = [\"Kneads\", \"Rests it\"]",
        "senior-baker = [\"Teaches\"]",
    ];
    let lists = "=== bakers.yml\nname: Bakers\nlevels:\n  - name: Junior baker\n    description: Learns.\n    order: 1\n    competencies:\n      - name: Craft\n        expectations:\n          - Kneads\n          - Rests it\n  - name: Senior baker\n    competencies:\n      - name: Craft\n        expectations: Teaches\n";
    assert_says(lists, &wanted);
    let report = imported(lists).unwrap().report.text();
    assert!(report.contains("`order`"), "{report}");
    let top = "=== bakers.json\n[{\"title\": \"Junior baker\", \"summary\": \"Learns.\", \"competencies\": {\"craft\": [\"Kneads\", \"Rests it\"]}}, {\"title\": \"Senior baker\", \"competencies\": {\"craft\": \"Teaches\"}}]\n";
    assert_says(top, &wanted);
    let by_key = "=== bakers.yaml\nseniorBaker:\n  craft: [Teaches]\njuniorBaker:\n  description: Learns.\n  craft:\n    - Kneads\n    - Rests it\n";
    assert_says(
        by_key,
        &[
            "title = \"Senior baker\"",
            "title = \"Junior baker\"",
            "name = \"Craft\"",
        ],
    );
    let grouped = "=== bakers.yaml\ncategories:\n  - name: Bread\n    skills:\n      - name: Dough\n        levels:\n          junior: Kneads\n          senior: [Teaches]\n      - name: Oven\n        levels:\n          junior: Heats it\n          senior: [Mends it]\n";
    assert_says(
        grouped,
        &[
            "group = \"Bread\"\nname = \"Dough\"",
            "junior = [\"Kneads\"], senior = [\"Teaches\"]",
        ],
    );
}

#[test]
fn names_in_any_letters_have_ids() {
    let long =
        "빵을 굽는 사람이 하는 일에 대한 아주 긴 이름의 역량 항목이며 끝이 없이 이어지는 이름";
    let sheet = format!("=== a.csv\nSkill,Junior,Senior\n{long},a,b\n{long} x,c,d\n");
    assert_says(&sheet, &["junior = [\"c\"]"]);
}

#[test]
fn columns_beside_levels_are_told() {
    let sheet = "=== a.csv\nOurs\nSkill,Junior,1,Senior,Owner\nSQL,Asks,4,Knows,me\n";
    assert_says(sheet, &["junior = [\"Asks\"], senior = [\"Knows\"]"]);
    let report = imported(sheet).unwrap().report.text();
    assert!(
        report.contains("the column `1`, the column `Owner`"),
        "{report}"
    );
    let bare = "=== a.csv\nJunior,Senior\nAsks,Knows\nHelps,Teaches\n";
    assert_says(
        bare,
        &["name = \"Expectations\"", "junior = [\"Asks\", \"Helps\"]"],
    );
}

#[test]
fn a_second_row_of_names_and_notes_below_are_no_levels() {
    let sheet = "=== a.csv\nLevel,Scope,Dex,\n,,Craft,Notes\nE1 ~ 1 year,A task,Bakes,x\n,,,\nE2,A bakery,Teaches,\nHow to read it,,,\n* Each level has those before.,,,\n,,Odd,\n";
    assert_says(
        sheet,
        &[
            "id = \"e1-1-year\"\ntitle = \"E1 ~ 1 year\"",
            "name = \"Dex: Craft\"",
            "{ e1-1-year = [\"Bakes\"], e2 = [\"Teaches\"] }",
            "name = \"Notes\"",
        ],
    );
    assert!(!only(sheet).contains("title = \"How"));
    let report = imported(sheet).unwrap().report.text();
    for told in [
        "the column `How to read it`",
        "cells without the name of a level",
    ] {
        assert!(report.contains(told), "{report}");
    }
}

#[test]
fn other_pages_are_no_ladders() {
    let said = |text: &str| imported(text).map(|_| ()).unwrap_err();
    let pages = [
        "## Benefits\n\n### Leave\n\nMuch.\n\n## Pay\n\n### Day\n\nThe last.\n",
        "## How do I get a senior title?\n\nAsk.\n\n## Who leads, and is I a level?\n\nNobody.\n",
        "| Place | Team |\n|---|---|\n| Bonn | Senior |\n",
    ];
    for page in pages {
        assert!(
            said(&format!("=== a.md\n{page}")).starts_with("no ladder"),
            "{page}"
        );
    }
    let codes = "| Code | What | Where |\n|---|---|---|\n| 0 | Well | x |\n| 1 | Ill | y |\n";
    assert!(said(&format!("=== a.md\n{codes}")).starts_with("no ladder"));
    let program = "{\"l1\": {\"x\": [\"a\", \"b\"]}, \"l2\": {\"x\": [\"c\", \"d\"]}}";
    assert!(said(&format!("=== a.json\n{program}\n")).starts_with("no ladder"));
    let schema = "{\"$schema\": \"x\", \"levels\": {\"junior\": \"a b\", \"senior\": \"c d\"}}";
    assert!(said(&format!("=== a.json\n{schema}\n")).starts_with("no ladder"));
    let package = "{\"scripts\": {\"lead\": \"a b\"}, \"version\": \"1.0\", \"files\": [\"x\"]}";
    assert!(said(&format!("=== a.json\n{package}\n")).starts_with("no ladder"));
}

#[test]
fn open_jobs_are_no_ladder() {
    let row = |title: &str| {
        format!(
            "- title: {title}\n  url: https://a.example\n  posted: 2026-01-02\n  description: We bake bread.\n"
        )
    };
    let jobs = format!("{}{}", row("Senior baker"), row("Junior baker"));
    let said = imported(&format!("=== jobs.yml\n{jobs}"))
        .map(|_| ())
        .unwrap_err();
    assert!(said.starts_with("no ladder"), "{said}");
    let inside = format!("jobs:\n{jobs}");
    let said = imported(&format!("=== jobs.yml\n{inside}"))
        .map(|_| ())
        .unwrap_err();
    assert!(said.starts_with("no ladder"), "{said}");
}

#[test]
fn a_folder_without_a_ladder_is_refused_as_a_whole() {
    let said = imported("=== README.md\nWords.\n=== words.json\n[\"a\"]\n=== allow.txt\na\nb\n");
    let said = said.map(|_| ()).unwrap_err();
    assert!(said.starts_with("no ladder"), "{said}");
    assert!(said.contains("words.json: "), "{said}");
}

#[test]
fn links_to_other_pages_are_no_criteria() {
    let page = "## Junior\n\n#### Ways\n\n- [Senior](senior.md)\n- [Up](#junior)\n\n#### Dough\n\n- Kneads [it](https://a.example).\n\n## Senior\n\n#### Dough\n\n- Shapes it.\n";
    let imported = imported(&format!("=== a.md\n{page}")).unwrap();
    let layer = to_toml(imported.layers.frameworks.values().next().unwrap());
    assert!(layer.contains("Kneads"), "{layer}");
    assert!(!layer.contains("Ways"), "{layer}");
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
