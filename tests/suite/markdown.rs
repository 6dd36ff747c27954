//! Markdown of articles: what is kept of CommonMark and what is said of slips. Its examples are in
//! commonmark.rs.

use crate::harness::{Built, Site};

fn built(markdown: &str) -> Built {
    Site::from("")
        .edit("content/a.md", markdown)
        .edit("content/b.md", "B.\n")
        .build()
}

/// With HTML kept, and a template that is nothing but the body.
fn kept(markdown: &str, minify: bool) -> String {
    let mut site = Site::from(
        "=== templates/article.html\n<!doctype html><html lang=\"en\"><title>{{ page.title }}</title><main>{{ page.body }}</main></html>\n",
    );
    site.replace(
        "site.toml",
        "base_url",
        // A host that sends no headers: what they would block is not the matter here.
        &format!(
            "minify = {minify}\nmarkdown.raw_html = true\npublish.host = \"github\"\nbase_url"
        ),
    );
    let page = site
        .edit("content/a.md", markdown)
        .build()
        .clean()
        .page("a/index.html")
        .to_owned();
    page.split_once("<main>")
        .unwrap()
        .1
        .rsplit_once("</main>")
        .unwrap()
        .0
        .to_owned()
}

#[test]
fn addresses_of_mail_are_links() {
    let page = built("Write to <jobs@example.org>, or [us](mailto:us@example.org).\n").clean();
    let page = page.page("a/index.html");
    assert!(
        page.contains("<a href=\"mailto:jobs@example.org\">jobs@example.org</a>")
            && page.contains("href=\"mailto:us@example.org\""),
        "{page}"
    );
}

#[test]
fn html_keeps_its_empty_lines() {
    for html in [
        "<pre>\none\n\ntwo\n</pre>\n",
        "<textarea>\none\n\n\ntwo\n</textarea>\n",
        "<script>\nlet a = 1;\n\nlet b = 2;\n</script>\n",
        "<style>\n.a {}\n\n.b {}\n</style>\n",
    ] {
        assert_eq!(kept(html, false), html);
        assert_eq!(kept(html, true), html.trim_end());
    }
    for (html, minified) in [
        ("<!-- one\n\ntwo -->\n", "\n"),
        ("<div>\n<!-- one -->\none\n</div>\n", "<div>one</div>"),
    ] {
        assert_eq!(kept(html, false), html);
        assert_eq!(kept(html, true), minified);
    }
}

#[test]
fn comments_are_not_shown_where_html_is_refused() {
    let built = built(
        "One.<!-- a -->\n\n<!-- b\n\nb\n-->\n\nTwo.\n\n<!-- c --> <!-- {{< nothing >}} -->\n",
    )
    .clean();
    let page = built.page("a/index.html");
    assert!(
        page.contains("<p>One.</p>\n<p>Two.</p>") && !page.contains("nothing"),
        "{page}"
    );
    let refused = self::built("<div>\n<!-- a -->\n<p>b</p>\n</div>\n");
    assert_eq!(
        refused
            .reports
            .iter()
            .filter(|report| report.code.name() == "raw-html")
            .count(),
        1,
        "a block is one mistake"
    );
}

#[test]
fn braces_in_headings_are_text_but_for_ids() {
    for (heading, id, text) in [
        (
            "Placeholders such as {role}",
            "placeholders-such-as-role",
            "Placeholders such as {role}",
        ),
        ("{role}", "role", "{role}"),
        ("Sets {a, b}", "sets-a-b", "Sets {a, b}"),
        ("Pay {#own}", "own", "Pay"),
        ("Pay {#own} ##", "own", "Pay"),
        ("Pay ## {#own}", "own", "Pay"),
        ("*Pay* {#own}", "own", "<em>Pay</em>"),
        ("Pay \\{#own}", "pay-sharpown", "Pay {#own}"),
        ("Pay `{#own}`", "pay-sharpown", "Pay <code>{#own}</code>"),
        ("f{x=1}", "f-x-1", "f{x=1}"),
    ] {
        let page = built(&format!("## {heading}\n\nText.\n")).clean();
        let page = page.page("a/index.html");
        let open = format!("<h2 id=\"{id}\">{text}</h2>");
        assert!(page.contains(&open), "{heading}: {open}\n{page}");
    }
    let page = built("Pay {#own}\n===\n\nText.\n\nTwo {b}\n---\n").clean();
    assert!(
        page.page("a/index.html")
            .contains("<h2 id=\"two-b\">Two {b}</h2>")
    );
}

#[test]
fn an_empty_heading_is_in_no_contents() {
    let built = built("## \n\n## One\n\n## <!-- two -->\n\n## Three\n\n## Four\n");
    let page = built.page("a/index.html");
    assert_eq!(page.matches("<h2").count(), 3, "{page}");
    assert_eq!(built.reports.len(), 2);
    assert!(
        page.contains("<a href=\"#four\">Four</a>") && !page.contains("section\""),
        "{page}"
    );
}

/// A text, and a part of what is said of it; empty when nothing is.
const SLIPS: &[(&str, &str)] = &[
    // Links and pictures
    ("![](a b.png)", "its address has a space"),
    ("[x](b c.md)", "its address has a space"),
    ("- [x](b c.md)", "its address has a space"),
    ("| a |\n|---|\n| [x](b c.md) |", "its address has a space"),
    ("[x](b.md “t”)", "plain quotes"),
    ("[x](b.md \"t\" u\")", "plain quotes"),
    ("[x](b.md", "this link is not closed"),
    ("[x](https://example.org/(a)", "this link is not closed"),
    ("[x] (b.md)", "a space stands between"),
    ("[x] (https://example.org/)", "a space stands between"),
    (
        "[a [b](b.md) c](b.md)",
        "a link or a note stands in its text",
    ),
    (
        "[a[^1]](b.md)\n\n[^1]: N.",
        "a link or a note stands in its text",
    ),
    (
        "[a <https://example.org/> c](b.md)",
        "a link cannot stand in the text of a link",
    ),
    ("<www.example.org>", "`<www.example.org>` is no link"),
    ("[x][missing]", "nothing defines `[missing]`"),
    (
        "[x][near]\n\n[neat]: b.md\n\n[neat]",
        "nothing defines `[near]`",
    ),
    ("![x][missing]", "nothing defines `[missing]`"),
    ("[x][]", "nothing defines `[x]`"),
    ("[x]: b.md\n\nText.", "nothing refers to `[x]`"),
    ("[x]\n\n[x]: b.md\n[x]: /", "is defined twice"),
    // Notes
    ("a[^b]", "there is no note `[^b]`"),
    ("a[^b]\n\n[^c]: N.", "nothing refers to the note `[^c]`"),
    ("a[^b]\n\n[^b]: N.\n[^B]: M.", "is written twice"),
    // Blocks
    ("##No space", "this is no heading"),
    ("Text\n###No space\ntext", "this is no heading"),
    ("> ##No space", "this is no heading"),
    ("#The first line", "this is no heading"),
    ("####### Seven", "this is no heading"),
    ("##", "this heading has no text"),
    (
        "A paragraph\nof two lines.\n---\nMore.",
        "makes a heading of the paragraph",
    ),
    ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "`3` is not shown"),
    ("| a | b |\n|---|---|\n| `x|y` | z |", "`z` is not shown"),
    ("a | b\n--|--\n1 | 2 | 3", "`3` is not shown"),
    ("| a | b |\n| 1 | 2 |", "the line below its head is missing"),
    (
        "| a | b |\n|---|\n| 1 | 2 |",
        "its head has 2 cells, the line below it 1",
    ),
    (
        "a | b\n---|---|---\n1 | 2",
        "its head has 2 cells, the line below it 3",
    ),
    ("- [ ]x", "this is no task"),
    ("- [x]y", "this is no task"),
    ("- [] x", "this is no task"),
    ("-[ ] x", "this is no task"),
    ("• a\n• b", "one paragraph"),
    ("-a\n-b", "these lines are no list"),
    ("1.a\n2.b", "these lines are no list"),
    ("```\ncode", "this block of code is not closed"),
    (
        "- a\n\n  ~~~\n  code\n\nb",
        "this block of code is not closed",
    ),
    (
        "{{< figure src=\"x\" alt=\"y\" >}}\n##No space\n{{< /figure >}}",
        "this is no heading",
    ),
    // What is none
    (
        "[x] in prose, a[i][j], [1][2], [OPTIONS][FILE], `[x][y]`, \\[x][y], [x\\][y]",
        "",
    ),
    (
        "[sic] (2020), [x](see below), f[x](y), [note] (see b.md for more)",
        "",
    ),
    ("`![](a b.png)`, \\![a\\](b c.md)", ""),
    ("    [x](b c.md)\n\n```\n[x][missing] | a\n##No\n```", ""),
    (
        "[x](b.md) [x](<b.md>) [x](b.md \"t\") [x](b.md 't') [x](b.md (t))",
        "",
    ),
    ("[^a-z] and [^\"]* and `a[^b]`, \\[^c]", ""),
    ("#1 in pay, #hashtag, #Nursing #Jobs, \\##No space, C##", ""),
    ("Title\n---\n\nText.\n\n---\n", ""),
    (
        "| a | b |\n|---|---|\n| 1 | `2\\|3` |\n| 4 |\n| 5 | 6 | |",
        "",
    ),
    ("| a |\n|:-:|\n| 1 |", ""),
    ("The | sign | here\nand | there.", ""),
    ("- [ ] a\n- [x] b\n- [x](b.md)\n- [a]b\n", ""),
    ("> [!NOTE]\n> a\n", ""),
    ("-5 degrees\n-6 degrees", ""),
    ("1.5 million\n2.5 million", ""),
    ("** not bold ** and *open", ""),
    (
        "````\n```\n````\n\n```a\n```\n\n> ```\n> b\n> ```\n\n- ```\n  c\n  ```\n",
        "",
    ),
    ("[//]: # (hidden)\n[//]: # (too)\n\nText.", ""),
    ("[x] [x][] [y][x]\n\n[x]: b.md\n[X]: b.md\n", ""),
];

#[test]
fn what_markdown_does_not_read_is_said_and_nothing_else() {
    let is_about_text = |name: &str| !name.starts_with("dangling") && name != "missing-file";
    let mut wrong = vec![];
    for (markdown, part) in SLIPS {
        let built = built(&format!("{markdown}\n"));
        let said: Vec<_> = built
            .reports
            .iter()
            .filter(|report| is_about_text(report.code.name()))
            .collect();
        let is_right = if part.is_empty() {
            said.is_empty()
        } else {
            said.iter().any(|report| report.message.contains(part))
        };
        if !is_right || said.iter().any(|report| report.place.is_none()) {
            wrong.push(format!(
                "{markdown}\n   should be: {part}\n   said: {said:#?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_first_paragraph_stands_once_on_its_page() {
    let built = built("The first paragraph.\n\nThe second.\n").clean();
    let page = built.dom("a/index.html");
    assert_eq!(page.text("main").matches("The first paragraph.").count(), 1);
    assert!(
        built
            .page("a/index.html")
            .contains("<meta name=\"description\" content=\"The first paragraph.\">")
    );
    let built = self::built("+++\ndescription = \"Written.\"\n+++\nThe first paragraph.\n").clean();
    assert!(
        built
            .page("a/index.html")
            .contains("<p class=\"lead\">Written.</p>")
    );
    let section = Site::from("=== content/s/_index.md\nOf the section.\n=== content/s/a.md\nA.\n")
        .build()
        .clean();
    assert_eq!(
        section
            .dom("s/index.html")
            .text("main")
            .matches("Of the section.")
            .count(),
        1
    );
    assert!(!section.page("s/index.html").contains("class=\"lead\""));
}

#[test]
fn a_description_of_a_text_without_spaces_is_its_beginning() {
    let text = "看護師は患者を世話し、医師を助ける。".repeat(12);
    let built = built(&format!("{text}\n")).clean();
    let page = built.page("a/index.html");
    let (_, rest) = page
        .split_once("<meta name=\"description\" content=\"")
        .unwrap();
    let description = rest.split('"').next().unwrap().strip_suffix('…').unwrap();
    assert!(
        text.starts_with(description) && (140..=150).contains(&description.chars().count()),
        "{description}"
    );
    assert!(built.page("llms.txt").contains(description));
}
