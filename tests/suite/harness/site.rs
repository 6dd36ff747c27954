//! A site in memory: files go in, a build with its pages and diagnostics comes out, the same for
//! every number of threads, and the same whatever is remembered of builds before.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use rungs::diag::{Diagnostics, Report, Severity};
use rungs::digest::Digest;
use rungs::inputs::Inputs;
use rungs::memo::{Forgetful, Memo, Table};
use rungs::path::{OutPath, SourcePath};
use rungs::pipeline::{self, Before, Nowhere, Outcome, Published, Request, Sink};
use rungs::serve::{Body, Editor, Preview, Site as _, Snapshot, Update};
use rungs::site::{Options, PartsCache};
use rungs::watch::Unwatched;

use super::{BASE, Dom, Folder, blocks, files_in};

/// A site that a test changes and builds.
#[derive(Clone)]
pub struct Site {
    pub files: BTreeMap<String, Vec<u8>>,
    pub options: Options,
    /// What is remembered of its builds, and of those of its clones.
    past: Arc<Past>,
}

/// A memo in memory, and the output of the last build that went well.
struct Past {
    memo: Mutex<BTreeMap<(Table, Digest), Vec<u8>>>,
    published: Mutex<BTreeMap<OutPath, Vec<u8>>>,
    /// The theme, which no memory has a part in: most of a build of a small site would be loading
    /// it.
    theme: PartsCache,
}

impl Default for Past {
    fn default() -> Self {
        Self {
            memo: Mutex::default(),
            published: Mutex::default(),
            theme: PartsCache::theme_only(),
        }
    }
}

impl Memo for Past {
    fn get(&self, table: Table, key: Digest) -> Option<Vec<u8>> {
        self.memo.lock().unwrap().get(&(table, key)).cloned()
    }

    fn put(&self, table: Table, key: Digest, value: &[u8]) {
        self.memo
            .lock()
            .unwrap()
            .insert((table, key), value.to_owned());
    }
}

/// What came of a build.
#[derive(Debug, PartialEq)]
pub struct Built {
    /// Path in the output folder, and bytes.
    pub files: BTreeMap<String, Vec<u8>>,
    pub reports: Vec<Report>,
    pub failed: bool,
    pub pages: usize,
}

impl Site {
    /// The base with the files of a block.
    pub fn from(block: &str) -> Self {
        let files = blocks(BASE)
            .chain(blocks(block))
            .map(|(path, text)| (path, text.into_bytes()))
            .collect();
        Self {
            files,
            options: options(),
            past: Arc::default(),
        }
    }

    /// Nothing but the sources in a folder.
    pub fn folder(path: impl AsRef<Path>) -> Self {
        let of_site = |path: &str| {
            matches!(
                path.split('/').next(),
                Some("site.toml" | "content" | "i18n" | "static" | "templates" | "themes")
            )
        };
        Self {
            files: files_in(path.as_ref())
                .into_iter()
                .filter(|(path, _)| of_site(path))
                .collect(),
            options: options(),
            past: Arc::default(),
        }
    }

    /// The demo site of the repository.
    pub fn demo() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let parts = ["content", "i18n", "static", "templates"];
        let inside = |part: &str| {
            files_in(&root.join(part))
                .into_iter()
                .map(|(path, bytes)| (format!("{part}/{path}"), bytes))
                .collect::<Vec<_>>()
        };
        let mut site = Self {
            files: parts.into_iter().flat_map(inside).collect(),
            options: options(),
            past: Arc::default(),
        };
        site.edit("site.toml", std::fs::read(root.join("site.toml")).unwrap());
        site
    }

    /// Writes a file, or writes it anew.
    pub fn edit(&mut self, path: &str, text: impl AsRef<[u8]>) -> &mut Self {
        self.files.insert(path.to_owned(), text.as_ref().to_owned());
        self
    }

    /// Replaces a text that must be in a file.
    pub fn replace(&mut self, path: &str, old: &str, new: &str) -> &mut Self {
        let text = String::from_utf8(self.files[path].clone()).unwrap();
        assert!(text.contains(old), "{path} has no {old:?}");
        self.edit(path, text.replace(old, new))
    }

    /// Deletes a file, which must be there.
    pub fn delete(&mut self, path: &str) -> &mut Self {
        assert!(self.files.remove(path).is_some(), "there is no {path}");
        self
    }

    /// Renames a file, which must be there.
    pub fn rename(&mut self, from: &str, to: &str) -> &mut Self {
        let bytes = self
            .files
            .remove(from)
            .unwrap_or_else(|| panic!("there is no {from}"));
        self.edit(to, bytes)
    }

    /// Builds the site with one thread, with eight, and with what is remembered of its last builds,
    /// which must not differ.
    pub fn build(&self) -> Built {
        static ONE: LazyLock<ThreadPool> = LazyLock::new(|| pool(1));
        static EIGHT: LazyLock<ThreadPool> = LazyLock::new(|| pool(8));
        let (one, eight) = (
            ONE.install(|| self.build_once()),
            EIGHT.install(|| self.build_once()),
        );
        assert_eq!(
            one.reports, eight.reports,
            "diagnostics depend on the number of threads"
        );
        for (path, bytes) in &one.files {
            assert_eq!(
                Some(bytes),
                eight.files.get(path),
                "{path} depends on the number of threads"
            );
        }
        assert_eq!(one, eight, "the output depends on the number of threads");
        let warm = EIGHT.install(|| self.build_warm());
        assert_eq!(
            one.said(),
            warm.said(),
            "diagnostics depend on what is remembered"
        );
        for (path, bytes) in &one.files {
            assert!(
                Some(bytes) == warm.files.get(path),
                "{path} depends on what is remembered"
            );
        }
        assert_eq!(one, warm, "the output depends on what is remembered");
        one
    }

    /// Builds the site with what is remembered of the builds before, and remembers this one.
    pub fn build_warm(&self) -> Built {
        self.build_with(&*self.past)
    }

    /// The same with another memo.
    pub fn build_with(&self, memo: &dyn Memo) -> Built {
        let mut published = self.past.published.lock().unwrap();
        let digests = published
            .iter()
            .map(|(path, bytes)| (path.clone(), Digest::of(bytes)))
            .collect();
        let before = Before {
            memo,
            published: Published::These(&digests),
        };
        let built = self.build_before(
            before,
            Sorted {
                published: published.clone(),
                ..Sorted::default()
            },
        );
        if !built.failed {
            *published = built
                .files
                .iter()
                .map(|(path, bytes)| (OutPath::new(path).unwrap(), bytes.clone()))
                .collect();
        }
        built
    }

    /// Writes the site into a temporary folder.
    pub fn on_disk(&self) -> Folder {
        let folder = Folder::empty();
        for (path, bytes) in &self.files {
            folder.write(path, bytes);
        }
        folder
    }

    /// What is remembered of its builds.
    pub fn memo(&self) -> &dyn Memo {
        &*self.past
    }

    /// The same site with nothing remembered.
    pub fn fresh(&self) -> Self {
        Self {
            past: Arc::default(),
            ..self.clone()
        }
    }

    /// Forgets some of what is remembered: `keeps` is asked for each entry, by its number.
    pub fn forget(&self, mut keeps: impl FnMut(usize) -> bool) {
        let mut number = 0..;
        self.past
            .memo
            .lock()
            .unwrap()
            .retain(|_, _| number.next().is_some_and(&mut keeps));
    }

    /// Loses or changes some of what is published.
    pub fn spoil(&self, mut spoils: impl FnMut(usize) -> bool) {
        let mut number = 0..;
        self.past
            .published
            .lock()
            .unwrap()
            .retain(|_, _| !number.next().is_some_and(&mut spoils));
    }

    /// Builds the site once, with the threads that there are and nothing remembered.
    pub fn build_once(&self) -> Built {
        self.build_before(
            Before {
                memo: &Forgetful,
                published: Published::These(&Default::default()),
            },
            Sorted::default(),
        )
    }

    /// What a preview shows after the last edit, as if it were a build; the check of its pages
    /// remembers nothing.
    pub fn previewed(&self, preview: &Preview) -> Built {
        let Update { snapshot, .. } = preview.update(
            Arc::new(self.inputs()),
            &self.options,
            Diagnostics::default(),
            &*self.past,
        );
        let checked = snapshot
            .as_ref()
            .map(|snapshot| preview.check(snapshot, &*self.past, &mut Nowhere).unwrap());
        let reports = preview.reported().reports.clone();
        let failed = reports
            .iter()
            .any(|report| report.severity == Severity::Error);
        let served = |path: &OutPath, snapshot: &Snapshot| {
            let base = &snapshot.plan.site.config.base_path;
            match preview.get(&format!("{base}{}", path.as_str())).body {
                Body::Page { html: bytes, .. } | Body::File(bytes) => {
                    (path.as_str().to_owned(), bytes.to_vec())
                }
                Body::Redirect(to) => panic!("{} leads to {to}", path.as_str()),
            }
        };
        let snapshot = snapshot.filter(|_| !failed);
        let files = snapshot
            .iter()
            .flat_map(|snapshot| {
                snapshot
                    .plan
                    .layout
                    .outputs
                    .whole()
                    .keys()
                    .map(|path| served(path, snapshot))
            })
            .collect();
        Built {
            files,
            reports,
            failed,
            pages: checked.map_or(0, |checked| checked.pages),
        }
    }

    /// Returns some files of the site, of which only these are made. The site must have no mistakes.
    pub fn sampled(&self, mut is_wanted: impl FnMut(&str) -> bool) -> BTreeMap<String, Vec<u8>> {
        let preview = Preview::new(1, Editor::default());
        let inputs = Arc::new(self.inputs());
        let update = preview.update(inputs, &self.options, Diagnostics::default(), &Forgetful);
        let snapshot = update.snapshot.unwrap();
        let base = &snapshot.plan.site.config.base_path;
        let outputs = snapshot.plan.layout.outputs.whole().keys();
        let wanted: Vec<&OutPath> = outputs.filter(|path| is_wanted(path.as_str())).collect();
        let served = |path: &&OutPath| match preview.get(&format!("{base}{}", path.as_str())).body {
            Body::Page { html: bytes, .. } | Body::File(bytes) => {
                (path.as_str().to_owned(), bytes.to_vec())
            }
            Body::Redirect(to) => panic!("{} leads to {to}", path.as_str()),
        };
        wanted.par_iter().map(served).collect()
    }

    fn inputs(&self) -> Inputs {
        Inputs::in_memory(
            self.files
                .iter()
                .map(|(path, bytes)| (SourcePath::new(path).unwrap(), bytes.as_slice().into()))
                .collect(),
        )
    }

    fn build_before(&self, before: Before<'_>, mut sink: Sorted) -> Built {
        let inputs = self.inputs();
        let request = Request {
            parts: &self.past.theme,
            ..Request::new(&inputs, &self.options)
        };
        let Ok(built) = pipeline::build(request, before, &Unwatched, &mut sink);
        let Outcome {
            pages,
            files: _,
            reports,
            failed,
            left_out: _,
            rendered: _,
            drawn: _,
            indexed: _,
        } = built.outcome;
        assert_eq!(
            failed,
            reports
                .iter()
                .any(|report| report.severity == Severity::Error),
            "a build fails when it has errors, and only then"
        );
        // What a failed build hands over is never published.
        let files = if failed { BTreeMap::new() } else { sink.files };
        Built {
            files,
            reports,
            failed,
            pages,
        }
    }
}

impl Built {
    /// The text of a file of the output, which must be there.
    #[track_caller]
    pub fn page(&self, path: &str) -> &str {
        let known = || {
            format!(
                "there is no {path}, but:\n  {}\n{}",
                self.files.keys().cloned().collect::<Vec<_>>().join("\n  "),
                self.said()
            )
        };
        let bytes = self
            .files
            .get(path)
            .unwrap_or_else(|| panic!("{}", known()));
        std::str::from_utf8(bytes).unwrap()
    }

    /// A page of the output as elements; the page must be there.
    #[track_caller]
    pub fn dom(&self, path: &str) -> Dom {
        Dom::parse(self.page(path))
    }

    /// Whether the output has a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// All diagnostics, one a line: `error[unknown-key] content/a.md:3:1 words`.
    pub fn said(&self) -> String {
        self.reports
            .iter()
            .map(|report| said(report) + "\n")
            .collect()
    }

    /// The build, when it went without a word.
    #[track_caller]
    pub fn clean(self) -> Self {
        assert!(self.reports.is_empty(), "{}", self.said());
        self
    }
}

fn said(
    Report {
        severity,
        code,
        message,
        place,
        help: _,
        related: _,
    }: &Report,
) -> String {
    let place = place
        .as_ref()
        .map(|place| {
            format!(
                "{}:{}:{} ",
                place.path, place.position.line, place.position.column
            )
        })
        .unwrap_or_default();
    format!("{severity}[{}] {place}{message}", code.name())
}

fn options() -> Options {
    Options {
        base_url: None,
        drafts: false,
        future: false,
        build_date: jiff::civil::date(2026, 11, 22),
    }
}

fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(16 * 1024 * 1024)
        .build()
        .unwrap()
}

/// Keeps files; they must come in the order of their paths, each once.
#[derive(Default)]
struct Sorted {
    files: BTreeMap<String, Vec<u8>>,
    published: BTreeMap<OutPath, Vec<u8>>,
}

impl Sink for Sorted {
    type Error = Infallible;

    fn file(
        &mut self,
        path: &OutPath,
        digest: Digest,
        bytes: Option<&[u8]>,
    ) -> Result<(), Infallible> {
        if let Some((last, _)) = self.files.last_key_value() {
            assert!(last.as_str() < path.as_str(), "{path} comes after {last}");
        }
        let bytes = bytes
            .or_else(|| self.published.get(path).map(Vec::as_slice))
            .unwrap_or_else(|| panic!("{path} has no bytes, and is not published"));
        assert_eq!(digest, Digest::of(bytes), "{path}");
        self.files
            .insert(path.as_str().to_owned(), bytes.to_owned());
        Ok(())
    }
}
