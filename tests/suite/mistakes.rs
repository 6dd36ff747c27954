//! Mistakes of authors: all of them in one run, in order, each once; and nothing that was published
//! suffers.

use crate::harness::Site;

/// A mistake in every kind of file, and two warnings.
const BROKEN: &str = "
=== site.toml
title = \"Test\"
base_url = \"https://example.com/\"
titel = \"x\"
[[nav]]
title = \"Gone\"
to = \"gone.md\"
=== content/a.md
+++
titel = \"x\"
+++
=== content/b.md
[gone](gone.md) and <b>bold</b> and [#gone](#gone)
=== content/empty.md
=== content/skills.toml
[[skills]]
name = \"SQL\"
url = \"javascript:x\"
=== content/roles/nurse/role.toml
title = \"Nurse\"
category = \"wrok\"
noindex = 1
[[salary]]
min = 5
max = 1
currency = \"USD\"
period = \"year\"
=== content/roles/nurse/salary.csv
area,min
US,1,2
=== content/roles/nurse/positions.toml
[[positions]]
title = \"Nurse\"
employer = \"Clinic\"
posted = \"soon\"
=== content/roles/nurse/what-is.md
{{< salery >}}
=== content/frameworks/f/framework.toml
name = \"F\"
[[levels]]
name = \"One\"
next = [\"two\"]
=== i18n/en.toml
title_ladder = 5
";

#[test]
fn mistakes_in_every_kind_of_file_are_said_in_one_run_in_order() {
    let built = Site::from(BROKEN).build();
    let places: Vec<(String, usize)> = built
        .reports
        .iter()
        .filter_map(|report| report.place.as_ref())
        .map(|place| (place.path.to_string(), place.position.line))
        .collect();
    // What the site says of itself and its lists comes first, for other files refer to it; what it
    // links to comes last.
    let is_list =
        |(path, _): &&(String, usize)| path == "site.toml" || path == "content/skills.toml";
    let (lists, others) = places.split_at(places.iter().take_while(is_list).count());
    assert!(
        lists.len() == 2 && lists.is_sorted() && others.is_sorted(),
        "{}",
        built.said()
    );
    for file in [
        "site.toml",
        "content/a.md",
        "content/empty.md",
        "content/skills.toml",
        "content/roles/nurse/role.toml",
        "content/roles/nurse/salary.csv",
        "content/roles/nurse/positions.toml",
        "content/frameworks/f/framework.toml",
        "i18n/en.toml",
    ] {
        assert!(
            places.iter().any(|(path, _)| path == file),
            "nothing is said of {file}:\n{}",
            built.said()
        );
    }
    let said = built.said();
    let mut lines: Vec<&str> = said.lines().collect();
    let count = lines.len();
    lines.dedup();
    assert_eq!(lines.len(), count, "{said}");
}

#[test]
fn mistakes_in_articles_are_said_beside_those_in_records() {
    let mut site = Site::from(BROKEN);
    site.delete("i18n/en.toml");
    let said = site.build().said();
    for words in [
        "error[unknown-key] content/a.md:2:1 ",
        "error[dangling-link] content/b.md:1:1 ",
        "error[raw-html] content/b.md:1:21 ",
        "error[dangling-anchor] content/b.md:1:37 ",
        "warning[empty] content/empty.md:1:1 ",
        "error[unknown-shortcode] content/roles/nurse/what-is.md:1:5 ",
        "error[unknown-id] content/roles/nurse/role.toml:2:12 ",
        "error[wrong-type] content/roles/nurse/role.toml:3:11 ",
        "error[dangling-link] site.toml:6:6 ",
    ] {
        assert!(said.contains(words), "no {words:?} in\n{said}");
    }
}

#[test]
fn every_mistake_leaves_what_was_published_as_it_was() {
    let good = Site::from("=== content/a.md\nText.\n");
    let folder = good.on_disk();
    folder.run(&["build"]).exits(0);
    let published = folder.files("public");
    for (path, text) in [
        ("content/a.md", "+++\n"),
        ("content/a.md", "[gone](gone.md)\n"),
        ("content/a.md", "<b>\n"),
        ("content/categories.toml", "["),
        ("templates/article.html", "{% if %}"),
        ("templates/article.html", "{{ page.titel }}"),
        ("templates/404.html", "{{ page.words / page.title }}"),
        ("site.toml", ""),
    ] {
        folder.write(path, text);
        folder.run(&["build"]).exits(1);
        assert_eq!(folder.files("public"), published, "{path}: {text}");
        match good.files.get(path) {
            Some(text) => folder.write(path, text),
            None => std::fs::remove_file(folder.path(path)).unwrap(),
        }
    }
    folder.run(&["build"]).exits(0);
    assert_eq!(folder.files("public"), published);
}

#[test]
fn warnings_do_not_stop_a_build() {
    let folder = Site::from("=== content/empty.md\n=== content/notes.toml\na = 1\n").on_disk();
    let ran = folder
        .run(&["build"])
        .exits(0)
        .says("warning[empty]")
        .says("warning[unused-file]");
    assert!(ran.stderr.ends_with("2 warnings\n"), "{}", ran.stderr);
    assert!(folder.path("public/index.html").exists());
}
