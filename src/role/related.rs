//! Other jobs: the rows of [[related]] and [[specializations]] come in; jobs with or without a page here go out.

use std::collections::BTreeMap;

use super::record::{RelatedRow, SpecializationRow};
use super::resolve::Resolver;
use super::{Ladder, Related, RelatedTo, Specialization};
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

impl Resolver<'_> {
    pub(super) fn specializations(&mut self, rows: &[At<SpecializationRow>]) -> Vec<Specialization> {
        let mut seen = BTreeMap::new();
        let mut all = vec![];
        for row in rows {
            let SpecializationRow { id, name, role, description } = &row.value;
            role.iter().for_each(|role| self.check_role(role));
            let Some(id) = self.new_id(&mut seen, id.as_ref(), name, &row.span) else { continue };
            all.push(Specialization { id, name: name.value.clone(), role: role.as_ref().map(|role| role.value.clone()), description: description.clone() });
        }
        all
    }

    pub(super) fn related(&mut self, rows: &[At<RelatedRow>], ladder: &Ladder) -> Vec<Related> {
        let mut seen: BTreeMap<String, &Span> = BTreeMap::new();
        let mut all = vec![];
        for row in rows {
            let RelatedRow { role, name, kind, from, reason } = &row.value;
            self.check_level(from.as_ref(), ladder);
            let Some(target) = self.target(row) else { continue };
            let key = match (role, name) {
                (Some(role), _) => role.value.to_string(),
                (None, name) => name.as_ref().map(|name| name.to_lowercase()).unwrap_or_default(),
            };
            if let Some(first) = seen.insert(key, &row.span) {
                let path = &self.written.path;
                let fault = Diagnostic::error(Code::DuplicateId, "this job is related twice").at(path, row.span.clone());
                self.faults.push(fault.related("it was named first here", path, first.clone()).help("keep one of the two rows"));
                continue;
            }
            all.push(Related { target, kind: *kind, from: from.as_ref().map(|from| from.value.clone()), reason: reason.clone() });
        }
        all
    }

    fn target(&mut self, row: &At<RelatedRow>) -> Option<RelatedTo> {
        match (&row.role, &row.name) {
            (Some(role), None) => {
                self.check_role(role);
                Some(RelatedTo::Role(role.value.clone()))
            }
            (None, Some(name)) => Some(RelatedTo::Name(name.value.clone())),
            _ => {
                let help = "use `role` for a role of this site, `name` for any other job";
                self.fault(Code::BadValue, &row.span, "a related job has either `role` or `name`", help);
                None
            }
        }
    }

    fn check_role(&mut self, role: &At<Id>) {
        if role.value == self.written.id {
            self.fault(Code::BadValue, &role.span, "a role cannot name itself here", "name another role");
        } else if !self.world.roles.contains(&role.value) {
            self.unknown("role", role, self.world.roles.iter().map(Id::as_str).collect::<Vec<_>>());
        } else if let Some(absence) = self.world.absent.get(&role.value).filter(|_| !self.world.absent.contains_key(&self.written.id)) {
            let message = format!("the role `{}` {}, so no link is made to it", role.value, absence.why());
            let strictness = self.world.config.site.check.unpublished_links;
            self.faults.extend(
                strictness
                    .finding(Code::UnpublishedLink, message)
                    .map(|fault| fault.at(&self.written.path, role.span.clone()).help("its name is shown all the same; publish the role, or remove the row")),
            );
        }
    }
}
