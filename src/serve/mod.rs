//! The live preview.

pub mod client;
