//! The harness: a site from a text block or a folder, edits to it, builds of it in memory or by the program.

#![allow(dead_code, reason = "a harness offers more than the tests of today use")]

mod flow;
mod folder;
mod html;
mod serve;
mod site;

pub use flow::flow;
pub use folder::{BUILD_DATE, Folder, Ran, blocks, files_in};
pub use html::{Dom, Element, xml};
pub use serve::{Answer, Served};
pub use site::{Built, Site};

/// What every site of the tests begins with, without pictures, which take longer to draw than all else of a small site; a file of the test takes the place of one of these.
pub const BASE: &str = r#"
=== site.toml
title = "Test"
base_url = "https://example.com/"
og_images = false
icons = false

=== content/_index.md
+++
title = "Home"
+++
Welcome.

=== content/categories.toml
[[categories]]
id = "work"
title = "Work"

=== content/sources.toml
[[sources]]
id = "editors"
title = "Estimate of the editors"
kind = "own"
"#;
