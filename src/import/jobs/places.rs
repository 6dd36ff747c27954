//! Places of jobs: texts such as "Remote - US" or "Austin, TX" come in; names of places, a country, and whether
//! the job is remote go out.

use super::job::{Place, workplace};
use crate::data::{country, meant};

/// What is known of where a job is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Each once, in the order in which they came.
    pub spots: Vec<Spot>,
    pub workplace: Option<&'static str>,
}

/// A place: a name, the code of a country, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub name: Option<String>,
    pub country: Option<&'static str>,
}

/// States of the United States: the last part of "Austin, TX".
const STATES: [&str; 51] = [
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS",
    "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY",
    "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV",
    "WI", "WY", "DC",
];

/// Provinces of Canada.
const PROVINCES: [&str; 13] = [
    "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT",
];

/// Reads the places of a job.
pub fn read(places: &[Place]) -> Places {
    let mut read = Places::default();
    let parts = places.iter().flat_map(|place| {
        // One text may hold several places: "Berlin; Paris" or "London or Remote".
        let texts = place
            .text
            .split([';', '|', '\n', '•'])
            .flat_map(|text| text.split(" or "))
            .map(str::trim);
        texts
            .map(|text| (text.to_owned(), place.country.clone()))
            .collect::<Vec<_>>()
    });
    for (text, named) in parts {
        let own = workplace(&text);
        read.workplace = read.workplace.or(own);
        let text = without_workplace(&text);
        let country = named
            .as_deref()
            .and_then(code_of)
            .or_else(|| of_place(&text));
        let is_country = code_of(&text).is_some();
        let name = Some(text).filter(|text| !text.is_empty() && !is_country);
        let spot = Spot { name, country };
        let is_empty = spot.name.is_none() && spot.country.is_none();
        if !is_empty && !read.spots.contains(&spot) {
            read.spots.push(spot);
        }
    }
    read
}

/// Takes "Remote" and what ties it to a place out of a text.
fn without_workplace(text: &str) -> String {
    let mut kept = vec![];
    for part in text
        .split([',', '(', ')', '/', ':'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
    {
        let part = part.trim();
        let words: Vec<&str> = part
            .split_whitespace()
            .filter(|word| workplace(word).is_none())
            .collect();
        let is_tie = |word: &&str| {
            matches!(
                word.to_lowercase().as_str(),
                "in" | "within" | "from" | "only" | "based" | "-" | "–" | "first" | "work"
            )
        };
        let words: Vec<&str> = if words.len() < part.split_whitespace().count() {
            words.into_iter().filter(|word| !is_tie(word)).collect()
        } else {
            words
        };
        if !words.is_empty() {
            kept.push(words.join(" "));
        }
    }
    kept.join(", ")
}

/// Returns the code of a country by its code or name.
fn code_of(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let text = match text
        .to_lowercase()
        .trim_start_matches("the ")
        .trim_end_matches('.')
    {
        "u.s" | "u.s.a" | "usa" | "united states of america" => "US".to_owned(),
        "u.k" | "uk" | "england" | "scotland" | "wales" | "great britain" => "GB".to_owned(),
        _ => text.to_owned(),
    };
    let is_code = text.len() == 2 && text.chars().all(|c| c.is_ascii_uppercase());
    let is_name = text.len() > 2;
    let code = meant::country(&text).filter(|_| is_code || is_name)?;
    country(code).map(|_| code)
}

/// Returns the country of a place by its last part.
fn of_place(text: &str) -> Option<&'static str> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let last = *parts.last()?;
    // "Wilmington, DE" is in Delaware; "DE" alone is Germany.
    if parts.len() > 1 {
        let state = last.split_whitespace().next().unwrap_or_default();
        if STATES.contains(&state) {
            return Some("US");
        }
        if PROVINCES.contains(&state) {
            return Some("CA");
        }
    }
    code_of(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes places as "name/country".
    fn places(texts: &[&str]) -> (Vec<String>, Option<&'static str>) {
        let all: Vec<Place> = texts.iter().map(|text| Place::of(*text)).collect();
        let Places { spots, workplace } = read(&all);
        let text = |spot: &Spot| {
            let name = spot.name.as_deref().unwrap_or_default();
            format!("{name}/{}", spot.country.unwrap_or_default())
        };
        (spots.iter().map(text).collect(), workplace)
    }

    #[test]
    fn places_are_taken_apart() {
        for (texts, spots, workplace) in [
            (&["Austin, TX"][..], &["Austin, TX/US"][..], None),
            (&["Remote - US"], &["/US"], Some("remote")),
            (
                &["Berlin, Germany; Paris, France"],
                &["Berlin, Germany/DE", "Paris, France/FR"],
                None,
            ),
            (
                &["Remote (Canada)", "Toronto, ON"],
                &["/CA", "Toronto, ON/CA"],
                Some("remote"),
            ),
            (
                &["London, UK or Hybrid"],
                &["London, UK/GB"],
                Some("hybrid"),
            ),
            (&["Germany"], &["/DE"], None),
            (&["Springfield", "Springfield"], &["Springfield/"], None),
        ] {
            let spots = spots.iter().map(|spot| (*spot).to_owned()).collect();
            assert_eq!(places(texts), (spots, workplace));
        }
    }
}
