//! The program: everything it does is in the library.

use std::process::ExitCode;

/// A build makes and drops millions of small texts: this takes a tenth off its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    rungs::cli::main()
}
