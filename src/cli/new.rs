//! `rungs new`: a folder comes in; a small site that builds without an edit or a warning is written
//! into it.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::args::{Host, NewArgs};
use super::date::build_date;
use super::exit::{Exit, Failure};
use super::schema;
use super::terminal::Terminal;
use crate::disk::shown;

/// The starter: `site/` for every new site, `hosts/` for where it is published, `add/` for the
/// command `add`.
pub static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

/// Creates a site.
pub fn new(args: &NewArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let NewArgs {
        folder,
        host,
        quiet: _,
    } = args;
    refuse_taken(folder)?;
    let today = build_date()?.to_string();
    let publish = publish_table(*host);
    let values = [("today", today.as_str()), ("publish", publish.as_str())];
    copy("site", folder, &values)?;
    if *host != Host::None {
        copy("hosts/common", folder, &values)?;
        copy(&format!("hosts/{}", host.name()), folder, &values)?;
    }
    schema::write_all(&folder.join(schema::FOLDER))?;
    let shown = shown(folder);
    terminal.say(&format!(
        "Created a site in {shown}. To see it:\n\n  cd {shown}\n  rungs serve --open\n\nIts README.md explains which file is what."
    ));
    Ok(Exit::Fine)
}

/// Replaces `{{ name }}` by values, once: a value that looks like a name stays as it is. Shortcodes
/// (`{{<`) and names that are not given (GitHub's `${{ … }}`) stay too.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{ ") {
        filled.push_str(before);
        let known = after.split_once(" }}").and_then(|(name, after)| {
            values
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value, after))
        });
        let (value, after) = known.unwrap_or(("{{ ", after));
        filled.push_str(value);
        rest = after;
    }
    filled + rest
}

/// Writes a file that must not exist yet, with the folders above it.
pub fn write_new(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let write = || {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        fs::File::create_new(path)?.write_all(text)
    };
    write().map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::mistake(
            format!("{} exists already", shown(path)),
            "edit it, or choose another name",
        ),
        _ => Failure::machine(format!("cannot write {}: {error}", shown(path))),
    })
}

/// Refuses a folder that holds anything but a new git repository.
fn refuse_taken(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            return Err(Failure::usage(
                format!("cannot create a site in {}: {error}", shown(folder)),
                "name a new folder",
            ));
        }
    };
    let taken = entries
        .filter_map(Result::ok)
        .any(|entry| entry.file_name() != ".git");
    if taken {
        return Err(Failure::usage(
            format!("{} is not empty", shown(folder)),
            "name a new folder: `rungs new my-site`",
        ));
    }
    Ok(())
}

/// Returns the lines of site.toml that name the host, so that its limits are known.
fn publish_table(host: Host) -> String {
    if host == Host::None {
        return String::new();
    }
    let name = host.name();
    format!(
        "# Where the site is published. Rungs warns before a limit of the host is met.\n[publish]\nhost = \"{name}\"\n\n"
    )
}

/// Copies a part of the starter into the folder of the site, with values filled in.
fn copy(part: &str, folder: &Path, values: &[(&str, &str)]) -> Result<(), Failure> {
    let root = STARTER
        .get_dir(part)
        .ok_or_else(|| Failure::machine(format!("this program was built without its {part}")))?;
    copy_dir(root, root.path(), folder, values)
}

fn copy_dir(
    from: &Dir<'_>,
    root: &Path,
    folder: &Path,
    values: &[(&str, &str)],
) -> Result<(), Failure> {
    for file in from.files() {
        let target = folder.join(file.path().strip_prefix(root).unwrap_or(file.path()));
        let text = String::from_utf8_lossy(file.contents());
        write_new(&target, fill(&text, values).as_bytes())?;
    }
    from.dirs()
        .try_for_each(|dir| copy_dir(dir, root, folder, values))
}
