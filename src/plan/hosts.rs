//! Files for hosts that read them (Netlify, Cloudflare Pages and others): `_headers` and `_redirects`. Paths in them count from
//! the folder that is published, which such a host serves as its root.

use std::fmt::Write;

use super::outputs::root_file;
use super::{File, Plan, What};
use crate::path::UrlPath;

/// Where the parts of a page may come from. What is not named may come from nowhere.
pub const POLICY: [(&str, &str); 11] = [
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("media-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
];

/// How many rules a file of headers may have (Cloudflare takes 100), that for all pages aside.
const MOST_RULES: usize = 99;

impl Plan {
    pub(super) fn host_files(&self) -> Vec<(UrlPath, File)> {
        let redirects = Some(File::Redirects).filter(|_| self.has_redirects());
        let named = [("_headers", Some(File::Headers)), ("_redirects", redirects)];
        named.into_iter().filter_map(|(name, file)| Some((root_file(name)?, file?))).collect()
    }

    /// Headers: what protects readers, on every page; a year in the browser for what has a fingerprint in its name.
    pub(super) fn headers(&self) -> String {
        let mut text = format!("/*\n  Content-Security-Policy: {}\n", self.policy());
        text.push_str("  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n");
        text.push_str("  Permissions-Policy: browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()\n");
        text.push_str("  Cross-Origin-Opener-Policy: same-origin\n");
        let assets = &self.site.theme.assets;
        let named = assets.urls.keys().zip(&assets.files).filter(|(name, asset)| name.as_str() != asset.out.as_str());
        for url in named.filter_map(|(_, asset)| root_file(asset.out.as_str())).take(MOST_RULES) {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{}\n  Cache-Control: public, max-age=31536000, immutable", url.encoded());
        }
        text
    }

    /// The Content-Security-Policy, with what the site adds.
    fn policy(&self) -> String {
        let added = &self.site.config.site.content_security_policy;
        let directive = |(name, sources): &(&str, &str)| match added.get(name) {
            Some(more) if *sources == "'none'" => format!("{name} {}", more.value),
            Some(more) => format!("{name} {sources} {}", more.value),
            None => format!("{name} {sources}"),
        };
        let others = added.0.iter().filter(|(name, _)| POLICY.iter().all(|(known, _)| *known != name.value));
        POLICY.iter().map(directive).chain(others.map(|(name, more)| format!("{} {}", name.value, more.value))).collect::<Vec<_>>().join("; ")
    }

    /// Every address that moved. Targets are whole: the host that reads this need not know the path of the site.
    pub(super) fn redirects(&self) -> String {
        let mut text = String::new();
        for output in self.outputs.values() {
            if let What::File(File::Redirect { from, to, .. }) = &output.what {
                let _ = writeln!(text, "{} {to} 301", from.encoded());
            }
        }
        text
    }

    fn has_redirects(&self) -> bool {
        let of_articles = self.site.articles.values().any(|article| !article.front.aliases.is_empty());
        of_articles || !self.site.config.site.redirects.is_empty() || self.site.roles.values().any(|role| !role.publication.aliases.is_empty())
    }
}
