//! A page of the browser: what a test does to it and asks of it.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::chromium::BROWSER;

/// How long something that must come true may take. Long, for machines are busy; nothing waits
/// longer than it has to.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open page, in a profile of its own.
pub struct Page {
    context: String,
    session: String,
    /// What of the errors in the console is expected.
    expected: Vec<&'static str>,
    errors: Vec<String>,
    loads: usize,
}

impl Page {
    /// An empty page.
    pub fn new() -> Self {
        let ask = |method: &str, params: Value, key: &str| {
            let answer = BROWSER
                .command("", method, &params)
                .unwrap_or_else(|fault| panic!("{fault}"));
            answer[key].as_str().unwrap().to_owned()
        };
        let context = ask(
            "Target.createBrowserContext",
            json!({ "disposeOnDetach": true }),
            "browserContextId",
        );
        let target = ask(
            "Target.createTarget",
            json!({ "url": "about:blank", "browserContextId": context }),
            "targetId",
        );
        let session = ask(
            "Target.attachToTarget",
            json!({ "targetId": target, "flatten": true }),
            "sessionId",
        );
        let page = Self {
            context,
            session,
            expected: Vec::new(),
            errors: Vec::new(),
            loads: 0,
        };
        for domain in ["Page", "Runtime", "Log"] {
            page.command(&format!("{domain}.enable"), &json!({}));
        }
        // Many pages are open at once, and each is to believe that it is looked at.
        page.command(
            "Emulation.setFocusEmulationEnabled",
            &json!({ "enabled": true }),
        );
        page
    }

    /// A page that has loaded an address.
    #[track_caller]
    pub fn at(address: &str) -> Self {
        let mut page = Self::new();
        page.goto(address);
        page
    }

    /// A page that runs no scripts; `eval` still works.
    pub fn without_scripts() -> Self {
        let page = Self::new();
        page.command(
            "Emulation.setScriptExecutionDisabled",
            &json!({ "value": true }),
        );
        page
    }

    /// Loads an address and waits until all of it is there.
    #[track_caller]
    pub fn goto(&mut self, address: &str) {
        let before = self.loads();
        let answer = self.command("Page.navigate", &json!({ "url": address }));
        assert!(
            answer.get("errorText").is_none(),
            "{address}: {}",
            answer["errorText"]
        );
        self.wait(&format!("{address} is loaded"), |page| {
            page.loads() > before
        });
    }

    /// How many documents the page has loaded.
    pub fn loads(&mut self) -> usize {
        self.listen();
        self.loads
    }

    /// Checks that the page has loaded so many documents, when it has loaded the last of them.
    #[track_caller]
    pub fn has_loaded(&mut self, documents: usize) {
        self.wait(&format!("{documents} documents are loaded"), |page| {
            page.loads() >= documents
        });
        assert_eq!(self.loads(), documents);
    }

    /// The value of an expression in the page; a promise is waited for.
    #[track_caller]
    pub fn eval(&self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        let answer = self.command("Runtime.evaluate", &params);
        let fault = &answer["exceptionDetails"];
        assert!(
            fault.is_null(),
            "{expression}: {}",
            fault["exception"]["description"]
        );
        answer["result"]["value"].clone()
    }

    /// The value of an expression that is a text.
    #[track_caller]
    pub fn text(&self, expression: &str) -> String {
        let value = self.eval(expression);
        value
            .as_str()
            .unwrap_or_else(|| panic!("{expression} is no text: {value}"))
            .to_owned()
    }

    /// Waits until an expression is true.
    #[track_caller]
    pub fn until(&mut self, expression: &str) {
        let params =
            json!({ "expression": format!("Boolean({expression})"), "returnByValue": true });
        let ask = |page: &Self| {
            BROWSER.command_within(
                Duration::from_secs(1),
                &page.session,
                "Runtime.evaluate",
                &params,
            )
        };
        self.wait(expression, |page| {
            ask(page).is_ok_and(|answer| answer["result"]["value"] == true)
        });
    }

    /// Checks that an expression is true, and stays so for a while in which it could become false.
    #[track_caller]
    pub fn stays(&mut self, expression: &str) {
        for _ in 0..6 {
            assert_eq!(
                self.eval(&format!("Boolean({expression})")),
                true,
                "{expression}"
            );
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Presses and releases a key by its name (`Tab`, `Escape`, `a`).
    pub fn press(&self, key: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            " " => 32,
            "ArrowLeft" => 37,
            "ArrowUp" => 38,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            _ => key
                .chars()
                .next()
                .map_or(0, |letter| u32::from(letter.to_ascii_uppercase())),
        };
        let text = if key == "Enter" {
            "\r"
        } else if key.chars().count() == 1 {
            key
        } else {
            ""
        };
        for kind in ["keyDown", "keyUp"] {
            let mut params = json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code });
            if kind == "keyDown" && !text.is_empty() {
                params["text"] = text.into();
            }
            self.command("Input.dispatchKeyEvent", &params);
        }
    }

    /// Types a text where the focus is.
    pub fn write(&self, text: &str) {
        self.command("Input.insertText", &json!({ "text": text }));
    }

    pub fn viewport(&self, width: u32, height: u32) {
        self.command(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        );
    }

    /// Sets a feature that media queries ask for, such as `prefers-color-scheme` to `dark`.
    pub fn media(&self, feature: &str, value: &str) {
        self.command(
            "Emulation.setEmulatedMedia",
            &json!({ "features": [{ "name": feature, "value": value }] }),
        );
    }

    /// Shows the page as a printer gets it.
    pub fn print(&self) {
        self.command("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    }

    /// Puts a picture of what is seen into cargo's target folder, as `tmp/NAME.png`.
    pub fn screenshot(&self, name: &str) -> Result<PathBuf, String> {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
        let answer = BROWSER.command(&self.session, "Page.captureScreenshot", &json!({}))?;
        let picture = base64(answer["data"].as_str().unwrap_or_default());
        std::fs::write(&path, picture)
            .map(|()| path)
            .map_err(|fault| fault.to_string())
    }

    /// An error in the console that has these words does not fail the test.
    pub fn expect_error(&mut self, words: &'static str) {
        self.expected.push(words);
    }

    /// The errors in the console that nobody expects.
    pub fn errors(&mut self) -> Vec<String> {
        self.listen();
        let expected = self.expected.clone();
        self.errors
            .iter()
            .filter(|error| !expected.iter().any(|words| error.contains(words)))
            .cloned()
            .collect()
    }

    /// Carries out a command of the DevTools protocol in this page.
    #[track_caller]
    pub fn command(&self, method: &str, params: &Value) -> Value {
        BROWSER
            .command(&self.session, method, params)
            .unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// Waits until something holds.
    #[track_caller]
    pub fn wait(&mut self, what: &str, mut holds: impl FnMut(&mut Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            if start.elapsed() > PATIENCE {
                panic!(
                    "waited for: {what}\nconsole: {:#?}\npage: {}",
                    self.errors,
                    self.eval("document.documentElement.outerHTML.slice(0, 4000)")
                );
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn listen(&mut self) {
        for event in BROWSER.events(&self.session) {
            let params = &event["params"];
            match event["method"].as_str().unwrap_or_default() {
                "Page.loadEventFired" => self.loads += 1,
                "Runtime.exceptionThrown" => {
                    self.errors.push(params["exceptionDetails"].to_string());
                }
                "Runtime.consoleAPICalled" if params["type"] == "error" => {
                    self.errors.push(params["args"].to_string());
                }
                "Log.entryAdded" if params["entry"]["level"] == "error" => {
                    self.errors.push(params["entry"].to_string());
                }
                _ => {}
            }
        }
    }
}

// A failed test leaves a picture, and says where.
#[allow(
    clippy::print_stderr,
    clippy::disallowed_macros,
    reason = "the words of a failed test"
)]
impl Drop for Page {
    fn drop(&mut self) {
        let name = thread::current()
            .name()
            .unwrap_or("page")
            .replace("::", "-");
        let picture = thread::panicking().then(|| self.screenshot(&name));
        let errors = self.errors();
        let closed = BROWSER.command(
            "",
            "Target.disposeBrowserContext",
            &json!({ "browserContextId": self.context }),
        );
        if let Some(picture) = picture {
            return eprintln!("what was seen: {picture:?}");
        }
        closed.unwrap();
        assert!(errors.is_empty(), "errors in the console: {errors:#?}");
    }
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values = text
        .bytes()
        .filter_map(|byte| LETTERS.iter().position(|letter| *letter == byte))
        .collect::<Vec<_>>();
    let bytes = values.chunks(4).flat_map(|four| {
        let bits = four
            .iter()
            .chain(std::iter::repeat(&0))
            .take(4)
            .fold(0_u32, |bits, value| {
                bits << 6 | u32::try_from(*value).unwrap()
            });
        bits.to_be_bytes()
            .into_iter()
            .skip(1)
            .take(four.len() * 3 / 4)
    });
    bytes.collect()
}
