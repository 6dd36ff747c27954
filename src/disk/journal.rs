//! The journal: publishes a new site into a folder that cannot be exchanged or renamed, such as a
//! mount point. What is to be installed from the spare tree and what is to be deleted comes in; the
//! files are renamed into their places one by one.
//!
//! During that time visitors may see files of both sites. The spare tree and the journal are
//! complete before the first file is touched, and every step may be done twice: after a kill the
//! next command does all of them again.

use std::fs;
use std::io;

use super::error::DiskError;
use super::held;
use super::output::{Output, Refusal};
use super::real::shown;
use crate::path::OutPath;

/// The name of a file until it is renamed to its final name. It is in the output folder itself, so
/// that the rename stays on one file system.
const TEMPORARY: &str = ".rungs.tmp";

/// Returns true if an error says that the folder cannot be replaced as a whole. On Windows one open
/// file in it is enough.
pub fn is_needed(error: &io::Error) -> bool {
    held::is_held(error)
        || matches!(
            error.kind(),
            io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy
        )
}

/// Installs and deletes some files.
pub fn install<'a>(
    output: &Output,
    install: impl Iterator<Item = &'a OutPath>,
    delete: impl Iterator<Item = &'a OutPath>,
) -> Result<(), Refusal> {
    let lines = delete
        .map(|path| ("delete", path))
        .chain(install.map(|path| ("install", path)));
    let text: String = lines
        .map(|(step, path)| format!("{step}\t{}\n", path.as_str()))
        .collect();
    output
        .files
        .replace(&output.journal_path(), text.as_bytes())
        .map_err(|error| Refusal::from(error).and(output.as_it_was()))?;
    complete(output)
}

/// Does what the journal says, if there is one.
pub fn complete(output: &Output) -> Result<(), Refusal> {
    let journal = output.journal_path();
    let text = match fs::read_to_string(&journal) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        text => text.map_err(DiskError::at("cannot read", &journal))?,
    };
    let half = |error: DiskError| {
        Refusal::from(error).and(format!(
            "; {} is half replaced, and the next command completes it",
            shown(&output.tree)
        ))
    };
    follow(output, &text)
        .and_then(|()| output.files.remove_file(&journal))
        .map_err(half)
}

fn follow(output: &Output, text: &str) -> Result<(), DiskError> {
    let Output { tree, files, .. } = output;
    if !tree.is_dir() {
        files.make_folders(tree)?;
    }
    let paths = |step: &'static str| {
        text.lines()
            .filter_map(move |line| OutPath::new(line.strip_prefix(step)?.strip_prefix('\t')?).ok())
    };
    for path in paths("delete") {
        let file = tree.join(path.as_str());
        // When all this is done again, a folder of the new site may stand where the file was.
        if !file.is_dir() {
            files.remove_file(&file)?;
            remove_empty(output, &path)?;
        }
    }
    let temporary = tree.join(TEMPORARY);
    for path in paths("install") {
        let file = tree.join(path.as_str());
        if let Some(folder) = file.parent().filter(|folder| !folder.is_dir()) {
            files.make_folders(folder)?;
        }
        files.remove_file(&temporary)?;
        files.copy(&output.spare_tree().join(path.as_str()), &temporary)?;
        files.rename(&temporary, &file)?;
    }
    Ok(())
}

/// Deletes those folders of a path that are empty.
fn remove_empty(output: &Output, path: &OutPath) -> Result<(), DiskError> {
    for (end, _) in path.as_str().rmatch_indices('/') {
        match output
            .files
            .remove_folder(&output.tree.join(&path.as_str()[..end]))
        {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => break,
            removed => removed?,
        }
    }
    Ok(())
}
