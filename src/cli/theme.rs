//! `rungs theme eject`: names of a theme's files come in; copies of them, or of the whole default
//! theme, are written into the site. Existing files are never overwritten.

use std::collections::BTreeMap;
use std::path::{MAIN_SEPARATOR, PathBuf};

use super::args::EjectArgs;
use super::exit::{Exit, Failure};
use super::new::write_new;
use super::shown;
use super::site::{OUTPUT, find};
use super::terminal::Terminal;
use crate::config;
use crate::diag::Diagnostics;
use crate::disk::{self, SiteFolder};
use crate::memo::Forgetful;
use crate::pages::KINDS;
use crate::path::SourcePath;
use crate::suggest;
use crate::theme::{self, Setup};

/// Copies files of the theme.
pub fn eject(args: &EjectArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let EjectArgs { files, site } = args;
    let Some(site) = find(site, terminal)? else {
        return Ok(Exit::Mistakes);
    };
    let copies = match files.as_slice() {
        [] => whole(&site),
        some => single(&site, some)?,
    };
    refuse_taken(&copies)?;
    for Copy { path, bytes } in &copies {
        write_new(path, bytes)?;
    }
    if files.is_empty() {
        terminal.say(&format!(
            "Wrote {} files into themes/default/",
            copies.len()
        ));
        terminal.say(WHOLE);
        return Ok(Exit::Fine);
    }
    match copies.as_slice() {
        [one] => terminal.say(&format!("Wrote {}", shown::file(&one.path))),
        several => terminal.say(&format!("Wrote {} files", several.len())),
    }
    terminal.say(SINGLE);
    Ok(Exit::Fine)
}

/// What to do next, after single files.
const SINGLE: &str = "\nThe site now uses it instead of the theme's file: edit it, and look at it with `rungs serve`.\nFor words and colours you need no full copy. In a copy of i18n/, keep only the strings that \
    you change.\nPut rules into a stylesheet of your own ([params] stylesheet in site.toml).\nTo go back to the theme's file, delete the copy. docs/themes.md lists what a template can use.";
/// What to do next, after the whole theme.
const WHOLE: &str = "\nThe site is now built with these files, and they no longer change with new versions of Rungs.\nDelete those that you do not want to change: a missing \
    file comes from Rungs.\nTo write a theme of your own, see docs/themes.md.";

/// A copy of a file of the theme.
struct Copy {
    path: PathBuf,
    bytes: Vec<u8>,
}

fn whole(site: &SiteFolder) -> Vec<Copy> {
    theme::default_theme()
        .map(|(path, bytes)| Copy {
            path: site.path().join(path),
            bytes: bytes.to_vec(),
        })
        .collect()
}

fn single(site: &SiteFolder, files: &[String]) -> Result<Vec<Copy>, Failure> {
    let (inputs, mut diagnostics) = disk::read(site, &site.path().join(OUTPUT), None);
    let known = of_theme(&inputs, &mut diagnostics).ok_or_else(|| {
        Failure::mistake(
            "the theme of the site has mistakes that must be corrected first",
            "`rungs check` shows them",
        )
    })?;
    let mut copies: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for asked in files {
        // As the shells of Windows complete it.
        let asked = asked.replace(MAIN_SEPARATOR, "/");
        let (name, bytes) = known
            .get_key_value(asked.trim_start_matches("./"))
            .ok_or_else(|| unknown(&asked, &known))?;
        copies.insert(site.path().join(name), bytes.clone());
    }
    let copy = |(path, bytes)| Copy { path, bytes };
    Ok(copies.into_iter().map(copy).collect())
}

fn of_theme(
    inputs: &crate::inputs::Inputs,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, Vec<u8>>> {
    let config = config::read(inputs, &KINDS, None, diagnostics)?;
    theme::ejectable(
        inputs,
        Setup::of(&config, &SourcePath::known("site.toml"), &Forgetful),
        diagnostics,
    )
}

/// Returns the error that says which file of the theme was probably meant, or which there are.
fn unknown(asked: &str, known: &BTreeMap<String, Vec<u8>>) -> Failure {
    let by_name = |path: &&String| {
        path.rsplit('/')
            .next()
            .is_some_and(|name| name == asked || name.split('.').next() == Some(asked))
    };
    let near = known
        .keys()
        .find(by_name)
        .map(String::as_str)
        .or_else(|| suggest::nearest(asked, known.keys().map(String::as_str)));
    let help = near.map_or_else(
        || format!("its templates are: {}", templates(known)),
        |near| format!("did you mean {near}?"),
    );
    Failure::usage(format!("the theme has no file {asked}"), help)
}

fn templates(known: &BTreeMap<String, Vec<u8>>) -> String {
    known
        .keys()
        .map(String::as_str)
        .filter(|path| path.starts_with("templates/"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Refuses all copies if one of them exists: somebody may have changed it.
fn refuse_taken(copies: &[Copy]) -> Result<(), Failure> {
    let taken: Vec<String> = copies
        .iter()
        .filter(|copy| copy.path.exists())
        .map(|copy| shown::file(&copy.path))
        .collect();
    match taken.as_slice() {
        [] => Ok(()),
        [one] => Err(Failure::mistake(
            format!("{one} exists already; nothing was written"),
            "edit it, or move it away first",
        )),
        several => {
            let message = format!(
                "{} files exist already; nothing was written:\n  {}",
                several.len(),
                several.join("\n  ")
            );
            Err(Failure::mistake(
                message,
                "edit them, or move them away first",
            ))
        }
    }
}
