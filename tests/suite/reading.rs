//! Reading the site folder: which site a command is about, which files belong to it, what is never
//! followed or opened.

use crate::harness::{Folder, Ran, Site};

#[test]
fn the_site_is_found_from_any_folder_in_it() {
    let folder = Site::from("=== content/deep/er/a.md\nA\n").on_disk();
    folder.run_in("content/deep/er", &["build"]).exits(0);
    assert!(folder.path("public/index.html").exists());
}

#[test]
fn root_names_the_site_from_outside() {
    let outer = Folder::empty();
    for (path, bytes) in Site::from("").files {
        outer.write(&format!("site/{path}"), bytes);
    }
    outer.run(&["check"]).exits(1).says("error[no-site]");
    outer.run(&["build", "--root", "site"]).exits(0);
    assert!(outer.path("site/public/index.html").exists());
    outer
        .run(&["build", "--root", "nowhere"])
        .exits(2)
        .says("--root");
}

#[test]
fn what_editors_leave_behind_changes_nothing() {
    let site = Site::from("=== content/a.md\nA\n");
    let plain = published(&site);
    let mut littered = site;
    for path in [
        "content/a.md~",
        "content/.a.md.swp",
        "content/#a.md#",
        "content/4913",
        "content/.git/config",
        "static/.DS_Store",
        "notes/b.md",
    ] {
        littered.edit(path, "+++\nnot = read");
    }
    assert_eq!(plain, published(&littered));
}

#[test]
fn hidden_files_that_servers_know_are_published() {
    let files = published(&Site::from(
        "=== static/.well-known/security.txt\nContact: mailto:a@example.com\n=== static/.env\nSECRET=1\n",
    ));
    assert!(
        files.contains_key(".well-known/security.txt") && !files.contains_key(".env"),
        "{:?}",
        files.keys()
    );
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_inside_the_site_are_followed() {
        let site = Site::from("=== shared/a.md\nShared words\n=== shared/deep/b.md\nMore\n");
        let linked = site.on_disk();
        symlink("../shared/a.md", linked.path("content/a.md")).unwrap();
        symlink("../shared/deep", linked.path("content/deep")).unwrap();
        linked.run(&["build"]).exits(0);
        let mut copied = site;
        copied
            .edit("content/a.md", "Shared words\n")
            .edit("content/deep/b.md", "More\n");
        assert_eq!(linked.files("public"), published(&copied));
    }

    #[test]
    fn a_site_that_is_itself_behind_a_link_is_a_site() {
        let site = Site::from("").on_disk();
        let outer = Folder::empty();
        symlink(site.path(""), outer.path("link")).unwrap();
        outer.run(&["build", "--root", "link"]).exits(0);
        assert!(site.path("public/index.html").exists());
    }

    #[test]
    fn nothing_outside_the_site_is_read() {
        let secret = Folder::empty();
        secret.write("secret.md", "the secret");
        let site = Site::from("").on_disk();
        symlink(secret.path("secret.md"), site.path("content/file.md")).unwrap();
        symlink(secret.path(""), site.path("content/folder")).unwrap();
        let ran = site
            .run(&["build"])
            .exits(1)
            .says("content/file.md")
            .says("content/folder");
        assert_eq!(
            ran.stderr.matches("error[link-leaves-site]").count(),
            2,
            "{}",
            ran.stderr
        );
        assert!(site.files("public").is_empty());
    }

    #[test]
    fn no_link_leads_into_the_output() {
        let site = Site::from("").on_disk();
        site.run(&["build"]).exits(0);
        std::fs::create_dir(site.path("static")).unwrap();
        symlink("../public", site.path("static/old")).unwrap();
        site.run(&["build"])
            .exits(1)
            .says("error[link-leaves-site]")
            .says("output folder");
    }

    #[test]
    fn a_pipe_is_refused_and_never_waited_for() {
        let site = Site::from("=== static/a.txt\na\n").on_disk();
        assert!(
            std::process::Command::new("mkfifo")
                .arg(site.path("static/pipe"))
                .status()
                .unwrap()
                .success()
        );
        site.run(&["build"]).exits(1).says("error[not-a-file]");
    }
}

fn published(site: &Site) -> std::collections::BTreeMap<String, Vec<u8>> {
    let folder = site.on_disk();
    let ran: Ran = folder.run(&["build"]);
    ran.exits(0);
    folder.files("public")
}
