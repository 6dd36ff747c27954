//! The names that mean something in a site's folder: a file's name comes in; whether to read the
//! file goes out.

/// The largest text file that is read, in bytes. No person writes larger ones, and every build
/// would carry the cost.
pub const LARGEST_TEXT: u64 = 10 * 1024 * 1024;

/// The folders of a site that are read. Everything else in its folder is ignored.
pub const FOLDERS: [&str; 5] = ["content", "i18n", "static", "templates", "themes"];

/// Hidden names that web servers give a meaning to. They are published from the top of a `static/`
/// folder.
const SERVED: [&str; 3] = [".well-known", ".nojekyll", ".htaccess"];

/// Returns true if a name belongs to an editor or a system, not to the site: hidden files, locks,
/// backups, and the file `4913` with which Vim tests whether it may write. `folder` is the path of
/// the folder that the file is in.
pub fn is_ignored(name: &str, folder: &str) -> bool {
    let hidden = name.starts_with('.') && !(SERVED.contains(&name) && is_static(folder));
    let backup = name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".swx")
        || (name.starts_with('#') && name.ends_with('#'));
    hidden || backup || matches!(name, "4913" | "Thumbs.db" | "desktop.ini")
}

/// Returns true if files of this extension are text, which is read as a whole.
pub fn is_text(extension: &str) -> bool {
    matches!(
        extension,
        "md" | "toml" | "csv" | "html" | "txt" | "json" | "css" | "js" | "svg" | "xml"
    )
}

/// Returns true if a folder is the top of a `static/` folder, of the site or of a theme.
fn is_static(folder: &str) -> bool {
    folder == "static"
        || folder
            .strip_prefix("themes/")
            .and_then(|rest| rest.strip_suffix("/static"))
            .is_some_and(|theme| !theme.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave_behind_is_ignored() {
        for name in [
            ".git",
            ".DS_Store",
            "a.md~",
            ".#a.md",
            "#a.md#",
            ".a.md.swp",
            "a.swp",
            "4913",
        ] {
            assert!(is_ignored(name, "content"), "{name} is read");
        }
        for name in ["a.md", "_headers", "c#", "~a", "swp"] {
            assert!(!is_ignored(name, "static"), "{name} is ignored");
        }
    }

    #[test]
    fn servers_get_their_hidden_files_and_nothing_else_hidden() {
        assert!(
            !is_ignored(".well-known", "static") && !is_ignored(".nojekyll", "themes/plain/static")
        );
        assert!(
            is_ignored(".well-known", "content")
                && is_ignored(".htaccess", "static/deep")
                && is_ignored(".env", "static")
        );
    }
}
