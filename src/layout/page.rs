//! Facts about a page from its records and prose: a page comes in; its prose, template, dates and
//! sources go out.

use jiff::civil::Date;

use crate::content::Article;
use crate::diag::Diagnostic;
use crate::kind::Kind;
use crate::layout::{Page, Subject};
use crate::path::SourcePath;
use crate::site::Site;

/// Returns the day of the last change of a page, which its prose or its records name.
pub fn updated(site: &Site, page: &Page) -> Option<Date> {
    let front = prose(site, page).map(|article| &article.front);
    let prose = front
        .and_then(|front| front.updated.as_ref().or(front.date.as_ref()))
        .map(|date| date.value);
    let record = match (&page.subject, page.kind) {
        (Subject::Framework(id) | Subject::FrameworkLevels(id, ..), _) => site
            .frameworks
            .get(id)
            .and_then(|framework| framework.updated),
        (_, Kind::Article) => None,
        (subject, _) => subject
            .roles()
            .filter_map(|id| site.listed(id)?.updated)
            .max(),
    };
    prose.max(record)
}

/// Returns true if only a build with drafts has the page.
pub fn is_draft(site: &Site, page: &Page) -> bool {
    let mut roles = page.subject.roles().filter_map(|id| site.listed(id));
    prose(site, page).is_some_and(|article| article.front.draft) || roles.any(|role| role.draft)
}

/// Returns why a build would leave a page out by default: `draft`, `future`, or an empty text.
pub fn standing(site: &Site, page: &Page) -> &'static str {
    if is_draft(site, page) {
        return "draft";
    }
    let front = prose(site, page).map(|article| &article.front);
    let written = front.and_then(|front| front.date.as_ref());
    let own = written
        .map(|date| date.value)
        .or_else(|| posted(site, page));
    let roles = page.subject.roles();
    let of_roles = roles.filter_map(|id| site.listed(id)?.date);
    let mut dates = own.into_iter().chain(of_roles);
    if dates.any(|date| date > site.build_date) {
        "future"
    } else {
        ""
    }
}

/// Returns the day on which the open job of a page was posted.
fn posted(site: &Site, page: &Page) -> Option<Date> {
    match &page.subject {
        Subject::Position(role, id) => Some(site.position(role.as_ref(), id)?.posted),
        _ => None,
    }
}

/// Returns the prose of a page.
pub fn prose<'a>(site: &'a Site, page: &Page) -> Option<&'a Article> {
    page.prose.as_ref().and_then(|path| site.article(path))
}

/// Returns the file that a page is made of, for messages: its prose, or else its data.
pub fn source_path(site: &Site, page: &Page) -> Option<SourcePath> {
    page.prose.clone().or_else(|| source_of(site, page))
}

/// Returns the data file that a page is made of.
pub(super) fn source_of(site: &Site, page: &Page) -> Option<SourcePath> {
    match &page.subject {
        Subject::Role(id) | Subject::Levels(id, ..) | Subject::Roles(id, _) => {
            site.listed(id).map(|role| role.path.clone())
        }
        Subject::Position(role, id) => Some(site.position(role.as_ref(), id)?.path.clone()),
        Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => {
            Some(site.frameworks.get(id)?.path.clone())
        }
        Subject::Article(path, _) | Subject::Section(path) => Some(path.clone()),
        Subject::Category(id) => {
            let mut categories = site.config.categories.iter();
            let (_, row) = categories.find(|(other, _)| other == id)?;
            Some(row.path.clone())
        }
        Subject::Skill(id) => site.config.skills.get(id).map(|skill| skill.path.clone()),
        Subject::Site | Subject::Tag(_) => None,
    }
}

/// Returns the template of a page: the one that its prose names, or the one of its kind.
pub fn template(site: &Site, page: &Page) -> Result<String, Diagnostic> {
    let article = prose(site, page);
    if let Some(article) = article
        && let Some(name) = &article.front.template
    {
        let template = site
            .theme
            .template_for(page.kind, Some(name.value.as_str()));
        return template.map_err(|fault| fault.at(&article.path, name.span.clone()));
    }
    site.theme.template_for(page.kind, None)
}

/// Returns true if search engines may list the page.
pub fn is_listed(site: &Site, page: &Page) -> bool {
    let mut roles = page.subject.roles().filter_map(|id| site.listed(id));
    let hidden = prose(site, page).is_some_and(|article| article.front.noindex)
        || roles.any(|role| role.noindex);
    page.kind != Kind::NotFound && !hidden
}
