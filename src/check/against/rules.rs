//! The rules of a file `_redirects` that a site has of its own: its text comes in; whether a rule
//! answers for an address goes out.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

/// The addresses that rules answer for.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Addresses without `/` at both ends.
    exact: BTreeSet<String>,
    /// The segments of rules for many addresses.
    patterns: Vec<Vec<String>>,
}

impl Rules {
    /// Reads a file of redirects. The first word of a line is where a rule begins.
    pub fn of(text: &str) -> Self {
        let lines = text.lines().map(str::trim);
        let mut rules = Self::default();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let Some(from) = line.split_whitespace().next() else {
                continue;
            };
            let path = match from.split_once("://") {
                Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
                None => from,
            };
            let path = percent_decode_str(path.trim_matches('/')).decode_utf8_lossy();
            let is_pattern = |part: &str| part == "*" || part.starts_with(':');
            if path.split('/').any(is_pattern) {
                let parts = path.split('/').map(str::to_owned);
                rules.patterns.push(parts.collect());
            } else {
                rules.exact.insert(path.into_owned());
            }
        }
        rules
    }

    /// Returns true if a rule answers for an address.
    pub fn answer(&self, address: &str) -> bool {
        let address = address.trim_matches('/');
        self.exact.contains(address)
            || self
                .patterns
                .iter()
                .any(|pattern| is_match(pattern, address))
    }
}

/// Returns true if a pattern matches an address: `*` stands for all that follows, `:name` for one
/// segment.
fn is_match(pattern: &[String], address: &str) -> bool {
    let mut segments = address.split('/');
    for part in pattern {
        match (part.as_str(), segments.next()) {
            ("*", _) => return true,
            (_, None) => return false,
            (part, Some(segment)) if part == segment || part.starts_with(':') => {}
            _ => return false,
        }
    }
    segments.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::Rules;

    #[test]
    fn rules_name_one_address_or_many() {
        let rules = Rules::of(
            "# moved\n\n/a/ /b/ 301\n/blog/* /articles/:splat\nhttps://old.test/n/:year/x /x/\n/%C3%BC /ue/\n",
        );
        for there in ["/a/", "/a", "/blog/", "/blog/2019/x/", "/n/2020/x/", "/ü/"] {
            assert!(rules.answer(there), "{there}");
        }
        for gone in [
            "/",
            "/a/b/",
            "/blogs/",
            "/n/2020/",
            "/n/2020/x/y/",
            "/moved",
        ] {
            assert!(!rules.answer(gone), "{gone}");
        }
    }
}
