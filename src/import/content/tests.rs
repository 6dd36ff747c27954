//! Small sites of each generator, and what becomes of them.

use proptest::prelude::*;

use super::{Generator, Wanted, import};
use crate::import::testing::{copies, name, options, site, upstream, written};
use crate::import::{Imported, LossReport, Request, upstream::InMemory};
use crate::inputs::Inputs;

fn wanted() -> Wanted {
    Wanted {
        from: None,
        options: options(),
    }
}

fn imported(site: &Inputs, from: &InMemory, wanted: &Wanted) -> Result<Imported, String> {
    let name = name();
    let request = Request {
        name: &name,
        site,
        upstream: from,
    };
    import(&request, wanted).map_err(|fault| fault.to_string())
}

/// Imports a site, and holds that it checks without an error and that importing it again changes nothing.
fn import_twice(text: &str) -> (String, LossReport) {
    let (site, from) = (site(""), upstream(text));
    let first = imported(&site, &from, &wanted()).unwrap();
    let shown = copies(&first.layers);
    let said = first
        .report
        .notes
        .iter()
        .find(|note| note.contains("rungs check"));
    assert_eq!(said, None, "{shown}");
    let (site, report, changed) = written(&site, first);
    assert!(changed > 1);
    let again = imported(&site, &from, &wanted()).unwrap();
    assert_eq!(copies(&again.layers), shown);
    assert_eq!(written(&site, again).2, 0);
    (shown, report)
}

fn lines(report: &LossReport) -> Vec<String> {
    let text = report.text();
    text.lines().map(|line| line.trim().to_owned()).collect()
}

#[track_caller]
fn assert_says(report: &LossReport, wanted: &str) {
    assert!(
        lines(report).iter().any(|line| line.contains(wanted)),
        "{wanted}\n{}",
        report.text()
    );
}

const HUGO: &str = r#"=== hugo.toml
baseURL = "https://old.example/blog/"
[permalinks]
posts = "/:year/:slug/"
=== content/_index.md
---
title: Home
---
Welcome.
=== content/posts/first-post.md
+++
title = "First post"
date = 2024-03-01T10:00:00Z
lastmod = 2024-04-01
tags = ["SQL", "sql", "Work"]
categories = ["News"]
aliases = ["/old-first", "/2024/first-post/"]
weight = 3
layout = "wide"
series = ["A"]
authors = ["Jo Doe"]
+++
See [the other]({{< ref "second/index.md#what-it-is" >}}), [home](/blog/), [nothing](/nowhere/) and {{< youtube abc >}}.

{{< figure src="/img/a b.png" alt="A chart" caption="How it grows" >}}

<div class="note">Mind <b>this</b>.</div>

A `{{< code >}}` stays, {{</* shown */>}} too.
=== content/posts/second/index.md
---
title: "Second post"
date: 2024-05-01
draft: true
cover:
  image: cover.jpg
  alt: A cover
---
## What it is

![Chart](chart.png) and [first](../first-post.md#nothing).
=== content/posts/second/cover.jpg
cover
=== content/posts/second/chart.png
chart
=== static/img/a b.png
picture
"#;

#[test]
fn a_site_of_hugo_is_imported() {
    let (shown, report) = import_twice(HUGO);
    let first = r#"=== content/articles/posts/first-post.md
+++
title = "First post"
date = 2024-03-01
updated = 2024-04-01
aliases = ["/2024/first-post/", "/old-first/"]
weight = 3
tags = ["SQL", "Work", "News"]
+++

See [the other](second/index.md#what-it-is), [home](../_index.md), nothing and `{{< youtube abc >}}`.

![A chart](a-b.png "How it grows")

Mind **this**.


A `{{< code >}}` stays, `{{< shown >}}` too.
"#;
    assert!(shown.contains(first), "{shown}");
    let second = r#"=== content/articles/posts/second/index.md
+++
title = "Second post"
date = 2024-05-01
draft = true
aliases = ["/2024/second/"]
image = "cover.jpg"
image_alt = "A cover"
+++

## What it is

![Chart](chart.png) and [first](../first-post.md).
"#;
    assert!(shown.contains(second), "{shown}");
    for file in [
        "posts/_index.md",
        "_index.md",
        "posts/a-b.png",
        "posts/second/chart.png",
        "posts/second/cover.jpg",
    ] {
        assert!(
            shown.contains(&format!("=== content/articles/{file}\n")),
            "{file}\n{shown}"
        );
    }
    assert_says(&report, "read as a site of Hugo: there is hugo.toml");
    assert_says(
        &report,
        "1 × {{< youtube >}} (content/posts/first-post.md, row 13)",
    );
    assert_says(&report, "`series`");
    assert_says(&report, "`Jo Doe`, whom content/authors.toml does not have");
    assert_says(
        &report,
        "a link to `/nowhere/`, which leads to nothing here",
    );
}

#[test]
fn a_site_of_zola_is_imported() {
    let (shown, report) = import_twice(
        r#"=== config.toml
base_url = "https://old.example"
=== content/blog/_index.md
+++
title = "Blog"
sort_by = "date"
+++
=== content/blog/2024-02-03-hello.md
+++
title = "Hello"
path = "hi"
[taxonomies]
tags = ["Rust"]
[extra]
mood = "good"
title = "no"
+++
[b](@/blog/b.md#part-one) {{ youtube(id="x") }}
{% quote(by="J") %}
Words
{% end %}
=== content/blog/b.md
+++
title = "B"
date = 2024-01-01
updated = 2023-01-01
+++
# Part One
"#,
    );
    let hello = "=== content/articles/blog/hello.md\n+++\ntitle = \"Hello\"\ndate = 2024-02-03\naliases = [\"/hi/\"]\ntags = [\"Rust\"]\n\n[extra]\nmood = \"good\"\n+++\n\n[b](b.md#part-one) `{{ youtube(id=\"x\") }}`\n`{% quote(by=\"J\") %}`\nWords\n`{% end %}`\n";
    assert!(shown.contains(hello), "{shown}");
    assert_says(
        &report,
        "read as a site of Zola: config.toml has `base_url`",
    );
    assert_says(
        &report,
        "a day of the last change before the day of publication",
    );
}

#[test]
fn a_site_of_jekyll_is_imported() {
    let (shown, report) = import_twice(
        r#"=== _config.yml
url: https://old.example
baseurl: /site
permalink: pretty
collections:
  guides:
    output: true
=== _posts/2024-02-03-hello-world.md
---
layout: post
title: Hello world
categories: Life Work
redirect_from: /hello
---
![a]({{ site.baseurl }}/assets/a.png) [guide]({% link _guides/start.md %}) [about]({{ "/about/" | relative_url }})
{: .lead}

{% highlight sql %}
select 1;
{% endhighlight %}

{% include ad.html %}
=== _drafts/later.md
---
title: Later
---
Soon.
=== _guides/start.md
---
title: Start
---
[hello]({% post_url 2024-02-03-hello-world %})
=== _guides/index.md
---
title: All guides
---
Here.
=== about.md
---
title: About
---
Us.
=== README.md
# Not an article
=== assets/a.png
picture
"#,
    );
    let hello = "=== content/articles/hello-world.md\n+++\ntitle = \"Hello world\"\ndate = 2024-02-03\naliases = [\"/life/work/2024/02/03/hello-world/\", \"/hello/\"]\ntags = [\"Life\", \"Work\"]\n+++\n\n![a](a.png) [guide](guides/start.md) [about](about.md)\n\n\n\n```sql\nselect 1;\n```\n\n\n`{% include ad.html %}`\n";
    assert!(shown.contains(hello), "{shown}");
    assert!(shown.contains("=== content/articles/guides/start.md\n+++\ntitle = \"Start\"\naliases = [\"/guides/start.html\"]\n+++\n\n[hello](../hello-world.md)\n"), "{shown}");
    assert!(
        shown.contains("title = \"Later\"\ndraft = true\n"),
        "{shown}"
    );
    assert!(
        shown.contains("=== content/articles/guides/_index.md\n+++\ntitle = \"All guides\"\n"),
        "{shown}"
    );
    assert!(!shown.contains("Not an article"));
    assert_says(&report, "{% include %}");
}

#[test]
fn a_site_of_eleventy_is_imported() {
    let (shown, report) = import_twice(
        r#"=== eleventy.config.js
export default { dir: { input: "content" } };
=== content/blog/blog.json
{"tags": ["posts", "Teams"], "layout": "post.njk"}
=== content/blog/blog.11tydata.js
export default {}
=== content/blog/first.md
---
title: First
date: 2024-01-02
permalink: /first.html
---
[second](/blog/second/) {{ title }}
=== content/blog/second/second.md
---json
{"title": "Second", "date": "Last Modified"}
---
![x](./x.png)
=== content/blog/second/x.png
picture
=== content/about.md
# About us

Words.
"#,
    );
    let first = "=== content/articles/blog/first.md\n+++\ntitle = \"First\"\ndate = 2024-01-02\naliases = [\"/first.html\"]\ntags = [\"Teams\"]\n+++\n\n[second](second/index.md) `{{ title }}`\n";
    assert!(shown.contains(first), "{shown}");
    assert!(
        shown.contains("=== content/articles/blog/second/index.md\n"),
        "{shown}"
    );
    assert!(
        shown.contains(
            "=== content/articles/about.md\n+++\naliases = [\"/about/\"]\n+++\n\n# About us\n"
        ),
        "{shown}"
    );
    assert_says(&report, "`date` is a text that cannot be read");
    assert_says(&report, "a program that gives articles data");
}

#[test]
fn a_site_of_astro_is_imported() {
    let (shown, report) = import_twice(
        r#"=== astro.config.mjs
export default defineConfig({ site: 'https://old.example' });
=== src/content/blog/one.md
---
title: One
pubDate: 'Jul 08 2022'
updatedDate: 2022-08-01
heroImage: '../../assets/hero.jpg'
---
[two](/blog/two)
=== src/content/blog/two.mdx
---
title: Two
pubDate: 2022-07-09
---
import Chart from './Chart.astro';

Hello {frontmatter.title}.

<Chart data={[1, 2]} />
=== src/assets/hero.jpg
picture
"#,
    );
    let one = "=== content/articles/blog/one.md\n+++\ntitle = \"One\"\ndate = 2022-07-08\nupdated = 2022-08-01\naliases = [\"/blog/one/\"]\nimage = \"hero.jpg\"\n+++\n\n[two](two.md)\n";
    assert!(shown.contains(one), "{shown}");
    assert!(
        shown.contains("Hello `{frontmatter.title}`.\n\n`<Chart data={[1, 2]} />`\n"),
        "{shown}"
    );
    assert_says(&report, "<Chart> (src/content/blog/two.mdx, row 9)");
}

const WORDPRESS: &str = r#"=== export.xml
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old</title><link>https://old.example</link><wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_login>jo</wp:author_login><wp:author_display_name><![CDATA[Jo Doe]]></wp:author_display_name></wp:author>
<item><title>Hello &amp;amp; you</title><link>https://old.example/2024/01/hello/</link><dc:creator>jo</dc:creator>
<content:encoded><![CDATA[First line.

<img src="https://old.example/wp-content/uploads/a.png" alt="A"> [gallery ids="1"] <a href="https://old.example/about/">about</a>]]></content:encoded>
<excerpt:encoded><![CDATA[In short.]]></excerpt:encoded><wp:post_id>1</wp:post_id><wp:post_date>2024-01-02 03:04:05</wp:post_date><wp:post_name>hello</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="news"><![CDATA[News]]></category><category domain="post_tag" nicename="a"><![CDATA[A & B]]></category></item>
<item><title>About</title><link>https://old.example/about/</link><content:encoded><![CDATA[<!-- wp:paragraph --><p>We <em>are</em>.</p><!-- /wp:paragraph -->]]></content:encoded><wp:post_name>about</wp:post_name><wp:status>draft</wp:status><wp:post_type>page</wp:post_type></item>
<item><title>Menu</title><wp:post_type>nav_menu_item</wp:post_type><wp:status>publish</wp:status></item>
</channel></rss>
=== wp-content/uploads/a.png
picture
"#;

#[test]
fn an_export_of_wordpress_is_imported() {
    let (shown, report) = import_twice(WORDPRESS);
    let hello = "=== content/articles/hello.md\n+++\ntitle = \"Hello & you\"\ndescription = \"In short.\"\ndate = 2024-01-02\naliases = [\"/2024/01/hello/\"]\ntags = [\"A & B\", \"News\"]\n+++\n\nFirst line.\n\n![A](a.png) `[gallery ids=\"1\"]` [about](about.md)\n";
    assert!(shown.contains(hello), "{shown}");
    assert!(
        shown.contains(
            "title = \"About\"\ndraft = true\naliases = [\"/about/\"]\n+++\n\nWe *are*.\n"
        ),
        "{shown}"
    );
    assert_says(&report, "a `nav_menu_item`, which is neither post nor page");
    assert_says(&report, "`Jo Doe`");
}

#[test]
fn what_an_author_wrote_or_edited_stays() {
    let own = "=== content/articles/posts/first-post.md\n+++\ntitle = \"Mine\"\n+++\nMine.\n";
    let (mine, from) = (site(own), upstream(HUGO));
    let (again, report, _) = written(&mine, imported(&mine, &from, &wanted()).unwrap());
    assert_says(
        &report,
        "content/articles/posts/first-post.md is there already, and stays as it is",
    );
    let text = |site: &Inputs, path: &str| {
        let path = crate::path::SourcePath::new(path).unwrap();
        String::from_utf8(site.bytes(&path).unwrap().to_vec()).unwrap()
    };
    assert!(text(&again, "content/articles/posts/first-post.md").contains("Mine."));
    // An article that was imported and edited is the author's, too; one that was not is replaced.
    let (first, _, _) = written(&site(""), imported(&site(""), &from, &wanted()).unwrap());
    let edited =
        text(&first, "content/articles/posts/first-post.md").replace("First post", "My first post");
    let files = crate::import::testing::files(&format!(
        "=== content/articles/posts/first-post.md\n{edited}"
    ));
    let all = first
        .iter()
        .map(|(path, _)| (path.clone(), first.bytes(path).unwrap()));
    let all = all.chain(
        files
            .into_iter()
            .map(|(path, bytes)| (crate::path::SourcePath::new(&path).unwrap(), bytes.into())),
    );
    let edited = Inputs::in_memory(all.collect());
    let changed = upstream(
        &HUGO
            .replace("Welcome.", "Hello.")
            .replace("See [", "Read ["),
    );
    let (last, report, _) = written(&edited, imported(&edited, &changed, &wanted()).unwrap());
    assert_says(
        &report,
        "content/articles/posts/first-post.md was edited after it was imported, and stays as it is",
    );
    assert!(text(&last, "content/articles/posts/first-post.md").contains("My first post"));
    assert!(text(&last, "content/articles/_index.md").contains("Hello."));
}

#[test]
fn bad_input_is_told() {
    let said = |text: &str| {
        imported(&site(""), &upstream(text), &wanted())
            .map(|_| ())
            .unwrap_err()
    };
    assert_eq!(
        said("=== a.txt\nx\n"),
        "no generator is recognized by these files"
    );
    assert_eq!(
        said("=== hugo.toml\n=== content/a.txt\nx\n"),
        "there is no article in this site of Hugo"
    );
    let export = WORDPRESS.replace("</channel>", "");
    assert!(
        said(&export).starts_with("export.xml, row 13: this XML cannot be read: "),
        "{}",
        said(&export)
    );
    let broken = HUGO.replace("weight = 3", "weight = ");
    let report = imported(&site(""), &upstream(&broken), &wanted())
        .unwrap()
        .report;
    assert_says(&report, "(first: content/posts/first-post.md, row 8)");
}

#[test]
fn what_the_check_would_refuse_is_taken_out() {
    let taken = "=== content/about.md\n+++\ntitle = \"About\"\n+++\nUs.\n";
    let from = upstream(
        "=== hugo.toml\nbaseURL = \"https://old.example\"\n=== content/x.md\n---\ntitle: X\nurl: /about/\n---\nText\n",
    );
    let imported = imported(&site(taken), &from, &wanted()).unwrap();
    assert!(
        !copies(&imported.layers).contains("aliases"),
        "{}",
        copies(&imported.layers)
    );
    assert!(
        imported.report.text().contains("left out"),
        "{}",
        imported.report.text()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn no_bytes_are_too_odd(
        from in 0..Generator::ALL.len(),
        front in prop_oneof![Just("+++\ntitle = \"A\"\n+++\n"), Just("---\ntitle: A\n---\n"), Just(""), Just("{\"title\": 1}\n")],
        body in "([<>{}%/*\\[\\]()!#`|~:=\"'\n &;a-z0-9-]|<b>|</a>|\\{\\{<|>\\}\\}|\\{%|%\\}|\\[x\\]\\(|é|```){0,60}",
        bytes in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let wanted = Wanted { from: Some(Generator::ALL[from]), options: options() };
        let text = format!("=== content/a.md\n{front}{body}\n=== _posts/2024-01-01-a.md\n{front}{body}\n=== src/content/b/a.mdx\n{front}{body}\n");
        let mut files = crate::import::testing::files(&text);
        files.push(("content/odd.md".to_owned(), bytes.clone()));
        files.push(("odd.xml".to_owned(), bytes));
        let from = InMemory::new(files);
        let site = site("");
        if let Ok(first) = imported(&site, &from, &wanted) {
            let shown = copies(&first.layers);
            let said = first.report.notes.iter().find(|note| note.contains("rungs check"));
            prop_assert!(said.is_none(), "{:?}\n{}", said, shown);
            let (site, _, _) = written(&site, first);
            let again = imported(&site, &from, &wanted).unwrap();
            prop_assert_eq!(copies(&again.layers), shown);
        }
    }
}
