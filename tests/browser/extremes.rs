//! The site of extremes in a browser: no page scrolls sideways, and no text is cut or lies on
//! another, on phones and desktops, with letters of twice the size, in light and dark, and from
//! right to left.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::folder::{Folder, Ran};
use super::page::Page;

const MEASURE: &str = include_str!("layout.js");

/// Widths of windows, the size of the root's letters, and the colors.
const SIZES: [(u32, &str, &str); 8] = [
    (320, "100%", "light"),
    (375, "100%", "light"),
    (375, "100%", "dark"),
    (1280, "100%", "light"),
    (1280, "100%", "dark"),
    (375, "200%", "light"),
    (768, "200%", "dark"),
    (1280, "200%", "light"),
];

/// A built site in a temporary folder.
struct Site {
    folder: Folder,
}

impl Site {
    /// The site of extremes, with texts of site.toml replaced.
    fn extremes(changes: &[(&str, &str)]) -> Self {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/extremes");
        let folder = Folder::empty();
        for (path, bytes) in super::folder::files_in(&source) {
            folder.write(&path, bytes);
        }
        let mut toml = std::fs::read_to_string(folder.path("site.toml")).unwrap();
        for (old, new) in changes {
            assert!(toml.contains(old), "site.toml has no {old}");
            toml = toml.replace(old, new);
        }
        folder.write("site.toml", toml);
        Ran::of(
            Command::new(env!("CARGO_BIN_EXE_rungs"))
                .args(["build", "--no-cache", "--quiet"])
                .current_dir(folder.path("")),
        )
        .exits(0);
        Self { folder }
    }

    /// Pages of the site; of many that are alike, some.
    fn pages(&self) -> Vec<PathBuf> {
        let public = self.folder.path("public");
        let alike = |path: &str| {
            path.contains("/compare/")
                || ["articles/n", "articles/page/", "skills/skill-", "tags/tag-"]
                    .iter()
                    .any(|part| path.starts_with(part))
        };
        // The links of 404.html begin at the root of a host, which files have none of.
        let files = super::folder::files_in(&public)
            .into_keys()
            .filter(|path| path.ends_with(".html") && path != "404.html");
        let pages: Vec<String> = files.collect();
        let several = pages.iter().filter(|path| alike(path)).step_by(12);
        pages
            .iter()
            .filter(|path| !alike(path))
            .chain(several)
            .map(|path| public.join(path))
            .collect()
    }
}

/// What is wrong with a page at every size.
fn diagnostics(page: &mut Page, path: &Path) -> Vec<String> {
    page.goto(&format!("file://{}", path.display()));
    let mut diagnostics = vec![];
    for (width, letters, colors) in SIZES {
        page.viewport(width, 900);
        page.media("prefers-color-scheme", colors);
        page.eval(&format!(
            "document.documentElement.style.fontSize = '{letters}'"
        ));
        // Drawings are laid out anew with the next frame.
        page.eval("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        let found: Vec<String> = serde_json::from_value(page.eval(MEASURE)).unwrap();
        let name = path
            .iter()
            .rev()
            .take(3)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect::<PathBuf>();
        diagnostics.extend(found.into_iter().map(|fault| {
            format!(
                "{} at {width} px, {letters}, {colors}: {fault}",
                name.display()
            )
        }));
    }
    diagnostics
}

fn look_at(site: &Site) {
    let mut page = Page::new();
    let pages = site.pages();
    assert!(pages.len() > 40, "{pages:?}");
    let diagnostics: Vec<String> = pages
        .iter()
        .flat_map(|path| diagnostics(&mut page, path))
        .collect();
    assert!(
        diagnostics.is_empty(),
        "{} diagnostics:\n{}",
        diagnostics.len(),
        diagnostics.join("\n")
    );
}

#[test]
fn nothing_is_cut_and_nothing_overlaps() {
    look_at(&Site::extremes(&[]));
}

#[test]
fn nothing_is_cut_from_right_to_left() {
    look_at(&Site::extremes(&[(
        "language = \"en\"",
        "language = \"ar\"",
    )]));
}

#[test]
fn the_measure_finds_what_is_wrong() {
    let found = |style: &str| {
        let folder = Folder::empty();
        folder.write("a.html", format!("<!DOCTYPE html><title>T</title><style>{style}</style><p>First words</p><p id=b>Second words</p>"));
        let mut page = Page::at(&format!("file://{}", folder.path("a.html").display()));
        page.viewport(320, 600);
        let diagnostics: Vec<String> = serde_json::from_value(page.eval(MEASURE)).unwrap();
        page.errors();
        diagnostics.join("\n")
    };
    assert_eq!(found(""), "");
    assert!(found("p { margin: 0 } #b { margin-top: -1.2em }").contains("lies on \"First words\""));
    assert!(
        found("#b { white-space: nowrap; width: 3em; overflow: hidden }")
            .contains("cut by its box")
    );
    assert!(found("#b { width: 900px }").contains("scrolls sideways: 9"));
    assert!(
        found("body { overflow-x: clip } #b { margin-left: 300px; white-space: nowrap }")
            .contains("beyond the window")
    );
    assert_eq!(
        found("#b { width: 3em; overflow-x: auto; white-space: nowrap }"),
        "",
        "a box that scrolls cuts nothing"
    );
}
