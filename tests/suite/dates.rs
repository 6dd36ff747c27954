//! What the build date decides: drafts, days to come, days gone by.

use jiff::civil::date;

use crate::harness::{Ran, Site};

const ARTICLES: &str = "
=== content/plain.md
Always.
=== content/draft.md
+++
draft = true
+++
A draft.
=== content/today.md
+++
date = 2026-11-22
+++
Today.
=== content/future.md
+++
date = 2026-11-23
+++
Tomorrow.
=== content/gone.md
+++
expires = 2026-11-22
+++
Yesterday.
=== content/last-day.md
+++
expires = 2026-11-23
+++
Still.
";

fn made(site: &Site, names: &[&str]) -> Vec<bool> {
    let built = site.build().clean();
    names.iter().map(|name| built.has(&format!("{name}/index.html"))).collect()
}

#[test]
fn drafts_and_days_decide_what_is_published() {
    let names = ["plain", "draft", "today", "future", "gone", "last-day"];
    let mut site = Site::from(ARTICLES);
    assert_eq!(made(&site, &names), [true, false, true, false, false, true]);
    site.options.drafts = true;
    assert_eq!(made(&site, &names), [true, true, true, false, false, true]);
    site.options.future = true;
    assert_eq!(made(&site, &names), [true, true, true, true, false, true]);
    (site.options.drafts, site.options.future, site.options.build_date) = (false, false, date(2026, 11, 23));
    assert_eq!(made(&site, &names), [true, false, true, true, false, false]);
}

#[test]
fn roles_and_frameworks_follow_the_same_rules() {
    let role = |id: &str, key: &str| format!("title = \"Nurse {id}\"\ncategory = \"work\"\n{key}\n");
    let mut site = Site::from("");
    for (id, key) in [("a", ""), ("b", "draft = true"), ("c", "date = 2026-12-01"), ("d", "expires = 2026-11-01")] {
        site.edit(&format!("content/roles/{id}/role.toml"), role(id, key)).edit(&format!("content/roles/{id}/guide.md"), "A guide.\n");
    }
    site.edit("content/frameworks/f/framework.toml", "name = \"F\"\ndraft = true\n[[levels]]\nname = \"L\"\n");
    let names = ["roles/a", "roles/a/guide", "roles/b", "roles/b/guide", "roles/c", "roles/c/guide", "roles/d", "roles/d/guide", "frameworks/f"];
    assert_eq!(made(&site, &names), [true, true, false, false, false, false, false, false, false]);
    (site.options.drafts, site.options.future) = (true, true);
    assert_eq!(made(&site, &names), [true, true, true, true, true, true, false, false, true]);
}

#[test]
fn what_is_not_public_is_named_nowhere() {
    let mut site = Site::from(ARTICLES);
    site.edit("content/draft.md", "+++\ntitle = \"Secret\"\ndraft = true\ntags = [\"hush\"]\naliases = [\"/hush/\"]\n+++\nA secret.\n");
    site.edit(
        "content/roles/spy/role.toml",
        "title = \"Spy secret\"\ncategory = \"work\"\ndraft = true\n[[levels]]\ntitle = \"Spy\"\nskills = [\"secret\"]\n[[skills]]\nname = \"Secret\"\n",
    );
    site.edit("content/roles/spy/secret.txt", "secret");
    site.edit("content/roles/nurse/role.toml", "title = \"Nurse\"\ncategory = \"work\"\n[[related]]\nname = \"Doctor\"\n");
    let built = site.build().clean();
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.to_lowercase().contains("secret") && !path.contains("secret") && !path.contains("hush"), "{path}");
    }
}

#[test]
fn positions_leave_on_their_last_day() {
    let mut site = Site::from("=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n");
    let job = |id: &str, expires: &str| {
        format!(
            "[[positions]]\nid = \"{id}\"\ntitle = \"Nurse {id}\"\nemployer = \"Clinic\"\nlocations = [\"Oslo\"]\ncountry = \"NO\"\nposted = 2026-11-01\nexpires = {expires}\ndescription = \"Words.\"\n"
        )
    };
    site.edit("content/roles/nurse/positions.toml", job("old", "2026-11-21") + &job("new", "2026-12-24"));
    let built = site.build().clean();
    assert!(built.has("roles/nurse/positions/new/index.html") && !built.has("roles/nurse/positions/old/index.html"));
    assert!(!built.page("positions/index.html").contains("Nurse old"));
    site.options.build_date = date(2027, 1, 1);
    let built = site.build().clean();
    assert!(!built.has("positions/index.html") && !built.has("roles/nurse/positions/index.html"));
}

#[test]
fn the_program_takes_the_day_from_its_environment() {
    let folder = Site::from(ARTICLES).on_disk();
    let build = |seconds: &str, args: &[&str]| {
        Ran::of(folder.command("").arg("build").args(args).env("SOURCE_DATE_EPOCH", seconds)).exits(0);
        ["future", "gone", "draft"].map(|name| folder.path(&format!("public/{name}/index.html")).exists())
    };
    assert_eq!(build("0", &[]), [false, true, false]);
    // 2026-11-22 at 23:59:59, and a second later.
    assert_eq!(build("1795391999", &[]), [false, false, false]);
    assert_eq!(build("1795392000", &[]), [true, false, false]);
    assert_eq!(build("0", &["--drafts", "--future"]), [true, true, true]);
}

#[test]
fn a_page_for_nobody_leaves_the_sitemap_and_says_so() {
    let built = Site::from(
        "=== content/a.md\n+++\nnoindex = true\n+++\nText.\n=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\nnoindex = true\n",
    )
    .build()
    .clean();
    let sitemap = built.page("sitemap.xml");
    assert!(!sitemap.contains("/a/") && !sitemap.contains("/nurse/") && sitemap.contains("/sources/"), "{sitemap}");
    for path in ["a/index.html", "roles/nurse/index.html", "404.html"] {
        assert!(built.dom(path).all("meta").any(|meta| meta.attr("name") == "robots" && meta.attr("content") == "noindex"), "{path}");
    }
    assert!(built.dom("sources/index.html").all("meta").all(|meta| meta.attr("name") != "robots"));
}
