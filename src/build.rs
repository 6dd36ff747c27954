//! Stand-in for the core, to compile against: a page for each Markdown file, the files of `static/`, and site.toml's faults.

use std::fmt;

use jiff::civil::Date;

use crate::config::SiteFile;
use crate::data::{decode_root, parse_toml};
use crate::diag::{Code, Diagnostic, Report, locate};
use crate::inputs::Inputs;
use crate::path::{OutPath, SourcePath};

/// What the command line decides about a build.
#[derive(Clone, Debug)]
pub struct Options {
    pub base_url: Option<String>,
    pub drafts: bool,
    pub future: bool,
    pub build_date: Date,
}

/// Takes finished files, in the order of their paths.
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

/// The machine's fault, in its words.
#[derive(Debug)]
pub struct Fault(pub String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Builds.
pub fn build(inputs: &Inputs, _options: &Options, sink: &mut dyn Sink) -> Result<Outcome, Fault> {
    let mut faults = inputs.faults().clone();
    match SourcePath::new("site.toml").ok().filter(|path| inputs.get(path.as_str()).is_some()) {
        None if faults.has_errors() => {} // it is there, and cannot be read
        None => faults.push(Diagnostic::error(Code::NoSite, "there is no site.toml")),
        Some(path) => {
            let source = faults.take(inputs.source(&path));
            if let Some(table) = source.and_then(|source| parse_toml(&path, &source.text, 0, &mut faults)) {
                decode_root::<SiteFile>(&path, table, &mut faults);
            }
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
            let bytes = inputs.bytes(path).map_err(|fault| Fault(fault.message))?;
            sink.file(out, &bytes).map_err(Fault)?;
        }
        sink.file(&OutPath::new("index.html").map_err(|fault| Fault(fault.to_string()))?, b"<!doctype html><title>stub</title>").map_err(Fault)?;
    }
    let reports = locate(faults.into_sorted(), |path| inputs.lossy_source(path));
    Ok(Outcome { pages: files.len() + 1, files: 0, reports, failed })
}
