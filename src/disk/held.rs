//! Files that another program has open: an operation that the system refuses for that reason comes
//! in, and is tried again for a while. On Windows an editor, a web server, a search index or a
//! virus scanner may keep a file from being replaced, mostly for an instant. Elsewhere nothing is.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// What Windows says of a file that another program has open: sharing violation, lock violation.
const OPEN_ELSEWHERE: [i32; 2] = [32, 33];
/// What it says of a folder in which such a file is, and of much else: access denied.
const DENIED: i32 = 5;

/// The first pause between two tries; each is longer than the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(10);

/// How long one operation is tried.
const LONGEST: Duration = Duration::from_secs(1);
/// How long one command waits before it gives up on publishing, however many files are held.
const TO_PUBLISH: Duration = Duration::from_secs(5);
/// How long one reading of a site waits.
const TO_READ: Duration = Duration::from_millis(300);

/// What a person can do about it.
pub const HELP: &str = "if another program has it open, such as an editor, a web server or a terminal in this folder, close it there and run the command again";

/// How long a command still waits for other programs.
#[derive(Clone, Debug)]
pub struct Patience {
    left: Arc<Mutex<Duration>>,
    is_worth_waiting: fn(&io::Error) -> bool,
}

/// That of publishing.
impl Default for Patience {
    fn default() -> Self {
        Self::new(TO_PUBLISH, is_held)
    }
}

impl Patience {
    /// Returns the patience of a reading: the next one comes soon, or a person looks into it.
    pub fn to_read() -> Self {
        Self::new(TO_READ, is_open_elsewhere)
    }

    fn new(left: Duration, is_worth_waiting: fn(&io::Error) -> bool) -> Self {
        Self {
            left: Arc::new(Mutex::new(left)),
            is_worth_waiting,
        }
    }

    /// Runs an operation until it is not refused because a file is held, or until it was tried for
    /// so long.
    pub fn until<T>(&self, mut run: impl FnMut() -> io::Result<T>) -> io::Result<T> {
        let (mut waited, mut pause) = (Duration::ZERO, FIRST_PAUSE);
        loop {
            match run() {
                Err(error)
                    if (self.is_worth_waiting)(&error) && waited < LONGEST && self.spend(pause) =>
                {
                    thread::sleep(pause);
                    waited += pause;
                    pause = pause.saturating_mul(2).min(LONGEST / 4);
                }
                done => return done,
            }
        }
    }

    /// Takes a pause from what is left. Returns false if there is not enough.
    fn spend(&self, pause: Duration) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let rest = left.checked_sub(pause);
        *left = rest.unwrap_or(*left);
        rest.is_some()
    }
}

/// Returns true if an error may say that another program has a file open, or one in a folder.
pub fn is_held(error: &io::Error) -> bool {
    is_open_elsewhere(error) || (cfg!(windows) && error.raw_os_error() == Some(DENIED))
}

/// Returns true if an error says that another program has a file open.
pub fn is_open_elsewhere(error: &io::Error) -> bool {
    let is_so = |code| OPEN_ELSEWHERE.contains(&code);
    cfg!(windows) && error.raw_os_error().is_some_and(is_so)
}
