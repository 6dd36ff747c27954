//! Where figures are from: what a row says and what it inherits come in, a `Claim` goes out, with a
//! warning when it has no source or is too old.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::ahead::ahead;
use super::context::RoleChecks;
use super::{Claim, DeclaredRole, RoleContext};
use crate::calendar::is_ahead;
use crate::config::{Config, FigureDefaults, SourceKind, Strictness};
use crate::data::{AsOf, At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics, Scope};
use crate::path::SourcePath;
use crate::source::Span;

/// Reads the figures of one file: what they inherit, and what they are checked against.
pub(super) struct FigureReader<'a> {
    pub context: &'a RoleContext<'a>,
    /// The role's own `[figures]`.
    pub figures: &'a FigureDefaults,
    pub path: &'a SourcePath,
}

/// What a row says of its own origin.
pub(super) struct Origin<'a> {
    pub source: Option<&'a At<Id>>,
    pub as_of: Option<AsOf>,
    pub span: &'a Span,
}

/// Says that what figures inherit is of a day that lies ahead: in `[figures]` of the site and of
/// roles, and in sources.
pub fn check_inherited_dates(
    config: &Config,
    roles: &[Arc<DeclaredRole>],
    build_date: Date,
    diagnostics: &mut Diagnostics,
) {
    let placed = |as_of: &At<AsOf>| (as_of.value, as_of.span.clone());
    let of_site = config.site.figures.as_of.as_ref();
    let of_site = of_site.map(|as_of| (SourcePath::known("site.toml"), placed(as_of)));
    let of_roles = roles.iter().filter_map(|role| {
        let as_of = role.declared.as_of.as_ref()?;
        Some((role.files.record.path.clone(), placed(as_of)))
    });
    let of_sources = config.sources.values().filter_map(|source| {
        Some((
            source.path.clone(),
            (source.row.as_of?, source.span.clone()),
        ))
    });
    for (path, (as_of, span)) in of_site.into_iter().chain(of_roles).chain(of_sources) {
        if is_ahead(as_of.first_day(), build_date) {
            diagnostics.push(ahead("as_of", as_of, build_date).at(&path, span));
        }
    }
}

impl<'a> FigureReader<'a> {
    /// Returns a reader of another file, such as one beside the record.
    pub(super) fn in_file<'b>(&'b self, path: &'b SourcePath) -> FigureReader<'b> {
        FigureReader { path, ..*self }
    }

    pub(super) fn fault(&self, code: Code, span: &Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, message).at(self.path, span.clone())
    }

    /// Returns the area of a figure: its own, its role's, or the site's.
    pub(super) fn area(&self, own: Option<&At<Id>>, diagnostics: &mut Diagnostics) -> Option<Id> {
        if let Some(area) = own {
            self.context.lists.check_area(area, self.path, diagnostics);
            return Some(area.value.clone());
        }
        let of_site = &self.context.settings.figures;
        self.figures.area.clone().or_else(|| of_site.area.clone())
    }

    /// Returns where a figure is from. A row with a source of its own takes its date from itself or from
    /// the source, never from `[figures]`: that date belongs to another source.
    pub(super) fn claim(&self, origin: &Origin<'_>, diagnostics: &mut Diagnostics) -> Claim {
        if let Some(source) = origin.source {
            self.context
                .lists
                .check_source(source, self.path, diagnostics);
        }
        self.check_as_of(origin.as_of, origin.span, diagnostics);
        let inherited = [self.figures, &self.context.settings.figures];
        let inherited = inherited
            .into_iter()
            .find_map(|figures| Some((figures.source.as_ref()?, figures.as_of)));
        let (source, inherited_as_of) = match (origin.source, inherited) {
            (Some(own), _) => (Some(&own.value), None),
            (None, Some((source, as_of))) => (Some(source), as_of),
            (None, None) => (None, None),
        };
        let declared = source.and_then(|id| self.context.lists.sources.get(id));
        let as_of = source.and_then(|_| {
            origin
                .as_of
                .or(inherited_as_of)
                .or(declared.and_then(|source| source.as_of))
        });
        let claim = Claim {
            source: source.cloned(),
            as_of,
            path: self.path.clone(),
            span: origin.span.clone(),
        };
        // A source that does not exist was said already, here or where it is inherited from.
        let is_own = declared.is_some_and(|source| source.kind == Some(SourceKind::Own));
        if source.is_none() || declared.is_some() && !is_own {
            self.check_claim(&claim, diagnostics);
        }
        claim
    }

    /// Says that a figure is of a day, a month or a year that lies ahead.
    pub(super) fn check_as_of(
        &self,
        as_of: Option<AsOf>,
        span: &Span,
        diagnostics: &mut Diagnostics,
    ) {
        let build_date = self.context.calendar.build_date;
        if let Some(as_of) = as_of.filter(|as_of| is_ahead(as_of.first_day(), build_date)) {
            diagnostics.push(ahead("as_of", as_of, build_date).at(self.path, span.clone()));
        }
    }

    fn check_claim(&self, claim: &Claim, diagnostics: &mut Diagnostics) {
        let Claim {
            source,
            as_of,
            path: _,
            span,
        } = claim;
        let check = &self.context.settings.check;
        let finding = match (source, as_of) {
            (None, _) => no_source(check.unsourced_claims),
            (Some(source), None) => no_date(check.unsourced_claims, source),
            (Some(source), Some(as_of)) if as_of.last_day() < self.stale_before() => {
                stale(check, source, *as_of)
            }
            _ => None,
        };
        diagnostics.extend(finding.map(|finding| finding.at(self.path, span.clone())));
    }

    /// Returns the first day that a figure may be of.
    fn stale_before(&self) -> Date {
        let months = i64::from(self.context.settings.check.stale_after_months);
        self.context
            .calendar
            .build_date
            .checked_sub(months.months())
            .unwrap_or(Date::MIN)
    }
}

fn no_source(strictness: Strictness) -> Option<Diagnostic> {
    let finding = strictness.finding(Code::NoSource, "this figure has no source")?;
    Some(
        finding
            .help("name a `source` here, in [figures] of the role, or in [figures] of site.toml")
            .shared(Scope::File, "", "figures", "have no source"),
    )
}

fn no_date(strictness: Strictness, source: &Id) -> Option<Diagnostic> {
    let message = format!("this figure does not say when `{source}` stated it");
    let said = format!("rest on `{source}` and do not say when it stated them");
    let finding = strictness.finding(Code::NoSource, message)?;
    Some(
        finding
            .help("add `as_of` here, or to the source where it is declared")
            .shared(Scope::Site, source.as_str(), "figures", said),
    )
}

fn stale(check: &RoleChecks<'_>, source: &Id, as_of: AsOf) -> Option<Diagnostic> {
    let limit = check.stale_after;
    let message = format!("this figure is of {as_of}, older than {limit}");
    let said = format!("rest on `{source}` and are older than {limit}");
    let finding = check.stale_claims.finding(Code::StaleFigure, message)?;
    Some(
        finding
            .help("find newer figures, or raise `check.stale_after` in site.toml")
            .shared(Scope::Site, source.as_str(), "figures", said),
    )
}
