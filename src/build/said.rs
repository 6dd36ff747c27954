//! What is said of a whole site: all diagnostics come in; one message for each cause goes out, causes before what follows
//! from them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Scope, Severity, Shared};
use crate::path::SourcePath;

/// Files of one sort of mistake that are told one by one.
const FILES: usize = 8;
/// Mistakes with the same words that are told one by one.
const SAME: usize = 20;
/// Further places that a message about many shows.
const SHOWN: usize = 3;

/// The messages about a site, in the order in which they are best read.
pub(super) fn said(faults: Diagnostics) -> Vec<Diagnostic> {
    let mut said = crowds(by_cause(once_per_template(faults.into_sorted())));
    said.sort_by_key(rank);
    said
}

/// A file that could not be read at all comes first, then what the site says of itself and its lists, then all else; within
/// these, files in the order of their names.
fn rank(fault: &Diagnostic) -> u8 {
    let is_list = |place: &Place| matches!(place.path.folder(), "" | "content") && place.path.extension() == "toml";
    match fault.code {
        Code::NoSite | Code::MissingTheme => 0,
        Code::Syntax | Code::InvalidText | Code::UnreadableFile | Code::TooLarge | Code::FrontMatter => 1,
        // A link of site.toml follows from what is in other files.
        Code::DanglingLink | Code::DanglingAnchor => 3,
        _ if fault.place.as_ref().is_some_and(is_list) => 2,
        _ => 3,
    }
}

/// A mistake in a template is found on every page that it makes: it is said once, with the number of pages.
fn once_per_template(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<(Diagnostic, usize)> = vec![];
    // A field that does not exist was said: that a loop cannot go over it is an echo.
    let fields: Vec<Place> = faults.iter().filter(|fault| fault.code == Code::TemplateField).filter_map(|fault| fault.place.clone()).collect();
    let is_of_field = |fault: &Diagnostic, place: &Place| {
        let near = |field: &Place| field.path == place.path && (place.span.end..place.span.end + 100).contains(&field.span.start);
        fault.code == Code::Template && fault.message.contains("`undefined`") && fields.iter().any(near)
    };
    for fault in faults {
        if fault.place.as_ref().is_some_and(|place| is_of_field(&fault, place)) {
            continue;
        }
        // Found without a page, and again while one was made.
        let same_words = |other: &Diagnostic| other.message == fault.message || fault.message.strip_suffix(" here") == Some(&other.message);
        let is_echo = |other: &Diagnostic| matches!(fault.code, Code::Template | Code::TemplateField) && other.place == fault.place && same_words(other);
        match kept.last_mut().filter(|(last, _)| is_echo(last)) {
            Some((_, echoes)) => *echoes += 1,
            None => kept.push((fault, 0)),
        }
    }
    let with_count = |(fault, echoes): (Diagnostic, usize)| match echoes {
        0 => fault,
        1 => fault.help("and the same on 1 more page"),
        echoes => fault.help(format!("and the same on {echoes} more pages")),
    };
    kept.into_iter().map(with_count).collect()
}

/// Diagnostics of one cause while they are brought together.
struct Group {
    first: Diagnostic,
    count: usize,
    files: BTreeSet<Option<SourcePath>>,
    others: Vec<Diagnostic>,
}

/// What is compared to see whether two have one cause, and the file for causes that each file has by itself.
type Cause = (Code, Severity, String, Option<SourcePath>);

/// Joins what has one cause, in the order of the first ones.
fn by_cause(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let path = |fault: &Diagnostic| fault.place.as_ref().map(|place| place.path.clone());
    let mut spread: BTreeMap<(Code, Severity, String), BTreeSet<Option<SourcePath>>> = BTreeMap::new();
    for (fault, shared) in faults.iter().filter_map(|fault| Some((fault, fault.shared.as_ref()?))) {
        spread.entry((fault.code, fault.severity, shared.cause.clone())).or_default().insert(path(fault));
    }
    let key = |fault: &Diagnostic, shared: &Shared| -> Cause {
        let cause = (fault.code, fault.severity, shared.cause.clone());
        let is_of_file = shared.scope == Scope::File && spread.get(&cause).is_some_and(|files| files.len() <= FILES);
        (cause.0, cause.1, cause.2, path(fault).filter(|_| is_of_file))
    };
    let mut at: BTreeMap<Cause, usize> = BTreeMap::new();
    let mut groups: Vec<Group> = vec![];
    for fault in faults {
        let count = fault.shared.as_ref().map_or(1, |shared| shared.count);
        let file = path(&fault);
        let known = fault.shared.as_ref().map(|shared| *at.entry(key(&fault, shared)).or_insert(groups.len()));
        match known.and_then(|known| groups.get_mut(known)) {
            Some(group) => group.add(fault, count, file),
            None => groups.push(Group { first: fault, count, files: BTreeSet::from([file]), others: vec![] }),
        }
    }
    groups.into_iter().map(Group::said).collect()
}

impl Group {
    /// Places in further files are worth more than further ones in the same.
    fn add(&mut self, fault: Diagnostic, count: usize, file: Option<SourcePath>) {
        self.count += count;
        let is_new_file = self.files.insert(file);
        if self.others.len() < SHOWN {
            self.others.push(fault);
        } else if is_new_file {
            let path = |fault: &Diagnostic| fault.place.as_ref().map(|place| place.path.clone());
            let first = path(&self.first);
            let again = (0..self.others.len())
                .rev()
                .find(|at| path(&self.others[*at]) == first || self.others[..*at].iter().any(|other| path(other) == path(&self.others[*at])));
            if let Some(other) = again.and_then(|at| self.others.get_mut(at)) {
                *other = fault;
            }
        }
    }

    fn said(self) -> Diagnostic {
        let Self { mut first, count, files, others } = self;
        let Some(shared) = first.shared.take().filter(|_| count > 1) else { return first };
        let Shared { cause: _, counted, said, scope, count: _ } = *shared;
        let files = if files.len() > 1 && scope != Scope::Pages { format!(" in {} files", files.len()) } else { String::new() };
        let alone = std::mem::replace(&mut first.message, format!("{count} {counted}{files} {said}"));
        let others = others.into_iter().filter_map(|other| Some((other.message, other.place?)));
        // The words about the first one, where they are not those of the others.
        let mut others: Vec<(String, Place)> = others.filter(|(_, place)| Some(place) != first.place.as_ref()).collect();
        others.sort_by(|a, b| a.1.cmp(&b.1));
        if others.iter().any(|(words, _)| *words != alone) {
            first.help.push(format!("of the first one: {alone}"));
        }
        first.related.extend(others);
        first
    }
}

/// The same words at very many places: the first is said, with the number of the others.
fn crowds(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let key = |fault: &Diagnostic| (fault.code, fault.severity, fault.message.clone(), fault.help.clone());
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    // A file that cannot be read is always named.
    faults.iter().filter(|fault| rank(fault) > 1).for_each(|fault| *counts.entry(key(fault)).or_default() += 1);
    counts.retain(|_, count| *count > SAME);
    if counts.is_empty() {
        return faults;
    }
    let mut kept: Vec<Diagnostic> = vec![];
    let mut first: BTreeMap<_, usize> = BTreeMap::new();
    for fault in faults {
        let of = key(&fault);
        let Some(count) = counts.get(&of) else {
            kept.push(fault);
            continue;
        };
        match first.get(&of).and_then(|at| kept.get_mut(*at)) {
            Some(said) if said.related.len() < SHOWN => said.related.extend(fault.place.map(|place| ("the same stands here".to_owned(), place))),
            Some(_) => {}
            None => {
                first.insert(of, kept.len());
                kept.push(fault.help(format!("the same is true of {} more places", count - 1)));
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(path: &str, at: usize, cause: &str) -> Diagnostic {
        let fault = Diagnostic::warning(Code::NoSource, format!("figure {at}")).at(&SourcePath::new(path).unwrap(), at..at + 1);
        fault.shared(Scope::File, cause, "figures", "have no source")
    }

    fn words(faults: Vec<Diagnostic>) -> Vec<String> {
        said(Diagnostics::from(faults)).into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn what_has_one_cause_is_one_message() {
        let two = vec![fault("a.toml", 1, "x"), fault("a.toml", 5, "x"), fault("b.toml", 1, "x"), fault("b.toml", 2, "y")];
        assert_eq!(words(two), ["2 figures have no source", "figure 1", "figure 2"]);
        let many = (0..30).flat_map(|file| [fault(&format!("{file:02}.toml"), 1, "x"), fault(&format!("{file:02}.toml"), 2, "x")]).collect();
        let said = said(Diagnostics::from(Vec::from_iter::<Vec<Diagnostic>>(many)));
        assert_eq!(said[0].message, "60 figures in 30 files have no source");
        let places: Vec<String> = said[0].related.iter().map(|(_, place)| place.path.to_string()).collect();
        assert_eq!((said.len(), places.len(), BTreeSet::from_iter(&places).len()), (1, 3, 3));
    }

    #[test]
    fn files_that_cannot_be_read_come_before_what_follows_from_them() {
        let at = |code: Code, path: &str| Diagnostic::error(code, path).at_file(&SourcePath::new(path).unwrap());
        let all = vec![
            at(Code::DanglingLink, "content/a.md"),
            at(Code::Syntax, "content/roles/x/role.toml"),
            at(Code::BadValue, "site.toml"),
            at(Code::UnknownId, "content/b.md"),
        ];
        assert_eq!(words(all), ["content/roles/x/role.toml", "site.toml", "content/a.md", "content/b.md"]);
    }

    #[test]
    fn a_crowd_is_one_message() {
        let all = (0..100).map(|at| Diagnostic::error(Code::UnknownKey, "unknown key").at(&SourcePath::known("a.toml"), at..at + 1)).collect::<Vec<_>>();
        let said = said(Diagnostics::from(all));
        assert_eq!((said.len(), said[0].help.join(" "), said[0].related.len()), (1, "the same is true of 99 more places".to_owned(), 3));
    }
}
