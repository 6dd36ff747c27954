//! The filters that templates have beside Tera's own: all work on the value before them and on
//! their arguments, and on nothing else, so that a page is a function of its View. A filter given
//! null gives null, which prints nothing; a filter given something that is not defined is an error,
//! and so is an argument that it does not know.

mod figures;
mod links;
mod lists;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

pub use words::{TEXTS, with_texts};

use super::phrase::Lists;
use crate::content;
use crate::locale::Locale;
use crate::suggest;

/// What filters know besides their arguments.
#[derive(Debug)]
pub struct Tools {
    pub locale: Locale,
    pub lists: Lists,
    /// The path that the site lives at, with `/` at both ends.
    pub base_path: String,
    /// Path of a file in `static/` to its address.
    pub assets: BTreeMap<String, String>,
    /// How Markdown is read.
    pub markdown: Arc<content::Options>,
}

/// Names of the filters here.
pub const OWN: [&str; 16] = [
    "all_of", "any_of", "common", "date", "fill", "group_by", "json", "markdown", "money",
    "number", "percent", "plural", "slug", "sort_by", "url", "where",
];

/// Names of the filters that Tera brings; Tera does not list them.
pub const OF_TERA: [&str; 36] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Adds the filters to an engine.
pub fn register(tera: &mut Tera, tools: &Arc<Tools>) {
    let mut add = |name: &'static str, filter: fn(&Tools, Input<'_>) -> TeraResult<Value>| {
        let tools = Arc::clone(tools);
        tera.register_filter(
            name,
            move |value: Value, kwargs: Kwargs, state: &State<'_>| {
                if value.is_undefined() {
                    return Err(Error::message(format!(
                        "`{name}` is given a value that is not defined"
                    )));
                }
                filter(
                    &tools,
                    Input {
                        name,
                        value: &value,
                        kwargs: &kwargs,
                        state,
                    },
                )
            },
        );
    };
    add("date", figures::date);
    add("money", figures::money);
    add("number", figures::number);
    add("percent", figures::percent);
    add("where", lists::keep_where);
    add("sort_by", lists::sort_by);
    add("group_by", lists::group_by);
    add("common", lists::common);
    add("slug", links::slug);
    add("url", links::url);
    add("all_of", words::all_of);
    add("any_of", words::any_of);
    add("fill", words::fill);
    add("plural", words::plural);
    add("markdown", words::markdown);
    add("json", words::json);
}

/// What a filter is given.
pub struct Input<'a> {
    name: &'static str,
    value: &'a Value,
    kwargs: &'a Kwargs,
    state: &'a State<'a>,
}

impl<'a> Input<'a> {
    /// Refuses arguments that the filter does not know: Tera would drop them silently.
    fn only(&self, known: &[&str]) -> TeraResult<()> {
        for (key, _) in self.kwargs.iter() {
            let key = key.to_string();
            if !known.contains(&key.as_str()) {
                let help = match known.is_empty() {
                    true => "it takes none".to_owned(),
                    false => suggest::help(&key, known.iter().copied()).unwrap_or_default(),
                };
                return Err(Error::message(format!(
                    "`{}` has no argument `{key}`: {help}",
                    self.name
                )));
            }
        }
        Ok(())
    }

    /// The text before the filter.
    fn text(&self) -> TeraResult<&'a str> {
        self.value.as_str().ok_or_else(|| self.wrong("a text"))
    }

    /// The list before the filter.
    fn list(&self) -> TeraResult<&'a [Value]> {
        self.value.as_array().ok_or_else(|| self.wrong("a list"))
    }

    /// An argument that may be absent; null is absent too.
    fn flag(&self, name: &'a str) -> TeraResult<bool> {
        Ok(self.kwargs.get::<bool>(name)?.unwrap_or(false))
    }

    fn wrong(&self, wanted: &str) -> Error {
        Error::message(format!(
            "`{}` needs {wanted}, and is given {}",
            self.name,
            kind(self.value)
        ))
    }

    fn fault(&self, message: impl std::fmt::Display) -> Error {
        Error::message(format!("`{}`: {message}", self.name))
    }
}

/// What a value is, in the words of the documentation.
pub fn kind(value: &Value) -> &'static str {
    kind_named(value.name())
}

/// The words for a type as Tera or Rust names it.
pub fn kind_named(name: &str) -> &'static str {
    match name {
        "undefined" => "something that is not defined",
        "none" => "null",
        "bool" => "true or false",
        "string" | "&str" | "String" => "a text",
        "array" | "Vec<Value>" | "&[Value]" => "a list",
        "map/struct" | "Map" | "map" => "a map",
        "bytes" => "bytes",
        "u8" | "u16" | "u32" | "usize" | "u64" | "u128" | "i32" | "i64" | "i128" | "isize"
        | "integer" => "a whole number",
        _ => "a number",
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn lists() -> Lists {
        Lists {
            separator: ", ".into(),
            and: "{first} and {last}".into(),
            or: "{first} or {last}".into(),
        }
    }

    /// Renders a text as a template, with a value `v`.
    pub fn render(language: &str, text: &str, value: serde_json::Value) -> Result<String, String> {
        let mut tera = Tera::default();
        let assets = BTreeMap::from([(
            "css/main.css".to_owned(),
            "/sub/css/main.0123abcd.css".to_owned(),
        )]);
        let markdown = Arc::new(content::Options::for_tests());
        register(
            &mut tera,
            &Arc::new(Tools {
                locale: Locale::new(language),
                lists: lists(),
                base_path: "/sub/".to_owned(),
                assets,
                markdown,
            }),
        );
        tera.add_raw_template("t.html", text)
            .map_err(|error| error.to_string())?;
        let mut context = tera::Context::new();
        context.insert("v", &value);
        context.insert_value("safe", Value::safe_string("<b>"));
        tera.render("t.html", &context)
            .map_err(|error| match error.kind() {
                tera::ErrorKind::RenderingError(report) => report.message().to_owned(),
                _ => error.to_string(),
            })
    }

    #[test]
    fn the_lists_of_names_are_true() {
        let mut tera = Tera::default();
        for name in OF_TERA {
            tera.add_raw_template("a", &format!("{{{{ x | {name} }}}}"))
                .unwrap();
        }
        for name in OWN {
            // `group_by` is Tera's too: its own must win.
            assert!(
                name == "group_by"
                    || tera
                        .add_raw_template("a", &format!("{{{{ x | {name} }}}}"))
                        .is_err(),
                "{name}"
            );
            render(
                "en",
                &format!("{{{{ v | {name} }}}}"),
                serde_json::json!([]),
            )
            .unwrap_or_default();
            let error = render(
                "en",
                &format!("{{{{ v.x | {name} }}}}"),
                serde_json::json!({}),
            )
            .unwrap_err();
            assert!(error.contains("not defined"), "{error}");
        }
    }

    #[test]
    fn an_argument_that_a_filter_does_not_know_is_said() {
        let error = render(
            "en",
            "{{ v | date(fromat=\"%Y\") }}",
            serde_json::json!("2026"),
        )
        .unwrap_err();
        assert_eq!(
            error,
            "`date` has no argument `fromat`: did you mean `format`?"
        );
        assert_eq!(
            render("en", "{{ v | slug(x=1) }}", serde_json::json!("a")).unwrap_err(),
            "`slug` has no argument `x`: it takes none"
        );
    }

    #[test]
    fn no_clock_no_environment_no_chance() {
        for call in [
            "now()",
            "get_env(name=\"HOME\")",
            "get_random(end=3)",
            "load_data(path=\"a\")",
        ] {
            assert!(
                render("en", &format!("{{{{ {call} }}}}"), serde_json::json!(null))
                    .unwrap_err()
                    .contains("Unknown function")
            );
        }
    }
}
