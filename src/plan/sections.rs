//! What has something to say: which pages of a role are made, and which generated sections a page shows.

use std::collections::BTreeMap;

use super::view::{Html, Section};
use super::{Page, Plan, Subject};
use crate::data::Id;
use crate::kind::{IN_PLACE, Kind};
use crate::role::record::Stage;
use crate::role::{Change, Level, Role, Title};

impl Plan {
    /// Whether a role gets a page of this kind: as the role or the site decides, else when there is enough to say.
    pub(super) fn is_made(&self, role: &Role, kind: Kind) -> bool {
        let decided = role.pages.get(kind.as_str()).or_else(|| self.site.config.site.pages.get(kind.as_str()));
        let written = || self.prose_of(role, kind).is_some();
        kind == Kind::Hub || decided.copied().unwrap_or_else(|| written() || self.has_enough(role, kind))
    }

    fn prose_of(&self, role: &Role, kind: Kind) -> Option<&crate::content::Article> {
        self.site.article(format!("content/roles/{}/{}", role.id, kind.file_name()).as_str())
    }

    fn has_enough(&self, role: &Role, kind: Kind) -> bool {
        match kind {
            Kind::WhatIs => role.definition.is_some() || !role.specializations.is_empty() || !role.testimonials.is_empty(),
            Kind::Ladder => role.ladder.levels().count() >= 2,
            Kind::WhereAmI => role.ladder.levels().filter(|level| adds_something(level)).count() >= 2,
            Kind::JobTitles => role.titles.len() >= 3,
            Kind::JobDescription => role.responsibilities.len() >= 3,
            Kind::Salary => !role.salary.is_empty() || role.ladder.levels().any(|level| level.salary.is_some()),
            Kind::Faq => self.questions_on(role, Kind::Faq) >= 2,
            Kind::Positions => !role.positions.is_empty(),
            _ => true,
        }
    }

    /// Whether a page of a role is missing because there is too little to say on it, not because somebody wants it so.
    pub(super) fn lacks(&self, role: &Role, kind: Kind) -> bool {
        let decided = || role.pages.get(kind.as_str()).or_else(|| self.site.config.site.pages.get(kind.as_str()));
        self.page_about(kind, role.id.as_str()).is_none() && decided() != Some(&false)
    }

    /// Whether the hub has a section in place of the pages of a role that would have it, none of which is made.
    fn is_in_place(&self, role: &Role, id: &str) -> bool {
        let mut homes = Kind::of_role().filter(|kind| *kind != Kind::Hub && kind.sections().contains(&id));
        match id {
            // Each question has pages of its own.
            "faq" => true,
            // Where it shows its levels in full, each has its criteria, and only groups and descriptions of the competencies are missing.
            "competencies" if role.ladder.levels().flat_map(|level| &level.competencies).all(|row| row.description.is_none() && row.group.is_none()) => false,
            _ => homes.all(|kind| self.lacks(role, kind)),
        }
    }

    /// Whether a page of the whole site is made.
    pub(super) fn is_site_page_made(&self, kind: Kind) -> bool {
        let site = &self.site;
        let decided = site.config.site.pages.get(kind.as_str()).copied();
        decided.unwrap_or_else(|| match kind {
            Kind::Roles => !site.roles.is_empty(),
            Kind::Skills => !self.roles_of_skill.is_empty(),
            Kind::Tags => !self.tags.is_empty(),
            Kind::SiteFaq => self.has_written_faqs(),
            Kind::SitePositions => site.all_roles().any(|role| !role.positions.is_empty()),
            Kind::Comparisons => self.pages.iter().any(|page| matches!(page.subject, Subject::Roles(..))),
            Kind::Sources => !site.config.sources.is_empty(),
            _ => true,
        })
    }

    /// The generated sections of a page by key.
    pub(super) fn sections(&self, page: &Page) -> BTreeMap<String, Section> {
        let section = |id: &&'static str| (id.replace('-', "_"), self.section(page, id));
        page.kind.sections().iter().map(section).collect()
    }

    /// One generated section: heading and introduction as the role says, else from the theme's strings.
    pub(super) fn section(&self, page: &Page, id: &str) -> Section {
        let role = page.subject.role().and_then(|id| self.site.role(id));
        let row = role.and_then(|role| role.sections.get(id));
        let name = role.map_or_else(|| page.title.clone(), |role| role.title.clone());
        let is_bare = match (page.kind, id) {
            (Kind::Skills, _) => !self.has_skill_groups(),
            // One level is no ladder.
            (Kind::Hub, "levels") => role.is_some_and(|role| role.ladder.levels().count() == 1),
            _ => false,
        };
        let key = format!("section_{}_{}{}", page.kind.key(), id.replace('-', "_"), if is_bare { "_bare" } else { "" });
        let prose = self.prose(page);
        let taken = prose.is_some_and(|article| article.facts.own.ids().any(|taken| taken == id));
        Section {
            // A heading of the prose keeps its id: links to it were written by hand.
            id: if taken { format!("{id}-section") } else { id.to_owned() },
            heading: row.and_then(|row| row.heading.clone()).unwrap_or_else(|| self.strings().fill(&key, &[("role", &name)])),
            intro: row.and_then(|row| row.intro.as_ref()).map_or(Html::Empty, |intro| self.block(intro)),
            show: self.shows(page, id),
        }
    }

    /// Whether a page shows a generated section: it has something to say, and nobody hides it.
    pub(super) fn shows(&self, page: &Page, id: &str) -> bool {
        let role = page.subject.role().and_then(|id| self.site.role(id));
        let is_hidden = role.and_then(|role| role.sections.get(id)).is_some_and(|row| row.hidden);
        let is_generated = self.prose(page).is_none_or(|article| article.front.generated);
        is_generated
            && !is_hidden
            && match (page.kind, role) {
                (Kind::Compare, _) => self.comparison_says(page, id),
                (Kind::Hub, Some(role)) if IN_PLACE.contains(&id) => self.section_says(role, Kind::Hub, id) && self.is_in_place(role, id),
                (kind, Some(role)) => self.section_says(role, kind, id),
                (_, None) => self.site_section_says(page, id),
            }
    }

    /// Whether a role's page has generated sections: its prose may have put them aside.
    pub(super) fn is_generated(&self, role: &Role, kind: Kind) -> bool {
        self.prose_of(role, kind).is_none_or(|article| article.front.generated)
    }

    /// Whether a role's page of a kind shows a generated section, as far as is known before there are pages.
    pub(super) fn says(&self, role: &Role, kind: Kind, id: &str) -> bool {
        let is_hidden = role.sections.get(id).is_some_and(|row| row.hidden);
        !is_hidden && self.is_generated(role, kind) && self.section_says(role, kind, id)
    }

    fn section_says(&self, role: &Role, kind: Kind, id: &str) -> bool {
        let stage = |stage: Stage| role.titles.iter().any(|title: &Title| title.stage == Some(stage));
        let levels = || role.ladder.levels();
        match id {
            "salary" | "headline" => role.headline().is_some(),
            "rows" => role.pay_at_home().count() > 1,
            "areas" => role.pay_elsewhere().next().is_some(),
            "levels" if kind == Kind::Salary => levels().any(|level| level.salary.is_some()),
            "levels" => levels().next().is_some(),
            "competencies" => levels().any(|level| !level.competencies.is_empty()),
            "skills" => levels().any(|level| !level.skills.is_empty()),
            "titles" => !role.titles.is_empty(),
            "hierarchy" => role.titles.iter().any(|title| title.of_level || title.parent.is_some()),
            "types" => role.titles.iter().any(|title| title.featured || title.of_level),
            "similar" | "similar-titles" => role.titles.iter().any(|title| !title.of_level && title.stage.is_none() && title.level.is_none()),
            "outlook" => role.outlook.is_some(),
            "education" => !role.education.is_empty(),
            "certifications" => !role.certifications.is_empty(),
            "industries" => !role.industries.is_empty(),
            "locations" => !role.locations.is_empty() || !role.workplace.is_empty(),
            "related" => !role.related.is_empty(),
            "articles" => self.groups.articles_of_role.contains_key(&role.id),
            "definition" => role.definition.is_some(),
            "responsibilities" => !role.responsibilities.is_empty(),
            "daily-tasks" => levels().any(|level| !level.tasks.is_empty()),
            "specializations" => !role.specializations.is_empty(),
            "testimonials" => !role.testimonials.is_empty(),
            "statistics" => !role.statistics.is_empty(),
            "tips" => !role.tips.is_empty(),
            "positions" => !role.positions.is_empty(),
            "checklist" => levels().any(adds_something),
            "faq" => self.questions_on(role, kind) > 0,
            _ => id.strip_prefix("titles-").and_then(|name| Stage::ALL.iter().copied().find(|stage| stage.as_str() == name)).is_some_and(stage),
        }
    }

    fn site_section_says(&self, page: &Page, id: &str) -> bool {
        let site = &self.site;
        match (page.kind, id) {
            (Kind::Home, "articles") => !self.groups.dated.is_empty(),
            (Kind::Home, "frameworks") => !site.frameworks.is_empty(),
            (Kind::Framework, "roles") => match &page.subject {
                Subject::Framework(id) => self.roles_of_framework(id).next().is_some(),
                _ => false,
            },
            (Kind::Home | Kind::Roles, "categories") => self.has_pages(Kind::Category),
            (Kind::Home | Kind::Roles, _) => !site.roles.is_empty(),
            (Kind::Skills, _) => !self.roles_of_skill.is_empty(),
            (Kind::SiteFaq, _) => self.has_written_faqs(),
            (Kind::SitePositions, _) => site.all_roles().any(|role| !role.positions.is_empty()),
            (Kind::Comparisons, _) => !self.groups.comparisons_of_role.is_empty(),
            (Kind::Sources, _) => !site.config.sources.is_empty(),
            (Kind::Search, _) => [Kind::Roles, Kind::Category, Kind::Skills, Kind::Tags, Kind::SiteFaq, Kind::SitePositions, Kind::Sources]
                .into_iter()
                .any(|kind| self.has_pages(kind)),
            _ => true,
        }
    }

    fn has_pages(&self, kind: Kind) -> bool {
        self.about.get(&kind).is_some_and(|pages| !pages.is_empty())
    }

    /// Whether somebody wrote a question of a role.
    fn has_written_faqs(&self) -> bool {
        self.site.all_roles().flat_map(|role| &role.faqs).any(|faq| !faq.hidden && faq.question.is_some() && faq.answer.is_some())
    }

    /// Published roles that use a framework.
    pub(super) fn roles_of_framework<'a>(&'a self, id: &'a Id) -> impl Iterator<Item = &'a Role> {
        self.site.all_roles().filter(move |role| role.framework.as_ref() == Some(id))
    }
}

/// Whether a level asks for anything that those below it do not: something to tick off.
fn adds_something(level: &Level) -> bool {
    level.skills.iter().any(|need| need.change != Change::Kept) || level.competencies.iter().any(|competency| !competency.added.is_empty())
}
