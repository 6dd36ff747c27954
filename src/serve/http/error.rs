//! Why the server cannot start.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::IpAddr;

/// Why there is no server.
#[derive(Debug)]
pub enum ServerError {
    /// It cannot listen at an address.
    Listen {
        interface: IpAddr,
        port: u16,
        source: io::Error,
    },
    /// The system refused anything else that a server needs.
    Start(io::Error),
}

impl ServerError {
    /// Returns what a person can do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Listen { source, .. } if source.kind() == io::ErrorKind::AddrInUse => {
                Some("name another port, or leave out --port: then a free port is chosen")
            }
            Self::Listen { .. } => Some("choose another --interface or --port"),
            Self::Start(_) => None,
        }
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen {
                interface,
                port,
                source,
            } => {
                write!(f, "cannot listen at {interface} port {port}: ")?;
                if source.kind() == io::ErrorKind::AddrInUse {
                    f.write_str("another program listens there")
                } else {
                    source.fmt(f)
                }
            }
            Self::Start(source) => write!(f, "cannot start the server: {source}"),
        }
    }
}

impl Error for ServerError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Listen { source, .. } | Self::Start(source) => Some(source),
        }
    }
}
