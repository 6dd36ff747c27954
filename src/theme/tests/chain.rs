//! Which file comes from where.

use super::{load, load_in};
use crate::kind::Kind;
use crate::theme::merge;

const MINIMAL: &[(&str, &str)] = &[(
    "themes/mine/templates/page.html",
    "<main>{% block content %}{% endblock %}</main>",
)];

#[test]
fn a_theme_may_be_one_file() {
    let site = load("mine", MINIMAL);
    site.fine();
    assert_eq!(
        site.render("ladder.html").unwrap(),
        "<main><ol>Ladder of &lt;Nurse&gt;</ol></main>"
    );
}

#[test]
fn the_nearest_folder_wins_file_by_file() {
    let files = [
        ("templates/a.html", "site"),
        ("themes/mine/theme.toml", "extends = \"base\""),
        ("themes/mine/templates/a.html", "mine"),
        ("themes/mine/templates/b.html", "mine"),
        ("themes/base/templates/b.html", "base"),
        ("themes/base/templates/c.html", "base"),
        (
            "themes/default/templates/page.html",
            "the site's copy{% block content %}{% endblock %}",
        ),
    ];
    let site = load("mine", &files);
    site.fine();
    let render = |name: &str| site.render(name).unwrap();
    assert_eq!(
        [
            render("a.html"),
            render("b.html"),
            render("c.html"),
            render("page.html")
        ],
        ["site", "mine", "base", "the site's copy"]
    );
}

#[test]
fn a_theme_that_does_not_exist_is_said_with_those_that_do() {
    let site = load("mien", MINIMAL);
    assert!(site.theme.is_none());
    assert_eq!(
        site.reports,
        [
            "site.toml:1:1 missing-theme: there is no theme `mien`; did you mean `mine`?; a theme is a folder themes/mien/ in the folder of site.toml"
        ]
    );
    assert!(load("nothing", MINIMAL).reports[0].contains("there is `default`, `mine`"));
    assert!(load("../x", MINIMAL).reports[0].contains("there is no theme `../x`"));
}

#[test]
fn themes_cannot_extend_each_other_in_a_circle() {
    let files = [
        ("themes/a/theme.toml", "extends = \"b\""),
        ("themes/b/theme.toml", "extends = \"a\""),
        ("themes/b/templates/x.html", "x"),
    ];
    let site = load("a", &files);
    assert!(site.reports[0].starts_with("themes/b/theme.toml:1:11 `\"a\"` cycle: themes extend each other in a circle: a > b > a"), "{:?}", site.reports);
    let own = load(
        "default",
        &[("themes/default/theme.toml", "extends = \"a\"")],
    );
    assert!(own.reports[0].contains("the default theme builds on no other"));
    let lost = load("a", &[("themes/a/theme.toml", "extends = \"bb\"")]);
    assert!(
        lost.reports[0].starts_with("themes/a/theme.toml:1:11 `\"bb\"` missing-theme"),
        "{:?}",
        lost.reports
    );
    assert!(lost.theme.is_some(), "what else is wrong can still be said");
}

#[test]
fn all_mistakes_of_theme_toml_are_said() {
    let site = load(
        "a",
        &[(
            "themes/a/theme.toml",
            "nam = \"A\"\nextends = 3\n[lists.x]\nfor = [\"home\"]\n",
        )],
    );
    assert_eq!(site.reports.len(), 3, "{:?}", site.reports);
    assert!(site.reports[0].contains("unknown key `nam`; did you mean `name`?"));
}

#[test]
fn parameters_and_lists_come_from_the_whole_chain() {
    let files = [
        (
            "themes/a/theme.toml",
            "extends = \"b\"\n[params]\nfoot = { link = \"c\" }\n[lists.newest]\nfor = [\"home\"]\nof = \"article\"\nlimit = 3\n",
        ),
        (
            "themes/b/theme.toml",
            "[params]\nwide = true\n[lists.newest]\nfor = [\"home\"]\nof = \"role\"\n[lists.top]\nfor = [\"home\"]\nof = \"role\"\n",
        ),
    ];
    let site = load("a", &files);
    let theme = site.fine();
    assert_eq!(
        serde_json::to_string(&theme.params).unwrap(),
        r#"{"accent":"green","foot":{"text":"a","link":"c"},"wide":true}"#
    );
    let mut params = theme.params.clone();
    merge(
        &mut params,
        &serde_json::from_str(r#"{"accent":"red","foot":{"text":"own"}}"#).unwrap(),
    );
    assert_eq!(
        serde_json::to_string(&params).unwrap(),
        r#"{"accent":"red","foot":{"text":"own","link":"c"},"wide":true}"#
    );
    assert_eq!(theme.lists.keys().collect::<Vec<_>>(), ["newest", "top"]);
    assert_eq!(theme.lists["newest"].row.limit, Some(3));
    assert_eq!(theme.lists["newest"].path.as_str(), "themes/a/theme.toml");
}

#[test]
fn a_page_gets_the_template_of_its_kind_or_page_html() {
    let site = load("default", &[("templates/landing.html", "x")]);
    let theme = site.fine();
    assert_eq!(
        theme.template_for(Kind::Ladder, None).unwrap(),
        "ladder.html"
    );
    assert_eq!(theme.template_for(Kind::WhatIs, None).unwrap(), "page.html");
    assert_eq!(
        theme
            .template_for(Kind::WhatIs, Some("landing.html"))
            .unwrap(),
        "landing.html"
    );
    let show = |name| site.show(theme.template_for(Kind::WhatIs, Some(name)).unwrap_err());
    assert!(show("landing").contains(
        "missing-template: there is no template `landing`; did you mean `landing.html`?"
    ));
    assert!(show("lading.html").contains("did you mean `landing.html`?"));
}

#[test]
fn shortcodes_declare_what_they_take() {
    let site = load(
        "default",
        &[
            (
                "templates/shortcodes/stat.html",
                "{# args: id role? #}{{ args.id }}",
            ),
            ("templates/shortcodes/any.html", "{{ body }}"),
        ],
    );
    let theme = site.fine();
    assert_eq!(theme.shortcodes["stat"].template, "shortcodes/stat.html");
    assert_eq!(
        theme.shortcodes["stat"].parameters.as_ref().unwrap().len(),
        2
    );
    assert_eq!(theme.shortcodes["any"].parameters, None);
}

#[test]
fn files_that_are_no_text_are_said() {
    let site = load_in(
        "en",
        "/",
        "default",
        &[
            ("templates/a.html", "a\0b"),
            ("templates/.DS_Store", "\0"),
            ("i18n/en.toml", "= 3"),
            ("static/a.css", "\0"),
        ],
    );
    let codes: Vec<&str> = site
        .reports
        .iter()
        .map(|report| {
            report
                .split(' ')
                .find(|word| word.ends_with("text:") || word.ends_with("syntax:"))
                .unwrap_or("?")
        })
        .collect();
    assert_eq!(
        codes,
        ["syntax:", "invalid-text:", "invalid-text:"],
        "{:?}",
        site.reports
    );
}
