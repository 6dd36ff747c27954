//! The limits of the host that site.toml names: the outputs of a site and their sizes come in, a
//! warning for each limit that is near or passed goes out.

use std::collections::BTreeMap;

use super::limits::{Limit, MIB, Measure, limits, name};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::inputs::Inputs;
use crate::layout::Layout;
use crate::layout::output::{File, OutputKind};
use crate::render::Renderer;
use crate::site::{Site, site_file};

/// The percentage of a limit from which on it is near.
const NEAR: u64 = 90;

/// The size from which on a file may be too large for some host.
const LARGE: u64 = 10 * MIB;

/// How much a site has of what hosts have limits for.
#[derive(Clone, Debug, Default)]
struct Measured {
    files: u64,
    size: u64,
    /// The files that may be too large for some host.
    large: Vec<Named>,
    /// The folder with the most files.
    fullest: Named,
    rules: Rules,
}

/// How many rules `_redirects` has.
#[derive(Clone, Copy, Debug, Default)]
struct Rules {
    all: u64,
    /// Those that name one address.
    fixed: u64,
}

/// A number of a file or folder.
#[derive(Clone, Debug, Default)]
struct Named {
    name: String,
    count: u64,
}

/// Warns of the limits of the host. `sizes` are those of all outputs in the order of their paths.
pub fn host(renderer: &Renderer<'_>, sizes: &[u64], diagnostics: &mut Diagnostics) {
    let cx = &renderer.cx;
    let Some(host) = &cx.site.config.site.publish.host else {
        return;
    };
    let measured = Measured::of(cx.site, cx.layout, renderer.inputs, sizes);
    for limit in limits(host.value) {
        let warnings = measured.warnings(name(host.value), limit).into_iter();
        diagnostics.extend(warnings.map(|said| said.at(&site_file(), host.span.clone())));
    }
}

impl Named {
    fn new(name: &str, count: u64) -> Self {
        Self {
            name: name.to_owned(),
            count,
        }
    }
}

impl Measured {
    fn of(site: &Site, layout: &Layout, inputs: &Inputs, sizes: &[u64]) -> Self {
        let mut measured = Self {
            files: layout.outputs.whole().len() as u64,
            size: sizes.iter().sum(),
            rules: rules(site, layout, inputs),
            ..Self::default()
        };
        let mut folders: BTreeMap<&str, u64> = BTreeMap::new();
        for (path, size) in layout.outputs.whole().keys().zip(sizes) {
            let (folder, _) = path.as_str().rsplit_once('/').unwrap_or_default();
            *folders.entry(folder).or_default() += 1;
            if *size >= LARGE {
                measured.large.push(Named::new(path.as_str(), *size));
            }
        }
        let fullest = folders.into_iter().max_by_key(|(_, files)| *files);
        if let Some((folder, files)) = fullest {
            measured.fullest = Named::new(folder, files);
        }
        measured
    }

    /// Returns a warning of a limit that is near or passed: one for each file that is too large, and
    /// one for all else.
    fn warnings(&self, host: &str, limit: &Limit) -> Vec<Diagnostic> {
        let files = |count| format!("{} files", grouped(count));
        let redirects = |count| format!("{} redirects", grouped(count));
        let most = limit.most;
        let warning = |count: u64, has: String, takes: String| {
            let is = match () {
                () if count > most => "above",
                () if count * 100 >= most * NEAR => "close to",
                () => return None,
            };
            let message = format!("{has}, {is} the limit of {host}: {takes}");
            Some(Diagnostic::warning(Code::HostLimit, message).help(limit.help))
        };
        let site_has = |what: String| format!("the site has {what}");
        let warnings = match limit.measure {
            Measure::Files => vec![warning(
                self.files,
                site_has(files(self.files)),
                files(most),
            )],
            Measure::FileSize => {
                let large = self.large.iter().map(|Named { name, count }| {
                    let has = format!("`{name}` has {}", mebibytes(*count));
                    warning(*count, has, format!("{} a file", mebibytes(most)))
                });
                large.collect()
            }
            Measure::SiteSize => {
                let has = site_has(format!("about {}", megabytes(self.size)));
                vec![warning(self.size, has, megabytes(most))]
            }
            Measure::FolderFiles => {
                let Named { name, count } = &self.fullest;
                let has = format!("the folder `{name}/` has {}", files(*count));
                let takes = format!("{} in a folder", files(most));
                vec![warning(*count, has, takes)]
            }
            Measure::Redirects => {
                let all = self.rules.all;
                vec![warning(all, site_has(redirects(all)), redirects(most))]
            }
            Measure::FixedRedirects => {
                let fixed = self.rules.fixed;
                vec![warning(fixed, site_has(redirects(fixed)), redirects(most))]
            }
        };
        warnings.into_iter().flatten().collect()
    }
}

/// Counts the rules of `_redirects`: one for each page that sends readers on, unless the site has a
/// file of its own.
fn rules(site: &Site, layout: &Layout, inputs: &Inputs) -> Rules {
    if let Some(own) = site.theme.assets.written_to("_redirects") {
        // One that cannot be read was reported.
        let bytes = own.bytes(inputs);
        return bytes.map_or_else(|_| Rules::default(), |bytes| Rules::of(&bytes));
    }
    let outputs = layout.outputs.whole().values();
    let is_redirect = |what: &OutputKind| matches!(what, OutputKind::File(File::Redirect { .. }));
    let pages = outputs.filter(|output| is_redirect(&output.what)).count() as u64;
    let of_folders = u64::from(layout.rule_for_pairs(site).is_some());
    Rules {
        all: pages + of_folders,
        fixed: pages,
    }
}

impl Rules {
    /// Counts the rules of a file of redirects.
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let lines = text.lines().map(str::trim);
        let mut rules = Self::default();
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let from = line.split_whitespace().next().unwrap_or_default();
            rules.all += 1;
            rules.fixed += u64::from(!from.contains('*') && !from.contains("/:"));
        }
        rules
    }
}

/// Writes a number with a comma between its thousands: `20,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Writes a size in MiB with one digit behind the point, which is left out when it is 0.
fn mebibytes(bytes: u64) -> String {
    let tenths = bytes * 10 / MIB;
    match tenths % 10 {
        0 => format!("{} MiB", tenths / 10),
        tenth => format!("{}.{tenth} MiB", tenths / 10),
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", grouped(bytes / 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(measured: &Measured, measure: Measure, most: u64) -> Vec<String> {
        let limit = Limit {
            measure,
            most,
            help: "do something",
        };
        let warnings = measured.warnings("Host", &limit);
        assert!(warnings.iter().all(|said| said.help == ["do something"]));
        warnings.into_iter().map(|said| said.message).collect()
    }

    #[test]
    fn a_limit_is_said_when_it_is_near_and_otherwise_when_it_is_passed() {
        let said = |files| {
            let site = Measured {
                files,
                ..Measured::default()
            };
            said(&site, Measure::Files, 20_000)
        };
        assert!(said(17_999).is_empty());
        for (files, words) in [
            (
                18_000,
                "the site has 18,000 files, close to the limit of Host: 20,000 files",
            ),
            (
                20_000,
                "the site has 20,000 files, close to the limit of Host: 20,000 files",
            ),
            (
                20_001,
                "the site has 20,001 files, above the limit of Host: 20,000 files",
            ),
        ] {
            assert_eq!(said(files), [words]);
        }
    }

    #[test]
    fn every_measure_has_its_words() {
        let measured = Measured {
            files: 9,
            size: 950_000_000,
            large: vec![
                Named::new("a/film.mp4", 25 * MIB + MIB / 2),
                Named::new("a/song.mp3", 22 * MIB),
                Named::new("b/film.mp4", 23 * MIB),
            ],
            fullest: Named::new("compare", 54_001),
            rules: Rules {
                all: 1_000,
                fixed: 900,
            },
        };
        for (measure, most, words) in [
            (
                Measure::FileSize,
                25 * MIB,
                &[
                    "`a/film.mp4` has 25.5 MiB, above the limit of Host: 25 MiB a file",
                    "`b/film.mp4` has 23 MiB, close to the limit of Host: 25 MiB a file",
                ][..],
            ),
            (
                Measure::SiteSize,
                1_000_000_000,
                &["the site has about 950 MB, close to the limit of Host: 1,000 MB"],
            ),
            (
                Measure::FolderFiles,
                54_000,
                &[
                    "the folder `compare/` has 54,001 files, above the limit of Host: 54,000 files in a folder",
                ],
            ),
            (
                Measure::Redirects,
                1_000,
                &["the site has 1,000 redirects, close to the limit of Host: 1,000 redirects"],
            ),
            (
                Measure::FixedRedirects,
                899,
                &["the site has 900 redirects, above the limit of Host: 899 redirects"],
            ),
        ] {
            assert_eq!(said(&measured, measure, most), words);
        }
    }

    #[test]
    fn rules_with_a_pattern_are_counted_by_themselves() {
        let rules = Rules::of(b"# old\n/a /b 301\n\n  /c/* /d/:splat\n/e/:year /f\n/g:h /i");
        assert_eq!((rules.all, rules.fixed), (4, 2));
    }
}
