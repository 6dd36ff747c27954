//! Files that are imported: paths and standard input come in, an [`Upstream`] goes out.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::error::DiskError;
use crate::digest::Digest;
use crate::import::Upstream;

/// What stands for standard input where a file is named.
const STANDARD_INPUT: &str = "-";

/// Files of this machine that are imported.
#[derive(Debug)]
pub struct Named {
    names: Vec<String>,
    contents: Vec<Content>,
}

#[derive(Debug)]
enum Content {
    At(PathBuf),
    /// Of standard input, which can be read once.
    Held(Vec<u8>),
}

impl Named {
    /// Finds files: `-` is standard input, and a folder stands for all files in it that are not hidden.
    pub fn find(paths: &[PathBuf]) -> Result<Self, DiskError> {
        let mut found = vec![];
        for path in paths {
            if path.as_os_str() == STANDARD_INPUT {
                let mut bytes = vec![];
                let read = io::stdin().lock().read_to_end(&mut bytes);
                read.map_err(DiskError::at("cannot read", path))?;
                found.push((STANDARD_INPUT.to_owned(), Content::Held(bytes)));
            } else if path.is_dir() {
                found.extend(in_folder(path)?);
            } else {
                File::open(path).map_err(DiskError::at("cannot read", path))?;
                let name = path.file_name().unwrap_or(path.as_os_str());
                found.push((
                    name.to_string_lossy().into_owned(),
                    Content::At(path.clone()),
                ));
            }
        }
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        let (names, contents) = found.into_iter().unzip();
        Ok(Self { names, contents })
    }

    /// Returns how many bytes all files have, as far as is known.
    pub fn size(&self) -> u64 {
        let sizes = self.contents.iter().map(|content| match content {
            Content::At(path) => path.metadata().map_or(0, |metadata| metadata.len()),
            Content::Held(bytes) => bytes.len() as u64,
        });
        sizes.sum()
    }

    /// Returns the digest of a file.
    pub fn digest(&self, name: &str) -> io::Result<Digest> {
        Digest::of_stream(self.open(name)?).map(|(digest, _)| digest)
    }
}

fn in_folder(folder: &Path) -> Result<Vec<(String, Content)>, DiskError> {
    let is_shown = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let mut found = vec![];
    for entry in WalkDir::new(folder)
        .follow_links(true)
        .into_iter()
        .filter_entry(is_shown)
    {
        let entry = match entry {
            // A link that leads nowhere has nothing to import.
            Err(error) if leads_nowhere(&error) => continue,
            entry => entry
                .map_err(io::Error::from)
                .map_err(DiskError::at("cannot read", folder))?,
        };
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let name = name.to_string_lossy().replace('\\', "/");
            found.push((name, Content::At(entry.into_path())));
        }
    }
    Ok(found)
}

fn leads_nowhere(error: &walkdir::Error) -> bool {
    let kind = error.io_error().map(io::Error::kind);
    kind == Some(io::ErrorKind::NotFound) && error.path().is_some_and(Path::is_symlink)
}

impl Upstream for Named {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        let at = self.names.iter().position(|known| known == name);
        match &self.contents[at.ok_or(io::ErrorKind::NotFound)?] {
            Content::At(path) => Ok(Box::new(File::open(path)?)),
            Content::Held(bytes) => Ok(Box::new(bytes.as_slice())),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_leads_nowhere_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), "a").unwrap();
        std::os::unix::fs::symlink("gone", folder.path().join("b.md")).unwrap();
        let found = in_folder(folder.path()).unwrap();
        let names: Vec<String> = found.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a.md"]);
    }
}
