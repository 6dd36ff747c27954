//! The whole preview: a file is saved, and the open page shows it without a load.

use super::page::Page;
use super::serve::{SITE, Serve};

const SHOWN: &str = "document.querySelector('rungs-preview')?.shadowRoot.querySelector('section').checkVisibility()";

fn part(selector: &str) -> String {
    format!("document.querySelector('rungs-preview').shadowRoot.querySelector('{selector}')")
}

/// Scrolls, opens, types and puts the focus; gives the expression of it all and its value.
fn used(open: &Page) -> (&'static str, String) {
    open.eval(
        "document.querySelector('details').open = true; document.getElementById('name').focus()",
    );
    open.write("typed");
    open.eval("scrollTo(0, 500)");
    let state = "JSON.stringify([scrollY, document.querySelector('details').open, document.getElementById('name').value, document.activeElement.id])";
    assert_eq!(open.text(state), r#"[500,true,"typed","name"]"#);
    (state, open.text(state))
}

#[track_caller]
fn was_not_loaded(open: &mut Page) {
    assert_eq!(
        (
            open.eval("window.same"),
            open.loads(),
            open.eval("history.length").as_u64()
        ),
        (true.into(), 1, Some(2))
    );
}

#[test]
fn an_edit_of_an_article_is_shown_and_the_page_keeps_its_state() {
    let serve = Serve::of(SITE);
    let mut open = serve.open("/about/");
    let (state, before) = used(&open);
    serve.edit("content/about.md", "First words", "Second words");
    open.until("text.textContent.includes('Second words')");
    assert_eq!(open.text(state), before);
    was_not_loaded(&mut open);
}

#[test]
fn an_edit_of_a_record_is_shown() {
    let serve = Serve::of(SITE);
    let mut open = serve.open("/roles/nurse/");
    serve.edit(
        "content/roles/nurse/role.toml",
        "Cares for patients",
        "Looks after people",
    );
    open.until("document.querySelector('main').textContent.includes('Looks after people')");
    was_not_loaded(&mut open);
}

#[test]
fn an_edit_of_a_template_is_shown_and_the_page_keeps_its_state() {
    let serve = Serve::of(SITE);
    let mut open = serve.open("/about/");
    let (state, before) = used(&open);
    serve.edit("templates/article.html", "Old template", "New template");
    open.until("template.textContent === 'New template'");
    assert_eq!(open.text(state), before);
    was_not_loaded(&mut open);
}

#[test]
fn an_edit_of_a_stylesheet_is_shown_and_the_page_keeps_its_state() {
    let serve = Serve::of(SITE);
    let mut open = serve.open("/about/");
    let (state, before) = used(&open);
    // One has a fingerprint in its name, the other has none.
    for (file, element) in [
        ("static/css/main.css", "text"),
        ("static/own.css", "template"),
    ] {
        serve.edit(file, "rgb(1, 1, 1)", "rgb(2, 2, 2)");
        open.until(&format!(
            "getComputedStyle({element}).color === 'rgb(2, 2, 2)'"
        ));
    }
    assert_eq!(open.text(state), before);
    was_not_loaded(&mut open);
}

#[test]
fn an_edit_of_the_configuration_is_shown() {
    let serve = Serve::of(SITE);
    let mut open = serve.open("/about/");
    serve.edit("site.toml", "\"Test\"", "\"Another name\"");
    open.until("document.querySelector('.brand').textContent.includes('Another name')");
    was_not_loaded(&mut open);
}

#[test]
fn a_mistake_is_shown_over_the_last_good_page_until_it_is_mended() {
    let serve = Serve::of(SITE);
    let mut open = serve.open("/roles/nurse/");
    serve.edit("content/roles/nurse/role.toml", "summary =", "sumary =");
    open.until(SHOWN);
    assert_eq!(
        open.text(&format!("{}.textContent", part("li a"))),
        "content/roles/nurse/role.toml:3:1"
    );
    assert_eq!(
        open.text(&format!("{}.textContent", part("li mark"))),
        "sumary"
    );
    let editor = open.text(&format!("{}.getAttribute('href')", part("li a")));
    assert!(
        editor.starts_with("vscode://file/")
            && editor.ends_with("/content/roles/nurse/role.toml:3:1"),
        "{editor}"
    );
    assert!(
        open.text("document.querySelector('main').textContent")
            .contains("Cares for patients")
    );
    serve.edit(
        "content/roles/nurse/role.toml",
        "sumary = \"Cares for patients.\"",
        "summary = \"Mended.\"",
    );
    open.until(&format!(
        "!({SHOWN}) && document.querySelector('main').textContent.includes('Mended.')"
    ));
    was_not_loaded(&mut open);
}

#[test]
fn a_mistake_in_another_page_and_in_a_template_is_shown_too() {
    let serve = Serve::of(SITE);
    let mut open = serve.open("/about/");
    serve.edit("content/_index.md", "Welcome.", "[Nothing](none.md)");
    open.until(&format!(
        "({SHOWN}) && {}.textContent.startsWith('content/_index.md:4:')",
        part("li a")
    ));
    serve.edit("content/_index.md", "[Nothing](none.md)", "Welcome.");
    open.until(&format!("!({SHOWN})"));
    serve.edit(
        "templates/article.html",
        "{{ page.title }}",
        "{{ page.nothing }}",
    );
    open.until(&format!(
        "({SHOWN}) && {}.textContent.startsWith('templates/article.html:4:')",
        part("li a")
    ));
    serve.edit(
        "templates/article.html",
        "{{ page.nothing }}",
        "New {{ page.title }}",
    );
    open.until(&format!(
        "!({SHOWN}) && document.querySelector('h1').textContent === 'New About'"
    ));
    was_not_loaded(&mut open);
}

#[test]
fn a_site_that_was_never_good_says_why_and_comes_when_it_is_mended() {
    let serve = Serve::of(&SITE.replace("title = \"Test\"", "titel = \"Test\""));
    let mut open = Page::new();
    open.expect_error("500");
    open.expect_error("404");
    open.expect_error("https://example.com/");
    open.goto(&serve.url("/about/"));
    open.until("document.documentElement.textContent.includes('site.toml')");
    serve.edit("site.toml", "titel", "title");
    open.until("document.querySelector('h1')?.textContent === 'About'");
    open.until(&format!("!({SHOWN})"));
}

#[test]
fn a_deleted_page_gives_the_404_page_and_comes_back() {
    let serve = Serve::of(SITE);
    serve.folder.write("content/other.md", "# Other\n\nText.\n");
    let mut open = Page::new();
    open.expect_error("404");
    open.expect_error("https://example.com/");
    open.goto(&serve.url("/other/"));
    open.until("document.querySelector('h1')?.textContent === 'Other'");
    serve.delete("content/other.md");
    open.until(
        "document.querySelector('h1')?.textContent !== 'Other' && document.title.length > 0",
    );
    assert_eq!(
        open.eval("fetch(location.href).then(({ status }) => status)"),
        404
    );
    serve.folder.write("content/other.md", "# Back\n\nText.\n");
    open.until("document.querySelector('h1')?.textContent === 'Back'");
}

#[test]
fn a_renamed_page_is_found() {
    let serve = Serve::of(SITE);
    serve.folder.write("content/one.md", "# One\n\nText.\n");
    let mut open = Page::new();
    open.expect_error("404");
    open.expect_error("https://example.com/");
    open.goto(&serve.url("/two/"));
    serve.rename("content/one.md", "content/two.md");
    open.until("document.querySelector('h1')?.textContent === 'One'");
    assert_eq!(
        open.eval(&format!(
            "fetch('{}').then(({{ status }}) => status)",
            serve.url("/one/")
        )),
        404
    );
}

#[test]
fn a_restart_of_the_server_is_survived_and_what_was_missed_is_shown() {
    let mut serve = Serve::of(SITE);
    let mut open = serve.open("/about/");
    open.expect_error("ERR_");
    let (state, before) = used(&open);
    serve.stop();
    serve.edit("content/about.md", "First words", "Second words");
    serve.edit("static/own.css", "rgb(1, 1, 1)", "rgb(2, 2, 2)");
    serve.start();
    open.until("text.textContent.includes('Second words') && getComputedStyle(template).color === 'rgb(2, 2, 2)'");
    serve.edit("content/about.md", "Second words", "Third words");
    open.until("text.textContent.includes('Third words')");
    assert_eq!(open.text(state), before);
    was_not_loaded(&mut open);
}

#[test]
fn a_draft_is_shown_and_marked() {
    let serve = Serve::of(SITE);
    serve.folder.write(
        "content/idea.md",
        "+++\ntitle = \"Idea\"\ndraft = true\n+++\nText.\n",
    );
    let mut open = Page::new();
    open.expect_error("404");
    open.expect_error("https://example.com/");
    open.goto(&serve.url("/idea/"));
    open.until(&format!(
        "document.querySelector('h1')?.textContent === 'Idea' && document.querySelector('rungs-preview') && {}.textContent === 'Draft'",
        part(".mark")
    ));
}

#[test]
fn nothing_is_added_to_a_page_without_a_mistake() {
    let serve = Serve::of(SITE);
    let mut open = serve.open("/about/");
    // The switch of the theme is its own script's to change.
    let built = "fetch(location.href).then(answer => answer.text()).then(html => { const page = new DOMParser().parseFromString(html, 'text/html'); page.querySelector('script[data-digest]').remove(); for (const side of [page, document]) side.querySelector('.theme-switch')?.remove(); return page.documentElement.isEqualNode(document.documentElement) })";
    open.stays(&format!("!({SHOWN})"));
    assert_eq!(open.eval(built), true);
    was_not_loaded(&mut open);
}

const RAW_HTML: &str = r#"
=== content/about.md
# About

First words. <b id="handler" onclick="document.title = 'ran'">press</b>

<p id="styled" style="color: rgb(9, 9, 9)">styled</p>

=== site.toml
title = "Test"
base_url = "https://example.com/careers/"

[markdown]
raw_html = true
"#;

#[test]
fn what_the_policy_blocks_is_blocked_here_too() {
    let serve = Serve::of(&format!("{SITE}{RAW_HTML}"));
    let mut open = serve.open("/about/");
    open.expect_error("Content Security Policy");
    open.eval("document.getElementById('handler').click()");
    let color = "getComputedStyle(document.getElementById('styled')).color";
    assert_ne!(open.text(color), "rgb(9, 9, 9)");
    assert_ne!(open.text("document.title"), "ran");
    open.until(&format!("{}.textContent.includes('warning')", part(".bar")));
    serve.edit("content/about.md", "First words", "Second words");
    open.until("text.textContent.includes('Second words')");
    was_not_loaded(&mut open);
}

/// A policy of the site's own, as strict as one can be.
const STRICT: &str = "/*\n  Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'strict-dynamic' 'nonce-none'; require-trusted-types-for 'script'; trusted-types none-of-ours\n";

#[test]
fn the_preview_works_under_the_strictest_policy() {
    let serve = Serve::of(&format!("{SITE}\n=== static/_headers\n{STRICT}"));
    let mut open = serve.open("/about/");
    // What the theme loads is blocked.
    open.expect_error("Content Security Policy");
    serve.edit("content/about.md", "First words", "Second words");
    open.until("text.textContent.includes('Second words')");
    was_not_loaded(&mut open);
}
