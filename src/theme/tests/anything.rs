//! Whatever an author writes, something is said and nothing breaks; and what is read here of a
//! template is what Tera reads.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::load;
use crate::theme::engine::Engine;
use crate::theme::references::Syntax;
use crate::theme::{graph, phrase, scan};

/// Pieces that mean something to one parser or another.
const PIECES: &[&str] = &[
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "-",
    " ",
    "\n",
    "é",
    "\"",
    "'",
    "`",
    "\\",
    "a",
    "page",
    ".title",
    "?.",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "|",
    "upper",
    "fill",
    "plural(n=3)",
    "date",
    "url",
    "=",
    "<",
    ">",
    "/>",
    "</",
    "card",
    "if",
    "endif",
    "for x in",
    "endfor",
    "set x =",
    "endset",
    "block b",
    "endblock",
    "extends",
    "include",
    "\"page.html\"",
    "\"a.html\"",
    "component card(a)",
    "endcomponent",
    "raw",
    "endraw",
    "1",
    "2.5",
    ",",
    "~",
    "is defined",
    "not",
    "loop.index",
    "t.next",
    "...",
    "@t",
    "{n}",
    "{role}",
    "url(",
    "@import",
    "/*",
    "*/",
    "throw(message=\"m\")",
    "{{ page.title }}",
    "{% if page %}",
    "{% endif %}",
    "{{ <card a={page} /> }}",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_theme_loads_and_renders_or_says_why(template in soup(), component in soup(), words in soup(), css in soup()) {
        let words = format!("x = '''{words}'''");
        let site = load("default", &[("templates/a.html", &template), ("templates/c.html", &component), ("i18n/en.toml", &words), ("static/a.css", &css)]);
        if site.reports.iter().all(|report| report.contains(" warning ")) {
            let _ = site.render("a.html");
        }
        let theme = site.theme.as_ref().expect("the default theme exists");
        theme.check_variables("a.html", &BTreeSet::from(["page"]));
        theme.check_fields("a.html", &site.context());
    }

    #[test]
    fn any_text_is_read(text in soup()) {
        scan::scan(&text);
        phrase::fill(&text, |_| Some("x".to_owned()));
        for syntax in [Syntax::Css, Syntax::Script, Syntax::Json] {
            for (range, reference) in syntax.references(&text) {
                prop_assert_eq!(&text[range], reference);
            }
        }
    }

    /// Tera knows the variables of a template, but not where they stand.
    #[test]
    fn variables_are_those_that_tera_finds(template in soup()) {
        let site = load("default", &[("templates/a.html", &template)]);
        if site.reports.is_empty() && !template.contains("loop") {
            agrees_with_tera(&site.theme.as_ref().expect("the default theme exists").engine);
        }
    }
}

/// Tera ignores names that are set only where they are; here they are set everywhere in a file. So
/// what is free here is free there, and what is free there is at least read here.
pub fn agrees_with_tera(engine: &Engine) {
    for name in engine.templates().keys() {
        let scopes: Vec<_> = graph::reach(engine.templates(), name)
            .into_iter()
            .map(|name| &engine.templates()[name].facts.scopes[0])
            .collect();
        let reads: BTreeSet<&str> = scopes
            .iter()
            .flat_map(|scope| &scope.reads)
            .map(|read| read.root.text.as_str())
            .collect();
        let free = scopes
            .iter()
            .flat_map(|scope| {
                scope
                    .reads
                    .iter()
                    .filter(|read| !scope.bound.contains(&read.root.text))
            })
            .map(|read| read.root.text.as_str());
        let theirs: BTreeSet<&str> = engine.variables(name).into_iter().collect();
        assert!(
            free.collect::<BTreeSet<_>>().is_subset(&theirs),
            "{name}: {theirs:?}"
        );
        assert!(theirs.is_subset(&reads), "{name}: {theirs:?} {reads:?}");
    }
}
