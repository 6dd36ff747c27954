//! Event streams: an open page comes in; what is new for it goes out, at once and whenever the
//! notifier is called.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{Request, Response};
use tokio::sync::OwnedSemaphorePermit;

use super::super::site::{Event, News, Site};
use super::answer::{Content, Service};
use super::connections::Working;

/// How often an empty line is sent, so that a page that went away is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What a page that listens wants to know.
pub struct Asked {
    /// Its path, decoded.
    page: String,
    since: u64,
}

/// What a stream occupies as long as it is open.
pub struct Room {
    /// Keeps the connection open.
    pub _working: Working,
    pub _permit: OwnedSemaphorePermit,
}

impl Asked {
    /// Reads what a request asks for.
    pub fn by(request: &Request<Incoming>) -> Self {
        let query = request.uri().query().unwrap_or_default();
        let value = |name: &str| {
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value)
        };
        let decode = |value: &str| {
            percent_encoding::percent_decode_str(value)
                .decode_utf8_lossy()
                .into_owned()
        };
        // A browser that reconnects by itself says which event it got last.
        let last = request
            .headers()
            .get("last-event-id")
            .and_then(|id| id.to_str().ok());
        let since = last
            .or_else(|| value("since"))
            .and_then(|number| number.parse().ok())
            .unwrap_or(0);
        Self {
            page: value("page").map(decode).unwrap_or_default(),
            since,
        }
    }
}

/// Opens a stream. It ends with the connection, and occupies its room until then.
pub fn open(asked: Asked, service: &Service, room: Room) -> Response<Content> {
    let (to, body) = Channel::<Bytes, std::convert::Infallible>::new(1);
    tokio::spawn(tell(
        asked,
        service.site.clone(),
        service.notifier.0.subscribe(),
        to,
        room,
    ));
    let mut response = Response::new(body.boxed());
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream"),
    );
    response
}

async fn tell(
    Asked { page, mut since }: Asked,
    site: Arc<dyn Site>,
    mut notifier: tokio::sync::watch::Receiver<u64>,
    mut to: http_body_util::channel::Sender<Bytes>,
    _room: Room,
) {
    let page: Arc<str> = page.into();
    if to
        .send_data(Bytes::from_static(b"retry: 500\n\n"))
        .await
        .is_err()
    {
        return;
    }
    loop {
        notifier.mark_unchanged();
        let (site, page) = (site.clone(), page.clone());
        // If making the page panics, the stream goes on.
        let asked = tokio::task::spawn_blocking(move || site.news(&page, since)).await;
        if let Ok(News { generation, events }) = asked {
            since = generation;
            for Event { name, data } in events {
                let text = format!("id: {generation}\nevent: {name}\ndata: {data}\n\n");
                if to.send_data(text.into()).await.is_err() {
                    return;
                }
            }
        }
        loop {
            match tokio::time::timeout(HEARTBEAT, notifier.changed()).await {
                Ok(Ok(())) => break,
                Ok(Err(_)) => return,
                Err(_) if to.send_data(Bytes::from_static(b":\n\n")).await.is_err() => return,
                Err(_) => {}
            }
        }
    }
}
