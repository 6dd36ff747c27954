//! The program holds the files of themes/default: a new or removed one must compile it again.

fn main() {
    println!("cargo::rerun-if-changed=themes/default");
}
