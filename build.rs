//! What the program is made of: its own sources come in; a digest of them goes out, so that a cache
//! of another program is known, however alike their versions are. The files of themes/default are
//! part of the program too. And how the program is linked.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::disallowed_macros,
    reason = "a build script reads files, and Cargo what it prints"
)]

use std::hash::Hasher;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let mut files = vec![PathBuf::from("Cargo.toml"), PathBuf::from("build.rs")];
    for folder in ["src", "themes/default"] {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut files)?;
    }
    // What a package from the registry may lack.
    files.extend(Some(PathBuf::from("Cargo.lock")).filter(|lock| lock.exists()));
    files.sort();
    // FNV-1a: a build script needs no dependency to tell one set of sources from another.
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    for file in files {
        hasher.write(file.to_string_lossy().replace('\\', "/").as_bytes());
        hasher.write(&std::fs::read(&file)?);
    }
    println!("cargo::rustc-env=RUNGS_SOURCES={:016x}", hasher.finish());
    link_at_fixed_addresses();
    Ok(())
}

/// Has the program linked for fixed addresses, as Go's are. Otherwise the loader writes the addresses
/// in 10 MB of minify-html's tables at each start, which takes 7 ms of the 9 ms that `rungs --version`
/// takes.
fn link_at_fixed_addresses() {
    let target = ["OS", "ENV"].map(|part| std::env::var(format!("CARGO_CFG_TARGET_{part}")));
    if let [Ok(os), Ok(env)] = target
        && os == "linux"
        && env == "gnu"
    {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

struct Fnv(u64);

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    fn finish(&self) -> u64 {
        self.0
    }
}
