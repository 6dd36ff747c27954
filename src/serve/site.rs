//! What is served: the seam between the preview and whoever answers requests.

use std::borrow::Cow;
use std::sync::Arc;

/// What is served. Any thread may ask at any time; a call may take milliseconds.
pub trait Site: Send + Sync + 'static {
    /// The answer for the path of a URL: percent-decoded, begins with `/`, no query.
    fn get(&self, path: &str) -> Answer;
    /// What an open page should be told: everything that is so now and was not when the generation was `since` (0: nothing is known).
    fn news(&self, page: &str, since: u64) -> News;
}

/// An answer to a request.
pub struct Answer {
    pub status: u16,
    pub body: Body,
    pub content_type: Cow<'static, str>,
}

pub enum Body {
    /// HTML of the site: `http` adds the script tag. `digest` is of the bytes without it. `mark` is `draft`, `future` or nothing.
    Page {
        html: Arc<[u8]>,
        digest: String,
        mark: &'static str,
    },
    File(Arc<[u8]>),
    /// A path of this server, percent-encoded, with one `/` in front.
    Redirect(String),
}

/// What an open page should be told.
pub struct News {
    pub generation: u64,
    pub events: Vec<Event>,
}

/// One message.
pub struct Event {
    pub name: &'static str,
    /// One line of JSON.
    pub data: String,
}
