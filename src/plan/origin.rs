//! Where an output comes from: its path comes in; its kind, its sources and its templates go out. `rungs explain` shows it.

use std::collections::BTreeSet;

use super::{ICON_SOURCE, Page, Picture, Plan, Subject, What};
use crate::inputs::Inputs;
use crate::path::{OutPath, SourcePath};

/// Where an output comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address with the base path.
    pub address: String,
    /// What it is, in words.
    pub kind: String,
    /// The Markdown that was written for it.
    pub text: Option<SourcePath>,
    /// Data files that it is about.
    pub records: BTreeSet<SourcePath>,
    /// The page's template first, then those that it reaches.
    pub templates: Vec<SourcePath>,
    /// The file that it is a copy of.
    pub copy_of: Option<SourcePath>,
}

impl Plan {
    /// Where an output comes from; none when there is no such output.
    pub fn origin(&self, path: &OutPath, inputs: &Inputs) -> Option<Origin> {
        let output = self.outputs.get(path)?;
        let address = super::outputs::address(path);
        let origin = Origin { address: format!("{}{}", self.site.config.base_path.trim_end_matches('/'), address), ..Origin::default() };
        Some(match &output.what {
            What::Page(index) => self.origin_of_page(&self.pages[*index], origin, inputs),
            What::Picture(Picture::Share(_)) => {
                let templates = self.site.theme.path_of("share.svg").cloned().into_iter().collect();
                Origin { kind: self.owner(output).0, templates, ..origin }
            }
            What::Picture(Picture::Icon(_)) => {
                let source = self.site.theme.assets.get(ICON_SOURCE).map(|asset| asset.path.clone());
                Origin { kind: self.owner(output).0, records: source.into_iter().collect(), ..origin }
            }
            What::File(_) | What::Search(_) => Origin { kind: self.owner(output).0, ..origin },
            What::Asset(index) => {
                let source = self.site.theme.assets.files[*index].path.clone();
                Origin { kind: "a file of static/".into(), copy_of: Some(source), ..origin }
            }
            What::Beside(source) => Origin { kind: "a file beside articles".into(), copy_of: Some(source.clone()), ..origin },
        })
    }

    fn origin_of_page(&self, page: &Page, origin: Origin, inputs: &Inputs) -> Origin {
        let about = match &page.subject {
            Subject::Site | Subject::Section(_) | Subject::Article(_, None) => String::new(),
            Subject::Role(id) | Subject::Position(id, _) | Subject::Article(_, Some(id)) | Subject::Levels(id, ..) => format!(" of the role {id}"),
            Subject::Roles(a, b) => format!(" of the roles {a} and {b}"),
            Subject::FrameworkLevels(id, ..) => format!(" of {id}"),
            other => format!(" of {}", other.id()),
        };
        let template = self.template(page).unwrap_or_default();
        Origin {
            kind: format!("the {} page{about}", page.kind),
            text: page.prose.clone(),
            records: self.records_of(page, inputs),
            templates: self.site.theme.reach(&template),
            ..origin
        }
    }

    /// The data files that a page is about. What links and lists bring in from the rest of the site is not among them.
    fn records_of(&self, page: &Page, inputs: &Inputs) -> BTreeSet<SourcePath> {
        let roles: Vec<_> = page.subject.roles().filter_map(|id| self.site.role(id)).collect();
        let beside = roles.iter().flat_map(|role| ["positions.toml", "salary.csv"].map(|name| format!("{}/{name}", role.path.folder())));
        let frameworks = roles.iter().filter_map(|role| Some(self.site.frameworks.get(role.framework.as_ref()?)?.path.clone()));
        let known = beside.filter(|path| inputs.get(path).is_some()).filter_map(|path| SourcePath::new(&path).ok());
        let own = self.source_of(page).filter(|path| path.extension() != "md");
        own.into_iter().chain(roles.iter().map(|role| role.path.clone())).chain(known).chain(frameworks).collect()
    }
}
