//! The preview over the wire: what it answers, what it refuses, and that it is never behind the
//! files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::harness::{Answer, Folder, Served, Site};
use crate::incremental::{Dice, SITE};

fn folder() -> Folder {
    let folder = Site::from(SITE).on_disk();
    folder.write("secret.txt", "beside the site's sources");
    folder
}

/// What a build of the folder writes, with the options of a preview.
fn built(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let mut site = Site::folder(folder.path(""));
    (site.options.drafts, site.options.future) = (true, true);
    let built = site.build_once();
    assert!(!built.failed, "{}", built.said());
    built.files
}

/// The first file that is served in another way than it is built.
fn difference(served: &Served, built: &BTreeMap<String, Vec<u8>>) -> Option<String> {
    let differs = |(path, bytes): &(&String, &Vec<u8>)| {
        let encoded: String = path
            .bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() || b"/.-_".contains(&byte) {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect();
        served.get(&format!("/{encoded}")).page() != **bytes
    };
    built.iter().find(differs).map(|(path, _)| path.clone())
}

#[test]
fn what_is_served_is_what_is_built() {
    let folder = folder();
    folder.write(
        "content/articles/draft.md",
        "+++\ntitle = \"Draft\"\ndraft = true\n+++\nNot yet.\n",
    );
    folder.write(
        "content/articles/future.md",
        "+++\ntitle = \"Future\"\ndate = 2031-01-01\n+++\nNot yet.\n",
    );
    let served = folder.serve(&[]);
    assert_eq!(difference(&served, &built(&folder)), None);
    assert!(
        !folder.path("public").exists() && !folder.path(".public.rungs").exists(),
        "nothing is written to the output"
    );
    let mark = |path: &str| {
        served
            .get(path)
            .text()
            .split("data-mark=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        (
            mark("/articles/draft/").as_str(),
            mark("/articles/future/").as_str(),
            mark("/articles/a/").as_str()
        ),
        ("draft", "future", "")
    );
    let without = folder.serve(&["--no-drafts"]);
    assert_eq!(
        (
            without.get("/articles/draft/").status,
            without.get("/articles/future/").status,
            without.get("/articles/a/").status
        ),
        (404, 404, 200)
    );
}

#[test]
fn addresses_are_those_of_a_host() {
    let folder = folder();
    folder.write(
        "site.toml",
        String::from_utf8(Site::from(SITE).files["site.toml"].clone())
            .unwrap()
            .replace("example.com/", "example.com/careers/"),
    );
    let served = folder.serve(&[]);
    let answer = |path: &str| {
        let answer = served.get(path);
        (
            answer.status,
            answer.header("location").unwrap_or_default().to_owned(),
            answer.header("content-type").unwrap_or_default().to_owned(),
        )
    };
    let html = "text/html; charset=utf-8".to_owned();
    assert_eq!(answer("/careers/"), (200, String::new(), html.clone()));
    assert_eq!(
        answer("/careers/roles/nurse/"),
        (200, String::new(), html.clone())
    );
    assert_eq!(
        answer("/careers/roles/nurse/?a=b"),
        (200, String::new(), html.clone())
    );
    for (from, to) in [
        ("/", "/careers/"),
        ("/careers", "/careers/"),
        ("/careers/roles/nurse", "/careers/roles/nurse/"),
    ] {
        let (status, location, _) = answer(from);
        assert_eq!((status, location.as_str()), (307, to), "{from}");
    }
    assert_eq!(
        answer("/careers/nothing/"),
        (404, String::new(), html.clone())
    );
    assert_eq!(answer("/roles/nurse/"), (404, String::new(), html));
    assert_eq!(answer("/careers/articles/box.svg").2, "image/svg+xml");
    let missing = served.get("/careers/nothing/");
    assert_eq!(missing.page(), served.get("/careers/404.html").page());
}

/// Addresses that lead out of the site where somebody joins paths.
fn hostile_paths() -> Vec<String> {
    let up = [
        "..",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "%252e%252e",
        "..;",
        "%c0%ae%c0%ae",
        "..%00",
        "....",
        "..%5c",
        "%5c..",
        "..%2f",
        "%uff0e%uff0e",
    ];
    let between = ["/", "//", "/./", "%2f", "%5c", "\\", "%252f"];
    let ends = [
        "secret.txt",
        "etc/passwd",
        "site.toml",
        "content/roles/nurse/role.toml",
        "windows/win.ini",
        ".rungs/cache/CACHEDIR.TAG",
        ".git/config",
    ];
    let mut paths = vec![];
    for up in up {
        for between in between {
            for end in ends {
                for depth in [1, 5] {
                    paths.push(format!("/{}{end}", format!("{up}{between}").repeat(depth)));
                }
                paths.push(format!("/roles/{up}{between}{up}{between}{end}"));
            }
        }
    }
    let more = [
        "//etc/passwd",
        "/C:/Windows/win.ini",
        "/x/C:/Windows/win.ini",
        "/c%3a/windows/win.ini",
        "/\\\\host\\share\\x",
        "/%5c%5chost%5cshare",
        "/index.html::$DATA",
        "/con",
        "/aux.txt",
        "/site.toml?raw??",
        "/site.toml?inline&import",
        "/secret.txt?.svg",
        "/@fs/etc/passwd",
        "/@id/site.toml",
        "/static/../secret.txt",
        "/%00",
        "/index.html%00.txt",
        "/%",
        "/%zz",
        "/%2",
        "/.rungs/",
        "/.rungs/cache",
        "/.rungs/preview.js/../../secret.txt",
        "/.rungs/preview.js%2f..%2f..%2fsecret.txt",
        "/content/articles/a.md",
        "/themes/own/templates/page.html",
        "//evil.example/%2e%2e",
        "//evil.example",
        "/%2f%2fevil.example/",
        "/\u{7f}",
        "/roles/nurse/role.toml",
        "/~root/",
        "/proc/self/environ",
        "/dev/zero",
    ];
    paths.extend(more.map(str::to_owned));
    paths
}

#[test]
fn whatever_is_asked_nothing_leaves_the_site() {
    let folder = folder();
    let served = folder.serve(&[]);
    let host = served.address.to_string();
    let mut requests: Vec<(String, Vec<u8>)> = vec![];
    let mut add = |name: String, request: String| requests.push((name, request.into_bytes()));
    let head = |method: &str, target: &str, headers: &str| {
        format!("{method} {target} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n")
    };
    let own = format!("Host: {host}\r\n");
    for path in hostile_paths() {
        add(format!("path {path}"), head("GET", &path, &own));
    }
    let port = served.address.port();
    let names = [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "127.0.0.1.evil.example",
        "xn--lcalhost-54a",
        "0.0.0.0",
        "127.1",
        "2130706433",
        "127.0.0.2",
        "[::]",
        "[::ffff:127.0.0.1]",
        "localhost.",
    ];
    for name in names {
        for host in [
            name.to_owned(),
            format!("{name}:{port}"),
            format!("user@{name}:{port}"),
            format!("{name}:{port}:{port}"),
        ] {
            for target in [
                "/",
                "/articles/a/",
                "/.rungs/events?page=/&since=0",
                "/.rungs/preview.js",
            ] {
                add(
                    format!("host {host} {target}"),
                    head("GET", target, &format!("Host: {host}\r\n")),
                );
            }
        }
    }
    for (name, headers) in [
        ("no host", String::new()),
        ("two hosts", format!("{own}{own}")),
        (
            "another second host",
            format!("{own}Host: evil.example\r\n"),
        ),
        ("empty host", "Host:\r\n".into()),
    ] {
        add(name.to_owned(), head("GET", "/", &headers));
    }
    let origins = [
        "null",
        "http://evil.example",
        "https://evil.example",
        "file://",
        "http://localhost:9999",
        "http://127.0.0.1:9999",
        "http://127.0.0.1",
        "chrome-extension://x",
        "http://evil.example:4747",
    ];
    let more = [
        format!("https://{host}"),
        format!("http://{host}.evil.example"),
        format!("http://{host}/"),
        format!("http://localhost:{port}"),
    ];
    for origin in origins.into_iter().map(str::to_owned).chain(more) {
        for target in [
            "/",
            "/articles/a/",
            "/.rungs/events?page=/&since=0",
            "/.rungs/preview.js",
            "/css/main.css",
        ] {
            for forwarded in [
                "",
                "X-Forwarded-Host: evil.example\r\n",
                "Forwarded: host=evil.example\r\n",
            ] {
                add(
                    format!("origin {origin} {target}"),
                    head(
                        "GET",
                        target,
                        &format!("{own}{forwarded}Origin: {origin}\r\n"),
                    ),
                );
            }
        }
    }
    for site in ["cross-site", "same-site"] {
        for mode in ["no-cors", "cors", "websocket"] {
            add(
                format!("fetched {site} {mode}"),
                head(
                    "GET",
                    "/.rungs/events?page=/",
                    &format!("{own}Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\n"),
                ),
            );
        }
    }
    for method in [
        "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW", "get",
        "GETT", "",
    ] {
        for target in [
            "/",
            "/articles/a/",
            "/.rungs/events?page=/",
            "/../secret.txt",
            "*",
        ] {
            add(
                format!("method {method} {target}"),
                head(method, target, &own),
            );
        }
    }
    for target in [
        "http://evil.example/",
        "http://127.0.0.1:1/",
        "https://evil.example/../secret.txt",
        "evil.example:443",
        "*",
        "",
        "articles/a/",
        "?x",
        "/#a",
        "/a#../secret.txt",
        "/a b",
        "/\t",
    ] {
        add(format!("target {target}"), head("GET", target, &own));
    }
    for extra in [
        "Content-Length: 5\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 1\r\nContent-Length: 2\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: x\r\n",
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
    ] {
        add(
            format!("body {extra}"),
            format!("GET / HTTP/1.1\r\n{own}{extra}Connection: close\r\n\r\nhello"),
        );
    }
    add(
        "many headers".into(),
        head(
            "GET",
            "/",
            &(0..100_000).fold(own.clone(), |mut all, number| {
                let _ = write!(all, "X-{number}: y\r\n");
                all
            }),
        ),
    );
    add(
        "a large header".into(),
        head("GET", "/", &format!("{own}X: {}\r\n", "y".repeat(10 << 20))),
    );
    add(
        "a long target".into(),
        head("GET", &format!("/{}", "a/".repeat(1 << 20)), &own),
    );
    requests.push((
        "no HTTP".into(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
    ));
    requests.push(("an old protocol".into(), b"GET /\r\n\r\n".to_vec()));
    requests.push(("bytes".into(), (0..=255).cycle().take(5000).collect()));
    assert!(requests.len() >= 2000, "{}", requests.len());
    for (name, request) in &requests {
        let Some(Answer {
            status,
            headers,
            body,
        }) = served.ask(request)
        else {
            continue;
        };
        assert!((400..500).contains(&status), "{name}: {status}");
        assert!(
            headers
                .iter()
                .all(|(name, _)| !name.starts_with("access-control-")
                    && name != "location"
                    && name != "server"),
            "{name}: {headers:?}"
        );
        let text = String::from_utf8_lossy(&body);
        assert!(
            [
                "root:",
                "beside the site's sources",
                "base_url",
                "category ="
            ]
            .iter()
            .all(|secret| !text.contains(secret)),
            "{name}: {text}"
        );
    }
    let good = served.get("/articles/a/");
    assert_eq!(
        (
            good.status,
            good.header("cross-origin-resource-policy"),
            good.header("x-content-type-options")
        ),
        (200, Some("same-origin"), Some("nosniff"))
    );
}

#[test]
fn who_holds_connections_open_keeps_nobody_out() {
    let folder = folder();
    let served = folder.serve(&[]);
    let before = served.memory();
    let mut held = vec![];
    for number in 0..number("SOCKETS", 1000) {
        let mut socket = served.connect();
        // Some say nothing, some begin a request and never end it.
        let _ = socket.write_all(&b"GET / HTTP/1.1\r\nHost: "[..number % 22]);
        held.push(socket);
        if number % 100 == 0 {
            assert_eq!(served.get("/").status, 200, "with {number} held");
        }
    }
    assert_eq!(served.get("/articles/a/").status, 200);
    if let (Some(before), Some(after)) = (before, served.memory()) {
        assert!(
            after < before + 64 * 1024,
            "{before} KiB became {after} KiB"
        );
    }
}

#[test]
fn a_page_that_listens_hears_what_changes() {
    let folder = folder();
    let served = folder.serve(&[]);
    let mut socket = served.connect();
    socket
        .set_read_timeout(Some(Duration::from_millis(50)))
        .unwrap();
    write!(
        socket,
        "GET /.rungs/events?page=%2Farticles%2Fa%2F&since=0 HTTP/1.1\r\nHost: {}\r\n\r\n",
        served.address
    )
    .unwrap();
    let mut heard = String::new();
    // An empty line ends an event: its data may come later than its name.
    let mut hear = |words: &str| {
        let end = Instant::now() + Duration::from_secs(30);
        let is_whole = |heard: &str| {
            let after = heard.split_once(words).map_or("", |(_, after)| after);
            after.contains("\n\n")
        };
        while !is_whole(&heard) {
            assert!(Instant::now() < end, "no {words:?} in {heard}");
            let mut bytes = [0; 65536];
            if let Ok(count) = socket.read(&mut bytes) {
                assert!(count > 0, "the stream ended after {heard}");
                heard.push_str(&String::from_utf8_lossy(&bytes[..count]));
            }
        }
        std::mem::take(&mut heard)
    };
    let first = hear("event: report");
    assert!(
        first.contains("text/event-stream")
            && first.contains("event: page")
            && first.contains("\"errors\":0"),
        "{first}"
    );
    folder.write("static/robots-are-welcome.txt", "still");
    assert!(hear("event: page").contains("robots-are-welcome.txt"));
    folder.write(
        "content/articles/a.md",
        "+++\ntitle = \"First\"\ntagz = 1\n+++\nText.\n\n## More\n",
    );
    let said = hear("\"errors\":1");
    assert!(
        said.contains("content/articles/a.md")
            && said.contains("\"line\":3")
            && said.contains("vscode://file"),
        "{said}"
    );
    assert!(
        served.get("/articles/a/").text().contains("The first text"),
        "the last good page stays"
    );
    folder.write(
        "content/articles/a.md",
        "+++\ntitle = \"First\"\n+++\nAnother text.\n\n## More\n",
    );
    hear("\"errors\":0");
    served.until("/articles/a/", |answer| {
        answer.text().contains("Another text")
    });
}

#[test]
fn no_mistake_ends_the_preview() {
    let folder = folder();
    let mut served = folder.serve(&[]);
    let config = folder.files("")["site.toml"].clone();
    let page = "themes/own/templates/page.html";
    let template = folder.files("")[page].clone();
    for (path, bytes) in [
        ("site.toml", &b"title = "[..]),
        ("site.toml", b"\xff\xfe"),
        (page, b"{% if %}"),
        (page, b"{% extends \"page.html\" %}"),
        ("themes/own/theme.toml", b"name = 1"),
    ] {
        let old = folder.files("")[path].clone();
        folder.write(path, bytes);
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(served.get("/articles/a/").status, 200, "{path}");
        folder.write(path, old);
    }
    let theme = folder.files("themes");
    std::fs::remove_dir_all(folder.path("themes")).unwrap();
    std::fs::remove_file(folder.path("site.toml")).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    assert!(served.is_running() && served.get("/articles/a/").status == 200);
    theme
        .iter()
        .for_each(|(path, bytes)| folder.write(&format!("themes/{path}"), bytes));
    folder.write(page, [&template[..], b"<i>back</i>"].concat());
    folder.write("site.toml", config);
    served.until("/articles/a/", |answer| {
        answer.text().contains("<i>back</i>")
    });
}

#[test]
fn a_preview_that_begins_with_mistakes_says_them_and_goes_on() {
    let folder = folder();
    let config = folder.files("")["site.toml"].clone();
    folder.write(
        "site.toml",
        "title = \"</script><script>alert(1)</script>\"\nbase_url = 1\n",
    );
    let served = folder.serve(&[]);
    let answer = served.get("/");
    assert_eq!(answer.status, 500);
    assert!(
        answer.text().contains("site.toml:2:") && !answer.text().contains("<script>alert"),
        "{}",
        answer.text()
    );
    folder.write("site.toml", config);
    served.until("/", |answer| answer.status == 200);
}

#[test]
fn a_busy_port_is_said_and_a_free_one_is_found() {
    let folder = folder();
    let served = folder.serve(&[]);
    let ran = folder
        .run(&["serve", "--port", &served.address.port().to_string()])
        .exits(3);
    assert!(
        ran.stderr.contains("another program listens there") && ran.stderr.contains("help"),
        "{ran:?}"
    );
    assert_ne!(folder.serve(&[]).address, served.address);
    folder
        .run(&["serve", "--interface", "0.0.0.0"])
        .exits(2)
        .says("--allow-host");
    folder.run(&["serve", "--interface", "foo.com"]).exits(2);
}

/// One way of saving a file.
fn save(folder: &Folder, dice: &mut Dice, path: &str, text: &str) {
    let file = folder.path(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let beside = |name: &str| file.with_file_name(name);
    match dice.below(8) {
        0 => std::fs::write(&file, text).unwrap(),
        1 => {
            let mut open = std::fs::File::create(&file).unwrap();
            text.as_bytes()
                .chunks(40)
                .for_each(|part| open.write_all(part).unwrap());
        }
        2 => {
            std::fs::write(beside(".4913.tmp"), text).unwrap();
            std::fs::rename(beside(".4913.tmp"), &file).unwrap();
        }
        3 => {
            let _ = std::fs::rename(&file, beside("backup.md~"));
            std::fs::write(&file, text).unwrap();
            let _ = std::fs::remove_file(beside("backup.md~"));
        }
        4 => {
            let _ = std::fs::remove_file(&file);
            std::fs::write(&file, text).unwrap();
        }
        5 => {
            // The time of the file stays what it was.
            let time = file.metadata().and_then(|about| about.modified()).ok();
            std::fs::write(&file, text).unwrap();
            if let Some(time) = time {
                std::fs::File::options()
                    .write(true)
                    .open(&file)
                    .unwrap()
                    .set_modified(time)
                    .unwrap();
            }
        }
        6 => {
            std::fs::write(beside("x___jb_tmp___"), text).unwrap();
            let _ = std::fs::rename(&file, beside("x___jb_old___"));
            std::fs::rename(beside("x___jb_tmp___"), &file).unwrap();
            let _ = std::fs::remove_file(beside("x___jb_old___"));
        }
        _ => {
            // A folder that comes at once, as with a checkout of another branch.
            let (from, to) = (
                file.parent().unwrap().to_owned(),
                file.parent().unwrap().with_extension("moved"),
            );
            std::fs::rename(&from, &to).unwrap();
            std::fs::write(to.join(file.file_name().unwrap()), text).unwrap();
            std::fs::rename(&to, &from).unwrap();
        }
    }
}

/// A burst of random edits on disk.
fn burst(folder: &Folder, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let number = dice.below(1000);
        let article = format!("content/articles/n{}.md", number % 4);
        match dice.below(8) {
            0 | 1 => {
                // Two files whose names differ in case alone want one address.
                let _ = std::fs::remove_file(folder.path(&article.replace("/n", "/N")));
                let text = format!(
                    "+++\ntitle = \"N{number}\"\ndate = 2026-{:02}-02\n+++\nText {number} and [more](a.md).\n",
                    1 + number % 12
                );
                save(folder, dice, &article, &text);
            }
            2 => drop(std::fs::remove_file(folder.path(&article))),
            3 => drop(std::fs::rename(
                folder.path(&article),
                folder.path(&article.replace("/n", "/N")),
            )),
            4 => save(
                folder,
                dice,
                "themes/own/static/css/main.css",
                &format!("body {{ margin: {number}px }}\n"),
            ),
            5 => save(
                folder,
                dice,
                "content/roles/clerk/role.toml",
                &format!(
                    "title = \"Clerk {number}\"\ncategory = \"work\"\nsummary = \"S {number}.\"\n"
                ),
            ),
            6 => save(
                folder,
                dice,
                "themes/own/templates/parts/nav.html",
                &format!("<nav><i>{number}</i></nav>\n"),
            ),
            _ => save(
                folder,
                dice,
                "content/about/index.md",
                &format!("# About {number}\n"),
            ),
        }
    }
}

fn number(name: &str, without: usize) -> usize {
    std::env::var(name)
        .ok()
        .map_or(without, |number| number.parse().unwrap())
}

/// `BURSTS=1000 PATIENCE=1000 cargo test --release --test suite -- serve::after_a_burst` makes as
/// many bursts, and gives each so many milliseconds.
#[test]
fn after_a_burst_everything_is_served_as_it_is_built() {
    let patience = Duration::from_millis(number("PATIENCE", 20_000) as u64);
    let folder = folder();
    let served = folder.serve(&[]);
    let mut dice = Dice(7);
    for number in 0..number("BURSTS", 12) {
        burst(&folder, &mut dice);
        let end = Instant::now() + patience;
        let built = built(&folder);
        let mut stale = difference(&served, &built);
        while stale.is_some() && Instant::now() < end {
            stale = difference(&served, &built);
        }
        assert_eq!(stale, None, "after burst {number}");
    }
}

/// `REBUILDS=10000 cargo test --release --test suite -- serve::memory` makes as many rebuilds.
#[test]
fn memory_stays_flat() {
    let rebuilds = number("REBUILDS", 60);
    let folder = folder();
    let served = folder.serve(&[]);
    let mut early = None;
    for number in 0..rebuilds {
        folder.write("content/articles/a.md", format!("+++\ntitle = \"First\"\ndescription = \"{number}\"\n+++\nText {number}.\n\n## More\n"));
        served.until("/articles/a/", |answer| {
            answer.text().contains(&format!("Text {number}."))
        });
        if number == rebuilds / 5 {
            early = served.memory();
        }
    }
    if let (Some(early), Some(late)) = (early, served.memory()) {
        assert!(
            late < early + 16 * 1024,
            "{early} KiB became {late} KiB in {rebuilds} rebuilds"
        );
    }
}

const OWN_HEADERS: &str = "/*\n  Content-Security-Policy: script-src 'none'; connect-src 'none'\n  Cache-Control: public\n  Access-Control-Allow-Origin: *\n/articles/*\n  X-Mine: yes\n";

#[test]
fn the_headers_of_the_site_are_sent() {
    let folder = folder();
    let served = folder.serve(&[]);
    let policy = |answer: &Answer| -> String {
        answer
            .header("content-security-policy")
            .unwrap_or_default()
            .to_owned()
    };
    let usual = policy(&served.get("/articles/a/"));
    let origin = format!("http://{}", served.address);
    for part in [
        "default-src 'none'; script-src 'self'; style-src 'self';",
        &format!("script-src-elem 'self' {origin}/.rungs/preview.js"),
        &format!("connect-src 'self' {origin}/.rungs/events {origin}/articles/a/"),
    ] {
        assert!(usual.contains(part), "{part}: {usual}");
    }
    let missing = served.get("/nothing/");
    assert!(missing.status == 404 && policy(&missing).contains("default-src 'none'"));
    assert_eq!(
        served.get("/").header("referrer-policy"),
        Some("strict-origin-when-cross-origin")
    );

    folder.write("static/_headers", OWN_HEADERS);
    let mine = served.until("/articles/a/", |answer| answer.header("x-mine").is_some());
    assert_eq!(
        policy(&mine),
        format!(
            "script-src 'none'; connect-src {origin}/.rungs/events {origin}/articles/a/; script-src-elem {origin}/.rungs/preview.js"
        )
    );
    assert_eq!(mine.header("cache-control"), Some("no-store"));
    assert_eq!(mine.header("access-control-allow-origin"), None);
    assert_eq!(served.get("/").header("x-mine"), None);

    let config = folder.files("")["site.toml"].clone();
    let config = String::from_utf8(config).unwrap() + "\n[publish]\nhost = \"github\"\n";
    folder.write("site.toml", config);
    served.until("/articles/a/", |answer| policy(answer).is_empty());
}

#[test]
fn the_page_of_a_broken_file_that_was_never_seen_shows_the_mistake() {
    let folder = folder();
    folder.write("content/roles/welder/role.toml", "title =\n");
    folder.write("content/articles/new.md", "+++\ntitle = \n+++\nText.\n");
    let served = folder.serve(&[]);
    for (path, place) in [
        ("/roles/welder/", "content/roles/welder/role.toml:1:"),
        ("/roles/welder/salary/", "content/roles/welder/role.toml:1:"),
        ("/articles/new/", "content/articles/new.md:2:"),
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 500, "{path}");
        let text = answer.text();
        assert!(text.contains(place), "{path}: {text}");
        assert_eq!(text.matches("<li>").count(), 1, "{path}: {text}");
    }
    assert_eq!(served.get("/roles/nobody/").status, 404);
    folder.write(
        "content/articles/new.md",
        "+++\ntitle = \"New\"\n+++\nText.\n",
    );
    served.until("/articles/new/", |answer| answer.status == 200);
}
