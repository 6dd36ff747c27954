//! A program that cannot draw. Nobody gets here: what would be drawn was refused before.

use super::{DrawError, Drawing, Fitted, Font};

/// Says that nothing can be drawn.
pub fn draw(_: &Drawing) -> Result<Vec<u8>, DrawError> {
    Err(DrawError::Unsupported)
}

/// Says the same.
pub fn check(drawing: &Drawing) -> Result<(), DrawError> {
    draw(drawing).map(drop)
}

/// The text as it is.
pub fn printable(text: &str, _: Font) -> Option<String> {
    Some(text.to_owned())
}

/// One line.
pub fn fit(text: &str, _: Font, _: u32, sizes: &[(u32, usize)]) -> Fitted {
    Fitted {
        lines: vec![text.to_owned()],
        size: sizes.last().map_or(16, |(size, _)| *size),
    }
}
