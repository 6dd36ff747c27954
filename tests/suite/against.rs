//! `rungs check --against`: addresses that were published and are gone, and what is proposed for
//! them; and `base_url` while it is a placeholder.

use std::io::Write as _;

use serde_json::Value;

use crate::harness::{Folder, Ran, Site};

/// Every page that these tests take away, move or rename.
const SITE: &str = r#"
=== site.toml
title = "Test"
base_url = "https://careers.my-company.com/"
og_images = false
icons = false

=== content/articles/_index.md
+++
title = "Articles"
+++
All.

=== content/articles/über-uns.md
+++
title = "Über uns"
+++
Wir.

=== content/articles/plain.md
Plain words.

=== content/articles/yaml.md
---
title: "Sums"
---
Text.

=== content/articles/known.md
+++
title = "Known"
aliases = ["/was-known/"]
+++
Text.

=== content/roles/nurse/role.toml
title = "Nurse"
category = "work"
[[levels]]
id = "junior"
title = "Junior Nurse"
[[levels]]
id = "senior"
title = "Senior Nurse"

=== content/roles/nurse/ladder.md
+++
title = "The ladder of nurses"
+++
Text.

=== content/roles/welder/role.toml
title = "Welder"
category = "work"
aliases = ["/roles/smith/"]
[[levels]]
id = "junior"
title = "Junior Welder"
[[levels]]
id = "senior"
title = "Senior Welder"
"#;

/// The site with the sitemap of what was published beside it.
fn published(site: &Site) -> Folder {
    let folder = site.on_disk();
    folder.run(&["build", "--quiet"]).exits(0);
    let sitemap = std::fs::read(folder.path("public/sitemap.xml")).unwrap();
    folder.write("old.xml", sitemap);
    folder
}

fn check(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(&[&["check", "--against", "old.xml"], args].concat())
}

/// The addresses that are gone, each with the whole help.
fn gone(folder: &Folder) -> Vec<(String, String)> {
    let ran = check(folder, &["--format", "json"]).exits(0);
    let lines = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let warnings = lines.filter(|line: &Value| line["code"] == "gone-address");
    warnings
        .map(|warning| {
            let message = warning["message"].as_str().unwrap();
            let help = warning["help"].as_array().unwrap().iter();
            let help: Vec<&str> = help.map(|help| help.as_str().unwrap()).collect();
            let address = message.split('`').nth(1).unwrap();
            (address.to_owned(), help.join("\n"))
        })
        .collect()
}

fn addresses(gone: &[(String, String)]) -> Vec<&str> {
    gone.iter().map(|(address, _)| address.as_str()).collect()
}

/// Replaces a text in a file of a folder.
fn replace(folder: &Folder, path: &str, old: &str, new: &str) {
    let text = std::fs::read_to_string(folder.path(path)).unwrap();
    assert!(text.contains(old), "no {old:?} in {path}:\n{text}");
    folder.write(path, text.replacen(old, new, 1));
}

fn sitemap(addresses: &[&str]) -> String {
    let rows: String = addresses
        .iter()
        .map(|address| format!("<url><loc>{address}</loc></url>\n"))
        .collect();
    format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{rows}</urlset>\n")
}

/// Follows an advice to the letter.
fn follow(folder: &Folder, advice: &str) {
    let (_, advice) = advice.split_once("its place: ").unwrap();
    let insert = |place: &str, after: &str| {
        let (file, line) = place.split_once(": ").unwrap();
        let text = std::fs::read_to_string(folder.path(file)).unwrap();
        let first = text.split_inclusive('\n').next().unwrap();
        let text = match after {
            "" => format!("{line}\n{text}"),
            _ => text.replacen(first, &format!("{first}{line}\n"), 1),
        };
        folder.write(file, text);
    };
    if let Some(place) = advice.strip_prefix("add at the top of ") {
        insert(place, "");
    } else if let Some(place) = advice.strip_prefix("add below the first line of ") {
        insert(place, "first line");
    } else if let Some(place) = advice.strip_prefix("write at the top of ") {
        insert(&place.replacen(":\n", ": ", 1), "");
    } else if let Some(lines) = advice.strip_prefix("add to site.toml:\n") {
        let text = std::fs::read_to_string(folder.path("site.toml")).unwrap();
        folder.write("site.toml", format!("{text}\n{lines}\n"));
    } else {
        let (alias, file) = advice
            .strip_prefix("add ")
            .and_then(|rest| rest.split_once(" to `aliases` of "))
            .unwrap_or_else(|| panic!("no such advice: {advice}"));
        replace(
            folder,
            file,
            "aliases = [",
            &format!("aliases = [{alias}, "),
        );
    }
}

#[test]
fn the_sitemap_of_the_same_site_yields_nothing() {
    for base in [
        "https://careers.my-company.com/",
        "https://my-company.com/careers/",
    ] {
        let mut site = Site::from(SITE);
        site.replace("site.toml", "https://careers.my-company.com/", base);
        let folder = published(&site);
        let ran = check(&folder, &[]).exits(0).prints("none is gone");
        assert_eq!(ran.stderr, "", "{base}");
        // A build that is known from before has no plan at hand.
        let again = check(&folder, &[]).exits(0);
        assert_eq!(ran.stdout, again.stdout);
    }
}

#[test]
fn what_is_proposed_is_what_helps() {
    let folder = published(&Site::from(SITE));
    // Roles live elsewhere, articles are renamed, a page of all kinds of front matter is among them.
    replace(
        &folder,
        "site.toml",
        "icons = false\n",
        "icons = false\n[permalinks]\nhub = \"/jobs/{slug}/\"\n",
    );
    let rename = |from: &str, to: &str| {
        let path = |name: &str| folder.path(&format!("content/articles/{name}.md"));
        std::fs::rename(path(from), path(to)).unwrap();
    };
    rename("über-uns", "über-uns-alle");
    rename("plain", "plains");
    rename("yaml", "sums");
    rename("known", "knowns");
    let mut left = gone(&folder);
    let first = addresses(&left).join(" ");
    for address in [
        "/articles/über-uns/",
        "/articles/plain/",
        "/articles/known/",
        "/roles/nurse/",
        "/roles/nurse/ladder/",
        "/roles/welder/ladder/",
    ] {
        assert!(first.contains(address), "no {address} in {first}");
    }
    // Nothing is like `yaml`, and an alias is never `gone`.
    assert!(!first.contains("was-known") && !first.contains("smith"));
    let of_yaml = left
        .iter()
        .position(|(address, _)| address.contains("yaml"));
    let (_, help) = left.remove(of_yaml.unwrap());
    assert_eq!(
        help,
        "if another page took its place, name it in site.toml:\n[[redirects]]\nfrom = \"/articles/yaml/\"\nto = \"/…/\""
    );
    for (_, advice) in &left {
        follow(&folder, advice);
    }
    assert_eq!(addresses(&gone(&folder)), ["/articles/yaml/"]);
    folder.run(&["build"]).exits(0);
}

#[test]
fn what_goes_for_yaml_is_written_as_yaml() {
    let folder = published(&Site::from(SITE));
    folder.write(
        "old.xml",
        sitemap(&["https://careers.my-company.com/blog/2019/sums/"]),
    );
    let left = gone(&folder);
    assert_eq!(
        left[0].1,
        "`/articles/yaml/` seems to have taken its place: add below the first line of content/articles/yaml.md: aliases: [\"/blog/2019/sums/\"]"
    );
    follow(&folder, &left[0].1);
    assert_eq!(gone(&folder), []);
}

#[test]
fn what_is_not_published_now_is_said_with_its_reason() {
    let folder = published(&Site::from(SITE));
    replace(
        &folder,
        "content/roles/nurse/role.toml",
        "title",
        "draft = true\ntitle",
    );
    replace(
        &folder,
        "content/articles/known.md",
        "aliases",
        "date = 2027-01-01\naliases",
    );
    replace(
        &folder,
        "content/articles/über-uns.md",
        "title",
        "expires = 2026-01-01\ntitle",
    );
    folder.write(
        "old.xml",
        sitemap(
            &[
                "roles/nurse/",
                "roles/nurse/ladder/",
                "articles/known/",
                "was-known/",
                "articles/%C3%BCber-uns/",
            ]
            .map(|inner| format!("https://old.my-company.com/{inner}"))
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
        ),
    );
    let ran = check(&folder, &["--format", "short"]).exits(0);
    let said: Vec<&str> = ran
        .stderr
        .lines()
        .filter_map(|line| line.split_once("warning[gone-address]: "))
        .map(|(_, said)| said)
        .collect();
    assert_eq!(
        said,
        [
            "`/roles/nurse/` was published, and content/roles/nurse/role.toml is a draft now",
            "`/roles/nurse/ladder/` was published, and content/roles/nurse/role.toml is a draft now",
            "`/articles/known/` was published, and content/articles/known.md appears on 2027-01-01",
            "`/was-known/` was published, and content/articles/known.md appears on 2027-01-01",
            "`/articles/über-uns/` was published, and content/articles/über-uns.md expired on 2026-01-01",
        ]
    );
    let with_drafts = check(&folder, &["--drafts", "--future", "--format", "short"]).exits(0);
    assert_eq!(with_drafts.stderr.matches("gone-address").count(), 1);
}

#[test]
fn a_removed_role_has_no_successor_that_is_alike_by_chance() {
    let folder = published(&Site::from(SITE));
    std::fs::remove_dir_all(folder.path("content/roles/nurse")).unwrap();
    let left = gone(&folder);
    assert!(
        addresses(&left).contains(&"/roles/nurse/ladder/"),
        "{left:?}"
    );
    for (address, help) in &left {
        assert!(
            address.contains("nurse") && help.starts_with("if another page took its place"),
            "{address}: {help}"
        );
    }
}

#[test]
fn addresses_are_compared_as_hosts_read_them() {
    let folder = published(&Site::from(SITE));
    folder.write("content/data.json", "{}");
    folder.write("static/film.mp4", "film");
    let there = [
        "http://www.old-company.com/roles/nurse/",
        "https://careers.my-company.com/roles/nurse",
        "https://careers.my-company.com/roles/nurse/index.html",
        "https://careers.my-company.com/articles/%c3%bcber-uns/?utm=1#top",
        "https://careers.my-company.com/articles/u%CC%88ber-uns/",
        "https://careers.my-company.com",
        "https://careers.my-company.com/was-known/",
        "https://careers.my-company.com/film.mp4",
    ];
    folder.write("old.xml", sitemap(&there));
    assert_eq!(gone(&folder), []);
    // One address that is written in two ways is one.
    let twice = ["https://a.com/x/y", "https://b.com/x/y/?z"];
    folder.write("old.xml", sitemap(&[&there[..2], &twice].concat()));
    assert_eq!(addresses(&gone(&folder)), ["/x/y"]);
}

#[test]
fn what_no_alias_can_have_is_for_the_host() {
    let folder = published(&Site::from(SITE));
    let host = "https://careers.my-company.com";
    let old = ["/Roles/Nurse/", "/guide.pdf", "/a:b/", "/über.php"].map(|it| format!("{host}{it}"));
    folder.write("old.xml", sitemap(&old.each_ref().map(String::as_str)));
    let left = gone(&folder);
    for (_, help) in &left {
        assert!(help.ends_with("write a rule for your host"), "{help}");
    }
    assert_eq!(
        left[0].1,
        "many file systems take it for roles/nurse/index.html, so that no alias can have it: to send readers on to `/roles/nurse/`, write a rule for your host"
    );
    // Such rules count.
    folder.write(
        "static/_redirects",
        "/Roles/* /roles/:splat 301\n/guide.pdf /articles/ 301\n/a:b/ /\n",
    );
    assert_eq!(addresses(&gone(&folder)), ["/über.php"]);
}

#[test]
fn another_base_path_is_said_once() {
    let folder = published(&Site::from(SITE));
    replace(
        &folder,
        "site.toml",
        "https://careers.my-company.com/",
        "https://my-company.com/careers/",
    );
    let ran = check(&folder, &[]).exits(0).prints("none is gone");
    let said = "warning[gone-address]: the site lived at `/` and lives at `/careers/` now: what follows is compared";
    assert_eq!(ran.stderr.matches("warning[").count(), 1);
    assert!(ran.stderr.contains(said), "{ran:?}");
    // What lies beside the site is another one's.
    let host = "https://my-company.com";
    let old = [
        "/careers/",
        "/careers/roles/nurse/",
        "/careers/gone/",
        "/shop/",
        "/imprint/",
    ];
    let old = old.map(|inner| format!("{host}{inner}"));
    folder.write("old.xml", sitemap(&old.each_ref().map(String::as_str)));
    let ran = check(&folder, &["--format", "short"]).exits(0);
    assert_eq!(
        ran.stderr,
        "old.xml:4:11: warning[gone-address]: `/gone/` was published, and nothing is there now\n\
         old.xml:5:11: warning[gone-address]: 2 addresses, such as `/shop/`, are not compared: they are outside `/careers/`, where the site lives\n\
         2 warnings\n"
    );
}

#[test]
fn an_index_has_its_parts_beside_it() {
    let folder = published(&Site::from(SITE));
    let host = "https://careers.my-company.com";
    let index = |parts: &[&str]| {
        let rows: String = parts
            .iter()
            .map(|part| format!("<sitemap><loc>{host}/{part}</loc></sitemap>\n"))
            .collect();
        folder.write(
            "old/index.xml",
            format!("<sitemapindex>\n{rows}</sitemapindex>\n"),
        );
    };
    let check = || folder.run(&["check", "--against", "old/index.xml", "--format", "short"]);
    folder.write("old/pages.xml", sitemap(&[&format!("{host}/one/")]));
    folder.write("old/roles.xml", sitemap(&[&format!("{host}/two/")]));
    index(&["pages.xml", "deep/roles.xml.gz"]);
    let ran = check()
        .exits(0)
        .prints("Compared 2 addresses of old/index.xml: 2 gone");
    assert_eq!(
        ran.stderr,
        "old/pages.xml:2:11: warning[gone-address]: `/one/` was published, and nothing is there now\n\
         old/roles.xml:2:11: warning[gone-address]: `/two/` was published, and nothing is there now\n\
         2 warnings\n"
    );
    // Parts of one name are told apart by their folders, and none is the index.
    index(&["en/pages.xml", "de/pages.xml", "index.xml"]);
    check()
        .exits(1)
        .says("old/index.xml:3:15: error[bad-sitemap]: the part pages.xml of this index is not beside it")
        .says("old/index.xml:4:15: error[bad-sitemap]");
    folder.write("old/de/pages.xml", sitemap(&[&format!("{host}/drei/")]));
    index(&["en/pages.xml", "de/pages.xml"]);
    check().exits(0).says("old/de/pages.xml:2:11");
    // No part is read from above the index.
    index(&["../site.toml"]);
    check().exits(1).says("is no address of a sitemap");
    folder.write(
        "old/inner.xml",
        "<sitemapindex><sitemap><loc>https://a.com/x.xml</loc></sitemap></sitemapindex>",
    );
    index(&["inner.xml"]);
    check()
        .exits(1)
        .says("error[bad-sitemap]: this part of an index is an index itself");
}

#[test]
fn what_is_no_file_of_a_sitemap_is_refused_with_the_next_step() {
    let folder = Site::from(SITE).on_disk();
    let against = |name: &str| folder.run(&["check", "--against", name]).exits(2);
    against("https://careers.my-company.com/sitemap.xml")
        .says("--against takes a file, not the address")
        .says("`curl -fsSo old-sitemap.xml https://careers.my-company.com/sitemap.xml`");
    against("https://a.com/?a&b").says("`curl -fsSo old-sitemap.xml 'https://a.com/?a&b'`");
    against("none.xml")
        .says("there is no none.xml")
        .says("curl -fsSo");
    against("content").says("content is a folder, no sitemap");
    folder.write("public/sitemap.xml", "");
    against("public").says("name the file in it: --against public/sitemap.xml");
    let mut packed = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
    packed
        .write_all(sitemap(&["https://a.com/"]).as_bytes())
        .unwrap();
    folder.write("old.xml.gz", packed.finish().unwrap());
    against("old.xml.gz")
        .says("old.xml.gz is compressed")
        .says("`gunzip < old.xml.gz > old.xml`");
    let json = folder
        .run(&["check", "--against", "none.xml", "--format", "json"])
        .exits(2);
    let failure: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (&failure["type"], &failure["exit"]),
        (&"failure".into(), &2.into())
    );
}

#[test]
fn a_file_that_is_no_sitemap_is_one_error_with_its_place() {
    let folder = Site::from(SITE).on_disk();
    let deep = format!("<urlset>{}", "<url>".repeat(100_000));
    for (text, said) in [
        ("", "1:1: error[bad-sitemap]: this file is empty"),
        (
            "<urlset>\n<url><loc>https://a.com/</loc>\n",
            "2:31: error[bad-sitemap]: this is no whole XML",
        ),
        (
            "<rss version='2'>\n</rss>",
            "1:1: error[bad-sitemap]: this XML is no sitemap: its root is <rss>",
        ),
        ("just words", "1:1: error[bad-sitemap]: this is no XML"),
        (
            "<urlset><url>&what;</url></urlset>",
            "1:14: error[bad-sitemap]: this is no XML",
        ),
        (
            "<?xml version='1.0'?>\n<!DOCTYPE urlset [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]>\n<urlset>&b;</urlset>",
            "2:1: error[bad-sitemap]: a document type is not read here",
        ),
        (
            " <HTML><body>404",
            "1:2: error[bad-sitemap]: this is a web page",
        ),
        (deep.as_str(), "error[bad-sitemap]: this is no whole XML"),
        (
            "<urlset/>",
            "1:1: error[bad-sitemap]: this sitemap names no address",
        ),
        (
            "<urlset><url><loc> </loc></url></urlset>",
            "this sitemap names no address",
        ),
    ] {
        folder.write("old.xml", text);
        let ran = check(&folder, &["--format", "short"]).exits(1).says(said);
        assert_eq!(ran.stderr.lines().count(), 2, "{ran:?}");
    }
    folder.write("old.xml", b"<urlset>\xE9</urlset>");
    check(&folder, &[])
        .exits(1)
        .says("error[invalid-text]")
        .says("old.xml:1:9");
}

#[test]
fn a_sitemap_may_be_written_in_every_way_that_xml_has() {
    let folder = Site::from(SITE).on_disk();
    folder.write(
        "old.xml",
        "\u{FEFF}<?xml version=\"1.0\"?>\r\n<?xml-stylesheet href='a.xsl'?>\r\n<!-- made -->\r\n<s:urlset xmlns:s='x' xmlns:image='y'>\
         <s:url>\r\n  <s:loc>\r\n https://a.com/one/?a=1&amp;b=2\r\n</s:loc><s:lastmod>2026</s:lastmod>\
         <image:image><image:loc>https://a.com/picture.png</image:loc></image:image></s:url>\
         <s:url><s:loc><![CDATA[https://a.com/two/]]></s:loc></s:url></s:urlset>",
    );
    let ran = check(&folder, &["--format", "short"]).exits(0);
    assert_eq!(
        ran.stderr,
        "old.xml:5:3: warning[gone-address]: `/one/` was published, and nothing is there now\n\
         old.xml:7:142: warning[gone-address]: `/two/` was published, and nothing is there now\n\
         2 warnings\n"
    );
}

#[test]
fn a_sitemap_outside_the_site_is_named_from_the_current_folder() {
    let outer = Folder::empty();
    for (path, text) in Site::from(SITE).files {
        outer.write(&format!("my site/{path}"), text);
    }
    outer.write("old maps/old.xml", sitemap(&["https://a.com/gone/"]));
    let args = ["check", "--against", "../old maps/old.xml", "--format"];
    let run = |format| {
        outer
            .run_in("my site", &[&args[..], &[format]].concat())
            .exits(0)
    };
    run("short").says("../old maps/old.xml:2:11: warning[gone-address]");
    let json: Value = serde_json::from_str(run("json").stdout.lines().next().unwrap()).unwrap();
    assert_eq!(
        [&json["file"], &json["path"], &json["line"], &json["column"]],
        [
            &Value::from("../old maps/old.xml"),
            &"../old maps/old.xml".into(),
            &2.into(),
            &11.into()
        ]
    );
    let sarif: Value = serde_json::from_str(&run("sarif").stdout).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "../old%20maps/old.xml");
    assert_eq!(place["region"]["startColumn"], 11);
    run("github").prints("::warning file=../old maps/old.xml,line=2,endLine=2,col=11,");
    let above = [
        "check",
        "--root",
        "my site",
        "--against",
        "old maps/old.xml",
    ];
    outer.run(&above).exits(0).says("--> old maps/old.xml:2:11");
}

#[test]
fn a_site_with_errors_is_not_compared() {
    let folder = published(&Site::from(SITE));
    replace(&folder, "content/roles/nurse/role.toml", "title", "titel");
    let ran = check(&folder, &[]).exits(1).says("error[unknown-key]");
    assert!(!ran.stderr.contains("gone-address"), "{ran:?}");
    assert!(!ran.stdout.contains("Compared"), "{ran:?}");
}

#[test]
fn thousands_of_addresses_in_one_line_are_named_one_by_one() {
    let folder = Site::from(SITE).on_disk();
    let rows: String = (0..19_000)
        .map(|number| format!("<url><loc>https://a.com/roles/role-{number}/ladder/</loc></url>"))
        .collect();
    folder.write("old.xml", format!("<urlset>{rows}</urlset>"));
    let ran = check(&folder, &[]).exits(0).says("19000 warnings");
    let deep = format!("https://a.com/{}", "a/".repeat(1_000_000));
    folder.write("deep.xml", sitemap(&[&deep]));
    let args = ["check", "--against", "deep.xml", "--quiet"];
    folder
        .run(&args)
        .exits(0)
        .says("warning[bad-sitemap]: this address has 2000014 bytes");
    let deep = format!("https://a.com/{}", "a/".repeat(4_000));
    folder.write("deep.xml", sitemap(&[&deep]));
    folder.run(&args).exits(0).says("1 warning");
    // Not each of them shows the line, which is a megabyte.
    assert!(ran.stderr.len() < 20_000_000, "{} bytes", ran.stderr.len());
    assert!(ran.stderr.contains("old.xml:1:19\n"), "the first place");
    let last = rows.rfind("https").unwrap() + "<urlset>".len() + 1;
    assert!(
        ran.stderr.contains(&format!("--> old.xml:1:{last}\n")),
        "the last place"
    );
}

#[test]
fn a_placeholder_is_said_by_check_alone() {
    let folder = Site::from("").on_disk();
    let of = |args: &[&str]| folder.run(args).exits(0).stderr;
    assert!(of(&["check"]).contains("warning[placeholder-url]: `https://example.com/`"));
    // The second check knows the site.
    assert!(of(&["check"]).contains("site.toml:2:12"));
    assert_eq!(of(&["build"]), "");
    assert_eq!(
        of(&["check", "--base-url", "https://careers.my-company.com/"]),
        ""
    );
    let flag = of(&["check", "--format", "short", "-u", "http://localhost:8000/"]);
    assert_eq!(
        flag,
        "warning[placeholder-url]: `http://localhost:8000/` is a placeholder, not the address of a site\n1 warning\n"
    );
    replace(
        &folder,
        "site.toml",
        "https://example.com/",
        "https://careers.my-company.com/",
    );
    assert_eq!(of(&["check"]), "");
    // Whatever else is wrong.
    replace(
        &folder,
        "site.toml",
        "https://careers.my-company.com/",
        "https://a.test/",
    );
    replace(&folder, "site.toml", "title", "titel = 1\ntitle");
    let ran = folder.run(&["check"]).exits(1);
    assert!(ran.stderr.contains("placeholder-url") && ran.stderr.contains("unknown-key"));
}

/// The recipes refuse what `check` warns of.
#[test]
fn the_recipes_know_the_same_placeholders() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let script = read("cli/starter/hosts/common/build.sh");
    let (_, cases) = script.split_once("case $host in\n        '' |").unwrap();
    let (cases, _) = cases.split_once("*) return 1").unwrap();
    let cases: Vec<&str> = cases
        .split(['|', '\n'])
        .map(|case| {
            case.trim()
                .trim_end_matches(" return 0 ;;")
                .trim_matches(['\'', ')'])
        })
        .filter(|case| !case.is_empty() && !case.starts_with('*'))
        .collect();
    assert!(cases.len() > 8, "{cases:?}");
    let folder = Site::from("").on_disk();
    for case in cases {
        let host = case.replace("127.*", "127.1.2.3");
        let url = format!("https://{host}/");
        folder
            .run(&["check", "-u", &url])
            .exits(0)
            .says("warning[placeholder-url]");
    }
}

#[test]
fn a_site_with_mistakes_is_not_compared_and_that_is_said() {
    let folder = published(&Site::from(SITE));
    folder.write("content/roles/welder/role.toml", "title =\n");
    folder
        .run(&["check", "--against", "old.xml"])
        .exits(1)
        .says("note: no address of old.xml was compared; correct the errors first");
}
