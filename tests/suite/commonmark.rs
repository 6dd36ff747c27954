//! Markdown as others read it: the examples of CommonMark's specification, and of the rules of GFM,
//! become the same tree of elements, but for what Rungs adds on purpose. `.ci/commonmark` fetches
//! the former; without them the test says so.

use std::io::Write as _;
use std::path::Path;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use rungs::config::MarkdownOptions;
use rungs::content::{
    Call, Host, ImageUse, Options, Placement, Renamed, Rendering, Words, read, render,
};
use rungs::diag::{Diagnostic, Diagnostics};
use rungs::digest::Digest;
use rungs::path::SourcePath;
use rungs::policy::Policy;
use rungs::source::{Source, Span};

/// Examples that become something else on purpose, and why.
const DIFFERENCES: &[(usize, &str)] = &[(79, "a heading without text is said, and not made")];

/// A host for which every link leads somewhere.
struct Everywhere;

impl Host for Everywhere {
    fn link(&self, destination: &str, _: Span) -> Result<String, Diagnostic> {
        Ok(destination.to_owned())
    }
    fn image(&self, destination: &str, _: Span) -> Result<ImageUse, Diagnostic> {
        Ok(ImageUse {
            src: destination.to_owned(),
            srcset: String::new(),
            width: None,
            height: None,
        })
    }
    fn shortcode(&self, _: &Call, _: Option<String>, _: Placement) -> Result<String, Diagnostic> {
        Ok(String::new())
    }
}

/// Markdown as HTML. A title in front matter leaves all headings to the text.
fn html(markdown: &str) -> String {
    let text = format!("+++\ntitle = \"no heading says this\"\n+++\n{markdown}");
    let path = SourcePath::new("content/a.md").unwrap();
    let source = Source::decode(&path, text.as_bytes()).unwrap();
    let markdown = MarkdownOptions {
        smart_punctuation: false,
        raw_html: true,
        highlight: false,
    };
    let options = Options {
        markdown,
        words: words(),
    };
    let mut diagnostics = Diagnostics::default();
    let article = read(
        &source,
        Digest::of(text.as_bytes()),
        &options,
        &Policy::default(),
        &mut diagnostics,
    )
    .unwrap_or_else(|| panic!("{text:?} is refused"));
    let rendering = Rendering {
        source: &source,
        options: &options,
        host: &Everywhere,
        renamed: &Renamed::new(),
    };
    render(&article, rendering, &mut diagnostics)
}

fn words() -> Words {
    let word = str::to_owned;
    let alerts = ["Note", "Tip", "Important", "Warning", "Caution"].map(word);
    Words {
        alerts,
        table: word("Table"),
        footnotes: word("Notes"),
        back: word("Back"),
        done: word("Done"),
        to_do: word("To do"),
    }
}

const BLOCKS: &[&str] = &[
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "hr",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "section",
    "figure",
    "article",
    "aside",
    "textarea",
    "style",
    "script",
];

/// A tree as text, without white space that does not count and without what is added on purpose.
fn tree(html: &str) -> String {
    let page = parse_document(RcDom::default(), ParseOpts::default())
        .one(format!("<!DOCTYPE html><body><main>{html}</main>"));
    let mut out = String::new();
    write(&page.document, false, &mut out);
    // White space beside a block is none.
    let mut tidy = String::new();
    for line in out.lines() {
        let is_block = |line: &str| {
            line.strip_prefix(['<', '/'])
                .is_some_and(|tag| BLOCKS.contains(&tag.split(' ').next().unwrap()))
        };
        let last = tidy.lines().next_back().unwrap_or_default().to_owned();
        let text = line.strip_prefix('"').map(|text| {
            let text = if is_block(&last) {
                text.trim_start()
            } else {
                text
            };
            format!("\"{text}")
        });
        if is_block(line) && last.starts_with('"') {
            tidy.truncate(tidy.trim_end().len());
            if tidy.ends_with("\n\"") {
                tidy.truncate(tidy.len() - 2);
            }
            tidy.push('\n');
        }
        let line = text.unwrap_or_else(|| line.to_owned());
        if line != "\"" {
            tidy.push_str(&line);
            tidy.push('\n');
        }
    }
    tidy.trim_end().to_owned()
}

fn write(node: &Handle, verbatim: bool, out: &mut String) {
    let children = node.children.borrow();
    let each = |verbatim: bool, out: &mut String| {
        children
            .iter()
            .for_each(|child| write(child, verbatim, out));
    };
    match &node.data {
        NodeData::Text { contents } if verbatim => {
            out.push_str(&format!("={:?}\n", contents.borrow().to_string()));
        }
        NodeData::Text { contents } => {
            let text = contents.borrow();
            let collapsed = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            let space = |is: bool| if is { " " } else { "" };
            let (before, after) = (
                space(text.starts_with([' ', '\n'])),
                space(text.ends_with([' ', '\n']) && !collapsed.is_empty()),
            );
            out.push_str(&format!("\"{before}{collapsed}{after}\n"));
        }
        NodeData::Comment { contents } => out.push_str(&format!("!{:?}\n", contents.to_string())),
        NodeData::Element { name, attrs, .. } => {
            let name = name.local.to_string();
            let class = attrs
                .borrow()
                .iter()
                .find(|attribute| &*attribute.name.local == "class")
                .map(|attribute| attribute.value.to_string());
            // Scrolls a table that is too wide; a picture stands for itself.
            let holds_picture = || {
                children.len() == 1
                    && matches!(&children[0].data, NodeData::Element { name, .. } if &*name.local == "img")
            };
            if class.as_deref() == Some("table-scroll") || (name == "p" && holds_picture()) {
                return each(false, out);
            }
            if name == "figure" {
                return write_figure(&children, out);
            }
            // The first level is the title of the page.
            let name = if name == "h1" { "h2".to_owned() } else { name };
            let mut shown: Vec<String> = attrs
                .borrow()
                .iter()
                .filter_map(|attribute| shown(&name, &attribute.name.local, &attribute.value))
                .collect();
            shown.sort();
            out.push_str(&format!("<{name} {}\n", shown.join(" ")));
            each(
                matches!(name.as_str(), "pre" | "script" | "style" | "textarea"),
                out,
            );
            out.push_str(&format!("/{name}\n"));
        }
        _ => each(verbatim, out),
    }
}

/// A picture with its title below it is a picture with a title.
fn write_figure(children: &[Handle], out: &mut String) {
    let mut picture = String::new();
    write(&children[0], false, &mut picture);
    let mut caption = String::new();
    write(&children[1].children.borrow()[0], true, &mut caption);
    let (tag, rest) = picture.split_once('\n').unwrap();
    out.push_str(&format!(
        "{tag} title={}\n{}\n",
        caption.trim().trim_start_matches('='),
        rest.trim_end()
    ));
}

/// An attribute but for those that are added on purpose.
fn shown(element: &str, name: &str, value: &str) -> Option<String> {
    let is_added = match element {
        "h2" | "h3" | "h4" | "h5" | "h6" => name == "id",
        "img" => matches!(name, "loading" | "decoding"),
        "pre" => name == "tabindex",
        "th" => name == "scope",
        "input" => name == "aria-label",
        _ => false,
    };
    let name = if matches!(element, "td" | "th") && name == "align" {
        "class"
    } else {
        name
    };
    // Left is where text begins, and needs no mark.
    // How much of an address is percent-encoded is left to programs.
    let value = match name {
        "href" | "src" => percent_encoding::percent_decode_str(value).decode_utf8_lossy(),
        _ => value.into(),
    };
    (!is_added && (name, value.as_ref()) != ("class", "left")).then(|| format!("{name}={value:?}"))
}

/// The examples of a specification: Markdown and HTML.
fn examples(spec: &str) -> Vec<(String, String)> {
    let spec = spec
        .split("<!-- END TESTS -->")
        .next()
        .unwrap()
        .replace('→', "\t");
    let fence = "`".repeat(32);
    let opening = format!("\n{fence} example\n");
    let blocks = spec.split(&opening).skip(1);
    let example = |block: &str| {
        let block = block.split(&format!("{fence}\n")).next().unwrap();
        let (markdown, html) = block
            .strip_prefix(".\n")
            .map_or_else(|| block.split_once("\n.\n").unwrap(), |html| ("", html));
        (markdown.to_owned() + "\n", html.to_owned())
    };
    blocks.map(example).collect()
}

#[test]
fn every_example_of_commonmark_is_the_same_or_differs_on_purpose() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/commonmark/0.31.2/spec.txt");
    let Ok(spec) = std::fs::read_to_string(file) else {
        drop(writeln!(
            std::io::stderr(),
            "skipped: there are no examples of CommonMark; .ci/commonmark fetches them"
        ));
        return;
    };
    let examples = examples(&spec);
    assert_eq!(examples.len(), 652);
    let mut failures = String::new();
    for (index, (markdown, expected)) in examples.iter().enumerate() {
        let number = index + 1;
        let got = html(markdown);
        let is_same = tree(&got) == tree(expected);
        match DIFFERENCES.iter().find(|(known, _)| *known == number) {
            None if !is_same => failures.push_str(&format!(
                "== {number}\n{markdown}-- expected\n{expected}-- got\n{got}\n"
            )),
            Some((_, reason)) if is_same => failures.push_str(&format!(
                "== {number} is the same again: take it from the list ({reason})\n"
            )),
            _ => {}
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// Examples of GFM's rules for tables, task lists and strikethrough, and of footnotes: Markdown and
/// HTML.
const GFM: &[(&str, &str)] = &[
    (
        "| foo | bar |\n| --- | --- |\n| baz | bim |\n",
        "<table><thead><tr><th>foo</th><th>bar</th></tr></thead><tbody><tr><td>baz</td><td>bim</td></tr></tbody></table>",
    ),
    (
        "| abc | defghi |\n:-: | -----------:\nbar | baz\n",
        "<table><thead><tr><th align=\"center\">abc</th><th align=\"right\">defghi</th></tr></thead><tbody><tr><td align=\"center\">bar</td><td align=\"right\">baz</td></tr></tbody></table>",
    ),
    (
        "| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |\n",
        "<table><thead><tr><th>f|oo</th></tr></thead><tbody><tr><td>b <code>|</code> az</td></tr><tr><td>b <strong>|</strong> im</td></tr></tbody></table>",
    ),
    (
        "| abc | def |\n| --- | --- |\n| bar | baz |\n> bar\n",
        "<table><thead><tr><th>abc</th><th>def</th></tr></thead><tbody><tr><td>bar</td><td>baz</td></tr></tbody></table><blockquote><p>bar</p></blockquote>",
    ),
    (
        "| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar\n",
        "<table><thead><tr><th>abc</th><th>def</th></tr></thead><tbody><tr><td>bar</td><td>baz</td></tr><tr><td>bar</td><td></td></tr></tbody></table><p>bar</p>",
    ),
    (
        "| abc | def |\n| --- |\n| bar |\n",
        "<p>| abc | def |\n| --- |\n| bar |</p>",
    ),
    (
        "| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |\n",
        "<table><thead><tr><th>abc</th><th>def</th></tr></thead><tbody><tr><td>bar</td><td></td></tr><tr><td>bar</td><td>baz</td></tr></tbody></table>",
    ),
    (
        "| abc | def |\n| --- | --- |\n",
        "<table><thead><tr><th>abc</th><th>def</th></tr></thead></table>",
    ),
    (
        "| a |\n| :-- |\n| **b** [c](d) |\n",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><strong>b</strong> <a href=\"d\">c</a></td></tr></tbody></table>",
    ),
    (
        "- a\n\n  | b |\n  |---|\n",
        "<ul><li><p>a</p><table><thead><tr><th>b</th></tr></thead></table></li></ul>",
    ),
    (
        "- [ ] foo\n- [x] bar\n",
        "<ul><li><input disabled type=\"checkbox\"> foo</li><li><input checked disabled type=\"checkbox\"> bar</li></ul>",
    ),
    (
        "- [x] foo\n  - [ ] bar\n  - [X] baz\n- [ ] bim\n",
        "<ul><li><input checked disabled type=\"checkbox\"> foo<ul><li><input disabled type=\"checkbox\"> bar</li><li><input checked disabled type=\"checkbox\"> baz</li></ul></li><li><input disabled type=\"checkbox\"> bim</li></ul>",
    ),
    ("- [a] b\n- [] c\n", "<ul><li>[a] b</li><li>[] c</li></ul>"),
    (
        "~~Hi~~ Hello, ~there~ world!\n",
        "<p><del>Hi</del> Hello, <del>there</del> world!</p>",
    ),
    (
        "This ~~has a\n\nnew paragraph~~.\n",
        "<p>This ~~has a</p><p>new paragraph~~.</p>",
    ),
    (
        "This will ~~~not~~~ strike.\n",
        "<p>This will ~~~not~~~ strike.</p>",
    ),
    (
        "**~~a~~** ~~*b*~~ `~~c~~`\n",
        "<p><strong><del>a</del></strong> <del><em>b</em></del> <code>~~c~~</code></p>",
    ),
    ("a[^none] b\n", "<p>a[^none] b</p>"),
    (
        "a `[^x]`\n\n    [^x]: code\n",
        "<p>a <code>[^x]</code></p><pre><code>[^x]: code\n</code></pre>",
    ),
    (
        "a[^X] b[^x]\n\n[^x]: *c*\n",
        "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup> b<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\">1</a></sup></p>\
         <section class=\"footnotes\" aria-label=\"Notes\"><ol><li id=\"fn-1\"><p><em>c</em> <a class=\"footnote-back\" href=\"#fnref-1\" aria-label=\"Back\">↩</a></p></li></ol></section>",
    ),
    (
        "a[^1]\n\n[^1]: one\n\n    two\n\nb\n",
        "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup></p><p>b</p>\
         <section class=\"footnotes\" aria-label=\"Notes\"><ol><li id=\"fn-1\"><p>one</p><p>two <a class=\"footnote-back\" href=\"#fnref-1\" aria-label=\"Back\">↩</a></p></li></ol></section>",
    ),
];

#[test]
fn tables_task_lists_strikethrough_and_footnotes_are_those_of_gfm() {
    for (markdown, expected) in GFM {
        let got = html(markdown);
        assert_eq!(tree(&got), tree(expected), "{markdown}\n{got}");
    }
}
