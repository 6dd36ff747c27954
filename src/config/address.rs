//! The address of the site: the text of `base_url` comes in, origin and base path go out.

use std::fmt;
use std::net::Ipv6Addr;

use crate::path::{PathFault, UrlPath};

/// Where a site lives.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Scheme and host, without a final `/`: `https://example.com`.
    pub origin: String,
    /// The path, with `/` at both ends: `/` or `/careers/`.
    pub base_path: String,
}

/// Why a text is no address of a site. `Display` is a sentence about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoAddress {
    /// It has a query, a fragment, a user, or a character that no address has.
    HasMore,
    NotWeb,
    WithoutHost,
    BadHost(String),
    BadPath(PathFault),
}

impl Address {
    /// Reads the address of a site.
    pub fn parse(url: &str) -> Result<Self, NoAddress> {
        let is_stray =
            |c: char| matches!(c, '?' | '#' | '@' | '\\') || c.is_whitespace() || c.is_control();
        if url.contains(is_stray) {
            return Err(NoAddress::HasMore);
        }
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "http" | "https") {
            return Err(NoAddress::NotWeb);
        }
        let (host, inner) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() {
            return Err(NoAddress::WithoutHost);
        }
        if !is_host(host) {
            return Err(NoAddress::BadHost(host.to_owned()));
        }
        let base_path = match inner.strip_suffix('/').unwrap_or(inner) {
            "" => "/".to_owned(),
            inner => format!("/{inner}/"),
        };
        let base_path = UrlPath::new(&base_path).map_err(NoAddress::BadPath)?;
        Ok(Self {
            origin: format!("{scheme}://{}", host.to_lowercase()),
            base_path: base_path.as_str().to_owned(),
        })
    }
}

/// Names that nobody can have, and those of this machine. With a dot in front they stand for all names
/// below. (`build.sh` of the recipes for hosts knows the same.)
const PLACEHOLDERS: [&str; 10] = [
    "example.com",
    "example.net",
    "example.org",
    "example",
    "test",
    "invalid",
    "local",
    "localhost",
    "0.0.0.0",
    "[::]",
];

impl Address {
    /// Returns true for an address that no site can be published at: an example, or this machine.
    pub fn is_placeholder(&self) -> bool {
        let (_, host) = self.origin.split_once("://").unwrap_or_default();
        let host = match host.find(']') {
            Some(end) => &host[..=end],
            None => host.split(':').next().unwrap_or_default(),
        };
        let is_of = |name: &&str| {
            let above = host.strip_suffix(*name);
            above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
        };
        host.starts_with("127.") || host == "[::1]" || PLACEHOLDERS.iter().any(is_of)
    }
}

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HasMore => f.write_str("it holds more than a host and a path"),
            Self::NotWeb => f.write_str("it does not start with https:// or http://"),
            Self::WithoutHost => f.write_str("it has no host"),
            Self::BadHost(host) => write!(f, "`{host}` is no host"),
            Self::BadPath(why) => why.fmt(f),
        }
    }
}

/// Returns true if a text is a host with or without a port: a name, an IPv4 address, or an IPv6
/// address in brackets.
fn is_host(text: &str) -> bool {
    let in_brackets = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let Some((address, behind)) = in_brackets else {
        return match text.split_once(':') {
            Some((name, port)) => is_name(name) && is_port(port),
            None => is_name(text),
        };
    };
    let has_port = match behind.strip_prefix(':') {
        Some(port) => is_port(port),
        None => behind.is_empty(),
    };
    address.parse::<Ipv6Addr>().is_ok() && has_port
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|c| c.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

fn is_name(text: &str) -> bool {
    text.split('.').all(|label| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            && !label.starts_with('-')
    })
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_address_is_a_host_and_a_path() {
        for (url, origin, path) in [
            ("https://example.com", "https://example.com", "/"),
            (
                "https://example.com/careers/",
                "https://example.com",
                "/careers/",
            ),
            (
                "HTTPS://Example.COM/Careers",
                "https://example.com",
                "/Careers/",
            ),
            (
                "http://localhost:1111/a/b",
                "http://localhost:1111",
                "/a/b/",
            ),
            ("http://[::1]:8080/", "http://[::1]:8080", "/"),
            ("https://bücher.example/ü/", "https://bücher.example", "/ü/"),
        ] {
            let wanted = Address {
                origin: origin.to_owned(),
                base_path: path.to_owned(),
            };
            assert_eq!(Address::parse(url), Ok(wanted), "{url}");
        }
    }

    #[test]
    fn examples_and_this_machine_are_placeholders() {
        for url in [
            "https://example.com/",
            "https://careers.example.org/jobs/",
            "https://EXAMPLE.net",
            "https://bücher.example/",
            "http://rungs.test/",
            "http://a.invalid/",
            "http://printer.local/",
            "http://localhost:4747/",
            "http://127.0.0.1/",
            "http://[::1]:80/",
            "http://[::]/",
            "http://0.0.0.0:80/",
        ] {
            assert!(Address::parse(url).unwrap().is_placeholder(), "{url}");
        }
        for url in [
            "https://careers.my-company.com/",
            "https://notexample.com/",
            "https://example.com.de/",
            "https://example.dev/example.com/",
            "https://latest/",
            "http://12.7.0.1/",
        ] {
            assert!(!Address::parse(url).unwrap().is_placeholder(), "{url}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in [
            "",
            "/",
            "example.com",
            "ftp://example.com/",
            "https://",
            "https:///a",
            "https://a//b",
            "https://a/?q",
            "https://a/#f",
            "https://u@a/",
            "https://a b/",
            "https://a/../",
            "https://a/%2e/",
            "https://a:port/",
            "https://a:99999/",
            "https://a:/",
            "https://.a/",
            "https://[::1]x/",
            "https://[1]/",
            "https://a\"b/",
            "https://a/con/",
        ] {
            assert!(Address::parse(bad).is_err(), "{bad} passed");
        }
    }
}
