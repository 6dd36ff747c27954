//! Publishing: the output folder is one finished build at every moment, and nothing that Rungs did
//! not write is touched.

use std::fs;

use crate::harness::{Folder, Ran, Site};

/// The variable that names a person's home folder.
const HOME: &str = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
const BROKEN: &str = "title = 'Test'\nbase_url = 'https://example.com/'\nthis is not TOML\n";

#[test]
fn what_is_gone_from_the_site_is_gone_from_the_output() {
    let folder = Site::from("=== static/deep/gone.txt\nx\n=== static/stays.txt\nx\n").on_disk();
    folder.run(&["build"]).exits(0);
    assert!(folder.path("public/deep/gone.txt").exists());
    fs::remove_dir_all(folder.path("static/deep")).unwrap();
    folder.run(&["build"]).exits(0);
    assert!(!folder.path("public/deep").exists() && folder.path("public/stays.txt").exists());
}

#[test]
fn a_site_with_mistakes_leaves_the_old_output_as_it_was() {
    let folder = Site::from("").on_disk();
    folder.run(&["build"]).exits(0);
    let old = folder.files("");
    folder.write("site.toml", BROKEN);
    let ran = folder.run(&["build"]).exits(1);
    assert!(
        ran.stderr
            .ends_with("1 error: nothing was written; public/ is as it was\n"),
        "{}",
        ran.stderr
    );
    folder.write("site.toml", &old["site.toml"]);
    assert_eq!(folder.files(""), old);
}

#[test]
fn a_first_build_with_mistakes_writes_nothing_at_all() {
    let mut site = Site::from("");
    let folder = site.edit("site.toml", BROKEN).on_disk();
    assert!(
        folder
            .run(&["build"])
            .exits(1)
            .stderr
            .ends_with("1 error: nothing was written\n")
    );
    assert_eq!(folder.files(""), site.files);
}

#[test]
fn folders_that_are_no_place_for_output_are_refused() {
    let outer = Folder::empty();
    for (path, bytes) in Site::from("=== static/a.txt\na\n").files {
        outer.write(&format!("site/{path}"), bytes);
    }
    outer.write("home/a.txt", "mine");
    let before = outer.files("");
    // On Windows a folder that is not there has a parent as well.
    let from_nowhere = (!cfg!(windows)).then_some("nowhere/../../x");
    let folders = [
        ".",
        "..",
        "/",
        "content",
        "content/roles/x",
        "static",
        "themes",
        "templates",
        ".git",
        "../home",
        "site.toml",
    ];
    for folder in folders.into_iter().chain(from_nowhere) {
        let mut command = outer.command("site");
        let command = command.env(HOME, outer.path("home"));
        let ran = Ran::of(command.args(["build", "--output-dir", folder]));
        assert_eq!(
            (ran.code, outer.files("") == before),
            (Some(2), true),
            "{folder}: {ran:#?}"
        );
    }
}

#[test]
fn a_folder_that_somebody_else_filled_is_refused() {
    let folder = Site::from("").on_disk();
    folder.write("theirs/photo.jpg", "mine");
    folder
        .run(&["build", "-o", "theirs"])
        .exits(1)
        .says("no record");
    folder.write("repository/.git/HEAD", "ref: refs/heads/main");
    folder
        .run(&["build", "-o", "repository"])
        .exits(1)
        .says("git repository");
    assert_eq!(
        folder.files("theirs").len() + folder.files("repository").len(),
        2
    );
}

#[test]
fn foreign_files_in_the_output_are_named_and_kept() {
    let folder = Site::from("").on_disk();
    folder.run(&["build"]).exits(0);
    for name in ["a", "b", "c", "d", "deep/e", "f", "g"] {
        folder.write(&format!("public/mine-{name}"), "mine");
    }
    let before = folder.files("");
    for command in ["build", "clean"] {
        folder
            .run(&[command])
            .exits(1)
            .says("mine-a, mine-b, mine-c, mine-d, mine-deep/e and 2 more");
        assert_eq!(folder.files(""), before);
    }
}

#[test]
fn an_output_folder_without_its_manifest_is_nobodys() {
    let folder = Site::from("").on_disk();
    folder.run(&["build"]).exits(0);
    fs::remove_dir_all(folder.path(".public.rungs")).unwrap();
    folder.run(&["build"]).exits(1).says("no record");
    fs::remove_dir_all(folder.path("public")).unwrap();
    folder.run(&["build"]).exits(0);
}

#[test]
fn an_empty_folder_and_a_new_one_are_taken() {
    let folder = Site::from("").on_disk();
    fs::create_dir(folder.path("empty")).unwrap();
    folder.run(&["build", "-o", "empty"]).exits(0);
    folder.run(&["build", "-o", "new/and/deep"]).exits(0);
    assert_eq!(folder.files("empty"), folder.files("new/and/deep"));
}

#[test]
fn clean_deletes_what_build_wrote_and_nothing_else() {
    let site = Site::from("=== static/a.txt\na\n");
    let folder = site.on_disk();
    folder.run(&["build"]).exits(0);
    folder.run(&["clean"]).exits(0);
    assert_eq!(folder.files(""), site.files);
    assert!(!folder.path("public").exists() && !folder.path(".public.rungs").exists());
    folder.run(&["clean"]).exits(0);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn an_output_folder_behind_a_link_is_refused() {
        let folder = Site::from("").on_disk();
        folder.write("elsewhere/mine.txt", "mine");
        symlink("elsewhere", folder.path("public")).unwrap();
        folder.run(&["build"]).exits(2).says("symbolic link");
        assert_eq!(folder.files("elsewhere").len(), 1);
    }

    /// A limit on the size of files stands for a full disk: the write fails in the same place.
    #[test]
    fn a_disk_that_takes_no_more_leaves_the_old_site() {
        let mut site = Site::from("");
        let folder = site.on_disk();
        folder.run(&["build"]).exits(0);
        let old = folder.files("public");
        site.edit("static/large.bin", vec![0; 1 << 20]);
        folder.write("static/large.bin", &site.files["static/large.bin"]);
        let program = folder.command("");
        let mut limited = Command::new("/bin/sh");
        limited
            .current_dir(folder.path(""))
            .env("SOURCE_DATE_EPOCH", crate::harness::BUILD_DATE);
        limited
            .args(["-c", "trap '' XFSZ; ulimit -f 256; exec \"$0\" build"])
            .arg(program.get_program());
        Ran::of(&mut limited)
            .exits(3)
            .says("cannot write")
            .says("large.bin")
            .says("os error 27");
        assert_eq!(folder.files("public"), old);
        folder.run(&["build"]).exits(0);
        assert!(folder.path("public/large.bin").exists());
    }

    #[test]
    fn a_folder_that_may_not_be_written_is_the_machines_fault() {
        let folder = Site::from("").on_disk();
        folder.run(&["build"]).exits(0);
        let old = folder.files("public");
        fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o555)).unwrap();
        fs::set_permissions(
            folder.path(".public.rungs"),
            fs::Permissions::from_mode(0o555),
        )
        .unwrap();
        // Permissions mean nothing to root, for whom this build just works.
        let is_root = fs::write(folder.path("probe"), "").is_ok();
        let ran = folder.run(&["build"]);
        fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o755)).unwrap();
        ran.exits(if is_root { 0 } else { 3 });
        assert_eq!(folder.files("public"), old);
    }
}
