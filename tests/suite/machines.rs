//! What machines get besides pages: headers and redirects for hosts, llms.txt, JSON, pictures in
//! several sizes.

use serde_json::Value;

use crate::harness::Site;

const SITE: &str = "\
=== content/roles/nurse/role.toml
title = \"Nurse\"
category = \"work\"
summary = \"Cares for [people] and *knows* why.\"
aliases = [\"/sister/\"]

[[levels]]
id = \"one\"
title = \"Nurse\"
skills = [\"care\"]
=== content/skills.toml
[[skills]]
name = \"Care\"
=== content/news/_index.md
+++
title = \"News\"
paginate_by = 2
+++
=== content/news/a.md
First.
=== content/news/b.md
Second.
=== content/news/c.md
+++
noindex = true
+++
Third.
";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn hosts_are_told_what_may_be_kept_and_where_things_may_come_from() {
    let mut site = Site::from(SITE);
    let built = site.build();
    let headers = built.page("_headers");
    let css = built
        .files
        .keys()
        .find(|path| path.starts_with("css/main."))
        .unwrap();
    assert!(
        headers.contains(&format!(
            "\n/{css}\n  Cache-Control: public, max-age=31536000, immutable\n"
        )),
        "{headers}"
    );
    let policy = headers
        .lines()
        .find_map(|line| line.strip_prefix("  Content-Security-Policy: "))
        .unwrap();
    assert!(
        policy.starts_with(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        ),
        "{policy}"
    );
    assert!(
        !policy.contains("unsafe")
            && policy.contains("; frame-ancestors 'none'")
            && policy.contains("connect-src 'self'")
    );
    assert!(
        headers.contains("nosniff")
            && headers.contains("Referrer-Policy")
            && headers.contains("Permissions-Policy")
    );
    assert!(
        headers
            .lines()
            .all(|line| line.starts_with('/') || line.starts_with("  "))
    );

    site.edit("static/plain.css", "p{}").replace(
        "site.toml",
        "icons",
        "[content_security_policy]\nimg-src = \"https://a.example\"\nframe-src = \"https://b.example\"\n[params]\nx",
    );
    let built = site.build();
    let headers = built.page("_headers");
    assert!(
        headers.contains("; img-src 'self' data: https://a.example;")
            && headers.contains("; frame-src https://b.example\n"),
        "{headers}"
    );
    assert!(
        !headers.contains("plain.css"),
        "what keeps its name may change under it"
    );
    site.edit("static/_headers", "/*\n  X-Mine: yes\n");
    assert_eq!(site.build().page("_headers"), "/*\n  X-Mine: yes\n");
}

#[test]
fn the_theme_keeps_to_the_policy() {
    let built = Site::demo().build();
    for path in built.files.keys().filter(|path| path.ends_with(".html")) {
        for element in &built.dom(path).0 {
            let (name, attribute) = (element.name.as_str(), |name: &str| {
                element.attributes.get(name).map(String::as_str)
            });
            let is_data = attribute("type").is_some_and(|kind| kind.ends_with("json"));
            assert!(
                name != "style" && (name != "script" || is_data || attribute("src").is_some()),
                "{path}: an inline <{name}>"
            );
            assert!(
                !element
                    .attributes
                    .keys()
                    .any(|key| key == "style" || key.starts_with("on")),
                "{path}: {:?}",
                element.attributes
            );
            let loaded = [
                attribute("src"),
                attribute("href")
                    .filter(|_| name == "link" && attribute("rel") == Some("stylesheet")),
            ];
            assert!(
                !loaded.into_iter().flatten().any(|url| url.contains("//")),
                "{path} loads from elsewhere: {:?}",
                element.attributes
            );
        }
    }
}

#[test]
fn every_old_address_is_a_rule_for_hosts_too() {
    let mut site = Site::from(SITE);
    site.replace(
        "site.toml",
        "icons",
        "redirects = [{ from = \"/else where/\", to = \"https://b.example/x\" }]\nicons",
    );
    let built = site.build();
    assert_eq!(
        built.page("_redirects"),
        "/else%20where/ https://b.example/x 301\n/sister/ https://example.com/roles/nurse/ 301\n"
    );
    assert!(built.has("sister/index.html"));
    assert!(!Site::from("").build().has("_redirects"));
}

#[test]
fn language_models_get_the_site_in_markdown() {
    let built = Site::from(SITE).build();
    let text = built.page("llms.txt");
    assert!(text.starts_with("# Test\n"), "{text}");
    assert!(
        text.contains(
            "\n## Work\n\n- [Nurse](https://example.com/roles/nurse/): Cares for \\[people\\]"
        ),
        "{text}"
    );
    assert!(
        text.contains("\n## Articles\n\n- [A](https://example.com/news/a/)"),
        "{text}"
    );
    assert!(
        !text.contains("/news/c/"),
        "what search engines may not list is not listed"
    );
    assert!(
        text.contains("](https://example.com/roles/index.json)\n")
            && text.contains("\n## Optional\n"),
        "{text}"
    );
}

#[test]
fn every_index_is_json_too_and_its_page_says_so() {
    let mut site = Site::from(SITE);
    let built = site.build();
    let roles = json(built.page("roles/index.json"));
    assert_eq!(
        (&roles["permalink"], &roles["count"]),
        (&"https://example.com/roles/".into(), &1.into())
    );
    assert_eq!(roles["groups"][0]["items"][0]["title"], "Nurse");
    let news = json(built.page("news/index.json"));
    assert_eq!(
        news["items"].as_array().unwrap().len(),
        3,
        "an index in parts is one list"
    );
    assert!(!built.has("news/page/2/index.json") && built.has("news/page/2/index.html"));
    assert_eq!(
        json(built.page("categories/work/index.json"))["category"]["roles"][0]["url"],
        "/roles/nurse/"
    );
    assert_eq!(
        json(built.page("skills/care/index.json"))["skill"]["roles"][0]["title"],
        "Nurse"
    );
    assert_eq!(json(built.page("index.json"))["roles_count"], 1);
    for path in [
        "index",
        "roles/index",
        "roles/nurse/index",
        "news/index",
        "categories/work/index",
        "skills/index",
    ] {
        let link = built
            .dom(&format!("{path}.html"))
            .all("link")
            .find(|link| link.attr("type") == "application/json")
            .unwrap()
            .clone();
        assert_eq!(
            (link.attr("rel"), link.attr("href")),
            ("alternate", "index.json"),
            "{path}"
        );
        json(built.page(&format!("{path}.json")));
    }
    site.replace("site.toml", "icons", "ugly_urls = true\nicons");
    let ugly = site.build();
    assert!(
        ugly.has("categories/work/index.json")
            && ugly
                .page("categories/work.html")
                .contains("href=\"work/index.json\"")
    );
}

#[test]
fn the_first_picture_is_not_late_and_smaller_ones_beside_it_are_offered() {
    let png = |width: u32| {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(
            width
                .to_be_bytes()
                .into_iter()
                .chain((width / 2).to_be_bytes())
                .chain([8, 2, 0, 0, 0, 0, 0, 0, 0]),
        );
        bytes
    };
    let mut site = Site::from(
        "=== content/a/index.md\n![One](photo.png)\n\n![Two](other.png)\n\n{{< figure src=\"photo.png\" alt=\"Three\" >}}\n",
    );
    site.edit("content/a/photo.png", png(1600))
        .edit("content/a/photo-800w.png", png(800))
        .edit("content/a/photo-400w.png", png(400));
    site.edit("content/a/other.png", png(300))
        .edit("content/a/other-large.png", png(900));
    let built = site.build();
    let dom = built.dom("a/index.html");
    let pictures: Vec<_> = dom
        .all("img")
        .filter(|image| !image.attr("alt").is_empty())
        .collect();
    assert_eq!(
        pictures
            .iter()
            .map(|image| image.attr("loading"))
            .collect::<Vec<_>>(),
        ["", "lazy", "lazy"]
    );
    for image in [pictures[0], pictures[2]] {
        assert_eq!(
            image.attr("srcset"),
            "photo-400w.png 400w, photo-800w.png 800w, photo.png 1600w"
        );
        assert!(
            image.attr("sizes").contains("100vw")
                && image.attr("width") == "1600"
                && image.attr("height") == "800"
        );
    }
    assert!(!pictures[1].attributes.contains_key("srcset") && pictures[1].attr("width") == "300");
    let before = built.page("a/index.html").to_owned();
    site.delete("content/a/photo-400w.png");
    assert_ne!(site.build().page("a/index.html"), before);
}

#[test]
fn a_host_that_sends_no_headers_blocks_nothing() {
    let article = "+++\ntitle = \"A\"\n+++\nA ![picture](https://pictures.example/a.png).\n";
    let said = |config: &str| {
        let mut site = Site::from(SITE);
        let own = String::from_utf8(site.files["site.toml"].clone()).unwrap();
        site.edit("site.toml", own + config);
        site.edit("content/articles/pictures.md", article);
        site.build().said()
    };
    for (config, is_blocked) in [
        ("", true),
        ("\n[publish]\nhost = \"netlify\"\n", true),
        ("\n[publish]\nhost = \"github\"\n", false),
        (
            "\n[content_security_policy]\nimg-src = \"https://*.example\"\n",
            false,
        ),
    ] {
        let said = said(config);
        assert_eq!(said.contains("[blocked]"), is_blocked, "{config}: {said}");
    }
}
