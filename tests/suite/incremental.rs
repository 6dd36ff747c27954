//! Promise 1: whatever is edited, a build with everything remembered gives the bytes and the words
//! of a clean one. `SEQUENCES=10000 cargo test --release --test suite incremental` runs as many
//! sequences of 20 edits; a failure names its seed, and `SEED=n` runs that one alone, or begins
//! with it when SEQUENCES says how many.

use rayon::prelude::*;

use rungs::serve::{Editor, Preview};

use crate::harness::Site;

pub const SITE: &str = r#"
=== site.toml
title = "Test"
base_url = "https://example.com/"
theme = "own"
paginate_by = 2
og_images = false
icons = false
[[nav]]
title = "Roles"
to = "roles/_index.md"
[figures]
area = "US"
[check]
stale_after = "24 months"
[[tracks]]
id = "individual"
name = "Care"

=== themes/own/theme.toml
name = "Own"
[lists.newest]
for = ["article"]
of = "article"
sort = "-date"
limit = 2

=== themes/own/templates/page.html
<!doctype html><html lang="{{ page.language }}"><head><title>{{ page.title }}</title>{{ page.head }}<link rel="stylesheet" href="{{ site.assets["css/main.css"] }}"></head>
<body>{% include "parts/nav.html" %}{% block content %}<h1>{{ page.title }}</h1>{{ page.body }}{% endblock content %}</body></html>

=== themes/own/templates/parts/nav.html
<nav>{% for item in site.nav %}<a href="{{ item.url }}"{% if item.current %} aria-current="page"{% endif %}>{{ item.title }}</a>{% endfor %}</nav>

=== themes/own/templates/article.html
{% extends "page.html" %}{% block content %}<h1>{{ page.title }}</h1>{{ page.body }}{% for card in lists.newest %}<a href="{{ card.url }}">{{ card.title }}: {{ card.summary }}</a>{% endfor %}
{% if next %}<a rel="next" href="{{ next.url }}">{{ next.title }}</a>{% endif %}<p>{{ page.words }}</p>{% endblock content %}

=== themes/own/static/css/main.css
body { color: #222 }

=== content/skills.toml
[[skills]]
id = "care"
name = "Care"
description = "Looks after [others](roles/nurse/index.md)."
[[skills]]
id = "sums"
name = "Sums"
[[skills]]
id = "tact"
name = "Tact"

=== content/roles/nurse/role.toml
title = "Nurse"
category = "work"
summary = "Cares for people."
weight = 1
[figures]
source = "editors"
as_of = "2026-11"
currency = "USD"
period = "year"
[[levels]]
id = "junior"
title = "Junior Nurse"
skills = ["care"]
salary = { min = 30_000, max = 40_000 }
[[levels]]
id = "senior"
title = "Senior Nurse"
skills = ["sums"]
salary = { min = 50_000, max = 60_000 }
[[salary]]
value = 45_000
[[requires]]
skill = "tact"
importance = { value = 3, max = 5 }
[[related]]
role = "clerk"
[[titles]]
name = "Ward Nurse"
description = "Works on a [ward](guide.md)."

=== content/roles/clerk/role.toml
title = "Clerk"
category = "work"
summary = "Keeps records."

=== content/roles/nurse/guide.md
+++
title = "Guide"
+++
Pay is {{< salary level="junior" >}}. See [the ladder](ladder.md#senior), and [more](../../articles/a.md#more).

=== content/articles/_index.md
+++
title = "Articles"
+++

=== content/articles/a.md
+++
title = "First"
date = 2026-01-01
tags = ["One", "Two"]
+++
The first text.

## More

A nurse earns {{< salary role="nurse" level="senior" >}}. ![A box](box.svg)

=== content/articles/b.md
+++
title = "Second"
date = 2026-02-01
tags = ["One"]
+++
The second text leads to [the first](a.md#more) and to [a role](../roles/clerk/index.md).

=== content/articles/c.md
+++
title = "Third"
date = 2026-03-01
description = "A third."
+++
The third text.

=== content/articles/box.svg
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"/>

=== static/robots-are-welcome.txt
yes
"#;

/// Numbers that a seed decides (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// The files below a folder with an ending, if the site still has any.
fn any(site: &Site, dice: &mut Dice, start: &str, end: &str) -> Option<String> {
    let all: Vec<&String> = site
        .files
        .keys()
        .filter(|path| path.starts_with(start) && path.ends_with(end))
        .collect();
    (!all.is_empty()).then(|| (*dice.one(&all)).clone())
}

/// Replaces a text where it is; an edit before may have taken it away.
fn swap(site: &mut Site, path: &str, old: &str, new: &str) {
    if let Some(text) = site
        .files
        .get(path)
        .map(|bytes| String::from_utf8(bytes.clone()).unwrap())
    {
        site.edit(path, text.replacen(old, new, 1));
    }
}

/// Replaces one of two texts by the other one.
fn toggle(site: &mut Site, path: &str, texts: [&str; 2], number: usize) {
    swap(site, path, texts[number % 2], texts[(number + 1) % 2]);
}

fn write(site: &mut Site, path: &str, text: String) {
    site.edit(path, text);
}

fn append(site: &mut Site, path: &str, text: &str) {
    let old = site
        .files
        .get(path)
        .map(|bytes| String::from_utf8(bytes.clone()).unwrap())
        .unwrap_or_default();
    site.edit(path, old + text);
}

/// A picture, and sometimes none.
fn share(number: usize) -> String {
    let end = if number.is_multiple_of(7) {
        ""
    } else {
        "</svg>"
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M{} 0h1v1\"/>{end}",
        number % 9
    )
}

/// One random edit; its words are for the message of a failure.
fn edit(site: &mut Site, dice: &mut Dice) -> String {
    let number = dice.below(1000);
    let article = any(site, dice, "content/articles/", ".md")
        .unwrap_or_else(|| "content/articles/new.md".into());
    let markdown = any(site, dice, "content/", ".md").unwrap_or_else(|| article.clone());
    let record = any(site, dice, "content/roles/", "role.toml")
        .unwrap_or_else(|| "content/roles/nurse/role.toml".into());
    let theme = "themes/own/templates";
    let kind = dice.below(48);
    match kind {
        0 | 1 => append(site, &markdown, &format!("\nMore text {number}.\n")),
        2 => swap(
            site,
            &markdown,
            "title = \"",
            &format!("title = \"T{number} "),
        ),
        3 => swap(site, &article, "+++\n", "+++\ndraft = true\n"),
        4 => swap(site, &article, "draft = true\n", ""),
        5 => {
            if let Some(bytes) = site.files.remove(&markdown) {
                site.edit(&markdown.replace(".md", &format!("-{number}.md")), bytes);
            }
        }
        6 => {
            if let Some(bytes) = site.files.remove(&article) {
                site.edit(
                    &article.replace(
                        "content/articles/",
                        ["content/", "content/notes/", "content/roles/nurse/"][number % 3],
                    ),
                    bytes,
                );
            }
        }
        7 => drop(site.files.remove(&article)),
        8 => {
            write(
                site,
                &format!("content/articles/n{number}.md"),
                format!(
                    "+++\ntitle = \"New {number}\"\ndate = 2026-{:02}-02\n+++\nNew.\n",
                    1 + number % 12
                ),
            );
        }
        9 => {
            if let Some(bytes) = site.files.remove(&article) {
                let (folder, name) = article.rsplit_once('/').unwrap();
                let other = if name.chars().any(char::is_uppercase) {
                    name.to_lowercase()
                } else {
                    name.to_uppercase().replace(".MD", ".md")
                };
                site.edit(&format!("{folder}/{other}"), bytes);
            }
        }
        10 => swap(
            site,
            &record,
            "summary = \"",
            &format!("summary = \"S{number} "),
        ),
        11 => swap(
            site,
            &record,
            "min = 30_000",
            &format!("min = {}", 20_000 + number),
        ),
        12 => swap(
            site,
            &record,
            "title = \"",
            &format!("title = \"R{number} "),
        ),
        13 => append(
            site,
            &record,
            &format!("\n[[titles]]\nname = \"Title {number}\"\n"),
        ),
        14 => write(
            site,
            &format!("content/roles/r{}/role.toml", number % 3),
            format!("title = \"Role {number}\"\ncategory = \"work\"\nsummary = \"R.\"\n"),
        ),
        15 => drop(site.files.remove(&record)),
        16 => append(
            site,
            &format!("{theme}/parts/nav.html"),
            &format!("<i>{number}</i>"),
        ),
        17 => append(
            site,
            &format!("{theme}/article.html"),
            &format!("{{# {number} #}}"),
        ),
        18 => swap(
            site,
            &format!("{theme}/article.html"),
            "<p>",
            &format!("<p>{number} "),
        ),
        19 => write(
            site,
            &format!("{theme}/salary.html"),
            format!(
                "{{% extends \"page.html\" %}}{{% block content %}}{{{{ role.title }}}} {number}{{% endblock content %}}"
            ),
        ),
        20 => append(
            site,
            "themes/own/static/css/main.css",
            &format!("p {{ margin: {number}px }}\n"),
        ),
        21 => write(site, "static/robots-are-welcome.txt", format!("{number}")),
        22 => write(
            site,
            &format!("static/x{}.txt", number % 3),
            format!("{number}"),
        ),
        23 => _ = any(site, dice, "static/", "").map(|path| site.files.remove(&path)),
        24 => swap(
            site,
            "site.toml",
            "title = \"",
            &format!("title = \"Site {number} "),
        ),
        25 => swap(
            site,
            "site.toml",
            "example.com/",
            ["example.com/sub/", "example.org/"][number % 2],
        ),
        26 => swap(
            site,
            "site.toml",
            "paginate_by = 2",
            &format!("paginate_by = {}", 1 + number % 3),
        ),
        27 => write(
            site,
            "i18n/en.toml",
            format!("nav_home = \"Start {number}\"\n"),
        ),
        28 => swap(
            site,
            "content/articles/box.svg",
            "width=\"10\"",
            &format!("width=\"{}\"", 1 + number),
        ),
        29 => swap(site, &article, "## ", &format!("## H{number} ")),
        30 => swap(
            site,
            "content/skills.toml",
            "name = \"",
            &format!("name = \"K{number} "),
        ),
        31 => {
            site.options.drafts ^= number.is_multiple_of(2);
            site.options.future ^= number.is_multiple_of(3);
            site.options.build_date = site.options.build_date.tomorrow().unwrap();
        }
        32 => site.forget(|_| dice.below(2) == 0),
        // Drawing takes longer than all else: it is on now and then.
        33 if number.is_multiple_of(3) => {
            swap(site, "site.toml", "og_images = false", "og_images = true");
        }
        33 => swap(site, "site.toml", "og_images = true", "og_images = false"),
        34 if number.is_multiple_of(3) => swap(site, "site.toml", "icons = false", "icons = true"),
        34 => swap(site, "site.toml", "icons = true", "icons = false"),
        35 => write(site, "templates/share.svg", share(number)),
        36 => write(
            site,
            [
                "static/favicon.svg",
                "static/share.png",
                "content/roles/nurse/share.png",
            ][number % 3],
            share(number),
        ),
        // What records take from the site's own file.
        37 => swap(
            site,
            "site.toml",
            ["\"US\"", "\"DE\""][number % 2],
            ["\"DE\"", "\"US\""][number % 2],
        ),
        38 if number.is_multiple_of(2) => swap(
            site,
            "site.toml",
            "name = \"",
            &format!("name = \"Track {number} "),
        ),
        38 => swap(
            site,
            "site.toml",
            ["24 months", "0 months"][number / 2 % 2],
            ["0 months", "24 months"][number / 2 % 2],
        ),
        39 if number.is_multiple_of(2) => append(site, "site.toml", "[pages]\ncompare = false\n"),
        39 => swap(site, "site.toml", "[pages]\ncompare = false\n", ""),
        40 => toggle(
            site,
            &record,
            ["[\"sums\"]", "[\"sums\", \"tact\"]"],
            number,
        ),
        41 => layer(site, number),
        42 => {
            let layer = any(site, dice, "content/roles/", ".shop.toml");
            drop(layer.map(|path| site.files.remove(&path)));
        }
        43 => _ = any(site, dice, "content/roles/", ".csv").map(|path| site.files.remove(&path)),
        44 => toggle(site, &record, ["value = 45_000", "value = 46_000"], number),
        45 => toggle(site, &record, ["{ value = 3,", "{ value = 4,"], number),
        46 => toggle(site, &record, ["weight = 1", "weight = 9"], number),
        _ => site.spoil(|_| number.is_multiple_of(4) || dice.below(3) == 0),
    }
    format!("{kind} {number} {article} {markdown} {record}")
}

/// Writes the file of an import.
fn layer(site: &mut Site, number: usize) {
    let role = ["nurse", "clerk", "r0", "r9"][number % 4];
    let (path, text) = match number / 4 % 4 {
        0 => (
            format!("content/roles/{role}/imported.shop.toml"),
            format!(
                "title = \"From {number}\"\ncategory = \"work\"\nsummary = \"S.\"\n[[titles]]\nname = \"Title {number}\"\n"
            ),
        ),
        1 => (
            format!("content/roles/{role}/imported.other.toml"),
            format!(
                "definition = \"From *{number}* with [a link](../nurse/index.md).\"\n[figures]\narea = \"US\"\n"
            ),
        ),
        2 => (
            format!("content/roles/{role}/salary.shop.csv"),
            format!("value,currency,period,area\n{number}000,USD,year,US\n"),
        ),
        _ => (
            "content/skills.shop.toml".to_owned(),
            format!(
                "[[skills]]\nid = \"care\"\nname = \"Care {number}\"\n[[skills]]\nname = \"New\"\n"
            ),
        ),
    };
    write(site, &path, text);
}

/// Runs a sequence; the error says which edits led to a difference.
fn sequence(seed: u64, site: &Site) -> Result<(), String> {
    let mut dice = Dice(seed);
    let mut site = site.fresh();
    let mut edits = vec![];
    let preview = Preview::new(1, Editor::default());
    for _ in 0..20 {
        let before = site.files.clone();
        edits.push(edit(&mut site, &mut dice));
        let (clean, warm) = (site.build_once(), site.build_warm());
        if clean != warm {
            let other = clean
                .files
                .iter()
                .find(|(path, bytes)| warm.files.get(*path) != Some(*bytes))
                .map(|(path, _)| path.as_str());
            return Err(format!(
                "seed {seed}: {other:?} differs after\n{}\nclean:\n{}\nwarm:\n{}",
                edits.join("\n"),
                clean.said(),
                warm.said()
            ));
        }
        let shown = site.previewed(&preview);
        if (&clean.files, &clean.reports) != (&shown.files, &shown.reports) {
            let other = clean
                .files
                .iter()
                .find(|(path, bytes)| shown.files.get(*path) != Some(*bytes))
                .map(|(path, _)| path.as_str());
            return Err(format!(
                "seed {seed}: the preview's {other:?} differs after\n{}\nclean:\n{}\nshown:\n{}",
                edits.join("\n"),
                clean.said(),
                shown.said()
            ));
        }
        // Mistakes are compared too, but a site that stays broken tests nothing else.
        if clean.failed && dice.below(3) > 0 {
            site.files = before;
        }
    }
    Ok(())
}

#[test]
fn a_warm_build_is_a_clean_build() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|number| number.parse::<u64>().unwrap())
    };
    let site = Site::from(SITE);
    assert!(!site.build().failed, "{}", site.build().said());
    let count = number("SEQUENCES").unwrap_or(if number("SEED").is_some() {
        1
    } else {
        SEQUENCES
    });
    let seeds = (0..count)
        .map(|seed| number("SEED").unwrap_or(0) + seed)
        .collect::<Vec<_>>();
    let different: Vec<String> = seeds
        .into_par_iter()
        .filter_map(|seed| sequence(seed, &site).err())
        .collect();
    assert!(
        different.is_empty(),
        "{} sequences differ; the first:\n{}",
        different.len(),
        different[0]
    );
}

/// How many sequences every run of the tests makes; CI makes more, with an optimized program.
const SEQUENCES: u64 = 10;

/// That there is no feed is an answer on which every page depends.
#[test]
fn the_first_date_of_a_site_brings_a_feed_to_every_page() {
    let folder = Site::from("").on_disk();
    let article = |date: &str| format!("+++\ntitle = \"Piece\"\n{date}+++\nText.\n");
    folder.write("content/pieces/_index.md", "+++\ntitle = \"Pieces\"\n+++\n");
    folder.write("content/pieces/one.md", article(""));
    folder.run(&["build"]).exits(0);
    folder.write("content/pieces/one.md", article("date = 2026-01-02\n"));
    folder.run(&["build"]).exits(0);
    folder
        .run(&["build", "--no-cache", "--output-dir", "clean"])
        .exits(0);
    let home = folder.files("public")["index.html"].clone();
    assert!(String::from_utf8_lossy(&home).contains("feed.xml"));
    assert_eq!(folder.files("public"), folder.files("clean"));
}
