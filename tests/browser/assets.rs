//! Stylesheets and images change without a load and without a flash.

use super::fake::Fake;
use super::page::Page;

const IMAGE: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>";

fn page(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>T</title>{head}</head><body>{body}</body></html>"
    )
}

fn opened(fake: Fake) -> (Fake, Page) {
    let mut open = Page::at(&fake.url("/"));
    fake.connected(&mut open);
    (fake, open)
}

fn with_style(href: &str) -> Fake {
    let fake = Fake::new(&page(
        &format!("<link rel=stylesheet href={href}>"),
        "<h1>Title</h1>",
    ));
    fake.file(
        href,
        "text/css",
        "h1 { color: rgb(1, 1, 1); font-size: 50px }",
    );
    fake
}

const COLOR: &str = "getComputedStyle(document.querySelector('h1')).color";

/// Notes every colour that the heading has from now on, frame by frame.
const WATCH: &str = "window.colors = new Set(); (function watch() { window.colors.add(getComputedStyle(document.querySelector('h1')).color); requestAnimationFrame(watch) })()";

#[test]
fn a_stylesheet_with_another_name_takes_over_without_a_flash() {
    let (fake, mut open) = opened(with_style("/main.1.css"));
    open.eval(WATCH);
    fake.file("/main.2.css", "text/css", "h1 { color: rgb(2, 2, 2) }");
    fake.show(&page(
        "<link rel=stylesheet href=/main.2.css>",
        "<h1>Title</h1>",
    ));
    open.until(&format!(
        "{COLOR} === 'rgb(2, 2, 2)' && document.querySelectorAll('link').length === 1"
    ));
    open.stays(&format!("{COLOR} === 'rgb(2, 2, 2)' && getComputedStyle(document.querySelector('h1')).fontSize !== '50px'"));
    assert_eq!(
        open.text("[...window.colors].join()"),
        "rgb(1, 1, 1),rgb(2, 2, 2)",
        "no frame without a style"
    );
    assert_eq!(open.loads(), 1);
}

#[test]
fn a_stylesheet_of_the_same_name_is_fetched_again() {
    let (fake, mut open) = opened(with_style("/site.css"));
    open.eval(WATCH);
    for number in 2..5 {
        fake.file(
            "/site.css",
            "text/css",
            &format!("h1 {{ color: rgb({number}, 0, 0) }}"),
        )
        .tell(&["/site.css"]);
        open.until(&format!(
            "{COLOR} === 'rgb({number}, 0, 0)' && document.querySelectorAll('link').length === 1"
        ));
        open.until(&format!("window.colors.has('rgb({number}, 0, 0)')"));
    }
    assert_eq!(
        open.text("[...window.colors].join()"),
        "rgb(1, 1, 1),rgb(2, 0, 0),rgb(3, 0, 0),rgb(4, 0, 0)"
    );
    // And the page itself still changes in place.
    fake.show(&page(
        "<link rel=stylesheet href=/site.css>",
        "<h1>Other</h1>",
    ));
    open.until("document.querySelector('h1').textContent === 'Other'");
    assert_eq!(
        (open.text(COLOR).as_str(), open.loads()),
        ("rgb(4, 0, 0)", 1)
    );
}

#[test]
fn stylesheets_keep_their_order() {
    let fake = with_style("/a.css");
    let sheets = |hrefs: &[&str]| {
        page(
            &hrefs
                .iter()
                .map(|href| format!("<link rel=stylesheet href={href}>"))
                .collect::<String>(),
            "<h1>Title</h1>",
        )
    };
    for (path, color) in [("/b.css", "2"), ("/c.css", "3"), ("/d.css", "4")] {
        fake.file(
            path,
            "text/css",
            &format!("h1 {{ color: rgb({color}, 0, 0) }}"),
        );
    }
    fake.page("/", &sheets(&["/a.css", "/b.css"]));
    let (fake, mut open) = opened(fake);
    for hrefs in [
        &["/c.css", "/b.css"][..],
        &["/c.css", "/d.css", "/b.css"],
        &["/c.css", "/d.css"],
        &["/a.css", "/c.css", "/d.css", "/b.css"],
    ] {
        fake.show(&sheets(hrefs));
        open.until(&format!("[...document.querySelectorAll('link')].map(l => l.getAttribute('href')).join() === '{}'", hrefs.join(",")));
    }
    assert_eq!(open.loads(), 1);
}

#[test]
fn a_stylesheet_that_is_not_there_keeps_no_page_waiting() {
    let (fake, mut open) = opened(with_style("/a.css"));
    open.expect_error("404");
    open.expect_error("MIME");
    fake.show(&page(
        "<link rel=stylesheet href=/none.css>",
        "<h1>Other</h1>",
    ));
    open.until("document.querySelector('h1').textContent === 'Other'");
    assert_eq!(open.loads(), 1);
}

#[test]
fn an_image_is_fetched_again_wherever_it_is_shown() {
    let fake = Fake::new(&page(
        "<link rel=icon href=/a.svg>",
        "<img id=one src=/a.svg><img id=set src=/b.svg srcset='/a.svg 1x, /b.svg 2x'><picture><source srcset=/a.svg><img src=/b.svg></picture><img id=other src=/b.svg#f>",
    ));
    fake.file("/a.svg", "image/svg+xml", IMAGE)
        .file("/b.svg", "image/svg+xml", IMAGE);
    let (fake, mut open) = opened(fake);
    fake.file("/a.svg", "image/svg+xml", &IMAGE.replace("'10'", "'20'"))
        .tell(&["/a.svg"]);
    open.until("one.naturalWidth === 20");
    assert_eq!(
        open.text("document.getElementById('set').srcset.replace(/rungs=\\d+/, 'V')"),
        "/a.svg?V 1x, /b.svg 2x"
    );
    assert_eq!(open.text("other.getAttribute('src')"), "/b.svg#f");
    fake.tell(&["/b.svg"]);
    open.until("/^\\/b.svg\\?rungs=\\d+#f$/.test(other.getAttribute('src'))");
    // An image that comes with a later version of the page is not the one in the browser's memory.
    fake.show(&page(
        "<link rel=icon href=/a.svg>",
        "<p>New</p><img id=late src=/a.svg>",
    ));
    open.until("document.getElementById('late')?.naturalWidth === 20 && /rungs=/.test(late.src)");
    assert_eq!(open.loads(), 1);
}

#[test]
fn a_script_or_what_a_stylesheet_imports_needs_a_load() {
    let fake = Fake::new(&page(
        "<link rel=stylesheet href=/a.css>",
        "<h1>T</h1><script src=/a.js></script>",
    ));
    fake.file("/a.css", "text/css", "@import '/b.css';").file(
        "/b.css",
        "text/css",
        "h1 { color: rgb(1, 1, 1) }",
    );
    fake.file("/a.js", "text/javascript", "window.ran = 1");
    let (fake, mut open) = opened(fake);
    fake.file("/a.js", "text/javascript", "window.ran = 2")
        .tell(&["/a.js"]);
    open.until("window.ran === 2");
    fake.connected(&mut open);
    // The connection of the page before may be taken for that of this one.
    std::thread::sleep(std::time::Duration::from_millis(300));
    fake.file("/b.css", "text/css", "h1 { color: rgb(2, 2, 2) }")
        .tell(&["/b.css"]);
    open.until(&format!("{COLOR} === 'rgb(2, 2, 2)'"));
    open.has_loaded(3);
    fake.connected(&mut open);
    assert_eq!(
        open.loads(),
        3,
        "what changed before a page was loaded is no change to it"
    );
}

#[test]
fn a_stylesheet_that_changes_before_the_page_is_connected_is_not_stale() {
    let fake = with_style("/a.css");
    fake.page(
        "/",
        &page("<link rel=stylesheet href=/a.css>", "<h1>T</h1>"),
    );
    fake.tell(&["/a.css"]);
    let (fake, mut open) = opened(fake);
    open.until("/rungs=/.test(document.querySelector('link').href) && document.querySelectorAll('link').length === 1");
    assert_eq!((open.loads(), fake.streams()), (1, 1));
}

#[test]
fn what_the_page_does_not_use_is_not_its_concern() {
    let (fake, mut open) = opened(with_style("/a.css"));
    let before = fake.pages_asked();
    fake.tell(&["/other.js", "/other.css", "/other.png"]);
    open.stays("document.querySelectorAll('link').length === 1");
    assert_eq!((fake.pages_asked(), open.loads()), (before, 1));
}
