//! Sites of Hugo: `content/` with `_index.md` for sections, and folders with `index.md` for bundles.

use super::hugo_tags;
use super::keys::Keys;
use super::old_site::{
    Bare, Files, OldSite, Placed, Reader, address, base_url, is_markdown, split, table_of, text_of,
};
use super::page::{Front, Shape};
use crate::data::Table;
use crate::import::LossReport;
use crate::import::upstream::ending;

const CONFIGS: [&str; 8] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
];
const MORE_CONFIGS: [&str; 4] = [
    "config/_default/hugo.toml",
    "config/_default/config.toml",
    "config/_default/hugo.yaml",
    "config/_default/config.yaml",
];

/// Reads a site.
pub fn read(files: &Files<'_>, report: &mut LossReport) -> OldSite {
    let mut config = files.config(&CONFIGS);
    if config.is_empty() {
        config = files.config(&MORE_CONFIGS);
    }
    let content = content_folder(files, &config);
    let permalinks = table_of(&config, "permalinks").unwrap_or_default();
    let permalinks = table_of(&permalinks, "page").unwrap_or(permalinks);
    let mut reader = Reader {
        files,
        report,
        bare: Bare::Article,
        tags: hugo_tags::find,
        pages: vec![],
    };
    for name in files.names() {
        let inside = name.strip_prefix(&content).and_then(|name| {
            if content.is_empty() {
                Some(name)
            } else {
                name.strip_prefix('/')
            }
        });
        let Some(inside) = inside else { continue };
        match ending(name).as_str() {
            _ if is_part_of_bundle(files, name) => {}
            _ if is_markdown(name) => {
                reader.read(name, |keys, _| Some(placed(keys, inside, &permalinks)));
            }
            "html" | "adoc" | "org" | "rst" | "pandoc" => reader.other(name),
            _ => {}
        }
    }
    let url = text_of(&config, "baseURL").or_else(|| text_of(&config, "baseurl"));
    OldSite {
        pages: reader.pages,
        base_url: base_url(url),
        statics: vec!["static".into(), "assets".into()],
        content,
    }
}

/// Returns the folder of articles. One folder in it for a single language is left out.
fn content_folder(files: &Files<'_>, config: &Table) -> String {
    let named = text_of(config, "contentDir").map(|name| name.trim_matches('/').to_owned());
    let folder = named.unwrap_or_else(|| "content".to_owned());
    if !files.has_folder(&folder) {
        return String::new();
    }
    let inside = format!("{folder}/");
    let mut tops = files
        .names()
        .filter(|name| is_markdown(name))
        .filter_map(|name| name.strip_prefix(&inside));
    let first = tops
        .next()
        .and_then(|name| name.split_once('/'))
        .map(|(top, _)| top.to_owned());
    let is_language = |top: &String| top.len() == 2 && top.bytes().all(|c| c.is_ascii_lowercase());
    match first.filter(is_language) {
        Some(top)
            if tops.all(|name| name.starts_with(&format!("{top}/")) || !name.contains('/')) =>
        {
            format!("{inside}{top}")
        }
        _ => folder,
    }
}

/// Returns true if a Markdown file stands beside the `index.md` of a bundle: it is no page.
fn is_part_of_bundle(files: &Files<'_>, name: &str) -> bool {
    let Some((folder, file)) = name.rsplit_once('/') else {
        return false;
    };
    file != "index.md" && file != "_index.md" && files.has(&format!("{folder}/index.md"))
}

fn placed(keys: &mut Keys<'_>, inside: &str, permalinks: &Table) -> Placed {
    let (mut folder, stem) = split(inside);
    let shape = match stem {
        "_index" => Shape::Index,
        "index" if !folder.is_empty() => Shape::Bundle,
        _ => Shape::File,
    };
    let stem = if shape == Shape::File {
        stem.to_owned()
    } else {
        folder.pop().unwrap_or_default()
    };
    let front = front(keys);
    let slug = keys.text("slug").unwrap_or_else(|| stem.clone());
    let url = keys.text("url");
    let own = url.unwrap_or_else(|| {
        let pattern = folder
            .first()
            .and_then(|section| text_of(permalinks, section));
        match pattern.filter(|_| shape != Shape::Index) {
            Some(pattern) => permalink(&pattern, &folder, &slug, &stem, &front),
            None => address(folder.iter().map(String::as_str).chain([slug.as_str()]))
                .to_lowercase()
                .replace(' ', "-"),
        }
    });
    let mut addresses = vec![own];
    addresses.extend(keys.list("aliases"));
    if shape == Shape::Index && !stem.is_empty() {
        folder.push(stem.clone());
    }
    Placed {
        front,
        folder,
        slug: if shape == Shape::Index { stem } else { slug },
        shape,
        addresses,
    }
}

fn front(keys: &mut Keys<'_>) -> Front {
    keys.ignore(&[
        "lastmod_git",
        "type",
        "layout",
        "outputs",
        "markup",
        "_build",
        "build",
        "cascade",
        "headless",
    ]);
    let (date, publish) = (keys.day(&["date"]), keys.day(&["publishDate"]));
    let mut tags = keys.list("tags");
    tags.extend(keys.list("categories"));
    let mut authors = keys.list("authors");
    authors.extend(keys.list("author"));
    let extra = keys.table("params").unwrap_or_default();
    let cover = keys.table("cover");
    let cover = cover.map(|cover| {
        keys.inside("cover", cover, |keys| {
            keys.ignore(&[
                "relative",
                "hidden",
                "hiddenInList",
                "hiddenInSingle",
                "caption",
            ]);
            (keys.text("image"), keys.text("alt"))
        })
    });
    let (cover, alt) = cover.unwrap_or_default();
    let image = cover
        .or_else(|| keys.first_text(&["image", "featured_image", "featureimage", "thumbnail"]));
    let image = image.or_else(|| keys.list("images").into_iter().next());
    let updated = keys.day(&["lastmod", "modified"]);
    Front {
        title: keys.text("title"),
        description: keys.first_text(&["description", "summary"]),
        date: publish.or(date),
        updated: updated
            .or_else(|| date.filter(|day| publish.is_some_and(|publish| publish < *day))),
        expires: keys.day(&["expiryDate", "unpublishdate"]),
        is_draft: keys.flag("draft").unwrap_or_default(),
        weight: keys.number("weight"),
        tags,
        authors,
        image,
        image_alt: alt,
        is_hidden: keys.flag("noindex").unwrap_or_default(),
        extra,
        ..Front::default()
    }
}

/// Fills in a pattern of addresses: `/:year/:month/:slug/`.
pub fn permalink(
    pattern: &str,
    folder: &[String],
    slug: &str,
    stem: &str,
    front: &Front,
) -> String {
    let part = |part: &str| {
        let Some(name) = part.strip_prefix(':') else {
            return part.to_owned();
        };
        let date = front.date;
        let title = front.title.as_deref().map(super::old_site::slug);
        match name {
            "year" => date
                .map(|day| format!("{:04}", day.year()))
                .unwrap_or_default(),
            "month" => date
                .map(|day| format!("{:02}", day.month()))
                .unwrap_or_default(),
            "day" => date
                .map(|day| format!("{:02}", day.day()))
                .unwrap_or_default(),
            "section" => folder.first().cloned().unwrap_or_default(),
            "sections" => folder.join("/"),
            "title" => title.unwrap_or_else(|| slug.to_owned()),
            "filename" | "contentbasename" => stem.to_owned(),
            _ => slug.to_owned(),
        }
    };
    let parts: Vec<String> = pattern.trim_matches('/').split('/').map(part).collect();
    address(parts.iter().map(String::as_str))
        .to_lowercase()
        .replace(' ', "-")
}
