//! Files that do not change are not touched, and what the manifest says of files is true.

use std::os::unix::fs::MetadataExt as _;
use std::time::{Duration, SystemTime};

use super::hook::System;
use super::*;

/// Time, inode and size of every published file.
fn stats(place: &Place) -> BTreeMap<String, (i64, i64, u64, u64)> {
    let stat = |path: &String| {
        let about = place.public().join(path).metadata().unwrap();
        (about.mtime(), about.mtime_nsec(), about.ino(), about.len())
    };
    place
        .seen()
        .keys()
        .map(|path| (path.clone(), stat(path)))
        .collect()
}

#[test]
fn unchanged_files_keep_time_and_inode() {
    let place = Place::new(System::Common);
    for number in 0..5 {
        let old = if number == 0 {
            BTreeMap::new()
        } else {
            stats(&place)
        };
        let before = place.seen();
        let site = generation(number, 60);
        let FileChanges {
            written,
            kept,
            removed,
        } = place.build(&site);
        let unchanged: Vec<_> = site
            .iter()
            .filter(|(path, text)| before.get(*path) == Some(*text))
            .map(|(path, _)| path)
            .collect();
        let now = stats(&place);
        assert!(unchanged.iter().all(|path| now[*path] == old[*path]));
        assert_eq!(
            (written.len(), kept),
            (site.len() - unchanged.len(), unchanged.len())
        );
        assert_eq!(
            removed.iter().map(OutPath::as_str).collect::<Vec<_>>(),
            before
                .keys()
                .filter(|path| !site.contains_key(*path))
                .collect::<Vec<_>>()
        );
    }
}

#[test]
fn copies_keep_their_times_where_there_are_no_links() {
    for system in [System::NoLink, System::Mount] {
        let place = Place::new(system);
        place.build(&generation(0, 40));
        let time = |place: &Place| {
            place
                .public()
                .join("guides/0/index.html")
                .metadata()
                .unwrap()
                .modified()
                .unwrap()
        };
        let first = time(&place);
        for number in 1..4 {
            place.build(&generation(number, 40));
            assert_eq!(time(&place), first);
        }
    }
}

#[test]
fn a_build_that_changes_nothing_does_nothing() {
    for system in [
        System::Common,
        System::NoExchange,
        System::NoLink,
        System::Mount,
    ] {
        let place = Place::new(system);
        for number in 0..3 {
            place.build(&generation(number, 40));
            let before = (stats(&place), files(&place.beside()));
            let output = place.output();
            let published = publish(&output, &generation(number, 40)).unwrap();
            assert_eq!(
                published,
                FileChanges {
                    kept: generation(number, 40).len(),
                    ..FileChanges::default()
                }
            );
            let done = output.files.hook.done();
            assert!(
                done.len() == 3 && done.iter().all(|operation| operation.ends_with("/lock")),
                "{system:?}: {done:?}"
            );
            assert_eq!((stats(&place), files(&place.beside())), before);
        }
    }
}

/// A change of one page costs a few operations, however large the site is.
#[test]
fn a_small_change_costs_few_operations() {
    let place = Place::new(System::Common);
    let mut site = generation(0, 300);
    place.build(&site);
    for text in ["one", "two"] {
        site.insert("roles/1/index.html".into(), text.into());
        place.build(&site);
    }
    site.insert("roles/1/index.html".into(), "three".into());
    let output = place.output();
    assert_eq!(
        publish(&output, &site).unwrap(),
        FileChanges {
            written: vec![OutPath::new("roles/1/index.html").unwrap()],
            kept: site.len() - 1,
            removed: vec![]
        }
    );
    let done = output.files.hook.done();
    assert!(done.len() <= 13, "{done:#?}");
}

#[test]
fn an_edit_by_hand_is_undone_even_when_the_stamp_stays() {
    let place = Place::new(System::Common);
    let site = generation(0, 40);
    place.build(&site);
    for path in ["roles/1/index.html", "guides/0/index.html", "zebra.txt"] {
        let file = place.public().join(path);
        let time = file.metadata().unwrap().modified().unwrap();
        let other = "x".repeat(site[path].len());
        // Over the file, as an editor that saves to another name does; the time is put back. (A
        // file that was deleted first could give its inode to the new one, and then nothing but its
        // bytes would tell: `build --verify` reads them.)
        let saved = place.folder.path().join("saved");
        fs::write(&saved, &other).unwrap();
        fs::File::options()
            .write(true)
            .open(&saved)
            .unwrap()
            .set_modified(time)
            .unwrap();
        fs::rename(&saved, &file).unwrap();
        assert_eq!(place.build(&site).written.len(), 1, "{path}");
        // In place, at a time of its own: both trees share the file.
        fs::write(&file, &other).unwrap();
        fs::File::options()
            .write(true)
            .open(&file)
            .unwrap()
            .set_modified(SystemTime::now() + Duration::from_secs(9))
            .unwrap();
        assert_eq!(place.build(&site).written.len(), 1, "{path}");
    }
}

/// A copied site (a backup, a CI cache) has other inodes, and perhaps other times: its bytes tell
/// that it is known.
#[test]
fn a_copied_site_is_known_by_its_bytes() {
    let place = Place::new(System::Common);
    let site = generation(1, 40);
    place.build(&generation(0, 40));
    place.build(&site);
    for (path, text) in files(place.folder.path()) {
        let file = place.folder.path().join(path);
        fs::remove_file(&file).unwrap();
        fs::write(&file, text).unwrap();
    }
    let output = place.output();
    assert_eq!(output.stage(&mut |_| {}).unwrap().held().len(), site.len());
    assert_eq!(publish(&output, &site).unwrap().kept, site.len());
    place.build(&generation(2, 40));
}

#[test]
fn a_damaged_manifest_costs_time_only() {
    for damage in 0..60 {
        let place = Place::new(System::Common);
        place.build(&generation(0, 20));
        let manifest = place.beside().join("manifest");
        let mut bytes = fs::read(&manifest).unwrap();
        // Damage before the paths: a damaged path is not ours, and would be refused.
        let text = String::from_utf8(bytes.clone()).unwrap();
        let at = text.match_indices("\tguides/").nth(damage % 4).unwrap().0 - 1 - damage / 4;
        bytes[at] ^= 1 << (damage % 3);
        fs::write(&manifest, bytes).unwrap();
        place.build(&generation(1, 20));
    }
}

#[test]
fn trees_that_were_deleted_by_hand_come_back() {
    let place = Place::new(System::Common);
    for number in 0..3 {
        place.build(&generation(number, 20));
    }
    fs::remove_dir_all(place.public()).unwrap();
    place.build(&generation(2, 20));
    place.build(&generation(3, 20));
    fs::remove_dir_all(place.beside().join("next/guides")).unwrap();
    place.build(&generation(4, 20));
    fs::remove_dir_all(place.beside().join("next")).unwrap();
    place.build(&generation(5, 20));
    fs::remove_file(place.public().join("zebra.txt")).unwrap();
    place.build(&generation(5, 20));
}

#[test]
fn a_build_that_is_given_up_leaves_the_old_site() {
    let place = Place::new(System::Common);
    let begin = |number: usize, count: usize| {
        let output = place.output();
        let mut staging = output.stage(&mut |_| {}).unwrap();
        for (path, text) in generation(number, 20).iter().take(count) {
            staging
                .file(
                    &OutPath::new(path).unwrap(),
                    Digest::of(text.as_bytes()),
                    Some(text.as_bytes()),
                )
                .unwrap();
        }
    };
    begin(0, 9);
    assert_eq!(
        files(place.folder.path()).into_keys().collect::<Vec<_>>(),
        ["site.toml"]
    );
    place.build(&generation(0, 20));
    for count in 0..15 {
        begin(1, count);
        assert_eq!(place.seen(), generation(0, 20));
    }
    place.build(&generation(2, 20));
}

#[test]
fn clean_leaves_nothing() {
    for system in [System::Common, System::NoExchange, System::Mount] {
        let place = Place::new(system);
        for number in 0..3 {
            place.build(&generation(number, 20));
        }
        assert_eq!(
            place.output().clean(&mut |_| {}).unwrap(),
            generation(2, 20).len()
        );
        assert_eq!(
            files(place.folder.path()).into_keys().collect::<Vec<_>>(),
            ["site.toml"]
        );
        assert!(!place.beside().exists() && place.public().exists() == (system == System::Mount));
        assert_eq!(place.output().clean(&mut |_| {}).unwrap(), 0);
    }
}

#[test]
fn who_waits_is_told_for_whom() {
    let place = Place::new(System::Common);
    place.build(&generation(0, 5));
    let (first, second) = (place.output(), place.output());
    let holder = first.stage(&mut |_| {}).unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let waiter = scope.spawn(move || {
            second
                .stage(&mut |text| tell.send(text.to_owned()).unwrap())
                .map(|_| ())
        });
        let text = told.recv_timeout(Duration::from_secs(60)).unwrap();
        assert!(
            text.contains(&format!("(process {})", std::process::id())),
            "{text}"
        );
        drop(holder);
        waiter.join().unwrap().unwrap();
    });
}

/// Returns a place with two generations, whose folders are old enough for their listings to count.
fn remembered() -> Place {
    let place = Place::new(System::Common);
    place.build(&generation(0, 40));
    place.build(&generation(1, 40));
    std::thread::sleep(Duration::from_millis(2100));
    place.build(&generation(2, 40));
    // A wrong listing is believed only if the folder is not opened.
    let manifest = fs::read_to_string(place.beside().join("manifest")).unwrap();
    let listings = Listings::from_lines(&manifest.replace("=index.html", "=other.html"));
    for tree in [place.public(), place.beside().join("next")] {
        let found = output_tree::names(&tree, &listings).unwrap();
        assert!(
            found
                .files
                .iter()
                .any(|(path, _)| path.as_str() == "guides/0/other.html"),
            "{tree:?}"
        );
    }
    place
}

#[test]
fn folders_that_look_as_they_did_are_not_opened() {
    let place = remembered();
    place.build(&generation(3, 40));
    place.build(&generation(2, 40));
}

/// Whatever comes into a folder or goes from it changes its stamp.
#[test]
fn names_that_come_and_go_are_seen() {
    let place = remembered();
    for tree in [place.public(), place.beside().join("next")] {
        for (number, foreign) in ["guides/0/mine.txt", "guides/mine/note.txt", "mine.txt"]
            .into_iter()
            .enumerate()
        {
            let file = tree.join(foreign);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, "mine").unwrap();
            let refused = publish(&place.output(), &generation(5 + number, 40)).unwrap_err();
            assert!(
                refused.message.contains(foreign),
                "{foreign}: {}",
                refused.message
            );
            assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
            fs::remove_file(&file).unwrap();
        }
        fs::remove_dir(tree.join("guides/mine")).unwrap();
        fs::remove_file(tree.join("guides/5/index.html")).unwrap();
        fs::rename(
            tree.join("guides/0/index.html"),
            tree.join("guides/5/index.html"),
        )
        .unwrap();
        place.build(&generation(2, 40));
        place.build(&generation(4, 40));
    }
}
