//! Files and names: which files are published and which are strangers, what is meant and not read,
//! slugs of every script, and ids and addresses that two want to have.

use std::fmt::Write;

use rungs::serve::{Editor, Preview};

use crate::harness::{Built, Site, files_in};

const ROLE: &str = "
=== content/roles/nurse/role.toml
title = \"Nurse\"
category = \"work\"
";

/// What a build says, one line each, without the paths of the program.
fn said(block: &str) -> String {
    Site::from(block).build().said()
}

#[track_caller]
fn says(block: &str, parts: &[&str]) {
    let said = said(block);
    assert!(
        parts.iter().all(|part| said.contains(part)),
        "{block}\nsays\n{said}"
    );
}

fn help(built: &Built) -> String {
    built
        .reports
        .iter()
        .flat_map(|report| report.help.iter().map(|help| format!("{help}\n")))
        .collect()
}

/// A site with these files beside its pages, of which nothing is a picture.
fn with_files(block: &str, names: &[&str]) -> Site {
    let mut site = Site::from(block);
    names.iter().for_each(|name| _ = site.edit(name, "x"));
    site
}

#[test]
fn a_file_is_published_when_something_refers_to_it() {
    let block = format!(
        "{ROLE}image = \"face.png\"
summary = \"Care.\"
definition = \"Read [the form](form.pdf).\"
[extra]
film = {{ file = \"film.mp4\" }}
=== content/roles/nurse/guide.md
+++
title = \"Guide\"
image = \"front.png\"
[extra]
files = [\"extra.pdf\"]
+++
A [link](linked.pdf#page=2), ![a picture](<two words.png>), [another](t%C3%A4st.pdf) and [a root](/roles/nurse/rooted.pdf).

[By reference][it]

{{{{< film src=\"shown.mp4\" poster=\"poster.png\" >}}}}

[it]: referred.pdf
=== content/elsewhere.md
[Up](roles/nurse/up.pdf) and [whole](https://example.com/roles/nurse/whole.pdf)
=== templates/shortcodes/film.html
<video src=\"{{{{ args.src }}}}\"></video>
=== templates/components/own.html
<link href=\"{{{{ page.url }}}}template.pdf\">
"
    );
    let names = [
        "face.png",
        "form.pdf",
        "film.mp4",
        "front.png",
        "extra.pdf",
        "linked.pdf",
        "two words.png",
        "täst.pdf",
        "rooted.pdf",
        "shown.mp4",
        "poster.png",
        "referred.pdf",
        "up.pdf",
        "whole.pdf",
        "template.pdf",
        "share.png",
    ];
    let mut site = with_files(
        &block,
        &names
            .map(|name| format!("content/roles/nurse/{name}"))
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
    );
    site.edit("content/paper.pdf", "x").replace(
        "site.toml",
        "icons = false",
        "icons = false\n[[redirects]]\nfrom = \"/old/\"\nto = \"paper.pdf\"\n",
    );
    let built = site.build().clean();
    for name in names {
        assert!(
            built.has(&format!("roles/nurse/{name}")),
            "{name} is missing"
        );
    }
    assert!(built.has("paper.pdf"));
}

#[test]
fn html_of_an_author_refers_to_files_in_every_attribute() {
    let block = "=== content/deep/a.md\n<img src=\"a.png\" srcset=\"../b.png 1x, /c.png 2x\"><a href='d.pdf?x#y'>d</a>\n\n<video poster=e.png></video>\n\n<!-- <img src=\"no.png\"> -->\n";
    let names = [
        "content/deep/a.png",
        "content/deep/b.png",
        "content/c.png",
        "content/deep/d.pdf",
        "content/deep/e.png",
        "content/deep/no.png",
    ];
    let mut site = with_files(block, &names);
    let built = site
        .replace(
            "site.toml",
            "icons = false",
            "icons = false\n[markdown]\nraw_html = true\n",
        )
        .build();
    for name in &names[..5] {
        assert!(
            built.has(name.strip_prefix("content/").unwrap()),
            "{name}\n{}",
            built.said()
        );
    }
    assert!(
        !built.has("deep/no.png")
            && built
                .said()
                .contains("`content/deep/no.png` is not published")
    );
}

#[test]
fn what_a_published_file_names_is_published_as_well() {
    let block = "=== content/a/index.md\n[A demo](demo.html)\n=== content/a/demo.html\n<link href=\"demo.css\"><script src=./demo.js></script>\n=== content/a/demo.css\nbody { background: url(back.svg) }\n\
        === content/a/demo.js\nfetch('data.csv')\n=== content/a/back.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"inner.png\"/></svg>\n=== content/a/other.css\nx\n";
    let built = with_files(block, &["content/a/inner.png", "content/a/data.csv"]).build();
    for name in [
        "demo.html",
        "demo.css",
        "demo.js",
        "back.svg",
        "inner.png",
        "data.csv",
    ] {
        assert!(built.has(&format!("a/{name}")), "{name}\n{}", built.said());
    }
    assert_eq!(
        built.said(),
        "warning[unused-file] content/a/other.css:1:1 `content/a/other.css` is not published, for nothing refers to it\n"
    );
}

#[test]
fn smaller_copies_of_a_published_picture_are_published() {
    let built = with_files(
        "=== content/a.md\n![x](team.jpg)\n",
        &[
            "content/team.jpg",
            "content/team-800w.jpg",
            "content/team-1600w.jpg",
            "content/team-old.jpg",
        ],
    )
    .build();
    assert!(
        built.has("team-800w.jpg") && built.has("team-1600w.jpg") && !built.has("team-old.jpg"),
        "{}",
        built.said()
    );
}

#[test]
fn strangers_stay_home_and_are_named_once() {
    let names = [
        "~$draft.docx",
        "a.bak",
        "a.orig",
        "notes.txt",
        "role.pdf",
        "data.csv",
        "z.zip",
    ]
    .map(|name| format!("content/articles/{name}"));
    let built = with_files(
        "=== content/articles/a.md\nText.\n",
        &names.iter().map(String::as_str).collect::<Vec<_>>(),
    )
    .build();
    assert_eq!(built.reports.len(), 1, "{}", built.said());
    assert!(
        built
            .said()
            .contains("7 files in content/ are not published")
            && built.said().contains("and 2 more"),
        "{}",
        built.said()
    );
    assert!(help(&built).contains("move what should be published all the same to static/"));
    assert!(
        names
            .iter()
            .all(|name| !built.has(name.strip_prefix("content/").unwrap()))
    );
}

#[test]
fn what_only_a_draft_shows_is_neither_published_nor_a_stranger() {
    let mut site = with_files(
        "=== content/a.md\n+++\ndraft = true\n+++\n![x](x.png)\n",
        &["content/x.png"],
    );
    assert!(!site.build().clean().has("x.png"));
    site.options.drafts = true;
    assert!(site.build().clean().has("x.png"));
}

/// The text of an article decides what else is published: whatever is remembered must know.
#[test]
fn an_edit_of_a_text_publishes_and_takes_back() {
    let preview = Preview::new(1, Editor::default());
    let mut site = with_files(
        "=== content/a.md\nText.\n=== content/b.md\nText.\n",
        &["content/x.pdf"],
    );
    for (text, is_there) in [
        ("Text.", false),
        ("[x](x.pdf)", true),
        ("Text again.", false),
        ("[y](x.pdf)", true),
    ] {
        let built = site.edit("content/a.md", text).build();
        assert_eq!(built.has("x.pdf"), is_there, "{text}\n{}", built.said());
        assert_eq!(site.previewed(&preview), built, "{text}");
    }
}

#[test]
fn a_broken_article_makes_no_strangers() {
    let said = with_files(
        "=== content/a.md\n+++\ntitle = \n+++\n[x](x.pdf)\n",
        &["content/x.pdf"],
    )
    .build()
    .said();
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn folders_that_cannot_be_ids_are_errors_that_propose_one() {
    for (name, id) in [
        ("children's-nurse", "childrens-nurse"),
        ("Head Baker", "head-baker"),
        ("nurse (1)", "nurse-1"),
        ("R&D lead", "r-d-lead"),
        ("pay+", "pay-plus"),
    ] {
        for (folder, file) in [("roles", "role"), ("frameworks", "framework")] {
            let built = Site::from(&format!("=== content/{folder}/{name}/{file}.toml\ntitle = \"X\"\n=== content/{folder}/{name}/index.md\nText.\n")).build();
            assert!(
                built.said().starts_with(&format!(
                    "error[file-name] content/{folder}/{name}/{file}.toml:1:1 the folder `{name}`"
                )),
                "{}",
                built.said()
            );
            assert!(
                help(&built).contains(&format!("rename the folder to `{id}`")),
                "{}",
                help(&built)
            );
            assert_eq!(built.reports.len(), 1, "{}", built.said());
        }
    }
    let both = format!("{ROLE}=== content/roles/Nurse !/role.toml\ntitle = \"N\"\n");
    assert!(
        help(&Site::from(&both).build()).contains("`nurse-2`"),
        "the first name is taken"
    );
}

#[test]
fn a_record_that_is_called_or_placed_otherwise_is_an_error() {
    for name in [
        "Role.toml",
        "ROLE.TOML",
        "role.toml.txt",
        "rolle.toml",
        "role.yaml",
        "role - Copy.toml",
        "role.tml",
    ] {
        let built = Site::from(&format!(
            "=== content/roles/nurse/{name}\ntitle = \"X\"\n=== content/roles/nurse/faq.md\nText.\n"
        ))
        .build();
        assert!(
            built.failed
                && built
                    .said()
                    .contains(&format!("content/roles/nurse/{name}:1:1"))
                && help(&built).contains("rename the file to role.toml"),
            "{name}: {}",
            built.said()
        );
        assert_eq!(built.reports.len(), 1, "{}", built.said());
    }
    for (path, to) in [
        ("content/roles/role.toml", "content/roles/<role>/role.toml"),
        (
            "content/roles/health/nurse/role.toml",
            "content/roles/nurse/",
        ),
        ("content/role/nurse/role.toml", "content/roles/nurse/"),
        (
            "content/articles/Head Nurse/role.toml",
            "content/roles/head-nurse/",
        ),
        (
            "content/frameworks/framework.toml",
            "content/frameworks/<framework>/framework.toml",
        ),
        (
            "content/framework/it/framework.toml",
            "content/frameworks/it/",
        ),
    ] {
        let built = Site::from(&format!("=== {path}\ntitle = \"X\"\n")).build();
        assert!(
            built.failed
                && built.said().contains(&format!("{path}:1:1"))
                && help(&built).contains(to),
            "{path}: {}{}",
            built.said(),
            help(&built)
        );
        assert_eq!(built.reports.len(), 1, "{}", built.said());
    }
}

#[test]
fn data_that_is_called_or_placed_otherwise_is_said() {
    for (path, remedy) in [
        (
            "content/roles/nurse/position.toml",
            "rename it to positions.toml",
        ),
        (
            "content/roles/nurse/salaries.csv",
            "rename it to salary.csv",
        ),
        ("content/roles/nurse/salary.CSV", "rename it to salary.csv"),
        ("content/roles/nurse/salary.xlsx", "rename it to salary.csv"),
        ("content/roles/nurse/rolle.toml", "rename it to role.toml"),
        (
            "content/roles/nurse/data/salary.csv",
            "move it to content/roles/<id>/salary.csv",
        ),
        (
            "content/roles/nurse/skills.toml",
            "move it to content/skills.toml",
        ),
        ("content/skill.toml", "rename it to skills.toml"),
        ("content/sources.yaml", "rename it to sources.toml"),
        ("content/Areas.toml", "rename it to areas.toml"),
        (
            "content/lists/authors.toml",
            "move it to content/authors.toml",
        ),
        (
            "content/lists/positions.toml",
            "move it to content/roles/<id>/positions.toml",
        ),
        ("content/index.markdown", "rename it to `index.md`"),
        ("content/a.mdx", "rename it to `a.md`"),
        ("content/a.MD", "rename it to `a.md`"),
        ("content/a.md.txt", "rename it to `a.md`"),
    ] {
        let built = with_files(ROLE, &[path]).build();
        assert!(
            built
                .said()
                .starts_with(&format!("warning[unused-file] {path}:1:1"))
                && help(&built).contains(remedy),
            "{path}: {}{}",
            built.said(),
            help(&built)
        );
    }
}

#[test]
fn a_roles_markdown_without_a_record_is_said() {
    says(
        "=== content/roles/nurse/guide.md\nText.\n=== content/roles/nurse/tips.md\nText.\n",
        &["warning[missing-file] content/roles/nurse/guide.md:1:1"],
    );
    says(
        "=== content/roles/nurse/guide.md\nText.\n=== content/roles/nurse/faq.md\nText.\n",
        &[
            "error[missing-file] content/roles/nurse/faq.md:1:1",
            "is on no page",
        ],
    );
    says(
        "=== content/roles/nurse/salary.csv\narea,p50\n",
        &["error[missing-file] content/roles/nurse/salary.csv:1:1"],
    );
    says(
        "=== content/frameworks/it/matrix.md\nText.\n",
        &["error[missing-file] content/frameworks/it/matrix.md:1:1"],
    );
    // A section in that folder is no role.
    Site::from("=== content/roles/tips/_index.md\n+++\ntitle = \"Tips\"\n+++\n=== content/roles/tips/a.md\nText.\n").build().clean();
}

#[test]
fn prose_of_a_page_that_is_not_made_is_said() {
    for (path, why) in [
        ("skills/sql.md", "there is no skill `sql`"),
        ("categories/wrok.md", "there is no category `wrok`"),
        ("categories/_index.md", "there is no page of all categories"),
        ("tags/a.md", "no article has the tag `a`"),
        ("compare/a-vs-b.md", "no such two roles"),
        ("roles/nurse/compare/a-vs-b.md", "no such two levels"),
    ] {
        says(
            &format!("{ROLE}=== content/{path}\nText.\n"),
            &[
                &format!("warning[unused-file] content/{path}:1:1 this is on no page: "),
                why,
            ],
        );
    }
    Site::from(&format!("{ROLE}=== content/categories/work.md\nText.\n=== content/skills/_index.md\nText.\n=== content/roles/nurse/ladder.md\nText.\n"))
        .build()
        .clean();
}

#[test]
fn copies_and_pages_of_one_title_are_said() {
    let copies = [
        "a - Copy.md",
        "a (1).md",
        "a copy.md",
        "Copy of a.md",
        "a - Kopie.md",
    ];
    for name in copies {
        says(
            &format!("=== content/a.md\n# A\n=== content/{name}\n# A\nMore.\n"),
            &[&format!(
                "warning[twin] content/{name}:1:1 this looks like a copy of content/a.md"
            )],
        );
    }
    says(
        "=== content/a.md\n# A\n=== content/b.md\n# A\n",
        &["warning[twin] content/b.md:1:1 this is the same as content/a.md"],
    );
    says(
        "=== content/x/a.md\n# A b\n=== content/x/b.md\n# a B\nText.\n",
        &["warning[twin] content/x/b.md:1:1 two pages here have the title \"a B\""],
    );
    says(
        "=== content/x/a/index.md\n# A\n=== content/x/b/index.md\n# A\nText.\n",
        &["warning[twin] content/x/b/index.md:1:1"],
    );
    says(
        &format!(
            "{ROLE}=== content/roles/nurse-2/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n"
        ),
        &["warning[twin] content/roles/nurse-2/role.toml:1:1"],
    );
    // The same title elsewhere is another page.
    Site::from("=== content/x/intro.md\n# Introduction\n=== content/y/intro.md\n# Introduction\nMore.\n=== content/part (2).md\n# P\n").build().clean();
}

#[test]
fn front_matter_that_is_not_read_is_an_error_at_its_line() {
    for (text, place) in [
        ("\n+++\ntitle = \"A\"\n+++\n", "2:1"),
        ("\u{FEFF}\n---\ntitle: A\n---\n", "2:1"),
        ("++++\ntitle = \"A\"\n++++\n", "1:1"),
        ("———\ntitle: A\ndraft: true\n———\n", "1:1"),
        ("title: A\ndraft: true\n---\n", "1:1"),
        ("title = \"A\"\n+++\n", "1:1"),
        ("{ \"title\": \"A\" }\nText.\n", "1:1"),
    ] {
        says(
            &format!("=== content/a.md\n{text}Text.\n"),
            &[&format!("error[front-matter] content/a.md:{place} ")],
        );
    }
}

#[test]
fn slugs_ids_and_addresses_keep_the_letters_of_every_script() {
    let words = ["हिन्दी", "நிரல்", "ẹ̀kọ́", "ที่ปรึกษา", "ශ්‍රී", "می‌خواهم"];
    let mut block = String::from("=== content/a.md\n");
    words
        .iter()
        .for_each(|word| writeln!(block, "## {word}\n\n[It](#{word})\n").unwrap());
    block += "## İstanbul\n\n## Explicit {#हिन्दी-2}\n";
    for word in words {
        write!(
            block,
            "=== content/{word}.md\n+++\ntags = [\"{word}\"]\n+++\nText.\n"
        )
        .unwrap();
        write!(
            block,
            "=== content/roles/{word}/role.toml\ntitle = \"{word}\"\ncategory = \"work\"\n[[levels]]\ntitle = \"{word} I\"\n[[levels]]\ntitle = \"{word} II\"\n"
        )
        .unwrap();
    }
    let built = Site::from(&block).build().clean();
    let page = built.dom("a/index.html");
    for word in words {
        assert_eq!(page.id(word).text, word);
        assert!(
            built.has(&format!("{word}/index.html"))
                && built.has(&format!("tags/{word}/index.html")),
            "{word}"
        );
        assert!(
            built
                .page(&format!("roles/{word}/ladder/index.html"))
                .contains(&format!("id=\"{word}-i\"")),
            "{word}"
        );
    }
    assert_eq!(page.id("istanbul").text, "İstanbul");
}

#[test]
fn what_makes_no_address_is_said_at_its_place() {
    for (block, wanted) in [
        (
            "=== content/a.md\n+++\ntitle = \"A\"\ntags = [\"🎉\"]\n+++\n",
            "error[bad-permalink] content/a.md:3:9",
        ),
        (
            "=== content/a.md\n---\ntitle: A\ntags: [b, '!!!']\n---\n",
            "error[bad-permalink] content/a.md:3:11",
        ),
        (
            "=== content/a.md\n+++\ntitle = \"A\"\ntags = [\"con\"]\n+++\n",
            "error[bad-permalink] content/a.md:3:9 `/tags/con/`",
        ),
        (
            "=== content/🎉.md\nText.\n",
            "error[bad-permalink] content/🎉.md:1:1 `🎉`",
        ),
        (
            "=== content/!!!.md\nText.\n",
            "error[bad-permalink] content/!!!.md:1:1",
        ),
        (
            "=== content/🎉/a.md\nText.\n",
            "error[bad-permalink] content/🎉/a.md:1:1 `🎉`",
        ),
        (
            "=== content/skills.toml\n[[skills]]\nid = \"con_\"\nname = \"Con\"\n=== content/roles/x/role.toml\ntitle = \"X\"\ncategory = \"work\"\n[[levels]]\ntitle = \"A\"\nskills = [\"con_\"]\n",
            "error[bad-permalink] content/skills.toml:1:1",
        ),
        (
            "=== content/categories.toml\n[[categories]]\nid = \"_\"\ntitle = \"C\"\n=== content/roles/x/role.toml\ntitle = \"X\"\ncategory = \"_\"\n",
            "error[bad-permalink] content/categories.toml:1:1",
        ),
        (
            "=== content/roles/_/role.toml\ntitle = \"X\"\ncategory = \"work\"\n",
            "error[bad-permalink] content/roles/_/role.toml:1:1",
        ),
    ] {
        says(block, &[wanted]);
    }
    // A pattern that no word can mend is the fault of site.toml.
    let mut site = Site::from("=== content/a.md\n+++\ntags = [\"a\"]\n+++\n");
    let said = site
        .replace(
            "site.toml",
            "icons = false",
            "icons = false\n[permalinks]\ntag = \"/con/{slug}/\"\n",
        )
        .build()
        .said();
    assert!(
        said.starts_with("error[bad-permalink] site.toml:6:7"),
        "{said}"
    );
    // With a slug of its own, any name will do.
    Site::from(
        "=== content/🎉.md\n+++\nslug = \"party\"\n+++\nText.\n=== content/b.md\n## 🎉\n\n## !!!\n",
    )
    .build()
    .clean();
}

#[test]
fn a_file_where_a_folder_must_be_names_both_owners() {
    for (block, parts) in [
        (
            "=== static/about\nx\n=== content/about.md\nText.\n",
            &[
                "content/about.md:1:1",
                "static/about wants to be the file about",
            ][..],
        ),
        (
            "=== static/About\nx\n=== content/about.md\nText.\n",
            &[
                "content/about.md:1:1",
                "static/About wants to be the file About",
            ],
        ),
        (
            "=== content/a.md\n+++\naliases = [\"/robots.txt/\"]\n+++\nText.\n",
            &["content/a.md:2:12", "robots.txt"],
        ),
        (
            "=== content/a.md\n+++\naliases = [\"/index.html/\"]\n+++\nText.\n",
            &["content/a.md:2:12", "index.html/index.html"],
        ),
        (
            "=== content/LICENSE/a.md\n[x](/LICENSE)\n=== static/license\nx\n",
            &[
                "content/LICENSE/a.md:1:1",
                "static/license wants to be the file license",
            ],
        ),
        (
            "=== content/a.md\n[x](b)\n=== content/b\nx\n=== content/c.md\n+++\naliases = [\"/b/\"]\n+++\nText.\n",
            &["content/c.md:2:12", "content/b wants to be the file b"],
        ),
    ] {
        let built = Site::from(block).build();
        assert!(
            built.failed
                && built.said().contains("error[same-url]")
                && parts.iter().all(|part| built.said().contains(part)),
            "{block}{}",
            built.said()
        );
    }
    let mut site = Site::from("=== static/old\nx\n");
    site.replace(
        "site.toml",
        "icons = false",
        "icons = false\n[[redirects]]\nfrom = \"/old/page/\"\nto = \"/\"\n",
    );
    assert!(
        site.build()
            .said()
            .starts_with("error[same-url] site.toml:6:8"),
        "{}",
        site.build().said()
    );
}

/// The ids that templates of the built-in theme write as they are.
fn literal_ids() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates");
    let texts = files_in(&root)
        .into_values()
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .collect::<Vec<_>>();
    let ids = texts
        .iter()
        .flat_map(|text| text.split(" id=\"").skip(1))
        .map(|rest| rest.split('"').next().unwrap().to_owned());
    ids.filter(|id| !id.contains('{')).collect()
}

#[test]
fn headings_give_way_to_the_ids_of_the_themes_frame() {
    let ids = literal_ids();
    assert!(ids.iter().any(|id| id == "main-content"), "{ids:?}");
    let mut block =
        String::from("=== content/a.md\n[There](#main-content-1)\n\n## One\n\n## Two\n\n");
    ids.iter()
        .for_each(|id| writeln!(block, "## {}\n", id.replace('-', " ")).unwrap());
    let built = Site::from(&block).build().clean();
    let page = built.dom("a/index.html");
    for id in ids {
        assert_eq!(page.id(&format!("{id}-1")).name, "h2");
        assert!(
            built
                .page("a/index.html")
                .contains(&format!("href=\"#{id}-1\"")),
            "the contents lead to {id}"
        );
    }
}

#[test]
fn headings_give_way_to_ids_of_records_notes_and_own_themes() {
    let role = "=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n[[levels]]\nid = \"junior\"\ntitle = \"Junior Nurse\"\n[[levels]]\nid = \"senior\"\ntitle = \"Senior Nurse\"\n\
        [[faqs]]\nid = \"salary\"\nquestion = \"Pay?\"\nanswer = \"Good.\"\n[[faqs]]\nid = \"shifts\"\nquestion = \"Shifts?\"\nanswer = \"Yes.\"\n";
    let prose = "=== content/roles/nurse/faq.md\n## Salary\n\n## Shifts\n\n## Shifts 1\n=== content/roles/nurse/ladder.md\n## Senior\n";
    let built = Site::from(&format!("{role}{prose}")).build().clean();
    let faq = built.dom("roles/nurse/faq/index.html");
    assert_eq!(
        (
            faq.id("salary-1").text.as_str(),
            faq.id("shifts-2").text.as_str(),
            faq.id("shifts-1").text.as_str()
        ),
        ("Salary", "Shifts", "Shifts 1")
    );
    assert_eq!(
        built
            .dom("roles/nurse/ladder/index.html")
            .id("senior-1")
            .name,
        "h2"
    );
    let notes = Site::from("=== content/a.md\nText[^1].\n\n## fn 1\n\n[^1]: Note.\n")
        .build()
        .clean();
    assert_eq!(notes.dom("a/index.html").id("fn-1-1").name, "h2");
    let own = Site::from(
        "=== templates/article.html\n<!doctype html><html lang=\"en\"><title>A</title><main id=\"top-of-all\">{{ page.body }}</main></html>\n=== content/a.md\n## Top of all\n",
    );
    assert_eq!(
        own.build()
            .clean()
            .dom("a/index.html")
            .id("top-of-all-1")
            .name,
        "h2"
    );
}

#[test]
fn an_id_that_an_author_chose_and_the_page_needs_is_an_error_at_its_line() {
    for (text, place) in [
        ("Text.\n\n## A {#main-content}\n", "3:7"),
        ("Text.\n\n## A {.wide #main-content}\n", "3:13"),
    ] {
        says(
            &format!("=== content/a.md\n{text}"),
            &[&format!("error[duplicate-id] content/a.md:{place} ")],
        );
    }
}

#[test]
fn empty_folders_and_misnamed_ones_are_said() {
    let folder = Site::from("").on_disk();
    std::fs::create_dir_all(folder.path("content/roles/nurse")).unwrap();
    std::fs::create_dir_all(folder.path("template")).unwrap();
    std::fs::create_dir_all(folder.path("docs")).unwrap();
    let ran = folder.run(&["check"]).exits(0);
    assert!(
        ran.stderr
            .contains("content/roles/nurse/role.toml, or delete the folder"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("rename it to `templates`") && !ran.stderr.contains("docs"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_site_file_of_another_name_is_named() {
    let folder = Site::from("").on_disk();
    std::fs::rename(folder.path("site.toml"), folder.path("site.tml")).unwrap();
    let ran = folder.run(&["check"]).exits(1);
    assert!(
        ran.stderr.contains("site.tml: rename it to site.toml"),
        "{}",
        ran.stderr
    );
}
