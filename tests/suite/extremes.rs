//! The site of extremes: values that no designer wishes for are built without a word, and all of
//! them are shown. How it looks is measured in `tests/browser/extremes.rs`.

use std::path::Path;

use crate::harness::Site;

#[test]
fn absurd_values_are_no_mistakes_and_nothing_is_lost() {
    let built = Site::folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/extremes"))
        .build()
        .clean();
    let faq = built.dom("roles/everything/faq/index.html");
    let asked = faq
        .0
        .iter()
        .filter(|element| element.attr("class") == "faq")
        .count();
    assert!(asked >= 300, "{asked} questions");
    let ladder = built.dom("roles/everything/ladder/index.html");
    assert_eq!(
        ladder
            .0
            .iter()
            .filter(|element| element.attr("class") == "level")
            .count(),
        14
    );
    let menu = built.dom("index.html").all("nav").next().unwrap().clone();
    assert!(
        menu.text.contains("Entry number 34") && menu.text.contains("Last entry"),
        "{}",
        menu.text
    );
    assert!(
        !built.has("categories/nobody/index.html"),
        "a field without a role has no page"
    );
    assert!(built.dom("roles/nothing/index.html").text("h1") == "Nothing but a title");
    for without in [
        "roles/nothing/ladder/index.html",
        "roles/no-pay/salary/index.html",
        "roles/no-levels/ladder/index.html",
    ] {
        assert!(!built.has(without), "{without} has nothing to say");
    }
    assert!(
        built.has("roles/no-levels/salary/index.html")
            && built.has("roles/no-pay/ladder/index.html")
    );
    assert_eq!(
        built.dom("roles/digits/index.html").text("h1"),
        "3 🚀 (?!) & <b>bold</b> \"quoted\""
    );
    assert!(
        built
            .dom("roles/digits/index.html")
            .text("main")
            .contains("&lt; {{ page.title }} {% raw %}")
    );
    assert!(built.has("articles/page/25/index.html"));
}
