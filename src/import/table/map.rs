//! A map as it is written: which tables there are, what their columns mean, and what becomes of their
//! rows. `docs/importing.md` explains it to people.

use serde_json::json;

use super::from::From;
use super::test::Tests;
use crate::config::{AreaRow, CategoryRow, Figures, SkillRow, SourceRow};
use crate::data::{At, Decimal, Decode, Decoder, Map, Node, Schema, Text, Value, choice, record};
use crate::import::read::{Delimiter, Encoding, Layout};

record! {
    /// A map: how tables become roles and lists of a site.
    pub struct MapFile {
        /// What the map is for.
        pub about: Option<Text>,
        /// Words in cells that mean that nothing is known. An empty cell always means that.
        pub nothing: Vec<Text>,
        /// Whether `1,5` or `1.5` is one and a half.
        pub decimal: DecimalMark = DecimalMark::Point,
        /// Where the data are from: a row of sources.toml. Texts and figures refer to it.
        pub source: Option<SourceRow>,
        /// What the figures of the import inherit. `source` is the one above, unless it is said here.
        pub figures: Figures = Figures::default(),
        /// Lists of words and what they become, for `words` of several keys.
        pub words: Map<Map<Text>>,
        /// The tables by names that the map gives them. A map without any is about the one file that is
        /// imported.
        pub tables: Map<TableRow>,
        /// Which rows are roles, and how columns become their keys.
        pub roles: RolesRow = RolesRow::default(),
        /// How rows become rows of lists of roles.
        pub rows: Vec<At<RowsRow>>,
        /// How rows become rows of lists of the site: skills, categories, areas, sources.
        pub lists: Vec<At<ListRow>>,
        /// Rows of skills.toml as they are.
        pub skills: Vec<At<SkillRow>>,
        /// Rows of categories.toml as they are; those that no role uses are left out.
        pub categories: Vec<At<CategoryRow>>,
        /// Rows of areas.toml as they are.
        pub areas: Vec<At<AreaRow>>,
    }
}

choice! {
    /// The sign before the fraction of a number.
    pub enum DecimalMark {
        Point = "point", Comma = "comma",
    }
}

record! {
    /// A table: a file, or a sheet of one.
    pub struct TableRow {
        /// The file's name. `*` stands for any letters: all files of such names are read, one after the
        /// other.
        pub file: Text,
        /// The sheet of a workbook. Default: the first one.
        pub sheet: Option<Text>,
        /// Where the rows are in JSON or YAML: keys with points between them, such as `data.jobs`.
        /// Default: the file itself, or the one list in it.
        pub at: Option<Text>,
        /// The row that has the names of the columns, from 1. Default: the first that is not empty.
        pub header: Option<u32>,
        /// What stands between cells. Default: the sign that the header has most of.
        pub delimiter: Option<Delimiter>,
        /// Default: UTF-8, or what the first bytes of the file say.
        pub encoding: Option<Encoding>,
        /// Names of columns in this map, and what files call them: `pay = ["Wage", "Wages"]`.
        pub columns: Map<Texts>,
        /// Columns that a file may lack. They say nothing then.
        pub optional: Vec<Text>,
        /// Which rows are read at all.
        pub tests as "where": Tests = Tests::default(),
    }
}

choice! {
    /// What happens to a role that the site does not have.
    pub enum NewRoles {
        /// It is made.
        Make = "make",
        /// Its rows are left out.
        Drop = "drop",
    }
}

record! {
    /// The roles: one for each row of a table, or those that the site has.
    pub struct RolesRow {
        /// The table. Default: the only one.
        pub table: Option<At<Text>>,
        /// Which rows are roles.
        pub tests as "where": Tests = Tests::default(),
        /// The column that names the role in all tables: its code, or its number. Default: the title.
        pub key: Option<At<Text>>,
        /// The classification whose codes are in that column: `onet_soc`, `soc`, `isco_08`, `esco`,
        /// `uk_soc`, or the name of another one. A role of the site with the same code is that role.
        pub code: Option<Text>,
        /// What the id of a new role is made of. Default: its title.
        pub id: Option<At<From>>,
        /// What happens to a role that the site does not have.
        pub new: NewRoles = NewRoles::Make,
        /// Keys of role.toml, such as `title` and `codes.soc`, and what they are made of.
        pub keys: Map<At<From>>,
    }
}

impl Default for RolesRow {
    fn default() -> Self {
        Self {
            table: None,
            tests: Tests::default(),
            key: None,
            code: None,
            id: None,
            new: NewRoles::Make,
            keys: Map::default(),
        }
    }
}

record! {
    /// Rows of a table that become rows of a list of a role, or say more of the role itself.
    pub struct RowsRow {
        /// The list: a key of role.toml such as `titles`, `salary` for rows of salary.csv, or
        /// `positions` for open jobs. Without it, keys are those of the role itself.
        pub list: Option<At<Text>>,
        /// The table. Default: that of the roles.
        pub table: Option<At<Text>>,
        /// What names the role: compared with the `key` of the roles. Default: that column, or in the
        /// table of the roles the row itself.
        pub role: Option<At<From>>,
        /// Which rows are taken.
        pub tests as "where": Tests = Tests::default(),
        /// Makes a row of each part of a cell; `"*"` stands for the part.
        pub each: Option<At<From>>,
        /// Keys of a row of the list, such as `importance.value`, and what they are made of.
        pub keys: Map<At<From>>,
        /// What a text is made of, for lists of texts such as `responsibilities`.
        pub text: Option<At<From>>,
        /// The column that rows are sorted by; with `-` before it, the greatest stands first.
        pub sort: Option<At<Text>>,
        /// How many rows a role has at most.
        pub limit: Option<u32>,
        /// Rows with the same cell here become one, whose lists have the entries of all.
        pub group: Option<At<Text>>,
        /// What is mended where a figure cannot be right.
        pub guards: Vec<GuardRow>,
    }
}

record! {
    /// What is mended where a figure cannot be right: an hourly wage above 1,000 is one of a year.
    pub struct GuardRow {
        /// Keys of the row: the guard acts if any of them is beyond its bounds.
        pub keys: Vec<Text>,
        pub above: Option<Decimal>,
        pub below: Option<Decimal>,
        /// Which rows are looked at.
        pub tests as "where": Tests = Tests::default(),
        /// Keys of the row and what they become. Without any, the row is left out.
        pub set: Map<Text>,
    }
}

record! {
    /// Rows of a table that become rows of a list of the site.
    pub struct ListRow {
        /// `skills`, `categories`, `areas` or `sources`.
        pub list: At<Text>,
        /// The table. Default: that of the roles.
        pub table: Option<At<Text>>,
        /// Which rows are taken.
        pub tests as "where": Tests = Tests::default(),
        /// Makes a row of each part of a cell; `"*"` stands for the part.
        pub each: Option<At<From>>,
        /// Keys of a row of the list, and what they are made of. The default of `id` is made of the name.
        pub keys: Map<At<From>>,
    }
}

impl TableRow {
    /// Returns how the table is read.
    pub fn layout(&self) -> Layout {
        Layout {
            sheet: self.sheet.clone(),
            at: self.at.clone(),
            header: self.header,
            delimiter: self.delimiter,
            encoding: self.encoding,
            renamed: self
                .columns
                .0
                .iter()
                .map(|(name, texts)| (name.value.clone(), texts.0.clone()))
                .collect(),
            optional: self.optional.clone(),
        }
    }
}

/// One text, or several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub Vec<String>);

impl Decode for Texts {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match &node.value {
            Value::Array(_) => Vec::<AnyText>::decode(node, d)
                .map(|texts| Self(texts.into_iter().map(|text| text.0).collect())),
            _ => AnyText::decode(node, d).map(|text| Self(vec![text.0])),
        }
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [AnyText::schema(schema), Vec::<AnyText>::schema(schema)] })
    }
}

/// A text as it is, even an empty one; a number or a truth stands for how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnyText(pub String);

impl Decode for AnyText {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match &node.value {
            Value::String(text) | Value::Integer(text) | Value::Float(text) => {
                Some(Self(text.clone()))
            }
            Value::Bool(value) => Some(Self(value.to_string())),
            _ => d.refuse(node, "a text"),
        }
    }
    fn schema(_: &mut Schema) -> serde_json::Value {
        json!({ "type": ["string", "number", "boolean"] })
    }
}
