//! What a page weighs on its way to a reader: the demo's pages with their stylesheets and scripts,
//! compressed as hosts do it.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::harness::{Built, Element, Site};

/// Before images, for the heaviest page of each kind.
const MOST: usize = 30 * 1024;

#[test]
fn no_page_weighs_more_than_30_kib_before_images() {
    let built = Site::demo().build().clean();
    let mut heaviest: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for path in built
        .files
        .keys()
        .filter(|path| path.ends_with("index.html"))
    {
        let dom = built.dom(path);
        let kind = dom.all("body").next().unwrap().attr("class").to_owned();
        let assets = dom
            .all("link")
            .filter(|link| link.attr("rel") == "stylesheet")
            .map(|link| link.attr("href"));
        let assets: Vec<&str> = assets
            .chain(
                dom.all("script")
                    .map(|script| script.attr("src"))
                    .filter(|src| !src.is_empty()),
            )
            .collect();
        let weight = sent(&built, path)
            + assets
                .iter()
                .map(|asset| sent(&built, asset.trim_start_matches("../")))
                .sum::<usize>();
        let most = heaviest.entry(kind).or_default();
        *most = (weight, path.as_str()).max(*most);
    }
    assert!(heaviest.len() > 20, "pages of every kind: {heaviest:?}");
    let heavy: Vec<_> = heaviest
        .iter()
        .filter(|(_, (weight, _))| *weight > MOST)
        .collect();
    assert!(heavy.is_empty(), "{heavy:?}");
}

#[test]
fn no_script_delays_a_page_but_the_one_that_keeps_the_wrong_colours_from_flashing() {
    let built = Site::demo().build().clean();
    for path in built.files.keys().filter(|path| path.ends_with(".html")) {
        let is_late = |script: &&Element| {
            script.attributes.contains_key("defer")
                || script.attributes.contains_key("async")
                || !script.attr("type").is_empty()
        };
        let dom = built.dom(path);
        let early: Vec<&str> = dom
            .all("script")
            .filter(|script| !is_late(script))
            .map(|script| script.attr("src"))
            .collect();
        assert!(
            early.len() <= 1 && early.iter().all(|src| src.contains("js/scheme.")),
            "{path}: {early:?}"
        );
        assert!(early.iter().all(|src| built.bytes(src) < 1536));
    }
}

impl Built {
    /// How long the file at the end of a link is.
    fn bytes(&self, link: &str) -> usize {
        self.files[link.trim_start_matches(['.', '/'])].len()
    }
}

/// The bytes of a file that a host sends, gzip at its usual level.
fn sent(built: &Built, path: &str) -> usize {
    let mut gzip = GzEncoder::new(vec![], Compression::new(6));
    gzip.write_all(&built.files[path]).unwrap();
    gzip.finish().unwrap().len()
}
