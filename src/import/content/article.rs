//! Articles as they are written here: front matter of Rungs, and a body.

use crate::content::FrontMatter;
use crate::data::{Decode, Table, Value, to_toml};

/// An article before it is written.
#[derive(Clone, Debug, Default)]
pub struct Article {
    pub front: Table,
    pub body: String,
}

impl Article {
    /// Writes the file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut front = self.front.clone();
        let keys = FrontMatter::keys();
        front
            .0
            .sort_by_key(|(key, _)| keys.iter().position(|name| *name == key.name));
        let body = self.body.trim_matches('\n');
        let gap = if body.is_empty() { "" } else { "\n" };
        format!("+++\n{}+++\n{gap}{body}{gap}", to_toml(&front)).into_bytes()
    }

    /// Returns how many bytes of the file stand before the body.
    pub fn body_start(&self) -> usize {
        self.bytes().len()
            - self.body.trim_matches('\n').len()
            - usize::from(!self.body.trim_matches('\n').is_empty())
    }

    /// Puts a list of texts, unless it is empty.
    pub fn put_list(&mut self, key: &str, texts: &[String]) {
        if !texts.is_empty() {
            let texts: Vec<Value> = texts
                .iter()
                .map(|text| Value::from(text.as_str()))
                .collect();
            self.front.put(key, texts);
        }
    }
}
