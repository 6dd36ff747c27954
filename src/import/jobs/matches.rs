//! Which role a job is of: the titles of the site's roles come in, with what the author says of the rest; an
//! id and a level go out.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{At, Decode, Decoder, Id, Map, Node, Schema, Table, Value, parse_toml, record};
use crate::diag::Diagnostics;
use crate::inputs::Inputs;
use crate::path::{SourcePath, slugify};
use crate::source::Source;

record! {
    /// Which role jobs of a title are of: `--roles match.toml`.
    pub struct MatchFile {
        /// Ids of roles by titles of jobs. `*` stands for any words; "none" is no role.
        pub roles: Map<Answer>,
    }
}

/// The id of a role, or none.
#[derive(Clone, Debug)]
pub struct Answer(At<Id>);

impl Decode for Answer {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        At::decode(node, d).map(Self)
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        Id::schema(schema)
    }
}

/// What says that a job is of no role.
const NONE: &str = "none";

/// A role, and the level of it that a title names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    pub role: Id,
    pub level: Option<Id>,
}

/// The titles of a site.
#[derive(Debug, Default)]
pub struct Matcher {
    /// Roles by the slugs of titles.
    titles: BTreeMap<String, BTreeSet<Match>>,
    roles: BTreeSet<Id>,
    /// What the author says, in order: a pattern of words, and a role or none.
    said: Vec<(String, Option<Id>)>,
}

/// Words before a title that say how senior somebody is.
const RANKS: [&str; 22] = [
    "senior",
    "sr",
    "junior",
    "jr",
    "staff",
    "principal",
    "lead",
    "associate",
    "graduate",
    "trainee",
    "intern",
    "mid",
    "level",
    "experienced",
    "entry",
    "chief",
    "head",
    "of",
    "assistant",
    "deputy",
    "distinguished",
    "founding",
];

impl Matcher {
    /// Reads the titles of all roles of a site.
    pub fn of_site(site: &Inputs) -> Self {
        let mut matcher = Self::default();
        for (path, _) in site.below("content/roles") {
            let Some((id, name)) = path
                .inside("content/roles")
                .and_then(|path| path.split_once('/'))
            else {
                continue;
            };
            let is_record =
                name == "role.toml" || name.starts_with("imported.") && name.ends_with(".toml");
            let Some(id) = Id::new(id).filter(|_| is_record) else {
                continue;
            };
            let source = site.source(path).ok();
            let table = source
                .and_then(|source| parse_toml(path, &source.text, 0, &mut Diagnostics::default()));
            matcher.add(&id, &table.unwrap_or_default());
        }
        matcher
    }

    fn add(&mut self, id: &Id, record: &Table) {
        self.roles.insert(id.clone());
        let role = |level: Option<Id>| Match {
            role: id.clone(),
            level,
        };
        if let Some(title) = record.text("title") {
            self.titles
                .entry(slugify(title))
                .or_default()
                .insert(role(None));
        }
        for (list, key) in [("titles", "name"), ("levels", "title")] {
            let Some(Value::Array(rows)) = record.get(list).map(|node| &node.value) else {
                continue;
            };
            for row in rows {
                let Value::Table(row) = &row.value else {
                    continue;
                };
                let Some(name) = row.text(key) else { continue };
                let level = match list {
                    "levels" => row
                        .text("id")
                        .and_then(Id::new)
                        .or_else(|| Id::of_name(name)),
                    _ => None,
                };
                self.titles
                    .entry(slugify(name))
                    .or_default()
                    .insert(role(level));
            }
        }
    }

    /// Adds what the author says. Roles that are not there are mistakes.
    pub fn listen(&mut self, source: &Source) -> Result<(), Diagnostics> {
        let mut diagnostics = Diagnostics::default();
        let table = parse_toml(&source.path, &source.text, 0, &mut diagnostics);
        let file = table.and_then(|table| {
            crate::data::decode_root::<MatchFile>(&source.path, table, &mut diagnostics)
        });
        for (title, Answer(id)) in file.into_iter().flat_map(|file| file.roles.0) {
            let is_none = id.value.as_str() == NONE;
            if !is_none && !self.roles.contains(&id.value) {
                diagnostics.push(self.no_role(&id, &source.path));
            }
            self.said
                .push((title.value.clone(), (!is_none).then_some(id.value)));
        }
        if diagnostics.has_errors() {
            Err(diagnostics)
        } else {
            Ok(())
        }
    }

    fn no_role(&self, id: &At<Id>, path: &SourcePath) -> crate::diag::Diagnostic {
        let names = self.roles.iter().map(Id::as_str).collect::<Vec<_>>();
        let help = crate::suggest::help(id.value.as_str(), names)
            .unwrap_or_else(|| "write the id of a role, or \"none\"".to_owned());
        crate::diag::Diagnostic::error(
            crate::diag::Code::UnknownId,
            format!("there is no role `{}`", id.value),
        )
        .at(path, id.span.clone())
        .help(help)
    }

    /// Finds the role of a job. `Err` has the roles between which the title does not decide.
    pub fn role(&self, title: &str) -> Result<Option<Match>, Vec<Id>> {
        let plain = slugify(title);
        if let Some((_, role)) = self
            .said
            .iter()
            .find(|(pattern, _)| is_meant(pattern, &plain))
        {
            return Ok(role.clone().map(|role| Match { role, level: None }));
        }
        for candidate in candidates(title) {
            let Some(found) = self.titles.get(&candidate) else {
                continue;
            };
            let roles: BTreeSet<&Id> = found.iter().map(|found| &found.role).collect();
            if roles.len() > 1 {
                return Err(roles.into_iter().cloned().collect());
            }
            // A title of the role as a whole says nothing of a level.
            let level = if found.len() == 1 {
                found.iter().next().and_then(|found| found.level.clone())
            } else {
                None
            };
            return Ok(found.iter().next().map(|found| Match {
                role: found.role.clone(),
                level,
            }));
        }
        Ok(None)
    }
}

/// Returns true if a title is one of a pattern, in which `*` stands for any words.
fn is_meant(pattern: &str, title: &str) -> bool {
    let mut parts = pattern.split('*').map(slugify);
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = title.strip_prefix(first.as_str()) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        if let Some(at) = rest.find(part.as_str()) {
            rest = &rest[at + part.len()..];
        } else {
            return false;
        }
        last = Some(part);
    }
    match last {
        None => rest.is_empty(),
        Some(last) => last.is_empty() || title.ends_with(last.as_str()),
    }
}

/// Returns the slugs under which a title is looked up, the most exact first: as it is, without what stands
/// in brackets and behind a comma, and without words of rank.
fn candidates(title: &str) -> Vec<String> {
    let mut bare = String::new();
    let mut depth = 0_usize;
    for c in title.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let head = bare.split([',', '|', '/', ':']).next().unwrap_or_default();
    let head = head.split(" - ").next().unwrap_or_default();
    let head = head.split(" – ").next().unwrap_or_default();
    let mut all = vec![slugify(title), slugify(&bare), slugify(head)];
    let slug = slugify(head);
    let mut words: Vec<&str> = slug.split('-').collect();
    while words.len() > 1 && words.first().is_some_and(|word| RANKS.contains(word)) {
        words.remove(0);
        all.push(words.join("-"));
    }
    let is_number = |word: &&str| {
        matches!(*word, "i" | "ii" | "iii" | "iv" | "v") || word.chars().all(|c| c.is_ascii_digit())
    };
    while words.len() > 1 && words.last().is_some_and(is_number) {
        words.pop();
        all.push(words.join("-"));
    }
    all.retain(|slug| !slug.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matcher() -> Matcher {
        let mut matcher = Matcher::default();
        let mut add = |id: &str, text: &str| {
            let path = SourcePath::known("content/roles/x/role.toml");
            let table = parse_toml(&path, text, 0, &mut Diagnostics::default()).unwrap();
            matcher.add(&Id::new(id).unwrap(), &table);
        };
        add(
            "developer",
            "title = \"Software Developer\"\n[[titles]]\nname = \"Software Engineer\"\n[[levels]]\nid = \"senior\"\ntitle = \"Senior Software Developer\"\n",
        );
        add(
            "nurse",
            "title = \"Nurse\"\n[[titles]]\nname = \"Caregiver\"\n",
        );
        add(
            "carer",
            "title = \"Carer\"\n[[titles]]\nname = \"Caregiver\"\n",
        );
        matcher
    }

    fn role(matcher: &Matcher, title: &str) -> Option<(String, Option<String>)> {
        let found = matcher.role(title).ok()??;
        Some((
            found.role.to_string(),
            found.level.map(|level| level.to_string()),
        ))
    }

    #[test]
    fn titles_lead_to_roles_and_levels() {
        let matcher = matcher();
        let of =
            |role: &str, level: Option<&str>| Some((role.to_owned(), level.map(str::to_owned)));
        assert_eq!(
            role(&matcher, "Senior Software Developer (m/f/d)"),
            of("developer", Some("senior"))
        );
        assert_eq!(
            role(&matcher, "Staff Software Engineer II, Payments"),
            of("developer", None)
        );
        assert_eq!(role(&matcher, "Nurse - Night shift"), of("nurse", None));
        assert_eq!(role(&matcher, "Plumber"), None);
        assert_eq!(matcher.role("Caregiver").unwrap_err().len(), 2);
    }

    #[test]
    fn the_author_has_the_last_word() {
        let mut matcher = matcher();
        let text = "[roles]\n\"*Developer*\" = \"none\"\n\"Care*\" = \"nurse\"\n";
        let source = Source {
            path: SourcePath::known("match.toml"),
            text: text.into(),
        };
        matcher.listen(&source).unwrap();
        assert_eq!(
            role(&matcher, "Caregiver"),
            Some(("nurse".to_owned(), None))
        );
        assert_eq!(role(&matcher, "Senior Software Developer"), None);
        let source = Source {
            path: SourcePath::known("match.toml"),
            text: "[roles]\n\"A\" = \"nurze\"\n".into(),
        };
        let said = matcher.listen(&source).unwrap_err().into_sorted();
        assert_eq!(said[0].message, "there is no role `nurze`");
        assert_eq!(said[0].help, ["did you mean `nurse`?"]);
    }
}
