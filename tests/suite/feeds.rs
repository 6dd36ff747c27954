//! Feeds, the sitemap and robots.txt: what programs read.

use crate::harness::{Site, xml};

fn articles(count: usize) -> Site {
    let mut site = Site::from(
        "=== content/news/_index.md\n+++\ntitle = \"News & more\"\n+++\n=== content/authors.toml\n[[authors]]\nname = \"Jo <Field>\"\n",
    );
    for n in 1..=count {
        site.edit(
            &format!("content/news/n{n:02}.md"),
            format!("+++\ntitle = \"{n} < 2 & \\\"more\\\" 'x'\"\ndate = 2026-01-{n:02}\nauthors = [\"jo-field\"]\ntags = [\"a & b\"]\n+++\nText & <b>.\n")
                .replace("<b>", "\\<b>"),
        );
    }
    site.edit("content/undated.md", "No date, no entry.\n")
        .edit(
            "content/a.md",
            "+++\ndate = 2026-02-01\nupdated = 2026-02-03\n+++\nOutside of sections.\n",
        );
    site
}

fn all<'x>(found: &'x [(String, String)], path: &str) -> Vec<&'x str> {
    found
        .iter()
        .filter(|(known, _)| known == path)
        .map(|(_, text)| text.as_str())
        .collect()
}

#[test]
fn feeds_are_well_formed_newest_first_and_as_long_as_the_site_says() {
    let mut site = articles(5);
    let built = site.build().clean();
    let feed = xml(built.page("feed.xml"));
    assert_eq!(all(&feed, "feed/entry/title").len(), 6);
    assert_eq!(
        all(&feed, "feed/entry/title")[..2],
        ["A", "5 < 2 & \"more\" 'x'"]
    );
    assert_eq!(
        all(&feed, "feed/entry/link/@href")[0],
        "https://example.com/a/"
    );
    assert_eq!(all(&feed, "feed/entry/updated")[0], "2026-02-03T00:00:00Z");
    assert_eq!(all(&feed, "feed/entry/author/name")[0], "Jo <Field>");
    assert_eq!(all(&feed, "feed/entry/category/@term")[0], "a & b");
    let of_section = xml(built.page("news/feed.xml"));
    assert_eq!(all(&of_section, "feed/title"), ["News & more · Test"]);
    assert_eq!(all(&of_section, "feed/entry/title").len(), 5);
    let ids = all(&of_section, "feed/entry/id");
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
    site.replace("site.toml", "base_url", "feeds = { limit = 2 }\nbase_url");
    let built = site.build().clean();
    assert_eq!(
        all(&xml(built.page("feed.xml")), "feed/entry/title").len(),
        2
    );
}

#[test]
fn pages_name_the_feeds_that_exist() {
    let built = articles(1).build().clean();
    let feeds = |path: &str| -> Vec<String> {
        built
            .dom(path)
            .all("link")
            .filter(|link| link.attr("type") == "application/atom+xml")
            .map(|link| link.attr("href").to_owned())
            .collect()
    };
    assert_eq!(feeds("news/index.html"), ["feed.xml", "../feed.xml"]);
    assert_eq!(feeds("index.html"), ["feed.xml"]);
    let built = Site::from("=== content/a.md\nNo date.\n").build().clean();
    assert!(!built.has("feed.xml") && !built.page("index.html").contains("feed.xml"));
}

#[test]
fn the_sitemap_names_every_page_once_with_the_day_that_an_author_said() {
    let built = articles(2).build().clean();
    let sitemap = xml(built.page("sitemap.xml"));
    let addresses = all(&sitemap, "urlset/url/loc");
    let mut pages: Vec<String> = built
        .files
        .keys()
        .filter(|path| path.ends_with("index.html"))
        .map(|path| {
            format!(
                "https://example.com/{}",
                path.trim_end_matches("index.html")
            )
        })
        .collect();
    pages.sort();
    assert_eq!(addresses, pages);
    assert!(
        built
            .page("sitemap.xml")
            .contains("<loc>https://example.com/a/</loc><lastmod>2026-02-03</lastmod>")
    );
    assert!(
        built
            .page("sitemap.xml")
            .contains("<loc>https://example.com/undated/</loc></url>"),
        "no day but what an author said"
    );
    assert!(
        !built.page("sitemap.xml").contains("2026-11-22"),
        "the build date is no date of a page"
    );
    assert!(
        built
            .page("robots.txt")
            .contains("Sitemap: https://example.com/sitemap.xml")
    );
}

#[test]
fn what_lists_pages_changed_with_the_newest_of_them() {
    let mut site = Site::from(
        "=== content/news/_index.md\n---\ntitle: News\n---\n\n=== content/news/a.md\n---\ndate: 2026-01-02\ntags: [pay]\n---\nText.\n",
    );
    let role = |day: &str| {
        format!(
            "title = \"Role {day}\"\ncategory = \"work\"\nupdated = {day}\n[[levels]]\ntitle = \"A\"\nskills = [\"knots\"]\n[[skills]]\nname = \"Knots\"\n"
        )
    };
    site.edit("content/roles/one/role.toml", role("2026-03-04"))
        .edit(
            "content/roles/two/role.toml",
            role("2026-02-03")
                .replace("knots", "ropes")
                .replace("Knots", "Ropes"),
        );
    let built = site.build().clean();
    let sitemap = xml(built.page("sitemap.xml"));
    let days: std::collections::BTreeMap<&str, &str> = all(&sitemap, "urlset/url/loc")
        .into_iter()
        .zip(all(&sitemap, "urlset/url/lastmod"))
        .collect();
    let day = |path: &str| days[format!("https://example.com/{path}").as_str()];
    assert_eq!(
        [
            day("skills/knots/"),
            day("skills/ropes/"),
            day("categories/work/"),
            day("")
        ],
        ["2026-03-04", "2026-02-03", "2026-03-04", "2026-03-04"]
    );
    assert_eq!(
        [day("news/"), day("tags/pay/")],
        ["2026-01-02", "2026-01-02"]
    );
}

#[test]
fn addresses_in_feeds_are_encoded() {
    let built = Site::from("=== content/caf\u{e9} \u{26} bar.md\n+++\ndate = 2026-01-01\nslug = \"caf\u{e9} & bar\"\n+++\nText.\n").build().clean();
    let feed = xml(built.page("feed.xml"));
    assert_eq!(
        all(&feed, "feed/entry/id"),
        ["https://example.com/caf%C3%A9%20%26%20bar/"]
    );
    assert!(
        all(&xml(built.page("sitemap.xml")), "urlset/url/loc")
            .contains(&"https://example.com/caf%C3%A9%20%26%20bar/")
    );
}
