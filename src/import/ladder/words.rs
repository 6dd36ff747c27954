//! What names of levels look like.

use super::grid::plain;

/// Words that names of levels begin or end with.
const LEVELS: [&str; 40] = [
    "junior",
    "jr",
    "mid",
    "middle",
    "intermediate",
    "senior",
    "sr",
    "staff",
    "principal",
    "lead",
    "leader",
    "level",
    "grade",
    "stage",
    "band",
    "intern",
    "trainee",
    "apprentice",
    "graduate",
    "entry",
    "associate",
    "manager",
    "director",
    "vp",
    "head",
    "chief",
    "executive",
    "expert",
    "distinguished",
    "fellow",
    "advanced",
    "beginner",
    "novice",
    "professional",
    "specialist",
    "practitioner",
    "foundation",
    "supervisor",
    "partner",
    "consultant",
];

/// How many words the name of a level has at most.
const LONGEST: usize = 9;

/// Returns true if a name is probably that of a level: "Senior engineer", "L3", "IC 2", "Engineer II", "4".
pub fn is_level(name: &str) -> bool {
    if name.trim_end().ends_with(['?', '.', '!', ',']) {
        return false;
    }
    let (before, inner) = name.split_once('(').unwrap_or((name, ""));
    let (before, inner) = (plain(before), plain(inner));
    let words: Vec<&str> = before.split(' ').chain(inner.split(' ')).collect();
    // A year is none.
    let is_long_number = |word: &&str| word.len() > 2 && word.bytes().all(|c| c.is_ascii_digit());
    if words.len() > LONGEST || words.iter().any(is_long_number) {
        return false;
    }
    let is_last_roman = before.rsplit(' ').next().is_some_and(is_roman);
    let is_first_numbered = before
        .split(' ')
        .next()
        .is_some_and(|word| numbered(word, 4));
    is_last_roman
        || is_first_numbered
        || words
            .iter()
            .any(|word| LEVELS.contains(word) || is_numbered(word))
}

/// Returns true for `l3`, `ic4`, `p2`, `3`, `level3`.
fn is_numbered(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    numbered(word, 2) || letters.len() < word.len() && LEVELS.contains(&letters)
}

fn numbered(word: &str, most: usize) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.len() < word.len() && word.len() - letters.len() <= 2 && letters.len() <= most
}

/// Words of rank, from the lowest.
const RANKS: [&[&str]; 9] = [
    &["intern", "trainee", "apprentice"],
    &[
        "graduate",
        "junior",
        "jr",
        "associate",
        "entry",
        "beginner",
        "novice",
    ],
    &[],
    &["mid", "middle", "intermediate", "ii", "2"],
    &["senior", "sr", "advanced", "iii", "3"],
    &["lead", "staff", "expert", "manager", "head", "iv", "4"],
    &["principal", "director", "5", "v"],
    &["distinguished", "vp", "6", "vi"],
    &["fellow", "chief", "7", "vii"],
];

/// Returns the number of a level: 3 of "L3" and of "Developer 3". A year is none.
pub fn number(name: &str) -> Option<u8> {
    let name = plain(name);
    let mut words = name.rsplit(' ').filter(|word| is_numbered(word));
    let digits = words
        .next()?
        .trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.parse().ok()
}

/// Returns where a level stands among others, by the words of its name.
pub fn rank(name: &str) -> usize {
    let name = plain(name);
    let of = |word: &str| {
        RANKS
            .iter()
            .position(|words| words.contains(&word))
            .unwrap_or(2)
    };
    let ranks = name.split(' ').map(|word| of(word) * 2);
    let raised = usize::from(name.starts_with("senior ") || name.starts_with("sr "));
    let highest = ranks.filter(|rank| *rank != 4).max();
    match highest {
        // "Senior manager" is more than "Manager".
        Some(rank) if rank > 8 => rank + raised,
        Some(rank) => rank,
        None => 4,
    }
}

fn is_roman(word: &str) -> bool {
    matches!(word, "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii")
}

/// Splits a cell at its lines and the marks of lists.
pub fn lines(cell: &str) -> Vec<String> {
    let marks = ['•', '·', '▪', '●', '◦', '–', '-', '*', '>'];
    let cell = cell.replace(['•', '●', '▪', '◦'], "\n• ");
    let lines = cell.lines().map(str::trim).filter(|line| !line.is_empty());
    let text = |line: &str| {
        let inner = line.trim_start_matches(marks);
        let is_mark = inner.len() < line.len()
            && (inner.starts_with(char::is_whitespace) || line.starts_with(['•', '●', '▪', '◦']));
        let inner = if is_mark { inner.trim() } else { line };
        inner.to_owned()
    };
    lines.map(text).filter(|line| !line.is_empty()).collect()
}

/// Splits a text that is a list into its items; another text is one.
pub fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = vec![];
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let item = item(line);
        match (item, items.last_mut()) {
            (Some(item), _) => items.push(item.to_owned()),
            (None, Some(last)) => {
                last.push(' ');
                last.push_str(line);
            }
            (None, None) => items.push(line.to_owned()),
        }
    }
    items
}

/// Returns the text of an item of a list: behind `-`, `*`, `1.` or `1)`.
fn item(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = rest.len() < line.len();
    let marks: &[&str] = if is_numbered {
        &[". ", ") "]
    } else {
        &["- ", "* ", "+ ", "• "]
    };
    marks
        .iter()
        .find_map(|mark| rest.strip_prefix(mark))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_have_numbers() {
        let numbers = ["A10 - Developer", "Tech Lead 7", "Senior", "Level 2026"].map(number);
        assert_eq!(numbers, [Some(10), Some(7), None, None]);
    }

    #[test]
    fn levels_are_told_by_their_names() {
        for name in [
            "Senior engineer",
            "L3",
            "IC-4",
            "Engineer II",
            "4",
            "Level 2",
            "Tech Lead",
            "P1",
        ] {
            assert!(is_level(name), "{name}");
        }
        for name in [
            "Communication",
            "Coding",
            "Description",
            "Technical skills",
            "",
            "2026",
        ] {
            assert!(!is_level(name), "{name}");
        }
    }

    #[test]
    fn a_list_is_split_at_its_items() {
        assert_eq!(items("1. One\n   more\n2. Two\n"), ["One more", "Two"]);
        assert_eq!(items("Plans\nown work."), ["Plans own work."]);
    }

    #[test]
    fn a_cell_is_split_at_its_lines() {
        assert_eq!(
            lines("- One\n\n* Two\n  three-four\n> Five"),
            ["One", "Two", "three-four", "Five"]
        );
        assert_eq!(lines("• One • Two"), ["One", "Two"]);
        assert_eq!(lines("**Bold** one"), ["**Bold** one"]);
        assert_eq!(
            lines("One sentence; and more."),
            ["One sentence; and more."]
        );
    }
}
