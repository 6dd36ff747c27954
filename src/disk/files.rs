//! The file layer: what publishing does to the disk comes in, one operation a call, and goes to the system. Nothing else in
//! publishing changes a file. Tests count the operations here, and make the k-th one fail or the last one of a killed
//! process (`tests::hook`). Reading is not here.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::manifest::Stat;

/// The way to the disk.
#[derive(Clone, Debug, Default)]
pub struct Files {
    #[cfg(all(test, unix))]
    pub hook: super::tests::hook::Hook,
}

/// An operation that the machine did not do.
#[derive(Debug)]
pub struct Fault {
    pub doing: &'static str,
    pub path: PathBuf,
    pub error: io::Error,
}

/// How much of a write happens: half of it only in tests, when the process is killed in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    Whole,
    #[cfg_attr(not(all(test, unix)), expect(dead_code, reason = "no write is torn on purpose but in tests"))]
    Half,
}

impl Files {
    /// Makes a folder and those above it.
    pub fn make_folders(&self, path: &Path) -> Result<(), Fault> {
        self.step("cannot make", path, |_| fs::create_dir_all(path))
    }

    /// Makes a folder; there may be one already.
    pub fn make_folder(&self, path: &Path) -> Result<(), Fault> {
        self.step("cannot make", path, |_| match fs::create_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            made => made,
        })
    }

    /// Writes a file that does not exist yet. An existing one is never written to: other names may lead to it.
    pub fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<Stat, Fault> {
        let mut file = self.step("cannot write", path, |_| File::create_new(path))?;
        self.step("cannot write", path, |extent| {
            file.write_all(&bytes[..extent.of(bytes.len())])?;
            file.metadata().map(|it| Stat::of(&it))
        })
    }

    /// Writes a file of our own that has no second name, whole, under its final name.
    pub fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), Fault> {
        let temporary = temporary(path);
        let mut file = self.step("cannot write", &temporary, |_| File::create(&temporary))?;
        self.step("cannot write", &temporary, |extent| file.write_all(&bytes[..extent.of(bytes.len())]))?;
        drop(file);
        self.rename(&temporary, path)
    }

    /// Opens a file that grows at its end.
    pub fn open_log(&self, path: &Path) -> Result<File, Fault> {
        self.step("cannot write", path, |_| File::options().create(true).append(true).open(path))
    }

    /// Adds to the end of an open file.
    pub fn append(&self, file: &mut File, path: &Path, text: &str) -> Result<(), Fault> {
        self.step("cannot write", path, |extent| file.write_all(&text.as_bytes()[..extent.of(text.len())]))
    }

    /// Copies a file to a name that does not exist yet, with its time.
    pub fn copy(&self, from: &Path, to: &Path) -> Result<Stat, Fault> {
        let read = |error| Fault { doing: "cannot read", path: from.to_owned(), error };
        let source = File::open(from).map_err(read)?;
        let about = source.metadata().map_err(read)?;
        let mut file = self.step("cannot write", to, |_| File::create_new(to))?;
        self.step("cannot write", to, |extent| {
            let end = if extent == Extent::Whole { u64::MAX } else { about.len() / 2 };
            io::copy(&mut source.take(end), &mut file)?;
            if let (Extent::Whole, Ok(modified)) = (extent, about.modified()) {
                file.set_modified(modified)?;
            }
            file.metadata().map(|it| Stat::of(&it))
        })
    }

    /// Gives a file a second name.
    pub fn link(&self, from: &Path, to: &Path) -> Result<(), Fault> {
        self.step("cannot write", to, |_| {
            #[cfg(all(test, unix))]
            self.hook.refuses_link()?;
            fs::hard_link(from, to)
        })
    }

    /// Renames a file or a folder.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<(), Fault> {
        self.step("cannot replace", to, |_| {
            #[cfg(all(test, unix))]
            self.hook.refuses_rename(from)?;
            fs::rename(from, to)
        })
    }

    /// Exchanges two folders in one step, where the system can.
    pub fn exchange(&self, one: &Path, other: &Path) -> Result<(), Fault> {
        self.step("cannot replace", one, |_| {
            #[cfg(all(test, unix))]
            self.hook.refuses_exchange()?;
            exchange_at_once(one, other)
        })
    }

    /// Deletes a file; it may be gone already.
    pub fn remove_file(&self, path: &Path) -> Result<(), Fault> {
        self.step("cannot delete", path, |_| or_missing(fs::remove_file(path)))
    }

    /// Deletes an empty folder; it may be gone already.
    pub fn remove_folder(&self, path: &Path) -> Result<(), Fault> {
        self.step("cannot delete", path, |_| or_missing(fs::remove_dir(path)))
    }

    /// Notes in the lock who holds it.
    pub fn sign(&self, file: &mut File, path: &Path) -> Result<(), Fault> {
        self.step("cannot write", path, |_| {
            file.set_len(0)?;
            file.write_all(format!("{}\n", std::process::id()).as_bytes())
        })
    }

    /// Notes in the lock that nobody holds it.
    pub fn unsign(&self, file: &File, path: &Path) -> Result<(), Fault> {
        self.step("cannot write", path, |_| file.set_len(0))
    }

    /// Opens the lock.
    pub fn open_lock(&self, path: &Path) -> Result<File, Fault> {
        self.step("cannot open", path, |_| File::options().create(true).truncate(false).write(true).open(path))
    }

    /// One operation.
    fn step<T>(&self, doing: &'static str, path: &Path, run: impl FnOnce(Extent) -> io::Result<T>) -> Result<T, Fault> {
        #[cfg(all(test, unix))]
        let done = self.hook.step(doing, path, run);
        #[cfg(not(all(test, unix)))]
        let done = run(Extent::Whole);
        done.map_err(|error| Fault { doing, path: path.to_owned(), error })
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

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::fault(self.doing, &self.path, &self.error))
    }
}

/// The name under which a file of our own is written.
pub fn temporary(path: &Path) -> PathBuf {
    path.with_extension("tmp")
}

/// What is not there is deleted already, also when its folder is a file now.
fn or_missing(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(()),
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
