//! The browser: found, started once, and spoken to in the DevTools protocol. What a page can be
//! asked is in `page.rs`.
//!
//! The protocol goes through pipes (`--remote-debugging-pipe`): no port, no crate for sockets, and
//! the browser ends with the test process, however that ends.
//!
//! It is our own because these 200 lines need no crate: `headless_chrome` brings 117,
//! `chromiumoxide` 119, `fantoccini` 98 and a driver beside the browser, for 20 commands.

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// Names under which browsers of this family are installed.
const NAMES: [&str; 7] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "chrome-headless-shell",
];

/// Where macOS keeps them.
const APPLICATIONS: [&str; 3] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

const NO_BROWSER: &str = "\
no browser was found, and these tests need Chromium, Chrome or Edge:
  `.ci/browser` installs one where apt-get does, `RUNGS_BROWSER=/path/to/chrome` names another,
  and `cargo test --test suite` leaves these tests out";

/// The sandbox needs rights that root and containers lack, and nothing but our own pages is opened.
/// Nothing is fetched, and timers run at full speed.
const OPTIONS: [&str; 12] = [
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    // A name that somebody else has pointed at this machine.
    "--host-resolver-rules=MAP evil.example 127.0.0.1",
];

/// Chromium reads from 3 and writes to 4. The shell stays to delete the profile; an interrupt must
/// not keep it from that.
const START: &str = r#"trap '' INT HUP; profile=$1; shift
"$@" --user-data-dir="$profile" 3<&0 4>&1 </dev/null >/dev/null 2>&1
rm -rf "$profile""#;

/// The browser of this test run.
pub static BROWSER: LazyLock<Browser> = LazyLock::new(Browser::start);

/// A browser, and everyone who waits for its word.
pub struct Browser {
    input: Mutex<(ChildStdin, u64)>,
    heard: Arc<Mutex<Heard>>,
    _process: Child,
}

/// Who waits for which answer, and which events came, by session.
#[derive(Default)]
struct Heard {
    answers: BTreeMap<u64, Sender<Value>>,
    events: BTreeMap<String, Vec<Value>>,
}

impl Browser {
    fn start() -> Self {
        let profile =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{}", std::process::id()));
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", START, "sh"])
            .arg(profile)
            .arg(find())
            .args(OPTIONS);
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let heard = Arc::<Mutex<Heard>>::default();
        let (input, output) = (
            process.stdin.take().unwrap(),
            process.stdout.take().unwrap(),
        );
        thread::spawn({
            let heard = Arc::clone(&heard);
            move || listen(output, &heard)
        });
        Self {
            input: Mutex::new((input, 0)),
            heard,
            _process: process,
        }
    }

    /// Carries out a command of the protocol, for a session or, with an empty one, for the browser.
    pub fn command(&self, session: &str, method: &str, params: &Value) -> Result<Value, String> {
        self.command_within(Duration::from_secs(30), session, method, params)
    }

    /// Carries out a command that may be lost: a document that goes away takes what was asked of it
    /// along.
    pub fn command_within(
        &self,
        patience: Duration,
        session: &str,
        method: &str,
        params: &Value,
    ) -> Result<Value, String> {
        let answer = self.send(session, method, params).recv_timeout(patience);
        let mut answer = answer.map_err(|_| format!("the browser does not answer to {method}"))?;
        answer
            .get("error")
            .map_or(Ok(()), |error| Err(format!("{method}: {error}")))?;
        Ok(answer["result"].take())
    }

    /// The events of a session since they were last taken.
    pub fn events(&self, session: &str) -> Vec<Value> {
        self.heard
            .lock()
            .unwrap()
            .events
            .get_mut(session)
            .map(std::mem::take)
            .unwrap_or_default()
    }

    fn send(&self, session: &str, method: &str, params: &Value) -> Receiver<Value> {
        let (sender, receiver) = channel();
        let mut input = self.input.lock().unwrap();
        input.1 += 1;
        self.heard.lock().unwrap().answers.insert(input.1, sender);
        let mut message = json!({ "id": input.1, "method": method, "params": params });
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        // A browser that is gone does not answer, which is said where its answer is waited for.
        let _ = input.0.write_all(format!("{message}\0").as_bytes());
        receiver
    }
}

fn listen(output: ChildStdout, heard: &Mutex<Heard>) {
    for message in BufReader::new(output).split(0).map_while(Result::ok) {
        let message: Value = serde_json::from_slice(&message).unwrap();
        let mut heard = heard.lock().unwrap();
        if let Some(waits) = message["id"]
            .as_u64()
            .and_then(|id| heard.answers.remove(&id))
        {
            // Who has stopped waiting has failed.
            let _ = waits.send(message);
        } else if let Some(session) = message["sessionId"].as_str() {
            heard
                .events
                .entry(session.to_owned())
                .or_default()
                .push(message);
        }
    }
    // Nobody gets an answer any more.
    heard.lock().unwrap().answers.clear();
}

fn find() -> PathBuf {
    if let Some(named) = env::var_os("RUNGS_BROWSER") {
        return named.into();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).collect::<Vec<_>>();
    let on_path = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    on_path
        .chain(APPLICATIONS.map(PathBuf::from))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("{NO_BROWSER}"))
}
