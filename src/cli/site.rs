//! What the commands that work on a site share: arguments come in; the folder of the site, its
//! output folder, its cache and the options of a build go out.

use std::path::{Path, PathBuf};

use super::args::{CacheArgs, Content, OutputArgs, SiteArgs};
use super::date::build_date;
use super::exit::Failure;
use super::report::{Counts, Summary};
use super::terminal::Terminal;
use crate::diag::{Code, Report, Severity};
use crate::disk::{Cache, Output, SiteFolder, like_site_file, shown};
use crate::memo::{Forgetful, Memo};
use crate::site::Options;

/// The output folder unless another one is named, beside site.toml.
pub const OUTPUT: &str = "public";
/// The folder of the cache unless another one is named, beside site.toml.
const CACHE: &str = ".rungs/cache";

/// Finds the site that a command is about. Where there is none, this is shown like any other
/// mistake.
pub fn find(args: &SiteArgs, terminal: &mut Terminal) -> Result<Option<SiteFolder>, Failure> {
    let found = match &args.root {
        Some(root) => SiteFolder::at(root).map_err(|error| {
            Failure::usage(
                format!("cannot open {}: {error}", shown(root)),
                "name a folder that exists with --root",
            )
        })?,
        None => SiteFolder::find(Path::new(".")).map_err(|error| {
            Failure::machine(format!("cannot find the current folder: {error}"))
        })?,
    };
    match &found {
        Some(site) => terminal.set_site(site.path()),
        None => show_no_site(args.root.as_deref(), terminal),
    }
    Ok(found)
}

fn show_no_site(root: Option<&Path>, terminal: &mut Terminal) {
    let message = match root {
        Some(root) => format!("there is no site.toml in {}", shown(root)),
        None => "there is no site.toml here or in a folder above".to_owned(),
    };
    let mut help = vec![];
    if let Some(path) = like_site_file(root.unwrap_or(Path::new("."))) {
        help.push(format!("there is {}: rename it to site.toml", shown(&path)));
    }
    help.push(
        "go to the folder of a site, name it with --root, or create a new one: `rungs new my-site`"
            .to_owned(),
    );
    terminal.show(&[Report {
        severity: Severity::Error,
        code: Code::NoSite,
        message,
        place: None,
        help,
        related: vec![],
    }]);
    let counts = Counts {
        errors: 1,
        warnings: 0,
    };
    terminal.sum_up(&counts, "");
    terminal.end(&Summary::of_no_site(counts).json());
}

/// Returns the options of a build.
pub fn options(content: &Content) -> Result<Options, Failure> {
    let Content {
        base_url,
        drafts,
        future,
        format: _,
    } = content;
    if let Some(url) = base_url.as_ref().filter(|url| !is_base(url)) {
        return Err(Failure::usage(
            format!("a site cannot have the URL {url:?}"),
            "write a URL like https://example.com/careers/",
        ));
    }
    Ok(Options {
        base_url: base_url.clone(),
        drafts: *drafts,
        future: *future,
        build_date: build_date()?,
    })
}

fn is_base(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(['?', '#'])
        && crate::data::Link::new(url).is_some()
}

/// Returns the folder for the finished site.
pub fn output_folder(site: &SiteFolder, args: &OutputArgs) -> Result<Output, Failure> {
    let folder = args
        .output_dir
        .clone()
        .unwrap_or_else(|| site.path().join(OUTPUT));
    Ok(Output::at(site, &folder)?)
}

/// Opens the cache of a site, unless it is not wanted.
pub fn open_cache(site: &SiteFolder, args: &CacheArgs) -> Option<Cache> {
    if args.no_cache {
        return None;
    }
    let folder = cache_folder(site, args.cache_dir.as_deref());
    Some(Cache::open(&folder))
}

/// Returns the folder of the cache.
pub fn cache_folder(site: &SiteFolder, asked: Option<&Path>) -> PathBuf {
    asked.map_or_else(|| site.path().join(CACHE), Path::to_owned)
}

/// Returns the memo of a build.
pub fn memo(cache: Option<&Cache>) -> &dyn Memo {
    cache.map_or(&Forgetful, |cache| cache)
}

/// Saves what a good build added to the cache. If that fails, the command does not.
pub fn save(cache: Option<Cache>, terminal: &mut Terminal) {
    if let Some(Err(error)) = cache.map(Cache::save) {
        terminal.note(&format!("note: {error}; the next build makes all pages again (use --cache-dir for another folder, or --no-cache for none)"));
    }
}
