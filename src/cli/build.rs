//! `build`, `check` and `clean`: arguments come in, a site is read and built, and what came of it is said.

use super::args::{BuildArgs, CheckArgs, CleanArgs};
use super::clock::Clock;
use super::exit::{Exit, Failure};
use super::report::{self, Counts, plural};
use super::site::{self, OUTPUT, cache_folder, find, memo, open_cache, output_folder, save};
use super::terminal::Terminal;
use super::{shown, verify};
use crate::build::{self, Before, Nowhere, Outcome, Published};
use crate::disk::{self, Cache};
use crate::watch::{Stage, Watch};

/// Builds the site and publishes it, or shows what is wrong and leaves the old one.
pub fn build(args: &BuildArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let BuildArgs { site, content, output, cache, verify, profile } = args;
    let clock = Clock::start(terminal.shows_progress());
    let options = site::options(content)?;
    let Some(site) = find(site, terminal)? else { return Ok(Exit::Mistakes) };
    let output = output_folder(&site, output)?;
    clock.stage(Stage::Read);
    let cache = open_cache(&site, cache);
    // What is to be verified is read anew.
    let known = cache.as_ref().filter(|_| !verify);
    let (staging, (inputs, faults)) = rayon::join(|| output.stage(&mut |text| terminal.note(text)), || disk::read(&site, output.path(), known));
    let mut staging = staging?;
    let held = staging.held();
    let before = Before { memo: memo(cache.as_ref()), published: Published::These(&held) };
    let built = build::build(&inputs, &options, before, &clock, faults.clone(), &mut staging).map_err(Failure::machine)?;
    let counts = Counts::of(&built.reports);
    clock.clear();
    terminal.show(&built.reports);
    if built.failed {
        let old = if output.path().exists() { format!("; {} is as it was", shown::folder(output.path())) } else { String::new() };
        terminal.sum_up(&counts, &format!(": nothing was written{old}"));
        terminal.end(&report::summary(&counts, Some(&built), None));
        return Ok(Exit::Mistakes);
    }
    clock.stage(Stage::Publish);
    let published = staging.publish()?;
    save(cache, terminal);
    if *verify {
        verify::verify(&inputs, &options, faults, (&output, &built.reports))?;
        terminal.say("A clean build gives the same files and messages");
    }
    terminal.sum_up(&counts, "");
    terminal.say(&report::built(&built, published, &clock.seconds(), &shown::folder(output.path())));
    terminal.say(&format!("Look at {}index.html", shown::folder(output.path())));
    if *profile {
        terminal.say(&clock.table());
    }
    terminal.end(&report::summary(&counts, Some(&built), Some((output.path(), published))));
    Ok(Exit::Fine)
}

/// Finds all mistakes and publishes nothing.
pub fn check(args: &CheckArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let CheckArgs { site, content, cache } = args;
    let clock = Clock::start(terminal.shows_progress());
    let options = site::options(content)?;
    let Some(site) = find(site, terminal)? else { return Ok(Exit::Mistakes) };
    clock.stage(Stage::Read);
    let cache = open_cache(&site, cache);
    let (inputs, faults) = disk::read(&site, &site.path().join(OUTPUT), cache.as_ref());
    let before = Before { memo: memo(cache.as_ref()), published: Published::All };
    let checked = build::build(&inputs, &options, before, &clock, faults, &mut Nowhere).map_err(Failure::machine)?;
    let Outcome { pages, failed, reports, left_out, .. } = &checked;
    let counts = Counts::of(reports);
    clock.clear();
    terminal.show(reports);
    terminal.sum_up(&counts, "");
    terminal.end(&report::summary(&counts, Some(&checked), None));
    if *failed {
        return Ok(Exit::Mistakes);
    }
    save(cache, terminal);
    terminal.say(&format!("Checked {}: no errors{}", plural(*pages, "page"), report::left_out(left_out)));
    Ok(Exit::Fine)
}

/// Deletes what Rungs wrote: the output folder, what stands beside it, and the cache.
pub fn clean(args: &CleanArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let CleanArgs { site, output, cache_dir } = args;
    let Some(site) = find(site, terminal)? else { return Ok(Exit::Mistakes) };
    let output = output_folder(&site, output)?;
    let files = output.clean(&mut |text| terminal.note(text))?;
    Cache::delete(&cache_folder(&site, cache_dir.as_deref())).map_err(Failure::machine)?;
    terminal.say(&format!("Deleted {} of {}", plural(files, "file"), shown::folder(output.path())));
    Ok(Exit::Fine)
}
