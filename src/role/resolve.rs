//! Working out a role: its rows come in with everything that they may refer to, a checked `Role` goes out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::framework;
use super::ladder::ladder;
use super::money::Ledger;
use super::read::{Written, WrittenFramework};
use super::record::{FaqRow, PositionRow, RelatedRow, RoleFile, TitleKind, TitleRow};
use super::{Faq, Framework, Ladder, Position, Publication, Related, RelatedTo, Role, Specialization, Testimonial, Tip, Title};
use crate::config::{Config, duplicate, id_or_slug};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::kind::Kind;
use crate::path::{PathFault, SourcePath, check_segment};
use crate::source::Span;
use crate::suggest;

/// What a role may refer to.
pub struct World<'w> {
    pub config: &'w Config,
    pub frameworks: &'w [WrittenFramework],
    /// Every role of the site, published or not.
    pub roles: &'w BTreeSet<Id>,
    pub build_date: Date,
}

/// One role while it is worked out.
struct Resolver<'r> {
    world: &'r World<'r>,
    written: &'r Written,
    ledger: Ledger<'r>,
    faults: &'r mut Diagnostics,
}

/// The ids of the questions that a ladder answers by itself.
pub fn generated_faq_ids(ladder: &Ladder) -> BTreeSet<String> {
    let of_level = |level: &super::Level| ["skills", "years", "advance"].map(|what| format!("{what}-{}", level.id));
    ladder.levels().flat_map(of_level).chain(["salary".to_owned()]).collect()
}

/// Works out a framework.
pub fn resolve_framework(written: &WrittenFramework, world: &World<'_>, faults: &mut Diagnostics) -> Framework {
    framework::framework(written, world.config, world.build_date, faults)
}

/// Works out a role.
pub fn resolve(written: &Written, world: &World<'_>, faults: &mut Diagnostics) -> Role {
    let ledger = Ledger { config: world.config, figures: &written.record.figures, path: &written.path, build_date: world.build_date };
    let framework = framework::of_role(written, world.frameworks, faults);
    let rows = framework::rows(written, framework, faults);
    let ladder = ladder(rows, &ledger, faults);
    let mut resolver = Resolver { world, written, ledger, faults };
    resolver.check_names();
    resolver.role(ladder, framework.map(|framework| framework.id.clone()))
}

impl Resolver<'_> {
    fn fault(&mut self, code: Code, span: &Span, message: impl Into<String>, help: impl crate::diag::HelpText) {
        self.faults.push(Diagnostic::error(code, message).at(&self.written.path, span.clone()).help(help));
    }

    fn unknown<'k>(&mut self, what: &str, id: &At<Id>, known: impl IntoIterator<Item = &'k str> + Clone) {
        let help = suggest::help(id.as_str(), known);
        self.fault(Code::UnknownId, &id.span, format!("there is no {what} `{}`", id.value), help);
    }

    fn role(&mut self, ladder: Ladder, framework: Option<Id>) -> Role {
        let written = self.written;
        let record = &written.record;
        let titles = self.titles(&record.titles, &ladder);
        let salary = record.salary.iter().filter_map(|row| self.ledger.pay(row, self.faults)).collect::<Vec<_>>();
        let bulk = self.ledger.of_file(&written.bulk_path);
        let bulk: Vec<_> = written.bulk.iter().filter_map(|row| bulk.pay(row, self.faults)).collect();
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
            salary: salary.into_iter().chain(bulk).collect(),
            statistics: self.statistics(record),
            outlook: record.outlook.as_ref().and_then(|row| self.ledger.outlook(row, self.faults)),
            titles,
            specializations: self.specializations(record),
            related: record.related.iter().filter_map(|row| self.related(row, &ladder)).collect(),
            education: record.education.clone(),
            certifications: record.certifications.clone(),
            tips: self.tips(record),
            faqs: self.faqs(&record.faqs, &ladder),
            testimonials: self.testimonials(record),
            positions: self.positions(&ladder),
            extra: record.extra.clone(),
            ladder,
        }
    }

    /// Names that must stand in some list: the category, kinds of pages, ids of sections, the slug.
    fn check_names(&mut self) {
        let record = &self.written.record;
        let config = self.world.config;
        if config.is_whole("categories.toml") && !config.categories.iter().any(|(id, _)| *id == record.category.value) {
            let known: Vec<&str> = config.categories.iter().map(|(id, _)| id.as_str()).collect();
            let help = suggest::help(record.category.as_str(), known).unwrap_or_else(|| "declare it in content/categories.toml".to_owned());
            self.fault(Code::UnknownId, &record.category.span, format!("there is no category `{}`", record.category.value), help);
        }
        for (key, _) in &record.pages.0 {
            if !Kind::named(&key.value).is_some_and(Kind::is_of_role) {
                let help = suggest::help(&key.value, Kind::of_role().map(Kind::as_str).collect::<Vec<_>>());
                self.fault(Code::UnknownKey, &key.span, format!("`{}` is no kind of page of a role", key.value), help);
            }
        }
        let sections: BTreeSet<&str> = Kind::of_role().flat_map(|kind| kind.sections().iter().copied()).collect();
        for (key, _) in record.sections.0.iter().filter(|(key, _)| !sections.contains(key.value.as_str())) {
            let help = suggest::help(&key.value, sections.iter().copied());
            self.fault(Code::UnknownKey, &key.span, format!("there is no generated section `{}`", key.value), help);
        }
        let figures = &record.figures;
        if let Some(area) = figures.area.as_ref().filter(|area| !config.knows_area(&area.value)) {
            self.faults.push(config.unknown_area(&area.value).at(&self.written.path, area.span.clone()));
        }
        if let Some(source) = figures.source.as_ref().filter(|source| !config.knows_source(&source.value)) {
            self.faults.push(self.ledger.unknown_source(source));
        }
        if let Some((slug, why)) = record.slug.as_ref().and_then(|slug| Some((slug, check_segment(slug).err()?))) {
            self.bad_slug(slug, &why);
        }
    }

    fn bad_slug(&mut self, slug: &At<String>, why: &PathFault) {
        let help = crate::path::nearest_slug(slug).map(|slug| format!("write \"{slug}\""));
        self.fault(Code::BadPermalink, &slug.span, format!("`{}` cannot be part of an address: {why}", slug.value.escape_debug()), help);
    }

    fn publication(&mut self, record: &RoleFile) -> Publication {
        let (date, updated) = (record.date.as_ref().map(|date| date.value), record.updated.as_ref().map(|date| date.value));
        if let (Some(date), Some(changed)) = (date, record.updated.as_ref().filter(|changed| date.is_some_and(|date| changed.value < date))) {
            self.fault(
                Code::OutOfOrder,
                &changed.span,
                format!("the role was updated on {}, before it was published on {date}", changed.value),
                "correct one of the two",
            );
        }
        Publication {
            date,
            updated,
            expires: record.expires.as_ref().map(|date| date.value),
            draft: record.draft,
            aliases: record.aliases.clone(),
            weight: record.weight,
            image: record.image.clone(),
            image_alt: record.image_alt.clone(),
            noindex: record.noindex,
        }
    }

    /// A row's id, unless an earlier row of the list has it.
    fn new_id(&mut self, seen: &mut BTreeMap<Id, Span>, id: Option<&At<Id>>, name: &At<String>, span: &Span) -> Option<Id> {
        let path = &self.written.path;
        let id = id_or_slug(id, name, path, self.faults)?;
        if let Some(first) = seen.get(&id) {
            self.faults.push(duplicate(&id, path, span, path, first));
            return None;
        }
        seen.insert(id.clone(), span.clone());
        Some(id)
    }

    fn statistics(&mut self, record: &RoleFile) -> Vec<super::Figure> {
        let mut seen = BTreeMap::new();
        let figure = |row| {
            let At { value, span }: &At<super::record::StatisticRow> = row;
            let id = self.new_id(&mut seen, value.id.as_ref(), &value.label, span)?;
            self.ledger.statistic(id, row, self.faults)
        };
        record.statistics.iter().filter_map(figure).collect()
    }

    fn tips(&mut self, record: &RoleFile) -> Vec<Tip> {
        let mut seen = BTreeMap::new();
        let tip = |row: &At<super::record::TipRow>| {
            Some(Tip { id: self.new_id(&mut seen, row.id.as_ref(), &row.name, &row.span)?, name: row.name.value.clone(), text: row.text.clone() })
        };
        record.tips.iter().filter_map(tip).collect()
    }

    fn specializations(&mut self, record: &RoleFile) -> Vec<Specialization> {
        let mut seen = BTreeMap::new();
        let mut all = vec![];
        for row in &record.specializations {
            let Some(id) = self.new_id(&mut seen, row.id.as_ref(), &row.name, &row.span) else { continue };
            row.role.as_ref().inspect(|role| self.check_role(role));
            all.push(Specialization {
                id,
                name: row.name.value.clone(),
                role: row.role.as_ref().map(|role| role.value.clone()),
                description: row.description.clone(),
            });
        }
        all
    }

    fn check_role(&mut self, role: &At<Id>) {
        if role.value == self.written.id {
            self.fault(Code::BadValue, &role.span, "a role cannot name itself here", "name another role");
        } else if !self.world.roles.contains(&role.value) {
            self.unknown("role", role, self.world.roles.iter().map(Id::as_str).collect::<Vec<_>>());
        }
    }

    fn check_level(&mut self, level: Option<&At<Id>>, ladder: &Ladder) {
        if let Some(level) = level.filter(|level| ladder.level(level.as_str()).is_none()) {
            self.unknown("level", level, ladder.levels().map(|level| level.id.as_str()).collect::<Vec<_>>());
        }
    }

    fn related(&mut self, row: &At<RelatedRow>, ladder: &Ladder) -> Option<Related> {
        let RelatedRow { role, name, kind, from, reason } = &row.value;
        self.check_level(from.as_ref(), ladder);
        let target = match (role, name) {
            (Some(role), None) => {
                self.check_role(role);
                RelatedTo::Role(role.value.clone())
            }
            (None, Some(name)) => RelatedTo::Name(name.value.clone()),
            _ => {
                self.fault(
                    Code::BadValue,
                    &row.span,
                    "a related job has either `role` or `name`",
                    "use `role` for a role of this site, `name` for any other job",
                );
                return None;
            }
        };
        Some(Related { target, kind: *kind, from: from.as_ref().map(|from| from.value.clone()), reason: reason.clone() })
    }

    /// Titles: each level's own, then those that were written. A row with the name of a level's title adds to that.
    fn titles(&mut self, rows: &[At<TitleRow>], ladder: &Ladder) -> Vec<Title> {
        let mut titles: Vec<Title> = ladder.levels().map(of_level).collect();
        let mut seen: BTreeMap<Id, Span> = BTreeMap::new();
        for row in rows {
            self.check_level(row.level.as_ref(), ladder);
            let salary = row.salary.as_ref().and_then(|pay| self.ledger.pay(pay, self.faults));
            if let Some(level) = titles.iter_mut().find(|title| title.of_level && title.name.to_lowercase() == row.name.to_lowercase()) {
                level.description = row.description.clone().or_else(|| level.description.take());
                level.parent = row.parent.as_ref().map(|parent| parent.value.clone());
                level.featured |= row.featured;
                level.salary = salary.or_else(|| level.salary.take());
                continue;
            }
            let Some(id) = self.new_id(&mut seen, row.id.as_ref(), &row.name, &row.span) else { continue };
            if ladder.level(id.as_str()).is_some() {
                self.fault(Code::DuplicateId, &row.span, format!("the title's id `{id}` is that of a level"), "give the title another id");
                continue;
            }
            let level = row.level.as_ref().and_then(|level| ladder.level(level.as_str()));
            titles.push(Title {
                id,
                name: row.name.value.clone(),
                level: level.map(|level| level.id.clone()),
                stage: row.stage.as_ref().map(|stage| stage.value).or_else(|| level.and_then(|level| level.stage)),
                parent: row.parent.as_ref().map(|parent| parent.value.clone()),
                kind: row.kind.unwrap_or(TitleKind::Alternate),
                description: row.description.clone(),
                featured: row.featured,
                salary,
                of_level: false,
            });
        }
        self.check_parents(rows, &titles);
        titles
    }

    fn check_parents(&mut self, rows: &[At<TitleRow>], titles: &[Title]) {
        let parent_of = |id: &Id| titles.iter().find(|title| title.id == *id).and_then(|title| title.parent.clone());
        for parent in rows.iter().filter_map(|row| row.parent.as_ref()) {
            if !titles.iter().any(|title| title.id == parent.value) {
                self.unknown("level or title", parent, titles.iter().map(|title| title.id.as_str()).collect::<Vec<_>>());
                continue;
            }
            let returns = std::iter::successors(parent_of(&parent.value), |id| parent_of(id)).take(titles.len() + 1).any(|id| id == parent.value);
            if returns {
                self.fault(Code::Cycle, &parent.span, format!("the title `{}` is its own ancestor", parent.value), "a parent stands higher in the hierarchy");
                return;
            }
        }
    }

    fn faqs(&mut self, rows: &[At<FaqRow>], ladder: &Ladder) -> Vec<Faq> {
        let generated = generated_faq_ids(ladder);
        let mut seen = BTreeMap::new();
        let mut all = vec![];
        for row in rows {
            let name = row
                .question
                .clone()
                .unwrap_or_else(|| At { value: row.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default(), span: row.span.clone() });
            let Some(id) = self.new_id(&mut seen, row.id.as_ref(), &name, &row.span) else { continue };
            let is_whole = row.question.is_some() && row.answer.is_some();
            if !is_whole && !row.hidden && !generated.contains(id.as_str()) {
                let help = "add it; only a row with the id of a generated question may lack one, and this is no such id";
                self.fault(
                    Code::MissingKey,
                    &row.span,
                    format!("the row `{id}` has no `{}`", if row.question.is_none() { "question" } else { "answer" }),
                    help,
                );
            }
            for page in row.pages.iter().filter(|page| !Kind::named(page.as_str()).is_some_and(Kind::is_of_role)) {
                self.unknown("kind of page", page, Kind::of_role().map(Kind::as_str).collect::<Vec<_>>());
            }
            all.push(Faq {
                id,
                question: row.question.as_ref().map(|question| question.value.clone()),
                answer: row.answer.clone(),
                pages: row.pages.clone(),
                hidden: row.hidden,
                span: row.span.clone(),
            });
        }
        all
    }

    fn testimonials(&mut self, record: &RoleFile) -> Vec<Testimonial> {
        for row in record.testimonials.iter().filter(|row| !row.consent) {
            let warning = Diagnostic::warning(Code::NoConsent, format!("the words of {} are not published: `consent` is not true", row.name));
            self.faults.push(warning.at(&self.written.path, row.quote.span.clone()).help("ask, and write `consent = true`; or remove the row"));
        }
        let consented = record.testimonials.iter().filter(|row| row.consent);
        consented.map(|row| Testimonial { quote: row.quote.value.clone(), name: row.name.clone(), job_title: row.job_title.clone() }).collect()
    }

    fn positions(&mut self, ladder: &Ladder) -> Vec<Position> {
        let path = &self.written.positions_path;
        let mut seen: BTreeMap<Id, Span> = BTreeMap::new();
        let mut all = vec![];
        for row in &self.written.positions {
            let name = At { value: format!("{} {}", row.title.value, row.employer), span: row.title.span.clone() };
            let Some(id) = id_or_slug(row.id.as_ref(), &name, path, self.faults) else { continue };
            if let Some(first) = seen.insert(id.clone(), row.span.clone()) {
                self.faults.push(duplicate(&id, path, &row.span, path, &first));
                continue;
            }
            all.extend(self.position(id, row, ladder));
        }
        all
    }

    /// An open job; none when it has expired.
    fn position(&mut self, id: Id, row: &At<PositionRow>, ladder: &Ladder) -> Option<Position> {
        let path: &SourcePath = &self.written.positions_path;
        let level = row.level.as_ref().filter(|level| ladder.level(level.as_str()).is_none());
        if let Some(level) = level {
            let help = suggest::help(level.as_str(), ladder.levels().map(|level| level.id.as_str()).collect::<Vec<_>>());
            self.faults.push(Diagnostic::error(Code::UnknownId, format!("there is no level `{}`", level.value)).at(path, level.span.clone()).help(help));
        }
        if let Some(expires) = row.expires.as_ref().filter(|expires| expires.value < row.posted.value) {
            let fault = Diagnostic::error(Code::OutOfOrder, format!("the job expires on {}, before it was posted on {}", expires.value, row.posted.value));
            self.faults.push(fault.at(path, expires.span.clone()).help("correct one of the two"));
        }
        let salary = row.salary.as_ref().and_then(|pay| self.ledger.of_file(path).pay(pay, self.faults));
        if row.expires.as_ref().is_some_and(|expires| expires.value < self.world.build_date) {
            return None;
        }
        let PositionRow {
            id: _,
            title,
            employer,
            employer_url,
            locations,
            country,
            workplace,
            employment_type,
            level,
            salary: _,
            posted,
            expires,
            url,
            summary,
            description,
        } = row.value.clone();
        Some(Position {
            id,
            title: title.value,
            employer,
            employer_url,
            locations,
            country,
            workplace,
            employment_type,
            level: level.map(|level| level.value),
            salary,
            posted: posted.value,
            expires: expires.map(|expires| expires.value),
            url,
            summary,
            description,
            path: path.clone(),
            span: row.span.clone(),
        })
    }
}

fn of_level(level: &super::Level) -> Title {
    Title {
        id: level.id.clone(),
        name: level.title.clone(),
        level: Some(level.id.clone()),
        stage: level.stage,
        parent: None,
        kind: TitleKind::Alternate,
        description: None,
        featured: false,
        salary: level.salary.clone(),
        of_level: true,
    }
}
