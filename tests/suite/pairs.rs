//! Which comparisons of roles are made, who asks for more, and where readers of the others are sent.

use serde_json::Value;

use crate::harness::{Built, Site};

/// Seven roles, of which the first names all others as related, the last row as the nearest.
fn site() -> Site {
    let related: String = (1..7)
        .map(|n| {
            let (rank, id) = (7 - n, id(n));
            format!("[[related]]\nrole = \"{id}\"\nrank = {rank}\n")
        })
        .collect();
    let roles: String = (0..7)
        .map(|n| {
            let id = id(n);
            let rows = if n == 0 { related.as_str() } else { "" };
            format!(
                "=== content/roles/{id}/role.toml\ntitle = \"{}\"\ncategory = \"work\"\nresponsibilities = [\"Does {id}\"]\n{rows}\n",
                title(n)
            )
        })
        .collect();
    Site::from(&roles)
}

fn id(n: usize) -> &'static str {
    [
        "baker", "cook", "driver", "editor", "farmer", "guide", "hatter",
    ][n]
}

fn title(n: usize) -> String {
    let id = id(n);
    format!("{}{}", id[..1].to_uppercase(), &id[1..])
}

/// Sets keys of site.toml.
fn configure(site: &mut Site, keys: &str) {
    site.edit(
        "site.toml",
        format!("title = \"Test\"\nbase_url = \"https://example.com/\"\nog_images = false\nicons = false\n{keys}"),
    );
}

/// The comparisons of roles that are made.
fn pairs(built: &Built) -> Vec<&str> {
    let paths = built.files.keys();
    let names = paths.filter_map(|path| path.strip_prefix("compare/")?.strip_suffix("/index.html"));
    names.filter(|name| name.contains("-vs-")).collect()
}

const NEAREST: [&str; 5] = [
    "baker-vs-driver",
    "baker-vs-editor",
    "baker-vs-farmer",
    "baker-vs-guide",
    "baker-vs-hatter",
];

#[test]
fn the_nearest_of_each_role_are_compared_and_what_is_not_made_is_not_linked() {
    let built = site().build().clean();
    assert_eq!(pairs(&built), NEAREST, "the sixth by rank is the first row");
    for path in built.files.keys().filter(|path| !path.starts_with("js/")) {
        let text = String::from_utf8_lossy(&built.files[path]);
        assert!(!text.contains("vs-cook"), "{path}");
    }
    assert!(!built.has("_redirects"));
    for (related, count) in [(0, 0), (1, 1), (2, 2), (6, 6), (60, 6)] {
        let mut site = site();
        configure(&mut site, &format!("[compare]\nrelated = {related}\n"));
        let built = site.build().clean();
        assert_eq!(pairs(&built).len(), count, "related = {related}");
        let page = built.page("compare/index.html");
        assert_eq!(page.contains("<noscript>"), count == 0, "{page}");
    }
}

#[test]
fn the_nearest_are_counted_without_those_that_are_no_page() {
    let mut site = site();
    site.replace(
        "content/roles/hatter/role.toml",
        "category",
        "draft = true\ncategory",
    );
    site.replace(
        "content/roles/guide/role.toml",
        "responsibilities",
        "pages = { compare = false }\nresponsibilities",
    );
    site.replace(
        "content/roles/baker/role.toml",
        "[[related]]\nrole = \"cook\"",
        "[[related]]\nname = \"Poet\"\nrank = 1\n[[related]]\nrole = \"cook\"",
    );
    let built = site.build();
    assert_eq!(
        pairs(&built),
        [
            "baker-vs-cook",
            "baker-vs-driver",
            "baker-vs-editor",
            "baker-vs-farmer"
        ],
        "{}",
        built.said()
    );
}

#[test]
fn a_link_to_a_pair_makes_it() {
    for (path, text, pair) in [
        (
            "content/about.md",
            "[x](compare/baker-vs-cook.md)\n",
            "baker-vs-cook",
        ),
        (
            "content/about.md",
            "[x](compare/cook-vs-baker.md#duties)\n",
            "baker-vs-cook",
        ),
        (
            "content/about.md",
            "[x](/compare/cook-vs-driver.md)\n",
            "cook-vs-driver",
        ),
        (
            "content/about.md",
            "[x](/compare/baker-vs-cook/)\n",
            "baker-vs-cook",
        ),
        (
            "content/about.md",
            "[x](/compare/baker-vs-cook)\n",
            "baker-vs-cook",
        ),
        (
            "content/about.md",
            "+++\nup_next = \"compare/cook-vs-driver.md\"\n+++\nText.\n",
            "cook-vs-driver",
        ),
        (
            "content/roles/cook/guide.md",
            "[x](../../compare/cook-vs-hatter.md)\n",
            "cook-vs-hatter",
        ),
        (
            "content/compare/cook-vs-driver.md",
            "About both.\n",
            "cook-vs-driver",
        ),
        (
            "content/compare/driver-vs-cook.md",
            "About both.\n",
            "cook-vs-driver",
        ),
        (
            "content/sources.toml",
            "[[sources]]\nid = \"editors\"\ntitle = \"Editors\"\nkind = \"own\"\nnote = \"See [x](compare/cook-vs-driver.md).\"\n",
            "cook-vs-driver",
        ),
    ] {
        let mut site = site();
        // The law of the harness: what is built after an edit is what is built from nothing.
        site.build().clean();
        site.edit(path, text);
        let built = site.build().clean();
        let made = pairs(&built);
        assert!(
            made.len() == 6 && made.contains(&pair),
            "{path}: {text}: {made:?}"
        );
        let page = built.page(&format!("compare/{pair}/index.html"));
        assert_eq!(page.contains("About both."), text == "About both.\n");
        site.delete(path);
        if path == "content/sources.toml" {
            continue;
        }
        assert_eq!(pairs(&site.build().clean()), NEAREST);
    }
}

#[test]
fn records_and_redirects_ask_for_a_pair_and_drafts_do_not() {
    let mut site = site();
    site.replace(
        "content/roles/cook/role.toml",
        "Does cook",
        "Cooks, [unlike a driver](../../compare/driver-vs-cook.md)",
    );
    configure(
        &mut site,
        "[[redirects]]\nfrom = \"/old/\"\nto = \"compare/cook-vs-guide.md\"\n[[nav]]\ntitle = \"Both\"\nto = \"content/compare/cook-vs-hatter.md\"\n",
    );
    site.edit(
        "content/draft.md",
        "+++\ndraft = true\n+++\n[x](compare/cook-vs-editor.md)\n",
    );
    let built = site.build().clean();
    let made = pairs(&built);
    let asked: Vec<_> = made.iter().filter(|pair| !NEAREST.contains(pair)).collect();
    assert_eq!(
        asked,
        [&"cook-vs-driver", &"cook-vs-guide", &"cook-vs-hatter"]
    );
    assert!(
        built
            .page("roles/cook/index.html")
            .contains("href=\"../../compare/cook-vs-driver/\"")
    );
}

#[test]
fn two_texts_for_one_pair_are_said() {
    let mut site = site();
    site.edit("content/compare/cook-vs-driver.md", "Once.\n");
    site.edit("content/compare/driver-vs-cook.md", "Twice.\n");
    let built = site.build();
    let said = built.said();
    let other = "content/compare/driver-vs-cook.md:1:1 this is on no page: another file names the same two roles";
    assert!(said.contains(other), "{said}");
    let page = built.page("compare/cook-vs-driver/index.html");
    assert!(page.contains("Once.") && !page.contains("Twice."));
}

#[test]
fn only_two_roles_make_a_pair() {
    for link in [
        "compare/baker-vs-poet.md",
        "compare/baker-vs-baker.md",
        "/compare/cook-vs-driver/",
    ] {
        let mut site = site();
        site.edit("content/about.md", format!("[x]({link})\n"));
        let said = site.build().said();
        assert!(said.contains(&format!("`{link}` leads nowhere")), "{said}");
    }
}

#[test]
fn readers_of_what_is_not_made_are_sent_on_where_files_come_before_rules() {
    let rules = |keys: &str| {
        let mut site = site();
        configure(&mut site, keys);
        let built = site.build().clean();
        built
            .files
            .get("_redirects")
            .map(|text| String::from_utf8(text.clone()).unwrap())
    };
    let line = "/compare/* https://example.com/compare/ 302\n";
    assert_eq!(rules("[publish]\nhost = \"netlify\"\n").unwrap(), line);
    assert_eq!(rules("[publish]\nhost = \"gitlab\"\n").unwrap(), line);
    for host in ["cloudflare", "github", "s3", "docker"] {
        let keys = format!("[publish]\nhost = \"{host}\"\n");
        assert_eq!(
            rules(&keys),
            None,
            "{host} follows rules first, or has none"
        );
    }
    assert_eq!(
        rules("[publish]\nhost = \"netlify\"\n[compare]\nrelated = 6\n"),
        None,
        "all are made"
    );
    assert_eq!(
        rules("[publish]\nhost = \"netlify\"\n[compare]\nrelated = 0\n[permalinks]\ncompare = \"{parent}/or/{slug}/\"\ncomparisons = \"/or/\"\n").unwrap(),
        "/or/* https://example.com/or/ 302\n"
    );
    for pattern in [
        "{parent}/{slug}/",
        "{parent}/or-{slug}/",
        "{parent}/roles/{slug}/",
    ] {
        let keys =
            format!("[publish]\nhost = \"netlify\"\n[permalinks]\ncompare = \"{pattern}\"\n");
        assert_eq!(rules(&keys), None, "{pattern}: other addresses would match");
    }
    assert_eq!(
        rules("ugly_urls = true\n[publish]\nhost = \"netlify\"\n[[redirects]]\nfrom = \"/compare/old.html\"\nto = \"/roles.html\"\n").unwrap(),
        "/compare/old.html https://example.com/roles.html 301\n/compare/* https://example.com/compare.html 302\n"
    );
}

#[test]
fn paths_of_rules_begin_where_the_host_reads_them() {
    for (host, rule) in [
        (
            "netlify",
            "/compare/* https://example.com/jobs/compare/ 302\n",
        ),
        (
            "gitlab",
            "/jobs/compare/* https://example.com/jobs/compare/ 302\n",
        ),
    ] {
        let mut site = site();
        site.edit(
            "site.toml",
            format!("title = \"Test\"\nbase_url = \"https://example.com/jobs/\"\nog_images = false\nicons = false\n[publish]\nhost = \"{host}\"\n"),
        );
        assert_eq!(site.build().clean().page("_redirects"), rule);
    }
}

#[test]
fn addresses_that_vanish_are_one_finding_with_the_remedy() {
    let mut site = site();
    configure(&mut site, "[compare]\nrelated = 6\n");
    let folder = site.on_disk();
    folder.run(&["build", "--quiet"]).exits(0);
    folder.write(
        "old.xml",
        std::fs::read(folder.path("public/sitemap.xml")).unwrap(),
    );
    let keys = "title = \"Test\"\nbase_url = \"https://example.com/\"\nog_images = false\nicons = false\n[compare]\nrelated = 1\n";
    folder.write("site.toml", keys);
    let check = ["check", "--against", "old.xml"];
    folder
        .run(&check)
        .exits(0)
        .says("5 comparisons, such as `/compare/baker-vs-cook/`, were published, and are not made now")
        .says("when `[publish] host` names the host");
    folder.write(
        "site.toml",
        format!("{keys}[publish]\nhost = \"netlify\"\n"),
    );
    let ran = folder.run(&check).exits(0);
    assert!(!ran.stderr.contains("gone-address"), "{}", ran.stderr);
}

#[test]
fn a_script_finds_all_roles_in_a_list_and_what_it_needs_of_each_beside_its_page() {
    let mut site = site();
    site.replace(
        "content/roles/cook/role.toml",
        "category",
        "slug = \"the-cook\"\ncategory",
    );
    site.replace(
        "content/roles/driver/role.toml",
        "Driver",
        "Lorry & Bus Driver",
    );
    let built = site.build().clean();
    let list: Value = serde_json::from_str(built.page("compare/roles-1.json")).unwrap();
    assert_eq!(
        list,
        serde_json::json!({
            "folder": "../roles/",
            "roles": [
                "Baker", ["Cook", "cook", "../roles/the-cook/compare.json"], "Editor", "Farmer", "Guide",
                "Hatter", ["Lorry & Bus Driver", "driver"],
            ],
        })
    );
    assert!(
        built
            .page("compare/index.html")
            .contains("href=\"roles-1.json\"")
    );
    let facts: Value = serde_json::from_str(built.page("roles/driver/compare.json")).unwrap();
    let whole: Value = serde_json::from_str(built.page("roles/driver/index.json")).unwrap();
    for key in ["id", "title", "url", "responsibilities"] {
        assert_eq!(facts["role"][key], whole["role"][key], "{key}");
    }
    assert_eq!(facts["facts"], whole["facts"]);
}

#[test]
fn a_long_list_of_roles_is_cut_in_parts_of_like_size() {
    let roles: String = (0..120)
        .map(|n| {
            let title = format!("{n:03} {}", "long ".repeat(200));
            format!("=== content/roles/r{n:03}/role.toml\ntitle = \"{title}\"\ncategory = \"work\"\n[[related]]\nrole = \"r{:03}\"\n", (n + 1) % 120)
        })
        .collect();
    let mut site = Site::from(&roles);
    configure(&mut site, "[compare]\nrelated = 0\n");
    let built = site.build();
    let part = |n: usize| {
        let list: Value =
            serde_json::from_str(built.page(&format!("compare/roles-{n}.json"))).unwrap();
        list["roles"].as_array().unwrap().len()
    };
    assert_eq!((part(1), part(2)), (60, 60));
    assert!(!built.has("compare/roles-3.json"));
    let page = built.dom("compare/index.html");
    assert_eq!(
        page.all("select").count(),
        4,
        "a part is chosen before a role"
    );
}

#[test]
fn many_comparisons_are_listed_by_letter_in_parts() {
    let count = 120;
    let roles: String = (0..count)
        .map(|n| {
            let related: String = (1..4)
                .map(|step| format!("[[related]]\nrole = \"r{}\"\n", (n + step) % count))
                .collect();
            let letter = char::from(b'A' + u8::try_from(n / 20).unwrap());
            format!("=== content/roles/r{n}/role.toml\ntitle = \"{letter} {n:03}\"\ncategory = \"work\"\n{related}")
        })
        .collect();
    let built = Site::from(&roles).build().clean();
    assert_eq!(pairs(&built).len(), 3 * count);
    let mut links = 0;
    let mut part = 1;
    let mut path = "compare/index.html".to_owned();
    while built.has(&path) {
        let dom = built.dom(&path);
        let lists = dom.all("dl").flat_map(|list| dom.inside(list));
        links += lists
            .filter(|element| element.attr("href").contains("-vs-"))
            .count();
        assert_eq!(
            dom.all("form")
                .any(|form| form.attr("class") == "compare-form"),
            part == 1,
            "{path}"
        );
        assert_eq!(
            built.page(&path).contains("js/compare."),
            part == 1,
            "{path}"
        );
        assert!(
            dom.all("a").any(|link| link.text == "F"),
            "{path} has no way to the last letter"
        );
        part += 1;
        path = format!("compare/page/{part}/index.html");
    }
    assert_eq!(
        (part - 1, links),
        (6, 6 * count),
        "each pair from both of its roles"
    );
    let whole: Value = serde_json::from_str(built.page("compare/index.json")).unwrap();
    assert_eq!(whole["groups"].as_array().unwrap().len(), count);
    assert!(whole.get("letters").is_none() && whole.get("role_lists").is_none());
}
