//! Markdown outside articles: texts of records and lists, and those that a file gives to templates. What is wrong with them, and
//! where their links lead, goes out; they become HTML when they are printed.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::{Page, Plan, Subject, Target};
use crate::content::{Call, Host, ImageUse, Shape, record_faults, record_links};
use crate::data::{Md, is_safe_url};
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::ordered;
use crate::path::SourcePath;
use crate::role::{Framework, Ladder, LevelCompetency, Role};
use crate::site::home_file;
use crate::source::Span;

/// Texts that templates may read as Markdown: for each where its links lead.
pub type Texts = BTreeMap<String, BTreeMap<String, TextTarget>>;

/// Where a link of such a text leads, or why it leads nowhere.
#[derive(Clone, Debug, Serialize)]
pub struct TextTarget {
    #[serde(flatten)]
    target: ImageUse,
    fault: Option<String>,
}

/// Says where the links of a text lead while it is checked, and remembers where they stand.
struct Checking<'c> {
    plan: &'c Plan,
    from: &'c SourcePath,
    /// What each link became, with its span in the text.
    found: RefCell<Vec<(String, Span)>>,
    /// What is to be said of links to what is not published.
    notes: RefCell<Vec<Diagnostic>>,
}

impl Checking<'_> {
    fn target(&self, link: &str, span: &Span) -> Result<Target, Diagnostic> {
        let mut target = self.plan.resolve(self.from, link, None).map_err(|fault| fault.at(self.from, span.clone()))?;
        self.notes.borrow_mut().extend(target.note.take().map(|note| note.at(self.from, span.clone())));
        Ok(target)
    }
}

impl Host for Checking<'_> {
    fn link(&self, link: &str, span: Span) -> Result<String, Diagnostic> {
        let target = self.target(link, &span)?;
        self.found.borrow_mut().push((target.href.clone(), span));
        Ok(target.href)
    }

    fn image(&self, link: &str, span: Span) -> Result<ImageUse, Diagnostic> {
        Ok(self.plan.use_of(self.target(link, &span)?))
    }

    fn shortcode(&self, _: &Call, _: Option<String>, _: bool) -> Result<String, Diagnostic> {
        Ok(String::new())
    }
}

impl Plan {
    /// Checks the Markdown of records, lists and parameters.
    pub(super) fn check_texts(&self, faults: &mut Diagnostics) {
        let check = |text: &Md, shape| faults.extend(self.faults_of(text, shape).0);
        self.each_text(check);
    }

    /// Where the link was written that became an address of a page: in a record, a list or a parameter.
    pub fn place_of_link(&self, href: &str) -> Option<&Place> {
        let all = || {
            let mut places = ordered::Map::default();
            self.each_text(|text, shape| {
                for (href, place) in self.faults_of(text, shape).1 {
                    places.entry(href).or_insert(place);
                }
            });
            places
        };
        self.places.get_or_init(all).get(href)
    }

    /// What is wrong with a text, and where its links stand.
    fn faults_of(&self, text: &Md, shape: Shape) -> (Vec<Diagnostic>, Vec<(String, Place)>) {
        // Links of the configuration are counted from the home page.
        let home = home_file();
        let from = if text.path == crate::site::site_file() { &home } else { &text.path };
        let host = Checking { plan: self, from, found: RefCell::default(), notes: RefCell::default() };
        let faults = record_faults(&text.text, shape, &self.site.theme.markdown, &host);
        let place = |(href, span): (String, Span)| Some((href, text.placed(Diagnostic::error(crate::diag::Code::DanglingAnchor, "").at(from, span)).place?));
        (
            faults.into_iter().chain(host.notes.into_inner()).map(|fault| text.placed(fault)).collect(),
            host.found.into_inner().into_iter().filter_map(place).collect(),
        )
    }

    /// Calls back for every text with the shape in which pages show it.
    fn each_text(&self, mut found: impl FnMut(&Md, Shape)) {
        let config = &self.site.config;
        for role in self.site.all_roles() {
            of_role(role, &mut found);
        }
        for framework in self.site.frameworks.values() {
            of_framework(framework, &mut found);
        }
        let skills = config.skills.values().filter_map(|skill| skill.row.description.as_ref());
        let sources = config.sources.values().filter_map(|source| source.row.note.as_ref());
        let categories = config.categories.iter().filter_map(|(_, category)| category.row.description.as_ref());
        let authors = config.authors.values().filter_map(|author| author.row.bio.as_ref());
        skills.chain(sources).chain(categories).chain(authors).chain(&self.site.texts).for_each(|text| found(text, Shape::Block));
    }

    /// Parameters of the site and its theme.
    pub fn texts_of_site(&self) -> Texts {
        let mut texts = Texts::new();
        self.add_texts(&home_file(), &Json::Object(self.params()), &mut texts);
        texts
    }

    /// What the front matter of a page, and the record of its role, hold for the theme.
    pub fn texts_of_page(&self, page: &Page) -> Texts {
        let mut texts = Texts::new();
        if let Some(article) = self.prose(page).filter(|article| !article.front.extra.0.is_empty()) {
            article.front.extra.0.values().for_each(|value| self.add_texts(&article.path, value, &mut texts));
        }
        let of_page = matches!(page.subject, Subject::Role(_) | Subject::Position(..) | Subject::Article(..));
        if let Some(role) = page.subject.role().filter(|_| of_page).and_then(|id| self.site.role(id)) {
            role.extra.0.values().for_each(|value| self.add_texts(&role.path, value, &mut texts));
        }
        texts
    }

    fn add_texts(&self, from: &SourcePath, value: &Json, texts: &mut Texts) {
        match value {
            Json::String(text) => {
                let links = record_links(text).into_iter().filter(|link| !is_safe_url(link) && !link.starts_with('#'));
                let links: BTreeMap<_, _> = links.map(|link| (link.clone(), self.text_target(from, text, &link))).collect();
                if !links.is_empty() {
                    texts.insert(text.clone(), links);
                }
            }
            Json::Array(items) => items.iter().for_each(|item| self.add_texts(from, item, texts)),
            Json::Object(map) => map.values().for_each(|value| self.add_texts(from, value, texts)),
            _ => {}
        }
    }

    fn text_target(&self, from: &SourcePath, text: &str, link: &str) -> TextTarget {
        let nowhere = ImageUse { src: "#".to_owned(), srcset: String::new(), width: None, height: None };
        match self.resolve(from, link, None) {
            Ok(target) => TextTarget { target: self.use_of(target), fault: None },
            // What is wrong with a parameter was said where it stands.
            Err(_) if self.site.texts.iter().any(|said| said.text == text) => TextTarget { target: nowhere, fault: None },
            Err(fault) => {
                let words: Vec<String> = std::iter::once(fault.message).chain(fault.help).collect();
                TextTarget { target: nowhere, fault: Some(words.join("; ")) }
            }
        }
    }
}

/// Every text of a role's files; those of its framework are in the framework's, and are that's.
fn of_role(role: &Role, found: &mut dyn FnMut(&Md, Shape)) {
    let mut own = |text: &Md, shape| {
        if text.path.folder() == role.path.folder() {
            found(text, shape);
        }
    };
    let mut blocks = |texts: &mut dyn Iterator<Item = &Md>| texts.for_each(|text| own(text, Shape::Block));
    blocks(&mut role.definition.iter());
    blocks(&mut role.titles.iter().filter_map(|title| title.description.as_ref()));
    blocks(&mut role.specializations.iter().filter_map(|row| row.description.as_ref()));
    blocks(&mut role.education.iter().filter_map(|row| row.description.as_ref()));
    blocks(&mut role.tips.iter().map(|tip| &tip.text));
    blocks(&mut role.faqs.iter().filter_map(|faq| faq.answer.as_ref()));
    blocks(&mut role.sections.0.iter().filter_map(|(_, section)| section.intro.as_ref()));
    blocks(&mut role.positions.iter().filter_map(|position| position.description.as_ref()));
    role.responsibilities.iter().for_each(|text| own(text, Shape::Item));
    of_ladder(&role.ladder, &mut own);
}

fn of_framework(framework: &Framework, found: &mut dyn FnMut(&Md, Shape)) {
    framework.description.iter().for_each(|text| found(text, Shape::Block));
    framework.competencies.iter().filter_map(|row| row.description.as_ref()).for_each(|text| found(text, Shape::Line));
    of_ladder(&framework.ladder, found);
}

fn of_ladder(ladder: &Ladder, found: &mut dyn FnMut(&Md, Shape)) {
    for level in ladder.levels() {
        level.responsibilities.iter().chain(&level.tasks).for_each(|text| found(text, Shape::Item));
        level.focus.iter().chain(level.next.iter().filter_map(|next| next.advance.as_ref())).for_each(|text| found(text, Shape::Block));
        for LevelCompetency { description, added, .. } in &level.competencies {
            description.iter().chain(added.iter().flat_map(|row| std::iter::once(&row.text).chain(&row.examples))).for_each(|text| found(text, Shape::Line));
        }
    }
}
