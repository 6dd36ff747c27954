//! "Did you mean …?": a mistyped name and the names that exist come in, the nearest one goes out.

/// Returns the candidate nearest to `word`, when it is near enough that a typing mistake explains the
/// difference.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let bare = bare(word);
    let limit = ((wanted.chars().count() + 1) / 4).min(3);
    candidates
        .into_iter()
        .map(|candidate| {
            if self::bare(candidate) == bare {
                return (0, candidate);
            }
            let distance = strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Returns a name without what people write in several ways: `maxYears`, `max-years` and `Max Years` are
/// `max_years`.
fn bare(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '-' | '_' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Keys that mean the same in other tables and in other programs.
const SAME: [&[&str]; 8] = [
    &["title", "name", "label", "heading", "question"],
    &[
        "text",
        "description",
        "body",
        "content",
        "answer",
        "quote",
        "details",
    ],
    &["summary", "description", "abstract", "excerpt", "subtitle"],
    &["url", "link", "href", "website", "homepage"],
    &[
        "employer",
        "company",
        "organization",
        "organisation",
        "employer_name",
    ],
    &["posted", "date", "published", "date_posted"],
    &["expires", "expiry", "until", "valid_through", "deadline"],
    &["issuer", "organization", "organisation", "provider"],
];

/// Returns the key that was meant: the nearest one; the one that the word is a part of, as `min` is of
/// `min_years`; or one of the same meaning, as `title` and `name` have, unless it is there already.
pub fn key(
    word: &str,
    known: &[&'static str],
    stands: impl Fn(&str) -> bool,
) -> Option<&'static str> {
    let absent = || known.iter().copied().filter(|name| !stands(name));
    let near = known
        .iter()
        .copied()
        .find(|name| Some(*name) == nearest(word, known.iter().copied()));
    let whole =
        || absent().find(|name| name.split('_').any(|part| part == word) && name.contains('_'));
    let same = || {
        absent().find(|name| {
            SAME.iter()
                .any(|names| names.contains(name) && names.contains(&word))
        })
    };
    near.or_else(whole).or_else(same)
}

/// Returns a line of help: the nearest name, or else the first few of those that exist.
pub fn help<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(name) = nearest(word, candidates.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    let mut names: Vec<&str> = candidates.into_iter().collect();
    names.sort_unstable();
    names.dedup();
    let listed = names
        .iter()
        .take(12)
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    match names.len() {
        0 => None,
        1..=12 => Some(format!("there is {listed}")),
        more => Some(format!("there is {listed} and {} more", more - 12)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        assert_eq!(nearest("titel", ["title", "tips"]), Some("title"));
        assert_eq!(nearest("Sumary", ["summary"]), Some("summary"));
        assert_eq!(nearest("colour", ["title", "summary"]), None);
        assert_eq!(help("x", ["a", "b"]).unwrap(), "there is `a`, `b`");
        assert_eq!(
            nearest("maxYears", ["min_years", "max_years"]),
            Some("max_years")
        );
    }

    #[test]
    fn a_key_that_says_the_same_is_found() {
        let known = ["name", "text", "min_years"];
        assert_eq!(key("title", &known, |_| false), Some("name"));
        assert_eq!(key("title", &known, |name| name == "name"), None);
        assert_eq!(key("min", &known, |_| false), Some("min_years"));
    }
}
