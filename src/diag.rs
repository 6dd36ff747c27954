//! What Rungs has to say about a site: faults come in as they are found, sorted diagnostics with their places go out.
//! Nothing is printed here; `cli/report` does that.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::path::SourcePath;
use crate::source::{Position, Source, Span};

macro_rules! codes {
    ($($variant:ident $name:literal $about:literal)*) => {
        /// The kinds of faults, stable names that messages carry and `docs/diagnostics.md` explains.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code { $($variant),* }

        impl Code {
            /// Every code, in the order of this file.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// The name that a message shows: `error[unknown-key]`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// What the code means, in one sentence.
            pub fn about(self) -> &'static str {
                match self { $(Code::$variant => $about),* }
            }
        }
    };
}

codes! {
    // Files
    InvalidText "invalid-text" "A file that must be text is not UTF-8 or holds NUL."
    UnreadableFile "unreadable-file" "A file or folder of the site could not be read."
    LinkLeavesSite "link-leaves-site" "A symbolic link in the site folder points outside it, to nothing, or to itself."
    NotAFile "not-a-file" "Something in the site folder is neither a file nor a folder (a pipe, a socket, a device)."
    FileName "file-name" "A file's name cannot stand in a URL or on every system."
    TooLarge "too-large" "A text file is larger than Rungs reads."
    NoSite "no-site" "There is no site.toml here or in a folder above."
    // Data files
    Syntax "syntax" "TOML or YAML that cannot be parsed."
    UnknownKey "unknown-key" "A key that Rungs does not know at this place."
    MisplacedKey "misplaced-key" "A key that stands in [extra] or [params], where only templates see it, and that has a meaning elsewhere."
    MissingKey "missing-key" "A required key is absent."
    WrongType "wrong-type" "A value of another type than the key takes."
    BadValue "bad-value" "A value of the right type that makes no sense here."
    BadDate "bad-date" "A text that is no date, or a day that no calendar has."
    BadUrl "bad-url" "A URL with a scheme other than https, http, mailto or tel, or none at all."
    BadMoney "bad-money" "An amount, currency or period that does not hold together."
    BadTable "bad-table" "A CSV file with a ragged, unknown or repeated column."
    DuplicateId "duplicate-id" "An id that two rows of one list share."
    UnknownId "unknown-id" "A reference to a skill, role, level, area, source or other row that does not exist."
    Cycle "cycle" "A chain of references that comes back to its start."
    SamePay "same-pay" "Two rows of a role's pay that nothing tells apart."
    NoHeadline "no-headline" "Pay of which no row is of the role's or the site's area, so that the role has no headline."
    OutOfOrder "out-of-order" "Stages, years, percentiles or bounds that run backwards."
    MissingFile "missing-file" "A file that another file needs is not there."
    // Articles
    FrontMatter "front-matter" "Front matter that is not closed, or fenced in two ways."
    TooDeep "too-deep" "Markdown or HTML nested deeper than any reader can follow."
    MarkdownCrash "markdown-crash" "A text that the Markdown parser cannot take."
    TooMuchOutput "too-much-output" "A small text that would become a page many times its size."
    UnknownShortcode "unknown-shortcode" "A shortcode that no template defines."
    Shortcode "shortcode" "A shortcode that is not closed, or has a wrong, missing or unknown argument."
    UnreadMarkdown "unread-markdown" "Markdown that does not become the link, picture, heading, list or table that was meant, or shows less than it holds."
    Footnote "footnote" "A footnote that is referred to and not written, written twice, or never referred to."
    RawHtml "raw-html" "HTML in Markdown while `markdown.raw_html` is off."
    DanglingLink "dangling-link" "A link to a file or page that does not exist."
    UnpublishedLink "unpublished-link" "A link to a page that is a draft, lies in the future or has expired."
    DanglingAnchor "dangling-anchor" "A link to a place that its page does not have."
    UnusedFile "unused-file" "A file in content/ that belongs to no page."
    // Pages
    SameUrl "same-url" "Two owners of one URL, also where only letter case or Unicode form differ."
    BadPermalink "bad-permalink" "A slug, alias or permalink that cannot be a URL of the site."
    // Themes
    MissingTheme "missing-theme" "The theme that site.toml names does not exist."
    MissingTemplate "missing-template" "A template that is named does not exist."
    Template "template" "A template that cannot be parsed or rendered."
    TemplateField "template-field" "A template asks for a field that its View does not have."
    TemplateCycle "template-cycle" "Templates that include or extend each other in a circle."
    BadPicture "bad-picture" "An SVG that cannot be drawn."
    MissingString "missing-string" "A string that the theme's i18n file lacks."
    // The editor's care
    NoSource "no-source" "A figure without a source."
    StaleFigure "stale-figure" "A figure that is older than `check.stale_after`."
    ImplausiblePay "implausible-pay" "Pay that falls along a track, or is a tenth of or ten times its neighbours."
    IncompleteJob "incomplete-job" "An open job of which search engines are not told, because something is missing."
    FutureDate "future-date" "A day that lies ahead where only a day gone by makes sense."
    OldJob "old-job" "A job without `expires` that was posted too long ago to be shown."
    NoConsent "no-consent" "A testimonial without consent, which is not published."
    PlainText "plain-text" "Markdown in a text that is shown as it is written."
    UnshownFact "unshown-fact" "Something that a record or list says and no page shows."
    Empty "empty" "A file or page with nothing in it."
    Twin "twin" "A file that looks like a copy of another, or two pages of one section or role with one title."
}

/// How grave a diagnostic is: an error stops the build before anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
}

/// Where something was found: a file of the site, and bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub path: SourcePath,
    pub span: SpanKey,
}

/// A span that can be ordered and hashed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SpanKey {
    pub start: usize,
    pub end: usize,
}

impl PartialEq<Span> for SpanKey {
    fn eq(&self, other: &Span) -> bool {
        self.start == other.start && self.end == other.end
    }
}

/// One thing to say, with its place and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    pub place: Option<Place>,
    pub severity: Severity,
    pub code: Code,
    pub message: String,
    /// What to do next, a sentence each.
    pub help: Vec<String>,
    /// Other places that matter ("the other owner is here").
    pub related: Vec<(String, Place)>,
    /// What it shares with others, with which it is said once.
    pub shared: Option<Box<Shared>>,
}

/// One cause of many diagnostics: of all that have it the first is said, with their number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Shared {
    /// Equal for one cause.
    pub cause: String,
    /// What they are: "figures".
    pub counted: String,
    /// What is said of them, behind their number: "have no source".
    pub said: String,
    /// Where the cause is.
    pub scope: Scope,
    /// How many stand behind this one.
    pub count: usize,
}

/// Where the cause of diagnostics is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// In each file by itself.
    File,
    /// In one place, whose followers stand in many files.
    Site,
    /// The same for what stands on pages, not in files.
    Pages,
}

impl Diagnostic {
    /// An error with no place yet.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self { place: None, severity: Severity::Error, code, message: message.into(), help: vec![], related: vec![], shared: None }
    }

    /// A warning with no place yet.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same as an error.
    pub fn denied(self) -> Self {
        Self { severity: Severity::Error, ..self }
    }

    /// Sets the place. An empty span marks a point.
    pub fn at(mut self, path: &SourcePath, span: Span) -> Self {
        self.place = Some(Place::new(path, span));
        self
    }

    /// Sets the place to a whole file, when no line of it is to blame.
    pub fn at_file(self, path: &SourcePath) -> Self {
        self.at(path, 0..0)
    }

    /// Adds a sentence of help; `None` adds nothing.
    pub fn help(mut self, help: impl HelpText) -> Self {
        self.help.extend(help.into_help());
        self
    }

    /// Says that others have the same cause: `counted` names what they are, `said` what is true of them.
    pub fn shared(mut self, scope: Scope, cause: impl Into<String>, counted: &str, said: impl Into<String>) -> Self {
        self.shared = Some(Box::new(Shared { cause: cause.into(), counted: counted.to_owned(), said: said.into(), scope, count: 1 }));
        self
    }

    /// Adds another place with a few words on why it matters.
    pub fn related(mut self, words: impl Into<String>, path: &SourcePath, span: Span) -> Self {
        self.related.push((words.into(), Place::new(path, span)));
        self
    }
}

impl Place {
    /// A stretch of a file.
    pub fn new(path: &SourcePath, span: Span) -> Self {
        Self { path: path.clone(), span: SpanKey { start: span.start, end: span.end } }
    }
}

/// A collector: every stage adds, nobody removes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Diagnostic>", into = "Vec<Diagnostic>")]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
    /// How many of them are errors: asked before every file that is written.
    errors: usize,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.severity == Severity::Error);
        self.all.push(diagnostic);
    }

    /// Adds many.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        more.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Takes the value, or notes the fault and goes on.
    pub fn take<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|fault| self.push(fault)).ok()
    }

    /// Lets the words of each be mended when more is known.
    pub fn each(&mut self, mend: impl FnMut(&mut Diagnostic)) {
        self.all.iter_mut().for_each(mend);
    }

    /// Whether anything stops the build.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many errors there are so far.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Files in which something stops the build.
    pub fn paths_with_errors(&self) -> impl Iterator<Item = &SourcePath> {
        let errors = self.all.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        errors.filter_map(|diagnostic| diagnostic.place.as_ref().map(|place| &place.path))
    }

    /// All of them, sorted by place, each once.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.all.sort();
        self.all.dedup();
        self.all
    }

    /// Whether something of a kind was said.
    pub fn has(&self, code: Code) -> bool {
        self.all.iter().any(|diagnostic| diagnostic.code == code)
    }

    /// How many there are so far.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl From<Vec<Diagnostic>> for Diagnostics {
    fn from(all: Vec<Diagnostic>) -> Self {
        let mut diagnostics = Self::default();
        diagnostics.extend(all);
        diagnostics
    }
}

impl From<Diagnostics> for Vec<Diagnostic> {
    fn from(diagnostics: Diagnostics) -> Self {
        diagnostics.all
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}

/// A place with everything that a message shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    pub path: SourcePath,
    pub position: Position,
    /// The line without its end; empty when the place is a whole file.
    pub line: String,
    /// The marked bytes of `line`.
    pub mark: Span,
}

/// A diagnostic ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub severity: Severity,
    pub code: Code,
    pub message: String,
    pub place: Option<Located>,
    pub help: Vec<String>,
    pub related: Vec<(String, Located)>,
}

/// Looks up line, column and excerpt of every place. `read` gives a file's text, or none when it has none.
pub fn locate(diagnostics: Vec<Diagnostic>, mut read: impl FnMut(&SourcePath) -> Option<Source>) -> Vec<Report> {
    let mut sources: BTreeMap<SourcePath, Option<Source>> = BTreeMap::new();
    let mut find = |place: Place| {
        let source = sources.entry(place.path.clone()).or_insert_with(|| read(&place.path));
        Located::new(place, source.as_ref())
    };
    diagnostics
        .into_iter()
        .map(|Diagnostic { place, severity, code, message, help, related, shared: _ }| Report {
            severity,
            code,
            message,
            place: place.map(&mut find),
            help,
            related: related.into_iter().map(|(words, place)| (words, find(place))).collect(),
        })
        .collect()
}

impl Located {
    fn new(Place { path, span: SpanKey { start, end } }: Place, source: Option<&Source>) -> Self {
        let Some(source) = source.filter(|_| (start, end) != (0, 0)) else {
            return Self { path, position: Position { line: 1, column: 1 }, line: String::new(), mark: 0..0 };
        };
        let (from, line) = source.line_at(start);
        let from_line = start.saturating_sub(from).min(line.len());
        let to_line = end.saturating_sub(from).clamp(from_line, line.len());
        Self { path, position: source.position(start), line: line.to_owned(), mark: from_line..to_line }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// What `Diagnostic::help` takes: a text, or a text that may be absent.
pub trait HelpText {
    fn into_help(self) -> Option<String>;
}
impl HelpText for &str {
    fn into_help(self) -> Option<String> {
        Some(self.to_owned())
    }
}
impl HelpText for String {
    fn into_help(self) -> Option<String> {
        Some(self)
    }
}
impl HelpText for Option<String> {
    fn into_help(self) -> Option<String> {
        self
    }
}
