//! The theme of a site: its files and what `site.toml` says of it come in; a checked [`Theme`] goes
//! out.

use std::sync::Arc;

use serde::Serialize;

use super::cache::PartsCache;
use crate::config::{Config, MarkdownOptions, Minify};
use crate::data::{At, Md, Text};
use crate::diag::Diagnostics;
use crate::digest::Digest;
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::policy::{self, HeaderRules, Policy, Remedy};
use crate::session_cache::Made;
use crate::theme::{self, Assets, Setup, Theme};

/// A theme whose parameters were checked.
pub(super) struct CheckedTheme {
    pub theme: Arc<Theme>,
    /// Parameters in `site.toml` that some template reads as Markdown.
    pub texts: Vec<Md>,
    /// Whether the templates were loaded without an error.
    pub can_render: bool,
    /// What browsers may load.
    pub policy: Policy,
}

/// Everything that a loaded theme is a function of.
#[derive(Serialize)]
struct Key<'k> {
    files: Vec<(&'k SourcePath, Digest)>,
    name: &'k At<Text>,
    language: &'k At<Text>,
    base_path: &'k str,
    markdown: &'k MarkdownOptions,
    minifies: bool,
}

/// Loads the theme, unless it is in the cache.
pub(super) fn load(inputs: &Inputs, setup: Setup<'_>, cache: &PartsCache) -> Made<Theme> {
    let Setup {
        name,
        language,
        base_path,
        site_path,
        markdown,
        minify,
        memo: _,
    } = setup;
    // A theme sees no content: what it is handed is what is hashed.
    let inputs = inputs.filtered(|path| path.inside("content").is_none() && path != site_path);
    let files = inputs.iter().map(|(path, file)| (path, file.digest));
    let key = Key {
        files: files.collect(),
        name,
        language,
        base_path,
        markdown,
        minifies: minify != Minify::Off,
    };
    let digest = Digest::of_value(&key);
    cache.theme.get(&(), digest, |diagnostics| {
        Theme::load(&inputs, setup, diagnostics)
    })
}

/// Checks the parameters that `site.toml` gives a theme. Returns `None` when there is no theme.
pub(super) fn check(
    loaded: Made<Theme>,
    inputs: &Inputs,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<CheckedTheme> {
    let errors = diagnostics.errors();
    let theme = loaded.take(diagnostics)?;
    let params = &config.site.params.0;
    let site_file = super::site_file();
    theme::check_params(&theme.params, params, (inputs, &site_file), diagnostics);
    let policy = policy(&theme.assets, inputs, config);
    diagnostics.extend(theme.check_policy(&policy));
    Some(CheckedTheme {
        policy,
        can_render: diagnostics.errors() == errors,
        texts: theme::texts_of_params(&theme, params, (inputs, &site_file)),
        theme,
    })
}

/// Returns the policy that the pages of a site are sent with: that of its own `_headers`, or the usual
/// one.
fn policy(assets: &Assets, inputs: &Inputs, config: &Config) -> Policy {
    if !config.site.publish.sends_headers() {
        return Policy::default();
    }
    let Some(own) = assets.written_to("_headers") else {
        return Policy::new(&policy::usual(config), &config.origin, Remedy::Config);
    };
    // A file that cannot be read is reported where it is published.
    let text = own.bytes(inputs).unwrap_or_default();
    let rules = HeaderRules::parse(&String::from_utf8_lossy(&text), &config.origin);
    let headers = rules.of_all().into_iter();
    let policies = headers.filter(|(name, _)| name == policy::POLICY_HEADER);
    let text: String = policies.map(|(_, value)| value).collect();
    Policy::new(&text, &config.origin, Remedy::Headers)
}
