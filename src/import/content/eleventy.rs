//! Sites of Eleventy: Markdown anywhere, with data of folders in JSON beside it.

use super::day::day;
use super::front::table_of;
use super::keys::Keys;
use super::old_site::{Bare, Files, OldSite, Placed, Reader, address, is_markdown, said_in, split};
use super::page::{Front, Shape};
use super::tag::Tag;
use super::template_tags::{self, Language};
use crate::data::{Node, Table, Value};
use crate::import::LossReport;
use crate::import::upstream::ending;

/// Programs that configure a site.
pub const CONFIGS: [&str; 5] = [
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
    ".eleventy.js",
];

/// Tags that only say which lists an article is in.
const LISTS: [&str; 7] = ["all", "post", "posts", "page", "pages", "nav", "blog"];

/// Reads a site.
pub fn read(files: &Files<'_>, report: &mut LossReport) -> OldSite {
    let program = CONFIGS
        .iter()
        .find(|name| files.has(name))
        .and_then(|name| files.text(name).ok());
    let program = program
        .map(|source| source.text.to_string())
        .unwrap_or_default();
    let input = said_in(&program, "input")
        .map(|name| name.trim_start_matches("./").trim_matches('/').to_owned());
    let content = input
        .filter(|name| files.has_folder(name))
        .unwrap_or_default();
    let mut reader = Reader {
        files,
        report,
        bare: Bare::Article,
        tags,
        pages: vec![],
    };
    for name in files.names() {
        let inside = name
            .strip_prefix(&content)
            .map(|name| name.trim_start_matches('/'));
        let Some(inside) = inside.filter(|name| is_article(name, &content)) else {
            continue;
        };
        match ending(name).as_str() {
            _ if is_markdown(name) => {
                let data = data_of_folders(files, name);
                reader.read(name, |keys, _| placed(keys, inside, &data));
            }
            "js" if inside.ends_with(".11tydata.js") => {
                let place = crate::import::Where::file(name);
                reader.report.no_home(
                    "data of folders",
                    "a program that gives articles data",
                    place,
                );
            }
            _ => {}
        }
    }
    OldSite {
        pages: reader.pages,
        base_url: None,
        statics: vec!["public".into(), content.clone(), String::new()],
        content,
    }
}

fn tags(text: &str) -> Vec<Tag> {
    template_tags::find(text, Language::Liquid)
}

/// Returns true if a file can be an article: not a part of templates, and no readme.
fn is_article(inside: &str, content: &str) -> bool {
    let is_private = inside.split('/').any(|part| part.starts_with(['_', '.']));
    let is_about = [
        "readme",
        "license",
        "changelog",
        "contributing",
        "code_of_conduct",
        "security",
    ];
    let (folder, stem) = split(inside);
    let is_about = content.is_empty()
        && folder.is_empty()
        && is_about.contains(&stem.to_ascii_lowercase().as_str());
    !is_private && !is_about
}

/// Returns the data that folders give an article: `blog/blog.json`, the nearest folder last.
fn data_of_folders(files: &Files<'_>, name: &str) -> Table {
    let mut data = Table::default();
    let mut folder = String::new();
    let (folders, stem) = split(name);
    for part in &folders {
        folder.push_str(part);
        folder.push('/');
        add(files, &format!("{folder}{part}"), &mut data);
    }
    add(files, &format!("{folder}{stem}"), &mut data);
    data
}

fn add(files: &Files<'_>, name: &str, data: &mut Table) {
    for ending in [".json", ".11tydata.json"] {
        let source = Some(format!("{name}{ending}"))
            .filter(|name| files.has(name))
            .and_then(|name| files.text(&name).ok());
        let Some(source) = source else { continue };
        if let Ok(object) = serde_json::from_str(&source.text) {
            for (key, node) in table_of(&object).0 {
                data.put(&key.name, node.value);
            }
        }
    }
}

fn placed(keys: &mut Keys<'_>, inside: &str, data: &Table) -> Option<Placed> {
    for (key, node) in &data.0 {
        keys.default(&key.name, node);
    }
    let (folder, stem) = split(inside);
    let front = front(keys);
    let is_index = stem == "index";
    let dated = stem
        .get(..10)
        .and_then(day)
        .zip(stem.get(11..))
        .filter(|(_, name)| !name.is_empty());
    let name = dated.map_or(stem, |(_, name)| name).to_owned();
    let front = Front {
        date: front.date.or(dated.map(|(day, _)| day)),
        ..front
    };
    let mut front = front;
    let folders = folder.iter().map(String::as_str);
    let own = match keys.take("permalink") {
        Some(Node {
            value: Value::String(text),
            ..
        }) if !text.contains("{{") => permalink(&text),
        Some(Node {
            value: Value::Bool(false),
            ..
        }) => {
            front.is_draft = true;
            keys.drop("`permalink: false` has no page, and is a draft here");
            String::new()
        }
        _ if is_index => address(folders),
        // `blog/first/first.md` is `blog/first/`.
        _ if folder.last().is_some_and(|last| *last == name) => address(folders),
        _ => address(folders.chain([name.as_str()])),
    };
    let shape = if is_index { Shape::Index } else { Shape::File };
    let mut place = Placed {
        front,
        slug: name,
        shape,
        addresses: vec![own],
        folder,
    };
    if place.folder.last() == Some(&place.slug) && shape == Shape::File {
        place.folder.pop();
        place.shape = Shape::Bundle;
    } else if is_index {
        place.slug = place.folder.last().cloned().unwrap_or_default();
    }
    Some(place)
}

fn permalink(text: &str) -> String {
    let path = text.trim_start_matches('/');
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}

fn front(keys: &mut Keys<'_>) -> Front {
    keys.ignore(&[
        "layout",
        "eleventyNavigation",
        "eleventyExcludeFromCollections",
        "templateEngineOverride",
        "override:tags",
    ]);
    let mut tags = keys.list("tags");
    tags.retain(|tag| !LISTS.contains(&tag.to_ascii_lowercase().as_str()));
    tags.extend(keys.list("categories"));
    let mut authors = keys.list("author");
    authors.extend(keys.list("authors"));
    Front {
        title: keys.text("title"),
        description: keys.first_text(&["description", "summary", "excerpt"]),
        date: keys.day(&["date"]),
        updated: keys.day(&["updated", "modified", "lastmod"]),
        is_draft: keys.flag("draft").unwrap_or_default(),
        weight: keys.number("order"),
        tags,
        authors,
        image: keys.first_text(&["image", "thumbnail", "hero"]),
        image_alt: keys.first_text(&["imageAlt", "image_alt", "alt"]),
        ..Front::default()
    }
}
