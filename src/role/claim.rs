//! Where figures are from: what a row says and what it inherits come in, a `Claim` goes out, with a warning when it has no
//! source or is too old.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::resolve::ahead;
use super::{Claim, Written};
use crate::calendar::is_ahead;
use crate::config::{Config, Figures, SourceKind, Strictness};
use crate::data::{AsOf, At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics, Scope};
use crate::path::SourcePath;
use crate::source::Span;

/// What the figures of one file inherit, and what they are held against.
pub(super) struct Ledger<'a> {
    pub config: &'a Config,
    /// The role's own `[figures]`.
    pub figures: &'a Figures,
    pub path: &'a SourcePath,
    pub build_date: Date,
}

/// What a row says of its own origin.
pub(super) struct Origin<'a> {
    pub source: Option<&'a At<Id>>,
    pub as_of: Option<AsOf>,
    pub span: &'a Span,
}

/// Says that what figures inherit is of a day that lies ahead: in `[figures]` of the site and of roles, and in sources.
pub fn check_inherited_dates(config: &Config, roles: &[Arc<Written>], build_date: Date, faults: &mut Diagnostics) {
    let of_figures = |figures: &Figures| figures.as_of.as_ref().map(|as_of| (as_of.value, as_of.span.clone()));
    let of_site = of_figures(&config.site.figures).map(|as_of| (SourcePath::known("site.toml"), as_of));
    let of_roles = roles.iter().filter_map(|role| Some((role.path.clone(), of_figures(&role.record.figures)?)));
    let of_sources = config.sources.values().filter_map(|source| Some((source.path.clone(), (source.row.as_of?, source.span.clone()))));
    for (path, (as_of, span)) in of_site.into_iter().chain(of_roles).chain(of_sources) {
        if is_ahead(as_of.first_day(), build_date) {
            faults.push(ahead("as_of", as_of, build_date).at(&path, span));
        }
    }
}

impl<'a> Ledger<'a> {
    /// The same for another file, such as one beside the record.
    pub(super) fn of_file<'b>(&'b self, path: &'b SourcePath) -> Ledger<'b> {
        Ledger { path, ..*self }
    }

    pub(super) fn fault(&self, code: Code, span: &Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, message).at(self.path, span.clone())
    }

    /// The area of a figure: its own, its role's, or the site's.
    pub(super) fn area(&self, own: Option<&At<Id>>, faults: &mut Diagnostics) -> Option<Id> {
        own.iter().for_each(|area| self.config.check_area(area, self.path, faults));
        let inherited = self.figures.area.as_ref().or(self.config.site.figures.area.as_ref());
        own.or(inherited).map(|area| area.value.clone())
    }

    /// Where a figure is from. A row with a source of its own takes its date from itself or from the source, never from
    /// `[figures]`: that date belongs to another source.
    pub(super) fn claim(&self, origin: &Origin<'_>, faults: &mut Diagnostics) -> Claim {
        origin.source.iter().for_each(|source| self.config.check_source(source, self.path, faults));
        self.check_as_of(origin.as_of, origin.span, faults);
        let inherited = [self.figures, &self.config.site.figures];
        let inherited = inherited.into_iter().find_map(|figures| Some((figures.source.as_ref()?, figures.as_of.as_ref())));
        let (source, inherited_as_of) = match (origin.source, inherited) {
            (Some(own), _) => (Some(&own.value), None),
            (None, Some((source, as_of))) => (Some(&source.value), as_of.map(|as_of| as_of.value)),
            (None, None) => (None, None),
        };
        let declared = source.and_then(|id| self.config.sources.get(id)).map(|source| &source.row);
        let as_of = source.and_then(|_| origin.as_of.or(inherited_as_of).or(declared.and_then(|source| source.as_of)));
        let claim = Claim { source: source.cloned(), as_of, path: self.path.clone(), span: origin.span.clone() };
        // A source that does not exist was said already, here or where it is inherited from.
        let is_own = declared.is_some_and(|source| source.kind == Some(SourceKind::Own));
        if source.is_none() || declared.is_some() && !is_own {
            self.check_claim(&claim, faults);
        }
        claim
    }

    /// Says that a figure is of a day, a month or a year that lies ahead.
    pub(super) fn check_as_of(&self, as_of: Option<AsOf>, span: &Span, faults: &mut Diagnostics) {
        let early = as_of.filter(|as_of| is_ahead(as_of.first_day(), self.build_date));
        faults.extend(early.map(|as_of| ahead("as_of", as_of, self.build_date).at(self.path, span.clone())));
    }

    fn check_claim(&self, claim: &Claim, faults: &mut Diagnostics) {
        let Claim { source, as_of, path: _, span } = claim;
        let check = &self.config.site.check;
        match (source, as_of) {
            (None, _) => {
                let help = "name a `source` here, in [figures] of the role, or in [figures] of site.toml";
                let finding = self.finding(check.unsourced_claims, Code::NoSource, span, "this figure has no source".to_owned(), help);
                faults.extend(finding.map(|finding| finding.shared(Scope::File, "", "figures", "have no source")));
            }
            (Some(source), None) => {
                let message = format!("this figure does not say when `{source}` stated it");
                let help = "add `as_of` here, or to the source where it is declared";
                let finding = self.finding(check.unsourced_claims, Code::NoSource, span, message, help);
                let said = format!("rest on `{source}` and do not say when it stated them");
                faults.extend(finding.map(|finding| finding.shared(Scope::Site, source.as_str(), "figures", said)));
            }
            (Some(source), Some(as_of)) if as_of.last_day() < self.stale_before() => {
                let limit = &check.stale_after.value;
                let help = "find newer figures, or raise `check.stale_after` in site.toml";
                let finding = self.finding(check.stale_claims, Code::StaleFigure, span, format!("this figure is of {as_of}, older than {limit}"), help);
                let said = format!("rest on `{source}` and are older than {limit}");
                faults.extend(finding.map(|finding| finding.shared(Scope::Site, source.as_str(), "figures", said)));
            }
            _ => {}
        }
    }

    /// The first day that a figure may be of.
    fn stale_before(&self) -> Date {
        self.build_date.checked_sub(i64::from(self.config.stale_after_months).months()).unwrap_or(Date::MIN)
    }

    fn finding(&self, strictness: Strictness, code: Code, span: &Span, message: String, help: &str) -> Option<Diagnostic> {
        Some(strictness.finding(code, message)?.at(self.path, span.clone()).help(help))
    }
}
