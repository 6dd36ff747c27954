//! All outputs of a plan: they are made in batches on all cores, and handed to the sink in the order of their paths, one
//! batch while the next is made. A page whose key is known, and whose bytes nobody needs, is not rendered; where the site
//! is the same but for bodies, its key is not even computed.

use std::sync::Arc;

use rayon::prelude::*;

use super::entry::{Entry, Hasher, Row, Rows};
use super::index::Indexed;
use super::{Before, Published, Sink};
use crate::check::{Known, Links, dangling};
use crate::diag::{Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::memo::Shelf;
use crate::path::OutPath;
use crate::plan::{Output, Picture, What};
use crate::raster::{self, Canvas};
use crate::render::{Rendered, Renderer};
use crate::watch::Watch;

/// How many outputs are made before they are handed on: enough for all cores, little enough for memory. (Of 8,000 roles, the page
/// and the JSON of a skill are 2 MB.)
const BATCH: usize = 96;
/// The same where most of them will only be looked up.
const LARGE_BATCH: usize = 512;

/// What it takes to make an output.
pub(super) struct Job<'a> {
    pub renderer: &'a Renderer<'a>,
    pub links: &'a Links<'a>,
    pub before: Before<'a>,
    pub watch: &'a dyn Watch,
    /// What is remembered of each output of this outline. None when the site has mistakes: then nothing is remembered, for what
    /// it lacks may be there again.
    pub rows: Option<Rows>,
    pub index: &'a Indexed,
}

/// One output before it is handed on.
struct Made {
    digest: Digest,
    row: Option<Row>,
    bytes: Option<Bytes>,
    page: Option<(usize, Known)>,
    rendered: bool,
    drawn: bool,
    faults: Diagnostics,
}

/// The bytes of an output: only those that are kept elsewhere as well are shared.
enum Bytes {
    Made(Vec<u8>),
    Kept(Arc<[u8]>),
}

impl Bytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Made(bytes) => bytes,
            Self::Kept(bytes) => bytes,
        }
    }
}

type Batch<'p> = Vec<(&'p OutPath, Made)>;

/// An output with its number in the order of paths.
type Numbered<'p> = (usize, (&'p OutPath, &'p Output));

/// What became known of all outputs.
pub(super) struct Emitted {
    /// What is known of each page stands at its index.
    pub known: Vec<Option<Known>>,
    /// How many pages were rendered.
    pub rendered: usize,
    /// How many pictures were drawn.
    pub drawn: usize,
    /// How many pages the search index was made of.
    pub indexed: usize,
    /// Of all paths and digests.
    pub outputs: Digest,
    rows: Vec<Option<Row>>,
}

/// Makes everything and hands it on, as long as nothing is wrong.
pub(super) fn all(job: &Job<'_>, faults: &mut Diagnostics, sink: &mut dyn Sink) -> Result<Emitted, String> {
    let outputs: Vec<Numbered<'_>> = job.renderer.plan.outputs.iter().enumerate().collect();
    job.watch.total(outputs.len());
    let mut hasher = Hasher::default();
    let known = vec![None; job.renderer.plan.pages.len()];
    let mut all = Emitted { known, rendered: 0, drawn: 0, indexed: job.index.pages, outputs: Digest::default(), rows: Vec::with_capacity(outputs.len()) };
    let is_known = job.rows.as_ref().is_some_and(|rows| !rows.0.is_empty());
    let mut batches = outputs.chunks(if is_known { LARGE_BATCH } else { BATCH });
    let make = |batch| job.batch(batch);
    let mut ready = batches.next().map(make);
    while let Some(made) = ready {
        let next = batches.next();
        job.watch.made(made.len());
        let (handed_on, made) = rayon::join(|| all.hand_on(made, (faults, &mut hasher), sink), || next.map(make));
        handed_on?;
        ready = made;
    }
    all.outputs = hasher.finish();
    Ok(all)
}

impl Emitted {
    /// Notes what became known of some outputs, and hands their bytes on until something is wrong.
    fn hand_on(&mut self, made: Batch<'_>, (faults, hasher): (&mut Diagnostics, &mut Hasher), sink: &mut dyn Sink) -> Result<(), String> {
        for (path, made) in made {
            faults.extend(made.faults);
            self.rendered += usize::from(made.rendered);
            self.drawn += usize::from(made.drawn);
            self.rows.push(made.row);
            if let Some((index, page)) = made.page {
                self.known[index] = Some(page);
            }
            hasher.add(path, made.digest);
            if !faults.has_errors() {
                sink.file(path, made.digest, made.bytes.as_ref().map(Bytes::as_slice))?;
            }
        }
        Ok(())
    }

    /// Remembers what was computed of each output, when that is more than was remembered.
    pub fn remember(&self, job: &Job<'_>) {
        let (Some(old), Some(new)) = (&job.rows, self.rows.iter().copied().collect::<Option<Vec<Row>>>()) else { return };
        if old.0 != new {
            job.before.memo.put(Shelf::Outlines, job.renderer.plan.site.outline, &Rows(new).to_bytes());
        }
    }
}

impl Job<'_> {
    fn batch<'p>(&self, outputs: &[Numbered<'p>]) -> Batch<'p> {
        outputs.par_iter().map(|(number, (path, output))| (*path, self.make(*number, path, output))).collect()
    }

    fn make(&self, number: usize, path: &OutPath, output: &Output) -> Made {
        let plan = self.renderer.plan;
        let row = self.rows.as_ref().and_then(|rows| rows.0.get(number).copied());
        match &output.what {
            What::Page(index) => {
                let mut made = None;
                self.watch.page(path, &mut || made = Some(self.page(*index, path, row)));
                made.unwrap_or_else(|| self.page(*index, path, row))
            }
            What::File(file) => match row.filter(|row| self.is_published(path, row.known)) {
                Some(row) => Made::file(row.known, None),
                None => {
                    let bytes = plan.file(file).into_bytes();
                    let digest = Digest::of(&bytes);
                    Made::file(digest, (!self.is_published(path, digest)).then_some(Bytes::Made(bytes)))
                }
            },
            What::Picture(picture) => self.picture(path, picture, row),
            What::Search(number) => {
                let (digest, bytes) = self.index.file(*number);
                // Of the same outline, an index may be another one: nothing is remembered of it here.
                Made { row: Some(Row::default()), ..Made::file(digest, bytes.filter(|_| !self.is_published(path, digest)).map(Bytes::Kept)) }
            }
            What::Asset(index) => {
                let asset = &plan.site.theme.assets.files[*index];
                self.copy(path, asset.digest, || asset.bytes(self.renderer.inputs))
            }
            What::Beside(source) => self.copy(path, plan.site.beside.get(source).copied().unwrap_or_default(), || self.renderer.inputs.bytes(source)),
        }
    }

    fn copy(&self, path: &OutPath, digest: Digest, bytes: impl FnOnce() -> Result<Arc<[u8]>, Diagnostic>) -> Made {
        let mut faults = Diagnostics::default();
        let bytes = if self.is_published(path, digest) { None } else { faults.take(bytes()).map(Bytes::Kept) };
        Made { faults, ..Made::file(digest, bytes) }
    }

    /// A picture is drawn when its bytes are wanted: drawing it is dearer than anything else.
    fn picture(&self, path: &OutPath, picture: &Picture, row: Option<Row>) -> Made {
        let remembered = |key| self.before.memo.get(Shelf::Pictures, key).and_then(|bytes| Some(Digest::from_bytes(bytes.try_into().ok()?)));
        let published = |row: Row| Made { row: Some(row), ..Made::file(row.known, None) };
        // Of the same outline the SVG is the same. Asking for the entry keeps it.
        if let Some(row) = row.filter(|row| remembered(row.own) == Some(row.known) && self.is_published(path, row.known)) {
            return published(row);
        }
        let svg = match self.renderer.svg(picture) {
            Ok(svg) => svg,
            Err(fault) => return Made { faults: vec![fault].into(), ..Made::file(Digest::default(), None) },
        };
        let own = raster::key(&svg, picture.canvas());
        if let Some(known) = remembered(own).filter(|known| self.is_published(path, *known)) {
            return published(Row { own, known });
        }
        let drawn = match self.before.published {
            Published::These(_) => self.draw(&svg, picture.canvas()).map(Some),
            // Nobody wants bytes: it is enough that they could be made.
            Published::All => raster::check(&svg).map(|()| None),
        };
        match drawn {
            Ok(bytes) => {
                let known = bytes.as_deref().map(Digest::of).unwrap_or_default();
                self.before.memo.put(Shelf::Pictures, own, known.as_bytes());
                let drawn = bytes.is_some();
                let bytes = bytes.filter(|_| !self.is_published(path, known)).map(Bytes::Made);
                Made { bytes, drawn, ..published(Row { own, known }) }
            }
            Err(why) => Made { faults: vec![self.renderer.cannot_draw(picture, &why)].into(), ..Made::file(Digest::default(), None) },
        }
    }

    fn draw(&self, svg: &str, canvas: Canvas) -> Result<Vec<u8>, String> {
        let mut drawn = None;
        self.watch.picture(&mut || drawn = Some(raster::draw(svg, canvas)));
        drawn.unwrap_or_else(|| raster::draw(svg, canvas))
    }

    fn is_published(&self, path: &OutPath, digest: Digest) -> bool {
        self.before.published.holds(path, digest)
    }

    fn page(&self, index: usize, path: &OutPath, row: Option<Row>) -> Made {
        let page = &self.renderer.plan.pages[index];
        let own = self.renderer.plan.prose(page).map(|article| article.digest).unwrap_or_default();
        if let Some((row, entry)) = row.filter(|row| row.own == own).and_then(|row| Some((row, self.remembered(row.known, path)?))) {
            return entry.made(index, row);
        }
        let view = self.renderer.plan.view(page);
        let targets = self.renderer.targets(page);
        let key = self.renderer.key(page, &view, &targets);
        let row = Row { own, known: key.unwrap_or_default() };
        let remembered = key.and_then(|key| self.remembered(key, path));
        if let Some(entry) = remembered.filter(|entry| self.links.lead_somewhere(&entry.known)) {
            return entry.made(index, row);
        }
        let Rendered { html, facts, faults } = self.renderer.with_view(index, view, &targets);
        let entry = Entry { digest: Digest::of(html.as_bytes()), known: self.links.known(index, &facts), warnings: faults };
        let leads_somewhere = self.links.lead_somewhere(&entry.known);
        if let Some(key) = key.filter(|_| self.rows.is_some() && !entry.warnings.has_errors()) {
            self.before.memo.put(Shelf::Pages, key, &entry.to_bytes());
        }
        let dangling = if leads_somewhere { vec![] } else { dangling(self.renderer.plan, index, &facts) };
        // What is said of links that lead nowhere is said anew by each build: of such a page the outline remembers no key.
        let row = if leads_somewhere { row } else { Row { known: Digest::default(), ..row } };
        let bytes = (!self.is_published(path, entry.digest)).then(|| Bytes::Made(html.into_bytes()));
        let mut made = Made { bytes, rendered: true, ..entry.made(index, row) };
        made.faults.extend(dangling);
        made
    }

    /// What is remembered of a page, if nobody needs its bytes.
    fn remembered(&self, key: Digest, path: &OutPath) -> Option<Entry> {
        let entry = Entry::from_bytes(&self.before.memo.get(Shelf::Pages, key)?)?;
        self.is_published(path, entry.digest).then_some(entry)
    }
}

impl Entry {
    fn made(self, index: usize, row: Row) -> Made {
        let Self { digest, mut known, warnings } = self;
        // Whether these exist was asked; only ids and anchors matter to other pages.
        known.targets = vec![];
        Made { digest, row: Some(row), bytes: None, page: Some((index, known)), rendered: false, drawn: false, faults: warnings }
    }
}

impl Made {
    fn file(digest: Digest, bytes: Option<Bytes>) -> Self {
        Self {
            digest,
            row: Some(Row { own: Digest::default(), known: digest }),
            bytes,
            page: None,
            rendered: false,
            drawn: false,
            faults: Diagnostics::default(),
        }
    }
}
