//! Lists of a record that pages show as they are written. What is checked of their rows is the same
//! for all: a new list is a struct of its rows with [`PlainRow`] and a line of `plain_lists!`, both in
//! `record/mod.rs`.

use super::{CertificationRow, EducationRow, TipRow};
use crate::data::{At, Id, Md, Text};
use crate::source::Span;

/// A row of such a list.
pub trait PlainRow {
    /// What the row is called; `None` for rows that nothing points at.
    fn name(&self) -> Option<RowName<'_>> {
        None
    }

    /// The level that the row is about; `None` for rows that are about the whole role.
    fn level(&self) -> Option<&At<Id>> {
        None
    }

    /// Its texts in Markdown.
    fn texts(&self) -> Vec<&Md>;
}

/// What a row is called.
pub struct RowName<'r> {
    pub id: Option<&'r At<Id>>,
    /// The default of the id is made of it.
    pub name: &'r At<Text>,
    /// Where the row stands.
    pub span: &'r Span,
}

impl RowName<'_> {
    /// The id of the row; `None` for one that is not in the list, because none can be made.
    pub fn id(&self) -> Option<Id> {
        self.id
            .map(|id| id.value.clone())
            .or_else(|| Id::of_name(self.name))
    }
}

/// Declares the lists, each of which is a field of the same name of [`RoleFile`].
macro_rules! plain_lists {
    ($($(#[doc = $doc:literal])* $field:ident: $row:ty),* $(,)?) => {
        /// The lists of a role that pages show as they are written.
        #[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
        pub struct PlainLists { $($(#[doc = $doc])* pub $field: Vec<$row>),* }

        impl PlainLists {
            /// The lists of a record.
            pub fn of(record: &RoleFile) -> Self {
                Self { $($field: record.$field.clone()),* }
            }

            /// Keeps the rows of each list for which the function returns true. It is called with
            /// the number of the list.
            pub fn retain(&mut self, mut keep: impl FnMut(usize, &dyn PlainRow) -> bool) {
                let mut list = 0;
                $(
                    self.$field.retain(|row| keep(list, row));
                    list += 1;
                )*
                let _ = list;
            }

            /// All rows.
            pub fn rows(&self) -> impl Iterator<Item = &dyn PlainRow> {
                let rows: Vec<&dyn PlainRow> = vec![];
                let rows = rows.into_iter();
                $(let rows = rows.chain(self.$field.iter().map(|row| row as &dyn PlainRow));)*
                rows
            }
        }
    };
}

pub(super) use plain_lists;

impl PlainRow for EducationRow {
    fn texts(&self) -> Vec<&Md> {
        self.description.iter().collect()
    }
}

impl PlainRow for CertificationRow {
    fn texts(&self) -> Vec<&Md> {
        vec![]
    }
}

impl PlainRow for At<TipRow> {
    fn name(&self) -> Option<RowName<'_>> {
        Some(RowName {
            id: self.value.id.as_ref(),
            name: &self.value.name,
            span: &self.span,
        })
    }

    fn texts(&self) -> Vec<&Md> {
        vec![&self.value.text]
    }
}
