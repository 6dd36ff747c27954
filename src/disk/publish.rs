//! Publishing: finished files come in one by one, and all at once they become the output folder, or none of them does.
//!
//! The order of the steps is what makes a killed build harmless. At every instant the output folder is one finished build,
//! and each of its files stands in one of the two manifests:
//!   1. write all files into a tree beside the output folder
//!   2. write the list of them into the next manifest
//!   3. exchange the two trees
//!   4. the next manifest becomes the manifest; the old tree is deleted
//!
//! What a killed build leaves behind is put right by the next one, under the lock.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{Output, Refusal, fault};
use crate::build::Sink;
use crate::digest::Digest;
use crate::path::OutPath;

/// A tree that is being written. Nothing touches the disk before its first file; dropped, it is gone.
pub struct Staging<'a> {
    output: &'a Output,
    lock: Option<File>,
    /// The files in the tree.
    files: Vec<String>,
    /// The folder of the last file, which exists.
    folder: PathBuf,
}

impl Output {
    /// Begins a new tree.
    pub fn stage(&self) -> Staging<'_> {
        Staging { output: self, lock: None, files: vec![], folder: PathBuf::new() }
    }

    /// Deletes the output folder and what stands beside it. Answers how many files visitors could see in it.
    pub fn clean(&self) -> Result<usize, Refusal> {
        self.check()?;
        if !self.tree.exists() && !self.beside.exists() {
            return Ok(0);
        }
        let lock = self.lock()?;
        self.recover()?;
        let files = self.manifest().map_or(0, |files| files.iter().filter(|file| self.tree.join(file).exists()).count());
        if self.tree.exists() {
            rename(&self.tree, &self.next_tree())?;
            if let Err(refusal) = self.refuse_foreign(&self.next_tree()) {
                rename(&self.next_tree(), &self.tree)?;
                return Err(refusal);
            }
        }
        remove_tree(&self.beside)?;
        drop(lock);
        Ok(files)
    }

    /// The tree that is being written; after an exchange, the old one.
    fn next_tree(&self) -> PathBuf {
        self.beside.join("next")
    }

    /// Where the old tree waits on file systems that cannot exchange two folders.
    fn previous_tree(&self) -> PathBuf {
        self.beside.join("previous")
    }

    /// Waits until no other build writes to this folder. Who waited may hold a file that was deleted meanwhile
    /// (by `clean`, or a first build that failed), and tries again.
    fn lock(&self) -> Result<File, Refusal> {
        let path = self.beside.join("lock");
        loop {
            fs::create_dir_all(&self.beside).map_err(|error| Refusal::machine("cannot make", &self.beside, &error))?;
            let lock = File::create(&path).and_then(|file| file.lock().map(|()| file));
            let lock = lock.map_err(|error| Refusal::machine("cannot lock", &path, &error))?;
            if is_at(&lock, &path) {
                return Ok(lock);
            }
        }
    }

    /// Puts right what a killed build left behind.
    fn recover(&self) -> Result<(), Refusal> {
        if self.next_manifest_path().exists() {
            self.write_manifest(&self.manifest().unwrap_or_default())?;
            let path = self.next_manifest_path();
            fs::remove_file(&path).map_err(|error| Refusal::machine("cannot delete", &path, &error))?;
        }
        if !self.tree.exists() && self.previous_tree().exists() {
            rename(&self.previous_tree(), &self.tree)?;
        }
        remove_tree(&self.next_tree())?;
        remove_tree(&self.previous_tree())
    }

    fn write_manifest(&self, files: &BTreeSet<String>) -> Result<(), Refusal> {
        let temporary = self.beside.join("manifest.tmp");
        let text: String = files.iter().flat_map(|file| [file, "\n"]).collect();
        fs::write(&temporary, text).map_err(|error| Refusal::machine("cannot write", &temporary, &error))?;
        rename(&temporary, &self.manifest_path())
    }
}

impl Sink for Staging<'_> {
    fn file(&mut self, path: &OutPath, _: Digest, bytes: Option<&[u8]>) -> Result<(), String> {
        let bytes = bytes.unwrap_or_default();
        if self.lock.is_none() {
            self.begin().map_err(|refusal| refusal.message)?;
        }
        let file = self.output.next_tree().join(path.as_str());
        if let Some(folder) = file.parent().filter(|folder| *folder != self.folder) {
            fs::create_dir_all(folder).map_err(|error| fault("cannot make", folder, &error))?;
            self.folder = folder.to_owned();
        }
        File::create_new(&file).and_then(|mut file| file.write_all(bytes)).map_err(|error| fault("cannot write", &file, &error))?;
        self.files.push(path.as_str().to_owned());
        Ok(())
    }
}

impl Staging<'_> {
    fn begin(&mut self) -> Result<(), Refusal> {
        self.lock = Some(self.output.lock()?);
        self.output.recover()?;
        let next = self.output.next_tree();
        fs::create_dir(&next).map_err(|error| Refusal::machine("cannot make", &next, &error))
    }

    /// Makes the tree the output folder. When something foreign came into the old one meanwhile, the old one stays.
    pub fn publish(mut self) -> Result<(), Refusal> {
        if self.lock.is_none() {
            self.begin()?;
        }
        let (output, next) = (self.output, self.output.next_tree());
        let list = output.next_manifest_path();
        let text: String = self.files.iter().flat_map(|file| [file, "\n"]).collect();
        fs::write(&list, text).map_err(|error| Refusal::machine("cannot write", &list, &error))?;
        if output.tree.exists() {
            exchange(output)?;
            if let Err(refusal) = output.refuse_foreign(&next) {
                exchange(output)?;
                return Err(refusal);
            }
        } else {
            rename(&next, &output.tree)?;
        }
        rename(&list, &output.manifest_path())
    }
}

impl Drop for Staging<'_> {
    /// Deletes what was not published, or the old tree. When that fails, the next build tries again.
    fn drop(&mut self) {
        if self.lock.is_some() {
            let _ = remove_tree(&self.output.next_tree());
            if self.output.manifest().is_none() {
                let _ = remove_tree(&self.output.beside);
            }
        }
    }
}

/// Exchanges the output folder and the next tree, in one step where the system can.
fn exchange(output: &Output) -> Result<(), Refusal> {
    let (tree, next) = (&output.tree, &output.next_tree());
    match exchange_at_once(tree, next) {
        Ok(()) => Ok(()),
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => exchange_in_steps(output),
        Err(error) => Err(Refusal::machine("cannot replace", tree, &error)),
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

/// For file systems that cannot exchange: for an instant there is no output folder. `recover` knows that state.
fn exchange_in_steps(output: &Output) -> Result<(), Refusal> {
    let (tree, next, previous) = (&output.tree, &output.next_tree(), &output.previous_tree());
    rename(tree, previous)?;
    if let Err(refusal) = rename(next, tree) {
        rename(previous, tree)?;
        return Err(refusal);
    }
    rename(previous, next)
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

fn rename(from: &Path, to: &Path) -> Result<(), Refusal> {
    fs::rename(from, to).map_err(|error| Refusal::machine("cannot replace", to, &error))
}

/// Deletes a folder of ours, if it is there. Links in it are deleted, not followed.
fn remove_tree(path: &Path) -> Result<(), Refusal> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Refusal::machine("cannot delete", path, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::disk::SiteFolder;

    fn site() -> (tempfile::TempDir, Output) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("site.toml"), "").unwrap();
        let site = SiteFolder::at(folder.path()).unwrap().unwrap();
        let output = Output::at(&site, &folder.path().join("public")).unwrap();
        (folder, output)
    }

    fn publish(output: &Output, files: &[(&str, &str)]) -> Result<(), Refusal> {
        let mut staging = output.stage();
        for (path, text) in files {
            staging.file(&OutPath::new(path).unwrap(), Digest::default(), Some(text.as_bytes())).unwrap();
        }
        staging.publish()
    }

    fn seen(output: &Output) -> Vec<String> {
        let files = walkdir::WalkDir::new(output.path()).sort_by_file_name().into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
        files.map(|entry| format!("{} {}", entry.file_name().display(), fs::read_to_string(entry.path()).unwrap())).collect()
    }

    #[test]
    fn the_new_tree_replaces_the_old_one_whole() {
        let (_folder, output) = site();
        publish(&output, &[("a.html", "1"), ("gone/b.html", "1")]).unwrap();
        publish(&output, &[("a.html", "2")]).unwrap();
        assert_eq!(seen(&output), ["a.html 2"]);
        assert!(!output.path().join("gone").exists());
        assert_eq!(output.manifest().unwrap().into_iter().collect::<Vec<_>>(), ["a.html"]);
    }

    #[test]
    fn file_systems_that_cannot_exchange_get_there_in_steps() {
        let (_folder, output) = site();
        publish(&output, &[("a.html", "1")]).unwrap();
        let mut staging = output.stage();
        staging.file(&OutPath::new("a.html").unwrap(), Digest::default(), Some(b"2")).unwrap();
        exchange_in_steps(&output).unwrap();
        assert_eq!(seen(&output), ["a.html 2"]);
    }

    #[test]
    fn an_unfinished_tree_is_never_seen_and_leaves_nothing() {
        let (_folder, output) = site();
        publish(&output, &[("a.html", "1")]).unwrap();
        let mut staging = output.stage();
        staging.file(&OutPath::new("a.html").unwrap(), Digest::default(), Some(b"2")).unwrap();
        drop(staging);
        assert_eq!(seen(&output), ["a.html 1"]);
        assert!(!output.next_tree().exists());
    }

    #[test]
    fn a_first_build_that_fails_leaves_nothing_at_all() {
        let (folder, output) = site();
        output.stage().file(&OutPath::new("a.html").unwrap(), Digest::default(), Some(b"1")).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "only site.toml is there");
    }

    /// The states in which a kill can leave the two trees and manifests, each followed by a build.
    #[test]
    fn whatever_a_killed_build_leaves_is_put_right() {
        let killed: [fn(&Output); 4] = [
            |output| fs::create_dir_all(output.next_tree().join("half")).unwrap(),
            |output| fs::write(output.next_manifest_path(), "a.html\nnew.html\n").unwrap(),
            |output| {
                fs::write(output.next_manifest_path(), "a.html\nnew.html\n").unwrap();
                fs::write(output.path().join("new.html"), "new").unwrap();
                fs::create_dir_all(output.next_tree()).unwrap();
            },
            |output| fs::rename(output.path(), output.previous_tree()).unwrap(),
        ];
        for kill in killed {
            let (_folder, output) = site();
            publish(&output, &[("a.html", "1")]).unwrap();
            kill(&output);
            output.check().unwrap();
            publish(&output, &[("a.html", "2")]).unwrap();
            assert_eq!(seen(&output), ["a.html 2"]);
            let left: Vec<_> = fs::read_dir(&output.beside).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            assert_eq!(left.iter().filter(|name| !matches!(name.as_str(), "manifest" | "lock")).count(), 0, "{left:?}");
        }
    }

    #[test]
    fn a_file_that_somebody_adds_during_the_build_is_kept() {
        let (_folder, output) = site();
        publish(&output, &[("a.html", "1")]).unwrap();
        let mut staging = output.stage();
        staging.file(&OutPath::new("a.html").unwrap(), Digest::default(), Some(b"2")).unwrap();
        fs::write(output.path().join("mine.txt"), "mine").unwrap();
        assert!(staging.publish().unwrap_err().message.contains("mine.txt"));
        assert_eq!(seen(&output), ["a.html 1", "mine.txt mine"]);
    }
}
