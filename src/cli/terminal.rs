//! Standard output and standard error: what commands have to say comes in, in the format that was asked for.
//! Colours are written always; `anstream` takes them out where no terminal is, or where NO_COLOR or CLICOLOR say so.

use std::io::{self, IsTerminal, Write};

use serde_json::json;

use super::args::Format;
use super::exit::{Exit, Failure};
use super::report;
use crate::diag::Report;

/// Where a command speaks. Results go to standard output, mistakes to standard error; JSON all goes to standard output.
pub struct Terminal {
    format: Format,
    quiet: bool,
}

impl Terminal {
    pub fn new(format: Format, quiet: bool) -> Self {
        Self { format, quiet }
    }

    /// Whether somebody watches who may see a bar move.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && self.format == Format::Human && io::stderr().is_terminal()
    }

    /// Prints what was asked for: a schema, a script.
    pub fn print(&mut self, text: &str) {
        write(anstream::stdout().lock(), text);
    }

    /// Says what was done, unless nobody wants to know.
    pub fn say(&mut self, text: &str) {
        if !self.quiet && self.format != Format::Json {
            write(anstream::stdout().lock(), &format!("{text}\n"));
        }
    }

    /// Says on standard error what somebody may want to know, and no program does.
    pub fn note(&mut self, text: &str) {
        if !self.quiet && self.format != Format::Json {
            write(anstream::stderr().lock(), &format!("{text}\n"));
        }
    }

    /// Shows all diagnostics.
    pub fn show(&mut self, reports: &[Report]) {
        let text = reports.iter().map(|it| report::show(it, self.format)).collect::<String>();
        match self.format {
            Format::Human | Format::Short => write(anstream::stderr().lock(), &text),
            Format::Json => write(anstream::stdout().lock(), &text),
        }
    }

    /// Says how many mistakes there are and what became of the site. Nothing when there are none.
    pub fn sum_up(&mut self, counts: &report::Counts, rest: &str) {
        if let (Some(counts), Format::Human | Format::Short) = (counts.in_words(), self.format) {
            write(anstream::stderr().lock(), &format!("{counts}{rest}\n"));
        }
    }

    /// Ends the output when programs read it.
    pub fn end(&mut self, summary: &serde_json::Value) {
        if self.format == Format::Json {
            write(anstream::stdout().lock(), &format!("{summary}\n"));
        }
    }

    /// Says why the command stops.
    pub fn fail(&mut self, failure: &Failure) -> Exit {
        let Failure { exit, message, help } = failure;
        let help: Vec<&str> = help.iter().map(String::as_str).collect();
        match self.format {
            Format::Human => write(anstream::stderr().lock(), &report::failure(message, &help)),
            Format::Short => write(anstream::stderr().lock(), &format!("error: {}\n", report::one_line(message))),
            Format::Json => self.end(&json!({ "type": "failure", "exit": *exit as u8, "message": message, "help": help })),
        }
        *exit
    }

    /// Says that we made a mistake.
    pub fn admit(&mut self, text: &str) -> Exit {
        write(anstream::stderr().lock(), text);
        Exit::Bug
    }
}

/// A reader that went away (`rungs schema role | head`) has all it wanted, and there is nobody to tell of other faults.
fn write(mut to: impl Write, text: &str) {
    let _: io::Result<()> = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
