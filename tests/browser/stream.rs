//! The connection comes back by itself, and what was missed is shown.

use std::thread;
use std::time::Duration;

use super::fake::Fake;
use super::page::Page;

fn page(text: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>T</title><link rel=stylesheet href=/a.css></head><body><p>{text}</p></body></html>"
    )
}

fn opened() -> (Fake, Page) {
    let fake = Fake::new(&page("First"));
    fake.file("/a.css", "text/css", "p { color: rgb(1, 1, 1) }");
    let mut open = Page::at(&fake.url("/"));
    open.expect_error("ERR_");
    fake.connected(&mut open);
    open.eval("window.same = document.body");
    (fake, open)
}

/// Makes the page believe that it is seen or not.
fn visible(open: &Page, state: &str) {
    open.eval(&format!(
        "Object.defineProperty(document, 'visibilityState', {{ value: '{state}', configurable: true }}); document.dispatchEvent(new Event('visibilitychange'))"
    ));
}

#[track_caller]
fn has_streams(fake: &Fake, number: usize) {
    for _ in 0..400 {
        if fake.streams() == number {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("{} streams are open, not {number}", fake.streams());
}

#[test]
fn after_a_restart_of_the_server_all_is_as_it_is_there() {
    let (fake, mut open) = opened();
    fake.stop();
    open.until("document.querySelector('rungs-preview')?.shadowRoot.querySelector('.offline').hidden === false");
    fake.page("/", &page("Second"))
        .file("/a.css", "text/css", "p { color: rgb(2, 2, 2) }");
    fake.start();
    open.until("document.querySelector('p').textContent === 'Second' && getComputedStyle(document.querySelector('p')).color === 'rgb(2, 2, 2)'");
    open.until(
        "document.querySelector('rungs-preview').shadowRoot.querySelector('.offline').hidden",
    );
    assert_eq!(
        (open.eval("window.same === document.body"), open.loads()),
        (true.into(), 1)
    );
    fake.show(&page("Third"));
    open.until("document.querySelector('p').textContent === 'Third'");
}

#[test]
fn a_page_that_nobody_sees_holds_no_connection() {
    let (fake, mut open) = opened();
    visible(&open, "hidden");
    has_streams(&fake, 0);
    fake.show(&page("Second"));
    open.stays("document.querySelector('p').textContent === 'First'");
    visible(&open, "visible");
    open.until("document.querySelector('p').textContent === 'Second'");
    has_streams(&fake, 1);
    assert_eq!(open.loads(), 1);
}

#[test]
fn a_page_that_comes_back_from_the_history_is_brought_up_to_date() {
    let (fake, mut open) = opened();
    fake.page("/two/", &page("Two"));
    open.goto(&fake.url("/two/"));
    open.until("document.querySelector('p').textContent === 'Two'");
    fake.show(&page("Second"));
    open.eval("history.back()");
    open.until(
        "location.pathname === '/' && document.querySelector('p')?.textContent === 'Second'",
    );
}

#[test]
fn a_page_in_the_history_holds_no_connection() {
    let (fake, mut open) = opened();
    open.eval("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
    has_streams(&fake, 0);
    fake.show(&page("Second"));
    open.eval("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    open.until("document.querySelector('p').textContent === 'Second'");
}

#[test]
fn an_answer_that_is_no_stream_is_not_the_end() {
    let (fake, mut open) = opened();
    // What a browser never asks again after: another server took the port for a while.
    fake.stop();
    let other = std::net::TcpListener::bind(fake.url("").trim_start_matches("http://")).unwrap();
    let (mut stream, _) = other.accept().unwrap();
    std::io::Write::write_all(
        &mut stream,
        b"HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    )
    .unwrap();
    open.expect_error("503");
    drop((stream, other));
    fake.page("/", &page("Second"));
    fake.start();
    open.until("document.querySelector('p').textContent === 'Second'");
}
