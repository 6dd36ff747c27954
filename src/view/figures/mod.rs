//! Figures as pages show them: pay, statistics and projections come in; texts, positions in charts
//! and sources go out.

mod axis;

use crate::config::Basis;
use crate::data::{Decimal, Id};
use crate::locale::{DateStyle, Form};
use crate::role::{Amounts, Claim, Figure, Outlook, PERCENTS, Pay, PayLevel, WordedPay};
use crate::view::context::ViewContext;
use crate::view::text;
use crate::view::types::{
    AreaView, AxisView, ClaimView, Named, OutlookView, PayView, PercentileView, ShortPayView,
    StatisticView, TickView, WordedPayView,
};
use crate::wording::unit::middle;
use crate::wording::{Wording, pay, words};
use axis::{Scale, ZERO};

pub use axis::Axis;

/// Returns pay, with positions on an axis if it is of the unit of the axis.
///
/// Longer than other functions because a [`PayView`] has many fields.
pub(super) fn pay(cx: &ViewContext<'_>, pay: &Pay, axis: Option<&Axis<'_>>) -> PayView {
    let Pay {
        id: _,
        label: _,
        statistic,
        amounts,
        open_top,
        currency,
        period,
        basis,
        area,
        level,
        employment,
        location_quotient,
        claim,
    } = pay;
    let axis = axis.filter(|axis| axis.holds(pay));
    let position = |value| axis.map_or(0.0, |axis| axis.scale.position(value));
    let (min, max) = amounts.bounds();
    let percentiles = match amounts {
        Amounts::Percentiles(values) => percentiles(&cx.wording, values, pay, position),
        _ => vec![],
    };
    let statistic = if percentiles.is_empty() {
        statistic.as_str()
    } else {
        "percentiles"
    };
    let number = |number: Decimal| cx.wording.locale.number(number.0);
    let value = match amounts {
        Amounts::Range { .. } => None,
        amounts => middle(amounts),
    };
    PayView {
        label: pay::label(&cx.wording, pay),
        measure: pay::measure(&cx.wording, pay),
        notes: pay::notes(&cx.wording, pay),
        statistic,
        value,
        min,
        max,
        open_top: *open_top,
        percentiles,
        currency: currency.to_string(),
        period: period.as_str(),
        period_text: pay::period(&cx.wording, *period),
        basis: basis.map(Basis::as_str),
        area: area.as_ref().map(|area| area_view(&cx.wording, area)),
        level: level.as_ref().map(level_view),
        employment: *employment,
        employment_text: employment.map(number),
        location_quotient: *location_quotient,
        location_quotient_text: location_quotient.map(number),
        text: pay::text(&cx.wording, pay),
        text_long: pay::text_long(&cx.wording, pay),
        amount: pay::amount(&cx.wording, pay, Form::Short),
        amount_long: pay::amount(&cx.wording, pay, Form::Long),
        on_axis: axis.is_some(),
        x: value.map(position),
        x0: position(min),
        x1: position(max),
        claim: claim_view(cx, claim),
    }
}

/// Returns pay without an amount of money.
pub(super) fn worded_pay(cx: &ViewContext<'_>, pay: &WordedPay) -> WordedPayView {
    let area = pay.area.as_ref();
    WordedPayView {
        label: pay::worded_label(&cx.wording, pay),
        text: pay::worded(&cx.wording, pay),
        basis: pay.basis.map(Basis::as_str),
        area: area.map(|area| area_view(&cx.wording, area)),
        level: pay.level.as_ref().map(level_view),
        claim: claim_view(cx, &pay.claim),
    }
}

/// Returns the level of a row of pay.
fn level_view(level: &PayLevel) -> Named {
    Named {
        id: level.id.to_string(),
        name: level.title.clone(),
    }
}

/// Returns the known percentiles. The highest one is open at the top if the pay is.
fn percentiles(
    words: &Wording<'_>,
    values: &[Option<Decimal>; 5],
    pay: &Pay,
    position: impl Fn(Decimal) -> f64,
) -> Vec<PercentileView> {
    let known: Vec<(u32, Decimal)> = PERCENTS
        .iter()
        .zip(values)
        .filter_map(|(percent, value)| Some((*percent, (*value)?)))
        .collect();
    let amounts: Vec<_> = known.iter().map(|(_, value)| value.0).collect();
    let mut texts = words.locale.amounts(&amounts, pay.currency, Form::Long);
    if pay.open_top
        && let Some(last) = texts.last_mut()
    {
        let values = [("value", last.as_str())];
        let open = words.strings.fill("pay_value_open_short", &values);
        *last = words.locale.isolated(open);
    }
    known
        .into_iter()
        .zip(texts)
        .map(|((percent, value), text)| PercentileView {
            percent,
            value,
            text,
            x: position(value),
        })
        .collect()
}

/// Returns an amount of pay with its notes, for lists.
pub(super) fn short_pay(words: &Wording<'_>, pay: &Pay) -> ShortPayView {
    ShortPayView {
        amount: pay::amount(words, pay, Form::Short),
        period_text: pay::period(words, pay.period),
        notes: pay::notes(words, pay),
    }
}

/// Returns an axis with its ticks.
pub(super) fn axis(words: &Wording<'_>, axis: &Axis<'_>) -> AxisView {
    let scale = axis.scale;
    let values = scale.ticks();
    let amounts: Vec<_> = values.iter().map(|value| value.0).collect();
    let texts = words
        .locale
        .amounts(&amounts, axis.unit.currency, Form::Short);
    AxisView {
        min: scale.min,
        max: scale.max,
        currency: axis.unit.currency.to_string(),
        period_text: pay::period(words, axis.unit.period),
        ticks: values
            .into_iter()
            .zip(texts)
            .map(|(value, text)| TickView {
                value,
                text,
                x: scale.position(value),
            })
            .collect(),
    }
}

/// Returns the source of a figure, also as one line of text.
pub(super) fn claim_view(cx: &ViewContext<'_>, claim: &Claim) -> ClaimView {
    let as_of_text = claim
        .as_of
        .map(|as_of| cx.wording.locale.date(as_of, DateStyle::Long));
    let source = claim
        .source
        .as_ref()
        .and_then(|id| text::source_ref(cx.site, cx.layout, id));
    let text = match (&source, &as_of_text) {
        // Many surveys have their date in their names.
        (Some(source), Some(as_of)) if source.title.contains(as_of.as_str()) => {
            source.title.clone()
        }
        (Some(source), Some(as_of)) => cx
            .wording
            .strings
            .fill("claim_line", &[("source", &source.title), ("as_of", as_of)]),
        (Some(source), None) => source.title.clone(),
        (None, _) => String::new(),
    };
    ClaimView {
        source,
        as_of: claim.as_of.map(|as_of| as_of.to_string()),
        as_of_text,
        text,
    }
}

/// Returns a statistic of a role.
pub(super) fn statistic(cx: &ViewContext<'_>, figure: &Figure) -> StatisticView {
    let Figure {
        id,
        label,
        min,
        max,
        unit,
        approximate,
        note,
        area,
        claim,
    } = figure;
    StatisticView {
        id: id.to_string(),
        label: label.clone(),
        min: *min,
        max: *max,
        unit: unit.clone().unwrap_or_default(),
        approximate: *approximate,
        note: note.clone().unwrap_or_default(),
        area: area.as_ref().map(|area| area_view(&cx.wording, area)),
        text: statistic_text(&cx.wording, figure),
        claim: claim_view(cx, claim),
    }
}

/// Returns a figure as text: "about 2,900", "10–12%".
fn statistic_text(words: &Wording<'_>, figure: &Figure) -> String {
    let number = |value: Decimal| words.locale.number(value.0);
    let strings = words.strings;
    let mut text = number(figure.min);
    if let Some(max) = figure.max {
        let values = [("min", text.as_str()), ("max", &number(max))];
        text = strings.fill("statistic_range", &values);
    }
    text = match figure.unit.as_deref() {
        Some("percent") => strings.fill("statistic_percent", &[("value", &text)]),
        Some(unit) => strings.fill("statistic_unit", &[("value", &text), ("unit", unit)]),
        None => text,
    };
    if figure.approximate {
        text = strings.fill("statistic_about", &[("value", &text)]);
    }
    text
}

/// Returns the projection of employment in an occupation.
pub(super) fn outlook(cx: &ViewContext<'_>, outlook: &Outlook) -> OutlookView {
    let Outlook {
        base_year,
        target_year,
        change_percent,
        jobs_base,
        jobs_target,
        openings_per_year,
        area,
        claim,
    } = outlook;
    let text = |value: Option<Decimal>| value.map(|value| cx.wording.locale.number(value.0));
    let scale = jobs_base
        .zip(*jobs_target)
        .and_then(|(base, target)| Scale::over(ZERO, base.max(target)));
    let position = |value: Option<Decimal>| Some(scale?.position(value?));
    let tick = |value: Decimal| TickView {
        value,
        text: cx.wording.locale.number(value.0),
        x: scale.map_or(0.0, |scale| scale.position(value)),
    };
    OutlookView {
        base_year: *base_year,
        target_year: *target_year,
        change_percent: *change_percent,
        change_text: pay::change_text(&cx.wording, *change_percent),
        jobs_base: *jobs_base,
        jobs_base_text: text(*jobs_base),
        jobs_target: *jobs_target,
        jobs_target_text: text(*jobs_target),
        openings_per_year: *openings_per_year,
        openings_text: text(*openings_per_year),
        x_base: position(*jobs_base),
        x_target: position(*jobs_target),
        ticks: scale.map_or_else(Vec::new, |scale| {
            scale.ticks().into_iter().map(tick).collect()
        }),
        area: area.as_ref().map(|area| area_view(&cx.wording, area)),
        claim: claim_view(cx, claim),
    }
}

/// Returns an area with its name.
pub(super) fn area_view(words: &Wording<'_>, id: &Id) -> AreaView {
    AreaView {
        id: id.to_string(),
        name: words::area_name(words, id),
    }
}
