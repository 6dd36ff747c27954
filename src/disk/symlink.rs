//! Symbolic links in a site's folder: a link comes in; what it leads to, or why it cannot be
//! followed, goes out. Links are followed inside the site's folder only.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::real::{real_path, shown};
use super::source_tree::{Folder, SourceTree, Target};
use crate::diag::{Code, Diagnostic};

/// Follows a link, and notes in the folder where it leads.
pub fn follow(
    tree: &SourceTree<'_>,
    found: &mut Folder,
    name: &OsStr,
) -> Result<Target, Diagnostic> {
    let link = found.place.path.join(name);
    let written = fs::read_link(&link).unwrap_or_default();
    found
        .links
        .push(without_dots(&found.place.real.join(&written)));
    let reached = fs::metadata(&link).and_then(|metadata| Ok((metadata, real_path(&link)?)));
    let (metadata, target) = reached.map_err(|error| dead_link(&error))?;
    found.links.push(target.clone());
    if metadata.is_dir() && found.place.chain().any(|place| place.real == target) {
        return Err(link_error(
            "this symbolic link leads to a folder that it stands in: a circle",
            "delete the link",
        ));
    }
    if target.starts_with(tree.output) {
        return Err(link_error(
            "this symbolic link leads into the output folder",
            "link to the source of the file instead",
        ));
    }
    if !target.starts_with(tree.site) {
        let message = format!(
            "this symbolic link leads out of the site, to `{}`",
            shown(&written)
        );
        return Err(link_error(
            &message,
            "copy the file or folder into the site",
        ));
    }
    Ok(Target {
        metadata,
        path: Some(target),
    })
}

fn link_error(message: &str, help: &str) -> Diagnostic {
    Diagnostic::error(Code::LinkLeavesSite, message).help(help)
}

/// Returns the diagnostic for a link that leads to nothing that can be read. Systems number their
/// errors differently, so only plain ones are told apart.
fn dead_link(error: &io::Error) -> Diagnostic {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "leads to nothing",
        io::ErrorKind::PermissionDenied => "leads to where you may not read",
        _ => "leads to itself",
    };
    link_error(
        &format!("this symbolic link {why}"),
        "point it at a file of the site, or delete it",
    )
}

/// Returns where a path leads if no folder in it is a link, without looking at the disk.
fn without_dots(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}
