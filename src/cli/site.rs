//! `build`, `check` and `clean`: arguments come in, a site is read and built, and what came of it is said.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::args::{BuildArgs, CacheArgs, CheckArgs, CleanArgs, Content, OutputArgs, SiteArgs};
use super::date::build_date;
use super::exit::{Exit, Failure};
use super::report::{Counts, plural};
use super::shown;
use super::terminal::Terminal;
use crate::build::{self, Before, Outcome, Published, Sink};
use crate::diag::{Code, Report, Severity};
use crate::digest::Digest;
use crate::disk::{self, Cache, Output, SiteFolder};
use crate::memo::{Forgetful, Memo};
use crate::path::OutPath;
use crate::site::Options;
use crate::watch::Nobody;

/// Where the site goes when nothing else is said.
const OUTPUT: &str = "public";
/// Where is remembered what pages were made of.
const CACHE: &str = ".rungs/cache";

/// Builds the site and publishes it, or shows what is wrong and leaves the old one.
pub fn build(args: &BuildArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let BuildArgs { site, content, output, cache } = args;
    let start = Instant::now();
    let options = options(content)?;
    let Some(site) = find(site, terminal)? else { return Ok(Exit::Mistakes) };
    let output = output_folder(&site, output)?;
    output.check()?;
    let (inputs, faults) = disk::read(&site, output.path());
    let mut staging = output.stage();
    let cache = open_cache(&site, cache);
    let before = Before { memo: memo(cache.as_ref()), published: Published::These(&BTreeMap::new()) };
    let Outcome { pages, files, reports, failed, rendered: _ } =
        build::build(&inputs, &options, before, &Nobody, faults, &mut staging).map_err(Failure::machine)?;
    let counts = Counts::of(&reports);
    terminal.show(&reports);
    if failed {
        let old = if output.path().exists() { format!("; {} is as it was", shown::folder(output.path())) } else { String::new() };
        terminal.sum_up(&counts, &format!(": nothing was written{old}"));
        terminal.end(&summary(&counts, pages, files, None));
        return Ok(Exit::Mistakes);
    }
    staging.publish()?;
    save(cache, terminal);
    terminal.sum_up(&counts, "");
    let (folder, seconds) = (shown::folder(output.path()), start.elapsed().as_secs_f64());
    terminal.say(&format!("Built {} and {} in {seconds:.2} s -> {folder}", plural(pages, "page"), plural(files, "file")));
    terminal.say(&format!("Look at {folder}index.html"));
    terminal.end(&summary(&counts, pages, files, Some(output.path())));
    Ok(Exit::Fine)
}

/// Finds all mistakes and writes nothing.
pub fn check(args: &CheckArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let CheckArgs { site, content, cache } = args;
    let options = options(content)?;
    let Some(site) = find(site, terminal)? else { return Ok(Exit::Mistakes) };
    let (inputs, faults) = disk::read(&site, &site.path().join(OUTPUT));
    let cache = open_cache(&site, cache);
    let before = Before { memo: memo(cache.as_ref()), published: Published::All };
    let Outcome { pages, files, reports, failed, rendered: _ } =
        build::build(&inputs, &options, before, &Nobody, faults, &mut Nowhere).map_err(Failure::machine)?;
    let counts = Counts::of(&reports);
    terminal.show(&reports);
    terminal.sum_up(&counts, "");
    terminal.end(&summary(&counts, pages, files, None));
    if failed {
        return Ok(Exit::Mistakes);
    }
    save(cache, terminal);
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

/// The cache of a site, unless it is not wanted.
fn open_cache(site: &SiteFolder, CacheArgs { cache_dir, no_cache }: &CacheArgs) -> Option<Cache> {
    let folder = cache_dir.clone().unwrap_or_else(|| site.path().join(CACHE));
    (!no_cache).then(|| Cache::open(&folder))
}

fn memo(cache: Option<&Cache>) -> &dyn Memo {
    cache.map_or(&Forgetful, |cache| cache)
}

/// Keeps what a good build added. That it cannot be kept is no reason to fail.
fn save(cache: Option<Cache>, terminal: &mut Terminal) {
    if let Some(Err(error)) = cache.map(Cache::save) {
        terminal.note(&format!("note: {error}; the next build begins anew (--cache-dir names another folder, --no-cache does without)"));
    }
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
