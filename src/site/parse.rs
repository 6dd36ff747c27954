//! Reading a whole site: inputs come in, a [`Site`] with everything that is published goes out. Each
//! part is read in a file beside this one.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::cache::PartsCache;
use super::files::Files;
use super::publish::{Parsed, publish};
use super::records::Written;
use super::{Options, Site, records, role_of, strays, themes};
use crate::config;
use crate::content::{self, Article, HashedOptions};
use crate::data::Id;
use crate::diag::Diagnostics;
use crate::kind::Kinds;
use crate::memo::Sources;
use crate::path::SourcePath;
use crate::role;
use crate::session_cache::Made;
use crate::theme::Setup;

/// What could be the names of files in one record.
pub(super) struct RecordFileNames {
    pub path: SourcePath,
    pub names: Vec<String>,
}

/// Reads everything, but for the parts that are in the cache. Returns `None` when the site's own
/// file, or its theme, says nothing that could be worked with.
pub fn parse(
    sources: Sources<'_>,
    options: &Options,
    kinds: &'static Kinds,
    cache: &PartsCache,
    diagnostics: &mut Diagnostics,
) -> Option<Site> {
    let inputs = sources.inputs;
    let mut config = config::read(inputs, kinds, options.base_url.as_deref(), diagnostics)?;
    let files = Files::sort(inputs, &config.site.import.order());
    strays::check(&files, kinds, diagnostics);
    // A theme is loaded by one thread: others read records meanwhile.
    let site_file = super::site_file();
    let setup = Setup::of(&config, &site_file, sources.memo);
    let mut of_records = Diagnostics::default();
    let (theme, written) = rayon::join(
        || themes::load(inputs, setup, cache),
        || records::read(sources, &files, cache, &mut of_records),
    );
    diagnostics.extend(of_records);
    let theme = themes::check(theme, inputs, &config, diagnostics)?;
    let reading = HashedOptions::new(&theme.theme.markdown, &theme.policy);
    let articles = articles(sources, reading, &files, cache, diagnostics);
    let positions = files.positions.as_ref();
    let positions = positions.and_then(|path| role::read_positions(inputs, path, diagnostics));
    let written = Written {
        roles: written,
        positions,
    };
    let named = file_names(&written);
    let calendar = options.calendar();
    let records = records::resolve(
        sources,
        &files,
        written,
        &mut config,
        calendar,
        cache,
        diagnostics,
    );
    config.name_ids(diagnostics);
    let parsed = Parsed {
        broken_roles: broken_roles(diagnostics),
        config,
        theme,
        articles,
        records,
        files,
        named,
    };
    Some(publish(parsed, inputs, options, diagnostics))
}

/// Reads all articles, as far as they are not in the cache.
fn articles(
    sources: Sources<'_>,
    options: HashedOptions<'_>,
    files: &Files,
    cache: &PartsCache,
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<Article>> {
    let read = files.articles.par_iter().map(|file| {
        let key = options.article_key(file);
        cache.articles.get(&file.path, key, |diagnostics| {
            content::read_or_recall(sources, file, options, diagnostics)
        })
    });
    let articles = collect(read, diagnostics);
    cache
        .articles
        .retain(|path| sources.inputs.get(path.as_str()).is_some());
    articles
}

/// Returns what could be names of files in records.
fn file_names(written: &Written) -> Vec<RecordFileNames> {
    let names = written.roles.iter().map(|role| RecordFileNames {
        path: role.files.record.path.clone(),
        names: role.declared.rows.named.clone(),
    });
    let of_positions = written.positions.iter().map(|file| RecordFileNames {
        path: file.path.clone(),
        names: file.named.clone(),
    });
    names.chain(of_positions).collect()
}

/// Returns the roles with errors in their data.
fn broken_roles(diagnostics: &Diagnostics) -> BTreeSet<Id> {
    diagnostics
        .paths_with_errors()
        .filter(|path| path.extension() != "md")
        .filter_map(role_of)
        .filter_map(Id::new)
        .collect()
}

/// Collects values in the order of their files, and diagnostics with the others.
pub(super) fn collect<T: Send + Sync>(
    made: impl IndexedParallelIterator<Item = Made<T>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<T>> {
    let made: Vec<Made<T>> = made.collect();
    made.into_iter()
        .filter_map(|made| made.take(diagnostics))
        .collect()
}
