//! Standard output and standard error: messages of commands come in, and are printed in the format
//! that was asked for. Colours are always written; `anstream` removes them where there is no
//! terminal, or where NO_COLOR or CLICOLOR say so.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{Format, Verbosity};
use super::clock::Progress;
use super::exit::{Exit, Failure};
use super::shown::SitePaths;
use super::{github, report, sarif};
use crate::diag::Report;

/// Where a command prints. Results go to standard output, diagnostics to standard error; all JSON
/// and all annotations go to standard output.
pub struct Terminal {
    format: Format,
    verbosity: Verbosity,
    paths: SitePaths,
    log: sarif::Log,
}

impl Terminal {
    pub fn new(format: Format, verbosity: Verbosity) -> Self {
        Self {
            format,
            verbosity,
            paths: SitePaths::default(),
            log: sarif::Log::default(),
        }
    }

    /// Names the files of a site in messages from now on. Annotations count from the top of the
    /// repository, which need not be the folder that a step of a workflow runs in.
    pub fn set_site(&mut self, site: &Path) {
        let top = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
        let top = top.filter(|_| self.format == Format::Github);
        self.paths = SitePaths::of(site, top.as_deref());
    }

    /// Returns whether to show a progress bar: a person must be able to see it.
    pub fn progress(&self) -> Progress {
        let is_wanted = self.verbosity == Verbosity::Normal && self.format == Format::Human;
        if is_wanted && io::stderr().is_terminal() {
            Progress::Bar
        } else {
            Progress::Hidden
        }
    }

    fn is_silent(&self) -> bool {
        self.verbosity == Verbosity::Quiet || matches!(self.format, Format::Json | Format::Sarif)
    }

    /// Prints the result that a command was asked for: a schema, a script.
    pub fn print(&mut self, text: &str) {
        write(anstream::stdout().lock(), text);
    }

    /// Says what was done, unless only errors and warnings are wanted.
    pub fn say(&mut self, text: &str) {
        if !self.is_silent() {
            write(anstream::stdout().lock(), &format!("{text}\n"));
        }
    }

    /// Says on standard error what a person may want to know, and no program does.
    pub fn note(&mut self, text: &str) {
        if !self.is_silent() {
            write(anstream::stderr().lock(), &format!("{text}\n"));
        }
    }

    /// Shows all diagnostics.
    pub fn show(&mut self, reports: &[Report]) {
        let text = reports
            .iter()
            .map(|it| report::show(it, self.format, &self.paths))
            .collect::<String>();
        match self.format {
            Format::Human | Format::Short => write(anstream::stderr().lock(), &text),
            Format::Json | Format::Github => write(anstream::stdout().lock(), &text),
            Format::Sarif => {
                for report in reports {
                    self.log.add(report, &self.paths);
                }
            }
        }
    }

    /// Says how many errors and warnings there are, and then `rest`. Says nothing if there are
    /// none.
    pub fn sum_up(&mut self, counts: &report::Counts, rest: &str) {
        if let (Some(counts), Format::Human | Format::Short | Format::Github) =
            (counts.in_words(), self.format)
        {
            write(anstream::stderr().lock(), &format!("{counts}{rest}\n"));
        }
    }

    /// Prints an object, if the output is JSON.
    pub fn end(&mut self, summary: &serde_json::Value) {
        if self.format == Format::Json {
            write(anstream::stdout().lock(), &format!("{summary}\n"));
        }
    }

    /// Says why the command stops.
    pub fn fail(&mut self, failure: &Failure) -> Exit {
        let Failure {
            exit,
            message,
            help,
        } = failure;
        let help: Vec<&str> = help.iter().map(String::as_str).collect();
        match self.format {
            Format::Human => write(anstream::stderr().lock(), &report::failure(message, &help)),
            Format::Short => write(anstream::stderr().lock(), &format!("error: {}\n", report::one_line(message))),
            Format::Github => write(anstream::stdout().lock(), &format!("{}\n", github::failure(message, &help))),
            Format::Sarif => self.log.add_failure(message, &help),
            Format::Json => self.end(&json!({ "type": "failure", "exit": *exit as u8, "message": message, "help": help })),
        }
        *exit
    }

    /// Prints what is printed once, when the command has ended.
    pub fn finish(&mut self, exit: Exit) {
        if self.format == Format::Sarif {
            let document = self.log.document(exit);
            write(anstream::stdout().lock(), &format!("{document:#}\n"));
        }
    }

    /// Says that Rungs has a bug.
    pub fn report_bug(&mut self, text: &str) -> Exit {
        write(anstream::stderr().lock(), text);
        Exit::Bug
    }
}

/// Prints a text. An error is ignored: a reader that went away (`rungs schema role | head`) has all
/// it wanted, and for any other error there is nobody to tell.
fn write(mut to: impl Write, text: &str) {
    let _: io::Result<()> = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
