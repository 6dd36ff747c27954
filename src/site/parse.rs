//! Reading a whole site: inputs come in, a `Site` with everything that is published goes out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Options, Site, framework_of, role_of};
use crate::config::{self, Check, Config, Figures};
use crate::content::{self, Article};
use crate::data::Id;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::kept::{Kept, Made};
use crate::memo::Memo;
use crate::path::SourcePath;
use crate::role::{self, Framework, Role, World, Written};
use crate::theme::{Minifies, Setup, Theme};

/// What readings of a site before this one made, each part with all that it is a function of.
#[derive(Default)]
pub struct Parts {
    theme: Kept<(), Theme>,
    articles: Kept<SourcePath, Article>,
    written: Kept<Id, Written>,
    roles: Kept<Id, Role>,
}

impl Parts {
    /// For the only reading: each part goes as soon as nothing else needs it.
    pub const NOTHING: Self = Self { theme: Kept::NOTHING, articles: Kept::NOTHING, written: Kept::NOTHING, roles: Kept::NOTHING };

    /// Whether there is a next reading.
    pub fn are_kept(&self) -> bool {
        self.theme.keeps()
    }

    /// Keeps the theme alone, which takes longer to load than a small site to build.
    pub fn of_theme() -> Self {
        Self { theme: Kept::default(), ..Self::NOTHING }
    }
}

/// Files of `content/` by what they are.
#[derive(Default)]
struct Files {
    articles: Vec<(SourcePath, Digest)>,
    /// Folders of roles and of frameworks, by id.
    roles: Vec<(Id, SourcePath)>,
    frameworks: Vec<(Id, SourcePath)>,
    beside: BTreeMap<SourcePath, Digest>,
}

/// Reads everything, but for the parts that are there already. None when the site's own file, or its theme, says nothing
/// that could be worked with.
pub fn parse(inputs: &Inputs, options: &Options, (memo, parts): (&dyn Memo, &Parts), faults: &mut Diagnostics) -> Option<Site> {
    let mut config = config::read(inputs, options.base_url.as_deref(), faults)?;
    let files = sort(inputs, faults);
    // A theme is loaded by one thread: others read records meanwhile.
    let site_file = super::site_file();
    let setup = Setup::of(&config, &site_file);
    let (theme, (written, said)) = rayon::join(|| theme(inputs, setup, parts), || written(inputs, &files, (memo, parts)));
    faults.extend(said);
    let before = faults.errors();
    let theme = take(theme, faults)?;
    crate::theme::check_params(&theme.params, &config.site.params.0, (inputs, &site_file), faults);
    let can_render = faults.errors() == before;
    let articles = articles(inputs, &super::markdown_options(&config, &theme), &files, (memo, parts), faults);
    let (roles, frameworks) = records(inputs, &mut config, options, (&files, written, parts), faults);
    config.name_ids(faults);
    let broken = faults.paths_with_errors().filter(|path| path.extension() != "md").filter_map(role_of).filter_map(Id::new).collect();
    let (outline, shape) = outlines(inputs, options, &articles);
    Some(assemble(Parsed { outline, shape, broken, config, theme, can_render, articles, roles, frameworks, files }, inputs, options))
}

fn theme(inputs: &Inputs, setup: Setup<'_>, parts: &Parts) -> Made<Theme> {
    let Setup { name, language, base_path, site_path: _, minifies } = setup;
    let files: Vec<_> = inputs.iter().filter(|(path, _)| path.inside("content").is_none() && **path != super::site_file()).map(digested).collect();
    let of = Digest::of_value(&(files, name, language, base_path, minifies == Minifies::Yes));
    parts.theme.get(&(), of, |faults| Theme::load(inputs, setup, faults))
}

/// What a site is assembled from.
struct Parsed {
    outline: Digest,
    shape: Digest,
    broken: BTreeSet<Id>,
    config: Config,
    theme: Arc<Theme>,
    can_render: bool,
    articles: Vec<Arc<Article>>,
    roles: BTreeMap<Id, Arc<Role>>,
    frameworks: BTreeMap<Id, Framework>,
    files: Files,
}

fn sort(inputs: &Inputs, faults: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    for (path, file) in inputs.below("content") {
        match path.extension() {
            "md" => files.articles.push((path.clone(), file.digest)),
            "toml" | "csv" if path.name() != "salary.csv" || role_of(path).is_none() => sort_data(path, &mut files, faults),
            "toml" | "csv" => {}
            _ => drop(files.beside.insert(path.clone(), file.digest)),
        }
    }
    files
}

fn sort_data(path: &SourcePath, files: &mut Files, faults: &mut Diagnostics) {
    let folder = |id: Option<&str>| id.and_then(Id::new).filter(|id| path.as_str().ends_with(&format!("/{id}/{}", path.name())));
    match (path.name(), role_of(path), framework_of(path)) {
        ("role.toml", Some(id), _) if folder(Some(id)).is_some() => files.roles.extend(folder(Some(id)).map(|id| (id, path.clone()))),
        ("framework.toml", _, Some(id)) if folder(Some(id)).is_some() => files.frameworks.extend(folder(Some(id)).map(|id| (id, path.clone()))),
        ("positions.toml", Some(_), _) => {}
        (name, None, None) if path.folder() == "content" && config::LISTS.contains(&name) => {}
        (name, ..) => {
            let fault = Diagnostic::warning(Code::UnusedFile, format!("{name} belongs to no page and is not published"));
            faults.push(fault.at_file(path).help("records are called role.toml, positions.toml, salary.csv and framework.toml; lists stand directly in content/; data for download goes into static/"));
        }
    }
}

fn articles(inputs: &Inputs, markdown: &content::Options, files: &Files, (memo, parts): (&dyn Memo, &Parts), faults: &mut Diagnostics) -> Vec<Arc<Article>> {
    let of_markdown = Digest::of_value(markdown);
    let read = |(path, digest): &(SourcePath, Digest)| {
        let of = Digest::of_value(&(digest, of_markdown));
        parts.articles.get(path, of, |faults| content::remembered(inputs, (path, *digest), (markdown, of_markdown), memo, faults))
    };
    let articles = collect(files.articles.par_iter().map(read), faults);
    parts.articles.retain(|path| inputs.get(path.as_str()).is_some());
    articles
}

/// The digest of a site without the bodies of its articles: of every other file, of what articles say of themselves, and
/// of what decides which of them are published; and the same without what is in templates, but for their names.
fn outlines(inputs: &Inputs, options: &Options, articles: &[Arc<Article>]) -> (Digest, Digest) {
    let others = || inputs.iter().filter(|(path, _)| path.extension() != "md" || path.inside("content").is_none()).map(digested);
    let articles: Vec<Digest> = articles.iter().map(|article| article.outline).collect();
    let all: Vec<_> = others().collect();
    let named: Vec<_> = others().map(|(path, digest)| (path, (!crate::theme::is_template(path)).then_some(digest))).collect();
    (Digest::of_value(&(all, &articles, options)), Digest::of_value(&(named, &articles, options)))
}

/// Records as they are written.
fn written(inputs: &Inputs, files: &Files, (memo, parts): (&dyn Memo, &Parts)) -> (Vec<Arc<Written>>, Diagnostics) {
    let mut said = Diagnostics::default();
    let read = |(id, path): &(Id, SourcePath)| parts.written.get(id, role_files(inputs, path), |faults| role::read((inputs, memo), id, path, faults));
    (collect(files.roles.par_iter().map(read), &mut said), said)
}

/// Roles and frameworks. Skills and sources that roles declare join the configuration first: one namespace.
fn records(
    inputs: &Inputs,
    config: &mut Config,
    options: &Options,
    (files, written, parts): (&Files, Vec<Arc<Written>>, &Parts),
    faults: &mut Diagnostics,
) -> (BTreeMap<Id, Arc<Role>>, BTreeMap<Id, Framework>) {
    let frameworks: Vec<_> =
        collect(files.frameworks.par_iter().map(|(id, path)| with_faults(|faults| role::read_framework(inputs, id, path, faults))), faults);
    for role in &written {
        role::declare(role, config, faults);
    }
    // What a record that cannot be read declares is not known: references to it are not said to be wrong.
    if written.len() < files.roles.len() {
        let read: BTreeSet<&Id> = written.iter().map(|role| &role.id).collect();
        let lost = files.roles.iter().filter(|(id, _)| !read.contains(id));
        config.incomplete.extend(lost.flat_map(|(_, path)| role::may_declare(inputs, path)));
    }
    config.check_figures(&super::site_file(), faults);
    let known: BTreeSet<Id> = files.roles.iter().map(|(id, _)| id.clone()).collect();
    let lost = files.frameworks.iter().map(|(id, _)| id).filter(|id| frameworks.iter().all(|framework| framework.id != **id)).cloned().collect();
    let incomplete: Vec<String> = config.incomplete.iter().map(|list| format!("{list:?}")).collect();
    let of_world = Digest::of_value(&(world_files(inputs, &written), of_site_file(config), &known, incomplete, options));
    let world = World { config, frameworks: &frameworks, lost_frameworks: &lost, roles: &known, build_date: options.build_date };
    let resolve = |written: Arc<Written>| {
        let of = Digest::of_value(&(role_files(inputs, &written.path), of_world));
        parts.roles.get(&written.id, of, |faults| Some(role::resolve(&written, &world, faults)))
    };
    let roles = collect(written.into_par_iter().map(resolve), faults);
    parts.written.retain(|id| known.contains(id));
    parts.roles.retain(|id| known.contains(id));
    let frameworks =
        frameworks.iter().map(|framework| role::resolve_framework(framework, &world, faults)).map(|framework| (framework.id.clone(), framework)).collect();
    (roles.into_iter().map(|role| (role.id.clone(), role)).collect(), frameworks)
}

/// The digest of a role's own files.
fn role_files(inputs: &Inputs, record: &SourcePath) -> Digest {
    let beside = |name| inputs.get(&format!("{}/{name}", record.folder())).map(|file| file.digest);
    Digest::of_value(&["role.toml", "positions.toml", "salary.csv"].map(beside))
}

/// The files that all roles may refer to: lists, those of frameworks, and the records that declare skills and sources, or
/// lost some.
fn world_files<'i>(inputs: &'i Inputs, written: &'i [Arc<Written>]) -> Vec<(&'i SourcePath, Digest)> {
    let declaring: BTreeSet<&SourcePath> = written.iter().filter(|role| role.declares()).map(|role| &role.path).collect();
    let is_shared = |path: &SourcePath| path.folder() == "content" || framework_of(path).is_some();
    let is_list = |path: &SourcePath| path.extension() == "toml" && (is_shared(path) || declaring.contains(path));
    inputs.below("content").filter(|(path, _)| is_list(path)).map(digested).collect()
}

/// The digest of all that roles take from the site's own file: values without their places, so that an edit of anything
/// else there leaves the roles as they are.
fn of_site_file(config: &Config) -> Digest {
    let Figures { currency, period, area, source, as_of } = &config.site.figures;
    let Check { stale_claims, stale_after, unsourced_claims } = &config.site.check;
    let tracks: Vec<_> = config.site.tracks.iter().map(|track| (&track.id.value, &track.name)).collect();
    let inherited = (currency, period, area.as_ref().map(|area| &area.value), source.as_ref().map(|source| &source.value));
    let check = (stale_claims, &stale_after.value, unsourced_claims);
    Digest::of_value(&(inherited, as_of.as_ref().map(|as_of| as_of.value), check, tracks))
}

fn digested<'i>((path, file): (&'i SourcePath, &crate::inputs::File)) -> (&'i SourcePath, Digest) {
    (path, file.digest)
}

/// Runs one file's work with a collector of its own, so that files can be worked on in parallel.
fn with_faults<T>(work: impl FnOnce(&mut Diagnostics) -> Option<T>) -> (Option<T>, Diagnostics) {
    let mut faults = Diagnostics::default();
    (work(&mut faults), faults)
}

/// A part, after what was said while it was made.
fn take<T>((part, said): Made<T>, faults: &mut Diagnostics) -> Option<Arc<T>> {
    faults.extend(said);
    part
}

/// Results in the order of their files, faults with the others.
fn collect<T: Send>(results: impl IndexedParallelIterator<Item = (Option<T>, Diagnostics)>, faults: &mut Diagnostics) -> Vec<T> {
    let results: Vec<_> = results.collect();
    let keep = |(value, more): (Option<T>, Diagnostics)| {
        faults.extend(more);
        value
    };
    results.into_iter().filter_map(keep).collect()
}

fn assemble(parts: Parsed, inputs: &Inputs, options: &Options) -> Site {
    let Parsed { outline, shape, broken, config, theme, can_render, articles, roles, frameworks, files } = parts;
    let titles = roles.values().map(|role| (role.id.clone(), role.title.clone())).collect();
    let is_published = |role: &Role| options.publishes(role.publication.draft, role.publication.date, role.publication.expires);
    let hidden: BTreeSet<Id> = roles.values().filter(|role| !is_published(role)).map(|role| role.id.clone()).collect();
    let failed: BTreeSet<Id> = files.roles.iter().map(|(id, _)| id).filter(|id| !roles.contains_key(*id)).cloned().collect();
    let of_hidden = |path: &SourcePath| role_of(path).and_then(Id::new).is_some_and(|id| hidden.contains(&id));
    let is_shown = |article: &Arc<Article>| {
        options.publishes(article.front.draft, article.front.date.as_ref().map(|date| date.value), article.front.expires.as_ref().map(|date| date.value))
            && !of_hidden(&article.path)
    };
    // Articles come in the order of their paths.
    let is_lost = |path: &SourcePath| articles.binary_search_by(|article| article.path.cmp(path)).is_err();
    let lost = files.articles.into_iter().map(|(path, _)| path).filter(is_lost).collect();
    let unpublished = articles.iter().filter(|article| !is_shown(article)).map(|article| article.path.clone()).collect();
    let shown = articles.into_iter().filter(|article| is_shown(article)).map(|article| (article.path.clone(), article)).collect();
    let beside: BTreeMap<SourcePath, Digest> = files.beside.into_iter().filter(|(path, _)| !of_hidden(path)).collect();
    Site {
        outline,
        shape,
        image_sizes: super::images::sizes(beside.keys(), inputs),
        build_date: options.build_date,
        roles: roles.into_iter().filter(|(id, _)| !hidden.contains(id)).collect(),
        frameworks: frameworks.into_iter().filter(|(_, framework)| options.drafts || !framework.draft).collect(),
        articles: shown,
        unpublished,
        failed: super::Failed { roles: failed, records: broken, articles: lost },
        hidden,
        titles,
        beside,
        config,
        theme,
        can_render,
    }
}
