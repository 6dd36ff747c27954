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

/// Words of what is numbered and no level.
const OTHERS: [&str; 45] = [
    "step",
    "phase",
    "week",
    "day",
    "month",
    "quarter",
    "round",
    "part",
    "chapter",
    "section",
    "question",
    "questions",
    "example",
    "appendix",
    "figure",
    "table",
    "version",
    "goal",
    "tip",
    "rule",
    "interview",
    "am",
    "pm",
    "q1",
    "q2",
    "q3",
    "q4",
    "scenario",
    "option",
    "vs",
    "story",
    "priority",
    "task",
    "tasks",
    "issue",
    "requirement",
    "challenge",
    "decision",
    "test",
    "tests",
    "case",
    "error",
    "exercise",
    "lesson",
    "module",
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
    if words.iter().any(|word| OTHERS.contains(word)) {
        return false;
    }
    // "2" and "Engineer 2" are levels, "2. Introduction" and "9:00 Standup" are not.
    let is_last_number = words_before(&before)
        .last()
        .is_some_and(|word| numbered(word, 0));
    let is_last_roman = before.rsplit(' ').next().is_some_and(is_roman);
    let is_first_numbered = before
        .split(' ')
        .next()
        .is_some_and(|word| numbered(word, 4) && !numbered(word, 0));
    is_last_roman
        || is_first_numbered
        || is_last_number
        || words
            .iter()
            .any(|word| LEVELS.contains(word) || is_numbered(word))
}

fn words_before(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| !word.is_empty())
}

/// Returns true for `l3`, `ic4`, `p2`, `level3`.
fn is_numbered(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    numbered(word, 2) && !letters.is_empty()
        || letters.len() < word.len() && LEVELS.contains(&letters)
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
    &["mid", "middle", "intermediate"],
    &["senior", "sr", "advanced"],
    &["lead", "staff", "expert", "manager", "head"],
    &["principal", "director"],
    &["distinguished", "vp"],
    &["fellow", "chief"],
];

/// Returns where a level stands among others, by the words and the number of its name.
pub fn rank(name: &str) -> (usize, usize) {
    let name = plain(name);
    let of = |word: &str| {
        RANKS
            .iter()
            .position(|words| words.contains(&word))
            .unwrap_or(2)
    };
    let highest = name.split(' ').map(of).filter(|rank| *rank != 2).max();
    // "Senior manager" is more than "Manager".
    let is_raised = name.starts_with("senior ") || name.starts_with("sr ");
    let rank = match highest {
        Some(rank) if rank > 4 => rank * 2 + usize::from(is_raised),
        Some(rank) => rank * 2,
        None => 4,
    };
    let number = name.split(' ').find_map(number_of).unwrap_or_default();
    (rank, number)
}

/// Returns the number in `l3`, `3` or `iii`.
fn number_of(word: &str) -> Option<usize> {
    if is_roman(word) {
        let romans = ["i", "ii", "iii", "iv", "v", "vi", "vii"];
        return romans
            .iter()
            .position(|roman| *roman == word)
            .map(|at| at + 1);
    }
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    word[letters.len()..].parse().ok()
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
            "2. Introduction",
            "9:00 Standup",
            "Step 1",
            "Q1",
        ] {
            assert!(!is_level(name), "{name}");
        }
    }

    #[test]
    fn levels_have_an_order() {
        let mut names = [
            "Engineering manager",
            "Senior engineer",
            "L10 Engineer",
            "Engineer II",
            "Intern",
            "Senior engineering manager",
            "Engineer I",
            "Junior engineer",
        ];
        names.sort_by_key(|name| rank(name));
        let wanted = [
            "Intern",
            "Junior engineer",
            "Engineer I",
            "Engineer II",
            "L10 Engineer",
            "Senior engineer",
            "Engineering manager",
            "Senior engineering manager",
        ];
        assert_eq!(names, wanted);
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
