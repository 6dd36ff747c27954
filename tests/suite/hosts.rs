//! The demo on hosts as docs/deploy.md sets them up: nginx with exactly that text, and Python's
//! file server; at the root and under a sub-path. A machine without one of them says so and goes
//! on; `.ci/nginx` installs the former.

use std::collections::BTreeSet;
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::harness::{Dom, Folder, Served, Site};

const DEPLOY: &str = include_str!("../../docs/deploy.md");

/// The demo, published below `www` for a base address.
fn published(base: &str, inner: &str) -> Folder {
    let folder = Site::demo().on_disk();
    folder
        .run(&[
            "build",
            "--base-url",
            &format!("https://careers.example.com{base}"),
            "--output-dir",
            &format!("www{inner}"),
        ])
        .exits(0);
    folder
}

pub fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}

pub fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    let file = |name: &&str| format!("{name}{}", std::env::consts::EXE_SUFFIX);
    folders
        .flat_map(|folder| names.iter().map(move |name| folder.join(file(name))))
        .find(|file| file.is_file())
}

/// Said past what hides the words of tests that pass.
pub fn skipped<T>(why: &str) -> Option<T> {
    drop(writeln!(std::io::stderr(), "skipped: {why}"));
    None
}

fn python(folder: &Folder) -> Option<Served> {
    let Some(python) = program(&["python3"]) else {
        return skipped("there is no python3");
    };
    let address = free();
    let mut command = Command::new(python);
    command
        .args([
            "-m",
            "http.server",
            "--bind",
            "127.0.0.1",
            &address.port().to_string(),
            "--directory",
        ])
        .arg(folder.path("www"));
    Some(Served::by(&mut command, address))
}

/// nginx with a site of the documentation; `own` are the lines that are others under a sub-path.
fn nginx(folder: &Folder, own: Option<&str>) -> Option<Served> {
    let Some(nginx) = program(&["nginx"]) else {
        return skipped(
            "there is no nginx, and docs/deploy.md is not tested; .ci/nginx installs it",
        );
    };
    let address = free();
    let mut site = blocks()[0].to_owned();
    for line in own.unwrap_or_default().lines() {
        let directive = |line: &str| line.split_whitespace().next().map(str::to_owned);
        let old = site
            .lines()
            .find(|old| directive(old) == directive(line))
            .unwrap_or_else(|| panic!("nothing to replace with `{line}`"));
        site = site.replacen(&old.to_owned(), line, 1);
    }
    assert!(
        site.contains("listen 80;") && site.contains("/var/www"),
        "what is replaced here stands in the text"
    );
    let root = folder.path("www").display().to_string();
    let site = site
        .replace("listen 80;", &format!("listen {address};"))
        .replace("/var/www/careers", "/var/www")
        .replace("/var/www", &root);
    folder.write("site.conf", site);
    folder.write("nginx.conf", around(folder.path("").as_path(), &nginx));
    let mut command = Command::new(&nginx);
    command
        .args(["-e", "stderr", "-p"])
        .arg(folder.path(""))
        .arg("-c")
        .arg(folder.path("nginx.conf"));
    Some(Served::by(&mut command, address))
}

/// The blocks of nginx's configuration in docs/deploy.md.
fn blocks() -> Vec<&'static str> {
    DEPLOY
        .split("```nginx\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

/// What stands around a site in nginx's own configuration, for a process in the foreground that
/// writes into one folder.
pub fn around(folder: &Path, nginx: &Path) -> String {
    let said = Command::new(nginx).arg("-V").output().unwrap();
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    let own = said
        .split_whitespace()
        .find_map(|word| word.strip_prefix("--conf-path="))
        .map_or("/etc/nginx", |path| path.rsplit_once('/').unwrap().0);
    let folder = folder.display();
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {folder}/temporary;\n"))
        .concat();
    // One process: it may read what we may, and it ends when it is killed.
    format!(
        "daemon off; master_process off; pid {folder}/nginx.pid;\nevents {{}}\nhttp {{\ninclude {own}/mime.types; access_log off;\n{temporary}include {folder}/site.conf;\n}}\n"
    )
}

/// Every file of the site is there, byte for byte, and every link of every page leads to one.
pub fn serves_the_site(served: &Served, folder: &Folder, base: &str, inner: &str) {
    let files = folder.files(&format!("www{inner}"));
    assert!(files.len() > 300, "the whole demo");
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for (path, bytes) in &files {
        let address = format!("{base}{}", path.strip_suffix("index.html").unwrap_or(path));
        let answer = served.get(&address);
        assert_eq!(answer.status, 200, "{address}");
        assert!(answer.body == *bytes, "{address} has other bytes");
        if path.ends_with(".html") && path != "404.html" {
            assert!(
                answer
                    .header("content-type")
                    .unwrap()
                    .starts_with("text/html"),
                "{address}"
            );
            wanted.extend(
                Dom::parse(&answer.text())
                    .addresses()
                    .into_iter()
                    .filter_map(|link| resolved(&address, link)),
            );
        }
    }
    assert!(wanted.iter().any(|address| address.contains(".css")) && wanted.len() > 200);
    for address in &wanted {
        assert!(address.starts_with(base), "{address} leaves the site");
        assert_eq!(served.get(address).status, 200, "{address}");
    }
    for (ending, kind) in [
        (".css", "text/css"),
        (".js", "javascript"),
        (".svg", "image/svg+xml"),
        (".png", "image/png"),
        (".json", "application/json"),
    ] {
        let path = files.keys().find(|path| path.ends_with(ending)).unwrap();
        let answer = served.get(&format!("{base}{path}"));
        assert!(
            answer.header("content-type").unwrap().contains(kind),
            "{path}: {:?}",
            answer.headers
        );
    }
}

/// A link of a page as a path of its host; none when it leads elsewhere.
fn resolved(page: &str, link: &str) -> Option<String> {
    let link = link
        .split(['#', '?'])
        .next()
        .filter(|link| !link.is_empty())?;
    if link.contains(':') {
        return None;
    }
    if link.starts_with('/') {
        return Some(link.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    // `..` and `.` name folders.
    let folder = if link.ends_with("..") || link.ends_with('.') {
        "/"
    } else {
        ""
    };
    Some(format!("{}{folder}", parts.join("/")))
}

/// What nginx adds: the page of the site for what is missing, redirects to folders, headers.
pub fn follows_the_documentation(served: &Served, folder: &Folder, base: &str, inner: &str) {
    let files = folder.files(&format!("www{inner}"));
    for address in [format!("{base}nothing/here/"), format!("{base}nothing.css")] {
        let missing = served.get(&address);
        assert_eq!(missing.status, 404, "{address}");
        assert!(missing.body == files["404.html"], "the site's own page");
        assert_eq!(missing.header("cache-control"), Some("no-cache"));
    }
    let page = String::from_utf8(files["404.html"].clone()).unwrap();
    for link in Dom::parse(&page)
        .addresses()
        .into_iter()
        .filter(|link| !link.starts_with('#'))
    {
        assert_eq!(
            served.get(link).status,
            200,
            "{link} of the page for what is missing"
        );
    }
    let moved = served.get(&format!("{base}roles"));
    assert_eq!(
        (moved.status, moved.header("location")),
        (301, Some(format!("{base}roles/").as_str()))
    );
    let style = files.keys().find(|path| path.ends_with(".css")).unwrap();
    let (page, style) = (served.get(base), served.get(&format!("{base}{style}")));
    assert_eq!(
        style.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    let headers = String::from_utf8(files["_headers"].clone()).unwrap();
    let policy = headers
        .lines()
        .find_map(|line| line.trim().strip_prefix("Content-Security-Policy: "));
    for answer in [&page, &style] {
        assert_eq!(
            answer.header("content-security-policy"),
            policy,
            "as `_headers` has it"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
    assert_eq!(
        served
            .get(&format!("{base}site.webmanifest"))
            .header("content-type"),
        Some("application/manifest+json")
    );
    let request = format!(
        "GET {base}llms.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n"
    );
    assert_eq!(
        served
            .ask(request.as_bytes())
            .unwrap()
            .header("content-encoding"),
        Some("gzip")
    );
}

#[test]
fn nginx_serves_the_site_with_the_text_of_the_documentation() {
    let folder = published("/", "");
    let Some(served) = nginx(&folder, None) else {
        return;
    };
    serves_the_site(&served, &folder, "/", "");
    follows_the_documentation(&served, &folder, "/", "");
}

#[test]
fn nginx_serves_the_site_under_a_sub_path() {
    let folder = published("/careers/", "/careers");
    let Some(served) = nginx(&folder, Some(blocks()[1])) else {
        return;
    };
    serves_the_site(&served, &folder, "/careers/", "/careers");
    follows_the_documentation(&served, &folder, "/careers/", "/careers");
}

#[test]
fn a_plain_file_server_serves_the_site_at_the_root_and_under_a_sub_path() {
    for (base, inner) in [("/", ""), ("/careers/", "/careers")] {
        let folder = published(base, inner);
        let Some(served) = python(&folder) else {
            return;
        };
        serves_the_site(&served, &folder, base, inner);
        assert_eq!(served.get(&format!("{base}nothing/here/")).status, 404);
    }
}

#[test]
fn the_same_files_work_under_another_path() {
    let folder = published("/careers/", "/any/where");
    let Some(served) = python(&folder) else {
        return;
    };
    // Nothing but the page for what is missing has whole addresses.
    serves_the_site(&served, &folder, "/any/where/", "/any/where");
}
