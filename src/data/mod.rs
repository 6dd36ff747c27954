//! Typed data files: TOML or YAML text comes in, structs goes out, with every mistake at its place.
//!
//! One declaration (`record!`) of a struct gives its decoder, the keys that a message can suggest, and its JSON Schema,
//! so that what editors complete, what is checked and what is documented are one thing. (serde stops at the first
//! mistake and knows no places; that is why the decoding is our own.)

pub mod amount;
mod country;
mod day;
mod decode;
pub mod meant;
mod node;
mod scalar;
mod schema;
mod slip;
mod toml;
mod yaml;

pub use country::country;
pub use decode::{At, Decode, Decoder, Free, Map, decode_node, decode_root, written_as_record};
pub use node::{Key, Node, Table, Value};
pub use scalar::{AsOf, Currency, Decimal, Id, Link, Md, Text, is_safe_url, refused_as_id};
pub use schema::Schema;
pub use toml::parse_toml;
pub use yaml::parse_yaml;

pub(crate) use decode::{choice, record};
