//! The benchmark's site for Rungs: what its generator writes builds without a word, or the figures
//! would be about diagnostics.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use crate::harness::{Folder, Site};

#[test]
fn the_benchmark_builds_without_a_word() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/generate.py");
    let folder = Folder::empty();
    let ran = match Command::new("python3")
        .arg(script)
        .arg("60")
        .arg(folder.path(""))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
    {
        Ok(ran) => ran,
        Err(fault) => {
            // Past the harness, which keeps what a passing test prints to itself.
            let _ = writeln!(
                std::io::stderr(),
                "bench: skipped, for its generator needs python3, which cannot be started: {fault}"
            );
            return;
        }
    };
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let built = Site::folder(folder.path("rungs")).build();
    assert!(built.reports.is_empty(), "{:#?}", built.reports);
    assert!(built.pages > 60, "{} pages", built.pages);
}
