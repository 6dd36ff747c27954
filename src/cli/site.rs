//! `build`, `check` and `clean`: arguments come in, a site is read and built, and what came of it is said.

use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::args::{BuildArgs, CheckArgs, CleanArgs, Content, OutputArgs, SiteArgs};
use super::date::build_date;
use super::exit::{Exit, Failure};
use super::report::{Counts, plural};
use super::shown;
use super::terminal::Terminal;
use crate::build::{self, Outcome, Sink};
use crate::diag::{Code, Report, Severity};
use crate::digest::Digest;
use crate::disk::{self, Output, SiteFolder};
use crate::path::OutPath;
use crate::site::Options;

/// Where the site goes when nothing else is said.
const OUTPUT: &str = "public";

/// Builds the site and publishes it, or shows what is wrong and leaves the old one.
pub fn build(args: &BuildArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let BuildArgs { site, content, output } = args;
    let start = Instant::now();
    let options = options(content)?;
    let Some(site) = find(site, terminal)? else { return Ok(Exit::Mistakes) };
    let output = output_folder(&site, output)?;
    output.check()?;
    let (inputs, faults) = disk::read(&site, output.path());
    let mut staging = output.stage();
    let Outcome { pages, files, reports, failed } = build::build(&inputs, &options, faults, &mut staging).map_err(Failure::machine)?;
    let counts = Counts::of(&reports);
    terminal.show(&reports);
    if failed {
        let old = if output.path().exists() { format!("; {} is as it was", shown::folder(output.path())) } else { String::new() };
        terminal.sum_up(&counts, &format!(": nothing was written{old}"));
        terminal.end(&summary(&counts, pages, files, None));
        return Ok(Exit::Mistakes);
    }
    staging.publish()?;
    terminal.sum_up(&counts, "");
    let (folder, seconds) = (shown::folder(output.path()), start.elapsed().as_secs_f64());
    terminal.say(&format!("Built {} and {} in {seconds:.2} s -> {folder}", plural(pages, "page"), plural(files, "file")));
    terminal.say(&format!("Look at {folder}index.html"));
    terminal.end(&summary(&counts, pages, files, Some(output.path())));
    Ok(Exit::Fine)
}

/// Finds all mistakes and writes nothing.
pub fn check(args: &CheckArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let CheckArgs { site, content } = args;
    let options = options(content)?;
    let Some(site) = find(site, terminal)? else { return Ok(Exit::Mistakes) };
    let (inputs, faults) = disk::read(&site, &site.path().join(OUTPUT));
    let Outcome { pages, files, reports, failed } = build::build(&inputs, &options, faults, &mut Nowhere).map_err(Failure::machine)?;
    let counts = Counts::of(&reports);
    terminal.show(&reports);
    terminal.sum_up(&counts, "");
    terminal.end(&summary(&counts, pages, files, None));
    if failed {
        return Ok(Exit::Mistakes);
    }
    terminal.say(&format!("Checked {}: no errors", plural(pages, "page")));
    Ok(Exit::Fine)
}

/// Deletes what Rungs wrote: the output folder and what stands beside it.
pub fn clean(args: &CleanArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let CleanArgs { site, output } = args;
    let Some(site) = find(site, terminal)? else { return Ok(Exit::Mistakes) };
    let output = output_folder(&site, output)?;
    let files = output.clean()?;
    terminal.say(&format!("Deleted {} of {}", plural(files, "file"), shown::folder(output.path())));
    Ok(Exit::Fine)
}

/// The site that a command is about. When there is none, that is shown like any other mistake.
pub fn find(args: &SiteArgs, terminal: &mut Terminal) -> Result<Option<SiteFolder>, Failure> {
    let found = match &args.root {
        Some(root) => {
            SiteFolder::at(root).map_err(|error| Failure::usage(format!("cannot open {}: {error}", root.display()), "name a folder that exists with --root"))?
        }
        None => SiteFolder::find(Path::new(".")).map_err(|error| Failure::machine(format!("cannot find the current folder: {error}")))?,
    };
    if found.is_none() {
        let message = match &args.root {
            Some(root) => format!("there is no site.toml in {}", root.display()),
            None => "there is no site.toml here or in a folder above".to_owned(),
        };
        let help = vec!["go to the folder of a site, name it with --root, or make a new one: `rungs new my-site`".to_owned()];
        terminal.show(&[Report { severity: Severity::Error, code: Code::NoSite, message, place: None, help, related: vec![] }]);
        let counts = Counts { errors: 1, warnings: 0 };
        terminal.sum_up(&counts, "");
        terminal.end(&summary(&counts, 0, 0, None));
    }
    Ok(found)
}

fn options(content: &Content) -> Result<Options, Failure> {
    let Content { base_url, drafts, future, format: _ } = content;
    if let Some(url) = base_url.as_ref().filter(|url| !is_base(url)) {
        return Err(Failure::usage(format!("{url:?} is no URL that a site can live at"), "write it like https://example.com/careers/"));
    }
    Ok(Options { base_url: base_url.clone(), drafts: *drafts, future: *future, build_date: build_date()? })
}

fn is_base(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(['?', '#']) && crate::data::Link::new(url).is_some()
}

fn output_folder(site: &SiteFolder, args: &OutputArgs) -> Result<Output, Failure> {
    let folder = args.output_dir.clone().unwrap_or_else(|| site.path().join(OUTPUT));
    Ok(Output::at(site, &folder)?)
}

fn summary(counts: &Counts, pages: usize, files: usize, output: Option<&Path>) -> serde_json::Value {
    let Counts { errors, warnings } = counts;
    json!({ "type": "summary", "errors": errors, "warnings": warnings, "pages": pages, "files": files, "output": output.map(shown::folder) })
}

/// Takes files and drops them.
struct Nowhere;

impl Sink for Nowhere {
    fn file(&mut self, _: &OutPath, _: Digest, _: Option<&[u8]>) -> Result<(), String> {
        Ok(())
    }
}
