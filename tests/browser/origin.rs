//! A page of another origin, in the same browser, gets nothing of the preview.

use super::fake::Fake;
use super::page::Page;
use super::serve::{SITE, Serve};

/// Tries each way in which a page can ask another server; gives the ways that brought something.
const ATTACK: &str = "(async () => {
    const got = [];
    const page = BASE + '/careers/about/', stream = BASE + '/.rungs/events?page=%2Fcareers%2Fabout%2F&since=0', script = BASE + '/.rungs/preview.js';
    const outcome = (element, url) => new Promise((done) => {
        element.onload = () => done(true);
        element.onerror = () => done(false);
        element[element.localName === 'link' ? 'href' : 'src'] = url;
        document.head.append(element);
    });
    const ask = (url, options) => {
        // A stream that stays open keeps others waiting.
        const control = new AbortController();
        const came = () => { got.push(`fetch ${options.mode ?? ''}`); control.abort() };
        return fetch(url, { ...options, signal: control.signal }).then(came, () => {});
    };
    for (const url of [page, stream, script]) {
        for (const options of [{}, { credentials: 'include' }, { method: 'POST', body: 'x' }, { headers: { 'X-Own': '1' } }]) {
            await ask(url, options);
        }
        // The status of an opaque answer is hidden; that it comes at all is refused as well.
        await ask(url, { mode: 'no-cors' });
    }
    const source = new EventSource(stream);
    await new Promise((done) => { source.onmessage = source.onopen = () => { got.push('events'); done() }; source.onerror = done; setTimeout(done, 2000) });
    source.close();
    if (await outcome(document.createElement('script'), script)) got.push('script');
    if (await outcome(Object.assign(document.createElement('link'), { rel: 'stylesheet' }), BASE + '/careers/own.css')) got.push('stylesheet');
    if (await outcome(document.createElement('img'), BASE + '/careers/favicon.svg')) got.push('image');
    const frame = document.createElement('iframe');
    await Promise.race([outcome(frame, page), new Promise((done) => setTimeout(done, 2000))]);
    if (frame.contentDocument?.body?.textContent.includes('First words')) got.push('frame');
    return got.join('; ');
})()";

#[test]
fn a_page_of_another_port_reads_nothing() {
    let serve = Serve::of(SITE);
    let fake = Fake::lax(
        "<!DOCTYPE html><html lang=en><head><title>Attack</title></head><body></body></html>",
    );
    let mut open = Page::new();
    for words in [
        "ERR_",
        "CORS",
        "Failed to load",
        "403",
        "EventSource",
        "frame-ancestors",
    ] {
        open.expect_error(words);
    }
    open.goto(&fake.url("/"));
    let base = format!("http://127.0.0.1:{}", serve.port());
    assert_eq!(open.text(&ATTACK.replace("BASE", &format!("'{base}'"))), "");
    // The test can fail: the same page gets all of it from its own server.
    fake.page("/careers/about/", "<p>First words</p>")
        .file("/careers/own.css", "text/css", "")
        .file("/own.js", "text/javascript", "");
    let own = open.text(
        &ATTACK
            .replace("BASE", "location.origin")
            .replace("/.rungs/preview.js", "/own.js"),
    );
    assert!(
        [
            "fetch",
            "no-cors",
            "events",
            "script",
            "stylesheet",
            "frame"
        ]
        .iter()
        .all(|way| own.contains(way)),
        "{own}"
    );
}

#[test]
fn a_name_that_others_pointed_here_reads_nothing() {
    let serve = Serve::of(SITE);
    let mut open = Page::new();
    for words in ["403", "421", "Cross-Origin-Opener-Policy"] {
        open.expect_error(words);
    }
    open.goto(&format!(
        "http://evil.example:{}/careers/about/",
        serve.port()
    ));
    assert!(
        !open
            .text("document.documentElement.outerHTML")
            .contains("First words")
    );
    let statuses = open.eval(
        "Promise.all(['/careers/about/', '/.rungs/preview.js', '/.rungs/events?page=%2F&since=0'].map((path) => fetch(path).then(({ status }) => status)))",
    );
    assert!(
        statuses
            .as_array()
            .unwrap()
            .iter()
            .all(|status| status == 403 || status == 421),
        "{statuses}"
    );
    // The same address by its own names is the site.
    for name in ["127.0.0.1", "localhost"] {
        open.goto(&format!("http://{name}:{}/careers/about/", serve.port()));
        open.until("text.textContent.includes('First words')");
    }
}
