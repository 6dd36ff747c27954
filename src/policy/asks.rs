//! What a piece of HTML asks a browser for: the text comes in; inline styles and scripts, and the
//! addresses that are loaded, go out with their places. Whether that is allowed is not known here.

use std::fmt;

use super::sources::{allow_address, has, names_single, scheme_of};
use crate::source::Span;
use crate::tags::{
    Attribute, attributes, decode, end_of_code, end_of_comment, end_of_declaration, is_space,
    name_of,
};

/// Stands in a text for what is not known of it, such as what a template prints.
pub const UNKNOWN: char = '\u{1A}';

/// Something that a browser does only if the policy allows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub span: Span,
    pub what: What,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Inline(Inline),
    Load(Load, String),
}

/// Code or style in the page itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// A `style` attribute.
    Style,
    /// A `<style>` element.
    StyleElement,
    /// A `<script>` element without `src`.
    Script,
    /// An attribute such as `onclick`, in lower case.
    Handler(String),
    /// An address that is a script: `javascript:…`.
    Address,
}

/// What is loaded from an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    Script,
    Style,
    Image,
    Media,
    Frame,
    Object,
    Manifest,
    Font,
    /// Where a form is sent.
    Form,
    /// What relative addresses begin with.
    Base,
}

impl Ask {
    /// Returns what an image asks for, unless it is one of the site.
    pub fn image(address: &str, span: Span) -> Option<Self> {
        let what = What::Load(Load::Image, address.to_owned());
        is_foreign(address).then_some(Self { span, what })
    }
}

impl What {
    /// Returns the directives that decide about this, the most special first.
    pub(super) fn directives(&self) -> &'static [&'static str] {
        match self {
            Self::Inline(Inline::Style) => &["style-src-attr", "style-src", "default-src"],
            Self::Inline(Inline::StyleElement) | Self::Load(Load::Style, _) => {
                &["style-src-elem", "style-src", "default-src"]
            }
            Self::Inline(Inline::Handler(_)) => &["script-src-attr", "script-src", "default-src"],
            Self::Inline(Inline::Script | Inline::Address) | Self::Load(Load::Script, _) => {
                &["script-src-elem", "script-src", "default-src"]
            }
            Self::Load(Load::Image, _) => &["img-src", "default-src"],
            Self::Load(Load::Media, _) => &["media-src", "default-src"],
            Self::Load(Load::Frame, _) => &["frame-src", "child-src", "default-src"],
            Self::Load(Load::Object, _) => &["object-src", "default-src"],
            Self::Load(Load::Manifest, _) => &["manifest-src", "default-src"],
            Self::Load(Load::Font, _) => &["font-src", "default-src"],
            Self::Load(Load::Form, _) => &["form-action"],
            Self::Load(Load::Base, _) => &["base-uri"],
        }
    }

    /// Returns whether the sources of a directive allow this. A nonce or a hash may.
    pub(super) fn is_allowed_by(&self, sources: &str, origin: &str) -> bool {
        let singles = names_single(sources);
        let inline = has(sources, "'unsafe-inline'") && !singles;
        match self {
            Self::Inline(Inline::Style | Inline::Handler(_) | Inline::Address) => {
                inline || singles && has(sources, "'unsafe-hashes'")
            }
            Self::Inline(Inline::StyleElement | Inline::Script) => inline || singles,
            Self::Load(Load::Script | Load::Style, _) if singles => true,
            Self::Load(_, address) => allow_address(sources, address, origin),
        }
    }

    /// Returns the directive and the source that would allow this.
    pub(super) fn remedy(&self) -> (&'static str, String) {
        // The last but one is the one that people write.
        let directive = match self.directives() {
            [.., directive, "default-src"] | [directive, ..] => directive,
            [] => "default-src",
        };
        let directive = match self {
            Self::Load(Load::Frame, _) => "frame-src",
            _ => directive,
        };
        let source = match self {
            Self::Inline(_) => "'unsafe-inline'".to_owned(),
            Self::Load(_, address) => source_of(address),
        };
        (directive, source)
    }

    /// Returns what to do instead of allowing this.
    pub(super) fn better(&self) -> &'static str {
        match self {
            Self::Inline(Inline::Style | Inline::StyleElement) => {
                "move the rules to a stylesheet in static/"
            }
            Self::Inline(Inline::Script) => {
                "move the script to a file in static/ and name it by `src`"
            }
            Self::Inline(Inline::Handler(_) | Inline::Address) => {
                "move it to a script in static/ that calls `addEventListener`"
            }
            Self::Load(Load::Frame, _) => "link to the page instead",
            Self::Load(Load::Form, _) => "send the form to the site itself",
            Self::Load(Load::Base, _) => "remove the element",
            Self::Load(..) => "put a copy into static/",
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inline(Inline::Style) => f.write_str("this `style` attribute"),
            Self::Inline(Inline::StyleElement) => f.write_str("this `<style>`"),
            Self::Inline(Inline::Script) => f.write_str("this `<script>`"),
            Self::Inline(Inline::Handler(name)) => write!(f, "this `{name}` attribute"),
            Self::Inline(Inline::Address) => f.write_str("this `javascript:` address"),
            Self::Load(load, address) => {
                let what = match load {
                    Load::Script => "this script",
                    Load::Style => "this stylesheet",
                    Load::Image => "this image",
                    Load::Media => "this sound or film",
                    Load::Frame => "this frame",
                    Load::Object => "this object",
                    Load::Manifest => "this manifest",
                    Load::Font => "this font",
                    Load::Form => "this form",
                    Load::Base => "this `<base>`",
                };
                write!(f, "{what} from {}", source_of(address))
            }
        }
    }
}

/// Returns the source that allows an address.
fn source_of(address: &str) -> String {
    let address = match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.to_owned(),
    };
    match address.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            format!("{scheme}://{host}")
        }
        None => match scheme_of(&address) {
            Some(scheme) => format!("{scheme}:"),
            None => "'self'".to_owned(),
        },
    }
}

/// Returns what a piece of HTML asks for, in order.
pub fn asks(html: &str) -> Vec<Ask> {
    let mut asks = vec![];
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', html.as_bytes().get(at..).unwrap_or_default()) {
        let start = at + next;
        let rest = &html[start + 1..];
        at = match rest.as_bytes().first() {
            Some(b'!') if rest.starts_with("!--") => {
                end_of_comment(&rest[3..]).map_or(html.len(), |length| start + 4 + length)
            }
            Some(b'!' | b'?' | b'/') => end_of_declaration(html, start),
            // An element whose name is printed may be any.
            Some(first) if first.is_ascii_alphabetic() || rest.starts_with(UNKNOWN) => {
                tag(html, start, &mut asks)
            }
            _ => start + 1,
        };
    }
    asks
}

/// Reads a start tag, and returns where what it holds as text ends.
fn tag(html: &str, start: usize, asks: &mut Vec<Ask>) -> usize {
    let name = name_of(&html[start + 1..]);
    let mut found = vec![];
    let end = attributes(html, start + 1 + name.len(), |attribute| {
        found.push(attribute);
    });
    let end = (end + 1).min(html.len());
    let element = Element {
        html,
        name: name.to_ascii_lowercase(),
        attributes: found,
    };
    for attribute in &element.attributes {
        let end = (attribute.value.end + 1).min(html.len());
        let quoted = html[..end].ends_with(['"', '\'']);
        let span = attribute.start..if quoted { end } else { attribute.value.end };
        asks.extend(element.asks(attribute).map(|what| Ask {
            span: span.clone(),
            what,
        }));
    }
    asks.extend(element.holds().map(|inline| Ask {
        span: start..end,
        what: What::Inline(inline),
    }));
    match element.name.as_str() {
        "script" | "style" | "title" | "textarea" | "xmp" | "iframe" => {
            end_of_code(html, end, name)
        }
        _ => end,
    }
}

struct Element<'h> {
    html: &'h str,
    name: String,
    attributes: Vec<Attribute<'h>>,
}

impl Element<'_> {
    /// Returns the value of an attribute.
    fn value(&self, name: &str) -> Option<String> {
        let attribute = self
            .attributes
            .iter()
            .find(|attribute| attribute.name.eq_ignore_ascii_case(name))?;
        Some(decode(&self.html[attribute.value.clone()]).into_owned())
    }

    /// Returns what the element itself has the browser run or apply.
    fn holds(&self) -> Option<Inline> {
        match self.name.as_str() {
            "style" => Some(Inline::StyleElement),
            "script" if self.is_script() && self.value("src").is_none() => Some(Inline::Script),
            _ => None,
        }
    }

    /// Returns whether a `script` holds a script, and not data.
    fn is_script(&self) -> bool {
        let kind = self.value("type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let kind = kind.to_ascii_lowercase();
        matches!(
            kind.as_str(),
            "" | "module" | "importmap" | "speculationrules"
        ) || kind.ends_with("/javascript")
            || kind.ends_with("/ecmascript")
    }

    /// Returns what an attribute asks for.
    fn asks(&self, attribute: &Attribute<'_>) -> Option<What> {
        let value = decode(&self.html[attribute.value.clone()]);
        let name = attribute.name.to_ascii_lowercase();
        if name == "style" {
            return Some(What::Inline(Inline::Style));
        }
        let is_handler = name.len() > 4
            && name.starts_with("on")
            && name.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_handler {
            return Some(What::Inline(Inline::Handler(name)));
        }
        if matches!(
            name.as_str(),
            "href" | "action" | "formaction" | "src" | "xlink:href"
        ) && is_script_address(&value)
        {
            return Some(What::Inline(Inline::Address));
        }
        let load = self.loads(&name)?;
        let addresses: Vec<&str> = match name.as_str() {
            "srcset" | "imagesrcset" => value
                .split(", ")
                .filter_map(|candidate| candidate.split_ascii_whitespace().next())
                .collect(),
            _ => vec![value.trim()],
        };
        let foreign = addresses.into_iter().find(|address| is_foreign(address))?;
        Some(What::Load(load, foreign.to_owned()))
    }

    /// Returns what an attribute of a name has the browser load.
    fn loads(&self, attribute: &str) -> Option<Load> {
        Some(match (self.name.as_str(), attribute) {
            ("script", "src") if self.is_script() => Load::Script,
            ("link", "href") => self.linked()?,
            ("link", "imagesrcset")
            | ("img" | "source", "srcset")
            | ("img" | "input", "src")
            | ("image" | "feimage", "href" | "xlink:href")
            | ("video", "poster") => Load::Image,
            ("audio" | "video" | "source" | "track", "src") => Load::Media,
            ("iframe" | "frame", "src") => Load::Frame,
            ("object", "data") | ("embed", "src") => Load::Object,
            ("form", "action") | ("button" | "input", "formaction") => Load::Form,
            ("base", "href") => Load::Base,
            _ => return None,
        })
    }

    /// Returns what a `link` has the browser load.
    fn linked(&self) -> Option<Load> {
        let rel = self.value("rel")?.to_ascii_lowercase();
        let mut words = rel.split_ascii_whitespace();
        words.find_map(|word| match word {
            "stylesheet" => Some(Load::Style),
            "icon" | "apple-touch-icon" | "mask-icon" => Some(Load::Image),
            "manifest" => Some(Load::Manifest),
            "modulepreload" => Some(Load::Script),
            "preload" => match self.value("as")?.to_ascii_lowercase().as_str() {
                "script" => Some(Load::Script),
                "style" => Some(Load::Style),
                "image" => Some(Load::Image),
                "font" => Some(Load::Font),
                "audio" | "video" | "track" => Some(Load::Media),
                _ => None,
            },
            _ => None,
        })
    }
}

/// Returns whether an address is that of a script. Browsers skip white space in it.
fn is_script_address(address: &str) -> bool {
    let mut letters = address
        .trim_start_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !c.is_ascii() || !is_space(*c as u8));
    "javascript:".chars().all(|expected| {
        letters
            .next()
            .is_some_and(|found| found.eq_ignore_ascii_case(&expected))
    })
}

/// Returns whether an address is known to lead elsewhere than to a path of the site.
fn is_foreign(address: &str) -> bool {
    let host = match address.strip_prefix("//") {
        Some(rest) => rest,
        None => match scheme_of(address) {
            Some(scheme) => address[scheme.len() + 1..].trim_start_matches('/'),
            None => return false,
        },
    };
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    !host.contains(UNKNOWN) && !host.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<(&str, String)> {
        asks(html)
            .into_iter()
            .map(|ask| (&html[ask.span], ask.what.to_string()))
            .collect()
    }

    #[test]
    fn inline_code_and_styles_are_found_at_their_places() {
        let html = r#"<p style="a" ONCLICK='b' class=c>x</p><style>p{}</style><script>1</script><a href=" java&#x2F;script:1">y</a><a href="JavaScript:1">z</a><p style=d>"#;
        assert_eq!(
            found(html),
            [
                (r#"style="a""#, "this `style` attribute".to_owned()),
                ("ONCLICK='b'", "this `onclick` attribute".to_owned()),
                ("<style>", "this `<style>`".to_owned()),
                ("<script>", "this `<script>`".to_owned()),
                (
                    r#"href="JavaScript:1""#,
                    "this `javascript:` address".to_owned()
                ),
                ("style=d", "this `style` attribute".to_owned()),
            ]
        );
    }

    #[test]
    fn what_is_no_code_is_not_found() {
        for html in [
            r#"<script type="application/ld+json">{"style":"<p style=a>"}</script>"#,
            "<!-- <p style=a> --><textarea><p style=a></textarea>",
            r#"<p data-style="a" on="b" once="c">style="d"</p>"#,
            r#"<img src="/a.png" srcset="/a.png 1x, b.png 2x"><a href="https://a.example/">b</a>"#,
            "<p style>",
            "<",
            "<p",
            "a < b style=c",
        ] {
            assert_eq!(found(html), [], "{html}");
        }
    }

    #[test]
    fn loads_from_other_hosts_are_found() {
        for (html, expected) in [
            (
                r#"<script src="https://cdn.example/a.js"></script>"#,
                "this script from https://cdn.example",
            ),
            (
                r#"<link rel="preload stylesheet" as=style href="//cdn.example/a.css">"#,
                "this stylesheet from https://cdn.example",
            ),
            (
                r#"<link rel=icon href=https://cdn.example/i.png>"#,
                "this image from https://cdn.example",
            ),
            (
                r#"<img srcset="/a.png 1x, https://cdn.example/b.png 2x">"#,
                "this image from https://cdn.example",
            ),
            (
                r#"<iframe src="https://video.example/1"></iframe>"#,
                "this frame from https://video.example",
            ),
            (
                r#"<form action="https://mail.example/send">"#,
                "this form from https://mail.example",
            ),
            (r#"<img src="data:image/png,x">"#, "this image from data:"),
        ] {
            let found: Vec<String> = found(html).into_iter().map(|(_, what)| what).collect();
            assert_eq!(found, [expected], "{html}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(<(script|style|p|a|![-]{2})?|[-> =\"'/a-cé&\u{1A}]|style=|onclick=|href=|src=|//|https:)*") {
            for ask in asks(&text) {
                assert!(text.get(ask.span).is_some(), "{text}");
            }
        }
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let html = format!(
            "<img src=\"https://{UNKNOWN}/a.png\"><img src=\"{UNKNOWN}\"><{UNKNOWN} style=\"a\">"
        );
        let found: Vec<String> = asks(&html).iter().map(|ask| ask.what.to_string()).collect();
        assert_eq!(found, ["this `style` attribute"]);
    }
}
