//! Stand-in: what the command line decides about a build.

use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct Options {
    pub base_url: Option<String>,
    pub drafts: bool,
    pub future: bool,
    pub build_date: Date,
}
