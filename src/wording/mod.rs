//! Wording: values of records come in; sentences, titles and figures in one language go out.
//! Nothing here knows which pages there are.

pub mod compare;
pub mod needs;
pub mod pair;
pub mod pay;
pub mod unit;
pub mod words;
pub mod years;

use crate::config::Config;
use crate::data::Id;
use crate::locale::Locale;
use crate::theme::Strings;

/// The strings of one language, and the names that the lists of the site give.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    /// Sentences and terms with named parts.
    pub strings: &'a Strings,
    /// How the language writes numbers, money and dates.
    pub locale: &'a Locale,
    /// Names of skills, areas, sources and steps of scales.
    pub config: &'a Config,
    /// The language as a BCP 47 tag.
    pub language: &'a str,
    /// The area that a figure is about unless it names another one.
    pub home_area: Option<&'a Id>,
}
