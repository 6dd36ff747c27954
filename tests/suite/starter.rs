//! `new` and `add`: what they make builds as it stands, without a warning, with nothing but the
//! program.

use std::fs;
use std::process::Command;

use crate::harness::{Folder, Ran};

/// Where a new site is to be published: what its site.toml names is a placeholder, which `check` says.
const ADDRESS: [&str; 2] = ["--base-url", "https://careers.my-company.com/"];

#[test]
fn a_new_site_builds_without_an_edit_or_a_word() {
    let outer = Folder::empty();
    outer.run(&["new", "my site"]).exits(0);
    let ran = outer.run_in("my site", &["build"]).exits(0);
    assert_eq!(ran.stderr, "", "a new site is not without fault");
    assert!(outer.path("my site/public/index.html").exists());
    let check = ["check", "--drafts", "--future"];
    let ran = outer.run_in("my site", &[&check[..], &ADDRESS].concat());
    assert_eq!(ran.exits(0).stderr, "");
    // All that is to be done before the site is published.
    outer
        .run_in("my site", &check)
        .exits(0)
        .says("warning[placeholder-url]")
        .says("\n1 warning\n");
}

#[test]
fn the_program_alone_is_enough() {
    let outer = Folder::empty();
    let moved = outer.path("elsewhere");
    fs::copy(env!("CARGO_BIN_EXE_rungs"), &moved).unwrap();
    let run = |folder: &str, args: &[&str]| {
        Ran::of(
            Command::new(&moved)
                .current_dir(outer.path(folder))
                .env_clear()
                .args(args),
        )
    };
    run("", &["new", "site"]).exits(0);
    let ran = run("site", &["build"]).exits(0);
    assert_eq!(ran.stderr, "");
}

#[test]
fn every_host_gets_its_files() {
    for (host, file) in [
        ("github", ".github/workflows/deploy.yml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("netlify", "netlify.toml"),
        ("cloudflare", ".github/workflows/deploy.yml"),
        ("s3", "deploy.sh"),
        ("docker", "Dockerfile"),
    ] {
        let outer = Folder::empty();
        outer.run(&["new", "site", "--host", host]).exits(0);
        assert!(
            outer.path("site").join(file).exists(),
            "{host} has no {file}"
        );
        outer.run_in("site", &["check"]).exits(0);
    }
    let outer = Folder::empty();
    outer.run(&["new", "site", "--host", "github"]).exits(0);
    assert!(
        fs::read_to_string(outer.path("site/.github/workflows/deploy.yml"))
            .unwrap()
            .contains("${{ steps.pages.outputs.base_url }}")
    );
}

#[test]
fn schemas_are_where_the_files_say_they_are() {
    let outer = Folder::empty();
    outer.run(&["new", "site"]).exits(0);
    let mut named = 0;
    for (path, bytes) in outer.files("site") {
        let text = String::from_utf8(bytes).unwrap();
        if let Some(schema) = text
            .strip_prefix("#:schema ")
            .and_then(|rest| rest.lines().next())
        {
            let folder = outer.path("site").join(&path);
            assert!(
                folder.parent().unwrap().join(schema).exists(),
                "{path} names {schema}"
            );
            named += 1;
        }
    }
    assert_eq!(named, 5);
}

#[test]
fn a_folder_with_something_in_it_is_refused() {
    let outer = Folder::empty();
    outer.write("site/mine.txt", "mine");
    outer.run(&["new", "site"]).exits(2).says("not empty");
    outer.run(&["new", "site/mine.txt"]).exits(2);
    assert_eq!(outer.files("").len(), 1);
    outer.write("fresh/.git/HEAD", "ref: refs/heads/main");
    outer.run_in("fresh", &["new", "."]).exits(0);
}

#[test]
fn what_is_added_is_valid_at_once() {
    let outer = Folder::empty();
    outer.run(&["new", "site"]).exits(0);
    for (what, name) in [
        ("role", "Data Engineer"),
        ("article", "A \"quoted\" title: {{ today }} \\ é"),
        ("role", "C++ Developer"),
    ] {
        outer.run_in("site", &["add", what, name]).exits(0);
    }
    assert!(
        outer
            .path("site/content/roles/data-engineer/role.toml")
            .exists()
    );
    assert!(
        outer
            .path("site/content/articles/a-quoted-title-today-é.md")
            .exists()
    );
    let ran = outer.run_in("site", &["check", "--drafts"]).exits(0);
    assert!(!ran.stderr.contains("error"), "{}", ran.stderr);
    let ran = outer.run_in("site", &[&["check"][..], &ADDRESS].concat());
    assert_eq!(ran.exits(0).stderr, "");
}

#[test]
fn nothing_is_added_over_what_is_there() {
    let outer = Folder::empty();
    outer.run(&["new", "site"]).exits(0);
    outer.run_in("site", &["add", "article", "Twice"]).exits(0);
    outer.write("site/content/articles/twice.md", "changed");
    outer
        .run_in("site", &["add", "article", "Twice"])
        .exits(1)
        .says("exists already");
    assert_eq!(
        fs::read_to_string(outer.path("site/content/articles/twice.md")).unwrap(),
        "changed"
    );
    outer.run_in("site", &["add", "role", "../../x"]).exits(0);
    assert!(outer.path("site/content/roles/x/role.toml").exists());
    outer.run_in("site", &["add", "role", "!?"]).exits(2);
}
