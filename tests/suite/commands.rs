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
    for usage in [
        &["bild"][..],
        &["build", "--wrong"],
        &["build", "-u", "ftp://x"],
        &["add", "role"],
        &["completions", "what"],
        &[],
    ] {
        folder.run(usage).exits(2);
    }
    Ran::of(
        folder
            .command("")
            .args(["build"])
            .env("SOURCE_DATE_EPOCH", "yesterday"),
    )
    .exits(2)
    .says("SOURCE_DATE_EPOCH");
    assert!(folder.run(&["--help"]).stdout.contains("Exit codes: 0"));
}

#[test]
fn a_build_says_in_one_line_what_it_did_and_where_to_look() {
    let folder = Site::from("").on_disk();
    let ran = folder.run(&["build"]).exits(0);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(
        lines[0].starts_with("Indexed ") && lines[0].ends_with(" for search"),
        "a stage with a line of its own: {ran:?}"
    );
    assert!(
        lines[1].starts_with("Built ")
            && lines[1].ends_with(" s -> public/")
            && lines[1].contains(" page"),
        "{ran:?}"
    );
    assert_eq!(
        (lines[2], lines.len(), ran.stderr.as_str()),
        ("Look at public/index.html", 3, "")
    );
    assert_eq!(
        folder.run(&["build"]).exits(0).stdout.lines().count(),
        2,
        "nothing to index"
    );
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
    let ran = broken().run(&["build", "--format", "short"]).exits(1);
    assert_eq!(
        ran.stderr,
        "site.toml:3:1: error[unknown-key]: unknown key `titel`\n1 error: nothing was written\n"
    );
}

#[test]
fn json_is_one_object_a_line() {
    let ran = broken().run(&["build", "--format", "json"]).exits(1);
    let lines: Vec<Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [mistake, summary] = lines.as_slice() else {
        panic!("{ran:?}")
    };
    assert_eq!(
        (&mistake["type"], &mistake["code"], &mistake["severity"]),
        (&"diagnostic".into(), &"unknown-key".into(), &"error".into())
    );
    let place = [
        &mistake["file"],
        &mistake["line"],
        &mistake["column"],
        &mistake["end_column"],
    ];
    assert_eq!(
        place,
        [&Value::from("site.toml"), &3.into(), &1.into(), &6.into()]
    );
    assert_eq!(
        (&summary["type"], &summary["errors"], &summary["output"]),
        (&"summary".into(), &1.into(), &Value::Null)
    );
    assert_eq!(ran.stderr, "");
    let refused = broken()
        .run(&["build", "--format", "json", "-o", "content"])
        .exits(2);
    let failure: Value = serde_json::from_str(&refused.stdout).unwrap();
    assert_eq!(
        (&failure["type"], &failure["exit"]),
        (&"failure".into(), &2.into())
    );
}

#[test]
fn colours_are_for_terminals_and_can_be_asked_for() {
    let folder = broken();
    assert!(!folder.run(&["check"]).stderr.contains('\u{1b}'));
    assert!(
        Ran::of(folder.command("").arg("check").env("CLICOLOR_FORCE", "1"))
            .stderr
            .contains('\u{1b}')
    );
    assert!(
        !Ran::of(
            folder
                .command("")
                .arg("check")
                .env("CLICOLOR_FORCE", "1")
                .env("NO_COLOR", "1")
        )
        .stderr
        .contains('\u{1b}')
    );
}

#[test]
fn what_a_site_says_cannot_command_a_terminal() {
    let folder = Site::from("")
        .edit(
            "site.toml",
            "title = 'Test'\nbase_url = 'https://example.com/'\n\"\\u001b[2Jx\" = 1\n",
        )
        .on_disk();
    for format in ["human", "short"] {
        let ran = folder.run(&["check", "--format", format]).exits(1);
        assert!(!ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
    }
}

#[test]
fn a_long_line_is_shown_around_its_mark() {
    let long = format!(
        "title = 'Test'\nbase_url = 'https://example.com/'\nx = '{}'\n",
        "long ".repeat(20_000)
    );
    let ran = Site::from("")
        .edit("site.toml", long)
        .on_disk()
        .run(&["check"])
        .exits(1)
        .says("site.toml:3:1");
    assert!(ran.stderr.len() < 2_000, "{} bytes", ran.stderr.len());
}

#[test]
fn schemas_are_printed_and_written() {
    let folder = Site::from("").on_disk();
    let schema: Value =
        serde_json::from_str(&folder.run(&["schema", "role"]).exits(0).stdout).unwrap();
    assert!(schema["properties"]["levels"].is_object() && schema["additionalProperties"] == false);
    folder.run(&["schema"]).exits(0);
    assert_eq!(folder.files(".rungs").len(), 10);
    folder
        .run(&["schema", "--output-dir", "elsewhere"])
        .exits(0);
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
        schemas
            .iter()
            .for_each(|(name, text)| fs::write(demo.join(".rungs").join(name), text).unwrap());
    }
    for (name, text) in schemas {
        assert!(
            fs::read(demo.join(".rungs").join(&name)).is_ok_and(|known| known == text),
            ".rungs/{name} is not what `rungs schema` writes"
        );
    }
}

#[test]
fn completions_know_the_commands() {
    let folder = Site::from("").on_disk();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            folder
                .run(&["completions", shell])
                .exits(0)
                .stdout
                .contains("output-dir"),
            "{shell}"
        );
    }
}

#[test]
fn each_command_has_a_manual_page() {
    let folder = Site::from("").on_disk();
    folder.run(&["man", "pages"]).exits(0);
    let pages = folder.files("pages");
    let help = folder.run(&["--help"]).exits(0).stdout;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let (commands, _) = commands.split_once("\n\n").unwrap();
    for line in commands.lines() {
        let name = line.split_whitespace().next().unwrap();
        assert!(pages.contains_key(&format!("rungs-{name}.1")), "{name}");
    }
    let has = |page: &str, words: &str| {
        let text = String::from_utf8_lossy(&pages[page]);
        assert!(text.contains(words), "no {words:?} in {page}: {text}");
    };
    has("rungs.1", "rungs\\-build(1)");
    has("rungs-build.1", "base\\-url");
    has("rungs-theme-eject.1", "default theme");
    assert!(!pages.contains_key("rungs-man.1"), "a hidden command");
    folder.write("file", "");
    folder
        .run(&["man", "file"])
        .exits(3)
        .says("cannot write manual pages into file");
}

#[test]
fn a_second_build_says_what_it_reused_and_what_went() {
    let folder = Site::from("=== content/a.md\nA.\n=== content/b.md\nB.\n").on_disk();
    folder
        .run(&["build"])
        .exits(0)
        .prints("(6 rebuilt, 0 reused)");
    folder
        .run(&["build"])
        .exits(0)
        .prints("(0 rebuilt, 6 reused)");
    folder.write("content/a.md", "Another text.\n");
    folder
        .run(&["build"])
        .exits(0)
        .prints("(2 rebuilt, 4 reused)");
    fs::remove_file(folder.path("content/b.md")).unwrap();
    folder.run(&["build"]).exits(0).prints("removed 1 file");
    folder
        .run(&["build", "--no-cache"])
        .exits(0)
        .prints("(5 rebuilt, 0 reused)");
    let last = folder.run(&["build", "--format", "json"]).exits(0);
    let summary: Value = serde_json::from_str(last.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(
        (
            &summary["rebuilt"],
            &summary["reused"],
            &summary["changes"]["written"]
        ),
        (&0.into(), &5.into(), &0.into())
    );
}

#[test]
fn a_cache_may_stand_elsewhere() {
    let folder = Site::from("").on_disk();
    folder
        .run(&["build", "--cache-dir", "elsewhere/cache"])
        .exits(0);
    assert!(
        folder.path("elsewhere/cache/CACHEDIR.TAG").exists() && !folder.path(".rungs").exists()
    );
    folder
        .run(&["check", "--cache-dir", "elsewhere/cache"])
        .exits(0);
    folder
        .run(&["clean", "--cache-dir", "elsewhere/cache"])
        .exits(0);
    assert!(!folder.path("elsewhere/cache").exists());
    // A folder where no cache can be costs time, and no build.
    folder.write("file", "x");
    folder
        .run(&["build", "--cache-dir", "file/cache"])
        .exits(0)
        .says("the next build makes all pages again");
    folder
        .run(&["build", "--cache-dir", "a", "--no-cache"])
        .exits(2);
}

#[test]
fn a_file_of_the_same_size_and_time_with_another_text_is_seen() {
    let folder = Site::from("\n=== content/about.md\n# About\n\nOld words.\n").on_disk();
    // What was written less than two seconds ago is not known by its stamp.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    folder.run(&["build"]).exits(0);
    let known = fs::metadata(folder.path(".rungs/cache/stat.index"));
    assert_eq!(
        known.unwrap().len() > 100,
        cfg!(unix),
        "of these files something is known, where stamps prove anything"
    );
    let about = folder.path("content/about.md");
    let old = about.metadata().unwrap().modified().unwrap();
    folder.write("content/about.md", "# About\n\nNew words.\n");
    fs::File::options()
        .write(true)
        .open(&about)
        .unwrap()
        .set_modified(old)
        .unwrap();
    folder.run(&["build"]).exits(0);
    assert!(
        fs::read_to_string(folder.path("public/about/index.html"))
            .unwrap()
            .contains("New words.")
    );
}

#[test]
fn profile_shows_stages_and_the_slowest_pages() {
    let folder = Site::from("").on_disk();
    let ran = folder.run(&["build", "--profile"]).exits(0);
    assert!(
        [
            "parse:",
            "plan:",
            "render and write",
            "the slowest of",
            "index.html"
        ]
        .iter()
        .all(|words| ran.stdout.contains(words)),
        "{ran:?}"
    );
}

#[test]
fn verify_compares_with_a_clean_build() {
    let folder = Site::from("").on_disk();
    folder
        .run(&["build", "--verify"])
        .exits(0)
        .prints("A clean build gives the same files");
    folder.write("content/a.md", "A.");
    folder
        .run(&["build", "--verify"])
        .exits(0)
        .prints("A clean build gives the same files");
}

#[test]
fn explain_says_where_a_page_comes_from_and_what_comes_of_a_file() {
    let role = "=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\nsummary = \"Cares.\"\n=== content/roles/nurse/index.md\nText.\n";
    let folder = Site::from(role).on_disk();
    folder.run(&["build"]).exits(0);
    for what in [
        "/roles/nurse/",
        "/roles/nurse",
        "https://example.com/roles/nurse/",
        "roles/nurse/index.html",
        "public/roles/nurse/index.html",
    ] {
        let said = folder.run(&["explain", what]).exits(0).stdout;
        for words in [
            "hub page of the role nurse",
            "content/roles/nurse/index.md",
            "content/roles/nurse/role.toml",
            "templates/hub.html",
            "templates/page.html",
        ] {
            assert!(said.contains(words), "{what}: {words} is not in\n{said}");
        }
    }
    let of_source = folder
        .run(&["explain", "content/roles/nurse/role.toml"])
        .exits(0)
        .stdout;
    assert!(of_source.starts_with("/roles/nurse/\n"), "{of_source}");
    folder
        .run(&["explain", "/roles/nurze/"])
        .exits(1)
        .says("did you mean /roles/nurse/?");
}
