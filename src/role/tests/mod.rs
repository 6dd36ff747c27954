//! Roles as sites in memory: records come in as a block of text; roles, frameworks and what was
//! said of them go out.

mod example;
mod figures;
mod framework;
mod ladder;
mod lists;
mod robust;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::{
    Framework, Level, Role, RoleContext, RoleFiles, RoleSettings, declare, declared_or_recall,
    read_framework, resolve_framework, resolve_or_recall,
};
use crate::calendar::Calendar;
use crate::config::{self, Layered, tests::inputs};
use crate::data::Id;
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::memo::{Forgetful, Sources};
use crate::pages::KINDS;
use crate::path::SourcePath;

/// What stands around the records: lists that they refer to.
const BASE: &str = r#"
=== site.toml
title = "Test"
base_url = "https://example.com/"
[figures]
currency = "USD"
period = "year"
=== content/categories.toml
[[categories]]
id = "work"
title = "Work"
=== content/skills.toml
[[proficiencies]]
id = "low"
name = "Low"
[[proficiencies]]
id = "high"
name = "High"
[[skills]]
name = "SQL"
[[skills]]
name = "Git"
[[skills]]
name = "Linux"
[[skills]]
name = "Java"
=== content/sources.toml
[[sources]]
id = "editors"
title = "Editors"
kind = "own"
[[sources]]
id = "survey"
title = "Survey"
as_of = "2026"
[[sources]]
id = "dateless"
title = "Dateless"
=== content/areas.toml
[[areas]]
id = "us-ca"
name = "California"
parent = "US"
"#;

/// What came of some records.
struct Worked {
    roles: BTreeMap<String, Role>,
    frameworks: BTreeMap<String, Framework>,
    said: Vec<String>,
}

/// Works out all roles and frameworks of the files over the base.
fn work(block: &str) -> Worked {
    work_out(&inputs(&format!("{BASE}{block}")))
}

/// Works out `content/roles/a/role.toml`; its first two lines are its title and its category.
fn role(text: &str) -> (Role, Vec<String>) {
    let mut worked = work(&format!(
        "=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"work\"\n{text}"
    ));
    let role = worked
        .roles
        .remove("a")
        .unwrap_or_else(|| panic!("the role could not be read: {:?}", worked.said));
    // The file that nearly all messages are about is left out of them.
    (
        role,
        worked
            .said
            .iter()
            .map(|line| line.replace("content/roles/a/role.toml:", ""))
            .collect(),
    )
}

#[track_caller]
fn says(text: &str, wanted: &[&str]) {
    assert_eq!(role(text).1, wanted);
}

fn work_out(inputs: &Inputs) -> Worked {
    let mut diagnostics = Diagnostics::default();
    let mut config = config::read(inputs, &KINDS, None, &mut diagnostics).expect("a configuration");
    let folders = |name: &str, file_name: &str| -> Vec<(Id, Layered)> {
        let folder = format!("content/{name}");
        let id = |path: &SourcePath| {
            let inner = path.inside(&folder)?.strip_suffix(file_name)?;
            Id::new(inner.trim_end_matches('/'))
        };
        let record = |(path, _): (&SourcePath, &crate::inputs::File)| {
            Some((id(path)?, Layered::find(inputs, path, &[])?))
        };
        inputs.iter().filter_map(record).collect()
    };
    let (roles, frameworks) = (
        folders("roles", "role.toml"),
        folders("frameworks", "framework.toml"),
    );
    let sources = Sources {
        inputs,
        memo: &Forgetful,
    };
    let declared: Vec<_> = roles
        .iter()
        .map(|(id, record)| RoleFiles::find(inputs, id.clone(), record.clone(), &[]))
        .filter_map(|files| declared_or_recall(sources, &files, files.digest(), &mut diagnostics))
        .collect();
    let known: BTreeSet<Id> = roles.into_iter().map(|(id, _)| id).collect();
    let of_frameworks: Vec<_> = frameworks
        .iter()
        .filter_map(|(id, path)| read_framework(inputs, id, path, &mut diagnostics))
        .collect();
    let lost = frameworks
        .into_iter()
        .map(|(id, _)| id)
        .filter(|id| of_frameworks.iter().all(|framework| framework.id != *id))
        .collect();
    declared
        .iter()
        .for_each(|role| declare(role, &mut config, &mut diagnostics));
    let calendar = Calendar {
        drafts: false,
        future: false,
        build_date: date(2026, 11, 22),
    };
    let absent = declared
        .iter()
        .filter_map(|role| Some((role.files.id.clone(), role.declared.absence(&calendar)?)));
    let context = RoleContext {
        kinds: &KINDS,
        settings: RoleSettings::of(&config),
        lists: config.lists(),
        frameworks: &of_frameworks,
        failed_frameworks: lost,
        roles: known,
        absent: absent.collect(),
        calendar,
    };
    let digest = Digest::of(b"role");
    let roles = declared
        .iter()
        .filter_map(|role| {
            let resolved = resolve_or_recall(sources, role, digest, &context, &mut diagnostics)?;
            is_remembered(&resolved);
            Some((role.files.id.to_string(), resolved))
        })
        .collect();
    let frameworks = of_frameworks
        .iter()
        .map(|framework| {
            (
                framework.id.to_string(),
                resolve_framework(framework, &context, &mut diagnostics),
            )
        })
        .collect();
    Worked {
        roles,
        frameworks,
        said: config::tests::said(inputs, diagnostics),
    }
}

/// What a later build recalls of a role must be what this one worked out.
#[track_caller]
fn is_remembered(role: &Role) {
    let bytes = postcard::to_stdvec(role).expect("bytes");
    let recalled: Role = postcard::from_bytes(&bytes).expect("the same role");
    assert_eq!(format!("{recalled:?}"), format!("{role:?}"));
}

/// Returns what a level asks for, a word each: `+sql` new, `^sql=high` raised, `git` kept, `linux?`
/// optional.
fn needs(level: &Level) -> String {
    level.skills.iter().map(need).collect::<Vec<_>>().join(" ")
}

fn need(need: &super::Need) -> String {
    let change = match need.change {
        super::Change::New => "+",
        super::Change::Raised(_) => "^",
        super::Change::Kept => "",
    };
    let names = need
        .skills
        .iter()
        .map(Id::as_str)
        .collect::<Vec<_>>()
        .join("|");
    let optional = if need.importance == super::record::Importance::Optional {
        "?"
    } else {
        ""
    };
    let proficiency = need
        .proficiency
        .as_ref()
        .map(|id| format!("={id}"))
        .unwrap_or_default();
    format!("{change}{names}{optional}{proficiency}")
}

/// Returns the ways up from a level: `senior lead`.
fn next(level: &Level) -> String {
    level
        .next
        .iter()
        .map(|next| next.level.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}
