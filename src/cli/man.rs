//! `rungs man`: the declaration of the command line comes in; a manual page for each command goes
//! out. Packages of Rungs have these pages, and people have the packages: so `--help` leaves the
//! command out.

use std::fs;

use clap::CommandFactory;

use super::args::{Args, ManArgs};
use super::exit::{Exit, Failure};

/// Writes the pages `rungs.1`, `rungs-build.1` and so on.
pub fn man(args: &ManArgs) -> Result<Exit, Failure> {
    let ManArgs { folder } = args;
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Args::command(), folder))
        .map_err(|error| {
            Failure::machine(format!(
                "cannot write manual pages into {}: {error}",
                folder.display()
            ))
        })?;
    Ok(Exit::Fine)
}
