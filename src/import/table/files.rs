//! Which files a table of a map is in.

use super::plan::Plan;
use crate::import::fault::Fault;
use crate::import::read::Layout;
use crate::import::upstream::Upstream;

/// Returns the files of a table, with how they are read.
pub fn of(
    plan: &Plan,
    table: &str,
    upstream: &dyn Upstream,
) -> Result<Vec<(String, Layout)>, Fault> {
    let row = plan.tables.iter().find(|(name, _)| name == table);
    let Some(row) = row.and_then(|(_, row)| row.as_ref()) else {
        return match upstream.names() {
            [only] => Ok(vec![(only.clone(), Layout::default())]),
            names => Err(Fault::new(
                format!("the map is about one file, and there are {}", names.len()),
                "name one file, or add [tables.NAME] with its `file` to the map for each table",
            )),
        };
    };
    let names = || upstream.names().iter();
    let found: Vec<_> = names()
        .filter(|name| matches(&row.file, name))
        .map(|name| (name.clone(), row.layout()))
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    // One file and one table belong together, whatever the file is called.
    if let ([only], [_]) = (upstream.names(), plan.tables.as_slice()) {
        return Ok(vec![(only.clone(), row.layout())]);
    }
    let help = crate::suggest::help(&row.file, names().map(String::as_str));
    let help = help.unwrap_or_else(|| "name its folder".to_owned());
    Err(Fault::new(format!("there is no file `{}`", row.file), help))
}

/// Returns true if a name fits a pattern, in which `*` stands for any letters. A pattern without a folder
/// fits in all of them.
fn matches(pattern: &str, name: &str) -> bool {
    let name = if pattern.contains('/') {
        name
    } else {
        name.rsplit('/').next().unwrap_or(name)
    };
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, name, fits) in [
            ("a.csv", "a.csv", true),
            ("a.csv", "data/a.csv", true),
            ("data/a.csv", "a.csv", false),
            ("oews_*.csv", "oews_may.csv", true),
            ("*_M*_dl.xlsx", "state_M2025_dl.xlsx", true),
            ("*ab", "ab", true),
            ("a*a", "a", false),
            ("*.csv", "a.csv.gz", false),
        ] {
            assert_eq!(matches(pattern, name), fits, "{pattern} {name}");
        }
    }
}
