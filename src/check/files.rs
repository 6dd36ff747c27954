//! Checks of files that no page reports: the links, dates, tags and names in records, lists, front
//! matter and site.toml come in, diagnostics go out.

use crate::calendar::is_ahead;
use crate::config::NavItem;
use crate::data::At;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::layout::address::bad_permalink;
use crate::layout::links::Target;
use crate::layout::{Layout, links};
use crate::path::{PathFault, SourcePath, slugify};
use crate::role::ahead;
use crate::site::{Site, site_file};
use crate::suggest;

/// Checks the records, lists and front matter of a site, and site.toml.
pub(super) fn check(site: &Site, layout: &Layout, diagnostics: &mut Diagnostics) {
    for role in site.all_roles() {
        if let Some(image) = &role.publication.image {
            check_link(site, layout, &role.path, image, diagnostics);
        }
    }
    check_authors(site, layout, diagnostics);
    check_assets(site, diagnostics);
    check_nav(site, layout, &site.config.site.nav, diagnostics);
    check_redirects(site, layout, diagnostics);
    check_front_matter(site, layout, diagnostics);
}

/// Checks the files of `static/` that site.toml names. A file of the theme with the same name does
/// not count.
fn check_assets(site: &Site, diagnostics: &mut Diagnostics) {
    let settings = &site.config.site;
    let assets = site.theme.assets.files.iter();
    let own: Vec<&str> = assets
        .filter_map(|asset| asset.path.inside("static"))
        .collect();
    for name in settings.logo.iter().chain(&settings.image) {
        if own.contains(&name.value.as_str()) {
            continue;
        }
        let help = match suggest::nearest(&name.value, own.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "put the file into static/, or remove the key".to_owned(),
        };
        let message = format!("there is no static/{}", name.value);
        let error = Diagnostic::error(Code::MissingFile, message);
        diagnostics.push(error.at(&site_file(), name.span.clone()).help(help));
    }
}

/// Checks the files that the menu names.
fn check_nav(site: &Site, layout: &Layout, items: &[NavItem], diagnostics: &mut Diagnostics) {
    for item in items {
        if let Some(to) = &item.to {
            let finding = finding(links::resolve_nav(site, layout, &to.value));
            diagnostics.extend(finding.map(|said| said.at(&site_file(), to.span.clone())));
        }
        check_nav(site, layout, &item.children, diagnostics);
    }
}

/// Checks the redirects to what is not published. Other errors in redirects were reported with the
/// outputs.
fn check_redirects(site: &Site, layout: &Layout, diagnostics: &mut Diagnostics) {
    for row in &site.config.site.redirects {
        if let Ok(target) = links::redirect_target(site, layout, row) {
            let note = target.note;
            diagnostics.extend(note.map(|note| note.at(&site_file(), row.to.span.clone())));
        }
    }
}

/// Checks the pages that introduce authors.
fn check_authors(site: &Site, layout: &Layout, diagnostics: &mut Diagnostics) {
    for author in site.config.authors.values() {
        if let Some(to) = &author.row.to {
            let finding = finding(links::resolve_nav(site, layout, &to.value));
            diagnostics.extend(finding.map(|said| said.at(&author.path, to.span.clone())));
        }
    }
}

/// Checks the front matter of articles.
fn check_front_matter(site: &Site, layout: &Layout, diagnostics: &mut Diagnostics) {
    for article in site.articles.whole().values() {
        let front = &article.front;
        for name in front.up_next.iter().chain(&front.image) {
            check_link(site, layout, &article.path, name, diagnostics);
        }
        for tag in front.tags.iter().filter(|tag| has_no_letters(tag)) {
            let error = bad_permalink(tag, &PathFault::NoLetters(tag.value.clone()));
            let help = "each tag gets a page: write it in letters or digits, or remove it";
            diagnostics.push(error.at(&article.path, tag.span.clone()).help(help));
        }
        if let Some(updated) = &front.updated
            && is_ahead(updated.value, site.build_date)
        {
            let finding = ahead("updated", updated.value, site.build_date);
            diagnostics.push(finding.at(&article.path, updated.span.clone()));
        }
        for author in &front.authors {
            site.config.check_author(author, &article.path, diagnostics);
        }
    }
}

fn has_no_letters(tag: &str) -> bool {
    // Most tags have an ASCII letter, and a slug is dear.
    !tag.bytes().any(|byte| byte.is_ascii_alphanumeric()) && slugify(tag).is_empty()
}

/// Checks a link of a file.
fn check_link(
    site: &Site,
    layout: &Layout,
    path: &SourcePath,
    link: &At<String>,
    diagnostics: &mut Diagnostics,
) {
    let finding = finding(links::resolve(site, layout, path, &link.value, None));
    diagnostics.extend(finding.map(|said| said.at(path, link.span.clone())));
}

/// Returns what is to be reported about a link.
fn finding(target: Result<Target, Diagnostic>) -> Option<Diagnostic> {
    match target {
        Ok(target) => target.note,
        Err(error) => Some(error),
    }
}
