//! `rungs build --changes FILE`: the lists of what an upload has to send and to delete.

use std::fs;

use crate::harness::{Folder, Site};

/// The lines of both lists.
fn lists(folder: &Folder) -> (Vec<String>, Vec<String>) {
    let lines = |name: &str| {
        let text = fs::read_to_string(folder.path(name)).unwrap();
        assert!(text.is_empty() || text.ends_with('\n'), "{text:?}");
        text.lines().map(str::to_owned).collect()
    };
    (lines("changed.txt"), lines("changed.txt.removed"))
}

fn site() -> Folder {
    let folder = Site::from("").on_disk();
    folder.write("static/a b.txt", "one");
    folder.write("static/folder/deep.txt", "two");
    folder
}

#[test]
fn the_first_build_lists_every_file_and_a_build_without_changes_none() {
    let folder = site();
    folder.run(&["build", "--changes", "changed.txt"]).exits(0);
    let (changed, removed) = lists(&folder);
    let published: Vec<String> = folder.files("public").into_keys().collect();
    assert_eq!((changed, removed), (published, vec![]));
    for more in [&[][..], &["--no-cache"]] {
        let args = [&["build", "--changes", "changed.txt"], more].concat();
        folder.run(&args).exits(0);
        assert_eq!(lists(&folder), (vec![], vec![]), "{more:?}");
    }
}

#[test]
fn the_lists_are_what_differs_between_two_published_sites() {
    let folder = site();
    folder.run(&["build"]).exits(0);
    let before = folder.files("public");
    folder.write("static/a b.txt", "another text");
    folder.write("static/new.txt", "new");
    fs::remove_dir_all(folder.path("static/folder")).unwrap();
    folder
        .run(&["build", "--no-cache", "--changes", "changed.txt"])
        .exits(0);
    let after = folder.files("public");
    let (changed, removed) = lists(&folder);
    let differ: Vec<&String> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
        .map(|(path, _)| path)
        .collect();
    let gone: Vec<&String> = before
        .keys()
        .filter(|path| !after.contains_key(*path))
        .collect();
    assert_eq!(changed.iter().collect::<Vec<_>>(), differ);
    assert_eq!(removed.iter().collect::<Vec<_>>(), gone);
    assert!(changed.contains(&"a b.txt".to_owned()), "{changed:?}");
    assert_eq!(removed, ["folder/deep.txt"]);
}

#[test]
fn a_build_that_fails_changes_nothing_and_lists_nothing() {
    let folder = site();
    folder.run(&["build", "--changes", "changed.txt"]).exits(0);
    folder.write("site.toml", "title = \"Test\"\n");
    folder.run(&["build", "--changes", "changed.txt"]).exits(1);
    assert_eq!(lists(&folder), (vec![], vec![]));
}

#[test]
fn a_list_that_cannot_be_written_stops_the_build_before_it_publishes() {
    let folder = site();
    folder
        .run(&["build", "--changes", "nowhere/changed.txt"])
        .exits(3)
        .says("nowhere/changed.txt");
    assert!(!folder.path("public").exists());
    folder.run(&["build"]).exits(0);
    folder
        .run(&["build", "--changes", "public/changed.txt"])
        .exits(2)
        .says("in the output folder");
    folder.run(&["build"]).exits(0);
}
