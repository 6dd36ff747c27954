//! The program holds the files of themes/default: a new or removed one must compile it again.

#[allow(clippy::print_stdout, clippy::disallowed_macros, reason = "Cargo reads what a build script prints")]
fn main() {
    println!("cargo::rerun-if-changed=themes/default");
}
