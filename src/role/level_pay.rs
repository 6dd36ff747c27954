//! Pay of levels in tables: rows of pay that name a level, and the ladder, come in; each knows its
//! level, and a level that says no pay takes the first row of the role's own area.

use super::resolver::Resolver;
use super::{Ladder, Pay, PayLevel, WordedPay};
use crate::data::{At, Id};

/// All pay of a role as a whole.
#[derive(Default)]
pub(super) struct PayOfRole {
    pub amounts: Vec<Pay>,
    pub words: Vec<WordedPay>,
}

impl PayOfRole {
    /// Gives every row that names a level its title, and levels without pay the rows about them.
    pub(super) fn settle(&mut self, resolver: &mut Resolver<'_>, ladder: &mut Ladder) {
        check_levels(resolver, ladder);
        let amounts = self.amounts.iter_mut().map(|pay| &mut pay.level);
        let words = self.words.iter_mut().map(|pay| &mut pay.level);
        for of_pay in amounts.chain(words).flatten() {
            if let Some(level) = ladder.level(of_pay.id.as_str()) {
                of_pay.title.clone_from(&level.title);
            }
        }
        let own = resolver.reader.figures.area.clone();
        let own = own.or_else(|| resolver.context.settings.figures.area.clone());
        let levels = ladder.tracks.iter_mut().flat_map(|track| &mut track.levels);
        for level in levels.filter(|level| level.salary.is_none()) {
            let is_of = |of: &Option<PayLevel>| of.as_ref().is_some_and(|of| of.id == level.id);
            let row = self
                .amounts
                .iter()
                .position(|pay| is_of(&pay.level) && pay.area == own);
            level.salary = row.map(|row| Pay {
                level: None,
                ..self.amounts.remove(row)
            });
            let of_level = self.words.extract_if(.., |pay| is_of(&pay.level));
            level
                .worded_pay
                .extend(of_level.map(|pay| WordedPay { level: None, ..pay }));
        }
    }
}

/// Checks that levels that rows name are on the ladder.
fn check_levels(resolver: &mut Resolver<'_>, ladder: &Ladder) {
    if resolver.written.lost_levels() {
        return;
    }
    let written = resolver.written;
    let files = [
        (&written.record.salary, &written.path),
        (&written.csv_rows, &written.csv_path),
    ];
    for (rows, path) in files {
        let named = rows.iter().filter_map(|row| row.level.as_ref());
        let unknown: Vec<&At<Id>> = named
            .filter(|level| ladder.level(level.as_str()).is_none())
            .collect();
        for level in unknown {
            let known = ladder.levels().map(|level| level.id.as_str());
            resolver.unknown_in(path, "level", level, known.collect::<Vec<_>>());
        }
    }
}
