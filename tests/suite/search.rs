//! The search index: what is found under which words, how much it weighs, what is left out, and
//! when it is made again.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Mutex;

use rungs::digest::Digest;
use rungs::inputs::Inputs;
use rungs::memo::Memo;
use rungs::ordered::Map;
use rungs::path::{OutPath, SourcePath};
use rungs::pipeline::{self, Before, Nowhere, Published, Request, Sink};
use rungs::watch::Unwatched;
use serde_json::Value;

use crate::harness::{Built, Site};

const SITE: &str = r##"
=== content/skills.toml
[[skills]]
id = "charting"
name = "Charting"

=== content/roles/nurse/role.toml
title = "Nurse"
category = "work"
summary = "Cares for patients."
responsibilities = ["Changes bandages", "Gives medicine", "Writes reports"]
[[titles]]
name = "Ward Sister"
[[titles]]
name = "Infirmière"
[[titles]]
name = "Matron"
[[levels]]
id = "junior"
title = "Junior Nurse"
skills = ["charting"]
[[levels]]
id = "senior"
title = "Senior Nurse"
[[faqs]]
question = "Do nurses work at night?"
answer = "In a *hospital*, yes."
[[faqs]]
question = "Is it tiring?"
answer = "Often."

=== content/articles/shifts.md
+++
title = "Shifts"
tags = ["Working time"]
+++
Night shifts, early shifts, late shifts: see [the rota](../roles/nurse/ladder.md#junior).

## Überstunden

In C++ nobody counts them.

=== content/articles/secret.md
+++
title = "Secret"
noindex = true
+++
Unlisted words.

=== content/articles/draft.md
+++
title = "Draft"
draft = true
+++
Unfinished words.
"##;

/// The index as the script reads it.
struct Index<'b> {
    built: &'b Built,
    list: Value,
}

impl<'b> Index<'b> {
    fn of(built: &'b Built) -> Self {
        Self {
            built,
            list: read(built, "index"),
        }
    }

    fn texts(&self, key: &str) -> Vec<&str> {
        self.list[key]
            .as_array()
            .unwrap()
            .iter()
            .map(|text| text.as_str().unwrap())
            .collect()
    }

    /// Where a word is found, with its weight, in the names or in the texts.
    fn find(&self, sort: &str, word: &str) -> BTreeMap<String, u32> {
        let file = self
            .texts(sort)
            .partition_point(|first| *first <= word)
            .saturating_sub(1);
        let words = read(self.built, &format!("{sort}-{file}"));
        let pages = words[word].as_str().unwrap_or_default();
        decode(pages)
            .into_iter()
            .map(|(page, weight)| (self.row(page)[1].as_str().unwrap().to_owned(), weight))
            .collect()
    }

    /// What is shown of a page.
    fn row(&self, page: usize) -> Value {
        let size = usize::try_from(self.list["size"].as_u64().unwrap()).unwrap();
        read(self.built, &format!("pages-{}", page / size))[page % size].clone()
    }

    fn count(&self) -> usize {
        self.list["kind"].as_str().unwrap().len()
    }
}

fn read(built: &Built, name: &str) -> Value {
    serde_json::from_str(built.page(&format!("search/{name}.json"))).unwrap()
}

fn decode(text: &str) -> Vec<(usize, u32)> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut page, mut number, mut shift, mut pages) = (0, 0, 0, vec![]);
    for digit in text.chars() {
        let value = DIGITS.find(digit).unwrap();
        number |= (value & 31) << shift;
        shift += 5;
        if value & 32 == 0 {
            page += number >> 2;
            pages.push((page, u32::try_from(number & 3).unwrap()));
            (number, shift) = (0, 0);
        }
    }
    pages
}

fn of(pages: &[(&str, u32)]) -> BTreeMap<String, u32> {
    pages
        .iter()
        .map(|(title, weight)| ((*title).to_owned(), *weight))
        .collect()
}

#[test]
fn interview_questions_are_found_on_their_page_or_on_the_hub() {
    let question =
        "[[interview_questions]]\nquestion = \"Which blunder?\"\nlooks_for = \"It was told.\"\n";
    let with = |more: &str| {
        let mut site = Site::from(SITE);
        site.replace(
            "content/roles/nurse/role.toml",
            "[[faqs]]\nquestion = \"Do",
            &format!("{question}{more}[[faqs]]\nquestion = \"Do"),
        );
        site.build().clean()
    };
    let found = |built: &Built, title: &str| {
        let index = Index::of(built);
        assert_eq!(index.find("text", "blunder"), of(&[(title, 3)]));
        assert_eq!(index.find("text", "told"), of(&[(title, 1)]));
    };
    found(&with(""), "Nurse");
    let more = "[[interview_questions]]\nquestion = \"Why?\"\n[[interview_questions]]\nquestion = \"When?\"\n";
    found(&with(more), "Nurse: interview questions");
}

#[test]
fn words_are_found_where_they_stand_and_names_weigh_more() {
    let built = Site::from(SITE).build().clean();
    let index = Index::of(&built);
    let nurse = index.find("names", "nurse");
    assert_eq!(
        (
            nurse["Nurse"],
            nurse["Nurse career ladder"],
            nurse.contains_key("Shifts")
        ),
        (3, 3, false)
    );
    let compared: Vec<u32> = nurse
        .iter()
        .filter(|(title, _)| title.contains("Junior"))
        .map(|(_, weight)| *weight)
        .collect();
    assert_eq!(
        compared,
        [2],
        "a comparison comes after the pages of what it compares: {nurse:?}"
    );
    assert_eq!(
        index.find("names", "sister"),
        of(&[("Nurse", 2)]),
        "another name of the job leads to its guide"
    );
    assert_eq!(
        index.find("names", "infirmiere"),
        of(&[("Nurse", 2)]),
        "accents are folded"
    );
    assert_eq!(
        index.find("text", "infirmiere"),
        of(&[("Nurse job titles", 3)])
    );
    assert_eq!(
        index.find("names", "working"),
        of(&[("Shifts", 1), ("Articles about Working time", 3)]),
        "tags"
    );
    assert_eq!(
        index.find("text", "bandages"),
        of(&[("Nurse job description", 1)]),
        "on the page that shows it, and on no other"
    );
    assert_eq!(
        index.find("text", "charting"),
        of(&[
            ("Charting", 1),
            ("Nurse job description", 1),
            ("Nurse career ladder", 1),
            ("Nurse: questions and answers", 1),
            ("Nurse", 1)
        ])
    );
    assert_eq!(
        index.find("text", "hospital"),
        of(&[("Nurse: questions and answers", 1)])
    );
    assert_eq!(
        index.find("text", "night"),
        of(&[("Nurse: questions and answers", 3), ("Shifts", 1)])
    );
    assert_eq!(
        (
            index.find("text", "shifts"),
            index.find("text", "uberstunden")
        ),
        (of(&[("Shifts", 2)]), of(&[("Shifts", 3)])),
        "often, and in a heading"
    );
    assert_eq!(index.find("text", "c++"), of(&[("Shifts", 1)]));
    assert!(
        index.find("text", "in").contains_key("Shifts"),
        "no word is too small"
    );
    assert_eq!(
        index.find("text", "ladder"),
        index
            .find("text", "ladder")
            .into_iter()
            .filter(|(title, _)| title != "Shifts")
            .collect::<BTreeMap<_, _>>(),
        "no address is a text"
    );
}

#[test]
fn a_whole_name_leads_to_its_page_alone() {
    let mut site = Site::from(SITE);
    site.edit(
        "content/roles/practitioner/role.toml",
        "title = \"Nurse Practitioner\"\ncategory = \"work\"\n",
    );
    site.edit(
        "content/articles/nurse-day.md",
        "# A nurse’s day\n\nNurse, nurse, nurse.\n",
    );
    let built = site.build().clean();
    let index = Index::of(&built);
    assert_eq!(
        index.find("names", " nurse"),
        of(&[("Nurse", 3)]),
        "neither a longer name nor a page of the same role"
    );
    assert_eq!(
        index.find("names", " nurse practitioner"),
        of(&[("Nurse Practitioner", 3)])
    );
    for (name, page, weight) in [
        (" ward sister", "Nurse", 2),
        (" infirmiere", "Nurse", 2),
        (" charting", "Charting", 3),
        (" working time", "Articles about Working time", 2),
    ] {
        assert_eq!(index.find("names", name), of(&[(page, weight)]), "{name}");
    }
}

#[test]
fn results_can_be_shown_and_filtered() {
    let built = Site::from(SITE).build().clean();
    let index = Index::of(&built);
    let titles: Vec<Value> = (0..index.count()).map(|page| index.row(page)).collect();
    let at = titles
        .iter()
        .position(|row| row[1] == "Nurse career ladder")
        .unwrap();
    assert_eq!(
        (&titles[at][0], &titles[at][3]),
        (&"../roles/nurse/ladder/".into(), &"Nurse".into())
    );
    assert!(titles[at][2].as_str().unwrap().starts_with("Every level"));
    let digit = |key: &str, at: usize| {
        "ABCDEFGHIJ"
            .find(index.list[key].as_str().unwrap().chars().nth(at).unwrap())
            .unwrap()
    };
    assert_eq!(index.texts("kinds")[digit("kind", at)], "Career ladder");
    assert_eq!(index.texts("categories")[digit("category", at * 2)], "Work");
    assert_eq!(
        index.texts("kinds")[0],
        "Roles",
        "in the order of the kinds"
    );
    for (path, bytes) in &built.files {
        assert!(
            !path.starts_with("search/") || bytes.len() < 40_000,
            "{path} has {} bytes",
            bytes.len()
        );
    }
}

#[test]
fn what_is_not_listed_is_not_found() {
    let built = Site::from(SITE).build().clean();
    let all: String = built
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("search/") && path.ends_with(".json"))
        .map(|(path, _)| built.page(path))
        .collect();
    for word in [
        "secret",
        "Secret",
        "unlisted",
        "unfinished",
        "Draft",
        "Page not found",
    ] {
        assert!(!all.contains(word), "{word}");
    }
    let mut drafts = Site::from(SITE);
    drafts.options.drafts = true;
    let built = drafts.build().clean();
    assert_eq!(
        Index::of(&built).find("text", "unfinished"),
        of(&[("Draft", 1)])
    );
}

#[test]
fn the_page_of_search_leads_to_every_index_and_is_no_result_itself() {
    let mut site = Site::from(SITE);
    let built = site.build().clean();
    let dom = built.dom("search/index.html");
    let links: Vec<&str> = dom.all("a").map(|link| link.attr("href")).collect();
    for link in [
        "../roles/",
        "../categories/work/",
        "../skills/",
        "../tags/",
        "../faq/",
    ] {
        assert!(links.contains(&link), "{link} in {links:?}");
    }
    assert!(built.page("index.html").contains("href=\"search/\""));
    // To others it is a page of links; every search has its address.
    assert!(
        built.page("sitemap.xml").contains("/search/")
            && !built.page("search/index.html").contains("noindex")
    );
    assert!(
        built
            .page("search/index.html")
            .contains("<link rel=\"canonical\" href=\"https://example.com/search/\">")
    );
    let action = &built.dom("index.html").json_ld_of("WebSite")["potentialAction"];
    assert_eq!(
        action["target"]["urlTemplate"],
        "https://example.com/search/?q={search_term_string}"
    );

    let mut config = String::from_utf8(site.files["site.toml"].clone()).unwrap();
    config.push_str("\n[pages]\nsearch = false\n");
    site.edit("site.toml", config);
    let built = site.build().clean();
    assert!(
        built.files.keys().all(|path| !path.starts_with("search/")),
        "{:?}",
        built.files.keys()
    );
    assert!(
        built
            .files
            .keys()
            .filter(|path| path.ends_with(".html"))
            .all(|path| !built.page(path).contains("search/"))
    );
    assert!(built.dom("index.html").json_ld_of("WebSite")["potentialAction"].is_null());
}

#[test]
fn below_a_path_and_with_ugly_addresses_results_lead_to_pages() {
    for (line, page, files) in [
        ("", "search/index.html", "search/"),
        ("ugly_urls = true\n", "search.html", "search/"),
        ("", "find/it/index.html", "find/it/"),
    ] {
        let mut site = Site::from(SITE);
        let permalinks = if page.starts_with("find") {
            "[permalinks]\nsearch = \"/find/it/\"\n"
        } else {
            ""
        };
        site.edit("site.toml", format!("title = \"Test\"\nbase_url = \"https://example.com/careers/\"\nog_images = false\nicons = false\n{line}{permalinks}"));
        let built = site.build().clean();
        let list = built
            .dom(page)
            .all("link")
            .find(|link| link.attr("type") == "application/json")
            .unwrap()
            .attr("href")
            .to_owned();
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        assert_eq!(resolve(folder, &list), format!("{files}index.json"));
        let rows: Value =
            serde_json::from_str(built.page(&format!("{files}pages-0.json"))).unwrap();
        for row in rows.as_array().unwrap() {
            let path = resolve(files.trim_end_matches('/'), row[0].as_str().unwrap());
            let file = if path.is_empty() || path.ends_with('/') {
                format!("{path}index.html")
            } else {
                path
            };
            assert!(built.has(&file), "{row} leads to {file}");
        }
    }
}

/// A relative address from a folder.
fn resolve(folder: &str, address: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Throws files away, but knows their digests and which had bytes.
#[derive(Default)]
struct Seen(Mutex<BTreeMap<OutPath, (Digest, bool)>>);

impl Sink for Seen {
    type Error = Infallible;

    fn file(
        &mut self,
        path: &OutPath,
        digest: Digest,
        bytes: Option<&[u8]>,
    ) -> Result<(), Infallible> {
        self.0
            .lock()
            .unwrap()
            .insert(path.clone(), (digest, bytes.is_some()));
        Ok(())
    }
}

/// How many pages the index was made of, which of its files had bytes, and all digests.
fn run(
    site: &Site,
    memo: &dyn Memo,
    published: &Map<OutPath, Digest>,
) -> (usize, Vec<String>, Map<OutPath, Digest>) {
    let files = site
        .files
        .iter()
        .map(|(path, bytes)| (SourcePath::new(path).unwrap(), bytes.as_slice().into()))
        .collect();
    let mut seen = Seen::default();
    let before = Before {
        memo,
        published: Published::These(published),
    };
    let inputs = Inputs::in_memory(files);
    let request = Request::new(&inputs, &site.options);
    let Ok(built) = pipeline::build(request, before, &Unwatched, &mut seen);
    assert!(!built.outcome.failed);
    let seen = seen.0.into_inner().unwrap();
    let written = seen
        .iter()
        .filter(|(path, (_, bytes))| *bytes && path.as_str().starts_with("search/"))
        .map(|(path, _)| path.to_string())
        .collect();
    (
        built.outcome.indexed,
        written,
        seen.into_iter()
            .map(|(path, (digest, _))| (path, digest))
            .collect(),
    )
}

#[test]
fn the_index_is_made_again_only_when_something_in_it_may_have_changed() {
    let mut site = Site::from(SITE);
    let fresh = site.fresh();
    let memo = fresh.memo();
    let (count, _, files) = run(&site, memo, &Map::default());
    assert!(count > 10);
    for (path, text) in [
        ("static/site.css", "p { color: red }"),
        ("templates/parts/x.html", "x"),
        ("content/articles/photo.txt", "no text"),
    ] {
        site.edit(path, text);
        assert_eq!(run(&site, memo, &files).0, 0, "{path} is nothing to search");
    }
    site.replace(
        "content/articles/shifts.md",
        "Night shifts",
        "Night  shifts",
    );
    let (count, written, _) = run(&site, memo, &files);
    assert!(
        count > 0 && written.is_empty(),
        "the same words in another file are the same index: {written:?}"
    );
    site.replace(
        "content/articles/shifts.md",
        "nobody counts",
        "everybody counts",
    );
    let (_, written, files) = run(&site, memo, &files);
    assert!(
        !written.is_empty()
            && written
                .iter()
                .all(|path| path.starts_with("search/text-") || path == "search/index.json"),
        "{written:?}"
    );
    site.replace(
        "content/roles/nurse/role.toml",
        "Ward Sister",
        "Head Sister",
    );
    assert!(
        run(&site, memo, &files)
            .1
            .iter()
            .any(|path| path.starts_with("search/names-"))
    );
    // What is lost is made again, and nobody makes what nobody wants.
    let mut less = run(&site, memo, &files).2;
    less.retain(|path, _| path.as_str() != "search/text-0.json");
    assert!(run(&site, memo, &less).0 > 0);
    let inputs = Inputs::in_memory(
        site.files
            .iter()
            .map(|(path, bytes)| (SourcePath::new(path).unwrap(), bytes.as_slice().into()))
            .collect(),
    );
    let check = Before {
        memo: site.memo(),
        published: Published::All,
    };
    let request = Request::new(&inputs, &site.options);
    let Ok(checked) = pipeline::build(request, check, &Unwatched, &mut Nowhere);
    assert_eq!(checked.outcome.indexed, 0);
}

#[test]
fn a_large_site_has_many_small_files() {
    let mut site = Site::from("");
    for number in 0..900 {
        let words: String = (0..120)
            .map(|word| format!("word{} ", (number * 7 + word * word) % 4001))
            .collect();
        site.edit(
            &format!("content/a/n{number}.md"),
            format!("# Note {number}\n\n{words}\n"),
        );
    }
    let built = site.build_once().clean();
    let sizes: Vec<(&String, usize)> = built
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("search/") && path.ends_with("json"))
        .map(|(path, bytes)| (path, bytes.len()))
        .collect();
    assert!(
        sizes.len() > 60 && sizes.iter().all(|(_, size)| *size < 30_000),
        "{sizes:?}"
    );
    let index = Index::of(&built);
    for number in [0, 1, 449, 899] {
        assert_eq!(
            index.find("names", &number.to_string()),
            of(&[(&format!("Note {number}"), 3)])
        );
        let word = format!("word{}", (number * 7 + 25) % 4001);
        assert!(
            index
                .find("text", &word)
                .contains_key(&format!("Note {number}")),
            "{word}"
        );
    }
}
