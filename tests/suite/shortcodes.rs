//! Shortcodes: figures and lists of the record in prose, pictures, and shortcodes of a theme's own.

use crate::harness::{Dom, Site};

/// A role with something for every shortcode.
const NURSE: &str = r#"
=== content/roles/nurse/role.toml
title = "Nurse"
category = "work"

[figures]
source = "editors"
as_of = "2026-11"
currency = "USD"
period = "year"

[[salary]]
min = 60_000
max = 90_000

[[statistics]]
id = "open-jobs"
label = "Open jobs"
value = 2_900
approximate = true

[[skills]]
name = "Triage"

[[levels]]
id = "junior"
title = "Junior Nurse"
experience = { min_years = 0, max_years = 2 }
salary = { min = 50_000, max = 60_000 }
skills = ["triage"]

[[levels]]
id = "senior"
title = "Senior Nurse"
experience = { min_years = 5 }

[[faqs]]
question = "Is it hard?"
answer = "It is *worth* it."
"#;

/// The main part of the role's page "what is", with a text.
fn what_is(markdown: &str) -> Dom {
    let built = Site::from(NURSE)
        .edit("content/roles/nurse/what-is.md", markdown)
        .build()
        .clean();
    built.dom("roles/nurse/what-is/index.html")
}

fn main_of(dom: &Dom) -> &str {
    dom.text("main")
}

#[test]
fn salary_says_what_the_record_says() {
    let dom = what_is("They earn {{< salary >}}; juniors {{< salary level=\"junior\" >}}.\n");
    let text = main_of(&dom);
    assert!(
        text.contains("$60,000 to $90,000 a year") && text.contains("$50,000 to $60,000 a year"),
        "{text}"
    );
}

#[test]
fn stat_says_the_figure() {
    let text = what_is("There are {{< stat id=\"open-jobs\" >}} jobs.\n");
    assert!(main_of(&text).contains("about 2,900"), "{}", main_of(&text));
}

#[test]
fn levels_and_ladder_list_every_level_with_its_link() {
    for shortcode in ["levels", "ladder"] {
        let dom = what_is(&format!("{{{{< {shortcode} >}}}}\n"));
        for (href, title) in [
            ("../ladder/#junior", "Junior Nurse"),
            ("../ladder/#senior", "Senior Nurse"),
        ] {
            assert!(
                dom.all("a")
                    .any(|link| link.attr("href") == href && link.text.contains(title)),
                "{shortcode}: {href}"
            );
        }
    }
    assert!(main_of(&what_is("{{< levels >}}\n")).contains("$50K–$60K"));
}

#[test]
fn skills_are_those_of_a_level_or_of_the_role() {
    for call in ["skills", "skills level=\"junior\""] {
        let dom = what_is(&format!("{{{{< {call} >}}}}\n"));
        assert!(dom.all("a").any(|link| link.attr("href") == "../../../skills/triage/" && link.text == "Triage"), "{call}");
    }
}

#[test]
fn faq_shows_a_question_with_its_answer_written_or_generated() {
    assert!(
        main_of(&what_is("{{< faq id=\"is-it-hard\" >}}\n"))
            .contains("Is it hard? It is worth it.")
    );
    let dom = what_is("{{< faq id=\"skills-junior\" >}}\n");
    assert!(main_of(&dom).contains("Triage"), "{}", main_of(&dom));
}

#[test]
fn figure_shows_a_picture_with_its_size_and_caption() {
    let mut site = Site::from(NURSE);
    site.edit(
        "content/roles/nurse/chart.svg",
        "<svg viewBox=\"0 0 40 30\"></svg>",
    );
    site.edit(
        "content/roles/nurse/what-is.md",
        "{{< figure src=\"chart.svg\" alt=\"A <chart>\" caption=\"Pay & years\" >}}\n",
    );
    let built = site.build().clean();
    let dom = built.dom("roles/nurse/what-is/index.html");
    let picture = dom
        .all("img")
        .find(|image| image.attr("src").ends_with("chart.svg"))
        .unwrap();
    assert_eq!(
        ["src", "width", "height", "alt"].map(|name| picture.attr(name)),
        ["../chart.svg", "40", "30", "A <chart>"]
    );
    assert_eq!(dom.text("figcaption"), "Pay & years");
}

#[test]
fn outside_a_role_the_role_is_named() {
    let built = Site::from(NURSE)
        .edit(
            "content/a.md",
            "Nurses earn {{< salary role=\"nurse\" level=\"junior\" >}}.\n\n{{< faq role=\"nurse\" id=\"is-it-hard\" >}}\n\n{{< levels role=\"nurse\" >}}\n",
        )
        .build()
        .clean();
    let dom = built.dom("a/index.html");
    assert!(
        main_of(&dom).contains("$50,000 to $60,000 a year")
            && main_of(&dom).contains("Is it hard?")
    );
    assert!(
        dom.all("a")
            .any(|link| link.attr("href") == "../roles/nurse/ladder/#senior")
    );
}

#[test]
fn a_call_alone_in_a_paragraph_stands_in_none() {
    let dom = what_is("Before.\n\n{{< levels >}}\n\nAfter.\n");
    assert!(
        dom.all("p")
            .all(|paragraph| dom.inside(paragraph).all(|inner| inner.name != "table"))
    );
    assert!(
        dom.all("p")
            .filter(|paragraph| ["Before.", "After."].contains(&paragraph.text.as_str()))
            .count()
            == 2
    );
}

#[test]
fn nothing_in_code_or_comments_is_a_call() {
    let dom =
        what_is("`{{< salary >}}`\n\n```\n{{< nothing >}}\n```\n\n<!-- {{< nothing >}} -->\n");
    assert_eq!(
        dom.all("code")
            .map(|code| code.text.as_str())
            .collect::<Vec<_>>(),
        ["{{< salary >}}", "{{< nothing >}}"]
    );
}

#[test]
fn a_theme_has_shortcodes_of_its_own_with_markdown_inside() {
    let built = Site::from(
        "=== templates/shortcodes/note.html\n{# args: title kind? #}\n<aside class=\"note\">{{ args.title }}{% if args.kind %}, {{ args.kind }}{% endif %}: {{ body }} ({{ page_kind }})</aside>\n\
         === content/a.md\n{{< note title=\"Mind <this>\" >}}Some *words* and [a link](b.md).{{< /note >}}\n\n{{< note title=\"\\\"Two\\\"\" kind=\"x\" >}}{{< /note >}}\n\
         === content/b.md\nB.\n",
    )
    .build()
    .clean();
    let page = built.page("a/index.html");
    assert!(
        page.contains(
            "Mind &lt;this&gt;: <p>Some <em>words</em> and <a href=\"../b/\">a link</a>.</p>"
        ),
        "{page}"
    );
    assert!(
        page.contains("(article)</aside>") && page.contains("&quot;Two&quot;, x: "),
        "{page}"
    );
}

#[test]
fn calls_inside_calls_are_read_and_have_an_end() {
    let own =
        "=== templates/shortcodes/box.html\n{# args: #}\n<div class=\"box\">{{ body }}</div>\n";
    let built = Site::from(own)
        .edit(
            "content/a.md",
            "{{< box >}}One\n\n{{< box >}}two{{< /box >}}\n\nthree{{< /box >}}\n",
        )
        .build()
        .clean();
    let dom = built.dom("a/index.html");
    let boxes: Vec<&str> = dom
        .0
        .iter()
        .filter(|element| element.attr("class") == "box")
        .map(|element| element.text.as_str())
        .collect();
    assert_eq!(boxes, ["One two three", "two"]);
    let deep = format!(
        "{}x{}",
        "{{< box >}}".repeat(200),
        "{{< /box >}}".repeat(200)
    );
    let built = Site::from(own).edit("content/a.md", deep).build();
    assert!(
        built.failed && built.said().contains("error[too-deep] content/a.md:1:"),
        "{}",
        built.said()
    );
}

#[test]
fn shortcodes_stand_in_headings_links_and_alternative_texts_and_leave_no_mark() {
    let text = "## Pay is {{< salary >}} now\n\n### {{< stat id=\"open-jobs\" >}} jobs {{</* stat */>}}\n\n## [{{< salary >}}](b.md)\n\n## Two\n\n\
        They earn {{< salary >}}. They care. [Pay: {{< salary >}}](b.md), ![Pay {{< salary >}}](p.svg)\n\n| a |\n|---|\n| {{< salary >}} |\n";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>";
    let mut site = Site::from(NURSE);
    let built = site
        .edit("content/roles/nurse/a.md", text)
        .edit("content/roles/nurse/b.md", "B.\n")
        .edit("content/roles/nurse/p.svg", svg)
        .build()
        .clean();
    let page = built.page("roles/nurse/a/index.html");
    for part in [
        "<a href=\"#pay-is-now\">Pay is $60,000 to $90,000 a year now</a>",
        "<h2 id=\"pay-is-now\">Pay is <span class=\"figure num\">$60,000 to $90,000 a year</span>",
        ">about 2,900 jobs {{&lt; stat &gt;}}</a>",
        "<a href=\"../b/\"><span class=\"figure num\">$60,000 to $90,000 a year</span></a></h2>",
        "<a href=\"../b/\">Pay: <span class=\"figure num\">$60,000 to $90,000 a year</span></a>",
        "alt=\"Pay $60,000 to $90,000 a year\"",
        "<meta name=\"description\" content=\"They care.",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    for (path, bytes) in &built.files {
        assert!(!String::from_utf8_lossy(bytes).contains("xxxx"), "{path}");
    }
}

#[test]
fn shortcodes_stand_between_tags_of_html_and_never_inside_one() {
    let mut site = Site::from(NURSE);
    site.replace(
        "site.toml",
        "base_url",
        "markdown.raw_html = true\nbase_url",
    );
    let mut build = |text: &str| site.edit("content/roles/nurse/what-is.md", text).build();
    let built = build("<div>\n<b>{{< salary >}}</b>\n</div>\n\nA <i>{{< salary >}}</i>.\n\n<pre>\n{{< salary >}}\n</pre>\n").clean();
    let page = built.page("roles/nurse/what-is/index.html");
    assert!(
        page.contains("<b><span class=\"figure num\">$60,000")
            && page.contains("<i><span class=\"figure num\">$60,000"),
        "{page}"
    );
    assert!(page.contains("<pre>\n{{< salary >}}\n</pre>"), "{page}");
    for text in [
        "<div title=\"{{< salary >}}\">a</div>\n",
        "A <b title=\"{{< salary >}}\">a</b>.\n",
        "<div\ntitle=\"{{< salary >}}\">\na\n</div>\n",
    ] {
        let built = build(text);
        let said: Vec<&str> = built
            .reports
            .iter()
            .map(|report| report.message.as_str())
            .collect();
        assert_eq!(
            said,
            ["a shortcode cannot stand inside an HTML tag"],
            "{text}"
        );
    }
}

#[test]
fn messages_say_a_shortcode_as_it_is_written() {
    for text in [
        "a[^{{< salary >}}]\n",
        "[x][{{< salary >}}]\n",
        "##{{< salary >}}\n",
        "| a |\n|---|\n| b | {{< salary >}} |\n",
        "[x]({{< salary >}})\n",
        "[x]\n\n[x]: {{< salary >}}\n",
        "## A {#{{< salary >}}}\n",
        "# {{< salary >}}\n",
        "`a` <{{< salary >}}>\n",
        "![{{< nothing >}}](b.svg)\n",
        "[x](b.md '{{</* salary */>}}')\n",
    ] {
        let mut site = Site::from(NURSE);
        let built = site
            .edit("content/roles/nurse/a.md", text)
            .edit("content/roles/nurse/b.md", "B.\n")
            .build();
        let said = format!("{:?}", built.reports);
        assert!(
            !built.reports.is_empty() && !said.contains("xxxx"),
            "{text}: {said}"
        );
    }
}

#[test]
fn a_shortcode_that_makes_a_link_cannot_stand_in_one() {
    let mut site = Site::from(NURSE);
    site.edit(
        "templates/shortcodes/way.html",
        "{# args: #}<a href=\"/\">home</a>",
    )
    .edit("content/roles/nurse/b.md", "B.\n");
    let built = site
        .edit("content/roles/nurse/a.md", "[See {{< way >}}](b.md)\n")
        .build();
    assert_eq!(
        built.reports[0].message,
        "the shortcode `way` makes a link, which cannot stand in the text of a link"
    );
    let built = site
        .edit("content/roles/nurse/a.md", "See {{< way >}}\n")
        .build()
        .clean();
    assert!(built.page("roles/nurse/a/index.html").contains("See <a"));
}
