//! `rungs build`, `check` and `clean`: arguments come in; a site is read and built, and the result
//! is printed.

use std::path::Path;

use super::against::{self, Against, OldSitemap};
use super::args::{BuildArgs, CheckArgs, CleanArgs};
use super::changes::ChangeLists;
use super::clock::Clock;
use super::exit::{Exit, Failure};
use super::report::{self, Counts, Summary, plural};
use super::site::{self, OUTPUT, cache_folder, find, memo, open_cache, output_folder, save};
use super::terminal::Terminal;
use super::{shown, verify};
use crate::config;
use crate::diag::{Diagnostics, Report};
use crate::disk::{self, Cache, FileChanges, Output};
use crate::memo::Sources;
use crate::pipeline::{self, Before, Built, Nowhere, Outcome, Published, Request};
use crate::site::Options;
use crate::watch::{Stage, Watch};

/// Builds the site and publishes it, or shows what is wrong and leaves the old one.
///
/// One function in spite of its length, because the order of its steps is what matters.
pub fn build(args: &BuildArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let clock = Clock::start(terminal.progress());
    let options = site::options(&args.content)?;
    let Some(site) = find(&args.site, terminal)? else {
        return Ok(Exit::Mistakes);
    };
    let output = output_folder(&site, &args.output)?;
    let lists = match &args.changes {
        Some(file) => Some(ChangeLists::create(file, &output)?),
        None => None,
    };
    clock.stage(Stage::Read);
    let cache = open_cache(&site, &args.cache);
    // A build that is to be verified reads every file.
    let known = cache.as_ref().filter(|_| !args.verify);
    let (staging, (inputs, diagnostics)) = rayon::join(
        || output.stage(&mut |text| terminal.note(text)),
        || disk::read(&site, output.path(), known),
    );
    let mut staging = staging?;
    let held = staging.held();
    let before = Before {
        memo: memo(cache.as_ref()),
        published: Published::These(&held),
    };
    let request = Request {
        diagnostics: diagnostics.clone(),
        ..Request::new(&inputs, &options)
    };
    let built = outcome(pipeline::build(request, before, &clock, &mut staging)?);
    clock.clear();
    terminal.show(&built.reports);
    if built.failed {
        end_failed(&built, &output, terminal);
        return Ok(Exit::Mistakes);
    }
    clock.stage(Stage::Publish);
    let changes = staging.publish()?;
    if let Some(lists) = lists {
        lists.write(&changes)?;
    }
    save(cache, terminal);
    if args.verify {
        let build = verify::Build {
            inputs: &inputs,
            options: &options,
            diagnostics,
            output: &output,
            reports: &built.reports,
        };
        verify::verify(build)?;
        terminal.say("A clean build gives the same files and messages");
    }
    end_built(&built, &changes, output.path(), &clock, terminal);
    if args.profile {
        terminal.say(&clock.table());
    }
    Ok(Exit::Fine)
}

/// Says that a build failed, and that the old site is still there.
fn end_failed(built: &Outcome, output: &Output, terminal: &mut Terminal) {
    let mut rest = ": nothing was written".to_owned();
    if output.path().exists() {
        rest += &format!("; {} is as it was", shown::folder(output.path()));
    }
    terminal.sum_up(&Counts::of(&built.reports), &rest);
    terminal.end(&Summary::of(built).json());
}

/// Says what a good build did, and where to look at it.
fn end_built(
    built: &Outcome,
    changes: &FileChanges,
    folder: &Path,
    clock: &Clock,
    terminal: &mut Terminal,
) {
    let summary = Summary::of(built).published(folder, changes);
    let folder = shown::folder(folder);
    terminal.sum_up(&Counts::of(&built.reports), "");
    terminal.say(&report::built(built, changes, &clock.seconds(), &folder));
    terminal.say(&format!("Look at {folder}index.html"));
    terminal.end(&summary.json());
}

/// Finds all mistakes and publishes nothing.
pub fn check(args: &CheckArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let clock = Clock::start(terminal.progress());
    let options = site::options(&args.content)?;
    let Some(site) = find(&args.site, terminal)? else {
        return Ok(Exit::Mistakes);
    };
    let old = args.against.as_deref();
    let old = old.map(|old| against::read(old, &site)).transpose()?;
    clock.stage(Stage::Read);
    let cache = open_cache(&site, &args.cache);
    let (inputs, diagnostics) = disk::read(&site, &site.path().join(OUTPUT), cache.as_ref());
    let before = Before {
        memo: memo(cache.as_ref()),
        published: Published::All,
    };
    let request = Request {
        diagnostics,
        ..Request::new(&inputs, &options)
    };
    let Ok(mut built) = pipeline::build(request, before, &clock, &mut Nowhere);
    let placeholder = config::placeholder(&inputs, options.base_url.as_deref());
    let placeholder = Diagnostics::from(Vec::from_iter(placeholder));
    add_reports(&mut built.outcome, pipeline::reports(&inputs, placeholder));
    let sources = Sources {
        inputs: &inputs,
        memo: memo(cache.as_ref()),
    };
    let has_mistakes = built.outcome.failed;
    let sum = old.and_then(|old| compare(old, &mut built, sources, &options));
    let checked = outcome(built);
    clock.clear();
    terminal.show(&checked.reports);
    terminal.sum_up(&Counts::of(&checked.reports), "");
    terminal.end(&Summary::of(&checked).json());
    if checked.failed {
        if let Some(against) = args.against.as_ref().filter(|_| has_mistakes) {
            let against = disk::shown(against);
            terminal.note(&format!(
                "note: no address of {against} was compared; correct the errors first"
            ));
        }
        return Ok(Exit::Mistakes);
    }
    save(cache, terminal);
    terminal.say(&format!(
        "Checked {}: no errors{}",
        plural(checked.pages, "page"),
        report::left_out(&checked.left_out)
    ));
    if let Some(sum) = sum {
        terminal.say(&sum);
    }
    Ok(Exit::Fine)
}

/// Adds reports to an outcome, in the order of places.
fn add_reports(outcome: &mut Outcome, more: Vec<Report>) {
    let place = |report: &Report| {
        let place = report.place.as_ref();
        place.map(|place| (place.path.clone(), place.position.clone()))
    };
    if !more.is_empty() {
        outcome.reports.extend(more);
        outcome.reports.sort_by_cached_key(place);
    }
}

/// Compares the site with the addresses that were published, and returns what to say of them. A site
/// with errors may lack pages for that alone, so that it is not compared.
fn compare(
    old: OldSitemap,
    built: &mut Built,
    sources: Sources<'_>,
    options: &Options,
) -> Option<String> {
    // A build that is known from before has no plan.
    if !built.outcome.failed && built.plan.is_none() {
        built.plan = pipeline::plan_only(sources, options);
    }
    let plan = built.plan.as_ref().filter(|_| !built.outcome.failed);
    let Against {
        reports,
        failed,
        sum,
    } = old.against(plan, sources.inputs);
    built.outcome.failed |= failed;
    add_reports(&mut built.outcome, reports);
    sum
}

/// Takes the outcome of a build, and leaves its plan to the end of the process: dropping millions of
/// small values would take longer than that.
fn outcome(Built { outcome, plan }: Built) -> Outcome {
    std::mem::forget(plan);
    outcome
}

/// Deletes what Rungs wrote: the output folder, what stands beside it, and the cache.
pub fn clean(args: &CleanArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(site) = find(&args.site, terminal)? else {
        return Ok(Exit::Mistakes);
    };
    let output = output_folder(&site, &args.output)?;
    let files = output.clean(&mut |text| terminal.note(text))?;
    Cache::delete(&cache_folder(&site, args.cache_dir.as_deref()))?;
    terminal.say(&format!(
        "Deleted {} of {}",
        plural(files, "file"),
        shown::folder(output.path())
    ));
    Ok(Exit::Fine)
}
