//! The command line, and the only code that prints: arguments come in, a command runs, an exit code
//! goes out.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this folder asks the clock and the environment, so that the core does not, and writes the files of `new`, `add` and `theme eject`"
)]

mod add;
mod against;
mod args;
mod build;
mod changes;
mod clock;
mod date;
mod exit;
mod explain;
mod github;
mod import;
mod man;
mod new;
mod panics;
mod report;
mod sarif;
mod schema;
mod serve;
mod shown;
mod site;
mod terminal;
mod theme;
mod verify;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::render::STACK_SIZE;
use args::{Args, Command, Format, ThemeCommand};
use exit::{Exit, Failure};
use terminal::Terminal;

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are such an error too, with exit code 0. If nobody reads the output,
            // there is nobody to tell.
            let _ = error.print();
            return if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Fine
            }
            .into();
        }
    };
    panics::remember();
    let mut terminal = Terminal::new(args.command.format(), args.command.verbosity());
    let exit = match panic::catch_unwind(AssertUnwindSafe(|| {
        run_on_threads(args.command, &mut terminal)
    })) {
        Ok(exit) => exit.unwrap_or_else(|failure| terminal.fail(&failure)),
        Err(payload) => terminal.report_bug(&panics::explain(&*payload)),
    };
    terminal.finish(exit);
    exit.into()
}

fn run_on_threads(command: Command, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let threads = rayon::ThreadPoolBuilder::new()
        .stack_size(STACK_SIZE)
        .build_global();
    threads.map_err(|error| Failure::machine(format!("cannot start threads: {error}")))?;
    // The thread that waits for edits must not be one of those that work.
    match command {
        Command::Serve(_) => run(command, terminal),
        _ => rayon::scope(|_| run(command, terminal)),
    }
}

fn run(command: Command, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let has_one_end = matches!(command, Command::Build(_) | Command::Check(_));
    if command.format() == Format::Sarif && !has_one_end {
        return Err(Failure::usage(
            "only `rungs build` and `rungs check` write SARIF",
            "use --format json here",
        ));
    }
    match command {
        Command::Build(args) => build::build(&args, terminal),
        Command::Serve(args) => serve::serve(args, terminal),
        Command::Check(args) => build::check(&args, terminal),
        Command::Explain(args) => explain::explain(&args, terminal),
        Command::Clean(args) => build::clean(&args, terminal),
        Command::New(args) => new::new(&args, terminal),
        Command::Add(args) => add::add(&args, terminal),
        Command::Import(command) => import::import(&command, terminal),
        Command::Theme(ThemeCommand::Eject(args)) => theme::eject(&args, terminal),
        Command::Schema(args) => schema::schema(&args, terminal),
        Command::Completions(args) => {
            let mut script = vec![];
            clap_complete::generate(args.shell, &mut Args::command(), "rungs", &mut script);
            terminal.print(&String::from_utf8_lossy(&script));
            Ok(Exit::Fine)
        }
        Command::Man(args) => man::man(&args),
    }
}
