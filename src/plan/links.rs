//! Links: what an author wrote comes in, the page or file that it leads to goes out, or a fault that says what to write.

use super::{Page, Plan};
use crate::data::{Id, Md, is_safe_url, meant};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::{OutPath, SourcePath, UrlPath, split_tail};
use crate::role::Role;
use crate::site::role_of;
use crate::source::Span;
use crate::suggest;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The link as a page writes it: with the base path, percent-encoded, with query and fragment.
    pub href: String,
    /// The page of this site, if it is one.
    pub page: Option<usize>,
    /// The file of `content/` that is published as it is, if it is one.
    pub source: Option<SourcePath>,
}

/// A link that leads nowhere; it has no place yet.
pub type LinkFault = Diagnostic;

/// A link taken apart.
struct Parts<'a> {
    path: &'a str,
    /// Query and fragment with their signs.
    tail: &'a str,
}

impl Plan {
    /// Resolves a link that stands in a file. `here` is the page that shows it, for links that are only a fragment.
    pub fn resolve(&self, from: &SourcePath, link: &str, here: Option<usize>) -> Result<Target, LinkFault> {
        if is_safe_url(link) {
            return Ok(Target { href: link.to_owned(), page: None, source: None });
        }
        if has_scheme(link) || link.starts_with("//") || link.contains('\\') {
            let fault = Diagnostic::error(Code::BadUrl, format!("`{}` is not a URL that a page may link to", link.escape_debug()));
            let is_file = link.contains('\\') && !link.contains(':');
            let meant = if is_file { Some(link.replace('\\', "/")) } else { meant::url(link) };
            let otherwise = || "use https://, http://, mailto: or tel:, or the name of a file of this site".to_owned();
            return Err(fault.help(meant.map_or_else(otherwise, |meant| format!("write {meant}"))));
        }
        let (path, tail) = split_tail(link);
        let parts = Parts { path, tail };
        if parts.path.is_empty() {
            return Ok(Target { href: parts.tail.to_owned(), page: here, source: None });
        }
        let decoded = percent_encoding::percent_decode_str(parts.path).decode_utf8_lossy();
        let name = from.resolve(&decoded).ok();
        if name.as_ref().is_some_and(|name| self.site.has_failed(name)) {
            return Ok(Target { href: "#".into(), page: None, source: None });
        }
        let broken = &self.site.failed.records;
        let lacks = |name: &SourcePath| self.unmade.contains_key(name) && role_of(name).and_then(Id::new).is_some_and(|id| broken.contains(&id));
        if !broken.is_empty() && name.as_ref().is_some_and(lacks) {
            return Ok(Target { href: "#".into(), page: None, source: None });
        }
        let found = self.by_file_name(name.as_ref(), &parts).or_else(|| self.by_address(&decoded, &parts));
        match found {
            None if self.is_lost(name.as_ref(), &decoded) => Ok(Target { href: "#".into(), page: None, source: None }),
            found => found.ok_or_else(|| self.dangling(link, &decoded, name.as_ref())),
        }
    }

    fn by_file_name(&self, name: Option<&SourcePath>, parts: &Parts<'_>) -> Option<Target> {
        let name = name?;
        let inside = |file: &str| SourcePath::new(&format!("{name}/{file}")).ok();
        let page = self.names.get(name).or_else(|| [inside("index.md"), inside("_index.md")].into_iter().flatten().find_map(|name| self.names.get(&name)));
        if let Some(index) = page {
            return Some(self.to_page(*index, parts));
        }
        let url = self.beside_url(name)?;
        Some(Target { href: format!("{}{}", self.href(&url), parts.tail), page: None, source: Some(name.clone()) })
    }

    /// A path from the root of the site: a page or any other output, such as a file of `static/`.
    fn by_address(&self, path: &str, parts: &Parts<'_>) -> Option<Target> {
        let rooted = path.strip_prefix('/')?;
        let url = UrlPath::new(&format!("/{rooted}")).ok()?;
        let with_slash = || UrlPath::new(&format!("/{rooted}/")).ok();
        if let Some(index) = self.urls.get(&url).or_else(|| self.urls.get(&with_slash()?)) {
            return Some(self.to_page(*index, parts));
        }
        let out = url.output();
        let is_output = self.outputs.contains_key(&out) || self.has_asset(out.as_str());
        is_output.then(|| Target { href: format!("{}{}", self.href(&url), parts.tail), page: None, source: None })
    }

    fn to_page(&self, index: usize, parts: &Parts<'_>) -> Target {
        Target { href: format!("{}{}", self.href(&self.pages[index].url), parts.tail), page: Some(index), source: None }
    }

    /// Where a file of `content/` is published as it is.
    pub(super) fn beside_url(&self, path: &SourcePath) -> Option<UrlPath> {
        self.site.beside.get(path)?;
        UrlPath::new(&format!("{}{}", self.folder_address(path.folder()), path.name())).ok()
    }

    fn dangling(&self, link: &str, decoded: &str, name: Option<&SourcePath>) -> LinkFault {
        let fault = Diagnostic::error(Code::DanglingLink, format!("`{link}` leads nowhere"));
        if let Some(help) = meant::url(link).map(|url| format!("write {url}")).or_else(|| self.of_static(decoded)) {
            return fault.help(help);
        }
        let Some(name) = name else {
            return if decoded.starts_with('/') { fault.help("no page or file has this address") } else { fault.help("the path leaves the site") };
        };
        if let Some(why) = self.why_unmade(name) {
            return fault.help(why);
        }
        if self.site.is_unpublished(name) {
            return fault.help("the page exists, but it is a draft, lies in the future or has expired; build with --drafts or --future to see it");
        }
        if decoded.starts_with('/') && name.extension().is_empty() {
            return fault.help(self.near_address(decoded));
        }
        fault.help(match self.near_file(name) {
            Some(near) => format!("there is no {name}; did you mean {near}?"),
            None => format!("there is no {name}"),
        })
    }

    /// What to write for an address that no page has.
    fn near_address(&self, address: &str) -> String {
        let parts = Parts { path: address, tail: "" };
        let inner = address.strip_prefix(self.site.config.base_path.trim_end_matches('/')).filter(|inner| inner.starts_with('/') && *inner != address);
        if let Some(inner) = inner.filter(|inner| self.by_address(inner, &parts).is_some()) {
            return format!("links leave out the path at which the site lives: write {inner}");
        }
        let whole = format!("{}/", address.trim_end_matches('/'));
        let near = suggest::nearest(&whole, self.urls.keys().map(UrlPath::as_str)).and_then(|near| self.urls.get(near));
        let file = near.and_then(|index| self.pages[*index].name.as_ref()).and_then(from_root);
        match file.or_else(|| self.near_file(&SourcePath::new(&format!("content{}", address.trim_end_matches('/'))).ok()?)) {
            Some(file) => format!("no page or file of the site has this address; did you mean {file}?"),
            None => "no page or file of the site has this address; link to files, such as /about.md".to_owned(),
        }
    }

    /// How to link to the file that was meant: one that ends otherwise, the only one of this name in another folder, or one with
    /// a name that is nearly this one.
    fn near_file(&self, name: &SourcePath) -> Option<String> {
        let text = name.as_str();
        let stem = ["/index.html", ".html", ".htm", ".markdown", "/index.htm"].into_iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
        let stem = stem.strip_prefix("content/content/").map_or_else(|| stem.to_owned(), |inner| format!("content/{inner}"));
        let known = || self.names.keys().chain(self.site.beside.keys());
        let with_end = [".md", "/index.md", "/_index.md", ""].into_iter().filter_map(|end| SourcePath::new(&format!("{stem}{end}")).ok());
        let same = with_end.filter(|name| self.names.contains_key(name) || self.site.beside.contains_key(name)).find_map(|name| from_root(&name));
        let near = || suggest::nearest(text, known().map(SourcePath::as_str)).and_then(|near| from_root(&SourcePath::new(near).ok()?));
        let elsewhere = || {
            let mut all = known().filter(|known| known.name().eq_ignore_ascii_case(name.name()) && !known.name().ends_with("index.md"));
            all.next().filter(|_| all.next().is_none()).and_then(from_root)
        };
        same.or_else(elsewhere).or_else(near)
    }

    /// How a file of `static/` is linked, for a link that names the folder.
    fn of_static(&self, decoded: &str) -> Option<String> {
        let inner = match decoded.rsplit_once("static/") {
            Some((before, inner)) if before.is_empty() || before.ends_with('/') => inner,
            _ => return None,
        };
        let near = || suggest::nearest(inner, self.site.theme.assets.files.iter().map(|asset| asset.out.as_str()));
        Some(match self.has_asset(inner) {
            true => format!("files of static/ are published at the root of the site: write /{inner}"),
            false => match near() {
                Some(near) => format!("there is no static/{inner}; files of static/ are linked from the root of the site: did you mean /{near}?"),
                None => format!("there is no static/{inner}; put the file there and write /{inner}"),
            },
        })
    }

    /// Checks the links of records, lists and configuration, which no page reports.
    pub(super) fn check_links_of_files(&self, faults: &mut Diagnostics) {
        for role in self.site.all_roles() {
            self.check_texts(texts(role), faults);
            for position in &role.positions {
                self.check_texts(position.description.iter(), faults);
            }
            if let Some(image) = &role.publication.image {
                self.check_link(&role.path, &image.value, &image.span, faults);
            }
        }
        for framework in self.site.frameworks.values() {
            let criteria = framework.ladder.levels().flat_map(level_texts);
            self.check_texts(criteria.chain(&framework.description), faults);
        }
        self.check_lists(faults);
        self.check_assets(faults);
        self.check_nav(&self.site.config.site.nav, faults);
        self.check_front_matter(faults);
    }

    /// Files of `static/` that site.toml names. The theme's own of the same name would be a surprise.
    fn check_assets(&self, faults: &mut Diagnostics) {
        let site = &self.site.config.site;
        let own: Vec<&str> = self.site.theme.assets.files.iter().filter_map(|asset| asset.path.inside("static")).collect();
        for name in site.logo.iter().chain(&site.image).filter(|name| !own.contains(&name.value.as_str())) {
            let near = suggest::nearest(&name.value, own.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            let fault = Diagnostic::error(Code::MissingFile, format!("there is no static/{}", name.value)).at(&crate::site::site_file(), name.span.clone());
            faults.push(fault.help(near.unwrap_or_else(|| "put the file into static/, or remove the key".to_owned())));
        }
    }

    /// Menu entries that name a file.
    fn check_nav(&self, items: &[crate::config::NavItem], faults: &mut Diagnostics) {
        for item in items {
            if let Some((to, fault)) = item.to.as_ref().and_then(|to| Some((to, self.resolve_nav(&to.value).err()?))) {
                faults.push(fault.at(&crate::site::site_file(), to.span.clone()));
            }
            self.check_nav(&item.children, faults);
        }
    }

    fn check_lists(&self, faults: &mut Diagnostics) {
        let config = &self.site.config;
        for skill in config.skills.values() {
            self.check_texts(skill.row.description.iter(), faults);
        }
        for source in config.sources.values() {
            self.check_texts(source.row.note.iter(), faults);
        }
        for (_, category) in &config.categories {
            self.check_texts(category.row.description.iter(), faults);
        }
        for author in config.authors.values() {
            self.check_texts(author.row.bio.iter(), faults);
            if let Some((to, fault)) = author.row.to.as_ref().and_then(|to| Some((to, self.resolve_nav(&to.value).err()?))) {
                faults.push(fault.at(&author.path, to.span.clone()));
            }
        }
    }

    fn check_front_matter(&self, faults: &mut Diagnostics) {
        for article in self.site.articles.values() {
            let front = &article.front;
            for name in front.up_next.iter().chain(&front.image) {
                self.check_link(&article.path, &name.value, &name.span, faults);
            }
            front.authors.iter().for_each(|author| self.site.config.check_author(author, &article.path, faults));
        }
    }

    fn check_texts<'t>(&self, texts: impl IntoIterator<Item = &'t Md>, faults: &mut Diagnostics) {
        for text in texts {
            for link in crate::content::record_links(&text.text) {
                self.check_link(&text.path, &link, &text.span, faults);
            }
        }
    }

    fn check_link(&self, path: &SourcePath, link: &str, span: &Span, faults: &mut Diagnostics) {
        if let Err(fault) = self.resolve(path, link, None) {
            faults.push(fault.at(path, span.clone()));
        }
    }

    /// Whether `static/` has a file that is published at this path.
    pub(super) fn has_asset(&self, path: &str) -> bool {
        self.site.theme.assets.files.iter().any(|asset| asset.out.as_str() == path)
    }

    /// The page that a file name stands for.
    pub fn page_named(&self, name: &str) -> Option<&Page> {
        self.names.get(name).map(|index| &self.pages[*index])
    }

    /// The output that an address of this site (with the base path, without query and fragment) leads to.
    pub fn output_of_href(&self, path: &str) -> Option<OutPath> {
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let inner = decoded.strip_prefix(self.site.config.base_path.as_str())?;
        Some(UrlPath::new(&format!("/{inner}")).ok()?.output())
    }
}

/// Every Markdown text of a role's record but those of its positions.
fn texts(role: &Role) -> impl Iterator<Item = &Md> {
    let rows = role.titles.iter().filter_map(|title| title.description.as_ref()).chain(role.specializations.iter().filter_map(|row| row.description.as_ref()));
    let more = role.education.iter().filter_map(|row| row.description.as_ref()).chain(role.tips.iter().map(|tip| &tip.text));
    let answers = role.faqs.iter().filter_map(|faq| faq.answer.as_ref()).chain(role.sections.0.iter().filter_map(|(_, section)| section.intro.as_ref()));
    role.definition.iter().chain(&role.responsibilities).chain(role.ladder.levels().flat_map(level_texts)).chain(rows).chain(more).chain(answers)
}

/// The texts of a level; those of a framework's level are in the framework's file, and are checked there.
fn level_texts(level: &crate::role::Level) -> impl Iterator<Item = &Md> {
    level.responsibilities.iter().chain(&level.tasks).chain(&level.focus).chain(level.next.iter().filter_map(|next| next.advance.as_ref()))
}

/// A file of `content/` as links from everywhere write it.
fn from_root(name: &SourcePath) -> Option<String> {
    name.inside("content").map(|inner| format!("/{inner}"))
}

fn has_scheme(link: &str) -> bool {
    if !link.contains(':') {
        return false;
    }
    let scheme: String = link.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take_while(|c| !matches!(c, '/' | '?' | '#')).collect();
    scheme
        .split_once(':')
        .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '&' | ';')))
}
