//! The manifest: which files Rungs wrote, and what is known of each. Its text comes in and goes out; facts are looked up.
//!
//! A line is a fact about one file: its path, the digest of its bytes, and the size, time and inode that it had. A fact is
//! believed when the file still looks so, whichever of the two trees it stands in. Two rules make that safe:
//! - A file as young as the manifest itself could have been edited within the same tick of the clock, unseen. Its time is
//!   not believed, and its bytes decide. (Who edits what visitors see does so after the exchange, and the manifest is
//!   written before: such an edit is never older than the manifest.)
//! - When two facts fit one file and differ, as on file systems with coarse times, its bytes decide.
//!
//! A line may also say what a folder held (`tree`). A manifest that was damaged still says which paths are ours, and nothing
//! else.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use super::tree::{self, Listings};
use crate::digest::Digest;
use crate::path::OutPath;

/// First in the file, before the digest of the rest.
const HEADER: &str = "rungs manifest 1 ";

/// What tells whether a file is the one that it was. No time is the time 0, which agrees with nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    pub size: u64,
    /// In nanoseconds since 1970.
    pub modified: u64,
    /// 0 where there are none.
    pub inode: u64,
}

/// What is known of a file that Rungs wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    pub digest: Digest,
    pub stat: Stat,
}

/// The files that Rungs wrote.
#[derive(Debug, Default)]
pub struct Manifest {
    files: BTreeMap<OutPath, Known>,
    /// What the folders of the trees held.
    pub listings: Listings,
}

#[derive(Debug, Default)]
struct Known {
    /// Whether the path belongs to the finished site, not only to the tree before it.
    in_site: bool,
    facts: Vec<Fact>,
}

/// What a manifest says about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// These are its bytes.
    Sure(Digest),
    /// It may be one that we know: its bytes tell.
    Look,
    /// It is not as we wrote it.
    Changed,
}

impl Stat {
    /// Of a file that is not there.
    pub const NONE: Self = Self { size: 0, modified: 0, inode: 0 };

    /// Of a file, not of a link to it.
    pub fn of(about: &Metadata) -> Self {
        let since = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(0);
        Self { size: about.len(), modified, inode: inode(about) }
    }

    /// Of a path and how it looks.
    pub(super) fn digest(&self, path: &str) -> Digest {
        let Self { size, modified, inode } = self;
        Digest::of(&[&size.to_le_bytes()[..], &modified.to_le_bytes(), &inode.to_le_bytes(), path.as_bytes()].concat())
    }

    /// Whether two names lead to one file, or to a file and a copy that was never touched.
    pub fn is(&self, other: &Self) -> bool {
        self == other && self.modified != 0
    }
}

impl Manifest {
    /// Reads the manifest, and the log of a build that was killed: files that it may have put into the spare tree.
    /// None when there is neither.
    pub fn read(manifest: &Path, log: &Path) -> Option<Self> {
        let (text, log) = (fs::read(manifest).ok(), fs::read(log).ok());
        if text.is_none() && log.is_none() {
            return None;
        }
        let written = manifest.symlink_metadata().map_or(0, |about| Stat::of(&about).modified);
        let mut known = Self::default();
        known.take(&String::from_utf8_lossy(&text.unwrap_or_default()), written);
        for line in String::from_utf8_lossy(&log.unwrap_or_default()).lines() {
            // The last line may be torn: its end is missing then.
            if let Some(Ok(path)) = line.strip_suffix('\t').map(OutPath::new) {
                known.files.entry(path).or_default();
            }
        }
        Some(known)
    }

    /// The text of the manifest for a new site, the tree before it, and what folders in them held.
    pub fn text<'a>(
        site: impl Iterator<Item = (&'a OutPath, &'a Fact)> + Send,
        spare: impl Iterator<Item = (&'a OutPath, &'a Fact)> + Send,
        listings: impl Iterator<Item = (&'a Digest, &'a Arc<str>)> + Send,
    ) -> String {
        let rest = || {
            let mut lines = lines("spare", spare);
            listings.for_each(|(key, names)| tree::write(&mut lines, key, names));
            lines
        };
        let (site, rest) = rayon::join(|| lines("site", site), rest);
        let lines = site + &rest;
        format!("{HEADER}{}\n{lines}", Digest::of(lines.as_bytes()))
    }

    /// The line of the log for a path.
    pub fn log_line(path: &OutPath) -> String {
        format!("{}\t\n", path.as_str())
    }

    /// Whether Rungs wrote a file of this path into one of the trees.
    pub fn has(&self, path: &OutPath) -> bool {
        self.files.contains_key(path)
    }

    /// Whether the path is one of the finished site.
    pub fn is_of_site(&self, path: &OutPath) -> bool {
        self.files.get(path).is_some_and(|known| known.in_site)
    }

    /// What is known about the bytes of a file.
    pub fn verdict(&self, path: &OutPath, stat: &Stat) -> Verdict {
        let facts = self.files.get(path).map_or(&[][..], |known| &known.facts);
        let mut fitting = facts.iter().filter(|fact| fact.stat.is(stat)).map(|fact| fact.digest);
        match fitting.next() {
            Some(digest) if fitting.all(|other| other == digest) => Verdict::Sure(digest),
            _ if facts.iter().any(|fact| fact.stat.size == stat.size) => Verdict::Look,
            _ => Verdict::Changed,
        }
    }

    /// Whether a file of these bytes was written to this path.
    pub fn knows(&self, path: &OutPath, digest: Digest) -> bool {
        self.files.get(path).is_some_and(|known| known.facts.iter().any(|fact| fact.digest == digest))
    }

    fn take(&mut self, text: &str, written: u64) {
        let (header, lines) = text.split_once('\n').unwrap_or_default();
        let is_whole = header.strip_prefix(HEADER).is_some_and(|digest| digest == Digest::of(lines.as_bytes()).to_string());
        if is_whole {
            self.listings = Listings::from_lines(lines);
        }
        for (path, tag, fact) in lines.lines().filter_map(parse) {
            let known = self.files.entry(path).or_default();
            // What a damaged manifest calls ours is ours by its path alone.
            known.in_site |= tag == "site" || !is_whole;
            if let Some(mut fact) = fact.filter(|_| is_whole) {
                if fact.stat.modified >= written {
                    fact.stat.modified = 0;
                }
                // Mostly there is no other.
                known.facts.reserve_exact(1);
                known.facts.push(fact);
            }
        }
    }
}

/// Lines about files.
fn lines<'a>(tag: &str, facts: impl Iterator<Item = (&'a OutPath, &'a Fact)>) -> String {
    let mut lines = String::new();
    for (path, Fact { digest, stat: Stat { size, modified, inode } }) in facts {
        let _ = writeln!(lines, "{tag}\t{digest}\t{size}\t{modified}\t{inode}\t{}", path.as_str());
    }
    lines
}

/// The path stands last, so that it is known whatever happened to the fact before it.
fn parse(line: &str) -> Option<(OutPath, &str, Option<Fact>)> {
    let (fact, path) = line.rsplit_once('\t')?;
    let (tag, fact) = fact.split_once('\t').unwrap_or_default();
    Some((OutPath::new(path).ok()?, tag, parse_fact(fact)))
}

fn parse_fact(text: &str) -> Option<Fact> {
    let mut parts = text.split('\t');
    let digest = parts.next()?.parse().ok()?;
    let (size, modified, inode) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Fact { digest, stat: Stat { size, modified, inode } })
}

#[cfg(unix)]
fn inode(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}
