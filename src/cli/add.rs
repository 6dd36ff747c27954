//! `rungs add`: a title comes in; a valid draft with comments is written into the site.

use super::args::{AddArgs, Addition};
use super::date::build_date;
use super::exit::{Exit, Failure};
use super::new::{STARTER, fill, write_new};
use super::shown;
use super::site::find;
use super::terminal::Terminal;
use crate::config::CategoriesFile;
use crate::data::{Id, decode_root, parse_toml, value_to_toml};
use crate::diag::Diagnostics;
use crate::disk::SiteFolder;
use crate::path::{SourcePath, check_segment, slugify};
use crate::source::Source;

/// The folder of articles.
const ARTICLES: &str = "content/articles";

/// Adds a role or an article.
pub fn add(args: &AddArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let AddArgs { what, name, site } = args;
    let slug = slug(name)?;
    let today = build_date()?.to_string();
    let Some(site) = find(site, terminal)? else {
        return Ok(Exit::Mistakes);
    };
    let files = match what {
        Addition::Role => vec![role(&site, name, &slug, &today)?],
        Addition::Article => article(&site, name, &slug, &today)?,
    };
    for Draft { path, text } in files {
        let path = site.path().join(path);
        write_new(&path, text.as_bytes())?;
        terminal.say(&format!("Added {}", shown::file(&path)));
    }
    terminal.say("It is a draft: `rungs serve` and `rungs build --drafts` show it.");
    Ok(Exit::Fine)
}

/// A file to add.
struct Draft {
    /// Its path in the site.
    path: String,
    text: String,
}

/// Returns the name of the file, which is the id and the end of the address.
fn slug(name: &str) -> Result<String, Failure> {
    let slug = slugify(name);
    if name.chars().any(char::is_control)
        || Id::new(&slug).is_none()
        || check_segment(&slug).is_err()
    {
        return Err(Failure::usage(
            format!("a file cannot be named after {name:?}"),
            "use a title with letters or digits, such as \"Data Engineer\"",
        ));
    }
    Ok(slug)
}

fn role(site: &SiteFolder, name: &str, slug: &str, today: &str) -> Result<Draft, Failure> {
    let category = first_category(site)?;
    let (title, junior, senior) = (
        value_to_toml(&name.into()),
        value_to_toml(&format!("Junior {name}").into()),
        value_to_toml(&format!("Senior {name}").into()),
    );
    let values = [
        ("title", &*title),
        ("category", &value_to_toml(&category.as_str().into())),
        ("junior", &junior),
        ("senior", &senior),
        ("today", today),
    ];
    Ok(Draft {
        path: format!("content/roles/{slug}/role.toml"),
        text: fill(starter("add/role.toml")?, &values),
    })
}

fn article(site: &SiteFolder, name: &str, slug: &str, today: &str) -> Result<Vec<Draft>, Failure> {
    let text = fill(
        starter("add/article.md")?,
        &[("title", &value_to_toml(&name.into())), ("today", today)],
    );
    let path = format!("{ARTICLES}/{slug}.md");
    let mut files = vec![Draft { path, text }];
    let index = format!("{ARTICLES}/_index.md");
    if !site.path().join(&index).exists() {
        files.push(Draft {
            path: index,
            text: starter("add/_index.md")?.to_owned(),
        });
    }
    Ok(files)
}

/// Returns the first category: a role needs one until its author chooses.
fn first_category(site: &SiteFolder) -> Result<Id, Failure> {
    const FILE: &str = "content/categories.toml";
    let missing = || {
        Failure::mistake(
            format!("a role needs a category, and {FILE} has none"),
            format!("add one to {FILE}:\n[[categories]]\ntitle = \"Technology\""),
        )
    };
    let path = SourcePath::new(FILE).map_err(|_| missing())?;
    let bytes = std::fs::read(site.path().join(FILE)).map_err(|_| missing())?;
    let mut diagnostics = Diagnostics::default();
    let source = diagnostics.take(Source::decode(&path, &bytes));
    let table = source.and_then(|source| parse_toml(&path, &source.text, 0, &mut diagnostics));
    let file =
        table.and_then(|table| decode_root::<CategoriesFile>(&path, table, &mut diagnostics));
    let rows = file
        .map(|file| file.categories)
        .filter(|_| !diagnostics.has_errors());
    let rows = rows.ok_or_else(|| {
        Failure::mistake(
            format!("{FILE} has mistakes that must be corrected first"),
            "`rungs check` shows them",
        )
    })?;
    let first = rows.first().ok_or_else(missing)?;
    first
        .id
        .as_ref()
        .map(|id| id.value.clone())
        .or_else(|| Id::of_name(&first.title))
        .ok_or_else(missing)
}

/// Returns a text of the starter.
fn starter(path: &str) -> Result<&'static str, Failure> {
    let text = STARTER.get_file(path).and_then(|file| file.contents_utf8());
    text.ok_or_else(|| Failure::machine(format!("this program was built without its {path}")))
}
