//! Links: what an author wrote comes in, the page or file that it leads to goes out, or a fault that says what to write.

use std::sync::Arc;

use super::address::bad_permalink;
use super::{Page, Plan, Subject};
use crate::calendar::{Absence, is_ahead};
use crate::data::{Id, is_safe_url, meant};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::{OutPath, PathFault, SourcePath, UrlPath, slugify, split_tail};
use crate::role::ahead;
use crate::site::role_of;
use crate::source::Span;
use crate::suggest;

/// Where a link leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The link as a page writes it: with the base path, percent-encoded, with query and fragment. Empty for what is not
    /// published: the link is plain text.
    pub href: String,
    /// The page of this site, if it is one.
    pub page: Option<usize>,
    /// The file of `content/` that is published as it is, if it is one.
    pub source: Option<SourcePath>,
    /// What is to be said of a link to what is not published; it has no place yet.
    pub note: Option<Diagnostic>,
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
            return Ok(Target::of(link));
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
            return Ok(Target { page: here, ..Target::of(parts.tail) });
        }
        let decoded = percent_encoding::percent_decode_str(parts.path).decode_utf8_lossy();
        let name = from.resolve(&decoded).ok();
        if name.as_ref().is_some_and(|name| self.site.has_failed(name)) {
            return Ok(Target::of("#"));
        }
        let broken = &self.site.failed.records;
        let lacks = |name: &SourcePath| self.unmade.contains_key(name) && role_of(name).and_then(Id::new).is_some_and(|id| broken.contains(&id));
        if !broken.is_empty() && name.as_ref().is_some_and(lacks) {
            return Ok(Target::of("#"));
        }
        let found = self.find(name.as_ref(), &decoded, &parts).or_else(|| self.unpublished(link, name.as_ref(), &decoded, &parts));
        match found {
            None if self.is_lost(name.as_ref(), &decoded) => Ok(Target::of("#")),
            found => found.ok_or_else(|| self.dangling(link, &decoded, name.as_ref())),
        }
    }

    fn find(&self, name: Option<&SourcePath>, decoded: &str, parts: &Parts<'_>) -> Option<Target> {
        self.by_file_name(name, parts).or_else(|| self.by_address(decoded, parts))
    }

    /// What a link leads to that would be there if all were published.
    fn unpublished(&self, link: &str, name: Option<&SourcePath>, decoded: &str, parts: &Parts<'_>) -> Option<Target> {
        let all = self.everything()?;
        let target = all.find(name, decoded, parts)?;
        let absence = match (target.page, &target.source) {
            (Some(index), _) => self.absence(&all.pages[index]),
            (None, Some(source)) => role_of(source).and_then(Id::new).and_then(|id| self.absence_of_role(&id)),
            (None, None) => None,
        };
        let what = match absence {
            Some(Absence::Draft) => "a draft".to_owned(),
            Some(absence) => format!("something that {}", absence.why()),
            None => "something that is not published now".to_owned(),
        };
        let finding = self.site.config.site.check.unpublished_links.finding(Code::UnpublishedLink, format!("`{link}` leads to {what}"));
        let help = match absence {
            Some(Absence::Draft) => "no link is made of it until the draft is published",
            Some(Absence::Until(_)) => "no link is made of it until then",
            Some(Absence::Expired(_) | Absence::Aged(_)) => "no link is made of it any more: remove it, or lead it elsewhere",
            None => "no link is made of it: what it leads to belongs to a draft, or to something that lies in the future or has expired",
        };
        Some(Target { note: finding.map(|finding| finding.help(help)), ..Target::default() })
    }

    /// What is to be said where figures of a role are shown that is not published. A draft is nobody's source.
    pub fn note_on_role(&self, id: &Id) -> Option<Diagnostic> {
        let absence = self.absence_of_role(id)?;
        let message = format!("the role `{id}` {}", absence.why());
        match absence {
            Absence::Draft => Some(Diagnostic::error(Code::UnpublishedLink, message).help("publish the role first, or take the shortcode away")),
            _ => {
                let finding = self.site.config.site.check.unpublished_links.finding(Code::UnpublishedLink, message)?;
                Some(finding.help("what its record says is shown all the same; take the shortcode away if it should not be"))
            }
        }
    }

    /// Why a page of everything is not published.
    fn absence(&self, page: &Page) -> Option<Absence> {
        let absent = &self.site.absent;
        let of_article = page.prose.as_ref().and_then(|path| absent.articles.get(path)).and_then(|(_, absence)| *absence);
        let of_subject = match &page.subject {
            Subject::Position(role, id) => self.absence_of_role(role).or_else(|| {
                let all = &self.site.role(role)?.absent_positions;
                all.iter().find(|(position, _)| position.id == *id).map(|(_, absence)| *absence)
            }),
            Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => absent.frameworks.contains_key(id).then_some(Absence::Draft),
            subject => subject.roles().find_map(|id| self.absence_of_role(id)),
        };
        of_subject.or(of_article)
    }

    fn absence_of_role(&self, id: &Id) -> Option<Absence> {
        self.site.absent.roles.get(id).map(|(_, absence)| *absence)
    }

    /// The site as it would be laid out with all that is not published; none when nothing is left out. It is made when a
    /// link first asks for it, by a thread with a pool of its own: whoever waits for it here must not be given a part of another page to
    /// make, which might wait for it as well.
    pub fn everything(&self) -> Option<&Plan> {
        let lay_out = || {
            let site = self.site.everything()?;
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().ok()?;
            let made = || pool.install(|| super::laid_out(site, &mut Diagnostics::default()));
            std::thread::scope(|scope| scope.spawn(made).join()).ok().map(Arc::new)
        };
        self.everything.get_or_init(lay_out).as_deref()
    }

    /// Whether an output would be there if all were published.
    pub fn is_unpublished(&self, out: &OutPath) -> bool {
        !self.outputs.contains_key(out) && self.everything().is_some_and(|all| all.outputs.contains_key(out))
    }

    fn by_file_name(&self, name: Option<&SourcePath>, parts: &Parts<'_>) -> Option<Target> {
        let name = name?;
        let inside = |file: &str| SourcePath::new(&format!("{name}/{file}")).ok();
        let page = self.names.get(name).or_else(|| [inside("index.md"), inside("_index.md")].into_iter().flatten().find_map(|name| self.names.get(&name)));
        if let Some(index) = page {
            return Some(self.to_page(*index, parts));
        }
        let url = self.beside_url(name)?;
        Some(Target { source: Some(name.clone()), ..Target::of(&format!("{}{}", self.href(&url), parts.tail)) })
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
        is_output.then(|| Target::of(&format!("{}{}", self.href(&url), parts.tail)))
    }

    fn to_page(&self, index: usize, parts: &Parts<'_>) -> Target {
        Target { page: Some(index), ..Target::of(&format!("{}{}", self.href(&self.pages[index].url), parts.tail)) }
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
            if let Some(image) = &role.publication.image {
                self.check_link(&role.path, &image.value, &image.span, faults);
            }
        }
        self.check_lists(faults);
        self.check_assets(faults);
        self.check_nav(&self.site.config.site.nav, faults);
        self.check_redirects(faults);
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
            if let Some((to, fault)) = item.to.as_ref().and_then(|to| Some((to, said_of(self.resolve_nav(&to.value))?))) {
                faults.push(fault.at(&crate::site::site_file(), to.span.clone()));
            }
            self.check_nav(&item.children, faults);
        }
    }

    /// Redirects to what is not published, which are not made. Other faults of theirs were said when they were.
    fn check_redirects(&self, faults: &mut Diagnostics) {
        for row in &self.site.config.site.redirects {
            let note = self.redirect_target(row).ok().and_then(|target| target.note);
            faults.extend(note.map(|note| note.at(&crate::site::site_file(), row.to.span.clone())));
        }
    }

    fn check_lists(&self, faults: &mut Diagnostics) {
        for author in self.site.config.authors.values() {
            if let Some((to, fault)) = author.row.to.as_ref().and_then(|to| Some((to, said_of(self.resolve_nav(&to.value))?))) {
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
            for tag in front.tags.iter().filter(|tag| !tag.bytes().any(|byte| byte.is_ascii_alphanumeric()) && slugify(tag).is_empty()) {
                let fault = bad_permalink(tag, &PathFault::NoLetters(tag.value.clone())).at(&article.path, tag.span.clone());
                faults.push(fault.help("each tag gets a page: write it in letters or digits, or remove it"));
            }
            let build_date = self.site.build_date;
            if let Some(updated) = front.updated.as_ref().filter(|day| is_ahead(day.value, build_date)) {
                faults.push(ahead("updated", updated.value, build_date).at(&article.path, updated.span.clone()));
            }
            front.authors.iter().for_each(|author| self.site.config.check_author(author, &article.path, faults));
        }
    }

    fn check_link(&self, path: &SourcePath, link: &str, span: &Span, faults: &mut Diagnostics) {
        faults.extend(said_of(self.resolve(path, link, None)).map(|fault| fault.at(path, span.clone())));
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

impl Target {
    fn of(href: &str) -> Self {
        Self { href: href.to_owned(), ..Self::default() }
    }

    /// The link, unless it is plain text.
    pub fn link(self) -> Option<String> {
        (!self.href.is_empty()).then_some(self.href)
    }
}

/// What is to be said of a link.
fn said_of(target: Result<Target, LinkFault>) -> Option<Diagnostic> {
    match target {
        Ok(target) => target.note,
        Err(fault) => Some(fault),
    }
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
