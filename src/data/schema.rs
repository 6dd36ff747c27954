//! JSON Schema of the data files: types come in, a schema that editors understand goes out.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::decode::Decode;
use super::node::Table;

/// Collects the definitions that a schema refers to.
#[derive(Default)]
pub struct Schema {
    definitions: BTreeMap<&'static str, Value>,
}

/// One object of a schema while its keys are added.
#[derive(Default)]
pub struct Object {
    properties: Map<String, Value>,
    required: Vec<&'static str>,
}

impl Schema {
    /// Returns the whole schema of a file whose root is `T`.
    pub fn of<T: Decode>(title: &str) -> Value {
        let mut schema = Self::default();
        let root = T::schema(&mut schema);
        let mut document =
            json!({ "$schema": "http://json-schema.org/draft-07/schema#", "title": title });
        if let (Some(document), Some(root)) =
            (document.as_object_mut(), schema.resolve(&root).as_object())
        {
            document.extend(root.clone());
            document.insert("definitions".into(), json!(schema.definitions));
        }
        document
    }

    /// Returns the whole schema of a file that may lie above layers: one of them may say what the
    /// record must have.
    pub fn above_layers<T: Decode>(title: &str) -> Value {
        let mut document = Self::of::<T>(title);
        if let Some(document) = document.as_object_mut() {
            document.remove("required");
        }
        document
    }

    /// Adds an object once and refers to it.
    pub fn object(
        &mut self,
        name: &'static str,
        about: &str,
        keys: impl FnOnce(&mut Object, &mut Self),
    ) -> Value {
        if !self.definitions.contains_key(name) {
            self.definitions.insert(name, Value::Null);
            let mut object = Object::default();
            keys(&mut object, self);
            let Object {
                properties,
                required,
            } = object;
            let mut value = json!({ "type": "object", "description": about.trim(), "properties": properties, "required": required, "additionalProperties": false });
            if value["properties"].get("id").is_some() {
                value["properties"]["remove"] = json!({ "const": true, "description": "Drops the row of this id that an import gives." });
                let required = value
                    .as_object_mut()
                    .and_then(|value| value.remove("required"));
                value["anyOf"] =
                    json!([{ "required": required }, { "required": ["id", "remove"] }]);
            }
            self.definitions.insert(name, value);
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    /// Returns the keys of a record.
    pub(super) fn keys_of<'a>(&'a self, record: &'a Value) -> Vec<&'a str> {
        let keys = self.resolve(record).get("properties");
        let keys = keys.and_then(Value::as_object).into_iter().flatten();
        keys.map(|(key, _)| key.as_str()).collect()
    }

    /// Returns the keys of a record that must be there.
    pub(super) fn required_keys_of<'a>(&'a self, record: &'a Value) -> Vec<&'a str> {
        let record = self.resolve(record);
        let keys = record
            .get("required")
            .or_else(|| record.get("anyOf")?.get(0)?.get("required"));
        let keys = keys.and_then(Value::as_array).into_iter().flatten();
        keys.filter_map(Value::as_str).collect()
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let name = value
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|target| target.rsplit('/').next());
        name.and_then(|name| self.definitions.get(name))
            .unwrap_or(value)
    }
}

impl Object {
    /// Adds a key.
    pub fn key<T: Decode>(
        &mut self,
        name: &'static str,
        about: &str,
        has_default: bool,
        schema: &mut Schema,
    ) {
        let value = T::schema(schema);
        let described = match (about.trim(), value.get("$ref")) {
            ("", _) => value,
            // Draft 7 ignores what stands beside a $ref.
            (about, Some(_)) => json!({ "description": about, "allOf": [value] }),
            (about, None) => {
                let mut value = value;
                value["description"] = json!(about);
                value
            }
        };
        self.properties.insert(name.into(), described);
        if !has_default && T::absent().is_none() {
            self.required.push(name);
        }
    }
}

/// Returns where in a file a key belongs, in words, when it is none of the keys `here`: TOML puts a
/// key typed at the end of a file into the last table, a mistake that is easy to make and hard to
/// see. A key that is at the `top` already does not belong there again.
pub fn places_of(
    root: fn(&mut Schema) -> Value,
    key: &str,
    here: &[&str],
    top: Option<&Table>,
) -> Option<String> {
    let mut schema = Schema::default();
    let root = root(&mut schema);
    let mut found = vec![];
    search(&schema, &root, key, &mut vec![], &mut found);
    let is_taken = here.contains(&key) || top.is_some_and(|top| top.get(key).is_some());
    found.retain(|path: &Vec<String>| !path.is_empty() || !is_taken);
    match found.as_slice() {
        [] => None,
        [first, ..] if first.is_empty() => Some(format!(
            "`{key}` belongs to the top of the file: move it above the first [header]"
        )),
        places => {
            let listed = places
                .iter()
                .take(3)
                .map(|path| path.concat())
                .collect::<Vec<_>>()
                .join(" or ");
            Some(format!("`{key}` belongs to {listed}"))
        }
    }
}

fn search(
    schema: &Schema,
    value: &Value,
    key: &str,
    path: &mut Vec<String>,
    found: &mut Vec<Vec<String>>,
) {
    let Some(properties) = schema
        .resolve(value)
        .get("properties")
        .and_then(Value::as_object)
    else {
        return;
    };
    if properties.contains_key(key) {
        found.push(path.clone());
    }
    if !path.is_empty() {
        return;
    }
    for (name, inner) in properties {
        let inner = inner
            .get("allOf")
            .and_then(|all| all.get(0))
            .unwrap_or(inner);
        let (target, header) = match inner.get("items") {
            Some(items) => (items, format!("[[{name}]]")),
            None => (inner, format!("[{name}]")),
        };
        path.push(header);
        search(schema, target, key, path, found);
        path.pop();
    }
}
