//! A figure of pay by itself: one comes in, a warning goes out when nobody is paid so.

use super::{FAR, HELP, float, warning};
use crate::data::{Decimal, amount};
use crate::diag::Diagnostic;
use crate::role::{Amounts, Pay};

/// Returns what makes no sense by itself: a span that nobody is paid, or nothing.
pub(super) fn alone(pay: &Pay) -> Option<Diagnostic> {
    let (min, max) = pay.amounts.bounds();
    let is_unknown = matches!(pay.amounts, Amounts::Percentiles(_)) && float(min) == 0.0;
    if pay.label.is_none() && (float(max) == 0.0 || is_unknown) {
        let help = "leave out what is not known; pay that is really nothing needs a `label` that says so, such as \"Unpaid\"";
        return Some(warning(pay, "this pay is nothing: 0").help(help));
    }
    let (low, high) = torn(&pay.amounts)?;
    let [low, high] = [low, high].map(|amount| amount::written(amount.0, &pay.claim.path));
    let message = format!("this pay is implausible: it goes from {low} to {high}");
    Some(
        warning(pay, message)
            .help("write both amounts in full, such as 75_000 for 75 thousand")
            .help(HELP),
    )
}

/// Returns two amounts of a figure that are too far from each other.
fn torn(amounts: &Amounts) -> Option<(Decimal, Decimal)> {
    match amounts {
        Amounts::Value(_) => None,
        Amounts::Range { min, max } => {
            (float(*min) > 0.0 && float(*max) / float(*min) >= FAR).then_some((*min, *max))
        }
        Amounts::Percentiles(values) => {
            let known: Vec<(usize, Decimal)> = values
                .iter()
                .enumerate()
                .filter_map(|(at, value)| Some((at, (*value)?)))
                .collect();
            let pairs = known
                .windows(2)
                .filter_map(|pair| <[_; 2]>::try_from(pair).ok());
            let is_torn = |[(from, low), (to, high)]: &[(usize, Decimal); 2]| {
                float(*low) > 0.0 && float(*high) / float(*low) >= far_percentile(*from, *to)
            };
            pairs
                .filter(is_torn)
                .map(|[(_, low), (_, high)]| (low, high))
                .next()
        }
    }
}

/// Returns how far apart is too far for a percentile and the next one that is known, by their places. Official statistics
/// have 12 from the 10th to the 25th and 16 to the 50th, where doctors in training are counted too;
/// 11 from the median up; and 35 in all, for athletes.
fn far_percentile(from: usize, to: usize) -> f64 {
    match (from, to) {
        (0, 2) => 16.0,
        _ if from >= 2 || to == from + 1 => 12.0,
        _ => 40.0,
    }
}
