//! Words of a language: lists, sentences, titles, terms and names.

use crate::data::Id;
use crate::role::{Ladder, Track};
use crate::wording::Wording;

/// The most characters of a description that search engines show.
pub(super) const MOST: usize = 160;

/// Whether a page has a part, and the string that names the part.
pub type Part = (bool, &'static str);

/// Returns a description with the parts that a page has.
///
/// Parts at the end are left out if the sentence is too long. `<key>_bare` is the string for a page
/// without parts.
pub fn promise(words: &Wording<'_>, key: &str, values: &[(&str, &str)], parts: &[Part]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .filter(|(has, _)| *has)
        .map(|(_, key)| words.strings.get(key).to_owned())
        .collect();
    let sentence = |parts: &[String]| {
        let listed = join_and(words, parts);
        let values = [values, &[("parts", listed.as_str())]].concat();
        if parts.is_empty() {
            words.strings.fill(&format!("{key}_bare"), &values)
        } else {
            words.strings.fill(key, &values)
        }
    };
    let fits = (1..=parts.len())
        .rev()
        .map(|count| sentence(&parts[..count]))
        .find(|text| text.chars().count() <= MOST);
    fits.unwrap_or_else(|| sentence(&parts[..parts.len().min(1)]))
}

/// Returns the name of a track.
///
/// An unnamed track is called like the ladder, unless there is a track of managers too: "Individual
/// contributor" says something only beside managers.
pub fn track_name(words: &Wording<'_>, track: &Track, ladder: &Ladder) -> String {
    let has = |id: &str| ladder.tracks.iter().any(|other| other.id.as_str() == id);
    let known = match track.id.as_str() {
        "individual" if has("manager") => "track_individual",
        "manager" => "track_manager",
        "individual" => "ladder",
        _ => return track.name.clone().unwrap_or_else(|| track.id.to_string()),
    };
    track
        .name
        .clone()
        .unwrap_or_else(|| words.strings.get(known).to_owned())
}

/// Returns a list: "a, b and c".
pub fn join_and(words: &Wording<'_>, items: &[String]) -> String {
    words.strings.lists().all_of(items)
}

/// Returns a list: "a, b or c".
pub fn join_or(words: &Wording<'_>, items: &[String]) -> String {
    words.strings.lists().any_of(items)
}

/// Joins sentences.
pub fn join_sentences(words: &Wording<'_>, sentences: &[String]) -> String {
    sentences.join(words.strings.get("list_sentence"))
}

/// Returns a term of a fixed vocabulary in the language of the site, from a string such as
/// `stage_entry`.
pub fn term(words: &Wording<'_>, vocabulary: &str, id: &str) -> String {
    let key = format!("{vocabulary}_{}", id.replace('-', "_"));
    words.strings.get(&key).to_owned()
}

/// Returns the name of a skill.
pub fn skill_name(words: &Wording<'_>, id: &Id) -> String {
    let skill = words.config.skills.get(id);
    skill.map_or_else(|| id.to_string(), |skill| skill.row.name.value.clone())
}

/// Returns the name of a step of the scale of proficiency.
pub fn proficiency_name(words: &Wording<'_>, id: &Id) -> String {
    let mut scale = words.config.proficiencies.iter();
    let row = scale.find(|row| row.id.value == *id);
    row.map_or_else(|| id.to_string(), |row| row.name.clone())
}

/// Returns a title followed by that of the site: "a part · the site".
pub fn title_of_site(words: &Wording<'_>, title: &str) -> String {
    words.strings.fill(
        "title_of_site",
        &[("title", title), ("site", &words.config.site.title)],
    )
}

/// Returns the name of an area: the declared one, or the name of the country in the language.
pub fn area_name(words: &Wording<'_>, id: &Id) -> String {
    if !words.config.areas.contains_key(id)
        && let Some(country) = words.strings.country(id.as_str())
    {
        return country.to_owned();
    }
    words.config.area_name(id)
}
