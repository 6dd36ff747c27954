//! Where a build's files go, and what is there from builds before: two ends of a build that its
//! caller holds.

use std::convert::Infallible;

use crate::digest::Digest;
use crate::memo::Memo;
use crate::ordered;
use crate::path::OutPath;

/// Takes finished files, in the order of their paths.
///
/// When a build fails it may have handed over some of them: a sink keeps them to itself until its
/// caller knows that the build is good.
pub trait Sink: Send {
    /// Why a file could not be taken: the machine's fault, never the site's.
    type Error: Send;

    /// Called once the build is known not to be a no-op; may start preparing the staging tree.
    fn prepare(&mut self) {}

    /// Takes one file, with the digest of its bytes; without bytes when it is published already,
    /// with this digest.
    fn file(
        &mut self,
        path: &OutPath,
        digest: Digest,
        bytes: Option<&[u8]>,
    ) -> Result<(), Self::Error>;
}

/// Takes files and drops them.
pub struct Nowhere;

impl Sink for Nowhere {
    type Error = Infallible;

    fn file(&mut self, _: &OutPath, _: Digest, _: Option<&[u8]>) -> Result<(), Infallible> {
        Ok(())
    }
}

/// What is there from builds before.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    pub memo: &'a dyn Memo,
    /// The files that the sink needs no bytes of.
    pub published: Published<'a>,
}

/// Files whose bytes need not be made.
#[derive(Clone, Copy)]
pub enum Published<'a> {
    /// These, as long as their digests stay the same.
    These(&'a ordered::Map<OutPath, Digest>),
    /// All: the sink throws bytes away.
    All,
}

impl Published<'_> {
    pub(super) fn holds(&self, path: &OutPath, digest: Digest) -> bool {
        match self {
            Self::These(files) => files.get(path) == Some(&digest),
            Self::All => true,
        }
    }
}
