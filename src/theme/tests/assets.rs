//! Files of `static/` and their names.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use super::{load, load_as, load_in};
use crate::config::Minify;
use crate::digest::Digest;
use crate::memo::{Memo, Table};
use crate::minify::{self, Language};
use crate::theme::Content;
use crate::theme::assets::remembered;

/// `out path = name in site.assets`
fn published(name: &str, files: &[(&str, &str)]) -> Vec<String> {
    let site = load(name, files);
    site.fine()
        .assets
        .files
        .iter()
        .map(|asset| asset.out.to_string())
        .collect()
}

fn text(site: &super::Loaded, name: &str) -> String {
    let theme = site.theme.as_ref().unwrap();
    let url = &theme.assets.urls[name];
    let asset = theme
        .assets
        .files
        .iter()
        .find(|asset| url.ends_with(asset.out.as_str()))
        .unwrap();
    let bytes = asset.bytes(&site.inputs).unwrap();
    assert_eq!(
        asset.digest,
        Digest::of(&bytes),
        "the digest is that of what is written"
    );
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A name with its fingerprint as `#`.
fn plain(name: &str) -> String {
    let parts: Vec<&str> = name
        .split('.')
        .map(|part| {
            if part.len() == 8 && part.chars().all(|c| c.is_ascii_hexdigit()) {
                "#"
            } else {
                part
            }
        })
        .collect();
    parts.join(".")
}

#[test]
fn files_of_a_theme_have_fingerprints_and_those_of_the_site_have_not() {
    let files = [
        ("static/logo.svg", "<svg/>"),
        ("static/css/main.css", "p{}"),
        ("static/downloads/a.pdf", "%PDF"),
        ("themes/m/static/css/main.css", "a{}"),
        ("themes/m/static/img/x.png", "png"),
        ("themes/m/static/favicon.ico", "i"),
        ("themes/m/static/robots.txt", "r"),
        ("themes/m/static/.well-known/x.js", "w"),
        ("themes/m/static/sw.js", "w"),
        ("themes/m/static/_headers", "w"),
    ];
    let names: Vec<String> = published("m", &files)
        .iter()
        .map(|name| plain(name))
        .collect();
    assert_eq!(
        names,
        [
            ".well-known/x.js",
            "_headers",
            "css/main.#.css",
            "downloads/a.pdf",
            "favicon.ico",
            "img/x.#.png",
            "logo.svg",
            "robots.txt",
            "sw.js"
        ]
    );
    let site = load_in("en", "/sub/", "m", &files);
    let urls = &site.fine().assets.urls;
    assert_eq!(urls["logo.svg"], "/sub/logo.svg");
    assert_eq!(plain(&urls["css/main.css"]), "/sub/css/main.#.css");
    assert_eq!(
        text(&site, "css/main.css"),
        "p{}",
        "the site's file replaces the theme's, under the theme's kind of name"
    );
}

#[test]
fn references_follow_the_names() {
    let files = [
        (
            "themes/m/static/css/main.css",
            "@import \"parts/a.css\"; p{background:url(../img/x%20y.png?v#f), url('/img/x y.png'), url(data:x), url(https://e.com/a.png)}",
        ),
        (
            "themes/m/static/css/parts/a.css",
            "q{background:url('../../img/x y.png')}",
        ),
        ("themes/m/static/img/x y.png", "1"),
        (
            "themes/m/static/js/app.js",
            "import \"./lib.js\"; const t = \"lib.js\";",
        ),
        ("themes/m/static/js/lib.js", "x"),
        (
            "themes/m/static/site.webmanifest",
            "{\"src\": \"img/x y.png\"}",
        ),
    ];
    let site = load_in("en", "/sub/", "m", &files);
    site.fine();
    let urls = &site.fine().assets.urls;
    let name = |path: &str| urls[path].rsplit('/').next().unwrap().to_owned();
    let picture = name("img/x y.png");
    assert_eq!(plain(&picture), "x%20y.#.png");
    let expected = format!(
        "@import \"parts/{}\";p{{background:url(../img/{picture}?v#f),url(/sub/img/{picture}),url(data:x),url(https://e.com/a.png)}}",
        name("css/parts/a.css")
    );
    assert_eq!(text(&site, "css/main.css"), expected);
    assert_eq!(
        text(&site, "js/app.js"),
        format!("import\"./{}\";const t=`lib.js`;", name("js/lib.js"))
    );
    assert_eq!(
        text(&site, "site.webmanifest"),
        format!("{{\"src\": \"img/{picture}\"}}")
    );

    let mut changed = files;
    changed[2].1 = "2";
    let other = load_in("en", "/sub/", "m", &changed);
    let others = &other.fine().assets.urls;
    for path in ["img/x y.png", "css/parts/a.css", "css/main.css"] {
        assert_ne!(urls[path], others[path], "{path} refers to what changed");
    }
    assert_eq!(urls["js/app.js"], others["js/app.js"]);
}

#[test]
fn files_in_a_circle_keep_their_names() {
    let files = [
        (
            "themes/m/static/a.css",
            "@import 'b.css';p{background:url(x.png)}",
        ),
        ("themes/m/static/b.css", "@import 'a.css';"),
        ("themes/m/static/x.png", "x"),
        ("themes/m/static/self.css", "@import url(self.css)"),
    ];
    let names: Vec<String> = published("m", &files)
        .iter()
        .map(|name| plain(name))
        .collect();
    assert_eq!(names, ["a.css", "b.css", "self.css", "x.#.png"]);
    let site = load("m", &files);
    assert!(text(&site, "a.css").starts_with("@import 'b.css';p{background:url(x."));
}

#[test]
fn a_reference_of_a_stylesheet_that_leads_nowhere_is_said() {
    let site = load(
        "default",
        &[
            ("static/css/a.css", "p{\nbackground:url(../img/lgo.svg)}"),
            ("static/img/logo.svg", "<svg/>"),
        ],
    );
    assert_eq!(site.reports.len(), 1);
    assert!(
        site.reports[0].starts_with(
            "static/css/a.css:2:16 `../img/lgo.svg` warning missing-file: there is no file `img/lgo.svg` in static/; did you mean `img/logo.svg`?"
        ),
        "{:?}",
        site.reports
    );
}

#[test]
fn a_name_that_no_host_can_serve_is_said() {
    let site = load(
        "default",
        &[
            ("static/con.css", "x"),
            ("static/a?.png", "x"),
            ("static/b.png", "x"),
        ],
    );
    assert_eq!(site.reports.len(), 2, "{:?}", site.reports);
    assert!(
        site.reports.iter().all(
            |report| report.contains("file-name: this file cannot be published under its name")
        )
    );
    assert_eq!(site.theme.unwrap().assets.files.len(), 1);
}

#[test]
fn bytes_of_untouched_texts_stay_as_they_are() {
    let text = "\u{feff}p{}\r\n";
    for site in [
        load("default", &[("static/a.css", text)]),
        load_as(
            Minify::Off,
            ("en", "/"),
            "default",
            &[("themes/default/static/a.css", text)],
        ),
    ] {
        let asset = &site.fine().assets.files[0];
        assert!(matches!(asset.content, Content::Input));
        assert_eq!(asset.digest, Digest::of(text.as_bytes()));
    }
}

#[test]
fn what_cannot_be_minified_stays_and_is_said_at_its_file() {
    let site = load(
        "m",
        &[
            ("themes/m/static/a.css", "p { color: red; } }"),
            ("themes/m/static/b.js", "let a = ;  // b"),
            ("themes/m/static/c.min.js", "let a = ;  // b"),
            ("static/d.css", "p { color: red; } }"),
        ],
    );
    let said = |start: &str| {
        site.reports
            .iter()
            .filter(|report| report.starts_with(start))
            .count()
    };
    assert_eq!(site.reports.len(), 2, "{:?}", site.reports);
    assert_eq!(said("themes/m/static/a.css:1:1 warning not-minified: "), 1);
    assert_eq!(said("themes/m/static/b.js:1:1 warning not-minified: "), 1);
    assert_eq!(text(&site, "a.css"), "p { color: red; } }");
    assert_eq!(text(&site, "b.js"), "let a = ;  // b");
}

#[test]
fn what_is_minified_once_is_remembered() {
    /// Counts what is asked for in vain.
    #[derive(Default)]
    struct Counting {
        values: Mutex<BTreeMap<(Table, Digest), Vec<u8>>>,
        missed: AtomicUsize,
    }
    impl Memo for Counting {
        fn get(&self, table: Table, key: Digest) -> Option<Vec<u8>> {
            let known = self.values.lock().unwrap().get(&(table, key)).cloned();
            self.missed.fetch_add(usize::from(known.is_none()), Relaxed);
            known
        }
        fn put(&self, table: Table, key: Digest, value: &[u8]) {
            let mut values = self.values.lock().unwrap();
            values.insert((table, key), value.to_vec());
        }
    }
    let memo = Counting::default();
    for (text, language) in [
        ("a { b: c }", Language::Css),
        ("a{b:c}", Language::Css),
        ("a { b: c } }", Language::Css),
        ("a = 1 ;", Language::JavaScript),
    ] {
        let first = remembered(&memo, language, text);
        let missed = memo.missed.load(Relaxed);
        assert_eq!(remembered(&memo, language, text), first);
        assert_eq!(memo.missed.load(Relaxed), missed);
        assert_eq!(first, minify::code(language, text));
    }
}
