//! Where the files of a theme come from: the site folder and the name of a theme come in, a chain
//! of folders goes out, nearest first: the site's own, `themes/<name>/`, what that extends, and at
//! last the built-in default theme. A file is taken from the first folder that has it. What the
//! files mean is not known here.

use std::collections::BTreeMap;

use super::builtin::{Builtin, FOLDER};
use crate::config::ListQuery;
use crate::data::{At, Free, Link, Map, Text, decode_root, parse_toml, record};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::source::Source;
use crate::suggest;

/// The theme that all others build on.
const DEFAULT: &str = "default";

record! {
    /// `theme.toml`: what a theme says of itself.
    #[derive(Default)]
    pub struct ThemeFile {
        /// What the theme is called.
        pub name: Option<Text>,
        /// One sentence.
        pub description: Option<Text>,
        /// Who made it.
        pub author: Option<Text>,
        /// Under which licence, as an SPDX expression.
        pub licence: Option<Text>,
        /// Where to learn more.
        pub homepage: Option<Link>,
        /// The theme that answers for every file which this one lacks. Default: `default`.
        pub extends: Option<At<Text>>,
        /// Parameters with their defaults; a site sets its own under [params] in site.toml.
        pub params: Free,
        /// Lists that the theme shows, as in site.toml. A list of that name in site.toml replaces
        /// it.
        pub lists: Map<ListQuery>,
    }
}

/// The chain of folders.
pub struct Layers<'a> {
    inputs: &'a Inputs,
    builtin: &'a Builtin,
    folders: Vec<Folder>,
}

/// One folder of the chain.
pub struct Folder {
    /// Its path; empty for the site itself.
    path: String,
    /// Its theme.toml, decoded; the site has none.
    pub file: ThemeFile,
    pub file_path: Option<SourcePath>,
}

/// A file of the chain.
#[derive(Clone, Debug)]
pub struct Found {
    pub path: SourcePath,
    pub digest: Digest,
    /// Whether the site's own folder has it, not a theme's.
    pub of_site: bool,
    /// Whether a folder further down the chain has a file of that name too.
    pub replaces: bool,
    /// The bytes of a file that is inside the program.
    pub embedded: Option<&'static [u8]>,
}

impl<'a> Layers<'a> {
    /// Follows `extends` from the theme that site.toml names. None when that theme does not exist.
    pub fn follow(
        inputs: &'a Inputs,
        builtin: &'a Builtin,
        site: (&SourcePath, &At<Text>),
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut layers = Self {
            inputs,
            builtin,
            folders: vec![Folder {
                path: String::new(),
                file: ThemeFile::default(),
                file_path: None,
            }],
        };
        let mut chain: Vec<String> = vec![];
        let mut next = Some((site.0.clone(), site.1.clone()));
        while let Some((said_in, name)) = next {
            if chain.contains(&name.value) {
                chain.push(name.value.clone());
                diagnostics.push(circle(&chain).at(&said_in, name.span));
                break;
            }
            if !layers.exists(&name.value) {
                diagnostics.push(layers.missing(&name.value).at(&said_in, name.span));
                if chain.is_empty() {
                    return None;
                }
                break;
            }
            let folder = layers.open(&name.value, diagnostics);
            next = folder.file_path.clone().zip(folder.file.extends.clone());
            chain.push(name.value);
            layers.folders.push(folder);
        }
        if !chain.iter().any(|name| name == DEFAULT) {
            let folder = layers.open(DEFAULT, diagnostics);
            layers.folders.push(folder);
        }
        Some(layers)
    }

    /// The files below `templates`, `static` or `i18n`, by their path inside it, each from the
    /// nearest folder that has it.
    pub fn files(&self, part: &str) -> BTreeMap<String, Found> {
        let mut files: BTreeMap<String, Found> = BTreeMap::new();
        for folder in self.folders.iter().rev() {
            for (name, mut found) in self.files_of(folder, part) {
                found.replaces = files.contains_key(&name);
                files.insert(name, found);
            }
        }
        files
    }

    /// The same without the site's own.
    pub fn of_themes(&self, part: &str) -> BTreeMap<String, Found> {
        self.folders
            .iter()
            .skip(1)
            .rev()
            .flat_map(|folder| self.files_of(folder, part))
            .collect()
    }

    /// Every file of one name, nearest first.
    pub fn all(&self, part: &str, accept: impl Fn(&str) -> bool) -> Vec<(String, Found)> {
        self.folders
            .iter()
            .flat_map(|folder| self.files_of(folder, part))
            .filter(|(name, _)| accept(name))
            .collect()
    }

    /// The folders of the chain, nearest first.
    pub fn folders(&self) -> &[Folder] {
        &self.folders
    }

    /// The text of a file.
    pub fn text(&self, found: &Found) -> Result<Source, Diagnostic> {
        match found.embedded {
            Some(bytes) => Ok(Source::decode(&found.path, bytes)?),
            None => self.inputs.source(&found.path),
        }
    }

    fn files_of(&self, folder: &Folder, part: &str) -> BTreeMap<String, Found> {
        let root = if folder.path.is_empty() {
            part.to_owned()
        } else {
            format!("{}/{part}", folder.path)
        };
        let of_site = folder.path.is_empty();
        let mut files = BTreeMap::new();
        if folder.path == FOLDER {
            let inside = |path: &SourcePath| path.inside(&root).map(str::to_owned);
            files.extend(
                self.builtin
                    .iter()
                    .filter_map(|(path, bytes)| Some((inside(path)?, embedded(path, bytes)))),
            );
        }
        for (path, file) in self.inputs.below(&root) {
            if let Some(name) = path.inside(&root) {
                files.insert(
                    name.to_owned(),
                    Found {
                        path: path.clone(),
                        digest: file.digest,
                        of_site,
                        replaces: false,
                        embedded: None,
                    },
                );
            }
        }
        files
    }

    fn exists(&self, name: &str) -> bool {
        name == DEFAULT || self.names().contains(&name)
    }

    /// The themes that the site has.
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .inputs
            .below("themes")
            .filter_map(|(path, _)| Some(path.inside("themes")?.split_once('/')?.0))
            .collect();
        names.dedup();
        names
    }

    fn missing(&self, name: &str) -> Diagnostic {
        let mut names = self.names();
        names.push(DEFAULT);
        let place = if name.contains('/') || name.is_empty() {
            "themes/<name>/".to_owned()
        } else {
            format!("themes/{name}/")
        };
        Diagnostic::error(Code::MissingTheme, format!("there is no theme `{name}`"))
            .help(suggest::help(name, names))
            .help(format!(
                "a theme is a folder {place} in the folder of site.toml"
            ))
    }

    fn open(&self, name: &str, diagnostics: &mut Diagnostics) -> Folder {
        let path = format!("themes/{name}");
        let Ok(toml) = SourcePath::new(&format!("{path}/theme.toml")) else {
            return Folder {
                path,
                file: ThemeFile::default(),
                file_path: None,
            };
        };
        let found = match (self.inputs.get(toml.as_str()), self.builtin.get(&toml)) {
            (Some(file), _) => Some(Found {
                path: toml.clone(),
                digest: file.digest,
                of_site: false,
                replaces: false,
                embedded: None,
            }),
            (None, Some(bytes)) => Some(embedded(&toml, bytes)),
            (None, None) => None,
        };
        let mut file = found
            .and_then(|found| self.read(&found, diagnostics))
            .unwrap_or_default();
        if let (DEFAULT, Some(extends)) = (name, file.extends.take_if(|_| name == DEFAULT)) {
            let fault = Diagnostic::error(Code::BadValue, "the default theme builds on no other")
                .at(&toml, extends.span);
            diagnostics.push(fault.help("remove `extends`, or give the theme another name and set `theme` in site.toml to it"));
        }
        Folder {
            path,
            file,
            file_path: Some(toml),
        }
    }

    fn read(&self, found: &Found, diagnostics: &mut Diagnostics) -> Option<ThemeFile> {
        let source = diagnostics.take(self.text(found))?;
        let table = parse_toml(&source.path, &source.text, 0, diagnostics)?;
        decode_root(&source.path, table, diagnostics)
    }
}

fn embedded(path: &SourcePath, bytes: &'static [u8]) -> Found {
    Found {
        path: path.clone(),
        digest: Digest::of(bytes),
        of_site: false,
        replaces: false,
        embedded: Some(bytes),
    }
}

fn circle(chain: &[String]) -> Diagnostic {
    Diagnostic::error(
        Code::Cycle,
        format!(
            "themes extend each other in a circle: {}",
            chain.join(" > ")
        ),
    )
    .help("let one of them extend `default`, or remove its `extends`")
}
