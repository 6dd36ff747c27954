//! What a record is written as is what it was read from: random files, made by the JSON Schemas.

use std::cell::RefCell;
use std::fmt::Debug;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::config::{AreasFile, AuthorsFile, CategoriesFile, SkillsFile, SourcesFile};
use crate::data::{Decode, Schema, Value, decode_root, parse_toml, to_toml, value_of_json};
use crate::diag::Diagnostics;
use crate::path::SourcePath;
use crate::role::record::{FrameworkFile, PositionsFile, RoleFile};

/// Numbers that a seed decides.
struct Dice(Vec<u16>, usize);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.1 += 1;
        let number = self.0.get(self.1 % self.0.len().max(1)).copied();
        (usize::from(number.unwrap_or_default()) + self.1 * 7) % end.max(1)
    }
}

/// Makes a value that a schema allows; `None` for one that is left out.
fn made(root: &Json, schema: &Json, dice: &mut Dice, depth: usize) -> Option<Json> {
    if let Some(target) = schema["$ref"].as_str() {
        let name = target.rsplit('/').next()?;
        return made(root, &root["definitions"][name], dice, depth);
    }
    if let Some(first) = schema["allOf"].get(0) {
        return made(root, first, dice, depth);
    }
    if schema.get("properties").is_some() {
        return Some(object(root, schema, dice, depth));
    }
    if let Some(any) = schema["anyOf"].as_array() {
        return made(root, &any[dice.below(any.len())], dice, depth);
    }
    if let Some(choices) = schema["enum"].as_array() {
        return Some(choices[dice.below(choices.len())].clone());
    }
    let number = dice.below(60_000);
    let mut several = |schema: &Json| -> Vec<Json> {
        let rows = 0..=number % 3;
        rows.filter_map(|_| made(root, schema, dice, depth + 1))
            .collect()
    };
    Some(match schema["type"].as_str() {
        Some("boolean") => json!(number.is_multiple_of(2)),
        Some("integer") => json!(number % 90),
        Some("number") => json!(number),
        Some("array") if depth > 6 => return None,
        Some("array") => several(&schema["items"]).into(),
        Some("object") => {
            let rows = several(&schema["additionalProperties"]).into_iter();
            let keys = rows
                .enumerate()
                .map(|(row, value)| (format!("key-{row}"), value));
            Json::Object(keys.collect())
        }
        _ => text(schema["pattern"].as_str().unwrap_or_default(), number),
    })
}

fn text(pattern: &str, number: usize) -> Json {
    if pattern.contains("A-Z") {
        json!("EUR")
    } else if pattern.contains("d{4}") {
        json!(format!(
            "2026-{:02}-{:02}",
            1 + number % 12,
            1 + number % 28
        ))
    } else if pattern.contains("p{L}") {
        json!(format!("id-{number}"))
    } else if pattern.contains("http") {
        json!(format!("https://example.org/{number}"))
    } else {
        json!(["Some words", "Two\nlines \"quoted\"", "ü — ☃ \\ '''"][number % 3])
    }
}

fn object(root: &Json, schema: &Json, dice: &mut Dice, depth: usize) -> Json {
    let required = schema.get("required");
    let required = required.or_else(|| schema["anyOf"].get(0)?.get("required"));
    let required = required
        .and_then(Json::as_array)
        .cloned()
        .unwrap_or_default();
    let mut keys = serde_json::Map::new();
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        let is_wanted = dice.below(3) == 0 && depth < 6 && key != "remove" && key != "extra";
        if (required.contains(&json!(key)) || is_wanted)
            && let Some(value) = made(root, value, dice, depth + 1)
        {
            keys.insert(key.clone(), value);
        }
    }
    Json::Object(keys)
}

/// Decodes a tree; `None` if something is wrong with it.
fn read<T: Decode>(tree: &str) -> Option<T> {
    let path = SourcePath::known("content/x.toml");
    let mut diagnostics = Diagnostics::default();
    let table = parse_toml(&path, tree, 0, &mut diagnostics)?;
    decode_root(&path, table, &mut diagnostics).filter(|_| diagnostics.is_empty())
}

/// Returns the words of a value, without the places where its parts stand. They are sorted, because
/// TOML wants plain values above tables: the order of keys is not kept.
fn words<T: Debug>(value: &T) -> Vec<String> {
    let text = format!("{value:?}");
    let mut parts = text.split("span: ");
    let first = parts.next().unwrap_or_default().to_owned();
    let is_of_place = |c: char| c.is_ascii_digit() || c == '.';
    let bare = parts.fold(first, |bare, part| {
        bare + part.trim_start_matches(is_of_place)
    });
    let words = bare
        .split([' ', ',', '(', ')', '[', ']'])
        .filter(|word| !word.is_empty());
    let insets = ["inset:", "None", "Some", "1", "3", "4"];
    let mut words: Vec<String> = words
        .filter(|word| !insets.contains(word))
        .map(str::to_owned)
        .collect();
    words.sort();
    words
}

/// Returns whether a random file could be read, and was written as it was read.
fn check<T: Decode + Debug>(dice: &mut Dice) -> Result<bool, TestCaseError> {
    let schema = Schema::of::<T>("x");
    let tree = made(&schema, &schema, dice, 0);
    let Some(Value::Table(table)) = tree.and_then(|tree| value_of_json(&tree)) else {
        return Ok(false);
    };
    let text = to_toml(&table);
    let Some(value) = read::<T>(&text) else {
        return Ok(false);
    };
    let Some(Value::Table(written)) = value.encode() else {
        return Err(TestCaseError::fail("a file is a table"));
    };
    let written = to_toml(&written);
    let Some(again) = read::<T>(&written) else {
        return Err(TestCaseError::fail(format!("{text}\nbecame\n{written}")));
    };
    prop_assert_eq!(
        words(&again),
        words(&value),
        "{}\nbecame\n{}",
        text,
        written
    );
    Ok(true)
}

#[test]
fn what_a_record_is_written_as_is_what_it_was() {
    let read = RefCell::new([0; 8]);
    let checks = [
        check::<RoleFile>,
        check::<FrameworkFile>,
        check::<PositionsFile>,
        check::<SkillsFile>,
        check::<SourcesFile>,
        check::<CategoriesFile>,
        check::<AreasFile>,
        check::<AuthorsFile>,
    ];
    proptest!(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() }, |(numbers in prop::collection::vec(any::<u16>(), 40..400))| {
        let mut dice = Dice(numbers, 0);
        for (check, read) in checks.iter().zip(read.borrow_mut().iter_mut()) {
            *read += usize::from(check(&mut dice)?);
        }
    });
    let read = read.into_inner();
    assert!(
        read.iter().all(|count| *count > 5),
        "only {read:?} files could be read"
    );
}
