//! Filters for what has a figure or a date in it: `date`, `money`, `number`, `percent`.

use rust_decimal::Decimal;
use tera::{TeraResult, Value};

use super::{Input, Tools};
use crate::data::{AsOf, Currency};
use crate::locale::{DateStyle, Form, decimal_of};
use crate::suggest;

/// `{{ page.updated | date }}`, `date(format="short")`, `date(format="%-d %B %Y")`: a year, a month
/// or a day in words.
pub fn date(tools: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&["format"])?;
    if input.value.is_none() {
        return Ok(Value::none());
    }
    let written = input.value.to_string();
    let date = AsOf::parse(&written).ok_or_else(|| {
        input.fault(format!(
            "`{written}` is no date such as 2026, 2026-11 or 2026-11-22"
        ))
    })?;
    let format = input.kwargs.get::<&str>("format")?.unwrap_or("long");
    let style = match format {
        "long" => DateStyle::Long,
        "short" => DateStyle::Short,
        "iso" => DateStyle::Iso,
        pattern if pattern.contains('%') => {
            return tools
                .locale
                .date_with(date, pattern)
                .map(Value::from)
                .map_err(|fault| input.fault(fault));
        }
        other => {
            let help = suggest::help(other, ["long", "short", "iso"]).unwrap_or_default();
            return Err(input.fault(format!(
                "`{other}` is neither a style nor a pattern with `%`: {help}"
            )));
        }
    };
    Ok(tools.locale.date(date, style).into())
}

/// `{{ 55000 | money(currency="USD") }}`: `$55,000`; with `short=true`: `$55K`.
pub fn money(tools: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&["currency", "short"])?;
    let Some(amount) = decimal(&input)? else {
        return Ok(Value::none());
    };
    let code = input.kwargs.must_get::<&str>("currency")?;
    let currency = Currency::new(code).ok_or_else(|| {
        input.fault(format!(
            "`{code}` is not an ISO 4217 currency such as \"USD\""
        ))
    })?;
    let form = if input.flag("short")? {
        Form::Short
    } else {
        Form::Long
    };
    Ok(tools.locale.money(amount, currency, form).into())
}

/// `{{ 2924 | number }}`: `2,924`; `number(digits=1)`: `2,924.0`.
pub fn number(tools: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&["digits"])?;
    let Some(value) = decimal(&input)? else {
        return Ok(Value::none());
    };
    let text = match input.kwargs.get::<u32>("digits")? {
        None => tools.locale.number(value),
        Some(digits @ 0..=20) => tools.locale.number_with(value, digits),
        Some(digits) => return Err(input.fault(format!("{digits} digits are more than 20"))),
    };
    Ok(text.into())
}

/// `{{ 15.8 | percent }}`: `15.8%`.
pub fn percent(tools: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&[])?;
    Ok(decimal(&input)?
        .map(|value| tools.locale.percent(value))
        .into())
}

/// The number before the filter; none for null. A text that is a number will do.
fn decimal(input: &Input<'_>) -> TeraResult<Option<Decimal>> {
    if input.value.is_none() {
        return Ok(None);
    }
    exact(input.value)
        .map(Some)
        .ok_or_else(|| input.wrong("a number"))
}

/// The exact decimal that a value is.
pub fn exact(value: &Value) -> Option<Decimal> {
    match (value.as_i128(), value.as_f64(), value.as_str()) {
        (Some(whole), _, _) => Decimal::try_from_i128_with_scale(whole, 0).ok(),
        (_, Some(float), _) => decimal_of(float),
        (_, _, Some(text)) => Decimal::from_str_exact(text).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::render;
    use serde_json::json;

    #[test]
    fn dates_in_styles_and_patterns() {
        let date = |language, text: &str, value: &str| render(language, text, json!(value));
        assert_eq!(
            date("en", "{{ v | date }}", "2026-11-22").unwrap(),
            "November 22, 2026"
        );
        assert_eq!(
            date("de", "{{ v | date(format=\"short\") }}", "2026-11-02").unwrap(),
            "02.11.2026"
        );
        assert_eq!(
            date("en", "{{ v | date(format=\"%B %Y\") }}", "2026-11").unwrap(),
            "November 2026"
        );
        assert_eq!(
            date("en", "{{ v | date(format=\"iso\") }}", "2026-11").unwrap(),
            "2026-11"
        );
        assert_eq!(render("en", "{{ v | date }}", json!(2026)).unwrap(), "2026");
        assert_eq!(render("en", "[{{ v | date }}]", json!(null)).unwrap(), "[]");
        assert_eq!(
            date("en", "{{ v | date }}", "soon").unwrap_err(),
            "`date`: `soon` is no date such as 2026, 2026-11 or 2026-11-22"
        );
        assert!(
            date("en", "{{ v | date(format=\"lang\") }}", "2026")
                .unwrap_err()
                .ends_with("did you mean `long`?")
        );
        assert!(
            date("en", "{{ v | date(format=\"%H\") }}", "2026")
                .unwrap_err()
                .contains("`%H` is not part")
        );
    }

    #[test]
    fn money_and_numbers_are_exact() {
        let text = "{{ v | money(currency=\"USD\", short=true) }} {{ v | money(currency=\"USD\") }} {{ v | number }}";
        assert_eq!(
            render("en", text, json!(55000.0)).unwrap(),
            "$55K $55,000 55,000"
        );
        assert_eq!(
            render("en", text, json!(47.12)).unwrap(),
            "$47.12 $47.12 47.12"
        );
        assert_eq!(
            render("de", text, json!("1234.50")).unwrap(),
            "1.234,50\u{a0}$ 1.234,50\u{a0}$ 1.234,5"
        );
        assert_eq!(
            render(
                "en",
                "{{ v | number(digits=1) }} {{ v | percent }}",
                json!(15.75)
            )
            .unwrap(),
            "15.8 15.75%"
        );
        assert_eq!(
            render(
                "en",
                "[{{ v | number }}{{ v | money(currency=\"USD\") }}]",
                json!(null)
            )
            .unwrap(),
            "[]"
        );
        assert_eq!(
            render("en", "{{ v | number }}", json!("x")).unwrap_err(),
            "`number` needs a number, and is given a text"
        );
        assert!(
            render("en", "{{ v | money(currency=\"US\") }}", json!(1))
                .unwrap_err()
                .contains("ISO 4217")
        );
        assert!(
            render("en", "{{ v | money }}", json!(1))
                .unwrap_err()
                .contains("Missing keyword argument `currency`")
        );
        assert!(
            render("en", "{{ v | number(digits=21) }}", json!(1))
                .unwrap_err()
                .contains("more than 20")
        );
    }
}
