//! Files of a theme to copy: the site folder comes in, each file below `templates/`, `static/` and
//! `i18n/` of the theme that it uses goes out, from the nearest theme that has it; and the default
//! theme whole. What copies them is `cli/`.

use std::collections::BTreeMap;

use super::Setup;
use super::builtin::{FOLDER, builtin};
use super::layers::Layers;
use crate::diag::Diagnostics;
use crate::inputs::Inputs;

/// The folders of a theme whose files a site may have in its place.
const PARTS: [&str; 3] = ["templates", "static", "i18n"];

/// Files of the theme that a site uses, by the paths that they have in the site's own folder:
/// `templates/hub.html`. None when there is no such theme.
pub fn ejectable(
    inputs: &Inputs,
    setup: Setup<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, Vec<u8>>> {
    let layers = Layers::follow(
        inputs,
        builtin(),
        (setup.site_path, setup.name),
        diagnostics,
    )?;
    let mut files = BTreeMap::new();
    for part in PARTS {
        for (name, found) in layers.of_themes(part) {
            let bytes = match found.embedded {
                Some(bytes) => Some(bytes.to_vec()),
                None => diagnostics
                    .take(inputs.bytes(&found.path))
                    .map(|bytes| bytes.to_vec()),
            };
            files.extend(bytes.map(|bytes| (format!("{part}/{name}"), bytes)));
        }
    }
    Some(files)
}

/// The default theme whole, by the paths that its files have in a site:
/// `themes/default/theme.toml`.
pub fn default_theme() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    builtin()
        .iter()
        .map(|(path, bytes)| (path.as_str(), *bytes))
        .filter(|(path, _)| path.starts_with(FOLDER))
}
