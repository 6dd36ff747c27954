//! `new`: a folder comes in, a small site that builds without an edit or a warning stands in it.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::args::{Host, NewArgs};
use super::date::build_date;
use super::exit::{Exit, Failure};
use super::schema;
use super::terminal::Terminal;

/// The starter: `site/` for every new site, `hosts/` for where it is published, `add/` for the command `add`.
pub static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

/// Makes a site.
pub fn new(args: &NewArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let NewArgs { folder, host, quiet: _ } = args;
    refuse_taken(folder)?;
    let today = build_date()?.to_string();
    copy("site", folder, &today)?;
    match host {
        Host::Netlify => copy("hosts/netlify", folder, &today)?,
        Host::Github => copy("hosts/github", folder, &today)?,
        Host::S3 => copy("hosts/s3", folder, &today)?,
        Host::None => {}
    }
    schema::write_all(&folder.join(schema::FOLDER))?;
    let shown = folder.display();
    terminal.say(&format!("Made a site in {shown}\n\n  cd {shown}\n  rungs build\n\nIts README.md says what is where."));
    Ok(Exit::Fine)
}

/// Puts values in place of `{{ name }}`, once: a value that looks like a name stays as it is.
/// Shortcodes are written `{{<`, and names that are not given stay too (GitHub's `${{ … }}`).
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{ ") {
        filled.push_str(before);
        let known = after.split_once(" }}").and_then(|(name, after)| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, after)));
        let (value, after) = known.unwrap_or(("{{ ", after));
        filled.push_str(value);
        rest = after;
    }
    filled + rest
}

/// Writes a file that must not be there yet, with the folders above it.
pub fn write_new(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let write = || {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        fs::File::create_new(path)?.write_all(text)
    };
    write().map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::mistake(format!("{} exists already", path.display()), "edit it, or choose another name"),
        _ => Failure::machine(format!("cannot write {}: {error}", path.display())),
    })
}

/// A site is made in a new folder, or in one that holds nothing but a fresh repository.
fn refuse_taken(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::usage(format!("cannot make a site in {}: {error}", folder.display()), "name a new folder")),
    };
    let taken = entries.filter_map(Result::ok).any(|entry| entry.file_name() != ".git");
    if taken {
        return Err(Failure::usage(format!("{} is not empty", folder.display()), "name a new folder: `rungs new my-site`"));
    }
    Ok(())
}

fn copy(part: &str, folder: &Path, today: &str) -> Result<(), Failure> {
    let root = STARTER.get_dir(part).ok_or_else(|| Failure::machine(format!("this program was built without its {part}")))?;
    copy_dir(root, root.path(), folder, today)
}

fn copy_dir(from: &Dir<'_>, root: &Path, folder: &Path, today: &str) -> Result<(), Failure> {
    for file in from.files() {
        let target = folder.join(file.path().strip_prefix(root).unwrap_or(file.path()));
        let text = String::from_utf8_lossy(file.contents());
        write_new(&target, fill(&text, &[("today", today)]).as_bytes())?;
    }
    from.dirs().try_for_each(|dir| copy_dir(dir, root, folder, today))
}
