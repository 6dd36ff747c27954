//! An article of another generator, as far as all generators agree.

use std::sync::Arc;

use jiff::civil::Date;

use super::tag::Tag;
use crate::data::Table;
use crate::import::Where;
use crate::source::position;

/// What an article says of itself.
#[derive(Clone, Debug, Default)]
pub struct Front {
    pub title: Option<String>,
    pub description: Option<String>,
    pub date: Option<Date>,
    pub updated: Option<Date>,
    pub expires: Option<Date>,
    pub is_draft: bool,
    pub weight: Option<i64>,
    pub tags: Vec<String>,
    /// Those of the tags that stood in its address.
    pub categories: Vec<String>,
    /// Names of people.
    pub authors: Vec<String>,
    /// The address of a picture as it is written.
    pub image: Option<String>,
    pub image_alt: Option<String>,
    pub is_hidden: bool,
    pub extra: Table,
}

/// Which file of its folder an article is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    #[default]
    File,
    /// A folder of its own, with its pictures.
    Bundle,
    /// The page of its folder.
    Index,
}

/// An article of another generator.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file that it stands in.
    pub file: String,
    /// The row of that file, where its own text is not that of the file.
    pub row: Option<u64>,
    pub text: Arc<str>,
    /// Where its body begins.
    pub body: usize,
    pub tags: Vec<Tag>,
    pub front: Front,
    /// Slugs of the folders that it stands in.
    pub folder: Vec<String>,
    pub slug: String,
    pub shape: Shape,
    /// Where it was on the web: its own address first, then those before.
    pub addresses: Vec<String>,
}

impl Page {
    /// Returns the place of an offset of the body in the file.
    pub fn place(&self, offset: usize) -> Where {
        let row = self
            .row
            .unwrap_or_else(|| position(&self.text, self.body + offset).line as u64);
        Where::file(&self.file).row(row)
    }

    /// Returns the folder of its file, without a final `/`.
    pub fn file_folder(&self) -> &str {
        self.file.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Returns its body as it is written.
    pub fn body_text(&self) -> &str {
        &self.text[self.body..]
    }
}
