//! The lock: an output folder comes in, a [`Lock`] goes out. As long as it lives, no other command
//! writes to the folder.
//!
//! The system releases the lock when the process that holds it ends, in whatever way. The file
//! holds the number of that process, for messages only; Windows does not let others read it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use super::error::DiskError;
use super::output::Output;
use super::real::shown;
#[cfg(not(windows))]
use super::stamp::Stamp;

/// The right to write to an output folder. When it is dropped, a folder that holds nothing but the
/// lock is deleted.
#[derive(Debug)]
pub struct Lock<'a> {
    output: &'a Output,
    /// `None` once it is let go.
    file: Option<File>,
}

impl<'a> Lock<'a> {
    /// Waits until no other command writes to the output folder, and says so when it has to wait.
    ///
    /// After waiting, the lock file may have been deleted (by `clean`, or by a first build that
    /// failed): then this tries again.
    pub fn take(output: &'a Output, say: &mut dyn FnMut(&str)) -> Result<Self, DiskError> {
        let path = output.lock_path();
        loop {
            if !output.beside.is_dir() {
                output.files.make_folders(&output.beside)?;
            }
            let file = match output.files.open_lock(&path) {
                // Another command deleted the folder just now.
                Err(error)
                    if error.kind() == io::ErrorKind::NotFound && !output.beside.is_dir() =>
                {
                    continue;
                }
                Err(error) => {
                    // This deletes an empty folder only.
                    let _ = output.files.remove_folder(&output.beside);
                    return Err(error);
                }
                Ok(file) => file,
            };
            wait(output, &file, say)?;
            if is_at(&file, &path) {
                let mut lock = Self { output, file: None };
                output.files.sign(lock.file.insert(file), &path)?;
                return Ok(lock);
            }
        }
    }
}

fn wait(output: &Output, file: &File, say: &mut dyn FnMut(&str)) -> Result<(), DiskError> {
    let path = output.lock_path();
    let failed = DiskError::at("cannot lock", &path);
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            let holder = fs::read_to_string(&path)
                .ok()
                .filter(|pid| !pid.trim().is_empty());
            let holder = holder.map_or(String::new(), |pid| format!(" (process {})", pid.trim()));
            say(&format!(
                "Waiting for another build{holder} that writes to {}",
                shown(&output.tree)
            ));
            file.lock().map_err(failed)
        }
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        let Output { beside, files, .. } = self.output;
        let path = self.output.lock_path();
        let Some(file) = self.file.take() else {
            return;
        };
        let _ = files.unsign(&file, &path);
        let is_alone = fs::read_dir(beside).is_ok_and(|entries| entries.count() == 1);
        if is_alone && is_at(&file, &path) && files.remove_file(&path).is_ok() {
            // Where an open file keeps its name, its folder is not empty before.
            drop(file);
            let _ = files.remove_folder(beside);
        }
    }
}

/// Returns true if an open file is still the one at a path.
#[cfg(windows)]
fn is_at(file: &File, path: &Path) -> bool {
    use same_file::Handle;
    // Its time of creation would not tell: a new file soon gets that of the old one of its name.
    let held = file.try_clone().and_then(Handle::from_file);
    held.is_ok_and(|held| Handle::from_path(path).is_ok_and(|there| held == there))
}

/// Returns true if an open file is still the one at a path.
#[cfg(not(windows))]
fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(held), Ok(there)) = (file.metadata(), path.metadata()) else {
        return false;
    };
    Stamp::of(&held).is_same_inode(&Stamp::of(&there))
}
