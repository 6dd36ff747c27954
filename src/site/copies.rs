//! Copies of files: articles come in; warnings go out for those that programs made as copies of
//! others, by their names or because every byte is the same.

use super::files::Files;
use crate::content::ArticleFile;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ordered;
use crate::path::SourcePath;

/// Warns of articles that look like copies of others.
pub(super) fn check(files: &Files, diagnostics: &mut Diagnostics) {
    let mut by_digest = ordered::Map::default();
    for ArticleFile { path, digest } in &files.articles {
        let twin = by_digest.insert(*digest, path);
        if let Some(message) = copy_of(path, twin, files) {
            diagnostics.push(
                Diagnostic::warning(Code::Twin, message)
                    .at_file(path)
                    .help("delete it, or give it a name and a title of its own"),
            );
        }
    }
}

/// Says what an article looks like a copy of. `twin` is an earlier one with the same bytes.
fn copy_of(path: &SourcePath, twin: Option<&SourcePath>, files: &Files) -> Option<String> {
    if let Some(name) = original(path.name()) {
        let name = format!("{}/{name}", path.folder());
        // Articles are in the order of their paths.
        let is_there = files
            .articles
            .binary_search_by(|file| file.path.as_str().cmp(&name))
            .is_ok();
        if is_there {
            return Some(format!(
                "this looks like a copy of {name}, and is a page of its own"
            ));
        }
        let lower = path.name().to_lowercase();
        if lower.contains("copy") || lower.contains("kopie") {
            return Some(
                "by its name this is a copy of another file, and it is a page of its own"
                    .to_owned(),
            );
        }
    }
    let twin = twin.filter(|twin| twin.folder() == path.folder())?;
    if path.name() == "_index.md" {
        return None;
    }
    Some(format!("this is the same as {twin}, to the last byte"))
}

/// Returns true if a file is called like a copy of another.
pub fn is_copy(path: &SourcePath) -> bool {
    original(path.name()).is_some()
}

/// Returns the name that a program made a copy's name of: `a.md` for `a - Copy.md`, `a (1).md`,
/// `Copy of a.md`.
pub(super) fn original(name: &str) -> Option<String> {
    if !name.contains([' ', '(']) && !name.contains(".sync-conflict-") {
        return None;
    }
    let (stem, ending) = name.rsplit_once('.')?;
    let numbered = without_number(stem);
    let original = without_word(numbered.unwrap_or(stem)).or(numbered)?;
    if original.is_empty() {
        return None;
    }
    Some(format!("{original}.{ending}"))
}

/// Takes `(1)` from the end of a name.
fn without_number(stem: &str) -> Option<&str> {
    let (rest, number) = stem.strip_suffix(')')?.rsplit_once('(')?;
    is_small_number(number).then(|| rest.trim_end())
}

/// Takes away the word by which a program marks a copy: ` - Copy`, `Copy of `, `.sync-conflict-…`.
fn without_word(stem: &str) -> Option<&str> {
    let lower = stem.to_lowercase();
    for mark in [" (conflicted copy", ".sync-conflict-"] {
        if let Some(at) = lower.find(mark) {
            return stem.get(..at);
        }
    }
    let counted = match lower.rsplit_once(' ') {
        Some((rest, number)) if is_small_number(number) => rest,
        _ => &lower,
    };
    for end in [
        " - copy", " - kopie", " copy", " kopie", "(copy)", "(kopie)",
    ] {
        if let Some(rest) = counted.trim_end().strip_suffix(end) {
            return stem.get(..rest.trim_end().len());
        }
    }
    for start in ["copy of ", "kopie von "] {
        if lower.starts_with(start) {
            return stem.get(start.len()..);
        }
    }
    None
}

fn is_small_number(text: &str) -> bool {
    text.len() <= 3 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_what_programs_call_them() {
        let names = [
            "a - Copy.md",
            "a (1).md",
            "a - Copy (2).md",
            "a copy.md",
            "a copy 2.md",
            "Copy of a.md",
            "a - Kopie.md",
            "a (copy).md",
            "a.sync-conflict-20261128.md",
        ];
        for name in names {
            assert_eq!(original(name).as_deref(), Some("a.md"), "{name}");
        }
        for name in [
            "copy.md",
            "photocopy.md",
            "a-copy-editor.md",
            "part (one).md",
            "level 2.md",
            "(1).md",
        ] {
            assert_eq!(original(name), None, "{name}");
        }
    }
}
