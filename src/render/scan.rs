//! The last step of a page: HTML with addresses from the root of the host comes in; the same HTML
//! with links relative to the page and without white space that no reader sees goes out, with its
//! ids and the addresses that it links to. What of its white space goes is decided in `collapse`.
//!
//! Relative links let the same files work below any path and on any preview host. This reads the
//! HTML that our templates made, not any HTML of the world: it repairs nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::collapse::{Collapse, Edit};
use crate::content::note_prefix;
use crate::ordered;
use crate::path::relative;
use crate::tags::{
    Attribute, attributes, decode, end_of_code, end_of_comment, end_of_declaration, is_space,
    name_of,
};

/// A page with relative links, and what links need to know of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scan {
    pub html: String,
    /// Sorted, each once.
    pub ids: Vec<String>,
    /// The addresses that the page links to, as they were, character references decoded; each once,
    /// in order.
    pub links: Vec<String>,
    /// Ids that stand on more than one element.
    pub repeated: Vec<String>,
}

/// How a page writes links to its own site.
#[derive(Clone, Copy, Debug)]
pub enum Links<'a> {
    /// Relative to the page's address: right wherever the files are put. `base` is the path of the
    /// site with `/` at both ends.
    Relative { base: &'a str, own: &'a str },
    /// From the root of the host: for a page that is served at any address (404.html).
    FromRoot,
}

/// What becomes of white space and comments that no reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhiteSpace {
    Collapses,
    Stays,
}

/// Scans a page and writes its links anew.
pub fn scan(html: &str, links: Links<'_>, white_space: WhiteSpace) -> Scan {
    let mut scanner = Scanner {
        html,
        style: links,
        written: Written {
            out: String::with_capacity(html.len()),
            done: 0,
        },
        collapse: (white_space == WhiteSpace::Collapses).then(Collapse::new),
        ids: vec![],
        links: ordered::Set::default(),
        notes: Notes::default(),
    };
    scanner.run();
    let Scanner {
        written,
        mut ids,
        links,
        ..
    } = scanner;
    ids.sort_unstable();
    let repeated = ids
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0].clone())
        .collect();
    ids.dedup();
    Scan {
        html: written.finish(html),
        ids,
        links: links.into_iter().map(Cow::into_owned).collect(),
        repeated,
    }
}

/// Goes through a page once.
struct Scanner<'h> {
    html: &'h str,
    style: Links<'h>,
    written: Written,
    /// `None` when white space stays.
    collapse: Option<Collapse<'h>>,
    ids: Vec<String>,
    links: ordered::Set<Cow<'h, str>>,
    notes: Notes,
}

/// The page as it is written anew: what does not change is copied in long pieces.
struct Written {
    out: String,
    /// How far the page was copied.
    done: usize,
}

impl Written {
    fn replace(&mut self, html: &str, range: Range<usize>, by: impl FnOnce(&mut String)) {
        self.out.push_str(&html[self.done..range.start]);
        by(&mut self.out);
        self.done = range.end;
    }

    fn finish(mut self, html: &str) -> String {
        self.out.push_str(&html[self.done..]);
        self.out
    }
}

impl<'h> Scanner<'h> {
    fn run(&mut self) {
        let html = self.html;
        let mut text = 0;
        let mut at = 0;
        while let Some(next) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
            let start = at + next;
            let after = html.as_bytes().get(start + 1);
            let is_markup = after.is_some_and(|byte| {
                byte.is_ascii_alphabetic() || matches!(byte, b'!' | b'?' | b'/')
            });
            if !is_markup {
                at = start + 1;
                continue;
            }
            self.collapse(|collapse, edit| collapse.text(html, text..start, edit));
            at = match after {
                Some(b'/') => self.end_tag(start),
                Some(b'!' | b'?') => self.declaration(start),
                _ => self.start_tag(start),
            };
            text = at;
        }
        self.collapse(|collapse, edit| {
            collapse.text(html, text..html.len(), edit);
            collapse.finish(edit);
        });
    }

    /// Tells what was read to who collapses white space, if anybody does.
    fn collapse(&mut self, read: impl FnOnce(&mut Collapse<'h>, &mut dyn FnMut(Edit))) {
        let (html, written) = (self.html, &mut self.written);
        if let Some(collapse) = &mut self.collapse {
            read(collapse, &mut |Edit { range, by }| {
                written.replace(html, range, |out| out.push_str(by));
            });
        }
    }

    /// Reads a start tag, with what `script` and `style` hold; returns where that ends.
    fn start_tag(&mut self, start: usize) -> usize {
        let html = self.html;
        let rest = &html[start + 1..];
        let name = name_of(rest);
        self.collapse(|collapse, edit| collapse.start(name, edit));
        let from = start + 1 + name.len();
        let at = attributes(html, from, |Attribute { name, value, .. }| {
            self.attribute(name, value);
        });
        let at = (at + 1).min(html.len());
        if !name.eq_ignore_ascii_case("script") && !name.eq_ignore_ascii_case("style") {
            return at;
        }
        end_of_code(html, at, name)
    }

    fn end_tag(&mut self, start: usize) -> usize {
        let html = self.html;
        let rest = &html[start + 2..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.collapse(|collapse, edit| collapse.other(edit));
            return end_of_declaration(html, start);
        }
        let name = name_of(rest);
        self.collapse(|collapse, edit| collapse.end(name, edit));
        let at = attributes(html, start + 2 + name.len(), |_| {});
        (at + 1).min(html.len())
    }

    /// Reads `<!…` or `<?…`.
    fn declaration(&mut self, start: usize) -> usize {
        let html = self.html;
        let rest = &html[start..];
        if let Some(body) = rest.strip_prefix("<!--") {
            let end = end_of_comment(body).map(|length| start + 4 + length);
            let is_for_machines = body.starts_with(['[', '!', '#']);
            let is_joined = end.is_some_and(|end| {
                let next = html.as_bytes().get(end);
                next.is_some_and(|next| !is_space(*next) && *next != b'<')
            });
            self.collapse(|collapse, edit| match end {
                Some(end) if !is_for_machines => collapse.comment(start..end, is_joined, edit),
                _ => collapse.other(edit),
            });
            return end.unwrap_or(html.len());
        }
        let is_doctype = rest
            .get(..9)
            .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"));
        self.collapse(|collapse, edit| {
            if is_doctype {
                collapse.doctype(edit);
            } else {
                collapse.other(edit);
            }
        });
        end_of_declaration(html, start)
    }

    fn attribute(&mut self, name: &str, range: Range<usize>) {
        let html = self.html;
        let written = &html[range.clone()];
        match name {
            "id" => {
                let id = decode(written);
                let Some(another) = self.notes.id(&id) else {
                    self.ids.push(id.into_owned());
                    return;
                };
                self.written
                    .replace(html, range, |out| out.push_str(&another));
                self.ids.push(another);
            }
            "href" | "src" | "action" | "srcset" => {
                let value = decode(written);
                let value = self.notes.link(&value).map_or(value, Cow::Owned);
                let is_other_place = value.starts_with('#') && value != written;
                let new = rewrite(name, &value, self.style)
                    .or_else(|| is_other_place.then(|| value.to_string()));
                if let Some(new) = new {
                    self.written
                        .replace(html, range, |out| crate::escape::push(out, &new));
                }
                self.link(name, value);
            }
            _ => {}
        }
    }

    fn link(&mut self, attribute: &str, value: Cow<'h, str>) {
        if attribute != "srcset" {
            self.links.insert(value);
            return;
        }
        let urls = value
            .split(',')
            .filter_map(|candidate| candidate.split_whitespace().next());
        self.links.extend(urls.map(|url| url.to_owned().into()));
    }
}

/// Texts of records with notes: where one stands on the page again, the ids of its notes get a
/// number.
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
            *copy = Copy {
                number: copy.number + 1,
                ids: BTreeSet::from([id.to_owned()]),
            };
        }
        copy.of(id)
    }

    /// The same for a link to such an id.
    fn link(&self, link: &str) -> Option<String> {
        let id = link.strip_prefix('#')?;
        self.0
            .get(note_prefix(id)?)?
            .of(id)
            .map(|id| format!("#{id}"))
    }
}

impl Copy {
    fn of(&self, id: &str) -> Option<String> {
        (self.number > 0).then(|| id.replacen('~', &format!(".{}~", self.number + 1), 1))
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
        let (url, size) = candidate
            .trim()
            .split_once(' ')
            .unwrap_or((candidate.trim(), ""));
        format!("{} {size}", one(url).unwrap_or_else(|| url.to_owned()))
            .trim()
            .to_owned()
    });
    Some(candidates.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_links_are_found_and_text_is_not() {
        let html = r#"<!-- <a href="no"> --><h2 id="a">x</h2><a href="/b?x=1&amp;y=2" title='>'>y</a><script>"<a href='no'>"</script><img src=/c.png alt><p id=a> 1 < 2 <"#;
        let found = scan(html, Links::FromRoot, WhiteSpace::Stays);
        assert_eq!(found.html, html);
        assert_eq!(found.ids, ["a"]);
        assert_eq!(found.repeated, ["a"]);
        assert_eq!(found.links, ["/b?x=1&y=2", "/c.png"]);
    }

    #[test]
    fn notes_of_a_text_that_stands_twice_have_their_own_ids() {
        let text = r##"<a id="t0123abcd~fnref-1" href="#t0123abcd~fn-1">1</a><li id="t0123abcd~fn-1"><a href="#t0123abcd~fnref-1">b</a></li>"##;
        let found = scan(&[text, text].concat(), Links::FromRoot, WhiteSpace::Stays);
        assert_eq!(
            found.html,
            [text.to_owned(), text.replace("t0123abcd~", "t0123abcd.2~")].concat()
        );
        assert!(
            found.repeated.is_empty() && found.ids.len() == 4,
            "{found:?}"
        );
    }

    #[test]
    fn links_become_relative_and_nothing_else_changes() {
        let html = r#"<p title="/s/a/">/s/b/<a href="/s/roles/x/ladder/#y">1</a><a href='//host/s/'>2</a><img srcset="/s/a.png 1x, /s/b.png 2x" src=/s/a.png><a href="/other/">3</a>"#;
        let found = scan(
            html,
            Links::Relative {
                base: "/s/",
                own: "/s/roles/x/",
            },
            WhiteSpace::Stays,
        );
        assert_eq!(
            found.html,
            r#"<p title="/s/a/">/s/b/<a href="ladder/#y">1</a><a href='//host/s/'>2</a><img srcset="../../a.png 1x, ../../b.png 2x" src=../../a.png><a href="/other/">3</a>"#
        );
        assert_eq!(
            found.links,
            [
                "/s/roles/x/ladder/#y",
                "//host/s/",
                "/s/a.png",
                "/s/b.png",
                "/other/"
            ]
        );
    }

    #[test]
    fn odd_text_ends() {
        for html in [
            "<",
            "<a",
            "<a =",
            "<a ='",
            "<a \"b\" 'c'=>",
            "<a é=1>",
            "<script>",
            "<a\u{a0}é",
            "<a =é",
            "<!--",
            "<a href=\"é",
            "<a b=\u{a0}>",
        ] {
            let own = Links::Relative {
                base: "/",
                own: "/",
            };
            for white_space in [WhiteSpace::Stays, WhiteSpace::Collapses] {
                assert_eq!(scan(html, own, white_space).html, html);
            }
        }
    }

    #[track_caller]
    fn collapsed(html: &str, expected: &str) {
        let of = |html| scan(html, Links::FromRoot, WhiteSpace::Collapses).html;
        assert_eq!(of(html), expected);
        assert_eq!(of(expected), expected, "a second time");
        assert_eq!(scan(html, Links::FromRoot, WhiteSpace::Stays).html, html);
    }

    #[test]
    fn white_space_becomes_one_character_or_nothing() {
        collapsed(
            "<ul>\n  <li>  a  b\n c  </li>\n  <li> <b> d </b> </li>\n</ul>\n",
            "<ul><li>a b\nc</li>\n<li><b> d </b></li></ul>\n",
        );
        collapsed(
            "<table> <col> <tr> <td> a </td>\n<th> </th> </tr> </table> b",
            "<table><col><tr><td>a</td><th> </th></tr></table> b",
        );
        collapsed(
            "<select> <option> a  b </option> <option>c</option> </select>",
            "<select><option>a b</option><option>c</option></select>",
        );
        collapsed(
            "<!doctype html>\n<html>\n <head> <meta a>\n <title> x  y </title> <script> a </script>\n</head>\n<body>\n <hr>  a\n</body>\n</html>\n",
            "<!doctype html><html><head><meta a><title> x  y </title><script> a </script></head><body><hr> a</body></html>\n",
        );
        collapsed(
            "<p>a\u{a0} b\u{3000}\u{a0}c</p>",
            "<p>a\u{a0} b\u{3000}\u{a0}c</p>",
        );
        collapsed("<a>x</a>  <a\n b>y</a>", "<a>x</a> <a\n b>y</a>");
        collapsed("<div>  </div>", "<div> </div>");
        collapsed(
            "<svg> <g> <path/>  <path/> </g> </svg>",
            "<svg><g><path/> <path/> </g></svg>",
        );
    }

    #[test]
    fn behind_a_formatting_element_that_was_left_open_no_white_space_goes() {
        for stays in [
            "<li><b><li> <dl></dl>",
            "<p><b>a</p> <ul> <li>b</li> </ul>",
            "<span><b></span><ul> <li>b</li> </ul>",
            "<b><i></b><ul> <li>c</li> </ul>",
            "<p><code></p><ul> <li>d</li> </ul>",
            "<p><code><li></code>a </p>",
            "<p><code><li></p>a  b</code>",
        ] {
            collapsed(stays, stays);
        }
        collapsed(
            "<p><b>a <img></b></p><ul> <li><a>b</a></li> </ul>",
            "<p><b>a <img></b></p><ul><li><a>b</a></li></ul>",
        );
    }

    #[test]
    fn comments_go_unless_a_machine_reads_them() {
        collapsed(
            "<p>a <!-- c --> b</p> <!-- d -->\n<p>e<!-- f -->g</p><!-- h -->",
            "<p>a b</p>\n<p>e<!-- f -->g</p>",
        );
        for stays in [
            "<!--[if IE]>  a  <![endif]-->",
            "<!--! a  -->",
            "<!--#include  file=\"a\" -->",
            "<!-- a",
            "&<!-- a -->amp;",
        ] {
            collapsed(stays, stays);
        }
    }

    #[test]
    fn what_shows_white_space_stays() {
        for stays in [
            "<pre>\n  a  <b>  c</b>  </pre>",
            "<textarea>  a  </textarea>",
            "<script type=\"application/ld+json\">{  \"a\":  1  }</script>",
            "<style>  a  { }  </style>",
            "<p>a <code>  b  <i>  c </i> </code> <kbd>  </kbd> <samp>  d</samp></p>",
            "<svg><text> a  b </text></svg>",
            "<pre><table><tr><td></pre>  a  ",
            "<a title=\"  b  \">c</a>",
        ] {
            collapsed(stays, stays);
        }
    }
}
