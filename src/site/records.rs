//! Roles and frameworks of a site: their files come in; checked records go out. Skills and sources
//! that roles declare join the configuration in between: one namespace.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::cache::PartsCache;
use super::files::Files;
use super::parse::collect;
use crate::calendar::{Absence, Calendar};
use crate::config::{self, Config};
use crate::data::Id;
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::memo::Sources;
use crate::role::{
    self, DeclaredRole, Framework, Positions, Role, RoleContext, RoleSettings, WrittenFramework,
    WrittenPositions,
};

/// Checked records.
pub(super) struct Records {
    pub roles: BTreeMap<Id, Arc<Role>>,
    pub frameworks: BTreeMap<Id, Framework>,
    /// Jobs of no role.
    pub positions: Positions,
    /// Digest of what all roles share: their context, and what they declare for others.
    pub shared_digest: Digest,
}

/// Everything that a role is a function of.
#[derive(serde::Serialize)]
struct RoleKey {
    files: Digest,
    context: Digest,
}

/// Reads what all roles say to the rest of the site, as far as it is not in the cache.
pub(super) fn read(
    sources: Sources<'_>,
    files: &Files,
    cache: &PartsCache,
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<DeclaredRole>> {
    let read = files.roles.par_iter().map(|role| {
        let digest = role.digest();
        let make = |said: &mut Diagnostics| role::declared_or_recall(sources, role, digest, said);
        cache.declared_roles.get(&role.id, digest, make)
    });
    collect(read, diagnostics)
}

/// The files of records, read.
pub(super) struct Written {
    pub roles: Vec<Arc<DeclaredRole>>,
    pub positions: Option<WrittenPositions>,
}

/// Works out all roles, frameworks and jobs.
pub(super) fn resolve(
    sources: Sources<'_>,
    files: &Files,
    written: Written,
    config: &mut Config,
    calendar: Calendar,
    cache: &PartsCache,
    diagnostics: &mut Diagnostics,
) -> Records {
    let Written {
        roles: declared,
        positions,
    } = written;
    let inputs = sources.inputs;
    let frameworks = read_frameworks(inputs, files, diagnostics);
    declare(inputs, files, &declared, config, diagnostics);
    config.check_figures(&super::site_file(), diagnostics);
    role::check_inherited_dates(config, &declared, calendar.build_date, diagnostics);
    let context = context(files, &declared, &frameworks, config, calendar);
    let context_digest = Digest::of_value(&context);
    let shared_digest = Digest::of_value(&(context_digest, digests_of_declared(&declared)));
    let resolved = declared.into_par_iter().map(|declared| {
        let key = RoleKey {
            files: declared.digest,
            context: context_digest,
        };
        let digest = Digest::of_value(&key);
        cache.roles.get(&declared.files.id, digest, |said| {
            role::resolve_or_recall(sources, &declared, digest, &context, said)
        })
    });
    let roles: Vec<Arc<Role>> = collect(resolved, diagnostics);
    cache.declared_roles.retain(|id| context.roles.contains(id));
    cache.roles.retain(|id| context.roles.contains(id));
    let frameworks = frameworks
        .iter()
        .map(|framework| role::resolve_framework(framework, &context, diagnostics))
        .map(|framework| (framework.id.clone(), framework))
        .collect();
    let roles = roles.into_iter().map(|role| (role.id.clone(), role));
    let positions = positions.as_ref();
    let positions =
        positions.map(|written| role::positions_of_site(written, &context, diagnostics));
    Records {
        positions: positions.unwrap_or_default(),
        roles: roles.collect(),
        frameworks,
        shared_digest,
    }
}

/// Returns the digest of what each role declares for others.
fn digests_of_declared(roles: &[Arc<DeclaredRole>]) -> Vec<(&Id, Digest)> {
    let rows = roles.iter().filter_map(|role| {
        let (skills, sources) = (&role.declared.skills, &role.declared.sources);
        let is_any = !skills.is_empty() || !sources.is_empty();
        is_any.then(|| (&role.files.id, config::digest_of_rows(skills, sources)))
    });
    rows.collect()
}

fn read_frameworks(
    inputs: &Inputs,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> Vec<WrittenFramework> {
    let read = files.frameworks.par_iter().map(|framework| {
        let mut diagnostics = Diagnostics::default();
        let written =
            role::read_framework(inputs, &framework.id, &framework.record, &mut diagnostics);
        (written, diagnostics)
    });
    let read: Vec<_> = read.collect();
    let mut frameworks = vec![];
    for (written, more) in read {
        diagnostics.extend(more);
        frameworks.extend(written);
    }
    frameworks
}

/// Adds the skills and sources that roles declare to the configuration.
fn declare(
    inputs: &Inputs,
    files: &Files,
    roles: &[Arc<DeclaredRole>],
    config: &mut Config,
    diagnostics: &mut Diagnostics,
) {
    for role in roles {
        role::declare(role, config, diagnostics);
    }
    // What a record that cannot be read declares is not known: references to it are not said to be
    // wrong.
    let read: BTreeSet<&Id> = roles.iter().map(|role| &role.files.id).collect();
    for role in files.roles.iter().filter(|role| !read.contains(&role.id)) {
        let lists = role::may_declare(inputs, &role.record);
        config.incomplete.extend(lists);
    }
}

fn context<'c>(
    files: &Files,
    roles: &[Arc<DeclaredRole>],
    frameworks: &'c [WrittenFramework],
    config: &'c Config,
    calendar: Calendar,
) -> RoleContext<'c> {
    let absent = roles
        .iter()
        .filter_map(|role| Some((role.files.id.clone(), role.declared.absence(&calendar)?)));
    let absent: BTreeMap<Id, Absence> = absent.collect();
    let is_failed = |id: &&Id| frameworks.iter().all(|framework| framework.id != **id);
    let failed_frameworks = files.frameworks.iter().map(|framework| &framework.id);
    RoleContext {
        settings: RoleSettings::of(config),
        kinds: config.kinds,
        lists: config.lists(),
        frameworks,
        failed_frameworks: failed_frameworks.filter(is_failed).cloned().collect(),
        roles: files.roles.iter().map(|role| role.id.clone()).collect(),
        absent,
        calendar,
    }
}
