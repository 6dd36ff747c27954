//! Working out a role: its rows come in with everything that they may refer to, a checked `Role`
//! goes out.

use std::collections::BTreeMap;

use super::claim::FigureReader;
use super::context::RoleContext;
use super::ladder::ladder;
use super::level_pay::PayOfRole;
use super::read::{DeclaredRole, WrittenFramework, WrittenRole, recall, remember};
use super::record::{PlainLists, PlainRow, RowName, StatisticRow, TestimonialRow};
use super::repeated::repeated;
use super::resolver::{Resolver, Seen};
use super::{Figure, Framework, Ladder, Role, RoleDigests, Testimonial};
use super::{
    faq, framework, headline, names, plausible, position, publication, related, survey, titles,
};
use crate::data::{At, Decimal, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::memo::Sources;

/// Paid hours of a year where nobody says it: 52 weeks of 40.
const HOURS_PER_YEAR: Decimal = Decimal(rust_decimal::Decimal::from_parts(2080, 0, 0, false, 0));

/// Works out a framework.
pub fn resolve_framework(
    written: &WrittenFramework,
    context: &RoleContext<'_>,
    diagnostics: &mut Diagnostics,
) -> Framework {
    // A collector of its own: that something is wrong elsewhere must not silence what is said here.
    let mut said = Diagnostics::default();
    let framework = framework::framework(written, context, &mut said);
    diagnostics.extend(said);
    framework
}

/// Works out a role, or recalls it from the memo. `digest` is that of everything that it is a
/// function of.
pub fn resolve_or_recall(
    sources: Sources<'_>,
    declared: &DeclaredRole,
    digest: Digest,
    context: &RoleContext<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Role> {
    if let Some((role, warnings)) = recall(sources.memo, digest) {
        diagnostics.extend(warnings);
        return Some(role);
    }
    let written = declared.written(sources.inputs, diagnostics)?;
    let mut said = Diagnostics::default();
    let role = resolve(&written, context, &mut said).with_digests(digest);
    diagnostics.extend(remember(sources.memo, digest, Some(&role), said));
    Some(role)
}

/// Works out a role.
pub fn resolve(
    written: &WrittenRole,
    context: &RoleContext<'_>,
    diagnostics: &mut Diagnostics,
) -> Role {
    let figures = written.record.figures.defaults();
    let reader = FigureReader {
        context,
        figures: &figures,
        path: &written.path,
    };
    let framework = framework::of_role(written, context, diagnostics);
    let mut of_ladder = Diagnostics::default();
    let ladder = ladder(
        framework::rows(written, framework, &mut of_ladder),
        &reader,
        &mut of_ladder,
    );
    // What is wrong in the framework itself is said once, when that is worked out; and what it
    // drops, or raises, may be of a level that this role leaves out.
    let of_framework = |fault: &Diagnostic| {
        framework.is_some_and(|framework| {
            fault
                .place
                .as_ref()
                .is_some_and(|place| place.path == framework.path)
        })
    };
    diagnostics.extend(of_ladder.into_iter().filter(|fault| !of_framework(fault)));
    let mut resolver = Resolver {
        context,
        written,
        reader,
        diagnostics,
    };
    names::check_names(&mut resolver);
    check_shares(&mut resolver);
    let role = role(
        &mut resolver,
        ladder,
        framework.map(|framework| framework.id.clone()),
    );
    if !diagnostics.has(Code::BadMoney) {
        diagnostics.extend(plausible::of_role(&role, context));
        diagnostics.extend(repeated(&role.salary));
    }
    role
}

fn role(resolver: &mut Resolver<'_>, mut ladder: Ladder, framework: Option<Id>) -> Role {
    let written = resolver.written;
    let record = &written.record;
    let mut pay = salary(resolver);
    pay.settle(resolver, &mut ladder);
    let PayOfRole {
        amounts: salary,
        words: worded_pay,
    } = pay;
    let headline_row = headline::headline_row(resolver, &salary);
    let positions = position::positions(resolver, &ladder);
    let categories = record.all_categories().into_iter();
    Role {
        digests: RoleDigests::default(),
        id: written.id.clone(),
        path: written.path.clone(),
        title: record.title.value.clone(),
        category: written.category.clone(),
        categories: categories.map(|id| id.value.clone()).collect(),
        summary: record.summary.clone(),
        definition: record.definition.clone(),
        text_source: record.texts.source.clone(),
        codes: record.codes.clone(),
        slug: record.slug.clone(),
        publication: publication::publication(resolver, record),
        industries: record.industries.clone(),
        locations: record.locations.clone(),
        workplace: record.workplace.clone(),
        conditions: record.conditions.clone(),
        requires: survey::requires(resolver, &record.requires),
        preparation: record.preparation.clone(),
        interests: survey::interests(resolver, &record.interests),
        responsibilities: record.responsibilities.clone(),
        framework,
        pages: record.pages.clone(),
        sections: record.sections.clone(),
        headline_row,
        hours_per_year: hours_per_year(resolver),
        salary,
        worded_pay,
        statistics: statistics(resolver, &record.statistics),
        outlook: record
            .outlook
            .as_ref()
            .and_then(|row| resolver.reader.outlook(row, resolver.diagnostics)),
        titles: titles::titles(resolver, &ladder),
        specializations: related::specializations(resolver, &record.specializations),
        related: related::related(resolver, &record.related, &ladder),
        lists: lists(resolver, PlainLists::of(record), &ladder),
        faqs: faq::faqs(resolver, &record.faqs, &ladder),
        testimonials: testimonials(resolver, &record.testimonials),
        positions: positions.open,
        absent_positions: positions.absent,
        extra: record.extra.clone(),
        ladder,
    }
}

/// Reads the pay of the role as a whole: the record's rows, then those of salary.csv.
fn salary(resolver: &mut Resolver<'_>) -> PayOfRole {
    let WrittenRole {
        record,
        csv_rows,
        csv_path,
        ..
    } = resolver.written;
    let reader = &resolver.reader;
    let mut amounts = reader.pays(&record.salary, resolver.diagnostics);
    let mut words = reader.worded_pays(&record.salary, resolver.diagnostics);
    let mut of_csv = Diagnostics::default();
    let reader = reader.in_file(csv_path);
    amounts.extend(reader.pays(csv_rows, &mut of_csv));
    words.extend(reader.worded_pays(csv_rows, &mut of_csv));
    resolver.diagnostics.extend(once(of_csv));
    PayOfRole { amounts, words }
}

fn hours_per_year(resolver: &Resolver<'_>) -> Decimal {
    let of_site = resolver.context.settings.figures.hours_per_year;
    let said = resolver.reader.figures.hours_per_year.or(of_site);
    said.unwrap_or(HOURS_PER_YEAR)
}

fn statistics(resolver: &mut Resolver<'_>, rows: &[At<StatisticRow>]) -> Vec<Figure> {
    let mut seen = BTreeMap::new();
    let figure = |row: &At<StatisticRow>| {
        let id = resolver.new_id(&mut seen, row.id.as_ref(), &row.label, &row.span)?;
        resolver.reader.statistic(id, row, resolver.diagnostics)
    };
    rows.iter().filter_map(figure).collect()
}

/// Checks the lists that pages show as they are written: rows with an id that another row has
/// go, and levels that rows name must be on the ladder.
fn lists(resolver: &mut Resolver<'_>, mut lists: PlainLists, ladder: &Ladder) -> PlainLists {
    let mut seen: BTreeMap<usize, Seen> = BTreeMap::new();
    lists.retain(|list, row| {
        let Some(RowName { id, name, span }) = row.name() else {
            return true;
        };
        resolver
            .new_id(seen.entry(list).or_default(), id, name, span)
            .is_some()
    });
    for level in lists.rows().filter_map(PlainRow::level) {
        if ladder.level(level.as_str()).is_none() {
            let known: Vec<&str> = ladder.levels().map(|level| level.id.as_str()).collect();
            resolver.unknown("level", level, known);
        }
    }
    lists
}

/// Checks that shares of education are percentages.
fn check_shares(resolver: &mut Resolver<'_>) {
    let rows = resolver.written.record.education.iter();
    for share in rows.filter_map(|row| row.share.as_ref()) {
        let number = share.value.0;
        if number < rust_decimal::Decimal::ZERO || number > rust_decimal::Decimal::ONE_HUNDRED {
            let message = format!("{number} is no share of a hundred");
            let help = "write a percentage from 0 to 100";
            resolver.fault(Code::BadValue, &share.span, message, help);
        }
    }
}

/// Returns the words of people who agreed to be quoted, and warns of others.
fn testimonials(resolver: &mut Resolver<'_>, rows: &[At<TestimonialRow>]) -> Vec<Testimonial> {
    for row in rows.iter().filter(|row| !row.consent) {
        let warning = Diagnostic::warning(
            Code::NoConsent,
            format!(
                "the words of {} are not published: `consent` is not true",
                row.name
            ),
        );
        resolver.diagnostics.push(
            warning
                .at(&resolver.written.path, row.quote.span.clone())
                .help("ask, and write `consent = true`; or remove the row"),
        );
    }
    let consented = rows.iter().filter(|row| row.consent);
    consented
        .map(|row| Testimonial {
            quote: row.quote.value.clone(),
            name: row.name.clone(),
            job_title: row.job_title.clone(),
        })
        .collect()
}

/// Keeps one diagnostic for each cause, with their number: a `salary.csv` may have thousands of rows.
fn once(diagnostics: Diagnostics) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = vec![];
    let mut first: BTreeMap<(Code, String), usize> = BTreeMap::new();
    for fault in diagnostics {
        let cause = fault
            .shared
            .as_ref()
            .map(|shared| (fault.code, shared.cause.clone()));
        let known = cause
            .as_ref()
            .and_then(|cause| first.get(cause))
            .and_then(|at| kept.get_mut(*at))
            .and_then(|first| first.shared.as_mut());
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
