//! Layers come in, and the site as it is; what is to be written and deleted goes out. Only files that
//! carry the name of the import are touched, and only those whose bytes differ.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::copies::Copies;
use super::layers::{Layers, RoleLayer, SiteList};
use super::name::ImportName;
use super::report::LossReport;
use crate::config::import_of;
use crate::data::{Id, Node, Table, Value, parse_toml, to_toml};
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::ordered::Map;
use crate::path::SourcePath;

/// The files of an import.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// New and changed files with their bytes.
    pub write: BTreeMap<SourcePath, Vec<u8>>,
    pub delete: BTreeSet<SourcePath>,
    /// How many are as they should be already.
    pub unchanged: usize,
}

/// What is known of an import as a whole; it stands in `content/imported.NAME.toml`.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// What was run: `onet`, `table`, `ladder`.
    pub kind: String,
    /// The map: its name and its text.
    pub map: Option<(String, Digest)>,
    /// The files that were read.
    pub inputs: Vec<(String, Digest)>,
}

/// What happens to what an earlier import made and upstream no longer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    Keep,
    Prune,
}

/// When an import runs, and how.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub date: Date,
    pub gone: Gone,
}

impl Layers {
    /// Returns the files of these layers, compared with those that the site has.
    pub fn files(
        mut self,
        name: &ImportName,
        about: &About,
        moment: Moment,
        site: &Inputs,
        report: &mut LossReport,
    ) -> Files {
        self.sort();
        let paths = Paths { name };
        let earlier: BTreeSet<SourcePath> = site
            .iter()
            .map(|(path, _)| path)
            .filter(|path| paths.is_ours(path))
            .cloned()
            .collect();
        if moment.gone == Gone::Keep {
            self.keep_rows(&paths, site, report);
        }
        let copies = std::mem::take(&mut self.copies);
        let made = self.made(&paths);
        let mut files = Files::default();
        for path in earlier.iter().filter(|path| !made.contains_key(*path)) {
            match moment.gone {
                Gone::Keep => report
                    .gone
                    .push(format!("{path} is kept; --prune deletes it")),
                Gone::Prune => {
                    report.gone.push(format!("{path} is deleted"));
                    files.delete.insert(path.clone());
                }
            }
        }
        for (path, bytes) in made {
            files.add(path, bytes, site);
        }
        let path = Copies::file(name);
        let mut about = about.text(&self, report, moment.date);
        let copied =
            Copies::known(&path, site).write(copies, moment.gone, &mut files, site, report);
        copied.into_iter().for_each(|row| about.push("copies", row));
        files.add_about(path, about, site);
        files
    }

    /// Adds the rows of lists that upstream no longer has, because records may refer to them.
    fn keep_rows(&mut self, paths: &Paths<'_>, site: &Inputs, report: &mut LossReport) {
        for list in SiteList::ALL {
            let path = paths.of("content", list.name(), "toml");
            let Some(earlier) = read_rows(&path, list.name(), site) else {
                continue;
            };
            let rows = self.lists.entry(*list).or_default();
            for (id, row) in earlier {
                if !rows.contains_key(&id) {
                    report
                        .gone
                        .push(format!("`{id}` of {path} is kept; --prune deletes it"));
                    rows.insert(id, row);
                }
            }
        }
    }

    fn made(&self, paths: &Paths<'_>) -> BTreeMap<SourcePath, Vec<u8>> {
        let mut made = BTreeMap::new();
        for (id, layer) in &self.roles {
            role_files(&format!("content/roles/{id}"), layer, paths, &mut made);
        }
        for (id, record) in &self.frameworks {
            let path = paths.of(&format!("content/frameworks/{id}"), "imported", "toml");
            made.insert(path, to_toml(record).into_bytes());
        }
        for (list, rows) in self.lists.iter().filter(|(_, rows)| !rows.is_empty()) {
            let path = paths.of("content", list.name(), "toml");
            made.insert(path, rows_text(list.name(), rows.values()).into_bytes());
        }
        if !self.positions.is_empty() {
            let path = paths.of("content", "positions", "toml");
            made.insert(path, rows_text("positions", &self.positions).into_bytes());
        }
        made
    }
}

fn role_files(
    folder: &str,
    layer: &RoleLayer,
    paths: &Paths<'_>,
    made: &mut BTreeMap<SourcePath, Vec<u8>>,
) {
    let RoleLayer {
        record,
        salary,
        positions,
    } = layer;
    if !record.is_empty() {
        made.insert(
            paths.of(folder, "imported", "toml"),
            to_toml(record).into_bytes(),
        );
    }
    if !salary.is_empty() {
        made.insert(
            paths.of(folder, "salary", "csv"),
            salary.text().into_bytes(),
        );
    }
    if !positions.is_empty() {
        let text = rows_text("positions", positions);
        made.insert(paths.of(folder, "positions", "toml"), text.into_bytes());
    }
}

fn rows_text<'t>(list: &str, rows: impl IntoIterator<Item = &'t Table>) -> String {
    let mut file = Table::default();
    for row in rows {
        file.push(list, row.clone());
    }
    to_toml(&file)
}

/// Reads the rows of a list that an earlier import made.
fn read_rows(path: &SourcePath, list: &str, site: &Inputs) -> Option<Map<Id, Table>> {
    site.get(path.as_str())?;
    let table = read_table(path, site)?;
    let Value::Array(rows) = &table.get(list)?.value else {
        return None;
    };
    let row = |node: &Node| match &node.value {
        Value::Table(row) => Some((Id::new(row.text("id")?)?, row.clone())),
        _ => None,
    };
    Some(rows.iter().filter_map(row).collect())
}

pub(super) fn read_table(path: &SourcePath, site: &Inputs) -> Option<Table> {
    let source = site.source(path).ok()?;
    parse_toml(path, &source.text, 0, &mut Diagnostics::default())
}

impl Files {
    /// Adds a file, unless the site has it with these bytes.
    pub(super) fn add(&mut self, path: SourcePath, bytes: Vec<u8>, site: &Inputs) {
        let known = site.get(path.as_str());
        if known.is_some_and(|file| file.digest == Digest::of(&bytes)) {
            self.unchanged += 1;
        } else {
            self.write.insert(path, bytes);
        }
    }

    /// Adds the file about the import. Its date is of the last change of a fact.
    fn add_about(&mut self, path: SourcePath, mut about: Table, site: &Inputs) {
        let has_changed = !self.write.is_empty() || !self.delete.is_empty();
        let known = site
            .get(path.as_str())
            .and_then(|_| read_table(&path, site));
        let date = known.as_ref().and_then(|table| table.get("date"));
        if let Some(Value::Date(date)) = date.map(|node| &node.value).filter(|_| !has_changed) {
            about.put("date", *date);
        }
        self.add(path, to_toml(&about).into_bytes(), site);
    }
}

impl About {
    /// Returns the kind of import that an import of this name was, if the site has one.
    pub fn kind_of(name: &ImportName, site: &Inputs) -> Option<String> {
        let path = Copies::file(name);
        site.get(path.as_str())?;
        read_table(&path, site)?.text("kind").map(str::to_owned)
    }

    fn text(&self, layers: &Layers, report: &LossReport, date: Date) -> Table {
        let Self { kind, map, inputs } = self;
        let mut table = Table::default();
        table.put("date", date);
        table.put("kind", kind.as_str());
        if let Some((name, digest)) = map {
            let mut row = Table::default();
            row.put("name", name.as_str());
            row.put("digest", digest.to_string());
            table.put("map", row);
        }
        let mut counts = Table::default();
        counts.put("rows", Value::Integer(report.total().read.to_string()));
        counts.put("used", Value::Integer(report.total().joined.to_string()));
        counts.put("roles", layers.roles.len());
        if !layers.frameworks.is_empty() {
            counts.put("frameworks", layers.frameworks.len());
        }
        table.put("counts", counts);
        for (file, digest) in inputs {
            let mut row = Table::default();
            row.put("file", file.as_str());
            row.put("digest", digest.to_string());
            table.push("inputs", row);
        }
        table
    }
}

/// The paths of the files of one import.
struct Paths<'n> {
    name: &'n ImportName,
}

impl Paths<'_> {
    /// Returns the path of a file: `FOLDER/STEM.NAME.EXTENSION`.
    fn of(&self, folder: &str, stem: &str, extension: &str) -> SourcePath {
        // An id and a name are segments of paths, so that this one is clean.
        SourcePath::outside(&format!("{folder}/{stem}.{}.{extension}", self.name))
    }

    /// Returns true if this import makes files of this path.
    fn is_ours(&self, path: &SourcePath) -> bool {
        let is_ours = |file: &str| import_of(path.name(), file) == Some(self.name.as_str());
        let folder = path.folder();
        let is_record = |kind: &str| {
            folder
                .strip_prefix(kind)
                .is_some_and(|id| !id.is_empty() && !id.contains('/'))
        };
        if is_record("content/roles/") {
            return ["role.toml", "salary.csv", "positions.toml"]
                .into_iter()
                .any(is_ours);
        }
        if is_record("content/frameworks/") {
            return is_ours("framework.toml");
        }
        let lists = SiteList::ALL
            .iter()
            .map(|list| format!("{}.toml", list.name()));
        folder == "content"
            && lists
                .chain(["positions.toml".to_owned()])
                .any(|file| is_ours(&file))
    }
}
