//! Links to what is not published: a link that leads nowhere comes in, a target without a link goes
//! out if the page would exist with drafts, future and expired content.

use super::{Link, Target, find};
use crate::calendar::Absence;
use crate::data::Id;
use crate::diag::{Code, Diagnostic};
use crate::layout::output::OutputKind;
use crate::layout::{Layout, Page, Subject, Unpublished};
use crate::path::{OutPath, SourcePath};
use crate::site::{Site, role_of};

/// Returns the target of a link that would be found if everything was published.
pub(super) fn target(site: &Site, layout: &Layout, link: &Link<'_>) -> Option<Target> {
    let Unpublished {
        site: all,
        layout: everything,
    } = layout.unpublished()?;
    let target = find(all, everything, link)?;
    let absence = match (target.page, &target.source) {
        (Some(index), _) => absence(site, &everything.pages[index]),
        (None, Some(source)) => role_of(source)
            .and_then(Id::new)
            .and_then(|id| absence_of_role(site, &id)),
        (None, None) => None,
    };
    Some(Target {
        note: note(site, link.written, absence),
        ..Target::default()
    })
}

/// Returns the finding about a link to something that is not published, as strict as the site wants
/// it.
fn note(site: &Site, link: &str, absence: Option<Absence>) -> Option<Diagnostic> {
    let what = match absence {
        Some(Absence::Draft) => "a draft".to_owned(),
        Some(absence) => format!("something that {}", absence.why()),
        None => "something that is not published now".to_owned(),
    };
    let help = match absence {
        Some(Absence::Draft) => "no link is made of it until the draft is published",
        Some(Absence::Until(_)) => "no link is made of it until then",
        Some(Absence::Expired(_) | Absence::Aged(_)) => {
            "no link is made of it any more: remove it, or lead it elsewhere"
        }
        None => {
            "no link is made of it: what it leads to belongs to a draft, or to something that lies in the future or has expired"
        }
    };
    let strictness = site.config.site.check.unpublished_links;
    let message = format!("`{link}` leads to {what}");
    let finding = strictness.finding(Code::UnpublishedLink, message)?;
    Some(finding.help(help))
}

/// Returns the finding about a shortcode with figures of a role that is not published.
///
/// A draft is an error: its figures are not ready to be shown.
pub fn note_on_role(site: &Site, id: &Id) -> Option<Diagnostic> {
    let absence = absence_of_role(site, id)?;
    let message = format!("the role `{id}` {}", absence.why());
    if absence == Absence::Draft {
        let error = Diagnostic::error(Code::UnpublishedLink, message);
        return Some(error.help("publish the role first, or take the shortcode away"));
    }
    let strictness = site.config.site.check.unpublished_links;
    let finding = strictness.finding(Code::UnpublishedLink, message)?;
    Some(finding.help(
        "what its record says is shown all the same; take the shortcode away if it should not be",
    ))
}

/// Returns true if an output would exist if everything was published.
pub fn is_unpublished(layout: &Layout, out: &OutPath) -> bool {
    let all = layout.unpublished();
    !layout.outputs.contains_key(out) && all.is_some_and(|all| all.layout.outputs.contains_key(out))
}

/// Why an output is not published.
pub struct Unseen {
    /// The file that decides it, if one does.
    pub path: Option<SourcePath>,
    pub absence: Option<Absence>,
}

impl Unseen {
    /// Returns true for what will be there again.
    pub fn returns(&self) -> bool {
        matches!(self.absence, Some(Absence::Draft | Absence::Until(_)))
    }
}

/// Returns why an output is not published that would exist if everything was.
pub fn why_unpublished(site: &Site, layout: &Layout, out: &OutPath) -> Option<Unseen> {
    let all = layout.unpublished()?;
    let output = all.layout.outputs.get(out)?;
    if let OutputKind::Page(index) = output.what {
        let page = &all.layout.pages[index];
        return Some(Unseen {
            path: decider(site, &all.site, page),
            absence: absence(site, page),
        });
    }
    let path = output.asked.as_ref().map(|place| place.path.clone());
    let of_article = |path| site.absent.articles.get(path).and_then(|(_, why)| *why);
    let role = path.as_ref().and_then(role_of).and_then(Id::new);
    let of_role = role.and_then(|id| absence_of_role(site, &id));
    let absence = of_role.or_else(|| of_article(path.as_ref()?));
    Some(Unseen {
        path: path.filter(|_| absence.is_some()),
        absence,
    })
}

/// Returns the file that keeps a page from being published.
fn decider(site: &Site, all: &Site, page: &Page) -> Option<SourcePath> {
    let mut roles = page.subject.roles().filter_map(|id| {
        let (role, _) = site.absent.roles.get(id)?;
        Some(role.path.clone())
    });
    let of_prose = || {
        let prose = page.prose.as_ref()?;
        let (_, absence) = site.absent.articles.get(prose)?;
        absence.map(|_| prose.clone())
    };
    let of_subject = || match &page.subject {
        Subject::Position(role, id) => Some(all.position(role.as_ref(), id)?.path.clone()),
        Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => {
            let framework = site.absent.frameworks.get(id)?;
            Some(framework.path.clone())
        }
        _ => None,
    };
    roles.next().or_else(of_subject).or_else(of_prose)
}

/// Returns why a page is not published.
fn absence(site: &Site, page: &Page) -> Option<Absence> {
    let of_subject = match &page.subject {
        Subject::Position(role, id) => {
            let of_role = role.as_ref().and_then(|role| absence_of_role(site, role));
            of_role.or_else(|| absence_of_position(site, role.as_ref(), id))
        }
        Subject::Framework(id) | Subject::FrameworkLevels(id, ..) => {
            let is_draft = site.absent.frameworks.contains_key(id);
            if is_draft { Some(Absence::Draft) } else { None }
        }
        subject => subject.roles().find_map(|id| absence_of_role(site, id)),
    };
    of_subject.or_else(|| {
        let (_, absence) = site.absent.articles.get(page.prose.as_ref()?)?;
        *absence
    })
}

fn absence_of_role(site: &Site, id: &Id) -> Option<Absence> {
    site.absent.roles.get(id).map(|(_, absence)| *absence)
}

fn absence_of_position(site: &Site, role: Option<&Id>, id: &Id) -> Option<Absence> {
    let absent = match role {
        Some(role) => &site.role(role)?.absent_positions,
        None => &site.absent.positions,
    };
    let mut positions = absent.iter();
    let (_, absence) = positions.find(|(position, _)| position.id == *id)?;
    Some(*absence)
}
