//! A site on disk: a temporary folder in which the program runs, with nothing of the outer world
//! but what is said.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The build date of all tests, 2026-11-22, as `SOURCE_DATE_EPOCH`.
pub const BUILD_DATE: &str = "1795305600";

/// What every site of the tests begins with, without pictures, which take longer to draw than all
/// else of a small site; a file of the test takes the place of one of these.
pub const BASE: &str = r#"
=== site.toml
title = "Test"
base_url = "https://example.com/"
og_images = false
icons = false

=== content/_index.md
+++
title = "Home"
+++
Welcome.

=== content/categories.toml
[[categories]]
id = "work"
title = "Work"

=== content/sources.toml
[[sources]]
id = "editors"
title = "Estimate of the editors"
kind = "own"
"#;

/// A temporary folder.
pub struct Folder {
    folder: TempDir,
}

/// What came of a run of the program.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Folder {
    pub fn empty() -> Self {
        Self {
            folder: tempfile::Builder::new()
                .prefix("rungs-test-")
                .tempdir()
                .unwrap(),
        }
    }

    /// A path in the folder.
    pub fn path(&self, inner: &str) -> PathBuf {
        self.folder.path().join(inner)
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The files below a path, links as their targets' names.
    pub fn files(&self, inner: &str) -> BTreeMap<String, Vec<u8>> {
        files_in(&self.path(inner))
    }

    /// Runs the program in the folder.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_in("", args)
    }

    /// Runs the program in a folder of the folder.
    pub fn run_in(&self, inner: &str, args: &[&str]) -> Ran {
        Ran::of(self.command(inner).args(args))
    }

    /// The program, ready to be given arguments and variables.
    pub fn command(&self, inner: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rungs"));
        command
            .current_dir(self.path(inner))
            .env_clear()
            .env("SOURCE_DATE_EPOCH", BUILD_DATE)
            .env("HOME", "/nonexistent");
        // Windows starts nothing without it.
        command.envs(std::env::var_os("SYSTEMROOT").map(|root| ("SYSTEMROOT", root)));
        command
    }
}

impl Ran {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        let output = loop {
            match command.output() {
                // A program that was just copied stays open for writing in a process that another
                // test was starting just then.
                Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                    std::thread::yield_now();
                }
                output => break output.unwrap(),
            }
        };
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
        let ran = Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        };
        // No person types such a path.
        let is_plain = |text: &str| !text.contains(r"\\?\");
        assert!(is_plain(&ran.stdout) && is_plain(&ran.stderr), "{ran:#?}");
        ran
    }

    /// The run, when it ended with this code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// The run, when its standard error holds these words.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "no {words:?} in {self:#?}");
        self
    }

    /// Checks that standard output has these words.
    #[track_caller]
    pub fn prints(self, words: &str) -> Self {
        assert!(self.stdout.contains(words), "no {words:?} in {self:#?}");
        self
    }
}

/// The files below a folder by their paths; none where there is no folder. A link counts as the
/// path that it holds.
pub fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok);
    let files = entries
        .filter(|entry| entry.file_type().is_file() || entry.path_is_symlink())
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(folder)
                .unwrap()
                .iter()
                .map(|part| part.to_string_lossy())
                .collect::<Vec<_>>()
                .join("/");
            let link = || {
                fs::read_link(entry.path())
                    .unwrap()
                    .into_os_string()
                    .into_encoded_bytes()
            };
            let bytes = if entry.path_is_symlink() {
                link()
            } else {
                fs::read(entry.path()).unwrap()
            };
            (path, bytes)
        });
    files.collect()
}

/// The files of a block: a line `=== path` before each.
pub fn blocks(text: &str) -> impl Iterator<Item = (String, String)> {
    format!("\n{}", text.trim_start_matches('\n'))
        .split("\n=== ")
        .skip(1)
        .map(file)
        .collect::<Vec<_>>()
        .into_iter()
}

fn file(block: &str) -> (String, String) {
    let (path, text) = block.split_once('\n').unwrap_or((block, ""));
    let end = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    (path.trim().to_owned(), format!("{text}{end}"))
}
