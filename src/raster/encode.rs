//! Encoding: pixels come in, the bytes of a PNG or of an icon go out. Few colours become a palette,
//! which is a third of the size; many stay as they are.

use std::collections::BTreeMap;

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};

use super::DrawError;

/// Pixels in the form in which a PNG holds them.
struct Samples {
    color: ColorType,
    bytes: Vec<u8>,
    palette: Vec<u8>,
    alphas: Vec<u8>,
}

/// Writes pixels as a PNG.
pub(super) fn png(pixels: &Pixmap) -> Result<Vec<u8>, DrawError> {
    let Samples {
        color,
        bytes,
        palette,
        alphas,
    } = indexed(pixels).unwrap_or_else(|| full(pixels));
    let mut file = vec![];
    let mut encoder = Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    if color == ColorType::Indexed {
        encoder.set_filter(Filter::NoFilter);
        encoder.set_palette(palette);
        if alphas.iter().any(|alpha| *alpha < 255) {
            encoder.set_trns(alphas);
        }
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&bytes)?;
    writer.finish()?;
    Ok(file)
}

impl From<EncodingError> for DrawError {
    fn from(error: EncodingError) -> Self {
        Self::Encode(error.to_string())
    }
}

/// Writes an icon file with one PNG in it.
#[rustfmt::skip]
pub(super) fn ico(png: &[u8], width: u32, height: u32) -> Result<Vec<u8>, DrawError> {
    let side = |pixels: u32| u8::try_from(pixels).map_err(|_| DrawError::LargeIcon);
    let length = u32::try_from(png.len()).map_err(|_| DrawError::LargeIcon)?;
    let mut file = vec![
        0, 0, // reserved
        1, 0, // the kind: an icon
        1, 0, // how many pictures
        side(width)?, side(height)?,
        0, 0, // no palette; reserved
        1, 0, // planes
        32, 0, // bits of a pixel
    ];
    file.extend(length.to_le_bytes());
    file.extend(22_u32.to_le_bytes()); // where the picture begins
    file.extend(png);
    Ok(file)
}

/// Reads pixels as places in a palette, if there are few enough colours; colours are in the order in
/// which they are met. Most pixels are like the one before.
fn indexed(pixels: &Pixmap) -> Option<Samples> {
    let mut known: BTreeMap<[u8; 4], u8> = BTreeMap::new();
    let (mut palette, mut alphas) = (vec![], vec![]);
    let mut bytes = Vec::with_capacity(pixels.pixels().len());
    let mut last = None;
    for pixel in pixels.pixels() {
        let index = match last {
            Some((like, index)) if like == *pixel => index,
            _ => {
                let color = straight(*pixel);
                let next = u8::try_from(known.len());
                let index = match known.get(&color) {
                    Some(index) => *index,
                    None => {
                        palette.extend(&color[..3]);
                        alphas.push(color[3]);
                        *known.entry(color).or_insert(next.ok()?)
                    }
                };
                last = Some((*pixel, index));
                index
            }
        };
        bytes.push(index);
    }
    Some(Samples {
        color: ColorType::Indexed,
        bytes,
        palette,
        alphas,
    })
}

fn full(pixels: &Pixmap) -> Samples {
    let is_opaque = pixels.pixels().iter().all(|pixel| pixel.alpha() == 255);
    let channels = if is_opaque { 3 } else { 4 };
    let bytes = pixels
        .pixels()
        .iter()
        .flat_map(|pixel| straight(*pixel).into_iter().take(channels))
        .collect();
    Samples {
        color: if is_opaque {
            ColorType::Rgb
        } else {
            ColorType::Rgba
        },
        bytes,
        palette: vec![],
        alphas: vec![],
    }
}

fn straight(pixel: PremultipliedColorU8) -> [u8; 4] {
    let color = pixel.demultiply();
    [color.red(), color.green(), color.blue(), color.alpha()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(pixel: impl Fn(u8, u8) -> [u8; 4]) -> Pixmap {
        let mut pixels = Pixmap::new(64, 64).unwrap();
        let places = (0..64).flat_map(|y| (0..64).map(move |x| (x, y)));
        for ((x, y), target) in places.zip(pixels.pixels_mut()) {
            let [red, green, blue, alpha] = pixel(x, y);
            *target = PremultipliedColorU8::from_rgba(red, green, blue, alpha).unwrap();
        }
        pixels
    }

    #[test]
    fn every_pixel_comes_back_with_few_colours_and_with_many() {
        for pixels in [
            drawn(|x, _| [x, 0, 0, 255]),
            drawn(|x, y| [x, y, 0, 255]),
            drawn(|x, y| [0, 0, 0, x.max(y)]),
            drawn(|x, y| [x, y, 9, 200]),
        ] {
            let file = png(&pixels).unwrap();
            let back = Pixmap::decode_png(&file).unwrap();
            let close = |a: &PremultipliedColorU8, b: &PremultipliedColorU8| {
                a.red().abs_diff(b.red()) < 2 && a.alpha() == b.alpha()
            };
            assert!(
                pixels
                    .pixels()
                    .iter()
                    .zip(back.pixels())
                    .all(|(a, b)| close(a, b))
            );
        }
    }

    #[test]
    fn an_icon_says_where_its_picture_stands() {
        let picture = png(&drawn(|_, _| [1, 2, 3, 255])).unwrap();
        let icon = ico(&picture, 64, 64).unwrap();
        assert_eq!(icon[..8], [0, 0, 1, 0, 1, 0, 64, 64]);
        assert_eq!(
            (&icon[14..18], &icon[18..22], &icon[22..]),
            (
                &u32::try_from(picture.len()).unwrap().to_le_bytes()[..],
                &[22, 0, 0, 0][..],
                &picture[..]
            )
        );
    }
}
