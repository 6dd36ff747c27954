//! What is said about templates that are wrong.

use std::collections::BTreeSet;

use super::load;

/// All reports about a site with these templates.
fn reports(templates: &[(&str, &str)]) -> Vec<String> {
    let named: Vec<(String, &str)> = templates
        .iter()
        .map(|(name, text)| (format!("templates/{name}"), *text))
        .collect();
    load(
        "default",
        &named
            .iter()
            .map(|(name, text)| (name.as_str(), *text))
            .collect::<Vec<_>>(),
    )
    .reports
}

/// The error of rendering one template.
fn failure(text: &str) -> String {
    let site = load(
        "default",
        &[
            ("templates/a.html", text),
            (
                "templates/x.html",
                "{% component card(a, b: string = \"x\") %}\n{{ a.b.c }}{% endcomponent %}",
            ),
        ],
    );
    site.fine();
    site.render("a.html").unwrap_err()
}

#[test]
fn every_template_is_checked_whatever_is_wrong_with_the_others() {
    let found = reports(&[
        ("a.html", "\n{% if page.title %}"),
        (
            "b.html",
            "é {{ page.title | uper }}{{ page.tags is emtpy }}\n{{ nwo() }}{{ <crad /> }}",
        ),
        ("c.html", "{% macro x() %}"),
        (
            "d.html",
            "{% component card() %}{% endcomponent %}{{ page. }}",
        ),
    ]);
    let expected = [
        "templates/a.html:2:",
        "templates/b.html:1:19 `uper` template: there is no filter `uper`; did you mean `upper`?",
        "templates/b.html:1:42 `emtpy` template: there is no test `emtpy`",
        "templates/b.html:2:4 `nwo()` template: there is no function `nwo`",
        "templates/b.html:2:15 `<crad />` template: there is no component `crad`; did you mean `card`?",
        "templates/c.html:1:4 `macro` template: there is no tag `macro`; the tags are",
        "templates/d.html:1:",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}\n{expected}");
    }
    assert!(
        found[0].contains("the template ends before this is closed"),
        "{}",
        found[0]
    );
    assert!(found[6].contains("expected identifier"), "{}", found[6]);
}

#[test]
fn names_of_templates_that_do_not_exist_are_said() {
    let found = reports(&[
        ("a.html", "{% extends \"pge.html\" %}"),
        ("b.html", "{% include \"c.html\" %}{% include \"ladder\" %}"),
    ]);
    assert!(
        found[0].starts_with("templates/a.html:1:12 `\"pge.html\"` missing-template: there is no template `pge.html`; did you mean `page.html`?"),
        "{found:#?}"
    );
    assert!(found[1].starts_with("templates/b.html:1:12 `\"c.html\"` missing-template"));
    assert!(found[2].contains("there is no template `ladder`; did you mean `ladder.html`?"));
    assert_eq!(found.len(), 3);
}

#[test]
fn circles_of_extends_and_include_are_said_once() {
    let found = reports(&[
        (
            "a.html",
            "{% extends \"b.html\" %}{% block x %}{{ super() }}{% endblock %}",
        ),
        (
            "b.html",
            "{% block x %}{% include \"c.html\" %}{% endblock %}",
        ),
        ("c.html", "{% include \"a.html\" %}"),
        ("d.html", "{% include \"d.html\" %}"),
    ]);
    let circles: Vec<&String> = found
        .iter()
        .filter(|report| report.contains("template-cycle"))
        .collect();
    assert_eq!(circles.len(), 2, "{found:#?}");
    assert!(
        circles[0].contains("in a circle: a.html > b.html > c.html > a.html"),
        "{}",
        circles[0]
    );
    assert!(circles[1].starts_with(
        "templates/d.html:1:12 `\"d.html\"` template-cycle: `d.html` extends or includes itself"
    ));
    let included = found
        .iter()
        .find(|report| report.contains("cannot be included: it extends `b.html`"));
    assert!(included.unwrap().starts_with("templates/c.html:1:12"));
}

#[test]
fn a_tower_of_templates_is_refused_before_it_falls() {
    let tower = |height: usize| -> Vec<(String, String)> {
        let floor = |at: usize| {
            (
                format!("t{at:04}.html"),
                if at == 0 {
                    String::new()
                } else {
                    format!("{{% extends \"t{:04}.html\" %}}", at - 1)
                },
            )
        };
        (0..height).map(floor).collect()
    };
    let said = |height| {
        reports(
            &tower(height)
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(said(32), [""; 0]);
    assert_eq!(
        said(200),
        [
            "templates/t0032.html:1:1 too-deep: more than 32 templates extend or include each other from here on; make shared parts components"
        ]
    );
}

#[test]
fn a_block_that_no_parent_has_and_a_component_with_two_definitions() {
    let found = reports(&[(
        "a.html",
        "{% extends \"page.html\" %}{% block contnet %}{% endblock %}",
    )]);
    assert_eq!(
        found,
        [
            "templates/a.html:1:35 `contnet` template: no template that this one extends has a block `contnet`; \
         add {% block contnet %}{% endblock %} to themes/default/templates/page.html, or remove it here"
        ]
    );
    let twins = reports(&[
        ("a.html", "{% component x() %}{% endcomponent %}"),
        ("b.html", "{% component x() %}{% endcomponent %}"),
    ]);
    assert_eq!(twins.len(), 1, "{twins:#?}");
    assert!(
        twins[0]
            .starts_with("templates/b.html:1:14 `x` template: the component `x` is defined twice")
    );
    assert!(twins[0].ends_with("the other definition: templates/a.html:1"));
}

#[test]
fn what_templates_name_must_exist() {
    let found = reports(&[
        (
            "a.html",
            "{{ t.nxt }}{{ t[\"ladder\"] }}{% if t.maybe is defined %}{% endif %}{{ t[\"kind_\" ~ page.kind] }}",
        ),
        (
            "b.html",
            "{{ site.assets[\"css/man.css\"] }}{{ site.assets[page.css] }}",
        ),
        (
            "c.html",
            "{% component card(title, @t) %}{% if titel %}{{ t.nope }}{% endif %}{% set x = title %}{{ x }}{{ body }}{% endcomponent %}",
        ),
        ("d.html", "{{ __tera_context }}"),
    ]);
    let expected = [
        "templates/a.html:1:6 `nxt` missing-string: there is no string `nxt`; did you mean `next`?; add `nxt = \"…\"` to i18n/en.toml",
        "templates/b.html:1:16 `\"css/man.css\"` missing-file: there is no file `css/man.css` in static/",
        "templates/c.html:1:38 `titel` template-field: the component `card` has no argument `titel`; did you mean `title`?; a component sees",
        "templates/c.html:1:51 `nope` missing-string: there is no string `nope`",
        "templates/d.html:1:4 `__tera_context` template: `__tera_context` is refused",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}\n{expected}");
    }
}

#[test]
fn an_error_of_rendering_has_its_place_its_page_and_the_names_that_exist() {
    assert_eq!(
        failure("\n é {{ page.titel }}"),
        "templates/a.html:2:12 `titel` template-field: `page` has no field `titel`; did you mean `title`?; while rendering /roles/nurse/"
    );
    assert_eq!(
        failure("{{ pge.title }}"),
        "templates/a.html:1:4 `pge` template-field: there is no variable `pge` here; did you mean `page`?; while rendering /roles/nurse/"
    );
    assert!(
        failure("{{ page.image.src }}")
            .contains("`page.image` has no field `src`; here it is null, or no map: write {% if page.image %} around it, or `page.image?.src`")
    );
    assert!(
        failure("{{ page.titel | upper }}")
            .contains("this must be a text, not something that is not defined")
    );
    assert!(
        failure("{{ page[\"titel\"] }}")
            .contains("template-field: `page[\"titel\"]` is not defined")
    );
    assert!(
        failure("{{ page.tags | truncate(length=3) }}").contains("this must be a text, not a list")
    );
    assert!(failure("{{ page.title | truncate }}").contains("the argument `length` is missing"));
    assert!(failure("{{ throw(message=\"No level.\") }}").contains("template: no level; while"));
    assert!(failure("{{ t.ladder | fill }}").contains("nothing fills the placeholder `{role}`"));
    assert!(failure("{{ 1 / 0 }}").contains("divide by 0"));
}

#[test]
fn an_error_in_a_component_names_where_it_was_called() {
    let report = failure("\n{{ <card a={page} /> }}");
    assert!(
        report.starts_with("templates/x.html:2:6 `b` template-field: `a` has no field `b`"),
        "{report}"
    );
    assert!(
        report.ends_with("; called from here: templates/a.html:2"),
        "{report}"
    );
    assert!(failure("{{ <card /> }}").contains("argument `a` is missing"));
    assert!(failure("{{ <card a=\"\" b={3} /> }}").contains("`b`"));
}

#[test]
fn unknown_arguments_are_said_in_one_order() {
    let said: BTreeSet<String> = (0..20)
        .map(|_| failure("{{ <card a=\"\" z=\"\" y=\"\" x=\"\" w=\"\" /> }}"))
        .collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said.first()
            .unwrap()
            .contains("the component has no argument `w`, `x`, `y`, `z`; there is `a`, `b`"),
        "{said:?}"
    );
}

#[test]
fn a_component_that_calls_itself_ends() {
    let site = load(
        "default",
        &[(
            "templates/a.html",
            "{% component x() %}{{ <x /> }}{% endcomponent %}{{ <x /> }}",
        )],
    );
    assert!(
        site.render("a.html")
            .unwrap_err()
            .starts_with("templates/a.html:1:1 template: maximum render recursion depth")
    );
}

#[test]
fn a_template_that_is_nowhere_is_said_with_the_page() {
    let site = load("default", &[]);
    assert!(
        site.render("pag.html").unwrap_err().contains(
            "missing-template: there is no template `pag.html`; did you mean `page.html`?"
        )
    );
}

#[test]
fn variables_that_no_page_of_a_kind_has_are_found() {
    let files = [
        (
            "templates/a.html",
            "{% extends \"page.html\" %}{% block content %}{% if titel %}{% endif %}{% include \"b.html\" %}{% for x in tags %}{{ x }}{% include \"c.html\" %}{% endfor %}{% endblock %}",
        ),
        (
            "templates/b.html",
            "{% if role is defined %}{{ role.title }}{% endif %}{{ ladder?.count }}{{ sumary }}",
        ),
        ("templates/c.html", "{{ x }}{{ y | default(value=1) }}"),
    ];
    let site = load("default", &files);
    let known = BTreeSet::from(["page", "site", "t", "title", "tags", "summary"]);
    let found: Vec<String> = site
        .fine()
        .check_variables("a.html", &known)
        .into_iter()
        .map(|fault| site.show(fault))
        .collect();
    assert_eq!(
        found,
        [
            "templates/a.html:1:51 `titel` template-field: there is no variable `titel`; did you mean `title`?",
            "templates/b.html:1:74 `sumary` template-field: there is no variable `sumary`; did you mean `summary`?"
        ]
    );
}

#[test]
fn fields_that_a_view_does_not_have_are_found() {
    let text = "{% if page.titel %}{% endif %}{% if page.image.src %}{% endif %}{{ page.extra.anything }}{% set s = page.tgs %}{{ page?.x }}{{ page.y is defined }}{{ page.title.x }}";
    let site = load("default", &[("templates/a.html", text)]);
    let found: Vec<String> = site
        .fine()
        .check_fields("a.html", &site.context())
        .into_iter()
        .map(|fault| site.show(fault))
        .collect();
    assert_eq!(
        found,
        [
            "templates/a.html:1:12 `titel` template-field: `page` has no field `titel`; did you mean `title`?",
            "templates/a.html:1:106 `tgs` template-field: `page` has no field `tgs`; did you mean `tags`?"
        ]
    );
}
