//! Pay in words: a [`Pay`] comes in; amounts, measures and notes go out as text.

use crate::config::{Basis, Period};
use crate::data::Decimal;
use crate::locale::{DateStyle, Form};
use crate::role::record::Statistic;
use crate::role::{Amounts, Ladder, PERCENTS, Pay, PayWords, WordedPay};
use crate::wording::unit;
use crate::wording::unit::Unit;
use crate::wording::{Wording, words};

/// The most kinds of pay that stand in one line.
const MOST_KINDS: usize = 3;

/// The pay on a ladder, from the lowest amount to the highest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// "$55K–$270K+". For pay of several kinds each amount with its period and kind.
    pub text: String,
    /// "$55K–$270K+ a year".
    pub text_with_period: String,
}

/// Returns the short text: "$55K–$80K", "$180K–$270K+", the median of percentiles, or "$65K (90th
/// percentile)".
pub fn text(words: &Wording<'_>, pay: &Pay) -> String {
    unmistakable(words, amount(words, pay, Form::Short), pay)
}

/// Returns the long text: "$55,000 to $80,000 a year".
pub fn text_long(words: &Wording<'_>, pay: &Pay) -> String {
    unmistakable(words, amount(words, pay, Form::Long), pay)
}

/// Adds to an amount which percentiles it is made of, if the median is unknown.
pub(super) fn unmistakable(words: &Wording<'_>, amount: String, pay: &Pay) -> String {
    if unit::lacks_middle(pay) {
        which(words, amount, &[measure(words, pay)])
    } else {
        amount
    }
}

/// Returns the amount alone, for places that show beside it what it measures.
pub fn amount(words: &Wording<'_>, pay: &Pay, form: Form) -> String {
    let (min, max) = pay.amounts.stated();
    let open = if unit::is_open(pay) { "_open" } else { "" };
    let kind = if min == max { "pay_value" } else { "pay_range" };
    let suffix = if form == Form::Short { "_short" } else { "" };
    let ends = words.locale.amounts(&[min.0, max.0], pay.currency, form);
    let text = words
        .strings
        .fill_with(&format!("{kind}{open}{suffix}"), |name| match name {
            "value" | "min" => ends.first().cloned(),
            "max" => ends.last().cloned(),
            "range" => Some(words.locale.money_range(min.0, max.0, pay.currency, form)),
            "period" => Some(period(words, pay.period)),
            _ => None,
        });
    // The short text has no words in it: it is one figure.
    if form == Form::Short {
        words.locale.isolated(text)
    } else {
        text
    }
}

/// Adds the period to an amount: "$25–$50 an hour".
pub fn with_period(words: &Wording<'_>, amount: &str, pay: &Pay) -> String {
    words.strings.fill(
        "pay_with_period",
        &[("pay", amount), ("period", &period(words, pay.period))],
    )
}

/// Adds to a text of pay those particulars that were not told before: "$25–$50 an hour (Base pay,
/// Texas)".
pub fn told(words: &Wording<'_>, text: String, pay: &Pay, told: &[String]) -> String {
    let rest: Vec<String> = particulars(words, pay)
        .into_iter()
        .filter(|note| !told.contains(note))
        .collect();
    which(words, text, &rest)
}

/// Adds notes in parentheses to a text, if there are any.
pub(super) fn which(words: &Wording<'_>, text: String, notes: &[String]) -> String {
    let which = notes.join(words.strings.get("list_separator"));
    if which.is_empty() {
        text
    } else {
        words
            .strings
            .fill("pay_which", &[("pay", &text), ("which", &which)])
    }
}

/// Returns the label of a figure: "Median pay", "Range of base pay", or the label of its row.
pub fn label(words: &Wording<'_>, pay: &Pay) -> String {
    pay.label.clone().unwrap_or_else(|| measure(words, pay))
}

/// Returns what a figure measures, with its period: "Median pay, a year".
pub fn measure_long(words: &Wording<'_>, pay: &Pay) -> String {
    words.strings.fill(
        "pay_measure",
        &[
            ("measure", &measure(words, pay)),
            ("period", &period(words, pay.period)),
        ],
    )
}

/// Returns what a figure measures: "Median pay", "Range of base pay", "25th to 75th percentile".
pub fn measure(words: &Wording<'_>, pay: &Pay) -> String {
    let what = match &pay.amounts {
        Amounts::Percentiles(values) => return percentiles_measure(words, values, pay.basis),
        amounts
            if pay.statistic == Statistic::Range && amounts.bounds().0 == amounts.bounds().1 =>
        {
            "value"
        }
        _ => pay.statistic.as_str(),
    };
    words.strings.get(&of_basis(what, pay.basis)).to_owned()
}

/// Returns which percentiles are known: "90th percentile", or "Percentiles" with a median.
fn percentiles_measure(
    words: &Wording<'_>,
    values: &[Option<Decimal>; 5],
    basis: Option<Basis>,
) -> String {
    let known: Vec<String> = PERCENTS
        .iter()
        .zip(values)
        .filter(|(_, value)| value.is_some())
        .map(|(percent, _)| percent.to_string())
        .collect();
    match known.as_slice() {
        _ if values[2].is_some() => words
            .strings
            .get(&of_basis("percentiles", basis))
            .to_owned(),
        [from, .., to] => words.strings.fill(
            &of_basis("percentile_span", basis),
            &[("from", from), ("to", to)],
        ),
        known => words.strings.fill(
            &of_basis("percentile", basis),
            &[("percent", &known.concat())],
        ),
    }
}

/// Returns everything about a figure but its amount, in parts: what it measures, its period, its
/// label, level, area and date.
///
/// Notes that several figures share can be shown once.
pub fn notes(words: &Wording<'_>, pay: &Pay) -> Vec<String> {
    let is_plain =
        pay.statistic == Statistic::Range && !matches!(pay.amounts, Amounts::Percentiles(_));
    let measure = if is_plain {
        plain(words, pay.basis)
    } else {
        measure(words, pay)
    };
    let label = pay.label.clone().filter(|label| *label != measure);
    let level = pay.level.as_ref().map(|level| level.title.clone());
    let area = pay.area.as_ref().map(|area| words::area_name(words, area));
    let as_of = pay
        .claim
        .as_of
        .map(|as_of| words.locale.date(as_of, DateStyle::Long));
    [
        Some(measure),
        Some(period(words, pay.period)),
        label,
        level,
        area,
        as_of,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Returns what amounts and ranges on a basis are called: "Pay", "Base pay".
fn plain(words: &Wording<'_>, basis: Option<Basis>) -> String {
    words.strings.get(&of_basis("value", basis)).to_owned()
}

/// Returns the notes of a figure without those that the amount itself says or that stand with its
/// source: that it is pay, its period and its date.
pub fn particulars(words: &Wording<'_>, pay: &Pay) -> Vec<String> {
    let as_of = pay
        .claim
        .as_of
        .map(|as_of| words.locale.date(as_of, DateStyle::Long));
    let known = [
        Some(plain(words, None)),
        Some(period(words, pay.period)),
        as_of,
    ];
    notes(words, pay)
        .into_iter()
        .filter(|note| known.iter().flatten().all(|known| known != note))
        .collect()
}

/// Returns the notes that several figures share.
pub fn shared_notes(words: &Wording<'_>, pays: &[&Pay]) -> Vec<String> {
    let all: Vec<Vec<String>> = pays.iter().map(|pay| notes(words, pay)).collect();
    let Some((first, others)) = all.split_first() else {
        return vec![];
    };
    first
        .iter()
        .filter(|note| others.iter().all(|other| other.contains(note)))
        .cloned()
        .collect()
}

/// Returns pay without an amount of money: "variable", "10 to 20% of base pay".
pub fn worded(words: &Wording<'_>, pay: &WordedPay) -> String {
    match &pay.what {
        PayWords::Text(text) => text.clone(),
        PayWords::Percent { min, max, of } => {
            let number = |value: &Decimal| words.locale.number(value.0);
            let value = if min == max {
                number(min)
            } else {
                let values = [("min", number(min)), ("max", number(max))];
                let values = values.each_ref().map(|(name, text)| (*name, text.as_str()));
                words.strings.fill("statistic_range", &values)
            };
            let percent = words
                .strings
                .fill("statistic_percent", &[("value", &value)]);
            let values = [("percent", percent.as_str()), ("of", of)];
            words.strings.fill("pay_percent_of", &values)
        }
    }
}

/// Returns what pay without an amount of money is called: its label, "Bonus", "Pay".
pub fn worded_label(words: &Wording<'_>, pay: &WordedPay) -> String {
    pay.label.clone().unwrap_or_else(|| plain(words, pay.basis))
}

/// Returns a change in percent: "+15.8%".
pub fn change_text(words: &Wording<'_>, percent: Decimal) -> String {
    let sign = if percent.0.is_sign_positive() && !percent.0.is_zero() {
        "+"
    } else {
        ""
    };
    let change = format!("{sign}{}", words.locale.number(percent.0)).replace('-', "−");
    words.locale.isolated(
        words
            .strings
            .fill("statistic_percent", &[("value", &change)]),
    )
}

/// Returns a period: "a year".
pub fn period(words: &Wording<'_>, period: Period) -> String {
    words.strings.get(&format!("per_{period}")).to_owned()
}

/// Returns the pay on a ladder, from the lowest amount to the highest.
///
/// Of several kinds of pay, each amount is told with its kind. Of more than three kinds, the text
/// is empty.
pub fn span_of_pay(words: &Wording<'_>, ladder: &Ladder) -> Span {
    let kinds = unit::groups(ladder.pays(), |pay| Unit::of(pay));
    let span = |pays: &Vec<&Pay>| Some(amount(words, &unit::span(pays)?, Form::Short));
    if let [pays] = kinds.as_slice()
        && let ([pay, ..], Some(span)) = (pays.as_slice(), span(pays))
    {
        let with_period = with_period(words, &span, pay);
        return Span {
            text: unmistakable(words, span, pay),
            text_with_period: unmistakable(words, with_period, pay),
        };
    }
    if kinds.len() > MOST_KINDS {
        return Span::default();
    }
    let first_of_each: Vec<&Pay> = kinds
        .iter()
        .filter_map(|pays| pays.first().copied())
        .collect();
    let shared = shared_notes(words, &first_of_each);
    let texts: Vec<String> = kinds
        .iter()
        .zip(first_of_each)
        .filter_map(|(pays, pay)| {
            let text = with_period(words, &span(pays)?, pay);
            Some(told(words, text, pay, &shared))
        })
        .collect();
    let text = texts.join(words.strings.get("list_semicolon"));
    Span {
        text: text.clone(),
        text_with_period: text,
    }
}

/// Returns the string that names what pay on a basis measures: `salary_mean_base`.
fn of_basis(what: &str, basis: Option<Basis>) -> String {
    basis.map_or_else(
        || format!("salary_{what}"),
        |basis| format!("salary_{what}_{basis}"),
    )
}
