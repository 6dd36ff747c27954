//! Budgets of a large site: what a page and a file for a script may weigh when there are a thousand roles.
//!
//! The site is imported from the folder that `RUNGS_DATA` names. Without one, the benchmark's generator makes
//! a site of the same size. All lists are looked at, and a part of the pages of roles.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::harness::{Folder, Site};

/// The elements of a page.
const MOST_ELEMENTS: usize = 3000;
/// The bytes of its HTML, as they are and compressed.
const MOST_HTML: usize = 200_000;
const MOST_COMPRESSED: usize = 30 * 1024;
/// The bytes of the JSON that a script loads for one action of a reader.
const MOST_JSON: usize = 100 * 1024;

/// Of so many roles the pages of one are looked at, and of so many comparisons one.
const EACH_ROLE: usize = 20;
const EACH_PAIR: usize = 100;

#[test]
fn a_thousand_roles_stay_within_the_budgets() {
    let Some(site) = thousand_roles() else { return };
    let ids = role_ids(&site);
    assert!(ids.len() > 1000, "{} roles", ids.len());
    let chosen = chosen(&site, &ids);
    let mut pairs = 0..;
    let files = site.sampled(|path| match path.split('/').collect::<Vec<_>>()[..] {
        _ if path.ends_with(".png") || path.ends_with(".ico") => false,
        // Their pages are looked at by the hundred, their small files all.
        ["roles", id, file] if ids.contains(&id.to_owned()) => {
            file == "compare.json" || (file == "index.html" && chosen.contains(&id))
        }
        ["roles", id, .., "index.html"] if ids.contains(&id.to_owned()) => chosen.contains(&id),
        ["compare", pair, "index.html"] if pair.contains("-vs-") => pairs
            .next()
            .is_some_and(|at: usize| at.is_multiple_of(EACH_PAIR)),
        [.., file] => file.ends_with(".html") || is_for_a_script(path),
        [] => false,
    });
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let mut misses: Vec<String> = pages
        .filter_map(|(path, html)| miss_of_page(path, html))
        .collect();
    misses.extend(misses_of_json(&files));
    assert!(files.len() > 1200, "{} files", files.len());
    assert!(
        misses.is_empty(),
        "{} misses:\n{}",
        misses.len(),
        misses.join("\n")
    );
}

/// Returns true for the JSON that scripts of the default theme load.
fn is_for_a_script(path: &str) -> bool {
    path.ends_with(".json")
        && (path.starts_with("search/")
            || path.starts_with("compare/roles-")
            || path.ends_with("/compare.json"))
}

/// Which budgets a page misses.
fn miss_of_page(path: &str, html: &[u8]) -> Option<String> {
    let elements = html
        .windows(2)
        .filter(|two| two[0] == b'<' && two[1].is_ascii_alphabetic())
        .count();
    let compressed = compressed(html);
    let misses: Vec<String> = [
        (elements > MOST_ELEMENTS).then(|| format!("{elements} elements")),
        (html.len() > MOST_HTML).then(|| format!("{} bytes of HTML", html.len())),
        (compressed > MOST_COMPRESSED).then(|| format!("{compressed} bytes compressed")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!misses.is_empty()).then(|| format!("{path}: {}", misses.join(", ")))
}

/// Which files for scripts, and which of what they load together, are too long.
fn misses_of_json(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let json = files.iter().filter(|(path, _)| is_for_a_script(path));
    let mut misses: Vec<String> = json
        .filter(|(_, text)| text.len() > MOST_JSON)
        .map(|(path, text)| format!("{path}: {} bytes", text.len()))
        .collect();
    let lengths = |is_meant: fn(&str) -> bool| {
        let meant = files.iter().filter(move |(path, _)| is_meant(path));
        let mut lengths: Vec<usize> = meant.map(|(_, text)| text.len()).collect();
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        lengths
    };
    let list = lengths(|path| path.starts_with("compare/roles-"))[0];
    let facts = lengths(|path| path.ends_with("/compare.json"));
    // Who follows a link to a comparison of two roles has the list and both loaded at once.
    let together = list + facts[0] + facts[1];
    if together > MOST_JSON {
        misses.push(format!("the list and two roles: {together} bytes"));
    }
    misses
}

fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(vec![], Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

/// Returns the ids of the roles.
fn role_ids(site: &Site) -> Vec<String> {
    let paths = site.files.keys();
    let ids = paths.filter_map(|path| path.strip_prefix("content/roles/")?.split_once('/'));
    let mut ids: Vec<String> = ids.map(|(id, _)| id.to_owned()).collect();
    ids.dedup();
    ids
}

/// Returns every 20th role, and those with the longest records.
fn chosen<'i>(site: &Site, ids: &'i [String]) -> Vec<&'i str> {
    let length = |id: &&String| {
        let folder = format!("content/roles/{id}/");
        let files = site.files.range(folder.clone()..);
        let of_role = files.take_while(|(path, _)| path.starts_with(&folder));
        of_role.map(|(_, text)| text.len()).sum::<usize>()
    };
    let mut longest: Vec<&String> = ids.iter().collect();
    longest.sort_by_cached_key(length);
    let longest = longest.into_iter().rev().take(5);
    ids.iter()
        .step_by(EACH_ROLE)
        .chain(longest)
        .map(String::as_str)
        .collect()
}

/// Returns a site of 1,016 roles, or nothing where none can be made.
fn thousand_roles() -> Option<Site> {
    let mut site = match std::env::var_os("RUNGS_DATA") {
        Some(data) => imported(Path::new(&data)),
        None => generated()?,
    };
    let config = String::from_utf8(site.files["site.toml"].clone()).unwrap();
    let is_picture = |line: &&str| !line.starts_with("og_images") && !line.starts_with("icons");
    let rest: Vec<&str> = config.lines().filter(is_picture).collect();
    site.edit(
        "site.toml",
        format!("og_images = false\nicons = false\n{}\n", rest.join("\n")),
    );
    Some(site)
}

fn imported(data: &Path) -> Site {
    let folder = Site::from("").on_disk();
    let named = |name: &str| data.join(name).to_str().unwrap().to_owned();
    for (import, file) in [
        ("onet", "onet"),
        ("oews", "bls/oews_may2025_national_state.csv"),
        ("projections", "bls/bls_projections_2024_2034.csv"),
    ] {
        folder
            .run(&["import", import, &named(file), "--quiet"])
            .exits(0);
    }
    Site::folder(folder.path(""))
}

/// Returns the site of the benchmark that is as an import writes it.
fn generated() -> Option<Site> {
    // Past the harness, which keeps what a passing test prints to itself.
    let say = |words: &str| drop(writeln!(std::io::stderr(), "budgets: {words}"));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/generate.py");
    let folder = Folder::empty();
    let ran = Command::new("python3")
        .arg(script)
        .args(["--dense", "1016"])
        .arg(folder.path(""))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output();
    match ran {
        Ok(ran) => assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        ),
        Err(fault) => {
            say(&format!(
                "skipped, for RUNGS_DATA is not set and python3 cannot be started: {fault}"
            ));
            return None;
        }
    }
    say("RUNGS_DATA is not set: a generated site of the same size stands in for open data");
    Some(Site::folder(folder.path("rungs")))
}
