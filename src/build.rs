//! Stand-in for the core, to compile against: a page for each Markdown file, the files of `static/`, and site.toml's faults.

use crate::config::{CategoriesFile, SiteFile, SkillsFile, SourcesFile};
use crate::data::{Decode, decode_root, parse_toml};
use crate::diag::{Code, Diagnostic, Diagnostics, Report, locate};
use crate::inputs::Inputs;
use crate::path::{OutPath, SourcePath};
use crate::role::record::RoleFile;
use crate::site::Options;

/// Takes finished files, in the order of their paths, and keeps them to itself until the build is known to be good.
pub trait Sink {
    fn file(&mut self, path: &OutPath, bytes: &[u8]) -> Result<(), String>;
}

/// What came of a build.
#[derive(Debug)]
pub struct Outcome {
    pub pages: usize,
    pub files: usize,
    pub reports: Vec<Report>,
    pub failed: bool,
}

/// Builds.
pub fn build(inputs: &Inputs, _options: &Options, faults: Diagnostics, sink: &mut dyn Sink) -> Result<Outcome, String> {
    let mut faults = faults;
    if inputs.get("site.toml").is_none() && !faults.has_errors() {
        faults.push(Diagnostic::error(Code::NoSite, "there is no site.toml"));
    }
    for (path, _) in inputs.iter() {
        match path.name() {
            "site.toml" => decode::<SiteFile>(inputs, path, &mut faults),
            "skills.toml" => decode::<SkillsFile>(inputs, path, &mut faults),
            "sources.toml" => decode::<SourcesFile>(inputs, path, &mut faults),
            "categories.toml" => decode::<CategoriesFile>(inputs, path, &mut faults),
            "role.toml" => decode::<RoleFile>(inputs, path, &mut faults),
            _ => {}
        }
    }
    let mut files = vec![];
    for (path, _) in inputs.iter() {
        let text = path.extension() == "md";
        if text {
            faults.take(inputs.source(path));
        }
        let name = if text { format!("{path}.html") } else { path.inside("static").unwrap_or("").to_owned() };
        if let Ok(out) = OutPath::new(&name) {
            files.push((out, path.clone()));
        }
    }
    files.sort();
    let failed = faults.has_errors();
    if !failed {
        for (out, path) in &files {
            let bytes = inputs.bytes(path).map_err(|fault| fault.message)?;
            sink.file(out, &bytes)?;
        }
        sink.file(&OutPath::new("index.html").map_err(|fault| fault.to_string())?, b"<!doctype html><title>stub</title>")?;
    }
    let reports = locate(faults.into_sorted(), |path| inputs.lossy_source(path));
    Ok(Outcome { pages: files.len() + 1, files: 0, reports, failed })
}

fn decode<T: Decode>(inputs: &Inputs, path: &SourcePath, faults: &mut Diagnostics) {
    let source = faults.take(inputs.source(path));
    if let Some(table) = source.and_then(|source| parse_toml(path, &source.text, 0, faults)) {
        decode_root::<T>(path, table, faults);
    }
}
