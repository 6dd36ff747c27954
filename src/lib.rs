//! Rungs: Markdown articles and role records come in, a complete career-guide site goes out.
//!
//! This file is the map. The modules are called rooms, and stand in the order in which data flows
//! through them. An import never points to a later room; `tests/suite/rooms.rs` checks that.
//!
//! ```text
//! site folder ─ disk ─► inputs ─► config, content, role, theme ─► site ─► plan (site + layout)
//!                                                                           │
//! output folder ◄─ disk ◄─ pipeline ◄─ files, search, render, check ◄───────┘
//! ```
//!
//! The rooms before `disk` are the core. It touches no disk, clock, environment, network or
//! terminal, starts no thread and leaks no memory. So the same inputs and options give the same
//! bytes.

// The ground, which every room may use. `source` stands on `path`, and `diag` on both.

// Paths and addresses as checked values: `SourcePath`, `OutPath`, `UrlPath`.
pub mod path;

// The text of one file, and the way from a byte offset to a line and column.
pub mod source;

// Diagnostics: what is wrong with a site, where, and what to do about it.
pub mod diag;

// What the build date decides: whether something is published, and why not.
pub mod calendar;
// Digests of bytes and of values: 128 bits that name exactly one content.
pub mod digest;
// Plain text as text that is safe in HTML and XML.
pub mod escape;
// The names of the page kinds, and the facts about them that rooms before `pages` need.
pub mod kind;
// Hash maps and sets that keep the order of insertion, equal in every run.
pub mod ordered;
// What was read of a site while a value was made.
pub mod reads;
// What in a text could be the name of a file.
pub mod pieces;
// "Did you mean …?": the name nearest to a mistyped one.
pub mod suggest;
// The tags of HTML as they are written, with their places.
pub mod tags;

// Stylesheets, scripts and pages made shorter, by `minify-html`.
pub mod minify;
// Pictures: an SVG becomes a PNG or an icon.
pub mod raster;

// The site folder as a value: the digest of every file, and its bytes when they are asked for.
pub mod inputs;
// The memo: a trait that stores results of earlier builds, in tables, by digest.
pub mod memo;
// Values that this process made before, each as long as its digest stays the same.
pub mod session_cache;
// Whoever watches a build: a trait that is told of stages and outputs.
pub mod watch;

// TOML and YAML as typed structs, with every mistake at its place; JSON Schema of these structs.
pub mod data;
// How a language writes numbers, money, dates and counts, and how it sorts.
pub mod locale;

// `site.toml` and the lists (skills, sources, categories, areas, authors) as one `Config`.
pub mod config;
// What browsers may load: the headers of a site, and what in HTML its policy blocks.
pub mod policy;
// A Markdown file as an `Article`; later, the HTML of its body.
pub mod content;
// The files of a role as a checked `Role`, and those of an employer's framework as a `Framework`.
pub mod role;
// Templates, static files and strings along a chain of folders as one `Theme`.
pub mod theme;

// All parsed parts as one immutable `Site`: what is published on the build date.
pub mod site;

// Sentences, titles and figures as text in one language.
pub mod wording;

// The `Layout`: which pages and files exist, at which address, and which owner each path has.
pub mod layout;

// The parts of what templates see: cards, figures, ladders, breadcrumbs, structured data.
pub mod view;

// The page kinds, one file each. A page kind is a sort of page that sites have, such as the ladder
// page of a role; its file declares all that is true of such pages as one `static KIND: PageKind`:
// when one is made, its address, its sections, what its template sees, what search finds it by.
pub mod pages;

// A site together with its layout: the `ViewContext` that later rooms work on comes from here.
pub mod plan;

// Generated files that are no pages: sitemap, feeds, JSON, headers and redirects for hosts.
pub mod files;

// The files of the site's own search index.
pub mod search;

// A page and its View as HTML, with its ids and links; the key that says when it must be rendered.
pub mod render;

// Checks that no single page can make: links, texts of records, facts that are on no page.
pub mod check;

// The build as one function: inputs come in; finished files, diagnostics and the plan go out.
pub mod pipeline;

// Tables, open data and other people's files as layers of the site, with a report of what was lost.
pub mod import;

// The file system: reading the site folder, publishing the output folder, the cache.
pub mod disk;

// The live preview: a server that shows every edit.
pub mod serve;

// The command line: arguments come in, a command runs, an exit code goes out.
pub mod cli;
