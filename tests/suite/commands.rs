//! The command line: exit codes, what is said where, and the three formats.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::harness::{Ran, Site};

const BROKEN: &str = "title = 'Test'\nbase_url = 'https://example.com/'\ntitel = 'x'\n";

fn broken() -> crate::harness::Folder {
    Site::from("").edit("site.toml", BROKEN).on_disk()
}

#[test]
fn exit_codes_are_as_documented() {
    let folder = Site::from("").on_disk();
    folder.run(&["build"]).exits(0);
    folder.run(&["check"]).exits(0);
    folder.run(&["--help"]).exits(0);
    folder.run(&["--version"]).exits(0);
    broken().run(&["build"]).exits(1);
    broken().run(&["check"]).exits(1);
    for usage in [&["bild"][..], &["build", "--wrong"], &["build", "-u", "ftp://x"], &["add", "role"], &["completions", "what"], &[]] {
        folder.run(usage).exits(2);
    }
    Ran::of(folder.command("").args(["build"]).env("SOURCE_DATE_EPOCH", "yesterday")).exits(2).says("SOURCE_DATE_EPOCH");
    assert!(folder.run(&["--help"]).stdout.contains("Exit codes: 0"));
}

#[test]
fn a_build_says_in_one_line_what_it_did_and_where_to_look() {
    let folder = Site::from("").on_disk();
    let ran = folder.run(&["build"]).exits(0);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(lines[0].starts_with("Built ") && lines[0].ends_with(" s -> public/") && lines[0].contains(" page"), "{ran:?}");
    assert_eq!((lines[1], lines.len(), ran.stderr.as_str()), ("Look at public/index.html", 2, ""));
    let quiet = folder.run(&["build", "--quiet"]).exits(0);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
}

#[test]
fn check_writes_nothing_but_the_cache() {
    let site = Site::from("");
    let folder = site.on_disk();
    folder.run(&["check", "--no-cache"]).exits(0);
    assert_eq!(folder.files(""), site.files);
    folder.run(&["check"]).exits(0);
    assert!(folder.files(".rungs/cache").len() > 1);
    fs::remove_dir_all(folder.path(".rungs")).unwrap();
    assert_eq!(folder.files(""), site.files);
}

#[test]
fn short_is_one_line_for_a_mistake() {
    let ran = broken().run(&["check", "--format", "short"]).exits(1);
    assert_eq!(ran.stderr, "site.toml:3:1: error[unknown-key]: unknown key `titel`\n1 error\n");
}

#[test]
fn json_is_one_object_a_line() {
    let ran = broken().run(&["build", "--format", "json"]).exits(1);
    let lines: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [mistake, summary] = lines.as_slice() else { panic!("{ran:?}") };
    assert_eq!((&mistake["type"], &mistake["code"], &mistake["severity"]), (&"diagnostic".into(), &"unknown-key".into(), &"error".into()));
    let place = [&mistake["file"], &mistake["line"], &mistake["column"], &mistake["end_column"]];
    assert_eq!(place, [&Value::from("site.toml"), &3.into(), &1.into(), &6.into()]);
    assert_eq!((&summary["type"], &summary["errors"], &summary["output"]), (&"summary".into(), &1.into(), &Value::Null));
    assert_eq!(ran.stderr, "");
    let refused = broken().run(&["build", "--format", "json", "-o", "content"]).exits(2);
    let failure: Value = serde_json::from_str(&refused.stdout).unwrap();
    assert_eq!((&failure["type"], &failure["exit"]), (&"failure".into(), &2.into()));
}

#[test]
fn colours_are_for_terminals_and_can_be_asked_for() {
    let folder = broken();
    assert!(!folder.run(&["check"]).stderr.contains('\u{1b}'));
    assert!(Ran::of(folder.command("").arg("check").env("CLICOLOR_FORCE", "1")).stderr.contains('\u{1b}'));
    assert!(!Ran::of(folder.command("").arg("check").env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")).stderr.contains('\u{1b}'));
}

#[test]
fn what_a_site_says_cannot_command_a_terminal() {
    let folder = Site::from("").edit("site.toml", "title = 'Test'\nbase_url = 'https://example.com/'\n\"\\u001b[2Jx\" = 1\n").on_disk();
    for format in ["human", "short"] {
        let ran = folder.run(&["check", "--format", format]).exits(1);
        assert!(!ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
    }
}

#[test]
fn a_long_line_is_shown_around_its_mark() {
    let long = format!("title = 'Test'\nbase_url = 'https://example.com/'\nx = '{}'\n", "long ".repeat(20_000));
    let ran = Site::from("").edit("site.toml", long).on_disk().run(&["check"]).exits(1).says("site.toml:3:1");
    assert!(ran.stderr.len() < 2_000, "{} bytes", ran.stderr.len());
}

#[test]
fn schemas_are_printed_and_written() {
    let folder = Site::from("").on_disk();
    let schema: Value = serde_json::from_str(&folder.run(&["schema", "role"]).exits(0).stdout).unwrap();
    assert!(schema["properties"]["levels"].is_object() && schema["additionalProperties"] == false);
    folder.run(&["schema"]).exits(0);
    assert_eq!(folder.files(".rungs").len(), 9);
    folder.run(&["schema", "--output-dir", "elsewhere"]).exits(0);
    assert_eq!(folder.files(".rungs"), folder.files("elsewhere"));
}

/// Editors check the demo with these files. `UPDATE_EXPECTED=1 cargo test` writes them anew.
#[test]
fn the_demo_has_the_schemas_of_this_version() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Site::from("").on_disk();
    folder.run(&["schema"]).exits(0);
    let schemas = folder.files(".rungs");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::create_dir_all(demo.join(".rungs")).unwrap();
        schemas.iter().for_each(|(name, text)| fs::write(demo.join(".rungs").join(name), text).unwrap());
    }
    for (name, text) in schemas {
        assert!(fs::read(demo.join(".rungs").join(&name)).is_ok_and(|known| known == text), ".rungs/{name} is not what `rungs schema` writes");
    }
}

#[test]
fn completions_know_the_commands() {
    let folder = Site::from("").on_disk();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(folder.run(&["completions", shell]).exits(0).stdout.contains("output-dir"), "{shell}");
    }
}
