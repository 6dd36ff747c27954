//! Data is never markup: whatever a text says, the page has the same elements as with a harmless
//! one.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::{Built, Dom, Site, xml};

const HARMLESS: &str = "plain words here";

const PAYLOADS: [&str; 5] = [
    "<script>x</script> & \"' z",
    "</script><!--<script>alert(1)</script> z",
    "\"><img src=x onerror=alert(1)> z",
    "{{ site.title }} {% raw %} z",
    "]]> --> &lt;b&gt; &#60; </title></style></textarea> z",
];

/// A site in which every text is the same. `TEXT` stands for it, quoted.
const SITE: &str = r#"
=== site.toml
title = TEXT
base_url = "https://example.com/"
description = TEXT
publisher = TEXT
[[nav]]
title = TEXT
to = "sources.md"
[[nav]]
title = TEXT
[[nav.children]]
title = TEXT
url = "https://example.com/?a=1&b='2'"
[[tracks]]
id = "care"
name = TEXT
[[calls_to_action]]
id = "join"
text = TEXT
url = "https://example.com/?a=1&b=2"
[params]
words = TEXT
=== content/skills.toml
[[proficiencies]]
id = "basic"
name = TEXT
description = TEXT
[[skills]]
id = "one"
name = TEXT
group = TEXT
kind = "tool"
description = TEXT
[[skills]]
id = "two"
name = TEXT
=== content/sources.toml
[[sources]]
id = "editors"
title = TEXT
kind = "report"
publisher = TEXT
url = "https://example.com/?a=1&b='2'"
licence = TEXT
licence_url = "https://example.com/"
as_of = "2026"
attribution = TEXT
note = TEXT
=== content/categories.toml
[[categories]]
id = "work"
title = TEXT
summary = TEXT
description = TEXT
=== content/areas.toml
[[areas]]
id = "here"
name = TEXT
[[areas]]
id = "there"
name = TEXT
=== content/authors.toml
[[authors]]
id = "jo"
name = TEXT
job_title = TEXT
url = "https://example.com/?a=1&b='2'"
bio = TEXT
=== content/frameworks/f/framework.toml
name = TEXT
employer = TEXT
summary = TEXT
description = TEXT
[[tracks]]
id = "ward"
name = TEXT
[[levels]]
id = "n1"
name = TEXT
track = "ward"
scope = TEXT
reach = TEXT
[[levels]]
id = "n2"
name = TEXT
track = "ward"
[[competencies]]
id = "calm"
group = TEXT
name = TEXT
description = TEXT
[competencies.criteria]
n1 = [TEXT, { text = TEXT, examples = [TEXT] }]
=== content/roles/nurse/role.toml
title = TEXT
category = "work"
summary = TEXT
definition = TEXT
codes = { onet_soc = TEXT, isco_08 = TEXT }
industries = [TEXT]
locations = [TEXT]
workplace = ["remote"]
responsibilities = [TEXT, TEXT, TEXT]
image = "nurse.svg"
image_alt = TEXT
[figures]
source = "editors"
as_of = "2026"
currency = "USD"
period = "year"
area = "here"
[sections.levels]
heading = TEXT
intro = TEXT
[[levels]]
id = "a"
title = TEXT
name = TEXT
track = "care"
stage = "entry"
experience = { min_years = 0, max_years = 2 }
salary = { min = 1000, max = 2000, label = TEXT }
summary = TEXT
responsibilities = [TEXT]
tasks = [TEXT]
skills = ["one", { any_of = ["one", "two"], proficiency = "basic" }]
focus = TEXT
advance = TEXT
scope = TEXT
reach = TEXT
[[levels]]
id = "b"
title = TEXT
track = "care"
skills = ["two"]
[[competencies]]
id = "calm"
group = TEXT
name = TEXT
description = TEXT
criteria = { a = [TEXT, { text = TEXT, examples = [TEXT] }] }
[[salary]]
label = TEXT
min = 1000
max = 2000
area = "here"
[[salary]]
min = 1000
max = 2000
area = "there"
[[statistics]]
id = "jobs"
label = TEXT
value = 5
unit = TEXT
note = TEXT
[[titles]]
id = "t"
name = MORE
description = TEXT
stage = "vp"
featured = true
[[titles]]
id = "t2"
name = "Another"
description = TEXT
parent = "t"
[[specializations]]
id = "s"
name = TEXT
description = TEXT
[[related]]
name = TEXT
reason = TEXT
[[education]]
name = TEXT
level = "bachelor"
description = TEXT
[[certifications]]
name = TEXT
issuer = TEXT
url = "https://example.com/?a=1&b='2'"
summary = TEXT
[[tips]]
id = "tip"
name = TEXT
text = TEXT
[[faqs]]
id = "q"
question = TEXT
answer = TEXT
[[testimonials]]
quote = TEXT
name = TEXT
job_title = TEXT
consent = true
[extra]
words = TEXT
=== content/roles/nurse/nurse.svg
<svg width="1" height="1"></svg>
=== content/roles/nurse/positions.toml
[[positions]]
id = "p"
title = TEXT
employer = TEXT
employer_url = "https://example.com/?a=1&b='2'"
locations = [TEXT]
country = "NO"
level = "a"
posted = 2026-11-01
url = "https://example.com/?a=1&b='2'"
summary = TEXT
description = TEXT
=== content/roles/nurse/what-is.md
{{< stat id="jobs" >}} {{< salary >}} {{< salary level="a" >}}

{{< levels >}}

{{< ladder >}}

{{< skills >}}

{{< faq id="q" >}}

{{< figure src="nurse.svg" alt=TEXT caption=TEXT >}}
=== content/roles/ward/role.toml
title = TEXT
category = "work"
framework = "f"
[[levels]]
id = "n1"
title = TEXT
[[levels]]
id = "n2"
title = TEXT
=== content/articles/_index.md
+++
title = TEXT
description = TEXT
+++
=== content/articles/a.md
+++
title = TEXT
description = TEXT
date = 2026-01-01
authors = ["jo"]
tags = [TEXT]
image = "a.svg"
image_alt = TEXT
up_next = "b.md"
[extra]
words = TEXT
+++
## Heading
=== content/articles/b.md
+++
title = TEXT
date = 2026-01-02
+++
Words.
=== content/articles/a.svg
<svg width="1" height="1"></svg>
"#;

/// The site with a text everywhere. The names of tags' pages, which hold the text's slug, become
/// the same.
fn build(text: &str) -> BTreeMap<String, String> {
    // A JSON text is a TOML text, and one of a shortcode.
    let quoted = serde_json::to_string(text).unwrap();
    let built: Built = Site::from(&SITE.replace("TEXT", &quoted).replace(
        "MORE",
        &serde_json::to_string(&format!("{text} more")).unwrap(),
    ))
    .build();
    assert!(!built.failed, "{}", built.said());
    let slug = rungs::path::slugify(text);
    let pages = built.files.iter().filter(|(path, _)| {
        path.ends_with(".html") || path.ends_with(".xml") || path.ends_with(".json")
    });
    pages
        .map(|(path, bytes)| {
            (
                path.replace(&slug, "SLUG"),
                String::from_utf8(bytes.clone()).unwrap(),
            )
        })
        .collect()
}

#[test]
fn no_text_of_any_file_changes_the_elements_of_a_page() {
    let harmless = build(HARMLESS);
    assert!(
        harmless.len() > 25
            && harmless
                .iter()
                .filter(|(_, page)| page.contains(HARMLESS))
                .count()
                > 20
    );
    for payload in PAYLOADS {
        let hostile = build(payload);
        assert!(hostile.keys().eq(harmless.keys()), "{:?}", hostile.keys());
        for ((path, hostile), (_, harmless)) in hostile.iter().zip(&harmless) {
            if path.ends_with(".xml") {
                let paths = |text: &str| {
                    xml(text)
                        .into_iter()
                        .map(|(path, _)| path)
                        .collect::<Vec<_>>()
                };
                assert_eq!(paths(hostile), paths(harmless), "{path}");
                continue;
            }
            if path.starts_with("search/names-") || path.starts_with("search/text-") {
                // The words are keys, and names of several words: letters, digits and the ends of
                // C++ and C#.
                let words: Value = serde_json::from_str(hostile).unwrap();
                assert!(
                    words
                        .as_object()
                        .unwrap()
                        .keys()
                        .flat_map(|key| key.split(' '))
                        .all(|word| word
                            .trim_end_matches(['+', '#'])
                            .chars()
                            .all(char::is_alphanumeric)),
                    "{path}: {words}"
                );
                continue;
            }
            if path.ends_with(".json") {
                assert_eq!(
                    keys(&serde_json::from_str(hostile).unwrap()),
                    keys(&serde_json::from_str(harmless).unwrap()),
                    "{path}"
                );
                continue;
            }
            let (hostile, harmless) = (Dom::parse(hostile), Dom::parse(harmless));
            assert_eq!(
                hostile.shape(),
                harmless.shape(),
                "{payload:?} changes {path}"
            );
            let objects = |dom: &Dom| dom.json_ld().iter().map(keys).collect::<Vec<_>>();
            assert_eq!(
                objects(&hostile),
                objects(&harmless),
                "{payload:?} changes the JSON-LD of {path}"
            );
        }
    }
}

#[test]
fn texts_are_shown_as_they_were_written() {
    for payload in PAYLOADS {
        let pages = build(payload);
        for path in [
            "articles/a/index.html",
            "roles/nurse/index.html",
            "categories/work/index.html",
            "frameworks/f/index.html",
        ] {
            assert_eq!(Dom::parse(&pages[path]).text("h1"), payload, "{path}");
        }
    }
}

#[test]
fn json_ld_reads_back_equal() {
    for payload in PAYLOADS {
        let pages = build(payload);
        let dom = |path: &str| Dom::parse(&pages[path]);
        let name = Value::from(payload);
        assert_eq!(
            dom("roles/nurse/index.html").json_ld_of("Occupation")["name"],
            name
        );
        assert_eq!(
            dom("articles/a/index.html").json_ld_of("Article")["headline"],
            name
        );
        assert_eq!(dom("index.html").json_ld_of("WebSite")["name"], name);
        let posting = dom("roles/nurse/positions/p/index.html").json_ld_of("JobPosting");
        assert_eq!(
            (&posting["title"], &posting["hiringOrganization"]["name"]),
            (&name, &name)
        );
        let questions = dom("roles/nurse/faq/index.html").json_ld_of("FAQPage");
        assert!(
            questions["mainEntity"]
                .as_array()
                .unwrap()
                .iter()
                .any(|question| question["name"] == name)
        );
    }
}

#[test]
fn links_and_images_of_markdown_are_escaped() {
    let markdown = "[a](https://example.com/?a='%22><b>&c \"Ti\\\"tle <b>\") ![A \"q\" <b>](x.svg \"Ti'tle & <b>\") <https://example.com/?'&x>\n";
    let mut site = Site::from("");
    site.edit(
        "content/a.md",
        markdown.replace("><b>&c", "%3E&c").replace("<b>", "\\<b>"),
    )
    .edit("content/x.svg", "<svg/>");
    let built = site.build().clean();
    let dom = built.dom("a/index.html");
    assert!(dom.all("b").next().is_none());
    let image = dom
        .all("img")
        .find(|image| image.attr("src").ends_with("x.svg"))
        .unwrap();
    assert_eq!(image.attr("alt"), "A “q” <b>");
}

/// Keys and kinds of a value, its texts left out.
fn keys(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), keys(value)))
            .collect(),
        Value::Array(items) => items.iter().map(keys).collect(),
        Value::String(_) => Value::from("text"),
        other => other.clone(),
    }
}
