//! Articles of other generators: the folder of a site of Hugo, Zola, Jekyll, Eleventy or Astro, or an
//! export of WordPress, comes in; articles of Rungs with their pictures go out. They are the author's from
//! then on.

mod anchors;
mod article;
mod assets;
mod astro;
mod body;
pub(super) mod code;
mod component_tags;
pub(super) mod day;
mod edits;
mod eleventy;
pub(super) mod front;
mod generator;
mod html;
mod hugo;
mod hugo_tags;
mod jekyll;
mod judge;
mod keys;
pub(super) mod links;
mod old_site;
mod page;
mod plan;
mod resolve;
mod tag;
mod template_tags;
#[cfg(test)]
mod tests;
mod wordpress;
mod wordpress_text;
mod write;
mod zola;

use super::{Fault, Imported, Layers, LossReport, Request};
use crate::site::Options;
pub use generator::Generator;
use old_site::{Files, OldSite};

/// How articles are imported.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The generator, where the author says which.
    pub from: Option<Generator>,
    /// How the site is checked with its new articles.
    pub options: Options,
}

/// Imports articles.
pub fn import(request: &Request<'_>, wanted: &Wanted) -> Result<Imported, Fault> {
    let mut report = LossReport::default();
    let files = Files::new(request.upstream);
    let generator = match wanted.from {
        Some(generator) => generator,
        None => {
            let (generator, why) = generator::recognize(&files)?;
            report.note(format!("read as a site of {}: {why}", generator.title()));
            generator
        }
    };
    let mut site = read(generator, &files, &mut report)?;
    if site.pages.is_empty() {
        let help = "name the folder that has the configuration of the old site in it, or say with --from which generator it is for";
        return Err(Fault::new(
            format!("there is no article in this site of {}", generator.title()),
            help,
        ));
    }
    site.pages
        .sort_by(|one, other| (&one.file, one.row).cmp(&(&other.file, other.row)));
    let mut written = write::write(&site, &files, request, &mut report);
    judge::mend(&mut written, request, &files, &wanted.options, &mut report)?;
    let copies = written.files(&files)?;
    let layers = Layers {
        copies,
        ..Layers::default()
    };
    Ok(Imported { layers, report })
}

fn read(
    generator: Generator,
    files: &Files<'_>,
    report: &mut LossReport,
) -> Result<OldSite, Fault> {
    Ok(match generator {
        Generator::Hugo => hugo::read(files, report),
        Generator::Zola => zola::read(files, report),
        Generator::Jekyll => jekyll::read(files, report),
        Generator::Eleventy => eleventy::read(files, report),
        Generator::Astro => astro::read(files, report),
        Generator::WordPress => {
            let name = wordpress::find(files).ok_or_else(|| {
                Fault::new(
                    "there is no export of WordPress",
                    "export the site under Tools, Export, All content, and name the file",
                )
            })?;
            wordpress::read(name, files, report)?
        }
    })
}
