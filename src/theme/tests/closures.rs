//! What a page depends on: a change that can reach it changes its digest, and no other change does.

use super::load;

const FILES: &[(&str, &str)] = &[
    ("templates/a.html", "{% extends \"b.html\" %}"),
    ("templates/b.html", "{% include \"c.html\" %}"),
    ("templates/c.html", "c"),
    ("templates/other.html", "other"),
    ("templates/linked.html", "{{ \"css/x.css\" | url }}"),
    (
        "templates/components.html",
        "{% component x() %}{% include \"d.html\" %}{% endcomponent %}",
    ),
    ("templates/d.html", "d"),
    ("static/css/x.css", "p{}"),
    ("i18n/en.toml", "next = \"More\""),
];

/// Whether the digest of a template changes when a file does.
fn changes(template: &str, path: &str) -> bool {
    let changed: Vec<(&str, &str)> = FILES
        .iter()
        .map(|(name, text)| {
            if *name == path {
                (
                    *name,
                    if path.ends_with("toml") {
                        "next = \"Less\""
                    } else {
                        "{# changed #}"
                    },
                )
            } else {
                (*name, *text)
            }
        })
        .collect();
    let (before, after) = (load("default", FILES), load("default", &changed));
    let (before, after) = (
        before.fine().closure(template),
        after.theme.unwrap().closure(template),
    );
    assert_ne!(before, Default::default());
    before != after
}

#[test]
fn everything_that_a_template_reaches_counts() {
    for path in [
        "templates/a.html",
        "templates/b.html",
        "templates/c.html",
        "templates/components.html",
        "templates/d.html",
        "i18n/en.toml",
    ] {
        assert!(changes("a.html", path), "{path}");
    }
}

#[test]
fn what_it_cannot_reach_does_not() {
    for path in [
        "templates/other.html",
        "templates/linked.html",
        "static/css/x.css",
        "templates/nothing.html",
    ] {
        assert!(!changes("a.html", path), "{path}");
    }
    assert!(!changes("c.html", "templates/b.html"));
}

#[test]
fn the_filter_url_depends_on_assets() {
    // A stylesheet of the site keeps its name; one of a theme has another after each change.
    let site = |css| {
        load(
            "m",
            &[
                ("themes/m/templates/a.html", "{{ \"x.css\" | url }}"),
                ("themes/m/templates/b.html", "x"),
                ("themes/m/static/x.css", css),
            ],
        )
    };
    assert_ne!(
        site("a{b:c}").fine().closure("a.html"),
        site("b{b:c}").fine().closure("a.html")
    );
    assert_eq!(
        site("a{}").fine().closure("b.html"),
        site("b{}").fine().closure("b.html")
    );
}

#[test]
fn the_base_path_and_the_language_count() {
    let of = |language, base| {
        super::load_in(language, base, "default", FILES)
            .theme
            .unwrap()
            .closure("a.html")
    };
    assert_ne!(of("en", "/"), of("en", "/sub/"));
    assert_ne!(of("en-US", "/"), of("en-GB", "/"));
    assert_eq!(of("en", "/"), of("en", "/"));
}
