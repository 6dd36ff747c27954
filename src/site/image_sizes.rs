//! Sizes of images: files come in, width and height in pixels go out, as far as the files say them
//! in their first bytes.

use std::collections::BTreeMap;

use crate::inputs::Inputs;
use crate::path::SourcePath;

/// Names of files end in one of these when they may be images.
const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"];

/// Reads the sizes of those files that are images and say it.
pub(super) fn read<'a>(
    paths: impl Iterator<Item = &'a SourcePath>,
    inputs: &Inputs,
) -> BTreeMap<SourcePath, (u32, u32)> {
    let mut sizes = BTreeMap::new();
    for path in paths {
        let ending = path.extension().to_ascii_lowercase();
        if !ENDINGS.contains(&ending.as_str()) {
            continue;
        }
        let Ok(bytes) = inputs.bytes(path) else {
            continue;
        };
        if let Some(size) = size(&ending, &bytes) {
            sizes.insert(path.clone(), size);
        }
    }
    sizes
}

fn size(ending: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    if ending == "svg" {
        return svg_size(std::str::from_utf8(bytes).ok()?);
    }
    let size = imagesize::blob_size(bytes).ok()?;
    Some((
        u32::try_from(size.width).ok()?,
        u32::try_from(size.height).ok()?,
    ))
}

/// Returns width and height of an SVG: its attributes in pixels, or else its view box.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let start = text.find("<svg")?;
    let tag = &text[start..start + text[start..].find('>')?];
    let attribute = |name: &str| {
        let value = tag.split_once(&format!(" {name}="))?.1;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value[1..].split_once(quote).map(|(value, _)| value)
    };
    let pixels = |name: &str| attribute(name)?.trim_end_matches("px").parse::<f64>().ok();
    if let (Some(width), Some(height)) = (pixels("width"), pixels("height")) {
        return Some((rounded(width)?, rounded(height)?));
    }
    let values: Vec<f64> = attribute("viewBox")?
        .split([' ', ','])
        .filter_map(|value| value.parse().ok())
        .collect();
    match values.as_slice() {
        [_, _, width, height] => Some((rounded(*width)?, rounded(*height)?)),
        _ => None,
    }
}

/// Rounds to whole pixels. Through text: the one way from a float to an integer that cannot lose
/// anything unseen.
fn rounded(value: f64) -> Option<u32> {
    let size = format!("{value:.0}").parse::<u32>().ok()?;
    (1..1_000_000).contains(&size).then_some(size)
}

#[cfg(test)]
mod tests {
    use super::svg_size;

    #[test]
    fn an_svg_says_its_size_in_two_ways() {
        assert_eq!(
            svg_size(r#"<?xml version="1.0"?><svg width="30px" height='20'>"#),
            Some((30, 20))
        );
        assert_eq!(
            svg_size(r#"<svg xmlns="x" viewBox="0 0 640 480">"#),
            Some((640, 480))
        );
        assert_eq!(svg_size(r#"<svg width="100%" height="auto">"#), None);
    }
}
