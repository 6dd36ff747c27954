//! Which rows of a table are taken: tests of columns, as a map has them.

use rust_decimal::Decimal as Number;
use serde_json::json;

use super::map::{DecimalMark, Texts};
use super::number::number;
use crate::data::{At, Decimal, Decode, Decoder, Map, Node, Schema, Value, record};
use crate::import::read::{Cell, Row};

/// Tests by column. A row is taken if it passes all.
#[derive(Clone, Debug, Default)]
pub struct Tests(Map<At<Test>>);

/// What a cell must be.
#[derive(Clone, Debug, Default)]
pub struct Test {
    is: Vec<String>,
    not: Vec<String>,
    above: Option<Number>,
    below: Option<Number>,
    known: Option<bool>,
}

record! {
    struct TestTable {
        /// One of these.
        pub is: Texts,
        /// None of these.
        pub not: Texts,
        /// A number greater than this.
        pub above: Option<Decimal>,
        /// A number less than this.
        pub below: Option<Decimal>,
        /// Whether anything is known.
        pub known: Option<bool>,
    }
}

impl Decode for Test {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Table(_)) {
            let is = Texts::decode(node, d)?.0;
            return Some(Self {
                is,
                ..Self::default()
            });
        }
        let TestTable {
            is,
            not,
            above,
            below,
            known,
        } = TestTable::decode(node, d)?;
        Some(Self {
            is: is.0,
            not: not.0,
            above: above.map(|number| number.0),
            below: below.map(|number| number.0),
            known,
        })
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [Texts::schema(schema), TestTable::schema(schema)] })
    }
}

impl Decode for Tests {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        Map::decode(node, d).map(Self)
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        Map::<At<Test>>::schema(schema)
    }
}

impl Tests {
    /// Returns the columns that are tested.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.0.iter().map(|(column, _)| column.value.as_str())
    }

    /// Returns why a row is not taken; `None` if it is.
    pub fn refuse(&self, row: &Row<'_>, words: Words<'_>) -> Option<Failed> {
        let tests = self.0.0.iter().enumerate();
        tests.into_iter().find_map(|(passed, (column, test))| {
            let why = test.refuse(column, row.cell(column), words)?;
            Some(Failed { passed, why })
        })
    }
}

/// Why a row is not taken.
#[derive(Clone, Debug)]
pub struct Failed {
    /// How many tests it passed before.
    pub passed: usize,
    pub why: String,
}

impl Failed {
    /// Makes a reason that comes before all tests.
    pub fn first(why: String) -> Self {
        Self { passed: 0, why }
    }
}

/// How cells are read.
#[derive(Clone, Copy, Debug)]
pub struct Words<'m> {
    /// Words for nothing.
    pub nothing: &'m [String],
    pub decimal: DecimalMark,
}

impl Words<'_> {
    /// Returns true if a text says that nothing is known.
    pub fn is_nothing(&self, text: &str) -> bool {
        let text = text.trim();
        text.is_empty() || self.nothing.iter().any(|word| word == text)
    }
}

impl Test {
    fn refuse(&self, column: &str, cell: &Cell, words: Words<'_>) -> Option<String> {
        let texts: Vec<&str> = match cell {
            Cell::Nothing => vec![],
            Cell::Text(text) => vec![text],
            Cell::List(texts) => texts.iter().map(String::as_str).collect(),
        };
        let known: Vec<&str> = texts
            .into_iter()
            .filter(|text| !words.is_nothing(text))
            .collect();
        let says = |list: &[String]| match known.as_slice() {
            [] => list.iter().any(String::is_empty),
            known => known
                .iter()
                .any(|text| list.iter().any(|word| word == text)),
        };
        if !self.is.is_empty() && !says(&self.is) || says(&self.not) {
            return Some(match known.first() {
                Some(text) => format!("`{column}` is `{}`", shortened(text)),
                None => format!("`{column}` says nothing"),
            });
        }
        if self.known.is_some_and(|wanted| wanted == known.is_empty()) {
            let words = if known.is_empty() {
                "says nothing"
            } else {
                "says something"
            };
            return Some(format!("`{column}` {words}"));
        }
        let number = known.first().and_then(|text| number(text, words.decimal));
        let is_beyond = |bound: &Option<Number>, is_right: fn(&Number, &Number) -> bool| {
            bound.as_ref().is_some_and(|bound| {
                !number
                    .as_ref()
                    .is_some_and(|number| is_right(number, bound))
            })
        };
        if is_beyond(&self.above, |number, bound| number > bound) {
            return self
                .above
                .map(|bound| format!("`{column}` is not above {bound}"));
        }
        if is_beyond(&self.below, |number, bound| number < bound) {
            return self
                .below
                .map(|bound| format!("`{column}` is not below {bound}"));
        }
        None
    }
}

/// Returns the beginning of a long text.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
