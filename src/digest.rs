//! Digests: bytes come in, a fixed-size name for exactly those bytes goes out.

use std::fmt;
use std::io;
use std::str::FromStr;

/// The first 128 bits of a BLAKE3 hash: enough that two different inputs never meet by accident.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Digest([u8; 16]);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::shortened(blake3::hash(bytes))
    }

    /// The digest and the number of the bytes that a reader gives, without holding them.
    pub fn of_stream(reader: impl io::Read) -> io::Result<(Self, u64)> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(reader)?;
        Ok((Self::shortened(hasher.finalize()), hasher.count()))
    }

    /// The digest as bytes, to be hashed or stored.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The first eight hexadecimal digits: what a fingerprinted file name carries.
    pub fn short(&self) -> String {
        self.to_string()[..8].to_owned()
    }

    fn shortened(hash: blake3::Hash) -> Self {
        let mut short = [0; 16];
        short.copy_from_slice(&hash.as_bytes()[..16]);
        Self(short)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = NoDigest;

    /// Reads what `Display` writes.
    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let is_hex = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u128::from_str_radix(text, 16).ok()).flatten().map(|number| Self(number.to_be_bytes())).ok_or(NoDigest)
    }
}

/// Why a text is no digest: it is not 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDigest;
