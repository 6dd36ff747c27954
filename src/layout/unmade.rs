//! Pages that are not made: the file name of such a page comes in; why there is no page, and what
//! to change, goes out in words.

use crate::config::{Config, List};
use crate::data::Id;
use crate::kind::Kind;
use crate::layout::Layout;
use crate::layout::pair::split_pair;
use crate::path::SourcePath;
use crate::role::Role;
use crate::site::{Site, framework_of, role_of, site_file};
use crate::suggest;

/// Returns why a generated page is not made, or `None` if the name is not one of a generated page.
pub(super) fn why_unmade(site: &Site, layout: &Layout, name: &SourcePath) -> Option<String> {
    let inner = name.inside("content")?;
    let parts: Vec<&str> = inner.strip_suffix(".md")?.split('/').collect();
    let role = role_of(name)
        .and_then(Id::new)
        .and_then(|id| site.role(&id));
    if let Some(kind) = layout.unmade.get(name) {
        return Some(why_kind(&site.config, layout, *kind, role));
    }
    match parts.as_slice() {
        ["compare", pair] => why_pair(site, pair),
        ["roles" | "frameworks", _, "compare", pair] => why_levels(site, layout, name, pair, role),
        ["skills", id] => why_skill(&site.config, id),
        ["categories", id] => Some(why_category(&site.config, id)),
        ["tags", tag] => Some(format!(
            "no article that is published has the tag `{tag}`{}",
            after(near(tag, layout.tags.whole().keys().map(String::as_str)))
        )),
        ["roles", id, "positions", job] => Some(why_position(role, id, job)),
        ["frameworks", id, "matrix"] => {
            let framework = framework_of(name).and_then(Id::new)?;
            site.frameworks.get(&framework)?;
            Some(format!(
                "the matrix page is not made: it needs [[competencies]] in content/frameworks/{id}/framework.toml"
            ))
        }
        _ => None,
    }
}

fn why_category(config: &Config, id: &str) -> String {
    let ids = || config.categories.iter().map(|(id, _)| id.as_str());
    if ids().any(|known| known == id) {
        format!("no role that is published is of the category `{id}`, so it has no page")
    } else {
        let help = suggest::help(id, ids().collect::<Vec<_>>());
        format!("there is no category `{id}`{}", after(help))
    }
}

/// Returns why an open job has no page. `id` is the folder of the role.
fn why_position(role: Option<&Role>, id: &str, job: &str) -> String {
    let positions = role.into_iter().flat_map(|role| &role.positions);
    let jobs: Vec<&str> = positions.map(|job| job.id.as_str()).collect();
    if jobs.contains(&job) {
        format!(
            "the job `{job}` has no page: add its `description` to content/roles/{id}/positions.toml"
        )
    } else {
        format!(
            "there is no open job `{job}` in content/roles/{id}/positions.toml{}",
            after(near(job, jobs))
        )
    }
}

/// Returns true if a page may be missing only because a file could not be read, which was reported
/// already.
pub(super) fn is_lost(
    site: &Site,
    layout: &Layout,
    name: Option<&SourcePath>,
    decoded: &str,
) -> bool {
    let failed = &site.failed;
    let lost_roles = !failed.roles.is_empty() || !failed.records.is_empty();
    let incomplete = |list: List| site.config.incomplete.contains(&list);
    let of_failed = |part: &str| failed.roles.iter().any(|id| id.as_str() == part);
    if lost_roles && decoded.starts_with('/') && decoded.split('/').any(of_failed) {
        return true;
    }
    let Some(inner) = name.and_then(|name| name.inside("content")) else {
        return false;
    };
    let kind = name
        .and_then(|name| layout.unmade.get(name))
        .filter(|kind| layout.kinds.is_of_site(**kind));
    match (inner.split('/').next(), kind) {
        (Some("tags"), _) => !failed.articles.is_empty(),
        (Some("compare"), _) | (_, Some(_)) => lost_roles,
        (Some("skills"), _) => lost_roles || incomplete(List::Skills),
        (Some("categories"), _) => lost_roles || incomplete(List::Categories),
        _ => false,
    }
}

/// Returns why a page of a kind is not made: `[pages]` switches it off, or there is too little to
/// say.
fn why_kind(config: &Config, layout: &Layout, kind: Kind, role: Option<&Role>) -> String {
    let key = match kind {
        Kind::Comparisons if !is_off(config, kind) => Kind::Compare,
        kind => kind,
    };
    let file = file_that_switches_off(config, key, role);
    let record = match role {
        Some(role) => role.path.to_string(),
        None => "the records".to_owned(),
    };
    match (file, layout.kinds.get(kind).and_then(|facts| facts.needs)) {
        (Some(file), _) => format!(
            "the {kind} page is not made, because `[pages] {key} = false` stands in {file}: remove it there, or set it to true"
        ),
        (None, Some(needs)) => format!(
            "the {kind} page is not made: it needs {needs}; add to {record}, or set `[pages] {kind} = true`"
        ),
        (None, None) => format!("the {kind} page is not made; set `[pages] {kind} = true`"),
    }
}

/// Returns true if site.toml switches off pages of a kind.
fn is_off(config: &Config, kind: Kind) -> bool {
    config.site.pages.get(kind.as_str()) == Some(&false)
}

/// Returns the file whose `[pages]` switches off pages of a kind: the record of the role, or
/// site.toml.
fn file_that_switches_off(config: &Config, kind: Kind, role: Option<&Role>) -> Option<String> {
    if let Some(role) = role
        && role.pages.get(kind.as_str()) == Some(&false)
    {
        return Some(role.path.to_string());
    }
    if is_off(config, kind) {
        return Some(site_file().to_string());
    }
    None
}

/// Returns why two roles are not compared.
fn why_pair(site: &Site, pair: &str) -> Option<String> {
    let [a, b] = split_pair(pair, |id| site.roles.contains_key(id))?;
    let mut roles = [&a, &b].into_iter().filter_map(|id| site.role(id));
    let off = roles.find(|role| role.pages.get(Kind::Compare.as_str()) == Some(&false));
    if let Some(file) = file_that_switches_off(&site.config, Kind::Compare, off) {
        return Some(no_comparisons(&file));
    }
    Some(if a == b {
        format!("the role `{a}` is not compared with itself")
    } else {
        format!(
            "roles are compared that are related: add a row [[related]] with role = \"{b}\" to content/roles/{a}/role.toml"
        )
    })
}

/// Returns why two levels are not compared.
fn why_levels(
    site: &Site,
    layout: &Layout,
    name: &SourcePath,
    pair: &str,
    role: Option<&Role>,
) -> Option<String> {
    let of_role = role.and_then(|role| role.pages.get(Kind::Compare.as_str()));
    if of_role != Some(&true)
        && let Some(file) = file_that_switches_off(&site.config, Kind::Compare, role)
    {
        return Some(no_comparisons(&file));
    }
    let (low, high) = pair.split_once("-vs-")?;
    let other = SourcePath::new(&format!("{}/{high}-vs-{low}.md", name.folder())).ok()?;
    layout.names.get(&other)?;
    Some(format!(
        "the lower level stands first: write /{}",
        other.inside("content").unwrap_or_default()
    ))
}

/// Returns why a skill has no page.
fn why_skill(config: &Config, id: &str) -> Option<String> {
    let skills = &config.skills;
    if skills.contains_key(&Id::new(id)?) {
        return Some(format!(
            "no level of a role that is published asks for the skill `{id}`, so it has no page"
        ));
    }
    let help = near(id, skills.keys().map(Id::as_str));
    Some(format!("there is no skill `{id}`{}", after(help)))
}

/// Returns that a file switches off comparisons.
fn no_comparisons(file: &str) -> String {
    format!(
        "comparisons are not made, because `[pages] compare = false` stands in {file}: remove it there, or set it to true"
    )
}

/// Returns a question with the nearest name.
fn near<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    suggest::nearest(word, names).map(|near| format!("did you mean `{near}`?"))
}

/// Returns a help text as the end of a sentence.
fn after(help: Option<String>) -> String {
    help.map(|help| format!("; {help}")).unwrap_or_default()
}
