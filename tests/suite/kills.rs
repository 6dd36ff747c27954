//! Killed builds and simultaneous builds, with the program itself: a site of which every page
//! depends on the base URL is built for two addresses, and the output folder holds all of the one
//! or all of the other. `KILLS=1000` and `PAIRS=200` take the time for more than a few.

#![allow(
    clippy::disallowed_macros,
    clippy::print_stderr,
    reason = "how many kills there were is half of the result"
)]

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::harness::{Folder, Site};

const URLS: [&str; 2] = ["https://one.example/", "https://two.example/careers/"];
const PAGES: usize = 60;

/// A site, and what its output is at each of the addresses.
struct Both {
    folder: Folder,
    outputs: [BTreeMap<String, Vec<u8>>; 2],
}

impl Both {
    fn new() -> Self {
        let mut site = Site::from("");
        for page in 0..PAGES {
            site.edit(
                &format!("content/pages/{page}.md"),
                format!("# Page {page}\n\nText.\n"),
            );
        }
        let folder = site.on_disk();
        let outputs = URLS.map(|url| {
            folder
                .run(&["build", "-o", "apart", "--base-url", url])
                .exits(0);
            let output = folder.files("apart");
            folder.run(&["clean", "-o", "apart"]).exits(0);
            output
        });
        let same = outputs[0]
            .iter()
            .filter(|(path, bytes)| {
                path.ends_with("/index.html") && outputs[1].get(*path) == Some(*bytes)
            })
            .count();
        assert!(
            same == 0 && outputs[0].len() > PAGES,
            "{same} pages do not depend on the address"
        );
        Self { folder, outputs }
    }

    fn start(&self, url: &str) -> Child {
        self.folder
            .command("")
            .args(["build", "--quiet", "--base-url", url])
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Which of the two sites is published, whole.
    fn published(&self) -> Option<usize> {
        let seen = self.folder.files("public");
        self.outputs.iter().position(|output| *output == seen)
    }

    /// What is beside the output folder, but for the tree before.
    fn beside(&self) -> Vec<String> {
        self.folder
            .files(".public.rungs")
            .into_keys()
            .filter(|path| !path.starts_with("next/"))
            .collect()
    }
}

fn count(name: &str, few: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(few)
}

/// Numbers from 0 to 1 that look like chance, the same in every run.
fn chance(number: usize) -> f64 {
    let mixed = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40) as f64 / (1u64 << 24) as f64
}

fn stop(child: &mut Child, number: usize) {
    match ["KILL", "TERM", "INT"]
        .get(number % 6)
        .filter(|_| cfg!(unix))
    {
        Some(signal) => drop(
            Command::new("kill")
                .arg(format!("-{signal}"))
                .arg(child.id().to_string())
                .stderr(Stdio::null())
                .status()
                .unwrap(),
        ),
        None => child.kill().unwrap(),
    }
}

/// Where folders cannot be exchanged, there may be none for an instant: the next command brings it
/// back.
#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let both = Both::new();
    let kills = count("KILLS", 20);
    let start = Instant::now();
    for url in URLS {
        assert!(both.start(url).wait().unwrap().success());
    }
    let duration = start.elapsed() / 2;
    let (mut in_time, mut old) = (0, 1);
    for number in 0..kills {
        let new = 1 - old;
        let mut child = both.start(URLS[new]);
        std::thread::sleep(
            duration
                .mul_f64(1.1 * chance(number))
                .max(Duration::from_millis(1)),
        );
        stop(&mut child, number);
        let is_killed = !child.wait().unwrap().success();
        let now = both.published();
        let is_gap = cfg!(windows) && !both.folder.path("public").exists();
        assert!(now.is_some() || is_gap, "a mixture after kill {number}");
        in_time += usize::from(is_killed && now == Some(old));
        old = now.unwrap_or(old);
        if number % 5 == 0 {
            assert!(both.start(URLS[old]).wait().unwrap().success());
            assert_eq!(
                both.published(),
                Some(old),
                "the build after kill {number} is wrong"
            );
        }
    }
    eprintln!("{kills} kills, {in_time} of them before the exchange: 0 mixed");
    assert!(in_time > 0, "no build was killed in time");
    for url in [0, 1] {
        assert!(both.start(URLS[url]).wait().unwrap().success());
        assert_eq!(both.published(), Some(url));
    }
    assert_eq!(both.beside(), ["lock", "manifest"]);
}

#[test]
fn of_two_builds_at_once_one_is_published_after_the_other() {
    let both = Both::new();
    let pairs = count("PAIRS", 10);
    let mut wins = [0; 2];
    for pair in 0..pairs {
        let mut children = URLS.map(|url| both.start(url));
        // Every few pairs the holder of the lock, or who waits for it, is killed.
        if pair % 4 == 3 {
            std::thread::sleep(Duration::from_millis(300).mul_f64(chance(pair)));
            children[pair % 2].kill().unwrap();
        }
        let ends = children.map(|mut child| child.wait().unwrap().success());
        assert!(
            ends.iter().filter(|end| **end).count() >= if pair % 4 == 3 { 1 } else { 2 },
            "pair {pair}: a build failed"
        );
        let Some(published) = both.published() else {
            panic!("a mixture after pair {pair}")
        };
        wins[published] += 1;
    }
    eprintln!("{pairs} pairs of builds, {wins:?} the last: 0 mixed");
    assert_eq!(both.beside(), ["lock", "manifest"]);
}

#[test]
fn who_waits_for_another_build_says_so() {
    let both = Both::new();
    assert!(both.start(URLS[0]).wait().unwrap().success());
    // The lock is held by this process, as by a build that takes its time.
    let lock = std::fs::File::options()
        .write(true)
        .open(both.folder.path(".public.rungs/lock"))
        .unwrap();
    lock.lock().unwrap();
    let child = both
        .folder
        .command("")
        .args(["build", "--base-url", URLS[1]])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(500));
    drop(lock);
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && text.starts_with("Waiting for another build"),
        "{text}"
    );
    assert_eq!(both.published(), Some(1));
}
