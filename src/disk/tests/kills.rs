//! A build is killed at every operation that it does: visitors see the old site or the new one, and the next build is right.
//! `KILL_PAGES=600` makes the sites larger.

use super::hook::{Fate, System};
use super::*;

const KILLS: [Fate; 3] = [Fate::KilledBefore, Fate::KilledAfter, Fate::KilledWithin];

fn pages() -> usize {
    std::env::var("KILL_PAGES").ok().and_then(|text| text.parse().ok()).unwrap_or(40)
}

/// Kills the build of a generation at every operation, in every way. Answers how many kills there were.
fn kill_everywhere(system: System, number: usize) -> usize {
    let old = number.checked_sub(1).map(|old| generation(old, pages())).unwrap_or_default();
    let new = generation(number, pages());
    let mut kills = 0;
    for (operation, fate) in (0..).flat_map(|operation| KILLS.map(|fate| (operation, fate))) {
        let place = Place::new(system);
        (0..number).for_each(|number| drop(publish(&place.output(), &generation(number, pages())).unwrap()));
        let output = place.output();
        output.files.hook.plan(operation, fate);
        let ran = publish(&output, &new);
        if !output.files.hook.is_dead() {
            ran.unwrap();
            break;
        }
        kills += 1;
        let at = format!("{system:?}, build {number}, {fate:?} {:?}", output.files.hook.done().last());
        let seen = place.seen();
        // Where trees cannot be replaced as a whole, the next command makes the site whole.
        if system != System::Mount {
            let gap = system == System::NoExchange && !place.public().exists();
            assert!(gap || seen == old || seen == new, "a mixture: {at}: {:?}", differences(&seen, &new));
        }
        follow(&place, operation, &at, &old, &new, number);
    }
    kills
}

/// What may come after a kill: a build of the old site, of the new one, of the next one, or `clean`.
fn follow(place: &Place, operation: usize, at: &str, old: &Texts, new: &Texts, number: usize) {
    let next = generation(number + 1, pages());
    let orders: [&[&Texts]; 4] = [&[new, &next], &[old, new], &[&next, old], &[]];
    let order = orders[operation % 4];
    {
        let output = place.output();
        drop(output.stage(&mut |_| {}).unwrap_or_else(|refusal| panic!("{at}: {refusal}")));
        let seen = place.seen();
        assert!(seen == *old || seen == *new, "a mixture after the next command: {at}: {:?}", differences(&seen, new));
    }
    for site in order.iter().filter(|site| !site.is_empty()) {
        publish(&place.output(), site).unwrap_or_else(|refusal| panic!("{at}: {refusal}"));
        assert!(place.seen() == **site, "the next build is wrong: {at}: {:?}", differences(&place.seen(), site));
        place.is_whole(site);
    }
    if order.is_empty() {
        place.output().clean(&mut |_| {}).unwrap_or_else(|refusal| panic!("{at}: {refusal}"));
        assert_eq!(files(place.folder.path()).into_keys().collect::<Vec<_>>(), ["site.toml"], "{at}");
    }
}

#[test]
fn the_first_builds_may_be_killed_anywhere() {
    let kills: Vec<usize> = (0..3).map(|number| kill_everywhere(System::Common, number)).collect();
    eprintln!("{kills:?} kills of a first, second and third build, {} pages: 0 mixed, 0 torn", pages());
    assert!(kills.iter().all(|kills| *kills > 3 * pages() / 2), "{kills:?}");
}

#[test]
fn a_rebuild_that_exchanges_in_steps_may_be_killed_anywhere() {
    let kills: Vec<usize> = [0, 1, 2].map(|number| kill_everywhere(System::NoExchange, number)).into();
    eprintln!("{kills:?} kills without an exchange, {} pages: 0 mixed, 0 torn", pages());
}

#[test]
fn a_rebuild_of_copies_may_be_killed_anywhere() {
    eprintln!("{} kills without links, {} pages: 0 mixed, 0 torn", kill_everywhere(System::NoLink, 2), pages());
}

#[test]
fn a_build_into_a_mount_point_may_be_killed_anywhere() {
    let kills: Vec<usize> = [0, 1, 2].map(|number| kill_everywhere(System::Mount, number)).into();
    eprintln!("{kills:?} kills with a journal, {} pages: 0 mixed, 0 torn after the next command", pages());
}

/// The recovery is killed as well, at every operation of it.
#[test]
fn a_build_after_a_killed_build_may_be_killed() {
    let pages = 10;
    for (system, step) in [(System::Common, 3), (System::NoExchange, 3), (System::Mount, 5)] {
        let mut kills = 0;
        'first: for first in (0..).step_by(step) {
            for second in 0.. {
                let place = Place::new(system);
                (0..2).for_each(|number| drop(place.build(&generation(number, pages))));
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
                assert!(is_one || system == System::Mount || !place.public().exists(), "{first}, {second}");
                place.build(&generation(3, pages));
                place.build(&generation(4, pages));
            }
        }
        eprintln!("{kills} double kills, {system:?}: 0 mixed");
        assert!(kills > 50);
    }
}
