//! The manifest: which files Rungs wrote, and what is known of each. Its text comes in and goes
//! out; what is known of a file is looked up.
//!
//! A line tells of one file: its path, the digest of its bytes, and the size, time and inode that
//! it had. The line is believed when the file still has this stamp, whichever of the two trees it
//! stands in. Two rules make that safe:
//! - A file as young as the manifest itself could have been edited within the same tick of the
//!   clock, unseen. Its time is not believed, and its bytes decide. (Who edits what visitors see
//!   does so after the exchange, and the manifest is written before: such an edit is never older
//!   than the manifest.)
//! - When two lines fit one file and differ, as on file systems with coarse times, its bytes
//!   decide.
//!
//! A line may also tell what a folder held ([`super::listings`]). A manifest that was damaged still
//! says which paths are ours, and nothing else.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::listings::{Listing, Listings};
use super::stamp::{Moment, Stamp};
use crate::digest::Digest;
use crate::path::OutPath;

/// First in the file, before the digest of the rest.
const HEADER: &str = "rungs manifest 1 ";

/// A file that Rungs wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub digest: Digest,
    /// From [`Stamp::without_change_time`].
    pub stamp: Stamp,
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
    written: Vec<Written>,
}

/// What a manifest says about the content of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The file has bytes of this digest.
    Certain(Digest),
    /// The file may be one that we wrote: only its bytes tell.
    Uncertain,
    /// The file is not as we wrote it.
    Changed,
}

impl Manifest {
    /// Reads the manifest, and the log of a build that was killed: files that it may have put into
    /// the spare tree. Returns `None` when there is neither.
    pub fn read(manifest: &Path, log: &Path) -> Option<Self> {
        let (text, log) = (fs::read(manifest).ok(), fs::read(log).ok());
        if text.is_none() && log.is_none() {
            return None;
        }
        let saved = manifest
            .symlink_metadata()
            .map_or(0, |metadata| Stamp::of(&metadata).modified);
        let mut known = Self::default();
        known.add_lines(&String::from_utf8_lossy(&text.unwrap_or_default()), saved);
        for line in String::from_utf8_lossy(&log.unwrap_or_default()).lines() {
            // The last line may be torn: its end is missing then.
            if let Some(Ok(path)) = line.strip_suffix('\t').map(OutPath::new) {
                known.files.entry(path).or_default();
            }
        }
        Some(known)
    }

    /// Returns the text of the manifest for a new site, the tree before it, and what folders in
    /// them held.
    pub fn text<'a>(
        site: impl Iterator<Item = (&'a OutPath, &'a Written)> + Send,
        spare: impl Iterator<Item = (&'a OutPath, &'a Written)> + Send,
        listings: impl Iterator<Item = Listing> + Send,
    ) -> String {
        let rest = || {
            let mut lines = lines("spare", spare);
            listings.for_each(|listing| listing.write(&mut lines));
            lines
        };
        let (site, rest) = rayon::join(|| lines("site", site), rest);
        let lines = site + &rest;
        format!("{HEADER}{}\n{lines}", Digest::of(lines.as_bytes()))
    }

    /// Returns the line of the log for a path.
    pub fn log_line(path: &OutPath) -> String {
        format!("{}\t\n", path.as_str())
    }

    /// Returns true if Rungs wrote a file of this path into one of the trees.
    pub fn has(&self, path: &OutPath) -> bool {
        self.files.contains_key(path)
    }

    /// Returns true if the path is one of the finished site.
    pub fn is_of_site(&self, path: &OutPath) -> bool {
        self.files.get(path).is_some_and(|known| known.in_site)
    }

    /// Returns what is known about the bytes of a file with this stamp.
    pub fn content(&self, path: &OutPath, stamp: &Stamp) -> Content {
        let written = self.files.get(path).map_or(&[][..], |known| &known.written);
        let mut fitting = written
            .iter()
            .filter(|written| written.stamp.is_same_content(stamp))
            .map(|written| written.digest);
        match fitting.next() {
            Some(digest) if fitting.all(|other| other == digest) => Content::Certain(digest),
            _ if written
                .iter()
                .any(|written| written.stamp.size == stamp.size) =>
            {
                Content::Uncertain
            }
            _ => Content::Changed,
        }
    }

    /// Returns true if a file of these bytes was written to this path.
    pub fn knows(&self, path: &OutPath, digest: Digest) -> bool {
        self.files
            .get(path)
            .is_some_and(|known| known.written.iter().any(|written| written.digest == digest))
    }

    /// Adds the lines of a manifest that was saved at a moment.
    fn add_lines(&mut self, text: &str, saved: Moment) {
        let (header, lines) = text.split_once('\n').unwrap_or_default();
        let is_whole = header
            .strip_prefix(HEADER)
            .is_some_and(|digest| digest == Digest::of(lines.as_bytes()).to_string());
        if is_whole {
            self.listings = Listings::from_lines(lines);
        }
        for Line { path, tag, written } in lines.lines().filter_map(Line::parse) {
            let known = self.files.entry(path).or_default();
            // What a damaged manifest calls ours is ours by its path alone.
            known.in_site |= tag == "site" || !is_whole;
            if let Some(mut written) = written.filter(|_| is_whole) {
                if written.stamp.modified >= saved {
                    written.stamp.modified = 0;
                }
                // Mostly there is no other.
                known.written.reserve_exact(1);
                known.written.push(written);
            }
        }
    }
}

/// Returns the lines about files.
fn lines<'a>(tag: &str, files: impl Iterator<Item = (&'a OutPath, &'a Written)>) -> String {
    let mut lines = String::new();
    for (path, Written { digest, stamp }) in files {
        let Stamp {
            size,
            modified,
            inode,
            changed: _,
            device: _,
        } = stamp;
        let path = path.as_str();
        let _ = writeln!(
            lines,
            "{tag}\t{digest}\t{size}\t{modified}\t{inode}\t{path}"
        );
    }
    lines
}

/// A line about a file.
struct Line<'a> {
    path: OutPath,
    tag: &'a str,
    written: Option<Written>,
}

impl<'a> Line<'a> {
    /// Reads a line. The path stands last, so that it is known whatever happened to the rest.
    fn parse(line: &'a str) -> Option<Self> {
        let (start, path) = line.rsplit_once('\t')?;
        let (tag, rest) = start.split_once('\t').unwrap_or_default();
        Some(Self {
            path: OutPath::new(path).ok()?,
            tag,
            written: Self::written(rest),
        })
    }

    fn written(text: &str) -> Option<Written> {
        let mut parts = text.split('\t');
        Some(Written {
            digest: parts.next()?.parse().ok()?,
            stamp: Stamp {
                size: parts.next()?.parse().ok()?,
                modified: parts.next()?.parse().ok()?,
                inode: parts.next()?.parse().ok()?,
                ..Stamp::default()
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published folders hold manifests that earlier versions wrote: sites would be refused.
    #[test]
    fn the_text_of_a_manifest_stays_readable() {
        let folder = tempfile::tempdir().unwrap();
        let (manifest, log) = (folder.path().join("manifest"), folder.path().join("log"));
        let lines = "site\t0123456789abcdef0123456789abcdef\t5\t1700000000000000000\t42\ta.html\n\
                     folder\t0123456789abcdef0123456789abcdef\t42=a.html\t\t//\n";
        let text = format!("rungs manifest 1 {}\n{lines}", Digest::of(lines.as_bytes()));
        fs::write(&manifest, &text).unwrap();
        let known = Manifest::read(&manifest, &log).unwrap();
        let (path, stamp) = (
            OutPath::new("a.html").unwrap(),
            Stamp {
                size: 5,
                modified: 1_700_000_000_000_000_000,
                inode: 42,
                ..Stamp::default()
            },
        );
        let digest = "0123456789abcdef0123456789abcdef".parse().unwrap();
        assert!(known.is_of_site(&path));
        assert_eq!(known.content(&path, &stamp), Content::Certain(digest));
        assert_eq!(known.listings.iter().count(), 1);
        let written = Written { digest, stamp };
        let again = Manifest::text(
            [(&path, &written)].into_iter(),
            std::iter::empty(),
            known.listings.iter(),
        );
        assert_eq!(again, text);
    }
}
