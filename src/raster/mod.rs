//! Pictures: an SVG comes in, a PNG or an icon goes out, the same bytes on every machine. What the SVG says is a theme's
//! or a site's; its text is drawn with the two fonts inside the program, and nothing that it refers to is loaded.
//!
//! Without the feature `images` nothing is drawn: `AVAILABLE` says so, and whoever plans pictures asks it first.

#[cfg(feature = "images")]
mod draw;
#[cfg(feature = "images")]
mod encode;
#[cfg(not(feature = "images"))]
mod nothing;
#[cfg(feature = "images")]
mod text;

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

/// The serif and the sans of the pictures. Their `.notdef` is empty: a letter that they lack leaves a gap, never a box.
const SERIF: &[u8] = include_bytes!("fonts/NotoSerif-Bold.ttf");
const SANS: &[u8] = include_bytes!("fonts/NotoSans-Regular.ttf");

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

/// All that the bytes of a picture are a function of.
pub fn key(svg: &str, canvas: Canvas) -> Digest {
    /// Raised when the same SVG and fonts give other bytes.
    const VERSION: u32 = 1;
    static FONTS: std::sync::LazyLock<[Digest; 2]> = std::sync::LazyLock::new(|| [SERIF, SANS].map(Digest::of));
    Digest::of_value(&(VERSION, *FONTS, canvas, svg))
}
