//! Places of jobs: texts such as "Remote - US" or "Austin, TX" come in; names of places, a country, and whether
//! the job is remote go out.

use super::job::{Place, workplace};
use crate::data::{country, meant};

/// What is known of where a job is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    pub names: Vec<String>,
    /// Codes, without repetition, in the order in which they came.
    pub countries: Vec<&'static str>,
    pub workplace: Option<&'static str>,
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
        let code = named
            .as_deref()
            .and_then(code_of)
            .or_else(|| of_place(&text));
        if let Some(code) = code.filter(|code| !read.countries.contains(code)) {
            read.countries.push(code);
        }
        // `country` is that of the first place: one in another country says its own.
        let is_said =
            code.is_none() || of_place(&text) == code || code == read.countries.first().copied();
        let name = match code
            .and_then(country)
            .filter(|_| !is_said && !text.is_empty())
        {
            Some(country) => format!("{text}, {country}"),
            None => text,
        };
        if !name.is_empty() && !read.names.contains(&name) {
            read.names.push(name);
        }
    }
    // A country alone is no place: it says where the job is as `country`, which is one.
    if read.countries.len() < 2 {
        read.names.retain(|name| code_of(name).is_none());
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

    fn places(texts: &[&str]) -> (Vec<String>, Vec<&'static str>, Option<&'static str>) {
        let all: Vec<Place> = texts.iter().map(|text| Place::of(*text)).collect();
        let Places {
            names,
            countries,
            workplace,
        } = read(&all);
        (names, countries, workplace)
    }

    #[test]
    fn places_are_taken_apart() {
        let own = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            places(&["Austin, TX"]),
            (own(&["Austin, TX"]), vec!["US"], None)
        );
        assert_eq!(
            places(&["Remote - US"]),
            (vec![], vec!["US"], Some("remote"))
        );
        assert_eq!(
            places(&["Berlin, Germany; Paris, France"]),
            (
                own(&["Berlin, Germany", "Paris, France"]),
                vec!["DE", "FR"],
                None
            )
        );
        assert_eq!(
            places(&["Remote (Canada)", "Toronto, ON"]),
            (own(&["Toronto, ON"]), vec!["CA"], Some("remote"))
        );
        assert_eq!(
            places(&["London, UK or Hybrid"]),
            (own(&["London, UK"]), vec!["GB"], Some("hybrid"))
        );
        assert_eq!(places(&["Germany"]), (vec![], vec!["DE"], None));
        assert_eq!(
            places(&["Remote - Germany", "France", "Paris, France"]),
            (
                own(&["Germany", "France", "Paris, France"]),
                vec!["DE", "FR"],
                Some("remote")
            )
        );
        assert_eq!(
            places(&["Springfield"]),
            (own(&["Springfield"]), vec![], None)
        );
    }
}
