//! The site folder as a value: every source file with its digest, and a way to read it again.
//! Nothing here touches a disk; `disk/read` and the tests make an `Inputs` each in their way.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::digest::Digest;
use crate::path::SourcePath;
use crate::source::Source;

/// Reads the bytes of one file of the site. The text of the error is the system's.
pub trait Read: Send + Sync {
    fn read(&self, path: &SourcePath) -> Result<Vec<u8>, String>;
}

/// What is known of a file without holding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    pub digest: Digest,
    /// Size in bytes.
    pub size: u64,
}

/// All source files of a site: path to digest, bytes on demand. A clone is a second name for the same value.
#[derive(Clone)]
pub struct Inputs {
    files: Arc<BTreeMap<SourcePath, File>>,
    reader: Arc<dyn Read>,
}

impl Inputs {
    /// Files as they were found, and what reads them.
    pub fn new(files: Arc<BTreeMap<SourcePath, File>>, reader: Arc<dyn Read>) -> Self {
        Self { files, reader }
    }

    /// A site that is held in memory.
    pub fn in_memory(files: BTreeMap<SourcePath, Arc<[u8]>>) -> Self {
        let known = files.iter().map(|(path, bytes)| (path.clone(), File { digest: Digest::of(bytes), size: bytes.len() as u64 })).collect();
        Self::new(Arc::new(known), Arc::new(Memory(files)))
    }

    /// What is known of a file.
    pub fn get(&self, path: &str) -> Option<File> {
        self.files.get(path).copied()
    }

    /// All files, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &File)> {
        self.files.iter()
    }

    /// The files below a folder, in the order of their paths.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a SourcePath, &'a File)> {
        self.files
            .range::<str, _>((std::ops::Bound::Included(folder), std::ops::Bound::Unbounded))
            .take_while(move |(path, _)| path.as_str().starts_with(folder))
            .filter(move |(path, _)| path.inside(folder).is_some())
    }

    /// The bytes of a file, to be shared.
    pub fn bytes(&self, path: &SourcePath) -> Result<Arc<[u8]>, Diagnostic> {
        self.read(path).map(Into::into)
    }

    /// The bytes of a file, which must be those that were hashed.
    fn read(&self, path: &SourcePath) -> Result<Vec<u8>, Diagnostic> {
        let fault = |text: String| Diagnostic::error(Code::UnreadableFile, text).at_file(path);
        let known = self.files.get(path).ok_or_else(|| fault("this file does not exist".into()))?;
        let bytes = self.reader.read(path).map_err(|error| fault(format!("this file cannot be read: {error}")))?;
        match Digest::of(&bytes) == known.digest {
            true => Ok(bytes),
            false => Err(fault("this file changed while the site was being built".into()).help("run the command again")),
        }
    }

    /// The text of a file.
    pub fn source(&self, path: &SourcePath) -> Result<Source, Diagnostic> {
        Source::decode(path, &self.read(path)?)
    }

    /// The text of a file as far as it is text: for showing the line of a fault.
    pub fn lossy_source(&self, path: &SourcePath) -> Option<Source> {
        self.read(path).ok().map(|bytes| Source::lossy(path, &bytes))
    }
}

struct Memory(BTreeMap<SourcePath, Arc<[u8]>>);

impl Read for Memory {
    fn read(&self, path: &SourcePath) -> Result<Vec<u8>, String> {
        self.0.get(path).map(|bytes| bytes.to_vec()).ok_or_else(|| "no such file".into())
    }
}
