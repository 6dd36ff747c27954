//! What the default theme does in a browser, with the keyboard alone: the menu, light and dark, the
//! contents of an article.

use super::page::Page;
use super::serve::Serve;

const SITE: &str = r#"
=== site.toml
title = "Test"
base_url = "https://example.com/careers/"

[[nav]]
title = "Roles"
to = "about.md"
[[nav.children]]
title = "Nurses"
to = "nurses.md"

[[nav]]
title = "About"
to = "about.md"

=== content/about.md
# About

Words.

=== content/nurses.md
# Nurses

Words.

=== content/long.md
# Long

## First
{{TALL}}
## Second
{{TALL}}
## Third
{{TALL}}
## Fourth
{{TALL}}
"#;

/// A page of the theme on a window of a width.
fn open(serve: &Serve, path: &str, width: u32) -> Page {
    let mut page = Page::new();
    page.viewport(width, 800);
    page.goto(&serve.url(path));
    page
}

fn site() -> Serve {
    Serve::of(&SITE.replace("{{TALL}}", &"Words and more words.\n\n".repeat(60)))
}

/// Presses Tab until the focus is on what an expression says of `document.activeElement`.
#[track_caller]
fn tab_to(page: &mut Page, what: &str) {
    for _ in 0..20 {
        page.press("Tab");
        if page.eval(&format!(
            "Boolean((element => {what})(document.activeElement))"
        )) == true
        {
            return;
        }
    }
    panic!("Tab never reaches {what}");
}

const SCHEME: &str = "getComputedStyle(document.documentElement).colorScheme";
const DARK_PAPER: &str = "getComputedStyle(document.documentElement).backgroundColor";
const FOCUS: &str = "getComputedStyle(document.activeElement).outlineStyle";

#[test]
fn the_first_tab_offers_to_skip_to_the_content() {
    let serve = site();
    let mut page = open(&serve, "/about/", 1280);
    page.press("Tab");
    assert_eq!(page.text("document.activeElement.className"), "skip-link");
    assert_eq!(
        page.eval("document.activeElement.getBoundingClientRect().top >= 0"),
        true,
        "it is in sight"
    );
    page.press("Enter");
    page.until("location.hash === '#main-content'");
    page.press("Tab");
    assert_eq!(
        page.eval("document.querySelector('.masthead').contains(document.activeElement)"),
        false,
        "the menu is skipped"
    );
}

#[test]
fn the_menu_opens_and_leads_on_by_keys() {
    for width in [1280, 375] {
        let serve = site();
        let mut page = open(&serve, "/about/", width);
        tab_to(
            &mut page,
            "element.tagName === 'SUMMARY' && element.closest('.site-menu')",
        );
        assert_eq!(page.text(FOCUS), "solid", "the focus is seen");
        page.press("Enter");
        page.until("document.querySelector('.site-menu details').open");
        page.press("Enter");
        page.until("!document.querySelector('.site-menu details').open");
        page.press("Enter");
        tab_to(&mut page, "element.textContent === 'Nurses'");
        assert_eq!(
            page.eval("document.activeElement.getBoundingClientRect().right <= innerWidth"),
            true,
            "what opens is in sight"
        );
        page.press("Enter");
        page.until("location.pathname === '/careers/nurses/'");
        page.until(
            "document.querySelector('.site-menu [aria-current=page]')?.textContent === 'Nurses'",
        );
    }
}

#[test]
fn light_and_dark_are_chosen_by_keys_and_stay_chosen() {
    let serve = site();
    let mut page = open(&serve, "/about/", 1280);
    let before = page.text(DARK_PAPER);
    tab_to(&mut page, "element.className === 'theme-switch'");
    assert_eq!(
        (
            page.text(FOCUS).as_str(),
            page.text("document.activeElement.getAttribute('aria-pressed')")
                .as_str()
        ),
        ("solid", "false")
    );
    page.press(" ");
    page.until(&format!("{SCHEME} === 'dark'"));
    assert_eq!(
        page.text("document.activeElement.getAttribute('aria-pressed')"),
        "true"
    );
    assert_ne!(page.text(DARK_PAPER), before);
    page.goto(&serve.url("/nurses/"));
    page.until(&format!("{SCHEME} === 'dark'"));
    let colors = "new Set(Array.from(document.querySelectorAll('meta[name=theme-color]'), meta => meta.content)).size";
    assert_eq!(
        page.eval(colors),
        1,
        "the frame of the browser follows the choice, not the system"
    );
    tab_to(&mut page, "element.className === 'theme-switch'");
    page.press("Enter");
    page.until(&format!("{SCHEME} === 'light'"));
    assert_eq!(page.text(DARK_PAPER), before);
}

#[test]
fn without_scripts_the_page_follows_the_system_and_shows_no_dead_button() {
    let serve = site();
    let mut page = Page::without_scripts();
    page.media("prefers-color-scheme", "dark");
    page.goto(&serve.url("/about/"));
    assert_eq!(
        page.text("getComputedStyle(document.querySelector('.theme-switch')).display"),
        "none"
    );
    let dark = page.text(DARK_PAPER);
    page.media("prefers-color-scheme", "light");
    assert_ne!(page.text(DARK_PAPER), dark);
    page.press("Tab");
    assert_eq!(page.text("document.activeElement.className"), "skip-link");
}

#[test]
fn the_contents_follow_the_reader() {
    let serve = site();
    let mut page = open(&serve, "/long/", 1280);
    for place in ["third", "second", "fourth"] {
        page.eval(&format!(
            "document.querySelector('#{place}').scrollIntoView({{ behavior: 'instant' }})"
        ));
        page.until(&format!(
            "document.querySelector('.toc [aria-current=location]').hash === '#{place}'"
        ));
        assert_eq!(
            page.text(MARKED),
            format!("#{place}"),
            "one entry is marked"
        );
    }
    assert_eq!(
        page.eval("document.querySelector('.toc').getBoundingClientRect().top >= 0"),
        true,
        "they stay in sight"
    );
    page.eval("scrollTo({ top: 0, behavior: 'instant' })");
    page.until("document.querySelector('.toc [aria-current=location]').hash === '#first'");
}

#[test]
fn contents_longer_than_the_window_move_along() {
    let serve = site();
    let mut page = open(&serve, "/long/", 1280);
    page.viewport(1280, 130);
    page.eval("document.querySelector('#fourth').scrollIntoView({ behavior: 'instant' })");
    page.until("document.querySelector('.toc [aria-current=location]').hash === '#fourth'");
    let inside = "(([box, link]) => link.top >= box.top && link.bottom <= box.bottom)([document.querySelector('.toc'), document.querySelector('.toc [aria-current]')].map(one => one.getBoundingClientRect()))";
    page.until(inside);
}

#[test]
fn without_scripts_the_browser_marks_what_is_read() {
    let serve = site();
    let mut page = Page::without_scripts();
    page.viewport(1280, 800);
    page.goto(&serve.url("/long/"));
    if page.eval("CSS.supports('scroll-target-group: auto')") != true {
        return;
    }
    page.eval("document.querySelector('#third').scrollIntoView({ behavior: 'instant' })");
    page.until(&format!("{MARKED} === '#third'"));
}

/// Where the entries lead that are set as the current one.
const MARKED: &str = "Array.from(document.querySelectorAll('.toc a')).filter(link => getComputedStyle(link).fontWeight === '600').map(link => link.hash).join()";
