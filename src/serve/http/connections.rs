//! Connections: each comes in as a task that runs beside the others. When there are too many, the
//! oldest one without a request is closed, so that whoever opens thousands does not lock others
//! out.

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
    /// How many responses are being made or sent.
    works: usize,
}

/// Marks a connection as busy.
#[derive(Clone)]
pub struct Busy {
    connections: Connections,
    number: u64,
}

/// Keeps a connection busy as long as it lives.
pub struct Working(Busy);

impl Connections {
    /// Runs a connection, if there is room for it or an idle one can be closed.
    pub fn spawn<F: Future<Output = ()> + Send + 'static>(&self, run: impl FnOnce(Busy) -> F) {
        let mut open = self.lock();
        if open.all.len() >= MOST && !open.close_oldest() {
            return;
        }
        let number = open.next;
        open.next += 1;
        open.all.insert(
            number,
            Connection {
                task: None,
                works: 0,
            },
        );
        let (work, connections) = (
            run(Busy {
                connections: self.clone(),
                number,
            }),
            self.clone(),
        );
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
    /// Closes the oldest connection that is not busy. Returns false if all are.
    fn close_oldest(&mut self) -> bool {
        let Some(number) = self
            .all
            .iter()
            .find(|(_, connection)| connection.works == 0)
            .map(|(number, _)| *number)
        else {
            return false;
        };
        if let Some(task) = self
            .all
            .remove(&number)
            .and_then(|connection| connection.task)
        {
            task.abort();
        }
        true
    }
}

impl Busy {
    /// Keeps the connection open as long as the returned value lives.
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
