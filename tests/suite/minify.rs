//! Minifying changes nothing that a reader sees: pages of the demo and of random templates, minified and as written.

use std::collections::BTreeMap;

use crate::harness::{Built, Site, flow};

/// How many random pages are compared; `MINIFY_PAGES=20000` for the whole proof.
const PAGES: usize = 600;
/// Pages of one site, which shares a theme among them.
const OF_A_SITE: usize = 100;

#[test]
fn every_page_of_the_demo_looks_the_same() {
    let saved = compare(&Site::demo(), |_| String::new());
    assert!(saved > 10_000, "{saved} bytes saved");
}

#[test]
fn every_page_of_the_sample_sites_looks_the_same() {
    for folder in std::fs::read_dir("tests/sites").unwrap() {
        compare(&Site::folder(folder.unwrap().path()), |_| String::new());
    }
}

#[test]
fn random_pages_look_the_same() {
    let pages = std::env::var("MINIFY_PAGES").map_or(PAGES, |pages| pages.parse().unwrap());
    for first in (0..pages).step_by(OF_A_SITE) {
        let mut site = Site::from(VALUES);
        for seed in first..(first + OF_A_SITE).min(pages) {
            write_page(&mut site, seed as u64);
        }
        compare(&site, |path| {
            let seed = path.trim_start_matches("p").split('/').next().unwrap_or_default();
            let files = ["base", "part", "parts", "page"].map(|part| format!("{part}{seed}.html"));
            files.iter().filter_map(|file| Some(format!("{file}:\n{}\n", String::from_utf8_lossy(site.files.get(&format!("templates/{file}"))?)))).collect()
        });
    }
}

#[test]
fn pages_have_no_white_space_at_the_ends_of_lines() {
    let built = Site::demo().build_once();
    let lines: Vec<&str> = html(&built).values().flat_map(|text| text.lines()).collect();
    let trailing: Vec<&&str> = lines.iter().filter(|line| line.ends_with([' ', '\t'])).collect();
    assert!(trailing.is_empty(), "{} of {}, such as {:?}", trailing.len(), lines.len(), trailing.first());
}

#[test]
fn a_template_a_file_and_a_site_can_stay_as_written() {
    let files = "=== content/a.md\n+++\ntemplate = \"a.html\"\n+++\nA.\n=== templates/a.html\n<p>\n  a   b\n</p>\n\
        === content/b.md\n+++\ntemplate = \"b.html\"\n+++\nB.\n=== templates/b.html\n{#- minify: off -#}\n<p>\n  a   b\n</p>\n\
        === themes/t/static/a.css\np { }\n=== themes/t/static/a.min.css\np { }\n=== static/b.css\np { }\n";
    let on = Site::from(&format!("=== site.toml\ntitle = \"T\"\nbase_url = \"https://e.com/\"\ntheme = \"t\"\n{files}")).build().clean();
    let off = Site::from(&format!("=== site.toml\ntitle = \"T\"\nbase_url = \"https://e.com/\"\ntheme = \"t\"\nminify = false\n{files}")).build().clean();
    let asset = |built: &Built, start: &str| built.page(built.files.keys().find(|path| path.starts_with(start)).unwrap()).to_owned();
    assert_eq!([on.page("a/index.html"), on.page("b/index.html")], ["<p>a b</p>\n", "<p>\n  a   b\n</p>\n"]);
    assert_eq!(off.page("a/index.html"), "<p>\n  a   b\n</p>\n");
    assert_eq!(["a.", "a.min.", "b."].map(|start| asset(&off, start)), ["p { }\n"; 3]);
    assert!(on.files.iter().any(|(path, bytes)| path.starts_with("a.") && !path.contains("min") && bytes == b"p{}"));
    assert_eq!(["a.min.", "b."].map(|start| asset(&on, start)), ["p { }\n"; 2]);
}

/// Builds a site minified and as written; all pages must look the same, and all else must be the same. Says how many bytes
/// were saved.
#[track_caller]
fn compare(site: &Site, sources: impl Fn(&str) -> String) -> usize {
    let minified = site.build_once();
    let mut written = site.clone();
    let settings = String::from_utf8(site.files["site.toml"].clone()).unwrap();
    let written = written.edit("site.toml", format!("minify = false\n{settings}")).build_once();
    assert!(!written.failed, "{}", written.said());
    assert!(!minified.failed, "{}", minified.said());
    assert_eq!(minified.said().replace("site.toml:", ""), written.said().replace("site.toml:", ""));
    let names = |built: &Built| built.files.keys().filter(|path| !path.ends_with(".css") && !path.ends_with(".js")).cloned().collect::<Vec<_>>();
    assert_eq!(names(&minified), names(&written));
    let mut saved = 0;
    for (path, text) in html(&written) {
        let other = minified.page(path);
        saved += text.len().saturating_sub(other.len());
        let (one, two) = (flow(&same_names(text)), flow(&same_names(other)));
        if let Some(at) = (0..one.len().max(two.len())).find(|at| one.get(*at) != two.get(*at)) {
            let around = |lines: &[String]| lines[at.saturating_sub(12).min(lines.len())..(at + 6).min(lines.len())].join(" ");
            panic!("{path} differs:\n{}\n--- written\n{text}\n--- minified\n{other}\n--- seen\n{}\n{}", sources(path), around(&one), around(&two));
        }
    }
    saved
}

fn html(built: &Built) -> BTreeMap<&str, &str> {
    built.files.iter().filter(|(path, _)| path.ends_with(".html")).map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap())).collect()
}

/// The name of a stylesheet or a script changes with its text.
fn same_names(html: &str) -> String {
    let files = [
        "css/main..css",
        "css/tools..css",
        "css/search..css",
        "js/scheme..js",
        "js/check..js",
        "js/compare..js",
        "js/open-search..js",
        "js/search..js",
        "js/roles..js",
    ];
    files.iter().filter_map(|name| name.split_once("..")).fold(html.to_owned(), |html, (start, end)| same_name(&html, &format!("{start}."), &format!(".{end}")))
}

fn same_name(html: &str, start: &str, end: &str) -> String {
    let mut parts = html.split(start);
    let mut same = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        same.extend([start, "#", end]);
        same.push_str(part.split_once(end).map_or(part, |(_, after)| after));
    }
    same
}

/// What random pages print.
const VALUES: &str = "=== content/_index.md\n+++\ntitle = \"Home\"\n+++\nWelcome.\n";
const EXTRA: &str = "word = \"w\"\nempty = \"\"\nspace = \" \"\npadded = \" y \"\nlines = \"a\\n   b\"\nquote = \"\\\"'<\"\nbold = \"<b> z</b> \"\nblock = \"<div> d</div> \"\nyes = true\nno = false\nitems = [\"1\", \" 2 \"]\ndepth = 3\n";

/// Writes a page with templates of its own.
fn write_page(site: &mut Site, seed: u64) {
    let mut random = Random { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, seed, in_component: false };
    site.edit(&format!("content/p{seed}.md"), format!("+++\ntemplate = \"page{seed}.html\"\n[extra]\n{EXTRA}+++\nText *here*.\n"));
    site.edit(&format!("templates/part{seed}.html"), random.leaf(3));
    random.in_component = true;
    let component = |random: &mut Random, name: &str| {
        let body = if name == "two" { random.body() } else { String::new() };
        let (before, after) = (random.leaf(2), random.leaf(2));
        format!("{{% component {name}{seed}(@page) %}}{before}{body}{after}{{% endcomponent {name}{seed} %}}\n")
    };
    let three = format!("{{% component three{seed}(@page) %}}  a   {{{{ page.extra.quote }}}}\n  b{{% endcomponent %}}\n");
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
        let inner = if !is_plain && random.below(2) == 0 { random.flow(3) } else { "  b  \n c {{ super() }}".to_owned() };
        site.edit(&format!("templates/page{seed}.html"), format!("{{% extends \"base{seed}.html\" %}}\n{{% block b %}}{inner}{{% endblock b %}}"));
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
        self.pick(&["", "\n", "\n    ", "  \t ", "{# c #}", " {#- c -#}\n", "\n  <!-- c -->  ", "<!-- c -->"])
    }

    fn word(&mut self) -> &'static str {
        self.pick(&["a", "b c", "d   e", "f\n  g", "&amp; h", "1 < 2", "ü  é", "你\n好", "{ i", "j }", "a { b", "<", "&nbsp;"])
    }

    fn value(&mut self) -> String {
        let name = self.pick(&["word", "empty", "space", "padded", "lines", "quote", "bold", "block"]);
        let safe = if matches!(name, "bold" | "space") && self.below(2) == 0 { " | safe" } else { "" };
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
        let middle = if self.below(2) == 0 { self.tag("%", "else", "%") } else { String::new() };
        let second = if middle.is_empty() { "" } else { &inner[1] };
        format!("{start}{}{middle}{second}{}", inner[0], self.tag("%", "endif", "%"))
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
                6 => "{% if page.extra.empty %}  data-c=\"a  b\"{% else %} data-d  {% endif %}".to_owned(),
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
        let (space, other) = (self.pick(&["", "\n  ", "  "]), self.pick(&["", "\n  ", " <!-- c --> "]));
        let (one, two) = (self.inline(1), self.inline(1));
        format!("<table>{space}<tr>{other}<td>{one}</td>{space}<th>{two}</th>{other}</tr>{space}</table>")
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
        if self.below(2) == 0 { self.call("three", None) } else { self.value() }
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
        let text = if self.below(2) == 0 { self.inline(depth) } else { self.flow(depth) };
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
