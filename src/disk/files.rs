//! The file layer: what publishing changes on the disk comes in, one operation a call, and goes to
//! the system. Publishing changes files only here. Tests count the operations, and make the k-th
//! one fail, or make it the last one of a killed process (`tests::hook`). Reading is not here.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::error::DiskError;
use super::held::Patience;
use super::stamp::Stamp;

/// Changes files. Tests hook into each operation.
#[derive(Clone, Debug, Default)]
pub struct Files {
    patience: Patience,
    #[cfg(all(test, unix))]
    pub hook: super::tests::hook::Hook,
}

/// How much of a write happens. Half of it happens only in tests, when the process is killed in the
/// middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    Whole,
    #[cfg_attr(
        not(all(test, unix)),
        expect(dead_code, reason = "no write is torn on purpose but in tests")
    )]
    Half,
}

impl Files {
    /// Makes a folder and those above it.
    pub fn make_folders(&self, path: &Path) -> Result<(), DiskError> {
        self.step_patiently("cannot make", path, || fs::create_dir_all(path))
    }

    /// Makes a folder; there may be one already.
    pub fn make_folder(&self, path: &Path) -> Result<(), DiskError> {
        self.step_patiently("cannot make", path, || match fs::create_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            made => made,
        })
    }

    /// Writes a file that does not exist yet. An existing one is never written to: other names may
    /// lead to it.
    pub fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<Stamp, DiskError> {
        let mut file = self.step_patiently("cannot write", path, || File::create_new(path))?;
        self.step("cannot write", path, |extent| {
            file.write_all(&bytes[..extent.of(bytes.len())])?;
            stamp_of(&file)
        })
    }

    /// Replaces a file of our own that has no second name, as a whole.
    pub fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let temporary = temporary(path);
        let mut file =
            self.step_patiently("cannot write", &temporary, || File::create(&temporary))?;
        self.step("cannot write", &temporary, |extent| {
            file.write_all(&bytes[..extent.of(bytes.len())])
        })?;
        drop(file);
        self.rename(&temporary, path)
    }

    /// Opens a file that grows at its end.
    pub fn open_log(&self, path: &Path) -> Result<File, DiskError> {
        self.step_patiently("cannot write", path, || {
            File::options().create(true).append(true).open(path)
        })
    }

    /// Adds to the end of an open file.
    pub fn append(&self, file: &mut File, path: &Path, text: &str) -> Result<(), DiskError> {
        self.step("cannot write", path, |extent| {
            file.write_all(&text.as_bytes()[..extent.of(text.len())])
        })
    }

    /// Copies a file to a name that does not exist yet, with its modification time.
    pub fn copy(&self, from: &Path, to: &Path) -> Result<Stamp, DiskError> {
        let read = DiskError::at("cannot read", from);
        let source = self.patience.until(|| File::open(from)).map_err(read)?;
        let about = source.metadata().map_err(read)?;
        let mut file = self.step_patiently("cannot write", to, || File::create_new(to))?;
        self.step("cannot write", to, |extent| {
            let end = if extent == Extent::Whole {
                u64::MAX
            } else {
                about.len() / 2
            };
            io::copy(&mut source.take(end), &mut file)?;
            if let (Extent::Whole, Ok(modified)) = (extent, about.modified()) {
                file.set_modified(modified)?;
            }
            stamp_of(&file)
        })
    }

    /// Gives a file a second name.
    pub fn link(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        // Where it is refused, the file is copied.
        self.step("cannot write", to, |_| {
            #[cfg(all(test, unix))]
            self.hook.refuses_link()?;
            fs::hard_link(from, to)
        })
    }

    /// Renames a file or a folder.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.step_patiently("cannot replace", to, || {
            #[cfg(all(test, unix))]
            self.hook.refuses_rename(from)?;
            fs::rename(from, to)
        })
    }

    /// Exchanges two folders in one step, where the system can.
    pub fn exchange(&self, one: &Path, other: &Path) -> Result<(), DiskError> {
        self.step_patiently("cannot replace", one, || {
            #[cfg(all(test, unix))]
            self.hook.refuses_exchange()?;
            exchange_at_once(one, other)
        })
    }

    /// Deletes a file; it may be gone already.
    pub fn remove_file(&self, path: &Path) -> Result<(), DiskError> {
        self.step_patiently("cannot delete", path, || or_missing(fs::remove_file(path)))
    }

    /// Deletes an empty folder; it may be gone already.
    pub fn remove_folder(&self, path: &Path) -> Result<(), DiskError> {
        self.step_patiently("cannot delete", path, || or_missing(fs::remove_dir(path)))
    }

    /// Writes into the lock file which process holds it.
    pub fn sign(&self, file: &mut File, path: &Path) -> Result<(), DiskError> {
        self.step_patiently("cannot write", path, || {
            file.set_len(0)?;
            file.write_all(format!("{}\n", std::process::id()).as_bytes())
        })
    }

    /// Empties the lock file: nobody holds it.
    pub fn unsign(&self, file: &File, path: &Path) -> Result<(), DiskError> {
        self.step_patiently("cannot write", path, || file.set_len(0))
    }

    /// Opens the lock file.
    pub fn open_lock(&self, path: &Path) -> Result<File, DiskError> {
        self.step_patiently("cannot open", path, || {
            File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(path)
        })
    }

    /// Runs one operation that does all or nothing, again while another program has the file open.
    fn step_patiently<T>(
        &self,
        action: &'static str,
        path: &Path,
        mut run: impl FnMut() -> io::Result<T>,
    ) -> Result<T, DiskError> {
        self.step(action, path, |_| self.patience.until(&mut run))
    }

    /// Runs one operation.
    fn step<T>(
        &self,
        action: &'static str,
        path: &Path,
        run: impl FnOnce(Extent) -> io::Result<T>,
    ) -> Result<T, DiskError> {
        #[cfg(all(test, unix))]
        let done = self.hook.step(action, path, run);
        #[cfg(not(all(test, unix)))]
        let done = run(Extent::Whole);
        done.map_err(DiskError::at(action, path))
    }
}

impl Extent {
    fn of(self, length: usize) -> usize {
        match self {
            Self::Whole => length,
            Self::Half => length / 2,
        }
    }
}

/// Returns the stamp of a file that was just written.
fn stamp_of(file: &File) -> io::Result<Stamp> {
    Ok(Stamp::of(&file.metadata()?).without_change_time())
}

/// Returns the name under which a file of our own is written before it is renamed.
pub fn temporary(path: &Path) -> PathBuf {
    path.with_extension("tmp")
}

/// Takes what does not exist for deleted, also when its folder is a file now.
fn or_missing(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(())
        }
        done => done,
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_at_once(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_at_once(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
