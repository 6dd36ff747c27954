//! Every operation of a build fails in turn: the message names a path, the old site is whole, and
//! the next build is right.

use rustix::io::Errno;

use super::hook::{Fate, System};
use super::*;

const PAGES: usize = 10;

fn errors() -> [(&'static str, i32); 4] {
    [
        ("No space left", Errno::NOSPC),
        ("Input/output", Errno::IO),
        ("Permission denied", Errno::ACCESS),
        ("Too many open files", Errno::MFILE),
    ]
    .map(|(words, errno)| (words, errno.raw_os_error()))
}

/// Fails every operation of the build of a generation. Returns how many there were.
fn fail_everywhere(system: System, number: usize, fate: fn(i32) -> Fate) -> usize {
    let old = number
        .checked_sub(1)
        .map(|old| generation(old, PAGES))
        .unwrap_or_default();
    let new = generation(number, PAGES);
    let mut diagnostics = 0;
    for (words, errno) in errors() {
        for operation in 0.. {
            let place = Place::new(system);
            for number in 0..number {
                publish(&place.output(), &generation(number, PAGES)).unwrap();
            }
            let output = place.output();
            output.files.hook.plan(operation, fate(errno));
            let ran = publish(&output, &new);
            let done = output.files.hook.done();
            if done.len() <= operation {
                ran.unwrap();
                break;
            }
            diagnostics += 1;
            let at = format!(
                "{system:?}, build {number}, {words} at {operation}: {}",
                done[operation]
            );
            match &ran {
                Ok(_) => assert!(place.seen() == new, "{at}"),
                Err(refusal) => {
                    assert_eq!(refusal.reason, crate::disk::Reason::Machine, "{at}");
                    let path = place.folder.path().to_string_lossy().into_owned();
                    assert!(
                        refusal.message.contains(&path) && refusal.message.contains(words),
                        "{at}: {refusal}"
                    );
                    is_old(&place, &old, &new, refusal, &at);
                }
            }
            place.build(&new);
            place.build(&generation(number + 1, PAGES));
        }
    }
    diagnostics
}

/// Checks that the old site is there, unless the message says that it is half replaced. A first
/// build leaves nothing.
fn is_old(place: &Place, old: &Texts, new: &Texts, refusal: &Refusal, at: &str) {
    let seen = place.seen();
    if place.system == System::Mount && (refusal.message.contains("half replaced") || seen == *new)
    {
        return;
    }
    if place.system == System::NoExchange && !place.public().exists() {
        return;
    }
    assert!(seen == *old, "{at}: {:?}", differences(&seen, old));
    if !old.is_empty() {
        assert!(
            refusal.message.ends_with("as it was") || refusal.message.contains("lock"),
            "{at}: {refusal}"
        );
    }
}

#[test]
fn every_operation_may_fail_once() {
    let mut diagnostics = 0;
    for number in 0..3 {
        diagnostics += fail_everywhere(System::Common, number, Fate::Fails);
    }
    for system in [System::NoExchange, System::NoLink, System::Mount] {
        diagnostics += fail_everywhere(system, 2, Fate::Fails);
    }
    eprintln!(
        "{diagnostics} operations that failed: each with a path, the old site whole, the next build right"
    );
}

#[test]
fn every_operation_may_fail_from_one_on() {
    for system in [System::Common, System::NoExchange, System::Mount] {
        assert!(fail_everywhere(system, 2, Fate::FailsFromHere) > PAGES);
    }
}

#[test]
fn a_first_build_that_fails_leaves_nothing() {
    for operation in 0.. {
        let place = Place::new(System::Common);
        let output = place.output();
        output
            .files
            .hook
            .plan(operation, Fate::Fails(Errno::IO.raw_os_error()));
        if publish(&output, &generation(0, PAGES)).is_ok() {
            assert!(operation > PAGES);
            break;
        }
        assert_eq!(
            fs::read_dir(place.folder.path()).unwrap().count(),
            1,
            "after operation {operation}: {:?}",
            output.files.hook.done().last()
        );
    }
}
