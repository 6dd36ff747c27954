//! `rungs theme eject`: copies of a theme's files that build the same site, and never write over
//! anything.

use std::fs;

use crate::harness::{Folder, Site};

fn site() -> Folder {
    Site::from("=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n")
        .on_disk()
}

fn built(folder: &Folder) -> String {
    folder.run(&["build", "--no-cache"]).exits(0);
    fs::read_to_string(folder.path("public/roles/nurse/index.html")).unwrap()
}

#[test]
fn one_template_becomes_the_sites_own() {
    let folder = site();
    let before = built(&folder);
    let ran = folder
        .run(&["theme", "eject", "templates/hub.html"])
        .exits(0)
        .prints("Wrote templates/hub.html\n")
        .prints("rungs serve");
    assert_eq!(ran.stderr, "");
    assert_eq!(built(&folder), before);
    let text = fs::read_to_string(folder.path("templates/hub.html")).unwrap();
    fs::write(
        folder.path("templates/hub.html"),
        text.replace("<div class=\"page", "<div class=\"mine page"),
    )
    .unwrap();
    assert!(built(&folder).contains("class=\"mine page"));
    folder
        .run(&["theme", "eject", "templates/hub.html"])
        .exits(1)
        .says("templates/hub.html exists already; nothing was written");
    assert!(
        fs::read_to_string(folder.path("templates/hub.html"))
            .unwrap()
            .contains("mine")
    );
}

#[test]
fn several_files_are_copied_or_none() {
    let folder = site();
    folder.write("i18n/en.toml", "nav_home = \"Start\"\n");
    folder
        .run(&["theme", "eject", "static/css/main.css", "i18n/en.toml"])
        .exits(1)
        .says("i18n/en.toml exists already");
    assert!(!folder.path("static").exists());
    folder
        .run(&[
            "theme",
            "eject",
            "static/css/main.css",
            "templates/components/cards.html",
            "--quiet",
        ])
        .exits(0);
    assert!(
        folder.path("static/css/main.css").exists()
            && folder.path("templates/components/cards.html").exists()
    );
}

#[test]
fn the_default_theme_comes_whole_and_changes_nothing() {
    let folder = site();
    let before = built(&folder);
    folder
        .run(&["theme", "eject"])
        .exits(0)
        .prints("into themes/default/");
    assert!(
        folder.path("themes/default/theme.toml").exists()
            && folder.path("themes/default/i18n/de.toml").exists()
    );
    assert_eq!(built(&folder), before);
    folder
        .run(&["theme", "eject"])
        .exits(1)
        .says("files exist already; nothing was written:")
        .says("themes/default/theme.toml");
}

#[test]
fn the_file_is_that_of_the_theme_in_use() {
    let mut site = Site::from("");
    site.replace("site.toml", "icons", "theme = \"mine\"\nicons")
        .edit(
            "themes/mine/templates/tags.html",
            "{# mine #}{% extends \"page.html\" %}\n",
        );
    let folder = site.on_disk();
    folder
        .run(&[
            "theme",
            "eject",
            "templates/tags.html",
            "templates/tag.html",
        ])
        .exits(0)
        .prints("Wrote 2 files\n");
    assert!(
        fs::read_to_string(folder.path("templates/tags.html"))
            .unwrap()
            .contains("mine")
    );
    assert!(
        fs::read_to_string(folder.path("templates/tag.html"))
            .unwrap()
            .contains("card_list")
    );
}

#[test]
#[cfg(windows)]
fn a_name_may_be_written_as_shells_of_windows_complete_it() {
    let folder = site();
    folder
        .run(&["theme", "eject", r".\templates\hub.html"])
        .exits(0)
        .prints("Wrote templates/hub.html\n");
}

#[test]
fn a_name_that_the_theme_has_not_is_said() {
    let folder = site();
    folder
        .run(&["theme", "eject", "hub"])
        .exits(2)
        .says("the theme has no file hub")
        .says("did you mean templates/hub.html?");
    folder
        .run(&["theme", "eject", "templates/hup.html"])
        .exits(2)
        .says("did you mean templates/hub.html?");
    folder
        .run(&["theme", "eject", "../../etc/passwd"])
        .exits(2)
        .says("its templates are: templates/404.html");
    folder.run(&["theme"]).exits(2);
    Folder::empty()
        .run(&["theme", "eject"])
        .exits(1)
        .says("site.toml");
    let broken = Site::from("").edit("site.toml", "title =").on_disk();
    broken
        .run(&["theme", "eject", "templates/hub.html"])
        .exits(1)
        .says("rungs check");
}
