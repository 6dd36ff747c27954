//! Owners: an output comes in, who wants it, in words and with a place, goes out. Messages about
//! conflicts and `rungs explain` show them.

use crate::diag::Place;
use crate::layout::output::File;
use crate::layout::output::{Output, OutputKind};
use crate::layout::{Layout, Page, page};
use crate::path::{SourcePath, UrlPath};
use crate::site::{Site, site_file};

/// Who wants an output.
pub struct Owner {
    pub words: String,
    /// The file that asks for it, if one does.
    pub place: Option<Place>,
}

impl Owner {
    fn file(path: &SourcePath) -> Self {
        Self {
            words: path.to_string(),
            place: Some(Place::new(path, 0..0)),
        }
    }

    fn rungs(words: &str) -> Self {
        Self {
            words: words.to_owned(),
            place: None,
        }
    }

    fn page(site: &Site, page: &Page) -> Self {
        let data = page::source_of(site, page);
        let words = match (&page.prose, &data) {
            (Some(prose), _) => prose.to_string(),
            (None, Some(path)) => format!("the {} page of {path}", page.kind),
            (None, None) => format!("the generated page \"{}\"", page.title),
        };
        let path = page.prose.clone().or(data);
        Self {
            words,
            place: path.map(|path| Place::new(&path, 0..0)),
        }
    }

    fn redirect(from: &UrlPath, asked: &Place) -> Self {
        let words = if asked.path == site_file() {
            format!("the redirect from {}", from.as_str())
        } else {
            format!("the alias {} of {}", from.as_str(), asked.path)
        };
        Self {
            words,
            place: Some(asked.clone()),
        }
    }
}

/// Returns who wants an output.
pub fn owner(site: &Site, layout: &Layout, output: &Output) -> Owner {
    match (&output.what, &output.asked) {
        (OutputKind::Page(index), _) => Owner::page(site, &layout.pages[*index]),
        (OutputKind::File(File::Redirect { from, .. }), Some(asked)) => {
            Owner::redirect(from, asked)
        }
        (OutputKind::File(_), _) => Owner::rungs("a file that Rungs generates"),
        (OutputKind::Picture(_), _) => Owner::rungs("a picture that Rungs draws"),
        (OutputKind::Search(_), _) => Owner::rungs("a file of the search index"),
        (OutputKind::Asset(index), _) => Owner::file(&site.theme.assets.files[*index].path),
        (OutputKind::Colocated(path), _) => Owner::file(path),
    }
}
