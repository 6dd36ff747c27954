//! Themes: two files that show a whole site, files that replace others one by one, words,
//! parameters.

use std::path::Path;

use crate::harness::{Site, files_in};

const FRAME: &str = "<!doctype html>\n<html lang=\"{{ page.language }}\">\n<head><meta charset=\"utf-8\"><title>{{ page.title }}</title>{{ page.head }}<link rel=\"stylesheet\" href=\"{{ site.assets[\"style.css\"] }}\"></head>\n\
    <body>\n<main id=\"main-content\">\n{% block content %}{{ page.body }}{% endblock content %}\n</main>\n</body>\n</html>\n";

/// What people read without a formatter stays narrow enough for a window beside another.
#[test]
fn lines_of_themes_and_of_the_preview_have_at_most_120_columns() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut too_long = vec![];
    for folder in ["themes", "src/serve/client"] {
        for (path, bytes) in files_in(&root.join(folder)) {
            if ![".html", ".js", ".css"]
                .iter()
                .any(|end| path.ends_with(end))
            {
                continue;
            }
            let text = String::from_utf8(bytes).unwrap();
            let long = text
                .lines()
                .zip(1..)
                .filter(|(line, _)| line.chars().count() > 120);
            too_long.extend(long.map(|(_, number)| format!("{folder}/{path}:{number}")));
        }
    }
    assert!(too_long.is_empty(), "{}", too_long.join("\n"));
}

#[test]
fn two_files_are_a_theme_for_the_whole_demo() {
    let mut site = Site::demo();
    site.replace("site.toml", "theme = \"default\"", "theme = \"mini\"");
    site.edit("themes/mini/templates/page.html", FRAME)
        .edit("themes/mini/static/style.css", "main { max-width: 60ch }\n");
    let built = site.build().clean();
    let pages: Vec<&String> = built
        .files
        .keys()
        .filter(|path| path.ends_with(".html") && built.page(path).contains("<main id="))
        .collect();
    assert_eq!(pages.len(), built.pages);
    for path in pages {
        let dom = built.dom(path);
        assert!(
            !dom.text("h1").is_empty() && dom.all("h1").count() == 1,
            "{path}"
        );
        assert_eq!(dom.text("h1"), dom.text("title"), "{path}");
        assert!(
            built.page(path).contains("rel=\"stylesheet\" href=\""),
            "{path}"
        );
    }
    let ladder = built.dom("roles/backend-developer/ladder/index.html");
    let levels = ladder
        .0
        .iter()
        .filter(|element| element.attr("class") == "level")
        .count();
    assert!(levels >= 4, "{levels} levels");
    assert!(ladder.text("main").contains("years") && ladder.text("main").contains('$'));
}

#[test]
fn a_file_of_the_site_replaces_that_one_file_of_the_theme() {
    let built = Site::from("=== content/a.md\nText.\n=== content/b/_index.md\nSection.\n=== templates/article.html\n{% extends \"page.html\" %}{% block content %}<h1>Mine: {{ page.title }}</h1>{{ page.body }}{% endblock content %}\n=== static/css/main.css\nbody { color: red }\n")
        .build()
        .clean();
    assert_eq!(built.dom("a/index.html").text("h1"), "Mine: A");
    assert_eq!(built.dom("b/index.html").text("h1"), "B");
    let (path, _) = built
        .files
        .iter()
        .find(|(path, _)| path.starts_with("css/main."))
        .unwrap();
    assert!(built.page(path).contains("color: red"));
    assert!(built.page("a/index.html").contains(&format!("../{path}")));
}

#[test]
fn themes_extend_each_other_file_by_file() {
    let page = |name: &str| {
        format!(
            "<!doctype html><title>{{{{ page.title }}}}</title><main id=\"main-content\">{name}:{{% block content %}}{{% endblock content %}}</main>\n"
        )
    };
    let mut site = Site::from(
        "=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.com/\"\ntheme = \"child\"\n=== content/a.md\nText.\n=== themes/child/theme.toml\nextends = \"parent\"\n",
    );
    site.edit("themes/parent/templates/page.html", page("parent"));
    site.edit(
        "themes/parent/templates/article.html",
        "{% extends \"page.html\" %}{% block content %}parent's article{% endblock content %}\n",
    );
    assert_eq!(
        site.build().clean().dom("a/index.html").text("main"),
        "parent:parent's article"
    );
    site.edit("themes/child/templates/page.html", page("child"));
    assert_eq!(
        site.build().clean().dom("a/index.html").text("main"),
        "child:parent's article"
    );
    site.edit("templates/page.html", page("site"));
    assert_eq!(
        site.build().clean().dom("a/index.html").text("main"),
        "site:parent's article"
    );
}

#[test]
fn assets_have_names_that_change_with_their_bytes() {
    let path = |css: &str| {
        let built = Site::from("")
            .edit("themes/mini/static/mine.css", css)
            .edit("site.toml", "title = \"Test\"\nbase_url = \"https://example.com/\"\ntheme = \"mini\"\n")
            .edit("templates/home.html", "<!doctype html><title>x</title><main id=\"main-content\">{{ site.assets[\"mine.css\"] }}</main>\n")
            .build()
            .clean();
        let shown = built.dom("index.html").text("main").to_owned();
        assert!(built.has(&shown[1..]), "{shown}");
        shown
    };
    let [red, blue] = ["a { color: red }\n", "a { color: blue }\n"];
    assert_ne!(path(red), path(blue));
    assert_eq!(path(red), path(red));
}

#[test]
fn words_can_be_changed_and_translated() {
    let ladder = "=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n[[levels]]\ntitle = \"A\"\n[[levels]]\ntitle = \"B\"\n";
    let mut site = Site::from(ladder);
    site.edit("i18n/en.toml", "title_ladder = \"How a {role} rises\"\n");
    assert_eq!(
        site.build()
            .clean()
            .dom("roles/nurse/ladder/index.html")
            .text("h1"),
        "How a Nurse rises"
    );
    site.edit(
        "site.toml",
        "title = \"Test\"\nbase_url = \"https://example.com/\"\nlanguage = \"fr\"\n",
    )
    .edit("i18n/fr.toml", "title_ladder = \"Carrière : {role}\"\n");
    let built = site.build();
    assert!(
        built
            .said()
            .starts_with("warning[missing-string] site.toml:3:12 ")
            && built.said().lines().count() == 1,
        "{}",
        built.said()
    );
    let dom = built.dom("roles/nurse/ladder/index.html");
    assert_eq!(
        (
            dom.text("h1"),
            dom.text("html").is_empty(),
            dom.all("html").next().unwrap().attr("lang")
        ),
        ("Carrière : Nurse", false, "fr")
    );
}

#[test]
fn every_page_is_sound() {
    let built = Site::demo().build().clean();
    for path in built.files.keys().filter(|path| {
        path.ends_with(".html") && !built.page(path).contains("http-equiv=\"refresh\"")
    }) {
        let dom = built.dom(path);
        for name in ["main", "h1", "title"] {
            // A drawing inside the page may have a title of its own.
            assert_eq!(
                dom.all(name)
                    .filter(|element| name != "title" || element.depth == 2)
                    .count(),
                1,
                "{name} of {path}"
            );
        }
        assert!(
            built
                .page(path)
                .to_lowercase()
                .starts_with("<!doctype html>")
                && dom.all("html").all(|html| html.attr("lang") == "en-US"),
            "{path}"
        );
        assert!(
            dom.all("a")
                .any(|link| link.attr("href") == "#main-content")
                && dom.all("nav").count() > 0,
            "{path}"
        );
        assert!(
            dom.all("img")
                .all(|image| image.attributes.contains_key("alt")),
            "{path}"
        );
        let levels: Vec<u32> = dom
            .0
            .iter()
            .filter_map(|element| element.name.strip_prefix('h')?.parse().ok())
            .collect();
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "headings of {path} leave out a level: {levels:?}"
        );
        let mut ids: Vec<&str> = dom
            .0
            .iter()
            .map(|element| element.attr("id"))
            .filter(|id| !id.is_empty())
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id stands twice in {path}");
        // Nothing comes from another host, and no script is needed.
        let foreign = dom.0.iter().filter(|element| {
            matches!(element.name.as_str(), "img" | "script" | "link" | "iframe")
                && element.attr("rel") != "canonical"
        });
        let foreign: Vec<&str> = foreign
            .flat_map(|element| [element.attr("src"), element.attr("href")])
            .filter(|link| link.starts_with("http"))
            .collect();
        assert!(
            foreign.is_empty() || path == "404.html",
            "{path}: {foreign:?}"
        );
    }
}

#[test]
fn a_folder_of_built_in_files_is_not_needed() {
    // `themes/default/` of the repository and the one in the program are the same.
    let mut site = Site::demo();
    let embedded = site.build().clean().files;
    let theme = files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default"));
    site.files.extend(
        theme
            .into_iter()
            .map(|(path, bytes)| (format!("themes/default/{path}"), bytes)),
    );
    assert_eq!(site.build().clean().files, embedded);
}

#[test]
fn parameters_of_the_default_theme_change_every_page() {
    let site = |params: &str| {
        Site::from(&format!(
            "=== site.toml\ntitle = \"T\"\nbase_url = \"https://e.com/\"\n[params]\n{params}\n=== content/a.md\nA.\n=== static/css/own.css\np{{}}\n"
        ))
    };
    let built = site(
        "palette = \"red\"\nfonts = \"mixed\"\nstylesheet = \"css/own.css\"\nedit_url = \"https://e.com/edit/{path}\"\nfooter_text = \"Made **here**\"\nfooter_links = [{ title = \"Imprint\", url = \"https://e.com/i\" }]",
    )
    .build()
    .clean();
    let page = built.page("a/index.html");
    let parts = [
        " data-palette=\"red\" data-fonts=\"mixed\"",
        "/css/own.",
        "https://e.com/edit/content/a.md",
        "Made <strong>here</strong>",
        "<a href=\"https://e.com/i\">Imprint</a>",
    ];
    for part in parts {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let typed = site("palette = 3\nfooter_links = \"https://e.com/i\"\nunknown = 7").build();
    assert_eq!(
        typed.said(),
        "error[wrong-type] site.toml:4:11 the parameter `palette` must be a text, not a number\n\
         error[wrong-type] site.toml:5:16 the parameter `footer_links` must be a list, not a text\n"
    );
    let slip = site("palete = \"red\"").build();
    assert_eq!(
        slip.said(),
        "warning[unknown-key] site.toml:4:1 the theme has no parameter `palete`\n"
    );
    let wrong = site("palette = \"pink\"").build_once();
    assert!(
        wrong.failed && wrong.said().contains("palette in site.toml is `pink`"),
        "{}",
        wrong.said()
    );
}
