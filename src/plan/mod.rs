//! The plan: the site comes in, its pages go out, each with an address, a template and a View.

pub mod view;
