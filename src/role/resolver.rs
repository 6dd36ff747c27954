//! What all parts of working out a role share: what the role is made from, where its diagnostics go,
//! and the checks of names and ids.

use std::collections::BTreeMap;

use super::Ladder;
use super::claim::FigureReader;
use super::context::RoleContext;
use super::read::WrittenRole;
use crate::config::{duplicate, id_or_slug, of_names};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics, HelpText};
use crate::path::SourcePath;
use crate::source::Span;
use crate::suggest;

/// The ids of a list that was read so far.
pub(super) type Seen = BTreeMap<Id, FirstUse>;

/// The row that has an id first.
pub(super) struct FirstUse {
    span: Span,
    /// The name that the id was made of, if the row gives none.
    name: Option<String>,
}

/// One role while it is worked out.
pub(super) struct Resolver<'r> {
    pub context: &'r RoleContext<'r>,
    pub written: &'r WrittenRole,
    pub reader: FigureReader<'r>,
    pub diagnostics: &'r mut Diagnostics,
}

impl Resolver<'_> {
    /// Says that something in the record is wrong.
    pub(super) fn fault(
        &mut self,
        code: Code,
        span: &Span,
        message: impl Into<String>,
        help: impl HelpText,
    ) {
        self.diagnostics.push(
            Diagnostic::error(code, message)
                .at(&self.written.path, span.clone())
                .help(help),
        );
    }

    /// Says that there is no `what` of this name, with the nearest known one.
    pub(super) fn unknown<'k>(
        &mut self,
        what: &str,
        id: &At<Id>,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        self.unknown_in(&self.written.path, what, id, known);
    }

    /// Does the same for an id in another file than the record.
    pub(super) fn unknown_in<'k>(
        &mut self,
        path: &SourcePath,
        what: &str,
        id: &At<Id>,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        let help = suggest::help(id.as_str(), known);
        let message = format!("there is no {what} `{}`", id.value);
        let fault = Diagnostic::error(Code::UnknownId, message).at(path, id.span.clone());
        self.diagnostics.push(fault.help(help));
    }

    /// Checks that a level that a row names is on the ladder.
    pub(super) fn check_level(&mut self, level: Option<&At<Id>>, ladder: &Ladder) {
        let level = level
            .filter(|level| ladder.level(level.as_str()).is_none() && !self.written.lost_levels());
        if let Some(level) = level {
            self.unknown(
                "level",
                level,
                ladder
                    .levels()
                    .map(|level| level.id.as_str())
                    .collect::<Vec<_>>(),
            );
        }
    }

    /// Returns a row's id, unless an earlier row of the list has it.
    pub(super) fn new_id(
        &mut self,
        seen: &mut Seen,
        id: Option<&At<Id>>,
        name: &At<String>,
        span: &Span,
    ) -> Option<Id> {
        self.new_id_in(&self.written.path, seen, id, name, span)
    }

    /// Does the same for a row of another file than the record.
    pub(super) fn new_id_in(
        &mut self,
        path: &SourcePath,
        seen: &mut Seen,
        id: Option<&At<Id>>,
        name: &At<String>,
        span: &Span,
    ) -> Option<Id> {
        let row = NamedRow { id, name, span };
        new_id(row, path, seen, self.diagnostics)
    }
}

/// A row that gives itself an id, or is named.
pub(super) struct NamedRow<'r> {
    pub id: Option<&'r At<Id>>,
    pub name: &'r At<String>,
    pub span: &'r Span,
}

/// Returns the id of a row of a file, unless an earlier row of the list has it.
pub(super) fn new_id(
    NamedRow { id, name, span }: NamedRow<'_>,
    path: &SourcePath,
    seen: &mut Seen,
    diagnostics: &mut Diagnostics,
) -> Option<Id> {
    let found = id_or_slug(id, name, path, diagnostics)?;
    let named = id.is_none().then(|| name.value.clone());
    if let Some(first) = seen.get(&found) {
        let fault = duplicate(&found, path, span, path, &first.span);
        let fault = of_names(fault, &found, named.as_deref(), first.name.as_deref());
        diagnostics.push(fault);
        return None;
    }
    let first = FirstUse {
        span: span.clone(),
        name: named,
    };
    seen.insert(found.clone(), first);
    Some(found)
}
