//! `build --verify`: the inputs of a build that was published come in; whether a clean build gives the very same files goes
//! out. It should always, so a difference is a bug, and its report names it.

use std::collections::BTreeSet;
use std::fs;

use walkdir::WalkDir;

use super::exit::{Exit, Failure};
use crate::build::{self, Before, Published, Sink};
use crate::diag::{Diagnostics, Report};
use crate::digest::Digest;
use crate::disk::Output;
use crate::inputs::Inputs;
use crate::memo::Forgetful;
use crate::ordered;
use crate::path::OutPath;
use crate::site::Options;
use crate::watch::Nobody;

/// How many differences are named.
const NAMED: usize = 20;

/// Builds the site with nothing remembered, and compares what is in the output folder, and what was said.
pub fn verify(inputs: &Inputs, options: &Options, faults: Diagnostics, (output, reports): (&Output, &[Report])) -> Result<(), Failure> {
    let mut compare = Compare { output, seen: BTreeSet::new(), different: vec![] };
    let before = Before { memo: &Forgetful, published: Published::These(&ordered::Map::default()) };
    let clean = build::build(inputs, options, before, &Nobody, faults, &mut compare).map_err(Failure::machine)?;
    let Compare { seen, mut different, .. } = compare;
    let files = WalkDir::new(output.path()).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let paths =
        files.filter_map(|entry| Some(entry.path().strip_prefix(output.path()).ok()?.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")));
    different.extend(paths.filter(|path| !seen.contains(path)).map(|path| format!("{path} is there, and a clean build has no such file")));
    if clean.reports != reports {
        different.push("its warnings are others".to_owned());
    }
    if different.is_empty() {
        return Ok(());
    }
    let more = different.len().saturating_sub(NAMED);
    let named = different.iter().take(NAMED).map(|line| format!("\n  {line}")).collect::<String>();
    let more = if more == 0 { String::new() } else { format!("\n  and {more} more") };
    Err(Failure {
        exit: Exit::Bug,
        message: format!("this is a bug in Rungs {}: a clean build gives other files{named}{more}", env!("CARGO_PKG_VERSION")),
        help: Some("please report it; `rungs clean` and a new build put the site right".to_owned()),
    })
}

/// Compares each file of a clean build with the one that was published.
struct Compare<'o> {
    output: &'o Output,
    seen: BTreeSet<String>,
    different: Vec<String>,
}

impl Sink for Compare<'_> {
    fn file(&mut self, path: &OutPath, _: Digest, bytes: Option<&[u8]>) -> Result<(), String> {
        match fs::read(self.output.path().join(path.as_str())) {
            Ok(published) if Some(published.as_slice()) == bytes => {}
            Ok(_) => self.different.push(format!("{path} differs")),
            Err(error) => self.different.push(format!("{path} cannot be read: {error}")),
        }
        self.seen.insert(path.as_str().to_owned());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::{self, SiteFolder};

    #[test]
    fn what_a_clean_build_would_not_write_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("site.toml"), "title = \"Test\"\nbase_url = \"https://example.com/\"\n").unwrap();
        let site = SiteFolder::at(folder.path()).unwrap().unwrap();
        let output = Output::at(&site, &folder.path().join("public")).unwrap();
        let options = Options { base_url: None, drafts: false, future: false, build_date: jiff::civil::date(2026, 11, 22) };
        let (inputs, _) = disk::read(&site, output.path(), None);
        let mut staging = output.stage(&mut |_| {}).unwrap();
        let before = Before { memo: &Forgetful, published: Published::These(&ordered::Map::default()) };
        let built = build::build(&inputs, &options, before, &Nobody, Diagnostics::default(), &mut staging).unwrap();
        staging.publish().unwrap();
        let verified = || verify(&inputs, &options, Diagnostics::default(), (&output, &built.reports));
        assert!(verified().is_ok());
        fs::write(output.path().join("index.html"), "other").unwrap();
        fs::write(output.path().join("more.txt"), "more").unwrap();
        let message = verified().unwrap_err().message;
        assert!(message.contains("index.html differs") && message.contains("more.txt is there"), "{message}");
    }
}
