//! Addresses of the preview: the path of a request comes in; the output of the site that it stands
//! for goes out. Nothing else is ever served.

use crate::path::{OutPath, UrlPath, encode};
use crate::plan::Plan;

/// What an address of the server stands for.
pub enum Found {
    Output(OutPath),
    /// The request meant this address of an output, percent-encoded.
    Elsewhere(String),
    /// There is nothing, but an output of this path would be there.
    Missing(OutPath),
    /// No output can have this address.
    Nowhere,
}

/// Looks up an address among the outputs of a plan.
pub fn find(plan: &Plan, path: &str) -> Found {
    let base = plan.site.config.base_path.as_str();
    let mount = base.trim_end_matches('/');
    let home = || Found::Elsewhere(encode(base).into_owned());
    if path == "/" && !mount.is_empty() {
        return home();
    }
    let Some(inner) = path.strip_prefix(mount) else {
        return Found::Nowhere;
    };
    if inner.is_empty() {
        return home();
    }
    let Ok(url) = UrlPath::new(inner) else {
        return Found::Nowhere;
    };
    let out = url.output();
    if plan.layout.outputs.contains_key(&out) {
        return Found::Output(out);
    }
    match UrlPath::new(&format!("{inner}/")) {
        Ok(folder) if plan.layout.outputs.contains_key(&folder.output()) => {
            let address = format!("{mount}{}/", url.as_str());
            Found::Elsewhere(encode(&address).into_owned())
        }
        _ => Found::Missing(out),
    }
}
