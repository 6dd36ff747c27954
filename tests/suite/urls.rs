//! Addresses: sub-paths, permalinks, aliases and redirects. Every link of every page leads to a
//! file of the output.

use std::collections::BTreeMap;

use crate::harness::{Built, Dom, Site};

/// A bit of everything.
const CONTENT: &str = "
=== content/news/_index.md
+++
title = \"News\"
paginate_by = 1
+++
=== content/news/a.md
+++
date = 2026-01-01
aliases = [\"/old/a.html\", \"older\"]
tags = [\"T\"]
image = \"a.svg\"
+++
[The ladder](../roles/nurse/ladder.md#b), ![a picture](a.svg), [itself](#top), [a file](/data/x.txt).
=== content/news/a.svg
<svg width=\"1\" height=\"1\"></svg>
=== content/news/b.md
+++
date = 2026-01-02
+++
B.
=== content/roles/nurse/role.toml
title = \"Nurse\"
category = \"work\"
aliases = [\"/nurse/\"]
[[levels]]
id = \"a\"
title = \"A\"
skills = [\"sql\"]
salary = { min = 1000, max = 2000, currency = \"USD\", period = \"year\", source = \"editors\" }
[[levels]]
id = \"b\"
title = \"B\"
[[skills]]
name = \"SQL\"
=== static/data/x.txt
x
";

fn site(toml: &str) -> Site {
    let mut site = Site::from(CONTENT);
    site.edit("site.toml", format!("title = \"Test\"\n{toml}\n"));
    site
}

/// Where a link of a page leads, as a path of the host; none for another host.
fn target(link: &str, page: &str, origin: &str) -> Option<String> {
    let link = link.split(['#', '?']).next().unwrap();
    if let Some(rest) = link.strip_prefix(origin) {
        return Some(rest.to_owned());
    }
    if link.contains(':') || link.starts_with("//") {
        return None;
    }
    if link.starts_with('/') {
        return Some(link.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let mut is_folder = link.is_empty() && page.ends_with('/');
    for part in link.split('/') {
        is_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    if link.is_empty() {
        return Some(page.to_owned());
    }
    Some(parts.join("/") + if is_folder { "/" } else { "" })
}

/// Every address in every page leads to a file, when the output lies below `mount` of the host.
fn check_links(built: &Built, mount: &str, origin: &str) {
    let files: BTreeMap<String, &Vec<u8>> = built
        .files
        .iter()
        .map(|(path, bytes)| (format!("{mount}{path}"), bytes))
        .collect();
    let mut checked = 0;
    for (path, bytes) in built
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".html") && *path != "404.html")
    {
        let address = format!("{mount}{}", path.strip_suffix("index.html").unwrap_or(path));
        let dom = Dom::parse(std::str::from_utf8(bytes).unwrap());
        for link in dom.addresses() {
            let Some(target) = target(link, &address, origin) else {
                continue;
            };
            let target = percent_encoding_free(&target);
            let file = if target.ends_with('/') {
                format!("{target}index.html")
            } else {
                target.clone()
            };
            assert!(
                files.contains_key(&file),
                "{path}: {link} leads to {target}, where nothing is"
            );
            checked += 1;
        }
        // The page that sends readers on does it by another attribute.
        for meta in dom
            .all("meta")
            .filter(|meta| meta.attr("http-equiv") == "refresh")
        {
            let link = meta.attr("content").split_once("url=").unwrap().1;
            let Some(target) = target(link, &address, origin) else {
                continue;
            };
            let file = if target.ends_with('/') {
                format!("{target}index.html")
            } else {
                target
            };
            assert!(
                files.contains_key(&file),
                "{path} sends readers to {link}, where nothing is"
            );
        }
    }
    assert!(checked > 50, "{checked} links");
}

fn percent_encoding_free(path: &str) -> String {
    assert!(!path.contains('%'), "{path}");
    path.to_owned()
}

#[test]
fn every_link_leads_to_a_file_at_the_root_and_below_a_path() {
    for (base, mount) in [
        ("https://example.com/", "/"),
        ("https://example.com/careers/", "/careers/"),
        ("https://example.com/a/b", "/a/b/"),
    ] {
        let built = site(&format!("base_url = \"{base}\"")).build().clean();
        check_links(&built, mount, "https://example.com");
    }
}

#[test]
fn a_moved_folder_still_holds_together() {
    // Canonical links and feeds name the host: elsewhere only relative links count.
    let built = site("base_url = \"https://example.com/careers/\"")
        .build()
        .clean();
    check_links(&built, "/another/place/", "no origin");
    check_links(&built, "/", "no origin");
}

#[test]
fn the_same_site_below_another_path_is_the_same_but_for_whole_addresses() {
    let root = site("base_url = \"https://example.com/\"").build().clean();
    let below = site("base_url = \"https://example.com/careers/\"")
        .build()
        .clean();
    for (path, bytes) in &root.files {
        let moved = String::from_utf8_lossy(&below.files[path])
            .replace("https://example.com/careers/", "https://example.com/");
        let moved = if path.ends_with("index.json") || path == "404.html" {
            moved.replace("\"/careers/", "\"/")
        } else {
            moved
        };
        assert_eq!(moved, String::from_utf8_lossy(bytes), "{path}");
    }
}

#[test]
fn whole_addresses_have_the_host_and_the_path() {
    let built = site("base_url = \"https://example.com/careers/\"")
        .build()
        .clean();
    let dom = built.dom("news/a/index.html");
    let canonical = dom
        .all("link")
        .find(|link| link.attr("rel") == "canonical")
        .unwrap();
    assert_eq!(
        canonical.attr("href"),
        "https://example.com/careers/news/a/"
    );
    let property = |name: &str| {
        dom.all("meta")
            .find(|meta| meta.attr("property") == name)
            .map(|meta| meta.attr("content").to_owned())
            .unwrap()
    };
    assert_eq!(property("og:url"), "https://example.com/careers/news/a/");
    assert!(property("og:image").starts_with("https://example.com/careers/"));
    assert!(
        built
            .page("feed.xml")
            .contains("<id>https://example.com/careers/news/a/</id>")
    );
    assert!(
        built
            .page("sitemap.xml")
            .contains("<loc>https://example.com/careers/roles/nurse/</loc>")
    );
    assert!(
        built
            .page("robots.txt")
            .contains("https://example.com/careers/sitemap.xml")
    );
    // A page that answers at any address cannot have relative links, nor may it send a preview on
    // another host to the site.
    assert!(
        built
            .dom("404.html")
            .addresses()
            .iter()
            .all(|link| link.starts_with("/careers/") || link.starts_with('#'))
    );
}

#[test]
fn the_base_address_can_be_said_at_the_command() {
    let folder = site("base_url = \"https://example.com/\"").on_disk();
    folder
        .run(&["build", "--base-url", "https://preview.example.net/x/"])
        .exits(0);
    let page = std::fs::read_to_string(folder.path("public/news/a/index.html")).unwrap();
    assert!(
        page.contains("https://preview.example.net/x/news/a/")
            && !page.contains("example.com/news")
    );
}

#[test]
fn aliases_and_redirects_send_readers_on() {
    let redirects = "base_url = \"https://example.com/careers/\"\n[[redirects]]\nfrom = \"/moved\"\nto = \"roles/nurse/ladder.md#b\"\n[[redirects]]\nfrom = \"/left/\"\nto = \"https://example.org/?a=1&b=2\"\n[[redirects]]\nfrom = \"file.pdf\"\nto = \"/data/x.txt\"\n";
    let built = site(redirects).build().clean();
    for (path, link, canonical) in [
        (
            "old/a.html",
            "../news/a/",
            "https://example.com/careers/news/a/",
        ),
        (
            "older/index.html",
            "../news/a/",
            "https://example.com/careers/news/a/",
        ),
        (
            "nurse/index.html",
            "../roles/nurse/",
            "https://example.com/careers/roles/nurse/",
        ),
        (
            "moved/index.html",
            "../roles/nurse/ladder/#b",
            "https://example.com/careers/roles/nurse/ladder/#b",
        ),
        (
            "left/index.html",
            "https://example.org/?a=1&b=2",
            "https://example.org/?a=1&b=2",
        ),
        (
            "file.pdf/index.html",
            "../data/x.txt",
            "https://example.com/careers/data/x.txt",
        ),
    ] {
        let dom = built.dom(path);
        let refresh = dom
            .all("meta")
            .find(|meta| meta.attr("http-equiv") == "refresh")
            .unwrap();
        assert_eq!(refresh.attr("content"), format!("0; url={link}"), "{path}");
        assert_eq!(dom.all("a").next().unwrap().attr("href"), link);
        assert_eq!(
            dom.all("link")
                .find(|link| link.attr("rel") == "canonical")
                .unwrap()
                .attr("href"),
            canonical
        );
        assert!(
            dom.all("meta")
                .any(|meta| meta.attr("content") == "noindex")
        );
        assert!(!built.page("sitemap.xml").contains(&format!(
            "/careers/{}<",
            path.trim_end_matches("index.html")
        )));
    }
    check_links(&built, "/careers/", "https://example.com");
}

#[test]
fn addresses_can_end_in_html() {
    let built = site("base_url = \"https://example.com/careers/\"\nugly_urls = true")
        .build()
        .clean();
    for path in [
        "index.html",
        "news/a.html",
        "news.html",
        "roles/nurse.html",
        "roles/nurse/ladder.html",
        "roles.html",
        "skills/sql.html",
        "404.html",
    ] {
        assert!(
            built.has(path),
            "{path} is not among {:?}",
            built.files.keys()
        );
    }
    assert!(
        built.files.keys().all(|path| !path.ends_with("/index.html")
            || path == "older/index.html"
            || path == "nurse/index.html"),
        "{:?}",
        built.files.keys()
    );
    check_links(&built, "/careers/", "https://example.com");
    assert!(built.page("news/a.html").contains("src=\"a.svg\"") && built.has("news/a.svg"));
}

#[test]
fn permalinks_say_where_each_kind_lives() {
    let built = site("base_url = \"https://example.com/\"\n[permalinks]\nrole = \"/{category}/{slug}/\"\nskill = \"/know/{slug}.html\"\nsalary = \"/pay/{slug}/\"\nroles = \"/all/\"\narticle = \"/read/{slug}/\"").build();
    assert!(!built.failed, "{}", built.said());
    for path in [
        "work/nurse/index.html",
        "work/nurse/ladder/index.html",
        "know/sql.html",
        "pay/nurse/index.html",
        "all/index.html",
    ] {
        assert!(
            built.has(path),
            "{path} is not among {:?}",
            built.files.keys()
        );
    }
    check_links(&built, "/", "https://example.com");
}

#[test]
fn names_that_are_not_plain_are_encoded_in_links() {
    let mut site = Site::from(
        "=== content/a.md\n[one](<b c & 'd'.md>)\n=== content/b c & 'd'.md\n+++\nslug = \"gr\u{fc}\u{df}e & 'mehr'\"\n+++\nText.\n",
    );
    let built = site.build().clean();
    let path = "gr\u{fc}\u{df}e & 'mehr'/index.html";
    assert!(built.has(path), "{:?}", built.files.keys());
    let dom = built.dom("a/index.html");
    let main = dom.all("main").next().unwrap();
    let link = dom
        .inside(main)
        .find(|element| element.name == "a" && element.text == "one")
        .unwrap();
    assert_eq!(link.attr("href"), "../gr%C3%BC%C3%9Fe%20%26%20%27mehr%27/");
    assert_eq!(
        built
            .dom(path)
            .all("link")
            .find(|link| link.attr("rel") == "canonical")
            .unwrap()
            .attr("href"),
        "https://example.com/gr%C3%BC%C3%9Fe%20%26%20%27mehr%27/"
    );
    site.options.base_url = Some("https://example.org/".into());
    site.build().clean();
}
