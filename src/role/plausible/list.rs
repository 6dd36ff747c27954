//! The figures of a role, which have no order: they come in, warnings go out for those that are far from most of the others.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Like, Place, Scale, Sum, is_far, is_of, place, runs};
use crate::diag::Diagnostic;
use crate::path::SourcePath;

/// Amounts of a list that are far from most of the others. Those that have one cause are said once.
pub(super) fn far<'p>(sums: Vec<Sum<'p>>, scale: &Scale, own: &SourcePath, odd: &mut BTreeSet<Place<'p>>) -> Vec<Diagnostic> {
    let mut alike: BTreeMap<Like<'p>, Vec<(usize, Sum<'p>)>> = BTreeMap::new();
    for (at, sum) in sums.into_iter().enumerate().filter(|(_, sum)| !odd.contains(&place(sum.pay))) {
        alike.entry(sum.like(scale)).or_default().push((at, sum));
    }
    let mut faults = vec![];
    for mut group in alike.into_values().filter(|group| group.len() >= scale.least) {
        let written: BTreeMap<Place<'p>, usize> = group.iter().map(|(at, sum)| (place(sum.pay), *at)).collect();
        let order = |sum: &Sum<'p>| written.get(&place(sum.pay)).copied();
        group.sort_by(|(_, a), (_, b)| a.amount.total_cmp(&b.amount));
        let mut runs = runs(group.into_iter().map(|(_, sum)| sum).collect(), scale.far);
        let Some(most) = (0..runs.len()).max_by_key(|at| (runs[*at].len(), Reverse(runs[*at].iter().filter_map(order).min()))) else { continue };
        let usual = runs.remove(most);
        for run in runs {
            odd.extend(run.iter().map(|sum| place(sum.pay)));
            // What a framework says is none of the role's, and said once for all.
            let first_of = |run: &[Sum<'p>]| run.iter().min_by_key(|sum| (!is_of(sum.pay, own), order(sum))).map(|sum| sum.pay);
            let Some((first, neighbour)) = first_of(&run).zip(first_of(&usual)).filter(|(a, b)| is_of(a, own) || is_of(b, own)) else { continue };
            let more = (run.len() > 1).then(|| format!("the same is true of {} more of the role's figures", run.len() - 1));
            faults.push(is_far(first, neighbour, own).help(more));
        }
    }
    faults
}
