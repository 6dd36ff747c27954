//! The headers that a site is published with, as the preview sends them: so that what they break is
//! broken while it is written. What would keep the preview itself from working is changed, and what
//! has a meaning for published sites alone is left out.

use crate::layout::output::OutputKind;
use crate::path::encode;
use crate::plan::Plan;
use crate::policy::{HeaderRules, POLICY_HEADER, directives, find};
use crate::render::Renderer;

/// The nonce of the preview's own script, for policies that take nothing else.
pub const NONCE: &str = "rungs-preview";

/// The name that the preview's script turns a page into trusted HTML under.
const TRUSTED: &str = "rungs-preview";

/// Headers of connections, of caches, and of https, which the preview does not have; and those with
/// which other sites could read what is not published yet.
const LEFT_OUT: [&str; 10] = [
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "cross-origin-resource-policy",
    "keep-alive",
    "location",
    "strict-transport-security",
    "transfer-encoding",
    "upgrade",
];

/// Directives that have no meaning without https.
const OF_HTTPS: [&str; 2] = ["upgrade-insecure-requests", "block-all-mixed-content"];

/// Returns the rules of a site's `_headers`, and none for hosts that do not read it.
pub fn rules(plan: &Plan, renderer: &Renderer<'_>) -> HeaderRules {
    let config = &plan.site.config;
    let output = plan.layout.outputs.get("_headers");
    let bytes = output
        .filter(|_| config.site.publish.sends_headers())
        .filter(|output| !matches!(output.what, OutputKind::Page(_)))
        .and_then(|output| renderer.bytes(&output.what).ok());
    let text = bytes.as_deref().map(String::from_utf8_lossy);
    HeaderRules::parse(&text.unwrap_or_default(), &config.origin)
}

/// Returns the headers of a path, without the base path of the site, as the preview sends them.
pub fn headers(rules: &HeaderRules, path: &str) -> Vec<(String, String)> {
    let mut headers = rules.of(path);
    headers.retain(|(name, _)| {
        !LEFT_OUT.contains(&name.as_str()) && !name.starts_with("access-control-")
    });
    headers
}

/// Returns a header as it is sent for a page at `path`, decoded, of the preview at `origin`.
pub fn with_preview(name: &str, value: String, origin: &str, path: &str) -> String {
    if !name.starts_with(POLICY_HEADER) {
        return value;
    }
    let policies: Vec<String> = value
        .split(',')
        .map(|policy| policy_with_preview(policy, origin, path))
        .collect();
    policies.join(", ")
}

/// Lets a policy allow the script of the preview, what that loads, and no more.
fn policy_with_preview(policy: &str, origin: &str, path: &str) -> String {
    let mut parts: Vec<(String, String)> = directives(policy)
        .filter(|(name, _)| !OF_HTTPS.iter().any(|of| name.eq_ignore_ascii_case(of)))
        .map(|(name, sources)| (name.to_owned(), sources.to_owned()))
        .collect();
    let path = encode(path).replace(';', "%3B").replace(',', "%2C");
    let script = ["script-src-elem", "script-src", "default-src"];
    if let Some((_, sources)) = find(policy, &script) {
        // Beside 'strict-dynamic', addresses count for nothing.
        let own = match sources.contains("'strict-dynamic'") {
            true => format!("'nonce-{NONCE}'"),
            false => format!("{origin}/.rungs/preview.js"),
        };
        allow(&mut parts, "script-src-elem", sources, &own);
    }
    if let Some((_, sources)) = find(policy, &["connect-src", "default-src"]) {
        let own = format!("{origin}/.rungs/events {origin}{path}");
        allow(&mut parts, "connect-src", sources, &own);
    }
    if let Some((_, names)) = find(policy, &["trusted-types"]) {
        allow(&mut parts, "trusted-types", names, TRUSTED);
    }
    let parts: Vec<String> = parts
        .iter()
        .map(|(name, sources)| format!("{name} {sources}").trim_end().to_owned())
        .collect();
    parts.join("; ")
}

/// Adds sources to those that a directive has, or inherits.
fn allow(parts: &mut Vec<(String, String)>, directive: &str, sources: &str, more: &str) {
    let sources = match sources.eq_ignore_ascii_case("'none'") {
        true => more.to_owned(),
        false => format!("{sources} {more}"),
    };
    let part = parts
        .iter_mut()
        .find(|(name, _)| name.eq_ignore_ascii_case(directive));
    match part {
        Some((_, old)) => *old = sources,
        None => parts.push((directive.to_owned(), sources)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(text: &str) -> String {
        with_preview(
            POLICY_HEADER,
            text.to_owned(),
            "http://localhost:1",
            "/a,b/ü/",
        )
    }

    #[test]
    fn a_policy_allows_the_preview_and_no_more() {
        let script = "http://localhost:1/.rungs/preview.js";
        let connect = "http://localhost:1/.rungs/events http://localhost:1/a%2Cb/%C3%BC/";
        assert_eq!(
            policy("default-src 'none'; script-src 'self'"),
            format!(
                "default-src 'none'; script-src 'self'; script-src-elem 'self' {script}; connect-src {connect}"
            )
        );
        assert_eq!(
            policy("script-src 'strict-dynamic' 'nonce-x'; connect-src 'none'"),
            format!(
                "script-src 'strict-dynamic' 'nonce-x'; connect-src {connect}; script-src-elem 'strict-dynamic' 'nonce-x' 'nonce-rungs-preview'"
            )
        );
        assert_eq!(
            policy("img-src *; upgrade-insecure-requests"),
            "img-src *",
            "what is not limited stays so"
        );
        assert_eq!(
            policy("require-trusted-types-for 'script'; trusted-types a, sandbox"),
            "require-trusted-types-for 'script'; trusted-types a rungs-preview, sandbox"
        );
        assert_eq!(
            with_preview("x-a", "script-src 'self'".to_owned(), "http://b", "/"),
            "script-src 'self'"
        );
    }

    #[test]
    fn headers_that_would_harm_the_preview_are_left_out() {
        let rules = HeaderRules::parse(
            "/*\n  Cache-Control: public\n  Access-Control-Allow-Origin: *\n  Strict-Transport-Security: max-age=1\n  X-A: 1\n",
            "https://example.com",
        );
        assert_eq!(
            headers(&rules, "/a.css"),
            [("x-a".to_owned(), "1".to_owned())]
        );
    }
}
