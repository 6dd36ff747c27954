//! `serve`: arguments come in, the preview runs, and what it does is said, a line for each edit.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::json;

use super::args::{Content, OutputArgs, ServeArgs};
use super::date::build_date;
use super::exit::{Exit, Failure};
use super::report::{self, Counts, plural};
use super::site::{self, find, open_cache, output_folder};
use super::terminal::Terminal;
use crate::calendar::LeftOut;
use crate::diag::Report;
use crate::disk::How;
use crate::path::SourcePath;
use crate::serve::{Editor, Listen, Rebuilt, Serve, Speaker};
use crate::site::Options;

/// Shows the site while it is edited, until the process is ended.
pub fn serve(args: ServeArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let ServeArgs { site, base_url, no_drafts, port, interface, allow_host, open, poll, editor, cache, format } = args;
    let options = site::options(&Content { base_url, drafts: !no_drafts, future: !no_drafts, format })?;
    let Some(site) = find(&site, terminal)? else { return Ok(Exit::Mistakes) };
    let output = output_folder(&site, &OutputArgs { output_dir: None })?.path().to_owned();
    if !interface.is_loopback() && allow_host.is_empty() {
        let help = "name the host under which others reach this machine, such as --allow-host 192.168.1.20";
        return Err(Failure::usage(format!("a preview at {interface} needs --allow-host"), help));
    }
    if !interface.is_loopback() {
        terminal.note("warning: whoever reaches this machine can read the preview, with drafts and future pages");
    }
    let serve = Serve {
        editor: Editor { root: site.path().to_owned(), pattern: editor },
        cache: Box::new({
            let site = site.clone();
            move || open_cache(&site, &cache)
        }),
        // The day may change while the preview runs.
        options: Box::new(move || Options { build_date: build_date().unwrap_or(options.build_date), ..options.clone() }),
        listen: Listen { interface, port, allow_hosts: allow_host },
        watching: if poll { How::Poll } else { How::Events },
        site,
        output,
        opens: open,
    };
    let voice = Voice(Mutex::new(Said { terminal, reports: vec![], left_out: LeftOut::default() }));
    serve.run(&voice).map_err(|fault| Failure { exit: Exit::Machine, message: fault.message, help: fault.help })?;
    Ok(Exit::Fine)
}

/// Says what the preview does.
struct Voice<'t>(Mutex<Said<'t>>);

struct Said<'t> {
    terminal: &'t mut Terminal,
    /// What was said last of the site.
    reports: Vec<Report>,
    left_out: LeftOut,
}

impl<'t> Voice<'t> {
    fn said(&self) -> MutexGuard<'_, Said<'t>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Speaker for Voice<'_> {
    fn serving(&self, address: &str) {
        let mut said = self.said();
        said.terminal.say(&format!("Look at {address}\nEvery edit shows there at once; Ctrl-C ends the preview"));
        said.terminal.end(&json!({ "type": "serving", "address": address }));
    }

    fn rebuilt(&self, Rebuilt { changed, pages, left_out, took }: &Rebuilt) {
        let mut said = self.said();
        let milliseconds = took.as_millis();
        let pages_in_words = pages.map(|pages| format!("{}, ", plural(pages, "page"))).unwrap_or_default();
        let news = left_out.clone().filter(|left_out| *left_out != said.left_out);
        let left_out_in_words = news.as_ref().map(report::left_out).unwrap_or_default();
        said.terminal.say(&format!("{}: {pages_in_words}{milliseconds} ms{left_out_in_words}", files(changed)));
        let left_out = left_out.as_ref().map(report::left_out_json);
        said.terminal.end(&json!({ "type": "rebuilt", "changed": changed, "pages": pages, "left_out": left_out, "milliseconds": milliseconds }));
        said.left_out = news.unwrap_or_else(|| said.left_out.clone());
    }

    fn reports(&self, reports: &[Report]) {
        let mut said = self.said();
        let counts = Counts::of(reports);
        if said.reports != reports {
            said.terminal.show(reports);
            match counts.in_words() {
                Some(_) => said.terminal.sum_up(&counts, ""),
                None => said.terminal.say("No mistakes any more"),
            }
            said.reports = reports.to_vec();
        } else if counts.errors > 0 {
            said.terminal.sum_up(&counts, ", as before");
        }
    }

    fn note(&self, text: &str) {
        self.said().terminal.note(text);
    }
}

/// What changed, in a few words.
fn files(changed: &[SourcePath]) -> String {
    match changed {
        [] => "A new day".to_owned(),
        [one] => one.to_string(),
        [first, others @ ..] => format!("{first} and {}", plural(others.len(), "other file")),
    }
}
