//! `theme eject`: names of a theme's files come in, copies to change go into the site; or the default theme whole. Nothing that is
//! there already is written over.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::args::EjectArgs;
use super::exit::{Exit, Failure};
use super::new::write_new;
use super::shown;
use super::site::{OUTPUT, find};
use super::terminal::Terminal;
use crate::config;
use crate::diag::Diagnostics;
use crate::disk::{self, SiteFolder};
use crate::path::SourcePath;
use crate::suggest;
use crate::theme::{self, Setup};

/// Copies files of the theme.
pub fn eject(args: &EjectArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let EjectArgs { files, site } = args;
    let Some(site) = find(site, terminal)? else { return Ok(Exit::Mistakes) };
    let (copies, next) = match files.as_slice() {
        [] => (whole(&site), WHOLE),
        some => (single(&site, some)?, SINGLE),
    };
    refuse_taken(&copies)?;
    for (path, bytes) in &copies {
        write_new(path, bytes)?;
    }
    match copies.as_slice() {
        [(one, _)] => terminal.say(&format!("Wrote {}", shown::file(one))),
        several => terminal.say(&format!("Wrote {} files{}", several.len(), if files.is_empty() { " into themes/default/" } else { "" })),
    }
    terminal.say(next);
    Ok(Exit::Fine)
}

const SINGLE: &str = "\nIt takes the place of the theme's file from now on: change it, and look at it with `rungs serve`.\nIn i18n/ and for colours less will do: keep only the \
    strings that you change, and \
    put rules into a stylesheet of your own\n([params] stylesheet in site.toml). Delete the file, and the theme's is back. docs/themes.md says what a template sees.";
const WHOLE: &str = "\nThe site is built with them from now on, and they stay as they are when Rungs changes. Delete those that you do not change:\neach \
    one that is missing comes from the program. To begin a theme of your own, see docs/themes.md.";

type Copies = Vec<(PathBuf, Vec<u8>)>;

fn whole(site: &SiteFolder) -> Copies {
    theme::default_theme().map(|(path, bytes)| (site.path().join(path), bytes.to_vec())).collect()
}

fn single(site: &SiteFolder, files: &[String]) -> Result<Copies, Failure> {
    let (inputs, mut faults) = disk::read(site, &site.path().join(OUTPUT), None);
    let known = of_theme(&inputs, &mut faults).ok_or_else(|| Failure::mistake("the theme of the site cannot be read", "`rungs check` says what is wrong"))?;
    let mut copies: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for asked in files {
        let (name, bytes) = known.get_key_value(asked.trim_start_matches("./")).ok_or_else(|| unknown(asked, &known))?;
        copies.insert(site.path().join(name), bytes.clone());
    }
    Ok(copies.into_iter().collect())
}

fn of_theme(inputs: &crate::inputs::Inputs, faults: &mut Diagnostics) -> Option<BTreeMap<String, Vec<u8>>> {
    let config = config::read(inputs, None, faults)?;
    theme::ejectable(inputs, Setup::of(&config, &SourcePath::known("site.toml")), faults)
}

/// Says which file of the theme was meant, or where they are listed.
fn unknown(asked: &str, known: &BTreeMap<String, Vec<u8>>) -> Failure {
    let by_name = |path: &&String| path.rsplit('/').next().is_some_and(|name| name == asked || name.split('.').next() == Some(asked));
    let near = known.keys().find(by_name).map(String::as_str).or_else(|| suggest::nearest(asked, known.keys().map(String::as_str)));
    let help = near.map_or_else(|| format!("its templates are: {}", templates(known)), |near| format!("did you mean {near}?"));
    Failure::usage(format!("the theme has no file {asked}"), help)
}

fn templates(known: &BTreeMap<String, Vec<u8>>) -> String {
    known.keys().map(String::as_str).filter(|path| path.starts_with("templates/")).collect::<Vec<_>>().join(", ")
}

/// All or nothing: a file that somebody may have changed stays.
fn refuse_taken(copies: &Copies) -> Result<(), Failure> {
    let taken: Vec<String> = copies.iter().filter(|(path, _)| path.exists()).map(|(path, _)| shown::file(path)).collect();
    match taken.as_slice() {
        [] => Ok(()),
        [one] => Err(Failure::mistake(format!("{one} exists already; nothing was written"), "edit it, or move it away first")),
        several => {
            let message = format!("{} files exist already; nothing was written:\n  {}", several.len(), several.join("\n  "));
            Err(Failure::mistake(message, "edit them, or move them away first"))
        }
    }
}
