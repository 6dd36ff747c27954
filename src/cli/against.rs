//! `rungs check --against SITEMAP`: a file comes in; the addresses that were published go out, with
//! what is wrong with the file, and then the reports about those that are gone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::shown;
use crate::check::against::sitemap::{self, Loc, Sitemap};
use crate::check::against::{OldAddresses, compare};
use crate::diag::{Code, Diagnostic, Diagnostics, Report, locate};
use crate::disk::{self, SiteFolder};
use crate::inputs::Inputs;
use crate::path::{SourcePath, check_segment, split_tail};
use crate::plan::Plan;
use crate::source::Source;

/// The largest sitemap, in bytes: the protocol allows no larger ones.
const LARGEST: u64 = 50 * 1024 * 1024;

/// The sitemap of the published site, with its parts.
pub struct OldSitemap {
    /// The file as the command names it.
    name: String,
    addresses: OldAddresses,
    diagnostics: Diagnostics,
    /// The texts of all files, for excerpts.
    sources: BTreeMap<SourcePath, Source>,
}

/// What became of the addresses.
pub struct Against {
    pub reports: Vec<Report>,
    pub failed: bool,
    /// What to say of them in one line, if they were compared.
    pub sum: Option<String>,
}

/// Reads a sitemap and, if it is an index, its parts. What is wrong inside of them is reported by
/// [`OldSitemap::against`].
pub fn read(path: &Path, site: &SiteFolder) -> Result<OldSitemap, Failure> {
    refuse_address(path)?;
    let bytes = bytes_of(path).map_err(|error| no_file(path, &error))?;
    let mut old = OldSitemap {
        name: disk::shown(path),
        addresses: OldAddresses::default(),
        diagnostics: Diagnostics::default(),
        sources: BTreeMap::new(),
    };
    refuse_compressed(path, &bytes)?;
    let Some(found) = old.add(path, &bytes, site) else {
        return Ok(old);
    };
    match found {
        (name, Sitemap::Pages(locs)) => old.add_pages(&name, &locs),
        (name, Sitemap::Parts(locs)) => old.add_parts(&name, &locs, path, site),
    }
    Ok(old)
}

impl OldSitemap {
    /// Reads the text of a file, and notes what is wrong with it.
    fn add(
        &mut self,
        path: &Path,
        bytes: &[u8],
        site: &SiteFolder,
    ) -> Option<(SourcePath, Sitemap)> {
        let name = name_of(path, site);
        let source = Source::decode(&name, bytes);
        self.sources
            .insert(name.clone(), Source::lossy(&name, bytes));
        let source = self.diagnostics.take(source)?;
        let sitemap = self.diagnostics.take(sitemap::read(&source))?;
        Some((name, sitemap))
    }

    fn add_pages(&mut self, name: &SourcePath, locs: &[Loc]) {
        for loc in locs {
            let added = self.addresses.add(name, loc);
            self.diagnostics.take(added);
        }
    }

    /// Adds the parts of an index, which lie beside it.
    fn add_parts(&mut self, index: &SourcePath, locs: &[Loc], path: &Path, site: &SiteFolder) {
        let folder = path.parent().unwrap_or(path);
        let mut taken = BTreeSet::from([disk::real_path(path).unwrap_or_default()]);
        for loc in locs {
            let Some(file) = part_beside(folder, loc, &taken) else {
                let missing = missing_part(index, loc, folder);
                self.diagnostics.push(missing);
                continue;
            };
            let found = match bytes_of(&file) {
                Ok(bytes) => self.add(&file, &bytes, site),
                Err(error) => {
                    let message = format!("{} cannot be read: {error}", disk::shown(&file));
                    let fault = Diagnostic::error(Code::BadSitemap, message);
                    self.diagnostics.push(fault.at(index, loc.span.clone()));
                    None
                }
            };
            taken.insert(disk::real_path(&file).unwrap_or(file));
            match found {
                Some((name, Sitemap::Pages(locs))) => self.add_pages(&name, &locs),
                Some((name, Sitemap::Parts(_))) => {
                    let message = "this part of an index is an index itself, which none may be";
                    let fault = Diagnostic::error(Code::BadSitemap, message).at_file(&name);
                    self.diagnostics
                        .push(fault.help("name the inner index with --against"));
                }
                None => {}
            }
        }
    }

    /// Compares the addresses with those of a site. A site with errors has no plan.
    pub fn against(self, plan: Option<&Plan>, inputs: &Inputs) -> Against {
        let Self {
            name,
            addresses,
            mut diagnostics,
            sources,
        } = self;
        let plan = plan.filter(|_| !diagnostics.has_errors());
        let compared = plan.map(|plan| compare(plan, inputs, &addresses));
        let sum = compared
            .as_ref()
            .map(|compared| match (compared.gone, compared.addresses) {
                (0, count) => format!("Compared {} of {name}: none is gone", addresses_of(count)),
                (gone, count) => format!("Compared {} of {name}: {gone} gone", addresses_of(count)),
            });
        diagnostics.extend(compared.into_iter().flat_map(|found| found.diagnostics));
        Against {
            failed: diagnostics.has_errors(),
            reports: locate(diagnostics.into_sorted(), |path| sources.get(path).cloned()),
            sum,
        }
    }
}

fn addresses_of(count: usize) -> String {
    match count {
        1 => "1 address".to_owned(),
        count => format!("{count} addresses"),
    }
}

/// Returns the name of a file in messages, counted from the folder of the site.
fn name_of(path: &Path, site: &SiteFolder) -> SourcePath {
    let whole = disk::real_path(path).unwrap_or_else(|_| path.to_owned());
    SourcePath::outside(&disk::shown(&shown::relative(&whole, site.path())))
}

/// Reads a file.
fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    if path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let mut bytes = vec![];
    let file = File::open(path)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Refuses an address: nothing is fetched here.
fn refuse_address(path: &Path) -> Result<(), Failure> {
    match path.to_str() {
        Some(url) if url.contains("://") => Err(Failure::usage(
            format!("--against takes a file, not the address {url}"),
            format!(
                "fetch it first: `{}`, and then `rungs check --against old-sitemap.xml`",
                fetch(url, "old-sitemap.xml")
            ),
        )),
        _ => Ok(()),
    }
}

/// Refuses a file that must be unpacked first.
fn refuse_compressed(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    // What gzip makes begins so.
    if !bytes.starts_with(b"\x1F\x8B") {
        return Ok(());
    }
    let name = disk::shown(path);
    let plain = name.strip_suffix(".gz").unwrap_or("old-sitemap.xml");
    Err(Failure::usage(
        format!("{name} is compressed"),
        format!(
            "unpack it first: `gunzip < {} > {}`, and then name that file with --against",
            word(&name),
            word(plain)
        ),
    ))
}

fn no_file(path: &Path, error: &io::Error) -> Failure {
    let name = disk::shown(path);
    let fetch = || {
        format!(
            "name the sitemap of the published site; to fetch it: `{}`",
            fetch("https://…/sitemap.xml", "old-sitemap.xml")
        )
    };
    match error.kind() {
        ErrorKind::NotFound => Failure::usage(format!("there is no {name}"), fetch()),
        ErrorKind::IsADirectory => {
            let inside = path.join("sitemap.xml");
            let help = if inside.is_file() {
                format!(
                    "name the file in it: --against {}",
                    word(&disk::shown(&inside))
                )
            } else {
                fetch()
            };
            Failure::usage(format!("{name} is a folder, no sitemap"), help)
        }
        ErrorKind::FileTooLarge => Failure::usage(
            format!(
                "{name} is larger than {} MiB, the most that a sitemap may have",
                LARGEST >> 20
            ),
            "split it into several sitemaps, and compare each",
        ),
        _ => Failure::machine(format!("cannot read {name}: {error}")),
    }
}

/// Returns the file of a part of an index: it lies beside the index, under the last names of its
/// address, as many as there are. A part whose name ends in `.gz` is looked for unpacked.
fn part_beside(folder: &Path, loc: &Loc, taken: &BTreeSet<PathBuf>) -> Option<PathBuf> {
    let names = names_of(loc)?;
    let files = (0..names.len()).map(|start| {
        let inner = names[start..].join("/");
        folder.join(inner.strip_suffix(".gz").unwrap_or(&inner))
    });
    let is_new = |file: &PathBuf| disk::real_path(file).is_ok_and(|real| !taken.contains(&real));
    files
        .filter(|file| file.is_file())
        .find(|file| is_new(file))
}

/// Returns the folders and the name in the address of a part, if all of them can be names of files.
fn names_of(loc: &Loc) -> Option<Vec<&str>> {
    let (url, _) = split_tail(&loc.text);
    let (_, path) = url.split_once("://")?.1.split_once('/')?;
    let names: Vec<&str> = path.split('/').collect();
    let are_plain = names.iter().all(|name| check_segment(name).is_ok());
    are_plain.then_some(names)
}

/// Returns the error about a part of an index that is not there.
fn missing_part(index: &SourcePath, loc: &Loc, folder: &Path) -> Diagnostic {
    let Some(names) = names_of(loc) else {
        let message = format!("`{}` is no address of a sitemap", loc.text.escape_debug());
        return Diagnostic::error(Code::BadSitemap, message)
            .at(index, loc.span.clone())
            .help("correct it, or take it out");
    };
    let name = names.last().copied().unwrap_or_default();
    let plain = |name: &str| folder.join(name.strip_suffix(".gz").unwrap_or(name));
    // Where another part has the name, the folders of the address tell them apart.
    let file = Some(plain(name)).filter(|file| !file.exists());
    let file = disk::shown(&file.unwrap_or_else(|| plain(&names.join("/"))));
    let command = if name.ends_with(".gz") {
        format!("curl -fsS {} | gunzip > {}", word(&loc.text), word(&file))
    } else {
        fetch(&loc.text, &file)
    };
    let message = format!("the part {name} of this index is not beside it");
    Diagnostic::error(Code::BadSitemap, message)
        .at(index, loc.span.clone())
        .help(format!("fetch it: `{command}`"))
}

/// Returns the command that writes what is at an address into a file.
fn fetch(url: &str, file: &str) -> String {
    let folders = if file.contains('/') {
        "--create-dirs "
    } else {
        ""
    };
    format!("curl {folders}-fsSo {} {}", word(file), word(url))
}

/// Returns a text as one word of a shell.
fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/-._:…@+,=%".contains(c);
    if text.chars().all(is_plain) && !text.starts_with('-') {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_typed_is_one_word_of_a_shell() {
        let url = "https://example.com/ü/a.xml";
        assert_eq!(word(url), url);
        assert_eq!(word("a b.xml"), "'a b.xml'");
        assert_eq!(word("$(x)'"), r"'$(x)'\'''");
        assert_eq!(word("-o"), "'-o'");
        assert_eq!(word("https://a/?b&c"), "'https://a/?b&c'");
    }

    #[test]
    fn names_of_parts_stay_below_the_index() {
        let names = |text: &str| {
            let loc = Loc {
                text: text.to_owned(),
                span: 0..0,
            };
            names_of(&loc).map(|names| names.join("|"))
        };
        assert_eq!(names("https://a/b/c.xml?x=1").as_deref(), Some("b|c.xml"));
        for bad in [
            "https://a/../c.xml",
            "https://a",
            "c.xml",
            "https://a//c.xml",
        ] {
            assert_eq!(names(bad), None, "{bad}");
        }
    }
}
