//! `rungs serve`: arguments come in; the preview runs, and prints a line for each edit.

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
use crate::disk::Method;
use crate::path::SourcePath;
use crate::serve::{Editor, Listen, Rebuilt, Reporter, Serve};
use crate::site::Options;

/// Shows the site while it is edited, until the process is ended.
pub fn serve(args: ServeArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let options = site::options(&Content {
        base_url: args.base_url,
        drafts: !args.no_drafts,
        future: !args.no_drafts,
        format: args.format,
    })?;
    let Some(site) = find(&args.site, terminal)? else {
        return Ok(Exit::Mistakes);
    };
    let output = output_folder(&site, &OutputArgs { output_dir: None })?;
    let listen = Listen {
        interface: args.interface,
        port: args.port,
        allow_hosts: args.allow_host,
    };
    if !listen.interface.is_loopback() {
        refuse_unnamed(&listen)?;
        terminal.note("warning: anyone who can reach this machine can read the preview, with drafts and future content");
    }
    let serve = Serve {
        output: output.path().to_owned(),
        options: on_current_day(options),
        cache: Box::new({
            let (site, cache) = (site.clone(), args.cache);
            move || open_cache(&site, &cache)
        }),
        editor: Editor {
            root: site.path().to_owned(),
            pattern: args.editor,
        },
        site,
        listen,
        method: if args.poll {
            Method::Poll
        } else {
            Method::Events
        },
        opens_browser: args.open,
    };
    serve.run(&TerminalReporter(Mutex::new(State {
        terminal,
        reports: vec![],
        left_out: LeftOut::default(),
    })))?;
    Ok(Exit::Fine)
}

/// Returns the options of a build on the current day, which may change while the preview runs.
fn on_current_day(options: Options) -> Box<dyn Fn() -> Options + Send + Sync> {
    Box::new(move || Options {
        build_date: build_date().unwrap_or(options.build_date),
        ..options.clone()
    })
}

/// Refuses a preview that other machines can reach and cannot name.
fn refuse_unnamed(listen: &Listen) -> Result<(), Failure> {
    if !listen.allow_hosts.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(
        format!("a preview at {} needs --allow-host", listen.interface),
        "give the name or address that others type to reach this machine, such as --allow-host 192.168.1.20",
    ))
}

/// Says what the preview does.
struct TerminalReporter<'t>(Mutex<State<'t>>);

struct State<'t> {
    terminal: &'t mut Terminal,
    /// The diagnostics that were shown last.
    reports: Vec<Report>,
    /// What was last said to be left out.
    left_out: LeftOut,
}

impl<'t> TerminalReporter<'t> {
    fn state(&self) -> MutexGuard<'_, State<'t>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reporter for TerminalReporter<'_> {
    fn serving(&self, address: &str) {
        let mut state = self.state();
        state.terminal.say(&format!(
            "Look at {address}\nEvery edit shows there at once. Press Ctrl-C to end the preview"
        ));
        state
            .terminal
            .end(&json!({ "type": "serving", "address": address }));
    }

    fn rebuilt(
        &self,
        Rebuilt {
            changed,
            pages,
            left_out,
            took,
        }: &Rebuilt,
    ) {
        let mut state = self.state();
        let milliseconds = took.as_millis();
        let pages_in_words = pages
            .map(|pages| format!("{}, ", plural(pages, "page")))
            .unwrap_or_default();
        let news = left_out
            .clone()
            .filter(|left_out| *left_out != state.left_out);
        let left_out_in_words = news.as_ref().map(report::left_out).unwrap_or_default();
        state.terminal.say(&format!(
            "{}: {pages_in_words}{milliseconds} ms{left_out_in_words}",
            files(changed)
        ));
        let left_out = left_out.as_ref().map(report::left_out_json);
        state.terminal.end(&json!({ "type": "rebuilt", "changed": changed, "pages": pages, "left_out": left_out, "milliseconds": milliseconds }));
        state.left_out = news.unwrap_or_else(|| state.left_out.clone());
    }

    fn reports(&self, reports: &[Report]) {
        let mut state = self.state();
        let counts = Counts::of(reports);
        if state.reports != reports {
            state.terminal.show(reports);
            match counts.in_words() {
                Some(_) => state.terminal.sum_up(&counts, ""),
                None => state.terminal.say("All mistakes are corrected"),
            }
            state.reports = reports.to_vec();
        } else if counts.errors > 0 {
            state.terminal.sum_up(&counts, ", as before");
        }
    }

    fn note(&self, text: &str) {
        self.state().terminal.note(text);
    }
}

/// Returns what changed, in a few words.
fn files(changed: &[SourcePath]) -> String {
    match changed {
        [] => "A new day".to_owned(),
        [one] => one.to_string(),
        [first, others @ ..] => format!("{first} and {}", plural(others.len(), "other file")),
    }
}
