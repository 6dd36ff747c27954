//! `rungs explain`: an address, a file of the output or a source file comes in; what it is made
//! from, or what is made from it, is printed.

use std::path::Path;

use super::args::ExplainArgs;
use super::exit::{Exit, Failure};
use super::site::{self, OUTPUT, find, memo, open_cache};
use super::terminal::Terminal;
use crate::disk::{self, SiteFolder};
use crate::inputs::Inputs;
use crate::layout::origin;
use crate::layout::origin::Origin;
use crate::memo::Sources;
use crate::path::{OutPath, SourcePath};
use crate::pipeline;
use crate::plan::Plan;
use crate::suggest;

/// Prints what one output is made from, or all outputs that are made from a source file.
pub fn explain(args: &ExplainArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let what = &args.what;
    let options = site::options(&args.content)?;
    let Some(site) = find(&args.site, terminal)? else {
        return Ok(Exit::Mistakes);
    };
    let (inputs, _) = disk::read(&site, &site.path().join(OUTPUT), None);
    let cache = open_cache(&site, &args.cache);
    let sources = Sources {
        inputs: &inputs,
        memo: memo(cache.as_ref()),
    };
    let Some(plan) = pipeline::plan_only(sources, &options) else {
        return Err(Failure::mistake(
            "the site has mistakes that must be corrected first",
            "`rungs check` shows them",
        ));
    };
    let found = match of_output(&plan, &inputs, &site, what) {
        Some(output) => vec![output],
        None => of_source(&plan, &inputs, &site, what),
    };
    if found.is_empty() {
        return Err(unknown(&plan, &inputs, what));
    }
    let text: Vec<String> = found.iter().map(shown).collect();
    terminal.print(&text.join("\n"));
    Ok(Exit::Fine)
}

/// Returns the error that says which address was probably meant.
fn unknown(plan: &Plan, inputs: &Inputs, what: &str) -> Failure {
    let known: Vec<String> = plan
        .layout
        .outputs
        .whole()
        .keys()
        .filter_map(|path| Some(origin::origin(&plan.site, &plan.layout, path, inputs)?.address))
        .collect();
    let help = match suggest::nearest(what, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near}?"),
        None => "give an address such as /roles/nurse/, a file of the output, or a source file"
            .to_owned(),
    };
    Failure::mistake(
        format!("this site has no page or file {what}, and nothing is made from it"),
        help,
    )
}

/// An output, and what it is made from.
struct Found {
    path: OutPath,
    origin: Origin,
}

impl Found {
    fn at(path: &OutPath, plan: &Plan, inputs: &Inputs) -> Option<Self> {
        Some(Self {
            origin: origin::origin(&plan.site, &plan.layout, path, inputs)?,
            path: path.clone(),
        })
    }
}

/// Returns the output at an address, or at a path in the output folder.
fn of_output(plan: &Plan, inputs: &Inputs, site: &SiteFolder, what: &str) -> Option<Found> {
    let address = what
        .strip_prefix(plan.site.config.origin.as_str())
        .unwrap_or(what);
    let with_slash = format!("{address}/");
    let by_address = [address, &with_slash]
        .into_iter()
        .filter(|it| it.starts_with('/'))
        .find_map(|it| {
            plan.site
                .config
                .output_of_href(it)
                .filter(|out| plan.layout.outputs.contains_key(out))
        });
    let by_path = || {
        OutPath::new(&inside(&site.path().join(OUTPUT), what).unwrap_or_else(|| what.to_owned()))
            .ok()
    };
    Found::at(&by_address.or_else(by_path)?, plan, inputs)
}

/// Returns all outputs that are made from a source file, a template or a record.
fn of_source(plan: &Plan, inputs: &Inputs, site: &SiteFolder, what: &str) -> Vec<Found> {
    let Ok(source) = SourcePath::new(&inside(site.path(), what).unwrap_or_else(|| what.to_owned()))
    else {
        return vec![];
    };
    let has = |origin: &Origin| {
        let Origin {
            address: _,
            kind: _,
            text,
            records,
            templates,
            copy_of,
        } = origin;
        text.iter()
            .chain(records)
            .chain(templates)
            .chain(copy_of)
            .any(|path| *path == source)
    };
    plan.layout
        .outputs
        .whole()
        .keys()
        .filter_map(|path| Found::at(path, plan, inputs))
        .filter(|found| has(&found.origin))
        .collect()
}

/// Returns a path that a person typed in the current folder as a path inside another folder.
fn inside(folder: &Path, what: &str) -> Option<String> {
    let there = disk::real_path(Path::new(what)).ok()?;
    let parts: Vec<_> = there
        .strip_prefix(disk::real_path(folder).ok()?)
        .ok()?
        .iter()
        .map(|part| part.to_string_lossy())
        .collect();
    Some(parts.join("/")).filter(|path| !path.is_empty())
}

fn shown(found: &Found) -> String {
    let Found { path, origin } = found;
    let Origin {
        address,
        kind,
        text,
        records,
        templates,
        copy_of,
    } = origin;
    let list = |paths: &mut dyn Iterator<Item = &SourcePath>| {
        paths.map(SourcePath::as_str).collect::<Vec<_>>().join(", ")
    };
    let lines = [
        ("is", kind.clone()),
        ("file", path.as_str().to_owned()),
        ("copy of", list(&mut copy_of.iter())),
        ("text", list(&mut text.iter())),
        ("data", list(&mut records.iter())),
        ("template", list(&mut templates.iter().take(1))),
        ("on top of", list(&mut templates.iter().skip(1))),
    ];
    let lines = lines
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("  {name:<10}{value}\n"));
    format!("{address}\n{}", lines.collect::<String>())
}
