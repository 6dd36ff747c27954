//! The generated lists of a site: roles, skills, tags, questions and jobs come in; each list in groups
//! and parts goes out.
//!
//! A list is a function of the site alone, so it is made once, before there are pages: how many pages
//! an index has depends on it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::config::SkillRow;
use crate::data::Id;
use crate::digest::Digest;
use crate::layout::parts::{Entry, Labels, List, Unpacked};
use crate::layout::skills::SkillUse;
use crate::ordered;
use crate::path::{SourcePath, slugify};
use crate::reads::{Answers, Tracked};
use crate::role::{Position, Role};
use crate::site::Site;
use crate::wording::Wording;
use crate::wording::words::skill_name;

/// The most rows of roles on a page. A row takes eight elements, and up to 120 pixels on a phone.
pub const MOST_ROLES: usize = 70;
/// The most names, of skills or tags, on a page: rows of one line.
pub const MOST_NAMES: usize = 150;
/// The most questions on a page: each is a heading with a few lines.
pub const MOST_QUESTIONS: usize = 30;
/// The most open jobs on a page: each takes five lines or so.
pub const MOST_POSITIONS: usize = 40;
/// The most rows of comparisons on a page: each role takes two, and one for each that it is compared
/// with.
pub const MOST_COMPARISONS: usize = 250;
/// From how many roles on a category has letters, a filter and an order.
pub const TABLE_FROM: usize = 40;
/// From how many tags on they stand under letters.
pub const LETTERS_FROM: usize = 100;
/// The most roles that a bar names.
pub const MOST_IN_BAR: usize = 40;
/// From how many levels on the levels that want a skill are a table, which takes a row for each.
pub const LEVELS_IN_TABLE: usize = 3;

/// The lists of a site that may fall into parts.
#[derive(Clone)]
pub struct Lists {
    /// All roles by letter.
    pub roles: Tracked<List<Id>>,
    /// The roles of a category by letter, where there are many.
    pub roles_of_category: Tracked<BTreeMap<Id, List<Id>>>,
    /// The skills in use by group.
    pub skills: Tracked<List<Id>>,
    /// The roles that want a skill by letter, where they do not fit on one page.
    pub roles_of_skill: Tracked<BTreeMap<Id, List<Id>>>,
    /// The slugs of tags, by letter where there are many.
    pub tags: Tracked<List<String>>,
    /// The roles with written questions by letter.
    pub questions: Tracked<List<Id>>,
    /// The roles that have comparisons with others by letter.
    pub comparisons: Tracked<List<Id>>,
    /// The open jobs by category, where they do not fit on one page, newest first.
    pub positions: Tracked<List<JobId>>,
}

/// An open job: its role, if it has one, and its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobId {
    pub role: Option<Id>,
    pub id: Id,
}

impl Lists {
    /// Returns the lists of a site.
    pub fn of(
        site: &Site,
        words: &Wording<'_>,
        tags: &BTreeMap<String, String>,
        skills: &BTreeMap<Id, SkillUse>,
        pairs: &[(&Role, &Role)],
    ) -> Self {
        let making = Making { site, words };
        let all = making.roles();
        let (roles_of_skill, (skills, (roles_of_category, comparisons))) = rayon::join(
            || making.roles_of_skill(&all),
            || {
                let of_roles = || {
                    (
                        making.roles_of_category(&all),
                        making.comparisons(&all, pairs),
                    )
                };
                rayon::join(|| making.skills(skills), of_roles)
            },
        );
        let roles = making.packed(&all, |_| Some(1), MOST_ROLES);
        Self {
            roles: Tracked::new("list of roles", roles),
            roles_of_category: Tracked::new("list of a category", roles_of_category),
            skills: Tracked::new("list of skills", skills),
            roles_of_skill: Tracked::new("list of a skill", roles_of_skill),
            tags: Tracked::new("list of tags", making.tags(tags)),
            questions: Tracked::new("list of questions", making.questions(&all)),
            comparisons: Tracked::new("list of comparisons", comparisons),
            positions: Tracked::new("list of jobs", making.positions()),
        }
    }
}

impl Lists {
    /// Adds the answers to all questions that the lists are asked.
    pub(super) fn answers(&self, answers: &mut Answers) {
        let Self {
            roles,
            roles_of_category,
            skills,
            roles_of_skill,
            tags,
            questions,
            comparisons,
            positions,
        } = self;
        for list in [roles, skills, questions, comparisons] {
            list.answers_as_whole([Digest::of_value(list.whole())], answers);
        }
        tags.answers_as_whole([Digest::of_value(tags.whole())], answers);
        positions.answers_as_whole([Digest::of_value(positions.whole())], answers);
        for lists in [roles_of_category, roles_of_skill] {
            lists.answers(Digest::of_value, answers);
        }
    }
}

/// A role with its place in the alphabet.
struct Lettered<'a> {
    role: &'a Role,
    title: String,
    letter: Option<String>,
}

/// What lists are made from.
struct Making<'a> {
    site: &'a Site,
    words: &'a Wording<'a>,
}

impl<'a> Making<'a> {
    /// Returns all roles in the order of their titles.
    fn roles(&self) -> Vec<Lettered<'a>> {
        let locale = self.words.locale;
        let lettered = |role: &'a Role| {
            let title = title_of_hub(self.site, role);
            let letter = locale.letter(&title);
            Lettered {
                role,
                title,
                letter,
            }
        };
        let mut roles: Vec<_> = self.site.all_roles().map(lettered).collect();
        roles.sort_by_cached_key(|own| {
            (
                own.letter.clone(),
                locale.sort_key(&own.title),
                own.role.id.clone(),
            )
        });
        roles
    }

    /// Returns the roles that take some rows, by letter.
    fn packed<'r>(
        &self,
        roles: &'r [Lettered<'r>],
        rows: impl Fn(&Role) -> Option<usize>,
        most: usize,
    ) -> List<Id> {
        let with_rows = |own: &'r Lettered<'r>| Some((own, rows(own.role)?));
        self.packed_rows(roles.iter().filter_map(with_rows), most)
    }

    /// Returns roles with the rows that each takes, by letter.
    fn packed_rows<'l>(
        &self,
        roles: impl Iterator<Item = (&'l Lettered<'l>, usize)>,
        most: usize,
    ) -> List<Id> {
        let entries = roles.map(|(own, rows)| {
            let entry = Entry {
                item: own.role.id.clone(),
                title: own.title.clone(),
                rows,
            };
            (own.letter.clone(), entry)
        });
        List::packed(self.by_letter(entries), most, Labels::Titles)
    }

    /// Groups entries by letter. Those whose titles begin with no letter come first.
    fn by_letter<T>(
        &self,
        entries: impl Iterator<Item = (Option<String>, Entry<T>)>,
    ) -> Vec<Unpacked<T>> {
        let mut letters: BTreeMap<Option<String>, Vec<Entry<T>>> = BTreeMap::new();
        for (letter, entry) in entries {
            letters.entry(letter).or_default().push(entry);
        }
        let other = || self.words.strings.get("letter_other").to_owned();
        let group = |(letter, entries): (Option<String>, Vec<Entry<T>>)| Unpacked {
            id: match &letter {
                Some(letter) => format!("letter-{}", slugify(letter)),
                None => "letter-other".to_owned(),
            },
            title: letter.unwrap_or_else(other),
            entries,
        };
        letters.into_iter().map(group).collect()
    }

    fn roles_of_category(&self, roles: &[Lettered<'_>]) -> BTreeMap<Id, List<Id>> {
        let mut counts: BTreeMap<&Id, usize> = BTreeMap::new();
        for category in roles.iter().flat_map(|own| &own.role.categories) {
            *counts.entry(category).or_default() += 1;
        }
        let of_category = |(id, _): (&Id, usize)| {
            let rows = |role: &Role| role.categories.contains(id).then_some(1);
            (id.clone(), self.packed(roles, rows, MOST_ROLES))
        };
        let many = counts.into_iter().filter(|(_, count)| *count >= TABLE_FROM);
        many.map(of_category).collect()
    }

    /// Returns the skills in use by group, and by letter where they have none and are too many.
    fn skills(&self, used: &BTreeMap<Id, SkillUse>) -> List<Id> {
        let locale = self.words.locale;
        let mut groups: BTreeMap<&str, Vec<Entry<Id>>> = BTreeMap::new();
        for id in used.keys() {
            let entry = Entry {
                item: id.clone(),
                title: skill_name(self.words, id),
                rows: 1,
            };
            groups.entry(self.group_of(id)).or_default().push(entry);
        }
        for entries in groups.values_mut() {
            entries.sort_by_cached_key(|entry| locale.sort_key(&entry.title));
        }
        let has_groups = groups.keys().any(|group| !group.is_empty());
        let unpacked = if !has_groups && used.len() > MOST_NAMES {
            let entries = groups.into_values().flatten();
            self.by_letter(entries.map(|entry| (locale.letter(&entry.title), entry)))
        } else {
            self.by_group(groups)
        };
        List::packed(unpacked, MOST_NAMES, Labels::Titles)
    }

    /// Returns the group of a skill, or an empty text.
    fn group_of(&self, skill: &Id) -> &'a str {
        let declared = self.site.config.skills.get(skill);
        let row: Option<&SkillRow> = declared.map(|skill| &skill.row);
        row.and_then(|row| row.group.as_deref()).unwrap_or_default()
    }

    fn by_group(&self, groups: BTreeMap<&str, Vec<Entry<Id>>>) -> Vec<Unpacked<Id>> {
        let mut taken = BTreeSet::new();
        let group = |(title, entries): (&str, Vec<Entry<Id>>)| {
            let title = if title.is_empty() {
                self.words.strings.get("group_other")
            } else {
                title
            };
            Unpacked {
                id: unique(&slugify(title), &mut taken),
                title: title.to_owned(),
                entries,
            }
        };
        groups.into_iter().map(group).collect()
    }

    /// Returns the roles of each skill that do not fit on one page.
    fn roles_of_skill(&self, roles: &[Lettered<'_>]) -> BTreeMap<Id, List<Id>> {
        let mut wanted: ordered::Map<&Id, Vec<(&Lettered<'_>, usize)>> = ordered::Map::default();
        for own in roles {
            for (skill, levels) in levels_by_skill(own.role) {
                let rows = wanted.entry(skill).or_default();
                rows.push((own, rows_of_levels(levels)));
            }
        }
        let rows = |own: &[(&Lettered<'_>, usize)]| own.iter().map(|(_, rows)| rows).sum::<usize>();
        let many = wanted.into_iter().filter(|(_, own)| rows(own) > MOST_ROLES);
        let list = |(skill, own): (&Id, Vec<(&Lettered<'_>, usize)>)| {
            let list = self.packed_rows(own.into_iter(), MOST_ROLES);
            (skill.clone(), list)
        };
        many.map(list).collect()
    }

    fn tags(&self, tags: &BTreeMap<String, String>) -> List<String> {
        let entry = |(slug, title): (&String, &String)| Entry {
            item: slug.clone(),
            title: title.clone(),
            rows: 1,
        };
        let entries = tags.iter().map(entry);
        if tags.len() < LETTERS_FROM {
            let all = Unpacked {
                id: "tags".to_owned(),
                title: String::new(),
                entries: entries.collect(),
            };
            return List::packed(vec![all], MOST_NAMES, Labels::Titles);
        }
        let locale = self.words.locale;
        let mut entries: Vec<_> = entries
            .map(|entry| (locale.letter(&entry.title), entry))
            .collect();
        entries
            .sort_by_cached_key(|(_, entry)| (locale.sort_key(&entry.title), entry.item.clone()));
        List::packed(
            self.by_letter(entries.into_iter()),
            MOST_NAMES,
            Labels::Titles,
        )
    }

    /// Returns the roles with written questions: each a group of its own, or by letter where they
    /// are too many for a bar of names.
    fn questions(&self, roles: &[Lettered<'_>]) -> List<Id> {
        let rows = |role: &Role| Some(written_questions(role)).filter(|count| *count > 0);
        let asked: Vec<_> = roles
            .iter()
            .filter_map(|own| Some((own, rows(own.role)?)))
            .collect();
        if asked.len() > MOST_IN_BAR {
            return self.packed(roles, rows, MOST_QUESTIONS);
        }
        let group = |(own, rows): (&Lettered<'_>, usize)| {
            let entry = Entry {
                item: own.role.id.clone(),
                title: own.title.clone(),
                rows,
            };
            Unpacked {
                id: own.role.id.to_string(),
                title: own.title.clone(),
                entries: vec![entry],
            }
        };
        let groups = asked.into_iter().map(group).collect();
        List::packed(groups, MOST_QUESTIONS, Labels::Titles)
    }

    fn comparisons(&self, roles: &[Lettered<'_>], pairs: &[(&Role, &Role)]) -> List<Id> {
        let mut counts: ordered::Map<&Id, usize> = ordered::Map::default();
        for (a, b) in pairs {
            for role in [a, b] {
                *counts.entry(&role.id).or_insert(2) += 1;
            }
        }
        self.packed(
            roles,
            |role| counts.get(&role.id).copied(),
            MOST_COMPARISONS,
        )
    }

    fn positions(&self) -> List<JobId> {
        let of_roles = self
            .site
            .all_roles()
            .flat_map(|role| role.positions.iter().map(move |job| (Some(role), job)));
        let of_none = self.site.positions.iter().map(|job| (None, job));
        let mut jobs: Vec<(Option<&Role>, &Position)> = of_roles.chain(of_none).collect();
        jobs.sort_by_cached_key(|(_, job)| (Reverse(job.posted), job.id.clone()));
        let are_grouped = jobs.len() > MOST_POSITIONS;
        let mut groups: BTreeMap<usize, Vec<Entry<JobId>>> = BTreeMap::new();
        for (role, job) in jobs {
            let entry = Entry {
                item: JobId {
                    role: role.map(|role| role.id.clone()),
                    id: job.id.clone(),
                },
                title: job.title.clone(),
                rows: 1,
            };
            let category = role.filter(|_| are_grouped).map(|role| &role.category);
            let group = groups.entry(self.place_of_category(category));
            group.or_default().push(entry);
        }
        let group = |(place, entries): (usize, Vec<Entry<JobId>>)| self.category(place, entries);
        let groups = groups.into_iter().map(group).collect();
        List::packed(groups, MOST_POSITIONS, Labels::Numbers)
    }

    /// Returns the place of a category among all of them; jobs without one come last.
    fn place_of_category(&self, category: Option<&Id>) -> usize {
        let mut categories = self.site.config.categories.iter();
        category
            .and_then(|id| categories.position(|(other, _)| other == id))
            .unwrap_or(usize::MAX)
    }

    fn category<T>(&self, place: usize, entries: Vec<Entry<T>>) -> Unpacked<T> {
        let category = self.site.config.categories.get(place);
        let other = || {
            (
                "other".to_owned(),
                self.words.strings.get("group_other").to_owned(),
            )
        };
        let of_category =
            |(id, row): &(Id, crate::config::Declared<crate::config::CategoryRow>)| {
                (id.to_string(), row.row.title.value.clone())
            };
        let (id, title) = category.map_or_else(other, of_category);
        Unpacked { id, title, entries }
    }
}

/// Returns the title of the hub of a role.
fn title_of_hub(site: &Site, role: &Role) -> String {
    let path = SourcePath::new(&format!("content/roles/{}/index.md", role.id));
    let prose = path.ok().and_then(|path| site.article(&path));
    let written = prose.and_then(|article| article.front.title.clone());
    written.unwrap_or_else(|| role.title.clone())
}

/// Returns how many written questions a role shows.
fn written_questions(role: &Role) -> usize {
    let shown = role.faqs.iter().filter(|faq| !faq.hidden);
    shown
        .filter(|faq| faq.question.is_some() && faq.answer.is_some())
        .count()
}

/// Returns the skills that a role wants, with how many of its levels want each.
fn levels_by_skill(role: &Role) -> ordered::Map<&Id, usize> {
    let mut levels: ordered::Map<&Id, usize> = role.skills().map(|skill| (skill, 0)).collect();
    for level in role.ladder.levels() {
        let own: BTreeSet<&Id> = level.skills.iter().flat_map(|need| &need.skills).collect();
        for skill in own {
            *levels.entry(skill).or_default() += 1;
        }
    }
    levels
}

/// Returns how many rows a role takes on the page of a skill: one, or one for each level that wants
/// the skill, where they are a table.
fn rows_of_levels(levels: usize) -> usize {
    if levels < LEVELS_IN_TABLE { 1 } else { levels }
}

/// Returns an id for a group that no other group has, for names may have the same slug or none.
fn unique(slug: &str, taken: &mut BTreeSet<String>) -> String {
    let slug = if slug.is_empty() { "group" } else { slug };
    let numbered = (1..).map(|number| format!("{slug}-{number}"));
    std::iter::once(slug.to_owned())
        .chain(numbered)
        .find(|id| taken.insert(id.clone()))
        .unwrap_or_default()
}
