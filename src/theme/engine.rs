//! The template engine: the templates of a chain come in; all that is wrong with them, and a way to
//! render them, go out.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, Tera};

use super::explain::{self, Templates};
use super::filters::{self, Tools};
use super::graph;
use super::layers::Layers;
use super::scan::{Facts, scan};
use crate::diag::{Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::source::Source;

/// Parsed templates, ready to render.
pub struct Engine {
    tera: Tera,
    templates: Templates,
    closures: BTreeMap<String, Digest>,
}

/// One template.
#[derive(Clone, Debug)]
pub struct Template {
    pub source: Source,
    pub digest: Digest,
    pub facts: Facts,
}

/// What most pages fit into, in bytes.
const USUAL_PAGE: usize = 32 * 1024;

impl Engine {
    /// Reads all templates: every file below `templates/`. `words` is the digest of what else every
    /// page depends on.
    pub fn load(
        layers: &Layers<'_>,
        tools: &Arc<Tools>,
        words: Digest,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut templates = Templates::new();
        for (name, found) in layers.files("templates") {
            if is_left_over(&name) {
                continue;
            }
            if let Some(source) = diagnostics.take(layers.text(&found)) {
                let facts = scan(&source.text);
                templates.insert(
                    name,
                    Template {
                        source,
                        digest: found.digest,
                        facts,
                    },
                );
            }
        }
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
        // Tera's own writes a byte at a time.
        tera.set_escape_fn(crate::escape::write);
        filters::register(&mut tera, tools);
        let mut found = Diagnostics::default();
        graph::check(&templates, &mut found);
        let alone = tera.clone();
        let all = tera.add_raw_templates(
            templates
                .iter()
                .map(|(name, template)| (name, &*template.source.text)),
        );
        // Tera stops at the first mistake. What it says of the whole set makes sense only if each
        // template by itself is right.
        if let Err(error) = all {
            let of_all = explain::loading(&error, &templates);
            let has_gaps = found.has_errors();
            templates
                .keys()
                .for_each(|name| check_alone(&alone, name, &templates, &mut found));
            if !has_gaps && !found.has_errors() {
                found.extend(of_all);
            }
        }
        diagnostics.extend(found);
        let closures = templates
            .keys()
            .map(|name| (name.clone(), closure(&templates, name, tools, words)))
            .collect();
        Self {
            tera,
            templates,
            closures,
        }
    }

    /// Renders a template.
    pub fn render(
        &self,
        template: &str,
        context: &Context,
        page_url: &str,
    ) -> Result<String, Diagnostic> {
        // Room for most pages: Tera's own would grow, and be moved, several times.
        let mut page = Vec::with_capacity(USUAL_PAGE);
        let rendered = filters::with_texts(context.get(filters::TEXTS), || {
            self.tera.render_to(template, context, &mut page)
        });
        rendered
            .map_err(|error| explain::rendering(&error, &self.templates, template, page_url))?;
        // Templates and what they show are text.
        Ok(String::from_utf8(page)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// All templates by name.
    pub fn templates(&self) -> &Templates {
        &self.templates
    }

    /// The variables that Tera says a template reads.
    #[cfg(test)]
    pub fn variables(&self, template: &str) -> Vec<&str> {
        self.tera
            .get_template_variables(template)
            .map(Vec::from_iter)
            .unwrap_or_default()
    }

    /// What the output of a template depends on besides its context.
    pub fn closure(&self, template: &str) -> Digest {
        self.closures.get(template).copied().unwrap_or_default()
    }
}

/// Parses one template beside empty ones for all that it names, so that each template's errors are
/// found whatever is wrong with the others. What is not there, and circles, are found elsewhere.
fn check_alone(tera: &Tera, name: &str, templates: &Templates, diagnostics: &mut Diagnostics) {
    let Some(template) = templates.get(name) else {
        return;
    };
    let own: Vec<&str> = template
        .facts
        .components()
        .map(|component| component.text.as_str())
        .collect();
    let mut stubs: BTreeMap<&str, String> = BTreeMap::new();
    for target in template
        .facts
        .extends
        .iter()
        .chain(&template.facts.includes)
        .filter(|target| target.text != name)
    {
        stubs.insert(&target.text, String::new());
    }
    let components = templates
        .values()
        .flat_map(|template| template.facts.components())
        .map(|component| component.text.as_str());
    let mut components: Vec<&str> = components
        .filter(|component| is_name(component) && !own.contains(component))
        .collect();
    components.sort_unstable();
    components.dedup();
    let definitions = components
        .iter()
        .map(|component| format!("{{% component {component}(...rest) %}}{{% endcomponent %}}"));
    stubs.insert("\0components", definitions.collect());

    let mut alone = tera.clone();
    let parts = std::iter::once((name, &*template.source.text))
        .chain(stubs.iter().map(|(name, text)| (*name, text.as_str())));
    if let Err(error) = alone.add_raw_templates(parts) {
        // An empty parent has no blocks: whether the real one has them is asked of the whole set.
        diagnostics.extend(explain::loading_alone(&error, templates));
    }
}

/// Files that systems and editors leave behind: `.DS_Store`, `.page.html.swp`, `page.html~`.
fn is_left_over(name: &str) -> bool {
    name.ends_with('~') || name.split('/').any(|part| part.starts_with('.'))
}

/// A template that cannot be parsed may seem to define a component of any name.
fn is_name(component: &str) -> bool {
    component
        .split('.')
        .all(|part| part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
}

fn closure(templates: &Templates, name: &str, tools: &Tools, words: Digest) -> Digest {
    let mut bytes = words.as_bytes().to_vec();
    let mut add = |part: &[u8]| {
        bytes.extend((part.len() as u64).to_le_bytes());
        bytes.extend(part);
    };
    add(name.as_bytes());
    let mut asks_for_assets = false;
    for (name, template) in graph::dependencies(templates, name)
        .into_iter()
        .filter_map(|name| templates.get_key_value(name))
    {
        add(name.as_bytes());
        add(template.digest.as_bytes());
        asks_for_assets |= template.facts.filters.contains("url");
    }
    add(tools.base_path.as_bytes());
    // Templates that take addresses from `site.assets` have them in their View.
    if asks_for_assets {
        for (path, url) in &tools.assets {
            add(path.as_bytes());
            add(url.as_bytes());
        }
    }
    Digest::of(&bytes)
}
