//! Articles: front matter in both languages, Markdown and what is built from it.

use serde_json::{Value, json};

use crate::harness::{Built, Dom, Site};

/// A template that shows the View of a page.
const VIEW: &str = "
=== templates/article.html
<!doctype html><html lang=\"en\"><title>{{ page.title }}</title><script id=\"view\" type=\"application/json\">{{ page | json }}</script>
<main id=\"main-content\">{{ page.body }}</main></html>
";

fn site(block: &str) -> Site {
    let mut site = Site::from(VIEW);
    site.files.extend(Site::from(block).files);
    site
}

fn view(built: &Built, path: &str) -> Value {
    serde_json::from_str(&built.dom(path).id("view").text).unwrap()
}

/// The body of an article as HTML.
fn body(markdown: &str) -> String {
    let built = site("").edit("content/a.md", markdown).build().clean();
    let page = built.page("a/index.html");
    let (_, rest) = page.split_once("<main id=\"main-content\">").unwrap();
    rest.split_once("</main>").unwrap().0.to_owned()
}

#[test]
fn front_matter_in_toml_and_in_yaml_says_the_same() {
    let toml = "+++\ntitle = \"A: b\"\ndescription = \"One.\"\ndate = 2026-01-02\nupdated = 2026-02-03\nslug = \"here\"\naliases = [\"/old/\"]\nweight = 3\n\
        tags = [\"One\", \"Two words\"]\nnoindex = true\n[extra]\na = [1, 2.5, true]\nb = { c = \"d\" }\n+++\nBody.\n";
    let yaml = "---\ntitle: \"A: b\"\ndescription: One.\ndate: 2026-01-02\nupdated: 2026-02-03\nslug: here\naliases:\n  - /old/\nweight: 3\n\
        tags: [One, Two words]\nnoindex: true\nextra:\n  a: [1, 2.5, true]\n  b: {c: d}\n---\nBody.\n";
    let build = |text: &str| site("").edit("content/a.md", text).build().clean();
    let (first, second) = (build(toml), build(yaml));
    assert_eq!(first.files, second.files);
    let page = view(&first, "here/index.html");
    assert_eq!(
        page["extra"],
        json!({ "a": [1, 2.5, true], "b": { "c": "d" } })
    );
    assert_eq!(
        (
            &page["title"],
            &page["date"],
            &page["updated"],
            &page["noindex"]
        ),
        (
            &json!("A: b"),
            &json!("2026-01-02"),
            &json!("2026-02-03"),
            &json!(true)
        )
    );
    assert!(first.page("old/index.html").contains("url=../here/"));
}

#[test]
fn an_article_without_front_matter_has_what_its_text_says() {
    let built = site("=== content/two-words.md\nThe first *paragraph* says it.\n\nMore.\n=== content/b.md\n# The title\n\nText.\n").build().clean();
    let page = view(&built, "two-words/index.html");
    assert_eq!(
        (&page["title"], &page["description"]),
        (&json!("Two words"), &json!("The first paragraph says it."))
    );
    assert_eq!(view(&built, "b/index.html")["title"], "The title");
    assert!(
        !built.page("b/index.html").contains("<h1"),
        "the heading is the page's title, and not repeated in its body"
    );
}

#[test]
fn a_summary_ends_at_more() {
    let built = site(
        "=== content/a.md\n+++\ntitle = \"A\"\n+++\nOne.\n\nTwo.\n\n<!-- more -->\n\nThree.\n",
    )
    .build()
    .clean();
    let page = view(&built, "a/index.html");
    assert_eq!(page["description"], "One. Two.");
    assert!(!page["body"].as_str().unwrap().contains("more"));
}

#[test]
fn words_and_minutes_are_counted() {
    let text = format!(
        "+++\ntitle = \"A\"\n+++\n{}\n\n```\ncode code\n```\n",
        "word ".repeat(1000)
    );
    let page = view(
        &site("").edit("content/a.md", text).build().clean(),
        "a/index.html",
    );
    assert!(
        (1000..=1002).contains(&page["words"].as_u64().unwrap()),
        "{}",
        page["words"]
    );
    assert!(
        (3..=6).contains(&page["reading_minutes"].as_u64().unwrap()),
        "{}",
        page["reading_minutes"]
    );
}

#[test]
fn headings_have_ids_and_a_table_of_contents() {
    let built = site(
        "=== content/a.md\n## Pay and *more*\n### Inside {#own .wide}\n## Pay and more\n## Grüße\n",
    )
    .build()
    .clean();
    let toc = &view(&built, "a/index.html")["toc"];
    let ids: Vec<&Value> = toc
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["id"])
        .collect();
    assert_eq!(ids, ["pay-and-more", "pay-and-more-1", "grüße"]);
    assert_eq!(
        toc[0]["children"],
        json!([{ "id": "own", "text": "Inside", "children": [] }])
    );
    assert_eq!(built.dom("a/index.html").id("own").name, "h3");
}

#[test]
fn markdown_beyond_commonmark_is_read() {
    let html = body(
        "| a | b |\n|:-:|--:|\n| 1 | ~~2~~ |\n\n- [x] done\n- [ ] open\n\nA note[^n] and again[^n].\n\n[^n]: The **note**.\n\n> [!WARNING]\n> Mind this.\n",
    );
    let dom = Dom::parse(&html);
    assert_eq!(
        dom.all("th")
            .map(|cell| (cell.attr("scope"), cell.attr("class")))
            .collect::<Vec<_>>(),
        [("col", "center"), ("col", "right")]
    );
    assert_eq!(dom.text("del"), "2");
    let boxes: Vec<bool> = dom
        .all("input")
        .map(|input| input.attributes.contains_key("checked"))
        .collect();
    assert_eq!(boxes, [true, false]);
    assert!(
        dom.all("input")
            .all(|input| input.attributes.contains_key("disabled")
                && !input.attr("aria-label").is_empty())
    );
    assert!(dom.id("fn-1").text.starts_with("The note."));
    assert_eq!(
        dom.all("a")
            .filter(|link| link.attr("href") == "#fn-1")
            .count(),
        2
    );
    let alert = dom
        .0
        .iter()
        .find(|element| element.attr("class").contains("alert-warning"))
        .unwrap();
    assert_eq!(alert.text, "Warning Mind this.");
}

#[test]
fn every_kind_of_alert_has_its_title() {
    for (kind, title) in [
        ("NOTE", "Note"),
        ("TIP", "Tip"),
        ("IMPORTANT", "Important"),
        ("WARNING", "Warning"),
        ("CAUTION", "Caution"),
    ] {
        let html = body(&format!("> [!{kind}]\n> Words.\n"));
        assert!(
            html.contains(&format!("alert-{}", kind.to_lowercase()))
                && html.contains(&format!(">{title}</p>")),
            "{html}"
        );
    }
    assert!(body("> [!NOVEL]\n> Words.\n").contains("<blockquote>"));
}

#[test]
fn punctuation_is_smart_unless_the_site_says_otherwise() {
    let text = "\"Quoted\" -- it's... --- `\"code\"`\n";
    assert!(
        body(text).contains("“Quoted” – it’s… — <code>&quot;code&quot;</code>"),
        "{}",
        body(text)
    );
    let mut plain = site("=== content/a.md\n");
    plain.edit("content/a.md", text).replace(
        "site.toml",
        "base_url",
        "markdown.smart_punctuation = false\nbase_url",
    );
    assert!(
        plain
            .build()
            .clean()
            .page("a/index.html")
            .contains("&quot;Quoted&quot; -- it&#39;s... ---")
    );
}

#[test]
fn code_is_coloured_with_classes_and_shown_as_it_is() {
    let code = "```rust\nfn main() { let a = \"<b>\"; }\n```\n";
    let html = body(code);
    assert!(
        html.contains("class=\"language-rust\"")
            && html.contains("<span class=")
            && !html.contains("style="),
        "{html}"
    );
    assert_eq!(
        Dom::parse(&html).text("code"),
        "fn main() { let a = \"<b>\"; }"
    );
    let mut plain = site("");
    plain.edit("content/a.md", code).replace(
        "site.toml",
        "base_url",
        "markdown.highlight = false\nbase_url",
    );
    assert!(
        plain
            .build()
            .clean()
            .page("a/index.html")
            .contains("fn main() { let a = &quot;&lt;b&gt;&quot;; }")
    );
    // A language that nobody knows, and one that tries to be markup.
    for info in ["no-such-language", "a\"><script>x</script>"] {
        let html = body(&format!("```{info}\nx < y\n```\n"));
        assert!(
            html.contains("x &lt; y") && !html.contains("<script>x"),
            "{html}"
        );
    }
}

#[test]
fn raw_html_is_kept_where_the_site_wants_it() {
    let mut raw =
        site("=== content/a.md\nA <b>bold</b> word.\n\n<div class=\"x\">\n\nText.\n\n</div>\n");
    assert_eq!(raw.build().said().matches("error[raw-html]").count(), 2);
    raw.replace(
        "site.toml",
        "base_url",
        "markdown.raw_html = true\nbase_url",
    );
    let built = raw.build().clean();
    assert!(
        built.page("a/index.html").contains("A <b>bold</b> word.")
            && built.page("a/index.html").contains("<div class=\"x\">")
    );
    // Comments are no markup, and are never published.
    assert!(!body("<!-- a secret -->\n\nText <!-- another --> here.\n").contains("secret"));
}

#[test]
fn braces_in_text_and_code_are_text() {
    let html = body(
        "Write {{ name }} or `{{< salary >}}`.\n\n```\n{{< nothing >}}\n```\n\nAnd {{</* salary */>}}.\n",
    );
    assert!(
        html.contains("Write {{ name }} or <code>{{&lt; salary &gt;}}</code>."),
        "{html}"
    );
    assert!(
        html.contains("{{&lt; nothing &gt;}}") && html.contains("And {{&lt; salary &gt;}}."),
        "{html}"
    );
}

#[test]
fn files_beside_an_article_are_published_with_it() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 480\"></svg>";
    let mut bundle = site(
        "=== content/guides/pay/index.md\n![A chart](chart.svg \"Pay over time\") and [the data](data/pay.csv.txt).\n=== content/guides/pay/data/pay.csv.txt\na,b\n",
    );
    bundle.edit("content/guides/pay/chart.svg", svg);
    let built = bundle.build().clean();
    let page = built.page("guides/pay/index.html");
    let dom = Dom::parse(page);
    let image = dom.all("img").next().unwrap();
    assert_eq!(
        ["src", "alt", "width", "height", "loading"].map(|name| image.attr(name)),
        ["chart.svg", "A chart", "640", "480", ""]
    );
    assert!(page.contains("href=\"data/pay.csv.txt\""), "{page}");
    assert_eq!(built.page("guides/pay/chart.svg"), svg);
    assert_eq!(built.page("guides/pay/data/pay.csv.txt"), "a,b\n");
}

#[test]
fn an_image_alone_with_a_title_is_a_figure() {
    let mut figure = site("=== content/a.md\n![A chart](chart.svg \"Pay over time\")\n");
    figure.edit("content/chart.svg", "<svg width=\"30\" height=\"20\"/>");
    let built = figure.build().clean();
    assert_eq!(
        built.dom("a/index.html").text("figcaption"),
        "Pay over time"
    );
}

#[test]
fn a_picture_for_cards_and_shared_links_is_known_with_its_size() {
    let mut site = site(
        "=== content/a.md\n+++\ntitle = \"A\"\nimage = \"hero.png\"\nimage_alt = \"A harbour\"\n+++\nText.\n",
    );
    // The first bytes of a PNG say its size: 1200 by 630.
    site.edit("content/hero.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x04\xb0\x00\x00\x02\x76\x08\x06\x00\x00\x00");
    let built = site.build().clean();
    let image = &view(&built, "a/index.html")["image"];
    assert_eq!(
        (
            &image["src"],
            &image["width"],
            &image["height"],
            &image["alt"]
        ),
        (
            &json!("/hero.png"),
            &json!(1200),
            &json!(630),
            &json!("A harbour")
        )
    );
    assert!(
        view(&built, "a/index.html")["head"]
            .as_str()
            .unwrap()
            .contains("content=\"https://example.com/hero.png\"")
    );
}

#[test]
fn what_to_read_next_is_what_the_author_named() {
    let built = site("=== content/a.md\n+++\nup_next = [\"b.md\", \"roles/_index.md\"]\n+++\nA.\n=== content/b.md\n+++\ntitle = \"B\"\nup_next = \"a.md\"\n+++\nB.\n=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n").build().clean();
    let next = view(&built, "a/index.html")["up_next"].clone();
    let urls: Vec<&Value> = next
        .as_array()
        .unwrap()
        .iter()
        .map(|card| &card["url"])
        .collect();
    assert_eq!(urls, ["/b/", "/roles/"]);
    assert_eq!(view(&built, "b/index.html")["up_next"][0]["url"], "/a/");
}

#[test]
fn authors_are_those_of_the_list() {
    let built = site("=== content/authors.toml\n[[authors]]\nname = \"Jo Field\"\njob_title = \"Editor\"\nurl = \"https://example.com/jo\"\nbio = \"Writes *well*.\"\n=== content/a.md\n+++\nauthors = [\"jo-field\"]\n+++\nA.\n")
        .build()
        .clean();
    let author = view(&built, "a/index.html")["authors"][0].clone();
    assert_eq!(
        (&author["id"], &author["name"], &author["job_title"]),
        (&json!("jo-field"), &json!("Jo Field"), &json!("Editor"))
    );
    assert!(author["bio"].as_str().unwrap().contains("<em>well</em>"));
}

#[test]
fn another_template_and_free_values_are_the_authors_to_name() {
    let built = Site::from(
        "=== templates/wide.html\n<!doctype html><title>{{ page.title }}</title><main id=\"main-content\">{{ page.extra.colour }} {{ page.extra.nested.deep }}</main>\n\
         === content/a.md\n+++\ntemplate = \"wide.html\"\nextra = { colour = \"<teal>\", nested = { deep = 1 } }\n+++\nA.\n",
    )
    .build()
    .clean();
    assert!(built.page("a/index.html").contains("&lt;teal&gt; 1"));
}

#[test]
fn marks_and_line_ends_change_nothing_in_any_kind_of_file() {
    let block = "=== content/a.md\n+++\ntitle = \"A\"\n+++\nOne\ntwo.\n\n```\ncode\nmore\n```\n\n| a |\n|---|\n| b |\n=== content/y.md\n---\ntitle: Y\ntags:\n  - t\n---\nText.\n\
        === content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\ndefinition = \"\"\"\nOne\n\ntwo\"\"\"\n[figures]\nsource = \"editors\"\n\
        === content/roles/nurse/salary.csv\narea,min,max,currency,period\nUS,1000,2000,USD,year\nGB,1000,2000,GBP,year\n\
        === templates/article.html\n<!doctype html>\n<title>{{ page.title }}</title>\n<main id=\"main-content\">\n{{ page.body }}\n</main>\n";
    let plain = Site::from(block);
    let expected = plain.build().clean().files;
    assert!(expected.contains_key("roles/nurse/salary/index.html"));
    for (name, mark, end) in [
        ("BOM", "\u{feff}", "\n"),
        ("CRLF", "", "\r\n"),
        ("CR", "", "\r"),
        ("BOM and CRLF", "\u{feff}", "\r\n"),
    ] {
        let mut other = plain.clone();
        for bytes in other.files.values_mut() {
            *bytes = format!(
                "{mark}{}",
                std::str::from_utf8(bytes).unwrap().replace('\n', end)
            )
            .into_bytes();
        }
        let found = other.build().clean().files;
        let differ: Vec<_> = expected
            .keys()
            .chain(found.keys())
            .filter(|path| expected.get(*path) != found.get(*path))
            .collect();
        assert!(differ.is_empty(), "{name}: {differ:?}");
    }
}

#[test]
fn a_name_in_either_unicode_form_is_one_address() {
    let composed =
        site("=== content/caf\u{e9}.md\nOne.\n=== content/b.md\nSee [it](cafe\u{301}.md).\n")
            .build()
            .clean();
    let decomposed =
        site("=== content/cafe\u{301}.md\nOne.\n=== content/b.md\nSee [it](caf\u{e9}.md).\n")
            .build()
            .clean();
    assert!(composed.has("caf\u{e9}/index.html") && decomposed.has("caf\u{e9}/index.html"));
}

#[test]
fn links_to_files_lead_to_their_pages_whole_or_encoded() {
    let built = site("=== content/deep/a b.md\n+++\nslug = \"a-b\"\n+++\n## Pay\n=== content/c.md\n[one](deep/a%20b.md#pay) [two](<deep/a b.md>) [three](/deep/a%20b.md?x=1#pay) [home](_index.md) [sources](sources.md) [self](#here)\n\n## Here\n").build().clean();
    let page = built.page("c/index.html");
    for href in [
        "../deep/a-b/#pay",
        "../deep/a-b/",
        "../deep/a-b/?x=1#pay",
        "../",
        "../sources/",
        "#here",
    ] {
        assert!(
            page.contains(&format!("href=\"{href}\"")),
            "{href} in {page}"
        );
    }
}
