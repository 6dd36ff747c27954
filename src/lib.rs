//! Rungs: Markdown articles and role records in, a complete career-guide site out.

pub mod diag;
pub mod digest;
pub mod kind;
pub mod path;
pub mod source;
pub mod suggest;

pub mod inputs;

pub mod data;

pub mod config;
pub mod content;
pub mod role;

pub mod site;

pub mod plan;

pub mod build;
pub mod cli;
pub mod disk;
