//! What browsers may load: the configuration of a site, or a file `_headers`, comes in; the headers of
//! each path go out, and what in a piece of HTML the Content-Security-Policy among them blocks.
//!
//! It is our own because no library reads `_headers`, and because `content-security-policy`, which
//! judges the requests of a browser, brings 17 crates for what are 110 lines here.

mod asks;
mod headers;
mod sources;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Span;

pub use asks::{Ask, Load, UNKNOWN, What, asks};
pub use headers::{HeaderRules, POLICY_HEADER, SECURITY};
pub use sources::{directives, find};

/// Where the parts of a page of any site may come from. Everything else is blocked.
const USUAL: [(&str, &str); 11] = [
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

/// The Content-Security-Policies of the pages of a site: what one of them blocks is blocked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// The sources of each directive.
    parts: Vec<BTreeMap<String, String>>,
    /// Scheme and host of the site, which `'self'` stands for.
    origin: String,
    /// Where sources are added.
    remedy: Remedy,
}

/// Where a site says what browsers may load.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Remedy {
    /// In site.toml.
    #[default]
    Config,
    /// In a file `_headers` of its own.
    Headers,
}

impl Policy {
    /// Returns the policy that a text says, as it stands in a header.
    pub fn new(text: &str, origin: &str, remedy: Remedy) -> Self {
        let part = |policy| -> BTreeMap<String, String> {
            let mut part = BTreeMap::new();
            for (name, sources) in directives(policy) {
                // The first directive of a name counts.
                part.entry(name.to_ascii_lowercase())
                    .or_insert_with(|| sources.to_owned());
            }
            part
        };
        let parts = text.split(',').map(part);
        Self {
            parts: parts.filter(|part| !part.is_empty()).collect(),
            origin: origin.to_owned(),
            remedy,
        }
    }

    /// Returns a warning for each part of a text that the policy blocks. `base` is where the text
    /// begins in its file.
    pub fn warnings(&self, path: &SourcePath, base: usize, asked: &[Ask]) -> Vec<Diagnostic> {
        let warning = |ask: &Ask| {
            let (name, sources) = self.blocks(ask)?;
            let Span { start, end } = ask.span;
            let directive = format!("{name} {sources}");
            let message = format!(
                "the policy of the site blocks {}: `{}`",
                ask.what,
                directive.trim_end()
            );
            let warning =
                Diagnostic::warning(Code::Blocked, message).at(path, base + start..base + end);
            Some(warning.help(self.help(ask)))
        };
        asked.iter().filter_map(warning).collect()
    }

    /// Returns the directive that blocks something, with its sources.
    fn blocks(&self, ask: &Ask) -> Option<(&str, &str)> {
        self.parts.iter().find_map(|part| {
            let (name, sources) = ask
                .what
                .directives()
                .iter()
                .find_map(|name| part.get_key_value(*name))?;
            let allows = ask.what.is_allowed_by(sources, &self.origin);
            (!allows).then_some((name.as_str(), sources.as_str()))
        })
    }

    fn help(&self, ask: &Ask) -> String {
        let (directive, source) = ask.what.remedy();
        let place = match self.remedy {
            Remedy::Config => "below [content_security_policy] of site.toml",
            Remedy::Headers => "in static/_headers",
        };
        format!(
            "{}, or add `{source}` to `{directive}` {place}",
            ask.what.better()
        )
    }
}

/// Returns the Content-Security-Policy of a site: the usual one with the sources that it adds.
pub fn usual(config: &Config) -> String {
    let added = &config.site.content_security_policy;
    let directive = |(name, sources): &(&str, &str)| match added.get(name) {
        Some(more) if *sources == "'none'" => format!("{name} {}", more.value),
        Some(more) => format!("{name} {sources} {}", more.value),
        None => format!("{name} {sources}"),
    };
    let others = added
        .0
        .iter()
        .filter(|(name, _)| USUAL.iter().all(|(known, _)| *known != name.value));
    let others = others.map(|(name, more)| format!("{} {}", name.value, more.value));
    let directives: Vec<String> = USUAL.iter().map(directive).chain(others).collect();
    directives.join("; ")
}
