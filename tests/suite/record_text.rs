//! Markdown outside articles means what it means in them: in records, in parameters and where
//! templates read it.

use crate::harness::{Built, Site};

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"></svg>";

/// A site with a role of these rows, and a plan beside its record.
fn nurse(rows: &str) -> Site {
    let mut site = Site::from("");
    site.edit(
        "content/roles/nurse/role.toml",
        format!("title = \"Nurse\"\ncategory = \"work\"\n{rows}"),
    );
    if rows.contains("plan.svg") {
        site.edit("content/roles/nurse/plan.svg", SVG);
    }
    site
}

fn has(built: &Built, path: &str, text: &str) {
    assert!(
        built.page(path).contains(text),
        "{path} lacks {text}\n{}",
        built.page(path)
    );
}

const SHIFTS: &str = r#"
[[faqs]]
question = "Which shifts?"
answer = """
| Shift | Hours |
|---|--:|
| Early | 6-14 |

See the note[^1] and ![the plan](plan.svg), [pay](../../about.md#pay).

[^1]: Nights are *voluntary*.
"""
[[faqs]]
question = "Second?"
answer = """
Yes[^1].

[^1]: Truly.
"""
"#;

#[test]
fn an_answer_has_tables_notes_and_pictures() {
    let mut site = nurse(SHIFTS);
    site.edit("content/about.md", "# About\n\n## Pay\n\nMuch.\n");
    let built = site.build().clean();
    let path = "roles/nurse/faq/index.html";
    let dom = built.dom(path);
    let table = dom.all("table").next().unwrap();
    let cells: Vec<&str> = dom
        .inside(table)
        .filter(|element| matches!(element.name.as_str(), "th" | "td"))
        .map(|cell| cell.text.as_str())
        .collect();
    assert_eq!(cells, ["Shift", "Hours", "Early", "6-14"]);
    has(
        &built,
        path,
        "<img src=\"../plan.svg\" alt=\"the plan\" width=\"40\" height=\"30\" loading=\"lazy\"",
    );
    has(&built, path, "<a href=\"../../../about/#pay\">pay</a>");
    assert!(built.has("roles/nurse/plan.svg"));
    let notes: Vec<&str> = dom
        .all("li")
        .filter(|item| item.attr("id").ends_with("~fn-1"))
        .map(|item| item.attr("id"))
        .collect();
    assert!(notes.len() == 2 && notes[0] != notes[1], "{notes:?}");
    let links: Vec<&str> = dom.all("a").map(|link| link.attr("href")).collect();
    notes
        .iter()
        .for_each(|id| assert!(links.contains(&format!("#{id}").as_str()), "{links:?}"));
    let answer = dom.json_ld_of("FAQPage")["mainEntity"][0]["acceptedAnswer"]["text"]
        .as_str()
        .unwrap()
        .to_owned();
    for part in [
        "<td>Early</td>",
        "<sup>1</sup>",
        "src=\"https://example.com/roles/nurse/plan.svg\"",
        "href=\"https://example.com/about/#pay\"",
        "<em>voluntary</em>",
    ] {
        assert!(answer.contains(part), "{answer} lacks {part}");
    }
    assert!(
        !answer.contains("id=\"") && !answer.contains("href=\"#"),
        "{answer}"
    );
    has(&built, "roles/nurse/index.json", "Nights are");
}

#[test]
fn a_text_that_stands_twice_on_a_page_has_notes_twice() {
    let rows = "[[levels]]\ntitle = \"A\"\nnext = [\"b\", \"c\"]\nadvance = \"Learn[^1].\\n\\n[^1]: Much.\"\n[[levels]]\ntitle = \"B\"\n[[levels]]\ntitle = \"C\"\ntrack = \"manager\"\n";
    let built = nurse(rows).build().clean();
    let dom = built.dom("roles/nurse/ladder/index.html");
    let notes = dom
        .all("li")
        .filter(|item| item.attr("id").ends_with("~fn-1"))
        .count();
    assert_eq!(notes, 2);
}

#[test]
fn what_a_text_links_to_is_checked_at_its_line() {
    let built =
        nurse("definition = \"\"\"\nFirst.\n\nSee ![a plan](plam.svg) and [b](gone.md).\n\"\"\"\n")
            .build();
    let said = built.said();
    assert_eq!(
        said,
        "error[dangling-link] content/roles/nurse/role.toml:6:5 `plam.svg` leads nowhere\nerror[dangling-link] content/roles/nurse/role.toml:6:29 `gone.md` leads nowhere\n"
    );
    // An escape moves what follows: then the whole text is the place.
    let built = nurse("definition = \"\\\"See\\\" [b](gone.md).\"\n").build();
    assert_eq!(
        built.said(),
        "error[dangling-link] content/roles/nurse/role.toml:3:14 `gone.md` leads nowhere\n"
    );
    let mut site = nurse("definition = \"See [b](../../about.md#nowhere).\"\n");
    let built = site.edit("content/about.md", "# About\n").build();
    assert_eq!(
        built.said(),
        "error[dangling-anchor] content/roles/nurse/role.toml:3:19 the page /about/ has no place `#nowhere`\n"
    );
}

#[test]
fn options_of_markdown_hold_for_records_and_parameters() {
    let mut site = nurse("definition = 'He said \"hi\" -- x.'\n");
    site.edit("content/about.md", "# About\n");
    let head = "title = \"T\"\nbase_url = \"https://example.com/sub/\"\nog_images = false\nicons = false\n";
    site.edit(
        "site.toml",
        format!("{head}[params]\nfooter_text = 'Ask <me@example.org>, [about](about.md) -- us'\n"),
    );
    let built = site.build().clean();
    has(&built, "roles/nurse/index.html", "He said “hi” – x.");
    has(
        &built,
        "roles/nurse/index.html",
        "<a href=\"mailto:me@example.org\">me@example.org</a>, <a href=\"../../about/\">about</a> – us",
    );
    let config = String::from_utf8(site.files["site.toml"].clone()).unwrap();
    site.edit(
        "site.toml",
        format!("{config}[markdown]\nsmart_punctuation = false\n"),
    );
    let built = site.build().clean();
    has(
        &built,
        "roles/nurse/index.html",
        "He said &quot;hi&quot; -- x.",
    );
    has(&built, "roles/nurse/index.html", "about</a> -- us");
}

#[test]
fn links_of_the_footer_are_checked_where_they_stand() {
    let mut site = Site::from("");
    let config = String::from_utf8(site.files["site.toml"].clone()).unwrap();
    site.edit(
        "site.toml",
        format!("{config}[params]\nfooter_text = \"See [us](abuot.md).\"\n"),
    );
    assert_eq!(
        site.build().said(),
        "error[dangling-link] site.toml:6:20 `abuot.md` leads nowhere\n"
    );
    site.edit(
        "site.toml",
        format!("{config}[params]\nfooter_text = \"See [us](about.md#x).\"\n"),
    )
    .edit("content/about.md", "# About\n");
    assert_eq!(
        site.build().said(),
        "error[dangling-anchor] site.toml:6:20 the page /about/ has no place `#x`\n"
    );
}

#[test]
fn templates_resolve_links_from_the_file_that_a_text_stands_in() {
    let mut site = Site::from(
        "
=== content/notes/a.md
+++
title = \"A\"
[extra]
note = \"See [b](b.md), ![p](plan.svg).\"
+++
A.
=== content/notes/b.md
# B
=== content/notes/_index.md
# Notes
=== templates/article.html
{% extends \"page.html\" %}
{% component noted(text: string) %}{{ text | markdown }}{% endcomponent noted %}
{% block content %}{{ <noted text={page.extra?.note or \"[home](/notes/b/)\"} /> }}{% endblock content %}
",
    );
    site.edit("content/notes/plan.svg", SVG);
    let built = site.build().clean();
    has(
        &built,
        "notes/a/index.html",
        "See <a href=\"../b/\">b</a>, <img src=\"../plan.svg\" alt=\"p\" width=\"40\" height=\"30\"",
    );
    has(&built, "notes/b/index.html", "<a href=\"./\">home</a>");
    // A picture of another size, and a page at another address: what was remembered does not hold.
    site.edit("content/notes/plan.svg", SVG.replace("40", "50"))
        .replace("content/notes/b.md", "# B", "+++\nslug = \"c\"\n+++\n# B");
    site.replace("templates/article.html", "/notes/b/", "/notes/c/");
    let built = site.build().clean();
    has(
        &built,
        "notes/a/index.html",
        "See <a href=\"../c/\">b</a>, <img src=\"../plan.svg\" alt=\"p\" width=\"50\" height=\"30\"",
    );
    site.replace("content/notes/a.md", "b.md", "d.md");
    let said = site.build().said();
    assert!(
        said.starts_with("error[template] templates/article.html:2:")
            && said.contains("`d.md` leads nowhere"),
        "{said}"
    );
}

#[test]
fn a_duty_may_be_a_list_or_a_table_and_a_criterion_may_not() {
    let duty = "responsibilities = [\"Plain *duty*\", \"\"\"\nThese:\n\n- one\n- two\n\"\"\", \"\"\"\n| a |\n|---|\n| b |\n\"\"\"]\n";
    let built = nurse(duty).build().clean();
    has(
        &built,
        "roles/nurse/job-description/index.html",
        "<li>Plain <em>duty</em></li>",
    );
    assert_eq!(
        built
            .dom("roles/nurse/job-description/index.html")
            .text("td"),
        "b"
    );
    let built = nurse("[[levels]]\ntitle = \"A\"\n[[competencies]]\nname = \"C\"\ncriteria = { a = [\"- one\"] }\n").build();
    assert_eq!(
        built.said(),
        "error[bad-value] content/roles/nurse/role.toml:7:20 a list cannot stand in this text, which is shown inside a line\n"
    );
}

#[test]
fn html_and_shortcodes_of_a_record_are_never_markup() {
    let built = nurse(
        "definition = \"A <b>bold</b> {{ role }} and `{{< salary >}}` and {{</* salary */>}}.\"\n",
    )
    .build()
    .clean();
    has(
        &built,
        "roles/nurse/index.html",
        "A &lt;b&gt;bold&lt;/b&gt; {{ role }} and <code>{{&lt; salary &gt;}}</code> and {{&lt; salary &gt;}}.",
    );
    let built = nurse("definition = \"It pays {{< salary >}}.\"\n").build();
    assert_eq!(
        built.said(),
        "error[shortcode] content/roles/nurse/role.toml:3:23 the shortcode `salary` stands in a text that reads none\n"
    );
}

#[test]
fn a_heading_in_a_record_is_no_heading_of_the_page() {
    let built = nurse("definition = \"\"\"\n# Big\n\n> [!NOTE]\n> Mind.\n\n- [x] done\n\"\"\"\n")
        .build()
        .clean();
    has(
        &built,
        "roles/nurse/index.html",
        "<p><strong>Big</strong></p>",
    );
    has(
        &built,
        "roles/nurse/index.html",
        "<div class=\"alert alert-note\" role=\"note\">",
    );
    has(
        &built,
        "roles/nurse/index.html",
        "<input type=\"checkbox\" disabled checked",
    );
}
