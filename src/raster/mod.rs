//! Pictures: an SVG comes in, a PNG or an icon goes out, the same bytes on every machine. What the
//! SVG says is a theme's or a site's; its text is drawn with the two fonts inside the program, and
//! nothing that it refers to is loaded.
//!
//! Without the feature `images` nothing is drawn: `AVAILABLE` says so, and whoever plans pictures
//! asks it first.

#[cfg(feature = "images")]
mod draw;
#[cfg(feature = "images")]
mod encode;
#[cfg(not(feature = "images"))]
mod nothing;
#[cfg(feature = "images")]
mod text;

use std::fmt;
use std::sync::LazyLock;

use serde::Serialize;

use crate::digest::Digest;

#[cfg(feature = "images")]
pub use draw::{check, draw};
#[cfg(not(feature = "images"))]
pub use nothing::{check, draw, fit, printable};
#[cfg(feature = "images")]
pub use text::{fit, printable};

/// Whether this program can draw.
pub const AVAILABLE: bool = cfg!(feature = "images");

/// The serif and the sans of the pictures. Their `.notdef` is empty: a letter that they lack leaves
/// a gap, never a box.
const SERIF: &[u8] = include_bytes!("fonts/NotoSerif-Bold.ttf");
const SANS: &[u8] = include_bytes!("fonts/NotoSans-Regular.ttf");

/// A picture before it is drawn.
#[derive(Clone, Debug, Serialize)]
pub struct Drawing {
    pub svg: String,
    pub canvas: Canvas,
}

/// What is drawn from an SVG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Canvas {
    /// In pixels. The SVG is made as large as it fits, and stands in the middle.
    pub width: u32,
    pub height: u32,
    pub ground: Ground,
    pub wrapping: Wrapping,
}

/// What is seen where the SVG is transparent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Ground {
    Transparent,
    White,
}

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Wrapping {
    Png,
    /// A PNG in an icon file.
    Ico,
}

/// A text in lines, and the size at which they fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fitted {
    pub lines: Vec<String>,
    /// In pixels.
    pub size: u32,
}

/// The font that a text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Font {
    Serif,
    Sans,
}

/// Why an SVG cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawError {
    /// It is no SVG that can be read; with the words of the parser.
    Svg(String),
    /// The canvas has no pixels.
    NoCanvas,
    /// The file cannot be made; with the words of the encoder.
    Encode(String),
    /// An icon file cannot hold a picture of this size.
    LargeIcon,
    /// This program was built without the feature `images`.
    Unsupported,
}

impl fmt::Display for DrawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Svg(why) | Self::Encode(why) => f.write_str(why),
            Self::NoCanvas => f.write_str("there is nothing to draw on"),
            Self::LargeIcon => f.write_str("an icon is at most 255 pixels wide"),
            Self::Unsupported => f.write_str("this program was built without the feature `images`"),
        }
    }
}

impl std::error::Error for DrawError {}

impl Drawing {
    /// Returns the digest of everything that the bytes of the picture are a function of.
    pub fn key(&self) -> Digest {
        /// Raised when the same SVG and fonts give other bytes.
        const VERSION: u32 = 1;
        static FONTS: LazyLock<[Digest; 2]> = LazyLock::new(|| [SERIF, SANS].map(Digest::of));
        Digest::of_value(&(VERSION, *FONTS, self))
    }
}
