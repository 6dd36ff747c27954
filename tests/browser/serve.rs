//! `rungs serve` on a small site in a temporary folder.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Stdio};
use std::thread;

use serde_json::Value;

use super::folder::{BASE, Folder, blocks};
use super::page::Page;

/// A site with a page of each kind of source: an article, a record, a template, stylesheets with
/// and without a fingerprint.
pub const SITE: &str = r#"
=== site.toml
title = "Test"
base_url = "https://example.com/careers/"

=== content/about.md
# About

First words.

=== content/roles/nurse/role.toml
title = "Nurse"
category = "work"
summary = "Cares for patients."

=== templates/article.html
{% extends "page.html" %}
{% block head %}<link rel="stylesheet" href="/careers/own.css">{% endblock head %}
{% block content %}
<h1>{{ page.title }}</h1>
<div id="text">{{ page.body }}</div>
<p id="template">Old template</p>
<details><summary>More</summary>Inside</details>
<form><input id="name" aria-label="Name"></form>
<div class="tall"></div>
{% endblock content %}

=== static/own.css
.tall { height: 4000px }
#template { color: rgb(1, 1, 1) }

=== static/css/main.css
#text { color: rgb(1, 1, 1) }
"#;

/// The program as it serves a site.
pub struct Serve {
    pub folder: Folder,
    port: u16,
    process: Child,
}

impl Serve {
    /// A preview of a site; what it does not hold comes from `BASE`.
    pub fn of(site: &str) -> Self {
        let folder = Folder::empty();
        let base = BASE.replace("example.com/", "example.com/careers/");
        blocks(&base)
            .chain(blocks(site))
            .for_each(|(path, text)| folder.write(&path, text));
        // The port must be known before, for a server that starts again is to be found where it
        // was.
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let process = start(&folder, port);
        Self {
            folder,
            port,
            process,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/careers{path}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// A page of the site, open and connected; a variable tells later whether the document is still
    /// the same.
    pub fn open(&self, path: &str) -> Page {
        let mut page = Page::at(&self.url(path));
        // What the script asks for is there when the event stream is.
        page.until("performance.getEntriesByType('resource').some(({ name }) => name.endsWith(location.pathname))");
        page.eval("window.same = true");
        page
    }

    /// Replaces a text in a file, as an editor saves it.
    #[track_caller]
    pub fn edit(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.folder.path(path)).unwrap();
        assert!(text.contains(old), "{path} has no {old:?}");
        self.folder.write(path, text.replace(old, new));
    }

    pub fn delete(&self, path: &str) {
        fs::remove_file(self.folder.path(path)).unwrap();
    }

    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.folder.path(from), self.folder.path(to)).unwrap();
    }

    /// Ends the program.
    pub fn stop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Starts it again at the same port.
    pub fn start(&mut self) {
        self.process = start(&self.folder, self.port);
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        // It may have ended before.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts the program and waits until it says where it serves.
fn start(folder: &Folder, port: u16) -> Child {
    let mut command = folder.command("");
    command.args(["serve", "--format", "json", "--port", &port.to_string()]);
    let mut process = command
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let says = lines.by_ref().find_map(|line| {
        let value: Value = serde_json::from_str(&line).ok()?;
        value["address"].as_str().map(str::to_owned)
    });
    let address = says.unwrap_or_else(|| panic!("`rungs serve` ended with {:?}", process.wait()));
    assert!(
        address.starts_with(&format!("http://127.0.0.1:{port}/")),
        "{address}"
    );
    // A full pipe would stop it.
    thread::spawn(move || lines.for_each(drop));
    process
}
