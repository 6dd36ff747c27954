//! Messages for programs: annotations of GitHub workflows and SARIF; and how every format names files.

use serde_json::Value;

use crate::harness::{Folder, Ran, Site};

/// A site in a folder of a repository, with a mistake behind a name that must be escaped.
fn repository() -> Folder {
    let folder = Site::from("").on_disk();
    let site = folder.files("");
    for (path, bytes) in site {
        folder.write(&format!("docs/site/{path}"), bytes);
    }
    folder.write(
        "docs/site/content/articles/a, b.md",
        "+++\ntitle = \"A\"\ntagz = 1\n+++\nText.\n",
    );
    folder
}

fn run(folder: &Folder, inner: &str, format: &str) -> Ran {
    let root = if inner.is_empty() { "docs/site" } else { "." };
    let args = ["check", "--root", root, "--format", format];
    Ran::of(
        folder
            .command(inner)
            .args(args)
            .env("GITHUB_WORKSPACE", folder.path("")),
    )
    .exits(1)
}

#[test]
fn every_format_names_files_from_the_current_folder() {
    let folder = repository();
    let path = "docs/site/content/articles/a, b.md";
    run(&folder, "", "human").says(&format!("--> {path}:3:1"));
    run(&folder, "", "short").says(&format!("{path}:3:1: error[unknown-key]"));
    run(&folder, "docs/site", "short").says("content/articles/a, b.md:3:1: error[");
    let json: Vec<Value> = run(&folder, "", "json")
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mistake = json
        .iter()
        .find(|line| line["code"] == "unknown-key")
        .unwrap();
    assert_eq!(mistake["path"], path);
    assert_eq!(mistake["file"], "content/articles/a, b.md");
}

#[test]
fn annotations_stand_at_lines_of_the_repository() {
    let folder = repository();
    for inner in ["", "docs/site"] {
        let ran = run(&folder, inner, "github");
        let found = ran.stdout.lines().find(|line| line.contains("unknown-key"));
        let found = found.unwrap_or_else(|| panic!("{ran:?}"));
        let (command, message) = found.rsplit_once("::").unwrap();
        assert_eq!(
            command,
            "::error file=docs/site/content/articles/a%2C b.md,line=3,endLine=3,col=1,endColumn=5,title=unknown-key"
        );
        assert!(
            message.starts_with("unknown key `tagz`%0Ahelp: "),
            "{message}"
        );
    }
}

#[test]
fn a_command_that_stops_is_an_annotation() {
    let folder = Site::from("").on_disk();
    let ran = folder.run(&["build", "--format", "github", "-o", "content"]);
    let first = ran.exits(2).stdout;
    assert!(first.starts_with("::error title=rungs::"), "{first}");
}

#[test]
fn sarif_is_one_document() {
    let folder = repository();
    let ran = run(&folder, "", "sarif");
    let log: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (&log["version"], ran.stderr.as_str()),
        (&"2.1.0".into(), "")
    );
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let result = results
        .iter()
        .find(|result| result["ruleId"] == "unknown-key")
        .unwrap();
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "docs/site/content/articles/a%2C%20b.md"
    );
    let region = &place["region"];
    assert_eq!(
        [
            &region["startLine"],
            &region["startColumn"],
            &region["endColumn"]
        ],
        [3, 1, 5]
    );
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        let is_of = |rule: &&Value| rule["id"] == result["ruleId"];
        assert!(rules.iter().any(|rule| is_of(&rule)), "{result}");
        assert!(matches!(
            result["level"].as_str(),
            Some("error" | "warning")
        ));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
    }
    assert_eq!(run["invocations"][0]["exitCode"], 1);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn sarif_of_a_good_site_and_of_a_command_that_stops_is_a_document_too() {
    let folder = Site::from("").on_disk();
    let log = |args: &[&str], exit: i32| -> Value {
        serde_json::from_str(&folder.run(args).exits(exit).stdout).unwrap()
    };
    let good = log(&["build", "--format", "sarif"], 0);
    assert_eq!(good["runs"][0]["results"], Value::Array(vec![]));
    let stopped = log(&["build", "--format", "sarif", "-o", "content"], 2);
    let notes = &stopped["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert!(notes[0]["message"]["text"].is_string(), "{stopped}");
    folder.run(&["serve", "--format", "sarif"]).exits(2);
}

#[test]
fn a_file_inside_the_program_is_named_as_built_in() {
    // A string of the site that differs from the built-in one names that.
    let folder = Site::from("").on_disk();
    folder.write("i18n/en.toml", "scope = \"{nothing}\"\n");
    let short = folder.run(&["check", "--format", "human"]).exits(0);
    assert!(
        short
            .stderr
            .contains("themes/default/i18n/en.toml (built in)"),
        "{short:?}"
    );
    let json = folder.run(&["check", "--format", "json"]).exits(0).stdout;
    let line: Value = json
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .find(|line| {
            line["related"]
                .as_array()
                .is_some_and(|list| !list.is_empty())
        })
        .unwrap();
    assert_eq!(line["related"][0]["path"], Value::Null);
    assert_eq!(line["related"][0]["file"], "themes/default/i18n/en.toml");
}
