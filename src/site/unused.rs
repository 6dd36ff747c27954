//! Files of `content/` that nothing refers to: paths come in; a warning goes out for each that seems
//! to be meant as something, with its right name or place, and one for all others.

use super::slips;
use super::strays::{FRAMEWORK, ROLE};
use super::{framework_of, role_of};
use crate::config::{LISTS, is_import};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;

/// How many files are named in the warning about all others.
const NAMED: usize = 5;

/// Warns of files that nothing refers to.
pub(super) fn warn<'p>(
    unused: impl Iterator<Item = &'p SourcePath>,
    diagnostics: &mut Diagnostics,
) {
    let mut others = vec![];
    for path in unused {
        match meant(path) {
            Some(warning) => diagnostics.push(warning.at_file(path)),
            None => others.push(path),
        }
    }
    let Some(first) = others.first() else { return };
    let named = others.iter().take(NAMED);
    let named: Vec<String> = named.map(|path| format!("`{path}`")).collect();
    let list = match others.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    };
    let message = match others.len() {
        1 => format!("{list} is not published, for nothing refers to it"),
        count => format!(
            "{count} files in content/ are not published, for nothing refers to them: {list}"
        ),
    };
    diagnostics.push(
        Diagnostic::warning(Code::UnusedFile, message).at_file(first)
            .help("link to what belongs to a page, move what should be published all the same to static/, and keep the rest out of content/"),
    );
}

/// Says what a file was meant to be, and is not for its name or its place.
fn meant(path: &SourcePath) -> Option<Diagnostic> {
    unread_markdown(path)
        .or_else(|| unread_layer(path))
        .or_else(|| misnamed(path))
        .or_else(|| misplaced(path))
}

/// Says that a file with an ending of Markdown is not read.
fn unread_markdown(path: &SourcePath) -> Option<Diagnostic> {
    let name = path.name();
    let bare = name.strip_suffix(".txt").unwrap_or(name);
    let (stem, ending) = bare.rsplit_once('.')?;
    if !matches!(
        ending.to_ascii_lowercase().as_str(),
        "md" | "markdown" | "mdown" | "mdwn" | "mdx" | "mkd" | "mkdn" | "qmd" | "rmd"
    ) {
        return None;
    }
    let message = format!("`{name}` is not read: articles are files whose names end in `.md`");
    Some(warning(message).help(format!("rename it to `{stem}.md`, or delete it")))
}

/// Says that a file is called like one of an import, whose name no import can have.
fn unread_layer(path: &SourcePath) -> Option<Diagnostic> {
    let (stem, import) = path.name().split_once('.')?;
    let (import, extension) = import.rsplit_once('.')?;
    let is_beside = match (stem, extension) {
        ("imported", "toml") => true,
        ("positions", "toml") => role_of(path).is_some() || path.folder() == "content",
        ("salary", "csv") => role_of(path).is_some(),
        (_, "toml") => {
            path.folder() == "content" && LISTS.contains(&format!("{stem}.toml").as_str())
        }
        _ => false,
    };
    if !is_beside || is_import(import) {
        return None;
    }
    let message = format!(
        "this file is not read: no import is called `{}`",
        import.escape_debug()
    );
    Some(warning(message).help(
        "names of imports have 4 to 32 lower-case letters and digits: rename the file, or delete it",
    ))
}

/// Says that a file stands where a record or a list is read, with a name like it.
fn misnamed(path: &SourcePath) -> Option<Diagnostic> {
    let name = path.name();
    let (folder, names) = if let Some(id) = role_of(path) {
        let names = &["role.toml", "positions.toml", "salary.csv"][..];
        (format!("content/roles/{id}"), names)
    } else if let Some(id) = framework_of(path) {
        let names = &["framework.toml"][..];
        (format!("content/frameworks/{id}"), names)
    } else {
        ("content".to_owned(), LISTS)
    };
    if path.folder() != folder {
        return None;
    }
    let meant = slips::meant(name, names)?;
    Some(
        warning(format!("`{name}` is not read: did you mean {meant}?"))
            .help(format!("rename it to {meant}, or delete it")),
    )
}

/// Says that a record or a list stands where none is read.
fn misplaced(path: &SourcePath) -> Option<Diagnostic> {
    let name = path.name();
    if LISTS.contains(&name) {
        let message = format!("{name} is not read here: lists stand directly in content/");
        return Some(warning(message).help(format!("move it to content/{name}")));
    }
    if matches!(name, "positions.toml" | "salary.csv") {
        let message =
            format!("{name} is not read here: it stands beside the role.toml of its role");
        let of_none = if name == "positions.toml" {
            ", or, with jobs of no role, to content/"
        } else {
            ""
        };
        let help = format!(
            "move it to content/roles/<id>/{name}{of_none}; data for download goes into static/"
        );
        return Some(warning(message).help(help));
    }
    if path.extension() != "toml" {
        return None;
    }
    let record = slips::meant(name, &[ROLE.file, FRAMEWORK.file])?;
    Some(
        warning(format!("`{name}` is not read: did you mean {record}?"))
            .help("delete it, or move it to the folder of its record"),
    )
}

fn warning(message: String) -> Diagnostic {
    Diagnostic::warning(Code::UnusedFile, message)
}
