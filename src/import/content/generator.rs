//! Which generator a folder is written for, and how that is known.

use super::old_site::{Files, is_markdown};
use super::{astro, eleventy, wordpress};
use crate::import::Fault;

/// A generator whose articles can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generator {
    Hugo,
    Zola,
    Jekyll,
    Eleventy,
    Astro,
    WordPress,
}

impl Generator {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Hugo,
        Self::Zola,
        Self::Jekyll,
        Self::Eleventy,
        Self::Astro,
        Self::WordPress,
    ];

    /// Returns the name that a command takes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hugo => "hugo",
            Self::Zola => "zola",
            Self::Jekyll => "jekyll",
            Self::Eleventy => "eleventy",
            Self::Astro => "astro",
            Self::WordPress => "wordpress",
        }
    }

    /// Returns the generator of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|generator| generator.as_str() == name)
    }

    /// Returns what it calls itself.
    pub fn title(self) -> &'static str {
        match self {
            Self::Hugo => "Hugo",
            Self::Zola => "Zola",
            Self::Jekyll => "Jekyll",
            Self::Eleventy => "Eleventy",
            Self::Astro => "Astro",
            Self::WordPress => "WordPress",
        }
    }
}

/// Recognizes a generator. The second part says by what.
pub fn recognize(files: &Files<'_>) -> Result<(Generator, String), Fault> {
    if let Some(name) = wordpress::find(files) {
        return Ok((
            Generator::WordPress,
            format!("{name} is an export of WordPress"),
        ));
    }
    let there = |names: &[&'static str]| names.iter().copied().find(|name| files.has(name));
    let has = |name: &str| format!("there is {name}");
    let config = files.config(&["config.toml", "zola.toml"]);
    let signs = [
        (Generator::Astro, there(&astro::CONFIGS).map(has)),
        (Generator::Eleventy, there(&eleventy::CONFIGS).map(has)),
        (
            Generator::Jekyll,
            there(&["_config.yml", "_config.yaml"]).map(has),
        ),
        (Generator::Zola, there(&["zola.toml"]).map(has)),
        (
            Generator::Zola,
            config
                .get("base_url")
                .map(|_| "config.toml has `base_url`".to_owned()),
        ),
        (
            Generator::Hugo,
            there(&["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"]).map(has),
        ),
        (
            Generator::Hugo,
            there(&[
                "config.toml",
                "config.yaml",
                "config.yml",
                "config.json",
                "config/_default/hugo.toml",
                "config/_default/config.toml",
                "config/_default/hugo.yaml",
                "config/_default/config.yaml",
            ])
            .map(has),
        ),
        (Generator::Jekyll, folder(files, "_posts")),
        (Generator::Astro, folder(files, "src/content")),
        (Generator::Hugo, folder(files, "archetypes")),
        (Generator::Zola, fenced(files, &["[taxonomies]", "[extra]"])),
        (
            Generator::Hugo,
            folder(files, "content").or_else(|| fenced(files, &["+++"])),
        ),
    ];
    let found = signs
        .into_iter()
        .find_map(|(generator, sign)| Some((generator, sign?)));
    found.ok_or_else(|| {
        let names: Vec<_> = Generator::ALL
            .iter()
            .map(|generator| generator.as_str())
            .collect();
        Fault::new(
            "no generator is recognized by these files",
            format!(
                "name the folder of the old site, or say which it is with --from: {}",
                names.join(", ")
            ),
        )
    })
}

fn folder(files: &Files<'_>, name: &str) -> Option<String> {
    files
        .has_folder(name)
        .then(|| format!("there is a folder {name}"))
}

/// Finds an article with TOML front matter that has one of these lines.
fn fenced(files: &Files<'_>, lines: &[&str]) -> Option<String> {
    let articles = files.names().filter(|name| is_markdown(name)).take(50);
    let mut read = articles.filter_map(|name| Some((name, files.text(name).ok()?)));
    read.find_map(|(name, source)| {
        let front = source
            .text
            .strip_prefix("+++\n")?
            .split("\n+++")
            .next()?
            .to_owned();
        let line = lines
            .iter()
            .find(|line| **line == "+++" || front.lines().any(|own| own == **line))?;
        Some(format!("{name} has `{line}`"))
    })
}
