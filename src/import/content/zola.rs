//! Sites of Zola: front matter in TOML with `[taxonomies]` and `[extra]`, calls in the syntax of Tera.

use super::day::day;
use super::keys::Keys;
use super::old_site::{
    Bare, Files, OldSite, Placed, Reader, address, base_url, is_markdown, slug, split, text_of,
};
use super::page::{Front, Shape};
use super::tag::Tag;
use super::template_tags::{self, Language};
use crate::import::LossReport;

/// Reads a site.
pub fn read(files: &Files<'_>, report: &mut LossReport) -> OldSite {
    let config = files.config(&["config.toml", "zola.toml"]);
    let content = if files.has_folder("content") {
        "content".to_owned()
    } else {
        String::new()
    };
    let mut reader = Reader {
        files,
        report,
        bare: Bare::Article,
        tags,
        pages: vec![],
    };
    for name in files.names().filter(|name| is_markdown(name)) {
        let inside = name
            .strip_prefix(&content)
            .map(|name| name.trim_start_matches('/'));
        let Some(inside) = inside else { continue };
        reader.read(name, |keys, _| Some(placed(keys, inside)));
    }
    let url = base_url(text_of(&config, "base_url"));
    OldSite {
        pages: reader.pages,
        base_url: url,
        statics: vec!["static".into()],
        content,
    }
}

fn tags(text: &str) -> Vec<Tag> {
    template_tags::find(text, Language::Tera)
}

fn placed(keys: &mut Keys<'_>, inside: &str) -> Placed {
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
    let mut front = front(keys);
    // `2024-01-02-name` and `2024-01-02_name` are a day and a name.
    let dated = stem
        .get(..10)
        .and_then(day)
        .zip(stem.get(11..))
        .filter(|(_, name)| !name.is_empty());
    let name = dated.map_or(stem.as_str(), |(_, name)| name).to_owned();
    front.date = front.date.or(dated.map(|(day, _)| day));
    let own_slug = keys.text("slug").unwrap_or_else(|| slug(&name));
    let path = keys.text("path");
    let own = path.unwrap_or_else(|| {
        let folders: Vec<String> = folder.iter().map(|name| slug(name)).collect();
        let last = if shape == Shape::Index && stem.is_empty() {
            ""
        } else {
            own_slug.as_str()
        };
        address(folders.iter().map(String::as_str).chain([last]))
    });
    let mut addresses = vec![own];
    addresses.extend(keys.list("aliases"));
    if shape == Shape::Index && !stem.is_empty() {
        folder.push(stem);
    }
    Placed {
        front,
        folder,
        slug: own_slug,
        shape,
        addresses,
    }
}

fn front(keys: &mut Keys<'_>) -> Front {
    keys.ignore(&[
        "template",
        "page_template",
        "render",
        "in_search_index",
        "insert_anchor_links",
        "sort_by",
        "paginate_by",
        "paginate_path",
        "generate_feeds",
        "generate_feed",
        "transparent",
        "redirect_to",
    ]);
    let taxonomies = keys.table("taxonomies");
    let taxonomies = taxonomies.map(|table| {
        keys.inside("taxonomies", table, |keys| {
            let mut tags = keys.list("tags");
            tags.extend(keys.list("categories"));
            let mut authors = keys.list("authors");
            authors.extend(keys.list("author"));
            (tags, authors)
        })
    });
    let (mut tags, mut authors) = taxonomies.unwrap_or_default();
    tags.extend(keys.list("tags"));
    authors.extend(keys.list("authors"));
    Front {
        title: keys.text("title"),
        description: keys.text("description"),
        date: keys.day(&["date"]),
        updated: keys.day(&["updated"]),
        is_draft: keys.flag("draft").unwrap_or_default(),
        weight: keys.number("weight"),
        tags,
        authors,
        extra: keys.table("extra").unwrap_or_default(),
        ..Front::default()
    }
}
