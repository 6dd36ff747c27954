//! The journal: how a new site gets into a folder that cannot be exchanged or renamed, such as a mount point. What is to be
//! installed from the spare tree and what is to be deleted comes in; the files are renamed into their places one by one.
//!
//! For that time visitors may see both sites. The spare tree and the journal are complete before the first file is touched,
//! and every step may be done twice: after a kill the next command does all of them again.

use std::fs;
use std::io;

use super::files::Fault;
use super::output::{Output, Refusal};
use crate::path::OutPath;

/// What the file is called that is about to get its name, in the output folder itself: renames stay on one file system.
const TEMPORARY: &str = ".rungs.tmp";

/// Whether an error says that the folder cannot be replaced as a whole.
pub fn is_needed(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy)
}

/// Installs and deletes some files.
pub fn install<'a>(output: &Output, install: impl Iterator<Item = &'a OutPath>, delete: impl Iterator<Item = &'a OutPath>) -> Result<(), Refusal> {
    let lines = delete.map(|path| ("delete", path)).chain(install.map(|path| ("install", path)));
    let text: String = lines.map(|(what, path)| format!("{what}\t{}\n", path.as_str())).collect();
    output.files.replace(&output.journal_path(), text.as_bytes()).map_err(|fault| Refusal::from(fault).and(output.as_it_was()))?;
    complete(output)
}

/// Does what the journal says, if there is one.
pub fn complete(output: &Output) -> Result<(), Refusal> {
    let journal = output.journal_path();
    let text = match fs::read_to_string(&journal) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        text => text.map_err(|error| Fault { doing: "cannot read", path: journal.clone(), error })?,
    };
    let half = |fault: Fault| Refusal::from(fault).and(format!("; {} is half replaced, and the next command completes it", output.tree.display()));
    follow(output, &text).and_then(|()| output.files.remove_file(&journal)).map_err(half)
}

fn follow(output: &Output, text: &str) -> Result<(), Fault> {
    let Output { tree, files, .. } = output;
    if !tree.is_dir() {
        files.make_folders(tree)?;
    }
    let paths = |what: &'static str| text.lines().filter_map(move |line| OutPath::new(line.strip_prefix(what)?.strip_prefix('\t')?).ok());
    for path in paths("delete") {
        let file = tree.join(path.as_str());
        // Where the file was there may be a folder of the new site, when all this is done again.
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

/// Deletes the folders of a path that are empty now.
fn remove_empty(output: &Output, path: &OutPath) -> Result<(), Fault> {
    for (end, _) in path.as_str().rmatch_indices('/') {
        match output.files.remove_folder(&output.tree.join(&path.as_str()[..end])) {
            Err(fault) if fault.error.kind() == io::ErrorKind::DirectoryNotEmpty => break,
            removed => removed?,
        }
    }
    Ok(())
}
