//! Imports: tables and a map come in, layers and a report go out.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rungs::data::{Decode, decode_root, parse_toml};
use rungs::diag::Diagnostics;
use rungs::import::table::{self, Preset, Refused};
use rungs::import::upstream::InMemory;
use rungs::import::{About, Files, Gone, ImportName, LossReport, Moment, Request};
use rungs::inputs::Inputs;
use rungs::path::SourcePath;
use rungs::role::record::RoleFile;
use rungs::source::Source;

use crate::harness::Site;

const TABLE: &str = "\
Job,Field,What it is,Pay from,Pay to,Skills,Notes
Baker,Food,Makes bread & cakes.,\"26,000\",\"34,000\",Baking; Hygiene; Baking,x
Data analyst,Computing,\"Finds out what *numbers* say.\",38k,55k,SQL;C++,
";

const MAP: &str = r#"
[roles.keys]
title = "Job"
definition = "What it is"
category = { column = "Field", as = "id" }

[[rows]]
list = "salary"
keys.min = "Pay from"
keys.max = "Pay to"
keys.currency = { is = "GBP" }
keys.period = { is = "year" }

[[rows]]
list = "requires"
each = { column = "Skills", split = ";" }
keys.skill = { column = "*", as = "id" }

[[lists]]
list = "skills"
each = { column = "Skills", split = ";" }
keys.name = "*"

[[lists]]
list = "categories"
keys.title = "Field"

[source]
title = "Survey of our members"
kind = "survey"
as_of = "2026-03"
"#;

/// A site that is imported into, in memory.
#[derive(Clone, Default)]
struct Target(BTreeMap<SourcePath, Arc<[u8]>>);

/// What one import did.
struct Done {
    files: Files,
    report: LossReport,
}

impl Target {
    fn with(mut self, path: &str, text: &str) -> Self {
        let path = SourcePath::new(path).unwrap();
        self.0.insert(path, text.as_bytes().into());
        self
    }

    fn import(
        &mut self,
        tables: &[(&str, &str)],
        map: &str,
        gone: Gone,
        date: Date,
    ) -> Result<Done, String> {
        let files = tables
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        self.import_bytes(files.collect(), map, gone, date)
    }

    fn import_bytes(
        &mut self,
        tables: Vec<(String, Vec<u8>)>,
        map: &str,
        gone: Gone,
        date: Date,
    ) -> Result<Done, String> {
        let name = ImportName::new("test").unwrap();
        let inputs = Inputs::in_memory(self.0.clone());
        let upstream = InMemory::new(tables);
        let request = Request {
            name: &name,
            site: &inputs,
            upstream: &upstream,
        };
        let map = Source {
            path: SourcePath::outside("map.toml"),
            text: map.into(),
        };
        let imported = table::import(&request, &map).map_err(words)?;
        let mut report = imported.report;
        let moment = Moment { date, gone };
        let files = imported
            .layers
            .files(&name, &About::default(), moment, &inputs, &mut report);
        for path in &files.delete {
            self.0.remove(path);
        }
        for (path, bytes) in &files.write {
            self.0.insert(path.clone(), bytes.as_slice().into());
        }
        Ok(Done { files, report })
    }

    fn text(&self, path: &str) -> String {
        let bytes = self
            .0
            .get(path)
            .unwrap_or_else(|| panic!("no {path} in {:?}", self.0.keys()));
        String::from_utf8(bytes.to_vec()).unwrap()
    }
}

fn words(refused: Refused) -> String {
    match refused {
        Refused::Upstream(fault) => format!("{fault} | {}", fault.help),
        Refused::Here(diagnostics) => {
            let all = diagnostics.into_sorted().into_iter();
            let all = all.map(|fault| {
                format!(
                    "{}: {} | {}",
                    fault.code.name(),
                    fault.message,
                    fault.help.join(" ")
                )
            });
            all.collect::<Vec<_>>().join("\n")
        }
    }
}

const TODAY: Date = date(2026, 11, 22);
const LATER: Date = date(2027, 2, 1);

fn imported() -> (Target, Done) {
    let mut target = Target::default();
    let done = target
        .import(&[("jobs.csv", TABLE)], MAP, Gone::Keep, TODAY)
        .unwrap();
    (target, done)
}

#[test]
fn a_spreadsheet_becomes_layers() {
    let (target, done) = imported();
    let record = target.text("content/roles/data-analyst/imported.test.toml");
    for part in [
        "title = \"Data analyst\"\ncategory = \"computing\"\ndefinition = '",
        "Finds out what \\*numbers\\* say.'\n",
        "[[requires]]\nskill = \"sql\"\n",
        "[[requires]]\nskill = \"c-plus-plus\"\n",
        "[figures]\nsource = \"test\"\n",
    ] {
        assert!(record.contains(part), "{record}");
    }
    assert_eq!(
        target.text("content/roles/baker/salary.test.csv"),
        "min,max,period,currency\n26000,34000,year,GBP\n"
    );
    assert_eq!(
        target.text("content/categories.test.toml"),
        "[[categories]]\nid = \"food\"\ntitle = \"Food\"\n\n[[categories]]\nid = \"computing\"\ntitle = \"Computing\"\n"
    );
    assert!(
        target
            .text("content/skills.test.toml")
            .contains("id = \"c-plus-plus\"\nname = \"C++\"\n")
    );
    assert!(
        target
            .text("content/sources.test.toml")
            .contains("title = \"Survey of our members\"")
    );
    assert!(
        target
            .text("content/imported.test.toml")
            .starts_with("date = 2026-11-22\n")
    );
    let text = done.report.text();
    for line in [
        "jobs.csv: 2 rows read, 2 used",
        "jobs.csv: `Notes`",
        "row of requires",
        "Ids made of names: 2",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn what_an_import_writes_builds() {
    let (target, _) = imported();
    let mut site = Site::from("");
    for (path, bytes) in &target.0 {
        site.edit(path.as_str(), &**bytes);
    }
    let built = site.build();
    assert!(!built.said().contains("error"), "{}", built.said());
    assert!(built.has("roles/baker/index.html"), "{}", built.said());
    assert!(
        built
            .page("roles/baker/index.html")
            .contains("Makes bread &amp; cakes.")
    );
}

#[test]
fn importing_again_changes_nothing_and_one_value_changes_one_layer() {
    let (mut target, _) = imported();
    let before = target.0.clone();
    let again = target
        .import(&[("jobs.csv", TABLE)], MAP, Gone::Keep, LATER)
        .unwrap();
    assert_eq!(
        again.files.write.keys().collect::<Vec<_>>(),
        Vec::<&SourcePath>::new()
    );
    assert!(target.0 == before);
    let changed = TABLE.replace("34,000", "35,000");
    let changed = target
        .import(&[("jobs.csv", &changed)], MAP, Gone::Keep, LATER)
        .unwrap();
    let written: Vec<&str> = changed.files.write.keys().map(SourcePath::as_str).collect();
    assert_eq!(
        written,
        [
            "content/imported.test.toml",
            "content/roles/baker/salary.test.csv"
        ]
    );
    assert!(
        target
            .text("content/imported.test.toml")
            .starts_with("date = 2027-02-01\n")
    );
}

#[test]
fn what_went_upstream_is_kept_until_it_is_pruned() {
    let (mut target, _) = imported();
    let rest: String = TABLE
        .lines()
        .filter(|line| !line.starts_with("Baker"))
        .map(|line| format!("{line}\n"))
        .collect();
    let kept = target
        .import(&[("jobs.csv", &rest)], MAP, Gone::Keep, TODAY)
        .unwrap();
    assert!(kept.files.delete.is_empty());
    assert!(
        kept.report
            .gone
            .iter()
            .any(|line| line.contains("roles/baker/imported.test.toml")),
        "{:?}",
        kept.report.gone
    );
    assert!(
        target
            .text("content/skills.test.toml")
            .contains("id = \"baking\""),
        "a role that is kept refers to it"
    );
    let pruned = target
        .import(&[("jobs.csv", &rest)], MAP, Gone::Prune, TODAY)
        .unwrap();
    assert_eq!(pruned.files.delete.len(), 2);
    assert!(!target.text("content/skills.test.toml").contains("baking"));
    let again = target
        .import(&[("jobs.csv", &rest)], MAP, Gone::Keep, LATER)
        .unwrap();
    assert!(again.files.write.is_empty() && again.report.gone.is_empty());
}

#[test]
fn a_row_finds_its_role_by_code_whatever_the_folder_is_called() {
    const CODED: &str = "[roles]\nkey = 'Code'\ncode = 'soc'\n[roles.keys]\ntitle = 'Title'\n";
    let table = "Code,Title\n51-3011,Bakers\n15-2051,Data Scientists\n13-1111,Baker\n";
    let mut target = Target::default()
        .with(
            "content/roles/our-bakers/role.toml",
            "title = 'Our bakers'\ncategory = 'food'\n[codes]\nsoc = '51-3011'\n",
        )
        .with(
            "content/roles/baker/role.toml",
            "title = 'Baker'\ncategory = 'food'\n[codes]\nsoc = '99-9999'\n",
        )
        .with(
            "content/roles/data-scientists/index.md",
            "# Data scientists\n",
        );
    let author = target.0.clone();
    let done = target
        .import(&[("t.csv", table)], CODED, Gone::Keep, TODAY)
        .unwrap();
    let written: Vec<&str> = done.files.write.keys().map(SourcePath::as_str).collect();
    assert_eq!(
        written,
        [
            "content/imported.test.toml",
            "content/roles/baker-13-1111/imported.test.toml",
            "content/roles/data-scientists/imported.test.toml",
            "content/roles/our-bakers/imported.test.toml"
        ]
    );
    for (path, bytes) in author {
        assert!(target.0[&path] == bytes, "{path} is the author's");
    }
    let again = target
        .import(&[("t.csv", table)], CODED, Gone::Keep, LATER)
        .unwrap();
    assert!(
        again.files.write.is_empty(),
        "{:?}",
        again.files.write.keys()
    );
}

#[test]
fn tables_are_joined_sorted_limited_grouped_and_guarded() {
    let map = r#"
nothing = ["n/a", "*"]
[roles]
table = "jobs"
key = "Code"
code = "our list"
[roles.keys]
title = { column = "Title", as = "sentence" }
category = { is = "work" }
[[rows]]
list = "related"
table = "near"
sort = "-Score"
limit = 2
keys.role = { column = "Other", as = "role" }
[[rows]]
list = "responsibilities"
table = "tasks"
where = { Kind = { not = "Old" } }
text = { column = "Task", as = "html" }
[[rows]]
list = "salary"
table = "pay"
keys.min = { column = "Range", before = "-" }
keys.max = { column = "Range", after = "-" }
keys.period = { column = "Unit", words = { h = "hour", y = "year" } }
[[rows.guards]]
keys = ["min"]
above = 1000
where = { Unit = "h" }
set = { period = "year" }
[[rows]]
list = "levels"
table = "levels"
group = "Level"
keys.title = "Level"
keys.skills = { column = "Skill", as = "id" }
[tables]
jobs.file = "jobs.tsv"
near.file = "near.csv"
tasks.file = "tasks.jsonl"
pay.file = "pay*.csv"
levels.file = "levels.yaml"
"#;
    let tables = [
        (
            "jobs.tsv",
            "Code\tTitle\r\n1\tHEAD \"CHEF\"\r\n2\tcook\r\n3\tWAITER\r\n4\tn/a\r\n",
        ),
        (
            "near.csv",
            "Code;Other;Score\n1;2;0,5\n1;3;10\n1;1;99\n1;9;98\n1;2;7\n",
        ),
        (
            "tasks.jsonl",
            "{\"Code\": 1, \"Task\": \"<p>Cook <b>well</b></p>\", \"Kind\": \"New\"}\n\n{\"Code\": 1, \"Task\": \"Gone\", \"Kind\": \"Old\"}\n",
        ),
        ("pay-1.csv", "Code,Range,Unit\n1,20-30,h\n"),
        (
            "pay-2.csv",
            "Code,Range,Unit\n1,\"40,000-50,000\",h\n1,*,y\n7,1-2,y\n1,3-4,d\n",
        ),
        (
            "levels.yaml",
            "- Code: 1\n  Level: Junior\n  Skill: Cutting\n- Code: 1\n  Level: Junior\n  Skill: Boiling\n",
        ),
    ];
    let mut target = Target::default();
    let done = target.import(&tables, map, Gone::Keep, TODAY).unwrap();
    let record = target.text("content/roles/head-chef/imported.test.toml");
    for part in [
        "title = 'Head \"chef\"'",
        "responsibilities = [\"Cook **well**\"]",
        "[codes]\nother = { \"our list\" = \"1\" }",
        "[[related]]\nrole = \"waiter\"\n\n[[related]]\nrole = \"cook\"\n",
        "[[levels]]\ntitle = \"Junior\"\nskills = [\"cutting\", \"boiling\"]",
    ] {
        assert!(record.contains(part), "{part} is not in\n{record}");
    }
    assert_eq!(
        target.text("content/roles/head-chef/salary.test.csv"),
        "min,max,period\n20,30,hour\n40000,50000,year\n"
    );
    let report = done.report.text();
    for line in [
        "jobs.tsv: 4 rows read, 3 used",
        "row: it names no role (first: jobs.tsv, row 5)",
        "related: it is the role itself",
        "role: the site has no such role (first: near.csv, row 5)",
        "row: `Kind` is `Old` (first: tasks.jsonl, row 3)",
        "row: no role has its `Code` (first: pay-2.csv, row 4)",
        "row: period: the map has no word for `d` (first: pay-2.csv, row 5)",
        "min cannot be right, so that period became `year` (first: pay-2.csv, row 2)",
        "row of related",
    ] {
        assert!(report.contains(line), "{line} is not in\n{report}");
    }
}

#[test]
fn a_row_names_roles_of_later_rows() {
    let map = "[roles.keys]\ntitle = 'Job'\n[[rows]]\nlist = 'related'\nkeys.role = { column = 'Near', as = 'role' }\n";
    let table = "Job,Near\nBaker,Cook\nCook,Waiter\n";
    let mut target = Target::default();
    let done = target
        .import(&[("t.csv", table)], map, Gone::Keep, TODAY)
        .unwrap();
    let record = target.text("content/roles/baker/imported.test.toml");
    assert!(
        record.ends_with("[[related]]\nrole = \"cook\"\n"),
        "{record}"
    );
    let report = done.report.text();
    assert!(report.contains("2 rows read, 2 used"), "{report}");
    assert!(
        report.contains("role: the site has no such role (first: t.csv, row 3)"),
        "{report}"
    );
    let again = target
        .import(&[("t.csv", table)], map, Gone::Keep, LATER)
        .unwrap();
    assert!(again.files.write.is_empty());
}

#[test]
fn a_bad_table_stops_the_import_at_its_place() {
    let bytes = |text: &str| text.as_bytes().to_vec();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "t.csv",
            bytes("Jobb,Field\n"),
            "t.csv: there is no column `Job` | did you mean `Jobb`?",
        ),
        (
            "t.csv",
            bytes(""),
            "t.csv: this table is empty | the first row of a table has the names of its columns",
        ),
        (
            "t.csv",
            bytes("Job,Field\nA,B,C\n"),
            "t.csv, row 2: this row has 3 cells, and the header has 2",
        ),
        (
            "t.csv",
            b"Job,Field\nA,\nCaf\xE9,B\n".to_vec(),
            "t.csv, row 3, column `Job`: this is not UTF-8 text",
        ),
        (
            "t.json",
            bytes("[{\"Job\": \"A\"},\n{]"),
            "t.json, row 2: this is not JSON",
        ),
        (
            "t.json",
            bytes("[1]"),
            "t.json, row 1: this item has no keys",
        ),
        (
            "t.json",
            bytes("{\"a\": [], \"b\": []}"),
            "t.json: it is not plain which list has the rows | say where they are: at = \"a\" in the map (there is a, b)",
        ),
        (
            "t.jsonl",
            bytes("{\"Job\": \"A\"}\n{\n"),
            "t.jsonl, row 2: this is not JSON",
        ),
        ("t.yaml", bytes("- Job: A\n\t- x\n"), "t.yaml, row 2: "),
        (
            "t.xlsx",
            bytes("no workbook"),
            "t.xlsx: this workbook cannot be read",
        ),
    ];
    for (name, bytes, said) in cases {
        let map = "[roles.keys]\ntitle = 'Job'\n";
        let found =
            Target::default().import_bytes(vec![(name.to_owned(), bytes)], map, Gone::Keep, TODAY);
        let found = found.map(|_| ()).unwrap_err();
        assert!(
            found.starts_with(said),
            "{said}\nis not what was said:\n{found}"
        );
    }
}

#[test]
fn a_figure_whose_place_nobody_knows_is_left_out() {
    let map = "[roles.keys]\ntitle = 'Job'\n[figures]\narea = 'GB'\ncurrency = 'GBP'\nperiod = 'year'\n\
               [[rows]]\nlist = 'salary'\nkeys.value = 'Pay'\nkeys.area = { column = 'Town', words = { York = 'GB-ENG' } }\n\
               keys.statistic = { is = 'median' }\n[[areas]]\nid = 'GB-ENG'\nname = 'England'\nparent = 'GB'\n";
    let mut target = Target::default();
    let table = "Job,Town,Pay\nBaker,York,30000\nBaker,Leeds,50000\nBaker,,40000\n";
    let done = target.import(&[("t.csv", table)], map, Gone::Keep, TODAY);
    let said = done.unwrap().report.text();
    let pay = target.text("content/roles/baker/salary.test.csv");
    // Of the country would be the pay of Leeds without its place.
    assert!(
        !pay.contains("50000") && pay.contains("30000") && pay.contains("40000"),
        "{pay}"
    );
    assert!(
        said.contains("salary: area: the map has no word for `Leeds`"),
        "{said}"
    );
}

#[test]
fn a_key_may_be_said_of_some_rows_only() {
    let map = "[roles.keys]\ntitle = 'Job'\n[[rows]]\nlist = 'education'\nsort = '-Share'\nkeys.name = 'Degree'\n\
               keys.share = { column = 'Share', where = { Precise = 'Y' } }\n";
    let mut target = Target::default();
    let table = "Job,Degree,Share,Precise\nNurse,Bachelor,56,N\nNurse,Associate,19,Y\n";
    target
        .import(&[("t.csv", table)], map, Gone::Keep, TODAY)
        .unwrap();
    let record = target.text("content/roles/nurse/imported.test.toml");
    let wanted =
        "[[education]]\nname = \"Bachelor\"\n\n[[education]]\nname = \"Associate\"\nshare = 19\n";
    assert!(record.contains(wanted), "{record}");
}

#[test]
fn a_column_has_several_names_and_may_be_missing() {
    let map = "[tables.t]\nfile = '*'\noptional = ['note']\nwhere = { note = ['', 'ok'] }\n[tables.t.columns]\n\
               job = ['Job', 'Beruf']\nnote = 'Note'\n[roles.keys]\ntitle = 'job'\nsummary = 'note'\n";
    for (name, table, says) in [
        ("a.csv", "Beruf\nBaker\n", ""),
        (
            "a.csv",
            "Job,Note\nBaker,ok\nCook,bad\n",
            "summary = \"ok\"\n",
        ),
        (
            "a.json",
            "[{\"Beruf\": \"Baker\", \"Note\": \"ok\"}]",
            "summary = \"ok\"\n",
        ),
    ] {
        let mut target = Target::default();
        target
            .import(&[(name, table)], map, Gone::Keep, TODAY)
            .unwrap();
        let record = target.text("content/roles/baker/imported.test.toml");
        assert!(
            record.contains("title = \"Baker\"\n") && record.contains(says),
            "{record}"
        );
        assert!(!target.0.keys().any(|path| path.as_str().contains("cook")));
    }
    let error = Target::default().import(&[("a.csv", "Jobb\nBaker\n")], map, Gone::Keep, TODAY);
    assert!(
        error
            .map(|_| ())
            .unwrap_err()
            .contains("there is no column `job`")
    );
}

#[test]
fn texts_come_in_other_encodings() {
    let utf_16: Vec<u8> = "\u{FEFF}Job\tPay\r\nKöchin\t1\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, more) in [
        (utf_16, ""),
        (b"\xEF\xBB\xBFJob,Pay\r\nK\xC3\xB6chin,1\r\n".to_vec(), ""),
        (
            b"Job|Pay\nK\xF6chin|1\n".to_vec(),
            "[tables.t]\nfile = 't.csv'\nencoding = 'windows-1252'\n",
        ),
    ] {
        let map = format!("[roles.keys]\ntitle = 'Job'\n{more}");
        let mut target = Target::default();
        target
            .import_bytes(vec![("t.csv".to_owned(), bytes)], &map, Gone::Keep, TODAY)
            .unwrap();
        assert_eq!(
            target.text("content/roles/köchin/imported.test.toml"),
            "title = \"Köchin\"\n"
        );
    }
}

#[test]
fn a_sheet_of_a_workbook_is_a_table() {
    let map = r#"
[tables.wages]
file = "jobs.*"
sheet = "Wages"
header = 3
[roles.keys]
title = "Job"
date = "Day"
[[rows]]
list = "salary"
keys.value = "Pay from"
"#;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    for name in ["jobs.xlsx", "jobs.ods"] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let import = |map: &str| {
            let mut target = Target::default();
            let tables = vec![(name.to_owned(), bytes.clone())];
            let done = target.import_bytes(tables, map, Gone::Keep, TODAY);
            done.map(|done| (target, done.report.text()))
        };
        let (target, report) = import(map).unwrap();
        assert_eq!(
            target.text("content/roles/baker/imported.test.toml"),
            "title = \"Baker\"\ndate = 2026-01-01\n",
            "{name}"
        );
        assert_eq!(
            target.text("content/roles/data-analyst/salary.test.csv"),
            "value\n38000.5\n",
            "{name}"
        );
        assert!(report.contains("3 rows read, 3 used"), "{name}: {report}");
        let said = |from: &str, to: &str| import(&map.replace(from, to)).map(|_| ()).unwrap_err();
        let missing = said("\"Wages\"", "\"Wage\"");
        assert!(
            missing.contains("there is no sheet `Wage` | did you mean `Wages`?"),
            "{missing}"
        );
        let empty = said("\"Wages\"", "\"About\"");
        assert!(empty.contains("this sheet is empty"), "{name}: {empty}");
    }
}

#[test]
fn a_cell_beyond_all_columns_is_told() {
    // A row of as many cells as its address says would take gigabytes.
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/far.xlsx");
    let tables = vec![("far.xlsx".to_owned(), std::fs::read(path).unwrap())];
    let map = "[roles.keys]\ntitle = 'Job'\n";
    let said = Target::default().import_bytes(tables, map, Gone::Keep, TODAY);
    let said = said.map(|_| ()).unwrap_err();
    assert!(
        said.starts_with("far.xlsx, row 2: a cell stands further right"),
        "{said}"
    );
}

#[test]
fn a_map_with_mistakes_says_them_all() {
    let map = r#"
[roles]
table = "jbs"
[roles.keys]
titel = "Job"
codes = "Code"
[[rows]]
list = "title"
keys.name = "x"
[[rows]]
list = "responsibilities"
keys.name = "x"
[[rows]]
list = "titles"
keys.nam = { colum = "x" }
[[rows]]
list = "salary"
keys.minn = "x"
[[lists]]
list = "skill"
keys.name = { column = "x", words = "areas" }
[tables]
jobs.file = "jobs.csv"
"#;
    let said = Target::default()
        .import(&[("jobs.csv", TABLE)], map, Gone::Keep, TODAY)
        .map(|_| ())
        .unwrap_err();
    let unknown = "unknown-key: unknown key `colum` | did you mean `column`?";
    assert!(said.contains(unknown), "{said}");
    let map = map.replace("{ colum = \"x\" }", "\"x\"");
    let said = Target::default()
        .import(&[("jobs.csv", TABLE)], &map, Gone::Keep, TODAY)
        .map(|_| ())
        .unwrap_err();
    for line in [
        "unknown-id: there is no table `jbs` | did you mean `jobs`?",
        "unknown-key: a record has no key `titel` | did you mean `title`?",
        "bad-value: `codes` takes keys of its own",
        "bad-value: this key is no list",
        "bad-value: this list has texts",
        "unknown-key: a record has no key `titles.nam` | did you mean `name`?",
        "unknown-key: salary.csv has no column `minn` | did you mean `min`?",
        "bad-value: `skill` is no list of a site | did you mean `skills`?",
    ] {
        assert!(said.contains(line), "{line} is not in\n{said}");
    }
}

#[test]
fn the_program_imports_says_and_writes() {
    let folder = Site::from("").on_disk();
    folder.write("in/jobs.csv", TABLE);
    folder.write("in/jobs.toml", MAP);
    let args = ["import", "table", "in/jobs.csv", "--map", "in/jobs.toml"];
    let before = folder.files("content");
    folder
        .run(&[&args[..], &["--dry-run"]].concat())
        .exits(0)
        .prints("Would write 8 files")
        .prints("2 rows read, 2 used");
    assert!(folder.files("content") == before);
    folder.run(&args).exits(0).prints("Wrote 8 files");
    let after = folder.files("content");
    assert!(before.iter().all(|(path, bytes)| after[path] == *bytes));
    let json = folder.run(&[&args[..], &["--json"]].concat()).exits(0);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["written"], serde_json::json!([]));
    assert_eq!(json["unchanged"], 8);
    assert_eq!(
        json["report"]["tables"][0],
        serde_json::json!({ "table": "jobs.csv", "read": 2, "joined": 2 })
    );
    assert!(folder.files("content") == after);
    folder
        .run(&[&args[..], &["--name", "x"]].concat())
        .exits(2)
        .says("4 to 32");
    folder
        .run(&["import", "table", "no.csv", "--map", "in/jobs.toml"])
        .exits(2)
        .says("no.csv");
    folder.write("in/bad.csv", "Job\nA,B\n");
    folder
        .run(&["import", "table", "in/bad.csv", "--map", "in/jobs.toml"])
        .exits(1)
        .says("bad.csv, row 2");
    let map = folder.run(&["import", "map", "onet"]).exits(0).stdout;
    assert_eq!(map, Preset::Onet.text());
}

#[test]
fn articles_ladders_and_jobs_become_a_site() {
    let folder = Site::from("").on_disk();
    folder.write("in/old/hugo.toml", "baseURL = \"https://old.example/\"\n");
    folder.write(
        "in/old/content/posts/nurse.md",
        "---\ntitle: A nurse's day\ndate: 2026-01-02\naliases: [/old/]\n---\nBusy.\n",
    );
    folder.write(
        "in/acme.csv",
        "Competency,Junior,Senior\nCare,Helps,Leads others\n",
    );
    folder.write(
        "in/jobs.yml",
        "- title: Nurse\n  employer: Acme\n  country: DE\n  locations: [Berlin]\n  posted: 2026-11-01\n  expires: 2099-12-31\n",
    );
    let imports = [
        ["import", "content", "in/old"],
        ["import", "ladder", "in/acme.csv"],
        ["import", "jobs", "in/jobs.yml"],
    ];
    for args in imports {
        folder.run(&args).exits(0);
        folder.run(&args).exits(0).prints("Wrote 0 files");
    }
    // Each import has a file about it: another kind of import under this name would replace it.
    folder
        .run(&["import", "ladder", "in/acme.csv", "--name", "jobs"])
        .exits(2)
        .says("content/imported.jobs.toml is of `rungs import jobs`")
        .says("--name");
    folder.run(&["check"]).exits(0);
    let files = folder.files("content");
    for path in [
        "articles/posts/nurse.md",
        "frameworks/acme/imported.acme.toml",
        "positions.jobs.toml",
    ] {
        assert!(files.contains_key(path), "no {path} in {:?}", files.keys());
    }
    folder.write("in/none.csv", "x\n");
    folder
        .run(&["import", "ladder", "in/none.csv"])
        .exits(1)
        .says("none.csv");
}

#[test]
fn maps_inside_the_program_are_right() {
    for preset in Preset::ALL {
        let said = Target::default()
            .import(&[("x", "")], preset.text(), Gone::Keep, TODAY)
            .map(|_| ())
            .unwrap_err();
        assert!(
            !said.contains("unknown-") && !said.contains("bad-"),
            "{}: {said}",
            preset.name()
        );
    }
}

/// The folder with open data that is not part of the repository.
fn data() -> Option<std::path::PathBuf> {
    let folder = std::env::var_os("RUNGS_DATA").map(std::path::PathBuf::from);
    if folder.is_none() {
        let _ = writeln!(
            std::io::stderr(),
            "RUNGS_DATA is not set: nothing is imported"
        );
    }
    folder
}

#[test]
fn open_data_of_the_united_states_become_a_thousand_roles() {
    let Some(data) = data() else { return };
    let folder = Site::from("").on_disk();
    let named = |name: &str| data.join(name).to_str().unwrap().to_owned();
    let import = |args: &[&str]| {
        folder
            .run(&[&["import"], args, &["--json"]].concat())
            .exits(0)
            .stdout
    };
    let written = |json: &str| {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        json["written"].as_array().unwrap().len()
    };
    let onet = named("onet");
    let oews = named("bls/oews_may2025_national_state.csv");
    let projections = named("bls/bls_projections_2024_2034.csv");
    assert!(written(&import(&["onet", &onet])) > 1016);
    assert!(written(&import(&["oews", &oews])) > 800);
    assert!(written(&import(&["projections", &projections])) > 800);
    let roles = std::fs::read_dir(folder.path("content/roles")).unwrap();
    assert_eq!(roles.count(), 1016);
    for args in [
        ["onet", &onet],
        ["oews", &oews],
        ["projections", &projections],
    ] {
        assert_eq!(written(&import(&args)), 0, "{args:?}");
    }
    folder.run(&["check", "--no-cache"]).exits(0);
}

/// Returns what is wrong with a layer of a role, apart from what only a whole record must have.
fn mistakes(path: &SourcePath, text: &str) -> Vec<String> {
    let mut diagnostics = Diagnostics::default();
    if let Some(table) = parse_toml(path, text, 0, &mut diagnostics) {
        decode_root::<RoleFile>(path, table, &mut diagnostics);
    }
    let all = diagnostics.into_sorted().into_iter();
    let all =
        all.filter(|fault| fault.code.name() != "missing-key" && fault.code.name() != "plain-text");
    all.map(|fault| fault.message).collect()
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-Za-z]{1,6}",
        2 => "[0-9$,.k%-]{1,8}",
        1 => "\\PC{0,12}",
        1 => Just("n/a".to_owned()),
        1 => Just("<b>x</b>; y\nz".to_owned()),
    ]
}

fn csv(rows: &[Vec<String>]) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let rows = rows
        .iter()
        .map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n");
    "a,b,c,d\n".to_owned() + &rows.collect::<String>()
}

const KEYS: &[&str] = &[
    "definition = \"COLUMN\"",
    "industries = { column = \"COLUMN\", split = \";\" }",
    "category = \"COLUMN\"",
    "summary = { column = \"COLUMN\", as = \"html\" }",
    "\"codes.esco\" = { column = \"COLUMN\", after = \"b\" }",
    "weight = { column = \"COLUMN\", times = 3 }",
    "draft = \"COLUMN\"",
    "date = \"COLUMN\"",
];

const ROWS: &[&str] = &[
    "list = \"titles\"\nkeys.name = \"COLUMN\"\nkeys.featured = \"b\"",
    "list = \"salary\"\nkeys.min = \"COLUMN\"\nkeys.period = { is = \"hour\" }\n[[rows.guards]]\nkeys = [\"min\"]\nabove = 9\nset = { period = \"year\" }",
    "list = \"requires\"\neach = { column = \"COLUMN\", split = [\";\", \"\\n\"] }\nkeys.skill = { column = \"*\", as = \"id\" }\nkeys.\"importance.value\" = \"c\"\nkeys.\"importance.max\" = 5",
    "list = \"tips\"\ngroup = \"a\"\nsort = \"-COLUMN\"\nlimit = 2\nkeys.name = \"b\"\nkeys.text = \"COLUMN\"",
    "list = \"responsibilities\"\nwhere = { COLUMN = { known = true, not = [\"\", \"x\"] } }\ntext = \"COLUMN\"",
    "list = \"related\"\nkeys.role = { column = \"COLUMN\", as = \"role\" }",
];

fn map() -> impl Strategy<Value = String> {
    let column = || prop::sample::select(vec!["a", "b", "c", "d"]);
    let fill = |(text, column): (&str, &str)| text.replace("COLUMN", column);
    let keys = prop::collection::btree_map(0..KEYS.len(), column(), 0..4);
    let rows = prop::collection::vec((prop::sample::select(ROWS), column()), 0..4);
    (column(), keys, rows).prop_map(move |(title, keys, rows)| {
        let keys = keys
            .into_iter()
            .map(|(key, column)| fill((KEYS[key], column)) + "\n");
        let rows = rows
            .into_iter()
            .map(|row| format!("[[rows]]\n{}\n", fill(row)));
        format!(
            "nothing = [\"n/a\"]\n[roles.keys]\ntitle = \"{title}\"\n{}{}",
            keys.collect::<String>(),
            rows.collect::<String>()
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_tables_and_maps_give_layers_that_hold(
        rows in prop::collection::vec(prop::collection::vec(cell(), 4), 0..12),
        map in map(),
    ) {
        let author = "title = 'A'\ncategory = 'work'\n";
        let mut target = Target::default().with("content/roles/a/role.toml", author);
        let table = csv(&rows);
        target.import(&[("t.csv", &table)], &map, Gone::Keep, TODAY).map_err(TestCaseError::fail)?;
        for (path, bytes) in &target.0 {
            let text = String::from_utf8_lossy(bytes);
            if path.name().starts_with("imported") && path.as_str().contains("roles") {
                prop_assert_eq!(mistakes(path, &text), Vec::<String>::new(), "{}", text);
            }
        }
        let before = target.0.clone();
        let again = target.import(&[("t.csv", &table)], &map, Gone::Prune, LATER).map_err(TestCaseError::fail)?;
        prop_assert_eq!(again.files.write.keys().collect::<Vec<_>>(), Vec::<&SourcePath>::new());
        prop_assert!(target.0 == before);
        prop_assert_eq!(target.text("content/roles/a/role.toml"), author);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(
        bytes in prop_oneof![prop::collection::vec(any::<u8>(), 0..200), "[\\[\\]{}\":,a-c \n;-]{0,80}".prop_map(String::into_bytes)],
        ending in prop::sample::select(vec!["csv", "tsv", "json", "jsonl", "yaml", "xlsx", "ods", "xls", ""]),
    ) {
        let map = "[roles.keys]\ntitle = \"a\"\n[[rows]]\nlist = \"titles\"\nkeys.name = \"b.c\"\n";
        let name = if ending.is_empty() { "t".to_owned() } else { format!("t.{ending}") };
        let _ = Target::default().import_bytes(vec![(name, bytes)], map, Gone::Keep, TODAY);
    }
}

/// The keys that the documentation names are keys of maps.
#[test]
fn the_schema_of_maps_has_its_parts() {
    let schema = rungs::data::Schema::of::<table::map::MapFile>("map").to_string();
    for key in [
        "nothing", "decimal", "roles", "rows", "lists", "tables", "words", "source", "figures",
        "where", "each", "lookup", "guards",
    ] {
        assert!(schema.contains(&format!("\"{key}\"")), "{key}");
    }
    assert!(table::map::MapFile::keys().contains(&"rows"));
}
