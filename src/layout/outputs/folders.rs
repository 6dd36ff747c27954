//! Files with the name of a folder: all outputs come in, an error for each path that would have to be
//! a file and a folder goes out.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::collector::conflict;
use super::owner::owner;
use crate::diag::Diagnostics;
use crate::layout::Layout;
use crate::layout::output::Output;
use crate::path::OutPath;
use crate::site::Site;

/// Paths that are not their own folded form, by that form.
type Unfolded<'l> = BTreeMap<String, &'l OutPath>;

/// Reports the files that have the name of a folder, because no disk holds both, and returns the
/// paths in question.
pub fn check(site: &Site, layout: &Layout, diagnostics: &mut Diagnostics) -> Vec<OutPath> {
    let paths = layout.outputs.whole().keys();
    let unfolded: Unfolded<'_> = paths
        .filter_map(|path| Some((path.folded()?, path)))
        .collect();
    // Nearly all files are called `index.html`, and hardly any site has a folder of that name.
    let has_index_folder = layout
        .outputs
        .whole()
        .keys()
        .any(|path| memchr::memmem::find(path.as_str().as_bytes(), b"index.html/").is_some());
    let can_be_folder =
        |path: &&OutPath| has_index_folder || !path.as_str().ends_with("index.html");
    let mut contested = vec![];
    let outputs = layout.outputs.whole();
    for (file, output_of_file) in outputs.iter().filter(|(path, _)| can_be_folder(path)) {
        let folder = format!("{}/", file.folded().as_deref().unwrap_or(file.as_str()));
        let Some((inside, output)) = first_inside(layout, &folder, &unfolded) else {
            continue;
        };
        let file_owner = owner(site, layout, output_of_file);
        let inside_owner = owner(site, layout, output);
        let message = format!(
            "{} wants to be the file {file}, which {} needs as a folder, for {inside}",
            file_owner.words, inside_owner.words
        );
        let label = "the file comes from here";
        diagnostics.push(conflict(message, inside_owner, file_owner, label));
        contested.extend([file.clone(), inside.clone()]);
    }
    contested
}

/// Returns an output inside a folder.
fn first_inside<'l>(
    layout: &'l Layout,
    folder: &str,
    unfolded: &Unfolded<'_>,
) -> Option<(&'l OutPath, &'l Output)> {
    let index = format!("{folder}index.html");
    if let Some(found) = layout.outputs.whole().get_key_value(index.as_str()) {
        return Some(found);
    }
    let from = (Bound::Included(folder), Bound::Unbounded);
    if let Some((path, output)) = layout.outputs.whole().range::<str, _>(from).next()
        && path.as_str().starts_with(folder)
    {
        return Some((path, output));
    }
    let (form, path) = unfolded.range::<str, _>(from).next()?;
    if form.starts_with(folder) {
        layout.outputs.whole().get_key_value(path.as_str())
    } else {
        None
    }
}
