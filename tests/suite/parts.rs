//! Lists of hundreds of entries: they fall into parts, which lead to each other and to every entry.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;

use serde_json::Value;

use crate::harness::{Built, Dom, Site};

/// Two letters that make a name, the same each time.
fn name(number: usize) -> String {
    let letter = |at: usize| char::from(b"abcdefghijklmnopqrstuvwxyz"[at % 26]);
    // Many begin with C, as titles of roles do.
    let first = if number.is_multiple_of(3) {
        'c'
    } else {
        letter(number / 3)
    };
    let rest = [letter(number / 7), letter(number / 2), letter(number)];
    let word: String = std::iter::once(first).chain(rest).collect();
    word[..1].to_uppercase() + &word[1..] + &format!("er {number:03}")
}

/// A site of so many roles. Each has pay, a job, two questions, and skills of which all want one.
fn site(roles: usize) -> Site {
    let mut site = Site::from(
        "
=== content/categories.toml
[[categories]]
id = \"care\"
title = \"Care\"
[[categories]]
id = \"craft\"
title = \"Craft\"
",
    );
    let mut skills = String::from("[[skills]]\nid = \"care\"\nname = \"Care\"\n");
    for number in 0..roles {
        let title = name(number);
        let category = if number.is_multiple_of(4) {
            "craft"
        } else {
            "care"
        };
        write!(
            skills,
            "[[skills]]\nid = \"s{number}\"\nname = \"{title} skill\"\n"
        )
        .unwrap();
        site.edit(
            &format!("content/roles/r{number}/role.toml"),
            format!(
                r#"title = "{title}"
category = "{category}"
summary = "What a {title} does."
[figures]
source = "editors"
as_of = "2026-11"
currency = "USD"
period = "year"
[[salary]]
value = {pay}
[outlook]
base_year = 2024
target_year = 2034
change_percent = {growth}
[[education]]
name = "A degree"
level = "{education}"
[[faqs]]
question = "What is a {title}?"
answer = "It is what it is."
[[faqs]]
question = "Why a {title}?"
answer = "Because."
[[levels]]
id = "junior"
title = "Junior {title}"
skills = [{{ skill = "care" }}, {{ skill = "s{number}" }}]
"#,
                pay = 30_000 + number * 100,
                growth = if number.is_multiple_of(2) { 4 } else { -4 },
                education = if number.is_multiple_of(5) {
                    "master"
                } else {
                    "bachelor"
                },
            ),
        );
        site.edit(
            &format!("content/roles/r{number}/positions.toml"),
            format!(
                "[[positions]]\nid = \"job\"\ntitle = \"Job of a {title}\"\nemployer = \"Acme\"\nposted = 2026-11-{:02}\nurl = \"https://example.org/{number}\"\nlocations = [\"Paris\"]\n",
                1 + number % 20
            ),
        );
        site.edit(
            &format!("content/articles/a{number}.md"),
            format!("+++\ntitle = \"About {title}\"\ndescription = \"{title}, in short.\"\ntags = [\"All\", \"{title} tag\"]\n+++\nText.\n"),
        );
    }
    site.edit(
        "content/articles/_index.md",
        "+++\ntitle = \"Articles\"\n+++\nWords.\n",
    );
    site.edit("content/skills.toml", skills);
    site
}

/// The parts of a list that there are, first to last.
fn parts(built: &Built, folder: &str) -> Vec<String> {
    let later = (2..).map(|number| format!("{folder}page/{number}/index.html"));
    let first = std::iter::once(format!("{folder}index.html"));
    first
        .chain(later)
        .take_while(|path| built.has(path))
        .collect()
}

/// The links of a page to other pages of the site, as paths of the output.
fn links(dom: &Dom, path: &str) -> Vec<String> {
    let url = url::of(path);
    let links = dom.all("a").map(|link| link.attr("href"));
    links.filter_map(|link| url::joined(&url, link)).collect()
}

/// Addresses of the output.
mod url {
    /// The folder of a page.
    pub fn of(path: &str) -> String {
        path.rsplit_once('/')
            .map_or(String::new(), |(folder, _)| format!("{folder}/"))
    }

    /// The file that a relative link leads to.
    pub fn joined(folder: &str, link: &str) -> Option<String> {
        if link.contains(':') {
            return None;
        }
        let link = link.split('#').next().unwrap_or_default();
        let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
        for name in link.split('/') {
            match name {
                "" | "." => {}
                ".." => drop(names.pop()),
                name => names.push(name),
            }
        }
        let path = names.join("/");
        Some(match path.as_str() {
            "" => "index.html".to_owned(),
            path if path.ends_with(".html") || path.contains('.') => path.to_owned(),
            path => format!("{path}/index.html"),
        })
    }
}

/// Every list of the site of many roles, and how many parts it has at least.
const LISTS: [(&str, usize); 8] = [
    ("roles/", 3),
    ("categories/care/", 2),
    ("skills/", 2),
    ("skills/care/", 3),
    ("tags/", 2),
    ("tags/all/", 10),
    ("faq/", 15),
    ("positions/", 6),
];

#[test]
fn every_list_of_hundreds_falls_into_parts_that_lead_to_each_other() {
    let built = site(300).build_once().clean();
    for (folder, least) in LISTS {
        let parts = parts(&built, folder);
        assert!(parts.len() >= least, "{folder} has {} parts", parts.len());
        let mut said = BTreeMap::new();
        for (at, path) in parts.iter().enumerate() {
            let dom = built.dom(path);
            let of = |name: &str, rel: &str| {
                let mut all = dom.all(name).filter(|link| link.attr("rel") == rel);
                all.next().map(|link| link.attr("href").to_owned())
            };
            let here = url::of(path);
            let canonical = of("link", "canonical").unwrap();
            assert_eq!(canonical, format!("https://example.com/{here}"));
            for (rel, other) in [("prev", at.checked_sub(1)), ("next", Some(at + 1))] {
                let other = other.and_then(|other| parts.get(other)).cloned();
                let head = of("link", rel).and_then(|link| url::joined(&here, &link));
                let seen = of("a", rel).and_then(|link| url::joined(&here, &link));
                assert_eq!((&head, &seen), (&other, &other), "{rel} of {path}");
            }
            let mut metas = dom.all("meta");
            let description = metas
                .find(|meta| meta.attr("name") == "description")
                .unwrap();
            let words = (
                dom.text("title").to_owned(),
                description.attr("content").to_owned(),
            );
            assert!(!words.1.is_empty());
            said.insert(path, words.clone());
            let alike = said
                .values()
                .filter(|(title, about)| *title == words.0 || *about == words.1);
            assert_eq!(alike.count(), 1, "{path} repeats {words:?}");
        }
    }
}

#[test]
fn the_bar_of_each_part_leads_to_every_group() {
    let built = site(300).build_once().clean();
    for (folder, _) in LISTS
        .into_iter()
        .filter(|(folder, _)| *folder != "tags/all/")
    {
        let mut bars = BTreeSet::new();
        for path in parts(&built, folder) {
            let dom = built.dom(&path);
            let bar = dom
                .all("nav")
                .find(|nav| nav.attr("class").contains("jump"));
            let bar = bar.unwrap_or_else(|| panic!("{path} has no bar"));
            let links: Vec<_> = dom.inside(bar).filter(|link| link.name == "a").collect();
            for link in &links {
                let (page, anchor) = link.attr("href").split_once('#').unwrap();
                let target = url::joined(&url::of(&path), page).unwrap();
                let target = if page.is_empty() {
                    path.clone()
                } else {
                    target
                };
                let id = format!("id=\"{anchor}\"");
                assert!(
                    built.page(&target).contains(&id),
                    "{} on {path}",
                    link.attr("href")
                );
                assert_eq!(
                    link.attr("aria-current") == "true",
                    target == path,
                    "{path}"
                );
            }
            let texts: Vec<String> = links.iter().map(|link| link.text.clone()).collect();
            assert!(texts.len() > 1);
            bars.insert(texts);
        }
        assert_eq!(bars.len(), 1, "the bars of {folder} differ");
    }
}

#[test]
fn everything_is_three_clicks_away_without_scripts() {
    let mut site = site(300);
    site.edit(
        "content/_index.md",
        "+++\ntitle = \"Test\"\n+++\n[Articles](articles/_index.md)\n",
    );
    let built = site.build_once().clean();
    let mut clicks = BTreeMap::from([("index.html".to_owned(), 0)]);
    let mut ahead = VecDeque::from(["index.html".to_owned()]);
    while let Some(path) = ahead.pop_front() {
        let count = clicks[&path];
        if count == 3 || !path.ends_with("index.html") || !built.has(&path) {
            continue;
        }
        for link in links(&built.dom(&path), &path) {
            clicks.entry(link.clone()).or_insert_with(|| {
                ahead.push_back(link);
                count + 1
            });
        }
    }
    let entries = (0..300).flat_map(|number| {
        [
            format!("roles/r{number}/index.html"),
            format!("skills/s{number}/index.html"),
            format!("articles/a{number}/index.html"),
        ]
    });
    for entry in entries {
        assert!(
            built.has(&entry) && clicks.contains_key(&entry),
            "{entry} is far away"
        );
    }
}

#[test]
fn a_list_that_fits_on_one_page_has_no_parts() {
    let built = site(30).build_once().clean();
    for (folder, _) in LISTS
        .into_iter()
        .filter(|(folder, _)| !["tags/all/", "faq/"].contains(folder))
    {
        let parts = parts(&built, folder);
        assert_eq!(parts.len(), 1, "{folder}");
        let dom = built.dom(&parts[0]);
        let rels = dom
            .all("link")
            .filter(|link| ["prev", "next"].contains(&link.attr("rel")));
        assert_eq!(rels.count(), 0, "{folder}");
    }
    assert!(!built.has("roles/list/title-1.json"));
    assert!(built.page("roles/index.html").contains("data-category"));
}

#[test]
fn a_category_of_forty_roles_has_letters_and_a_filter() {
    let few = site(52).build_once().clean();
    assert!(
        !few.page("categories/care/index.html")
            .contains("role-table")
    );
    let many = site(56).build_once().clean();
    let page = many.page("categories/care/index.html");
    assert!(
        page.contains("role-table")
            && page.contains("role-filter")
            && page.contains("group-letter-c")
    );
}

#[test]
fn a_script_finds_all_roles_in_small_files() {
    let built = site(300).build_once().clean();
    let read = |path: &str| -> Value { serde_json::from_str(built.page(path)).unwrap() };
    for order in ["title", "pay", "growth"] {
        let path = format!("roles/list/{order}-1.json");
        assert!(built.page(&path).len() < 90_000);
        let file = read(&path);
        let roles = file["roles"].as_array().unwrap();
        assert_eq!(roles.len(), 300);
        for role in roles {
            let link = role[1].as_str().unwrap();
            assert!(
                built.has(&url::joined("roles/list/", link).unwrap()),
                "{link}"
            );
        }
    }
    let pay = read("roles/list/pay-1.json");
    let amounts: Vec<i64> = pay["roles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|role| role[8].as_i64().unwrap())
        .collect();
    assert!(amounts.is_sorted_by(|a, b| a >= b) && amounts[0] == 59_900);
    assert_eq!(pay["pays"][0]["kind"], 0);
    assert_eq!(
        read("categories/care/list/title-1.json")["roles"]
            .as_array()
            .unwrap()
            .len(),
        225
    );
    assert!(
        !built
            .page("roles/page/2/index.html")
            .contains("data-category")
    );
    // For programs the list is whole, and says nothing of parts.
    let json = read("roles/index.json");
    let groups = json["groups"].as_array().unwrap();
    let count: usize = groups
        .iter()
        .map(|group| group["items"].as_array().unwrap().len())
        .sum();
    assert_eq!(
        (count, json.get("bar"), json.get("paginator")),
        (300, None, None)
    );
    assert_eq!(
        read("skills/care/index.json")["skill"]["roles"]
            .as_array()
            .unwrap()
            .len(),
        300
    );
    assert_eq!(
        read("tags/all/index.json")["items"]
            .as_array()
            .unwrap()
            .len(),
        300
    );
}

#[test]
fn a_file_leaves_out_an_address_that_follows_from_the_title() {
    let mut site = site(110);
    site.edit(
        "content/roles/aaa-of-b/role.toml",
        "title = \"Aaa, of B\"\ncategory = \"craft\"\nsummary = \"It is first.\"\n",
    );
    let built = site.build_once().clean();
    let file: Value = serde_json::from_str(built.page("roles/list/title-1.json")).unwrap();
    let first = &file["roles"][0];
    assert_eq!((&first[0], &first[1]), (&"Aaa, of B".into(), &0.into()));
    assert_eq!(
        (&file["folder"], &file["ending"]),
        (&"../".into(), &"/".into())
    );
}

#[test]
fn a_part_says_where_it_belongs_and_repeats_no_introduction() {
    let mut site = site(120);
    site.edit(
        "content/roles/_index.md",
        "+++\ntitle = \"Every role\"\n+++\nIntroduction.\n",
    );
    let built = site.build_once().clean();
    let second = built.page("roles/page/2/index.html");
    assert!(second.contains("Every role, page 2") && !second.contains("Introduction"));
    let dom = built.dom("roles/page/2/index.html");
    let crumbs = dom
        .all("nav")
        .find(|nav| nav.attr("class") == "breadcrumbs")
        .unwrap();
    let texts: Vec<&str> = dom
        .inside(crumbs)
        .filter(|link| link.name == "a")
        .map(|link| &*link.text)
        .collect();
    assert_eq!(texts, ["Home", "Every role"]);
    // Who switches the list off has no pages of it.
    site.edit(
        "content/roles/_index.md",
        "+++\ngenerated = false\n+++\nWords.\n",
    );
    assert!(!site.build_once().has("roles/page/2/index.html"));
}

#[test]
fn a_section_of_five_hundred_pages_has_a_short_bar_with_all_of_them() {
    let mut site = Site::from("");
    site.edit(
        "content/news/_index.md",
        "+++\ntitle = \"News\"\npaginate_by = 1\n+++\nWords.\n",
    );
    for number in 0..500 {
        site.edit(
            &format!("content/news/n{number}.md"),
            format!("# News {number}\n\nText.\n"),
        );
    }
    let built = site.build_once().clean();
    let dom = built.dom("news/page/250/index.html");
    let nav = dom
        .all("nav")
        .find(|nav| nav.attr("class") == "pagination")
        .unwrap();
    let details = dom
        .inside(nav)
        .find(|element| element.name == "details")
        .unwrap();
    let links = |outer| {
        dom.inside(outer)
            .filter(|element| element.name == "a")
            .count()
    };
    assert_eq!(links(details), 500);
    assert!(links(nav) - links(details) < 12);
    let elements = dom.inside(dom.all("html").next().unwrap()).count();
    assert!(elements < 3000, "{elements} elements");
}

#[test]
fn the_jobs_of_one_role_fall_into_parts_too_newest_first() {
    let mut site = site(1);
    let mut jobs = String::new();
    for number in 0..90 {
        write!(
            jobs,
            "[[positions]]\nid = \"j{number:02}\"\ntitle = \"Job {number:02}\"\nemployer = \"Acme\"\nposted = 2026-{:02}-{:02}\nurl = \"https://example.org/{number}\"\nlocations = [\"Paris\"]\n",
            10 + number / 45,
            1 + number % 20
        )
        .unwrap();
    }
    site.edit("content/roles/r0/positions.toml", jobs);
    let built = site.build_once().clean();
    for folder in ["roles/r0/positions/", "positions/"] {
        let parts = parts(&built, folder);
        assert_eq!(parts.len(), 3, "{folder}");
        let titles = |path: &String| -> Vec<String> {
            let dom = built.dom(path);
            let jobs = dom.all("a").filter(|link| link.text.starts_with("Job "));
            jobs.map(|link| link.text.clone()).collect()
        };
        let all: Vec<String> = parts.iter().flat_map(titles).collect();
        assert_eq!((all.len(), all[0].as_str()), (90, "Job 59"));
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 90);
    }
    let json: Value = serde_json::from_str(built.page("positions/index.json")).unwrap();
    let posted: Vec<&str> = json["positions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| job["posted"].as_str().unwrap())
        .collect();
    assert!(posted.len() == 90 && posted.is_sorted_by(|a, b| a >= b));
}

#[test]
fn hundreds_of_titles_are_folded() {
    let mut site = site(1);
    let mut titles = String::new();
    for number in 0..700 {
        write!(titles, "[[titles]]\nname = \"Title {number}\"\n").unwrap();
    }
    let record = "content/roles/r0/role.toml";
    let whole = "[[levels]]\nid = \"junior\"";
    site.replace(record, whole, &format!("{titles}{whole}"));
    let built = site.build_once().clean();
    let dom = built.dom("roles/r0/job-titles/index.html");
    let items = dom
        .all("li")
        .filter(|item| item.text.starts_with("Title "))
        .count();
    assert!((20..100).contains(&items), "{items} are shown");
    let folded = dom
        .all("details")
        .find(|details| details.attr("class") == "folded")
        .unwrap();
    assert!(folded.text.contains("Title 699"), "{}", folded.text);
}
