//! Filters for addresses: `slug` and `url`.

use tera::{TeraResult, Value};

use super::{Input, Tools};
use crate::data::is_safe_url;
use crate::path::{encode, slugify, split_tail};

/// `{{ group.name | slug }}`: `Data & Cloud` becomes `data-cloud`.
pub fn slug(_: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&[])?;
    if input.value.is_none() {
        return Ok(Value::none());
    }
    Ok(slugify(input.text()?).into())
}

/// `{{ "roles/" | url }}`: the address of a path of the site, with the base path, and with the
/// fingerprint that a file of the theme's `static/` has. Addresses of a View are complete and stay
/// as they are; so do whole URLs with a safe scheme and `#anchors`. Anything else with a scheme is
/// refused.
pub fn url(tools: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&[])?;
    if input.value.is_none() {
        return Ok(Value::none());
    }
    let given = input.text()?;
    if is_safe_url(given) || given.starts_with('#') {
        return Ok(given.into());
    }
    address(tools, given)
        .map(Value::from)
        .map_err(|fault| input.fault(fault))
}

/// The address of a path of the site.
pub(super) fn address(tools: &Tools, given: &str) -> Result<String, String> {
    let (path, tail) = split_tail(given);
    if path.contains(':')
        || path.starts_with("//")
        || path.contains('\\')
        || given.chars().any(char::is_control)
    {
        return Err(format!(
            "`{}` is not an address that a page may link to",
            given.escape_debug()
        ));
    }
    if path.split('/').any(|part| part == "..") {
        return Err(format!(
            "`{given}` leaves the site: write a path from its root"
        ));
    }
    let inside = path.strip_prefix(tools.base_path.as_str()).unwrap_or(path);
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let address = tools
        .assets
        .get(inside)
        .cloned()
        .unwrap_or_else(|| format!("{}{}", tools.base_path, encode_once(inside)));
    Ok(format!("{address}{}", tail.replace(' ', "%20")))
}

/// Percent-encodes a path that may be encoded already.
fn encode_once(path: &str) -> String {
    let encoded = encode(path);
    let mut text = String::with_capacity(encoded.len());
    let mut rest = &*encoded;
    // `encode` writes `%` as `%25`; one that stood before two hexadecimal digits was an escape.
    while let Some(at) = rest.find("%25") {
        let after = &rest[at + 3..];
        let escaped = after
            .as_bytes()
            .get(..2)
            .is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        text.push_str(&rest[..at]);
        text.push_str(if escaped { "%" } else { "%25" });
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::super::tests::render;
    use serde_json::json;

    fn url(path: &str) -> Result<String, String> {
        render("en", "{{ v | url | safe }}", json!(path))
    }

    #[test]
    fn paths_get_the_base_path_once() {
        assert_eq!(url("roles/").unwrap(), "/sub/roles/");
        assert_eq!(url("/roles/?a=b c#d").unwrap(), "/sub/roles/?a=b%20c#d");
        assert_eq!(url("/sub/roles/").unwrap(), "/sub/roles/");
        assert_eq!(url("").unwrap(), "/sub/");
        assert_eq!(
            url("/a b/ü%20/100%/").unwrap(),
            "/sub/a%20b/%C3%BC%20/100%25/"
        );
        assert_eq!(url("css/main.css").unwrap(), "/sub/css/main.0123abcd.css");
        assert_eq!(
            url("/css/main.css?v=1").unwrap(),
            "/sub/css/main.0123abcd.css?v=1"
        );
        assert_eq!(
            url("https://example.com/a").unwrap(),
            "https://example.com/a"
        );
        assert_eq!(url("mailto:a@example.com").unwrap(), "mailto:a@example.com");
        assert_eq!(url("#top").unwrap(), "#top");
        assert_eq!(
            render("en", "{{ \"a b&\" | url }}", json!(null)).unwrap(),
            "/sub/a%20b%26"
        );
    }

    #[test]
    fn what_no_page_may_link_to_is_refused() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            " javascript:x",
            "data:text/html,x",
            "//host/x",
            "java\tscript:x",
            "\\\\host",
            "vbscript:x",
        ] {
            assert!(
                url(bad).unwrap_err().contains("may link to"),
                "{bad} passed"
            );
        }
        assert!(url("/a/../../b").unwrap_err().contains("leaves the site"));
    }

    #[test]
    fn slugs_are_those_of_paths() {
        assert_eq!(
            render("en", "{{ v | slug }}", json!("Data & Cloud")).unwrap(),
            "data-cloud"
        );
    }
}
