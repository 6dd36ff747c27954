//! The guard: a request's head comes in; the path that may be looked up, or a refusal, goes out.
//!
//! Any page that a browser shows can send requests to this machine, and can have a host name that
//! leads here. So a request must name this server as its host, and must not come from another
//! origin.

use std::net::SocketAddr;

use hyper::header::{
    CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, TRANSFER_ENCODING,
};
use hyper::{Method, StatusCode, Uri};

/// The hosts that requests may name.
#[derive(Debug)]
pub struct Hosts {
    /// In lower case, with the port.
    known: Vec<String>,
    /// The one in the address that people are shown.
    shown: String,
}

/// Why a request is not answered, in words for the person who typed the address.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: StatusCode,
    pub words: &'static str,
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

impl Hosts {
    /// Returns this machine's own names with the port, and others that are allowed.
    pub fn new(address: SocketAddr, allowed: &[String]) -> Self {
        let port = address.port();
        let own = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
        let has_port = |host: &str| {
            host.rsplit_once(':').is_some_and(|(_, port)| {
                !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        let allowed = allowed
            .iter()
            .map(|host| host.to_ascii_lowercase())
            .map(|host| {
                if has_port(&host) {
                    host
                } else {
                    format!("{host}:{port}")
                }
            });
        let mut known: Vec<String> = own.into_iter().chain(allowed).collect();
        // Browsers leave out the usual port of HTTP.
        let without: Vec<String> = known
            .iter()
            .filter_map(|host| host.strip_suffix(":80").map(str::to_owned))
            .collect();
        known.extend(without);
        let loopback = if address.is_ipv6() {
            format!("[::1]:{port}")
        } else {
            format!("127.0.0.1:{port}")
        };
        let shown = if address.ip().is_loopback() {
            loopback
        } else {
            known.get(3).cloned().unwrap_or(loopback)
        };
        Self { known, shown }
    }

    /// Returns the host for the address that people are shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Returns the decoded path that a request asks for, if it may ask.
    pub fn admit(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<String, Refusal> {
        let host = self.host(headers)?;
        refuse_other_origins(&host, headers)?;
        if method != Method::GET && method != Method::HEAD {
            return refuse(StatusCode::METHOD_NOT_ALLOWED, "Pages can only be read.");
        }
        let has_body = headers.contains_key(TRANSFER_ENCODING)
            || headers
                .get(CONTENT_LENGTH)
                .is_some_and(|length| length != "0");
        if has_body
            || uri.authority().is_some()
            || uri.scheme().is_some()
            || !uri.path().starts_with('/')
        {
            return refuse(StatusCode::BAD_REQUEST, "This is not a request for a page.");
        }
        decode(uri.path()).ok_or(Refusal {
            status: StatusCode::BAD_REQUEST,
            words: "This is not the address of a page.",
        })
    }

    /// Returns the host that a request names, if it is this server.
    fn host(&self, headers: &HeaderMap) -> Result<String, Refusal> {
        let host = only(headers, &HOST)?
            .and_then(|host| host.to_str().ok())
            .map(str::to_ascii_lowercase);
        match host.filter(|host| self.known.contains(host)) {
            Some(host) => Ok(host),
            None => refuse(
                StatusCode::MISDIRECTED_REQUEST,
                "This preview does not answer under this name; --allow-host lets it.",
            ),
        }
    }
}

/// Refuses requests of pages from other origins. A link on such a page may lead here.
fn refuse_other_origins(host: &str, headers: &HeaderMap) -> Result<(), Refusal> {
    const WORDS: &str = "This preview answers its own pages only.";
    let own = format!("http://{host}");
    if let Some(origin) = only(headers, &ORIGIN)?
        && !origin.as_bytes().eq_ignore_ascii_case(own.as_bytes())
    {
        return refuse(StatusCode::FORBIDDEN, WORDS);
    }
    let site = headers
        .get(SEC_FETCH_SITE)
        .map_or(&b"none"[..], HeaderValue::as_bytes);
    let is_navigation = headers
        .get(SEC_FETCH_MODE)
        .is_none_or(|mode| mode == "navigate");
    if !matches!(site, b"none" | b"same-origin") && !is_navigation {
        return refuse(StatusCode::FORBIDDEN, WORDS);
    }
    Ok(())
}

/// Returns the value of a header that may stand once at most.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h HeaderValue>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() {
        refuse(
            StatusCode::BAD_REQUEST,
            "This request has a header twice that it must have once.",
        )
    } else {
        Ok(first)
    }
}

fn refuse<T>(status: StatusCode, words: &'static str) -> Result<T, Refusal> {
    Err(Refusal { status, words })
}

/// Decodes a path once. Returns `None` if a percent sign is not followed by two digits, or if there
/// are control characters, which no address has.
fn decode(path: &str) -> Option<String> {
    let is_right =
        |part: &str| part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !path.split('%').skip(1).all(is_right) {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .ok()?;
    if decoded.chars().any(char::is_control) {
        return None;
    }
    Some(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(target: &str, headers: &[(&'static str, &str)]) -> Result<String, u16> {
        let hosts = Hosts::new(
            SocketAddr::from(([127, 0, 0, 1], 4747)),
            &["preview.test".to_owned(), "Other.test:8080".to_owned()],
        );
        let map = headers
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_str(value).unwrap(),
                )
            })
            .collect();
        hosts
            .admit(&Method::GET, &target.parse().unwrap(), &map)
            .map_err(|refusal| refusal.status.as_u16())
    }

    #[test]
    fn a_request_names_this_server() {
        for host in [
            "127.0.0.1:4747",
            "localhost:4747",
            "LOCALHOST:4747",
            "[::1]:4747",
            "preview.test:4747",
            "other.test:8080",
        ] {
            assert_eq!(
                admitted("/a%20b?c", &[("host", host)]),
                Ok("/a b".to_owned()),
                "{host}"
            );
        }
        for host in [
            "evil.example",
            "127.0.0.1",
            "127.0.0.1:80",
            "localhost.evil.example:4747",
            "127.0.0.1.nip.io:4747",
            "other.test:4747",
            "preview.test",
            "",
        ] {
            assert_eq!(admitted("/", &[("host", host)]), Err(421), "{host}");
        }
        assert_eq!(admitted("/", &[]), Err(421));
        assert_eq!(
            admitted(
                "/",
                &[("host", "localhost:4747"), ("host", "localhost:4747")]
            ),
            Err(400)
        );
    }

    #[test]
    fn a_request_comes_from_a_page_of_this_server_or_from_a_person() {
        let from = |origin: &str| admitted("/", &[("host", "localhost:4747"), ("origin", origin)]);
        assert_eq!(from("http://localhost:4747"), Ok("/".to_owned()));
        for origin in [
            "null",
            "http://127.0.0.1:4747",
            "https://localhost:4747",
            "http://localhost:9999",
            "http://evil.example",
            "http://localhost:4747.evil.example",
        ] {
            assert_eq!(from(origin), Err(403), "{origin}");
        }
        let fetched = |site: &str, mode: &str| {
            admitted(
                "/",
                &[
                    ("host", "localhost:4747"),
                    ("sec-fetch-site", site),
                    ("sec-fetch-mode", mode),
                ],
            )
        };
        assert_eq!(
            fetched("cross-site", "navigate"),
            Ok("/".to_owned()),
            "a link on another page"
        );
        assert_eq!(fetched("same-origin", "cors"), Ok("/".to_owned()));
        assert_eq!(
            (
                fetched("cross-site", "no-cors"),
                fetched("same-site", "cors")
            ),
            (Err(403), Err(403))
        );
    }

    #[test]
    fn addresses_are_decoded_once_and_strictly() {
        assert_eq!(decode("/%252e%252e/"), Some("/%2e%2e/".to_owned()));
        assert_eq!(decode("/caf%C3%A9"), Some("/café".to_owned()));
        for bad in ["/%", "/%2", "/%zz", "/%ff", "/%00", "/a%0Ab", "/%c0%ae"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
