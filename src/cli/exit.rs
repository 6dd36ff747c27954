//! How a command ends: the exit codes, all in one place, and what stops a command before it is done.

use std::process::ExitCode;

use crate::disk::{Reason, Refusal};

/// The exit codes. They are documented and stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done; there may be warnings.
    Fine = 0,
    /// The site has mistakes.
    Mistakes = 1,
    /// The command was called in a wrong way.
    Usage = 2,
    /// The machine did not do as it was asked.
    Machine = 3,
    /// Rungs has a bug: what Rust makes of a panic.
    Bug = 101,
}

/// The exit codes for `--help`.
pub const EXIT_CODES: &str = "Exit codes: 0 fine (there may be warnings), 1 mistakes in the site, 2 wrong usage, 3 a fault of the machine, 101 a bug in Rungs";

/// What stops a command, when it is no diagnostic of the site.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    pub message: String,
    pub help: Option<String>,
}

impl Failure {
    /// The command was called in a wrong way.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), help: Some(help.into()) }
    }

    /// What the command was asked to do cannot be done with this site.
    pub fn mistake(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { exit: Exit::Mistakes, ..Self::usage(message, help) }
    }

    /// The machine did not do as it was asked.
    pub fn machine(message: impl Into<String>) -> Self {
        Self { exit: Exit::Machine, message: message.into(), help: None }
    }
}

impl From<Refusal> for Failure {
    fn from(Refusal { reason, message, help }: Refusal) -> Self {
        let exit = match reason {
            Reason::Place => Exit::Usage,
            Reason::NotOurs => Exit::Mistakes,
            Reason::Machine => Exit::Machine,
        };
        Self { exit, message, help }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
