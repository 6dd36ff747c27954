//! Files that Rungs did not write: wherever and whatever they are, they are named in a refusal, and
//! kept.

use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use super::hook::System;
use super::*;

/// Something that a person put there: what it is, and how it is made.
type Thing = (&'static str, fn(&Path));

const THINGS: [Thing; 7] = [
    ("a file", |path| fs::write(path, "mine").unwrap()),
    ("an empty file", |path| fs::write(path, "").unwrap()),
    ("a link to a file", |path| {
        symlink("/etc/hostname", path).unwrap();
    }),
    ("a link to a folder", |path| symlink("/etc", path).unwrap()),
    ("a link to nothing", |path| {
        symlink("nothing", path).unwrap();
    }),
    ("a socket", |path| drop(UnixListener::bind(path).unwrap())),
    ("a folder with a file", |path| {
        fs::create_dir(path).unwrap();
        fs::write(path.join("index.html"), "mine").unwrap();
    }),
];

/// Where such things are.
const NAMES: [&str; 8] = [
    "mine",
    "guides/mine",
    "guides/0/mine.html",
    "new/deep/mine",
    ".hidden",
    "a b\u{301}",
    "season-0/deep/mine",
    "Zebra.TXT",
];

fn put(root: &Path, name: &str, make: fn(&Path)) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    make(&path);
}

/// Does something in a published site, and checks that `build` and `clean` refuse and lose nothing.
fn is_refused(place: &Place, what: &str) {
    let before = files(&place.public());
    let spare = files(&place.beside().join("next"));
    for site in [generation(1, 20), generation(2, 20), generation(3, 20)] {
        let refusal = publish(&place.output(), &site).expect_err(what);
        assert_eq!(
            refusal.reason,
            crate::disk::Reason::NotOurs,
            "{what}: {refusal}"
        );
    }
    let refusal = place.output().clean(&mut |_| {}).expect_err(what);
    assert_eq!(
        refusal.reason,
        crate::disk::Reason::NotOurs,
        "{what}: {refusal}"
    );
    assert!(
        files(&place.public()) == before && files(&place.beside().join("next")) == spare,
        "{what}: something is lost"
    );
}

fn published(system: System) -> Place {
    let place = Place::new(system);
    for number in 0..3 {
        place.build(&generation(number, 20));
    }
    place
}

#[test]
fn foreign_things_in_the_output_are_refused() {
    let mut cases = 0;
    for (name, (what, make)) in NAMES
        .into_iter()
        .flat_map(|name| THINGS.map(|thing| (name, thing)))
    {
        let place = published(if cases % 2 == 0 {
            System::Common
        } else {
            System::Mount
        });
        put(&place.public(), name, make);
        is_refused(&place, &format!("{what} at {name}"));
        cases += 1;
    }
    eprintln!("{cases} foreign things in the output: refused, nothing lost");
    assert!(cases >= 50);
}

#[test]
fn things_in_the_place_of_ours_are_refused() {
    for (what, make) in THINGS.into_iter().skip(2) {
        let place = published(System::Common);
        fs::remove_file(place.public().join("zebra.txt")).unwrap();
        put(&place.public(), "zebra.txt", make);
        is_refused(&place, &format!("{what} in the place of a file"));
    }
}

/// A path of the previous site is not ours now.
#[test]
fn a_path_that_was_ours_once_is_refused() {
    let place = published(System::Common);
    assert!(files(&place.beside().join("next")).contains_key("season-1/deep/2/index.html"));
    put(&place.public(), "season-1/deep/2/index.html", |path| {
        fs::write(path, "mine").unwrap();
    });
    is_refused(&place, "a file where one of ours was");
}

#[test]
fn repositories_are_refused() {
    for name in [".git", "guides/.git", "new/.git"] {
        let place = published(System::Common);
        put(&place.public(), &format!("{name}/HEAD"), |path| {
            fs::write(path, "ref: refs/heads/main").unwrap();
        });
        is_refused(&place, name);
    }
}

/// When something comes into the folder while a build runs, the old site comes back with it in it,
/// also when the build would write that path.
#[test]
fn what_comes_during_a_build_is_kept() {
    for system in [System::Common, System::NoExchange, System::Mount] {
        for name in NAMES.into_iter().chain([
            "season-3/deep/2/index.html",
            "offers/8/index.html",
            ".git/HEAD",
        ]) {
            let place = published(system);
            let output = place.output();
            let mut staging = output.stage(&mut |_| {}).unwrap();
            for (path, text) in generation(3, 20) {
                staging
                    .file(
                        &OutPath::new(&path).unwrap(),
                        Digest::of(text.as_bytes()),
                        Some(text.as_bytes()),
                    )
                    .unwrap();
            }
            put(&place.public(), name, |path| {
                fs::write(path, "mine").unwrap();
            });
            let mut expected = generation(2, 20);
            expected.insert(name.into(), "mine".into());
            let refusal = staging.publish().expect_err(name);
            assert!(
                refusal.message.contains(name) || refusal.message.contains("git repository"),
                "{name}: {refusal}"
            );
            assert!(
                place.seen() == expected,
                "{system:?}, {name}: {:?}",
                differences(&place.seen(), &expected)
            );
            is_refused(&place, name);
            fs::remove_file(place.public().join(name)).unwrap();
            let folders = place.public().join(name);
            let _ = folders
                .ancestors()
                .skip(1)
                .map(fs::remove_dir)
                .find(Result::is_err);
            place.build(&generation(4, 20));
        }
    }
}

/// A shell whose current folder is the output folder is in the spare tree after the exchange.
#[test]
fn things_in_the_spare_tree_are_refused() {
    for (name, (what, make)) in NAMES
        .into_iter()
        .flat_map(|name| THINGS.map(|thing| (name, thing)))
    {
        let place = published(System::Common);
        put(&place.beside().join("next"), name, make);
        let before = files(&place.beside().join("next"));
        assert!(
            publish(&place.output(), &generation(3, 20)).is_err(),
            "{what} at {name}"
        );
        assert!(
            place.output().clean(&mut |_| {}).is_err(),
            "{what} at {name}"
        );
        assert_eq!(
            (place.seen(), files(&place.beside().join("next"))),
            (generation(2, 20), before),
            "{what} at {name}"
        );
    }
}

#[test]
fn litter_of_systems_is_no_reason_to_refuse() {
    let place = published(System::Common);
    for name in [
        ".DS_Store",
        "guides/.DS_Store",
        "season-2/deep/Thumbs.db",
        "season-2/deep/2/desktop.ini",
    ] {
        put(&place.public(), name, |path| fs::write(path, "").unwrap());
    }
    for number in 3..6 {
        publish(&place.output(), &generation(number, 20)).unwrap();
    }
    assert_eq!(place.seen(), generation(5, 20));
}

#[test]
fn a_folder_without_a_record_is_nobodys() {
    let place = published(System::Common);
    fs::remove_dir_all(place.beside()).unwrap();
    let before = files(place.folder.path());
    let refusal = publish(&place.output(), &generation(3, 20)).unwrap_err();
    assert!(refusal.message.contains("no record"), "{refusal}");
    assert_eq!(files(place.folder.path()), before);
    assert!(!place.beside().exists());
}
