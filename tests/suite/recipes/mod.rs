//! The recipes of `rungs new --host`: every shell step of each is taken out of its file and run in
//! a new site, as the host would run it. Only what sends the site away is a stand-in.

mod bucket;
mod build;
mod container;
mod netlify;
mod pages;
mod site;
mod steps;
