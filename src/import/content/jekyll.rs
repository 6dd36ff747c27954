//! Sites of Jekyll: `_posts/2024-01-02-name.md`, `_drafts`, collections, and pages with front matter.

use jiff::civil::Date;

use super::day::day;
use super::keys::Keys;
use super::old_site::{
    Bare, Files, OldSite, Placed, Reader, address, base_url, is_markdown, split, table_of, text_of,
};
use super::page::{Front, Page, Shape};
use super::tag::{Becomes, Tag};
use super::template_tags::{self, Language};
use crate::data::{Table, Value};
use crate::import::LossReport;
use crate::import::upstream::ending;

/// Reads a site.
pub fn read(files: &Files<'_>, report: &mut LossReport) -> OldSite {
    let config = files.config(&["_config.yml", "_config.yaml", "_config.toml"]);
    let collections = collections(&config);
    let mut reader = Reader {
        files,
        report,
        bare: Bare::Other,
        tags,
        pages: vec![],
    };
    for name in files.names() {
        let Some(file) = File::of(name, &collections) else {
            continue;
        };
        if is_markdown(name) {
            reader.read(name, |keys, _| Some(placed(keys, &file, &config)));
        } else if ending(name) == "html" && file.kind == Kind::Post {
            reader.other(name);
        }
    }
    reader.pages.iter_mut().for_each(|page| say(page, &config));
    let url =
        text_of(&config, "url").map(|url| url + &text_of(&config, "baseurl").unwrap_or_default());
    OldSite {
        pages: reader.pages,
        base_url: base_url(url),
        statics: vec![String::new()],
        content: String::new(),
    }
}

fn tags(text: &str) -> Vec<Tag> {
    template_tags::find(text, Language::Liquid)
}

/// Says what `{{ site.key }}` says, where the configuration has a text for it.
fn say(page: &mut Page, config: &Table) {
    let (text, body) = (page.text.clone(), page.body);
    for tag in page
        .tags
        .iter_mut()
        .filter(|tag| tag.becomes == Becomes::Shown)
    {
        let inner = text[body..][tag.span.clone()].trim_matches(['{', '}', ' ', '-']);
        if let Some(value) = inner
            .strip_prefix("site.")
            .and_then(|key| text_of(config, key))
        {
            tag.becomes = Becomes::Text(value);
        }
    }
}

/// What a file is for Jekyll.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Page,
    Post,
    Draft,
    /// Of a collection: its pattern of addresses.
    Document(String),
}

struct File {
    kind: Kind,
    /// Folders that are part of the address: categories of posts, the collection, folders.
    folder: Vec<String>,
    stem: String,
}

impl File {
    /// Returns what a file is; `None` for one that is no article.
    fn of(name: &str, collections: &[(String, String)]) -> Option<Self> {
        let (mut folder, stem) = split(name);
        let special = folder.iter().position(|name| name.starts_with('_'));
        let kind = match special.map(|at| folder[at].clone()).as_deref() {
            None => Kind::Page,
            Some("_posts") => Kind::Post,
            Some("_drafts") => Kind::Draft,
            Some(other) => {
                let collection = collections.iter().find(|(name, _)| other[1..] == **name)?;
                Kind::Document(collection.1.clone())
            }
        };
        if let Some(at) = special {
            match &kind {
                Kind::Document(_) => folder[at].remove(0).to_string(),
                // Folders before `_posts` are categories, those in it are nothing.
                _ => folder.drain(at..).collect::<String>(),
            };
        }
        Some(Self {
            kind,
            folder,
            stem: stem.to_owned(),
        })
    }
}

/// Returns the collections that are published, with their patterns of addresses.
fn collections(config: &Table) -> Vec<(String, String)> {
    let all = table_of(config, "collections").unwrap_or_default();
    let published = all
        .0
        .into_iter()
        .filter_map(|(key, node)| match node.value {
            Value::Table(table) => {
                let is_output = matches!(
                    table.get("output").map(|node| &node.value),
                    Some(Value::Bool(true))
                );
                let pattern = text_of(&table, "permalink")
                    .unwrap_or_else(|| "/:collection/:path.html".to_owned());
                is_output.then_some((key.name, pattern))
            }
            _ => None,
        });
    published.collect()
}

fn placed(keys: &mut Keys<'_>, file: &File, config: &Table) -> Placed {
    let mut front = front(keys);
    let dated = file
        .stem
        .get(..10)
        .and_then(day)
        .zip(file.stem.get(11..))
        .filter(|(_, name)| !name.is_empty());
    let is_post = file.kind == Kind::Post;
    let name = dated
        .filter(|_| is_post)
        .map_or(file.stem.as_str(), |(_, name)| name)
        .to_owned();
    front.date = front.date.or(dated.filter(|_| is_post).map(|(day, _)| day));
    front.is_draft |= file.kind == Kind::Draft;
    let slug = keys.text("slug").unwrap_or_else(|| name.clone());
    let pattern = keys.text("permalink").or_else(|| match &file.kind {
        Kind::Page => None,
        Kind::Post | Kind::Draft => {
            Some(text_of(config, "permalink").unwrap_or_else(|| "date".to_owned()))
        }
        Kind::Document(pattern) => Some(pattern.clone()),
    });
    let address = match pattern {
        Some(pattern) => permalink(&pattern, file, &slug, front.date, &categories(&front, file)),
        None => page_address(file, text_of(config, "permalink").as_deref()),
    };
    let mut addresses = vec![address];
    addresses.extend(keys.list("redirect_from"));
    let is_index = matches!(file.kind, Kind::Page) && name == "index";
    let (mut folder, mut slug) = (file.folder.clone(), slug);
    let mut shape = Shape::File;
    if is_index {
        shape = Shape::Index;
        slug = folder.last().cloned().unwrap_or_default();
    } else if matches!(file.kind, Kind::Post | Kind::Draft) {
        folder = vec![];
    }
    Placed {
        front,
        folder,
        slug,
        shape,
        addresses,
    }
}

/// Returns the categories of a post as they stand in its address.
fn categories(front: &Front, file: &File) -> Vec<String> {
    let own = front
        .categories
        .iter()
        .map(|name| name.to_lowercase().replace(' ', "-"));
    file.folder.iter().cloned().chain(own).collect()
}

fn page_address(file: &File, style: Option<&str>) -> String {
    let folders = file.folder.iter().map(String::as_str);
    match (file.stem.as_str(), style) {
        ("index", _) => address(folders),
        (stem, Some("pretty")) => address(folders.chain([stem])),
        (stem, _) => format!("{}{stem}.html", address(folders)),
    }
}

/// Fills in a pattern of addresses, or the name of one.
fn permalink(
    pattern: &str,
    file: &File,
    slug: &str,
    date: Option<Date>,
    categories: &[String],
) -> String {
    let pattern = match pattern {
        "date" => "/:categories/:year/:month/:day/:title.html",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title.html",
        "none" => "/:categories/:title.html",
        other => other,
    };
    let number = |number: Option<i16>, width: usize| {
        number
            .map(|number| format!("{number:0width$}"))
            .unwrap_or_default()
    };
    let (collection, path) =
        file.folder
            .split_first()
            .map_or(("", String::new()), |(first, rest)| {
                let path = rest.iter().map(String::as_str).chain([file.stem.as_str()]);
                (first.as_str(), path.collect::<Vec<_>>().join("/"))
            });
    let values = [
        (":categories", categories.join("/")),
        (":collection", collection.to_owned()),
        (":year", number(date.map(Date::year), 4)),
        (":month", number(date.map(|day| day.month().into()), 2)),
        (":i_month", number(date.map(|day| day.month().into()), 1)),
        (":day", number(date.map(|day| day.day().into()), 2)),
        (":i_day", number(date.map(|day| day.day().into()), 1)),
        (":y_day", number(date.map(Date::day_of_year), 3)),
        (":title", slug.to_owned()),
        (":slug", slug.to_owned()),
        (":name", file.stem.clone()),
        (":path", path),
        (":basename", file.stem.clone()),
        (":output_ext", ".html".to_owned()),
    ];
    let filled = values
        .iter()
        .fold(pattern.to_owned(), |text, (name, value)| {
            text.replace(name, value)
        });
    let is_folder = filled.ends_with('/');
    let parts = address(filled.split('/'));
    if is_folder {
        parts
    } else {
        parts.trim_end_matches('/').to_owned()
    }
}

fn front(keys: &mut Keys<'_>) -> Front {
    keys.ignore(&["layout"]);
    let words = |list: Vec<String>| match list.as_slice() {
        [one] => one.split_whitespace().map(str::to_owned).collect(),
        _ => list,
    };
    let mut tags = words(keys.list("tags"));
    tags.extend(keys.list("tag"));
    let mut categories = words(keys.list("categories"));
    categories.extend(keys.list("category"));
    tags.extend(categories.iter().cloned());
    let mut authors = keys.list("author");
    authors.extend(keys.list("authors"));
    let image = match keys.take("image") {
        Some(node) => match node.value {
            Value::Table(table) => keys.inside("image", table, |keys| {
                (keys.first_text(&["path", "url"]), keys.text("alt"))
            }),
            Value::String(text) => (Some(text), None),
            _ => (None, None),
        },
        None => (None, None),
    };
    Front {
        title: keys.text("title"),
        description: keys.first_text(&["description", "excerpt"]),
        date: keys.day(&["date"]),
        updated: keys.day(&["last_modified_at", "updated"]),
        is_draft: keys.flag("published") == Some(false) || keys.flag("draft").unwrap_or_default(),
        tags,
        authors,
        image: image.0,
        image_alt: image.1,
        categories,
        ..Front::default()
    }
}
