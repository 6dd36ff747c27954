//! Reading the configuration: `site.toml` and the lists come in, a checked `Config` goes out.

use std::collections::BTreeMap;

use super::{AreasFile, AuthorsFile, CategoriesFile, Config, Declared, SiteFile, SkillRow, SkillsFile, SourceRow, SourcesFile};
use crate::data::{At, Decode, Id, decode_root, parse_toml};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::inputs::Inputs;
use crate::kind::Kind;
use crate::path::{SourcePath, UrlPath};
use crate::source::Span;
use crate::suggest;

/// The files of `content/` that hold lists.
pub const LISTS: &[&str] = &["skills.toml", "sources.toml", "categories.toml", "areas.toml", "authors.toml"];

/// Reads the site's own files. `base_url` replaces the one of site.toml. None when there is nothing to go on with.
pub fn read(inputs: &Inputs, base_url: Option<&str>, faults: &mut Diagnostics) -> Option<Config> {
    let path = SourcePath::new("site.toml").ok()?;
    if inputs.get(path.as_str()).is_none() {
        // A file that could not be read was said by whoever tried.
        if faults.has_errors() {
            return None;
        }
        faults.push(
            Diagnostic::error(Code::NoSite, "there is no site.toml here")
                .help("run the command inside a site, name one with --root, or make one with `rungs new my-site`"),
        );
        return None;
    }
    let site: SiteFile = file(inputs, &path, faults)?;
    let (origin, base_path) = faults.take(address(base_url.unwrap_or(&site.base_url.value), &path, &site.base_url.span))?;
    let mut config = Config {
        origin,
        base_path,
        proficiencies: vec![],
        skills: BTreeMap::new(),
        sources: BTreeMap::new(),
        categories: vec![],
        areas: BTreeMap::new(),
        authors: BTreeMap::new(),
        stale_after_months: months(&site.check.stale_after, &path, faults),
        broken: vec![],
        site,
    };
    config.read_lists(inputs, faults);
    config.check_site(&path, faults);
    if !is_language(&config.site.language.value) {
        // It was said; English stands in, so that its missing words are not said as well.
        config.site.language.value = "en".into();
    }
    Some(config)
}

/// Decodes a TOML file of the site.
pub fn file<T: Decode>(inputs: &Inputs, path: &SourcePath, faults: &mut Diagnostics) -> Option<T> {
    let source = faults.take(inputs.source(path))?;
    let table = parse_toml(path, &source.text, 0, faults)?;
    decode_root(path, table, faults)
}

impl Config {
    fn read_lists(&mut self, inputs: &Inputs, faults: &mut Diagnostics) {
        if let Some((path, SkillsFile { proficiencies, skills })) = self.list(inputs, "skills.toml", faults) {
            self.proficiencies = proficiencies;
            self.check_proficiencies(&path, faults);
            self.declare_skills(skills, &path, faults);
        }
        if let Some((path, SourcesFile { sources })) = self.list(inputs, "sources.toml", faults) {
            self.declare_sources(sources, &path, faults);
        }
        if let Some((path, CategoriesFile { categories })) = self.list(inputs, "categories.toml", faults) {
            let mut by_id = BTreeMap::new();
            for row in categories {
                let id = id_or_slug(row.value.id.as_ref(), &row.value.title, &path, faults);
                let (span, declared) = (row.span.clone(), Declared { row: row.value, path: path.clone(), span: row.span });
                if let Some(id) = id.filter(|id| is_new(&by_id, id, &path, &span, faults)) {
                    by_id.insert(id.clone(), declared.clone());
                    self.categories.push((id, declared));
                }
            }
        }
        if let Some((path, AreasFile { areas })) = self.list(inputs, "areas.toml", faults) {
            for row in areas {
                let id = Some(row.value.id.value.clone());
                declare(&mut self.areas, id, row, &path, faults);
            }
            self.check_areas(&path, faults);
        }
        if let Some((path, AuthorsFile { authors })) = self.list(inputs, "authors.toml", faults) {
            for row in authors {
                let id = id_or_slug(row.value.id.as_ref(), &row.value.name, &path, faults);
                declare(&mut self.authors, id, row, &path, faults);
            }
        }
    }

    /// Reads a list if the site has it.
    fn list<T: Decode>(&mut self, inputs: &Inputs, name: &'static str, faults: &mut Diagnostics) -> Option<(SourcePath, T)> {
        let path = SourcePath::new(&format!("content/{name}")).ok()?;
        inputs.get(path.as_str())?;
        let before = faults.errors();
        let read = file(inputs, &path, faults);
        if faults.errors() > before {
            self.broken.push(name);
        }
        read.map(|list| (path, list))
    }

    /// Whether a list could be read without a mistake: only then an id that it lacks is a mistake of who names it.
    pub fn is_whole(&self, list: &str) -> bool {
        !self.broken.contains(&list)
    }

    /// Adds skills of the list, or of a role: one namespace.
    pub fn declare_skills(&mut self, rows: Vec<At<SkillRow>>, path: &SourcePath, faults: &mut Diagnostics) {
        for row in rows {
            let id = id_or_slug(row.value.id.as_ref(), &row.value.name, path, faults);
            declare(&mut self.skills, id, row, path, faults);
        }
    }

    /// Adds sources of the list, or of a role: one namespace.
    pub fn declare_sources(&mut self, rows: Vec<At<SourceRow>>, path: &SourcePath, faults: &mut Diagnostics) {
        for row in rows {
            let id = id_or_slug(row.value.id.as_ref(), &row.value.title, path, faults);
            declare(&mut self.sources, id, row, path, faults);
        }
    }

    fn check_proficiencies(&self, path: &SourcePath, faults: &mut Diagnostics) {
        check_ids(self.proficiencies.iter().map(|row| &row.id), path, faults);
    }

    fn check_areas(&self, path: &SourcePath, faults: &mut Diagnostics) {
        for (id, area) in &self.areas {
            let Some(parent) = &area.row.parent else { continue };
            if !self.knows_area(&parent.value) {
                faults.push(self.unknown_area(&parent.value).at(path, parent.span.clone()));
                continue;
            }
            let above = |id: &Id| self.areas.get(id)?.row.parent.as_ref().map(|parent| parent.value.clone());
            let circle: Vec<Id> = std::iter::successors(Some(parent.value.clone()), above).take(self.areas.len()).take_while(|above| above != id).collect();
            let returns = above(circle.last().unwrap_or(id)).is_some_and(|last| last == *id);
            // Every area of a circle comes back to itself; the first of them stands for all.
            if returns && circle.iter().all(|other| other > id) {
                let fault = Diagnostic::error(Code::Cycle, format!("the area `{id}` lies in itself: its parents come back to it"));
                faults.push(fault.at(path, parent.span.clone()).help("an area's parent is larger than the area"));
            }
        }
    }

    /// Whether a figure can be about this area.
    pub fn knows_area(&self, id: &Id) -> bool {
        self.areas.contains_key(id) || super::country(id.as_str()).is_some() || !self.is_whole("areas.toml")
    }

    /// Whether a figure can be from this source.
    pub fn knows_source(&self, id: &Id) -> bool {
        self.sources.contains_key(id) || !self.is_whole("sources.toml")
    }

    /// What to call an area.
    pub fn area_name(&self, id: &Id) -> String {
        let declared = self.areas.get(id).map(|area| area.row.name.value.clone());
        declared.or_else(|| super::country(id.as_str()).map(str::to_owned)).unwrap_or_else(|| id.to_string())
    }

    /// The fault of an area that does not exist; it has no place yet.
    pub fn unknown_area(&self, id: &Id) -> Diagnostic {
        let near = suggest::nearest(id.as_str(), self.areas.keys().map(Id::as_str)).map(|near| format!("did you mean `{near}`?"));
        let help = near.unwrap_or_else(|| "use an ISO 3166 country code such as \"US\", or declare the area in content/areas.toml".to_owned());
        Diagnostic::error(Code::UnknownId, format!("there is no area `{id}`")).help(help)
    }

    fn check_site(&self, path: &SourcePath, faults: &mut Diagnostics) {
        let site = &self.site;
        let mut fault =
            |code: Code, span: &Span, message: String, help: Option<String>| faults.push(Diagnostic::error(code, message).at(path, span.clone()).help(help));
        let language = &site.language;
        if !is_language(&language.value) {
            fault(
                Code::BadValue,
                &language.span,
                format!("`{}` is no language tag", language.value),
                Some("use a BCP 47 tag such as \"en\", \"en-US\" or \"de\"".into()),
            );
        }
        let kinds = || Kind::ALL.iter().map(|kind| kind.as_str());
        for (key, pattern) in &site.permalinks.0 {
            if key.value != "role" && Kind::named(&key.value).is_none() {
                fault(Code::UnknownKey, &key.span, format!("`{}` is no kind of page", key.value), suggest::help(&key.value, kinds()));
            }
            check_pattern(pattern, &mut fault);
        }
        let of_kinds = site.pages.0.iter().map(|(key, _)| (key.value.as_str(), &key.span, Code::UnknownKey));
        let of_calls = site.calls_to_action.iter().flat_map(|call| &call.pages).map(|kind| (kind.value.as_str(), &kind.span, Code::BadValue));
        let of_lists = site.lists.0.iter().flat_map(|(_, list)| &list.pages).map(|kind| (kind.value.as_str(), &kind.span, Code::BadValue));
        for (name, span, code) in of_kinds.chain(of_calls).chain(of_lists) {
            if Kind::named(name).is_none() {
                fault(code, span, format!("`{name}` is no kind of page"), suggest::help(name, kinds()));
            }
        }
        for (_, list) in &site.lists.0 {
            if let Some(sort) = list.sort.as_ref().filter(|sort| !SORTS.contains(&sort.trim_start_matches('-'))) {
                fault(Code::BadValue, &sort.span, format!("lists cannot be sorted by `{}`", sort.value), suggest::help(&sort.value, SORTS.iter().copied()));
            }
        }
        check_nav(&site.nav, &mut fault);
        check_ids(site.tracks.iter().map(|track| &track.id), path, faults);
        check_ids(site.calls_to_action.iter().map(|call| &call.id), path, faults);
        let area = site.figures.area.as_ref().filter(|area| !self.knows_area(&area.value));
        let unknown_area = area.map(|area| self.unknown_area(&area.value).at(path, area.span.clone()));
        faults.extend(unknown_area);
        if let Some(source) = site.figures.source.as_ref().filter(|source| !self.knows_source(&source.value)) {
            let help = suggest::help(source.as_str(), self.sources.keys().map(Id::as_str));
            faults.push(Diagnostic::error(Code::UnknownId, format!("there is no source `{}`", source.value)).at(path, source.span.clone()).help(help));
        }
    }
}

/// Whether a text looks like a BCP 47 tag.
fn is_language(text: &str) -> bool {
    text.split('-')
        .enumerate()
        .all(|(index, part)| part.chars().all(|c| c.is_ascii_alphanumeric()) && (1..=8).contains(&part.len()) && (index > 0 || (2..=3).contains(&part.len())))
}

/// What lists can be sorted by.
const SORTS: &[&str] = &["title", "date", "updated", "weight", "salary"];

type Noted<'f> = dyn FnMut(Code, &Span, String, Option<String>) + 'f;

fn check_pattern(pattern: &At<String>, fault: &mut Noted<'_>) {
    let mut rest = pattern.value.as_str();
    while let Some((_, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if !matches!(name, "slug" | "category" | "kind") {
            fault(
                Code::BadPermalink,
                &pattern.span,
                format!("`{{{name}}}` stands for nothing in a permalink"),
                Some("there is {slug}, {category} and {kind}".into()),
            );
        }
        rest = after;
    }
    if !pattern.value.starts_with('/') {
        fault(Code::BadPermalink, &pattern.span, "a permalink starts at the root of the site, with `/`".into(), Some(format!("write \"/{}\"", pattern.value)));
    }
}

fn check_nav(items: &[super::NavItem], fault: &mut Noted<'_>) {
    for item in items {
        match (&item.to, &item.url) {
            (Some(to), Some(_)) => fault(Code::BadValue, &to.span, "a menu entry has either `to` or `url`, not both".into(), None),
            (None, None) if item.children.is_empty() => fault(
                Code::MissingKey,
                &item.title.span,
                format!("the menu entry \"{}\" leads nowhere", item.title.value),
                Some("add `to` with a file of content/, or `url`".into()),
            ),
            _ => {}
        }
        check_nav(&item.children, fault);
    }
}

/// A row's id: its own, or the slug of its name.
pub(crate) fn id_or_slug(id: Option<&At<Id>>, name: &At<String>, path: &SourcePath, faults: &mut Diagnostics) -> Option<Id> {
    let found = id.map(|id| id.value.clone()).or_else(|| Id::of_name(name));
    if found.is_none() {
        faults.push(
            Diagnostic::error(Code::MissingKey, format!("no id can be made of \"{}\"", name.value))
                .at(path, name.span.clone())
                .help("add `id = \"…\"` to the row"),
        );
    }
    found
}

fn declare<T>(rows: &mut BTreeMap<Id, Declared<T>>, id: Option<Id>, row: At<T>, path: &SourcePath, faults: &mut Diagnostics) {
    let At { value, span } = row;
    if let Some(id) = id.filter(|id| is_new(rows, id, path, &span, faults)) {
        rows.insert(id, Declared { row: value, path: path.clone(), span });
    }
}

fn is_new<T>(rows: &BTreeMap<Id, Declared<T>>, id: &Id, path: &SourcePath, span: &Span, faults: &mut Diagnostics) -> bool {
    let first = rows.get(id);
    faults.extend(first.map(|first| duplicate(id, path, span, &first.path, &first.span)));
    first.is_none()
}

/// Says which ids of a list were used before.
pub(crate) fn check_ids<'i>(ids: impl Iterator<Item = &'i At<Id>>, path: &SourcePath, faults: &mut Diagnostics) {
    let mut seen: BTreeMap<&Id, &Span> = BTreeMap::new();
    for id in ids {
        if let Some(first) = seen.get(&id.value) {
            faults.push(duplicate(&id.value, path, &id.span, path, first));
        }
        seen.entry(&id.value).or_insert(&id.span);
    }
}

/// The fault of an id that two rows share.
pub(crate) fn duplicate(id: &Id, path: &SourcePath, span: &Span, first_path: &SourcePath, first: &Span) -> Diagnostic {
    let fault = Diagnostic::error(Code::DuplicateId, format!("the id `{id}` is used twice")).at(path, span.clone());
    fault.related("it was used first here", first_path, first.clone()).help("give one of the two rows another id")
}

/// Origin and base path of a site's address.
fn address(url: &str, path: &SourcePath, span: &Span) -> Result<(String, String), Diagnostic> {
    let fault = |why: &str| {
        let fault = Diagnostic::error(Code::BadUrl, format!("`{}` cannot be the address of a site: {why}", url.escape_debug())).at(path, span.clone());
        Err(fault.help("write it whole, such as https://example.com/ or https://example.com/careers/"))
    };
    let lower = url.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).map(|rest| &url[url.len() - rest.len()..]) else {
        return fault("it does not start with https:// or http://");
    };
    if url.contains(['?', '#', '@', '\\', '"', '<', '>']) || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return fault("it holds more than a host and a path");
    }
    let (host, inner) = rest.split_once('/').unwrap_or((rest, ""));
    if host.is_empty() || host.starts_with([':', '.']) {
        return fault("it has no host");
    }
    let inner = inner.trim_end_matches('/');
    let base_path = if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") };
    match UrlPath::new(&base_path) {
        Ok(_) => Ok((url[..url.len() - rest.len() + host.len()].to_owned(), base_path)),
        Err(why) => fault(&why.to_string()),
    }
}

/// `24 months` or `2 years`, in months.
fn months(text: &At<String>, path: &SourcePath, faults: &mut Diagnostics) -> u32 {
    let parsed = text.split_once(' ').and_then(|(count, unit)| {
        let count: u32 = count.parse().ok()?;
        match unit.trim_end_matches('s') {
            "month" => Some(count),
            "year" => count.checked_mul(12),
            _ => None,
        }
    });
    parsed.filter(|months| (1..=1200).contains(months)).unwrap_or_else(|| {
        let fault = Diagnostic::error(Code::BadValue, format!("`{}` is no age", text.value)).at(path, text.span.clone());
        faults.push(fault.help("write \"24 months\" or \"2 years\""));
        24
    })
}
