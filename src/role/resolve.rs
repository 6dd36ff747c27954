//! Working out a role: its rows come in with everything that they may refer to, a checked `Role` goes out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::claim::Ledger;
use super::framework;
use super::ladder::ladder;
use super::plausible;
use super::read::{Written, WrittenFramework};
use super::record::{RoleFile, StatisticRow, TestimonialRow, TipRow};
use super::repeated::repeated;
use super::{Figure, Framework, Ladder, Pay, Publication, Role, Testimonial, Tip};
use crate::calendar::{Absence, Calendar, is_ahead};
use crate::config::{Config, Figures, country, duplicate, id_or_slug, of_names};
use crate::data::{At, Decimal, Id};
use crate::diag::{Code, Diagnostic, Diagnostics, HelpText, Scope};
use crate::kind::Kind;
use crate::path::{check_segment, nearest_slug};
use crate::source::Span;
use crate::suggest;

/// Paid hours of a year where nobody says it: 52 weeks of 40.
const HOURS_PER_YEAR: Decimal = Decimal(rust_decimal::Decimal::from_parts(2080, 0, 0, false, 0));

/// What a role may refer to.
pub struct World<'w> {
    pub config: &'w Config,
    pub frameworks: &'w [WrittenFramework],
    /// Frameworks that could not be read: references to them are right.
    pub lost_frameworks: &'w BTreeSet<Id>,
    /// Every role of the site, published or not.
    pub roles: &'w BTreeSet<Id>,
    /// Roles that are not published.
    pub absent: &'w BTreeMap<Id, Absence>,
    pub calendar: Calendar,
}

/// The ids of a list: where they stand, and the names that they were made of.
pub(super) type Seen = BTreeMap<Id, (Span, Option<String>)>;

/// One role while it is worked out.
pub(super) struct Resolver<'r> {
    pub world: &'r World<'r>,
    pub written: &'r Written,
    pub ledger: Ledger<'r>,
    pub faults: &'r mut Diagnostics,
}

/// Works out a framework.
pub fn resolve_framework(written: &WrittenFramework, world: &World<'_>, faults: &mut Diagnostics) -> Framework {
    let mut said = Diagnostics::default();
    let framework = framework::framework(written, world, &mut said);
    faults.extend(said);
    framework
}

/// Works out a role.
pub fn resolve(written: &Written, world: &World<'_>, faults: &mut Diagnostics) -> Role {
    let ledger = Ledger { config: world.config, figures: &written.record.figures, path: &written.path, build_date: world.calendar.build_date };
    let framework = framework::of_role(written, world, faults);
    let mut of_ladder = Diagnostics::default();
    let ladder = ladder(framework::rows(written, framework, &mut of_ladder), &ledger, &mut of_ladder);
    // What is wrong in the framework itself is said once, when that is worked out; and what it drops, or raises, may be
    // of a level that this role leaves out.
    let of_framework = |fault: &Diagnostic| framework.is_some_and(|framework| fault.place.as_ref().is_some_and(|place| place.path == framework.path));
    faults.extend(of_ladder.into_iter().filter(|fault| !of_framework(fault)));
    let mut resolver = Resolver { world, written, ledger, faults };
    resolver.check_names();
    let role = resolver.role(ladder, framework.map(|framework| framework.id.clone()));
    if !faults.has(Code::BadMoney) {
        faults.extend(plausible::of_role(&role, world.config));
        faults.extend(repeated(&role.salary));
    }
    role
}

impl Resolver<'_> {
    fn role(&mut self, ladder: Ladder, framework: Option<Id>) -> Role {
        let written = self.written;
        let record = &written.record;
        let salary = self.salary();
        let headline_row = self.headline_row(&salary);
        if headline_row.is_none() {
            self.no_headline();
        }
        let (positions, absent_positions) = self.positions(&ladder);
        Role {
            id: written.id.clone(),
            path: written.path.clone(),
            title: record.title.value.clone(),
            category: record.category.value.clone(),
            summary: record.summary.clone(),
            definition: record.definition.clone(),
            codes: record.codes.clone(),
            slug: record.slug.clone(),
            publication: self.publication(record),
            industries: record.industries.clone(),
            locations: record.locations.clone(),
            workplace: record.workplace.clone(),
            responsibilities: record.responsibilities.clone(),
            framework,
            pages: record.pages.clone(),
            sections: record.sections.clone(),
            headline_row,
            hours_per_year: self.hours_per_year(),
            salary,
            statistics: self.statistics(&record.statistics),
            outlook: record.outlook.as_ref().and_then(|row| self.ledger.outlook(row, self.faults)),
            titles: self.titles(&ladder),
            specializations: self.specializations(&record.specializations),
            related: self.related(&record.related, &ladder),
            education: record.education.clone(),
            certifications: record.certifications.clone(),
            tips: self.tips(&record.tips),
            faqs: self.faqs(&record.faqs, &ladder),
            testimonials: self.testimonials(&record.testimonials),
            positions,
            absent_positions,
            extra: record.extra.clone(),
            ladder,
        }
    }

    pub(super) fn fault(&mut self, code: Code, span: &Span, message: impl Into<String>, help: impl HelpText) {
        self.faults.push(Diagnostic::error(code, message).at(&self.written.path, span.clone()).help(help));
    }

    pub(super) fn unknown<'k>(&mut self, what: &str, id: &At<Id>, known: impl IntoIterator<Item = &'k str> + Clone) {
        let help = suggest::help(id.as_str(), known);
        self.fault(Code::UnknownId, &id.span, format!("there is no {what} `{}`", id.value), help);
    }

    pub(super) fn check_level(&mut self, level: Option<&At<Id>>, ladder: &Ladder) {
        let level = level.filter(|level| ladder.level(level.as_str()).is_none() && !self.written.lost_levels());
        if let Some(level) = level {
            self.unknown("level", level, ladder.levels().map(|level| level.id.as_str()).collect::<Vec<_>>());
        }
    }

    /// A row's id, unless an earlier row of the list has it.
    pub(super) fn new_id(&mut self, seen: &mut Seen, id: Option<&At<Id>>, name: &At<String>, span: &Span) -> Option<Id> {
        let path = &self.written.path;
        let found = id_or_slug(id, name, path, self.faults)?;
        let named = id.is_none().then(|| name.value.clone());
        if let Some((first, first_name)) = seen.get(&found) {
            let fault = duplicate(&found, path, span, path, first);
            self.faults.push(of_names(fault, &found, named.as_deref(), first_name.as_deref()));
            return None;
        }
        seen.insert(found.clone(), (span.clone(), named));
        Some(found)
    }

    /// Names that must stand in some list: the category, kinds of pages, ids of sections, the slug.
    fn check_names(&mut self) {
        let Written { path, record, .. } = self.written;
        self.world.config.check_category(&record.category, path, self.faults);
        self.world.config.check_inherited(&record.figures, path, self.faults);
        for (key, _) in record.pages.0.iter().filter(|(key, _)| !Kind::named(&key.value).is_some_and(Kind::is_decided_by_role)) {
            let help = suggest::help(&key.value, Kind::ALL.iter().filter(|kind| kind.is_decided_by_role()).map(|kind| kind.as_str()).collect::<Vec<_>>());
            self.fault(Code::UnknownKey, &key.span, format!("`{}` is no kind of page of a role", key.value), help);
        }
        let sections: BTreeSet<&str> = Kind::of_role().flat_map(|kind| kind.sections().iter().copied()).collect();
        for (key, _) in record.sections.0.iter().filter(|(key, _)| !sections.contains(key.value.as_str())) {
            let help = suggest::help(&key.value, sections.iter().copied());
            self.fault(Code::UnknownKey, &key.span, format!("there is no generated section `{}`", key.value), help);
        }
        if let Some((slug, why)) = record.slug.as_ref().and_then(|slug| Some((slug, check_segment(slug).err()?))) {
            let message = format!("`{}` cannot be part of an address: {why}", slug.value.escape_debug());
            self.fault(Code::BadPermalink, &slug.span, message, nearest_slug(slug).map(|slug| format!("write \"{slug}\"")));
        }
    }

    /// What decides about publication, with days in their order. Aliases and the image are checked in `plan/`, where
    /// addresses and files are known.
    fn publication(&mut self, record: &RoleFile) -> Publication {
        let RoleFile { date, updated, expires, draft, aliases, weight, image, image_alt, noindex, .. } = record;
        for (later, what) in [(updated, "updated"), (expires, "taken down")] {
            if let (Some(date), Some(later)) = (date, later.as_ref().filter(|later| date.as_ref().is_some_and(|date| later.value < date.value))) {
                let message = format!("the role was {what} on {}, before it was published on {}", later.value, date.value);
                self.fault(Code::OutOfOrder, &later.span, message, "correct one of the two");
            }
        }
        if let Some(alt) = image_alt.as_ref().filter(|_| image.is_none()) {
            let said = self.world.config.site.check.unshown_facts.finding(Code::UnshownFact, "`image_alt` describes a picture, and there is none");
            self.faults.extend(
                said.map(|said| {
                    said.at(&self.written.path, alt.span.clone()).help("add `image = \"…\"`, the name of a picture beside the record, or remove it")
                }),
            );
        }
        if self.written.absence(&self.world.calendar).is_none() {
            self.check_updated(updated.as_ref());
        }
        Publication {
            date: date.as_ref().map(|date| date.value),
            updated: updated.as_ref().map(|date| date.value),
            expires: expires.as_ref().map(|date| date.value),
            draft: *draft,
            aliases: aliases.clone(),
            weight: *weight,
            image: image.clone(),
            image_alt: image_alt.as_ref().map(|alt| alt.value.clone()),
            noindex: *noindex,
        }
    }

    fn check_updated(&mut self, updated: Option<&At<Date>>) {
        let build_date = self.world.calendar.build_date;
        if let Some(updated) = updated.filter(|day| is_ahead(day.value, build_date)) {
            let fault = ahead("updated", updated.value, build_date);
            self.faults.push(fault.at(&self.written.path, updated.span.clone()));
        }
    }

    /// Pay of the role as a whole: the record's rows, then those of salary.csv.
    fn salary(&mut self) -> Vec<Pay> {
        let Written { record, bulk, bulk_path, .. } = self.written;
        let mut salary = self.ledger.pays(&record.salary, self.faults);
        let mut of_bulk = Diagnostics::default();
        salary.extend(self.ledger.of_file(bulk_path).pays(bulk, &mut of_bulk));
        self.faults.extend(once(of_bulk));
        salary
    }

    /// The first row of the role's own area, or else of the site's: pay of another place is not the role's.
    fn headline_row(&self, salary: &[Pay]) -> Option<usize> {
        let of = |figures: &Figures| figures.area.as_ref().map(|area| area.value.clone());
        let (of_role, of_site) = (of(&self.written.record.figures), of(&self.world.config.site.figures));
        let first_of = |area: Option<Id>| salary.iter().position(|pay| pay.area == area);
        first_of(of_role.or_else(|| of_site.clone())).or_else(|| first_of(of_site))
    }

    fn hours_per_year(&self) -> Decimal {
        let said = [&self.written.record.figures, &self.world.config.site.figures].into_iter().find_map(|figures| figures.hours_per_year.as_ref());
        said.map_or(HOURS_PER_YEAR, |hours| hours.value)
    }

    /// Says why pay that the record names is not the headline. Tables of areas stand in salary.csv, and are silent.
    fn no_headline(&mut self) {
        let record = &self.written.record;
        let is_area = |area: &&At<Id>| country(area.as_str()).is_some() || self.world.config.areas.contains_key(&area.value);
        let Some((row, area)) = record.salary.iter().find_map(|row| Some((row, row.area.as_ref().filter(is_area)?))) else { return };
        let own = record.figures.area.as_ref().or(self.world.config.site.figures.area.as_ref());
        let message = match own {
            Some(own) => format!("the role has no headline pay: no row is about its area, `{}`", own.value),
            None => "the role has no headline pay: neither it nor the site names the area that it is about".to_owned(),
        };
        let warning = Diagnostic::warning(Code::NoHeadline, message).at(&self.written.path, row.span.clone());
        let warning = warning.help(format!("set `area = \"{}\"` in [figures] of this record, or the area of another row", area.value));
        self.faults.push(warning.help(own.map(|own| format!("or add a row with `area = \"{}\"`", own.value))));
    }

    fn statistics(&mut self, rows: &[At<StatisticRow>]) -> Vec<Figure> {
        let mut seen = BTreeMap::new();
        let figure = |row: &At<StatisticRow>| {
            let id = self.new_id(&mut seen, row.id.as_ref(), &row.label, &row.span)?;
            self.ledger.statistic(id, row, self.faults)
        };
        rows.iter().filter_map(figure).collect()
    }

    fn tips(&mut self, rows: &[At<TipRow>]) -> Vec<Tip> {
        let mut seen = BTreeMap::new();
        let tip = |row: &At<TipRow>| {
            let id = self.new_id(&mut seen, row.id.as_ref(), &row.name, &row.span)?;
            Some(Tip { id, name: row.name.value.clone(), text: row.text.clone() })
        };
        rows.iter().filter_map(tip).collect()
    }

    /// Words of people who agreed to be quoted.
    fn testimonials(&mut self, rows: &[At<TestimonialRow>]) -> Vec<Testimonial> {
        for row in rows.iter().filter(|row| !row.consent) {
            let warning = Diagnostic::warning(Code::NoConsent, format!("the words of {} are not published: `consent` is not true", row.name));
            self.faults.push(warning.at(&self.written.path, row.quote.span.clone()).help("ask, and write `consent = true`; or remove the row"));
        }
        let consented = rows.iter().filter(|row| row.consent);
        consented.map(|row| Testimonial { quote: row.quote.value.clone(), name: row.name.clone(), job_title: row.job_title.clone() }).collect()
    }
}

/// Says that a day lies ahead.
pub fn ahead(key: &str, day: impl std::fmt::Display, build_date: Date) -> Diagnostic {
    let message = format!("`{key}` is {day}, which lies ahead of the day of the build, {build_date}");
    let fault = Diagnostic::warning(Code::FutureDate, message.clone());
    let fault = fault.help(if key == "posted" { "the job is shown from that day on; correct the date if another one is meant" } else { "correct the date" });
    fault.shared(Scope::File, message, "rows", "the same day")
}

/// Rows of a bulk file share their causes: of thousands only the first is kept, with their number.
fn once(faults: Diagnostics) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = vec![];
    let mut first: BTreeMap<(Code, String), usize> = BTreeMap::new();
    for fault in faults {
        let cause = fault.shared.as_ref().map(|shared| (fault.code, shared.cause.clone()));
        let known = cause.as_ref().and_then(|cause| first.get(cause)).and_then(|at| kept.get_mut(*at)).and_then(|first| first.shared.as_mut());
        match known {
            Some(shared) => shared.count += 1,
            None => {
                first.extend(cause.map(|cause| (cause, kept.len())));
                kept.push(fault);
            }
        }
    }
    kept
}
