//! Stamps: what the system says about a file or folder comes in; whether its bytes can have changed
//! since goes out. No bytes are read here.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::digest::Digest;

/// A point in time, in nanoseconds since 1970; 0 stands for a time that is not known.
pub type Moment = i64;

/// Two writes within one tick of a file system's clock leave the same time. FAT has the coarsest
/// tick, two seconds.
const TICK: Moment = 2_000_000_000;

/// Whether the system says when a file last changed, in a time that no program can set. Without
/// one, a file can get another text and keep its stamp: Windows tells that time to unsafe code
/// only.
const HAS_CHANGE_TIME: bool = cfg!(unix);

/// The metadata that changes when a file or folder is written, replaced or exchanged.
///
/// All times are those of the file system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// When the content was last written.
    pub modified: Moment,
    /// When the inode last changed, which no program can set. Systems without such a time give the
    /// creation time.
    pub changed: Moment,
    /// Number of the file system; 0 where there is none.
    pub device: u64,
    /// Number of the file on its device; 0 where there is none.
    pub inode: u64,
}

/// Returns what the clock says.
pub fn now() -> Moment {
    moment(SystemTime::now())
}

impl Stamp {
    /// Returns the stamp that metadata describes.
    pub fn of(metadata: &Metadata) -> Self {
        let stamp = Self {
            size: metadata.len(),
            modified: metadata.modified().map_or(0, moment),
            ..Self::default()
        };
        stamp.with_inode_of(metadata)
    }

    /// Returns the stamp without what renaming a file or giving it a second name changes.
    ///
    /// The manifest compares these: trees are renamed, and share their files by hard links.
    pub fn without_change_time(self) -> Self {
        Self {
            changed: 0,
            device: 0,
            ..self
        }
    }

    /// Returns the digest of a path together with its stamp.
    pub fn digest(&self, path: &str) -> Digest {
        let Self {
            size,
            modified,
            changed,
            device,
            inode,
        } = self;
        let times = [modified.to_le_bytes(), changed.to_le_bytes()].concat();
        let numbers = [size, device, inode].map(|number| number.to_le_bytes());
        Digest::of(&[&times[..], numbers.as_flattened(), path.as_bytes()].concat())
    }

    /// Returns true if bytes that were hashed at the moment `hashed`, when the file had this stamp,
    /// are still its bytes if it has this stamp at the moment `now`.
    ///
    /// Returns false if the file was written at about the time of hashing, or in the future, or
    /// without a time, and if the clock has gone back since; and always where systems have no time
    /// of change.
    pub fn proves(&self, hashed: Moment, now: Moment) -> bool {
        HAS_CHANGE_TIME
            && is_older_than_tick(self.modified.max(self.changed), hashed)
            && hashed <= now
    }

    /// Returns true if both stamps are of one file, or of a file and an untouched copy of it. Both
    /// come from [`Stamp::without_change_time`].
    pub fn is_same_content(&self, other: &Self) -> bool {
        self == other && self.modified > 0
    }

    /// Returns true if both stamps are of the same file or folder, whatever was written since.
    #[cfg(unix)]
    pub fn is_same_inode(&self, other: &Self) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }

    /// Returns true if both stamps are of the same file or folder, as far as the creation time
    /// tells.
    #[cfg(not(unix))]
    pub fn is_same_inode(&self, other: &Self) -> bool {
        self.changed == other.changed
    }

    #[cfg(unix)]
    fn with_inode_of(self, metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let seconds = metadata.ctime().saturating_mul(1_000_000_000);
        Self {
            changed: seconds.saturating_add(metadata.ctime_nsec()),
            device: metadata.dev(),
            inode: metadata.ino(),
            ..self
        }
    }

    #[cfg(not(unix))]
    fn with_inode_of(self, metadata: &Metadata) -> Self {
        Self {
            changed: metadata.created().map_or(0, moment),
            ..self
        }
    }
}

/// Returns true if `last` is more than one timestamp tick before `at` (git calls the contrary
/// "racily clean"), so that no later write can have left the same time.
pub fn is_older_than_tick(last: Moment, at: Moment) -> bool {
    last > 0 && last.saturating_add(TICK) < at
}

fn moment(time: SystemTime) -> Moment {
    let nanoseconds = |span: Duration| Moment::try_from(span.as_nanos()).unwrap_or(Moment::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => nanoseconds(since),
        Err(before) => -nanoseconds(before.duration()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(modified: Moment, changed: Moment) -> Stamp {
        Stamp {
            modified,
            changed,
            ..Stamp::default()
        }
    }

    #[test]
    fn only_a_file_that_rested_for_a_tick_before_it_was_hashed_is_known() {
        let hashed = 10 * TICK;
        assert_eq!(
            stamp(TICK, 2 * TICK).proves(hashed, hashed),
            HAS_CHANGE_TIME
        );
        assert!(!stamp(hashed - TICK, TICK).proves(hashed, hashed));
        assert!(!stamp(TICK, hashed + 1).proves(hashed, hashed));
        assert!(
            !stamp(0, 0).proves(hashed, hashed),
            "no time proves nothing"
        );
        assert!(
            !stamp(TICK, TICK).proves(hashed, hashed - 1),
            "the clock has gone back"
        );
    }

    #[test]
    fn a_second_name_leaves_the_content_the_same() {
        let (one, other) = (stamp(5, 1), stamp(5, 2));
        assert!(!one.is_same_content(&other));
        assert!(
            one.without_change_time()
                .is_same_content(&other.without_change_time())
        );
        assert!(!stamp(0, 0).is_same_content(&stamp(0, 0)));
    }
}
