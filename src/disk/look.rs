//! How a file looks from outside: what the system knows of it comes in; whether its bytes can have changed since goes out.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::digest::Digest;
use crate::path::SourcePath;

/// A file may be written again within one tick of its file system's clock; the coarsest tick is that of FAT.
const TICK: i128 = 2_000_000_000;

/// A moment, in nanoseconds since 1970.
pub type Moment = i128;

/// What changes when a file is written, replaced or exchanged. Its times are those of the file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    size: u64,
    modified: Moment,
    /// When the entry itself last changed, which no program can set; where there is no such time, when the file was made.
    changed: Moment,
    /// Device and number of the file.
    identity: (u64, u64),
}

/// What the clock says.
pub fn now() -> Moment {
    moment(SystemTime::now())
}

impl Look {
    /// Of a file, or of what a link leads to.
    pub fn of(about: &Metadata) -> Self {
        let (changed, identity) = system(about);
        Self { size: about.len(), modified: about.modified().map_or(0, moment), changed, identity }
    }

    /// Of a path and how it looks.
    pub(super) fn digest(&self, path: &SourcePath) -> Digest {
        let Self { size, modified, changed, identity: (device, number) } = self;
        let times = [modified.to_le_bytes(), changed.to_le_bytes()].concat();
        let numbers = [size.to_le_bytes(), device.to_le_bytes(), number.to_le_bytes()].concat();
        Digest::of(&[times, numbers, path.as_str().as_bytes().to_vec()].concat())
    }

    /// In bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Whether bytes that were hashed at that moment, when the file looked so, are still its bytes if it looks so `now`.
    /// Not if it was written at about the time (or in the future, or has no time), and not if the clock has gone back since.
    pub fn proves(&self, hashed: Moment, now: Moment) -> bool {
        is_settled(self.modified.max(self.changed), hashed) && hashed <= now
    }
}

/// Whether what last changed then had its last change of that tick of the clock behind it at another moment. No time is 0.
pub(super) fn is_settled(last: Moment, at: Moment) -> bool {
    last > 0 && last + TICK < at
}

fn moment(time: SystemTime) -> Moment {
    let nanoseconds = |it: std::time::Duration| i128::try_from(it.as_nanos()).unwrap_or(i128::MAX);
    time.duration_since(UNIX_EPOCH).map_or_else(|before| -nanoseconds(before.duration()), nanoseconds)
}

#[cfg(unix)]
fn system(about: &Metadata) -> (Moment, (u64, u64)) {
    use std::os::unix::fs::MetadataExt as _;
    (i128::from(about.ctime()) * 1_000_000_000 + i128::from(about.ctime_nsec()), (about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn system(about: &Metadata) -> (Moment, (u64, u64)) {
    (about.created().map_or(0, moment), (0, 0))
}
