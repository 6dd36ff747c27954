//! The files that an import reads, as a trait: `disk/` opens those of a machine, tests have theirs in
//! memory.

use std::io::{self, Read};

/// A file or a folder that is imported.
pub trait Upstream: Sync {
    /// Returns the names of all files, sorted: `/`-separated, counted from the folder that was named; the
    /// name alone for a file that was named.
    fn names(&self) -> &[String];

    /// Opens a file. A file may be opened again.
    fn open(&self, name: &str) -> io::Result<Box<dyn Read + Send + '_>>;
}

/// Returns the bytes of a file.
pub fn bytes(upstream: &dyn Upstream, name: &str) -> io::Result<Vec<u8>> {
    let mut bytes = vec![];
    upstream.open(name)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns the ending of a file's name in small letters.
pub fn ending(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

/// Files that are held in memory.
#[derive(Clone, Debug, Default)]
pub struct InMemory {
    names: Vec<String>,
    files: Vec<Vec<u8>>,
}

impl InMemory {
    /// Makes files of names and bytes.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort();
        let (names, files) = files.into_iter().unzip();
        Self { names, files }
    }
}

impl Upstream for InMemory {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        let at = self.names.iter().position(|known| known == name);
        let at = at.ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(self.files[at].as_slice()))
    }
}
