//! Files of `content/` that were meant to be something and are not read: names come in, what to call them or where to put them goes
//! out.

use std::collections::{BTreeMap, BTreeSet};

use super::parse::Files;
use super::{framework_of, role_of};
use crate::config::LISTS;
use crate::data::Id;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::kind::Kind;
use crate::ordered;
use crate::path::{SourcePath, nearest_slug};
use crate::suggest;

/// What the folders of one kind of record are.
struct Record {
    /// `role`
    name: &'static str,
    /// `content/roles`
    folder: &'static str,
    file: &'static str,
    of: fn(&SourcePath) -> Option<&str>,
}

const ROLE: Record = Record { name: "role", folder: "content/roles", file: "role.toml", of: role_of };
const FRAMEWORK: Record = Record { name: "framework", folder: "content/frameworks", file: "framework.toml", of: framework_of };

/// Says what must be put right before the rest can be judged: records that are not found where they stand, folders without one,
/// and copies.
pub(super) fn check(files: &Files, faults: &mut Diagnostics) {
    for record in [&ROLE, &FRAMEWORK] {
        let records = if record.name == ROLE.name { &files.roles } else { &files.frameworks };
        let known: BTreeSet<&str> = records.iter().map(|(id, _)| id.as_str()).collect();
        let lost: BTreeMap<&SourcePath, Diagnostic> = files.beside.keys().filter_map(|path| Some((path, record.lost(path, &known)?))).collect();
        // Of a folder whose record is said to be elsewhere, nothing more is said.
        let said: BTreeSet<&str> = lost.keys().filter_map(|path| (record.of)(path)).collect();
        for (folder, paths) in files.folders(record) {
            if !known.contains(folder) && !said.contains(folder) {
                faults.extend(record.absent(folder, &paths));
            }
        }
        faults.extend(lost.into_values());
    }
    copies(files, faults);
}

/// Says what nothing refers to: what each file seems to be, or all others in one sentence.
pub(super) fn say<'p>(strangers: impl Iterator<Item = &'p SourcePath>, faults: &mut Diagnostics) {
    let mut others = vec![];
    for path in strangers {
        match meant(path) {
            Some(fault) => faults.push(fault.at_file(path)),
            None => others.push(path),
        }
    }
    let Some(first) = others.first() else { return };
    let shown: Vec<String> = others.iter().take(MOST).map(|path| format!("`{path}`")).collect();
    let list = match others.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    };
    let message = match others.len() {
        1 => format!("{list} is not published, for nothing refers to it"),
        count => format!("{count} files in content/ are not published, for nothing refers to them: {list}"),
    };
    let fault = Diagnostic::warning(Code::UnusedFile, message).at_file(first);
    faults.push(fault.help("link to what belongs to a page, move what should be published all the same to static/, and keep the rest out of content/"));
}

/// How many strangers are named.
const MOST: usize = 5;

impl Files {
    /// The folders of records, by name, with the Markdown and data in them.
    fn folders(&self, record: &Record) -> BTreeMap<&str, Vec<&SourcePath>> {
        let mut folders: BTreeMap<&str, Vec<&SourcePath>> = BTreeMap::new();
        for path in self.articles.iter().map(|(path, _)| path).chain(self.beside.keys()) {
            if let Some(folder) = (record.of)(path) {
                folders.entry(folder).or_default().push(path);
            }
        }
        folders
    }
}

impl Record {
    /// What is wrong with a file that is called like the record and is not read as one.
    fn lost(&self, path: &SourcePath, known: &BTreeSet<&str>) -> Option<Diagnostic> {
        let Self { name, folder, file, of } = self;
        let is_exact = path.name() == *file;
        let looks_like = is_exact || looks_like(path.name(), &[file]).is_some();
        if !looks_like {
            return None;
        }
        let own = of(path).filter(|id| path.folder() == format!("{folder}/{id}"));
        let wrong_name = || format!("`{}` is not read: a {name} is described in {file}", path.name());
        let fault = match own {
            // The record is there: this is something else.
            Some(id) if known.contains(id) => return None,
            Some(id) if Id::new(id).is_none() => {
                let why = format!("the folder `{id}` cannot be the id of a {name}: ids are letters, digits, `-`, `_` and `.`");
                Diagnostic::error(Code::FileName, why).help(free(id, known).map(|id| format!("rename the folder to `{id}`")))
            }
            Some(_) => Diagnostic::error(Code::UnusedFile, wrong_name()).help(format!("rename the file to {file}")),
            None => {
                let parent = path.folder().rsplit('/').next().unwrap_or_default();
                let id = if path.folder() == *folder || path.folder() == "content" {
                    format!("<{name}>")
                } else {
                    free(parent, known).unwrap_or_else(|| format!("<{name}>"))
                };
                let message = format!("this {name} is not read: it is looked for in {folder}/<id>/{file}");
                let what = if id.starts_with('<') { "file" } else { "folder" };
                let to = if what == "file" { format!("{folder}/{id}/{file}, in a folder named after the {name}") } else { format!("{folder}/{id}/") };
                Diagnostic::error(Code::UnusedFile, message).help(format!("move the {what} to {to}"))
            }
        };
        Some(fault.at_file(path))
    }

    /// What is wrong with a folder that has no record. Pages that would belong to it are made of nothing; articles are, and stand alone.
    fn absent(&self, folder: &str, paths: &[&SourcePath]) -> Option<Diagnostic> {
        let Self { name, folder: parent, file, .. } = self;
        let inner = |path: &SourcePath| path.inside(&format!("{parent}/{folder}")).map(str::to_owned);
        let is_of_page = |name: &str| match *parent == ROLE.folder {
            true => Kind::of_role().any(|kind| kind.file_name() == name) || matches!(name, "positions.toml" | "salary.csv"),
            false => matches!(name, "index.md" | "matrix.md"),
        };
        let lost = paths.iter().find(|path| inner(path).is_some_and(|name| is_of_page(&name)));
        let is_section = paths.iter().any(|path| inner(path).is_some_and(|name| name == "_index.md"));
        let article = paths.iter().find(|path| path.extension() == "md").filter(|_| !is_section);
        let id = nearest_slug(folder).unwrap_or_else(|| folder.to_owned());
        let help = if Id::new(folder).is_some() { String::new() } else { format!("; the folder needs another name for that, such as `{id}`") };
        let message = format!("the folder {parent}/{folder} has no {file}");
        match (lost, article) {
            (Some(path), _) => {
                let fault = Diagnostic::error(Code::MissingFile, format!("{message}, so this belongs to no {name} and is on no page"));
                Some(fault.at_file(path).help(format!("write {parent}/{folder}/{file}, or move the files to where they belong{help}")))
            }
            (None, Some(path)) => {
                let fault = Diagnostic::warning(Code::MissingFile, format!("{message}, so what stands in it belongs to no {name}"));
                Some(
                    fault
                        .at_file(path)
                        .help(format!("write {parent}/{folder}/{file}{help}; or move the articles to a folder of their own, such as content/articles/")),
                )
            }
            (None, None) => None,
        }
    }
}

/// An id like this text that no folder has yet.
fn free(text: &str, known: &BTreeSet<&str>) -> Option<String> {
    let slug = nearest_slug(text)?;
    let more = (2..).map(|number| format!("{slug}-{number}"));
    std::iter::once(slug.clone()).chain(more).find(|id| !known.contains(id.as_str()))
}

/// What a file that nothing refers to was meant to be, and is not for its name or its place.
fn meant(path: &SourcePath) -> Option<Diagnostic> {
    let warning = |message: String| Diagnostic::warning(Code::UnusedFile, message);
    let name = path.name();
    let bare = name.strip_suffix(".txt").unwrap_or(name);
    let (stem, ending) = bare.rsplit_once('.').unwrap_or((bare, ""));
    let is_markdown = matches!(ending.to_ascii_lowercase().as_str(), "md" | "markdown" | "mdown" | "mdwn" | "mdx" | "mkd" | "mkdn" | "qmd" | "rmd");
    if is_markdown {
        let fault = warning(format!("`{name}` is not read: articles are files whose names end in `.md`"));
        return Some(fault.help(format!("rename it to `{stem}.md`, or delete it")));
    }
    let home = role_of(path).map(|id| (format!("content/roles/{id}"), &["role.toml", "positions.toml", "salary.csv"][..]));
    let home = home.or_else(|| framework_of(path).map(|id| (format!("content/frameworks/{id}"), &["framework.toml"][..])));
    let (folder, names) = home.unwrap_or_else(|| ("content".to_owned(), LISTS));
    if path.folder() == folder
        && let Some(meant) = looks_like(name, names)
    {
        return Some(warning(format!("`{name}` is not read: did you mean {meant}?")).help(format!("rename it to {meant}, or delete it")));
    }
    // Records and lists where they are not looked for.
    if let Some(list) = looks_like(name, LISTS).filter(|list| *list == name) {
        return Some(warning(format!("{list} is not read here: lists stand directly in content/")).help(format!("move it to content/{list}")));
    }
    if matches!(name, "positions.toml" | "salary.csv") {
        let help = format!("move it to content/roles/<id>/{name}; data for download goes into static/");
        return Some(warning(format!("{name} is not read here: it stands beside the role.toml of its role")).help(help));
    }
    let of_record = looks_like(name, &[ROLE.file, FRAMEWORK.file])?;
    (path.extension() == "toml")
        .then(|| warning(format!("`{name}` is not read: did you mean {of_record}?")).help("delete it, or move it to the folder of its record"))
}

/// Which of some names a name is a slip of: in other letters, with an ending more, of another format, mistyped, or a copy.
fn looks_like<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let bare = ["txt", "bak", "orig", "old"].iter().find_map(|more| lower.strip_suffix(more)?.strip_suffix('.')).unwrap_or(&lower);
    let bare = original(bare).unwrap_or_else(|| bare.to_owned());
    let (stem, ending) = bare.rsplit_once('.')?;
    if !matches!(ending, "toml" | "tml" | "toml5" | "csv" | "yaml" | "yml" | "json" | "tsv" | "xlsx" | "xls" | "ods") {
        return None;
    }
    // A table of another program, or a text of another format, is taken by its own name only.
    let is_near = |wanted: &str| match (ending, wanted.rsplit_once('.')) {
        ("toml" | "tml" | "csv", Some((_, own))) => own.starts_with(&ending[..1]) && suggest::nearest(&bare, [wanted]).is_some(),
        (_, Some((own, _))) => suggest::nearest(stem, [own]).is_some(),
        _ => false,
    };
    let exact = names.iter().copied().find(|wanted| *wanted == bare);
    exact.or_else(|| names.iter().copied().find(|wanted| is_near(wanted)))
}

/// Says which articles look like copies of others: by their names, or because every byte is the same.
fn copies(files: &Files, faults: &mut Diagnostics) {
    // Articles come in the order of their paths.
    let is_there = |name: &str| files.articles.binary_search_by(|(path, _)| path.as_str().cmp(name)).is_ok();
    let mut by_digest = ordered::Map::default();
    for (path, digest) in &files.articles {
        let original = original(path.name()).map(|name| format!("{}/{name}", path.folder()));
        let says_so = || ["copy", "kopie"].iter().any(|word| path.name().to_lowercase().contains(word));
        let twin = by_digest.insert(*digest, path).filter(|_| path.name() != "_index.md");
        let of = match (original.filter(|name| is_there(name) || says_so()), twin) {
            (Some(name), _) if is_there(&name) => format!("this looks like a copy of {name}, and is a page of its own"),
            (Some(_), _) => "by its name this is a copy of another file, and it is a page of its own".to_owned(),
            (None, Some(twin)) if twin.folder() == path.folder() => format!("this is the same as {twin}, to the last byte"),
            (None, _) => continue,
        };
        faults.push(Diagnostic::warning(Code::Twin, of).at_file(path).help("delete it, or give it a name and a title of its own"));
    }
}

/// Whether a file is called like a copy of another.
pub fn is_copy(path: &SourcePath) -> bool {
    original(path.name()).is_some()
}

/// The name that a program made a copy's name of: `a.md` for `a - Copy.md`, `a (1).md`, `Copy of a.md`.
fn original(name: &str) -> Option<String> {
    if !name.contains([' ', '(']) && !name.contains(".sync-conflict-") {
        return None;
    }
    let (stem, ending) = name.rsplit_once('.')?;
    let number = |text: &str| text.len() <= 3 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let without_number = |stem: &str| {
        let inner = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('(')).filter(|(_, inside)| number(inside));
        inner.map(|(stem, _)| stem.trim_end().to_owned())
    };
    let word = |stem: &str| {
        let lower = stem.to_lowercase();
        let counted = lower.rsplit_once(' ').filter(|(_, last)| number(last)).map_or(lower.as_str(), |(rest, _)| rest);
        let counted = counted.trim_end();
        let cut = [" - copy", " - kopie", " copy", " kopie", "(copy)", "(kopie)"].iter().find_map(|end| counted.strip_suffix(end));
        let start = ["copy of ", "kopie von "].iter().find(|start| lower.starts_with(**start));
        let conflict = [" (conflicted copy", ".sync-conflict-"].iter().find_map(|mark| lower.find(mark));
        let at = conflict.or_else(|| cut.map(|cut| cut.trim_end().len()));
        at.and_then(|at| stem.get(..at)).or_else(|| start.and_then(|start| stem.get(start.len()..))).map(str::to_owned)
    };
    let without = without_number(stem);
    let inner = word(without.as_deref().unwrap_or(stem)).or(without)?;
    (!inner.is_empty()).then(|| format!("{inner}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_what_programs_call_them() {
        let names = [
            "a - Copy.md",
            "a (1).md",
            "a - Copy (2).md",
            "a copy.md",
            "a copy 2.md",
            "Copy of a.md",
            "a - Kopie.md",
            "a (copy).md",
            "a.sync-conflict-20261128.md",
        ];
        for name in names {
            assert_eq!(original(name).as_deref(), Some("a.md"), "{name}");
        }
        for name in ["copy.md", "photocopy.md", "a-copy-editor.md", "part (one).md", "level 2.md", "(1).md"] {
            assert_eq!(original(name), None, "{name}");
        }
    }

    #[test]
    fn slips_of_the_hand_are_known_and_strangers_are_not() {
        let role = ["role.toml", "positions.toml", "salary.csv"];
        for (name, meant) in [
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
            assert_eq!(looks_like(name, &role), Some(meant), "{name}");
        }
        for (name, meant) in
            [("skill.toml", "skills.toml"), ("sources.yaml", "sources.toml"), ("category.toml", "categories.toml"), ("Skills.toml", "skills.toml")]
        {
            assert_eq!(looks_like(name, LISTS), Some(meant), "{name}");
        }
        for name in ["notes.toml", "data.csv", "role.png", "roles.txt", "scale.toml", "people.json", "survey.csv"] {
            assert_eq!(looks_like(name, &role).or_else(|| looks_like(name, LISTS)), None, "{name}");
        }
    }
}
