//! URLs of records: a text comes in, a URL that a page may link to goes out.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::decode::Decode;
use super::decoder::Decoder;
use super::meant;
use super::node::{Node, Value};
use super::schema::Schema;
use super::text::{help_for_text, text};
use crate::diag::Code;

/// A URL that a page may link to: https, http, mailto or tel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Link(String);

impl Link {
    /// Makes a link of a URL with an allowed scheme.
    pub fn new(text: &str) -> Option<Self> {
        if is_safe_url(text) {
            Some(Self(text.to_owned()))
        } else {
            None
        }
    }

    /// Returns the URL as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns true if a URL is absolute with a scheme that a page may link to. Anything odd (spaces, control
/// characters) is not.
pub fn is_safe_url(url: &str) -> bool {
    let after = |scheme: &str| {
        url.get(..scheme.len())
            .filter(|start| start.eq_ignore_ascii_case(scheme))
            .map(|_| &url[scheme.len()..])
    };
    let has_host = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    let is_known = match after("https://").or_else(|| after("http://")) {
        Some(rest) => has_host(rest),
        None => after("mailto:")
            .or_else(|| after("tel:"))
            .is_some_and(|rest| !rest.is_empty()),
    };
    is_known && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}

impl Decode for Link {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        let help = help_for_text(&node.value, d.key());
        let text = text(node, d, "a URL", help)?;
        let link = Self::new(text);
        if link.is_none() {
            let meant = meant::url(text).map(|url| format!("write \"{url}\""));
            d.fault(
                Code::BadUrl,
                &node.span,
                format!(
                    "`{}` is not a URL that a page may link to",
                    text.escape_debug()
                ),
            )
            .help_last(meant.unwrap_or_else(|| {
                "use a whole URL that starts with https://, http://, mailto: or tel:".to_owned()
            }));
        }
        link
    }
    fn encode(&self) -> Option<Value> {
        Some(self.as_str().into())
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": "string", "pattern": "^(https?://|mailto:|tel:)" })
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_are_links() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\tscript:x",
            "data:text/html,x",
            "vbscript:x",
            "//host/x",
            "https:///x",
            "/path",
            "https://a b",
            " https://a",
        ] {
            assert!(Link::new(bad).is_none(), "{bad} passed");
        }
        for good in [
            "https://example.com/a?b#c",
            "http://[::1]/",
            "mailto:a@example.com",
            "tel:+1555",
        ] {
            assert!(Link::new(good).is_some(), "{good} failed");
        }
    }
}
