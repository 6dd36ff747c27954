//! Slips in names of files: a name comes in, the name that was meant goes out.

use super::copies::original;
use crate::suggest;

/// Endings of files with data, among which the wrong one is a slip.
const ENDINGS: [&str; 11] = [
    "toml", "tml", "toml5", "csv", "yaml", "yml", "json", "tsv", "xlsx", "xls", "ods",
];

/// Returns which of some names a name is a slip of: in other letters, with an ending more, of
/// another format, mistyped, or a copy.
pub(super) fn meant<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let bare = ["txt", "bak", "orig", "old"]
        .iter()
        .find_map(|more| lower.strip_suffix(more)?.strip_suffix('.'))
        .unwrap_or(&lower);
    let bare = original(bare).unwrap_or_else(|| bare.to_owned());
    let (stem, ending) = bare.rsplit_once('.')?;
    if !ENDINGS.contains(&ending) {
        return None;
    }
    // A table of another program, or a text of another format, is taken by its own name only.
    let is_near = |wanted: &str| match (ending, wanted.rsplit_once('.')) {
        ("toml" | "tml" | "csv", Some((_, own))) => {
            own.starts_with(&ending[..1]) && suggest::nearest(&bare, [wanted]).is_some()
        }
        (_, Some((own, _))) => suggest::nearest(stem, [own]).is_some(),
        _ => false,
    };
    let exact = names.iter().copied().find(|wanted| *wanted == bare);
    exact.or_else(|| names.iter().copied().find(|wanted| is_near(wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::LISTS;

    #[test]
    fn slips_of_the_hand_are_known_and_strangers_are_not() {
        let role = ["role.toml", "positions.toml", "salary.csv"];
        for (name, wanted) in [
            ("Role.toml", "role.toml"),
            ("ROLE.TOML", "role.toml"),
            ("role.toml.txt", "role.toml"),
            ("rolle.toml", "role.toml"),
            ("role - Copy.toml", "role.toml"),
            ("role.yaml", "role.toml"),
            ("position.toml", "positions.toml"),
            ("salaries.csv", "salary.csv"),
            ("salary.CSV", "salary.csv"),
            ("salary.xlsx", "salary.csv"),
        ] {
            assert_eq!(meant(name, &role), Some(wanted), "{name}");
        }
        for (name, wanted) in [
            ("skill.toml", "skills.toml"),
            ("sources.yaml", "sources.toml"),
            ("category.toml", "categories.toml"),
            ("Skills.toml", "skills.toml"),
        ] {
            assert_eq!(meant(name, LISTS), Some(wanted), "{name}");
        }
        for name in [
            "notes.toml",
            "data.csv",
            "role.png",
            "roles.txt",
            "scale.toml",
            "people.json",
            "survey.csv",
        ] {
            assert_eq!(
                meant(name, &role).or_else(|| meant(name, LISTS)),
                None,
                "{name}"
            );
        }
    }
}
