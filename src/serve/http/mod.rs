//! The server: a `Site` comes in, and requests of browsers on this machine are answered with it. It is meant for one
//! person's eyes: every request is checked before anything is looked up (`guard`), and what is looked up is always a key of
//! the site's own map, never a path of the disk.
//!
//! Not here: what the site is, and what an event says.

mod answer;
mod connections;
mod content_type;
mod guard;
mod lines;
mod stream;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::runtime;
use tokio::sync::watch;

use super::site::Site;
use connections::Connections;
use guard::Hosts;
use lines::Lines;

pub use content_type::content_type;

/// The port when nothing else is said.
pub const PORT: u16 = 4747;
/// How many ports after it are tried.
const TRIES: u16 = 100;
/// A request's head must come within this time, and a connection that waits for the next one ends after it.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 16 * 1024;
/// The most headers of a request.
const MOST_HEADERS: usize = 64;
/// How many requests are worked on at once.
const WORKERS: usize = 16;

/// Where to listen, and to whom.
#[derive(Clone, Debug)]
pub struct Listen {
    pub interface: IpAddr,
    /// The port that it must be; else the usual one, or the next that is free.
    pub port: Option<u16>,
    /// Hosts that requests may name besides this machine's own, as `name` or `name:port`.
    pub allow_hosts: Vec<String>,
}

/// Why there is no server.
#[derive(Debug)]
pub struct Fault {
    pub message: String,
    pub help: Option<String>,
}

/// A server that runs until it is dropped.
pub struct Server {
    address: SocketAddr,
    hosts: Arc<Hosts>,
    bell: Bell,
    _runtime: Runtime,
}

/// Rings where pages listen for news.
#[derive(Clone)]
pub struct Bell(Arc<watch::Sender<u64>>);

/// Ends without waiting for what is under way.
struct Runtime(Option<runtime::Runtime>);

impl Server {
    /// Begins to answer.
    pub fn start(listen: &Listen, site: Arc<dyn Site>) -> Result<Self, Fault> {
        let listener = bind(listen)?;
        let fault = |error: io::Error| Fault { message: format!("cannot start the server: {error}"), help: None };
        let address = listener.local_addr().map_err(fault)?;
        listener.set_nonblocking(true).map_err(fault)?;
        let mut runtime = runtime::Builder::new_multi_thread();
        let runtime =
            runtime.worker_threads(1).max_blocking_threads(WORKERS).thread_stack_size(super::STACK).enable_io().enable_time().build().map_err(fault)?;
        let hosts = Arc::new(Hosts::new(address, &listen.allow_hosts));
        let bell = Bell(Arc::new(watch::Sender::new(0)));
        let listener = runtime.block_on(async { tokio::net::TcpListener::from_std(listener) }).map_err(fault)?;
        runtime.spawn(accept(listener, answer::Service { site, hosts: hosts.clone(), bell: bell.clone(), streams: answer::streams() }));
        Ok(Self { address, hosts, bell, _runtime: Runtime(Some(runtime)) })
    }

    /// The address of a path of the site, for a browser.
    pub fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.hosts.shown())
    }

    /// The port that it listens at.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }
}

impl Bell {
    /// Has every open page told what is new.
    pub fn ring(&self) {
        self.0.send_modify(|times| *times = times.wrapping_add(1));
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// The port that was asked for, or the first free one.
fn bind(Listen { interface, port, .. }: &Listen) -> Result<TcpListener, Fault> {
    let at = |port: u16| TcpListener::bind((*interface, port));
    let fault = |port: u16, error: &io::Error| {
        let is_busy = error.kind() == io::ErrorKind::AddrInUse;
        let why = if is_busy { "another program listens there".to_owned() } else { error.to_string() };
        let help = if is_busy { "name another port, or leave out --port: then a free one is taken" } else { "choose another --interface or --port" };
        Fault { message: format!("cannot listen at {interface} port {port}: {why}"), help: Some(help.to_owned()) }
    };
    match port {
        Some(port) => at(*port).map_err(|error| fault(*port, &error)),
        None => (PORT..PORT + TRIES)
            .chain([0])
            .map(at)
            .find(|bound| !matches!(bound, Err(error) if error.kind() == io::ErrorKind::AddrInUse))
            .map_or_else(|| at(0).map_err(|error| fault(PORT, &error)), |bound| bound.map_err(|error| fault(PORT, &error))),
    }
}

async fn accept(listener: tokio::net::TcpListener, service: answer::Service) {
    let service = Arc::new(service);
    let connections = Connections::default();
    loop {
        let Ok((socket, _)) = listener.accept().await else {
            // Too many open files, mostly: some will be closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = socket.set_nodelay(true);
        let service = service.clone();
        connections.spawn(move |busy| async move {
            let answer = service_fn(move |request| {
                let (service, busy) = (service.clone(), busy.clone());
                async move {
                    let _working = busy.work();
                    Ok::<_, std::convert::Infallible>(service.answer(request, &busy).await)
                }
            });
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(LARGEST_HEAD).max_headers(MOST_HEADERS).half_close(false);
            // However it ends, there is nobody to tell.
            let _ = http.serve_connection(TokioIo::new(Lines::new(socket)), answer).await;
        });
    }
}
