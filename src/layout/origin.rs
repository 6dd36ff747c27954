//! Where an output comes from: its path comes in; its kind, its sources and its templates go out.
//! `rungs explain` shows it.

use std::collections::BTreeSet;

use crate::config::Layered;
use crate::inputs::Inputs;
use crate::layout::address::of_output;
use crate::layout::output::OutputKind;
use crate::layout::output::{ICON_SOURCE, Picture};
use crate::layout::{Layout, Page, Subject, outputs, page};
use crate::path::{OutPath, SourcePath};
use crate::site::Site;

/// The sources of an output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address with the base path.
    pub address: String,
    /// What the output is, in words.
    pub kind: String,
    /// The Markdown file that was written for it.
    pub text: Option<SourcePath>,
    /// The data files that it is about.
    pub records: BTreeSet<SourcePath>,
    /// The template of the page, followed by those that it uses.
    pub templates: Vec<SourcePath>,
    /// The file that the output is a copy of.
    pub copy_of: Option<SourcePath>,
}

/// Returns the origin of an output, or `None` if there is no such output.
pub fn origin(site: &Site, layout: &Layout, path: &OutPath, inputs: &Inputs) -> Option<Origin> {
    let output = layout.outputs.get(path)?;
    let address = of_output(path);
    let origin = Origin {
        address: format!("{}{}", site.config.base_path.trim_end_matches('/'), address),
        ..Origin::default()
    };
    let kind = || outputs::owner(site, layout, output).words;
    Some(match &output.what {
        OutputKind::Page(index) => origin_of_page(site, &layout.pages[*index], origin, inputs),
        OutputKind::Picture(Picture::Share(_)) => Origin {
            kind: kind(),
            templates: site
                .theme
                .path_of("share.svg")
                .into_iter()
                .cloned()
                .collect(),
            ..origin
        },
        OutputKind::Picture(Picture::Icon(_)) => {
            let source = site.theme.assets.get(ICON_SOURCE);
            Origin {
                kind: kind(),
                records: source.iter().map(|asset| asset.path.clone()).collect(),
                ..origin
            }
        }
        OutputKind::File(_) | OutputKind::Search(_) => Origin {
            kind: kind(),
            ..origin
        },
        OutputKind::Asset(index) => Origin {
            kind: "a file of static/".into(),
            copy_of: Some(site.theme.assets.files[*index].path.clone()),
            ..origin
        },
        OutputKind::Colocated(source) => Origin {
            kind: "a file beside articles".into(),
            copy_of: Some(source.clone()),
            ..origin
        },
    })
}

/// Adds the sources of a page to an origin.
fn origin_of_page(site: &Site, page: &Page, origin: Origin, inputs: &Inputs) -> Origin {
    let about = match &page.subject {
        Subject::Site
        | Subject::Section(_)
        | Subject::Article(_, None)
        | Subject::Position(None, _) => String::new(),
        Subject::Role(id)
        | Subject::Position(Some(id), _)
        | Subject::Article(_, Some(id))
        | Subject::Levels(id, ..) => format!(" of the role {id}"),
        Subject::Roles(a, b) => format!(" of the roles {a} and {b}"),
        Subject::FrameworkLevels(id, ..) => format!(" of {id}"),
        other => format!(" of {}", other.id()),
    };
    let template = page::template(site, page).unwrap_or_default();
    Origin {
        kind: format!("the {} page{about}", page.kind),
        text: page.prose.clone(),
        records: records_of(site, page, inputs),
        templates: site.theme.reach(&template),
        ..origin
    }
}

/// Returns the data files that a page is about, without those that only links and lists bring in.
fn records_of(site: &Site, page: &Page, inputs: &Inputs) -> BTreeSet<SourcePath> {
    let mut records = BTreeSet::new();
    records.extend(
        page::source_of(site, page)
            .filter(|path| path.extension() != "md" && inputs.get(path.as_str()).is_some()),
    );
    for role in page.subject.roles().filter_map(|id| site.role(id)) {
        for name in ["role.toml", "positions.toml", "salary.csv"] {
            let path = role.path.resolve(name);
            records.extend(path.into_iter().flat_map(|path| files_of(inputs, &path)));
        }
        let framework = role
            .framework
            .as_ref()
            .and_then(|id| site.frameworks.get(id));
        records.extend(
            framework
                .into_iter()
                .flat_map(|it| files_of(inputs, &it.path)),
        );
    }
    records
}

/// Returns a file of a record and its layers, as far as they are there.
fn files_of(inputs: &Inputs, path: &SourcePath) -> Vec<SourcePath> {
    let Some(Layered {
        path,
        digest,
        layers,
    }) = Layered::find(inputs, path, &[])
    else {
        return vec![];
    };
    let own = digest.map(|_| path);
    own.into_iter()
        .chain(layers.into_iter().map(|layer| layer.path))
        .collect()
}
