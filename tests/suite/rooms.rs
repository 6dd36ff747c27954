//! The layers of the program: the order of the rooms in `src/lib.rs`, held against what the files of
//! `src/` import.
//!
//! A room is a file or a folder directly in `src/`; they are listed from the disk, so that a new one
//! cannot be forgotten. Imports are read from the text of the files: `use` lines, and paths that begin
//! with `crate`, `self`, `super` or a child module. Tests inside the files are not looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn lib_names_every_room() {
    let rooms: BTreeSet<String> = fs::read_dir(src())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| name.trim_end_matches(".rs").to_owned())
        .filter(|name| name != "lib" && name != "main")
        .collect();
    let named: BTreeSet<String> = order().into_iter().collect();
    assert_eq!(
        named, rooms,
        "the `mod` lines of src/lib.rs (left) are not the files and folders of src/ (right): put a new room where its imports allow it"
    );
}

#[test]
fn no_import_points_up() {
    let order = order();
    let rank = |room: &str| order.iter().position(|name| name == room);
    let mut mistakes = vec![];
    for file in files() {
        for import in &file.imports {
            let target = import.path[0].as_str();
            let (Some(here), Some(there)) = (rank(file.room()), rank(target)) else {
                continue;
            };
            if here < there {
                mistakes.push(format!("src/{}:{}: `{}` is in the room `{target}`, which src/lib.rs names after `{}`: move what is needed to a room that both may import, or let the caller hand it over", file.path, import.line, import.path.join("::"), file.room()));
            }
        }
    }
    assert!(
        mistakes.is_empty(),
        "imports point up:\n{}",
        mistakes.join("\n")
    );
}

#[test]
fn no_files_of_different_folders_import_each_other_in_a_circle() {
    let files = files();
    let imports = imported_files(&files);
    let mut mistakes = vec![];
    for circle in circles(&imports) {
        let folders: BTreeSet<&str> = circle.iter().map(|path| folder(path)).collect();
        if folders.len() < 2 {
            continue;
        }
        let name = folders.into_iter().collect::<Vec<_>>().join(" ");
        let steps: Vec<String> = circle
            .iter()
            .flat_map(|from| imports[from].iter().map(move |(to, line)| (from, to, line)))
            .filter(|(from, to, _)| circle.contains(*to) && folder(from) != folder(to))
            .map(|(from, to, line)| format!("  src/{from}:{line} imports src/{to}"))
            .collect();
        mistakes.push(format!("{} files of {name}: move what both need to a file of its own, or let the caller hand it over\n{}", circle.len(), steps.join("\n")));
    }
    assert!(
        mistakes.is_empty(),
        "files import each other in circles:\n{}",
        mistakes.join("\n")
    );
}

#[test]
fn the_walk_of_a_page_names_files_that_exist_each_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let steps: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("    src/"))
        .filter_map(|line| line.split_once(' ').map(|(path, _)| path))
        .filter(|path| path.ends_with(".rs"))
        .collect();
    assert!(steps.len() > 30, "the walk was not found: {steps:?}");
    let missing: Vec<&&str> = steps
        .iter()
        .filter(|path| !src().join(path).is_file())
        .collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md names {missing:?}");
    let once: BTreeSet<&str> = steps.iter().copied().collect();
    assert_eq!(once.len(), steps.len(), "a file stands in the walk twice");
}

#[test]
fn imports_are_found_however_they_are_written() {
    let text = "use crate::a::{self, b::{C, D as E}};\npub use self::child::F;\nmod child;\n// use crate::no::No;\nfn f() { super::g::h(); child::i() }\n#[cfg(test)]\nmod tests {\n    use crate::no::No;\n}\nfn j() -> crate::k::L {}\n";
    let file = SourceFile::read("room/part/mod.rs", text);
    let found: Vec<String> = file
        .imports
        .iter()
        .map(|import| format!("{}:{}", import.line, import.path.join("::")))
        .collect();
    assert_eq!(
        found,
        [
            "1:a",
            "1:a::b::C",
            "1:a::b::D",
            "2:room::part::child::F",
            "5:room::g::h",
            "5:room::part::child::i",
            "10:k::L"
        ]
    );
    assert!(file.imports[3].is_reexport && !file.imports[0].is_reexport);
    assert_eq!(file.imports[2].name, "E");
    let imports = BTreeMap::from([
        (
            "a/x.rs".to_owned(),
            BTreeMap::from([("b/y.rs".to_owned(), 1)]),
        ),
        (
            "b/y.rs".to_owned(),
            BTreeMap::from([("a/x.rs".to_owned(), 1), ("c.rs".to_owned(), 2)]),
        ),
        ("c.rs".to_owned(), BTreeMap::new()),
    ]);
    let found: Vec<usize> = circles(&imports).iter().map(BTreeSet::len).collect();
    assert_eq!(found, [2]);
}

/// A file of `src/` with what it imports from this crate.
struct SourceFile {
    /// The path below `src/`.
    path: String,
    /// The path of its module, from the root of the crate.
    module: Vec<String>,
    imports: Vec<Import>,
}

/// One path of this crate that a file names.
struct Import {
    line: usize,
    /// From the root of the crate.
    path: Vec<String>,
    /// The name that it has in the file.
    name: String,
    /// `pub use`: the file hands it on, and needs nothing of it.
    is_reexport: bool,
}

impl SourceFile {
    fn read(path: &str, text: &str) -> Self {
        let stem = path.trim_end_matches(".rs").trim_end_matches("/mod");
        let module: Vec<String> = stem.split('/').map(str::to_owned).collect();
        let code = without_tests(text);
        let children: Vec<&str> = code
            .lines()
            .filter_map(|line| {
                line.trim_start_matches("pub(crate) ")
                    .trim_start_matches("pub(super) ")
                    .trim_start_matches("pub ")
                    .strip_prefix("mod ")?
                    .strip_suffix(';')
            })
            .collect();
        let mut file = Self {
            path: path.to_owned(),
            module,
            imports: vec![],
        };
        let mut at = 0;
        while let Some(start) = next_path(&code, at, &children) {
            at = file.import(&code, start, &children);
        }
        file
    }

    fn room(&self) -> &str {
        &self.module[0]
    }

    /// Notes the imports of the path that starts at an offset; returns where it ends.
    fn import(&mut self, code: &str, start: usize, children: &[&str]) -> usize {
        let line_start = code[..start].rfind('\n').map_or(0, |at| at + 1);
        let before = code[line_start..start].trim();
        let is_use = before.ends_with("use");
        let mut tree = Tree {
            code,
            at: start,
            found: vec![],
        };
        tree.read(&mut vec![]);
        let line = code[..start].matches('\n').count() + 1;
        for (segments, name) in tree.found {
            if let Some(path) = self.resolved(&segments, children) {
                self.imports.push(Import {
                    line,
                    path,
                    name,
                    is_reexport: is_use && before.starts_with("pub"),
                });
            }
        }
        tree.at.max(start + 1)
    }

    fn resolved(&self, segments: &[String], children: &[&str]) -> Option<Vec<String>> {
        let mut path = self.module.clone();
        let mut rest = segments;
        while let Some((first, after)) = rest.split_first() {
            match first.as_str() {
                "crate" => path.clear(),
                "super" => drop(path.pop()),
                "self" => {}
                child if rest.len() == segments.len() && !children.contains(&child) => return None,
                _ => break,
            }
            rest = after;
        }
        path.extend(rest.iter().cloned());
        Some(path).filter(|path| !path.is_empty())
    }
}

/// Reads a path of Rust, with what stands in braces at its end.
struct Tree<'a> {
    code: &'a str,
    at: usize,
    /// Paths as they are written, and the name that each gets.
    found: Vec<(Vec<String>, String)>,
}

impl Tree<'_> {
    fn read(&mut self, outer: &mut Vec<String>) {
        let depth = outer.len();
        loop {
            self.skip_space();
            let rest = &self.code[self.at..];
            if rest.starts_with('{') {
                self.at += 1;
                self.group(outer);
                break;
            }
            let word = word_at(rest);
            self.at += word.len();
            if rest.starts_with('*') {
                self.at += 1;
            }
            let is_group_itself = word == "self" && depth > 0;
            if !word.is_empty() && !is_group_itself {
                outer.push(word.to_owned());
            }
            if self.code[self.at..].starts_with("::") {
                self.at += 2;
                continue;
            }
            let name = outer.last().cloned().unwrap_or_default();
            let renamed = self.code[self.at..].strip_prefix(" as ").map(word_at);
            if let Some(renamed) = renamed {
                self.at += " as ".len() + renamed.len();
            }
            let name = renamed.map_or(name, str::to_owned);
            self.found.push((outer.clone(), name));
            break;
        }
        outer.truncate(depth);
    }

    fn group(&mut self, outer: &mut Vec<String>) {
        loop {
            self.skip_space();
            match self.code[self.at..].chars().next() {
                Some(',') => self.at += 1,
                Some('}') | None => {
                    self.at += 1;
                    return;
                }
                Some(_) => {
                    let before = self.at;
                    self.read(outer);
                    assert!(self.at > before, "no path: {}", &self.code[before..]);
                }
            }
        }
    }

    fn skip_space(&mut self) {
        let rest = &self.code[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }
}

fn word_at(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    &text[..end.unwrap_or(text.len())]
}

/// Returns where the next path of this crate begins.
fn next_path(code: &str, from: usize, children: &[&str]) -> Option<usize> {
    let starts = ["crate", "self", "super"].iter().chain(children);
    starts
        .filter_map(|start| {
            let wanted = format!("{start}::");
            code[from..]
                .match_indices(&wanted)
                .map(|(at, _)| from + at)
                .find(|at| {
                    let before = code[..*at].chars().next_back();
                    !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
                })
        })
        .min()
}

/// Returns a text without comments and without what is compiled for tests only. The text is formatted,
/// so an item ends at the first brace or semicolon that stands as far in as it began.
fn without_tests(text: &str) -> String {
    let mut code = String::new();
    let mut end_of_test: Option<String> = None;
    for line in text.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        let trimmed = line.trim_start();
        if let Some(end) = &end_of_test {
            let is_end = line.strip_prefix(end.as_str()).is_some_and(|rest| {
                rest.starts_with('}') || !rest.starts_with([' ', '#']) && rest.ends_with([';', '}'])
            });
            if is_end {
                end_of_test = None;
            }
        } else if trimmed.starts_with("#[cfg(test)]") {
            end_of_test = Some(indent.to_owned());
        } else if !trimmed.starts_with("//") {
            code += line.split(" // ").next().unwrap_or_default();
        }
        code.push('\n');
    }
    code
}

/// Returns which files each file needs, with the line that says so.
fn imported_files(files: &[SourceFile]) -> BTreeMap<String, BTreeMap<String, usize>> {
    let by_module: BTreeMap<&[String], &SourceFile> = files
        .iter()
        .map(|file| (file.module.as_slice(), file))
        .collect();
    let mut needs = BTreeMap::new();
    for file in files {
        let targets: &mut BTreeMap<String, usize> = needs.entry(file.path.clone()).or_default();
        for import in file.imports.iter().filter(|import| !import.is_reexport) {
            if let Some(target) = file_of(&import.path, &by_module, 0)
                && target.path != file.path
            {
                targets.entry(target.path.clone()).or_insert(import.line);
            }
        }
    }
    needs
}

/// Returns the file in which a path is defined: what a file hands on is that of another.
fn file_of<'f>(
    path: &[String],
    by_module: &BTreeMap<&[String], &'f SourceFile>,
    depth: usize,
) -> Option<&'f SourceFile> {
    let known = (1..=path.len())
        .rev()
        .find(|length| by_module.contains_key(&path[..*length]))?;
    let file = by_module[&path[..known]];
    let Some(name) = path.get(known) else {
        return Some(file);
    };
    let handed_on = file.imports.iter().find(|import| import.name == *name);
    match handed_on {
        Some(import) if depth < 8 && import.path != path => {
            let further: Vec<String> = import
                .path
                .iter()
                .chain(&path[known + 1..])
                .cloned()
                .collect();
            file_of(&further, by_module, depth + 1)
        }
        _ => Some(file),
    }
}

/// Returns the sets of files of which each needs each other, directly or through others.
fn circles(needs: &BTreeMap<String, BTreeMap<String, usize>>) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = needs
        .keys()
        .map(|from| {
            let mut seen = BTreeSet::new();
            let mut next = vec![from];
            while let Some(file) = next.pop() {
                next.extend(needs[file].keys().filter(|to| seen.insert(*to)));
            }
            (from, seen)
        })
        .collect();
    let mut circles = BTreeSet::new();
    for (from, seen) in &reached {
        let circle: BTreeSet<String> = seen
            .iter()
            .filter(|to| reached[**to].contains(from))
            .map(|to| (*to).clone())
            .collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Returns the rooms in the order of `src/lib.rs`.
fn order() -> Vec<String> {
    let text = fs::read_to_string(src().join("lib.rs")).unwrap();
    let names = text.lines().filter_map(|line| {
        line.strip_prefix("pub mod ")
            .or_else(|| line.strip_prefix("mod "))?
            .strip_suffix(';')
    });
    names.map(str::to_owned).collect()
}

/// Returns all files of `src/` but the roots and those of tests.
fn files() -> Vec<SourceFile> {
    let mut found = vec![];
    collect(&src(), &mut found);
    found.sort();
    let files = found.iter().map(|path| {
        let name = path
            .strip_prefix(src())
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        (name, fs::read_to_string(path).unwrap())
    });
    files
        .filter(|(name, _)| name != "lib.rs" && name != "main.rs")
        .filter(|(name, _)| !name.ends_with("/tests.rs") && !name.contains("/tests/"))
        .map(|(name, text)| SourceFile::read(&name, &text))
        .collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}
