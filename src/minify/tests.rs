//! What minify-html is known to do wrong, and that none of it comes through.

use super::*;

#[track_caller]
fn shorter(language: Language, text: &str, expected: &str) {
    assert_eq!(code(language, text), Minified::Shorter(expected.to_owned()));
}

#[test]
fn stylesheets_and_scripts_become_shorter() {
    shorter(
        Language::Css,
        "/* a */ :root { --x: 1 } @media (hover) { a:hover { color: red } }",
        ":root{--x:1}@media (hover){a:hover{color:red}}",
    );
    shorter(
        Language::JavaScript,
        "const first = 1;\nfunction say(word) { /* a */\n  return word + first\n}\n",
        "const first=1;function say(word){return word+1}",
    );
    shorter(
        Language::JavaScript,
        "import  \"./a.js\"",
        "import\"./a.js\";",
    );
    assert_eq!(code(Language::Css, "a{b:c}"), Minified::AsItIs);
    assert_eq!(code(Language::Css, ""), Minified::AsItIs);
    assert_eq!(code(Language::JavaScript, "a()"), Minified::AsItIs);
}

#[test]
fn scripts_stay_strict() {
    shorter(
        Language::JavaScript,
        "'use strict';\nfunction a() {\n  \"use strict\"; return this }",
        "\"use strict\";function a(){\"use strict\";return this}",
    );
}

#[test]
fn licences_stay() {
    shorter(
        Language::Css,
        "/*! (c) */ a { }  b { c: d }",
        "/*! (c) */\nb{c:d}",
    );
    let Minified::Shorter(script) = code(
        Language::JavaScript,
        "/*! (c) */\nlet a  =  1;   let b = a;",
    ) else {
        panic!("it is not shorter");
    };
    assert!(script.starts_with("/*! (c) */"), "{script}");
}

#[test]
fn what_cannot_be_read_is_not_changed() {
    for text in ["a { b: c } }", "@media ( { a { } }", "a { b: 'c\n' }"] {
        assert_eq!(code(Language::Css, text), Minified::Unreadable, "{text}");
    }
    for text in [
        "let a = ;",
        " #!a",
        "/* a */ #!b",
        "a = 'b\n'",
        "`${",
        "a /* b",
        "a = /x",
        "a = 1 //\u{2028}*/",
    ] {
        assert_eq!(
            code(Language::JavaScript, text),
            Minified::Unreadable,
            "{text}"
        );
    }
}

#[test]
fn what_would_be_taken_for_something_else_is_not_changed() {
    for text in ["a = 1 <!-- b\n", "a\n--> b", "a = '<b></SCRIPT>'  ;"] {
        assert_eq!(code(Language::JavaScript, text), Minified::AsItIs, "{text}");
    }
    assert_eq!(
        code(Language::Css, "a::after { content: '</style>' }"),
        Minified::AsItIs
    );
}

#[test]
fn a_script_that_runs_by_itself_still_does() {
    shorter(Language::JavaScript, "#!/bin/a\nb  (  )", "#!/bin/a\nb();");
}

#[test]
fn nothing_is_too_deep() {
    let scripts = [
        "(",
        "[",
        "!",
        "a=>",
        "a?b:",
        "if(a)b;else ",
        "`${",
        "{",
        "a:",
        "new ",
        "for(;;)",
    ];
    for start in scripts {
        let _ = code(Language::JavaScript, &start.repeat(3000));
        let _ = code(Language::JavaScript, &format!("{}a", start.repeat(3000)));
    }
    let _ = code(
        Language::JavaScript,
        &format!("a={}1{}", "(".repeat(3000), ")".repeat(3000)),
    );
    for start in [
        "a{",
        "@media (hover){",
        ":not(",
        "a{b:(",
        "a{b:calc(",
        "@supports (",
    ] {
        let _ = code(Language::Css, &start.repeat(1000));
    }
    for start in ["<div>", "<b>", "<table><tr><td>", "<svg>"] {
        let _ = page(&start.repeat(5000));
    }
    assert_eq!(
        code(Language::Css, &"a{".repeat(100_000)),
        Minified::Unreadable
    );
}

#[test]
fn markup_becomes_shorter_and_nothing_else_changes() {
    let html = "<!doctype html><html lang=\"en\"><body><div class=\"a\"><a href=\"x?a&amp;b\">Apply</a> <a href=\"y\">Save</a></div>\n<p>a <b>b</b> &lt; c</p><label>x </label>y</body></html>\n";
    let minified = page(html).unwrap();
    assert!(
        minified.contains("</a> <a") && minified.contains("<label>x </label>y"),
        "{minified}"
    );
    assert!(minified.len() < html.len());
}

#[test]
fn a_page_that_would_show_something_else_is_kept() {
    // Two attributes of one name: browsers take the first, the library the last.
    let doubled = "<p class=\"a\" class=\"b\" title=\"a long title without a space\">x</p>";
    assert_eq!(page(doubled), None);
    assert_eq!(page("<p class=\"a\">\u{e000}</p>"), None);
    assert_eq!(page("<p>a</p>"), None, "it is not shorter");
}

#[test]
fn pages_are_compared_as_a_reader_sees_them() {
    let same = |one, other| same::is_same(one, other);
    assert!(same(
        "<a href=\"b\" class=' c '>&amp;</a>",
        "<a class=c href=b>&</a>"
    ));
    for other in [
        "<p>a  b</p>",
        "<p>ab</p>",
        "<p>b a</p>",
        "<p>a b",
        "<p id=c>a b</p>",
        "<i>a b</i>",
    ] {
        assert!(!same("<p>a b</p>", other), "{other}");
    }
    assert!(!same("<p>a</p> <p>b</p>", "<p>a</p><p>b</p>"));
    assert!(!same("<script>a  b</script>", "<script>a b</script>"));
}
