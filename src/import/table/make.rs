//! Cells become values: a row and what a key is made of come in, a value of the right shape goes out,
//! or the reason why there is none.

use rust_decimal::Decimal as Number;

use super::from::{Format, From, Others, PART, WordList};
use super::lookup::Lookups;
use super::number::number;
use super::register::Register;
use super::shape::Shape;
use super::test::{Words, shortened};
use crate::data::{AsOf, Currency, Decimal, Id, Link, Map, Node, Text, Value, decode_node, meant};
use crate::diag::Diagnostics;
use crate::import::html;
use crate::import::read::{Cell, Row};
use crate::path::SourcePath;

/// What values are made with.
#[derive(Clone, Copy)]
pub struct Maker<'m> {
    pub words: Words<'m>,
    /// Lists of words by name.
    pub lists: &'m Map<Map<Text>>,
    pub lookups: &'m Lookups,
    pub register: &'m Register,
}

/// A row, or one part of a cell of it.
#[derive(Clone, Copy)]
pub struct Entry<'r> {
    pub row: &'r Row<'r>,
    pub part: Option<&'r str>,
}

/// Why there is no value.
pub type Made<T> = Result<Option<T>, String>;

impl Maker<'_> {
    /// Makes the value of a key; `None` if nothing is known.
    pub fn value(&self, from: &From, shape: &Shape, entry: Entry<'_>) -> Made<Value> {
        if from.tests.refuse(entry.row, self.words).is_some() {
            return Ok(None);
        }
        if let Some(value) = &from.is {
            return constant(value, shape).map(Some);
        }
        let texts = self.texts(from, entry)?;
        if texts.is_empty() {
            return Ok(None);
        }
        if let Shape::List(inner) = shape {
            let values: Result<Vec<Value>, String> = texts
                .iter()
                .map(|text| self.shaped(text, inner, from))
                .collect();
            let values: Vec<Value> = values?.into_iter().filter(says_something).collect();
            return Ok(Some(values)
                .filter(|values| !values.is_empty())
                .map(Value::from));
        }
        let value = self.shaped(&texts.join(", "), shape, from)?;
        Ok(Some(value).filter(says_something))
    }

    /// Makes one text.
    pub fn text(&self, from: &From, entry: Entry<'_>) -> Made<String> {
        if let Some(value) = &from.is {
            return Ok(text_of(value));
        }
        let texts = self.texts(from, entry)?;
        Ok(Some(texts.join(", ")).filter(|text| !text.is_empty()))
    }

    /// Returns what the columns say: a text, or several where a cell has them.
    pub fn texts(&self, from: &From, entry: Entry<'_>) -> Result<Vec<String>, String> {
        let mut texts = vec![];
        for text in from
            .columns
            .iter()
            .map(|column| self.cell(column, entry))
            .find(|texts| !texts.is_empty())
            .unwrap_or_default()
        {
            for text in split(text, &from.split).filter(|text| !self.words.is_nothing(text)) {
                texts.extend(self.changed(text, from)?);
            }
        }
        if texts.is_empty() {
            texts.extend(from.default.clone());
        }
        Ok(texts)
    }

    fn cell<'r>(&self, column: &str, entry: Entry<'r>) -> Vec<&'r str> {
        let texts: Vec<&str> = if column == PART {
            entry.part.into_iter().collect()
        } else {
            match entry.row.cell(column) {
                Cell::Nothing => vec![],
                Cell::Text(text) => vec![text],
                Cell::List(texts) => texts.iter().map(String::as_str).collect(),
            }
        };
        texts
            .into_iter()
            .filter(|text| !self.words.is_nothing(text))
            .collect()
    }

    /// Looks a text up, cuts it, and puts other words in its place.
    fn changed(&self, text: &str, from: &From) -> Made<String> {
        let mut text = text.trim();
        if let Some(lookup) = &from.lookup {
            let found = self.lookups.find(lookup, text);
            let missing = || {
                format!(
                    "the table `{}` does not have `{}`",
                    lookup.table.value,
                    shortened(text)
                )
            };
            text = found.ok_or_else(missing)?;
        }
        if let Some(sign) = &from.after {
            let Some((_, rest)) = text.split_once(sign.as_str()) else {
                return Ok(None);
            };
            text = rest;
        }
        if let Some(sign) = &from.before {
            text = text
                .split_once(sign.as_str())
                .map_or(text, |(start, _)| start);
        }
        if let Some(count) = from.first {
            let end = text.char_indices().nth(count as usize);
            text = &text[..end.map_or(text.len(), |(at, _)| at)];
        }
        let mut text = text.trim().to_owned();
        let list = match &from.words {
            Some(WordList::These(list)) => Some(list),
            Some(WordList::Named(name)) => self.lists.get(name),
            None => None,
        };
        if let Some(list) = list {
            let missing = || format!("the map has no word for `{}`", shortened(&text));
            match list.get(&text) {
                Some(word) => text.clone_from(word),
                None if from.others == Some(Others::Keep) => {}
                None => return Err(missing()),
            }
        }
        Ok(Some(text).filter(|text| !self.words.is_nothing(text)))
    }

    /// Makes a value of a text.
    fn shaped(&self, text: &str, shape: &Shape, from: &From) -> Result<Value, String> {
        let html = from.format == Some(Format::Html);
        let text = match (from.format, shape) {
            (Some(Format::Html), Shape::Markdown) => return Ok(html::to_markdown(text).into()),
            (Some(Format::Markdown), Shape::Markdown) => return Ok(text.trim().into()),
            (Some(Format::Number), _) => return self.number(text, from),
            (Some(Format::Truth), _) => return truth(text),
            (Some(Format::Date), _) => return date(text),
            (Some(Format::Role), _) => return self.role(text),
            (Some(Format::Id), _) => return slug(text),
            (Some(Format::Sentence), _) => sentence(text),
            _ if html => html::to_text(text),
            _ => text.to_owned(),
        };
        match shape {
            Shape::Number => self.number(&text, from),
            Shape::Whole(least, most) => whole(self.number(&text, from)?, *least, *most),
            Shape::Link => link(&text),
            Shape::Currency => currency(&text),
            Shape::AsOf => as_of(&text),
            Shape::Truth => truth(&text),
            Shape::Date => date(&text),
            Shape::Id => Id::new(&text).map_or_else(|| slug(&text), |id| Ok(id.as_str().into())),
            Shape::Word(words) => word(&text, words),
            Shape::Markdown => Ok(html::escaped(&text).into()),
            Shape::Text | Shape::Any | Shape::List(_) | Shape::Table => {
                Ok(html::one_line(&text).into())
            }
        }
    }

    fn number(&self, text: &str, from: &From) -> Result<Value, String> {
        let found = number(text, self.words.decimal);
        let number = found.ok_or_else(|| format!("`{}` is no number", shortened(text)))?;
        let factor = from.times.map_or(Number::ONE, |times| times.0);
        let product = number
            .checked_mul(factor)
            .map(|product| product.normalize());
        let product = product.ok_or_else(|| format!("`{}` is too large", shortened(text)))?;
        Ok(Decimal(product).into())
    }

    fn role(&self, text: &str) -> Result<Value, String> {
        let role = self.register.find(text).into_iter().next();
        let role = role.ok_or_else(|| "the site has no such role".to_owned())?;
        Ok(role.as_str().into())
    }
}

/// Returns the parts of a text.
fn split<'t>(text: &'t str, signs: &'t [String]) -> impl Iterator<Item = &'t str> {
    let mut parts = vec![text];
    for sign in signs {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(sign.as_str()))
            .collect();
    }
    parts.into_iter().map(str::trim)
}

/// Returns a constant in the shape that is wanted: `is = "x"` for a list is a list of one.
fn constant(value: &Value, shape: &Shape) -> Result<Value, String> {
    Ok(match (value, shape) {
        (Value::Array(_), _) | (_, Shape::Any | Shape::Table) => value.clone(),
        (value, Shape::List(_)) => Value::Array(vec![Node::made(value.clone())]),
        (value, _) => value.clone(),
    })
}

/// Returns a plain value as text.
pub fn text_of(value: &Value) -> Option<String> {
    Some(match value {
        Value::String(text) | Value::Integer(text) | Value::Float(text) | Value::DateTime(text) => {
            text.clone()
        }
        Value::Bool(value) => value.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Null | Value::Array(_) | Value::Table(_) => return None,
    })
}

fn truth(text: &str) -> Result<Value, String> {
    let truth = meant::truth(text).map(Value::from);
    truth.ok_or_else(|| format!("`{}` is neither yes nor no", shortened(text)))
}

fn slug(text: &str) -> Result<Value, String> {
    let id = Id::of_name(text).map(|id| id.as_str().into());
    id.ok_or_else(|| format!("no id can be made of `{}`", shortened(text)))
}

fn date(text: &str) -> Result<Value, String> {
    let day = text.get(..10).unwrap_or(text);
    let day = day.parse::<jiff::civil::Date>().map(Value::Date);
    day.map_err(|_| format!("`{}` is no day such as 2026-11-28", shortened(text)))
}

fn whole(number: Value, least: i64, most: i64) -> Result<Value, String> {
    match &number {
        Value::Integer(digits) => match digits.parse::<i64>() {
            Ok(value) if (least..=most).contains(&value) => Ok(number),
            _ => Err(format!("{digits} is out of range")),
        },
        _ => Err(format!(
            "{} is no whole number",
            text_of(&number).unwrap_or_default()
        )),
    }
}

fn link(text: &str) -> Result<Value, String> {
    let link = Link::new(text).map(|link| link.as_str().into());
    link.ok_or_else(|| {
        format!(
            "`{}` is no address such as https://example.com/",
            shortened(text)
        )
    })
}

fn currency(text: &str) -> Result<Value, String> {
    let code = meant::currency(text).map_or_else(|| text.to_uppercase(), str::to_owned);
    if Currency::new(&code).is_none() {
        return Err(format!("`{}` is no currency", shortened(text)));
    }
    Ok(code.into())
}

fn as_of(text: &str) -> Result<Value, String> {
    let day = text.get(..10).unwrap_or(text);
    let path = SourcePath::outside("");
    let node = Node::made(day.into());
    let mut said = Diagnostics::default();
    let known: Option<AsOf> = decode_node(&path, "as_of", &node, &mut said);
    known.ok_or_else(|| format!("`{}` is no year, month or day", shortened(text)))?;
    Ok(day.into())
}

/// Returns false for a text without letters or signs, as markup without text leaves it.
fn says_something(value: &Value) -> bool {
    !matches!(value, Value::String(text) if text.trim().is_empty())
}

fn word(text: &str, words: &[String]) -> Result<Value, String> {
    let lower = text.to_lowercase();
    let same = words
        .iter()
        .find(|word| **word == lower)
        .map(String::as_str);
    let found = same.or_else(|| meant::choice(&lower, words.iter().map(String::as_str)));
    let found = found.map(Value::from);
    found.ok_or_else(|| format!("`{}` is none of {}", shortened(text), words.join(", ")))
}

/// Writes a text as a sentence begins: `CHIEF EXECUTIVES` is `Chief executives`.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}
