//! Paths and addresses as values: text comes in, a checked `SourcePath`, `UrlPath` or `OutPath`
//! goes out. No file system here: `std::path` lives in `disk/` only.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The longest name of one file or folder that every common file system can hold, in bytes.
const LONGEST_SEGMENT: usize = 200;

/// A file of the site folder: `/`-separated, in Unicode NFC, relative to the folder of `site.toml`.
/// ([`SourcePath::outside`] names another file.)
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

/// Where a page or file is on the web: starts with `/`, in NFC, without the base path of the site.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

/// Where a page or file is in the output folder: `/`-separated, relative to it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Arc<str>);

/// Why a text is no path that every host and file system can hold. `Display` is a sentence about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathFault {
    Leaves,
    Empty,
    Reserved(String),
    Character(char),
    TrailingDotOrSpace(String),
    TooLong(String),
    NoLetters(String),
}

impl SourcePath {
    /// Takes a clean relative path (`content/a.md`); `.` and `..` are not clean.
    pub fn new(text: &str) -> Result<Self, PathFault> {
        if text.is_empty() {
            return Err(PathFault::Empty);
        }
        if text.contains('\\') {
            return Err(PathFault::Character('\\'));
        }
        if text
            .split('/')
            .any(|segment| matches!(segment, "" | "." | ".."))
        {
            return Err(PathFault::Leaves);
        }
        Ok(Self(nfc(text)))
    }

    /// Names a file outside the site folder, for messages alone: `../old-sitemap.xml`, or an absolute
    /// path where there is no way.
    pub fn outside(text: &str) -> Self {
        Self(nfc(text))
    }

    /// Makes a path that the program itself names.
    pub(crate) fn known(text: &'static str) -> Self {
        Self(text.into())
    }

    /// Resolves a relative reference such as `../data-engineer/ladder.md` against the folder of
    /// this file. A leading `/` counts from `content/`.
    pub fn resolve(&self, reference: &str) -> Result<Self, PathFault> {
        let rooted = reference.strip_prefix('/');
        let mut parts: Vec<&str> = match rooted {
            Some(_) => vec!["content"],
            None => self
                .folder()
                .split('/')
                .filter(|part| !part.is_empty())
                .collect(),
        };
        for part in rooted.unwrap_or(reference).split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop().ok_or(PathFault::Leaves)?;
                }
                name => parts.push(name),
            }
        }
        Self::new(&parts.join("/"))
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the folder that holds the file, without a final `/`; empty at the top.
    pub fn folder(&self) -> &str {
        self.cut().0
    }

    /// Returns the file's name with its extension.
    pub fn name(&self) -> &str {
        self.cut().1
    }

    fn cut(&self) -> (&str, &str) {
        memchr::memrchr(b'/', self.0.as_bytes())
            .map_or(("", &*self.0), |at| (&self.0[..at], &self.0[at + 1..]))
    }

    /// Returns the file's name without its last extension.
    pub fn stem(&self) -> &str {
        self.name()
            .rsplit_once('.')
            .map_or(self.name(), |(stem, _)| stem)
    }

    /// Returns the last extension, without the dot; empty when there is none.
    pub fn extension(&self) -> &str {
        self.name()
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    /// Returns what follows `folder/`, when the file is inside that folder.
    pub fn inside(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

impl UrlPath {
    /// Takes an absolute path; adds nothing. Every segment must be a name that all hosts can hold.
    pub fn new(text: &str) -> Result<Self, PathFault> {
        let inner = text.strip_prefix('/').ok_or(PathFault::Leaves)?;
        let body = inner.strip_suffix('/').unwrap_or(inner);
        if !body.is_empty() {
            body.split('/').try_for_each(check_segment)?;
        }
        Ok(Self(nfc(text)))
    }

    /// The path as text, `/` first.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the file that a static host answers with: a final `/` stands for its `index.html`.
    pub fn output(&self) -> OutPath {
        let inner = &self.0[1..];
        if inner.is_empty() || inner.ends_with('/') {
            OutPath(format!("{inner}index.html").into())
        } else {
            OutPath(inner.into())
        }
    }

    /// Returns the path with every byte that is not plain in a URL percent-encoded.
    pub fn encoded(&self) -> Cow<'_, str> {
        encode(&self.0)
    }
}

impl OutPath {
    /// Takes a clean relative path of the output folder.
    pub fn new(text: &str) -> Result<Self, PathFault> {
        text.split('/').try_for_each(check_segment)?;
        Ok(Self(nfc(text)))
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the form that two paths share when a file system that ignores case or Unicode form
    /// cannot hold both; `None` when it is the path itself.
    pub fn folded(&self) -> Option<String> {
        let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
        let fold = || {
            self.0
                .nfkc()
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        if self.0.bytes().all(is_plain) {
            None
        } else {
            Some(fold()).filter(|folded| **folded != *self.0)
        }
    }
}

/// Percent-encodes a path for use in an attribute or a feed; `/` stays.
pub fn encode(path: &str) -> Cow<'_, str> {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    if is_plain(path) {
        return path.into();
    }
    const PLAIN: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'`')
        .add(b'{')
        .add(b'}')
        .add(b'\'')
        .add(b'&');
    utf8_percent_encode(path, PLAIN).into()
}

/// Returns true if a path means itself everywhere, in addresses and on disks, as most do. All bytes are
/// looked at, because many at once are quicker than one by one up to the first.
fn is_plain(path: &str) -> bool {
    path.bytes().fold(true, |is_plain, byte| {
        is_plain & (byte.is_ascii_alphanumeric() | matches!(byte, b'/' | b'-' | b'.' | b'_'))
    })
}

/// Splits a link into its path, and its query and fragment with their signs.
pub fn split_tail(link: &str) -> (&str, &str) {
    link.split_at(memchr::memchr2(b'?', b'#', link.as_bytes()).unwrap_or(link.len()))
}

/// Returns the link from one address to another, both from the root of the host; `None` when `to` is
/// not below `base`.
pub fn relative(to: &str, base: &str, own: &str) -> Option<String> {
    let (path, tail) = split_tail(to);
    // The root of the site may be written without its final `/`.
    let path = if path.len() + 1 == base.len() && base.starts_with(path) {
        base
    } else {
        path
    };
    let (target, own) = (path.strip_prefix(base)?, own.strip_prefix(base)?);
    if target == own && tail.starts_with('#') {
        return Some(tail.to_owned());
    }
    let folder = |path: &str| memchr::memrchr(b'/', path.as_bytes()).map_or(0, |at| at + 1);
    let shared = target[..folder(target)]
        .bytes()
        .zip(own[..folder(own)].bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let shared = folder(&target[..shared]);
    let up = own[shared..].bytes().filter(|byte| *byte == b'/').count();
    let down = &target[shared..];
    let mut link = String::with_capacity(3 * up + 2 + down.len() + tail.len());
    (0..up).for_each(|_| link.push_str("../"));
    // An empty link would be the page itself, and a name with a colon would be read as a scheme.
    if up == 0
        && (down.is_empty()
            || down
                .split('/')
                .next()
                .is_some_and(|name| name.contains(':')))
    {
        link.push_str("./");
    }
    link.push_str(down);
    link.push_str(tail);
    Some(link)
}

/// Refuses a name that some host or file system cannot hold or reads as something else.
pub fn check_segment(name: &str) -> Result<(), PathFault> {
    if name.is_empty() {
        return Err(PathFault::Empty);
    }
    if matches!(name, "." | "..") {
        return Err(PathFault::Leaves);
    }
    let is_bad = |c: char| {
        c.is_control()
            || matches!(
                c,
                '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | '%' | '#'
            )
    };
    if (!is_plain(name) || name.contains('/'))
        && let Some(bad) = name.chars().find(|c| is_bad(*c))
    {
        return Err(PathFault::Character(bad));
    }
    if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        return Err(PathFault::TrailingDotOrSpace(name.into()));
    }
    if is_reserved(name) {
        return Err(PathFault::Reserved(name.into()));
    }
    if name.len() > LONGEST_SEGMENT {
        return Err(PathFault::TooLong(name.chars().take(40).collect()));
    }
    Ok(())
}

/// Begins a text with a capital letter.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Makes a title of a slug or of the name of a file: "Getting started" of `getting-started`.
pub fn title_of(slug: &str) -> String {
    capitalized(&slug.replace(['-', '_'], " "))
}

/// Turns a name into a slug: lower case, letters and digits of any script with their marks, `-`
/// between words.
pub fn slugify(text: &str) -> String {
    if text.is_ascii() {
        return slug_of(
            text.bytes()
                .map(|byte| char::from(byte.to_ascii_lowercase())),
        );
    }
    // Unicode makes of İ an i with another dot on it.
    let lower = text.nfc().flat_map(|c| {
        if c == 'İ' {
            'I'.to_lowercase()
        } else {
            c.to_lowercase()
        }
    });
    slug_of(lower).nfc().collect()
}

/// Makes a slug of letters that are small already.
fn slug_of(letters: impl Iterator<Item = char>) -> String {
    let mut slug = String::with_capacity(letters.size_hint().0);
    let mut letters = letters.peekable();
    while let Some(c) = letters.next() {
        match c {
            '+' => slug.push_str(if slug.is_empty() || slug.ends_with('-') {
                "plus"
            } else {
                "-plus"
            }),
            '#' => slug.push_str(if slug.is_empty() || slug.ends_with('-') {
                "sharp"
            } else {
                "-sharp"
            }),
            '\'' | '’' => {}
            c if c.is_ascii_alphanumeric() || (c.is_alphanumeric() && !is_combining_mark(c)) => {
                slug.push(c);
            }
            // What belongs to a letter stays with it; alone, it says nothing.
            c if !c.is_ascii() && is_combining_mark(c) => slug.extend(
                Some(c)
                    .filter(|c| is_mark_of_letter(*c) && !slug.is_empty() && !slug.ends_with('-')),
            ),
            c if is_joiner(c) && joins(slug.chars().next_back(), letters.peek().copied()) => {
                slug.push(c);
            }
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Returns true if a character is part of a word of some language: a letter or digit, a mark on one, or
/// what joins or parts letters.
pub fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark_of_letter(c) || is_joiner(c)
}

/// Returns true for a mark that is part of how a word is written, not one that makes a picture of a
/// character, or chooses its form.
fn is_mark_of_letter(c: char) -> bool {
    let is_of_form = matches!(c, '\u{34F}' | '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    let encloses = matches!(c, '\u{488}' | '\u{489}' | '\u{1ABE}' | '\u{20DD}'..='\u{20E0}' | '\u{20E2}'..='\u{20E4}' | '\u{A670}'..='\u{A672}');
    is_combining_mark(c) && !is_of_form && !encloses
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Returns true if a joiner between two characters is spelling, as Persian and Sinhala have it: after a
/// sign that takes a letter's vowel, or between letters that are written joined. (Names of hosts
/// know the same rule.)
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let is_joined = |c: char| {
        is_letter(c)
            && matches!(c, '\u{600}'..='\u{8FF}' | '\u{1800}'..='\u{18AF}' | '\u{FB50}'..='\u{FEFC}')
    };
    match (before, after) {
        (Some(before), Some(after)) => {
            is_letter(after)
                && (canonical_combining_class(before) == 9
                    || (is_joined(before) && is_joined(after)))
        }
        _ => false,
    }
}

/// Returns a name like this one that can be part of an address.
pub fn nearest_slug(text: &str) -> Option<String> {
    let slug = slugify(text);
    if slug.is_empty() {
        return None;
    }
    let longer = format!("{slug}-page");
    [slug, longer]
        .into_iter()
        .find(|slug| check_segment(slug).is_ok())
}

/// Returns true for names that Windows keeps for devices, with or without an extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    // None is longer than CONOUT$; nearly every name is.
    if stem.len() > 7 {
        return false;
    }
    let stem = stem.to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            matches!(rest, "¹" | "²" | "³")
                || (rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
        })
    };
    matches!(
        stem.as_str(),
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$"
    ) || numbered("com")
        || numbered("lpt")
}

fn nfc(text: &str) -> Arc<str> {
    if text.is_ascii() || is_nfc(text) {
        text.into()
    } else {
        text.nfc().collect::<String>().into()
    }
}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leaves => f.write_str(
                "it leaves the site: use plain names, without `.`, `..` or an empty part",
            ),
            Self::Empty => f.write_str("it has an empty part"),
            Self::Reserved(name) => write!(
                f,
                "`{name}` is a device name on Windows, where the site could not be checked out or served"
            ),
            Self::Character(c) => write!(
                f,
                "the character {c:?} cannot stand in a file name on every system"
            ),
            Self::TrailingDotOrSpace(name) => write!(
                f,
                "`{name}` begins or ends with a dot or a space, which Windows drops"
            ),
            Self::NoLetters(name) => {
                write!(f, "`{name}` has no letters or digits to make an address of")
            }
            Self::TooLong(name) => write!(f, "`{name}…` is longer than {LONGEST_SEGMENT} bytes"),
        }
    }
}

macro_rules! text_path {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{:?}", &*self.0) }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> { serializer.serialize_str(&self.0) }
        }
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str { &self.0 }
        }
    )*};
}
text_path!(SourcePath UrlPath OutPath);

thread_local! {
    /// The path that this thread read last.
    static LAST_READ: RefCell<Option<SourcePath>> = const { RefCell::new(None) };
}

/// Reads a path. What is remembered of a file names it again and again: these share one text.
impl<'de> Deserialize<'de> for SourcePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PathText;

        impl de::Visitor<'_> for PathText {
            type Value = SourcePath;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the path of a file")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<SourcePath, E> {
                LAST_READ.with_borrow_mut(|last| {
                    if let Some(known) = last.as_ref().filter(|known| known.as_str() == text) {
                        return Ok(known.clone());
                    }
                    let path = SourcePath::new(text).map_err(de::Error::custom)?;
                    Ok(last.insert(path).clone())
                })
            }
        }

        deserializer.deserialize_str(PathText)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_stays_inside_the_site() {
        let file = SourcePath::new("content/roles/nurse/ladder.md").unwrap();
        assert_eq!(
            file.resolve("../data-engineer/ladder.md").unwrap().as_str(),
            "content/roles/data-engineer/ladder.md"
        );
        assert_eq!(
            file.resolve("/about.md").unwrap().as_str(),
            "content/about.md"
        );
        assert_eq!(
            file.resolve("../../../../etc/passwd"),
            Err(PathFault::Leaves)
        );
    }

    #[test]
    fn names_that_some_system_cannot_hold_are_refused() {
        for bad in [
            "/a/../b/",
            "/con/",
            "/aux.html",
            "/com1/",
            "/a./",
            "/a /",
            "/a:b/",
            "/a%2e/",
            "/a\\b/",
            "a/",
            "//host/",
        ] {
            assert!(UrlPath::new(bad).is_err(), "{bad} passed");
        }
        assert_eq!(
            UrlPath::new("/roles/").unwrap().output().as_str(),
            "roles/index.html"
        );
        assert_eq!(
            UrlPath::new("/404.html").unwrap().output().as_str(),
            "404.html"
        );
    }

    #[test]
    fn slugs_keep_letters_of_every_script() {
        assert_eq!(
            slugify("Backend Architect / Principal Engineer"),
            "backend-architect-principal-engineer"
        );
        assert_eq!(slugify("C++"), "c-plus-plus");
        assert_eq!(
            slugify("Krankenpfleger:in Übersicht"),
            "krankenpfleger-in-übersicht"
        );
        assert_eq!(
            slugify("Straße – Children's, nurse’s"),
            "straße-childrens-nurses"
        );
    }

    #[test]
    fn slugs_keep_marks_where_they_are_part_of_a_word() {
        for word in [
            "हिन्दी",
            "நிரல்",
            "ẹ̀kọ́",
            "ที่ปรึกษา",
            "မြန်မာ",
            "ខ្មែរ",
            "বাংলা",
            "עִבְרִית",
            "العَرَبِيَّة",
            "می‌خواهم",
            "ශ්‍රී",
            "क्‍ष",
            "བོད་".trim_end_matches('་'),
        ] {
            let wanted: String = word.nfc().collect();
            assert_eq!(slugify(word), wanted);
            assert_eq!(
                slugify(&word.nfd().collect::<String>()),
                wanted,
                "{word} decomposed"
            );
            assert_eq!(
                slugify(&format!("1. {word}, {word}!")),
                format!("1-{wanted}-{wanted}")
            );
        }
        assert_eq!(slugify("İstanbul, I\u{307}zmir"), "istanbul-izmir");
        assert_eq!(slugify(&"한국어".nfd().collect::<String>()), "한국어");
        assert_eq!(slugify("नर्स / डॉक्टर"), "नर्स-डॉक्टर");
    }

    #[test]
    fn marks_of_nothing_are_no_part_of_a_slug() {
        for (text, slug) in [
            ("❤\u{FE0F}", ""),
            ("1\u{FE0F}\u{20E3} a", "1-a"),
            ("👩\u{200D}💻 dev", "dev"),
            ("\u{301}a", "a"),
            ("a \u{94D} b", "a-b"),
            ("Auf\u{200C}lage", "auf-lage"),
        ] {
            assert_eq!(slugify(text), slug, "{text:?}");
        }
    }

    #[test]
    fn relative_links_lead_where_the_whole_ones_did() {
        for (to, own, wanted) in [
            ("/", "/", "./"),
            ("/#a", "/", "#a"),
            ("/a/", "/", "a/"),
            ("/", "/a/b/", "../../"),
            ("/a/b/", "/a/b/", "./"),
            ("/a/bc/", "/a/b/", "../bc/"),
            ("/a/b.html", "/a/c.html", "b.html"),
            ("/a/x:y/", "/a/", "./x:y/"),
            ("/feed.xml?a#b", "/a/", "../feed.xml?a#b"),
        ] {
            assert_eq!(relative(to, "/", own).unwrap(), wanted, "{to} from {own}");
        }
        assert_eq!(relative("/s", "/s/", "/s/a/").unwrap(), "../");
        assert_eq!(relative("/t/", "/s/", "/s/a/"), None);
    }
}
