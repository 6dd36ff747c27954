//! `site.toml`: the declaration of every key. No reading and no checks across files here.

use serde::Serialize;

use crate::data::{
    AsOf, At, Currency, Decimal, Decode, Decoder, Free, Id, Link, Map, Node, Schema, Text, Value,
    choice, record,
};
use crate::diag::{Code, Diagnostic};

record! {
    /// The site: `site.toml`.
    pub struct SiteFile {
        /// The name of the site, shown on every page.
        pub title: Text,
        /// Another name of the site for search engines: a shorter one, or its initials.
        pub alternate_name: Option<Text>,
        /// Where the site will live, with its sub-path: `https://example.com/careers/`.
        pub base_url: At<Text>,
        /// Language of the site as a BCP 47 tag.
        pub language: At<Text> = At { value: "en".into(), span: 0..0 },
        /// The theme: a folder of `themes/`.
        pub theme: At<Text> = At { value: "default".into(), span: 0..0 },
        /// One sentence for search engines and shared links.
        pub description: Option<Text>,
        /// The logo: a file of `static/`.
        pub logo: Option<At<Text>>,
        /// A picture for shared links, for pages that have none: a file of `static/`.
        pub image: Option<At<Text>>,
        /// Who publishes the site.
        pub publisher: Option<Text>,
        /// Addresses that end in `.html`, for hosts that do not serve `index.html` of a folder.
        pub ugly_urls: bool,
        /// Whether pages lose white space and comments that no reader sees, and stylesheets and
        /// scripts of the theme are minified. `"full"` shortens the markup of pages as well.
        pub minify: Minify = Minify::On,
        /// Whether a picture for shared links is drawn for each role, and one for the site.
        pub og_images: At<bool> = At { value: true, span: 0..0 },
        /// Whether icons of all sizes are drawn from `favicon.svg`.
        pub icons: At<bool> = At { value: true, span: 0..0 },
        /// How many entries a page of an index shows; 0 for all on one.
        pub paginate_by: u32 = 20,
        /// The main menu.
        pub nav: Vec<NavItem>,
        /// Addresses per kind of page, with `{slug}`, `{category}` and `{kind}`.
        pub permalinks: Map<At<Text>>,
        /// Which kinds of pages are made: true, false, or absent for "when it has something to
        /// say".
        pub pages: Map<bool>,
        /// Atom feeds.
        pub feeds: Feeds = Feeds { limit: 20 },
        /// How Markdown is read.
        pub markdown: MarkdownOptions = MarkdownOptions::default(),
        /// What is checked, and how strictly.
        pub check: Check = Check::default(),
        /// What counts where imports differ.
        pub import: Imports = Imports::default(),
        /// How long jobs are shown.
        pub positions: Positions = Positions::default(),
        /// Which comparisons of roles are made.
        pub compare: Compare = Compare::default(),
        /// What figures inherit when neither they, their row nor their role says it.
        pub figures: Figures = Figures::default(),
        /// Tracks of ladders, beside `individual` and `manager`.
        pub tracks: Vec<TrackRow>,
        /// Addresses that moved.
        pub redirects: Vec<Redirect>,
        /// Where the site is published.
        pub publish: Publish = Publish::default(),
        /// Sources that the Content-Security-Policy in `_headers` allows besides the site itself,
        /// by directive.
        pub content_security_policy: Map<At<Text>>,
        /// Calls to action.
        pub calls_to_action: Vec<CallToAction>,
        /// Lists that the theme shows: answers in the View of the kinds that they name.
        pub lists: Map<ListQuery>,
        /// Parameters of the theme.
        pub params: Free,
    }
}

/// What is minified: `false`, `true` or `"full"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Minify {
    Off,
    /// White space of pages; stylesheets and scripts of the theme.
    On,
    /// The markup of pages as well.
    Full,
}

impl Decode for Minify {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match &node.value {
            Value::Bool(true) => Some(Self::On),
            Value::Bool(false) => Some(Self::Off),
            Value::String(text) if text == "full" => Some(Self::Full),
            _ => d.refuse(node, "true, false or \"full\""),
        }
    }

    fn meant(value: &Value) -> Option<String> {
        match value {
            Value::String(text) if text.eq_ignore_ascii_case("full") => Some("\"full\"".to_owned()),
            _ => bool::meant(value),
        }
    }

    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "enum": [true, false, "full"] })
    }
}

record! {
    /// An entry of the menu.
    pub struct NavItem: whole {
        /// What the entry says.
        pub title: At<Text>,
        /// A source file, or the file name of a generated page.
        pub to: Option<At<Text>>,
        /// An address on another site.
        pub url: Option<Link>,
        /// Entries below this one.
        pub children: Vec<NavItem>,
    }
}

record! {
    /// Options of the Atom feeds.
    pub struct Feeds {
        /// How many entries a feed holds.
        pub limit: u32 = 20,
    }
}

record! {
    /// Options of Markdown.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct MarkdownOptions {
        /// Curly quotes, dashes and ellipses.
        pub smart_punctuation: bool = true,
        /// Whether HTML in articles is kept. Off, it is an error.
        pub raw_html: bool,
        /// Whether code blocks are coloured.
        pub highlight: bool = true,
    }
}

impl Default for MarkdownOptions {
    fn default() -> Self {
        Self {
            smart_punctuation: true,
            raw_html: false,
            highlight: true,
        }
    }
}

choice! {
    /// What to do about a finding.
    pub enum Strictness {
        /// Say nothing.
        Allow = "allow",
        /// Warn and go on.
        Warn = "warn",
        /// Stop the build.
        Deny = "deny",
    }
}

impl Strictness {
    /// Makes the diagnostic of a finding; `None` where findings are allowed.
    pub fn finding(self, code: Code, message: impl Into<String>) -> Option<Diagnostic> {
        match self {
            Self::Allow => None,
            Self::Warn => Some(Diagnostic::warning(code, message)),
            Self::Deny => Some(Diagnostic::error(code, message)),
        }
    }
}

record! {
    /// Checks.
    pub struct Check {
        /// Figures that are older than `stale_after`.
        pub stale_claims: Strictness = Strictness::Warn,
        /// Age at which a figure is stale: `"24 months"` or `"2 years"`.
        pub stale_after: At<Text> = At { value: "24 months".into(), span: 0..0 },
        /// Figures without a source.
        pub unsourced_claims: Strictness = Strictness::Warn,
        /// Pay that falls along a track, or is a tenth of or ten times its neighbours.
        pub implausible_pay: Strictness = Strictness::Warn,
        /// What records and lists say and no page shows.
        pub unshown_facts: Strictness = Strictness::Warn,
        /// Links to drafts and to pages that lie in the future or have expired. They are shown as
        /// plain text.
        pub unpublished_links: Strictness = Strictness::Warn,
    }
}

impl Default for Check {
    fn default() -> Self {
        Self {
            stale_claims: Strictness::Warn,
            stale_after: At {
                value: "24 months".into(),
                span: 0..0,
            },
            unsourced_claims: Strictness::Warn,
            implausible_pay: Strictness::Warn,
            unshown_facts: Strictness::Warn,
            unpublished_links: Strictness::Warn,
        }
    }
}

record! {
    /// Open jobs.
    pub struct Positions {
        /// How long after `posted` a job is shown that has no `expires`: `"60 days"` or `"2
        /// months"`.
        pub expires_after: At<Text> = At { value: "60 days".into(), span: 0..0 },
    }
}

impl Default for Positions {
    fn default() -> Self {
        Self {
            expires_after: At {
                value: "60 days".into(),
                span: 0..0,
            },
        }
    }
}

record! {
    /// Comparisons of roles.
    pub struct Compare {
        /// How many of the related roles of each role have a page that puts the two side by side,
        /// the nearest first; 0 for none. A pair that a link or a text of its own asks for is made
        /// as well.
        pub related: u32 = 5,
    }
}

impl Default for Compare {
    fn default() -> Self {
        Self { related: 5 }
    }
}

choice! {
    /// What an amount is paid for: a time, or a piece of work.
    pub enum Period {
        Hour = "hour", Day = "day", Week = "week", Month = "month", Year = "year",
        Mile = "mile", Piece = "piece", Task = "task", Project = "project",
    }
}

choice! {
    /// What an amount includes.
    pub enum Basis {
        /// Base pay alone.
        Base = "base",
        /// Base pay with bonus, shares and allowances.
        Total = "total",
        /// The bonus alone.
        Bonus = "bonus",
        /// Shares and options alone.
        Equity = "equity",
    }
}

impl Period {
    /// Returns true if pay is for a time.
    pub fn is_time(self) -> bool {
        match self {
            Self::Hour | Self::Day | Self::Week | Self::Month | Self::Year => true,
            Self::Mile | Self::Piece | Self::Task | Self::Project => false,
        }
    }

    /// Returns how many digits behind the point an amount may have at least: rates for small things
    /// are written in parts of a cent.
    pub fn digits(self) -> u32 {
        match self {
            Self::Mile | Self::Piece | Self::Task => 4,
            _ => 0,
        }
    }
}

impl Basis {
    /// Returns true if an amount is only what comes on top of base pay.
    pub fn is_extra(self) -> bool {
        matches!(self, Self::Bonus | Self::Equity)
    }
}

record! {
    /// Facts that come from elsewhere.
    #[derive(Default)]
    pub struct Imports {
        /// Names of imports: where two give a fact differently, the earlier one counts. Imports that
        /// are not named come last, in the order of their names.
        pub order: Vec<At<Text>>,
    }
}

impl Imports {
    /// Returns the names of imports in the order in which they count.
    pub fn order(&self) -> Vec<&str> {
        self.order.iter().map(|name| name.value.as_str()).collect()
    }
}

record! {
    /// What figures inherit.
    #[derive(Default)]
    pub struct Figures {
        /// ISO 4217 code.
        pub currency: Option<Currency>,
        /// The time that an amount is paid for.
        pub period: Option<Period>,
        /// ISO 3166 code, or an id from areas.toml.
        pub area: Option<At<Id>>,
        /// An id from sources.toml.
        pub source: Option<At<Id>>,
        /// When the figures were true: `"2026"`, `"2026-11"` or a day. Goes with `source`.
        pub as_of: Option<At<AsOf>>,
        /// Paid hours of a year, by which lists compare pay an hour with pay of longer periods;
        /// 2,080 where nothing is said.
        pub hours_per_year: Option<At<Decimal>>,
    }
}

record! {
    /// A track of a ladder.
    pub struct TrackRow {
        pub id: At<Id>,
        /// What the track is called.
        pub name: Text,
    }
}

record! {
    /// An address that moved.
    pub struct Redirect {
        /// The old path, from the root of the site.
        pub from: At<Text>,
        /// The new path of this site, a source file, or a URL elsewhere.
        pub to: At<Text>,
    }
}

choice! {
    /// A host that publishes sites.
    pub enum Host {
        /// GitHub Pages.
        Github = "github",
        /// GitLab Pages.
        Gitlab = "gitlab",
        /// Netlify.
        Netlify = "netlify",
        /// Cloudflare Pages.
        Cloudflare = "cloudflare",
        /// Amazon S3 and services with the same interface.
        S3 = "s3",
        /// A container with a web server.
        Docker = "docker",
    }
}

record! {
    /// Where the site is published.
    #[derive(Default)]
    pub struct Publish {
        /// The host: Rungs warns before a limit is met that the host has.
        pub host: Option<At<Host>>,
    }
}

impl Publish {
    /// Returns whether pages are sent with the headers of `_headers`: by the host itself, or because
    /// the recipe of `rungs new --host` has it send them. Of a site that names no host they are.
    pub fn sends_headers(&self) -> bool {
        match self.host.as_ref().map(|host| host.value) {
            Some(Host::Github | Host::Gitlab) => false,
            Some(Host::Netlify | Host::Cloudflare | Host::S3 | Host::Docker) | None => true,
        }
    }
}

record! {
    /// A call to action.
    pub struct CallToAction {
        pub id: At<Id>,
        /// What it says; `{role}` is filled in.
        pub text: Text,
        /// Where it leads.
        pub url: Link,
        /// Kinds of pages that show it; none: all pages of a role.
        pub pages: Vec<At<Id>>,
    }
}

choice! {
    /// What a list holds.
    pub enum ListOf {
        Article = "article", Role = "role", Category = "category", Skill = "skill",
    }
}

record! {
    /// A list for the theme.
    pub struct ListQuery {
        /// Kinds of pages whose View holds the answer.
        pub pages as "for": Vec<At<Id>>,
        /// What the list holds.
        pub of: ListOf,
        /// Conditions that an entry fulfils: `category = "data"`, or `category = "@page.category"`.
        pub conditions as "where": Map<At<Text>>,
        /// `title`, `date`, `updated`, `weight` or `salary` (a year's, of each currency, basis,
        /// area and statistic by itself); with `-` in front for descending.
        pub sort: Option<At<Text>>,
        /// At most so many.
        pub limit: Option<u32>,
    }
}
