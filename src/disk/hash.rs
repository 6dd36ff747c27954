//! Hashing: the files of a walk come in; the digests of those whose bytes may have changed go out.
//! Files whose stamps prove that their bytes are as they were are not opened.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::held::Patience;
use super::hints::Hints;
use super::names::{LARGEST_TEXT, is_text};
use super::source_tree::{Entry, File, Folder, Kind, Place, unreadable};
use super::stamp::{Moment, Stamp};
use super::stat_cache::StatCache;
use crate::diag::{Code, Diagnostic};
use crate::digest::Digest;
use crate::inputs;
use crate::path::SourcePath;

/// What the bytes of a file were when they were hashed.
#[derive(Clone, Debug)]
pub struct Hashed {
    pub bytes: Result<inputs::File, Arc<Diagnostic>>,
    pub stamp: Stamp,
    pub at: Moment,
}

/// A file that is to be opened.
struct Doubtful<'a> {
    place: PathBuf,
    path: &'a SourcePath,
    file: &'a mut File,
}

impl Hashed {
    /// Returns true if a file with this stamp need not be opened. A file that could not be read is
    /// tried again each time.
    fn holds(&self, stamp: Stamp, now: Moment) -> bool {
        let is_unread = matches!(&self.bytes, Err(it) if it.code == Code::UnreadableFile);
        self.stamp == stamp && stamp.proves(self.at, now) && !is_unread
    }
}

/// Hashes all files whose bytes may have changed, and returns how many these are.
pub fn hash_changed(
    folders: &mut [Folder],
    stat_cache: &StatCache,
    hints: &Hints,
    now: Moment,
) -> usize {
    let mut doubtful = vec![];
    for Folder { place, entries, .. } in folders {
        recall(entries, stat_cache);
        doubtful.extend(doubtful_in(place, entries, hints, now));
    }
    let (count, patience) = (doubtful.len(), Patience::to_read());
    doubtful
        .into_par_iter()
        .for_each(|Doubtful { place, path, file }| {
            file.known = measure(&patience, path, &place).map(|bytes| Hashed {
                bytes: bytes.map_err(Arc::new),
                stamp: file.stamp,
                at: now,
            });
        });
    count
}

/// Takes over what the stat cache knows of files that this process has not seen yet.
fn recall(entries: &mut [Entry], stat_cache: &StatCache) {
    for Entry { path, kind, .. } in entries {
        if let Kind::File(file) = kind
            && file.known.is_none()
        {
            file.known = stat_cache.get(path, file.stamp);
        }
    }
}

/// Returns the files of a folder that must be opened.
fn doubtful_in<'a>(
    place: &'a Place,
    entries: &'a mut [Entry],
    hints: &'a Hints,
    now: Moment,
) -> impl Iterator<Item = Doubtful<'a>> {
    let is_covered = hints.cover(&place.real);
    let named = hints.names_in(&place.real);
    entries.iter_mut().filter_map(move |entry| {
        let Entry { name, path, kind } = entry;
        let Kind::File(file) = kind else { return None };
        let target = file.target.as_ref();
        let is_hinted = is_covered
            || named.is_some_and(|names| names.contains(name))
            || target.is_some_and(|target| hints.cover(target));
        let known = file.known.as_ref();
        if !is_hinted && known.is_some_and(|known| known.holds(file.stamp, now)) {
            return None;
        }
        let place = place.path.join(name);
        Some(Doubtful { place, path, file })
    })
}

/// Returns the digest and size of a file, or `None` when it is gone. Text files have a largest
/// size; other files do not. An editor that saves a file may keep others out for an instant.
pub fn measure(
    patience: &Patience,
    path: &SourcePath,
    file: &Path,
) -> Option<Result<inputs::File, Diagnostic>> {
    let limit = if is_text(&path.extension().to_ascii_lowercase()) {
        LARGEST_TEXT
    } else {
        u64::MAX
    };
    let read = patience
        .until(|| fs::File::open(file))
        .and_then(|it| Digest::of_stream(it.take(limit.saturating_add(1))));
    Some(match read {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => Err(unreadable(path, &error)),
        Ok((_, size)) if size > limit => Err(too_large(path)),
        Ok((digest, size)) => Ok(inputs::File { digest, size }),
    })
}

fn too_large(path: &SourcePath) -> Diagnostic {
    let message = format!(
        "this text file is larger than {} MiB, the most that Rungs reads",
        LARGEST_TEXT / 1024 / 1024
    );
    Diagnostic::error(Code::TooLarge, message)
        .at_file(path)
        .help("split it into several files; to offer it for download, compress it and put it into static/")
}
