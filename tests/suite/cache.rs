//! Promise 15: a damaged cache costs time only. `DAMAGES=10000 cargo test --release --test suite
//! cache` damages it as often.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rungs::digest::Digest;
use rungs::disk::Cache;
use rungs::memo::{Memo, Table};
use tempfile::TempDir;

use crate::harness::{Built, Site, files_in};
use crate::incremental::{Dice, SITE};

fn folder() -> TempDir {
    tempfile::Builder::new()
        .prefix("rungs-test-")
        .tempdir()
        .unwrap()
}

/// Builds with the cache in a folder, and keeps what was added.
fn build(site: &Site, folder: &Path) -> Built {
    let cache = Cache::open(folder);
    let built = site.build_with(&cache);
    if !built.failed {
        cache.save().unwrap();
    }
    built
}

fn put(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).unwrap();
    for (path, bytes) in files {
        fs::write(folder.join(path), bytes).unwrap();
    }
}

/// Does something to a file that a disk, a tool or a person might.
fn damage(files: &mut BTreeMap<String, Vec<u8>>, dice: &mut Dice) -> String {
    let names: Vec<String> = files.keys().cloned().collect();
    let name = &names[dice.below(names.len())];
    let other = files[&names[dice.below(names.len())]].clone();
    let bytes = files.get_mut(name).unwrap();
    let at = dice.below(bytes.len().max(1));
    let kind = dice.below(8);
    match kind {
        0..=2 => bytes
            .iter_mut()
            .skip(at)
            .take(1)
            .for_each(|byte| *byte ^= 1 << dice.below(8)),
        3 => bytes.truncate(at),
        4 => bytes
            .iter_mut()
            .skip(at)
            .take(64)
            .for_each(|byte| *byte = 0),
        5 => bytes.extend(other),
        6 => *bytes = other,
        _ => drop(files.remove(name)),
    }
    format!("{kind} at {at} of {name}")
}

#[test]
fn a_damaged_cache_gives_the_same_site() {
    let damages = std::env::var("DAMAGES").map_or(40, |number| number.parse::<u64>().unwrap());
    let (mut site, cache) = (Site::from(SITE), folder());
    build(&site, cache.path());
    // What a build of the next state, too, finds in the cache is damaged.
    let filled = files_in(cache.path());
    site.edit("content/articles/c.md", "+++\ntitle = \"Third\"\ndate = 2026-03-01\ndescription = \"A third.\"\n+++\nAnother third text.\n");
    let clean = site.build_once();
    for seed in 0..damages {
        let (mut dice, mut files) = (Dice(seed), filled.clone());
        let done: Vec<String> = (0..=dice.below(3))
            .map(|_| damage(&mut files, &mut dice))
            .collect();
        put(cache.path(), &files);
        for round in 0..2 {
            let built = build(&site, cache.path());
            assert!(
                built == clean,
                "round {round} of seed {seed} differs: {done:?}"
            );
        }
    }
}

#[test]
fn what_was_remembered_is_there_the_next_time_and_is_not_written_again() {
    let (site, cache) = (Site::from(SITE), folder());
    build(&site, cache.path());
    let files = files_in(cache.path());
    assert_eq!(build(&site, cache.path()), site.build_once());
    assert_eq!(files_in(cache.path()), files);
}

#[test]
fn a_failed_build_leaves_the_cache_as_it_was() {
    let (mut site, cache) = (Site::from(SITE), folder());
    let inner = cache.path().join("a/b");
    site.edit("content/broken.md", "[nowhere](nothing.md)");
    assert!(build(&site, &inner).failed);
    assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 0);
    build(site.delete("content/broken.md"), &inner);
    let files = files_in(&inner);
    assert!(
        build(
            site.edit("content/new.md", "New, and [nowhere](nothing.md)"),
            &inner
        )
        .failed
    );
    assert_eq!(files_in(&inner), files);
}

#[test]
fn one_at_a_time_adds() {
    let folder = folder();
    let key = |number: u8| Digest::of(&[number]);
    let (first, second) = (Cache::open(folder.path()), Cache::open(folder.path()));
    first.put(Table::Pages, key(1), b"one");
    second.put(Table::Pages, key(2), b"two");
    assert_eq!(
        (
            first.get(Table::Pages, key(1)),
            second.get(Table::Pages, key(2))
        ),
        (Some(b"one".to_vec()), None)
    );
    // Who opened the cache before the other one saved must not write over it.
    let late = Cache::open(folder.path());
    first.save().unwrap();
    late.put(Table::Pages, key(3), b"three");
    drop(second);
    late.save().unwrap();
    let after = Cache::open(folder.path());
    assert_eq!(
        (
            after.get(Table::Pages, key(1)),
            after.get(Table::Pages, key(3))
        ),
        (Some(b"one".to_vec()), None)
    );
}

#[test]
fn what_nobody_asks_for_goes_when_it_is_more_than_half() {
    let folder = folder();
    let key = |number: u32| Digest::of(&number.to_le_bytes());
    let size = || {
        files_in(folder.path())
            .values()
            .map(Vec::len)
            .sum::<usize>()
    };
    let fill = |numbers: std::ops::Range<u32>| {
        let cache = Cache::open(folder.path());
        for number in numbers {
            if cache.get(Table::Pages, key(number)).is_none() {
                cache.put(Table::Pages, key(number), &[0; 10_000]);
            }
        }
        cache.save().unwrap();
    };
    fill(0..200);
    let full = size();
    fill(180..210);
    assert!(size() < full / 4, "{} of {full}", size());
    let cache = Cache::open(folder.path());
    assert!(
        (180..210).all(|number| cache.get(Table::Pages, key(number)).is_some())
            && cache.get(Table::Pages, key(0)).is_none()
    );
}
