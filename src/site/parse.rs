//! Reading a whole site: inputs come in, a `Site` with everything that is published goes out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::uses::Uses;
use super::{Absent, Options, Site, framework_of, role_of, strays};
use crate::calendar::Absence;
use crate::config::{self, Check, Config, Figures};
use crate::content::{self, Article};
use crate::data::{Id, Md};
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::kept::{Kept, Made};
use crate::memo::Memo;
use crate::ordered;
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
pub(super) struct Files {
    pub articles: Vec<(SourcePath, Digest)>,
    /// Records of roles and of frameworks, by the names of their folders.
    pub roles: Vec<(Id, SourcePath)>,
    pub frameworks: Vec<(Id, SourcePath)>,
    /// All others: some are referred to.
    pub beside: BTreeMap<SourcePath, Digest>,
}

/// Reads everything, but for the parts that are there already. None when the site's own file, or its theme, says nothing
/// that could be worked with.
pub fn parse(inputs: &Inputs, options: &Options, (memo, parts): (&dyn Memo, &Parts), faults: &mut Diagnostics) -> Option<Site> {
    let mut config = config::read(inputs, options.base_url.as_deref(), faults)?;
    let files = sort(inputs);
    strays::check(&files, faults);
    // A theme is loaded by one thread: others read records meanwhile.
    let site_file = super::site_file();
    let setup = Setup::of(&config, &site_file);
    let (theme, (written, said)) = rayon::join(|| theme(inputs, setup, parts), || written(inputs, &files, (memo, parts)));
    faults.extend(said);
    let before = faults.errors();
    let theme = take(theme, faults)?;
    crate::theme::check_params(&theme.params, &config.site.params.0, (inputs, &site_file), faults);
    let can_render = faults.errors() == before;
    let texts = crate::theme::texts_of_params(&theme, &config.site.params.0, (inputs, &site_file));
    let articles = articles(inputs, &theme.markdown, &files, (memo, parts), faults);
    let named = if files.beside.is_empty() { vec![] } else { written.iter().map(|role| (role.path.clone(), role.rows.named.clone())).collect() };
    let (roles, frameworks) = records(inputs, &mut config, options, (&files, written, parts), faults);
    config.name_ids(faults);
    let broken = faults.paths_with_errors().filter(|path| path.extension() != "md").filter_map(role_of).filter_map(Id::new).collect();
    let parsed = Parsed { broken, config, theme, texts, can_render, articles, roles, frameworks, files, named };
    Some(assemble(parsed, inputs, options, faults))
}

fn theme(inputs: &Inputs, setup: Setup<'_>, parts: &Parts) -> Made<Theme> {
    let Setup { name, language, base_path, site_path: _, markdown, minifies } = setup;
    let files: Vec<_> = inputs.iter().filter(|(path, _)| path.inside("content").is_none() && **path != super::site_file()).map(digested).collect();
    let of = Digest::of_value(&(files, name, language, base_path, markdown, minifies == Minifies::Yes));
    parts.theme.get(&(), of, |faults| Theme::load(inputs, setup, faults))
}

/// What a site is assembled from.
struct Parsed {
    broken: BTreeSet<Id>,
    config: Config,
    theme: Arc<Theme>,
    texts: Vec<Md>,
    can_render: bool,
    articles: Vec<Arc<Article>>,
    roles: BTreeMap<Id, Arc<Role>>,
    frameworks: BTreeMap<Id, Framework>,
    files: Files,
    /// What could be the name of a file in the records of roles.
    named: Vec<(SourcePath, Vec<String>)>,
}

fn sort(inputs: &Inputs) -> Files {
    let mut files = Files::default();
    for (path, file) in inputs.below("content") {
        let has_parent = |parent: &str, id: Option<&str>| id.is_some_and(|id| path.folder().strip_prefix(parent) == Some(id));
        let is_of_role = || has_parent("content/roles/", role_of(path));
        let id = |id: Option<&str>| id.and_then(Id::new);
        match path.name() {
            _ if path.extension() == "md" => files.articles.push((path.clone(), file.digest)),
            "role.toml" if is_of_role() && id(role_of(path)).is_some() => files.roles.extend(id(role_of(path)).map(|id| (id, path.clone()))),
            "framework.toml" if has_parent("content/frameworks/", framework_of(path)) && id(framework_of(path)).is_some() => {
                files.frameworks.extend(id(framework_of(path)).map(|id| (id, path.clone())));
            }
            "positions.toml" | "salary.csv" if is_of_role() && inputs.get(&format!("{}/role.toml", path.folder())).is_some() => {}
            name if path.folder() == "content" && config::LISTS.contains(&name) => {}
            _ => drop(files.beside.insert(path.clone(), file.digest)),
        }
    }
    files
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
/// of what decides which of them are published, which for files beside them their bodies say; and the same without what is in
/// templates, but for their names.
fn outlines(inputs: &Inputs, options: &Options, articles: &[Arc<Article>], beside: &BTreeMap<SourcePath, Digest>) -> (Digest, Digest) {
    let others = || inputs.iter().filter(|(path, _)| path.extension() != "md" || path.inside("content").is_none()).map(digested);
    let articles: Vec<Digest> = articles.iter().map(|article| article.outline).collect();
    let all: Vec<_> = others().collect();
    let named: Vec<_> = others().map(|(path, digest)| (path, (!crate::theme::is_template(path)).then_some(digest))).collect();
    (Digest::of_value(&(all, &articles, options, beside)), Digest::of_value(&(named, &articles, options, beside)))
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
    let calendar = options.calendar();
    role::check_inherited_dates(config, &written, options.build_date, faults);
    let absent: BTreeMap<Id, Absence> = written.iter().filter_map(|role| Some((role.id.clone(), role.absence(&calendar)?))).collect();
    let incomplete: Vec<String> = config.incomplete.iter().map(|list| format!("{list:?}")).collect();
    let of_world = Digest::of_value(&(world_files(inputs, &written), of_site_file(config), (&known, &absent, incomplete), options));
    let world = World { config, frameworks: &frameworks, lost_frameworks: &lost, roles: &known, absent: &absent, calendar };
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
    let Figures { currency, period, area, source, as_of, hours_per_year } = &config.site.figures;
    let Check { stale_claims, stale_after, unsourced_claims, implausible_pay, unshown_facts, unpublished_links } = &config.site.check;
    let tracks: Vec<_> = config.site.tracks.iter().map(|track| (&track.id.value, &track.name)).collect();
    let hours = hours_per_year.as_ref().map(|hours| hours.value);
    let inherited = (currency, period, area.as_ref().map(|area| &area.value), source.as_ref().map(|source| &source.value), hours);
    let strictness = (stale_claims, unsourced_claims, implausible_pay, unshown_facts, unpublished_links);
    let check = (strictness, &stale_after.value, &config.site.positions.expires_after.value);
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

/// Files beside articles that something refers to. What nothing refers to is said, unless what is broken may be what does.
fn beside(
    parsed: &Parsed,
    inputs: &Inputs,
    is_shown: impl Fn(&Article) -> bool + Sync,
    is_hidden: impl Fn(&SourcePath) -> bool,
    faults: &mut Diagnostics,
) -> BTreeMap<SourcePath, Digest> {
    let Parsed { config, theme, articles, files, named, .. } = parsed;
    let all: BTreeMap<SourcePath, Digest> = files.beside.iter().filter(|(path, _)| !is_hidden(path)).map(|(path, digest)| (path.clone(), *digest)).collect();
    if all.is_empty() {
        return all;
    }
    let mut uses = Uses::new(&all, config);
    uses.of_lists(inputs);
    uses.of_templates(theme);
    let of_role = |uses: &mut Uses<'_>, path: &SourcePath, named: &[String]| named.iter().for_each(|text| uses.named(Some(path), text));
    named.iter().filter(|(path, _)| !is_hidden(path)).for_each(|(path, named)| of_role(&mut uses, path, named));
    let articles = || articles.par_iter().map(Arc::as_ref);
    uses.of_articles(articles().filter(|article| is_shown(article)));
    uses.of_wanted(inputs);
    let wanted = uses.wanted();
    if !faults.has_errors() {
        // What a draft shows is no stranger.
        named.iter().for_each(|(path, named)| of_role(&mut uses, path, named));
        uses.of_articles(articles().filter(|article| !is_shown(article)));
        uses.of_wanted(inputs);
        let known = uses.wanted();
        strays::say(all.keys().filter(|path| !known.contains(*path)), faults);
    }
    all.into_iter().filter(|(path, _)| wanted.contains(path)).collect()
}

fn assemble(parts: Parsed, inputs: &Inputs, options: &Options, faults: &mut Diagnostics) -> Site {
    let calendar = options.calendar();
    let absence = |role: &Role| calendar.absence(role.publication.draft, role.publication.date, role.publication.expires);
    let absent_roles: BTreeMap<_, _> = parts.roles.values().filter_map(|role| Some((role.id.clone(), (role.clone(), absence(role)?)))).collect();
    let is_draft = |framework: &Framework| framework.draft && !options.drafts;
    let drafts: BTreeSet<Id> = parts.frameworks.values().filter(|framework| is_draft(framework)).map(|framework| framework.id.clone()).collect();
    let has_absent = !absent_roles.is_empty() || !drafts.is_empty();
    let of_absent = |path: &SourcePath| {
        has_absent
            && (role_of(path).and_then(Id::new).is_some_and(|id| absent_roles.contains_key(&id))
                || framework_of(path).and_then(Id::new).is_some_and(|id| drafts.contains(&id)))
    };
    let own_absence = |article: &Article| {
        let front = &article.front;
        calendar.absence(front.draft, front.date.as_ref().map(|day| day.value), front.expires.as_ref().map(|day| day.value))
    };
    let beside = beside(&parts, inputs, |article| own_absence(article).is_none() && !of_absent(&article.path), of_absent, faults);
    let (outline, shape) = outlines(inputs, options, &parts.articles, &beside);
    let Parsed { broken, config, theme, texts, can_render, articles, roles, frameworks, files, named: _ } = parts;
    let titles = roles.values().map(|role| (role.id.clone(), role.title.clone())).collect();
    let failed: BTreeSet<Id> = files.roles.iter().map(|(id, _)| id).filter(|id| !roles.contains_key(*id)).cloned().collect();
    // Articles come in the order of their paths.
    let is_lost = |path: &SourcePath| articles.binary_search_by(|article| article.path.cmp(path)).is_err();
    let lost = files.articles.into_iter().map(|(path, _)| path).filter(is_lost).collect();
    let (mut shown, mut unpublished) = (ordered::Map::default(), BTreeMap::new());
    for article in articles {
        match (of_absent(&article.path), own_absence(&article)) {
            (false, None) => drop(shown.insert(article.path.clone(), article)),
            (false, own) => drop(unpublished.insert(article.path.clone(), (article, own))),
            (true, _) => drop(unpublished.insert(article.path.clone(), (article, None))),
        }
    }
    let files_of_absent = files.beside.into_iter().filter(|(path, _)| of_absent(path)).collect();
    let (absent_frameworks, frameworks) = frameworks.into_iter().partition(|(_, framework)| is_draft(framework));
    Site {
        outline,
        shape,
        image_sizes: super::images::sizes(beside.keys(), inputs),
        build_date: options.build_date,
        roles: roles.into_iter().filter(|(id, _)| !absent_roles.contains_key(id)).collect(),
        frameworks,
        articles: shown,
        failed: super::Failed { roles: failed, records: broken, articles: lost },
        absent: Absent { roles: absent_roles, frameworks: absent_frameworks, articles: unpublished, beside: files_of_absent },
        titles,
        beside,
        config,
        theme,
        texts,
        can_render,
    }
}
