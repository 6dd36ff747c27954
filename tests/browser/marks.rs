//! A page that readers will not get says so.

use super::fake::Fake;
use super::page::Page;

const PAGE: &str =
    "<!DOCTYPE html><html lang=en><head><title>T</title></head><body><p>Text</p></body></html>";

const MARK: &str = "document.querySelector('rungs-preview')?.shadowRoot.querySelector('.mark')";

#[test]
fn a_draft_is_marked_until_it_is_none() {
    let fake = Fake::new(PAGE);
    fake.mark("draft");
    let mut open = Page::at(&fake.url("/"));
    open.until(&format!(
        "{MARK}.textContent === 'Draft' && {MARK}.checkVisibility()"
    ));
    fake.connected(&mut open);
    fake.mark("future").tell(&[]);
    open.until(&format!("{MARK}.textContent === 'Future date'"));
    fake.mark("").tell(&[]);
    open.until(&format!("!{MARK}.checkVisibility()"));
    assert_eq!(open.loads(), 1);
}

#[test]
fn a_page_that_is_published_has_nothing_added() {
    let fake = Fake::new(PAGE);
    let mut open = Page::at(&fake.url("/"));
    fake.connected(&mut open);
    open.stays("document.documentElement.outerHTML === '<html lang=\"en\"><head><title>T</title></head><body><p>Text</p></body></html>'");
}

#[test]
fn nothing_of_it_is_there_without_scripts() {
    let fake = Fake::new(PAGE);
    fake.mark("draft");
    let mut open = Page::without_scripts();
    open.goto(&fake.url("/"));
    open.stays("document.querySelector('rungs-preview') === null");
}
