//! The figures of a role, which have no order: they come in, warnings go out for those that are far
//! from most of the others.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Like, Place, Scale, Sum, is_far, is_of, place, runs};
use crate::diag::Diagnostic;
use crate::path::SourcePath;
use crate::role::Pay;

/// Amounts that can be compared, with their numbers in the order of the files.
#[derive(Default)]
struct Alike<'p> {
    sums: Vec<Sum<'p>>,
    number: BTreeMap<Place<'p>, usize>,
}

/// Warns of amounts of a list that are far from most of the others. Those of one cause are said
/// once, and are added to `odd`.
pub(super) fn far<'p>(
    sums: Vec<Sum<'p>>,
    scale: &Scale,
    own: &SourcePath,
    odd: &mut BTreeSet<Place<'p>>,
) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<Like<'p>, Alike<'p>> = BTreeMap::new();
    for (number, sum) in sums.into_iter().enumerate() {
        if !odd.contains(&place(sum.pay)) {
            let alike = groups.entry(sum.like(scale)).or_default();
            alike.number.insert(place(sum.pay), number);
            alike.sums.push(sum);
        }
    }
    let mut diagnostics = vec![];
    for group in groups.into_values() {
        if group.sums.len() >= scale.least {
            diagnostics.extend(group.far(scale.far, own, odd));
        }
    }
    diagnostics
}

impl<'p> Alike<'p> {
    fn far(mut self, far: f64, own: &SourcePath, odd: &mut BTreeSet<Place<'p>>) -> Vec<Diagnostic> {
        self.sums.sort_by(|a, b| a.amount.total_cmp(&b.amount));
        let mut runs = runs(std::mem::take(&mut self.sums), far);
        let first = |run: &[Sum<'p>]| run.iter().filter_map(|sum| self.number_of(sum)).min();
        let usual = (0..runs.len()).max_by_key(|at| (runs[*at].len(), Reverse(first(&runs[*at]))));
        let Some(usual) = usual.map(|at| runs.remove(at)) else {
            return vec![];
        };
        let mut diagnostics = vec![];
        for run in runs {
            odd.extend(run.iter().map(|sum| place(sum.pay)));
            // What a framework says is none of the role's, and said once for all.
            let pair = self.first_of(&run, own).zip(self.first_of(&usual, own));
            let Some((pay, neighbour)) = pair.filter(|(a, b)| is_of(a, own) || is_of(b, own))
            else {
                continue;
            };
            let fault = is_far(pay, neighbour, own);
            diagnostics.push(match run.len() - 1 {
                0 => fault,
                more => fault.help(format!(
                    "the same is true of {more} more of the role's figures"
                )),
            });
        }
        diagnostics
    }

    /// Returns the first figure of a run, those of the role's own folder before others.
    fn first_of(&self, run: &[Sum<'p>], own: &SourcePath) -> Option<&'p Pay> {
        let sums = run.iter();
        let first = sums.min_by_key(|sum| (!is_of(sum.pay, own), self.number_of(sum)));
        first.map(|sum| sum.pay)
    }

    fn number_of(&self, sum: &Sum<'p>) -> Option<usize> {
        self.number.get(&place(sum.pay)).copied()
    }
}
