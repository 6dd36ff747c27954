//! Digests: bytes or values come in, a fixed-size name for exactly those goes out.

mod value;

use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How many bytes of a stream are held at a time.
const PART: usize = 64 * 1024;

/// The first 128 bits of a BLAKE3 hash: enough that two different inputs never meet by accident.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Digest([u8; 16]);

impl Digest {
    /// Returns the digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::shortened(blake3::hash(bytes))
    }

    /// Returns the digest of a value: of its names and contents, each with its type and length, so
    /// that no two values meet. A type that serializes itself in another form for machines
    /// (`is_human_readable`) is hashed in that form.
    pub fn of_value(value: &(impl Serialize + ?Sized)) -> Self {
        Self::of(&value::bytes(value))
    }

    /// Makes a digest of stored bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Returns the digest and the number of the bytes that a reader gives, without holding them.
    pub fn of_stream(mut reader: impl Read) -> io::Result<(Self, u64)> {
        let mut hasher = blake3::Hasher::new();
        // Not cleared for each of thousands of small files, as that of `Hasher::update_reader` is.
        let mut part = Vec::with_capacity(PART);
        loop {
            part.clear();
            let read = reader.by_ref().take(PART as u64).read_to_end(&mut part)?;
            hasher.update(&part);
            if read < PART {
                break;
            }
        }
        Ok((Self::shortened(hasher.finalize()), hasher.count()))
    }

    /// Returns the digest as bytes, to be hashed or stored.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Returns the first eight hexadecimal digits, which a fingerprinted file name carries.
    pub fn short(&self) -> String {
        self.to_string()[..8].to_owned()
    }

    fn shortened(hash: blake3::Hash) -> Self {
        let mut short = [0; 16];
        short.copy_from_slice(&hash.as_bytes()[..16]);
        Self(short)
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

/// Reads bytes with their number, as they are written: an array has none.
impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <Vec<u8>>::deserialize(deserializer)?;
        let bytes = bytes.try_into();
        bytes
            .map(Self)
            .map_err(|_| serde::de::Error::custom("no digest"))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
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
        // `from_str_radix` takes a sign.
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NoDigest);
        }
        let number = u128::from_str_radix(text, 16).map_err(|_| NoDigest)?;
        Ok(Self(number.to_be_bytes()))
    }
}

/// Why a text is no digest: it is not 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDigest;
