//! What is particular to layers of a role: figures of an import inherit from the import alone, and
//! its rows of pay give way to those of the author.

use std::collections::{BTreeMap, BTreeSet};

use super::record::{OutlookRow, SalaryRow, StatisticRow};
use crate::config::{Figures, Layering, STEP};
use crate::data::{At, Decimal, Decode, Id, Key, Node, Table, Value};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;

/// How layers of roles, frameworks and jobs are merged: a table that says where its figures are from
/// is one figure, and is not mixed with another.
pub(super) const LAYERING: Layering<'static> = Layering {
    prepare: &inherit,
    whole: &["source", "as_of", "currency", "period", "area"],
};

/// Writes what the rows of a layer inherit into them, and removes it from the layer: it says nothing
/// of the rows of others.
fn inherit(layer: &mut Table) {
    let Some(at) = layer.0.iter().position(|(key, _)| key.name == "figures") else {
        return;
    };
    let Value::Table(figures) = &layer.0[at].1.value else {
        return;
    };
    let figures = figures.clone();
    let hand_down = |node: Option<&mut Node>, keys: &[&str]| {
        for row in node.into_iter().flat_map(rows) {
            add(row, &figures, keys);
        }
    };
    hand_down(get(layer, "salary"), SalaryRow::keys());
    hand_down(get(layer, "statistics"), StatisticRow::keys());
    hand_down(get(layer, "outlook"), OutlookRow::keys());
    for list in ["levels", "titles"] {
        for row in get(layer, list).into_iter().flat_map(rows) {
            hand_down(get(row, "salary"), SalaryRow::keys());
        }
    }
    layer.0.remove(at);
}

fn get<'t>(table: &'t mut Table, name: &str) -> Option<&'t mut Node> {
    table
        .0
        .iter_mut()
        .find(|(key, _)| key.name == name)
        .map(|(_, node)| node)
}

/// Returns the tables of a list, or the one table that a value is.
fn rows(node: &mut Node) -> Vec<&mut Table> {
    match &mut node.value {
        Value::Array(items) => items.iter_mut().flat_map(rows).collect(),
        Value::Table(table) => vec![table],
        _ => vec![],
    }
}

fn add(row: &mut Table, figures: &Table, keys: &[&str]) {
    let of_row = |(key, _): &&(Key, Node)| keys.contains(&key.name.as_str());
    for (key, node) in figures.0.iter().filter(of_row) {
        if row.get(&key.name).is_none() {
            row.0.push((key.clone(), node.clone()));
        }
    }
}

/// Fills what rows of a layer's salary.csv leave open with the figures of the same import.
pub(super) fn inherit_in_csv(rows: &mut [At<SalaryRow>], figures: &Figures) {
    let Figures {
        currency,
        period,
        area,
        source,
        as_of,
        hours_per_year: _,
    } = figures;
    for At { value: row, .. } in rows {
        row.currency = row.currency.or(*currency);
        row.period = row.period.or(*period);
        row.area = row.area.take().or_else(|| area.clone());
        row.source = row.source.take().or_else(|| source.clone());
        row.as_of = row.as_of.or(as_of.as_ref().map(|as_of| as_of.value));
    }
}

/// Pay of a role, the rows that count more first.
pub(super) struct Rows<'r> {
    /// What rows of the author inherit.
    pub figures: &'r Figures,
    pub path: &'r SourcePath,
}

impl Rows<'_> {
    /// Drops the rows of layers that say again what an earlier row says: pay of the same thing, in
    /// the same area and for the same time. `record` are the author's other rows.
    pub(super) fn without_repeated(
        &self,
        record: &[At<SalaryRow>],
        rows: Vec<At<SalaryRow>>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<At<SalaryRow>> {
        let mut kept: Vec<At<SalaryRow>> = vec![];
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let of_record = record.iter().map(|row| self.subject(row));
        let of_record: BTreeSet<String> = of_record.collect();
        for row in rows {
            let subject = self.subject(&row);
            let is_layer = row.span.start >= STEP;
            if is_layer && of_record.contains(&subject) {
                continue;
            }
            match seen.get(&subject) {
                Some(first) if is_layer => {
                    diagnostics.extend(self.differing(&kept[*first], &row));
                }
                _ => {
                    seen.entry(subject).or_insert(kept.len());
                    kept.push(row);
                }
            }
        }
        kept
    }

    /// Says what a row is about.
    fn subject(&self, At { value: row, span }: &At<SalaryRow>) -> String {
        let is_own = span.start < STEP;
        let area = row
            .area
            .as_ref()
            .or_else(|| self.figures.area.as_ref().filter(|_| is_own));
        let period = row.period.or(self.figures.period.filter(|_| is_own));
        let id = |id: &At<Id>| id.value.to_string();
        format!(
            "{:?}",
            (
                area.map(id),
                period,
                row.id.as_ref().map(id),
                row.level.as_ref().map(id),
                &row.label,
                row.statistic,
                row.basis
            )
        )
    }

    /// Warns if two layers give other amounts for the same thing.
    fn differing(&self, first: &At<SalaryRow>, other: &At<SalaryRow>) -> Option<Diagnostic> {
        let amounts = |At { value: row, .. }: &At<SalaryRow>| {
            let percentiles = row.percentiles.as_ref().map(|it| &it.value);
            let of = |amount: &Option<At<Decimal>>| amount.as_ref().map(|it| it.value);
            let percentiles = percentiles.map(|it| {
                [
                    of(&it.p10),
                    of(&it.p25),
                    of(&it.p50),
                    of(&it.p75),
                    of(&it.p90),
                ]
            });
            (of(&row.value), of(&row.min), of(&row.max), percentiles)
        };
        let differ = first.span.start >= STEP
            && (first.span.start / STEP != other.span.start / STEP)
            && amounts(first) != amounts(other);
        differ.then(|| {
            Diagnostic::warning(Code::DifferentLayers, "two imports give other pay for the same")
                .at(self.path, first.span.clone())
                .related("the other says", self.path, other.span.clone())
                .help("the first counts: say which it is with `[import] order` in site.toml, or write the row into salary.csv")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_a_layer_are_handed_to_its_rows() {
        let path = SourcePath::known("content/roles/a/imported.onet.toml");
        let text = "[figures]\nsource = \"s\"\narea = \"US\"\ncurrency = \"USD\"\n[[salary]]\nvalue = 1\narea = \"GB\"\n[outlook]\nbase_year = 2024\n[[levels]]\nsalary = { value = 1 }\n";
        let mut table =
            crate::data::parse_toml(&path, text, 0, &mut Diagnostics::default()).unwrap();
        inherit(&mut table);
        let json = Value::Table(table).to_json().to_string();
        assert_eq!(
            json,
            r#"{"salary":[{"value":1,"area":"GB","source":"s","currency":"USD"}],"outlook":{"base_year":2024,"source":"s","area":"US"},"levels":[{"salary":{"value":1,"source":"s","area":"US","currency":"USD"}}]}"#
        );
    }
}
