//! Pages that are made of many files: sections, tags, indexes, the menu, lists and calls to action.

use crate::harness::{Built, Site};

const SITE: &str = "title = \"Test\"\nbase_url = \"https://example.com/\"\n";

/// A section of so many articles, the newest last in the alphabet.
fn section(count: usize, index: &str) -> Site {
    let mut site = Site::from("");
    site.edit(
        "content/news/_index.md",
        format!("+++\ntitle = \"News\"\n{index}\n+++\nWords of the section.\n"),
    );
    for n in 1..=count {
        site.edit(
            &format!("content/news/n{n:02}.md"),
            format!("+++\ntitle = \"News {n:02}\"\ndate = 2026-01-{n:02}\nweight = {}\ntags = [\"Odd things\"]\n+++\nText {n}.\n", count - n),
        );
    }
    site
}

/// The titles that an index lists, by its links to pages whose address begins so.
fn listed(built: &Built, path: &str, start: &str) -> Vec<String> {
    let dom = built.dom(path);
    let mut found: Vec<String> = vec![];
    let main = dom.all("main").next().unwrap();
    for link in dom
        .inside(main)
        .filter(|element| element.name == "a" && element.attr("href").starts_with(start))
    {
        if !found.contains(&link.text) {
            found.push(link.text.clone());
        }
    }
    found
}

#[test]
fn a_section_is_an_index_in_parts() {
    let built = section(5, "paginate_by = 2").build().clean();
    assert_eq!(
        listed(&built, "news/index.html", "n0"),
        ["News 05", "News 04"]
    );
    assert_eq!(
        listed(&built, "news/page/2/index.html", "../../n0"),
        ["News 03", "News 02"]
    );
    assert_eq!(
        listed(&built, "news/page/3/index.html", "../../n0"),
        ["News 01"]
    );
    assert!(!built.has("news/page/4/index.html") && !built.has("news/page/1/index.html"));
    assert!(
        built
            .page("news/index.html")
            .contains("Words of the section.")
    );
    let second = built.dom("news/page/2/index.html");
    let canonical = second
        .all("link")
        .find(|link| link.attr("rel") == "canonical")
        .unwrap();
    assert_eq!(canonical.attr("href"), "https://example.com/news/page/2/");
    assert!(
        second.all("a").any(|link| link.attr("href") == "../../")
            && second.all("a").any(|link| link.attr("href") == "../3/")
    );
    assert_ne!(
        second.text("title"),
        built.dom("news/index.html").text("title"),
        "two pages of one title"
    );
}

#[test]
fn a_section_is_sorted_as_it_says() {
    for (order, first) in [
        ("date", "News 03"),
        ("title", "News 01"),
        ("weight", "News 03"),
    ] {
        let built = section(3, &format!("sort_by = \"{order}\""))
            .build()
            .clean();
        assert_eq!(listed(&built, "news/index.html", "n0")[0], first, "{order}");
    }
}

#[test]
fn the_site_decides_how_long_an_index_is() {
    let built = section(5, "")
        .edit("site.toml", format!("paginate_by = 4\n{SITE}"))
        .build()
        .clean();
    assert!(built.has("news/page/2/index.html") && !built.has("news/page/3/index.html"));
    let built = section(25, "paginate_by = 0").build().clean();
    assert!(!built.has("news/page/2/index.html"));
    assert_eq!(listed(&built, "news/index.html", "n").len(), 25);
}

#[test]
fn articles_of_a_section_lead_to_their_neighbours_and_up() {
    let built = section(3, "").build().clean();
    let dom = built.dom("news/n02/index.html");
    let rel = |rel: &str| {
        dom.all("a")
            .find(|link| link.attr("rel") == rel)
            .map(|link| link.attr("href").to_owned())
    };
    assert_eq!(
        (rel("prev").as_deref(), rel("next").as_deref()),
        (Some("../n03/"), Some("../n01/"))
    );
    assert!(
        dom.all("a")
            .any(|link| link.attr("href") == "../" && link.text == "News"),
        "no breadcrumb"
    );
}

#[test]
fn sections_stand_in_sections() {
    let built = Site::from(
        "=== content/guides/_index.md\n+++\ntitle = \"Guides\"\n+++\n=== content/guides/pay/_index.md\n+++\ntitle = \"Pay\"\n+++\n=== content/guides/pay/bands.md\n+++\ntitle = \"Bands\"\ndate = 2026-01-01\n+++\nText.\n",
    )
    .build()
    .clean();
    let dom = built.dom("guides/index.html");
    assert!(
        dom.all("a")
            .any(|link| link.attr("href") == "pay/" && link.text.contains("Pay")),
        "{:?}",
        dom.addresses()
    );
    let crumbs = built
        .dom("guides/pay/bands/index.html")
        .json_ld_of("BreadcrumbList");
    let names: Vec<&str> = crumbs["itemListElement"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect();
    assert!(
        names.windows(2).any(|pair| pair == ["Guides", "Pay"]),
        "{names:?}"
    );
}

#[test]
fn tags_have_pages_and_an_index() {
    let mut site = section(3, "");
    site.edit(
        "content/a.md",
        "+++\ntags = [\"odd things\", \"C++\"]\n+++\nText.\n",
    );
    let built = site.build().clean();
    assert_eq!(
        listed(&built, "tags/odd-things/index.html", "../../news/").len(),
        3
    );
    assert!(
        listed(&built, "tags/odd-things/index.html", "../../a/").len() == 1,
        "one tag in two spellings is one tag"
    );
    assert!(built.has("tags/c-plus-plus/index.html"));
    assert_eq!(listed(&built, "tags/index.html", "c-plus-plus/").len(), 1);
    assert!(
        built
            .dom("a/index.html")
            .all("a")
            .any(|link| link.attr("href") == "../tags/c-plus-plus/")
    );
}

#[test]
fn roles_are_listed_from_a_to_z_and_by_category() {
    let built = Site::from(
        "=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\nsummary = \"Cares.\"\n=== content/roles/baker/role.toml\ntitle = \"Baker\"\ncategory = \"food\"\n\
         === content/categories.toml\n[[categories]]\nid = \"work\"\ntitle = \"Work\"\n[[categories]]\nid = \"food\"\ntitle = \"Food\"\ndescription = \"All that is *eaten*.\"\n[[categories]]\ntitle = \"Empty\"\n",
    )
    .build()
    .clean();
    let titles = listed(&built, "roles/index.html", "");
    assert!(
        titles.contains(&"Baker".to_owned()) && titles.contains(&"Nurse".to_owned()),
        "{titles:?}"
    );
    assert!(
        built
            .page("categories/food/index.html")
            .contains("All that is <em>eaten</em>.")
    );
    assert!(
        !built.has("categories/empty/index.html"),
        "a category without roles has no page"
    );
    assert!(
        built
            .dom("index.html")
            .all("a")
            .any(|link| link.attr("href") == "categories/food/")
    );
}

#[test]
fn the_menu_knows_where_it_is() {
    let nav = "[[nav]]\ntitle = \"News\"\nto = \"news/_index.md\"\n[[nav]]\ntitle = \"Elsewhere\"\nurl = \"https://example.org/\"\n[[nav]]\ntitle = \"More\"\n[[nav.children]]\ntitle = \"Sources\"\nto = \"sources.md\"\n";
    let built = section(1, "")
        .edit("site.toml", format!("{SITE}{nav}"))
        .build()
        .clean();
    let current = |path: &str| {
        built
            .dom(path)
            .all("a")
            .filter(|link| !link.attr("aria-current").is_empty() && link.text == "News")
            .count()
    };
    assert!(
        current("news/index.html") >= 1
            && current("news/n01/index.html") >= 1
            && current("sources/index.html") == 0
    );
    assert!(
        built
            .dom("404.html")
            .all("a")
            .any(|link| link.attr("href") == "https://example.org/")
    );
    assert!(
        built
            .dom("news/n01/index.html")
            .all("a")
            .any(|link| link.attr("href") == "../../sources/" && link.text == "Sources")
    );
}

#[test]
fn calls_to_action_stand_on_the_pages_that_they_name() {
    let calls = "[[calls_to_action]]\nid = \"join\"\ntext = \"Start as a {role}\"\nurl = \"https://example.com/join?a=1&b=2\"\npages = [\"ladder\"]\n";
    let mut site = Site::from(
        "=== content/roles/nurse/role.toml\ntitle = \"Nurse & Co\"\ncategory = \"work\"\n[[levels]]\ntitle = \"A\"\n[[levels]]\ntitle = \"B\"\n",
    );
    let built = site
        .edit("site.toml", format!("{SITE}{calls}"))
        .build()
        .clean();
    let shows = |path: &str| {
        built.dom(path).all("a").any(|link| {
            link.attr("href") == "https://example.com/join?a=1&b=2"
                && link.text.contains("Start as a Nurse & Co")
        })
    };
    assert!(shows("roles/nurse/ladder/index.html") && !shows("roles/nurse/index.html"));
}

#[test]
fn lists_are_answered_in_the_view() {
    let lists = "[lists.newest]\nfor = [\"home\"]\nof = \"article\"\nsort = \"-date\"\nlimit = 2\n[lists.same]\nfor = [\"hub\"]\nof = \"role\"\nwhere = { category = \"@page.category\" }\nsort = \"-salary\"\n[lists.skilled]\nfor = [\"home\"]\nof = \"skill\"\nsort = \"title\"\n";
    let page = "<!doctype html><html lang=\"en\"><title>{{ page.title }}</title><main id=\"main-content\">{% for name in [\"newest\", \"same\", \"skilled\"] %}{{ name }}:{% for card in lists[name] %} {{ card.title }}{% endfor %};{% endfor %}</main></html>\n";
    let mut site = section(3, "");
    site.edit("site.toml", format!("{SITE}{lists}"))
        .edit("templates/home.html", page)
        .edit("templates/hub.html", page);
    site.edit(
        "content/skills.toml",
        "[[skills]]\nname = \"SQL\"\n[[skills]]\nname = \"Git\"\n[[skills]]\nname = \"Unused\"\n",
    );
    let role = |title: &str, category: &str, pay: u32| {
        format!(
            "title = \"{title}\"\ncategory = \"{category}\"\n[[levels]]\ntitle = \"{title}\"\nskills = [\"sql\", \"git\"]\n[[salary]]\nvalue = {pay}\ncurrency = \"USD\"\nperiod = \"year\"\nsource = \"editors\"\n"
        )
    };
    site.edit("content/categories.toml", "[[categories]]\nid = \"work\"\ntitle = \"Work\"\n[[categories]]\nid = \"food\"\ntitle = \"Food\"\n");
    for (id, title, category, pay) in [
        ("a", "A", "work", 1),
        ("b", "B", "work", 3),
        ("c", "C", "work", 2),
        ("d", "D", "food", 9),
        ("e", "E", "work", 4),
    ] {
        site.edit(
            &format!("content/roles/{id}/role.toml"),
            role(title, category, pay),
        );
    }
    // More of another currency is not more.
    site.edit(
        "content/roles/e/role.toml",
        role("E", "work", 4).replace("USD", "EUR"),
    );
    let built = site.build().clean();
    assert_eq!(
        built.dom("index.html").text("main"),
        "newest: News 03 News 02;same:;skilled: Git SQL;"
    );
    let of_hub = built.dom("roles/a/index.html").text("main").to_owned();
    assert!(of_hub.starts_with("newest:;same: B C E"), "{of_hub}");
    assert!(!of_hub.contains(" D"), "{of_hub}");
}

#[test]
fn a_list_is_sorted_by_weight() {
    let mut site = Site::from(
        "=== content/a.md\n+++\nweight = 2\n+++\n# A\n=== content/b.md\n+++\nweight = -1\n+++\n# B\n=== content/c.md\n# C\n",
    );
    site.edit(
        "templates/home.html",
        "<!doctype html><title>x</title><main id=\"main-content\">{% for card in lists.heavy %}{{ card.title }} {% endfor %}</main>\n",
    );
    let list = |sort: &str| {
        format!("{SITE}[lists.heavy]\nfor = [\"home\"]\nof = \"article\"\nsort = \"{sort}\"\n")
    };
    site.edit("site.toml", list("weight"));
    assert_eq!(site.build().clean().dom("index.html").text("main"), "B C A");
    site.edit("site.toml", list("-weight"));
    assert_eq!(site.build().clean().dom("index.html").text("main"), "A C B");
}

#[test]
fn a_list_of_the_site_replaces_one_of_the_theme() {
    let mut site = section(3, "");
    site.edit(
        "themes/mini/theme.toml",
        "[lists.newest]\nfor = [\"home\"]\nof = \"article\"\nsort = \"title\"\nlimit = 1\n[params]\ncolour = \"red\"\ndeep = { a = 1, b = 2 }\n",
    );
    site.edit("themes/mini/templates/home.html", "<!doctype html><title>{{ page.title }}</title><main id=\"main-content\">{% for card in lists.newest %}{{ card.title }} {% endfor %}{{ site.params.colour }} {{ site.params.deep.a }}{{ site.params.deep.b }}</main>\n");
    site.edit(
        "site.toml",
        format!("theme = \"mini\"\n{SITE}[params]\ndeep = {{ b = 3 }}\n"),
    );
    assert_eq!(
        site.build().clean().dom("index.html").text("main"),
        "News 01 red 13"
    );
    site.edit("site.toml", format!("theme = \"mini\"\n{SITE}[lists.newest]\nfor = [\"home\"]\nof = \"article\"\nsort = \"-title\"\nlimit = 2\n"));
    assert_eq!(
        site.build().clean().dom("index.html").text("main"),
        "News 03 News 02 red 12"
    );
}

#[test]
fn a_site_of_one_file_is_a_site() {
    let mut site = Site::from("");
    site.files.retain(|path, _| path == "site.toml");
    let built = site.build().clean();
    assert!(
        built.has("index.html")
            && built.has("404.html")
            && built.has("sitemap.xml")
            && built.has("robots.txt")
    );
    assert_eq!(built.dom("index.html").all("h1").count(), 1);
}

#[test]
fn files_of_static_are_published_and_win_over_the_themes() {
    let built = Site::from("=== static/robots.txt\nUser-agent: none\n=== static/deep/x.txt\nx\n")
        .build()
        .clean();
    assert_eq!(built.page("robots.txt"), "User-agent: none\n");
    assert!(
        built
            .files
            .iter()
            .any(|(path, bytes)| path.starts_with("deep/x") && bytes == b"x\n")
    );
}
