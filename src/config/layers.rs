//! Layers: the path of a file that an author may write comes in; the files of imports that lie below
//! it go out, and back from a place in the merged file to the file where it stands.
//!
//! A file and its layers are merged as trees, before anything is decoded. So that one span tells in
//! which of them a value stands, the spans of each layer begin at a multiple of [`STEP`], more than
//! any file is long: checks need not know that there are layers.

use serde::Serialize;

use crate::diag::{Diagnostic, Place, SpanKey};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::path::SourcePath;

/// How far the spans of one layer are from those of the next, in bytes; no text file is as long.
pub const STEP: usize = 16 * 1024 * 1024;

/// A file that an author may write, with what imports say of the same.
#[derive(Clone, Debug, Serialize)]
pub struct Layered {
    /// Where the author's file is, or would be.
    pub path: SourcePath,
    /// `None` if there are layers alone.
    pub digest: Option<Digest>,
    /// The first wins over the others.
    pub layers: Vec<Layer>,
}

/// The file of an import.
#[derive(Clone, Debug, Serialize)]
pub struct Layer {
    pub path: SourcePath,
    pub digest: Digest,
    /// Where its spans begin.
    pub offset: usize,
}

impl Layered {
    /// Returns the path of the author's file and those of its layers.
    pub fn paths(&self) -> impl Iterator<Item = &SourcePath> {
        let layers = self.layers.iter().map(|layer| &layer.path);
        std::iter::once(&self.path).chain(layers)
    }

    /// Finds a file and its layers; `None` if there is neither. Imports in `order` come first, the
    /// others in the order of their names.
    pub fn find(inputs: &Inputs, path: &SourcePath, order: &[&str]) -> Option<Self> {
        let digest = inputs.get(path.as_str()).map(|file| file.digest);
        let mut layers: Vec<(usize, Layer)> = layers_of(inputs, path)
            .enumerate()
            .map(|(number, (import, path, digest))| {
                let named = order.iter().position(|name| *name == import);
                let layer = Layer {
                    path: path.clone(),
                    digest,
                    offset: (number + 1).saturating_mul(STEP),
                };
                (named.unwrap_or(order.len()), layer)
            })
            .collect();
        layers.sort_by_key(|(rank, _)| *rank);
        let layers: Vec<Layer> = layers.into_iter().map(|(_, layer)| layer).collect();
        (digest.is_some() || !layers.is_empty()).then(|| Self {
            path: path.clone(),
            digest,
            layers,
        })
    }
}

/// Returns the name of the import that wrote a file, if it is a layer below `file`:
/// `imported.onet.toml` below `role.toml`, `skills.onet.toml` below `skills.toml`.
pub fn import_of<'n>(name: &'n str, file: &str) -> Option<&'n str> {
    let (stem, extension) = file.rsplit_once('.')?;
    name.strip_prefix(stem_of_layers(stem))?
        .strip_prefix('.')?
        .strip_suffix(extension)?
        .strip_suffix('.')
        .filter(|name| is_import(name))
}

/// Returns the name of the import that wrote a file of `content/`, if it is a layer.
pub fn import(path: &SourcePath) -> Option<&str> {
    ["role.toml", "salary.csv", "positions.toml"]
        .iter()
        .chain(super::LISTS)
        .find_map(|file| import_of(path.name(), file))
}

/// Returns true for the name of an import: 4 to 32 lower-case letters and digits, so that none is a
/// language.
pub fn is_import(name: &str) -> bool {
    (4..=32).contains(&name.len())
        && name
            .bytes()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
}

/// What the names of layers of a file begin with.
fn stem_of_layers(stem: &str) -> &str {
    match stem {
        "role" | "framework" => "imported",
        other => other,
    }
}

/// Returns import, path and digest of the layers of a file, in the order of their names.
fn layers_of<'i>(
    inputs: &'i Inputs,
    path: &SourcePath,
) -> impl Iterator<Item = (&'i str, &'i SourcePath, Digest)> {
    let name = path.name().to_owned();
    let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
    let start = format!("{}/{}.", path.folder(), stem_of_layers(stem));
    let from_start = inputs.starting_with(start);
    from_start.filter_map(move |(path, file)| {
        let (_, own) = path.as_str().rsplit_once('/')?;
        Some((import_of(own, &name)?, path, file.digest))
    })
}

/// Puts places that stand in layers into their files.
pub fn place_in_layers(inputs: &Inputs, diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics {
        let related = diagnostic.related.iter_mut().map(|(_, place)| place);
        for place in diagnostic.place.iter_mut().chain(related) {
            put(inputs, place);
        }
    }
}

fn put(inputs: &Inputs, place: &mut Place) {
    let SpanKey { start, end } = place.span;
    let number = start / STEP;
    if number > 0 {
        place.span = SpanKey {
            start: start % STEP,
            end: end.saturating_sub(number * STEP),
        };
    } else if inputs.get(place.path.as_str()).is_some() {
        return;
    }
    // What is missing from a file that is not there is missing from its first layer.
    let layer = layers_of(inputs, &place.path).nth(number.saturating_sub(1));
    if let Some((_, path, _)) = layer {
        place.path = path.clone();
    }
}
