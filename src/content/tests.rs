//! What Markdown of any kind becomes: never a crash, always HTML without a mistake, ids that the
//! facts know.

use std::collections::BTreeMap;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

use super::*;
use crate::diag::{Code, Diagnostics};
use crate::source::Source;

/// A host that has everything.
struct Everything;

impl Host for Everything {
    fn link(&self, destination: &str, _: Span) -> Result<String, Diagnostic> {
        Ok(destination.to_owned())
    }
    fn image(&self, destination: &str, _: Span) -> Result<ImageUse, Diagnostic> {
        Ok(ImageUse {
            srcset: String::new(),
            src: destination.to_owned(),
            width: Some(1),
            height: Some(2),
        })
    }
    fn shortcode(
        &self,
        call: &Call,
        body: Option<String>,
        _: Placement,
    ) -> Result<String, Diagnostic> {
        Ok(format!(
            "<span>{}</span>{}",
            crate::escape::escape(&call.name),
            body.unwrap_or_default()
        ))
    }
}

impl Options {
    /// In English.
    pub(crate) fn for_tests() -> Self {
        let word = |text: &str| text.to_owned();
        let words = Words {
            alerts: ["Note", "Tip", "Important", "Warning", "Caution"].map(word),
            table: word("Table {number}"),
            footnotes: word("Notes"),
            back: word("Back"),
            done: word("Done"),
            to_do: word("To do"),
        };
        Self {
            markdown: MarkdownOptions::default(),
            words,
        }
    }
}

fn options() -> Options {
    Options::for_tests()
}

/// Returns the article, its HTML, and what was said; `None` when it was refused.
fn render_text(text: &str) -> (Option<(Article, String)>, Vec<Diagnostic>) {
    let path = SourcePath::new("content/a.md").unwrap();
    let source = Source::decode(&path, text.as_bytes()).unwrap();
    let mut diagnostics = Diagnostics::default();
    let article = read(
        &source,
        Digest::of(text.as_bytes()),
        &options(),
        &crate::policy::Policy::default(),
        &mut diagnostics,
    );
    let rendered = article.map(|article| {
        let rendering = Rendering {
            source: &source,
            options: &options(),
            host: &Everything,
            renamed: &Renamed::new(),
        };
        let html = render(&article, rendering, &mut diagnostics);
        (article, html)
    });
    (rendered, diagnostics.into_sorted())
}

fn html(text: &str) -> String {
    let (rendered, diagnostics) = render_text(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    rendered.unwrap().1
}

/// Returns a page with the HTML in its body, as a browser reads it: mistakes and ids.
fn parse_page(html: &str) -> (Vec<String>, Vec<String>, RcDom) {
    let page = format!(
        "<!DOCTYPE html><html><head><title>x</title></head><body><main>{html}</main></body></html>"
    );
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(page);
    let errors = dom
        .errors
        .borrow()
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut ids = vec![];
    collect_ids(&dom.document, &mut ids);
    (errors, ids, dom)
}

fn collect_ids(node: &Handle, ids: &mut Vec<String>) {
    if let NodeData::Element { attrs, .. } = &node.data {
        ids.extend(
            attrs
                .borrow()
                .iter()
                .filter(|attribute| &*attribute.name.local == "id")
                .map(|attribute| attribute.value.to_string()),
        );
    }
    node.children
        .borrow()
        .iter()
        .for_each(|child| collect_ids(child, ids));
}

#[test]
fn headings_have_ids_that_the_facts_know() {
    let text = "# Title\n\n## Pay\n\n### Pay\n\n## Own {#own}\n\n## ¡Él!\n\n# Another\n";
    let (Some((article, html)), diagnostics) = render_text(text) else {
        panic!("not read")
    };
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(article.facts.title.as_deref(), Some("Title"));
    assert_eq!(
        article.facts.page.ids().collect::<Vec<_>>(),
        ["pay", "pay-1", "own", "él", "another"]
    );
    assert_eq!(
        parse_page(&html).1,
        article.facts.page.ids().collect::<Vec<_>>()
    );
    assert!(!html.contains("<h1"), "{html}");
}

#[test]
fn a_title_in_front_matter_is_not_repeated_and_another_heading_is_kept() {
    assert_eq!(
        html("+++\ntitle = \"A\"\n+++\n# A\n\ntext"),
        "<p>text</p>\n"
    );
    assert_eq!(html("---\ntitle: A\n---\n# B\n"), "<h2 id=\"b\">B</h2>\n");
}

#[test]
fn what_is_beyond_commonmark() {
    assert_eq!(
        html("> [!TIP]\n> x\n"),
        "<div class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">Tip</p>\n<p>x</p>\n</div>\n"
    );
    assert!(
        html("- [x] a\n- [ ] b\n")
            .contains("<input type=\"checkbox\" disabled checked aria-label=\"Done\">")
    );
    assert!(html("| a | b |\n|---|--:|\n| 1 | 2 |\n").contains("<td class=\"right\">2</td>"));
    let notes = html("a[^x] b[^y] c[^x]\n\n[^y]: second\n\n[^x]: first\n");
    assert!(
        notes.contains("<li id=\"fn-1\"><p>first <a class=\"footnote-back\" href=\"#fnref-1\""),
        "{notes}"
    );
    assert!(
        notes.contains("id=\"fnref-1-2\"") && parse_page(&notes).0.is_empty(),
        "{notes}"
    );
    assert_eq!(html("a \"quote\" -- b..."), "<p>a “quote” – b…</p>\n");
    assert_eq!(
        html("![A](b.png \"C\")\n"),
        "<figure><img src=\"b.png\" alt=\"A\" width=\"1\" height=\"2\" decoding=\"async\"><figcaption>C</figcaption></figure>\n"
    );
}

#[test]
fn shortcodes_stand_where_they_were_and_never_in_code() {
    assert_eq!(
        html("a {{< b c=\"x > y\" >}} d"),
        "<p>a <span>b</span> d</p>\n"
    );
    assert_eq!(html("{{< b >}}\n\ntext"), "<span>b</span>\n<p>text</p>\n");
    assert_eq!(
        html("`{{< b >}}` and {{ c }} {{</* d */>}}"),
        "<p><code>{{&lt; b &gt;}}</code> and {{ c }} {{&lt; d &gt;}}</p>\n"
    );
    assert_eq!(
        html("```\n{{< b\n```\n"),
        "<pre tabindex=\"0\"><code>{{&lt; b\n</code></pre>\n"
    );
    assert_eq!(
        html("{{< b >}}\n**x**\n\n{{< c >}}\n{{< /b >}}\n"),
        "<span>b</span><p><strong>x</strong></p>\n<span>c</span>\n\n"
    );
}

#[test]
fn what_a_page_is_made_of_comes_back_from_its_bytes() {
    let text = "### A\n\n## B [x](y.md)\n\n### C\n\n#### D\n\n{{< s id=\"b\" role=\"r\" >}}[z](y.md) ![i](i.png)\n";
    let (rendered, _) = render_text(text);
    let own = rendered.unwrap().0.facts.page;
    for own in [PageFacts::from_bytes(own.as_bytes()).unwrap(), own] {
        let headings: Vec<_> = own
            .headings()
            .map(|heading| (heading.level, heading.id, heading.text))
            .collect();
        assert_eq!(
            headings,
            [
                (3, "a", "A"),
                (2, "b-x", "B x"),
                (3, "c", "C"),
                (4, "d", "D")
            ]
        );
        assert_eq!(own.ids().collect::<Vec<_>>(), ["a", "b-x", "c", "d"]);
        assert_eq!(own.links().collect::<Vec<_>>(), ["i.png", "y.md"]);
        assert_eq!(
            own.calls()
                .iter()
                .map(|call| (call.name.as_str(), call.role.as_deref()))
                .collect::<Vec<_>>(),
            [("s", Some("r"))]
        );
    }
    let none = PageFacts::default();
    assert!(
        none.headings().next().is_none()
            && none.ids().next().is_none()
            && none.links().next().is_none()
            && none.calls().is_empty()
    );
}

#[test]
fn ids_in_a_shortcode_are_none_of_those_around_it() {
    let pay = "## Pay\n\na[^x]\n\n[^x]: y\n\n";
    let html = html(&format!(
        "{pay}{{{{< s >}}}}\n{pay}{{{{< s >}}}}\n{pay}{{{{< /s >}}}}\n{{{{< /s >}}}}\n\n{{{{< s >}}}}\n{pay}{{{{< /s >}}}}\n"
    ));
    let (errors, mut ids, _) = parse_page(&html);
    assert!(
        errors.is_empty() && ids.contains(&"pay".to_owned()) && ids.contains(&"2~fn-1".to_owned()),
        "{html}"
    );
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4 * 3, "{html}");
}

#[test]
fn hostile_texts_stay_text() {
    for text in [
        "[a](/u '\"><script>x</script>')",
        "```a\"><script>\nx\n```",
        "![\"><script>x</script>](y)",
        "`<script>`",
        "[x]: /y '\"onload=\"'\n[x]",
    ] {
        let (errors, _, dom) = parse_page(&html(text));
        assert!(
            errors.is_empty() && !elements(&dom.document).contains(&"script".to_owned()),
            "{text}: {errors:?}"
        );
    }
}

fn elements(node: &Handle) -> Vec<String> {
    let own = if let NodeData::Element { name, .. } = &node.data {
        Some(name.local.to_string())
    } else {
        None
    };
    own.into_iter()
        .chain(
            node.children
                .borrow()
                .iter()
                .flat_map(elements)
                .collect::<Vec<_>>(),
        )
        .collect()
}

#[test]
fn depth_and_crashes_end_as_messages() {
    for (text, code) in [
        (">".repeat(100_000), Code::TooDeep),
        ("- ".repeat(2_000) + "x", Code::TooDeep),
        ("*a ".repeat(100_000), Code::Empty),
        ("[".repeat(100_000), Code::Empty),
        ("](".repeat(100_000), Code::Empty),
        ("[x](".repeat(50_000), Code::Empty),
        ("[x] (".repeat(50_000), Code::Empty),
        ("[^".repeat(50_000), Code::Empty),
        ("\"".repeat(50_000), Code::Empty),
        ("1\" ".repeat(50_000), Code::Empty),
        ("+++\na = \"\n+++\n".to_owned(), Code::Syntax),
    ] {
        let (_, diagnostics) = render_text(&text);
        // Emphasis and brackets that are never closed are text: nothing need be said.
        let expected: Vec<Code> = if code == Code::Empty {
            vec![]
        } else {
            vec![code]
        };
        assert_eq!(
            diagnostics
                .iter()
                .map(|fault| fault.code)
                .collect::<Vec<_>>(),
            expected,
            "{}",
            &text[..10]
        );
    }
}

/// Texts that look like Markdown, shortcodes and markup.
fn anything() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "a",
        " ",
        "\n",
        "\n\n",
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "> [!NOTE]\n> ",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "[a](b)",
        "![a](b \"c\")",
        "[^1]",
        "[^1]: x\n",
        "| a | b |\n|---|---|\n| c | d |\n",
        "- [x] ",
        "~~",
        "<b>",
        "</b>",
        "<!-- c -->",
        "<!-- more -->",
        "{{< s >}}",
        "{{< /s >}}",
        "{{< s k=\"v\" >}}",
        "{{</* x */>}}",
        "{{<",
        "{#id}",
        "\\",
        "&amp;",
        "é",
        "\u{1F469}\u{200D}\u{1F52C}",
        "\t",
        "---\n",
        "+++\n",
        "    ",
        "\"",
        "'",
        "--",
        "...",
        "<https://a.b>",
        "\r\n",
    ]);
    prop::collection::vec(parts, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_becomes_html_without_a_mistake(text in anything()) {
        let (rendered, _) = render_text(&text);
        if let Some((article, html)) = rendered {
            let (errors, ids, _) = parse_page(&html);
            prop_assert!(errors.is_empty(), "{text:?} -> {html}: {errors:?}");
            for id in article.facts.page.ids() {
                prop_assert!(ids.iter().any(|other| other == id), "{text:?} -> {html} lacks {id}");
            }
            let twice: std::collections::BTreeSet<_> = ids.iter().collect();
            prop_assert_eq!(twice.len(), ids.len(), "{}", html);
        }
    }

    #[test]
    fn any_record_text_is_harmless(text in anything()) {
        for shape in [Shape::Block, Shape::Item, Shape::Line] {
            let record = RecordText { markdown: text.clone(), shape, targets: BTreeMap::new(), options: std::sync::Arc::new(options()) };
            let (errors, _, dom) = parse_page(&record.to_html());
            prop_assert!(errors.is_empty(), "{text:?}: {errors:?}");
            let phrasing = ["html", "head", "title", "body", "main", "em", "strong", "del", "code", "a", "br", "img"];
            let blocks = [
                "p", "pre", "ul", "ol", "li", "blockquote", "hr", "div", "section", "table", "thead", "tbody", "tr", "th", "td", "sup", "input", "span", "figure",
                "figcaption",
            ];
            let is_known = |name: &String| phrasing.contains(&name.as_str()) || (shape != Shape::Line && blocks.contains(&name.as_str()));
            prop_assert!(elements(&dom.document).iter().all(is_known), "{text:?} as {shape:?}");
        }
    }
}

/// An article that cannot be remembered costs time, which no other test would notice.
#[test]
fn all_that_front_matter_can_hold_is_remembered() {
    let text = "+++\ntitle = 'A'\ndate = 2026-11-28\ntags = ['x']\nup_next = 'b.md'\nsort_by = 'title'\nweight = -3\n[extra]\na = [1, 2.5, { b = 'c' }]\n+++\nA [text](b.md#c).\n\n## B\n";
    let (article, _) = render_text(text).0.unwrap();
    let bytes = memo::to_bytes(&article, &Diagnostics::default()).unwrap();
    let file = ArticleFile {
        path: article.path.clone(),
        digest: article.digest,
    };
    let (remembered, _) = memo::from_bytes(&bytes, &file).unwrap();
    assert_eq!(format!("{remembered:?}"), format!("{article:?}"));
}
