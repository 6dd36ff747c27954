//! The maps inside the program.

use crate::path::SourcePath;
use crate::source::Source;

/// A map inside the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    Onet,
    Oews,
    Projections,
}

impl Preset {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Onet, Self::Oews, Self::Projections];

    /// Returns the map of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|preset| preset.name() == name)
    }

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Onet => "onet",
            Self::Oews => "oews",
            Self::Projections => "projections",
        }
    }

    /// Returns its text.
    pub fn text(self) -> &'static str {
        match self {
            Self::Onet => include_str!("../presets/onet.toml"),
            Self::Oews => include_str!("../presets/oews.toml"),
            Self::Projections => include_str!("../presets/projections.toml"),
        }
    }

    /// Returns it as a file.
    pub fn source(self) -> Source {
        Source {
            path: SourcePath::outside(&format!("{}.toml (inside the program)", self.name())),
            text: self.text().into(),
        }
    }
}
