//! Mistakes are shown over the page, can be put away, and go by themselves.

use serde_json::{Value, json};

use super::fake::Fake;
use super::page::Page;

const PAGE: &str = "<!DOCTYPE html><html lang=en><head><title>T</title><link rel=stylesheet href=/a.css></head><body><p>Text</p><button id=own>Own</button></body></html>";

/// A theme that breaks what it reaches.
const HOSTILE: &str =
    "*, rungs-preview { display: none !important; all: unset !important; color: red !important; font-size: 60px !important; position: static !important }
    html, body, p, button { display: block !important } html { font-size: 3px; filter: blur(0); transform: scale(1) }";

/// Whether the list is seen.
const SHOWN: &str = "document.querySelector('rungs-preview')?.shadowRoot.querySelector('section').checkVisibility()";

/// An element of the panel.
fn part(selector: &str) -> String {
    format!("document.querySelector('rungs-preview').shadowRoot.querySelector('{selector}')")
}

fn text(open: &Page, selector: &str) -> String {
    open.text(&format!("{}.textContent", part(selector)))
}

fn diagnostic(severity: &str, message: &str) -> Value {
    json!({
        "severity": severity, "code": "unknown-key", "message": message, "help": ["write `title`"],
        "place": { "file": "content/roles/nurse/role.toml", "line": 8, "column": 1, "excerpt": "titel = \"Nürse\" 😀", "mark": [0, 5],
                   "editor": "vscode://file/site/content/roles/nurse/role.toml:8:1" },
        "related": [{ "message": "declared here", "place": { "file": "content/skills.toml", "line": 2, "column": 3, "excerpt": "id = \"😀 x\"", "mark": [9, 10],
                      "editor": "javascript:alert(1)" } }],
    })
}

fn report(errors: &[&str], warnings: &[&str]) -> Value {
    let all = warnings
        .iter()
        .map(|text| diagnostic("warning", text))
        .chain(errors.iter().map(|text| diagnostic("error", text)));
    json!({ "checking": false, "errors": errors.len(), "warnings": warnings.len(), "diagnostics": all.collect::<Vec<_>>() })
}

fn opened() -> (Fake, Page) {
    let fake = Fake::new(PAGE);
    fake.file("/a.css", "text/css", "");
    let mut open = Page::at(&fake.url("/"));
    fake.connected(&mut open);
    (fake, open)
}

#[test]
fn an_error_is_shown_with_its_place_and_goes_when_it_is_mended() {
    let (fake, mut open) = opened();
    assert_eq!(
        open.eval("document.querySelector('rungs-preview')"),
        Value::Null,
        "nothing is added to a page while there is nothing to say"
    );
    fake.report(report(
        &["unknown key `titel`"],
        &["a figure without a source"],
    ));
    open.until(SHOWN);
    assert_eq!(text(&open, "h2"), "1 error, 1 warning");
    assert_eq!(
        text(&open, "li p"),
        "error: unknown key `titel` unknown-key",
        "errors come first"
    );
    assert_eq!(text(&open, "li mark"), "titel");
    assert_eq!(text(&open, "li pre span + span"), "titel = \"Nürse\" 😀");
    assert_eq!(text(&open, "li a"), "content/roles/nurse/role.toml:8:1");
    assert_eq!(
        open.text(&format!("{}.href", part("li a"))),
        "vscode://file/site/content/roles/nurse/role.toml:8:1"
    );
    assert_eq!(
        text(&open, ".related mark"),
        "x",
        "marks are counted as JavaScript counts"
    );
    assert_eq!(
        open.eval(&part(".related a")),
        Value::Null,
        "no address may run in the page"
    );
    assert!(text(&open, "li").contains("Help: write `title`"));
    assert_eq!(
        open.text("document.body.innerText.trim()"),
        "Text\n\nOwn",
        "the page is as it was"
    );
    fake.report(report(&[], &[]));
    open.until(&format!(
        "!({SHOWN}) && {}.hidden",
        part("button[aria-haspopup]")
    ));
    assert_eq!(open.loads(), 1);
}

#[test]
fn no_text_is_markup() {
    let (fake, mut open) = opened();
    let attack = "</script><img src=x onerror=\"document.title='hit'\"><script>document.title='hit'</script>";
    let mut report = report(&[attack], &[]);
    for pointer in [
        "code",
        "help/0",
        "place/file",
        "place/excerpt",
        "related/0/message",
    ] {
        *report
            .pointer_mut(&format!("/diagnostics/0/{pointer}"))
            .unwrap() = attack.into();
    }
    fake.report(report);
    open.until(SHOWN);
    assert_eq!(open.eval(&part("img, script")), Value::Null);
    assert!(text(&open, "li").matches(attack).count() >= 5);
    open.stays("document.title === 'T'");
}

#[test]
fn escape_puts_an_error_away_until_the_report_changes() {
    let (fake, mut open) = opened();
    open.eval("own.focus()");
    fake.report(report(&["one"], &[]));
    open.until(SHOWN);
    assert_eq!(
        open.eval("document.activeElement === own"),
        true,
        "the focus is not taken"
    );
    open.press("Escape");
    open.until(&format!(
        "!({SHOWN}) && {}.textContent === '1 error'",
        part("button[aria-haspopup]")
    ));
    fake.report(report(&["one"], &[]));
    open.stays(&format!("!({SHOWN})"));
    fake.report(report(&["two"], &[]));
    open.until(SHOWN);
}

#[test]
fn the_list_is_used_with_the_keyboard_alone() {
    let (fake, mut open) = opened();
    fake.report(report(&[], &["w1", "w2"]));
    let button = part("button[aria-haspopup]");
    open.until(&format!(
        "{button}.textContent === '2 warnings' && {button}.checkVisibility()"
    ));
    open.stays(&format!("!({SHOWN})"));
    open.eval("own.focus()");
    open.press("Tab");
    let focused = "document.querySelector('rungs-preview').shadowRoot.activeElement";
    assert_eq!(
        open.text(&format!("{focused}?.textContent ?? ''")),
        "2 warnings"
    );
    open.press("Enter");
    open.until(&format!("({SHOWN}) && {focused}?.role === 'dialog' && {focused}.ariaLabelledByElements[0].textContent === '2 warnings'"));
    open.press("Tab");
    assert_eq!(open.text(&format!("{focused}.textContent")), "Close");
    open.press("Tab");
    open.press("Tab");
    assert_eq!(open.text(&format!("{focused}.localName")), "a");
    open.press("Escape");
    open.until(&format!(
        "!({SHOWN}) && {focused}?.textContent === '2 warnings'"
    ));
    // When it goes by itself, the focus is not lost in what is hidden.
    open.press("Enter");
    open.until(SHOWN);
    fake.report(report(&[], &[]));
    open.until(&format!("!({SHOWN}) && !{focused}"));
}

#[test]
fn the_page_changes_below_an_error() {
    let (fake, mut open) = opened();
    fake.report(report(&["one"], &[]));
    open.until(SHOWN);
    fake.show(&PAGE.replace("Text", "Other"));
    open.until("document.querySelector('p').textContent === 'Other'");
    open.stays(SHOWN);
    assert_eq!(open.loads(), 1);
}

#[test]
fn no_style_of_the_page_reaches_the_panel() {
    let fake = Fake::new(PAGE);
    fake.file("/a.css", "text/css", HOSTILE)
        .report(report(&["one"], &["two"]));
    let mut open = Page::at(&fake.url("/"));
    open.viewport(1000, 700);
    open.until(SHOWN);
    let style = open.text(&format!(
        "(s => [s.fontSize, s.display])(getComputedStyle({})).join()",
        part("li p")
    ));
    assert_eq!(style, "14px,block");
    let host = open.text("(s => [s.display, s.position, s.pointerEvents, s.zIndex])(getComputedStyle(document.querySelector('rungs-preview'))).join()");
    assert_eq!(host, "flex,fixed,none,2147483647");
    let place = open.eval(&format!(
        "(r => [r.left, r.right, r.bottom <= innerHeight])({}.getBoundingClientRect())",
        part("section")
    ));
    assert_eq!(place, json!([60, 940, true]));
}

#[test]
fn it_is_seen_in_dark_and_light_and_never_printed() {
    let (fake, mut open) = opened();
    fake.report(report(&["one"], &["two"]));
    open.until(SHOWN);
    let colors = format!(
        "(s => [s.color, s.backgroundColor])(getComputedStyle({})).join(' ')",
        part("section")
    );
    let light = open.text(&colors);
    open.media("prefers-color-scheme", "dark");
    open.until(&format!("{colors} !== '{light}'"));
    open.print();
    open.until("getComputedStyle(document.querySelector('rungs-preview')).display === 'none'");
}

#[test]
fn a_long_line_is_cut_around_its_mark() {
    let (fake, mut open) = opened();
    let mut report = report(&["one"], &[]);
    report["diagnostics"][0]["place"]["excerpt"] =
        format!("{}WRONG{}", "a ".repeat(5000), " b".repeat(5000)).into();
    report["diagnostics"][0]["place"]["mark"] = json!([10_000, 10_005]);
    fake.report(report);
    open.until(SHOWN);
    assert_eq!(text(&open, "li mark"), "WRONG");
    assert!(text(&open, "li pre").len() < 500);
}

#[test]
fn the_checks_of_the_background_are_a_quiet_mark() {
    let (fake, mut open) = opened();
    let mut busy = report(&[], &[]);
    busy["checking"] = true.into();
    fake.report(busy);
    open.until(&format!(
        "getComputedStyle({}).visibility === 'visible'",
        part(".checking")
    ));
    open.media("prefers-reduced-motion", "reduce");
    open.until(&format!(
        "getComputedStyle({}, '::before').animationName === 'none'",
        part(".checking")
    ));
    fake.report(report(&[], &[]));
    open.until(&format!("!{}.checkVisibility()", part(".checking")));
}
