//! The preview of a site on disk: a folder comes in, answers to requests written byte by byte go
//! out.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Folder;

/// A running `rungs serve`, ended when it is dropped.
pub struct Served {
    child: Child,
    pub address: SocketAddr,
}

/// An answer, its body whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// With the names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// An answer that takes longer than this never comes.
const PATIENCE: Duration = Duration::from_secs(30);

impl Folder {
    /// Serves the folder's site at a free port.
    pub fn serve(&self, args: &[&str]) -> Served {
        let mut command = self.command("");
        let mut child = command
            .arg("serve")
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines
            .find_map(|line| Some(line.unwrap().split_once("http://")?.1.to_owned()))
            .unwrap();
        let address = line.split('/').next().unwrap().parse().unwrap();
        // Whoever stops listening to a program may end it.
        std::thread::spawn(move || lines.for_each(drop));
        Served { child, address }
    }
}

impl Served {
    /// Another server, once it listens.
    pub fn by(command: &mut Command, address: SocketAddr) -> Self {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut served = Self { child, address };
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(address).is_err() {
            assert!(
                served.is_running() && Instant::now() < end,
                "{command:?} serves nothing"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        served
    }

    /// The answer to a path.
    pub fn get(&self, path: &str) -> Answer {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        );
        self.ask(request.as_bytes()).unwrap()
    }

    /// The answer to whatever is sent; none when the connection is closed without one.
    pub fn ask(&self, request: &[u8]) -> Option<Answer> {
        let mut socket = self.connect();
        // A server that has heard enough may close before all is sent.
        let _ = socket.write_all(request);
        let mut bytes = vec![];
        let _ = socket.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    pub fn connect(&self) -> TcpStream {
        let socket = TcpStream::connect(self.address).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        socket
    }

    /// Asks for a path until the answer is as wanted.
    #[track_caller]
    pub fn until(&self, path: &str, is_wanted: impl Fn(&Answer) -> bool) -> Answer {
        let end = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if is_wanted(&answer) {
                return answer;
            }
            assert!(
                Instant::now() < end,
                "{path} stays {}: {}",
                answer.status,
                answer.text()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The memory of the process in KiB, where the system says it.
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?
            .trim()
            .trim_end_matches(" kB")
            .parse()
            .ok()
    }

    /// Whether the program still runs.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    fn of(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let (first, lines) = head.split_once("\r\n").unwrap_or((&head, ""));
        let status = first.split(' ').nth(1)?.parse().ok()?;
        let headers = lines
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Some(Self {
            status,
            headers,
            body: bytes[end + 4..].to_vec(),
        })
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The page without what the preview adds to it.
    pub fn page(&self) -> Vec<u8> {
        let text = self.text();
        match (
            text.rfind("<script src=\"/.rungs/preview.js\""),
            text.rfind("</script>"),
        ) {
            (Some(start), Some(end))
                if self
                    .header("content-type")
                    .is_some_and(|kind| kind.starts_with("text/html")) =>
            {
                format!("{}{}", &text[..start], &text[end + "</script>".len()..]).into_bytes()
            }
            _ => self.body.clone(),
        }
    }
}
