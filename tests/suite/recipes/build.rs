//! `build.sh`, the script that all recipes call: how it gets the program, and what it refuses.

use super::site::{ADDRESS, Archive, RecipeSite};
use crate::harness::Ran;

/// Runs the script with these variables.
fn build(site: &RecipeSite, env: &[(&str, &str)]) -> Ran {
    let mut command = site.shell(&["sh", "build.sh"]);
    Ran::of(command.envs(env.iter().copied()))
}

fn all(archive: &Archive) -> [(&str, &str); 2] {
    [
        ("RUNGS_URL", &archive.url),
        ("RUNGS_SHA256", &archive.sha256),
    ]
}

#[test]
fn the_program_is_had_from_an_archive_or_a_wheel() {
    let site = RecipeSite::new("github");
    let wheel = Archive::wheel(&site.folder);
    for archive in [&site.archive, &wheel] {
        build(&site, &all(archive)).exits(0).prints("Built");
        assert_eq!(site.canonical(), ADDRESS);
    }
    let upper = site.archive.sha256.to_uppercase();
    let env = [
        ("RUNGS_URL", site.archive.url.as_str()),
        ("RUNGS_SHA256", &upper),
    ];
    build(&site, &env).exits(0);
}

#[test]
fn a_variable_that_is_not_set_is_said() {
    let site = RecipeSite::new("github");
    let [url, sum] = all(&site.archive);
    for (env, words) in [
        (vec![], "RUNGS_URL is not set"),
        (vec![sum, ("RUNGS_URL", "")], "RUNGS_URL is not set"),
        (vec![url], "RUNGS_SHA256 is not set"),
        (
            vec![sum, ("RUNGS_URL", "file:///nowhere/rungs.tar.gz")],
            "could not be had from RUNGS_URL, which is file:///nowhere/rungs.tar.gz",
        ),
    ] {
        build(&site, &env).exits(1).says(words).says("build.sh: ");
        assert!(!site.folder.path("site/public").exists(), "{words}");
    }
}

#[test]
fn an_archive_with_another_sum_is_not_opened() {
    let site = RecipeSite::new("github");
    let wrong = "0".repeat(64);
    let env = [
        ("RUNGS_URL", site.archive.url.as_str()),
        ("RUNGS_SHA256", &wrong),
    ];
    build(&site, &env)
        .exits(1)
        .says("is not the one that RUNGS_SHA256 names")
        .says(&site.archive.sha256);
    assert!(!site.folder.path("site/public").exists());
}

#[test]
fn an_archive_without_the_program_is_said() {
    let site = RecipeSite::new("github");
    std::fs::remove_file(site.folder.path("made/rungs-1.2.3/rungs")).unwrap();
    let tar = ["tar", "-C", "../made", "-czf", "../empty.tar.gz", "."];
    Ran::of(&mut site.shell(&tar)).exits(0);
    let archive = Archive::of(&site.folder.path("empty.tar.gz"));
    build(&site, &all(&archive))
        .exits(1)
        .says("holds no program named rungs");
}

#[test]
fn a_program_that_is_installed_needs_no_archive() {
    let site = RecipeSite::new("s3");
    build(&site, &[("RUNGS", env!("CARGO_BIN_EXE_rungs"))]).exits(0);
    assert_eq!(site.canonical(), ADDRESS);
}

#[test]
fn a_placeholder_is_refused_wherever_it_stands() {
    let site = RecipeSite::new("github");
    let program = ("RUNGS", env!("CARGO_BIN_EXE_rungs"));
    for address in [
        "https://example.com/",
        "https://Careers.EXAMPLE.org/x/",
        "http://localhost:4747/",
        "http://127.0.0.1/",
        "http://[::1]:80/",
        "https://my.test",
    ] {
        site.set_address(address);
        build(&site, &[program])
            .exits(1)
            .says("is a placeholder, not the address of the site")
            .says("SITE_URL");
        site.set_address(ADDRESS);
        build(&site, &[program, ("SITE_URL", address)])
            .exits(1)
            .says("is a placeholder");
    }
    assert!(!site.folder.path("site/public").exists());
    for address in ["https://example.dev/", "https://my-example.com/careers"] {
        site.set_address(address);
        build(&site, &[program]).exits(0);
        assert_eq!(
            site.canonical().trim_end_matches('/'),
            address.trim_end_matches('/')
        );
    }
}

#[test]
fn the_address_that_was_set_counts_before_the_one_of_the_host() {
    let site = RecipeSite::new("gitlab");
    let program = ("RUNGS", env!("CARGO_BIN_EXE_rungs"));
    let host = ("HOST_URL", "https://me.gitlab.io/guides");
    build(&site, &[program, host]).exits(0);
    assert_eq!(site.canonical(), ADDRESS);
    site.set_address("https://example.com/");
    build(&site, &[program, host]).exits(0);
    assert_eq!(site.canonical(), "https://me.gitlab.io/guides/");
    let own = ("SITE_URL", "https://jobs.rungs-test.dev");
    build(&site, &[program, host, own]).exits(0);
    assert_eq!(site.canonical(), "https://jobs.rungs-test.dev/");
}
