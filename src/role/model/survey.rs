//! What surveys of occupations say of a job: skills without levels, and interests, with where their
//! numbers stand on a scale.

use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::Need;
use crate::data::Decimal;

/// A skill that a job asks for at whatever level.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Required {
    pub need: Need,
    /// Its importance, where that is a number.
    pub rating: Option<Rating>,
}

/// What people who like the job are interested in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Interest {
    pub name: String,
    pub rating: Option<Rating>,
}

/// A number on a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub value: Decimal,
    pub min: Decimal,
    pub max: Decimal,
}

impl Rating {
    /// Returns where the number stands on the scale, from 0 to 1, rounded to three digits.
    pub fn position(&self) -> f64 {
        (self.share() * 1000.0).round() / 1000.0
    }

    /// Returns the same as exactly as it is known.
    pub fn share(&self) -> f64 {
        // A scale may be too long for the difference of its ends as an exact number.
        let [value, min, max] =
            [self.value, self.min, self.max].map(|number| number.0.to_f64().unwrap_or(0.0));
        if min < max {
            ((value - min) / (max - min)).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }

    /// Returns true if the number is on the scale.
    pub fn is_on_scale(&self) -> bool {
        self.min <= self.value && self.value <= self.max
    }

    /// Returns true if the number stands in the upper half of the scale, its middle included.
    pub fn is_high(&self) -> bool {
        self.share() >= 0.5
    }
}
