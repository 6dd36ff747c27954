//! Links of a finished page: HTML with addresses from the root of the host comes in; the same HTML with links relative to
//! the page goes out, with its ids and the addresses that it links to. Relative links let the same files work below any
//! path and on any preview host. This reads the HTML that our templates made, not any HTML of the world: it repairs nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::content::note_prefix;
use crate::ordered;
use crate::path::relative;

/// A page with relative links, and what links need to know of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scan {
    pub html: String,
    /// Sorted, each once.
    pub ids: Vec<String>,
    /// The addresses that the page links to, as they were, character references decoded; each once, in order.
    pub links: Vec<String>,
    /// Ids that stand on more than one element.
    pub repeated: Vec<String>,
}

/// How a page writes links to its own site.
#[derive(Clone, Copy, Debug)]
pub enum Links<'a> {
    /// Relative to the page's address: right wherever the files are put. `base` is the path of the site with `/` at both ends.
    Relative { base: &'a str, own: &'a str },
    /// From the root of the host: for a page that is served at any address (404.html).
    FromRoot,
}

/// Scans a page and writes its links anew.
pub fn scan(html: &str, style: Links<'_>) -> Scan {
    let mut found = Scan { html: String::with_capacity(html.len()), ..Scan::default() };
    let mut links = ordered::Set::default();
    let mut notes = Notes::default();
    let mut done = 0;
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        at += next + 1;
        let rest = &html[at..];
        match rest.as_bytes().first() {
            Some(b'!') => {
                if let Some(comment) = rest.strip_prefix("!--") {
                    at = comment.find("-->").map_or(html.len(), |end| at + 3 + end + 3);
                }
                continue;
            }
            Some(first) if first.is_ascii_alphabetic() => {}
            _ => continue,
        }
        let name = &rest[..end_of(rest, |byte| matches!(byte, b'>' | b'/'))];
        at = attributes(html, at + name.len(), |attribute, start, end| match attribute {
            "id" => {
                let id = decode(&html[start..end]);
                match notes.id(&id) {
                    Some(another) => {
                        found.html.push_str(&html[done..start]);
                        found.html.push_str(&another);
                        done = end;
                        found.ids.push(another);
                    }
                    None => found.ids.push(id.into_owned()),
                }
            }
            "href" | "src" | "action" | "srcset" => {
                let value = decode(&html[start..end]);
                let value = notes.link(&value).map_or(value, Cow::Owned);
                if let Some(written) =
                    rewrite(attribute, &value, style).or_else(|| (value.starts_with('#') && value != html[start..end]).then(|| value.to_string()))
                {
                    found.html.push_str(&html[done..start]);
                    crate::escape::push(&mut found.html, &written);
                    done = end;
                }
                match attribute {
                    "srcset" => links.extend(value.split(',').filter_map(|candidate| candidate.split_whitespace().next()).map(|url| url.to_owned().into())),
                    _ => _ = links.insert(value),
                }
            }
            _ => {}
        });
        if matches!(name, "script" | "style") {
            at = memchr::memmem::find(&html.as_bytes()[at..], format!("</{name}").as_bytes()).map_or(html.len(), |end| at + end);
        }
    }
    found.html.push_str(&html[done..]);
    found.links = links.into_iter().map(Cow::into_owned).collect();
    found.sort_ids();
    found
}

/// Texts of records with notes: where one stands on the page again, the ids of its notes get a number.
#[derive(Default)]
struct Notes(BTreeMap<String, Copy>);

/// Which copy of a text is read, and the ids that it had so far.
#[derive(Default)]
struct Copy {
    number: usize,
    ids: BTreeSet<String>,
}

impl Notes {
    /// What an id must be instead, if it is one of a copy.
    fn id(&mut self, id: &str) -> Option<String> {
        let copy = self.0.entry(note_prefix(id)?.to_owned()).or_default();
        if !copy.ids.insert(id.to_owned()) {
            *copy = Copy { number: copy.number + 1, ids: BTreeSet::from([id.to_owned()]) };
        }
        copy.of(id)
    }

    /// The same for a link to such an id.
    fn link(&self, link: &str) -> Option<String> {
        let id = link.strip_prefix('#')?;
        self.0.get(note_prefix(id)?)?.of(id).map(|id| format!("#{id}"))
    }
}

impl Copy {
    fn of(&self, id: &str) -> Option<String> {
        (self.number > 0).then(|| id.replacen('~', &format!(".{}~", self.number + 1), 1))
    }
}

impl Scan {
    fn sort_ids(&mut self) {
        self.ids.sort_unstable();
        self.repeated = self.ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
        self.ids.dedup();
    }
}

/// A value with the links in it written anew; none when nothing changes.
fn rewrite(attribute: &str, value: &str, style: Links<'_>) -> Option<String> {
    let one = |url: &str| {
        let is_ours = url.starts_with('/') && !url.starts_with("//");
        match style {
            _ if !is_ours => None,
            Links::Relative { base, own } => relative(url, base, own),
            Links::FromRoot => None,
        }
    };
    if attribute != "srcset" {
        return one(value);
    }
    let candidates = value.split(',').map(|candidate| {
        let (url, size) = candidate.trim().split_once(' ').unwrap_or((candidate.trim(), ""));
        format!("{} {size}", one(url).unwrap_or_else(|| url.to_owned())).trim().to_owned()
    });
    Some(candidates.collect::<Vec<_>>().join(", "))
}

/// Calls back for each attribute of a tag that has a value, with where the value stands; gives where the tag ends.
fn attributes<'h>(html: &'h str, mut at: usize, mut found: impl FnMut(&'h str, usize, usize)) -> usize {
    loop {
        at += html[at..].bytes().take_while(|byte| is_space(*byte) || *byte == b'/').count();
        let rest = &html[at..];
        if rest.is_empty() || rest.starts_with('>') {
            return at;
        }
        // A stray `=` is a name of its own, or this would never end.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = first + end_of(&rest[first..], |byte| matches!(byte, b'=' | b'>' | b'/'));
        let name = &rest[..length];
        at += length;
        let space = |at: usize| html[at..].bytes().take_while(|byte| is_space(*byte)).count();
        let equals = at + space(at);
        if html.as_bytes().get(equals) != Some(&b'=') {
            continue;
        }
        let start = equals + 1 + space(equals + 1);
        let (start, end) = match html.as_bytes().get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = memchr::memchr(*quote, &html.as_bytes()[start + 1..]).map_or(html.len(), |end| start + 1 + end);
                at = (end + 1).min(html.len());
                (start + 1, end)
            }
            _ => {
                let end = start + end_of(&html[start..], |byte| byte == b'>');
                at = end;
                (start, end)
            }
        };
        found(name, start, end);
    }
}

/// How far a text goes up to white space or another byte that ends it; those bytes are ASCII.
fn end_of(text: &str, ends: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(|byte| is_space(byte) || ends(byte)).unwrap_or(text.len())
}

/// What HTML takes for white space.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

/// Decodes the character references that our escaping makes.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_links_are_found_and_text_is_not() {
        let html = r#"<!-- <a href="no"> --><h2 id="a">x</h2><a href="/b?x=1&amp;y=2" title='>'>y</a><script>"<a href='no'>"</script><img src=/c.png alt><p id=a> 1 < 2 <"#;
        let found = scan(html, Links::FromRoot);
        assert_eq!(found.html, html);
        assert_eq!(found.ids, ["a"]);
        assert_eq!(found.repeated, ["a"]);
        assert_eq!(found.links, ["/b?x=1&y=2", "/c.png"]);
    }

    #[test]
    fn notes_of_a_text_that_stands_twice_have_their_own_ids() {
        let text = r##"<a id="t0123abcd~fnref-1" href="#t0123abcd~fn-1">1</a><li id="t0123abcd~fn-1"><a href="#t0123abcd~fnref-1">b</a></li>"##;
        let found = scan(&[text, text].concat(), Links::FromRoot);
        assert_eq!(found.html, [text.to_owned(), text.replace("t0123abcd~", "t0123abcd.2~")].concat());
        assert!(found.repeated.is_empty() && found.ids.len() == 4, "{found:?}");
    }

    #[test]
    fn links_become_relative_and_nothing_else_changes() {
        let html = r#"<p title="/s/a/">/s/b/<a href="/s/roles/x/ladder/#y">1</a><a href='//host/s/'>2</a><img srcset="/s/a.png 1x, /s/b.png 2x" src=/s/a.png><a href="/other/">3</a>"#;
        let found = scan(html, Links::Relative { base: "/s/", own: "/s/roles/x/" });
        assert_eq!(
            found.html,
            r#"<p title="/s/a/">/s/b/<a href="ladder/#y">1</a><a href='//host/s/'>2</a><img srcset="../../a.png 1x, ../../b.png 2x" src=../../a.png><a href="/other/">3</a>"#
        );
        assert_eq!(found.links, ["/s/roles/x/ladder/#y", "//host/s/", "/s/a.png", "/s/b.png", "/other/"]);
    }

    #[test]
    fn odd_text_ends() {
        for html in ["<", "<a", "<a =", "<a ='", "<a \"b\" 'c'=>", "<a é=1>", "<script>", "<a\u{a0}é", "<a =é", "<!--", "<a href=\"é", "<a b=\u{a0}>"] {
            assert_eq!(scan(html, Links::Relative { base: "/", own: "/" }).html, html);
        }
    }
}
