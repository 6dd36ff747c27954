//! The sources of a directive: what they allow is told here, as CSP Level 3 defines it.

/// Returns the directives of a policy, with their sources.
pub fn directives(policy: &str) -> impl Iterator<Item = (&str, &str)> {
    policy.split(';').filter_map(|directive| {
        let directive = directive.trim();
        let (name, sources) = directive
            .split_once(|c: char| c.is_ascii_whitespace())
            .unwrap_or((directive, ""));
        (!name.is_empty()).then(|| (name, sources.trim()))
    })
}

/// Returns the first of some directives that a policy has, with its sources.
pub fn find<'p>(policy: &'p str, names: &[&str]) -> Option<(&'p str, &'p str)> {
    names.iter().find_map(|name| {
        directives(policy).find(|(directive, _)| directive.eq_ignore_ascii_case(name))
    })
}

/// Returns whether sources hold a keyword such as `'unsafe-inline'`.
pub(super) fn has(sources: &str, keyword: &str) -> bool {
    sources
        .split_ascii_whitespace()
        .any(|source| source.eq_ignore_ascii_case(keyword))
}

/// Returns whether sources name single scripts or styles, by a nonce or a hash: then
/// `'unsafe-inline'` says nothing.
pub(super) fn names_single(sources: &str) -> bool {
    sources.split_ascii_whitespace().any(|source| {
        ["'nonce-", "'sha256-", "'sha384-", "'sha512-"]
            .iter()
            .any(|start| {
                source
                    .get(..start.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(start))
            })
    })
}

/// An address, cut where sources are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Address<'a> {
    scheme: &'a str,
    host: &'a str,
    port: &'a str,
    path: &'a str,
}

/// Returns whether sources allow an address. Those of the site itself may be relative.
pub(super) fn allow_address(sources: &str, address: &str, origin: &str) -> bool {
    let Some(own) = cut(origin) else {
        return true;
    };
    let with_scheme = match address.strip_prefix("//") {
        Some(rest) => format!("{}://{rest}", own.scheme),
        None if scheme_of(address).is_none() => format!("{origin}/{}", path_of(address)),
        None => address.to_owned(),
    };
    let scheme = scheme_of(&with_scheme).unwrap_or_default();
    let cut = cut(&with_scheme);
    sources
        .split_ascii_whitespace()
        .any(|source| match source.strip_suffix(':') {
            Some(allowed) => is_same_scheme(allowed, scheme),
            None => cut.is_some_and(|address| allows(source, address, own)),
        })
}

/// Returns the path of a relative address below some folder of the site: which one is not known, and
/// few policies ask.
fn path_of(address: &str) -> &str {
    address
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_start_matches('/')
}

fn allows(source: &str, address: Address<'_>, own: Address<'_>) -> bool {
    if source == "*" {
        return matches!(address.scheme, "http" | "https" | "ws" | "wss")
            || address.scheme == own.scheme;
    }
    if source.eq_ignore_ascii_case("'self'") {
        return is_same_scheme(own.scheme, address.scheme)
            && address.host.eq_ignore_ascii_case(own.host)
            && port(address)
                == port(Address {
                    scheme: address.scheme,
                    ..own
                });
    }
    if source.starts_with('\'') {
        return false;
    }
    let with_scheme = match source.contains("://") {
        true => source.to_owned(),
        false => format!("{}://{source}", own.scheme),
    };
    let Some(allowed) = cut(&with_scheme) else {
        return false;
    };
    let is_host = match allowed.host.strip_prefix('*') {
        Some(end) => {
            address.host.len() > end.len()
                && address
                    .host
                    .to_ascii_lowercase()
                    .ends_with(&end.to_ascii_lowercase())
        }
        None => allowed.host.eq_ignore_ascii_case(address.host),
    };
    let is_port = allowed.port == "*"
        || port(allowed) == port(address)
        || allowed.port.is_empty()
            && port(address)
                == port(Address {
                    port: "",
                    ..address
                });
    let is_path = match allowed.path {
        "" | "/" => true,
        folder if folder.ends_with('/') => address.path.starts_with(folder),
        path => address.path == path,
    };
    is_same_scheme(allowed.scheme, address.scheme) && is_host && is_port && is_path
}

/// Returns whether a source of a scheme allows an address of another: what is allowed without
/// encryption is allowed with it.
fn is_same_scheme(allowed: &str, scheme: &str) -> bool {
    let allowed = allowed.to_ascii_lowercase();
    let scheme = scheme.to_ascii_lowercase();
    allowed == scheme
        || allowed == "http" && scheme == "https"
        || allowed == "ws" && scheme == "wss"
}

fn port(address: Address<'_>) -> &str {
    match (address.port, address.scheme) {
        ("", "https" | "wss") => "443",
        ("", "http" | "ws") => "80",
        (port, _) => port,
    }
}

/// Returns the scheme of an address that has one.
pub(super) fn scheme_of(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}

/// Cuts an address with `://`.
fn cut(address: &str) -> Option<Address<'_>> {
    let (scheme, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    // The colons of an IPv6 address stand in brackets.
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (host, ""),
    };
    Some(Address {
        scheme,
        host,
        port,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_allowed_as_browsers_allow_them() {
        for (sources, address, expected) in [
            ("'self'", "/a.png", true),
            ("'self'", "a.png?b#c", true),
            ("'self'", "", true),
            ("'self'", "https://site.example/a", true),
            ("'self'", "https://site.example:443/a", true),
            ("'self'", "http://site.example/a", false),
            ("'self'", "https://sub.site.example/a", false),
            ("'self'", "//cdn.example/a", false),
            ("'self'", "data:image/png,x", false),
            ("'none'", "/a.png", false),
            ("", "/a.png", false),
            ("'self' data:", "DATA:x", true),
            ("https:", "https://any.example/", true),
            ("http:", "https://any.example/", true),
            ("https:", "http://any.example/", false),
            ("*", "https://any.example/", true),
            ("*", "data:x", false),
            ("cdn.example", "https://cdn.example/a", true),
            ("cdn.example", "//CDN.example/a", true),
            ("cdn.example", "http://cdn.example/a", false),
            ("cdn.example", "https://cdn.example.evil/a", false),
            ("https://*.example", "https://a.b.example/", true),
            ("https://*.example", "https://example/", false),
            ("https://cdn.example/a/", "https://cdn.example/a/b.js", true),
            ("https://cdn.example/a/", "https://cdn.example/b.js", false),
            (
                "https://cdn.example/a.js",
                "https://cdn.example/a.js?v=1",
                true,
            ),
            ("https://cdn.example:8443", "https://cdn.example/", false),
            ("https://cdn.example:*", "https://cdn.example:1/", true),
            ("https://cdn.example", "https://cdn.example:1/", false),
            ("https://site.example", "/a.png", true),
        ] {
            assert_eq!(
                allow_address(sources, address, "https://site.example"),
                expected,
                "{sources} {address}"
            );
        }
    }

    #[test]
    fn directives_are_found() {
        let policy = " Default-Src 'none' ;; img-src  a  b;sandbox";
        assert_eq!(
            directives(policy).collect::<Vec<_>>(),
            [
                ("Default-Src", "'none'"),
                ("img-src", "a  b"),
                ("sandbox", "")
            ]
        );
        assert_eq!(
            find(policy, &["style-src", "default-src"]),
            Some(("Default-Src", "'none'"))
        );
    }
}
