//! A program that cannot draw. Nobody gets here: what would be drawn was refused before.

use super::{Canvas, Fitted, Font};

/// Says that nothing can be drawn.
pub fn draw(_: &str, _: Canvas) -> Result<Vec<u8>, String> {
    Err("this program was built without the feature `images`".to_owned())
}

/// Says the same.
pub fn check(_: &str) -> Result<(), String> {
    draw("", Canvas { width: 0, height: 0, ground: super::Ground::Transparent, wrapping: super::Wrapping::Png }).map(drop)
}

/// The text as it is.
pub fn printable(text: &str, _: Font) -> Option<String> {
    Some(text.to_owned())
}

/// One line.
pub fn fit(text: &str, _: Font, _: u32, sizes: &[(u32, usize)]) -> Fitted {
    Fitted { lines: vec![text.to_owned()], size: sizes.last().map_or(16, |(size, _)| *size) }
}
