//! Reading the configuration: `site.toml` and the lists come in, a checked `Config` goes out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;

use super::check::is_language;
use super::declare::declare;
use super::{AreasFile, AuthorsFile, CategoriesFile, CategoryRow, Config, Declared, List, ProficiencyRow, RowCounts, SiteFile, SkillsFile, SourcesFile};
use super::{address, duplicate, file, id_or_slug, of_names};
use crate::data::{At, Decode, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::source::Span;

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
        let fault = Diagnostic::error(Code::NoSite, "there is no site.toml here");
        faults.push(fault.help("run the command inside a site, name one with --root, or make one with `rungs new my-site`"));
        return None;
    }
    let (site, _): (SiteFile, _) = file(inputs, &path, faults)?;
    let own = faults.take(own_address(&site.base_url, &path));
    let (origin, base_path) = match base_url {
        Some(other) => faults.take(other_address(other))?,
        None => own?,
    };
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
        positions_expire_after: lifetime(&site.positions.expires_after, &path, faults),
        site,
        incomplete: BTreeSet::new(),
    };
    config.read_lists(inputs, faults);
    config.check_site(&path, faults);
    if !is_language(&config.site.language) {
        // It was said; English stands in, so that its missing words are not said as well.
        config.site.language.value = "en".into();
    }
    Some(config)
}

impl Config {
    fn read_lists(&mut self, inputs: &Inputs, faults: &mut Diagnostics) {
        if let Some((path, SkillsFile { proficiencies, skills }, rows)) = self.list(inputs, "skills.toml", &[List::Skills, List::Proficiencies], faults) {
            self.incomplete.extend(rows.lost("proficiencies", proficiencies.len()).then_some(List::Proficiencies));
            self.proficiencies = unique(proficiencies, &path, faults);
            self.declare(&path, &skills, &[], &rows, faults);
        }
        if let Some((path, SourcesFile { sources }, rows)) = self.list(inputs, "sources.toml", &[List::Sources], faults) {
            self.declare(&path, &[], &sources, &rows, faults);
        }
        if let Some((path, CategoriesFile { categories }, rows)) = self.list(inputs, "categories.toml", &[List::Categories], faults) {
            self.incomplete.extend(rows.lost("categories", categories.len()).then_some(List::Categories));
            self.add_categories(&CategoriesFile { categories }, &path, faults);
        }
        if let Some((path, AreasFile { areas }, rows)) = self.list(inputs, "areas.toml", &[List::Areas], faults) {
            self.incomplete.extend(rows.lost("areas", areas.len()).then_some(List::Areas));
            for row in &areas {
                declare(&mut self.areas, Some(row.id.value.clone()), (row, &path), |_| None, faults);
            }
            self.check_areas(&path, faults);
        }
        if let Some((path, AuthorsFile { authors }, rows)) = self.list(inputs, "authors.toml", &[List::Authors], faults) {
            self.incomplete.extend(rows.lost("authors", authors.len()).then_some(List::Authors));
            for row in &authors {
                let id = id_or_slug(row.id.as_ref(), &row.name, &path, faults);
                declare(&mut self.authors, id, (row, &path), |row| row.id.is_none().then_some(&row.name), faults);
            }
        }
    }

    /// Reads a list if the site has it. One that cannot be read at all lacks everything.
    fn list<T: Decode>(&mut self, inputs: &Inputs, name: &str, lists: &[List], faults: &mut Diagnostics) -> Option<(SourcePath, T, RowCounts)> {
        let path = SourcePath::new(&format!("content/{name}")).ok()?;
        inputs.get(path.as_str())?;
        let found = file(inputs, &path, faults).map(|(list, rows)| (path, list, rows));
        if found.is_none() {
            self.incomplete.extend(lists);
        }
        found
    }

    /// Categories keep the order of their file.
    fn add_categories(&mut self, CategoriesFile { categories }: &CategoriesFile, path: &SourcePath, faults: &mut Diagnostics) {
        let mut seen: BTreeMap<Id, &At<CategoryRow>> = BTreeMap::new();
        let named = |row: &At<CategoryRow>| row.id.is_none().then(|| row.title.value.clone());
        for row in categories {
            let Some(id) = id_or_slug(row.id.as_ref(), &row.title, path, faults) else { continue };
            match seen.get(&id) {
                Some(first) => {
                    let fault = duplicate(&id, path, &row.span, path, &first.span);
                    faults.push(of_names(fault, &id, named(row).as_deref(), named(first).as_deref()));
                }
                None => {
                    seen.insert(id.clone(), row);
                    self.categories.push((id, Declared { row: row.value.clone(), path: path.clone(), span: row.span.clone() }));
                }
            }
        }
    }
}

fn unique(rows: Vec<ProficiencyRow>, path: &SourcePath, faults: &mut Diagnostics) -> Vec<ProficiencyRow> {
    let mut seen: BTreeMap<Id, Span> = BTreeMap::new();
    let mut is_new = |row: &ProficiencyRow| match seen.get(&row.id.value) {
        Some(first) => {
            faults.push(duplicate(&row.id.value, path, &row.id.span, path, first));
            false
        }
        None => seen.insert(row.id.value.clone(), row.id.span.clone()).is_none(),
    };
    rows.into_iter().filter(|row| is_new(row)).collect()
}

fn own_address(url: &At<String>, path: &SourcePath) -> Result<(String, String), Diagnostic> {
    address::split(url).map_err(|why| no_address(url, &why).at(path, url.span.clone()))
}

/// The address that a command names stands in no file.
fn other_address(url: &str) -> Result<(String, String), Diagnostic> {
    address::split(url).map_err(|why| no_address(url, &why).help("it was given with --base-url"))
}

fn no_address(url: &str, why: &str) -> Diagnostic {
    let fault = Diagnostic::error(Code::BadUrl, format!("`{}` cannot be the address of a site: {why}", url.escape_debug()));
    fault.help("write it whole, such as https://example.com/ or https://example.com/careers/")
}

/// `60 days`, `8 weeks`, `2 months` or `1 year`.
fn lifetime(text: &At<String>, path: &SourcePath, faults: &mut Diagnostics) -> jiff::Span {
    let parsed = text.split_once(' ').and_then(|(count, unit)| {
        let count = count.parse::<i64>().ok().filter(|count| (1..=36_500).contains(count))?;
        match unit {
            "day" | "days" => Some(count.days()),
            "week" | "weeks" if count <= 5_200 => Some((count * 7).days()),
            "month" | "months" if count <= 1_200 => Some(count.months()),
            "year" | "years" if count <= 100 => Some((count * 12).months()),
            _ => None,
        }
    });
    parsed.unwrap_or_else(|| {
        let fault = Diagnostic::error(Code::BadValue, format!("`{}` is no age", text.value)).at(path, text.span.clone());
        faults.push(fault.help("write \"60 days\", \"8 weeks\", \"2 months\" or \"1 year\""));
        60.days()
    })
}

/// `24 months` or `2 years`, in months.
fn months(text: &At<String>, path: &SourcePath, faults: &mut Diagnostics) -> u32 {
    let parsed = text.split_once(' ').and_then(|(count, unit)| {
        let count: u32 = count.parse().ok()?;
        match unit {
            "month" | "months" => Some(count),
            "year" | "years" => count.checked_mul(12),
            _ => None,
        }
    });
    parsed.filter(|months| (1..=1200).contains(months)).unwrap_or_else(|| {
        let fault = Diagnostic::error(Code::BadValue, format!("`{}` is no age", text.value)).at(path, text.span.clone());
        faults.push(fault.help("write \"24 months\" or \"2 years\""));
        24
    })
}
