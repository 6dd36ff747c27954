//! A server that speaks as `rungs serve` does, and does only what a test says: moments that the
//! real one reaches by chance.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use rungs::serve::client::PREVIEW_JS;
use serde_json::{Value, json};

use super::folder::{Folder, Ran, files_in};
use super::page::Page;

/// What a page that shows the preview may forbid at most.
pub const STRICT: &str =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";

/// A content type: the text is where the address leads to.
pub const REDIRECT: &str = "redirect";

/// A running server.
pub struct Fake {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// By path: the content type and the text.
    files: BTreeMap<String, (&'static str, String)>,
    mark: &'static str,
    generation: u64,
    /// The generation in which the server started: a page that was told of an earlier one may have
    /// missed anything.
    first: u64,
    /// Files with the generation in which they changed last.
    changed: BTreeMap<String, u64>,
    report: Option<Value>,
    streams: Vec<(String, TcpStream)>,
    /// Pages may do what they want.
    is_lax: bool,
    /// The targets of all requests.
    asked: Vec<String>,
    is_down: bool,
}

impl Fake {
    /// A server with one page, `/`.
    pub fn new(page: &str) -> Self {
        let mut fake = Self {
            address: ([127, 0, 0, 1], 0).into(),
            state: Arc::default(),
        };
        fake.page("/", page);
        fake.address = fake.listen();
        fake
    }

    /// A server whose page may ask other servers, as one that attacks the preview.
    pub fn lax(page: &str) -> Self {
        let fake = Self::new(page);
        fake.state().is_lax = true;
        fake
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Puts a page at a path; nobody is told.
    pub fn page(&self, path: &str, html: &str) -> &Self {
        self.file(path, "text/html; charset=utf-8", html)
    }

    /// Puts a file at a path; nobody is told.
    pub fn file(&self, path: &str, content_type: &'static str, text: &str) -> &Self {
        self.state()
            .files
            .insert(path.to_owned(), (content_type, text.to_owned()));
        self
    }

    /// Builds a site and puts its files below a path, as a host does; data may be kept for a while.
    pub fn host(&self, folder: &Folder, below: &str) {
        Ran::of(
            Command::new(env!("CARGO_BIN_EXE_rungs"))
                .args(["build", "--no-cache", "--quiet"])
                .current_dir(folder.path("")),
        )
        .exits(0);
        for (path, bytes) in files_in(&folder.path("public")) {
            let kind = match path.rsplit_once('.') {
                Some((_, "js")) => "text/javascript",
                Some((_, "json")) => "application/json",
                Some((_, "css")) => "text/css",
                _ => "text/html; charset=utf-8",
            };
            self.file(
                &format!(
                    "{below}{}",
                    path.strip_suffix("index.html").unwrap_or(&path)
                ),
                kind,
                &String::from_utf8_lossy(&bytes),
            );
        }
    }

    /// Deletes what is at a path; nobody is told.
    pub fn remove(&self, path: &str) -> &Self {
        self.state().files.remove(path);
        self
    }

    /// What the site's author calls its pages: `draft`, `future` or nothing.
    pub fn mark(&self, mark: &'static str) -> &Self {
        self.state().mark = mark;
        self
    }

    /// Tells all open pages how things are, and that these files have changed.
    pub fn tell(&self, changed: &[&str]) {
        let mut state = self.state();
        state.generation += 1;
        let generation = state.generation;
        state
            .changed
            .extend(changed.iter().map(|path| ((*path).to_owned(), generation)));
        let mut streams = std::mem::take(&mut state.streams);
        streams.retain_mut(|(page, stream)| {
            send(
                stream,
                state.generation,
                "page",
                &state.news(page, &json!(changed)),
            )
        });
        state.streams = streams;
    }

    /// Puts another page at `/`, and tells those who have it open.
    pub fn show(&self, page: &str) {
        self.page("/", page).tell(&[]);
    }

    /// Tells all open pages what is wrong with the site.
    pub fn report(&self, report: Value) {
        let mut state = self.state();
        state.generation += 1;
        let generation = state.generation;
        state
            .streams
            .retain_mut(|(_, stream)| send(stream, generation, "report", &report));
        state.report = Some(report);
    }

    /// How many event streams are open, as far as is known.
    pub fn streams(&self) -> usize {
        let mut state = self.state();
        // The first write to a closed connection succeeds.
        state
            .streams
            .retain_mut(|(_, stream)| stream.write_all(b":\n\n").is_ok());
        state.streams.len()
    }

    /// How often pages were asked for: their addresses end with a slash.
    pub fn pages_asked(&self) -> usize {
        self.state()
            .asked
            .iter()
            .filter(|target| target.split('?').next().unwrap_or_default().ends_with('/'))
            .count()
    }

    /// Waits until an open page has all that it asks for: since then, nothing is a matter of luck.
    pub fn connected(&self, open: &mut Page) {
        let loads = open.loads();
        open.wait("the page is connected", |_| {
            self.streams() > 0 && self.pages_asked() >= 2 * loads
        });
    }

    /// Ends all connections and takes no others.
    pub fn stop(&self) {
        self.state().is_down = true;
        // The one who waits for a connection must see it.
        drop(TcpStream::connect(self.address));
        while Arc::strong_count(&self.state) > 1 {
            thread::yield_now();
        }
        self.state().streams.clear();
    }

    /// Begins again at the same address, knowing nothing of what was told.
    pub fn start(&self) {
        let mut state = self.state();
        state.generation += 1000;
        (state.is_down, state.first) = (false, state.generation);
        drop(state);
        self.listen();
    }

    fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind(self.address).unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::clone(&self.state);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if state.lock().unwrap().is_down {
                    break;
                }
                // A connection that the browser gives up is no fault.
                let state = Arc::clone(&state);
                thread::spawn(move || answer(&state, stream));
            }
        });
        address
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.stop();
    }
}

impl State {
    /// The data of the event `page`.
    fn news(&self, page: &str, changed: &Value) -> Value {
        json!({ "digest": self.files.get(page).map(|(_, text)| digest(text)), "changed": changed, "mark": self.mark })
    }

    /// A response to anything but the event stream.
    fn response(&self, path: &str) -> String {
        let missing = (
            "text/html; charset=utf-8",
            "<!DOCTYPE html><html lang=en><title>404</title><body><h1>Not found</h1></body></html>"
                .to_owned(),
        );
        let (status, (content_type, text)) = match path {
            "/favicon.ico" => {
                return "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_owned();
            }
            "/.rungs/preview.js" => ("200 OK", &("text/javascript", PREVIEW_JS.to_owned())),
            _ => self
                .files
                .get(path)
                .map_or(("404 Not Found", &missing), |file| ("200 OK", file)),
        };
        if *content_type == REDIRECT {
            return format!(
                "HTTP/1.1 307 Temporary Redirect\r\nLocation: {text}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
        }
        let text = if content_type.starts_with("text/html") {
            self.tagged(text)
        } else {
            text.clone()
        };
        let keep = if path.ends_with(".json") {
            "max-age=600"
        } else {
            "no-cache"
        };
        let policy = if self.is_lax {
            "default-src * 'unsafe-inline'"
        } else {
            STRICT
        };
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nCache-Control: {keep}\r\nContent-Security-Policy: {policy}\r\nConnection: close\r\n\r\n{text}",
            text.len()
        )
    }

    fn tagged(&self, html: &str) -> String {
        let (digest, mark) = (digest(html), self.mark);
        let tag = format!(
            r#"<script src="/.rungs/preview.js" defer data-digest="{digest}" data-mark="{mark}"></script>"#
        );
        let end = html.rfind("</body>").unwrap_or(html.len());
        format!("{}{tag}{}", &html[..end], &html[end..])
    }
}

fn answer(state: &Mutex<State>, stream: TcpStream) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let target = first.split(' ').nth(1).unwrap_or("/").to_owned();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let mut state = state.lock().unwrap();
    state.asked.push(target.clone());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    match path {
        "/.rungs/events" => open(&mut state, stream, query),
        _ => drop((&stream).write_all(state.response(path).as_bytes())),
    }
}

fn open(state: &mut State, mut stream: TcpStream, query: &str) {
    let value = |key: &str| {
        query
            .split('&')
            .find_map(|part| part.strip_prefix(key))
            .unwrap_or_default()
    };
    let page = value("page=");
    let since: u64 = value("since=").parse().unwrap();
    let since_then = state
        .changed
        .iter()
        .filter(|(_, generation)| **generation > since)
        .map(|(path, _)| path);
    let changed = if since > 0 && since < state.first {
        Value::Null
    } else {
        since_then.cloned().collect()
    };
    let page = percent_encoding::percent_decode_str(page)
        .decode_utf8_lossy()
        .into_owned();
    let generation = state.generation.max(1);
    let mut sent = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n\r\n").is_ok();
    sent &= send(
        &mut stream,
        generation,
        "page",
        &state.news(&page, &changed),
    );
    sent &= state
        .report
        .as_ref()
        .is_none_or(|report| send(&mut stream, generation, "report", report));
    if sent && !state.is_down {
        state.streams.push((page, stream));
    }
}

fn send(stream: &mut TcpStream, generation: u64, name: &str, data: &Value) -> bool {
    stream
        .write_all(format!("id: {generation}\nevent: {name}\ndata: {data}\n\n").as_bytes())
        .is_ok()
}

fn digest(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
