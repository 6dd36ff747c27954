//! Open jobs: the rows of positions.toml come in, those that had not expired on the build date go out.

use std::collections::BTreeMap;

use super::record::PositionRow;
use super::resolve::Resolver;
use super::{Ladder, Position};
use crate::config::{country, duplicate, id_or_slug, of_names};
use crate::data::{At, Id, meant};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::suggest;

impl Resolver<'_> {
    pub(super) fn positions(&mut self, ladder: &Ladder) -> Vec<Position> {
        let path = &self.written.positions_path;
        let mut seen: BTreeMap<Id, (Span, Option<String>)> = BTreeMap::new();
        let mut all = vec![];
        for row in &self.written.positions {
            self.check_position(row, ladder);
            let name = At { value: format!("{} {}", row.title.value, row.employer), span: row.title.span.clone() };
            let Some(id) = id_or_slug(row.id.as_ref(), &name, path, self.faults) else { continue };
            match seen.get(&id) {
                Some((first, first_name)) => {
                    let fault = duplicate(&id, path, &row.span, path, first);
                    self.faults.push(of_names(fault, &id, row.id.is_none().then_some(name.as_str()), first_name.as_deref()));
                }
                None => {
                    seen.insert(id.clone(), (row.span.clone(), row.id.is_none().then(|| name.value.clone())));
                    all.extend(self.position(id, row));
                }
            }
        }
        all
    }

    fn check_position(&mut self, row: &At<PositionRow>, ladder: &Ladder) {
        let path = &self.written.positions_path;
        let PositionRow { level, posted, expires, country: of_country, .. } = &row.value;
        let lost_levels = self.written.lost_levels();
        if let Some(level) = level.as_ref().filter(|level| ladder.level(level.as_str()).is_none() && !lost_levels) {
            let help = suggest::help(level.as_str(), ladder.levels().map(|level| level.id.as_str()).collect::<Vec<_>>());
            self.faults.push(Diagnostic::error(Code::UnknownId, format!("there is no level `{}`", level.value)).at(path, level.span.clone()).help(help));
        }
        if let Some(expires) = expires.as_ref().filter(|expires| expires.value < posted.value) {
            let fault = Diagnostic::error(Code::OutOfOrder, format!("the job expires on {}, before it was posted on {}", expires.value, posted.value));
            self.faults.push(fault.at(path, expires.span.clone()).help("correct one of the two"));
        }
        if let Some(code) = of_country.as_ref().filter(|code| country(code).is_none()) {
            let fault = Diagnostic::error(Code::BadValue, format!("`{}` is no ISO 3166 country code", code.value)).at(path, code.span.clone());
            let meant = meant::country(code).map(|code| format!("write \"{code}\""));
            self.faults.push(fault.help(meant.unwrap_or_else(|| "write two capital letters, such as \"US\"".to_owned())));
        }
    }

    /// An open job; none when it has expired.
    fn position(&mut self, id: Id, row: &At<PositionRow>) -> Option<Position> {
        let path = &self.written.positions_path;
        let PositionRow { id: _, title, employer, employer_url, locations, country, workplace, employment_type, level, .. } = &row.value;
        let PositionRow { salary, posted, expires, url, summary, description, .. } = &row.value;
        let salary = salary.as_ref().and_then(|pay| self.ledger.of_file(path).pay(pay, self.faults));
        let has_expired = expires.as_ref().is_some_and(|expires| expires.value < self.world.build_date);
        (!has_expired).then(|| Position {
            id,
            title: title.value.clone(),
            employer: employer.clone(),
            employer_url: employer_url.clone(),
            locations: locations.clone(),
            country: country.as_ref().map(|country| country.value.clone()),
            workplace: *workplace,
            employment_type: *employment_type,
            level: level.as_ref().map(|level| level.value.clone()),
            salary,
            posted: posted.value,
            expires: expires.as_ref().map(|expires| expires.value),
            url: url.clone(),
            summary: summary.clone(),
            description: description.clone(),
            path: path.clone(),
            span: row.span.clone(),
        })
    }
}
