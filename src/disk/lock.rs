//! The lock: an output folder comes in; while what goes out lives, no other command writes there.
//!
//! The system releases it when its holder ends, however that ends. Who holds it stands in the file, for messages only.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use super::files::Fault;
use super::output::Output;

/// Held as long as it lives. When it ends, a folder in which there is nothing but the lock goes with it.
#[derive(Debug)]
pub struct Lock<'a> {
    output: &'a Output,
    file: File,
}

impl<'a> Lock<'a> {
    /// Waits until no other command writes to the output folder; says so when it has to. Who waited may hold a file that was
    /// deleted meanwhile (by `clean`, or a first build that failed), and tries again.
    pub fn take(output: &'a Output, say: &mut dyn FnMut(&str)) -> Result<Self, Fault> {
        let path = output.lock_path();
        loop {
            if !output.beside.is_dir() {
                output.files.make_folders(&output.beside)?;
            }
            let file = match output.files.open_lock(&path) {
                // Another command deleted the folder just now.
                Err(fault) if fault.error.kind() == io::ErrorKind::NotFound && !output.beside.is_dir() => continue,
                Err(fault) => {
                    // Goes only when it is empty.
                    let _ = output.files.remove_folder(&output.beside);
                    return Err(fault);
                }
                Ok(file) => file,
            };
            wait(output, &file, say)?;
            if is_at(&file, &path) {
                let mut lock = Self { output, file };
                output.files.sign(&mut lock.file, &path)?;
                return Ok(lock);
            }
        }
    }
}

fn wait(output: &Output, file: &File, say: &mut dyn FnMut(&str)) -> Result<(), Fault> {
    let fault = |error| Fault { doing: "cannot lock", path: output.lock_path(), error };
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            let holder = fs::read_to_string(output.lock_path()).ok().filter(|pid| !pid.trim().is_empty());
            let holder = holder.map_or(String::new(), |pid| format!(" (process {})", pid.trim()));
            say(&format!("Waiting for another build{holder} that writes to {}", output.tree.display()));
            file.lock().map_err(fault)
        }
        Err(TryLockError::Error(error)) => Err(fault(error)),
    }
}

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        let Output { beside, files, .. } = self.output;
        let path = self.output.lock_path();
        if fs::read_dir(beside).is_ok_and(|entries| entries.count() == 1) && is_at(&self.file, &path) {
            let _ = files.remove_file(&path).and_then(|()| files.remove_folder(beside));
        }
    }
}

/// Whether an open file is still the one at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |it: io::Result<fs::Metadata>| it.ok().map(|it| (it.dev(), it.ino()));
    id(file.metadata()).is_some_and(|held| Some(held) == id(path.metadata()))
}

/// Elsewhere a file that is open keeps its name until it is closed.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
