//! The default theme inside the program: its files as they were when the program was built.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use include_dir::{Dir, DirEntry, include_dir};

use crate::path::SourcePath;
use crate::source::Source;

/// The folder that the built-in theme would have in a site.
pub const FOLDER: &str = "themes/default";

/// Files that stand in for files of the site where it has none of that name.
pub type Builtin = BTreeMap<SourcePath, &'static [u8]>;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// All files of the built-in theme, under the paths that they would have in a site.
pub fn builtin() -> &'static Builtin {
    static KNOWN: OnceLock<Builtin> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut files = Builtin::new();
        collect(&FILES, &mut files);
        files
    })
}

/// The text of a file of the built-in theme, so that a message can show a line of it.
pub fn source(path: &SourcePath) -> Option<Source> {
    builtin()
        .get(path)
        .and_then(|bytes| Source::decode(path, bytes).ok())
}

fn collect(folder: &'static Dir<'static>, files: &mut Builtin) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, files),
            DirEntry::File(file) => {
                let parts = file.path().iter().map(|part| part.to_string_lossy());
                let path = std::iter::once(FOLDER.into())
                    .chain(parts)
                    .collect::<Vec<_>>()
                    .join("/");
                files.extend(
                    SourcePath::new(&path)
                        .ok()
                        .map(|path| (path, file.contents())),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_files_have_the_paths_of_a_site() {
        let path = SourcePath::new("themes/default/theme.toml").unwrap();
        assert!(source(&path).unwrap().text.contains("name"));
        assert!(builtin().keys().all(|path| path.inside(FOLDER).is_some()));
    }
}
