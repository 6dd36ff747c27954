//! Themes of sites in memory: a few files in, what the theme makes of them out.

mod anything;
mod assets;
mod chain;
mod closures;
mod errors;
mod pages;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::diag::{Severity, locate};
use crate::memo::Forgetful;
use crate::source::Source;

/// A default theme of four files.
const DEFAULT: &[(&str, &str)] = &[
    (
        "themes/default/theme.toml",
        "name = \"Default\"\n[params]\naccent = \"green\"\nfoot = { text = \"a\", link = \"b\" }\n",
    ),
    (
        "themes/default/templates/page.html",
        "<title>{{ page.title }}</title>{% block content %}{{ page.body }}{% endblock %}",
    ),
    (
        "themes/default/templates/ladder.html",
        "{% extends \"page.html\" %}{% block content %}<ol>{{ t.ladder | fill(role=page.title) }}</ol>{% endblock %}",
    ),
    (
        "themes/default/i18n/en.toml",
        "ladder = \"Ladder of {role}\"\nroles = { one = \"{n} role\", other = \"{n} roles\" }\nnext = \"Next\"\n",
    ),
];

/// A site with its theme, and all that was said while it was loaded.
pub struct Loaded {
    pub theme: Option<Theme>,
    pub reports: Vec<String>,
    inputs: Inputs,
    builtin: Builtin,
}

/// Loads the theme `name` of a site with some files, in English, at `/`.
pub fn load(name: &str, files: &[(&str, &str)]) -> Loaded {
    load_in("en", "/", name, files)
}

/// The same in another language, or at another path.
pub fn load_in(language: &str, base_path: &str, name: &str, files: &[(&str, &str)]) -> Loaded {
    load_as(Minify::On, (language, base_path), name, files)
}

fn load_as(
    minify: Minify,
    (language, base_path): (&str, &str),
    name: &str,
    files: &[(&str, &str)],
) -> Loaded {
    let bytes = |files: &[(&str, &str)]| -> BTreeMap<SourcePath, Arc<[u8]>> {
        files
            .iter()
            .map(|(path, text)| (SourcePath::new(path).unwrap(), Arc::from(text.as_bytes())))
            .collect()
    };
    let inputs = Inputs::in_memory(bytes(files));
    let builtin: Builtin = DEFAULT
        .iter()
        .map(|(path, text)| (SourcePath::new(path).unwrap(), text.as_bytes()))
        .collect();
    let site_path = SourcePath::new("site.toml").unwrap();
    let said = |text: &str| At {
        value: text.to_owned(),
        span: 9..16,
    };
    let (name, language) = (said(name), said(language));
    let mut diagnostics = Diagnostics::default();
    let setup = Setup {
        name: &name,
        language: &language,
        base_path,
        site_path: &site_path,
        markdown: &MarkdownOptions::default(),
        minify,
        memo: &Forgetful,
    };
    let theme = Theme::load_over(&inputs, setup, &builtin, &mut diagnostics);
    let mut loaded = Loaded {
        theme,
        reports: vec![],
        inputs,
        builtin,
    };
    loaded.reports = diagnostics
        .into_sorted()
        .into_iter()
        .map(|fault| loaded.show(fault))
        .collect();
    loaded
}

impl Loaded {
    /// The theme of a site without mistakes.
    #[track_caller]
    pub fn fine(&self) -> &Theme {
        assert_eq!(self.reports, [""; 0]);
        self.theme.as_ref().unwrap()
    }

    /// `path:line:column code: message; help; help`
    pub fn show(&self, fault: Diagnostic) -> String {
        let read = |path: &SourcePath| {
            self.inputs
                .source(path)
                .ok()
                .or_else(|| Source::decode(path, self.builtin.get(path)?).ok())
        };
        let report = locate(vec![fault], read).remove(0);
        let place = report.place.map_or("nowhere".to_owned(), |place| {
            let marked = if place.line.is_empty() {
                String::new()
            } else {
                format!(" `{}`", &place.line[place.mark.clone()])
            };
            format!(
                "{}:{}:{}{marked}",
                place.path, place.position.line, place.position.column
            )
        });
        let related = report
            .related
            .iter()
            .map(|(words, place)| format!("; {words}: {}:{}", place.path, place.position.line))
            .collect::<String>();
        let help = report
            .help
            .iter()
            .map(|help| format!("; {help}"))
            .collect::<String>();
        let severity = if report.severity == Severity::Warning {
            "warning "
        } else {
            ""
        };
        format!(
            "{place} {severity}{}: {}{help}{related}",
            report.code.name(),
            report.message
        )
    }

    /// Renders with `page = { title: "<Nurse>", body: safe HTML, … }` and `t`.
    pub fn render(&self, template: &str) -> Result<String, String> {
        let theme = self.theme.as_ref().unwrap();
        theme
            .render(template, &self.context(), "/roles/nurse/")
            .map_err(|fault| self.show(fault))
    }

    pub fn context(&self) -> Context {
        let theme = self.theme.as_ref().unwrap();
        let mut context = Context::new();
        let mut page = BTreeMap::from([
            ("title", tera::Value::from("<Nurse>")),
            ("body", tera::Value::safe_string("<p>x</p>")),
        ]);
        page.insert("image", tera::Value::none());
        page.insert("tags", vec!["a", "b"].into());
        page.insert("extra", BTreeMap::<&str, &str>::new().into());
        context.insert_value("page", page.into());
        context.insert_value("t", theme.strings.as_value());
        context
    }
}

#[test]
fn the_theme_inside_the_program_is_right() {
    let inputs = Inputs::in_memory(BTreeMap::new());
    let site_path = SourcePath::new("site.toml").unwrap();
    let said = |text: &str| At {
        value: text.to_owned(),
        span: 0..0,
    };
    let (name, language) = (said("default"), said("en"));
    let mut diagnostics = Diagnostics::default();
    let setup = Setup {
        name: &name,
        language: &language,
        base_path: "/",
        site_path: &site_path,
        markdown: &MarkdownOptions::default(),
        minify: Minify::On,
        memo: &Forgetful,
    };
    let theme = Theme::load(&inputs, setup, &mut diagnostics).unwrap();
    let reports = locate(diagnostics.into_sorted(), source);
    assert!(reports.is_empty(), "{reports:#?}");
    let missing: Vec<&&str> = Strings::REQUIRED
        .iter()
        .filter(|key| !theme.strings.has(key))
        .collect();
    anything::agrees_with_tera(&theme.engine);
    assert!(
        missing.is_empty(),
        "the program asks for strings that themes/default/i18n/en.toml lacks: {missing:?}"
    );
}
