//! The files of `static/`: those of a chain of folders come in; what is written where, and under
//! which address it is found, go out.
//!
//! A file of a theme is published under a name with a fingerprint, `css/main.4f1c2a9b.css`, so that
//! browsers may keep it for ever; templates find it by `site.assets["css/main.css"]`. The site's
//! own files keep their names, since Markdown links to them, and stand in `site.assets` too; only
//! one that replaces a file of the theme is named as the theme's would be. Names that have a
//! meaning of their own (`robots.txt`, `CNAME`, pages, feeds, manifests, service workers) are never
//! changed.
//!
//! References in stylesheets, scripts and manifests follow: `url(../fonts/a.woff2)` becomes the
//! published name, and the fingerprint of a stylesheet is that of its text after this, and after
//! minification. Files that refer to each other in a circle keep their names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::layers::{Found, Layers};
use super::references::Syntax;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::memo::{Forgetful, Memo, Table};
use crate::minify::{self, Language, Minified};
use crate::path::{OutPath, SourcePath, encode, split_tail};
use crate::suggest;

/// All files of `static/`, and the addresses that templates find them by.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// In the order of their paths in `static/`.
    pub files: Vec<Asset>,
    /// Path in `static/` to address, with the base path: `site.assets`.
    pub urls: BTreeMap<String, String>,
}

/// A file to be published.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Where it is written.
    pub out: OutPath,
    /// The file that it was.
    pub path: SourcePath,
    pub content: Content,
    /// The digest of what is written.
    pub digest: Digest,
}

/// Where the bytes of an asset are.
#[derive(Clone, Debug)]
pub enum Content {
    /// In the site folder, unchanged.
    Input,
    /// Inside the program.
    Embedded(&'static [u8]),
    /// A text with other references than it had.
    Text(Arc<str>),
}

/// A file on its way to its name.
struct Draft {
    found: Found,
    text: Option<Arc<str>>,
    /// References to other files of `static/`: where they stand, what they name.
    uses: Vec<(std::ops::Range<usize>, String)>,
    /// The language that it is minified in; `None` when it is written as it is.
    minified_as: Option<Language>,
}

/// What naming a file needs to know of the others.
#[derive(Clone, Copy)]
struct Names<'a> {
    named: &'a BTreeMap<String, Asset>,
    base_path: &'a str,
    fingerprint: fn(&str, &Found) -> bool,
    memo: &'a dyn Memo,
}

impl Assets {
    /// Returns the file that is written to a path, such as a `_headers` of the site's own.
    pub fn written_to(&self, out: &str) -> Option<&Asset> {
        self.files.iter().find(|asset| asset.out.as_str() == out)
    }

    /// Reads the chain. `base_path` is the path that the site lives at, with `/` at both ends;
    /// `memo` remembers minified files, and is `None` when no file is minified.
    pub fn load(
        layers: &Layers<'_>,
        base_path: &str,
        memo: Option<&dyn Memo>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
        let files = layers.files("static");
        for (name, found) in &files {
            if let Some(draft) = diagnostics
                .take(publishable(name, found))
                .and_then(|()| Draft::read(name, found, layers, &files, diagnostics))
            {
                drafts.insert(name.clone(), draft);
            }
        }
        // A site's own files are its own, whatever is in them.
        for (name, draft) in &mut drafts {
            if memo.is_some() && !draft.found.of_site {
                draft.minified_as = language(name);
            }
        }
        Self::name(drafts, base_path, memo.unwrap_or(&Forgetful), diagnostics)
    }

    /// Names each file after all that it refers to, so that a changed picture changes the
    /// stylesheet's name as well.
    fn name(
        mut drafts: BTreeMap<String, Draft>,
        base_path: &str,
        memo: &dyn Memo,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut named: BTreeMap<String, Asset> = BTreeMap::new();
        loop {
            let is_known =
                |(_, used): &(_, String)| named.contains_key(used) || !drafts.contains_key(used);
            let ready: BTreeSet<String> = drafts
                .iter()
                .filter(|(_, draft)| draft.uses.iter().all(is_known))
                .map(|(name, _)| name.clone())
                .collect();
            if ready.is_empty() {
                break;
            }
            for name in ready {
                let names = Names {
                    named: &named,
                    base_path,
                    fingerprint: is_fingerprinted,
                    memo,
                };
                let asset = drafts
                    .remove(&name)
                    .and_then(|draft| draft.finish(&name, names, diagnostics));
                named.extend(asset.map(|asset| (name, asset)));
            }
        }
        // What is left refers to itself, at once or in a circle.
        for (name, draft) in drafts {
            let names = Names {
                named: &named,
                base_path,
                fingerprint: |_, _| false,
                memo,
            };
            let asset = draft.finish(&name, names, diagnostics);
            named.extend(asset.map(|asset| (name, asset)));
        }
        let urls = named
            .iter()
            .map(|(name, asset)| {
                (
                    name.clone(),
                    format!("{base_path}{}", encode(asset.out.as_str())),
                )
            })
            .collect();
        Self {
            files: named.into_values().collect(),
            urls,
        }
    }
}

impl Assets {
    /// A file by its path in `static/`.
    pub fn get(&self, name: &str) -> Option<&Asset> {
        self.urls
            .keys()
            .zip(&self.files)
            .find(|(known, _)| *known == name)
            .map(|(_, asset)| asset)
    }
}

impl Asset {
    /// Whether it is the site's own, not a theme's.
    pub fn is_of_site(&self) -> bool {
        self.path.inside("static").is_some()
    }

    /// How many bytes are written.
    pub fn size(&self, inputs: &Inputs) -> u64 {
        match &self.content {
            Content::Input => inputs.get(self.path.as_str()).map_or(0, |file| file.size),
            Content::Embedded(bytes) => bytes.len() as u64,
            Content::Text(text) => text.len() as u64,
        }
    }

    /// What is written.
    pub fn bytes(&self, inputs: &Inputs) -> Result<Arc<[u8]>, Diagnostic> {
        match &self.content {
            Content::Input => inputs.bytes(&self.path),
            Content::Embedded(bytes) => Ok(Arc::from(*bytes)),
            Content::Text(text) => Ok(Arc::from(text.as_bytes())),
        }
    }
}

impl Draft {
    fn read(
        name: &str,
        found: &Found,
        layers: &Layers<'_>,
        files: &BTreeMap<String, Found>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut draft = Self {
            found: found.clone(),
            text: None,
            uses: vec![],
            minified_as: None,
        };
        let Some(syntax) = Syntax::of(name) else {
            return Some(draft);
        };
        let source = diagnostics.take(layers.text(found))?;
        for (range, reference) in syntax.references(&source.text) {
            match target(name, reference) {
                Some(used) if files.contains_key(&used) => draft.uses.push((range, used)),
                Some(used) if syntax == Syntax::Css && !reference.starts_with('/') => {
                    let near = suggest::nearest(&used, files.keys().map(String::as_str))
                        .map(|near| format!("did you mean `{near}`?"));
                    let fault = Diagnostic::warning(
                        Code::MissingFile,
                        format!("there is no file `{used}` in static/"),
                    )
                    .at(&found.path, range);
                    diagnostics.push(fault.help(near).help(
                        "a reference in a stylesheet counts from the folder of the stylesheet",
                    ));
                }
                _ => {}
            }
        }
        draft.text = Some(source.text);
        Some(draft)
    }

    /// Puts the names in that others got, minifies the file, and makes its own name.
    fn finish(self, name: &str, names: Names<'_>, diagnostics: &mut Diagnostics) -> Option<Asset> {
        let Self {
            found,
            text,
            uses,
            minified_as,
        } = self;
        let rewritten = text
            .filter(|_| minified_as.is_some() || !uses.is_empty())
            .map(|text| {
                let new = rewrite(&text, &uses, names.named, names.base_path);
                let minified = minified_as.map(|language| remembered(names.memo, language, &new));
                match minified {
                    Some(Minified::Shorter(minified)) => (minified, text),
                    Some(Minified::Unreadable) => {
                        diagnostics.push(unreadable(&found.path));
                        (new, text)
                    }
                    Some(Minified::AsItIs) | None => (new, text),
                }
            });
        let (content, digest) = match (rewritten, found.embedded) {
            (Some((new, old)), _) if new != *old => (
                Content::Text(new.as_str().into()),
                Digest::of(new.as_bytes()),
            ),
            (_, Some(bytes)) => (Content::Embedded(bytes), found.digest),
            (_, None) => (Content::Input, found.digest),
        };
        let out = if (names.fingerprint)(name, &found) {
            with_fingerprint(name, digest)
        } else {
            name.to_owned()
        };
        Some(Asset {
            out: OutPath::new(&out).ok()?,
            path: found.path,
            content,
            digest,
        })
    }
}

/// Returns the language that a file is minified in. `*.min.css` and `*.min.js` are minified already.
fn language(name: &str) -> Option<Language> {
    let name = name.to_ascii_lowercase();
    let (stem, extension) = name.rsplit_once('.')?;
    match extension {
        _ if stem.ends_with(".min") => None,
        "css" => Some(Language::Css),
        "js" | "mjs" => Some(Language::JavaScript),
        _ => None,
    }
}

/// Minifies a text, unless the memo knows what becomes of it: a mark, and the shorter text.
pub(super) fn remembered(memo: &dyn Memo, language: Language, text: &str) -> Minified {
    const AS_IT_IS: u8 = b'=';
    const UNREADABLE: u8 = b'!';
    const SHORTER: u8 = b'<';
    let key = Digest::of_value(&(language == Language::Css, text));
    let known = memo.get(Table::Minified, key).and_then(|value| {
        let (mark, text) = value.split_first()?;
        match *mark {
            AS_IT_IS => Some(Minified::AsItIs),
            UNREADABLE => Some(Minified::Unreadable),
            _ => Some(Minified::Shorter(
                std::str::from_utf8(text).ok()?.to_owned(),
            )),
        }
    });
    known.unwrap_or_else(|| {
        let minified = minify::code(language, text);
        let value = match &minified {
            Minified::AsItIs => vec![AS_IT_IS],
            Minified::Unreadable => vec![UNREADABLE],
            Minified::Shorter(text) => [&[SHORTER], text.as_bytes()].concat(),
        };
        memo.put(Table::Minified, key, &value);
        minified
    })
}

fn unreadable(path: &SourcePath) -> Diagnostic {
    let what = if path.extension().eq_ignore_ascii_case("css") {
        "stylesheet"
    } else {
        "script"
    };
    Diagnostic::warning(
        Code::NotMinified,
        format!("this {what} is published as it is: it has a mistake, or is too large to minify"),
    )
    .at_file(path)
    .help(format!(
        "if it works in browsers as you want it to, name it `*.min.{}`: such files are not minified",
        path.extension()
    ))
}

fn publishable(name: &str, found: &Found) -> Result<(), Diagnostic> {
    let fault = |fault| {
        Diagnostic::error(
            Code::FileName,
            format!("this file cannot be published under its name: {fault}"),
        )
        .at_file(&found.path)
    };
    OutPath::new(name)
        .map(drop)
        .map_err(|error| fault(error).help("rename the file"))
}

fn rewrite(
    text: &str,
    uses: &[(std::ops::Range<usize>, String)],
    named: &BTreeMap<String, Asset>,
    base_path: &str,
) -> String {
    let mut new = String::with_capacity(text.len() + uses.len() * 9);
    let mut from = 0;
    for (range, used) in uses {
        // References overlap only where a quote was taken for a start and an end: the first one
        // stands.
        let (Some(between), Some(reference)) =
            (text.get(from..range.start), text.get(range.clone()))
        else {
            continue;
        };
        new.push_str(between);
        new.push_str(&renamed(reference, used, named, base_path));
        from = range.end;
    }
    new.push_str(&text[from..]);
    new
}

/// A reference with the last part of its path as published: a fingerprint changes a name, never a
/// folder.
fn renamed(
    reference: &str,
    used: &str,
    named: &BTreeMap<String, Asset>,
    base_path: &str,
) -> String {
    let Some(asset) = named.get(used) else {
        return reference.to_owned();
    };
    let (path, tail) = split_tail(reference);
    if path.starts_with('/') {
        return format!("{base_path}{}{tail}", encode(asset.out.as_str()));
    }
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    let name = asset.out.as_str().rsplit('/').next().unwrap_or_default();
    if used == asset.out.as_str() {
        reference.to_owned()
    } else {
        format!("{folder}{}{tail}", encode(name))
    }
}

/// The path in `static/` that a reference from one of its files names; none for one that leads
/// elsewhere.
fn target(from: &str, reference: &str) -> Option<String> {
    let (path, _) = split_tail(reference);
    if path.is_empty() || path.contains(':') || path.contains('\\') || path.starts_with("//") {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .ok()?;
    let mut parts: Vec<&str> = if path.starts_with('/') {
        vec![]
    } else {
        from.split('/').collect()
    };
    parts.pop();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Whether a file gets a name with a fingerprint.
fn is_fingerprinted(path: &str, found: &Found) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let of_theme = !found.of_site || found.replaces;
    // Browsers and hosts ask for these by name, or rely on the name to stay.
    let well_known = name.starts_with("apple-touch-icon")
        || matches!(
            name.as_str(),
            "favicon.ico" | "sw.js" | "service-worker.js" | "_worker.js"
        );
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let plain = matches!(
        extension,
        "css"
            | "js"
            | "mjs"
            | "svg"
            | "png"
            | "jpg"
            | "jpeg"
            | "gif"
            | "webp"
            | "avif"
            | "ico"
            | "woff"
            | "woff2"
            | "ttf"
            | "otf"
            | "mp4"
            | "webm"
            | "wasm"
    );
    of_theme
        && plain
        && !well_known
        && !path
            .split('/')
            .any(|part| part.starts_with('.') || part.starts_with('_'))
}

/// `css/main.css` as `css/main.4f1c2a9b.css`.
fn with_fingerprint(path: &str, digest: Digest) -> String {
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    format!("{stem}.{}.{extension}", digest.short())
}
