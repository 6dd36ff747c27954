//! All outputs of a plan: they are made in batches on all cores, and handed to the sink in the order of their paths, one
//! batch while the next is made. A page whose key is known, and whose bytes nobody needs, is not rendered.

use std::sync::Arc;

use rayon::prelude::*;

use super::entry::Entry;
use super::{Before, Sink};
use crate::check::{Known, Links};
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::memo::Shelf;
use crate::path::OutPath;
use crate::plan::{Output, What};
use crate::render::{Rendered, Renderer};
use crate::watch::Watch;

/// How many outputs are made before they are handed on: enough for all cores, little enough for memory.
const BATCH: usize = 256;

/// What it takes to make an output.
pub(super) struct Job<'a> {
    pub renderer: &'a Renderer<'a>,
    pub links: &'a Links<'a>,
    pub before: Before<'a>,
    pub watch: &'a dyn Watch,
    /// Whether pages are worth remembering: a page of a site with mistakes may lack what will be there.
    pub remembers: bool,
}

/// One output before it is handed on.
struct Made {
    digest: Digest,
    bytes: Option<Arc<[u8]>>,
    page: Option<(usize, Known)>,
    rendered: bool,
    faults: Diagnostics,
}

type Batch<'p> = Vec<(&'p OutPath, Made)>;

/// Makes everything and hands it on, as long as nothing is wrong. What is known of each page stands at its index.
pub(super) fn all(job: &Job<'_>, faults: &mut Diagnostics, rendered: &mut usize, sink: &mut dyn Sink) -> Result<Vec<Option<Known>>, String> {
    let outputs: Vec<(&OutPath, &Output)> = job.renderer.plan.outputs.iter().collect();
    job.watch.total(outputs.len());
    let mut known: Vec<Option<Known>> = vec![None; job.renderer.plan.pages.len()];
    let make = |batch| job.batch(batch);
    let mut batches = outputs.chunks(BATCH);
    let mut ready = batches.next().map(make);
    while let Some(made) = ready {
        let next = batches.next();
        *rendered += made.iter().filter(|(_, made)| made.rendered).count();
        job.watch.made(made.len());
        let (handed_on, made) = rayon::join(|| hand_on(made, faults, &mut known, sink), || next.map(make));
        handed_on?;
        ready = made;
    }
    Ok(known)
}

/// Notes what became known of some outputs, and hands their bytes on until something is wrong.
fn hand_on(made: Batch<'_>, faults: &mut Diagnostics, known: &mut [Option<Known>], sink: &mut dyn Sink) -> Result<(), String> {
    for (path, made) in made {
        faults.extend(made.faults);
        if let Some((index, page)) = made.page {
            known[index] = Some(page);
        }
        if !faults.has_errors() {
            sink.file(path, made.digest, made.bytes.as_deref())?;
        }
    }
    Ok(())
}

impl Job<'_> {
    fn batch<'p>(&self, outputs: &[(&'p OutPath, &Output)]) -> Batch<'p> {
        outputs.par_iter().map(|(path, output)| (*path, self.make(path, output))).collect()
    }

    fn make(&self, path: &OutPath, output: &Output) -> Made {
        let (plan, inputs) = (self.renderer.plan, self.renderer.inputs);
        let mut faults = Diagnostics::default();
        let (digest, bytes) = match &output.what {
            What::Page(index) => {
                let mut made = None;
                self.watch.page(path, &mut || made = Some(self.page(*index, path)));
                return made.unwrap_or_else(|| self.page(*index, path));
            }
            What::File(file) => {
                let bytes = plan.file(file).into_bytes();
                (Digest::of(&bytes), Some(bytes.into()))
            }
            What::Asset(index) => {
                let asset = &plan.site.theme.assets.files[*index];
                (asset.digest, (!self.is_published(path, asset.digest)).then(|| faults.take(asset.bytes(inputs)).unwrap_or_default()))
            }
            What::Beside(source) => {
                let digest = plan.site.beside.get(source).copied().unwrap_or_default();
                (digest, (!self.is_published(path, digest)).then(|| faults.take(inputs.bytes(source)).unwrap_or_default()))
            }
        };
        let bytes = bytes.filter(|_| !self.is_published(path, digest));
        Made { digest, bytes, page: None, rendered: false, faults }
    }

    fn is_published(&self, path: &OutPath, digest: Digest) -> bool {
        self.before.published.holds(path, digest)
    }

    fn page(&self, index: usize, path: &OutPath) -> Made {
        let page = &self.renderer.plan.pages[index];
        let view = self.renderer.plan.view(page);
        let key = self.renderer.key(page, &view);
        if let Some(Entry { digest, known, warnings }) = key.and_then(|key| self.known(key, path)) {
            return Made { digest, bytes: None, page: Some((index, known)), rendered: false, faults: warnings };
        }
        let Rendered { html, facts, mut faults } = self.renderer.with_view(index, view);
        let known = self.links.known(index, &facts);
        let entry = Entry { digest: Digest::of(html.as_bytes()), known, warnings: faults };
        if let Some(key) = key.filter(|_| self.remembers && !entry.warnings.has_errors()) {
            self.before.memo.put(Shelf::Pages, key, &entry.to_bytes());
        }
        let Entry { digest, mut known, warnings } = entry;
        faults = warnings;
        if !self.links.lead_somewhere(&known) {
            faults.extend(self.links.dangling(index, &facts));
        }
        known.targets = vec![];
        let bytes = (!self.is_published(path, digest)).then(|| html.into_bytes().into());
        Made { digest, bytes, page: Some((index, known)), rendered: true, faults }
    }

    /// What is remembered of a page, if that is all that is needed of it.
    fn known(&self, key: Digest, path: &OutPath) -> Option<Entry> {
        let mut entry = Entry::from_bytes(&self.before.memo.get(Shelf::Pages, key)?)?;
        let is_enough = self.is_published(path, entry.digest) && self.links.lead_somewhere(&entry.known);
        entry.known.targets = vec![];
        is_enough.then_some(entry)
    }
}
