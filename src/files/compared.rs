//! Files for the script of comparisons: a role comes in, its facts as JSON go out; a part of the list of
//! roles comes in, their titles with the addresses of these facts go out.
//!
//! The JSON of a role has all of it and much more: two of them may be too long to be loaded for one
//! answer.

use serde::Serialize;
use serde_json::{Value, json};

use crate::config::Config;
use crate::data::Id;
use crate::layout::compared::{self, ComparedRole};
use crate::path::{UrlPath, encode, relative};
use crate::view::compare::facts;
use crate::view::context::ViewContext;
use crate::view::role;
use crate::view::types::{FactView, Html, RoleSkillView};

/// The facts of a role. Each key is one of the JSON of the role, with less in it.
#[derive(Serialize)]
struct RoleFacts<'a> {
    role: RoleHead<'a>,
    facts: Vec<Fact>,
    skills: Vec<Skill<'a>>,
}

#[derive(Serialize)]
struct RoleHead<'a> {
    id: &'a str,
    title: &'a str,
    url: &'a str,
    responsibilities: &'a [Html],
}

#[derive(Serialize)]
struct Fact {
    id: &'static str,
    label: String,
    text: String,
    note: String,
    claim: Option<Claim>,
}

#[derive(Serialize)]
struct Claim {
    text: String,
    source: Option<Source>,
}

#[derive(Serialize)]
struct Source {
    url: Option<String>,
}

#[derive(Serialize)]
struct Skill<'a> {
    id: &'a str,
    name: &'a str,
    importance: &'static str,
    one_of: &'a str,
}

impl Fact {
    fn of(fact: FactView) -> Self {
        let FactView {
            id,
            label,
            text,
            note,
            claim,
        } = fact;
        Self {
            id,
            label,
            text,
            note,
            claim: claim.map(|claim| Claim {
                text: claim.text,
                source: claim.source.map(|source| Source { url: source.url }),
            }),
        }
    }
}

impl<'a> Skill<'a> {
    fn of(skill: &'a RoleSkillView) -> Self {
        Self {
            id: &skill.id,
            name: &skill.name,
            importance: skill.importance,
            one_of: &skill.one_of,
        }
    }
}

/// Returns what the script needs of a role.
pub(super) fn role_facts(cx: &ViewContext<'_>, id: &Id) -> String {
    let Some((role, shared)) = cx.site.role(id).zip(role::shared(cx, id)) else {
        return String::new();
    };
    let parts = &shared.parts;
    let facts = facts::of_role(cx, role);
    let json = serde_json::to_string(&RoleFacts {
        role: RoleHead {
            id: id.as_str(),
            title: &role.title,
            url: &parts.role.url,
            responsibilities: &parts.role.responsibilities,
        },
        facts: facts.into_iter().map(Fact::of).collect(),
        skills: parts.skills.iter().map(Skill::of).collect(),
    });
    // Every part of a View can be written as JSON.
    json.unwrap_or_default() + "\n"
}

/// Returns a part of the list of roles, from 0: the folder that the hubs of most are in, and of each role
/// no more than what cannot be told from it.
pub(super) fn compared_roles(cx: &ViewContext<'_>, part: usize) -> String {
    let roles = cx.layout.compared.get(&part);
    let Some((roles, own)) = roles.zip(compared::part_url(cx.layout, part)) else {
        return String::new();
    };
    let config = &cx.site.config;
    let folder = roles.iter().find_map(ComparedRole::folder_above_hub);
    let folder = folder.unwrap_or_default();
    let entries = roles
        .iter()
        .map(|compared| entry(config, &own, folder, compared));
    let list = json!({
        "folder": link(config, &own, folder),
        "roles": entries.collect::<Vec<Value>>(),
    });
    list.to_string() + "\n"
}

/// Returns an entry of the list: the title alone where it tells the id, or else the title with the id,
/// and the address of the facts where the folder does not tell it.
fn entry(config: &Config, own: &UrlPath, folder: &str, role: &ComparedRole) -> Value {
    let ComparedRole { id, title, facts } = role;
    if role.folder_above_hub() != Some(folder) {
        return json!([title, id, link(config, own, facts.as_str())]);
    }
    if role.is_slug() {
        return json!(title);
    }
    json!([title, id])
}

/// Returns a link from one address to another.
fn link(config: &Config, own: &UrlPath, to: &str) -> String {
    let base = config.base_path.trim_end_matches('/');
    let own = format!("{base}{}", own.as_str());
    let link = relative(&format!("{base}{to}"), &config.base_path, &own);
    encode(&link.unwrap_or_default()).into_owned()
}
