//! What hosts take: a host comes in, its limits go out, with what to do about each.

use crate::config::Host;

pub(super) const MIB: u64 = 1024 * 1024;

/// Something that a host has a limit for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// How many files the site has.
    Files,
    /// The bytes of a file.
    FileSize,
    /// The bytes of all files.
    SiteSize,
    /// The rules of `_redirects` that name one address.
    FixedRedirects,
    /// All rules of `_redirects`.
    Redirects,
    /// The files that lie in one folder.
    FolderFiles,
}

/// A limit of a host.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub measure: Measure,
    pub most: u64,
    /// What to do about it.
    pub help: &'static str,
}

/// Returns the name of a host as its users know it.
pub(super) fn name(host: Host) -> &'static str {
    match host {
        Host::Github => "GitHub Pages",
        Host::Gitlab => "GitLab Pages",
        Host::Netlify => "Netlify",
        Host::Cloudflare => "Cloudflare Pages",
        Host::S3 => "Amazon S3",
        Host::Docker => "a container",
    }
}

/// Returns the limits of a host, as its documentation said in 2026.
pub(super) fn limits(host: Host) -> &'static [Limit] {
    match host {
        Host::Github => &[Limit {
            measure: Measure::SiteSize,
            most: 1_000_000_000,
            help: "publish large files elsewhere and link to them, or switch pictures for shared links off with `og_images = false`",
        }],
        Host::Gitlab => &[Limit {
            measure: Measure::Redirects,
            most: 1_000,
            help: "remove old `aliases` and [[redirects]]; rules behind the last one are not read, and there the pages of Rungs send readers on",
        }],
        Host::Netlify => &[Limit {
            measure: Measure::FolderFiles,
            most: 54_000,
            help: "give pages addresses in several folders with [permalinks] of site.toml, or leave kinds of pages out with [pages]",
        }],
        Host::Cloudflare => &[
            Limit {
                measure: Measure::Files,
                most: 20_000,
                help: "leave kinds of pages out with [pages] of site.toml, such as `compare = false`; paid plans take 100,000 files",
            },
            Limit {
                measure: Measure::FileSize,
                most: 25 * MIB,
                help: "make the file smaller, or publish it elsewhere and link to it",
            },
            Limit {
                measure: Measure::FixedRedirects,
                most: 2_000,
                help: "remove old `aliases` and [[redirects]]; rules behind the last one are not read, and there the pages of Rungs send readers on",
            },
        ],
        Host::S3 | Host::Docker => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_has_a_name_and_limits_that_are_numbers() {
        for host in Host::ALL {
            assert!(!name(*host).is_empty());
            assert!(limits(*host).iter().all(|limit| limit.most > 0));
        }
    }
}
