//! Same input, same bytes: whatever the folder, the time zone, the language, the threads, the order
//! on disk.

use std::collections::BTreeMap;

use crate::harness::{Folder, Ran, Site, files_in};

#[test]
fn the_output_depends_on_the_site_and_the_day_alone() {
    let outer = Folder::empty();
    outer.run(&["new", "a"]).exits(0);
    let site = files_in(&outer.path("a"));
    // The same files, made in the opposite order, in a folder of another length.
    site.iter()
        .rev()
        .for_each(|(path, bytes)| outer.write(&format!("another/folder/{path}"), bytes));
    let worlds: [(&str, &[(&str, &str)]); 4] = [
        (
            "a",
            &[
                ("TZ", "Pacific/Kiritimati"),
                ("LANG", "de_DE.UTF-8"),
                ("RAYON_NUM_THREADS", "1"),
            ],
        ),
        (
            "a",
            &[
                ("TZ", "Pacific/Pago_Pago"),
                ("LC_ALL", "tr_TR.UTF-8"),
                ("RAYON_NUM_THREADS", "8"),
            ],
        ),
        (
            "another/folder",
            &[("TZ", "UTC"), ("LC_ALL", "C"), ("RAYON_NUM_THREADS", "3")],
        ),
        ("another/folder", &[]),
    ];
    let first = build(&outer, worlds[0]);
    assert!(!first.is_empty());
    for world in &worlds[1..] {
        let other = build(&outer, *world);
        let differ: Vec<_> = first
            .keys()
            .chain(other.keys())
            .filter(|path| first.get(*path) != other.get(*path))
            .collect();
        assert!(differ.is_empty(), "{world:?}: {differ:?}");
    }
}

#[test]
fn the_demo_is_the_same_on_every_machine() {
    let demo = Site::demo();
    let (first, second) = (Folder::empty(), Folder::empty());
    demo.files
        .iter()
        .for_each(|(path, bytes)| first.write(&format!("site/{path}"), bytes));
    demo.files
        .iter()
        .rev()
        .for_each(|(path, bytes)| second.write(&format!("a/longer path/\u{e9}/{path}"), bytes));
    let one = build(
        &first,
        (
            "site",
            &[
                ("TZ", "Pacific/Kiritimati"),
                ("LC_ALL", "tr_TR.UTF-8"),
                ("RAYON_NUM_THREADS", "1"),
            ],
        ),
    );
    let other = build(
        &second,
        (
            "a/longer path/\u{e9}",
            &[
                ("TZ", "America/Adak"),
                ("LANG", "ar_EG.UTF-8"),
                ("RAYON_NUM_THREADS", "7"),
                ("HOME", "/"),
            ],
        ),
    );
    let differ: Vec<_> = one
        .keys()
        .chain(other.keys())
        .filter(|path| one.get(*path) != other.get(*path))
        .collect();
    assert!(
        one.len() > 150 && differ.is_empty(),
        "{} files; {differ:?} differ",
        one.len()
    );
}

#[test]
fn a_build_in_memory_is_what_the_program_writes() {
    let outer = Folder::empty();
    outer.run(&["new", "site"]).exits(0);
    let sources = Site::folder(outer.path("site"));
    outer.run_in("site", &["build"]).exits(0);
    let (memory, disk) = (sources.build().clean().files, outer.files("site/public"));
    let differ: Vec<_> = memory
        .keys()
        .chain(disk.keys())
        .filter(|path| memory.get(*path) != disk.get(*path))
        .collect();
    assert!(!disk.is_empty() && differ.is_empty(), "{differ:?}");
}

#[test]
fn the_day_is_that_of_source_date_epoch() {
    let outer = Folder::empty();
    Ran::of(
        outer
            .command("")
            .args(["new", "site"])
            .env("SOURCE_DATE_EPOCH", "0"),
    )
    .exits(0);
    let article =
        std::fs::read_to_string(outer.path("site/content/articles/reading-a-career-ladder.md"))
            .unwrap();
    assert!(article.contains("date = 1970-01-01"), "{article}");
}

fn build(
    outer: &Folder,
    (folder, variables): (&str, &[(&str, &str)]),
) -> BTreeMap<String, Vec<u8>> {
    Ran::of(
        outer
            .command(folder)
            .envs(variables.iter().copied())
            .arg("build"),
    )
    .exits(0);
    outer.files(&format!("{folder}/public"))
}
