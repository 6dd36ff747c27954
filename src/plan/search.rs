//! What search finds: which pages, under which groups and categories, and what is said of each; and which files the index has.
//! Words and the bytes of the files are `search/`'s.

use super::address::folder_of;
use super::view::Html;
use super::{Page, Plan, Subject};
use crate::data::{Id, Md};
use crate::kind::Kind;
use crate::path::{UrlPath, relative};
use crate::role::{Ladder, Level, Position, Role};

/// How many pages are in a file of titles and addresses: small, for what a query finds is scattered.
pub const PAGES_A_FILE: usize = 32;
/// How many pages bring a further file of names, and of words in texts: so that each has about ten kilobytes.
const PAGES_A_FILE_OF_NAMES: usize = 120;
const PAGES_A_FILE_OF_TEXT: usize = 24;

/// How many files of each sort an index has.
pub struct SearchSizes {
    pub names: usize,
    pub text: usize,
    pub pages: usize,
}

/// What a text is on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Title,
    /// Another name of what the page is about, such as a job title.
    Name,
    /// What the page belongs to: its role, its tags.
    Context,
    Heading,
    Text,
    Markdown,
}

/// Takes what is said of a page.
type Tell<'t> = dyn FnMut(Said, &str) + 't;

impl SearchSizes {
    /// The sizes for so many pages.
    pub fn of(pages: usize) -> Self {
        let files = |pages_a_file: usize| pages.div_ceil(pages_a_file);
        Self { names: files(PAGES_A_FILE_OF_NAMES), text: files(PAGES_A_FILE_OF_TEXT), pages: files(PAGES_A_FILE) }
    }
}

impl Plan {
    /// The pages that search finds, in the order of their addresses: those that may be listed, when there is a page of search.
    pub(super) fn findable(&self) -> Vec<usize> {
        if self.page_about(Kind::Search, "").is_none() {
            return vec![];
        }
        let is_found = |page: &Page| page.number == 1 && self.is_listed(page) && !matches!(page.kind, Kind::Home | Kind::Search);
        let mut found: Vec<usize> = (0..self.pages.len()).filter(|index| is_found(&self.pages[*index])).collect();
        found.sort_by(|a, b| self.pages[*a].url.cmp(&self.pages[*b].url));
        found
    }

    /// The addresses of the files of the index: the list that is fetched first, names, words of texts, pages.
    pub fn search_urls(&self) -> Vec<UrlPath> {
        let Some(page) = self.page_about(Kind::Search, "") else { return vec![] };
        let folder = folder_of(&page.url);
        let SearchSizes { names, text, pages } = SearchSizes::of(self.found.len());
        let numbered = |name: &'static str, count: usize| (0..count).map(move |number| format!("{name}-{number}.json"));
        let all = std::iter::once("index.json".to_owned()).chain(numbered("names", names)).chain(numbered("text", text)).chain(numbered("pages", pages));
        all.filter_map(|name| UrlPath::new(&format!("{folder}{name}")).ok()).collect()
    }

    /// What a result shows: the address from the index's folder, title, description, and the title of the role.
    pub fn search_row(&self, page: &Page) -> [String; 4] {
        let own = self.page_about(Kind::Search, "").map(|page| folder_of(&page.url)).unwrap_or_default();
        let base = &self.site.config.base_path;
        let href = self.href(&page.url);
        let url = relative(&href, base, &format!("{}{own}", base.trim_end_matches('/'))).unwrap_or(href);
        let role = page.subject.role().and_then(|id| self.site.role(id)).map(|role| role.title.clone()).unwrap_or_default();
        [url, page.title.clone(), page.description.clone(), role]
    }

    /// The name of the group that pages of a kind are shown in.
    pub fn search_group(&self, kind: Kind) -> String {
        let key = match kind {
            Kind::Hub | Kind::WhatIs => "nav_roles",
            Kind::Ladder => "nav_ladder",
            Kind::JobTitles => "nav_job_titles",
            Kind::JobDescription => "nav_job_description",
            Kind::Salary => "nav_salary",
            Kind::Faq | Kind::SiteFaq => "nav_faq",
            Kind::Positions | Kind::Position | Kind::SitePositions => "nav_positions",
            Kind::Article | Kind::Section | Kind::Tag | Kind::Tags => "articles",
            Kind::Skill | Kind::Skills => "nav_skills",
            Kind::Compare | Kind::Comparisons => "nav_comparisons",
            Kind::Framework | Kind::Matrix => "section_home_frameworks",
            _ => "group_other",
        };
        self.strings().get(key).to_owned()
    }

    /// The titles of all categories, and nothing for pages that belong to none.
    pub fn search_categories(&self) -> impl Iterator<Item = String> {
        std::iter::once(String::new()).chain(self.site.config.categories.iter().map(|(id, _)| self.category_crumb(id).title))
    }

    /// The title of the category that a page belongs to, or nothing.
    pub fn search_category(&self, page: &Page) -> String {
        let of_role = page.subject.role().and_then(|id| self.site.role(id)).map(|role| &role.category);
        let category = match &page.subject {
            Subject::Category(id) => Some(id),
            _ => of_role,
        };
        category.map(|id| self.category_crumb(id).title).unwrap_or_default()
    }

    /// Says all that a page can be found by, but for the text that was written for it.
    pub fn say(&self, page: &Page, tell: &mut Tell<'_>) {
        // A comparison names two things: who looks for one of them wants its own pages first.
        tell(if page.kind == Kind::Compare { Said::Name } else { Said::Title }, &page.title);
        tell(Said::Text, &page.description);
        let address = page.url.as_str().trim_end_matches('/');
        tell(Said::Context, address.rsplit('/').next().unwrap_or_default().trim_end_matches(".html"));
        self.prose(page).iter().flat_map(|article| &article.front.tags).for_each(|tag| tell(Said::Context, tag));
        if let Some(role) = page.subject.role().and_then(|id| self.site.role(id)) {
            tell(Said::Context, &role.title);
            self.say_of_role(page, role, tell);
        }
        match &page.subject {
            Subject::Position(role, id) => {
                let position = self.site.role(role).and_then(|role| role.position(id));
                position.into_iter().for_each(|position| say_position(position, tell));
            }
            Subject::Framework(id) => self.say_framework(page, id, tell),
            Subject::Tag(slug) => self.tags.get(slug).into_iter().for_each(|tag| tell(Said::Name, tag)),
            Subject::Skill(id) => {
                let skill = self.site.config.skills.get(id).map(|skill| &skill.row);
                skill.and_then(|skill| skill.description.as_ref()).into_iter().for_each(|text| tell(Said::Markdown, &text.text));
                let roles = self.roles_of_skill.get(id).into_iter().flatten().filter_map(|id| self.site.role(id));
                roles.for_each(|role| tell(Said::Text, &role.title));
            }
            _ => {}
        }
    }

    /// What the sections say that a page of a role shows.
    fn say_of_role(&self, page: &Page, role: &Role, tell: &mut Tell<'_>) {
        let shown = page.kind.sections().iter().copied().filter(|section| page.kind.is_of_role() && self.shows(page, section));
        for section in shown {
            match (page.kind, section) {
                (Kind::Hub, "titles") => {
                    role.titles.iter().for_each(|title| tell(Said::Name, &title.name));
                    let told = role.titles.iter().filter(|_| self.lacks(role, Kind::JobTitles)).filter_map(|title| title.description.as_ref());
                    told.for_each(|text| tell(Said::Markdown, &text.text));
                }
                (Kind::JobTitles, "titles-entry") | (Kind::JobTitles, "similar") | (Kind::JobTitles, "hierarchy") => {}
                (kind, "levels") => {
                    let kind = if kind == Kind::Hub && self.tells_levels(role) { Kind::Ladder } else { kind };
                    role.ladder.levels().for_each(|level| self.say_level(kind, level, tell));
                }
                (_, "skills") => role.skills().for_each(|id| tell(Said::Text, &self.skill_ref(id).name)),
                (_, "competencies") => say_competencies(&role.ladder, tell),
                (_, "definition") => role.definition.iter().for_each(|text| tell(Said::Markdown, &text.text)),
                (_, "responsibilities") => say_all(&role.responsibilities, tell),
                (_, "daily-tasks") => role.ladder.levels().for_each(|level| say_all(&level.tasks, tell)),
                (_, "specializations") => role.specializations.iter().for_each(|row| say_row(&row.name, row.description.as_ref(), tell)),
                (_, "types") => role.titles.iter().for_each(|title| say_row(&title.name, title.description.as_ref(), tell)),
                (_, "tips") => role.tips.iter().for_each(|tip| say_row(&tip.name, Some(&tip.text), tell)),
                (_, "education") => role.education.iter().for_each(|row| say_row(&row.name, row.description.as_ref(), tell)),
                (_, "certifications") => role.certifications.iter().for_each(|row| tell(Said::Text, &row.name)),
                (_, "industries") => role.industries.iter().for_each(|name| tell(Said::Text, name)),
                (_, "locations") => role.locations.iter().for_each(|name| tell(Said::Text, name)),
                (_, "testimonials") => role.testimonials.iter().for_each(|row| tell(Said::Text, &row.quote)),
                (_, "statistics") => role.statistics.iter().for_each(|row| tell(Said::Text, &row.label)),
                (Kind::Salary, "areas") => role.salary.iter().filter_map(|pay| pay.area.as_ref()).for_each(|id| tell(Said::Text, &self.area(id).name)),
                (Kind::Positions, "positions") => role.positions.iter().for_each(|position| say_position(position, tell)),
                // The page of questions has them all; where they are repeated, nobody has to find them again.
                (Kind::Faq | Kind::Hub, "faq") => self.say_questions(role, page.kind, tell),
                _ => {}
            }
        }
    }

    fn say_level(&self, kind: Kind, level: &Level, tell: &mut Tell<'_>) {
        tell(Said::Heading, &level.title);
        if kind != Kind::Ladder {
            return;
        }
        level.name.iter().chain(&level.summary).chain(&level.scope).chain(&level.reach).for_each(|text| tell(Said::Text, text));
        say_all(&level.responsibilities, tell);
        level.skills.iter().flat_map(|need| &need.skills).for_each(|id| tell(Said::Text, &self.skill_ref(id).name));
        level.focus.iter().for_each(|text| tell(Said::Markdown, &text.text));
        level.next.iter().filter_map(|next| next.advance.as_ref()).for_each(|text| tell(Said::Markdown, &text.text));
    }

    fn say_questions(&self, role: &Role, kind: Kind, tell: &mut Tell<'_>) {
        for faq in self.faqs_on(role, kind) {
            tell(Said::Heading, &faq.question);
            say_html(&faq.answer, tell);
        }
    }

    fn say_framework(&self, page: &Page, id: &Id, tell: &mut Tell<'_>) {
        let Some(framework) = self.site.frameworks.get(id) else { return };
        framework.employer.iter().for_each(|name| tell(Said::Context, name));
        if page.kind == Kind::Matrix {
            return say_competencies(&framework.ladder, tell);
        }
        framework.description.iter().for_each(|text| tell(Said::Markdown, &text.text));
        framework.ladder.levels().for_each(|level| self.say_level(Kind::Ladder, level, tell));
        self.roles_of_framework(id).for_each(|role| tell(Said::Text, &role.title));
    }
}

fn say_html(html: &Html, tell: &mut Tell<'_>) {
    match html {
        Html::Empty => {}
        Html::Ready(text) => tell(Said::Markdown, text),
        Html::Record(text) => tell(Said::Markdown, &text.markdown),
        Html::Parts(parts) => parts.iter().for_each(|part| say_html(part, tell)),
    }
}

fn say_row(name: &str, text: Option<&Md>, tell: &mut Tell<'_>) {
    tell(Said::Heading, name);
    text.into_iter().for_each(|text| tell(Said::Markdown, &text.text));
}

fn say_all(texts: &[Md], tell: &mut Tell<'_>) {
    texts.iter().for_each(|text| tell(Said::Markdown, &text.text));
}

fn say_competencies(ladder: &Ladder, tell: &mut Tell<'_>) {
    for competency in ladder.levels().flat_map(|level| &level.competencies) {
        tell(Said::Heading, &competency.name);
        competency.added.iter().for_each(|criterion| tell(Said::Markdown, &criterion.text.text));
    }
}

fn say_position(position: &Position, tell: &mut Tell<'_>) {
    tell(Said::Heading, &position.title);
    tell(Said::Text, &position.employer);
    position.locations.iter().chain(&position.summary).for_each(|text| tell(Said::Text, text));
    position.description.iter().for_each(|text| tell(Said::Markdown, &text.text));
}
