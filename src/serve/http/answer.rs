//! Responses: a request comes in; what the site has for it goes out, with headers that keep it from
//! pages of other origins.

use std::sync::Arc;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode};
use tokio::sync::Semaphore;

use super::super::client::PREVIEW_JS;
use super::super::headers::{NONCE, with_preview};
use super::super::site::{Answer, Body, Site};
use super::Notifier;
use super::connections::Busy;
use super::guard::{Hosts, Refusal};
use super::stream::{self, Room};

/// How many pages can listen for news at once.
const MOST_STREAMS: usize = 100;
const SCRIPT: &str = "/.rungs/preview.js";
const EVENTS: &str = "/.rungs/events";

pub type Content = BoxBody<Bytes, std::convert::Infallible>;

/// What answers requests.
pub struct Service {
    pub site: Arc<dyn Site>,
    pub hosts: Arc<Hosts>,
    pub notifier: Notifier,
    /// One permit for each page that may listen.
    pub streams: Arc<Semaphore>,
}

/// Returns permits for pages that listen.
pub fn streams() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(MOST_STREAMS))
}

impl Service {
    /// Answers one request. The connection is kept open as long as a stream is.
    pub async fn answer(&self, request: Request<Incoming>, busy: &Busy) -> Response<Content> {
        let mut response = self.content(&request, busy).await;
        for (name, value) in HEADERS {
            response
                .headers_mut()
                .entry(name)
                .or_insert(HeaderValue::from_static(value));
        }
        response
    }

    async fn content(&self, request: &Request<Incoming>, busy: &Busy) -> Response<Content> {
        let admitted = self
            .hosts
            .admit(request.method(), request.uri(), request.headers());
        match admitted {
            Err(refusal) => refused(&refusal),
            Ok(path) if path == SCRIPT => {
                full(StatusCode::OK, "text/javascript; charset=utf-8", PREVIEW_JS)
            }
            Ok(path) if path == EVENTS => self.events(request, busy),
            Ok(path) => self.page(path, host_of(request)).await,
        }
    }

    fn events(&self, request: &Request<Incoming>, busy: &Busy) -> Response<Content> {
        let Ok(permit) = self.streams.clone().try_acquire_owned() else {
            return text(
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many pages of this preview are open.",
            );
        };
        let room = Room {
            _working: busy.work(),
            _permit: permit,
        };
        stream::open(stream::Asked::by(request), self, room)
    }

    /// Returns what the site has for a path. `host` is that of the request.
    async fn page(&self, path: String, host: String) -> Response<Content> {
        let (site, asked) = (self.site.clone(), path.clone());
        let Ok(answer) = tokio::task::spawn_blocking(move || site.get(&asked)).await else {
            return text(
                StatusCode::INTERNAL_SERVER_ERROR,
                "This is a bug in Rungs, not in your site: the page could not be made.",
            );
        };
        let Answer {
            status,
            body,
            content_type,
            headers,
        } = answer;
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = match body {
            Body::Page { html, digest, mark } => {
                full(status, &content_type, with_script(&html, &digest, mark))
            }
            Body::File(bytes) => full(status, &content_type, Bytes::from_owner(bytes)),
            Body::Redirect(to) => redirect(&to),
        };
        let origin = format!("http://{host}");
        for (name, value) in headers {
            let value = with_preview(&name, value, &origin, &path);
            // What no header can be is left out by hosts as well.
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// Returns the host that a request names.
fn host_of(request: &Request<Incoming>) -> String {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok());
    host.unwrap_or_default().to_owned()
}

fn redirect(to: &str) -> Response<Content> {
    let is_local = to.starts_with('/') && !to.starts_with("//");
    let Some(location) = HeaderValue::from_str(to).ok().filter(|_| is_local) else {
        return text(StatusCode::NOT_FOUND, "There is no such page.");
    };
    let mut response = text(
        StatusCode::TEMPORARY_REDIRECT,
        "This page has another address.",
    );
    response.headers_mut().insert(header::LOCATION, location);
    response
}

fn refused(refusal: &Refusal) -> Response<Content> {
    let mut response = text(refusal.status, refusal.words);
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// The headers of every response: no cache stores it, and no page of another origin can read it.
const HEADERS: [(HeaderName, &str); 5] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

fn full(status: StatusCode, content_type: &str, body: impl Into<Bytes>) -> Response<Content> {
    let mut response = Response::new(Full::new(body.into()).boxed());
    *response.status_mut() = status;
    if let Ok(value) = HeaderValue::from_str(content_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    response
}

fn text(status: StatusCode, words: &'static str) -> Response<Content> {
    full(status, "text/plain; charset=utf-8", format!("{words}\n"))
}

/// Adds the script of the preview to a page, before the last `</body>` or at the end. A `</body>`
/// in a comment or a script of the page comes before the last one.
fn with_script(html: &[u8], digest: &str, mark: &str) -> Vec<u8> {
    let tag = format!(
        "<script src=\"{SCRIPT}\" nonce=\"{NONCE}\" defer data-digest=\"{digest}\" data-mark=\"{mark}\"></script>"
    );
    let end = html
        .windows(7)
        .rposition(|bytes| bytes.eq_ignore_ascii_case(b"</body>"))
        .unwrap_or(html.len());
    [&html[..end], tag.as_bytes(), &html[end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let with = |html: &str| String::from_utf8(with_script(html.as_bytes(), "d", "")).unwrap();
        let tag = "<script src=\"/.rungs/preview.js\" nonce=\"rungs-preview\" defer data-digest=\"d\" data-mark=\"\"></script>";
        assert_eq!(
            with("<!-- </body> --><p>a</BODY></html>"),
            format!("<!-- </body> --><p>a{tag}</BODY></html>")
        );
        assert_eq!(with("<p>a"), format!("<p>a{tag}"));
        assert_eq!(with(""), tag);
    }
}
