//! Drawing: an SVG and a canvas come in, the bytes of a file go out.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::{Canvas, DrawError, Drawing, Ground, SANS, SERIF, Wrapping, encode};

/// Draws a picture.
pub fn draw(drawing: &Drawing) -> Result<Vec<u8>, DrawError> {
    let Drawing { svg, canvas } = drawing;
    let Canvas {
        width,
        height,
        ground,
        wrapping,
    } = *canvas;
    let tree = parse(svg)?;
    let mut pixels = Pixmap::new(width, height).ok_or(DrawError::NoCanvas)?;
    if ground == Ground::White {
        pixels.fill(Color::WHITE);
    }
    resvg::render(&tree, in_the_middle(&tree, *canvas), &mut pixels.as_mut());
    let png = encode::png(&pixels)?;
    match wrapping {
        Wrapping::Png => Ok(png),
        Wrapping::Ico => encode::ico(&png, width, height),
    }
}

/// Reads the SVG of a picture without drawing it.
pub fn check(drawing: &Drawing) -> Result<(), DrawError> {
    parse(&drawing.svg).map(drop)
}

fn parse(svg: &str) -> Result<Tree, DrawError> {
    Tree::from_str(svg, &options()).map_err(|error| DrawError::Svg(error.to_string()))
}

/// The fonts inside the program and no others; no file is opened.
fn options() -> Options<'static> {
    static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut fonts = Database::new();
        [SERIF, SANS]
            .into_iter()
            .for_each(|font| fonts.load_font_data(font.to_vec()));
        fonts.set_serif_family("Noto Serif");
        fonts.set_sans_serif_family("Noto Sans");
        fonts.set_monospace_family("Noto Sans");
        Arc::new(fonts)
    });
    let images = ImageHrefResolver {
        resolve_data: ImageHrefResolver::default_data_resolver(),
        resolve_string: Box::new(|_, _| None),
    };
    Options {
        fontdb: FONTS.clone(),
        font_family: "Noto Sans".to_owned(),
        image_href_resolver: images,
        ..Options::default()
    }
}

fn in_the_middle(tree: &Tree, Canvas { width, height, .. }: Canvas) -> Transform {
    #[allow(
        clippy::cast_precision_loss,
        reason = "a canvas has a few thousand pixels at most"
    )]
    let (width, height) = (width as f32, height as f32);
    let size = tree.size();
    let scale = (width / size.width()).min(height / size.height());
    Transform::from_row(
        scale,
        0.0,
        0.0,
        scale,
        (width - size.width() * scale) / 2.0,
        (height - size.height() * scale) / 2.0,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Canvas = Canvas {
        width: 40,
        height: 20,
        ground: Ground::Transparent,
        wrapping: Wrapping::Png,
    };

    fn drawn(svg: &str, canvas: Canvas) -> Result<Vec<u8>, DrawError> {
        let svg = svg.to_owned();
        draw(&Drawing { svg, canvas })
    }

    fn pixels(svg: &str, canvas: Canvas) -> Pixmap {
        Pixmap::decode_png(&drawn(svg, canvas).unwrap()).unwrap()
    }

    fn ink(svg: &str) -> usize {
        pixels(svg, SMALL)
            .pixels()
            .iter()
            .filter(|pixel| pixel.alpha() > 0)
            .count()
    }

    #[test]
    fn a_picture_stands_in_the_middle_of_its_canvas() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path fill="#ff0000" d="M0 0h10v10H0z"/></svg>"##;
        let drawn = pixels(svg, SMALL);
        let at = |x, y| drawn.pixel(x, y).map(|pixel| (pixel.red(), pixel.alpha()));
        assert_eq!(
            (at(5, 10), at(20, 10), at(35, 10)),
            (Some((0, 0)), Some((255, 255)), Some((0, 0)))
        );
        let drawn = pixels(
            svg,
            Canvas {
                ground: Ground::White,
                ..SMALL
            },
        );
        assert_eq!(
            drawn
                .pixel(5, 10)
                .map(|pixel| (pixel.green(), pixel.alpha())),
            Some((255, 255))
        );
    }

    #[test]
    fn letters_are_drawn_and_those_that_no_font_has_leave_a_gap() {
        let svg = |text: &str| {
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><text y="15" font-size="16">{text}</text></svg>"#
            )
        };
        assert!(ink(&svg("A")) > 20);
        assert_eq!(ink(&svg("職")), 0);
    }

    #[test]
    fn no_file_is_read_and_what_is_no_svg_is_said() {
        let file = format!(
            "{}/src/raster/fonts/../../../themes/default/static/favicon.svg",
            env!("CARGO_MANIFEST_DIR")
        );
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><image href="{file}" width="40" height="20"/></svg>"#
        );
        assert_eq!(ink(&svg), 0);
        assert!(drawn("<svg", SMALL).is_err() && drawn("", SMALL).is_err());
    }

    #[test]
    fn what_is_nested_deeply_or_refers_to_itself_does_no_harm() {
        let deep = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}{}</svg>"#,
            "<g opacity='.9'>".repeat(900),
            "</g>".repeat(900)
        );
        let _ = std::thread::Builder::new()
            .stack_size(16 << 20)
            .spawn(move || drawn(&deep, SMALL))
            .unwrap()
            .join()
            .unwrap();
        let circle = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="a"><use href="#a"/></g></svg>"##;
        let _ = drawn(circle, SMALL);
    }
}
