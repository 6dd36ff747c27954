//! Rungs: Markdown articles and role records come in, a complete career-guide site goes out.
//!
//! The modules stand in the order of the data flow; an import never points back up it.
//!
//! ```text
//! inputs ─ config, content, role, theme ─ site ─ plan ─ render ─ check ─┐
//!                                                        build ◄───────┘
//! ```
//!
//! The core (everything but `disk` and `cli`) touches no disk, no clock, no environment and no terminal:
//! the same inputs and options give the same bytes.

pub mod calendar;
pub mod diag;
pub mod digest;
pub mod escape;
pub mod kind;
pub mod ordered;
pub mod path;
pub mod pieces;
pub mod source;
pub mod suggest;

pub mod raster;

pub mod inputs;
pub mod kept;
pub mod memo;
pub mod watch;

pub mod data;
pub mod locale;

pub mod config;
pub mod content;
pub mod role;
pub mod theme;

pub mod site;

pub mod plan;

pub mod render;

pub mod search;

pub mod check;

pub mod build;

/// The command line, and the only code that touches files.
pub mod disk;

/// The live preview.
pub mod serve;

pub mod cli;
