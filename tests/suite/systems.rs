//! Systems: what differs between them makes no difference to a site. Names, long paths, and files
//! that another program has open.

use std::fs;

#[cfg(windows)]
use crate::harness::Ran;
use crate::harness::{Folder, Site};

/// A site with a page whose text can be exchanged.
fn site() -> Folder {
    Site::from("=== content/about.md\n# About\n\nOld words.\n").on_disk()
}

#[test]
fn paths_are_written_with_slashes() {
    let folder = site();
    folder.run(&["build"]).exits(0);
    folder.write("public/deep/mine.txt", "mine");
    let deep = if cfg!(windows) { r"a\b" } else { "a/b" };
    let whole = folder
        .run(&["build"])
        .exits(1)
        .says("/public holds files that Rungs did not write: deep/mine.txt");
    let missing = folder
        .run(&["build", "--root", deep])
        .exits(2)
        .says("cannot open a/b: ");
    let new = Folder::empty()
        .run(&["new", deep])
        .exits(0)
        .prints("Created a site in a/b.");
    for ran in [whole, missing, new] {
        assert!(
            !format!("{}{}", ran.stdout, ran.stderr).contains('\\'),
            "{ran:#?}"
        );
    }
}

#[test]
#[cfg(windows)]
fn the_home_folder_of_a_shell_is_one_too() {
    let outer = Folder::empty();
    for (path, bytes) in Site::from("").files {
        outer.write(&format!("site/{path}"), bytes);
    }
    fs::create_dir(outer.path("home")).unwrap();
    let mut command = outer.command("site");
    command
        .env("HOME", outer.path("home"))
        .args(["build", "--output-dir", r"..\home"]);
    Ran::of(&mut command).exits(2).says("is your home folder");
}

#[test]
fn a_path_of_more_than_260_letters_is_as_good_as_any() {
    let long = ["a", "b", "c"].map(|part| part.repeat(100)).join("/");
    let outer = Folder::empty();
    let article = format!("{long}/content/articles/{}.md", "n".repeat(100));
    for (path, bytes) in Site::from("").files {
        outer.write(&format!("{long}/{path}"), bytes);
    }
    let build = || outer.run(&["build", "--root", &long]);
    for words in ["Old words.", "New words."] {
        outer.write(&article, format!("# Long\n\n{words}\n"));
        build().exits(0).prints(&format!("{long}/public/"));
        let page = format!("{long}/public/articles/{}/index.html", "n".repeat(100));
        let page = fs::read_to_string(outer.path(&page)).unwrap();
        assert!(page.contains(words), "{page}");
    }
    outer.write(&article, "# Long\n\n[there](gone.md)\n");
    build().exits(1).says("gone.md");
    outer.run(&["clean", "--root", &long]).exits(0);
    assert!(!outer.path(&long).join("public").exists());
}

/// Files that are kept open as programs of Windows do.
#[cfg(windows)]
mod held {
    use std::fs;
    use std::thread;
    use std::time::Duration;

    use super::site;
    use crate::harness::Folder;

    fn set(folder: &Folder, words: &str) {
        folder.write("content/about.md", format!("# About\n\n{words}\n"));
    }

    fn shows(folder: &Folder, words: &str) -> bool {
        fs::read_to_string(folder.path("public/about/index.html"))
            .is_ok_and(|it| it.contains(words))
    }

    /// Opens a file, and lets other programs do what is `shared`.
    fn hold(folder: &Folder, path: &str, shared: u32) -> fs::File {
        use std::os::windows::fs::OpenOptionsExt;
        fs::File::options()
            .read(true)
            .share_mode(shared)
            .open(folder.path(path))
            .unwrap()
    }

    #[test]
    fn a_published_file_that_a_program_does_not_let_go_is_named_and_nothing_is_lost() {
        let folder = site();
        folder.run(&["build"]).exits(0);
        let held = hold(&folder, "public/about/index.html", 0);
        // Where folders can be exchanged although a file in them is open, it is in the way later.
        let builds = ["One.", "Two."].map(|words| {
            set(&folder, words);
            folder.run(&["build"])
        });
        let refused = builds.iter().find(|ran| ran.code == Some(3)).unwrap();
        assert!(
            refused.stderr.contains("about/index.html")
                && refused.stderr.contains("close it there"),
            "{refused:#?}"
        );
        drop(held);
        folder.run(&["build"]).exits(0);
        assert!(shows(&folder, "Two."));
        folder.run(&["build", "--verify"]).exits(0);
        set(&folder, "Three.");
        folder.run(&["build"]).exits(0);
        assert!(shows(&folder, "Three."));
    }

    #[test]
    fn a_file_that_is_open_for_an_instant_is_waited_for() {
        let folder = site();
        folder.run(&["build"]).exits(0);
        set(&folder, "One.");
        folder.run(&["build"]).exits(0);
        // The second one is where it will have to be deleted.
        let published = hold(&folder, "public/about/index.html", 0);
        let previous = hold(&folder, ".public.rungs/next/about/index.html", 0);
        let let_go = thread::spawn(move || {
            thread::sleep(Duration::from_millis(700));
            drop((published, previous));
        });
        set(&folder, "Two.");
        folder.run(&["build"]).exits(0);
        assert!(shows(&folder, "Two."));
        let_go.join().unwrap();
    }

    #[test]
    fn a_server_that_shares_its_files_is_no_hindrance() {
        const ALL: u32 = 7;
        if std::env::var_os("WINEPREFIX").is_some() {
            // Since Windows 10, a file that is open and deleted gives its name free at once.
            return crate::hosts::skipped("Wine keeps the name of a deleted file").unwrap_or(());
        }
        let folder = site();
        folder.run(&["build"]).exits(0);
        let mut held = vec![];
        for words in ["One.", "Two.", "Three."] {
            held.push(hold(&folder, "public/about/index.html", ALL));
            set(&folder, words);
            folder.run(&["build"]).exits(0);
            assert!(shows(&folder, words));
        }
    }

    #[test]
    fn a_source_file_that_cannot_be_opened_is_a_mistake_at_its_place() {
        let folder = site();
        folder.run(&["build"]).exits(0);
        let before = folder.files("public");
        let held = hold(&folder, "content/about.md", 0);
        folder
            .run(&["build"])
            .exits(1)
            .says("error[unreadable-file]")
            .says("content/about.md")
            .says("close it there");
        assert_eq!(folder.files("public"), before);
        let let_go = thread::spawn(move || {
            thread::sleep(Duration::from_millis(150));
            drop(held);
        });
        folder.run(&["build"]).exits(0);
        let_go.join().unwrap();
    }
}
