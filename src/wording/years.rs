//! Years of experience in words: numbers come in, text goes out.

use super::Wording;

/// A range of years of experience, which may have no upper end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    pub min: u32,
    pub max: Option<u32>,
}

/// Returns years with the word: "2–5 years", "8+ years".
pub fn text(words: &Wording<'_>, years: Years) -> String {
    let span = span(words, years);
    let strings = words.strings;
    match years {
        Years { min: 0, max: None } => strings.get("years_any").to_owned(),
        Years { min, max: None } => strings.plural_with("years_open", min, &[("years", &span)]),
        Years { max: Some(max), .. } => {
            strings.plural_with("years_range", max, &[("years", &span)])
        }
    }
}

/// Returns years without the word: "2–5", "8+".
pub fn span(words: &Wording<'_>, Years { min, max }: Years) -> String {
    let key = if max.is_some() { "span" } else { "span_open" };
    let max = max.map(|max| max.to_string()).unwrap_or_default();
    let text = words
        .strings
        .fill(key, &[("min", &min.to_string()), ("max", &max)]);
    words.locale.isolated(text)
}
