//! The hook of the file layer: operations come in and are counted; one of them fails, or is the
//! last one of a killed process.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::disk::files::Extent;

/// Is called for every operation on one output folder.
#[derive(Clone, Debug, Default)]
pub struct Hook(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    done: Vec<String>,
    plan: Option<(usize, Fate)>,
    system: System,
    is_dead: bool,
}

/// What happens to an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The process is killed before it, after it, or in the middle of what it writes.
    KilledBefore,
    KilledAfter,
    KilledWithin,
    /// It fails; what follows works.
    Fails(i32),
    /// It fails, and all that follows.
    FailsFromHere(i32),
}

/// The file system that a test simulates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum System {
    #[default]
    Common,
    /// Folders cannot be exchanged.
    NoExchange,
    /// Files cannot have two names.
    NoLink,
    /// The output folder is a mount point: its files have no second name outside, and it cannot be
    /// renamed.
    Mount,
}

impl Hook {
    /// Plans what happens to the operation with a number.
    pub fn plan(&self, number: usize, fate: Fate) {
        self.state().plan = Some((number, fate));
    }

    pub fn play(&self, system: System) {
        self.state().system = system;
    }

    /// Returns the operations so far.
    pub fn done(&self) -> Vec<String> {
        self.state().done.clone()
    }

    /// Returns true if the process was killed.
    pub fn is_dead(&self) -> bool {
        self.state().is_dead
    }

    /// Runs one operation. The lock is free while it runs.
    pub fn step<T>(
        &self,
        doing: &str,
        path: &Path,
        run: impl FnOnce(Extent) -> io::Result<T>,
    ) -> io::Result<T> {
        let killed = || io::Error::other("killed");
        let fate = {
            let mut state = self.state();
            if state.is_dead {
                return Err(killed());
            }
            let number = state.done.len();
            state.done.push(format!("{doing} {}", path.display()));
            let fate = state
                .plan
                .filter(|(planned, fate)| {
                    *planned == number
                        || (matches!(fate, Fate::FailsFromHere(_)) && *planned < number)
                })
                .map(|it| it.1);
            state.is_dead = matches!(
                fate,
                Some(Fate::KilledBefore | Fate::KilledAfter | Fate::KilledWithin)
            );
            fate
        };
        match fate {
            None => run(Extent::Whole),
            Some(Fate::KilledBefore) => Err(killed()),
            Some(Fate::KilledAfter) => run(Extent::Whole).and(Err(killed())),
            Some(Fate::KilledWithin) => run(Extent::Half).and(Err(killed())),
            Some(Fate::Fails(errno) | Fate::FailsFromHere(errno)) => {
                Err(io::Error::from_raw_os_error(errno))
            }
        }
    }

    pub fn refuses_link(&self) -> io::Result<()> {
        refuse(
            matches!(self.state().system, System::NoLink | System::Mount),
            io::ErrorKind::CrossesDevices,
        )
    }

    pub fn refuses_exchange(&self) -> io::Result<()> {
        let system = self.state().system;
        refuse(system == System::NoExchange, io::ErrorKind::Unsupported)?;
        refuse(system == System::Mount, io::ErrorKind::CrossesDevices)
    }

    /// Refuses to rename a mount point. The folder's name tells which one it is.
    pub fn refuses_rename(&self, from: &Path) -> io::Result<()> {
        refuse(
            self.state().system == System::Mount && from.ends_with("public"),
            io::ErrorKind::ResourceBusy,
        )
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

fn refuse(is_refused: bool, kind: io::ErrorKind) -> io::Result<()> {
    if is_refused { Err(kind.into()) } else { Ok(()) }
}
