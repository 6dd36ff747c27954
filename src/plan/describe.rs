//! The sentences about generated pages, for search engines and below the title: records come in, sentences that promise what their
//! pages have go out. What a page does not have is not in its sentence.

use super::Plan;
use crate::data::Id;
use crate::kind::Kind;
use crate::role::{Amounts, Framework, Ladder, Pay, Role};

/// As much of a description as search engines show, in letters.
pub(super) const MOST: usize = 160;

/// Words for a part of a page, by the key of the string, and whether the page has it.
type Part = (bool, &'static str);

impl Plan {
    /// The description of a role's page when nobody wrote one.
    pub(super) fn description_of_role(&self, role: &Role, kind: Kind) -> String {
        let page = RolePage { plan: self, role, kind };
        let (key, parts) = match kind {
            Kind::Hub => ("description_hub", page.hub()),
            Kind::WhatIs => ("description_what_is", page.what_is()),
            Kind::Ladder => ("description_ladder", page.ladder()),
            Kind::WhereAmI => ("description_where_am_i", vec![(page.has("checklist"), "part_level_that_fits"), (page.has("checklist"), "part_next_level")]),
            Kind::JobTitles => ("description_job_titles", page.job_titles()),
            Kind::JobDescription => return page.job_description(),
            Kind::Salary => return page.salary(),
            Kind::Faq => ("description_faq", self.topics(role)),
            _ => ("description_positions", page.positions()),
        };
        self.promise(key, &[("role", &role.title)], &parts)
    }

    /// A sentence with a list of what there is, as much of it as search engines show; `<key>_bare` where there is nothing.
    fn promise(&self, key: &str, values: &[(&str, &str)], parts: &[Part]) -> String {
        let parts: Vec<String> = parts.iter().filter(|(has, _)| *has).map(|(_, key)| self.strings().get(key).to_owned()).collect();
        let sentence = |parts: &[String]| {
            let listed = self.join_and(parts);
            let values: Vec<(&str, &str)> = values.iter().copied().chain([("parts", listed.as_str())]).collect();
            self.strings().fill(&if parts.is_empty() { format!("{key}_bare") } else { key.to_owned() }, &values)
        };
        let fits = (1..=parts.len()).rev().map(|count| sentence(&parts[..count])).find(|text| text.chars().count() <= MOST);
        fits.unwrap_or_else(|| sentence(&parts[..parts.len().min(1)]))
    }

    pub(super) fn description_of_framework(&self, framework: &Framework) -> String {
        let ladder = &framework.ladder;
        let parts = [
            (ladder.tracks.len() > 1, "part_tracks_and_levels"),
            (ladder.tracks.len() == 1, "part_levels"),
            (ladder.levels().any(|level| level.scope.is_some()), "part_scope"),
            (self.roles_of_framework(&framework.id).next().is_some(), "part_roles"),
        ];
        self.promise("description_framework", &[("framework", &framework.name)], &parts)
    }

    pub(super) fn description_of_category(&self, id: &Id, title: &str) -> String {
        let any = |has: fn(&Role) -> bool| self.site.all_roles().filter(|role| role.category == *id).any(has);
        let parts = [
            (any(|role| role.summary.is_some() || role.definition.is_some() || !role.responsibilities.is_empty()), "part_what_they_do"),
            (any(|role| role.headline().is_some()), "part_what_they_pay"),
            (any(|role| advances(&role.ladder)), "part_how_to_advance"),
        ];
        self.promise("description_category", &[("category", title)], &parts)
    }

    pub(super) fn description_of_skill(&self, id: &Id, name: &str) -> String {
        let [asked, one_of, helps] = self.roles_by_standing(id);
        let key = match (asked + one_of, helps) {
            (0, _) => "description_skill_optional",
            (_, 0) => "description_skill",
            _ => "description_skill_both",
        };
        let needs = self.roles_of_skill.get(id).into_iter().flatten().filter_map(|id| self.site.role(id)).flat_map(|role| role.ladder.levels());
        let is_measured = needs.flat_map(|level| &level.skills).any(|need| need.skills.contains(id) && need.proficiency.is_some());
        self.promise(key, &[("skill", name)], &[(true, "part_from_level"), (is_measured, "part_how_well")])
    }

    /// The description of a page of the whole site, but for the first one.
    pub(super) fn description_of_site_page(&self, kind: Kind) -> String {
        let roles = || self.site.all_roles();
        let has_pay = roles().any(|role| role.headline().is_some());
        let config = &self.site.config;
        let (key, parts): (&str, Vec<Part>) = match kind {
            Kind::Roles if has_pay && roles().all(|role| role.headline().is_some()) => return self.strings().get("description_roles_pay").to_owned(),
            Kind::Roles if has_pay => return self.strings().get("description_roles_some_pay").to_owned(),
            Kind::Skills if !self.has_skill_groups() => return self.strings().get("description_skills_bare").to_owned(),
            Kind::Comparisons => (
                "description_comparisons",
                vec![
                    (has_pay, "part_what_they_pay"),
                    (!self.roles_of_skill.is_empty(), "part_skills_shared"),
                    (roles().any(|role| !role.responsibilities.is_empty()), "part_what_each_does"),
                    (has_pay && !config.sources.is_empty(), "part_where_from"),
                ],
            ),
            Kind::Sources => (
                "description_sources",
                vec![
                    (config.sources.values().any(|source| source.row.licence.is_some()), "part_licence"),
                    (config.sources.values().any(|source| source.row.as_of.is_some()), "part_date"),
                    (true, "part_used_for"),
                ],
            ),
            Kind::Search => (
                "description_search",
                vec![
                    (roles().next().is_some(), "part_guides"),
                    (self.pages.iter().any(|page| page.kind == Kind::Article), "part_articles"),
                    (!self.roles_of_skill.is_empty(), "part_skills"),
                    (roles().any(|role| !role.positions.is_empty()), "part_open_jobs"),
                ],
            ),
            _ => return self.strings().get(&format!("description_{}", kind.key())).to_owned(),
        };
        self.promise(key, &[], &parts)
    }

    /// Whether some skill in use stands in a group.
    pub(super) fn has_skill_groups(&self) -> bool {
        self.roles_of_skill.keys().any(|id| self.site.config.skills.get(id).is_some_and(|skill| skill.row.group.is_some()))
    }

    /// What the site is about, for the title of its first page: "careers, levels and pay".
    pub(super) fn about(&self) -> String {
        let roles = || self.site.all_roles();
        let parts = [
            (roles().next().is_some(), "part_careers"),
            (roles().any(|role| role.ladder.levels().count() > 1), "part_levels_of_careers"),
            (roles().any(|role| role.headline().is_some() || role.ladder.levels().any(|level| level.salary.is_some())), "part_pay"),
        ];
        self.join_and(&parts.iter().filter(|(has, _)| *has).map(|(_, key)| self.strings().get(key).to_owned()).collect::<Vec<_>>())
    }
}

/// A page of a role, and what it has.
struct RolePage<'p> {
    plan: &'p Plan,
    role: &'p Role,
    kind: Kind,
}

impl RolePage<'_> {
    /// Whether the page shows a generated section.
    fn has(&self, section: &str) -> bool {
        self.plan.says(self.role, self.kind, section)
    }

    fn hub(&self) -> Vec<Part> {
        let Self { role, .. } = self;
        let levels = self.has("levels");
        let asks = role.ladder.levels().flat_map(|level| &level.skills).any(crate::role::Need::is_essential);
        let parts = [
            (self.has("salary") || levels && role.ladder.levels().any(|level| level.salary.is_some()), "part_what_it_pays"),
            (levels && role.ladder.levels().count() > 1, "part_levels"),
            (self.has("skills") && asks, "part_skills_asked"),
            (self.has("skills") && !asks, "part_skills_helpful"),
            (self.has("titles") && role.titles.iter().any(|title| !title.of_level), "part_other_names"),
            (self.has("outlook"), "part_outlook"),
            (self.has("education"), "part_education_for_it"),
            (self.has("related"), "part_related"),
            (role.definition.is_some(), "part_what_it_is"),
        ];
        parts.into_iter().filter(|(has, _)| *has).take(5).collect()
    }

    fn what_is(&self) -> Vec<Part> {
        let day = self.has("daily-tasks");
        let is_each = self.role.ladder.levels().count() > 1 && self.role.ladder.levels().all(|level| !level.tasks.is_empty());
        vec![
            (self.has("responsibilities"), "part_its_duties"),
            (day && is_each, "part_day_at_each_level"),
            (day && !is_each, "part_day"),
            (self.has("specializations"), "part_specializations"),
        ]
    }

    fn ladder(&self) -> Vec<Part> {
        let levels = || self.role.ladder.levels().filter(|_| self.has("levels"));
        let parts = [
            (levels().any(|level| !level.responsibilities.is_empty()), "part_duties"),
            (levels().any(|level| !level.skills.is_empty()), "part_skills"),
            (levels().any(|level| level.salary.is_some()), "part_pay"),
            (levels().any(|level| level.experience.is_some()), "part_experience"),
            (self.has("competencies"), "part_competencies"),
        ];
        let advance = (self.has("levels") && advances(&self.role.ladder), "part_what_it_takes");
        parts.into_iter().filter(|(has, _)| *has).take(3).chain([advance]).collect()
    }

    fn job_titles(&self) -> Vec<Part> {
        let titles = &self.role.titles;
        let mut stages: Vec<_> = titles.iter().filter_map(|title| title.stage).collect();
        stages.dedup();
        vec![
            (titles.iter().any(|title| !title.of_level), "part_called_elsewhere"),
            (self.role.ladder.levels().count() > 1 || stages.len() > 1, "part_first_to_top"),
            (self.has("hierarchy") && titles.iter().any(|title| title.parent.is_some()), "part_how_they_relate"),
        ]
    }

    /// All that an advert says is a template for one.
    fn job_description(&self) -> String {
        let parts = [
            (self.has("responsibilities"), "part_responsibilities"),
            (self.has("skills"), "part_skills"),
            (self.has("education"), "part_education"),
            (self.has("salary"), "part_pay"),
        ];
        let is_whole = parts.iter().all(|(has, _)| *has);
        let more = [(self.has("certifications"), "part_certifications"), (self.has("locations"), "part_places")];
        let parts: Vec<Part> = parts.into_iter().chain(more).filter(|(has, _)| *has).take(4).collect();
        self.plan.promise(if is_whole { "description_job_description_template" } else { "description_job_description" }, &[("role", &self.role.title)], &parts)
    }

    fn salary(&self) -> String {
        let of_levels = || self.role.ladder.levels().filter_map(|level| level.salary.as_ref());
        let all: Vec<&Pay> = self.role.salary.iter().chain(of_levels()).collect();
        let has_percentiles = |pay: &&&Pay| matches!(&pay.amounts, Amounts::Percentiles(points) if points.iter().flatten().count() > 1);
        let is_shown = self.plan.is_generated(self.role, self.kind);
        let parts = [
            (self.has("levels"), "part_by_level"),
            (self.has("areas"), "part_by_area"),
            (is_shown && all.iter().any(|pay| has_percentiles(&pay)), "part_in_percentiles"),
        ];
        let is_sourced = is_shown && !all.is_empty() && all.iter().all(|pay| pay.claim.source.is_some() && pay.claim.as_of.is_some());
        let key = if is_sourced { "description_salary_sourced" } else { "description_salary" };
        self.plan.promise(key, &[("role", &self.role.title)], &parts)
    }

    fn positions(&self) -> Vec<Part> {
        let positions = &self.role.positions;
        let paid = positions.iter().filter(|position| position.salary.is_some()).count();
        vec![
            (self.has("positions"), "part_employer"),
            (self.has("positions") && positions.iter().any(|position| !position.locations.is_empty()), "part_place"),
            (self.has("positions") && paid > 0 && paid == positions.len(), "part_pay"),
            (self.has("positions") && paid > 0 && paid < positions.len(), "part_pay_if_named"),
        ]
    }
}

/// Whether a ladder says of some level how to get to the next.
fn advances(ladder: &Ladder) -> bool {
    ladder.levels().flat_map(|level| &level.next).any(|next| next.advance.is_some() || !next.gained.is_empty())
}
