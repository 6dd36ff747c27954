//! Every diagnostic, as people see it: a folder of `tests/faults/` for each, named after its code
//! (`bad-url`, or `bad-url.script` for a second one), with the files that bring it about and the
//! exact text in `expected.txt`.
//!
//! The files lie over the base of the harness. `generate.txt` makes what cannot stand in a
//! repository, one line each:
//! ```text
//! bare                             without the base
//! repeat PATH COUNT TEXT           appends TEXT so many times
//! link PATH TARGET                 a symbolic link
//! pipe PATH                        a named pipe
//! folder PATH                      an empty folder
//! run --drafts                     more arguments for `rungs build`
//! check                            runs `rungs check` in place of `rungs build`
//! ```
//! PATH and TEXT know the escapes \n, \s (space), \\, \xFF and \u{301}. `UPDATE_EXPECTED=1 cargo
//! test` writes the texts anew; read the difference before you commit it.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rungs::diag::Code;

use crate::harness::{BASE, Folder, blocks, files_in};

/// Codes that no site is known to bring about: a parser that fails on a text.
const WITHOUT_A_SITE: [Code; 1] = [Code::MarkdownCrash];

const OURS: [&str; 2] = ["expected.txt", "generate.txt"];

#[test]
fn every_fault_is_said_as_it_is_written_down() {
    let failures: Vec<String> = folders()
        .par_iter()
        .filter_map(|folder| check(folder).err())
        .collect();
    assert!(
        failures.is_empty(),
        "{}\n\n{} of tests/faults/ differ; UPDATE_EXPECTED=1 writes them anew",
        failures.join("\n"),
        failures.len()
    );
}

#[test]
fn every_code_has_a_fault_and_every_fault_a_code() {
    let codes: Vec<String> = folders().iter().map(|folder| code(folder)).collect();
    let missing: Vec<_> = Code::ALL
        .iter()
        .filter(|code| !WITHOUT_A_SITE.contains(code))
        .map(|code| code.name())
        .filter(|code| !codes.iter().any(|known| known == code))
        .collect();
    assert!(
        missing.is_empty(),
        "no folder in tests/faults/ for {missing:?}"
    );
    let unknown: Vec<_> = codes
        .iter()
        .filter(|code| Code::ALL.iter().all(|known| known.name() != *code))
        .collect();
    assert!(
        unknown.is_empty(),
        "no code for the folders {unknown:?} of tests/faults/"
    );
}

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults");
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders
}

/// The code that a folder is about: its name up to a dot.
fn code(folder: &Path) -> String {
    let name = folder.file_name().unwrap().to_str().unwrap();
    name.split('.').next().unwrap().to_owned()
}

fn check(folder: &Path) -> Result<(), String> {
    let name = folder.file_name().unwrap().to_str().unwrap();
    let Some((site, command)) = set_up(folder) else {
        return Ok(());
    };
    let before = site.files("");
    let ran = site.command("").args(command).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap().replace("\r\n", "\n");
    let failed = said.contains("error[");
    let wrong = if !said.contains(&format!("[{}]", code(folder))) {
        Some("does not say its code".to_owned())
    } else if ran.status.code() != Some(i32::from(failed)) {
        Some(format!("ends with {}", ran.status))
    } else if failed && site.files("") != before {
        Some("changed the folder, though it failed".to_owned())
    } else {
        compare(&folder.join("expected.txt"), &said).err()
    };
    wrong.map_or(Ok(()), |wrong| Err(format!("--- {name}: {wrong}\n{said}")))
}

fn compare(expected: &Path, said: &str) -> Result<(), String> {
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(expected, said).unwrap();
    }
    match fs::read_to_string(expected) {
        Ok(text) if text == said => Ok(()),
        Ok(text) => Err(format!("expected\n{text}\nbut it says")),
        Err(_) => Err("has no expected.txt; it says".to_owned()),
    }
}

/// The site and the command; none where the system has no such files.
fn set_up(folder: &Path) -> Option<(Folder, Vec<String>)> {
    // Names that differ in letter case alone are one file where the system takes them for the same.
    let knows_case = !cfg!(any(windows, target_os = "macos"));
    if folder.ends_with("same-url.case") && !knows_case {
        return None;
    }
    let script = fs::read_to_string(folder.join("generate.txt")).unwrap_or_default();
    let site = Folder::empty();
    if !script.lines().any(|line| line == "bare") {
        blocks(BASE).for_each(|(path, text)| site.write(&path, text));
    }
    for (path, bytes) in files_in(folder)
        .into_iter()
        .filter(|(path, _)| !OURS.contains(&path.as_str()))
    {
        site.write(&path, bytes);
    }
    let mut args = vec!["build".to_owned()];
    for line in script.lines() {
        let words: Vec<Vec<u8>> = line.split(' ').skip(1).map(unescape).collect();
        match (line.split(' ').next().unwrap(), words.as_slice()) {
            ("bare" | "" | "#", _) => {}
            ("check", []) => args[0] = "check".to_owned(),
            ("run", _) => args.extend(
                words
                    .into_iter()
                    .map(|word| String::from_utf8(word).unwrap()),
            ),
            ("folder", [path]) => fs::create_dir_all(inside(&site, path)?).unwrap(),
            ("repeat", [path, count, text]) => {
                let count = String::from_utf8_lossy(count).parse().unwrap();
                let path = inside(&site, path)?;
                let before = fs::read(&path).unwrap_or_default();
                fs::write(path, [before, text.repeat(count)].concat()).unwrap();
            }
            ("pipe", [path]) => make_pipe(&inside(&site, path)?)?,
            ("link", [path, target]) => make_link(&inside(&site, path)?, &os_path(target)?)?,
            _ => panic!("{}: no such line: {line}", folder.display()),
        }
    }
    Some((site, args))
}

/// A path in the site; none where the system's names are no bytes.
fn inside(site: &Folder, path: &[u8]) -> Option<PathBuf> {
    let path = os_path(path)?;
    let path = site.path("").join(path);
    fs::create_dir_all(path.parent()?).unwrap();
    Some(path)
}

#[cfg(unix)]
fn os_path(path: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Some(std::ffi::OsStr::from_bytes(path).into())
}

#[cfg(not(unix))]
fn os_path(path: &[u8]) -> Option<PathBuf> {
    // A file of such a name is a device there, or lies in a folder.
    let is_name = |name| rungs::path::check_segment(name).is_ok();
    std::str::from_utf8(path)
        .ok()
        .filter(|path| path.is_ascii() && path.split('/').all(is_name))
        .map(PathBuf::from)
}

#[cfg(unix)]
fn make_link(path: &Path, target: &Path) -> Option<()> {
    std::os::unix::fs::symlink(target, path).ok()
}

#[cfg(not(unix))]
fn make_link(_: &Path, _: &Path) -> Option<()> {
    None
}

#[cfg(unix)]
fn make_pipe(path: &Path) -> Option<()> {
    std::process::Command::new("mkfifo")
        .arg(path)
        .status()
        .ok()?
        .success()
        .then_some(())
}

#[cfg(not(unix))]
fn make_pipe(_: &Path) -> Option<()> {
    None
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = vec![];
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.bytes());
        let (kind, after) = after.split_at(1);
        rest = match kind {
            "n" => push(&mut bytes, b"\n", after),
            "s" => push(&mut bytes, b" ", after),
            "\\" => push(&mut bytes, b"\\", after),
            "x" => push(
                &mut bytes,
                &[u8::from_str_radix(&after[..2], 16).unwrap()],
                &after[2..],
            ),
            "u" => {
                let (code, after) = after[1..].split_once('}').unwrap();
                let c = char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
                push(&mut bytes, c.to_string().as_bytes(), after)
            }
            other => panic!("no such escape: \\{other}"),
        };
    }
    bytes.extend(rest.bytes());
    bytes
}

fn push<'a>(bytes: &mut Vec<u8>, more: &[u8], rest: &'a str) -> &'a str {
    bytes.extend(more);
    rest
}
