//! Text before it is drawn: a text and a width come in, lines that fit go out, or nothing where the
//! fonts lack letters.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::{Fitted, Font, SANS, SERIF};

/// Returns a text as it can be drawn: without signs that the font lacks, such as emoji. `None` when the
/// font lacks a letter or a digit, because half a word says something else.
pub fn printable(text: &str, font: Font) -> Option<String> {
    let font = face(font)?;
    let has = |c: char| font.charmap().map(c).is_some();
    if text.chars().any(|c| c.is_alphanumeric() && !has(c)) {
        return None;
    }
    let kept: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| has(*c))
        .collect();
    let words: Vec<&str> = kept.split(' ').filter(|word| !word.is_empty()).collect();
    Some(words.join(" ")).filter(|text| !text.is_empty())
}

/// Breaks a text into lines no wider than `width`, at the first of the sizes at which they are few
/// enough; each size comes with its number of lines. At the last one, what is too much is cut off
/// with an ellipsis.
pub fn fit(text: &str, font: Font, width: u32, sizes: &[(u32, usize)]) -> Fitted {
    for (size, most) in sizes {
        let lines = broken(text, font, width, *size);
        if lines.len() <= *most
            && lines
                .iter()
                .all(|line| advance(line, font, *size) <= f64::from(width))
        {
            return Fitted { lines, size: *size };
        }
    }
    let (size, most) = sizes.last().copied().unwrap_or((16, 1));
    let lines = broken(text, font, width, size);
    let is_short = lines.len() <= most;
    let mut lines: Vec<String> = lines.into_iter().take(most).collect();
    if let Some(last) = lines
        .last_mut()
        .filter(|last| !is_short || advance(last, font, size) > f64::from(width))
    {
        while !last.is_empty() && advance(&format!("{last}…"), font, size) > f64::from(width) {
            last.pop();
        }
        *last = format!(
            "{}…",
            last.trim_end_matches([' ', ',', ';', ':', '-', '–', '—'])
        );
    }
    Fitted { lines, size }
}

/// Breaks a text into lines of whole words; a word that is wider than the line is broken where it must
/// be.
fn broken(text: &str, font: Font, width: u32, size: u32) -> Vec<String> {
    let fits = |line: &str| advance(line, font, size) <= f64::from(width);
    let mut lines: Vec<String> = vec![];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if fits(&format!("{line} {word}")) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
        while let Some(line) = lines.pop_if(|line| !fits(line) && line.chars().count() > 1) {
            let (start, rest) = line.split_at(most_that_fits(&line, fits));
            lines.extend([start.to_owned(), rest.to_owned()]);
        }
    }
    lines
}

/// Returns how many bytes of a line fit, at least its first letter.
fn most_that_fits(line: &str, fits: impl Fn(&str) -> bool) -> usize {
    let ends = line.char_indices().map(|(at, _)| at);
    let mut ends = ends.filter(|at| *at > 0);
    let shortest = ends.clone().next().unwrap_or(line.len());
    ends.rfind(|end| fits(&line[..*end])).unwrap_or(shortest)
}

/// Returns how wide a line is. Kerning is left out: it makes lines narrower, if anything.
fn advance(line: &str, font: Font, size: u32) -> f64 {
    let Some(face) = face(font) else { return 0.0 };
    let metrics = face.glyph_metrics(Size::unscaled(), LocationRef::default());
    let units = f64::from(
        face.metrics(Size::unscaled(), LocationRef::default())
            .units_per_em,
    );
    let charmap = face.charmap();
    let width: f64 = line
        .chars()
        .filter_map(|c| metrics.advance_width(charmap.map(c)?))
        .map(f64::from)
        .sum();
    width / units.max(1.0) * f64::from(size)
}

fn face(font: Font) -> Option<&'static FontRef<'static>> {
    static SERIF_FACE: LazyLock<Option<FontRef<'static>>> =
        LazyLock::new(|| FontRef::new(SERIF).ok());
    static SANS_FACE: LazyLock<Option<FontRef<'static>>> =
        LazyLock::new(|| FontRef::new(SANS).ok());
    match font {
        Font::Serif => SERIF_FACE.as_ref(),
        Font::Sans => SANS_FACE.as_ref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_fonts_lack_is_left_out_and_words_whole() {
        for font in [Font::Serif, Font::Sans] {
            assert_eq!(
                printable("Développeur·euse – Łódź, Инженер, Μηχανικός, Kỹ sư", font).unwrap(),
                "Développeur·euse – Łódź, Инженер, Μηχανικός, Kỹ sư"
            );
            assert_eq!(printable("Ship it 🚀 now", font).unwrap(), "Ship it now");
            assert_eq!(printable("エンジニア", font), None);
            assert_eq!(printable("Engineer (工程师)", font), None);
            assert_eq!(printable("مهندس", font), None);
            assert_eq!(printable("🚀", font), None);
        }
    }

    #[test]
    fn a_text_shrinks_until_it_fits_and_is_cut_at_last() {
        let sizes = [(80, 2), (50, 3), (40, 3)];
        let short = fit("Nurse", Font::Serif, 1000, &sizes);
        assert_eq!((short.lines.len(), short.size), (1, 80));
        let ninety = "Senior Principal Platform Reliability and Developer Experience Engineering Manager (EMEA)";
        let long = fit(ninety, Font::Serif, 1000, &sizes);
        assert_eq!((long.lines.join(" ").as_str(), long.size), (ninety, 50));
        let longest = fit(&ninety.repeat(4), Font::Serif, 1000, &sizes);
        assert_eq!(longest.lines.len(), 3);
        assert!(
            longest.lines[2].ends_with('…')
                && longest
                    .lines
                    .iter()
                    .all(|line| advance(line, Font::Serif, 40) <= 1000.0),
            "{longest:?}"
        );
        let word = fit(&"x".repeat(300), Font::Serif, 1000, &sizes);
        assert!(
            word.lines
                .iter()
                .all(|line| advance(line, Font::Serif, word.size) <= 1000.0),
            "{word:?}"
        );
        assert!(fit("", Font::Serif, 1000, &sizes).lines.is_empty());
    }
}
