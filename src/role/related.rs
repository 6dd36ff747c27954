//! Other jobs: the rows of [[related]] and [[specializations]] come in; jobs with or without a page
//! here go out.

use std::collections::BTreeMap;

use super::record::{RelatedRow, SpecializationRow};
use super::resolver::Resolver;
use super::{Ladder, Related, RelatedTo, Specialization};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

pub(super) fn specializations(
    resolver: &mut Resolver<'_>,
    rows: &[At<SpecializationRow>],
) -> Vec<Specialization> {
    let mut seen = BTreeMap::new();
    let mut all = vec![];
    for row in rows {
        let SpecializationRow {
            id,
            name,
            role,
            description,
        } = &row.value;
        role.iter().for_each(|role| check_role(resolver, role));
        let Some(id) = resolver.new_id(&mut seen, id.as_ref(), name, &row.span) else {
            continue;
        };
        all.push(Specialization {
            id,
            name: name.value.clone(),
            role: role.as_ref().map(|role| role.value.clone()),
            description: description.clone(),
        });
    }
    all
}

pub(super) fn related(
    resolver: &mut Resolver<'_>,
    rows: &[At<RelatedRow>],
    ladder: &Ladder,
) -> Vec<Related> {
    let mut seen: BTreeMap<String, &Span> = BTreeMap::new();
    let mut all = vec![];
    for row in rows {
        let RelatedRow {
            role,
            name,
            kind,
            from,
            rank,
            tier,
            reason,
        } = &row.value;
        resolver.check_level(from.as_ref(), ladder);
        let Some(target) = target(resolver, row) else {
            continue;
        };
        let key = match (role, name) {
            (Some(role), _) => role.value.to_string(),
            (None, name) => name
                .as_ref()
                .map(|name| name.to_lowercase())
                .unwrap_or_default(),
        };
        if let Some(first) = seen.insert(key, &row.span) {
            let path = &resolver.written.path;
            let fault = Diagnostic::error(Code::DuplicateId, "this job is related twice")
                .at(path, row.span.clone());
            resolver.diagnostics.push(
                fault
                    .related("it was named first here", path, first.clone())
                    .help("keep one of the two rows"),
            );
            continue;
        }
        all.push(Related {
            target,
            kind: *kind,
            from: from.as_ref().map(|from| from.value.clone()),
            rank: *rank,
            tier: tier.clone(),
            reason: reason.clone(),
        });
    }
    all.sort_by_key(|related: &Related| related.rank.unwrap_or(u32::MAX));
    all
}

fn target(resolver: &mut Resolver<'_>, row: &At<RelatedRow>) -> Option<RelatedTo> {
    match (&row.role, &row.name) {
        (Some(role), None) => {
            check_role(resolver, role);
            Some(RelatedTo::Role(role.value.clone()))
        }
        (None, Some(name)) => Some(RelatedTo::Name(name.value.clone())),
        _ => {
            let help = "use `role` for a role of this site, `name` for any other job";
            resolver.fault(
                Code::BadValue,
                &row.span,
                "a related job has either `role` or `name`",
                help,
            );
            None
        }
    }
}

fn check_role(resolver: &mut Resolver<'_>, role: &At<Id>) {
    if role.value == resolver.written.id {
        resolver.fault(
            Code::BadValue,
            &role.span,
            "a role cannot name itself here",
            "name another role",
        );
    } else if !resolver.context.roles.contains(&role.value) {
        resolver.unknown(
            "role",
            role,
            resolver
                .context
                .roles
                .iter()
                .map(Id::as_str)
                .collect::<Vec<_>>(),
        );
    } else if let Some(absence) = resolver
        .context
        .absent
        .get(&role.value)
        .filter(|_| !resolver.context.absent.contains_key(&resolver.written.id))
    {
        let message = format!(
            "the role `{}` {}, so no link is made to it",
            role.value,
            absence.why()
        );
        let strictness = resolver.context.settings.check.unpublished_links;
        resolver
            .diagnostics
            .extend(
                strictness
                    .finding(Code::UnpublishedLink, message)
                    .map(|fault| {
                        fault.at(&resolver.written.path, role.span.clone()).help(
                            "its name is shown all the same; publish the role, or remove the row",
                        )
                    }),
            );
    }
}
