//! Reading the configuration: `site.toml` and the lists come in, a checked `Config` goes out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;

use super::address::{Address, NoAddress};
use super::check::is_language;
use super::declare::declared;
use super::layers::import;
use super::{
    AreasFile, AuthorsFile, CategoriesFile, Config, Layered, Layering, List, ProficiencyRow,
    RowCounts, SiteFile, SkillsFile, SourcesFile, duplicate, file, layered, table,
};
use crate::data::{At, Decode, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::kind::Kinds;
use crate::path::SourcePath;
use crate::source::Span;
use crate::suggest;

/// The files of `content/` that hold lists.
pub const LISTS: &[&str] = &[
    "skills.toml",
    "sources.toml",
    "categories.toml",
    "areas.toml",
    "authors.toml",
];

/// Reads the site's own files. `base_url` replaces the one of site.toml. Returns `None` when there is
/// nothing to go on with.
pub fn read(
    inputs: &Inputs,
    kinds: &'static Kinds,
    base_url: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let path = SourcePath::new("site.toml").ok()?;
    if inputs.get(path.as_str()).is_none() {
        // Whoever could not read it has reported that.
        if diagnostics.has_errors() {
            return None;
        }
        let fault = Diagnostic::error(Code::NoSite, "there is no site.toml here");
        diagnostics.push(fault.help("run the command inside a site, name one with --root, or make one with `rungs new my-site`"));
        return None;
    }
    let (site, _): (SiteFile, _) = file(inputs, &path, diagnostics)?;
    let own = diagnostics.take(own_address(&site.base_url, &path));
    let address = match base_url {
        Some(other) => diagnostics.take(other_address(other))?,
        None => own?,
    };
    let mut config = Config {
        origin: address.origin,
        base_path: address.base_path,
        proficiencies: vec![],
        skills: BTreeMap::new(),
        sources: BTreeMap::new(),
        categories: vec![],
        areas: BTreeMap::new(),
        authors: BTreeMap::new(),
        stale_after_months: months(&site.check.stale_after, &path, diagnostics),
        kinds,
        positions_expire_after: lifetime(&site.positions.expires_after, &path, diagnostics),
        site,
        incomplete: BTreeSet::new(),
    };
    config.check_imports(inputs, &path, diagnostics);
    config.read_lists(inputs, diagnostics);
    config.check_site(&path, diagnostics);
    if !is_language(&config.site.language) {
        // This was reported. English stands in, so that missing words are not reported as well.
        config.site.language.value = "en".into();
    }
    Some(config)
}

impl Config {
    /// Says which imports are named in their order and wrote nothing.
    fn check_imports(&self, inputs: &Inputs, path: &SourcePath, diagnostics: &mut Diagnostics) {
        let order = &self.site.import.order;
        if order.is_empty() {
            return;
        }
        let names = || inputs.below("content").filter_map(|(path, _)| import(path));
        for name in order {
            if names().all(|import| import != name.value) {
                let message = format!("no import is called `{}`", name.value.escape_debug());
                let known: BTreeSet<&str> = names().collect();
                let fault = Diagnostic::error(Code::UnknownId, message)
                    .at(path, name.span.clone())
                    .help(suggest::help(&name.value, known));
                diagnostics.push(fault);
            }
        }
    }

    fn read_lists(&mut self, inputs: &Inputs, diagnostics: &mut Diagnostics) {
        self.read_skills(inputs, diagnostics);
        self.read_sources(inputs, diagnostics);
        self.read_categories(inputs, diagnostics);
        self.read_areas(inputs, diagnostics);
        self.read_authors(inputs, diagnostics);
    }

    fn read_skills(&mut self, inputs: &Inputs, diagnostics: &mut Diagnostics) {
        let lists = [List::Skills, List::Proficiencies];
        let Some(read) = self.list::<SkillsFile>(inputs, "skills.toml", &lists, diagnostics) else {
            return;
        };
        let SkillsFile {
            proficiencies,
            skills,
        } = read.file;
        if read.rows.lost("proficiencies", proficiencies.len()) {
            self.incomplete.insert(List::Proficiencies);
        }
        self.proficiencies = unique(proficiencies, &read.path, diagnostics);
        self.declare(&read.path, &skills, &[], &read.rows, diagnostics);
    }

    fn read_sources(&mut self, inputs: &Inputs, diagnostics: &mut Diagnostics) {
        let lists = [List::Sources];
        if let Some(read) = self.list::<SourcesFile>(inputs, "sources.toml", &lists, diagnostics) {
            self.declare(&read.path, &[], &read.file.sources, &read.rows, diagnostics);
        }
    }

    /// Categories keep the order of their file.
    fn read_categories(&mut self, inputs: &Inputs, diagnostics: &mut Diagnostics) {
        let lists = [List::Categories];
        let Some(read) =
            self.list::<CategoriesFile>(inputs, "categories.toml", &lists, diagnostics)
        else {
            return;
        };
        let rows = &read.file.categories;
        if read.rows.lost("categories", rows.len()) {
            self.incomplete.insert(List::Categories);
        }
        for row in rows {
            let first = |id: &Id| {
                let mut known = self.categories.iter();
                known.find(|(known, _)| known == id).map(|(_, first)| first)
            };
            let declared = declared(row, &read.path, first, diagnostics);
            self.categories.extend(declared);
        }
    }

    fn read_areas(&mut self, inputs: &Inputs, diagnostics: &mut Diagnostics) {
        let lists = [List::Areas];
        let Some(read) = self.list::<AreasFile>(inputs, "areas.toml", &lists, diagnostics) else {
            return;
        };
        let rows = &read.file.areas;
        if read.rows.lost("areas", rows.len()) {
            self.incomplete.insert(List::Areas);
        }
        for row in rows {
            let first = |id: &Id| self.areas.get(id);
            let declared = declared(row, &read.path, first, diagnostics);
            self.areas.extend(declared);
        }
        self.check_areas(&read.path, diagnostics);
    }

    fn read_authors(&mut self, inputs: &Inputs, diagnostics: &mut Diagnostics) {
        let lists = [List::Authors];
        let Some(read) = self.list::<AuthorsFile>(inputs, "authors.toml", &lists, diagnostics)
        else {
            return;
        };
        let rows = &read.file.authors;
        if read.rows.lost("authors", rows.len()) {
            self.incomplete.insert(List::Authors);
        }
        for row in rows {
            let first = |id: &Id| self.authors.get(id);
            let declared = declared(row, &read.path, first, diagnostics);
            self.authors.extend(declared);
        }
    }

    /// Reads a file of lists with its layers, if the site has it. One that cannot be read at all
    /// lacks everything.
    fn list<T: Decode>(
        &mut self,
        inputs: &Inputs,
        name: &str,
        lists: &[List],
        diagnostics: &mut Diagnostics,
    ) -> Option<ReadList<T>> {
        let path = SourcePath::new(&format!("content/{name}")).ok()?;
        let file = Layered::find(inputs, &path, &self.site.import.order())?;
        let tables =
            |path: &SourcePath, _: Digest, said: &mut Diagnostics| table(inputs, path, said);
        let layering = Layering {
            prepare: &|_| {},
            whole: &[],
        };
        let Some((file, rows)) = layered(&file, &tables, layering, diagnostics) else {
            self.incomplete.extend(lists);
            return None;
        };
        Some(ReadList { path, file, rows })
    }
}

/// A file of lists as it was read.
struct ReadList<T> {
    path: SourcePath,
    file: T,
    rows: RowCounts,
}

fn unique(
    rows: Vec<ProficiencyRow>,
    path: &SourcePath,
    diagnostics: &mut Diagnostics,
) -> Vec<ProficiencyRow> {
    let mut seen: BTreeMap<Id, Span> = BTreeMap::new();
    let mut is_new = |row: &ProficiencyRow| match seen.get(&row.id.value) {
        Some(first) => {
            diagnostics.push(duplicate(&row.id.value, path, &row.id.span, path, first));
            false
        }
        None => seen
            .insert(row.id.value.clone(), row.id.span.clone())
            .is_none(),
    };
    rows.into_iter().filter(|row| is_new(row)).collect()
}

fn own_address(url: &At<String>, path: &SourcePath) -> Result<Address, Diagnostic> {
    Address::parse(url).map_err(|why| no_address(url, &why).at(path, url.span.clone()))
}

/// The address that a command names is in no file.
fn other_address(url: &str) -> Result<Address, Diagnostic> {
    Address::parse(url).map_err(|why| no_address(url, &why).help("it was given with --base-url"))
}

/// Returns the warning about an address of the site that is a placeholder. It counts once the site is
/// to be published, so that no build asks for it.
pub fn placeholder(inputs: &Inputs, base_url: Option<&str>) -> Option<Diagnostic> {
    let warning = |url: &str| {
        let url = url.escape_debug();
        let message = format!("`{url}` is a placeholder, not the address of a site");
        Diagnostic::warning(Code::PlaceholderUrl, message)
    };
    let is_placeholder = |url: &str| Address::parse(url).is_ok_and(|url| url.is_placeholder());
    if let Some(url) = base_url {
        let help = "name the address at which the site is published with --base-url";
        return is_placeholder(url).then(|| warning(url).help(help));
    }
    let path = SourcePath::new("site.toml").ok()?;
    inputs.get(path.as_str())?;
    let (site, _): (SiteFile, _) = file(inputs, &path, &mut Diagnostics::default())?;
    let At { value, span } = &site.base_url;
    let help = "write the address at which the site is published, before it is: feeds, the sitemap and search engines take it from here";
    is_placeholder(value).then(|| warning(value).at(&path, span.clone()).help(help))
}

fn no_address(url: &str, why: &NoAddress) -> Diagnostic {
    let fault = Diagnostic::error(
        Code::BadUrl,
        format!(
            "`{}` cannot be the address of a site: {why}",
            url.escape_debug()
        ),
    );
    fault.help("write it whole, such as https://example.com/ or https://example.com/careers/")
}

/// Reads `60 days`, `8 weeks`, `2 months` or `1 year`.
fn lifetime(text: &At<String>, path: &SourcePath, diagnostics: &mut Diagnostics) -> jiff::Span {
    let parsed = text.split_once(' ').and_then(|(count, unit)| {
        let count = count
            .parse::<i64>()
            .ok()
            .filter(|count| (1..=36_500).contains(count))?;
        match unit {
            "day" | "days" => Some(count.days()),
            "week" | "weeks" if count <= 5_200 => Some((count * 7).days()),
            "month" | "months" if count <= 1_200 => Some(count.months()),
            "year" | "years" if count <= 100 => Some((count * 12).months()),
            _ => None,
        }
    });
    parsed.unwrap_or_else(|| {
        let fault = Diagnostic::error(Code::BadValue, format!("`{}` is no age", text.value))
            .at(path, text.span.clone());
        diagnostics.push(fault.help("write \"60 days\", \"8 weeks\", \"2 months\" or \"1 year\""));
        60.days()
    })
}

/// Reads `24 months` or `2 years`, in months.
fn months(text: &At<String>, path: &SourcePath, diagnostics: &mut Diagnostics) -> u32 {
    let parsed = text.split_once(' ').and_then(|(count, unit)| {
        let count: u32 = count.parse().ok()?;
        match unit {
            "month" | "months" => Some(count),
            "year" | "years" => count.checked_mul(12),
            _ => None,
        }
    });
    parsed
        .filter(|months| (1..=1200).contains(months))
        .unwrap_or_else(|| {
            let fault = Diagnostic::error(Code::BadValue, format!("`{}` is no age", text.value))
                .at(path, text.span.clone());
            diagnostics.push(fault.help("write \"24 months\" or \"2 years\""));
            24
        })
}
