//! The address of the site: the text of `base_url` comes in, origin and base path go out.

use crate::path::UrlPath;

/// Splits a site's address into its origin (`https://example.com`) and the path that it lives at (`/` or `/careers/`).
/// The error says in words what is wrong.
pub(super) fn split(url: &str) -> Result<(String, String), String> {
    if url.contains(['?', '#', '@', '\\']) || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("it holds more than a host and a path".to_owned());
    }
    let (scheme, rest) = url.split_once("://").map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest)).unwrap_or_default();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err("it does not start with https:// or http://".to_owned());
    }
    let (host, inner) = rest.split_once('/').unwrap_or((rest, ""));
    if !is_host(host) {
        return Err(if host.is_empty() { "it has no host".to_owned() } else { format!("`{host}` is no host") });
    }
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let base_path = if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") };
    let base_path = UrlPath::new(&base_path).map_err(|why| why.to_string())?;
    Ok((format!("{scheme}://{}", host.to_lowercase()), base_path.as_str().to_owned()))
}

/// Whether a text is a host with or without a port: a name, an IPv4 address, or an IPv6 address in brackets.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, "")) => (address.parse::<std::net::Ipv6Addr>().is_ok(), None),
        Some((address, port)) => (address.parse::<std::net::Ipv6Addr>().is_ok(), Some(port.strip_prefix(':').unwrap_or("none"))),
        None => text.split_once(':').map_or_else(|| (is_name(text), None), |(name, port)| (is_name(name), Some(port))),
    };
    name && port.is_none_or(|port| port.bytes().all(|c| c.is_ascii_digit()) && port.parse::<u16>().is_ok())
}

fn is_name(text: &str) -> bool {
    text.split('.').all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') && !label.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn an_address_is_a_host_and_a_path() {
        for (url, origin, path) in [
            ("https://example.com", "https://example.com", "/"),
            ("https://example.com/careers/", "https://example.com", "/careers/"),
            ("HTTPS://Example.COM/Careers", "https://example.com", "/Careers/"),
            ("http://localhost:1111/a/b", "http://localhost:1111", "/a/b/"),
            ("http://[::1]:8080/", "http://[::1]:8080", "/"),
            ("https://bücher.example/ü/", "https://bücher.example", "/ü/"),
        ] {
            assert_eq!(split(url), Ok((origin.to_owned(), path.to_owned())), "{url}");
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
            assert!(split(bad).is_err(), "{bad} passed");
        }
    }
}
