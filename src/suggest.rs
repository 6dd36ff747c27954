//! "Did you mean …?": a mistyped name and the names that exist come in, the nearest one goes out.

/// The candidate nearest to `word`, when it is near enough that a slip of the hand explains the difference.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let limit = ((wanted.chars().count() + 1) / 4).min(3);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// A help line: the nearest name, or else the first few of those that exist.
pub fn help<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    if let Some(name) = nearest(word, candidates.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    let mut names: Vec<&str> = candidates.into_iter().collect();
    names.sort_unstable();
    names.dedup();
    let listed = names.iter().take(12).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
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
    }
}
