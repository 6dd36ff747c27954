//! Rows of pay that stand twice: the pay of a role comes in, warnings with both places go out.

use std::collections::BTreeMap;

use super::Pay;
use super::few::few;
use crate::diag::{Code, Diagnostic};

/// Returns rows that nothing tells apart, or nothing but their amounts: a reader sees two figures
/// of one thing.
pub(super) fn repeated(salary: &[Pay]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<_, &Pay> = BTreeMap::new();
    let warning = |pay: &Pay, first: &Pay| {
        let is_same = pay.amounts == first.amounts && pay.open_top == first.open_top;
        let (message, help) = match is_same {
            true => ("this row of pay stands twice", "remove one of the two"),
            false => (
                "nothing but the amount tells this row of pay from another",
                "give one of the two a `label`, a `basis`, an `area` or an `as_of` of its own, or remove it",
            ),
        };
        let warning =
            Diagnostic::warning(Code::SamePay, message).at(&pay.claim.path, pay.claim.span.clone());
        warning
            .related(
                "the other one is here",
                &first.claim.path,
                first.claim.span.clone(),
            )
            .help(help)
    };
    let twice = salary.iter().filter_map(|pay| {
        let claim = (
            pay.claim.source.as_ref(),
            pay.claim.as_of.map(|as_of| as_of.to_string()),
        );
        let what = (
            (pay.area.as_ref(), pay.level.as_ref()),
            pay.currency,
            pay.period,
            pay.basis,
            pay.label.as_deref(),
            pay.measure(),
            claim,
        );
        match seen.get(&what) {
            // An id that stands twice was said.
            Some(first) => (pay.id.is_none() || pay.id != first.id).then(|| warning(pay, first)),
            None => {
                seen.insert(what, pay);
                None
            }
        }
    });
    few(twice, "rows")
}
