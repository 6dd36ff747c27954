//! The colours of the default theme, computed from its stylesheet: every palette, light and dark,
//! is legible.

use std::collections::BTreeMap;

use crate::harness::Site;

/// Text, and what it stands on: 4.5 to 1 (WCAG 2.2, 1.4.3).
const TEXTS: [(&str, &str); 18] = [
    ("ink", "paper"),
    ("ink", "raised"),
    ("ink", "tint"),
    ("ink", "signal-tint"),
    ("muted", "paper"),
    ("muted", "raised"),
    ("muted", "tint"),
    ("muted", "signal-tint"),
    ("accent", "paper"),
    ("accent", "raised"),
    ("accent", "tint"),
    ("accent", "signal-tint"),
    ("on-accent", "accent"),
    ("signal", "paper"),
    ("signal", "raised"),
    ("signal", "signal-tint"),
    ("on-cover", "cover"),
    ("cover-muted", "cover"),
];
/// Shapes that say something, and what they stand on: 3 to 1 (1.4.11). The ring of the focus is
/// `signal`, on the cover `on-cover`.
const SHAPES: [(&str, &str); 8] = [
    ("signal", "paper"),
    ("signal", "tint"),
    ("on-cover", "cover"),
    ("band", "paper"),
    ("band", "raised"),
    ("band", "tint"),
    ("band", "band-light"),
    ("strong-rule", "paper"),
];
const SCHEMES: [&str; 2] = ["light", "dark"];

type Tokens = BTreeMap<String, String>;

#[test]
fn every_palette_is_legible_in_light_and_in_dark() {
    let mut diagnostics = vec![];
    for (palette, tokens) in palettes() {
        for (scheme, name) in SCHEMES.iter().enumerate() {
            let pairs = TEXTS
                .iter()
                .map(|pair| (pair, 4.5))
                .chain(SHAPES.iter().map(|pair| (pair, 3.0)));
            for ((front, back), least) in pairs {
                let ratio = contrast(color(&tokens, front, scheme), color(&tokens, back, scheme));
                if ratio < least {
                    diagnostics.push(format!(
                        "{palette}, {name}: {front} on {back} is {ratio:.2} to 1, less than {least}"
                    ));
                }
            }
        }
    }
    assert!(diagnostics.is_empty(), "{}", diagnostics.join("\n"));
}

#[test]
fn browsers_are_told_the_colour_of_the_page() {
    for (palette, tokens) in palettes() {
        let mut site = Site::from("=== content/a.md\nText.\n");
        site.edit("site.toml", format!("title = \"Test\"\nbase_url = \"https://example.com/\"\n[params]\npalette = \"{palette}\"\n"));
        let page = site.build().clean().dom("a/index.html");
        let told: Vec<(&str, &str)> = page
            .all("meta")
            .filter(|meta| meta.attr("name") == "theme-color")
            .map(|meta| (meta.attr("media"), meta.attr("content")))
            .collect();
        let colors: Vec<String> = [0, 1]
            .map(|scheme| hex(color(&tokens, "paper", scheme)))
            .into();
        assert_eq!(
            told,
            [
                ("(prefers-color-scheme: light)", colors[0].as_str()),
                ("(prefers-color-scheme: dark)", colors[1].as_str())
            ],
            "{palette}"
        );
    }
}

/// The tokens of each palette: those of `:root`, and on top of them its own.
fn palettes() -> BTreeMap<String, Tokens> {
    let css = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/themes/default/static/css/main.css"
    ))
    .unwrap();
    let root = declarations(css.split_once(":root {").unwrap().1);
    let named = css.split(":root[data-palette=\"").skip(1).map(|rule| {
        let (name, rest) = rule.split_once("\"] {").unwrap();
        (
            name.to_owned(),
            root.clone().into_iter().chain(declarations(rest)).collect(),
        )
    });
    let all: BTreeMap<String, Tokens> = named.chain([("green".to_owned(), root.clone())]).collect();
    assert_eq!(all.len(), 6, "as many as theme.toml names");
    all
}

/// The custom properties up to the end of a rule.
fn declarations(rule: &str) -> Tokens {
    let (body, _) = rule.split_once('}').unwrap();
    let each = body.split(';').filter_map(|line| {
        line.rsplit("*/")
            .next()?
            .trim()
            .strip_prefix("--")?
            .split_once(':')
    });
    each.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

/// A token as linear RGB.
fn color(tokens: &Tokens, name: &str, scheme: usize) -> [f64; 3] {
    let value = tokens
        .get(name)
        .unwrap_or_else(|| panic!("there is no --{name}"))
        .replace("var(--hue)", &tokens["hue"]);
    let value = match value.strip_prefix("light-dark(") {
        // No colour has a comma in it.
        Some(both) => both
            .strip_suffix(')')
            .unwrap()
            .split(", ")
            .nth(scheme)
            .unwrap()
            .to_owned(),
        None => value,
    };
    if value == "#fff" {
        return [1.0; 3];
    }
    let numbers = value
        .strip_prefix("oklch(")
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or_else(|| panic!("--{name}: {value}"));
    let numbers: Vec<f64> = numbers
        .split(' ')
        .map(|number| number.parse().unwrap())
        .collect();
    linear(numbers[0], numbers[1], numbers[2].to_radians())
}

/// OKLCH as linear sRGB, cut off at its borders (CSS Color 4, 9.3).
fn linear(lightness: f64, chroma: f64, hue: f64) -> [f64; 3] {
    let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let red = 4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s;
    let green = -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s;
    let blue = -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s;
    [red, green, blue].map(|part| part.clamp(0.0, 1.0))
}

/// WCAG 2.2.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let [one, other] =
        [one, other].map(|[red, green, blue]| 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
    one.max(other) / one.min(other)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 0 to 255"
)]
fn hex(color: [f64; 3]) -> String {
    let byte = |part: f64| {
        255.0
            * if part <= 0.003_130_8 {
                12.92 * part
            } else {
                1.055 * part.powf(1.0 / 2.4) - 0.055
            }
    };
    let [red, green, blue] = color.map(|part| byte(part).round() as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}
