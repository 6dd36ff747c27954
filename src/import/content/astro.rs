//! Sites of Astro: collections in `src/content`, pages in `src/pages`; Markdown, and MDX as far as it is plain.

use super::component_tags;
use super::keys::Keys;
use super::old_site::{
    Bare, Files, OldSite, Placed, Reader, address, base_url, is_markdown, said_in, slug, split,
};
use super::page::{Front, Shape};
use super::tag::Tag;
use crate::data::Value;
use crate::import::LossReport;
use crate::import::upstream::ending;

/// Programs that configure a site.
pub const CONFIGS: [&str; 4] = [
    "astro.config.mjs",
    "astro.config.js",
    "astro.config.ts",
    "astro.config.cjs",
];

/// Folders of articles, and whether what is in them is published at its own path.
const FOLDERS: [&str; 4] = ["src/content", "src/pages", "src/data", "src/blog"];

/// Reads a site.
pub fn read(files: &Files<'_>, report: &mut LossReport) -> OldSite {
    let program = CONFIGS
        .iter()
        .find(|name| files.has(name))
        .and_then(|name| files.text(name).ok());
    let program = program
        .map(|source| source.text.to_string())
        .unwrap_or_default();
    let has_folders = FOLDERS.iter().any(|folder| files.has_folder(folder));
    let mut reader = Reader {
        files,
        report,
        bare: Bare::Article,
        tags: |_| vec![],
        pages: vec![],
    };
    for name in files.names() {
        let inside = FOLDERS
            .iter()
            .find_map(|folder| name.strip_prefix(folder)?.strip_prefix('/'));
        let Some(inside) = inside.or(Some(name).filter(|_| !has_folders)) else {
            continue;
        };
        let is_mdx = ending(name) == "mdx";
        if !is_mdx && !is_markdown(name) || inside.split('/').any(|part| part.starts_with('_')) {
            continue;
        }
        reader.tags = if is_mdx {
            component_tags::find
        } else {
            no_tags
        };
        reader.read(name, |keys, _| Some(placed(keys, inside)));
    }
    let url = base_url(said_in(&program, "site"));
    let url = url.map(|url| {
        url + said_in(&program, "base")
            .unwrap_or_default()
            .trim_end_matches('/')
    });
    OldSite {
        pages: reader.pages,
        base_url: url,
        statics: vec!["public".into()],
        content: String::new(),
    }
}

fn no_tags(_: &str) -> Vec<Tag> {
    vec![]
}

fn placed(keys: &mut Keys<'_>, inside: &str) -> Placed {
    let (mut folder, stem) = split(inside);
    let shape = match stem {
        "index" if folder.len() <= 1 => Shape::Index,
        "index" => Shape::Bundle,
        _ => Shape::File,
    };
    let stem = match shape {
        Shape::File => stem.to_owned(),
        Shape::Bundle => folder.pop().unwrap_or_default(),
        Shape::Index => folder.last().cloned().unwrap_or_default(),
    };
    let own_slug = keys.text("slug").unwrap_or_else(|| slug(&stem));
    let folders: Vec<String> = folder.iter().map(|name| slug(name)).collect();
    let last = if shape == Shape::Index {
        ""
    } else {
        own_slug.as_str()
    };
    let own = address(folders.iter().map(String::as_str).chain([last]));
    Placed {
        front: front(keys),
        folder,
        slug: own_slug,
        shape,
        addresses: vec![own],
    }
}

fn front(keys: &mut Keys<'_>) -> Front {
    keys.ignore(&["layout", "setup"]);
    let image = ["heroImage", "image", "cover", "thumbnail"]
        .iter()
        .find_map(|name| keys.take(name));
    let (image, alt) = match image.map(|node| node.value) {
        Some(Value::String(text)) => (Some(text), None),
        Some(Value::Table(table)) => keys.inside("image", table, |keys| {
            (keys.first_text(&["src", "url"]), keys.text("alt"))
        }),
        _ => (None, None),
    };
    let mut tags = keys.list("tags");
    tags.extend(keys.list("categories"));
    tags.extend(keys.list("category"));
    let mut authors = keys.list("author");
    authors.extend(keys.list("authors"));
    Front {
        title: keys.text("title"),
        description: keys.first_text(&["description", "excerpt"]),
        date: keys.day(&[
            "pubDate",
            "publishDate",
            "pubDatetime",
            "publishedAt",
            "date",
        ]),
        updated: keys.day(&[
            "updatedDate",
            "modDatetime",
            "updatedAt",
            "updated",
            "lastmod",
        ]),
        is_draft: keys.flag("draft").unwrap_or_default(),
        weight: keys.number("order"),
        tags,
        authors,
        image,
        image_alt: alt.or_else(|| keys.first_text(&["heroImageAlt", "imageAlt", "alt"])),
        ..Front::default()
    }
}
