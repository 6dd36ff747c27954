//! Files that an import makes for the author, such as articles: written once, and replaced only as long as
//! nobody has edited them. What was written is known by its digest, which stands in the file about the
//! import.

use std::collections::BTreeMap;

use super::name::ImportName;
use super::output::{Files, Gone, read_table};
use super::report::LossReport;
use crate::data::{Table, Value};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::path::SourcePath;

/// Files that an earlier import made, with the digests that they had then.
#[derive(Debug, Default)]
pub struct Copies {
    known: BTreeMap<SourcePath, String>,
}

impl Copies {
    /// Reads them from the file about the import.
    pub fn known(about: &SourcePath, site: &Inputs) -> Self {
        let table = site
            .get(about.as_str())
            .and_then(|_| read_table(about, site));
        let mut copies = Self::default();
        let Some(Value::Array(rows)) = table
            .as_ref()
            .and_then(|table| table.get("copies"))
            .map(|node| &node.value)
        else {
            return copies;
        };
        for row in rows {
            if let Value::Table(row) = &row.value
                && let (Some(file), Some(digest)) = (row.text("file"), row.text("digest"))
                && let Ok(path) = SourcePath::new(file)
            {
                copies.known.insert(path, digest.to_owned());
            }
        }
        copies
    }

    /// Returns true if an earlier import made a file.
    pub fn has(&self, path: &SourcePath) -> bool {
        self.known.contains_key(path)
    }

    /// Returns the file about an import, in which they stand.
    pub fn file(name: &ImportName) -> SourcePath {
        SourcePath::outside(&format!("content/imported.{name}.toml"))
    }

    /// Adds files to those that are written. Returns rows about all that are of the import.
    pub fn write(
        mut self,
        made: BTreeMap<SourcePath, Vec<u8>>,
        gone: Gone,
        files: &mut Files,
        site: &Inputs,
        report: &mut LossReport,
    ) -> Vec<Table> {
        let mut of_import = BTreeMap::new();
        for (path, bytes) in made {
            let (digest, earlier) = (Digest::of(&bytes).to_string(), self.known.remove(&path));
            let there = site.get(path.as_str()).map(|file| file.digest.to_string());
            let is_new = there.is_none() || there == earlier || there.as_ref() == Some(&digest);
            match (is_new, earlier) {
                (true, _) => {
                    files.add(path.clone(), bytes, site);
                    of_import.insert(path, digest);
                }
                (false, Some(earlier)) => {
                    report.note(format!(
                        "{path} was edited after it was imported, and stays as it is"
                    ));
                    files.unchanged += 1;
                    of_import.insert(path, earlier);
                }
                (false, None) => {
                    report.note(format!("{path} is there already, and stays as it is"));
                    files.unchanged += 1;
                }
            }
        }
        self.keep_or_prune(gone, files, site, report, &mut of_import);
        let row = |(path, digest): (SourcePath, String)| {
            let mut row = Table::default();
            row.put("file", path.as_str());
            row.put("digest", digest);
            row
        };
        of_import.into_iter().map(row).collect()
    }

    /// Says what upstream no longer has. A file that was edited is never deleted.
    fn keep_or_prune(
        self,
        gone: Gone,
        files: &mut Files,
        site: &Inputs,
        report: &mut LossReport,
        of_import: &mut BTreeMap<SourcePath, String>,
    ) {
        for (path, digest) in self.known {
            let Some(there) = site.get(path.as_str()) else {
                continue;
            };
            let is_edited = there.digest.to_string() != digest;
            match gone {
                Gone::Prune if !is_edited => {
                    report.gone.push(format!("{path} is deleted"));
                    files.delete.insert(path);
                }
                Gone::Prune => report.gone.push(format!("{path} was edited, and is kept")),
                Gone::Keep => {
                    report
                        .gone
                        .push(format!("{path} is kept; --prune deletes it"));
                    of_import.insert(path, digest);
                }
            }
        }
    }
}
