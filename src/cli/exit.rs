//! How a command ends: all exit codes, and the error that stops a command before it is done.

use std::process::ExitCode;

use crate::disk::{DiskError, Reason, Refusal};
use crate::serve::ServerError;

/// The exit codes. They are documented and stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The command is done; there may be warnings.
    Fine = 0,
    /// The site has mistakes.
    Mistakes = 1,
    /// The command was called in a wrong way.
    Usage = 2,
    /// The system refused an operation.
    Machine = 3,
    /// Rungs has a bug. Rust ends a process that panics with the same code.
    Bug = 101,
}

/// The exit codes for `--help`.
pub const EXIT_CODES: &str = "Exit codes: 0 success (there may be warnings), 1 mistakes in the site, 2 wrong usage, 3 the system refused something, such as writing to a full disk, 101 a bug in Rungs";

/// An error that stops a command and is not a diagnostic of the site.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    pub message: String,
    pub help: Option<String>,
}

impl Failure {
    /// Returns the error for a command that was called in a wrong way.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
            help: Some(help.into()),
        }
    }

    /// Returns the error for what cannot be done with this site.
    pub fn mistake(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            exit: Exit::Mistakes,
            ..Self::usage(message, help)
        }
    }

    /// Returns the error for an operation that the system refused.
    pub fn machine(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Machine,
            message: message.into(),
            help: None,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(
        Refusal {
            reason,
            message,
            help,
        }: Refusal,
    ) -> Self {
        let exit = match reason {
            Reason::Place => Exit::Usage,
            Reason::NotOurs => Exit::Mistakes,
            Reason::Machine => Exit::Machine,
        };
        Self {
            exit,
            message,
            help,
        }
    }
}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Self {
        Self::machine(error.to_string())
    }
}

impl From<ServerError> for Failure {
    fn from(error: ServerError) -> Self {
        Self {
            exit: Exit::Machine,
            message: error.to_string(),
            help: error.help().map(str::to_owned),
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
