//! The script that the preview adds to each page: it shows every edit in the open page without
//! loading it, and the mistakes of the site above it. Its parts are joined to one script without
//! imports, because pages may forbid others.
//!
//! What an event contains (`serve`) and how it is sent (`serve/http`) is not here.

/// The script at `/.rungs/preview.js`. The braces keep its names apart from those of the page's own
/// scripts.
pub const PREVIEW_JS: &str = concat!(
    "'use strict';\n{\nconst PANEL_CSS = `",
    include_str!("panel.css"),
    "`;\n",
    include_str!("main.js"),
    include_str!("stream.js"),
    include_str!("align.js"),
    include_str!("merge.js"),
    include_str!("assets.js"),
    include_str!("panel.js"),
    include_str!("start.js"),
    "}\n",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_stays_a_text_of_the_script() {
        let css = include_str!("panel.css");
        assert!(
            !css.contains(['`', '\\']) && !css.contains("${"),
            "panel.css ends the text that it is in"
        );
    }

    #[test]
    fn no_text_is_ever_read_as_html() {
        for way in [
            "innerHTML =",
            "outerHTML =",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            ".style.",
            ".cssText",
        ] {
            assert!(!PREVIEW_JS.contains(way), "{way}");
        }
    }
}
