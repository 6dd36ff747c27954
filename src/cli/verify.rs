//! `rungs build --verify`: a build that was published comes in; whether a clean build gives the
//! same files goes out. It always should, so a difference is a bug and is reported as one.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fs;

use walkdir::{DirEntry, WalkDir};

use super::exit::{Exit, Failure};
use crate::diag::{Diagnostics, Report};
use crate::digest::Digest;
use crate::disk::Output;
use crate::inputs::Inputs;
use crate::memo::Forgetful;
use crate::ordered;
use crate::path::OutPath;
use crate::pipeline::{self, Before, Published, Request, Sink};
use crate::site::Options;
use crate::watch::Unwatched;

/// How many differences the message names.
const NAMED: usize = 20;

/// A build that was published.
pub struct Build<'a> {
    pub inputs: &'a Inputs,
    pub options: &'a Options,
    /// The diagnostics of reading the inputs.
    pub diagnostics: Diagnostics,
    pub output: &'a Output,
    /// What the build said.
    pub reports: &'a [Report],
}

/// Builds the site without a memo, and compares the files with those in the output folder, and the
/// diagnostics with those of the build.
pub fn verify(build: Build<'_>) -> Result<(), Failure> {
    let Build {
        inputs,
        options,
        diagnostics,
        output,
        reports,
    } = build;
    let mut compare = Compare {
        output,
        seen: BTreeSet::new(),
        different: vec![],
    };
    let before = Before {
        memo: &Forgetful,
        published: Published::These(&ordered::Map::default()),
    };
    let request = Request {
        diagnostics,
        ..Request::new(inputs, options)
    };
    let Ok(clean) = pipeline::build(request, before, &Unwatched, &mut compare);
    let Compare {
        seen,
        mut different,
        ..
    } = compare;
    for path in published_files(output) {
        if !seen.contains(&path) {
            different.push(format!("{path} exists, and a clean build has no such file"));
        }
    }
    if clean.outcome.reports != reports {
        different.push("the warnings differ".to_owned());
    }
    if different.is_empty() {
        return Ok(());
    }
    Err(bug(&different))
}

/// Returns the paths of all files in the output folder.
fn published_files(output: &Output) -> impl Iterator<Item = String> {
    let path = |entry: &DirEntry| -> Option<String> {
        let path = entry.path().strip_prefix(output.path()).ok()?;
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        Some(parts.join("/"))
    };
    WalkDir::new(output.path())
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(move |entry| path(&entry))
}

fn bug(different: &[String]) -> Failure {
    let version = env!("CARGO_PKG_VERSION");
    let mut message =
        format!("this is a bug in Rungs {version}: a clean build gives other files or warnings");
    for line in different.iter().take(NAMED) {
        message += &format!("\n  {line}");
    }
    if different.len() > NAMED {
        message += &format!("\n  and {} more", different.len() - NAMED);
    }
    Failure {
        exit: Exit::Bug,
        message,
        help: Some(
            "please report it; `rungs clean` and then `rungs build` repair the site".to_owned(),
        ),
    }
}

/// Compares each file of a clean build with the one that was published.
struct Compare<'o> {
    output: &'o Output,
    seen: BTreeSet<String>,
    different: Vec<String>,
}

impl Sink for Compare<'_> {
    type Error = Infallible;

    fn file(&mut self, path: &OutPath, _: Digest, bytes: Option<&[u8]>) -> Result<(), Infallible> {
        match fs::read(self.output.path().join(path.as_str())) {
            Ok(published) if Some(published.as_slice()) == bytes => {}
            Ok(_) => self.different.push(format!("{path} differs")),
            Err(error) => self
                .different
                .push(format!("{path} cannot be read: {error}")),
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
        fs::write(
            folder.path().join("site.toml"),
            "title = \"Test\"\nbase_url = \"https://example.com/\"\n",
        )
        .unwrap();
        let site = SiteFolder::at(folder.path()).unwrap().unwrap();
        let output = Output::at(&site, &folder.path().join("public")).unwrap();
        let options = Options {
            base_url: None,
            drafts: false,
            future: false,
            build_date: jiff::civil::date(2026, 11, 22),
        };
        let (inputs, _) = disk::read(&site, output.path(), None);
        let mut staging = output.stage(&mut |_| {}).unwrap();
        let before = Before {
            memo: &Forgetful,
            published: Published::These(&ordered::Map::default()),
        };
        let built = pipeline::build(
            Request::new(&inputs, &options),
            before,
            &Unwatched,
            &mut staging,
        )
        .unwrap();
        staging.publish().unwrap();
        let verified = || {
            verify(Build {
                inputs: &inputs,
                options: &options,
                diagnostics: Diagnostics::default(),
                output: &output,
                reports: &built.outcome.reports,
            })
        };
        assert!(verified().is_ok());
        fs::write(output.path().join("index.html"), "other").unwrap();
        fs::write(output.path().join("more.txt"), "more").unwrap();
        let message = verified().unwrap_err().message;
        assert!(
            message.contains("index.html differs") && message.contains("more.txt exists"),
            "{message}"
        );
    }
}
