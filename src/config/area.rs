//! Areas: the rows of areas.toml come in, diagnostics go out for parents that do not exist or lead in a
//! circle, and for codes that ISO 3166 cannot have.

use std::collections::BTreeSet;

use super::{AreaRow, Config, country};
use crate::data::{Id, meant};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;

impl Config {
    pub(super) fn check_areas(&self, path: &SourcePath, diagnostics: &mut Diagnostics) {
        let lists = self.lists();
        let mut in_circles = BTreeSet::new();
        for (id, area) in &self.areas {
            check_code(&area.row, path, diagnostics);
            let Some(parent) = &area.row.parent else {
                continue;
            };
            lists.check_area(parent, path, diagnostics);
            // A circle is said once, at the first of its areas.
            if let Some(circle) = self.circle(id).filter(|_| !in_circles.contains(id)) {
                in_circles.extend(circle);
                let fault = Diagnostic::error(
                    Code::Cycle,
                    format!("the area `{id}` lies in itself: its parents come back to it"),
                );
                diagnostics.push(
                    fault
                        .at(path, parent.span.clone())
                        .help("an area's parent is larger than the area"),
                );
            }
        }
    }

    /// The areas above one, when they come back to it.
    fn circle<'a>(&'a self, id: &'a Id) -> Option<BTreeSet<&'a Id>> {
        let mut above = BTreeSet::new();
        let mut next = Some(id);
        while let Some(area) = next.filter(|area| above.insert(*area)) {
            next = self
                .areas
                .get(area)
                .and_then(|area| area.row.parent.as_ref())
                .map(|parent| &parent.value);
        }
        (next == Some(id)).then_some(above)
    }
}

/// A country's code has two letters; a part of a country adds `-` and up to three letters or
/// digits.
fn check_code(row: &AreaRow, path: &SourcePath, diagnostics: &mut Diagnostics) {
    let Some(code) = &row.code else { return };
    let (of_country, part) = code
        .split_once('-')
        .map_or((code.as_str(), None), |(of_country, part)| {
            (of_country, Some(part))
        });
    let is_part = |part: &str| {
        (1..=3).contains(&part.len())
            && part
                .bytes()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    if country(of_country).is_none() || !part.is_none_or(is_part) {
        let fault = Diagnostic::error(
            Code::BadValue,
            format!("`{}` is no ISO 3166 code", code.value),
        )
        .at(path, code.span.clone());
        let meant = meant::country(code).map(|code| format!("write \"{code}\""));
        diagnostics.push(fault.help(meant).help("write \"US\" for a country, \"US-CA\" for a part of one; leave `code` out where ISO 3166 has none"));
    }
}
