//! The test suite: one binary, a harness, then a module for each feature and promise.
//!
//! Tests are sites, not calls: a small site goes in, pages and diagnostics come out.
//!
//! ```text
//! let built = Site::from("
//! === content/about.md
//! # About
//! ").build();
//! assert!(built.page("about/index.html").contains("About"));
//! ```
//!
//! What a block does not hold comes from `harness::BASE`. Every `build` is done twice, with one
//! thread and with eight, and must give the same bytes and diagnostics. `site.on_disk()` gives a
//! folder in which the program itself can run.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests write sites and run the program"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

/// As in the program: thousands of sites are built here.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod harness;

mod against;
mod amounts;
mod articles;
mod bench;
mod budgets;
mod cache;
mod changes;
mod charts;
mod commands;
mod commonmark;
mod compare;
mod damage;
mod dates;
mod docs;
mod eject;
mod escaping;
mod extremes;
mod facts;
mod faults;
mod feeds;
mod files;
mod formats;
mod frameworks;
mod help;
mod holes;
mod homes;
mod hosts;
mod imports;
mod incremental;
mod interviews;
mod jsonld;
mod kills;
mod layers;
mod machines;
mod markdown;
mod minify;
mod mistakes;
mod pages;
mod pairs;
mod palettes;
mod parts;
mod pay;
mod pictures;
mod plain;
mod promises;
mod publishing;
mod reading;
#[cfg(unix)]
mod recipes;
mod record_text;
mod records;
mod roles;
mod rooms;
mod says;
mod search;
mod serve;
mod shortcodes;
mod starter;
mod systems;
mod themes;
mod toml_test;
mod unpublished;
mod urls;
mod weight;
mod words;
