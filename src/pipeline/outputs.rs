//! All outputs of a plan: they are made in batches on all cores, and handed to the sink in the order
//! of their paths, one batch while the next is made.
//!
//! A page whose key is known, and whose bytes nobody needs, is not rendered; where all that it asked
//! of the site has the same answers, its key is not even computed.

use std::sync::Arc;

use rayon::prelude::*;

use super::entries::{OutputHasher, PageEntry};
use super::remembered::{self, Asked, NewRow, OutputRow, Remembered};
use super::search_index::SearchIndex;
use super::{Before, COMMON, Published, Sink};
use crate::check::{LinkChecker, LinkFacts};
use crate::diag::{Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::files;
use crate::inputs::File;
use crate::layout::output::{File as GeneratedFile, Output, OutputKind, Picture};
use crate::layout::page;
use crate::memo::Table;
use crate::pages::view;
use crate::path::OutPath;
use crate::raster::{self, DrawError, Drawing};
use crate::reads;
use crate::render::{Rendered, Renderer};
use crate::view::ViewContext;
use crate::watch::Watch;

/// How many outputs are made before they are handed on: enough for all cores, little enough for
/// memory. (Of 8,000 roles, the page and the JSON of a skill are 2 MB.)
const BATCH: usize = 96;
/// The same where most of them will only be looked up.
const LARGE_BATCH: usize = 512;
/// What a picture counts for in the size of a site, and a file of the search index: about what they
/// have. Not every command makes them, and all are to say the same of a site.
const SIZE_OF_PICTURE: u64 = 20_000;
const SIZE_OF_SEARCH_FILE: u64 = 10_000;

/// What making an output takes.
pub(super) struct Work<'a> {
    pub renderer: &'a Renderer<'a>,
    pub links: &'a LinkChecker<'a>,
    pub before: Before<'a>,
    pub watch: &'a dyn Watch,
    /// What is remembered of outputs.
    pub known: &'a remembered::Known,
    /// False when the site has mistakes: what it lacks may be there the next time.
    pub may_remember: bool,
    pub index: &'a SearchIndex,
}

/// What is known of all outputs.
pub(super) struct Outputs {
    /// The links of each page, by its index.
    pub link_facts: Vec<Option<LinkFacts>>,
    /// How many pages were rendered.
    pub rendered: usize,
    /// How many pictures were drawn.
    pub drawn: usize,
    /// How many bytes each output has, about, in the order of their paths.
    pub sizes: Vec<u64>,
    /// Digest of all paths and digests.
    pub digest: Digest,
    /// What the next build may know.
    pub remembered: Remembered,
    hasher: OutputHasher,
}

/// One output before it is handed on.
struct MadeOutput {
    digest: Digest,
    size: u64,
    row: Option<NewRow>,
    bytes: Option<Bytes>,
    links: Option<PageLinks>,
    effort: Effort,
    diagnostics: Diagnostics,
}

/// The links of one page.
struct PageLinks {
    /// The index of the page.
    page: usize,
    facts: LinkFacts,
}

/// What an output cost.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effort {
    Little,
    Rendered,
    Drawn,
}

/// The bytes of an output: only those that are kept elsewhere as well are shared.
enum Bytes {
    Owned(Vec<u8>),
    Shared(Arc<[u8]>),
}

/// Outputs with their paths, in that order.
type Batch<'p> = Vec<(&'p OutPath, MadeOutput)>;

impl Work<'_> {
    /// Makes all outputs and hands them on, as long as nothing is wrong.
    pub fn outputs<S: Sink>(
        &self,
        diagnostics: &mut Diagnostics,
        sink: &mut S,
    ) -> Result<Outputs, S::Error> {
        let cx = &self.renderer.cx;
        let all: Vec<(&OutPath, &Output)> = cx.layout.outputs.whole().iter().collect();
        self.watch.total(all.len());
        let mut outputs = Outputs::new(cx.layout.pages.whole().len(), all.len(), self.known);
        let mut batches = all.chunks(if self.known.is_empty() {
            BATCH
        } else {
            LARGE_BATCH
        });
        let mut ready = batches.next().map(|batch| self.batch(batch));
        while let Some(made) = ready {
            let next = batches.next();
            self.watch.made(made.len());
            let (handed_on, made) = rayon::join(
                || outputs.hand_on(made, self.known, diagnostics, sink),
                || next.map(|batch| self.batch(batch)),
            );
            handed_on?;
            ready = made;
        }
        outputs.digest = outputs.hasher.finish();
        Ok(outputs)
    }

    fn batch<'p>(&self, outputs: &[(&'p OutPath, &Output)]) -> Batch<'p> {
        outputs
            .par_iter()
            .map(|(path, output)| (*path, self.make(path, output)))
            .collect()
    }

    fn make(&self, path: &OutPath, output: &Output) -> MadeOutput {
        let cx = &self.renderer.cx;
        match &output.what {
            OutputKind::Page(index) => {
                let mut made = None;
                self.watch
                    .page(path, &mut || made = Some(self.page(*index, path)));
                made.unwrap_or_else(|| self.page(*index, path))
            }
            OutputKind::File(file) => self.file(path, file),
            OutputKind::Picture(picture) => self.picture(path, picture),
            OutputKind::Search(number) => {
                let digest = self.index.digest(*number);
                let wanted = !self.is_published(path, digest);
                let bytes = self.index.bytes(*number).filter(|_| wanted);
                MadeOutput::file(digest, SIZE_OF_SEARCH_FILE, bytes.map(Bytes::Shared))
            }
            OutputKind::Asset(index) => {
                let asset = &cx.site.theme.assets.files[*index];
                let inputs = self.renderer.inputs;
                let file = File {
                    digest: asset.digest,
                    size: asset.size(inputs),
                };
                self.copy(path, file, || asset.bytes(inputs))
            }
            OutputKind::Colocated(source) => {
                let inputs = self.renderer.inputs;
                let digest = cx.site.colocated_files.get(source).copied();
                let file = File {
                    digest: digest.unwrap_or_default(),
                    size: inputs.get(source.as_str()).map_or(0, |file| file.size),
                };
                self.copy(path, file, || inputs.bytes(source))
            }
        }
    }

    fn copy(
        &self,
        path: &OutPath,
        File { digest, size }: File,
        read: impl FnOnce() -> Result<Arc<[u8]>, Diagnostic>,
    ) -> MadeOutput {
        if self.is_published(path, digest) {
            return MadeOutput::file(digest, size, None);
        }
        match read() {
            Ok(bytes) => MadeOutput::file(digest, size, Some(Bytes::Shared(bytes))),
            Err(fault) => MadeOutput {
                diagnostics: vec![fault].into(),
                ..MadeOutput::file(digest, size, None)
            },
        }
    }

    /// Makes a generated file.
    fn file(&self, path: &OutPath, file: &GeneratedFile) -> MadeOutput {
        if let Some(known) = self.known.row(path.as_str())
            && self.is_published(path, known.row.result)
        {
            let OutputRow { result, size, .. } = known.row;
            return MadeOutput::file(result, size, None).remembered(known);
        }
        let (bytes, asked) = self.noted(path, |cx| files::file(cx, file).into_bytes());
        let result = Digest::of(&bytes);
        let size = bytes.len() as u64;
        let bytes = self.wanted(path, result, || Bytes::Owned(bytes));
        let source = Digest::default();
        let row = OutputRow {
            source,
            result,
            size,
        };
        MadeOutput::file(result, size, bytes).remembered(NewRow { row, asked })
    }

    /// Makes what an output is made of, and notes what is asked for it. What output it is, is the
    /// first question.
    fn noted<T>(&self, path: &OutPath, make: impl FnOnce(&ViewContext<'_>) -> T) -> (T, Asked) {
        let cx = &self.renderer.cx;
        let (made, reads) = reads::noted(|| {
            reads::note(COMMON);
            cx.layout.outputs.get(path);
            make(cx)
        });
        (made, Asked::Now(reads))
    }

    /// Draws a picture when its bytes are wanted: drawing costs more than anything else.
    fn picture(&self, path: &OutPath, picture: &Picture) -> MadeOutput {
        // Of the same answers the SVG is the same. Asking for the entry keeps it.
        if let Some(known) = self.known.row(path.as_str())
            && self.remembered_picture(known.row.source) == Some(known.row.result)
            && self.is_published(path, known.row.result)
        {
            return MadeOutput::picture(known.row.result).remembered(known);
        }
        let (drawing, asked) = self.noted(path, |_| self.renderer.drawing(picture));
        let drawing = match drawing {
            Ok(drawing) => drawing,
            Err(fault) => return MadeOutput::failed(fault),
        };
        let source = drawing.key();
        if let Some(result) = self.remembered_picture(source)
            && self.is_published(path, result)
        {
            return MadeOutput::picture(result).remembered(NewRow::with(source, result, asked));
        }
        let drawn = match self.before.published {
            Published::These(_) => self.draw(&drawing).map(Some),
            // Nobody wants bytes: it is enough that they could be made.
            Published::All => raster::check(&drawing).map(|()| None),
        };
        let bytes = match drawn {
            Ok(bytes) => bytes,
            Err(why) => return MadeOutput::failed(self.renderer.cannot_draw(picture, &why)),
        };
        let result = bytes.as_deref().map(Digest::of).unwrap_or_default();
        self.before
            .memo
            .put(Table::Pictures, source, result.as_bytes());
        let effort = if bytes.is_some() {
            Effort::Drawn
        } else {
            Effort::Little
        };
        MadeOutput {
            bytes: bytes.and_then(|bytes| self.wanted(path, result, || Bytes::Owned(bytes))),
            effort,
            ..MadeOutput::picture(result).remembered(NewRow::with(source, result, asked))
        }
    }

    fn remembered_picture(&self, key: Digest) -> Option<Digest> {
        let bytes = self.before.memo.get(Table::Pictures, key)?;
        Some(Digest::from_bytes(bytes.try_into().ok()?))
    }

    fn draw(&self, drawing: &Drawing) -> Result<Vec<u8>, DrawError> {
        let mut drawn = None;
        self.watch
            .picture(&mut || drawn = Some(raster::draw(drawing)));
        drawn.unwrap_or_else(|| raster::draw(drawing))
    }

    fn page(&self, index: usize, path: &OutPath) -> MadeOutput {
        let cx = &self.renderer.cx;
        let prose = page::prose(cx.site, &cx.layout.pages[index]);
        let source = prose.map(|article| article.digest).unwrap_or_default();
        if let Some(known) = self.known.row(path.as_str())
            && known.row.source == source
            && let Some(entry) = self.remembered_page(known.row.result, path)
            && (self.known.is_same_structure || self.links.lead_somewhere(&entry.links))
        {
            return MadeOutput::page(index, entry).remembered(known);
        }
        let ((view, targets, key), asked) = self.noted(path, |cx| {
            let page = &cx.layout.pages[index];
            let view = view::view(cx, page);
            let targets = self.renderer.targets(page);
            let key = self.renderer.key(page, &view, &targets);
            (view, targets, key)
        });
        if let Some(key) = key
            && let Some(entry) = self.remembered_page(key, path)
            && self.links.lead_somewhere(&entry.links)
        {
            return MadeOutput::page(index, entry).remembered(NewRow::with(source, key, asked));
        }
        let rendered = self.renderer.with_view(index, view, &targets);
        let (mut made, result) = self.rendered_page(index, path, rendered, key);
        made.row = Some(NewRow::with(source, result, asked));
        made
    }

    /// Remembers a page that was just rendered, and checks its links. Returns the key that may be
    /// remembered with the output.
    fn rendered_page(
        &self,
        index: usize,
        path: &OutPath,
        rendered: Rendered,
        key: Option<Digest>,
    ) -> (MadeOutput, Digest) {
        let Rendered {
            html,
            facts,
            diagnostics,
            is_kept,
        } = rendered;
        if is_kept {
            self.watch.kept();
        }
        let entry = PageEntry {
            digest: Digest::of(html.as_bytes()),
            size: html.len() as u64,
            links: self.links.facts(index, &facts),
            warnings: diagnostics,
        };
        if let Some(key) = key
            && self.may_remember
            && !entry.warnings.has_errors()
        {
            self.before.memo.put(Table::Pages, key, &entry.to_bytes());
        }
        // Diagnostics of links that lead nowhere are made anew by each build: of such a page, no key
        // is remembered with the output.
        let leads_somewhere = self.links.lead_somewhere(&entry.links);
        let result = key.filter(|_| leads_somewhere).unwrap_or_default();
        let bytes = self.wanted(path, entry.digest, || Bytes::Owned(html.into_bytes()));
        let mut made = MadeOutput {
            bytes,
            effort: Effort::Rendered,
            ..MadeOutput::page(index, entry)
        };
        if !leads_somewhere {
            made.diagnostics.extend(self.links.dangling(index, &facts));
        }
        (made, result)
    }

    /// Returns what is remembered of a page, if nobody needs its bytes.
    fn remembered_page(&self, key: Digest, path: &OutPath) -> Option<PageEntry> {
        let entry = PageEntry::from_bytes(&self.before.memo.get(Table::Pages, key)?)?;
        self.is_published(path, entry.digest).then_some(entry)
    }

    fn is_published(&self, path: &OutPath, digest: Digest) -> bool {
        self.before.published.holds(path, digest)
    }

    /// Returns the bytes of an output, if somebody needs them.
    fn wanted(
        &self,
        path: &OutPath,
        digest: Digest,
        bytes: impl FnOnce() -> Bytes,
    ) -> Option<Bytes> {
        (!self.is_published(path, digest)).then(bytes)
    }
}

impl Outputs {
    fn new(pages: usize, outputs: usize, known: &remembered::Known) -> Self {
        Self {
            link_facts: vec![None; pages],
            rendered: 0,
            drawn: 0,
            sizes: Vec::with_capacity(outputs),
            digest: Digest::default(),
            remembered: Remembered::after(known),
            hasher: OutputHasher::default(),
        }
    }

    /// Notes what is known of some outputs, and hands their bytes on until something is wrong.
    fn hand_on<S: Sink>(
        &mut self,
        made: Batch<'_>,
        known: &remembered::Known,
        diagnostics: &mut Diagnostics,
        sink: &mut S,
    ) -> Result<(), S::Error> {
        for (path, made) in made {
            diagnostics.extend(made.diagnostics);
            match made.effort {
                Effort::Little => {}
                Effort::Rendered => self.rendered += 1,
                Effort::Drawn => self.drawn += 1,
            }
            if let Some(row) = made.row {
                self.remembered.add(path.as_str(), row, known);
            }
            self.sizes.push(made.size);
            if let Some(PageLinks { page, facts }) = made.links {
                self.link_facts[page] = Some(facts);
            }
            self.hasher.add(path, made.digest);
            if !diagnostics.has_errors() {
                sink.file(path, made.digest, made.bytes.as_ref().map(Bytes::as_slice))?;
            }
        }
        Ok(())
    }
}

impl MadeOutput {
    /// Returns a file of which the digest is known.
    fn file(digest: Digest, size: u64, bytes: Option<Bytes>) -> Self {
        Self {
            digest,
            size,
            row: None,
            bytes,
            links: None,
            effort: Effort::Little,
            diagnostics: Diagnostics::default(),
        }
    }

    /// Returns the output with what is remembered of it.
    fn remembered(self, row: NewRow) -> Self {
        Self {
            row: Some(row),
            ..self
        }
    }

    /// Returns a picture that was drawn before.
    fn picture(digest: Digest) -> Self {
        Self::file(digest, SIZE_OF_PICTURE, None)
    }

    /// Returns a file that could not be made.
    fn failed(fault: Diagnostic) -> Self {
        Self {
            diagnostics: vec![fault].into(),
            ..Self::file(Digest::default(), 0, None)
        }
    }

    /// Returns a page of which everything is known but its bytes.
    fn page(page: usize, entry: PageEntry) -> Self {
        let PageEntry {
            digest,
            size,
            links: mut facts,
            warnings,
        } = entry;
        // That the targets exist was checked; only ids and anchors matter to other pages.
        facts.targets = vec![];
        Self {
            links: Some(PageLinks { page, facts }),
            diagnostics: warnings,
            ..Self::file(digest, size, None)
        }
    }
}

impl Bytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Owned(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}
