//! The collector of diagnostics that every stage adds to.

use serde::{Deserialize, Serialize};

use super::code::Code;
use super::diagnostic::{Diagnostic, Severity};
use crate::path::SourcePath;

/// Diagnostics in the order in which they were found. Every stage adds to them, none removes any.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Diagnostic>", into = "Vec<Diagnostic>")]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
    /// How many of them are errors: asked before every file that is written.
    errors: usize,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.severity == Severity::Error);
        self.all.push(diagnostic);
    }

    /// Adds many.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        more.into_iter()
            .for_each(|diagnostic| self.push(diagnostic));
    }

    /// Returns the value, or adds the diagnostic and returns `None`.
    pub fn take<T>(&mut self, result: Result<T, impl Into<Diagnostic>>) -> Option<T> {
        result.map_err(|fault| self.push(fault.into())).ok()
    }

    /// Calls back with each, so that its words can be mended when more is known.
    pub fn each(&mut self, mend: impl FnMut(&mut Diagnostic)) {
        self.all.iter_mut().for_each(mend);
    }

    /// Returns true if any of them is an error, which stops the build.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Returns how many errors there are so far.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Returns the files that have errors.
    pub fn paths_with_errors(&self) -> impl Iterator<Item = &SourcePath> {
        let errors = self
            .all
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error);
        errors.filter_map(|diagnostic| diagnostic.place.as_ref().map(|place| &place.path))
    }

    /// Returns all of them, sorted by place, each once.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.all.sort();
        self.all.dedup();
        self.all
    }

    /// Returns true if any of them has this code.
    pub fn has(&self, code: Code) -> bool {
        self.all.iter().any(|diagnostic| diagnostic.code == code)
    }

    /// Returns how many there are so far.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Returns true if there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl From<Vec<Diagnostic>> for Diagnostics {
    fn from(all: Vec<Diagnostic>) -> Self {
        let mut diagnostics = Self::default();
        diagnostics.extend(all);
        diagnostics
    }
}

impl From<Diagnostics> for Vec<Diagnostic> {
    fn from(diagnostics: Diagnostics) -> Self {
        diagnostics.all
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}
