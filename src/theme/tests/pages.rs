//! What templates render to.

use super::{load, load_in};

#[test]
fn text_is_escaped_and_html_is_not() {
    let files = [
        ("templates/a.html", "{{ page.title }} {{ page.body }}"),
        ("templates/a.xml", "{{ page.title }}"),
        ("templates/a.txt", "{{ page.title }}"),
    ];
    let site = load("default", &files);
    assert_eq!(site.render("a.html").unwrap(), "&lt;Nurse&gt; <p>x</p>");
    assert_eq!(site.render("a.xml").unwrap(), "&lt;Nurse&gt;");
    assert_eq!(site.render("a.txt").unwrap(), "<Nurse>");
}

#[test]
fn components_are_called_across_files() {
    let files = [
        (
            "templates/components/card.html",
            "{% component card(title, @t, kind = \"role\") %}[{{ kind }} {{ title }} {{ t.next }} {{ body }}]{% endcomponent card %}",
        ),
        (
            "templates/a.html",
            "{% <card title={page.title}> %}{{ page.tags | join(sep=\"+\") }}{% </card> %}",
        ),
        (
            "templates/b.html",
            "{% extends \"page.html\" %}{% block content %}{% include \"a.html\" %}{% endblock %}",
        ),
    ];
    let site = load("default", &files);
    site.fine();
    assert_eq!(
        site.render("b.html").unwrap(),
        "<title>&lt;Nurse&gt;</title>[role &lt;Nurse&gt; Next a+b]"
    );
}

#[test]
fn maps_have_one_order_in_every_run() {
    let text = "{{ v }}{% for k, x in v %}{{ k }}{% endfor %}{{ v | keys | join }}{{ v | json }}{% for g in l | group_by(attribute=\"g\") %}{{ g.key }}{% endfor %}{{ {\"z\": 1, \"a\": 2} }}";
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let site = load("default", &[("templates/a.html", text)]);
        let theme = site.fine();
        let mut context = site.context();
        let map: serde_json::Map<String, serde_json::Value> = ["q", "b", "zz", "a", "m", "k"]
            .iter()
            .map(|key| ((*key).to_owned(), serde_json::json!(1)))
            .collect();
        context.insert("v", &map);
        context.insert(
            "l",
            &serde_json::json!([{"g": "z"}, {"g": "c"}, {"g": null}, {"g": "a"}]),
        );
        seen.insert(theme.render("a.html", &context, "/").unwrap());
    }
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert!(
        seen.first().unwrap().contains("qbzzamk"),
        "the order is that of the View"
    );
}

#[test]
fn filters_follow_the_language_and_the_base_path() {
    let text = "{{ 55000 | money(currency=\"EUR\") }} {{ \"2026-03-02\" | date }} {{ \"a/\" | url }} {{ t.roles | plural(n=1) }}";
    let site = load_in(
        "de",
        "/sub/",
        "default",
        &[
            ("templates/a.html", text),
            (
                "i18n/de.toml",
                "ladder=\"L {role}\"\nnext=\"W\"\nroles={one=\"{n} Beruf\",other=\"{n} Berufe\"}\n",
            ),
        ],
    );
    site.fine();
    assert_eq!(
        site.render("a.html").unwrap(),
        "55.000\u{a0}€ 2. März 2026 /sub/a/ 1 Beruf"
    );
}

#[test]
fn markdown_of_a_theme_is_html() {
    let site = load(
        "default",
        &[("templates/a.html", "{{ \"x\" | markdown(inline=true) }}")],
    );
    assert_eq!(site.render("a.html").unwrap(), "x");
}
