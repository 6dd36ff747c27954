//! A build is killed at every operation that it does: visitors see the old site or the new one, and
//! the next build is right. `KILL_PAGES=600` makes the sites that large.

use super::hook::{Fate, System};
use super::*;

const KILLS: [Fate; 3] = [Fate::KilledBefore, Fate::KilledAfter, Fate::KilledWithin];

/// How many pages the sites have, unless `KILL_PAGES` says otherwise.
fn pages(few: usize) -> usize {
    std::env::var("KILL_PAGES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(few)
}

/// Kills the build of a generation at every operation, in every way. Returns how many kills there
/// were.
fn kill_everywhere(system: System, number: usize, pages: usize) -> usize {
    let old = number
        .checked_sub(1)
        .map(|old| generation(old, pages))
        .unwrap_or_default();
    let new = generation(number, pages);
    let next = generation(number + 1, pages);
    let before = Place::new(system);
    for number in 0..number {
        publish(&before.output(), &generation(number, pages)).unwrap();
    }
    let mut kills = 0;
    for (operation, fate) in (0..).flat_map(|operation| KILLS.map(|fate| (operation, fate))) {
        let place = before.twin();
        let output = place.output();
        output.files.hook.plan(operation, fate);
        let ran = publish(&output, &new);
        if !output.files.hook.is_dead() {
            ran.unwrap();
            break;
        }
        let done = output.files.hook.done();
        if fate == Fate::KilledWithin && !done[operation].starts_with("cannot write") {
            continue;
        }
        kills += 1;
        let at = format!("{system:?}, build {number}, {fate:?} {:?}", done.last());
        let seen = place.seen();
        // Where trees cannot be replaced as a whole, the next command completes the site.
        if system != System::Mount {
            let gap = system == System::NoExchange && !place.public().exists();
            assert!(
                gap || seen == old || seen == new,
                "a mixture: {at}: {:?}",
                differences(&seen, &new)
            );
        }
        let orders: [&[&Texts]; 4] = [&[&new, &next], &[&old, &new], &[&next, &old], &[]];
        is_one(&place, &at, &[&old, &new]);
        follow(&place, &at, orders[operation % 4]);
    }
    // The site that all builds started from shares its files with them: none was written in place.
    assert!(before.seen() == old);
    kills
}

/// Checks that the next command, whatever it is, finds or makes one whole site.
fn is_one(place: &Place, at: &str, sites: &[&Texts]) {
    drop(
        place
            .output()
            .stage(&mut |_| {})
            .unwrap_or_else(|refusal| panic!("{at}: {refusal}")),
    );
    let seen = place.seen();
    assert!(
        sites.contains(&&seen),
        "a mixture after the next command: {at}: {:?}",
        differences(&seen, sites[1])
    );
}

/// What may come after a kill: a build of the old site, of the new one, of the next one, or
/// `clean`.
fn follow(place: &Place, at: &str, order: &[&Texts]) {
    for site in order.iter().filter(|site| !site.is_empty()) {
        let published =
            publish(&place.output(), site).unwrap_or_else(|refusal| panic!("{at}: {refusal}"));
        assert!(
            place.seen() == **site,
            "the next build is wrong: {at}: {:?}",
            differences(&place.seen(), site)
        );
        place.is_whole(site, &published);
    }
    if order.is_empty() {
        place
            .output()
            .clean(&mut |_| {})
            .unwrap_or_else(|refusal| panic!("{at}: {refusal}"));
        assert_eq!(
            files(place.folder.path()).into_keys().collect::<Vec<_>>(),
            ["site.toml"],
            "{at}"
        );
    }
}

#[test]
fn a_rebuild_may_be_killed_anywhere() {
    let pages = pages(40);
    let kills = kill_everywhere(System::Common, 2, pages);
    eprintln!("{kills} kills of a rebuild of {pages} pages: 0 mixed, 0 torn");
    assert!(kills > 3 * pages);
}

#[test]
fn the_first_builds_may_be_killed_anywhere() {
    let pages = pages(10);
    let kills = [0, 1].map(|number| kill_everywhere(System::Common, number, pages));
    eprintln!("{kills:?} kills of a first and a second build of {pages} pages: 0 mixed, 0 torn");
}

#[test]
fn a_build_that_exchanges_in_steps_may_be_killed_anywhere() {
    let pages = pages(10);
    let kills = [0, 1, 2].map(|number| kill_everywhere(System::NoExchange, number, pages));
    eprintln!("{kills:?} kills without an exchange, {pages} pages: 0 mixed, 0 torn");
}

#[test]
fn a_build_of_copies_may_be_killed_anywhere() {
    let pages = pages(10);
    let kills = kill_everywhere(System::NoLink, 2, pages);
    eprintln!("{kills} kills without links, {pages} pages: 0 mixed, 0 torn");
}

#[test]
fn a_build_into_a_mount_point_may_be_killed_anywhere() {
    let pages = pages(10);
    let kills = [0, 1, 2].map(|number| kill_everywhere(System::Mount, number, pages));
    eprintln!(
        "{kills:?} kills with a journal, {pages} pages: 0 mixed, 0 torn after the next command"
    );
}

/// Kills the recovery as well, at every operation of it.
#[test]
fn a_build_after_a_killed_build_may_be_killed() {
    let pages = 5;
    for (system, step) in [
        (System::Common, 5),
        (System::NoExchange, 7),
        (System::Mount, 29),
    ] {
        let mut kills = 0;
        'first: for first in (0..).step_by(step) {
            for second in 0.. {
                let place = Place::new(system);
                for number in 0..2 {
                    place.build(&generation(number, pages));
                }
                let (once, twice) = (place.output(), place.output());
                once.files.hook.plan(first, Fate::KilledAfter);
                if publish(&once, &generation(2, pages)).is_ok() {
                    break 'first;
                }
                twice.files.hook.plan(second, Fate::KilledAfter);
                if publish(&twice, &generation(3, pages)).is_ok() {
                    break;
                }
                kills += 1;
                let seen = place.seen();
                let is_one = (1..4).any(|number| seen == generation(number, pages));
                assert!(
                    is_one || system == System::Mount || !place.public().exists(),
                    "{first}, {second}"
                );
                place.build(&generation(3, pages));
                place.build(&generation(4, pages));
            }
        }
        eprintln!("{kills} double kills, {system:?}: 0 mixed");
        assert!(kills > 50);
    }
}
