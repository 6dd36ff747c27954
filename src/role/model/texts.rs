//! The texts in Markdown of records: a role or a framework comes in, each text with the shape in
//! which pages show it goes out.

use super::{Framework, Ladder, LevelCompetency, Role};
use crate::content::Shape;
use crate::data::Md;
use crate::role::record::PlainRow;

/// Takes a text with the shape in which pages show it.
type Sink<'s> = dyn FnMut(&Md, Shape) + 's;

impl Role {
    /// Calls back for the texts in the files of the role. Texts of its framework belong to the
    /// framework.
    pub fn each_text(&self, found: &mut Sink<'_>) {
        let mut own = |text: &Md, shape| {
            if text.path.folder() == self.path.folder() {
                found(text, shape);
            }
        };
        let titles = self.titles.iter();
        let specializations = self.specializations.iter();
        let faqs = self.faqs.iter();
        let sections = self.sections.0.iter();
        let positions = self.positions.iter();
        let blocks = self
            .definition
            .iter()
            .chain(titles.filter_map(|title| title.description.as_ref()))
            .chain(specializations.filter_map(|row| row.description.as_ref()))
            .chain(self.lists.rows().flat_map(PlainRow::texts))
            .chain(self.conditions.texts())
            .chain(self.preparation.texts())
            .chain(faqs.filter_map(|faq| faq.answer.as_ref()))
            .chain(sections.filter_map(|(_, section)| section.intro.as_ref()))
            .chain(positions.filter_map(|position| position.description.as_ref()));
        for text in blocks {
            own(text, Shape::Block);
        }
        let routes = self.lists.routes.iter();
        let items = self.responsibilities.iter();
        for text in items.chain(routes.flat_map(|route| &route.requirements)) {
            own(text, Shape::Item);
        }
        of_ladder(&self.ladder, &mut own);
    }
}

impl Framework {
    /// Calls back for the texts of the framework.
    pub fn each_text(&self, found: &mut Sink<'_>) {
        if let Some(text) = &self.description {
            found(text, Shape::Block);
        }
        for row in &self.competencies {
            if let Some(text) = &row.description {
                found(text, Shape::Line);
            }
        }
        of_ladder(&self.ladder, found);
    }
}

fn of_ladder(ladder: &Ladder, found: &mut Sink<'_>) {
    for level in ladder.levels() {
        for text in level.responsibilities.iter().chain(&level.tasks) {
            found(text, Shape::Item);
        }
        let advice = level.next.iter().filter_map(|next| next.advance.as_ref());
        for text in level.focus.iter().chain(advice) {
            found(text, Shape::Block);
        }
        for competency in &level.competencies {
            of_competency(competency, found);
        }
    }
}

/// Calls back for the texts that a level adds to a competency, and those of its milestones; the
/// others are of levels below it.
fn of_competency(competency: &LevelCompetency, found: &mut Sink<'_>) {
    if let Some(text) = &competency.description {
        found(text, Shape::Line);
    }
    for criterion in &competency.added {
        found(&criterion.text, Shape::Line);
        for example in &criterion.examples {
            found(example, Shape::Line);
        }
    }
    for milestone in &competency.milestones {
        if let Some(text) = &milestone.description {
            found(text, Shape::Block);
        }
        for text in milestone.signals.iter().chain(&milestone.examples) {
            found(text, Shape::Item);
        }
    }
}
