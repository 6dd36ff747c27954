//! What goes and what stays, in templates alone; whole pages are compared in `tests/suite/minify.rs`.

use proptest::prelude::*;

use super::*;

/// The built-in templates, by name.
fn builtin() -> BTreeMap<&'static str, &'static str> {
    let name =
        |(path, bytes): (&'static crate::path::SourcePath, &&'static [u8])| Some((path.inside("themes/default/templates")?, std::str::from_utf8(bytes).ok()?));
    crate::theme::builtin().iter().filter_map(name).collect()
}

fn minify(files: &[(&'static str, &str)]) -> String {
    templates(&files.iter().copied().collect()).remove(files[0].0).unwrap().text
}

/// Holds the first file, minified, against a text.
#[track_caller]
fn is(files: &[(&'static str, &str)], expected: &str) {
    assert_eq!(minify(files), expected);
    let mut again = files.to_vec();
    again[0].1 = expected;
    assert_eq!(minify(&again), expected, "a second time");
}

#[track_caller]
fn one(written: &str, expected: &str) {
    is(&[("a.html", written)], expected);
}

#[track_caller]
fn stays(written: &str) {
    one(written, written);
}

#[test]
fn little_of_the_built_in_theme_must_stay_as_it_is() {
    let known = settle(&builtin());
    assert_eq!(known.broken, BTreeSet::new());
    // One stands in <title>, two in attributes; the others are parts of sentences, which filters put together.
    let components =
        ["author_name", "choices", "claim_link", "day", "link", "long_ticks", "pay_name", "skill_name", "step_need"].map(|name| Unit::Component(name.into()));
    assert_eq!(known.shown, components.into_iter().chain([Unit::Block("title".into())]).collect());
}

#[test]
fn no_script_begins_with_an_interpreter_that_did_not() {
    for text in ["#!a", " #!", "/* a */#!a", "\n#!a\nb"] {
        assert_eq!(asset("a.js", text), None, "{text:?}");
    }
}

#[test]
fn white_space_becomes_one_character_or_nothing() {
    one("<ul>\n  <li>  a  b\n c  </li>\n  <li> <b> d </b> </li>\n</ul>\n", "<ul><li>a b\nc</li>\n<li><b> d </b></li></ul>\n");
    one("<table> <tr> <td> a </td> <td> </td> </tr> </table>", "<table><tr><td>a</td><td> </td></tr></table>");
    one("<p>a <!-- c --> b</p> <!-- d -->\n<p>e<!-- f -->g</p>", "<p>a b</p>\n<p>eg</p>");
    one("<html> <head> <meta a> <title> x  y </title> </head> <body> <hr> a", "<html><head><meta a><title> x  y </title></head><body><hr> a");
    one("<a\n  b = 'c  d'   e  >x</a  >", "<a b = 'c  d' e>x</a>");
    stays("<p>a\u{a0} b\u{3000}\u{a0}c</p>");
    stays("<a>x</a> <a>y</a>");
    stays("<div> </div>");
    stays("<div> <!--! a --> </div>");
}

#[test]
fn white_space_beside_a_tag_of_tera_stays_one_character() {
    one("<div>\n  {{ a }}  {# c #}\n</div>", "<div>\n{{ a }} {# c #}\n</div>");
    one("<div  {% if a %}   b  {% endif %} >", "<div {% if a %} b {% endif %} >");
    one("<b>{{ a -}} \n  <!-- c -->  <i>", "<b>{{ a -}}\n<!-- c --> <i>");
    one("<b>{{ a -}}\u{a0}  <!-- c -->  <i>", "<b>{{ a -}}\u{a0} <!-- c --> <i>");
    one("<p> {% raw %}  {{ a }}  {% endraw %} </p>", "<p> {% raw %}  {{ a }}  {% endraw %} </p>");
}

#[test]
fn what_may_be_shown_or_read_stays() {
    for text in [
        "<pre>  a  {{ b }}  </pre>",
        "<textarea  >  a  </textarea>".replace("  >", ">").as_str(),
        "<script type=\"application/ld+json\">{  \"a\":  1  }</script>",
        "<script>  {{ a }}  // b\n</script>",
        "<!--[if IE]>  a  <![endif]-->",
        "<!--! a  -->",
        "<!--#include  file=\"a\" -->",
        "<!-- {{ a }}  -->",
        "{% set a %}  b  {% endset %}",
        "{% filter upper %}  b  {% endfilter %}",
        "{<!-- a -->{ b",
        "&<!-- a -->amp;",
        "<<!-- a -->b",
        "{# minify: off #}<p>  a  </p>",
    ] {
        stays(text);
    }
    one("<style> a { b : c ; } @media x { #d { } } </style>", "<style>a{b :c}@media x{ #d{}}</style>");
    one("<script>\n  a() // b\n</script>", "<script>a()</script>");
    one("<svg > <g>  <text> a  b </text>  </g> </svg>", "<svg> <g> <text> a  b </text> </g> </svg>");
}

#[test]
fn what_another_template_shows_stays_there() {
    is(&[("a.html", "<b>  a  </b>"), ("b.html", "<pre>{% include \"a.html\" %}</pre>")], "<b>  a  </b>");
    is(&[("a.html", "<b>  a  </b>"), ("b.html", "<p>{% include \"a.html\" %}</p>")], "<b> a </b>");
    let call = "{% component x() %}<i>  x  </i>{% endcomponent %}<b>  a  </b>";
    let expected = "{% component x() %}<i>  x  </i>{% endcomponent %}<b> a </b>";
    is(&[("a.html", call), ("b.html", "<p title=\"{{ <x /> }}\">")], expected);
    is(&[("a.html", call), ("b.html", "{{ <x /> | trim }}")], expected);
    is(&[("a.html", call), ("b.txt", "{{ <x /> }}")], expected);
    is(&[("a.html", call), ("b.html", "{% component y() %}{{ <x /> }}{% endcomponent %}"), ("c.html", "<pre>{{ <y /> }}</pre>")], expected);
    is(&[("a.html", call), ("b.html", "<p>{{ <x /> }}</p>")], "{% component x() %}<i> x </i>{% endcomponent %}<b> a </b>");
    let block = "{% extends \"b.html\" %}{% block x %}<i>  x  </i>{% endblock %}";
    is(&[("a.html", block), ("b.html", "<textarea>{% block x %}{% endblock %}</textarea>")], block);
    is(&[("a.html", block), ("b.html", "<p>{% block x %}{% endblock %}</p>")], "{% extends \"b.html\" %}{% block x %}<i> x </i>{% endblock %}");
    let body = "{% <x> %}<i>  b  </i>{% </x> %}";
    for shown in ["<pre>{{ body }}</pre>", "{{ body | length }}", "{% if body == \"a\" %}{% endif %}"] {
        is(&[("a.html", body), ("b.html", &format!("{{% component x() %}}{shown}{{% endcomponent %}}"))], body);
    }
    let plain = "{% component x() %}{% if body %}<p>{{ body }}{{ page.body | upper }}</p>{% endif %}{% endcomponent %}";
    is(&[("a.html", body), ("b.html", plain)], "{% <x> %}<i> b </i>{% </x> %}");
}

#[test]
fn a_template_that_does_not_end_where_it_starts_stays_with_those_that_use_it() {
    for text in ["<b>  a  </b><pre>", "</pre><b>  a  ", "<p class=\"  ", "<!--  a", "<p a\"b\">  ", "<p{{ a }}re>  b  ", "<{{ a }}>  b  "] {
        is(&[("a.html", text)], text);
        is(&[("a.html", "{% include \"b.html\" %}  <i>  </i>"), ("b.html", text)], "{% include \"b.html\" %}  <i>  </i>");
    }
    stays("{% if a %}<pre>{% endif %}  b  {% if a %}</pre>{% endif %}");
    stays("{% for a in b %}<pre>{% break %}</pre>{% endfor %}  <b>  </b>");
    one("{% if a %}<pre>  </pre>{% else %}  <i>  </i>{% endif %}  ", "{% if a %}<pre>  </pre>{% else %} <i> </i>{% endif %} ");
    one("<h{{ a }}  b >  c  </h{{ a }}>", "<h{{ a }} b> c </h{{ a }}>");
}

#[test]
fn places_lead_back_to_what_was_written() {
    let written = "<ul>\n\n    <li  a >\n    {{ b }}<!-- c --> \u{a0}  {{ d.e }}\n</ul>\n  {{ f }}";
    let minified = templates(&BTreeMap::from([("a.html", written)])).remove("a.html").unwrap();
    for name in ["b", "d.e", "f", "<li", "\u{a0}", "</ul>"] {
        let at = minified.text.find(name).unwrap();
        let expected = written.find(name).unwrap();
        assert_eq!(minified.written(&(at..at + name.len())), expected..expected + name.len(), "{name}");
    }
    assert_eq!(minified.written(&(minified.text.len()..minified.text.len())).start, written.len());
}

#[test]
fn depth_and_length_are_no_danger() {
    let many = |text: &str| text.repeat(if text.starts_with(['<', '>']) { 100_000 } else { 10_000 });
    let texts = [
        many("<div>"),
        many("<div> ") + &many(" </div>"),
        many(">"),
        many("<"),
        many("<a \""),
        many("\""),
        many("<pre> "),
        many("<svg> "),
        many("<!-- "),
        many("<!---->"),
        many("\u{a0}<!-- -->"),
        many("{% if a %} <b>") + &many("{% endif %}"),
        many("{{ "),
        many("{# "),
        many("<style>a{"),
        many("<script>`${"),
        many("</script "),
        many("<script> </s"),
        many("a<!-- -->"),
        many("a<!-- -->b\u{a0}"),
        many("a)/b/c"),
        many("url( "),
        many(" "),
        many("{% block a %}"),
        many("&#60;"),
    ];
    for text in &texts {
        minify(&[("a.html", text)]);
        asset("a.css", text);
        asset("a.js", text);
    }
    let chain: BTreeMap<String, String> = (0..50).map(|at| (format!("{at}.html"), format!("<pre>{{% include \"{}.html\" %}}</pre>", at + 1))).collect();
    templates(&chain.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect());
}

/// Pieces that mean something to HTML, Tera, CSS or JavaScript.
const PIECES: &[&str] = &[
    "<",
    ">",
    "/",
    "=",
    "\"",
    "'",
    "`",
    "<p",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<pre>",
    "</pre>",
    "<textarea>",
    "</textarea>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg>",
    "</svg>",
    "<title>",
    "</title>",
    "<td>",
    "<!--",
    "-->",
    "--",
    "!",
    "<!doctype html>",
    "</",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "é",
    "a",
    "{",
    "}",
    "{{ a }}",
    "{{- a }}",
    "{{ a -}}",
    "{% if a %}",
    "{% else %}",
    "{% endif %}",
    "{% for a in b %}",
    "{% endfor %}",
    "{% set a %}",
    "{% endset %}",
    "{# a #}",
    "{#- a -#}",
    "{% raw %}",
    "{% endraw %}",
    "{{ <x /> }}",
    "{% <x> %}",
    "{% </x> %}",
    "{% component x() %}",
    "{% endcomponent %}",
    "{{ body }}",
    "{% block b %}",
    "{% endblock %}",
    "{% include \"b.html\" %}",
    "{{",
    "%}",
    ";",
    ":",
    ",",
    "(",
    ")",
    "/*",
    "*/",
    "//",
    "\\",
    "url(",
    "#",
    "${",
    "@media",
    "1",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..32).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is written: nothing breaks, white space and comments are all that goes, and what is minified stays.
    #[test]
    fn any_text_is_minified_once(one in soup(), two in soup()) {
        let files = BTreeMap::from([("a.html", one.as_str()), ("b.html", two.as_str())]);
        let minified = templates(&files);
        for (name, minified) in &minified {
            prop_assert!(minified.text.len() <= files[name].len());
            prop_assert!(minified.written(&(0..minified.text.len())).end <= files[name].len());
        }
        let again = templates(&minified.iter().map(|(name, minified)| (*name, minified.text.as_str())).collect());
        for (name, minified) in &minified {
            prop_assert_eq!(&again[name].text, &minified.text);
        }
    }

    #[test]
    fn any_code_is_minified_once(text in soup()) {
        for name in ["a.css", "a.js"] {
            if let Some(minified) = asset(name, &text) {
                prop_assert!(minified.len() <= text.len());
                prop_assert_eq!(asset(name, &minified), Some(minified));
            }
        }
    }
}
