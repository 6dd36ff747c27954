//! Typed data files: TOML or YAML text comes in, structs go out, with every mistake at its place.
//!
//! One declaration of a struct ([`record!`]) gives its decoder, the keys that a message can suggest,
//! and its JSON Schema, so that what editors complete, what is checked and what is documented are
//! one thing. (serde stops at the first mistake and knows no places; that is why the decoding is
//! our own.)

pub mod amount;
mod as_of;
mod country;
mod currency;
mod day;
mod decode;
mod decoder;
mod id;
mod link;
mod made;
pub mod meant;
mod merge;
mod node;
mod number;
mod record;
mod schema;
mod slip;
mod text;
mod toml;
mod toml_error;
mod write;
mod yaml;
mod yaml_error;

pub use as_of::AsOf;
pub use country::country;
pub use currency::Currency;
pub use decode::{At, Decode, Free, Map, value_of_json};
pub use decoder::{Decoder, decode_node, decode_root};
pub use id::{Id, refused_as_id};
pub use link::{Link, is_safe_url};
pub use merge::{LISTS_WITH_IDS, Merge};
pub use node::{Key, Node, Table, Value};
pub use number::Decimal;
pub use record::written_as_record;
pub use schema::Schema;
pub use text::{Md, Text};
pub use toml::parse_toml;
pub use write::{to_toml, value_to_toml};
pub use yaml::{parse_yaml, parse_yaml_value};

pub(crate) use record::{choice, record};
