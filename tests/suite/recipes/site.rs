//! A site with a recipe, and an archive of the program for it.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::steps::{Known, Step};
use crate::harness::{BUILD_DATE, Folder, Ran, Site};

/// The address of the sites of these tests: one that is no placeholder.
pub const ADDRESS: &str = "https://careers.rungs-test.dev/guides/";

/// A new site with the recipe of a host, beside an archive of Rungs and a folder of stand-ins.
pub struct RecipeSite {
    pub folder: Folder,
    pub archive: Archive,
}

/// An archive that holds the program.
#[derive(Clone)]
pub struct Archive {
    pub url: String,
    pub sha256: String,
}

impl RecipeSite {
    /// Makes a site for a host, whose site.toml has the address of these tests.
    pub fn new(host: &str) -> Self {
        let folder = Folder::empty();
        folder.run(&["new", "site", "--host", host]).exits(0);
        let archive = Archive::tar(&folder);
        let site = Self { folder, archive };
        site.set_address(ADDRESS);
        site
    }

    /// Makes the demo into a site for a host: a site with many pages.
    pub fn demo(host: &str) -> Self {
        let site = Self::new(host);
        let demo = Site::demo().on_disk();
        let files = demo.files("");
        for folder in ["content", "static"] {
            drop(fs::remove_dir_all(site.folder.path("site").join(folder)));
        }
        for (path, bytes) in files {
            site.folder.write(&format!("site/{path}"), bytes);
        }
        site.set_address(ADDRESS);
        site
    }

    /// Writes another address into site.toml.
    pub fn set_address(&self, address: &str) {
        let path = self.folder.path("site/site.toml");
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            Some(("base_url", _)) => format!("base_url = \"{address}\" # of the site\n"),
            _ => format!("{line}\n"),
        });
        fs::write(&path, lines.collect::<String>()).unwrap();
    }

    /// Writes a program that stands before others of its name.
    pub fn stand_in(&self, name: &str, script: &str) {
        let path = format!("stand-ins/{name}");
        self.folder.write(&path, format!("#!/bin/sh\n{script}\n"));
        make_executable(&self.folder.path(&path));
    }

    /// Runs a step in the site as `bash -e` does, with nothing of the outer world but programs.
    pub fn run(&self, step: &Step, known: &Known) -> Ran {
        let env = step.env.iter();
        let env = env.map(|(name, value)| (name.clone(), known.fill(value)));
        let mut command = self.shell(&["bash", "-e", "-c", &known.fill(&step.script)]);
        Ran::of(command.envs(env))
    }

    /// A command in the site, in a clean environment.
    pub fn shell(&self, words: &[&str]) -> Command {
        let stand_ins = self.folder.path("stand-ins");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = [stand_ins].into_iter().chain(std::env::split_paths(&path));
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .current_dir(self.folder.path("site"))
            .env_clear()
            .env("PATH", std::env::join_paths(folders).unwrap())
            .env("HOME", self.folder.path(""))
            .env("SOURCE_DATE_EPOCH", BUILD_DATE);
        command
    }

    /// The text of a file of the site.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path("site").join(path)).unwrap()
    }

    /// The canonical address of the home page that was built.
    pub fn canonical(&self) -> String {
        let page = self.text("public/index.html");
        let (_, rest) = page.split_once("rel=\"canonical\" href=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

impl Archive {
    /// Makes a `.tar.gz` of a folder with the program, a manual and a script with its name.
    pub fn tar(folder: &Folder) -> Self {
        folder.write("made/rungs-1.2.3/completions/rungs", "# not the program\n");
        Self::write_program(folder, "made/rungs-1.2.3/rungs");
        make_executable(&folder.path("made/rungs-1.2.3/rungs"));
        let archive = folder.path("rungs.tar.gz");
        let tar = ["-C", "made", "-czf", "rungs.tar.gz", "rungs-1.2.3"];
        run_in(folder, "tar", &tar);
        Self::of(&archive)
    }

    /// Makes a wheel, which is a ZIP archive that does not say who may run a file.
    pub fn wheel(folder: &Folder) -> Self {
        let inner = "rungs_ssg-1.2.3.data/scripts/rungs";
        Self::write_program(folder, &format!("wheel/{inner}"));
        let code = format!(
            "import zipfile; zipfile.ZipFile('rungs.whl', 'w').writestr('{inner}', open('wheel/{inner}').read())"
        );
        run_in(folder, "python3", &["-c", &code]);
        Self::of(&folder.path("rungs.whl"))
    }

    /// The program is the one of the tests, called by a script: as a file it has 200 MB.
    fn write_program(folder: &Folder, path: &str) {
        let program = env!("CARGO_BIN_EXE_rungs");
        folder.write(path, format!("#!/bin/sh\nexec '{program}' \"$@\"\n"));
    }

    /// Names a file with its sum.
    pub fn of(file: &Path) -> Self {
        // A Mac has it under another name.
        let sum = "command -v sha256sum >/dev/null && sha256sum \"$1\" || shasum -a 256 \"$1\"";
        let mut command = Command::new("sh");
        let sum = Ran::of(command.args(["-c", sum, "sh"]).arg(file))
            .exits(0)
            .stdout;
        Self {
            url: format!("file://{}", file.display()),
            sha256: sum[..64].to_owned(),
        }
    }
}

fn run_in(folder: &Folder, program: &str, args: &[&str]) {
    Ran::of(
        Command::new(program)
            .args(args)
            .current_dir(folder.path("")),
    )
    .exits(0);
}

fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}
