//! Minifying changes nothing that a reader sees: pages of the demo, of random templates and of
//! random HTML, minified and as written.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rungs::render::{Links, WhiteSpace, scan};

use crate::harness::{Built, Site, flow};

/// How many random pages are compared; `MINIFY_PAGES=20000` for the whole proof.
const PAGES: usize = 600;
/// Pages of one site, which shares a theme among them.
const OF_A_SITE: usize = 100;

#[test]
fn every_page_of_the_demo_looks_the_same() {
    let saved = compare(&Site::demo(), "true", |_| String::new());
    assert!(saved > 10_000, "{saved} bytes saved");
}

#[test]
fn every_page_of_the_demo_looks_the_same_with_shorter_markup() {
    let full = compare(&Site::demo(), "\"full\"", |_| String::new());
    let collapsed = compare(&Site::demo(), "true", |_| String::new());
    assert!(
        full > collapsed + 200_000,
        "{full} and {collapsed} bytes saved"
    );
}

#[test]
fn every_page_of_the_sample_sites_looks_the_same() {
    for folder in std::fs::read_dir("tests/sites").unwrap() {
        let site = Site::folder(folder.unwrap().path());
        for minify in ["true", "\"full\""] {
            compare(&site, minify, |_| String::new());
        }
    }
}

#[test]
fn random_pages_look_the_same() {
    let pages = pages();
    for first in (0..pages).step_by(OF_A_SITE) {
        let mut site = Site::from(VALUES);
        for seed in first..(first + OF_A_SITE).min(pages) {
            write_page(&mut site, seed as u64);
        }
        let sources = |path: &str| -> String {
            let seed = path
                .trim_start_matches("p")
                .split('/')
                .next()
                .unwrap_or_default();
            let files = ["base", "part", "parts", "page"].map(|part| format!("{part}{seed}.html"));
            files
                .iter()
                .filter_map(|file| {
                    Some(format!(
                        "{file}:\n{}\n",
                        String::from_utf8_lossy(site.files.get(&format!("templates/{file}"))?)
                    ))
                })
                .collect()
        };
        compare(&site, "true", sources);
        compare(&site, "\"full\"", sources);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn any_html_looks_the_same(html in any_html()) {
        let own = scan(&html, Links::FromRoot, WhiteSpace::Collapses);
        let written = scan(&html, Links::FromRoot, WhiteSpace::Stays);
        prop_assert_eq!(flow(&html), flow(&own.html), "{}", own.html);
        prop_assert_eq!(&written.html, &html);
        prop_assert_eq!((own.ids, own.links), (written.ids, written.links));
        let again = scan(&own.html, Links::FromRoot, WhiteSpace::Collapses);
        prop_assert_eq!(again.html, own.html);
    }
}

/// HTML of all sorts, with end tags that may be left out, and some that may not.
fn any_html() -> impl Strategy<Value = String> {
    let space = prop::sample::select(vec![
        "",
        "",
        " ",
        "\n",
        "\n  ",
        "\t",
        "\r\n ",
        "\u{a0} ",
        "<!-- c -->",
        " <!-- c --> ",
        "<!--[if a]> b <![endif]-->",
    ]);
    let word = prop::sample::select(vec![
        "a",
        "b  c",
        "&amp; d",
        "1 < 2",
        "\u{3042}\n\u{3042}",
        "&",
        "amp;",
        "<br>",
        "<hr>",
        "<img alt='  i '>",
        "<input>",
        "<p>",
        "<li>",
        "<script> x  y </script>",
        "<style> a  b </style>",
        "<svg> <g> <path /> </g> </svg>",
        "<select> <option> a  b <option>c</option> </select>",
        "<table> <tr> <td> a <td> b </td> </tr> <tr><th>c</table>",
    ]);
    let leaf = (space.clone(), word, space.clone())
        .prop_map(|(before, word, after)| format!("{before}{word}{after}"));
    let names = vec![
        "b",
        "span",
        "code",
        "kbd",
        "label",
        "div",
        "section",
        "p",
        "h2",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "pre",
        "textarea",
        "blockquote",
        "details",
        "summary",
        "figure",
        "form",
        "template",
        "main",
        "x-y",
        "DIV",
    ];
    let element = move |inner: BoxedStrategy<String>| {
        let name = prop::sample::select(names.clone());
        let parts = prop::collection::vec(inner, 0..4);
        (name, parts, space.clone(), space.clone(), 0..8_u8)
            .prop_map(|(name, parts, before, after, end)| {
                let may_lack = matches!(
                    name,
                    "p" | "li" | "dt" | "dd" | "b" | "code" | "span" | "label" | "kbd"
                );
                let end = if may_lack && end == 0 {
                    String::new()
                } else {
                    format!("</{name}>")
                };
                format!("<{name}>{before}{}{end}{after}", parts.concat())
            })
            .boxed()
    };
    let body = leaf.boxed().prop_recursive(5, 40, 4, element).boxed();
    prop::collection::vec(body, 1..5).prop_map(|parts| parts.concat())
}

#[test]
fn pages_have_no_white_space_at_the_ends_of_lines() {
    let built = Site::demo().build_once();
    let lines: Vec<&str> = html(&built)
        .values()
        .flat_map(|text| text.lines())
        .collect();
    let trailing: Vec<&&str> = lines
        .iter()
        .filter(|line| line.ends_with([' ', '\t']))
        .collect();
    assert!(
        trailing.is_empty(),
        "{} of {}, such as {:?}",
        trailing.len(),
        lines.len(),
        trailing.first()
    );
}

/// A site with a page, a theme and a file of its own.
fn small(minify: &str) -> Built {
    let files = "=== content/a.md\n+++\ntemplate = \"a.html\"\n+++\nA.\n\
        === templates/a.html\n<p class=\"x\">\n  a   b\n</p>\n\
        === themes/t/static/a.css\np { }\nb { c: d }\n=== themes/t/static/a.min.css\np { }\n\
        === themes/t/static/b.js\na( 1 ) ;\n=== themes/t/static/c.css\np { } }\n\
        === static/b.css\np { }\n";
    Site::from(&format!(
        "=== site.toml\ntitle = \"T\"\nbase_url = \"https://e.com/\"\ntheme = \"t\"\n{minify}\n{files}"
    ))
    .build()
}

#[test]
fn a_site_can_stay_as_written_or_have_shorter_markup() {
    let [off, on, full] = ["minify = false", "", "minify = \"full\""].map(small);
    let asset = |built: &Built, start: &str| {
        let path = built.files.keys().find(|path| {
            path.starts_with(start) && path.contains(".min.") == start.contains(".min.")
        });
        built.page(path.unwrap()).to_owned()
    };
    let assets = |built: &Built| ["a.", "b.css", "c.", "a.min."].map(|start| asset(built, start));
    assert_eq!(off.page("a/index.html"), "<p class=\"x\">\n  a   b\n</p>\n");
    assert_eq!(on.page("a/index.html"), "<p class=\"x\">a b</p>\n");
    assert_eq!(full.page("a/index.html"), "<p class=x>a b</p>\n");
    assert_eq!(
        assets(&off),
        ["p { }\nb { c: d }\n", "p { }\n", "p { } }\n", "p { }\n"]
    );
    for minified in [&on, &full] {
        assert_eq!(
            assets(minified),
            ["b{c:d}", "p { }\n", "p { } }\n", "p { }\n"]
        );
        assert!(
            minified
                .files
                .iter()
                .any(|(path, bytes)| path.starts_with("b.")
                    && path.ends_with(".js")
                    && bytes == b"a(1);")
        );
        assert_eq!(minified.said().matches("not-minified").count(), 1);
        assert!(!minified.failed && minified.said().contains("themes/t/static/c.css"));
    }
    assert!(off.reports.is_empty(), "{}", off.said());
}

#[test]
fn a_page_that_would_show_something_else_is_kept_and_counted() {
    let folder = Site::from(
        "=== site.toml\ntitle = \"T\"\nbase_url = \"https://e.com/\"\nminify = \"full\"\n\
         === content/a.md\n+++\ntemplate = \"a.html\"\n+++\nA.\n\
         === templates/a.html\n<p class=\"x\" class=\"y\">a</p>\n",
    )
    .on_disk();
    folder
        .run(&["build", "--profile"])
        .exits(0)
        .prints("1 page kept as `minify = true` makes it");
    assert_eq!(
        std::fs::read_to_string(folder.path("public/a/index.html")).unwrap(),
        "<p class=\"x\" class=\"y\">a</p>\n"
    );
}

fn pages() -> usize {
    std::env::var("MINIFY_PAGES").map_or(PAGES, |pages| pages.parse().unwrap())
}

/// How many pieces of HTML are tried for the pages that are.
fn cases() -> u32 {
    u32::try_from(pages() * 4).unwrap()
}

/// Builds a site minified and as written; all pages must look the same, and all else must be the
/// same. Says how many bytes were saved.
#[track_caller]
fn compare(site: &Site, minify: &str, sources: impl Fn(&str) -> String) -> usize {
    let settings = String::from_utf8(site.files["site.toml"].clone()).unwrap();
    let built = |minify: &str| {
        site.clone()
            .edit("site.toml", format!("minify = {minify}\n{settings}"))
            .build_once()
    };
    let (minified, written) = (built(minify), built("false"));
    assert!(!written.failed, "{}", written.said());
    assert!(!minified.failed, "{}", minified.said());
    assert_eq!(minified.said(), written.said());
    let names = |built: &Built| {
        built
            .files
            .keys()
            .filter(|path| !path.ends_with(".css") && !path.ends_with(".js"))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&minified), names(&written));
    let mut saved = 0;
    for (path, text) in html(&written) {
        let other = minified.page(path);
        saved += text.len().saturating_sub(other.len());
        let (one, two) = (seen(text), seen(other));
        if let Some(at) = (0..one.len().max(two.len())).find(|at| one.get(*at) != two.get(*at)) {
            let around = |lines: &[String]| {
                lines[at.saturating_sub(12).min(lines.len())..(at + 6).min(lines.len())].join(" ")
            };
            panic!(
                "{path} differs:\n{}\n--- written\n{text}\n--- minified\n{other}\n--- seen\n{}\n{}",
                sources(path),
                around(&one),
                around(&two)
            );
        }
    }
    saved
}

fn html(built: &Built) -> BTreeMap<&str, &str> {
    built
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
        .collect()
}

/// What a reader sees. What attributes say by default may be left out, and so may white space that
/// means nothing in them.
fn seen(html: &str) -> Vec<String> {
    let mut seen = flow(&same_names(html));
    for line in seen.iter_mut().filter(|line| line.starts_with('<')) {
        *line = line.replace("device-width, initial", "device-width,initial");
        for default in [" type=\"submit\"", " method=\"get\""] {
            *line = line.replace(default, "");
        }
    }
    seen
}

/// The name of a stylesheet or a script changes with its text.
fn same_names(html: &str) -> String {
    ["css/", "js/"]
        .iter()
        .fold(html.to_owned(), |html, folder| same_name(&html, folder))
}

/// The files of a folder without their fingerprints: `js/check.0123.js` as `js/check..js`.
fn same_name(html: &str, folder: &str) -> String {
    let mut parts = html.split(folder);
    let mut same = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(['"', ' ', '>']).unwrap_or(part.len());
        let (file, after) = part.split_at(end);
        let named = file
            .split_once('.')
            .zip(file.rsplit_once('.'))
            .filter(|((start, _), (rest, _))| start.len() < rest.len());
        same.push_str(folder);
        same.push_str(&named.map_or_else(
            || file.to_owned(),
            |((start, _), (_, end))| format!("{start}..{end}"),
        ));
        same.push_str(after);
    }
    same
}

/// What random pages print.
const VALUES: &str = "=== content/_index.md\n+++\ntitle = \"Home\"\n+++\nWelcome.\n";
const EXTRA: &str = "word = \"w\"\nempty = \"\"\nspace = \" \"\npadded = \" y \"\nlines = \"a\\n   b\"\nquote = \"\\\"'<\"\nbold = \"<b> z</b> \"\nblock = \"<div> d</div> \"\nyes = true\nno = false\nitems = [\"1\", \" 2 \"]\ndepth = 3\n";

/// Writes a page with templates of its own.
fn write_page(site: &mut Site, seed: u64) {
    let mut random = Random {
        state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
        seed,
        in_component: false,
    };
    site.edit(
        &format!("content/p{seed}.md"),
        format!("+++\ntemplate = \"page{seed}.html\"\n[extra]\n{EXTRA}+++\nText *here*.\n"),
    );
    site.edit(&format!("templates/part{seed}.html"), random.leaf(3));
    random.in_component = true;
    let component = |random: &mut Random, name: &str| {
        let body = if name == "two" {
            random.body()
        } else {
            String::new()
        };
        let (before, after) = (random.leaf(2), random.leaf(2));
        format!(
            "{{% component {name}{seed}(@page) %}}{before}{body}{after}{{% endcomponent {name}{seed} %}}\n"
        )
    };
    let three = format!(
        "{{% component three{seed}(@page) %}}  a   {{{{ page.extra.quote }}}}\n  b{{% endcomponent %}}\n"
    );
    let parts = component(&mut random, "one") + &component(&mut random, "two") + &three;
    site.edit(&format!("templates/parts{seed}.html"), parts);
    random.in_component = false;
    let (head, flow) = (random.head(), random.flow(4));
    let is_plain = random.below(3) == 0;
    let block = match is_plain {
        true => random.plain_context("{% block b %}  default   x {% endblock b %}"),
        false => random.context("{% block b %}  default  <b> x</b> {% endblock b %}"),
    };
    let page = format!(
        "<!doctype html>{}<html lang=en>{}<head>{head}</head>{}<body>{flow}{block}{}</body>\n</html>\n",
        random.gap(),
        random.gap(),
        random.gap(),
        random.gap()
    );
    if random.below(2) == 0 {
        site.edit(&format!("templates/page{seed}.html"), page);
    } else {
        site.edit(&format!("templates/base{seed}.html"), page);
        let inner = if !is_plain && random.below(2) == 0 {
            random.flow(3)
        } else {
            "  b  \n c {{ super() }}".to_owned()
        };
        site.edit(
            &format!("templates/page{seed}.html"),
            format!(
                "{{% extends \"base{seed}.html\" %}}\n{{% block b %}}{inner}{{% endblock b %}}"
            ),
        );
    }
}

/// A source of templates: the same seed, the same template.
struct Random {
    state: u64,
    seed: u64,
    in_component: bool,
}

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % end as u64).unwrap()
    }

    fn pick(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }

    fn space(&mut self) -> &'static str {
        self.pick(&[
            "",
            "",
            " ",
            "\n",
            "\n    ",
            "  \t ",
            "\r\n  ",
            "\u{a0}",
            " \u{a0} ",
            "\u{3000}",
            "&#32;",
            "{# c #}",
            " {#- c -#}\n",
            " {# c -#} ",
            "\n  <!-- c -->  ",
            "<!-- c -->",
        ])
    }

    /// White space where text has no place.
    fn gap(&mut self) -> &'static str {
        self.pick(&[
            "",
            "\n",
            "\n    ",
            "  \t ",
            "{# c #}",
            " {#- c -#}\n",
            "\n  <!-- c -->  ",
            "<!-- c -->",
        ])
    }

    fn word(&mut self) -> &'static str {
        self.pick(&[
            "a", "b c", "d   e", "f\n  g", "&amp; h", "1 < 2", "ü  é", "你\n好", "{ i", "j }",
            "a { b", "<", "&nbsp;",
        ])
    }

    fn value(&mut self) -> String {
        let name = self.pick(&[
            "word", "empty", "space", "padded", "lines", "quote", "bold", "block",
        ]);
        let safe = if matches!(name, "bold" | "space") && self.below(2) == 0 {
            " | safe"
        } else {
            ""
        };
        self.tag("{", &format!("page.extra.{name}{safe}"), "}")
    }

    /// A tag of Tera with or without its `-`.
    fn tag(&mut self, brace: &str, inner: &str, end: &str) -> String {
        let (before, after) = (self.pick(&["", "", "-"]), self.pick(&["", "", "-"]));
        format!("{{{brace}{before} {inner} {after}{end}}}")
    }

    fn condition(&mut self, inner: [String; 2]) -> String {
        let name = self.pick(&["yes", "no", "empty", "space"]);
        let start = self.tag("%", &format!("if page.extra.{name}"), "%");
        let middle = if self.below(2) == 0 {
            self.tag("%", "else", "%")
        } else {
            String::new()
        };
        let second = if middle.is_empty() { "" } else { &inner[1] };
        format!(
            "{start}{}{middle}{second}{}",
            inner[0],
            self.tag("%", "endif", "%")
        )
    }

    fn attributes(&mut self) -> String {
        let mut all = String::new();
        for _ in 0..self.below(3) {
            all.push_str(self.pick(&[" ", "  ", "\n   "]));
            let value = self.value();
            let one = match self.below(9) {
                0 => "title=\"a   b\n c > d\"".to_owned(),
                1 => "class='x  \"y\"  '".to_owned(),
                2 => "data-u=u".to_owned(),
                3 => "hidden".to_owned(),
                4 => format!("data-v=\"  {value}  \""),
                5 => "data-w = 'z'".to_owned(),
                6 => "{% if page.extra.empty %}  data-c=\"a  b\"{% else %} data-d  {% endif %}"
                    .to_owned(),
                7 => "data-x={{ page.extra.word }}".to_owned(),
                _ => format!("data-y=\"{}\"", self.plain_part()),
            };
            all.push_str(&one);
        }
        all + self.pick(&["", "", " ", "\n"])
    }

    fn element(&mut self, name: &str, inner: &str) -> String {
        let (attributes, before, after) = (self.attributes(), self.space(), self.space());
        format!("<{name}{attributes}>{before}{inner}{after}</{name}>")
    }

    fn inline(&mut self, depth: usize) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(3) {
            text.push_str(self.space());
            text += &match self.below(13) {
                0..3 => self.word().to_owned(),
                3 | 4 => self.value(),
                5 if depth > 0 => {
                    let inner = [self.inline(depth - 1), self.inline(depth - 1)];
                    self.condition(inner)
                }
                6 => format!("<br{}>", self.attributes()),
                7 => "<img alt=\"  i  \" src=\"https://e.com/i.png\" >".to_owned(),
                8 => "<svg viewBox=\"0 0 1 1\">  <g >  <text>  a   b <tspan> c</tspan> </text> <path d=\"M0  0\" /> </g></svg>".to_owned(),
                9 => "<textarea  >  a   b  </textarea>".to_owned(),
                10 => "{% raw %}  {{ r }}   <i> s</i> {% endraw %}".to_owned(),
                _ if depth > 0 => {
                    let name = self.pick(&["a", "b", "em", "span", "label", "button", "code", "x-y"]);
                    let inner = self.inline(depth - 1);
                    self.element(name, &inner)
                }
                _ => self.word().to_owned(),
            };
        }
        text + self.space()
    }

    fn flow(&mut self, depth: usize) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(3) {
            text.push_str(self.space());
            text += &self.block(depth);
        }
        text + self.space()
    }

    fn block(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.inline(1);
        }
        match self.below(18) {
            0 | 1 => {
                let name = self.pick(&["div", "section", "main", "details", "blockquote", "article"]);
                let inner = self.flow(depth - 1);
                self.element(name, &inner)
            }
            2 | 3 => {
                let name = self.pick(&["p", "h2", "summary", "figcaption"]);
                let inner = self.inline(depth - 1);
                self.element(name, &inner)
            }
            4 => self.list(depth),
            5 => self.table(),
            6 => {
                let inner = [self.flow(depth - 1), self.flow(depth - 1)];
                self.condition(inner)
            }
            7 => {
                let (start, inner, end) = (self.tag("%", "for item in page.extra.items", "%"), self.inline(1), self.tag("%", "endfor", "%"));
                format!("{start}<div>{inner}</div>  {{{{ item }}}}{end}")
            }
            8 => {
                let inner = [self.word().to_owned() + self.space(), self.value()];
                let (value, inner) = (self.value(), self.condition(inner));
                format!("{{% set s %}}  {value}  {inner}{{% endset %}}<p title=\"{{{{ s }}}}\">  {{{{ s | safe }}}}  </p>")
            }
            9 => format!("{{% filter upper %}}{}{{% endfilter %}}", self.inline(1)),
            10 => "<script>\n  // c\n  let a = 1 ; /* d */\n  b( a )\n</script>".replace("// c\n", "\n"),
            11 => {
                "<style>\n  a  >  b { color : red; }\n  #c { } /* d */\n</style><script type=\"application/ld+json\">{ \"a\":  \"b   c\" }</script>".to_owned()
            }
            12 => {
                let body = self.flow(depth - 1);
                self.call("two", Some(&body))
            }
            13 => self.part(),
            14 => {
                let (part, plain) = (self.part(), self.plain_part());
                self.context(&part) + &self.plain_context(&plain)
            }
            15 => "<h{{ page.extra.depth }} class=\"a\" >  x  <b> y</b>  </h{{ page.extra.depth }}>".to_owned(),
            16 => "<pre>\n  a\n\n    <b>  c</b>  {{ page.extra.lines }}  </pre>".to_owned(),
            _ => self
                .pick(&[
                    "<!--[if IE]>  <p> x </p>  <![endif]-->",
                    "<!--! a   b -->",
                    "<!-- {{ page.extra.word }}  -->",
                    "<hr>",
                    "<div> </div>",
                    "<select > <option> a  b </option> <option>c</option> </select>",
                ])
                .to_owned(),
        }
    }

    fn list(&mut self, depth: usize) -> String {
        let name = self.pick(&["ul", "ol"]);
        let mut items = String::new();
        for _ in 0..self.below(4) {
            let inner = self.flow(depth - 1);
            items += &self.element("li", &inner);
            items.push_str(self.pick(&["", " ", "\n  "]));
        }
        self.element(name, &items)
    }

    fn table(&mut self) -> String {
        let (space, other) = (
            self.pick(&["", "\n  ", "  "]),
            self.pick(&["", "\n  ", " <!-- c --> "]),
        );
        let (one, two) = (self.inline(1), self.inline(1));
        format!(
            "<table>{space}<tr>{other}<td>{one}</td>{space}<th>{two}</th>{other}</tr>{space}</table>"
        )
    }

    /// Something that is written in another place.
    fn part(&mut self) -> String {
        match self.below(4) {
            0 if !self.in_component => format!("{{% include \"part{}.html\" %}}", self.seed),
            1 if !self.in_component => self.call("one", None),
            2 if !self.in_component => self.call("two", Some("  <i> x </i>   y  ")),
            _ => self.value(),
        }
    }

    /// The same without markup.
    fn plain_part(&mut self) -> String {
        if self.below(2) == 0 {
            self.call("three", None)
        } else {
            self.value()
        }
    }

    fn call(&mut self, name: &str, body: Option<&str>) -> String {
        let name = format!("{name}{}", self.seed);
        match body {
            _ if self.in_component => self.value(),
            Some(body) => format!("{{% <{name}> %}}{body}{{% </{name}> %}}"),
            None => self.tag("{", &format!("<{name} />"), "}"),
        }
    }

    /// Text without parts of other files.
    fn leaf(&mut self, depth: usize) -> String {
        let was = std::mem::replace(&mut self.in_component, true);
        let text = if self.below(2) == 0 {
            self.inline(depth)
        } else {
            self.flow(depth)
        };
        self.in_component = was;
        text
    }

    /// What a component does with its body.
    fn body(&mut self) -> String {
        self.pick(&[
            "",
            "<div> {{ body }} </div>",
            "{{ body }}",
            "{% if body %} <p>{{ body }}</p> {% endif %}",
            "<pre> {{ body }} </pre>",
            "{{ body | length }}",
            "{{ body | replace(from=\" \", to=\"_\") }}",
            "<p title=\"{{ body | replace(from='\"', to='`') }}\"> x </p>",
        ])
        .to_owned()
    }

    /// Puts a part where white space may be shown.
    fn context(&mut self, inner: &str) -> String {
        match self.below(3) {
            0 => format!("<pre>  {inner}  </pre>"),
            _ => format!("<div>\n  {inner}\n  </div>"),
        }
    }

    /// The same where no markup has a place.
    fn plain_context(&mut self, inner: &str) -> String {
        match self.below(4) {
            0 => format!("<textarea>  {inner}  </textarea>"),
            1 => format!("<script type=\"text/template\">  {inner}  </script>"),
            2 => format!("<div> <svg> <text>  {inner}  </text> </svg> </div>"),
            _ => format!("<p title=\"  {inner}  \">  x</p>"),
        }
    }

    fn head(&mut self) -> String {
        let (one, two, three) = (self.gap(), self.gap(), self.gap());
        format!(
            "{one}<meta charset=utf-8 >{two}<title>  a   {{{{ page.title }}}} </title>{three}{{{{ page.head }}}}\n<link rel=\"x\"   href=\"https://e.com/\">\n"
        )
    }
}
