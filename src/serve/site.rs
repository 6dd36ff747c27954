//! The interface between the preview and the server: addresses go in, answers come out.

use std::borrow::Cow;
use std::sync::Arc;

/// What is served. Any thread may call it at any time; a call may take milliseconds.
pub trait Site: Send + Sync + 'static {
    /// Returns the answer for the path of a URL, which is percent-decoded, begins with `/` and has
    /// no query.
    fn get(&self, path: &str) -> Answer;
    /// Returns what an open page should be told: everything that changed since the generation
    /// `since`. 0 stands for a page that knows nothing.
    fn news(&self, page: &str, since: u64) -> News;
}

/// An answer to a request.
pub struct Answer {
    pub status: u16,
    pub body: Body,
    pub content_type: Cow<'static, str>,
    /// Names, in lower case, and values of the headers that the site is published with.
    pub headers: Vec<(String, String)>,
}

/// The body of an answer.
pub enum Body {
    /// HTML of the site, to which `http` adds the script tag. `digest` is of the bytes without it.
    /// `mark` is `draft`, `future` or nothing.
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
