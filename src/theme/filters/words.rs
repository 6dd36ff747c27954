//! Filters that put words together: `fill`, `plural`, `all_of`, `any_of`, `markdown`, `json`.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use tera::{TeraResult, Value};

use super::figures::exact;
use super::{Input, Tools};
use crate::content::{ImageUse, RecordText, Shape, record_links};
use crate::data::is_safe_url;
use crate::escape::in_script;
use crate::locale::Category;
use crate::theme::phrase::{self, Lists};

/// `{{ t.ladder_heading | fill(role=role.title) }}`: puts values in for `{role}`. A placeholder
/// without a value is an error. Numbers are written without marks between groups, since most are
/// years; `n | number` groups them.
pub fn fill(tools: &Tools, input: Input<'_>) -> TeraResult<Value> {
    if input.value.is_map() {
        return Err(input.fault(
            "this string has plural forms: use `plural(n=…)`, which fills placeholders too",
        ));
    }
    let text = input.text()?;
    let written = match input.value.is_safe() {
        true => Written::Html(text),
        false => Written::Plain(text),
    };
    filled(tools, &input, written, None)
}

/// `{{ t.roles_count | plural(n=count) }}`, `{{ count | plural(forms=t.roles_count) }}` or `{{
/// count | plural(one="{n} role", other="{n} roles") }}`: the text for so many; other arguments
/// fill placeholders.
pub fn plural(tools: &Tools, input: Input<'_>) -> TeraResult<Value> {
    let (count, forms) = match input.kwargs.get::<&Value>("n")? {
        Some(count) => (count, Some(input.value)),
        None if input.value.is_number() => (input.value, input.kwargs.get::<&Value>("forms")?),
        None => return Err(input.fault("`n`, the number that decides, is missing")),
    };
    let number = exact(count)
        .ok_or_else(|| input.fault(format!("`n` must be a number, not {}", super::kind(count))))?;
    let category = tools.locale.plural(number);
    let find = |category: Category| match forms {
        Some(forms) if forms.is_string() => forms.as_str(),
        Some(forms) => forms.as_map()?.iter().find_map(|(key, text)| {
            (key.as_str() == Some(category.as_str())).then(|| text.as_str())?
        }),
        None => input.kwargs.get::<&str>(category.as_str()).ok().flatten(),
    };
    let text = find(category)
        .or_else(|| find(Category::Other))
        .ok_or_else(|| input.fault("the form `other` is missing"))?;
    filled(tools, &input, Written::Plain(text), Some(number))
}

/// `{{ names | all_of }}`: "a, b and c", as the language puts lists together. HTML in the list
/// stays HTML: `{{ [<link to={level} /> for level in levels] | all_of }}`.
pub fn all_of(tools: &Tools, input: Input<'_>) -> TeraResult<Value> {
    listed(tools, &input, Lists::all_of)
}

/// `{{ names | any_of }}`: "a, b or c".
pub fn any_of(tools: &Tools, input: Input<'_>) -> TeraResult<Value> {
    listed(tools, &input, Lists::any_of)
}

fn listed(
    tools: &Tools,
    input: &Input<'_>,
    join: fn(&Lists, &[String]) -> String,
) -> TeraResult<Value> {
    input.only(&[])?;
    if input.value.is_none() {
        return Ok(Value::none());
    }
    let items = input.list()?;
    let is_markup = |value: &Value| value.is_string() && value.is_safe();
    let to_html = input.state.autoescaping_enabled() && items.iter().any(is_markup);
    let word = |value: &Value| {
        if to_html && !is_markup(value) {
            input.state.escape(&value.to_string()).unwrap_or_default()
        } else {
            value.to_string()
        }
    };
    let text = join(&tools.lists, &items.iter().map(word).collect::<Vec<_>>());
    Ok(if to_html {
        Value::safe_string(&text)
    } else {
        text.into()
    })
}

/// The variable that says, for each text which a file of the site gives to templates, where the
/// links in it lead. Only the filter `markdown` reads it.
pub const TEXTS: &str = "__texts";

thread_local! {
    /// The texts of the page that this thread renders: Tera shows a component its arguments alone,
    /// and filters in it no more.
    static OF_PAGE: RefCell<Value> = RefCell::new(Value::none());
}

/// Renders something while filters know of some texts.
pub fn with_texts<T>(texts: Option<&Value>, render: impl FnOnce() -> T) -> T {
    let before = OF_PAGE.replace(texts.cloned().unwrap_or_else(Value::none));
    let rendered = render();
    OF_PAGE.replace(before);
    rendered
}

/// `{{ page.extra.note | markdown }}`, `markdown(inline=true)`: Markdown as HTML, as it is in a
/// record. Links of `params` and `extra` are counted from the file that holds them, others from the
/// root of the site. HTML of a View stays as it is.
pub fn markdown(tools: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&["inline"])?;
    if input.value.is_none() || (input.value.is_string() && input.value.is_safe()) {
        return Ok(input.value.clone());
    }
    let text = input.text()?;
    let shape = if input.flag("inline")? {
        Shape::Line
    } else {
        Shape::Block
    };
    let links = record_links(text)
        .into_iter()
        .filter(|link| !is_safe_url(link) && !link.starts_with('#'));
    let targets: BTreeMap<String, ImageUse> = links
        .map(|link| target(tools, &input, text, &link).map(|target| (link, target)))
        .collect::<TeraResult<_>>()?;
    let record = RecordText {
        markdown: text.to_owned(),
        shape,
        targets,
        options: tools.markdown.clone(),
    };
    let html = record
        .checked_html()
        .map_err(|fault| input.fault(fault.message))?;
    Ok(Value::safe_string(&html))
}

/// Where a link of a text leads: as the site knows it of the texts of its files, else a path from
/// the root.
fn target(tools: &Tools, input: &Input<'_>, text: &str, link: &str) -> TeraResult<ImageUse> {
    let known = OF_PAGE.with_borrow(|texts| {
        texts.as_map().and_then(|texts| {
            get(texts, text)?
                .as_map()
                .and_then(|links| get(links, link).cloned())
        })
    });
    if let Some(known) = known {
        return match known
            .as_map()
            .and_then(|known| get(known, "fault"))
            .and_then(Value::as_str)
        {
            Some(fault) => Err(input.fault(fault)),
            None => Ok(image_use(&known)),
        };
    }
    if !link.starts_with('/') {
        return Err(input.fault(format!("`{link}` leads nowhere from a template: write the address from the root of the site, as `/about/`")));
    }
    let src = super::links::address(tools, link).map_err(|fault| input.fault(fault))?;
    Ok(ImageUse {
        src,
        srcset: String::new(),
        width: None,
        height: None,
    })
}

fn get<'v>(map: &'v tera::value::Map, key: &str) -> Option<&'v Value> {
    map.iter()
        .find_map(|(name, value)| (name.as_str() == Some(key)).then_some(value))
}

fn image_use(known: &Value) -> ImageUse {
    let field = |name: &str| known.as_map().and_then(|known| get(known, name));
    let text = |name: &str| {
        field(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let size = |name: &str| field(name).and_then(|value| value.to_string().parse().ok());
    ImageUse {
        src: text("src"),
        srcset: text("srcset"),
        width: size("width"),
        height: size("height"),
    }
}

/// `<script type="application/json">{{ ladder | json }}</script>`: a value as JSON that no markup
/// can end.
pub fn json(_: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&[])?;
    let json = serde_json::to_string(input.value).map_err(|error| input.fault(error))?;
    Ok(Value::safe_string(&in_script(&json)))
}

/// A text with placeholders.
enum Written<'t> {
    Plain(&'t str),
    Html(&'t str),
}

/// Fills the placeholders of a text from the arguments. HTML that goes in as a value stays HTML:
/// then all else is escaped.
fn filled(
    tools: &Tools,
    input: &Input<'_>,
    written: Written<'_>,
    count: Option<Decimal>,
) -> TeraResult<Value> {
    let (text, is_html) = match written {
        Written::Plain(text) => (text, false),
        Written::Html(text) => (text, true),
    };
    let mut values: BTreeMap<&str, &Value> = BTreeMap::new();
    for (key, value) in input.kwargs.iter() {
        values.extend(key.as_str().map(|key| (key, value)));
    }
    let used = |name: &str| {
        values
            .get(name)
            .copied()
            .filter(|_| count.is_none() || name != "n")
    };
    let missing = phrase::placeholders(text)
        .map(|(_, name)| name)
        .find(|name| used(name).is_none() && (count.is_none() || *name != "n"));
    if let Some(name) = missing {
        return Err(input.fault(format!(
            "nothing fills the placeholder `{{{name}}}` of \"{text}\"; add `{name}=…`"
        )));
    }
    let nothing = phrase::placeholders(text)
        .map(|(_, name)| name)
        .find(|name| used(name).is_some_and(|value| value.is_none() || value.is_undefined()));
    if let Some(name) = nothing {
        return Err(input.fault(format!(
            "`{name}`, which fills a placeholder of \"{text}\", is null or not defined"
        )));
    }
    let is_markup = |value: &Value| value.is_string() && value.is_safe();
    let to_html = input.state.autoescaping_enabled()
        && (is_html
            || phrase::placeholders(text).any(|(_, name)| used(name).is_some_and(is_markup)));
    let escape = |text: String| {
        if to_html {
            input.state.escape(&text).unwrap_or_default()
        } else {
            text
        }
    };
    let frame = if to_html && !is_html {
        escape(text.to_owned())
    } else {
        text.to_owned()
    };
    let result = phrase::fill(&frame, |name| match used(name) {
        None => count.map(|count| escape(tools.locale.number(count))),
        Some(value) if is_markup(value) => Some(value.to_string()),
        Some(value) if value.is_number() => Some(escape(exact(value).map_or_else(
            || value.to_string(),
            |number| tools.locale.plain_number(number),
        ))),
        Some(value) => Some(escape(value.to_string())),
    });
    Ok(if to_html {
        Value::safe_string(&result)
    } else {
        result.into()
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::render;
    use serde_json::json;

    #[test]
    fn placeholders_are_filled_by_name() {
        let fill = |text: &str, arguments: &str| {
            render(
                "en",
                &format!("{{{{ v | fill({arguments}) }}}}"),
                json!(text),
            )
        };
        assert_eq!(
            fill("{a} of {b} & {a}", "a=2034.0, b=\"<x>\"").unwrap(),
            "2034 of &lt;x&gt; &amp; 2034"
        );
        assert_eq!(
            fill("{a} & {b}", "a=safe, b=\"<x>\"").unwrap(),
            "<b> &amp; &lt;x&gt;",
            "HTML stays HTML, all else is escaped"
        );
        assert_eq!(
            fill("{rolle}", "role=1").unwrap_err(),
            "`fill`: nothing fills the placeholder `{rolle}` of \"{rolle}\"; add `rolle=…`"
        );
        assert!(
            fill("{a}", "a=null")
                .unwrap_err()
                .contains("`a`, which fills a placeholder of \"{a}\", is null")
        );
        assert_eq!(fill("plain", "a=null").unwrap(), "plain");
        assert!(
            render("en", "{{ v | fill }}", json!({"other": "x"}))
                .unwrap_err()
                .contains("plural(n=…)")
        );
    }

    #[test]
    fn a_number_chooses_its_form() {
        let forms = json!({"one": "{n} role", "other": "{n} roles in {place}"});
        assert_eq!(
            render("en", "{{ v | plural(n=1) }}", forms.clone()).unwrap(),
            "1 role"
        );
        assert_eq!(
            render("en", "{{ v | plural(n=1200, place=\"X\") }}", forms.clone()).unwrap(),
            "1,200 roles in X"
        );
        assert_eq!(
            render(
                "en",
                "{{ 2 | plural(forms=v, place=\"X\") }}",
                forms.clone()
            )
            .unwrap(),
            "2 roles in X"
        );
        assert!(
            render("en", "{{ v | plural(n=2) }}", forms.clone())
                .unwrap_err()
                .contains("`{place}`")
        );
        assert!(
            render("en", "{{ v | plural }}", forms)
                .unwrap_err()
                .contains("`n`, the number that decides, is missing")
        );
        let inline = "{{ v | plural(one=\"{n} Jahr\", other=\"{n} Jahre\") }}";
        assert_eq!(render("de", inline, json!(1)).unwrap(), "1 Jahr");
        assert_eq!(render("de", inline, json!(1.5)).unwrap(), "1,5 Jahre");
        let polish = "{{ v | plural(one=\"rok\", few=\"lata\", many=\"lat\", other=\"roku\") }}";
        assert_eq!(render("pl", polish, json!(22)).unwrap(), "lata");
        assert_eq!(
            render("en", "{{ v | plural(n=3) }}", json!("{n} x")).unwrap(),
            "3 x"
        );
        assert!(
            render("en", "{{ v | plural(one=\"a\") }}", json!(2))
                .unwrap_err()
                .contains("`other` is missing")
        );
        assert!(
            render("en", "{{ v | plural(n=\"x\") }}", json!("a"))
                .unwrap_err()
                .contains("must be a number, not a text")
        );
    }

    #[test]
    fn lists_are_words_or_html() {
        let listed = |filter: &str, value: serde_json::Value| {
            render("en", &format!("{{{{ v | {filter} }}}}"), value)
        };
        assert_eq!(
            listed("all_of", json!(["<a>", "b", 3])).unwrap(),
            "&lt;a&gt;, b and 3"
        );
        assert_eq!(listed("any_of", json!(["a", "b"])).unwrap(), "a or b");
        assert_eq!(
            listed("any_of", json!([])).unwrap() + &listed("all_of", json!(null)).unwrap(),
            ""
        );
        assert_eq!(
            render("en", "{{ [safe, \"<i>\"] | any_of }}", json!(null)).unwrap(),
            "<b> or &lt;i&gt;"
        );
        assert_eq!(
            listed("all_of", json!("a")).unwrap_err(),
            "`all_of` needs a list, and is given a text"
        );
    }

    #[test]
    fn json_cannot_leave_its_script() {
        let value = json!({"b": "</script><!--<script>&\u{2028}", "a": [1, 2.5, null]});
        let text = render("en", "{{ v | json }}", value.clone()).unwrap();
        assert_eq!(
            text,
            r#"{"b":"\u003c/script\u003e\u003c!--\u003cscript\u003e\u0026\u2028","a":[1,2.5,null]}"#
        );
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            value
        );
    }

    #[test]
    fn html_of_a_view_is_no_markdown() {
        assert_eq!(
            render("en", "{{ safe | markdown }}", json!(null)).unwrap(),
            "<b>"
        );
    }
}
