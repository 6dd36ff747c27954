//! The site folder as a value: every source file with its digest, and a way to read it again.
//! Nothing here touches a disk: `disk/read` and the tests make an [`Inputs`] each in their way.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diag::{Code, Diagnostic};
use crate::digest::Digest;
use crate::path::SourcePath;
use crate::source::Source;

/// Reads the bytes of one file of the site.
pub trait Read: Send + Sync {
    /// Returns the bytes of a file, or the error of the system.
    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>>;
}

/// What is known of a file without holding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    pub digest: Digest,
    /// Size in bytes.
    pub size: u64,
}

/// All source files of a site: path to digest, bytes on demand. A clone is a second name for the
/// same value.
#[derive(Clone)]
pub struct Inputs {
    files: Arc<BTreeMap<SourcePath, File>>,
    reader: Arc<dyn Read>,
    /// Whether a file turned out to be another than the one that is known.
    is_stale: Arc<AtomicBool>,
}

impl Inputs {
    /// Makes a site of files as they were found, and of what reads them.
    pub fn new(files: Arc<BTreeMap<SourcePath, File>>, reader: Arc<dyn Read>) -> Self {
        Self {
            files,
            reader,
            is_stale: Arc::default(),
        }
    }

    /// Makes a site that is held in memory.
    pub fn in_memory(files: BTreeMap<SourcePath, Arc<[u8]>>) -> Self {
        let known = files.iter().map(|(path, bytes)| {
            let file = File {
                digest: Digest::of(bytes),
                size: bytes.len() as u64,
            };
            (path.clone(), file)
        });
        Self::new(Arc::new(known.collect()), Arc::new(Memory(files)))
    }

    /// Returns the files that are wanted, as inputs of something that must see no others.
    pub fn filtered(&self, is_wanted: impl Fn(&SourcePath) -> bool) -> Self {
        let files = self.files.iter().filter(|(path, _)| is_wanted(path));
        let files = files.map(|(path, file)| (path.clone(), *file)).collect();
        Self::new(Arc::new(files), self.reader.clone())
    }

    /// Returns what is known of a file.
    pub fn get(&self, path: &str) -> Option<File> {
        self.files.get(path).copied()
    }

    /// Returns true if a file that was read has changed since it became known: what is made of
    /// these inputs is of no moment that was.
    pub fn is_stale(&self) -> bool {
        self.is_stale.load(Ordering::Relaxed)
    }

    /// Returns all files, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &File)> {
        self.files.iter()
    }

    /// Returns the files below a folder, in the order of their paths.
    pub fn below<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a File)> {
        self.starting_with(folder.to_owned())
            .filter(move |(path, _)| path.inside(folder).is_some())
    }

    /// Returns the files whose paths begin with a text, in the order of their paths.
    pub fn starting_with(
        &self,
        start: String,
    ) -> impl Iterator<Item = (&SourcePath, &File)> + use<'_> {
        let from = (
            std::ops::Bound::Included(start.as_str()),
            std::ops::Bound::Unbounded,
        );
        self.files
            .range::<str, _>(from)
            .take_while(move |(path, _)| path.as_str().starts_with(&start))
    }

    /// Reads the bytes of a file, to be shared.
    pub fn bytes(&self, path: &SourcePath) -> Result<Arc<[u8]>, Diagnostic> {
        self.read(path).map(Into::into)
    }

    /// Reads the bytes of a file, which must be those that were hashed.
    fn read(&self, path: &SourcePath) -> Result<Vec<u8>, Diagnostic> {
        let fault = |text: String| Diagnostic::error(Code::UnreadableFile, text).at_file(path);
        let known = self
            .files
            .get(path)
            .ok_or_else(|| fault("this file does not exist".into()))?;
        let bytes = self
            .reader
            .read(path)
            .map_err(|error| fault(format!("this file cannot be read: {error}")))?;
        if Digest::of(&bytes) != known.digest {
            self.is_stale.store(true, Ordering::Relaxed);
            let changed = fault("this file changed while the site was being built".into());
            return Err(changed.help("run the command again"));
        }
        Ok(bytes)
    }

    /// Reads the text of a file.
    pub fn source(&self, path: &SourcePath) -> Result<Source, Diagnostic> {
        Ok(Source::decode(path, &self.read(path)?)?)
    }

    /// Reads a file as far as it is text, to show the line of a diagnostic.
    pub fn lossy_source(&self, path: &SourcePath) -> Option<Source> {
        self.read(path)
            .ok()
            .map(|bytes| Source::lossy(path, &bytes))
    }
}

struct Memory(BTreeMap<SourcePath, Arc<[u8]>>);

impl Read for Memory {
    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        let bytes = self.0.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(bytes.to_vec())
    }
}
