//! Variables of templates: values that can be hashed, and that become values of Tera only when a
//! template needs them.

use tera::Value;

use crate::digest::Digest;

/// A variable of a template. It becomes a value of Tera only when a template needs it.
pub struct Variable {
    pub name: &'static str,
    pub value: Box<dyn TemplateValue>,
}

impl Variable {
    pub fn new(name: &'static str, value: impl TemplateValue + 'static) -> Self {
        Self {
            name,
            value: Box::new(value),
        }
    }

    /// Returns the name with the digest of the value.
    pub(super) fn digest(&self) -> (&'static str, Digest) {
        (self.name, self.value.digest())
    }
}

/// A value for a template, which can be hashed without becoming a value of Tera.
pub trait TemplateValue: Send + Sync {
    /// Returns the value as templates take it.
    fn value(&self) -> Value;
    /// Returns the digest of the value.
    fn digest(&self) -> Digest;
    /// Returns the value as JSON.
    fn json(&self) -> String;
}

impl<T: serde::Serialize + Send + Sync> TemplateValue for T {
    fn value(&self) -> Value {
        Value::from_serializable(self)
    }
    fn digest(&self) -> Digest {
        Digest::of_value(self)
    }
    fn json(&self) -> String {
        // Every part of a View can be written as JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}
