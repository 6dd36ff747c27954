//! Files of a folder that are ladders only together: a page for each level, or a file for each competency.

use std::collections::BTreeSet;

use super::Text;
use super::grid::plain;
use super::outline::{Kind, Outline, has_levels};
use super::words::{is_level, rank};
use crate::ordered::Map;

/// A file that is no ladder by itself, or may be none.
#[derive(Clone, Debug)]
pub struct Part {
    pub file: String,
    pub outline: Outline,
    pub text: Text,
}

/// What a file, or some of them, make.
#[derive(Debug)]
pub struct Joined {
    /// The file, or what the files are called.
    pub file: String,
    pub outline: Outline,
    pub text: Text,
    pub by: By,
}

/// How files were put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Itself,
    Levels(usize),
    Competencies(usize),
}

impl Joined {
    fn of(part: Part) -> Self {
        Self {
            file: part.file,
            outline: part.outline,
            text: part.text,
            by: By::Itself,
        }
    }

    /// What somebody does at a level is called, where the file has no name for it.
    pub fn general(&self) -> &str {
        match self.text {
            Text::Page => "Expectations",
            Text::Tree => &self.outline.name,
        }
    }

    /// Says what was recognized.
    pub fn about(&self) -> String {
        let file = &self.file;
        match (self.by, self.text) {
            (By::Levels(count), _) => {
                format!("{count} files of {file} were read as one ladder, with a level in each")
            }
            (By::Competencies(count), _) => {
                format!(
                    "{count} files of {file} were read as one ladder, with a competency in each"
                )
            }
            (By::Itself, Text::Page) => {
                format!("{file} was read as headings that name levels and competencies")
            }
            (By::Itself, Text::Tree) => {
                format!("{file} was read as keys that name levels and competencies")
            }
        }
    }
}

/// Puts files together that say what each other does not.
pub fn join(parts: Vec<Part>) -> Vec<Joined> {
    let mut joined = vec![];
    let rest = levels(parts, &mut joined);
    let rest = competencies(rest, &mut joined);
    joined.extend(rest.into_iter().map(Joined::of));
    joined
}

/// Joins pages that are called as levels are, folder by folder.
fn levels(parts: Vec<Part>, joined: &mut Vec<Joined>) -> Vec<Part> {
    let (pages, mut rest): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(|part| {
        level_of(part).is_some() && !has_levels(&part.outline) && part.outline.facts() > 0
    });
    let mut folders: Map<String, Vec<Part>> = Map::default();
    for page in pages {
        let folder = folder_of(&page.file).to_owned();
        folders.entry(folder).or_default().push(page);
    }
    for (folder, mut pages) in folders {
        // Beside "Senior engineer", a page "Engineer" is of a level as well.
        let words: Vec<BTreeSet<String>> = pages.iter().filter_map(level_of).map(words).collect();
        let is_beside = |part: &Part| {
            let own = words_of(&part.outline.name);
            folder_of(&part.file) == folder
                && part.outline.facts() > 0
                && !own.is_empty()
                && words.iter().any(|known| own.is_subset(known))
                && !has_levels(&part.outline)
        };
        if pages.len() < 2 {
            rest.append(&mut pages);
            continue;
        }
        let (more, others) = rest.into_iter().partition(is_beside);
        rest = others;
        pages.extend::<Vec<Part>>(more);
        joined.push(of_levels(&folder, pages));
    }
    rest
}

fn of_levels(folder: &str, mut pages: Vec<Part>) -> Joined {
    let order = |part: &Part| (part.outline.order, rank(&level_name(part)));
    pages.sort_by_key(order);
    let count = pages.len();
    let text = pages.first().map_or(Text::Page, |part| part.text);
    let mut outline = Outline::new(title_of_folder(folder));
    for page in pages {
        let name = level_name(&page);
        let mut level = page.outline;
        level.name = name;
        level.kind = Some(Kind::Level);
        outline.parts.push(level);
    }
    Joined {
        file: file_of_folder(folder),
        outline,
        text,
        by: By::Levels(count),
    }
}

/// Joins files that say of one competency what the same levels show of it.
fn competencies(parts: Vec<Part>, joined: &mut Vec<Joined>) -> Vec<Part> {
    let (files, mut rest): (Vec<Part>, Vec<Part>) = parts
        .into_iter()
        .partition(|part| bare_levels(&part.outline).is_some());
    let mut alike: Map<BTreeSet<String>, Vec<Part>> = Map::default();
    for file in files {
        let levels = bare_levels(&file.outline).unwrap_or_default();
        alike.entry(levels).or_default().push(file);
    }
    for (_, mut files) in alike {
        if files.len() < 2 {
            rest.append(&mut files);
            continue;
        }
        joined.push(of_competencies(files));
    }
    rest
}

fn of_competencies(files: Vec<Part>) -> Joined {
    let count = files.len();
    let text = files.first().map_or(Text::Tree, |part| part.text);
    let folders: BTreeSet<&str> = files.iter().map(|part| folder_of(&part.file)).collect();
    let common = common(&folders);
    let is_grouped = folders.len() > 1;
    let mut outline = Outline::new(title_of_folder(&common));
    let mut groups: Map<String, Outline> = Map::default();
    for file in files {
        let group = own_part(folder_of(&file.file), &common);
        let group = groups
            .entry(group.clone())
            .or_insert_with(|| Outline::new(super::title(&group)));
        group.parts.push(file.outline);
    }
    for (_, group) in groups {
        if is_grouped {
            outline.parts.push(group);
        } else {
            outline.parts.extend(group.parts);
        }
    }
    Joined {
        file: file_of_folder(&common),
        outline,
        text,
        by: By::Competencies(count),
    }
}

/// Returns the names of levels of an outline that has nothing else.
fn bare_levels(outline: &Outline) -> Option<BTreeSet<String>> {
    let is_named = |part: &&Outline| is_level(&part.name) || part.kind == Some(Kind::Level);
    let levels: Vec<&Outline> = outline.parts.iter().filter(is_named).collect();
    let is_bare = levels.len() >= 2
        && levels.len() * 2 >= outline.parts.len()
        && outline.parts.iter().all(|part| part.parts.is_empty());
    let names = levels.iter().map(|part| plain(&part.name));
    is_bare.then(|| names.collect())
}

/// Returns the name of a level that a file has, in its title or its own name.
fn level_of(part: &Part) -> Option<String> {
    let title = part.outline.name.clone();
    let own = super::title(&part.file);
    [title, own].into_iter().find(|name| is_level(name))
}

fn level_name(part: &Part) -> String {
    level_of(part).unwrap_or_else(|| part.outline.name.clone())
}

fn words(name: String) -> BTreeSet<String> {
    words_of(&name)
}

fn words_of(name: &str) -> BTreeSet<String> {
    plain(name)
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns the folder of a file: nothing for one that stands at the top.
fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Returns the name of a file without its folder and ending.
pub fn name_of(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}

/// Returns a file with its folder and without its ending.
pub fn stem(file: &str) -> &str {
    let name = file.rfind('/').map_or(0, |at| at + 1);
    file[name..]
        .find('.')
        .map_or(file, |dot| &file[..name + dot])
}

/// What the files of a folder are called in the report.
fn file_of_folder(folder: &str) -> String {
    match folder {
        "" => ".".to_owned(),
        folder => folder.to_owned(),
    }
}

fn title_of_folder(folder: &str) -> String {
    match folder {
        "" => "Ladder".to_owned(),
        folder => super::title(folder),
    }
}

/// Returns the folders that all of some stand in.
fn common(folders: &BTreeSet<&str>) -> String {
    let mut folders = folders.iter();
    let first = folders.next().copied().unwrap_or_default();
    let mut common: Vec<&str> = first.split('/').collect();
    for folder in folders {
        let same = common
            .iter()
            .zip(folder.split('/'))
            .take_while(|(one, other)| **one == *other);
        let same = same.count();
        common.truncate(same);
    }
    common.join("/")
}

/// Returns the first folder below a common one.
fn own_part(folder: &str, common: &str) -> String {
    let rest = folder
        .strip_prefix(common)
        .unwrap_or(folder)
        .trim_start_matches('/');
    rest.split('/').next().unwrap_or(rest).to_owned()
}
