//! Pictures that are drawn: those for shared links, and icons.

use std::convert::Infallible;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rungs::digest::Digest;
use rungs::inputs::Inputs;
use rungs::path::{OutPath, SourcePath};
use rungs::pipeline::{self, Before, Published, Request, Sink};
use rungs::watch::Watch;

use crate::harness::{Built, Site};

const ROLE: &str = "\
=== content/roles/nurse/role.toml
title = \"Registered Nurse\"
category = \"work\"

[figures]
source = \"editors\"
as_of = \"2026\"
currency = \"USD\"
period = \"year\"

[[levels]]
id = \"one\"
title = \"Nurse\"
salary = { min = 60000, max = 80000 }
";

fn drawn() -> Site {
    let mut site = Site::from(ROLE);
    site.replace("site.toml", "og_images = false\nicons = false\n", "");
    site
}

/// Width and height of a PNG.
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

fn content<'b>(built: &'b Built, page: &str, name: &str) -> Option<&'b str> {
    let (_, after) = built
        .page(page)
        .split_once(&format!("=\"{name}\" content=\""))?;
    after.split('"').next()
}

#[test]
fn every_page_points_at_the_picture_of_its_role_or_of_the_site() {
    let built = drawn().build().clean();
    let pages = [
        ("index.html", "share.png"),
        ("roles/nurse/index.html", "roles/nurse/share.png"),
        ("roles/nurse/salary/index.html", "roles/nurse/share.png"),
    ];
    for (page, picture) in pages {
        assert_eq!(
            content(&built, page, "og:image").unwrap(),
            format!("https://example.com/{picture}")
        );
        assert_eq!(
            (
                content(&built, page, "og:image:width"),
                content(&built, page, "og:image:height")
            ),
            (Some("1200"), Some("630")),
            "{page}"
        );
        assert_eq!(size(&built.files[picture]), (1200, 630));
        assert!(
            built.files[picture].len() < 60_000,
            "{} bytes",
            built.files[picture].len()
        );
        assert_eq!(
            content(&built, page, "twitter:card"),
            Some("summary_large_image")
        );
    }
    assert_eq!(
        content(&built, "roles/nurse/index.html", "og:image:alt"),
        Some("Registered Nurse · Test")
    );
    assert_ne!(
        built.files["share.png"],
        built.files["roles/nurse/share.png"]
    );
}

#[test]
fn a_picture_of_the_authors_comes_first_and_its_file_takes_the_place_of_a_drawn_one() {
    let png = drawn().build_once().files["icon-192.png"].clone();
    let mut site = drawn();
    site.edit("content/roles/nurse/share.png", &png);
    let built = site.build().clean();
    assert_eq!(built.files["roles/nurse/share.png"], png);
    assert_eq!(
        content(&built, "roles/nurse/index.html", "og:image:width"),
        Some("192")
    );
    site.delete("content/roles/nurse/share.png")
        .edit("static/brand.png", &png)
        .replace("site.toml", "base_url", "image = \"brand.png\"\nbase_url");
    let built = site.build().clean();
    assert!(!built.has("share.png") && built.has("roles/nurse/share.png"));
    assert_eq!(
        content(&built, "index.html", "og:image"),
        Some("https://example.com/brand.png")
    );
    site.replace("site.toml", "base_url", "og_images = false\nbase_url");
    let built = site.build().clean();
    assert!(!built.has("roles/nurse/share.png"));
    assert_eq!(
        content(&built, "roles/nurse/index.html", "og:image"),
        Some("https://example.com/brand.png")
    );
    site.replace("site.toml", "image = \"brand.png\"\n", "");
    let built = site.build().clean();
    assert_eq!(
        (
            content(&built, "index.html", "og:image"),
            content(&built, "index.html", "twitter:card")
        ),
        (None, Some("summary"))
    );
}

#[test]
fn what_a_picture_shows_decides_its_bytes() {
    let mut site = drawn();
    let before = site.build().clean().files["roles/nurse/share.png"].clone();
    site.replace(
        "content/roles/nurse/role.toml",
        "max = 80000",
        "max = 90000",
    );
    let other_pay = site.build().clean().files["roles/nurse/share.png"].clone();
    site.replace(
        "content/roles/nurse/role.toml",
        "title = \"Nurse\"",
        "title = \"Staff Nurse\"",
    );
    let other_level = site.build().clean().files["roles/nurse/share.png"].clone();
    assert!(before != other_pay && other_pay == other_level);
    site.edit("templates/share.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 21'><text y='9' font-size='9'>{{ share.title[0] }}</text></svg>");
    let own = site.build().clean().files["roles/nurse/share.png"].clone();
    assert_eq!(size(&own), (1200, 630));
    assert_ne!(own, other_level);
}

#[test]
fn a_title_that_the_fonts_lack_leaves_a_picture_without_it_and_a_long_one_fits() {
    let mut site = drawn();
    let titled = |site: &mut Site, title: &str| {
        site.edit(
            "content/roles/nurse/role.toml",
            ROLE.split_once('\n')
                .unwrap()
                .1
                .replace("Registered Nurse", title),
        );
        site.build_once().clean().files["roles/nurse/share.png"].clone()
    };
    let [japanese, arabic, mixed] =
        ["看護師", "ممرض", "Nurse (看護師)"].map(|title| titled(&mut site, title));
    assert!(
        japanese == arabic && arabic == mixed,
        "letters that no font has are not drawn, whichever they are"
    );
    let ninety = "Senior Principal Platform Reliability and Developer Experience Engineering Manager (EMEA)!";
    let (long, short) = (titled(&mut site, ninety), titled(&mut site, "Nurse"));
    assert!(
        long.len() < 60_000 && long.len() > short.len(),
        "{} {}",
        long.len(),
        short.len()
    );
    assert_ne!(long, japanese);
}

#[test]
fn icons_of_every_size_come_from_one_svg() {
    let mut site = drawn();
    let built = site.build().clean();
    for (name, side) in [
        ("apple-touch-icon.png", 180),
        ("icon-192.png", 192),
        ("icon-512.png", 512),
    ] {
        assert_eq!(size(&built.files[name]), (side, side), "{name}");
    }
    assert_eq!(built.files["favicon.ico"][..8], [0, 0, 1, 0, 1, 0, 32, 32]);
    assert_eq!(size(&built.files["favicon.ico"][22..]), (32, 32));
    let manifest: serde_json::Value = serde_json::from_str(built.page("site.webmanifest")).unwrap();
    assert_eq!(
        (&manifest["name"], &manifest["icons"][1]["src"]),
        (&"Test".into(), &"icon-512.png".into())
    );
    let links = |built: &Built| {
        let dom = built.dom("roles/nurse/index.html");
        dom.all("link")
            .map(|link| (link.attr("rel").to_owned(), link.attr("href").to_owned()))
            .collect::<Vec<_>>()
    };
    let of = |links: &[(String, String)], rel: &str| {
        links
            .iter()
            .filter(|(known, _)| known == rel)
            .map(|(_, href)| href.clone())
            .collect::<Vec<_>>()
    };
    let found = links(&built);
    assert_eq!(
        of(&found, "apple-touch-icon"),
        ["../../apple-touch-icon.png"]
    );
    assert_eq!(of(&found, "manifest"), ["../../site.webmanifest"]);
    assert_eq!(of(&found, "icon").len(), 2);

    site.edit("static/favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path fill='red' d='M0 0h9v9H0z'/></svg>");
    let own = site.build().clean();
    assert!(
        [
            "favicon.ico",
            "apple-touch-icon.png",
            "icon-192.png",
            "icon-512.png"
        ]
        .iter()
        .all(|name| own.files[*name] != built.files[*name])
    );
    // A site with an icon of its own and no SVG gets nothing of the theme's beside it.
    site.delete("static/favicon.svg")
        .edit("static/favicon.ico", "mine");
    let own = site.build().clean();
    assert_eq!(own.page("favicon.ico"), "mine");
    assert!(!own.has("icon-192.png") && !own.has("site.webmanifest"));
    assert_eq!(
        links(&own)
            .iter()
            .filter(|(rel, _)| rel.contains("icon") || rel == "manifest")
            .count(),
        1
    );
}

/// Counts what is drawn.
#[derive(Default)]
struct Count(AtomicUsize);

impl Watch for Count {
    fn picture(&self, draw: &mut dyn FnMut()) {
        self.0.fetch_add(1, Ordering::Relaxed);
        draw();
    }
}

/// Throws files away, but knows their digests.
#[derive(Default)]
struct Seen(Mutex<rungs::ordered::Map<OutPath, Digest>>);

impl Sink for Seen {
    type Error = Infallible;

    fn file(&mut self, path: &OutPath, digest: Digest, _: Option<&[u8]>) -> Result<(), Infallible> {
        self.0.lock().unwrap().insert(path.clone(), digest);
        Ok(())
    }
}

#[test]
fn a_picture_is_drawn_once_and_for_a_check_never() {
    let mut site = drawn();
    let memo = site.fresh();
    let run = |site: &Site, published: Published<'_>| {
        let files = site
            .files
            .iter()
            .map(|(path, bytes)| (SourcePath::new(path).unwrap(), bytes.as_slice().into()))
            .collect();
        let (count, mut seen) = (Count::default(), Seen::default());
        let before = Before {
            memo: memo.memo(),
            published,
        };
        let inputs = Inputs::in_memory(files);
        let request = Request::new(&inputs, &site.options);
        let Ok(built) = pipeline::build(request, before, &count, &mut seen);
        let outcome = built.outcome;
        assert!(!outcome.failed);
        assert_eq!(outcome.drawn, count.0.load(Ordering::Relaxed));
        (outcome.drawn, seen.0.into_inner().unwrap())
    };
    assert_eq!(run(&site, Published::All).0, 0);
    let (count, files) = run(&site, Published::These(&Default::default()));
    assert_eq!(count, 6);
    site.edit("content/more.md", "Text.\n");
    assert_eq!(
        run(&site, Published::These(&files)).0,
        0,
        "another page draws nothing"
    );
    site.replace(
        "content/roles/nurse/role.toml",
        "max = 80000",
        "max = 90000",
    );
    assert_eq!(
        run(&site, Published::These(&files)).0,
        1,
        "another figure draws one picture"
    );
    let mut less = files.clone();
    less.retain(|path, _| path.as_str() != "icon-192.png");
    assert_eq!(
        run(&site, Published::These(&less)).0,
        2,
        "what is lost is drawn again, and what was not kept"
    );
}
