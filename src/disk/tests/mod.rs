//! Publishing on real folders: a site is a map of paths to texts, and its generations differ in
//! every way in which sites do.

#![allow(
    clippy::disallowed_macros,
    clippy::print_stderr,
    reason = "how many kills there were is half of the result"
)]

pub mod hook;

mod edits;
mod faults;
mod foreign;
mod keeping;
mod kills;
mod reading;
mod saving;
mod watching;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use self::hook::System;
use super::listings::Listings;
use super::output_tree;
use super::{FileChanges, Output, Refusal, SiteFolder};
use crate::digest::Digest;
use crate::path::OutPath;
use crate::pipeline::Sink as _;

/// The files of a site, or of any folder.
type Texts = BTreeMap<String, String>;

/// A folder with a site in it.
struct Place {
    folder: tempfile::TempDir,
    system: System,
}

impl Place {
    fn new(system: System) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("site.toml"), "").unwrap();
        if system == System::Mount {
            fs::create_dir(folder.path().join("public")).unwrap();
        }
        Self { folder, system }
    }

    /// A place of the same state, made of links to the same files.
    fn twin(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for entry in walkdir::WalkDir::new(self.folder.path())
            .min_depth(1)
            .into_iter()
            .map(Result::unwrap)
        {
            let to = folder
                .path()
                .join(entry.path().strip_prefix(self.folder.path()).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir(to).unwrap();
            } else {
                fs::hard_link(entry.path(), to).unwrap();
            }
        }
        Self {
            folder,
            system: self.system,
        }
    }

    /// The output folder as a new process finds it.
    fn output(&self) -> Output {
        let site = SiteFolder::at(self.folder.path()).unwrap().unwrap();
        let output = Output::at(&site, &self.public()).unwrap();
        output.files.hook.play(self.system);
        output
    }

    fn public(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn beside(&self) -> PathBuf {
        self.folder.path().join(".public.rungs")
    }

    /// What visitors see.
    fn seen(&self) -> Texts {
        files(&self.public())
    }

    /// Publishes in a process of its own, and makes sure that all is as it should be.
    fn build(&self, site: &Texts) -> FileChanges {
        let published = publish(&self.output(), site).unwrap();
        self.is_whole(site, &published);
        published
    }

    /// The published site is this one, and nothing else is left behind.
    #[track_caller]
    fn is_whole(
        &self,
        site: &Texts,
        FileChanges {
            written, removed, ..
        }: &FileChanges,
    ) {
        assert!(
            self.seen() == *site,
            "not the wanted site: {:?}",
            differences(&self.seen(), site)
        );
        let folders: BTreeSet<String> = site
            .keys()
            .flat_map(|path| path.match_indices('/').map(|(at, _)| path[..at].to_owned()))
            .collect();
        assert_eq!(
            output_tree::names(&self.public(), &Listings::default())
                .unwrap()
                .folders,
            folders.into_iter().collect::<Vec<_>>(),
            "empty folders are left"
        );
        let beside: Vec<_> = fs::read_dir(self.beside())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        // A build that has nothing to do leaves the log of a killed one to the next that has.
        let is_ours = |name: &str| {
            matches!(name, "lock" | "manifest" | "next")
                || (name == "log" && written.is_empty() && removed.is_empty())
        };
        assert!(
            beside.iter().all(|name| is_ours(name)),
            "left behind: {beside:?}"
        );
    }
}

/// Hands a site over as a build does: what is held comes without its bytes, but for some, as when
/// the memo is lost.
fn publish(output: &Output, site: &Texts) -> Result<FileChanges, Refusal> {
    let mut staging = output.stage(&mut |_| {})?;
    let held = staging.held();
    for (path, digest) in &held {
        let bytes = fs::read(output.path().join(path.as_str())).unwrap();
        assert_eq!(
            *digest,
            Digest::of(&bytes),
            "{} is not what is held",
            path.as_str()
        );
    }
    let is_held = |(path, text): (&String, &String)| {
        held.get(&OutPath::new(path).unwrap()) == Some(&Digest::of(text.as_bytes()))
    };
    if !site.iter().all(is_held) {
        staging.prepare();
    }
    for (number, (path, text)) in site.iter().enumerate() {
        let (path, digest) = (OutPath::new(path).unwrap(), Digest::of(text.as_bytes()));
        let is_held = held.get(&path) == Some(&digest);
        let bytes = (!is_held || number % 3 == 0).then_some(text.as_bytes());
        staging.file(&path, digest, bytes)?;
    }
    staging.publish()
}

/// A generation of a site: files that stay, change, come and go, folders that are renamed, a file
/// that becomes a folder.
fn generation(number: usize, pages: usize) -> Texts {
    let page = |page: usize| match page % 5 {
        0 => Some((
            format!("guides/{page}/index.html"),
            format!("the same page {page}"),
        )),
        1 => Some((
            format!("roles/{page}/index.html"),
            format!("page {page} of generation {number}"),
        )),
        2 => Some((
            format!("season-{number}/deep/{page}/index.html"),
            format!("page {page}"),
        )),
        3 => (page / 5 % 2 == number % 2).then(|| {
            (
                format!("offers/{page}/index.html"),
                format!("offer {page}, {number:>5}"),
            )
        }),
        _ => Some((
            format!("tags/{page}.html"),
            format!("{page}: {}", number % 2),
        )),
    };
    let turn = if number.is_multiple_of(2) {
        "turn"
    } else {
        "turn/inner/index.html"
    };
    (0..pages)
        .filter_map(page)
        .chain([
            (turn.to_owned(), format!("turned {number}")),
            ("zebra.txt".to_owned(), "last".to_owned()),
        ])
        .collect()
}

/// All files of a folder; links and other things as what they are.
fn files(folder: &Path) -> Texts {
    let text = |path: &Path| match path.symlink_metadata().unwrap().file_type() {
        it if it.is_symlink() => format!("-> {}", fs::read_link(path).unwrap().display()),
        it if it.is_file() => String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned(),
        it => format!("{it:?}"),
    };
    let entries = walkdir::WalkDir::new(folder)
        .min_depth(1)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| !entry.file_type().is_dir());
    entries
        .map(|entry| {
            (
                entry
                    .path()
                    .strip_prefix(folder)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
                text(entry.path()),
            )
        })
        .collect()
}

fn differences(one: &Texts, other: &Texts) -> Vec<String> {
    let all: BTreeSet<_> = one.keys().chain(other.keys()).collect();
    all.into_iter()
        .filter(|path| one.get(*path) != other.get(*path))
        .map(|path| format!("{path}: {:?} / {:?}", one.get(path), other.get(path)))
        .take(5)
        .collect()
}
