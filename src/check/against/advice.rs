//! What to do about an address that is gone: the page that took its place comes in; the line that
//! sends readers on goes out, and the file that takes it.

use std::collections::BTreeMap;

use crate::inputs::Inputs;
use crate::kind::Kind;
use crate::layout::{Page, page};
use crate::path::{OutPath, PathFault, SourcePath, UrlPath};
use crate::plan::Plan;

/// Who writes the line that sends readers on.
pub(super) struct Adviser<'a> {
    plan: &'a Plan,
    inputs: &'a Inputs,
    /// Outputs that are not their own folded form, by that form.
    unfolded: BTreeMap<String, &'a OutPath>,
}

impl<'a> Adviser<'a> {
    pub fn new(plan: &'a Plan, inputs: &'a Inputs) -> Self {
        let paths = plan.layout.outputs.whole().keys();
        Self {
            plan,
            inputs,
            unfolded: paths
                .filter_map(|path| Some((path.folded()?, path)))
                .collect(),
        }
    }

    /// Returns how to send readers of an address on to the page that took its place, or else to one
    /// that the author knows.
    pub fn advice(&self, address: &str, successor: Option<&Page>) -> String {
        if let Some(why) = self.why_impossible(address) {
            let to = successor.map_or("another page".to_owned(), |page| {
                format!("`{}`", page.url.as_str())
            });
            return format!("{why}: to send readers on to {to}, write a rule for your host");
        }
        let from = written(address);
        match successor {
            Some(page) => {
                let line = self.line(&from, page);
                let url = page.url.as_str();
                format!("`{url}` seems to have taken its place: {line}")
            }
            None => format!(
                "if another page took its place, name it in site.toml:\n{}",
                redirect(&from, "/…/")
            ),
        }
    }

    /// Returns why no page of the site can stand at an address to send readers on.
    fn why_impossible(&self, address: &str) -> Option<String> {
        let url = match UrlPath::new(&written(address)) {
            Ok(url) => url,
            Err(fault) => return Some(no_address(&fault)),
        };
        let name = address.rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        if ending.is_some_and(|ending| !matches!(ending, "html" | "htm")) {
            return Some("it is no address of a page".to_owned());
        }
        let twin = self.twin(&url.output())?;
        Some(format!(
            "many file systems take it for {twin}, so that no alias can have it"
        ))
    }

    /// Returns the output that differs only in letter case, or in the form of a letter.
    fn twin(&self, out: &OutPath) -> Option<&OutPath> {
        let folded = out.folded();
        let form = folded.as_deref().unwrap_or(out.as_str());
        let outputs = self.plan.layout.outputs.whole();
        let plain = outputs.get_key_value(form).map(|(path, _)| path);
        plain.or_else(|| self.unfolded.get(form).copied())
    }

    /// Returns the line that makes a page answer for an old address, with the file that takes it.
    fn line(&self, from: &str, page: &Page) -> String {
        let site = &self.plan.site;
        let role = page.subject.role().and_then(|id| site.role(id));
        if let (Some(role), Kind::Hub) = (role, page.kind) {
            return if role.publication.aliases.is_empty() {
                format!("add at the top of {}: aliases = [\"{from}\"]", role.path)
            } else {
                format!("add \"{from}\" to `aliases` of {}", role.path)
            };
        }
        let Some(article) = page::prose(site, page) else {
            let to = page.url.as_str();
            return format!("add to site.toml:\n{}", redirect(from, to));
        };
        let path = &article.path;
        if !article.front.aliases.is_empty() {
            return format!("add \"{from}\" to `aliases` of {path}");
        }
        let first = self.first_line(path);
        match first.as_deref() {
            Some("+++") => {
                format!("add below the first line of {path}: aliases = [\"{from}\"]")
            }
            Some("---") => format!("add below the first line of {path}: aliases: [\"{from}\"]"),
            _ => format!("write at the top of {path}:\n+++\naliases = [\"{from}\"]\n+++"),
        }
    }

    fn first_line(&self, path: &SourcePath) -> Option<String> {
        let source = self.inputs.lossy_source(path)?;
        source
            .text
            .lines()
            .next()
            .map(|line| line.trim().to_owned())
    }
}

/// Returns an address as an alias names it.
fn written(address: &str) -> String {
    let is_page = address.ends_with(".html") || address.ends_with(".htm");
    if address.ends_with('/') || is_page {
        address.to_owned()
    } else {
        format!("{address}/")
    }
}

fn redirect(from: &str, to: &str) -> String {
    format!("[[redirects]]\nfrom = \"{from}\"\nto = \"{to}\"")
}

fn no_address(fault: &PathFault) -> String {
    format!("no alias can have this address ({fault})")
}
