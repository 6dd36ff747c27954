//! `add`: a title comes in, a draft with comments goes into the site, valid as it stands.

use super::args::{AddArgs, Addition};
use super::date::build_date;
use super::exit::{Exit, Failure};
use super::new::{STARTER, fill, write_new};
use super::shown;
use super::site::find;
use super::terminal::Terminal;
use crate::config::CategoriesFile;
use crate::data::{Id, decode_root, parse_toml};
use crate::diag::Diagnostics;
use crate::disk::SiteFolder;
use crate::path::{SourcePath, check_segment, slugify};
use crate::source::Source;

/// The folder of the articles, and the page that lists them.
const ARTICLES: &str = "content/articles";

/// Adds a role or an article.
pub fn add(args: &AddArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let AddArgs { what, name, site } = args;
    let slug = slug(name)?;
    let today = build_date()?.to_string();
    let Some(site) = find(site, terminal)? else { return Ok(Exit::Mistakes) };
    let files = match what {
        Addition::Role => vec![role(&site, name, &slug, &today)?],
        Addition::Article => article(&site, name, &slug, &today)?,
    };
    for (path, text) in files {
        let path = site.path().join(path);
        write_new(&path, text.as_bytes())?;
        terminal.say(&format!("Added {}", shown::file(&path)));
    }
    terminal.say("It is a draft: `rungs build --drafts` shows it.");
    Ok(Exit::Fine)
}

/// The id and the address of what is added.
fn slug(name: &str) -> Result<String, Failure> {
    let slug = slugify(name);
    if name.chars().any(char::is_control) || Id::new(&slug).is_none() || check_segment(&slug).is_err() {
        return Err(Failure::usage(format!("{name:?} gives no name for a file"), "use letters and digits, such as \"Data Engineer\""));
    }
    Ok(slug)
}

fn role(site: &SiteFolder, name: &str, slug: &str, today: &str) -> Result<(String, String), Failure> {
    let category = first_category(site)?;
    let (title, junior, senior) = (quoted(name), quoted(&format!("Junior {name}")), quoted(&format!("Senior {name}")));
    let values = [("title", &*title), ("category", &quoted(category.as_str())), ("junior", &junior), ("senior", &senior), ("today", today)];
    Ok((format!("content/roles/{slug}/role.toml"), fill(starter("add/role.toml")?, &values)))
}

fn article(site: &SiteFolder, name: &str, slug: &str, today: &str) -> Result<Vec<(String, String)>, Failure> {
    let text = fill(starter("add/article.md")?, &[("title", &quoted(name)), ("today", today)]);
    let mut files = vec![(format!("{ARTICLES}/{slug}.md"), text)];
    let index = format!("{ARTICLES}/_index.md");
    if !site.path().join(&index).exists() {
        files.push((index, starter("add/_index.md")?.to_owned()));
    }
    Ok(files)
}

/// A role stands in a category: the first one, until its author chooses.
fn first_category(site: &SiteFolder) -> Result<Id, Failure> {
    const FILE: &str = "content/categories.toml";
    let missing =
        || Failure::mistake(format!("a role needs a category, and {FILE} has none"), format!("add one to {FILE}:\n[[categories]]\ntitle = \"Technology\""));
    let path = SourcePath::new(FILE).map_err(|_| missing())?;
    let bytes = std::fs::read(site.path().join(FILE)).map_err(|_| missing())?;
    let mut faults = Diagnostics::default();
    let source = faults.take(Source::decode(&path, &bytes));
    let table = source.and_then(|source| parse_toml(&path, &source.text, 0, &mut faults));
    let file = table.and_then(|table| decode_root::<CategoriesFile>(&path, table, &mut faults));
    let rows = file.map(|file| file.categories).filter(|_| !faults.has_errors());
    let rows = rows.ok_or_else(|| Failure::mistake(format!("{FILE} has mistakes"), "correct them first: `rungs check` shows them"))?;
    let first = rows.first().ok_or_else(missing)?;
    first.id.as_ref().map(|id| id.value.clone()).or_else(|| Id::of_name(&first.title)).ok_or_else(missing)
}

/// A text of the starter.
fn starter(path: &str) -> Result<&'static str, Failure> {
    let text = STARTER.get_file(path).and_then(|file| file.contents_utf8());
    text.ok_or_else(|| Failure::machine(format!("this program was built without its {path}")))
}

/// A text as a TOML string. JSON writes all of it the same way, but for control characters, which no title has.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
