//! The words of a site and of its themes held against what asks for them: the strings that files of
//! `i18n/` have come in, a warning goes out for each that nothing shows, for plural forms that its
//! language lacks, and for placeholders that a text names in vain or has lost. The built-in words
//! are held by tests.

use std::collections::{BTreeMap, BTreeSet};

use super::explain::Templates;
use super::phrase::Phrase;
use super::strings::{Entry, Strings};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::path::SourcePath;
use crate::suggest;

/// A string as a file has it.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub key: String,
    /// The language of the file.
    pub tag: String,
    pub entry: Entry,
}

/// Beginnings of the keys of strings that only some languages have.
const OPEN: [&str; 2] = ["country_", "date_"];

/// Checks all strings of a chain.
pub(super) fn check(words: &[Word], templates: &Templates, diagnostics: &mut Diagnostics) {
    let english: BTreeMap<&str, &Entry> = words
        .iter()
        .filter(|word| word.tag == "en" && is_built_in(&word.entry.path))
        .map(|word| (word.key.as_str(), &word.entry))
        .collect();
    let asked = Asked::of(templates);
    for word in words.iter().filter(|word| !is_built_in(&word.entry.path)) {
        match english.get(word.key.as_str()) {
            Some(original) => diagnostics.extend(placeholders(word, original)),
            None if asked.has(&word.key) => {}
            None => diagnostics.push(unknown(
                word,
                english
                    .keys()
                    .copied()
                    .chain(asked.keys.iter().map(String::as_str)),
            )),
        }
        diagnostics.extend(forms(word));
    }
}

fn is_built_in(path: &SourcePath) -> bool {
    path.inside(super::builtin::FOLDER).is_some()
}

/// The strings that templates and the program ask for.
struct Asked {
    keys: BTreeSet<String>,
    /// Beginnings of keys whose end is computed: `t["stage_" ~ stage]`.
    starts: Vec<String>,
}

impl Asked {
    fn of(templates: &Templates) -> Self {
        let reads = templates
            .values()
            .flat_map(|template| &template.facts.scopes)
            .flat_map(|scope| &scope.reads);
        let keys = reads
            .filter(|read| read.root.text == "t")
            .filter_map(|read| Some(read.keys.first()?.text.clone()));
        let starts = templates
            .values()
            .flat_map(|template| computed(&template.source.text))
            .chain(OPEN.map(str::to_owned));
        Self {
            keys: keys
                .chain(Strings::REQUIRED.iter().map(|key| (*key).to_owned()))
                .collect(),
            starts: starts.collect(),
        }
    }

    fn has(&self, key: &str) -> bool {
        self.keys.contains(key)
            || self
                .starts
                .iter()
                .any(|start| key.starts_with(start.as_str()))
    }
}

/// What stands first in the brackets of `t[…]`; empty where that is no text, for then any key may
/// be asked for.
fn computed(template: &str) -> impl Iterator<Item = String> {
    template
        .match_indices("t[")
        .filter(|(at, _)| {
            !template[..*at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.'))
        })
        .map(|(at, found)| {
            let inner = template[at + found.len()..].trim_start();
            let quote = inner.chars().next().filter(|c| matches!(c, '"' | '\''));
            quote
                .and_then(|quote| inner[1..].split(quote).next())
                .unwrap_or_default()
                .to_owned()
        })
}

fn unknown<'k>(Word { key, entry, .. }: &Word, known: impl Iterator<Item = &'k str>) -> Diagnostic {
    let help = match suggest::nearest(key, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("remove it, or show it in a template: {{{{ t.{key} }}}}"),
    };
    Diagnostic::warning(
        Code::UnknownKey,
        format!("nothing shows the string `{key}`"),
    )
    .at(&entry.path, entry.key.clone())
    .help(help)
}

/// Names in braces that nothing fills, and those of the original that a translation has lost.
fn placeholders(Word { key, tag, entry }: &Word, original: &Entry) -> Option<Diagnostic> {
    let (own, known) = (entry.phrase.placeholders(), original.phrase.placeholders());
    let fault = |message: String| {
        Diagnostic::warning(Code::BadValue, message).at(&entry.path, entry.span.clone())
    };
    let related = |fault: Diagnostic| {
        fault.related("the English text", &original.path, original.span.clone())
    };
    // Those of other languages are said with the strings of the language.
    if let Some(stranger) = own
        .iter()
        .find(|name| tag == "en" && !known.contains(*name) && **name != "n")
    {
        let help = suggest::help(stranger, known.iter().copied())
            .unwrap_or_else(|| "the built-in text has no placeholders".to_owned());
        return Some(related(
            fault(format!(
                "nothing fills the placeholder `{{{stranger}}}` of `{key}`"
            ))
            .help(help),
        ));
    }
    let is_counted = matches!(original.phrase, Phrase::Plural(_));
    let lost: Vec<String> = known
        .iter()
        .filter(|name| !(own.contains(*name) || is_counted && **name == "n"))
        .map(|name| format!("`{{{name}}}`"))
        .collect();
    let is_translation = tag != "en" && !tag.starts_with("en-");
    let knows_all = own.iter().all(|name| known.contains(name) || *name == "n");
    (is_translation && knows_all && !lost.is_empty()).then(|| {
        let message = format!("the translation of `{key}` has lost {}", lost.join(", "));
        related(fault(message).help("put it where the language has it"))
    })
}

/// Plural forms that the language of a file does not have.
fn forms(Word { key, tag, entry }: &Word) -> Option<Diagnostic> {
    let Phrase::Plural(forms) = &entry.phrase else {
        return None;
    };
    let had = Locale::new(tag).plural_categories();
    let stranger = forms.keys().find(|form| !had.contains(form))?;
    let listed = had
        .iter()
        .map(|form| format!("`{}`", form.as_str()))
        .collect::<Vec<_>>()
        .join(", ");
    let message = format!(
        "the language `{tag}` has no plural form `{}`: this text of `{key}` is never shown",
        stranger.as_str()
    );
    Some(
        Diagnostic::warning(Code::BadValue, message)
            .at(&entry.path, entry.span.clone())
            .help(format!("remove it; the forms are {listed}")),
    )
}
