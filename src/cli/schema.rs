//! `rungs schema`: the name of a data file comes in; its JSON Schema, with which editors complete
//! and check TOML, goes out.

use std::fs;
use std::path::Path;

use clap::ValueEnum;

use super::args::SchemaArgs;
use super::exit::{Exit, Failure};
use super::report::plural;
use super::shown;
use super::site::find;
use super::terminal::Terminal;
use crate::config::{AreasFile, AuthorsFile, CategoriesFile, SiteFile, SkillsFile, SourcesFile};
use crate::data::Schema;
use crate::disk;
use crate::import::table::map::MapFile;
use crate::role::record::{FrameworkFile, PositionsFile, RoleFile};

/// The folder of a site that has its schemas. Files of the site refer to it in their `#:schema`
/// lines.
pub const FOLDER: &str = ".rungs";

/// A data file, by its name without `.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Name {
    Site,
    Role,
    Positions,
    Framework,
    Skills,
    Sources,
    Categories,
    Areas,
    Authors,
    /// The map of an import
    Map,
}

/// Prints one schema, or writes all of them into a folder.
pub fn schema(args: &SchemaArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let SchemaArgs {
        name,
        output_dir,
        site,
    } = args;
    if let Some(name) = name {
        terminal.print(&text(*name));
        return Ok(Exit::Fine);
    }
    let folder = match output_dir {
        Some(folder) => folder.clone(),
        None => {
            let Some(site) = find(site, terminal)? else {
                return Ok(Exit::Mistakes);
            };
            site.path().join(FOLDER)
        }
    };
    write_all(&folder)?;
    let folder = disk::real_path(&folder).unwrap_or(folder);
    terminal.say(&format!(
        "Wrote {} into {}",
        plural(Name::value_variants().len(), "schema"),
        shown::folder(&folder)
    ));
    Ok(Exit::Fine)
}

/// Writes every schema as `NAME.schema.json`.
pub fn write_all(folder: &Path) -> Result<(), Failure> {
    let failed = |path: &Path, error: std::io::Error| {
        Failure::machine(format!("cannot write {}: {error}", disk::shown(path)))
    };
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for name in Name::value_variants() {
        let path = folder.join(format!("{}.schema.json", name.file()));
        fs::write(&path, text(*name)).map_err(|error| failed(&path, error))?;
    }
    Ok(())
}

fn text(name: Name) -> String {
    let title = format!("{}.toml of a Rungs site", name.file());
    let schema = match name {
        Name::Site => Schema::of::<SiteFile>(&title),
        Name::Role => Schema::above_layers::<RoleFile>(&title),
        Name::Positions => Schema::of::<PositionsFile>(&title),
        Name::Framework => Schema::above_layers::<FrameworkFile>(&title),
        Name::Skills => Schema::of::<SkillsFile>(&title),
        Name::Sources => Schema::of::<SourcesFile>(&title),
        Name::Categories => Schema::of::<CategoriesFile>(&title),
        Name::Areas => Schema::of::<AreasFile>(&title),
        Name::Authors => Schema::of::<AuthorsFile>(&title),
        Name::Map => Schema::of::<MapFile>("Map of an import into a Rungs site"),
    };
    format!("{schema:#}\n")
}

impl Name {
    /// Returns the file's name without `.toml`, as on the command line.
    fn file(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }
}
