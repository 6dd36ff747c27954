//! Files for hosts that read them (Netlify, Cloudflare Pages and others): `_headers`, `_redirects`
//! and redirect pages.
//!
//! Paths in them are relative to the folder that is published, because such a host serves it as its
//! root.

use std::borrow::Cow;
use std::fmt::Write;

use crate::config::Host;
use crate::escape::escape;
use crate::layout::Layout;
use crate::layout::address::root_file;
use crate::layout::output::File;
use crate::layout::output::OutputKind;
use crate::layout::pair::FolderRule;
use crate::path::{UrlPath, encode, relative};
use crate::policy;
use crate::site::Site;
use crate::wording::Wording;

/// The most rules of a file of headers, without the rule for all pages. Cloudflare reads 100.
const MOST_RULES: usize = 99;

/// Returns a page that sends readers to another address.
pub(super) fn redirect(words: &Wording<'_>, from: &UrlPath, to: &str, title: &str) -> String {
    let config = words.config;
    let path = to.strip_prefix(config.origin.as_str());
    let link = path
        .filter(|path| path.starts_with('/'))
        .and_then(|path| relative(path, &config.base_path, &config.href(from)))
        .unwrap_or_else(|| to.to_owned());
    let to = escape(to);
    let link = escape(&link);
    let title = escape(title);
    let language = escape(&config.site.language.value);
    let direction = words.locale.direction();
    let moved = escape(words.strings.get("moved"));
    format!(
        "<!DOCTYPE html>\n\
         <html lang=\"{language}\" dir=\"{direction}\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"canonical\" href=\"{to}\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={link}\">\n\
         </head>\n\
         <body>\n\
         <main>\n\
         <h1>{moved}</h1>\n\
         <p><a href=\"{link}\">{title}</a></p>\n\
         </main>\n\
         </body>\n\
         </html>\n"
    )
}

/// Returns the file of headers: security headers for every page, and caching for a year of files
/// with a fingerprint in their names.
pub(super) fn headers(site: &Site) -> String {
    let mut text = format!(
        "/*\n  Content-Security-Policy: {}\n",
        policy::usual(&site.config)
    );
    for (name, value) in policy::SECURITY {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {name}: {value}");
    }
    let assets = &site.theme.assets;
    let assets = assets.urls.keys().zip(&assets.files);
    let fingerprinted = assets
        .filter(|(name, asset)| name.as_str() != asset.out.as_str())
        .filter_map(|(_, asset)| root_file(asset.out.as_str()));
    for url in fingerprinted.take(MOST_RULES) {
        let _ = writeln!(
            text,
            "{}\n  Cache-Control: public, max-age=31536000, immutable",
            url.encoded()
        );
    }
    text
}

/// Returns the file of redirects.
///
/// Targets are absolute URLs, so that the host need not know the base path of the site.
pub(super) fn redirects(site: &Site, layout: &Layout) -> String {
    let base = above_rules(site);
    let mut text = String::new();
    for output in layout.outputs.whole().values() {
        if let OutputKind::File(File::Redirect { from, to, .. }) = &output.what {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{base}{} {to} 301", from.encoded());
        }
    }
    // A rule for a folder comes last, so that those for addresses in it count. It is no 301: a pair may
    // have a page tomorrow.
    if let Some(FolderRule { folder, to }) = layout.rule_for_pairs(site) {
        let _ = writeln!(text, "{base}{}* {to} 302", encode(&folder));
    }
    text
}

/// Returns what stands before each path of a rule: GitLab reads paths from the root of the host, others
/// from the folder that is published.
fn above_rules(site: &Site) -> Cow<'_, str> {
    let config = &site.config;
    match config.site.publish.host.as_ref().map(|host| host.value) {
        Some(Host::Gitlab) => encode(config.base_path.trim_end_matches('/')),
        _ => "".into(),
    }
}
