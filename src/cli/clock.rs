//! Time: what a build tells comes in; a progress bar on a terminal, the seconds of the summary, and the table of `--profile`
//! go out.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::report::plural;
use crate::path::OutPath;
use crate::watch::{Stage, Watch};

/// How many pages the table names.
const SLOWEST: usize = 10;
/// A build that is over by then needs no bar.
const PATIENCE: Duration = Duration::from_millis(300);

/// A clock that began when the command did.
pub struct Clock {
    start: Instant,
    shows_bar: bool,
    bar: OnceLock<ProgressBar>,
    times: Mutex<Times>,
}

#[derive(Default)]
struct Times {
    stages: Vec<(Stage, Instant)>,
    /// The slowest pages, and how many were timed.
    pages: BTreeSet<(Duration, String)>,
    count: usize,
    /// How many pictures were drawn, and how long that took on all cores together.
    pictures: (usize, Duration),
}

impl Clock {
    pub fn start(shows_bar: bool) -> Self {
        Self { start: Instant::now(), shows_bar, bar: OnceLock::new(), times: Mutex::default() }
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> String {
        format!("{:.2}", self.start.elapsed().as_secs_f64())
    }

    /// Takes the bar away, for something is to be said.
    pub fn clear(&self) {
        self.bar.get().into_iter().for_each(ProgressBar::finish_and_clear);
    }

    /// How long each stage took, and the slowest pages.
    pub fn table(&self) -> String {
        let times = self.times();
        let ends = times.stages.iter().skip(1).map(|(_, at)| *at).chain([Instant::now()]);
        let mut table = String::from("\n  seconds  stage\n");
        for ((stage, from), to) in times.stages.iter().zip(ends) {
            let _ = writeln!(table, "  {:>7.3}  {}", to.duration_since(*from).as_secs_f64(), words(*stage));
        }
        let (count, time) = times.pictures;
        if count > 0 {
            let _ = writeln!(table, "  {:>7.3}  of it drawing {}, all cores together", time.as_secs_f64(), plural(count, "picture"));
        }
        let _ = write!(table, "\n       ms  the slowest of {} pages", times.count);
        for (time, path) in times.pages.iter().rev() {
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
        if self.shows_bar {
            let style = ProgressStyle::with_template("  {bar:30} {pos} of {len} files, {per_sec}").unwrap_or_else(|_| ProgressStyle::default_bar());
            let _ = self.bar.set(ProgressBar::with_draw_target(Some(outputs as u64), ProgressDrawTarget::hidden()).with_style(style));
        }
    }

    fn made(&self, outputs: usize) {
        let Some(bar) = self.bar.get() else { return };
        bar.inc(outputs as u64);
        if bar.is_hidden() && self.start.elapsed() > PATIENCE {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn picture(&self, draw: &mut dyn FnMut()) {
        let start = Instant::now();
        draw();
        let (count, time) = &mut self.times().pictures;
        (*count, *time) = (*count + 1, *time + start.elapsed());
    }

    fn page(&self, path: &OutPath, make: &mut dyn FnMut()) {
        let start = Instant::now();
        make();
        let time = start.elapsed();
        let mut times = self.times();
        times.count += 1;
        if times.pages.len() < SLOWEST || times.pages.first().is_some_and(|(fastest, _)| *fastest < time) {
            times.pages.insert((time, path.as_str().to_owned()));
            if times.pages.len() > SLOWEST {
                times.pages.pop_first();
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
