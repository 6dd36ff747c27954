//! Connections: each comes in as work to be done, and runs beside the others. When there are too many, the one that has
//! been waiting longest is closed: who holds thousands open keeps nobody out.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

/// How many connections there are at most.
const MOST: usize = 256;

/// The connections that are open.
#[derive(Clone, Default)]
pub struct Connections(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    next: u64,
    /// By number, the oldest first.
    all: BTreeMap<u64, Connection>,
}

struct Connection {
    task: Option<AbortHandle>,
    /// How many answers are being made or sent.
    works: usize,
}

/// Whether a connection has something to do.
#[derive(Clone)]
pub struct Busy {
    connections: Connections,
    number: u64,
}

/// As long as this is there, a connection is busy.
pub struct Working(Busy);

impl Connections {
    /// Runs a connection, if there is room or room can be made.
    pub fn spawn<F: Future<Output = ()> + Send + 'static>(&self, run: impl FnOnce(Busy) -> F) {
        let mut open = self.lock();
        if open.all.len() >= MOST && !open.close_oldest() {
            return;
        }
        let number = open.next;
        open.next += 1;
        open.all.insert(number, Connection { task: None, works: 0 });
        let (work, connections) = (run(Busy { connections: self.clone(), number }), self.clone());
        let task = tokio::spawn(async move {
            work.await;
            connections.lock().all.remove(&number);
        });
        if let Some(connection) = open.all.get_mut(&number) {
            connection.task = Some(task.abort_handle());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Closes the oldest connection that is not answered at the moment.
    fn close_oldest(&mut self) -> bool {
        let Some(number) = self.all.iter().find(|(_, connection)| connection.works == 0).map(|(number, _)| *number) else { return false };
        if let Some(task) = self.all.remove(&number).and_then(|connection| connection.task) {
            task.abort();
        }
        true
    }
}

impl Busy {
    /// Keeps the connection open for now.
    pub fn work(&self) -> Working {
        self.change(|works| works + 1);
        Working(self.clone())
    }

    fn change(&self, change: impl FnOnce(usize) -> usize) {
        if let Some(connection) = self.connections.lock().all.get_mut(&self.number) {
            connection.works = change(connection.works);
        }
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.0.change(|works| works.saturating_sub(1));
    }
}
