//! The codes of diagnostics: stable names, one for each kind of mistake.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($variant:ident $name:literal $about:literal)*) => {
        /// The kinds of diagnostics, stable names that messages carry and `docs/diagnostics.md`
        /// explains.
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
    DifferentLayers "different-layers" "A fact that two imports give differently."
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
    Blocked "blocked" "Something in a template or a text that the Content-Security-Policy of the site blocks."
    GoneAddress "gone-address" "An address that a sitemap of the published site lists (`check --against`), and that the site has no more."
    BadSitemap "bad-sitemap" "A file for `check --against` that is no sitemap, or names parts that are not there."
    PlaceholderUrl "placeholder-url" "A `base_url` that is an example or this machine, in `rungs check`."
    HostLimit "host-limit" "A site that comes near a limit of the host it is published at, or is beyond it."
    // Themes
    MissingTheme "missing-theme" "The theme that site.toml names does not exist."
    MissingTemplate "missing-template" "A template that is named does not exist."
    Template "template" "A template that cannot be parsed or rendered."
    TemplateField "template-field" "A template asks for a field that its View does not have."
    TemplateCycle "template-cycle" "Templates that include or extend each other in a circle."
    BadPicture "bad-picture" "An SVG that cannot be drawn."
    NotMinified "not-minified" "A stylesheet or script of a theme that cannot be minified, and is published as it is."
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
