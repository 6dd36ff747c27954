//! The title of a comparison of levels: two levels come in, their names without common words go
//! out.

use super::{Wording, words};
use crate::role::{Ladder, Level};

/// The most characters of a title that search engines show.
const MOST: usize = 70;

/// Two levels of a ladder.
pub struct Pair<'l> {
    /// The title of the role or the framework.
    pub of: &'l str,
    pub ladder: &'l Ladder,
    pub low: &'l Level,
    pub high: &'l Level,
}

/// Names of two levels that differ.
struct Names {
    low: String,
    high: String,
}

/// Returns a title such as "Junior vs. Senior Developer".
///
/// It names the role or framework too if the levels do not and if there is room. Words that tell
/// two levels, or two such pairs, apart are never left out.
pub fn title(words: &Wording<'_>, pair: &Pair<'_>) -> String {
    let names = names(words, pair);
    let short_name = without_shared_end(&names.low, &names.high);
    let is_ambiguous = pair.ladder.levels().any(|other| {
        other.id != pair.low.id
            && other.title.starts_with(short_name)
            && without_shared_end(&other.title, &names.high) == short_name
    });
    let low = if is_ambiguous {
        names.low.as_str()
    } else {
        short_name
    };
    let values = [("of", pair.of), ("a", low), ("b", &names.high)];
    let owner = pair.of.to_lowercase();
    let names_owner = [&names.low, &names.high]
        .iter()
        .any(|name| name.to_lowercase().contains(&owner));
    let with_owner = words.strings.fill("title_compare_of", &values);
    if names_owner || with_owner.chars().count() > MOST {
        words.strings.fill("title_compare", &values)
    } else {
        with_owner
    }
}

/// Returns the titles of two levels. Two equal titles are followed by something that differs: the
/// short name, the track or the stage.
fn names(words: &Wording<'_>, pair: &Pair<'_>) -> Names {
    let Pair {
        of: _,
        ladder,
        low,
        high,
    } = pair;
    let titles = Names {
        low: low.title.clone(),
        high: high.title.clone(),
    };
    if low.title.to_lowercase() != high.title.to_lowercase() {
        return titles;
    }
    let track = |level: &Level| {
        let track = ladder.tracks.iter().find(|track| track.id == level.track)?;
        Some(words::track_name(words, track, ladder))
    };
    let stage = |level: &Level| {
        let stage = level.stage?;
        Some(words::term(words, "stage", stage.as_str()))
    };
    let details = |level: &Level| [level.name.clone(), track(level), stage(level)];
    let difference = details(low)
        .into_iter()
        .zip(details(high))
        .filter_map(|(low, high)| low.zip(high))
        .find(|(low, high)| low != high);
    let with = |level: &Level, detail: &str| {
        let values = [("skill", level.title.as_str()), ("standard", detail)];
        words.strings.fill("need_at", &values)
    };
    match difference {
        Some((of_low, of_high)) => Names {
            low: with(low, &of_low),
            high: with(high, &of_high),
        },
        None => titles,
    }
}

/// Returns the first of two names without the words that both end in: "Junior" of "Junior
/// Developer" and "Senior Developer".
///
/// The whole name is returned if nothing would be left, if the common words are only a grade (II,
/// A), or if the rest could be taken for the other name.
fn without_shared_end<'n>(name: &'n str, other: &str) -> &'n str {
    let mut rest = name;
    for (word, other_word) in name.rsplit(' ').zip(other.rsplit(' ')) {
        match rest.strip_suffix(word) {
            Some(before) if word == other_word => rest = before.trim_end(),
            _ => break,
        }
    }
    let shared = &name[rest.len()..];
    let rest = rest.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '/' | '-' | '–' | '—' | '·')
    });
    let says_what = shared
        .split(' ')
        .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3);
    let is_closed = rest.matches('(').count() == rest.matches(')').count();
    if rest.is_empty() || !says_what || !is_closed || other.starts_with(rest) {
        name
    } else {
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::without_shared_end;

    #[test]
    fn what_both_names_end_in_is_said_once() {
        assert_eq!(
            without_shared_end("Junior Backend Developer", "Senior Backend Developer"),
            "Junior"
        );
        assert_eq!(
            without_shared_end("Backend Developer", "Senior Backend Developer"),
            "Backend Developer"
        );
        assert_eq!(without_shared_end("Team Lead", "Director"), "Team Lead");
        assert_eq!(without_shared_end("A B", "A B"), "A B");
        assert_eq!(without_shared_end("", "x"), "");
        assert_eq!(
            without_shared_end("Junior  Nurse ", "Senior Nurse "),
            "Junior"
        );
    }

    #[test]
    fn what_tells_two_names_apart_is_kept() {
        let whole =
            |name: &str, other: &str| assert_eq!(without_shared_end(name, other), name, "{other}");
        whole("Nurse I", "Nurse II");
        whole("Nurse II", "Doctor II");
        whole("Nurse A", "Senior Nurse B A");
        whole("Nurse, Ward", "Nurse, Senior, Ward");
        whole("Nurse (Junior Ward)", "Nurse (Senior Ward)");
        assert_eq!(
            without_shared_end("Staff Nurse, Theatre A", "Charge Nurse, Theatre A"),
            "Staff"
        );
        assert_eq!(
            without_shared_end("Nurse, Surgery", "Doctor, Surgery"),
            "Nurse"
        );
        assert_eq!(
            without_shared_end("Head of Sales", "Director of Sales"),
            "Head"
        );
    }
}
