//! `rungs explain`: an address, a file of the output or a source comes in; what it is made of, or what is made of it, is said.

use std::path::Path;

use super::args::ExplainArgs;
use super::exit::{Exit, Failure};
use super::site::{self, OUTPUT, find, memo, open_cache};
use super::terminal::Terminal;
use crate::build;
use crate::disk::{self, SiteFolder};
use crate::inputs::Inputs;
use crate::path::{OutPath, SourcePath};
use crate::plan::{Origin, Plan};
use crate::suggest;

/// Says where one output comes from, or all outputs that a source is in.
pub fn explain(args: &ExplainArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let ExplainArgs { what, site, content, cache } = args;
    let options = site::options(content)?;
    let Some(site) = find(site, terminal)? else { return Ok(Exit::Mistakes) };
    let (inputs, _) = disk::read(&site, &site.path().join(OUTPUT), None);
    let cache = open_cache(&site, cache);
    let Some(plan) = build::plan_only(&inputs, &options, memo(cache.as_ref())) else {
        return Err(Failure::mistake("the site cannot be planned", "`rungs check` says what is wrong"));
    };
    let found = of_output(&plan, &inputs, &site, what).map_or_else(|| of_source(&plan, &inputs, &site, what), |origin| vec![origin]);
    if found.is_empty() {
        let known = plan.outputs.keys().filter_map(|path| Some(plan.origin(path, &inputs)?.address)).collect::<Vec<_>>();
        let near = suggest::nearest(what, known.iter().map(String::as_str)).map(|near| format!("did you mean {near}?"));
        let help = near.unwrap_or_else(|| "name an address such as /roles/nurse/, a file of the output, or a source file".to_owned());
        return Err(Failure::mistake(format!("nothing in this site is or comes from {what}"), help));
    }
    let text: Vec<String> = found.iter().map(|(path, origin)| shown(path, origin)).collect();
    terminal.print(&text.join("\n"));
    Ok(Exit::Fine)
}

type Found = (OutPath, Origin);

/// The output at an address, or at a path in or below the output folder.
fn of_output(plan: &Plan, inputs: &Inputs, site: &SiteFolder, what: &str) -> Option<Found> {
    let address = what.strip_prefix(plan.site.config.origin.as_str()).unwrap_or(what);
    let with_slash = format!("{address}/");
    let by_address =
        [address, &with_slash].into_iter().filter(|it| it.starts_with('/')).find_map(|it| plan.output_of_href(it).filter(|out| plan.outputs.contains_key(out)));
    let by_path = || OutPath::new(&inside(&site.path().join(OUTPUT), what).unwrap_or_else(|| what.to_owned())).ok();
    let path = by_address.or_else(by_path)?;
    Some((path.clone(), plan.origin(&path, inputs)?))
}

/// All outputs that a source file, a template or a record is in.
fn of_source(plan: &Plan, inputs: &Inputs, site: &SiteFolder, what: &str) -> Vec<Found> {
    let Ok(source) = SourcePath::new(&inside(site.path(), what).unwrap_or_else(|| what.to_owned())) else { return vec![] };
    let has = |origin: &Origin| {
        let Origin { address: _, kind: _, text, records, templates, copy_of } = origin;
        text.iter().chain(records).chain(templates).chain(copy_of).any(|path| *path == source)
    };
    plan.outputs.keys().filter_map(|path| Some((path.clone(), plan.origin(path, inputs)?))).filter(|(_, origin)| has(origin)).collect()
}

/// A path that a person typed in the current folder, as it is inside another one.
fn inside(folder: &Path, what: &str) -> Option<String> {
    let there = Path::new(what).canonicalize().ok()?;
    let parts: Vec<_> = there.strip_prefix(folder.canonicalize().ok()?).ok()?.iter().map(|part| part.to_string_lossy()).collect();
    Some(parts.join("/")).filter(|path| !path.is_empty())
}

fn shown(path: &OutPath, origin: &Origin) -> String {
    let Origin { address, kind, text, records, templates, copy_of } = origin;
    let list = |paths: &mut dyn Iterator<Item = &SourcePath>| paths.map(SourcePath::as_str).collect::<Vec<_>>().join(", ");
    let lines = [
        ("is", kind.clone()),
        ("file", path.as_str().to_owned()),
        ("copy of", list(&mut copy_of.iter())),
        ("text", list(&mut text.iter())),
        ("data", list(&mut records.iter())),
        ("template", list(&mut templates.iter().take(1))),
        ("on top of", list(&mut templates.iter().skip(1))),
    ];
    let lines = lines.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("  {name:<10}{value}\n"));
    format!("{address}\n{}", lines.collect::<String>())
}
