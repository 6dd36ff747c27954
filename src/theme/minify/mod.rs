//! What is the same on every page is made small once: the templates of a theme come in as they were written; as Tera is to
//! read them, they go out, with a way back to the written places. So does the text of a stylesheet or a script.
//!
//! A page costs nothing by this. What authors write is never touched, and what a template puts where white space is shown (a
//! `<pre>`, a `<textarea>`, an attribute, a script) stays as it is, in whatever file it stands.

mod css;
mod elements;
mod markup;
mod runs;
mod script;
mod walk;
mod write;

use std::collections::{BTreeMap, BTreeSet};

pub use elements::block_in;
use walk::{Walked, walk};
pub use write::Minified;

/// Whether a site wants this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Minifies {
    Yes,
    No,
}

/// The comment that keeps a template as it is.
const OFF: &str = "minify: off";

/// Something whose text is put somewhere else than where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    File(String),
    Block(String),
    Component(String),
    /// What stands between the tags of the calls of a component.
    Body(String),
}

/// What all templates together say of each.
#[derive(Default)]
struct Known {
    /// What is used where white space may be shown.
    shown: BTreeSet<Unit>,
    /// What does not end where it started.
    broken: BTreeSet<Unit>,
}

/// Makes templates small, by their names. Those that do not end in `.html` stay as they are.
pub fn templates<'a>(written: &BTreeMap<&'a str, &str>) -> BTreeMap<&'a str, Minified> {
    let known = settle(written);
    let minified = |(name, text): (&&'a str, &&str)| {
        let Walked { items, shown: _, units: _, is_broken } = walk(name, text, is_html(name), &known);
        let stays = is_broken || is_off(text) || !is_html(name);
        (*name, if stays { Minified::unchanged(text) } else { write::write(text, &items) })
    };
    written.iter().map(minified).collect()
}

/// The text of a stylesheet or a script without what means nothing; none for other files and for those that must stay.
pub fn asset(path: &str, text: &str) -> Option<String> {
    let path = path.to_ascii_lowercase();
    let (stem, extension) = path.rsplit_once('.')?;
    match extension {
        _ if stem.ends_with(".min") => None,
        "css" => css::minify(text),
        "js" | "mjs" => script::minify(text),
        _ => None,
    }
}

/// Goes through all templates until nothing new is learned: what a component uses is shown where the component is.
fn settle(written: &BTreeMap<&str, &str>) -> Known {
    let mut known = Known::default();
    loop {
        let walked: Vec<Walked> = written.iter().map(|(name, text)| walk(name, text, is_html(name), &known)).collect();
        let before = known.shown.len();
        known.shown.extend(walked.iter().flat_map(|walked| walked.shown.iter().cloned()));
        if known.shown.len() > before {
            continue;
        }
        // Only now: a file that is part of a script is not to be read as if it were a page.
        let broken: Vec<&Unit> = walked.iter().filter(|walked| walked.is_broken).flat_map(|walked| &walked.units).collect();
        let before = known.broken.len();
        known.broken.extend(broken.iter().map(|unit| (*unit).clone()));
        known.shown.extend(broken.into_iter().cloned());
        if known.broken.len() == before {
            return known;
        }
    }
}

fn is_html(name: &str) -> bool {
    name.ends_with(".html")
}

fn is_off(text: &str) -> bool {
    text.contains(OFF) && super::tokens::tokenize(text).comments.iter().any(|comment| comment.trim_matches(['-', ' ', '\t', '\n', '\r']) == OFF)
}

#[cfg(test)]
mod tests;
