//! What a key of a record takes, by its path: the JSON Schema of the record knows.

use serde_json::Value as Json;

use crate::config::{AreaRow, CategoryRow, SkillRow, SourceRow};
use crate::data::{Decode, Schema};
use crate::import::layers::SiteList;
use crate::role::record::{PositionRow, RoleFile};

/// What a key takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Markdown,
    Number,
    /// A whole number within bounds.
    Whole(i64, i64),
    Truth,
    Id,
    Date,
    /// An address.
    Link,
    /// The code of a currency.
    Currency,
    /// A year, a month or a day.
    AsOf,
    /// One of these words.
    Word(Vec<String>),
    /// A list of such.
    List(Box<Shape>),
    /// A table, whose keys a map names each.
    Table,
    /// A value of any kind.
    Any,
}

/// A record, as its schema describes it.
pub struct Shapes {
    root: Json,
    definitions: Json,
}

impl Shapes {
    /// Returns the shapes of a role.
    pub fn of_role() -> Self {
        Self::of::<RoleFile>()
    }

    /// Returns the shapes of a row of one of the site's lists.
    pub fn of_list(list: SiteList) -> Self {
        match list {
            SiteList::Skills => Self::of::<SkillRow>(),
            SiteList::Categories => Self::of::<CategoryRow>(),
            SiteList::Areas => Self::of::<AreaRow>(),
            SiteList::Sources => Self::of::<SourceRow>(),
        }
    }

    /// Returns the shapes of an open job.
    pub fn of_position() -> Self {
        Self::of::<PositionRow>()
    }

    fn of<T: Decode>() -> Self {
        let root = Schema::of::<T>("record");
        let definitions = root.get("definitions").cloned().unwrap_or_default();
        Self { root, definitions }
    }

    /// Returns what the key at a path takes, or the names that the path may have where it goes wrong.
    pub fn at(&self, path: &str) -> Result<Shape, Unknown> {
        let mut here = vec![&self.root];
        for key in path.split('.') {
            here = self.inside(&here, key).ok_or_else(|| Unknown {
                key: key.to_owned(),
                names: self.names(&here),
            })?;
        }
        Ok(self.shape(&here))
    }

    /// Returns the keys that a table at a path must have, or each row of a list there.
    pub fn required(&self, path: &str) -> Vec<String> {
        let forms = self.tables(path);
        // A row that may only remove another has them in the first of two forms.
        let required = |form: &&Json| {
            let first = || form.get("anyOf")?.get(0)?.get("required");
            form.get("required").or_else(first).cloned()
        };
        let keys: Vec<Json> = forms.iter().filter_map(required).collect();
        let keys = keys.iter().filter_map(Json::as_array);
        let names = keys.flatten().filter_map(Json::as_str);
        names.map(str::to_owned).collect()
    }

    /// Returns all keys that it may have.
    pub fn keys(&self, path: &str) -> Vec<String> {
        let forms = self.tables(path);
        let keys = forms
            .iter()
            .filter_map(|form| form.get("properties")?.as_object());
        let names = keys.flat_map(|keys| keys.keys().cloned());
        names.filter(|name| name != "remove").collect()
    }

    /// Returns the forms of the table at a path, or of each row of a list there.
    fn tables(&self, path: &str) -> Vec<&Json> {
        let mut here = vec![&self.root];
        for key in path.split('.') {
            match self.inside(&here, key) {
                Some(inside) => here = inside,
                None => return vec![],
            }
        }
        let forms = here.iter().flat_map(|value| self.forms(value));
        let forms = forms.flat_map(|value| self.forms(value.get("items").unwrap_or(value)));
        forms.collect()
    }

    /// Returns all forms of the value of a key.
    fn inside<'s>(&'s self, here: &[&'s Json], key: &str) -> Option<Vec<&'s Json>> {
        let mut found = vec![];
        for value in here.iter().flat_map(|value| self.forms(value)) {
            let value = value
                .get("items")
                .map_or(value, |items| self.resolve(items));
            for form in self.forms(value) {
                found.extend(form.get("properties").and_then(|keys| keys.get(key)));
                found.extend(
                    form.get("additionalProperties")
                        .filter(|value| value.is_object()),
                );
            }
        }
        if found.is_empty() { None } else { Some(found) }
    }

    fn names(&self, here: &[&Json]) -> Vec<String> {
        let forms = here.iter().flat_map(|value| self.forms(value));
        let forms = forms.flat_map(|value| self.forms(value.get("items").unwrap_or(value)));
        let keys = forms.filter_map(|form| form.get("properties")?.as_object());
        keys.flat_map(|keys| keys.keys().cloned()).collect()
    }

    /// Returns the forms that a value may have.
    fn forms<'s>(&'s self, value: &'s Json) -> Vec<&'s Json> {
        let value = self.resolve(value);
        // Which keys go together is no matter of forms.
        let forms = value
            .get("anyOf")
            .filter(|_| value.get("properties").is_none());
        match forms.and_then(Json::as_array) {
            Some(forms) => forms.iter().flat_map(|form| self.forms(form)).collect(),
            None => vec![value],
        }
    }

    fn resolve<'s>(&'s self, value: &'s Json) -> &'s Json {
        let value = value
            .get("allOf")
            .and_then(|all| all.get(0))
            .unwrap_or(value);
        let name = value.get("$ref").and_then(Json::as_str);
        let name = name.and_then(|target| target.rsplit('/').next());
        name.and_then(|name| self.definitions.get(name))
            .unwrap_or(value)
    }

    fn shape(&self, forms: &[&Json]) -> Shape {
        let forms = || forms.iter().flat_map(|form| self.forms(form));
        let shapes: Vec<Shape> = forms().map(|form| self.shape_of(form)).collect();
        // A text that may say more as a table is written as a text.
        let plain = shapes.iter().find(|shape| **shape != Shape::Table);
        plain.or(shapes.first()).cloned().unwrap_or(Shape::Any)
    }

    fn shape_of(&self, form: &Json) -> Shape {
        if let Some(words) = form.get("enum").and_then(Json::as_array) {
            return Shape::Word(
                words
                    .iter()
                    .filter_map(Json::as_str)
                    .map(str::to_owned)
                    .collect(),
            );
        }
        if let Some(items) = form.get("items") {
            return Shape::List(Box::new(self.shape(&[items])));
        }
        let has = |key: &str| form.get(key).is_some();
        let pattern = form.get("pattern").and_then(Json::as_str);
        let has_pattern = |start: &str| pattern.is_some_and(|pattern| pattern.starts_with(start));
        match form.get("type").and_then(Json::as_str) {
            Some("number") => Shape::Number,
            Some("integer") => Shape::Whole(
                form.get("minimum")
                    .and_then(Json::as_i64)
                    .unwrap_or(i64::MIN),
                form.get("maximum")
                    .and_then(Json::as_i64)
                    .unwrap_or(i64::MAX),
            ),
            Some("boolean") => Shape::Truth,
            Some("object") => Shape::Table,
            Some("string") if has("contentMediaType") => Shape::Markdown,
            Some("string") if has_pattern("^[\\p{L}") => Shape::Id,
            Some("string") if has_pattern("^(https?") => Shape::Link,
            Some("string") if has_pattern("^[A-Z]{3}$") => Shape::Currency,
            Some("string") if has_pattern("^\\d{4}(-") => Shape::AsOf,
            Some("string") => Shape::Text,
            None if has_pattern("^\\d{4}-") => Shape::Date,
            _ => Shape::Any,
        }
    }
}

/// A path that a record does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    pub key: String,
    /// What could stand there.
    pub names: Vec<String>,
}
