//! Outputs: pages, generated files, assets, pictures and files beside articles come in, a map with one
//! owner per path goes out.

mod collector;
mod folders;
mod owner;

use std::collections::BTreeMap;

use crate::config;
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::layout::Layout;
use crate::layout::address::written;
use crate::layout::links::redirect_target;
use crate::layout::output::{File, Output, OutputKind};
use crate::path::OutPath;
use crate::site::{Site, site_file};
use collector::{Collector, FoldedPath};

pub(super) use owner::owner;

impl Layout {
    /// Adds all outputs: pages, files, assets, pictures and redirects.
    pub fn with_outputs(mut self, site: &Site, diagnostics: &mut Diagnostics) -> Self {
        let mut collector = Collector::new(site, &self, BTreeMap::new(), diagnostics);
        collector.collect_pages();
        collector.collect_colocated();
        collector.collect_assets();
        collector.collect_generated();
        collector.collect_aliases();
        let collected = collector.finish();
        *self.outputs.fill() = collected.outputs;
        *self.contested.fill() = collected.contested;
        self.add_redirects(site, diagnostics);
        let contested = folders::check(site, &self, diagnostics);
        self.contested.fill().extend(contested);
        self
    }

    /// Adds the `[[redirects]]` of site.toml. They come last, because a redirect may lead to any
    /// other output.
    fn add_redirects(&mut self, site: &Site, diagnostics: &mut Diagnostics) {
        let rows = site.config.site.redirects.iter();
        let redirects: Vec<Redirect> = rows
            .filter_map(|row| diagnostics.take(redirect(site, self, row)).flatten())
            .collect();
        if redirects.is_empty() {
            return;
        }
        let outputs = std::mem::take(self.outputs.fill());
        let mut collector = Collector::new(site, self, outputs, diagnostics);
        for Redirect { path, output } in redirects {
            collector.add(FoldedPath::of(path), output);
        }
        *self.outputs.fill() = collector.finish().outputs;
    }
}

/// A redirect of site.toml as an output.
struct Redirect {
    path: OutPath,
    output: Output,
}

/// Returns the output of a redirect, or `None` if its target is not published. The check of links in
/// files reports that.
fn redirect(
    site: &Site,
    layout: &Layout,
    row: &config::Redirect,
) -> Result<Option<Redirect>, Diagnostic> {
    let url = written(&row.from.value, &site_file(), &row.from.span)?;
    let target = redirect_target(site, layout, row)
        .map_err(|fault| fault.at(&site_file(), row.to.span.clone()))?;
    let Some(href) = target.link() else {
        return Ok(None);
    };
    let file = File::Redirect {
        from: url.clone(),
        to: site.config.absolute_url(&href),
        title: site.config.site.title.clone(),
    };
    Ok(Some(Redirect {
        path: url.output(),
        output: Output {
            what: OutputKind::File(file),
            asked: Some(Place::new(&site_file(), row.from.span.clone())),
        },
    }))
}
