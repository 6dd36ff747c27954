//! One diagnostic: what is wrong, where, and what to do about it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::code::Code;
use crate::path::SourcePath;
use crate::source::{NotText, Span};

/// How grave a diagnostic is: an error stops the build before anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
}

/// Where something was found: a file of the site, and bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub path: SourcePath,
    pub span: SpanKey,
}

/// A span that can be ordered and hashed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SpanKey {
    pub start: usize,
    pub end: usize,
}

impl PartialEq<Span> for SpanKey {
    fn eq(&self, other: &Span) -> bool {
        self.start == other.start && self.end == other.end
    }
}

/// A mistake or an omission of the author, with its place and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    pub place: Option<Place>,
    pub severity: Severity,
    pub code: Code,
    pub message: String,
    /// What to do next, a sentence each.
    pub help: Vec<String>,
    /// Other places that matter ("the other owner is here").
    pub related: Vec<(String, Place)>,
    /// Set when others have the same cause: of all these, one is reported.
    pub shared: Option<Box<Shared>>,
}

/// One cause of many diagnostics: the first of them is reported, with their number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Shared {
    /// Equal for one cause.
    pub cause: String,
    /// What they are: "figures".
    pub counted: String,
    /// What the message says of them, behind their number: "have no source".
    pub said: String,
    /// Where the cause is.
    pub scope: Scope,
    /// How many stand behind this one.
    pub count: usize,
}

/// Where the cause of diagnostics is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// In each file by itself.
    File,
    /// In one place, whose followers stand in many files.
    Site,
    /// The same for what stands on pages, not in files.
    Pages,
}

impl Diagnostic {
    /// Makes an error with no place yet.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            place: None,
            severity: Severity::Error,
            code,
            message: message.into(),
            help: vec![],
            related: vec![],
            shared: None,
        }
    }

    /// Makes a warning with no place yet.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message)
        }
    }

    /// Makes an error of a warning.
    pub fn denied(self) -> Self {
        Self {
            severity: Severity::Error,
            ..self
        }
    }

    /// Sets the place. An empty span marks a point.
    pub fn at(mut self, path: &SourcePath, span: Span) -> Self {
        self.place = Some(Place::new(path, span));
        self
    }

    /// Sets the place to a whole file, when no line of it is to blame.
    pub fn at_file(self, path: &SourcePath) -> Self {
        self.at(path, 0..0)
    }

    /// Adds a sentence of help; `None` adds nothing.
    pub fn help(mut self, help: impl HelpText) -> Self {
        self.help.extend(help.into_help());
        self
    }

    /// Notes that others have the same cause: `counted` names what they are, `said` what is true of
    /// them.
    pub fn shared(
        mut self,
        scope: Scope,
        cause: impl Into<String>,
        counted: &str,
        said: impl Into<String>,
    ) -> Self {
        self.shared = Some(Box::new(Shared {
            cause: cause.into(),
            counted: counted.to_owned(),
            said: said.into(),
            scope,
            count: 1,
        }));
        self
    }

    /// Adds another place with a few words on why it matters.
    pub fn related(mut self, words: impl Into<String>, path: &SourcePath, span: Span) -> Self {
        self.related.push((words.into(), Place::new(path, span)));
        self
    }
}

impl Place {
    /// Makes the place of a stretch of a file.
    pub fn new(path: &SourcePath, span: Span) -> Self {
        Self {
            path: path.clone(),
            span: SpanKey {
                start: span.start,
                end: span.end,
            },
        }
    }
}

impl From<NotText> for Diagnostic {
    fn from(fault: NotText) -> Self {
        Self::error(Code::InvalidText, fault.to_string())
            .at(&fault.path, fault.offset..fault.offset)
            .help(fault.help())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// What [`Diagnostic::help`] takes: a text, or a text that may be absent.
pub trait HelpText {
    /// Returns the text, if there is one.
    fn into_help(self) -> Option<String>;
}
impl HelpText for &str {
    fn into_help(self) -> Option<String> {
        Some(self.to_owned())
    }
}
impl HelpText for String {
    fn into_help(self) -> Option<String> {
        Some(self)
    }
}
impl HelpText for Option<String> {
    fn into_help(self) -> Option<String> {
        self
    }
}
