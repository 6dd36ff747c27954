//! What only a browser can show: pages in a headless Chromium, and the preview that changes them as
//! they are open.
//!
//! A target of its own, because it needs a browser, and because its waits would be at the mercy of
//! a suite that takes all cores. Without a browser every test here fails and says how to get one;
//! `RUNGS_BROWSER` names one that is not on the path. Chromium is spoken to through two pipes,
//! which Windows does not give in this way; what is tested is the same there.
//!
//! A test gets a page of its own, with a profile of its own, in a browser that all share. An error
//! in the console of the page fails the test, unless the test asked for it.

#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests write sites and run programs"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../suite/harness/folder.rs"]
#[allow(dead_code, reason = "the suite uses the rest")]
mod folder;

mod chromium;
mod fake;
mod page;
mod serve;

mod assets;
mod extremes;
mod marks;
mod merge;
mod origin;
mod preview;
mod report;
mod search;
mod stream;
mod theme;
mod tools;
