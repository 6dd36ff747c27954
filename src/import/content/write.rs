//! Articles of another generator come in; articles of Rungs go out, with the files that they refer to.

use std::collections::{BTreeMap, BTreeSet};

use super::anchors::Anchors;
use super::article::Article;
use super::assets::Assets;
use super::body::{self, Body, RawHtml};
use super::links::{self, Kind, Leads};
use super::old_site::{Files, OldSite};
use super::page::{Page, Shape};
use super::plan::{FOLDER, Plan};
use super::resolve::Resolver;
use crate::content::FrontMatter;
use crate::data::{Decode, Id, Table, Value, parse_toml};
use crate::diag::Diagnostics;
use crate::import::copies::Copies;
use crate::import::upstream::bytes;
use crate::import::{Fault, LossReport, Request, Where};
use crate::inputs::Inputs;
use crate::path::{SourcePath, UrlPath, slugify, title_of};

/// All that an import of articles writes.
#[derive(Debug, Default)]
pub struct Written {
    pub articles: BTreeMap<SourcePath, Article>,
    pub assets: Assets,
}

impl Written {
    /// Returns the files with their bytes.
    pub fn files(&self, files: &Files<'_>) -> Result<BTreeMap<SourcePath, Vec<u8>>, Fault> {
        let articles = self
            .articles
            .iter()
            .map(|(path, article)| (path.clone(), article.bytes()));
        let mut all: BTreeMap<_, _> = articles.collect();
        for (path, file) in &self.assets.copies {
            let bytes = bytes(files.upstream, file).map_err(|error| {
                Fault::new(
                    format!("this file cannot be read: {error}"),
                    "make it readable, or remove it",
                )
                .at(Where::file(file))
            })?;
            all.insert(path.clone(), bytes);
        }
        Ok(all)
    }
}

/// Writes the articles of a site.
pub fn write(
    old: &OldSite,
    files: &Files<'_>,
    request: &Request<'_>,
    report: &mut LossReport,
) -> Written {
    let site = request.site;
    let plan = Plan::of(old);
    let raw_html = raw_html(site);
    let bodies: Vec<Body> = old
        .pages
        .iter()
        .map(|page| markdown(page, raw_html, report))
        .collect();
    let anchors: Vec<Anchors> = bodies
        .iter()
        .map(|body| Anchors::of(&body.edited.text))
        .collect();
    let resolver = Resolver {
        site: old,
        files,
        plan: &plan,
        anchors: &anchors,
    };
    let mut writer = Writer {
        resolver,
        report,
        assets: Assets::default(),
        taken: BTreeMap::new(),
        tags: BTreeMap::new(),
        authors: authors(site),
    };
    writer.assets.keep_free(plan.paths.iter());
    writer.taken = (0..old.pages.len())
        .map(|page| (plan.new_address(page), page))
        .collect();
    let mut articles = BTreeMap::new();
    for (index, body) in bodies.iter().enumerate() {
        articles.insert(plan.paths[index].clone(), writer.article(index, body));
    }
    let assets = writer.assets;
    add_sections(&mut articles, old, request);
    Written { articles, assets }
}

/// Turns the body of a page into Markdown, and tells what is lost.
fn markdown(page: &Page, raw_html: RawHtml, report: &mut LossReport) -> Body {
    for tag in page.tags.iter().filter(|tag| tag.becomes.is_loss()) {
        report.left(tag.name.clone(), page.place(tag.span.start));
    }
    let body = body::to_markdown(page.body_text(), &page.tags, raw_html);
    for lost in &body.lost {
        let why = format!("`<{}>`, which Markdown has no word for", lost.element);
        report.drop("HTML", why, page.place(lost.at));
    }
    body
}

struct Writer<'w> {
    resolver: Resolver<'w>,
    report: &'w mut LossReport,
    assets: Assets,
    /// Addresses that a page has here, or had.
    taken: BTreeMap<String, usize>,
    /// How each tag is spelt.
    tags: BTreeMap<String, String>,
    /// Ids of authors by the slugs of their ids and names.
    authors: BTreeMap<String, String>,
}

impl Writer<'_> {
    fn article(&mut self, index: usize, body: &Body) -> Article {
        let page = &self.resolver.site.pages[index];
        let mut article = Article {
            body: self.body(index, page, body),
            front: Table::default(),
        };
        self.words(&mut article, page);
        self.days(&mut article, page);
        self.lists(&mut article, index, page);
        self.image(&mut article, index, page);
        article
    }

    fn body(&mut self, index: usize, page: &Page, body: &Body) -> String {
        let (resolver, assets, report) = (&self.resolver, &mut self.assets, &mut *self.report);
        let edited = links::rewrite(&body.edited.text, |address, kind, at| {
            let leads = resolver.leads(address, kind, index, assets);
            if leads == Leads::Nowhere {
                let what = if kind == Kind::Link {
                    "a link"
                } else {
                    "a picture"
                };
                let shown = shown(address);
                report.drop(
                    "links",
                    format!("{what} to `{shown}`, which leads to nothing here"),
                    page.place(body.edited.origin(at)),
                );
            }
            leads
        });
        edited.text
    }

    fn words(&mut self, article: &mut Article, page: &Page) {
        let front = &page.front;
        let has_heading = page.body_text().trim_start().starts_with("# ");
        let title = front
            .title
            .clone()
            .or_else(|| (!has_heading).then(|| title_of(&page.slug)));
        for (key, text) in [
            ("title", title.as_ref()),
            ("description", front.description.as_ref()),
        ] {
            if let Some(text) = text {
                article.front.put(key, text.as_str());
            }
        }
        if front.is_draft {
            article.front.put("draft", true);
        }
        if let Some(weight) = front.weight {
            article
                .front
                .put("weight", Value::Integer(weight.to_string()));
        }
        if front.is_hidden {
            article.front.put("noindex", true);
        }
        let (mut extra, known) = (Table::default(), FrontMatter::keys());
        for (key, node) in &front.extra.0 {
            if known.contains(&key.name.as_str()) {
                self.report.no_home(
                    "front matter",
                    format!("`extra.{}`, which means something else here", key.name),
                    page.place(0),
                );
            } else if !matches!(node.value, Value::Null) {
                extra.put(&key.name, node.value.clone());
            }
        }
        if !extra.is_empty() {
            article.front.put("extra", extra);
        }
    }

    fn days(&mut self, article: &mut Article, page: &Page) {
        let front = &page.front;
        if let Some(date) = front.date {
            article.front.put("date", date);
        }
        let is_before = |day: &jiff::civil::Date| front.date.is_some_and(|date| *day < date);
        match front.updated {
            Some(day) if is_before(&day) => {
                self.report.drop(
                    "front matter",
                    "a day of the last change before the day of publication",
                    page.place(0),
                );
            }
            Some(day) if front.date != Some(day) => article.front.put("updated", day),
            _ => {}
        }
        match front.expires {
            Some(day) if is_before(&day) => {
                let why = "a last day before the first one: the article is a draft here";
                self.report.drop("front matter", why, page.place(0));
                article.front.put("draft", true);
            }
            Some(day) => article.front.put("expires", day),
            None => {}
        }
    }

    fn lists(&mut self, article: &mut Article, index: usize, page: &Page) {
        let aliases = self.aliases(index, page);
        article.put_list("aliases", &aliases);
        let mut seen = BTreeSet::new();
        let mut tags = vec![];
        for tag in page.front.tags.iter().map(|tag| tag.trim()) {
            let slug = slugify(tag);
            if slug.is_empty() {
                self.report.drop(
                    "tags",
                    format!("`{tag}`, which has neither letter nor digit"),
                    page.place(0),
                );
            } else if seen.insert(slug.clone()) {
                tags.push(
                    self.tags
                        .entry(slug)
                        .or_insert_with(|| tag.to_owned())
                        .clone(),
                );
            }
        }
        article.put_list("tags", &tags);
        let mut authors = vec![];
        for name in &page.front.authors {
            match self.authors.get(&slugify(name)) {
                Some(id) if !authors.contains(id) => authors.push(id.clone()),
                Some(_) => {}
                None => self.report.no_home(
                    "authors",
                    format!("`{name}`, whom content/authors.toml does not have"),
                    page.place(0),
                ),
            }
        }
        article.put_list("authors", &authors);
    }

    /// Returns the old addresses of a page that send readers on.
    fn aliases(&mut self, index: usize, page: &Page) -> Vec<String> {
        let mut aliases = vec![];
        for address in page.addresses.iter().filter(|address| !address.is_empty()) {
            let Some(alias) = self.alias(address) else {
                let is_home = matches!(address.trim_end_matches('/'), "") || self.is_home(address);
                if !is_home {
                    self.report.drop(
                        "old addresses",
                        format!("`{}`, which no file can have", shown(address)),
                        page.place(0),
                    );
                }
                continue;
            };
            match self.taken.get(&alias.to_lowercase()) {
                Some(other) if *other == index => {}
                Some(_) => self.report.drop(
                    "old addresses",
                    format!("`{alias}`, which another article has"),
                    page.place(0),
                ),
                None => {
                    self.taken.insert(alias.to_lowercase(), index);
                    aliases.push(alias);
                }
            }
        }
        aliases
    }

    fn is_home(&self, address: &str) -> bool {
        let url = self.resolver.site.base_url.as_deref();
        let rest = url.and_then(|url| address.strip_prefix(url)).unwrap_or("x");
        // WordPress gives drafts `/?p=12`, which nobody has linked to.
        rest.is_empty() || rest == "/" || rest.starts_with("/?")
    }

    /// Returns an old address as an alias; `None` for one that no file can have.
    fn alias(&self, address: &str) -> Option<String> {
        let url = self.resolver.site.base_url.as_deref();
        let path = url
            .and_then(|url| address.strip_prefix(url))
            .unwrap_or(address);
        let path = percent_encoding::percent_decode_str(path)
            .decode_utf8_lossy()
            .into_owned();
        let mut path = format!("/{}", path.trim_start_matches('/'));
        let last = path.rsplit('/').next().unwrap_or_default();
        if last == "index.html" {
            path.truncate(path.len() - last.len());
        } else if !last.is_empty()
            && !last.ends_with(".html")
            && !last.ends_with(".htm")
            && !last.ends_with(".php")
        {
            path.push('/');
        }
        (path != "/" && UrlPath::new(&path).is_ok()).then_some(path)
    }

    fn image(&mut self, article: &mut Article, index: usize, page: &Page) {
        let Some(image) = &page.front.image else {
            return;
        };
        match self.resolver.picture(image, index, &mut self.assets) {
            Some(name) => {
                article.front.put("image", name);
                if let Some(alt) = &page.front.image_alt {
                    article.front.put("image_alt", alt.as_str());
                }
            }
            None => self.report.drop(
                "pictures",
                format!(
                    "the picture `{}`, which is not among the files",
                    shown(image)
                ),
                page.place(0),
            ),
        }
    }
}

/// Adds a section to each folder of articles that has none.
fn add_sections(
    articles: &mut BTreeMap<SourcePath, Article>,
    old: &OldSite,
    request: &Request<'_>,
) {
    let known = Copies::known(&Copies::file(request.name), request.site);
    for page in old.pages.iter().filter(|page| page.shape != Shape::Index) {
        let folder = page
            .folder
            .iter()
            .fold(FOLDER.to_owned(), |path, name| format!("{path}/{name}"));
        let path = SourcePath::outside(&format!("{folder}/_index.md"));
        if !articles.contains_key(&path)
            && (request.site.get(path.as_str()).is_none() || known.has(&path))
        {
            let mut section = Article::default();
            section.front.put(
                "title",
                title_of(page.folder.last().map_or("articles", |name| name)),
            );
            articles.insert(path, section);
        }
    }
}

/// Returns an address as a message shows it.
fn shown(address: &str) -> String {
    let address = address
        .strip_prefix(body::LOOKED_UP)
        .or_else(|| address.strip_prefix(body::UNKNOWN))
        .unwrap_or(address);
    let address = percent_encoding::percent_decode_str(address).decode_utf8_lossy();
    let short: String = address.chars().take(80).collect();
    short.replace('\n', " ")
}

/// Returns what a site does with HTML in Markdown.
fn raw_html(site: &Inputs) -> RawHtml {
    let table = table(site, "site.toml");
    let markdown = super::old_site::table_of(&table, "markdown").unwrap_or_default();
    match markdown.get("raw_html").map(|node| &node.value) {
        Some(Value::Bool(true)) => RawHtml::Kept,
        _ => RawHtml::Refused,
    }
}

/// Returns the authors of a site by the slugs of their ids and names.
fn authors(site: &Inputs) -> BTreeMap<String, String> {
    let table = table(site, "content/authors.toml");
    let mut authors = BTreeMap::new();
    let Some(Value::Array(rows)) = table.get("authors").map(|node| &node.value) else {
        return authors;
    };
    for row in rows {
        let Value::Table(row) = &row.value else {
            continue;
        };
        let name = row.text("name").unwrap_or_default();
        let id = row
            .text("id")
            .map(str::to_owned)
            .or_else(|| Id::of_name(name).map(|id| id.to_string()));
        if let Some(id) = id {
            authors.insert(slugify(name), id.clone());
            authors.insert(slugify(&id), id);
        }
    }
    authors
}

fn table(site: &Inputs, name: &str) -> Table {
    let path = SourcePath::outside(name);
    let source = site.get(name).and_then(|_| site.source(&path).ok());
    let table =
        source.and_then(|source| parse_toml(&path, &source.text, 0, &mut Diagnostics::default()));
    table.unwrap_or_default()
}
