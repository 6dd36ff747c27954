//! Diagnostics of a whole site: all of them come in; one message for each cause goes out, causes
//! before what follows from them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Scope, Severity, Shared};
use crate::path::SourcePath;
use crate::theme;

/// How many files with one sort of mistake get a message each.
const FILES: usize = 8;
/// How many mistakes with the same words get a message each.
const SAME: usize = 20;
/// How many further places a message about many shows.
const SHOWN: usize = 3;
/// How far a loop stands behind the field that it goes over, in bytes.
const NEAR: usize = 100;

/// Merges the diagnostics of a site, and puts them into the order in which they are best read.
pub(super) fn merged(diagnostics: Diagnostics) -> Vec<Diagnostic> {
    let diagnostics = once_per_template(diagnostics.into_sorted());
    let mut merged = crowds(by_cause(diagnostics));
    merged.sort_by_key(rank);
    merged
}

/// Ranks a file that could not be read at all first, then what the site says of itself and its lists,
/// then all else; within these, the order stays.
fn rank(fault: &Diagnostic) -> u8 {
    let is_list = |place: &Place| {
        matches!(place.path.folder(), "" | "content") && place.path.extension() == "toml"
    };
    match fault.code {
        Code::NoSite | Code::MissingTheme => 0,
        Code::Syntax
        | Code::InvalidText
        | Code::UnreadableFile
        | Code::TooLarge
        | Code::FrontMatter => 1,
        // A link of site.toml follows from what is in other files.
        Code::DanglingLink | Code::DanglingAnchor => 3,
        _ if fault.place.as_ref().is_some_and(is_list) => 2,
        _ => 3,
    }
}

/// Keeps a mistake in a template once, with the number of pages on which it was found.
fn once_per_template(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // A field that does not exist was said: that a loop cannot go over it is an echo.
    let fields: Vec<Place> = diagnostics
        .iter()
        .filter(|fault| fault.code == Code::TemplateField)
        .filter_map(|fault| fault.place.clone())
        .collect();
    let mut kept: Vec<Counted> = vec![];
    for fault in diagnostics {
        if is_loop_over(&fault, &fields) {
            continue;
        }
        match kept.last_mut() {
            Some(last) if is_echo(&fault, &last.fault) => last.echoes += 1,
            _ => kept.push(Counted { fault, echoes: 0 }),
        }
    }
    kept.into_iter().map(Counted::into_diagnostic).collect()
}

/// A diagnostic, and how often it was found again.
struct Counted {
    fault: Diagnostic,
    echoes: usize,
}

impl Counted {
    fn into_diagnostic(self) -> Diagnostic {
        let Self { fault, echoes } = self;
        match echoes {
            0 => fault,
            1 => fault.help("and the same on 1 more page"),
            echoes => fault.help(format!("and the same on {echoes} more pages")),
        }
    }
}

/// Returns true for the mistake that a loop over a field that does not exist makes.
fn is_loop_over(fault: &Diagnostic, fields: &[Place]) -> bool {
    let Some(place) = &fault.place else {
        return false;
    };
    let is_near = |field: &Place| {
        let end = place.span.end;
        field.path == place.path && (end..end + NEAR).contains(&field.span.start)
    };
    fault.code == Code::Template
        && theme::says_undefined(&fault.message)
        && fields.iter().any(is_near)
}

/// Returns true if a mistake in a template is the last one again: found without a page, and again
/// while one was made.
fn is_echo(fault: &Diagnostic, last: &Diagnostic) -> bool {
    let is_same_text = last.message == fault.message
        || fault.message.strip_suffix(" here") == Some(last.message.as_str());
    matches!(fault.code, Code::Template | Code::TemplateField)
        && last.place == fault.place
        && is_same_text
}

/// Diagnostics of one cause while they are brought together.
struct Group {
    first: Diagnostic,
    count: usize,
    files: BTreeSet<Option<SourcePath>>,
    others: Vec<Diagnostic>,
}

/// What is compared to see whether two diagnostics have one cause.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Cause {
    code: Code,
    severity: Severity,
    text: String,
    /// The file, for causes that each file has by itself.
    file: Option<SourcePath>,
}

impl Cause {
    fn of(fault: &Diagnostic, shared: &Shared) -> Self {
        Self {
            code: fault.code,
            severity: fault.severity,
            text: shared.cause.clone(),
            file: None,
        }
    }
}

fn file_of(fault: &Diagnostic) -> Option<SourcePath> {
    fault.place.as_ref().map(|place| place.path.clone())
}

/// Joins diagnostics of one cause, in the order of the first ones.
fn by_cause(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut files: BTreeMap<Cause, BTreeSet<Option<SourcePath>>> = BTreeMap::new();
    for fault in &diagnostics {
        if let Some(shared) = &fault.shared {
            let files = files.entry(Cause::of(fault, shared)).or_default();
            files.insert(file_of(fault));
        }
    }
    let cause = |fault: &Diagnostic| {
        let shared = fault.shared.as_ref()?;
        let cause = Cause::of(fault, shared);
        let are_few = files.get(&cause).is_some_and(|files| files.len() <= FILES);
        let is_of_file = shared.scope == Scope::File && are_few;
        let file = file_of(fault).filter(|_| is_of_file);
        Some(Cause { file, ..cause })
    };
    let mut group_of: BTreeMap<Cause, usize> = BTreeMap::new();
    let mut groups: Vec<Group> = vec![];
    for fault in diagnostics {
        let known = cause(&fault).map(|cause| *group_of.entry(cause).or_insert(groups.len()));
        match known.and_then(|known| groups.get_mut(known)) {
            Some(group) => group.add(fault),
            None => groups.push(Group::new(fault)),
        }
    }
    groups.into_iter().map(Group::into_diagnostic).collect()
}

impl Group {
    fn new(first: Diagnostic) -> Self {
        Self {
            count: count_of(&first),
            files: BTreeSet::from([file_of(&first)]),
            others: vec![],
            first,
        }
    }

    /// Adds a diagnostic. Places in further files are worth more than further ones in the same.
    fn add(&mut self, fault: Diagnostic) {
        self.count += count_of(&fault);
        let is_new_file = self.files.insert(file_of(&fault));
        if self.others.len() < SHOWN {
            self.others.push(fault);
        } else if is_new_file && let Some(repeated) = self.last_of_repeated_file() {
            self.others[repeated] = fault;
        }
    }

    /// Returns the last of the others whose file is named before it.
    fn last_of_repeated_file(&self) -> Option<usize> {
        let files: Vec<_> = self.others.iter().map(file_of).collect();
        let first = file_of(&self.first);
        (0..files.len())
            .rev()
            .find(|at| files[*at] == first || files[..*at].contains(&files[*at]))
    }

    fn into_diagnostic(self) -> Diagnostic {
        let Self {
            mut first,
            count,
            files,
            others,
        } = self;
        let Some(shared) = first.shared.take().filter(|_| count > 1) else {
            return first;
        };
        let Shared {
            cause: _,
            counted,
            said,
            scope,
            count: _,
        } = *shared;
        let files = if files.len() > 1 && scope != Scope::Pages {
            format!(" in {} files", files.len())
        } else {
            String::new()
        };
        let message = format!("{count} {counted}{files} {said}");
        let alone = std::mem::replace(&mut first.message, message);
        let mut others: Vec<(String, Place)> = others
            .into_iter()
            .filter_map(|other| Some((other.message, other.place?)))
            .filter(|(_, place)| Some(place) != first.place.as_ref())
            .collect();
        others.sort_by(|a, b| a.1.cmp(&b.1));
        if others.iter().any(|(words, _)| *words != alone) {
            first.help.push(format!("of the first one: {alone}"));
        }
        first.related.extend(others);
        first
    }
}

fn count_of(fault: &Diagnostic) -> usize {
    fault.shared.as_ref().map_or(1, |shared| shared.count)
}

/// What two diagnostics share that say the same at different places.
type Text = (Code, Severity, String, Vec<String>);

fn text_of(fault: &Diagnostic) -> Text {
    let Diagnostic {
        code,
        severity,
        message,
        help,
        ..
    } = fault;
    (*code, *severity, message.clone(), help.clone())
}

/// Keeps the first of very many diagnostics with the same words, with the number of the others.
fn crowds(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<Text, usize> = BTreeMap::new();
    for fault in &diagnostics {
        // A file that cannot be read is always named.
        if rank(fault) > 1 {
            *counts.entry(text_of(fault)).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count > SAME);
    if counts.is_empty() {
        return diagnostics;
    }
    let mut kept: Vec<Diagnostic> = vec![];
    let mut first_of: BTreeMap<Text, usize> = BTreeMap::new();
    for fault in diagnostics {
        let text = text_of(&fault);
        let Some(count) = counts.get(&text) else {
            kept.push(fault);
            continue;
        };
        let Some(first) = first_of.get(&text).and_then(|at| kept.get_mut(*at)) else {
            first_of.insert(text, kept.len());
            kept.push(fault.help(format!("the same is true of {} more places", count - 1)));
            continue;
        };
        if first.related.len() < SHOWN {
            let place = fault.place.into_iter();
            first
                .related
                .extend(place.map(|place| ("the same stands here".to_owned(), place)));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(path: &str, at: usize, cause: &str) -> Diagnostic {
        let fault = Diagnostic::warning(Code::NoSource, format!("figure {at}"))
            .at(&SourcePath::new(path).unwrap(), at..at + 1);
        fault.shared(Scope::File, cause, "figures", "have no source")
    }

    fn words(diagnostics: Vec<Diagnostic>) -> Vec<String> {
        merged(Diagnostics::from(diagnostics))
            .into_iter()
            .map(|fault| fault.message)
            .collect()
    }

    #[test]
    fn what_has_one_cause_is_one_message() {
        let two = vec![
            fault("a.toml", 1, "x"),
            fault("a.toml", 5, "x"),
            fault("b.toml", 1, "x"),
            fault("b.toml", 2, "y"),
        ];
        assert_eq!(
            words(two),
            ["2 figures have no source", "figure 1", "figure 2"]
        );
        let many = (0..30)
            .flat_map(|file| {
                [
                    fault(&format!("{file:02}.toml"), 1, "x"),
                    fault(&format!("{file:02}.toml"), 2, "x"),
                ]
            })
            .collect();
        let said = merged(Diagnostics::from(Vec::from_iter::<Vec<Diagnostic>>(many)));
        assert_eq!(said[0].message, "60 figures in 30 files have no source");
        let places: Vec<String> = said[0]
            .related
            .iter()
            .map(|(_, place)| place.path.to_string())
            .collect();
        assert_eq!(
            (said.len(), places.len(), BTreeSet::from_iter(&places).len()),
            (1, 3, 3)
        );
    }

    #[test]
    fn files_that_cannot_be_read_come_before_what_follows_from_them() {
        let at = |code: Code, path: &str| {
            Diagnostic::error(code, path).at_file(&SourcePath::new(path).unwrap())
        };
        let all = vec![
            at(Code::DanglingLink, "content/a.md"),
            at(Code::Syntax, "content/roles/x/role.toml"),
            at(Code::BadValue, "site.toml"),
            at(Code::UnknownId, "content/b.md"),
        ];
        assert_eq!(
            words(all),
            [
                "content/roles/x/role.toml",
                "site.toml",
                "content/a.md",
                "content/b.md"
            ]
        );
    }

    #[test]
    fn a_crowd_is_one_message() {
        let all = (0..100)
            .map(|at| {
                Diagnostic::error(Code::UnknownKey, "unknown key")
                    .at(&SourcePath::known("a.toml"), at..at + 1)
            })
            .collect::<Vec<_>>();
        let said = merged(Diagnostics::from(all));
        assert_eq!(
            (said.len(), said[0].help.join(" "), said[0].related.len()),
            (1, "the same is true of 99 more places".to_owned(), 3)
        );
    }
}
