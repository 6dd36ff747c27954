//! The theme: the site's own `templates/`, `static/` and `i18n/`, the folder `themes/<name>/`, what
//! it extends and the built-in default theme come in; templates that render, words in the language
//! of the site and assets with their addresses go out. Which page gets which template, and what a
//! template sees, is decided in `pages/`.
//!
//! A file is taken from the first folder of the chain that has it. The templates of the default
//! theme extend `page.html`, so a theme that has that file and a stylesheet has everything.

mod assets;
mod builtin;
mod check;
mod eject;
mod engine;
mod explain;
mod filters;
mod graph;
mod layers;
mod params;
mod phrase;
mod references;
mod scan;
mod strings;
#[cfg(test)]
mod tests;
mod tokens;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::Context;

pub use assets::{Asset, Assets, Content};
pub use builtin::{builtin, source};
pub use eject::{default_theme, ejectable};
pub use explain::says_undefined;
pub use filters::TEXTS;
pub use layers::ThemeFile;
pub use params::{check_params, texts_of_params};
pub use scan::Parameter;
pub use strings::Strings;

use crate::config::{Config, Declared, ListQuery, MarkdownOptions, Minify, check_lists};
use crate::content;
use crate::data::{At, Text};
use crate::diag::{Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::kind::Kind;
use crate::locale::Locale;
use crate::memo::Memo;
use crate::path::SourcePath;
use crate::policy::Policy;
use crate::source::{Source, Span};
use builtin::Builtin;
use engine::Engine;
use filters::Tools;
use layers::Layers;

/// A loaded theme.
pub struct Theme {
    engine: Engine,
    pub strings: Strings,
    /// How Markdown is read, with the words that its HTML needs.
    pub markdown: Arc<content::Options>,
    pub assets: Assets,
    /// Parameters with their defaults, those of the nearest theme first. `merge` puts the site's
    /// own on top.
    pub params: serde_json::Map<String, serde_json::Value>,
    /// Lists that the themes of the chain declare, by name. A list of the same name in site.toml
    /// replaces one.
    pub lists: BTreeMap<String, Declared<ListQuery>>,
    /// Templates of shortcodes, by the name that articles call them by.
    pub shortcodes: BTreeMap<String, Shortcode>,
}

/// What a theme needs to know of the site.
#[derive(Clone, Copy)]
pub struct Setup<'a> {
    /// The theme's name, as site.toml says it.
    pub name: &'a At<Text>,
    /// The site's language, as site.toml says it.
    pub language: &'a At<Text>,
    /// The path that the site lives at, with `/` at both ends.
    pub base_path: &'a str,
    /// The file that says it.
    pub site_path: &'a SourcePath,
    /// How Markdown is read.
    pub markdown: &'a MarkdownOptions,
    /// Whether the theme's own stylesheets and scripts are minified.
    pub minify: Minify,
    /// What is remembered of that.
    pub memo: &'a dyn Memo,
}

/// A shortcode that the theme has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortcode {
    /// The template: `shortcodes/salary.html`.
    pub template: String,
    /// What its first comment declares, `{# args: level? role? #}`; none when it declares nothing
    /// and takes anything.
    pub parameters: Option<Vec<Parameter>>,
}

impl<'a> Setup<'a> {
    /// Takes what a configuration says.
    pub fn of(config: &'a Config, site_path: &'a SourcePath, memo: &'a dyn Memo) -> Self {
        Self {
            name: &config.site.theme,
            language: &config.site.language,
            base_path: &config.base_path,
            site_path,
            markdown: &config.site.markdown,
            minify: config.site.minify,
            memo,
        }
    }
}

impl Theme {
    /// Loads the theme that site.toml names. None when there is no such theme; with other errors,
    /// all of which are noted, there is a theme to plan with, but not one to render with.
    pub fn load(inputs: &Inputs, setup: Setup<'_>, diagnostics: &mut Diagnostics) -> Option<Self> {
        Self::load_over(inputs, setup, builtin(), diagnostics)
    }

    fn load_over(
        inputs: &Inputs,
        setup: Setup<'_>,
        builtin: &Builtin,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let Setup {
            name,
            language,
            base_path,
            site_path,
            markdown,
            minify,
            memo,
        } = setup;
        let layers = Layers::follow(inputs, builtin, (site_path, name), diagnostics)?;
        let before = diagnostics.errors();
        let strings = Strings::load(&layers, language, site_path, diagnostics);
        let has_words = diagnostics.errors() == before;
        let assets = Assets::load(
            &layers,
            base_path,
            (minify != Minify::Off).then_some(memo),
            diagnostics,
        );
        let markdown = Arc::new(markdown_options(markdown, &strings));
        let tools = Tools {
            locale: strings.locale().clone(),
            lists: strings.lists().clone(),
            base_path: base_path.to_owned(),
            assets: assets.urls.clone(),
            markdown: markdown.clone(),
        };
        let engine = Engine::load(&layers, &Arc::new(tools), strings.digest(), diagnostics);
        // With a file of words that cannot be read, every use of a word would only be an echo.
        if has_words {
            check::names(engine.templates(), &strings, &assets.urls, diagnostics);
        }
        // Of templates with mistakes it is not known what they ask for.
        if diagnostics.errors() == before {
            wording::check(strings.words(), engine.templates(), diagnostics);
        }
        let (params, lists) = declarations(&layers, diagnostics);
        let shortcodes = shortcodes(&engine);
        Some(Self {
            engine,
            strings,
            markdown,
            assets,
            params,
            lists,
            shortcodes,
        })
    }

    /// The template of a page: the one that its front matter names, or the one of its kind, or
    /// `page.html`. A name that no template has is an error without a place.
    pub fn template_for(&self, kind: Kind, own: Option<&str>) -> Result<String, Diagnostic> {
        let templates = self.engine.templates();
        let of_kind = format!("{kind}.html");
        match own {
            Some(name) if templates.contains_key(name) => Ok(name.to_owned()),
            Some(name) => Err(explain::missing_template(name, templates)),
            None if templates.contains_key(&of_kind) => Ok(of_kind),
            None => Ok("page.html".to_owned()),
        }
    }

    /// The file of a template, and of all that it extends and includes; those with components are
    /// not among them.
    pub fn reach(&self, template: &str) -> Vec<SourcePath> {
        let templates = self.engine.templates();
        let reached = graph::reach(templates, template)
            .into_iter()
            .filter(|name| *name != template);
        std::iter::once(template)
            .chain(reached)
            .filter_map(|name| Some(templates.get(name)?.source.path.clone()))
            .collect()
    }

    /// The file of a template.
    pub fn path_of(&self, template: &str) -> Option<&SourcePath> {
        self.engine
            .templates()
            .get(template)
            .map(|template| &template.source.path)
    }

    /// The ids that stand in a template as they are.
    pub fn literal_ids(&self, template: &str) -> BTreeSet<String> {
        let text = self
            .engine
            .templates()
            .get(template)
            .map(|template| template.source.text.as_ref())
            .unwrap_or_default();
        let ids = text
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split_once('"'));
        ids.map(|(id, _)| id.to_owned())
            .filter(|id| !id.contains(['{', '}']))
            .collect()
    }

    /// The texts of all templates.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.engine
            .templates()
            .values()
            .map(|template| template.source.text.as_ref())
    }

    /// Where a template, or one that it reaches, holds a link as it is.
    pub fn place_of(&self, template: &str, link: &str) -> Option<(SourcePath, Span)> {
        let templates = self.engine.templates();
        let sources = graph::dependencies(templates, template)
            .into_iter()
            .filter_map(|name| Some(&templates.get(name)?.source));
        let quoted = |source: &Source| {
            ['"', '\''].iter().find_map(|quote| {
                source
                    .text
                    .find(&format!("{quote}{link}{quote}"))
                    .map(|at| at + 1)
            })
        };
        sources
            .filter_map(|source| Some((source.path.clone(), quoted(source)?)))
            .map(|(path, at)| (path, at..at + link.len()))
            .next()
    }

    /// The names of all templates.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.engine.templates().keys().map(String::as_str)
    }

    /// Renders a page. An error says where in which template, and which page it was.
    pub fn render(
        &self,
        template: &str,
        context: &Context,
        page_url: &str,
    ) -> Result<String, Diagnostic> {
        self.engine.render(template, context, page_url)
    }

    /// What the output of a template depends on besides its context: its source and that of
    /// everything that it can reach, the words and conventions of the language, the base path.
    pub fn closure(&self, template: &str) -> Digest {
        self.engine.closure(template)
    }

    /// The parameters that some template reads as Markdown: `site.params?.footer_text | markdown`.
    pub fn markdown_params(&self) -> BTreeSet<&str> {
        self.engine
            .templates()
            .values()
            .flat_map(|template| &template.facts.markdown_params)
            .map(String::as_str)
            .collect()
    }

    /// Whether the output of a template can show the day of the build: it reads `site.build_date`,
    /// or hands on all of `site`.
    pub fn shows_build_date(&self, template: &str) -> bool {
        check::reads_of_site(self.engine.templates(), template, "build_date")
    }

    /// Variables that a template reads and that pages of its kind do not have: `{% if titel %}`,
    /// which Tera takes for false. `known` are the names that a page's context has.
    pub fn check_variables(&self, template: &str, known: &BTreeSet<&str>) -> Vec<Diagnostic> {
        check::variables(self.engine.templates(), template, known)
    }

    /// Fields that a template reads and that a context does not have: `{% if page.titel %}`. One
    /// page of each kind will do.
    pub fn check_fields(&self, template: &str, context: &Context) -> Vec<Diagnostic> {
        check::fields(self.engine.templates(), template, context)
    }

    /// Warnings of what in the theme's templates a policy blocks.
    pub fn check_policy(&self, policy: &Policy) -> Vec<Diagnostic> {
        let templates = self.engine.templates().values();
        let of = |template: &engine::Template| {
            policy.warnings(&template.source.path, 0, &template.facts.asks)
        };
        templates.flat_map(of).collect()
    }

    /// How the language of the site writes numbers, money and dates.
    pub fn locale(&self) -> &Locale {
        self.strings.locale()
    }
}

fn markdown_options(markdown: &MarkdownOptions, strings: &Strings) -> content::Options {
    let word = |key: &str| strings.get(key).to_owned();
    let words = content::Words {
        alerts: ["note", "tip", "important", "warning", "caution"]
            .map(|name| word(&format!("alert_{name}"))),
        table: word("table"),
        footnotes: word("footnotes"),
        back: word("footnote_back"),
        done: word("task_done"),
        to_do: word("task_to_do"),
    };
    content::Options {
        markdown: markdown.clone(),
        words,
    }
}

/// Whether a file of a site is a template, of the site itself or of a theme.
pub fn is_template(path: &SourcePath) -> bool {
    let of_theme = path
        .inside("themes")
        .and_then(|inner| inner.split_once('/'))
        .map(|(_, inner)| inner);
    of_theme.unwrap_or(path.as_str()).starts_with("templates/")
}

/// Parameters and lists of all themes of the chain; the nearest wins, tables of parameters are
/// merged key by key.
fn declarations(
    layers: &Layers<'_>,
    diagnostics: &mut Diagnostics,
) -> (
    serde_json::Map<String, serde_json::Value>,
    BTreeMap<String, Declared<ListQuery>>,
) {
    let mut params = serde_json::Map::new();
    let mut lists = BTreeMap::new();
    for folder in layers.folders().iter().rev() {
        merge(&mut params, &folder.file.params.0);
        let Some(path) = &folder.file_path else {
            continue;
        };
        check_lists(&folder.file.lists, path, diagnostics);
        for (name, row) in &folder.file.lists.0 {
            lists.insert(
                name.value.clone(),
                Declared {
                    row: row.clone(),
                    path: path.clone(),
                    span: name.span.clone(),
                },
            );
        }
    }
    (params, lists)
}

/// Puts parameters on top of others: a value replaces one of the same name, a table is merged into
/// it.
pub fn merge(
    below: &mut serde_json::Map<String, serde_json::Value>,
    above: &serde_json::Map<String, serde_json::Value>,
) {
    for (key, value) in above {
        match (below.get_mut(key), value) {
            (Some(serde_json::Value::Object(below)), serde_json::Value::Object(above)) => {
                merge(below, above);
            }
            _ => drop(below.insert(key.clone(), value.clone())),
        }
    }
}

fn shortcodes(engine: &Engine) -> BTreeMap<String, Shortcode> {
    let shortcode = |(path, template): (&String, &engine::Template)| {
        let name = path.strip_prefix("shortcodes/")?.strip_suffix(".html")?;
        Some((
            name.to_owned(),
            Shortcode {
                template: path.clone(),
                parameters: template.facts.parameters.clone(),
            },
        ))
    };
    engine.templates().iter().filter_map(shortcode).collect()
}
