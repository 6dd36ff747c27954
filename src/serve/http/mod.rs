//! The server: a [`Site`] comes in, and requests of browsers on this machine are answered with it.
//!
//! The server is meant for one person only: every request is checked before anything is looked up
//! (`guard`), and what is looked up is always a key of the site's own map, never a path on the
//! disk. What the site is and what an event contains is not here.

mod answer;
mod connections;
mod content_type;
mod error;
mod guard;
mod lines;
mod stream;

use std::io;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::runtime;
use tokio::sync::watch;

use super::site::Site;
use crate::render::STACK_SIZE;
use connections::Connections;
use guard::Hosts;
use lines::Lines;

pub use content_type::content_type;
pub use error::ServerError;

/// The port unless another one is asked for.
const PORT: u16 = 4747;
/// How many ports from there on are tried.
const TRIES: u16 = 100;
/// The time in which the head of a request must arrive, and after which a connection without a
/// request is closed.
const TIMEOUT: Duration = Duration::from_secs(10);
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
    /// The port that it must be. Without one, it is the usual one or the next that is free.
    pub port: Option<u16>,
    /// Hosts that requests may name besides this machine's own, as `name` or `name:port`.
    pub allow_hosts: Vec<String>,
}

/// A server that runs until it is dropped.
pub struct Server {
    hosts: Arc<Hosts>,
    notifier: Notifier,
    _runtime: Runtime,
}

/// Wakes the event streams of open pages.
#[derive(Clone)]
pub struct Notifier(Arc<watch::Sender<u64>>);

/// A runtime that ends without waiting for its tasks.
struct Runtime(Option<runtime::Runtime>);

impl Server {
    /// Begins to answer requests.
    pub fn start(listen: &Listen, site: Arc<dyn Site>) -> Result<Self, ServerError> {
        let listener = bind(listen)?;
        Self::answer(listener, listen, site).map_err(ServerError::Start)
    }

    fn answer(listener: TcpListener, listen: &Listen, site: Arc<dyn Site>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        let mut runtime = runtime::Builder::new_multi_thread();
        let runtime = runtime
            .worker_threads(1)
            .max_blocking_threads(WORKERS)
            .thread_stack_size(STACK_SIZE)
            .enable_io()
            .enable_time()
            .build()?;
        let hosts = Arc::new(Hosts::new(address, &listen.allow_hosts));
        let notifier = Notifier(Arc::new(watch::Sender::new(0)));
        let listener = runtime.block_on(async { tokio::net::TcpListener::from_std(listener) })?;
        runtime.spawn(accept(
            listener,
            answer::Service {
                site,
                hosts: hosts.clone(),
                notifier: notifier.clone(),
                streams: answer::streams(),
            },
        ));
        Ok(Self {
            hosts,
            notifier,
            _runtime: Runtime(Some(runtime)),
        })
    }

    /// Returns the address of a path of the site, for a browser.
    pub fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.hosts.shown())
    }

    /// Returns what wakes the event streams of open pages.
    pub fn notifier(&self) -> Notifier {
        self.notifier.clone()
    }
}

impl Notifier {
    /// Makes the server tell every open page what is new.
    pub fn notify(&self) {
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

/// Listens at the port that was asked for, or at the first free one.
fn bind(listen: &Listen) -> Result<TcpListener, ServerError> {
    let interface = listen.interface;
    let failed = |port: u16, source: io::Error| ServerError::Listen {
        interface,
        port,
        source,
    };
    if let Some(port) = listen.port {
        return TcpListener::bind((interface, port)).map_err(|error| failed(port, error));
    }
    for port in PORT..PORT + TRIES {
        match TcpListener::bind((interface, port)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            bound => return bound.map_err(|error| failed(PORT, error)),
        }
    }
    // Port 0 stands for any free port.
    TcpListener::bind((interface, 0)).map_err(|error| failed(PORT, error))
}

async fn accept(listener: tokio::net::TcpListener, service: answer::Service) {
    let service = Arc::new(service);
    let connections = Connections::default();
    loop {
        let Ok((socket, _)) = listener.accept().await else {
            // Mostly there are too many open files, and some of them will be closed.
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
            http.timer(TokioTimer::new())
                .header_read_timeout(TIMEOUT)
                .max_buf_size(LARGEST_HEAD)
                .max_headers(MOST_HEADERS)
                .half_close(false);
            // However the connection ends, there is nobody to tell.
            let _ = http
                .serve_connection(TokioIo::new(Lines::new(socket)), answer)
                .await;
        });
    }
}
