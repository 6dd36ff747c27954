//! Answers: a request comes in, what the site has for it goes out, with headers that keep it from everybody else.

use std::sync::Arc;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode};
use tokio::sync::Semaphore;

use super::super::client::PREVIEW_JS;
use super::super::site::{Answer, Body, Site};
use super::connections::Busy;
use super::guard::{Hosts, Refusal};
use super::{Bell, stream};

/// How many pages can listen for news at once.
const MOST_STREAMS: usize = 100;
const SCRIPT: &str = "/.rungs/preview.js";
const EVENTS: &str = "/.rungs/events";

pub type Content = BoxBody<Bytes, std::convert::Infallible>;

/// What it takes to answer.
pub struct Service {
    pub site: Arc<dyn Site>,
    pub hosts: Arc<Hosts>,
    pub bell: Bell,
    pub streams: Arc<Semaphore>,
}

/// Room for pages that listen.
pub fn streams() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(MOST_STREAMS))
}

impl Service {
    pub async fn answer(&self, request: Request<Incoming>, busy: &Busy) -> Response<Content> {
        let mut response = match self.hosts.admit(request.method(), request.uri(), request.headers()) {
            Err(Refusal { status, words }) => {
                let mut response = text(status, words);
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                if status == StatusCode::METHOD_NOT_ALLOWED {
                    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
                }
                response
            }
            Ok(path) if path == SCRIPT => full(StatusCode::OK, "text/javascript; charset=utf-8", PREVIEW_JS),
            Ok(path) if path == EVENTS => match self.streams.clone().try_acquire_owned() {
                Ok(room) => stream::open(stream::Asked::by(&request), self, (busy.work(), room)),
                Err(_) => text(StatusCode::SERVICE_UNAVAILABLE, "Too many pages of this preview are open."),
            },
            Ok(path) => self.page(path).await,
        };
        for (name, value) in HEADERS {
            response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
        }
        response
    }

    async fn page(&self, path: String) -> Response<Content> {
        let site = self.site.clone();
        let Ok(answer) = tokio::task::spawn_blocking(move || site.get(&path)).await else {
            return text(StatusCode::INTERNAL_SERVER_ERROR, "This is a bug in Rungs, not in your site: the page could not be made.");
        };
        let Answer { status, body, content_type } = answer;
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match body {
            Body::Page { html, digest, mark } => full(status, &content_type, with_script(&html, &digest, mark)),
            Body::File(bytes) => full(status, &content_type, Bytes::from_owner(bytes)),
            Body::Redirect(to) => match HeaderValue::from_str(&to).ok().filter(|_| to.starts_with('/') && !to.starts_with("//")) {
                None => text(StatusCode::NOT_FOUND, "There is no such page."),
                Some(to) => {
                    let mut response = text(StatusCode::TEMPORARY_REDIRECT, "This page has another address.");
                    response.headers_mut().insert(header::LOCATION, to);
                    response
                }
            },
        }
    }
}

/// What stands in every answer: nothing is kept, and no page of another origin gets it.
const HEADERS: [(HeaderName, &str); 5] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
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

/// A page with the script of the preview, before the last `</body>` or at the end: what is inside a comment or a script of
/// the page comes before that.
fn with_script(html: &[u8], digest: &str, mark: &str) -> Vec<u8> {
    let tag = format!("<script src=\"{SCRIPT}\" defer data-digest=\"{digest}\" data-mark=\"{mark}\"></script>");
    let end = html.windows(7).rposition(|bytes| bytes.eq_ignore_ascii_case(b"</body>")).unwrap_or(html.len());
    [&html[..end], tag.as_bytes(), &html[end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let with = |html: &str| String::from_utf8(with_script(html.as_bytes(), "d", "")).unwrap();
        let tag = "<script src=\"/.rungs/preview.js\" defer data-digest=\"d\" data-mark=\"\"></script>";
        assert_eq!(with("<!-- </body> --><p>a</BODY></html>"), format!("<!-- </body> --><p>a{tag}</BODY></html>"));
        assert_eq!(with("<p>a"), format!("<p>a{tag}"));
        assert_eq!(with(""), tag);
    }
}
