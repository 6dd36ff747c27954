//! What the commands that work on a site have in common: arguments come in; its folder, its output, its cache and the
//! options of a build go out.

use std::path::{Path, PathBuf};

use super::args::{CacheArgs, Content, OutputArgs, SiteArgs};
use super::date::build_date;
use super::exit::Failure;
use super::report::{self, Counts};
use super::terminal::Terminal;
use crate::diag::{Code, Report, Severity};
use crate::disk::{Cache, Output, SiteFolder, like_site_file};
use crate::memo::{Forgetful, Memo};
use crate::site::Options;

/// Where the site goes when nothing else is said.
pub const OUTPUT: &str = "public";
/// Where is remembered what pages were made of.
const CACHE: &str = ".rungs/cache";

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
        let start = args.root.as_deref().unwrap_or(Path::new("."));
        let meant = like_site_file(start).map(|path| format!("there is {}: rename it to site.toml", path.display()));
        let mut help: Vec<String> = meant.into_iter().collect();
        help.extend(["go to the folder of a site, name it with --root, or make a new one: `rungs new my-site`".to_owned()]);
        terminal.show(&[Report { severity: Severity::Error, code: Code::NoSite, message, place: None, help, related: vec![] }]);
        let counts = Counts { errors: 1, warnings: 0 };
        terminal.sum_up(&counts, "");
        terminal.end(&report::summary(&counts, None, None));
    }
    Ok(found)
}

pub fn options(content: &Content) -> Result<Options, Failure> {
    let Content { base_url, drafts, future, format: _ } = content;
    if let Some(url) = base_url.as_ref().filter(|url| !is_base(url)) {
        return Err(Failure::usage(format!("{url:?} is no URL that a site can live at"), "write it like https://example.com/careers/"));
    }
    Ok(Options { base_url: base_url.clone(), drafts: *drafts, future: *future, build_date: build_date()? })
}

fn is_base(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(['?', '#']) && crate::data::Link::new(url).is_some()
}

pub fn output_folder(site: &SiteFolder, args: &OutputArgs) -> Result<Output, Failure> {
    let folder = args.output_dir.clone().unwrap_or_else(|| site.path().join(OUTPUT));
    Ok(Output::at(site, &folder)?)
}

/// The cache of a site, unless it is not wanted.
pub fn open_cache(site: &SiteFolder, CacheArgs { cache_dir, no_cache }: &CacheArgs) -> Option<Cache> {
    (!no_cache).then(|| Cache::open(&cache_folder(site, cache_dir.as_deref())))
}

pub fn cache_folder(site: &SiteFolder, asked: Option<&Path>) -> PathBuf {
    asked.map_or_else(|| site.path().join(CACHE), Path::to_owned)
}

pub fn memo(cache: Option<&Cache>) -> &dyn Memo {
    cache.map_or(&Forgetful, |cache| cache)
}

/// Keeps what a good build added. That it cannot be kept is no reason to fail.
pub fn save(cache: Option<Cache>, terminal: &mut Terminal) {
    if let Some(Err(error)) = cache.map(Cache::save) {
        terminal.note(&format!("note: {error}; the next build begins anew (--cache-dir names another folder, --no-cache does without)"));
    }
}
