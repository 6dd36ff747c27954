//! Files and folders that are not what the site needs at their place: names come in, diagnostics go
//! out.

use std::fs;
use std::path::Path;

use super::names::FOLDERS;
use super::source_tree::TOP_NAMES;
use crate::diag::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::suggest;

/// Returns an error for a file where a folder must be, or a folder where a file must be.
pub fn wrong_kind(name: &'static str, file: &Path) -> Option<Diagnostic> {
    let metadata = file.metadata().ok()?;
    let is = if metadata.is_file() {
        "a file"
    } else if metadata.is_dir() {
        "a folder"
    } else {
        return None;
    };
    let wanted = if name == "site.toml" {
        "a file"
    } else {
        "a folder"
    };
    if is == wanted {
        return None;
    }
    let message = format!("`{name}` must be {wanted}, and is {is}");
    Some(Diagnostic::error(Code::UnreadableFile, message).at_file(&SourcePath::known(name)))
}

/// Returns the error for what is neither a file nor a folder.
pub fn not_a_file(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        Code::NotAFile,
        "this is neither a file nor a folder, but a pipe, a socket or a device",
    )
    .at_file(path)
    .help("move it out of the site's folder")
}

/// Returns a warning if an empty folder was made for a record.
pub fn empty_record(path: &SourcePath) -> Option<Diagnostic> {
    let file = match path.folder() {
        "content/roles" => "role.toml",
        "content/frameworks" => "framework.toml",
        _ => return None,
    };
    let message = format!("this folder is empty: it has no {file}");
    Some(
        Diagnostic::warning(Code::Empty, message)
            .at_file(path)
            .help(format!("write {path}/{file}, or delete the folder")),
    )
}

/// Returns a warning for each folder beside site.toml whose name is nearly that of a folder that is
/// read, where the right one is not there.
pub fn misnamed(site: &Path) -> Vec<Diagnostic> {
    let mut names: Vec<String> = fs::read_dir(site)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
        .iter()
        .filter(|name| !TOP_NAMES.contains(&name.as_str()) && !name.starts_with('.'))
        .filter(|name| site.join(name).is_dir())
        .filter_map(|name| misnamed_folder(site, name, &names))
        .collect()
}

fn misnamed_folder(site: &Path, name: &str, names: &[String]) -> Option<Diagnostic> {
    let missing = FOLDERS
        .into_iter()
        .filter(|wanted| names.iter().all(|other| other != wanted));
    let (meant, help) = if let Some(wanted) = suggest::nearest(name, missing) {
        (wanted.to_owned(), format!("rename it to `{wanted}`"))
    } else if matches!(name, "roles" | "frameworks") && !site.join("content").join(name).is_dir() {
        (
            format!("content/{name}"),
            "move it into `content`".to_owned(),
        )
    } else {
        return None;
    };
    let message = format!("the folder `{name}` is not read: did you mean `{meant}`?");
    let warning = Diagnostic::warning(Code::UnusedFile, message);
    Some(warning.at_file(&SourcePath::new(name).ok()?).help(help))
}
