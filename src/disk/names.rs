//! Which names of the site folder mean something: a file's name comes in, whether to read it goes out.

/// Larger text files are refused: no person wrote them, and every page would carry the cost.
pub const LARGEST_TEXT: u64 = 10 * 1024 * 1024;

/// The folders of a site that are read; everything else in its folder is none of ours.
pub const FOLDERS: [&str; 5] = ["content", "i18n", "static", "templates", "themes"];

/// Hidden names that web servers give a meaning to. They are published when they stand in a `static/` folder.
const SERVED: [&str; 3] = [".well-known", ".nojekyll", ".htaccess"];

/// Whether a name belongs to an editor or a system, not to the site: hidden files, locks, backups, and the file `4913`
/// with which Vim tries whether it may write. `parents` is the path of its folder.
pub fn is_ignored(name: &str, parents: &str) -> bool {
    let hidden = name.starts_with('.') && !(SERVED.contains(&name) && is_static(parents));
    let backup = name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".swx") || (name.starts_with('#') && name.ends_with('#'));
    hidden || backup || matches!(name, "4913" | "Thumbs.db" | "desktop.ini")
}

/// Whether files of this extension are text that is read whole.
pub fn is_text(extension: &str) -> bool {
    matches!(extension, "md" | "toml" | "csv" | "html" | "txt" | "json" | "css" | "js" | "svg" | "xml")
}

/// Whether a folder is the top of a `static/`, of the site or of a theme.
fn is_static(folder: &str) -> bool {
    folder == "static" || folder.strip_prefix("themes/").and_then(|rest| rest.strip_suffix("/static")).is_some_and(|theme| !theme.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave_behind_is_ignored() {
        for name in [".git", ".DS_Store", "a.md~", ".#a.md", "#a.md#", ".a.md.swp", "a.swp", "4913"] {
            assert!(is_ignored(name, "content"), "{name} is read");
        }
        for name in ["a.md", "_headers", "c#", "~a", "swp"] {
            assert!(!is_ignored(name, "static"), "{name} is ignored");
        }
    }

    #[test]
    fn servers_get_their_hidden_files_and_nothing_else_hidden() {
        assert!(!is_ignored(".well-known", "static") && !is_ignored(".nojekyll", "themes/plain/static"));
        assert!(is_ignored(".well-known", "content") && is_ignored(".htaccess", "static/deep") && is_ignored(".env", "static"));
    }
}
