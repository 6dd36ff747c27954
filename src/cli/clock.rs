//! Time: the events of a build come in; a progress bar, the seconds of the summary and the table of
//! `--profile` go out.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::report::plural;
use crate::path::OutPath;
use crate::watch::{Stage, Watch};

/// How many of the slowest pages the table lists.
const SLOWEST: usize = 10;
/// A build that takes no longer than this needs no bar.
const BAR_AFTER: Duration = Duration::from_millis(300);

/// Whether a progress bar is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Bar,
    Hidden,
}

/// A clock that began when the command did.
pub struct Clock {
    start: Instant,
    progress: Progress,
    bar: OnceLock<ProgressBar>,
    times: Mutex<Times>,
}

#[derive(Default)]
struct Times {
    stages: Vec<(Stage, Instant)>,
    slowest: BTreeSet<PageTime>,
    /// How many pages were timed.
    pages: usize,
    /// How many pages keep their markup.
    kept: usize,
    /// How many pictures were drawn.
    pictures: usize,
    /// How long drawing took on all cores together.
    drawing: Duration,
}

/// How long a page took. The order is by time.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct PageTime {
    time: Duration,
    path: String,
}

impl Clock {
    /// Starts the clock.
    pub fn start(progress: Progress) -> Self {
        Self {
            start: Instant::now(),
            progress,
            bar: OnceLock::new(),
            times: Mutex::default(),
        }
    }

    /// Returns the seconds since the start.
    pub fn seconds(&self) -> String {
        format!("{:.2}", self.start.elapsed().as_secs_f64())
    }

    /// Removes the bar, before other text is printed.
    pub fn clear(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }

    /// Returns the table of how long each stage took, and of the slowest pages.
    pub fn table(&self) -> String {
        let times = self.times();
        let ends = times
            .stages
            .iter()
            .skip(1)
            .map(|(_, at)| *at)
            .chain([Instant::now()]);
        let mut table = String::from("\n  seconds  stage\n");
        for ((stage, from), to) in times.stages.iter().zip(ends) {
            let _ = writeln!(
                table,
                "  {:>7.3}  {}",
                to.duration_since(*from).as_secs_f64(),
                words(*stage)
            );
        }
        if times.pictures > 0 {
            let _ = writeln!(
                table,
                "  {:>7.3}  of that, drawing {} (the sum of all cores)",
                times.drawing.as_secs_f64(),
                plural(times.pictures, "picture")
            );
        }
        if times.kept > 0 {
            let _ = writeln!(
                table,
                "\n  {} kept as `minify = true` makes {}: shorter markup would change what a reader sees",
                plural(times.kept, "page"),
                if times.kept == 1 { "it" } else { "them" }
            );
        }
        let _ = write!(table, "\n       ms  the slowest of {} pages", times.pages);
        for PageTime { time, path } in times.slowest.iter().rev() {
            let _ = write!(table, "\n  {:>7.2}  {path}", time.as_secs_f64() * 1000.0);
        }
        table
    }

    fn times(&self) -> MutexGuard<'_, Times> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watch for Clock {
    fn stage(&self, stage: Stage) {
        self.times().stages.push((stage, Instant::now()));
    }

    fn total(&self, outputs: usize) {
        if self.progress == Progress::Bar {
            let style = ProgressStyle::with_template("  {bar:30} {pos} of {len} files, {per_sec}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            let _ = self.bar.set(
                ProgressBar::with_draw_target(Some(outputs as u64), ProgressDrawTarget::hidden())
                    .with_style(style),
            );
        }
    }

    fn made(&self, outputs: usize) {
        let Some(bar) = self.bar.get() else { return };
        bar.inc(outputs as u64);
        if bar.is_hidden() && self.start.elapsed() > BAR_AFTER {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn kept(&self) {
        self.times().kept += 1;
    }

    fn picture(&self, draw: &mut dyn FnMut()) {
        let start = Instant::now();
        draw();
        let mut times = self.times();
        times.pictures += 1;
        times.drawing += start.elapsed();
    }

    fn page(&self, path: &OutPath, make: &mut dyn FnMut()) {
        let start = Instant::now();
        make();
        let time = start.elapsed();
        let mut times = self.times();
        times.pages += 1;
        let is_slow = |fastest: &PageTime| fastest.time < time;
        if times.slowest.len() < SLOWEST || times.slowest.first().is_some_and(is_slow) {
            let path = path.as_str().to_owned();
            times.slowest.insert(PageTime { time, path });
            if times.slowest.len() > SLOWEST {
                times.slowest.pop_first();
            }
        }
    }
}

fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "read: names and digests of all files",
        Stage::Parse => "parse: articles, records, templates",
        Stage::Plan => "plan: pages and their addresses",
        Stage::Search => "search: the index of all pages",
        Stage::Render => "render and write",
        Stage::Check => "check: links across pages",
        Stage::Publish => "publish: exchange of the old site for the new one",
    }
}
