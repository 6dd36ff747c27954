//! A file `_headers`, as Netlify, Cloudflare Pages and others read it: its text comes in, the headers
//! of a path go out.

/// The header that says what browsers may load.
pub const POLICY_HEADER: &str = "content-security-policy";

/// The headers of all pages that are the same for every site.
pub const SECURITY: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    (
        "Permissions-Policy",
        "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// The rules of a file `_headers`.
#[derive(Clone, Debug, Default)]
pub struct HeaderRules(Vec<Rule>);

/// The headers of the paths that a pattern takes.
#[derive(Clone, Debug)]
struct Rule {
    pattern: String,
    headers: Vec<Change>,
}

/// What a line below a pattern does.
#[derive(Clone, Debug)]
enum Change {
    /// Adds a header; its name is in lower case.
    Add(String, String),
    /// Takes away what rules before have added: `! Name`.
    Remove(String),
}

impl HeaderRules {
    /// Reads a file. `origin` is where the site is published: rules of other hosts are left out.
    pub fn parse(text: &str, origin: &str) -> Self {
        let mut rules: Vec<Rule> = vec![];
        for line in text.lines() {
            let said = line.trim();
            if said.is_empty() || said.starts_with('#') {
                continue;
            }
            if !line.starts_with([' ', '\t']) {
                rules.push(Rule {
                    pattern: said.strip_prefix(origin).unwrap_or(said).to_owned(),
                    headers: vec![],
                });
            } else if let Some(rule) = rules.last_mut() {
                rule.headers.extend(change(said));
            }
        }
        Self(rules)
    }

    /// Returns the headers of a path from the root of the folder that is published. Names are in
    /// lower case, and each stands once: hosts join values that several rules give.
    pub fn of(&self, path: &str) -> Vec<(String, String)> {
        self.of_rules(|pattern| takes(pattern, path))
    }

    /// Returns the headers that all paths have.
    pub fn of_all(&self) -> Vec<(String, String)> {
        self.of_rules(|pattern| pattern == "/*")
    }

    fn of_rules(&self, applies: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        let mut headers: Vec<(String, String)> = vec![];
        for rule in self.0.iter().filter(|rule| applies(&rule.pattern)) {
            for change in &rule.headers {
                match change {
                    Change::Remove(name) => headers.retain(|(known, _)| known != name),
                    Change::Add(name, value) => {
                        match headers.iter_mut().find(|(known, _)| known == name) {
                            Some((_, values)) => *values = format!("{values}, {value}"),
                            None => headers.push((name.clone(), value.clone())),
                        }
                    }
                }
            }
        }
        headers
    }
}

fn change(line: &str) -> Option<Change> {
    if let Some(name) = line.strip_prefix('!') {
        return Some(Change::Remove(name.trim().to_ascii_lowercase()));
    }
    let (name, value) = line.split_once(':')?;
    let name = name.trim().to_ascii_lowercase();
    Some(Change::Add(name, value.trim().to_owned()))
}

/// Returns whether a pattern takes a path: `*` stands for any text, `:name` for a part of a path.
fn takes(pattern: &str, path: &str) -> bool {
    let path = path.as_bytes();
    // Whether what was read of the pattern takes so many bytes of the path.
    let mut ends = vec![false; path.len() + 1];
    ends[0] = true;
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let name = rest.strip_prefix(':').map_or(0, |name| {
            name.bytes()
                .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
                .count()
        });
        let mut next = vec![false; ends.len()];
        match first {
            '*' => {
                let first = ends.iter().position(|end| *end).unwrap_or(ends.len());
                next[first..].fill(true);
                rest = &rest[1..];
            }
            ':' if name > 0 => {
                for at in 1..next.len() {
                    next[at] = path[at - 1] != b'/' && (ends[at - 1] || next[at - 1]);
                }
                rest = &rest[1 + name..];
            }
            _ => {
                let length = first.len_utf8();
                let part = &rest.as_bytes()[..length];
                for at in length..next.len() {
                    next[at] = ends[at - length] && path[at - length..at] == *part;
                }
                rest = &rest[length..];
            }
        }
        ends = next;
    }
    ends[path.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_take_paths() {
        for (pattern, path, expected) in [
            ("/*", "/", true),
            ("/*", "/a/b.css", true),
            ("/a", "/a", true),
            ("/a", "/ab", false),
            ("/a/*", "/a/", true),
            ("/a/*", "/b/", false),
            ("/*.css", "/a/b.css", true),
            ("/*.css", "/a/b.js", false),
            ("/:year/x", "/2026/x", true),
            ("/:year/x", "/20/26/x", false),
            ("/:year", "/", false),
            ("/a:", "/a:", true),
            ("/ü*", "/über", true),
            ("", "/", false),
        ] {
            assert_eq!(takes(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn rules_add_join_and_remove() {
        let text = "# all\n/*\n  X-A: 1\n  X-B: a:b\n\nhttps://example.com/a/*\n\tx-a: 2\n  ! X-B\nhttps://other.example/*\n  X-C: 3\n";
        let rules = HeaderRules::parse(text, "https://example.com");
        let of = |path| -> Vec<String> {
            rules
                .of(path)
                .into_iter()
                .map(|(name, value)| format!("{name}: {value}"))
                .collect()
        };
        assert_eq!(of("/"), ["x-a: 1", "x-b: a:b"]);
        assert_eq!(of("/a/"), ["x-a: 1, 2"]);
        assert_eq!(rules.of_all(), rules.of("/"));
    }

    proptest::proptest! {
        #[test]
        fn any_pattern_takes_any_path_or_not(pattern in "[/*:a-cé_]{0,20}", path in "[/a-cé]{0,20}") {
            takes(&pattern, &path);
            assert!(takes("*", &path) && takes(&path, &path));
        }
    }

    #[test]
    fn odd_files_are_read() {
        for text in [
            "  X-A: 1",
            "/*\n  nothing\n  !\n  :",
            "\u{0}",
            "/*\r\n  X-A: 1\r\n",
        ] {
            HeaderRules::parse(text, "https://example.com").of("/");
        }
    }
}
