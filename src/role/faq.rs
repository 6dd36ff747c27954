//! Written questions: the rows of [[faqs]] come in, questions and changes to generated ones go out. The generated ones are
//! made in `plan/`, where the words are; their ids are known here.

use std::collections::{BTreeMap, BTreeSet};

use super::record::FaqRow;
use super::resolve::Resolver;
use super::{Faq, Ladder};
use crate::data::At;
use crate::diag::Code;
use crate::kind::Kind;
use crate::suggest;

/// The ids of the questions that a ladder answers by itself.
pub fn generated_faq_ids(ladder: &Ladder) -> BTreeSet<String> {
    let of_level = |level: &super::Level| ["skills", "years", "advance"].map(|what| format!("{what}-{}", level.id));
    ladder.levels().flat_map(of_level).chain(["salary".to_owned()]).collect()
}

impl Resolver<'_> {
    pub(super) fn faqs(&mut self, rows: &[At<FaqRow>], ladder: &Ladder) -> Vec<Faq> {
        let generated = generated_faq_ids(ladder);
        let mut seen = BTreeMap::new();
        let mut all = vec![];
        for row in rows {
            let FaqRow { id, question, answer, pages, hidden } = &row.value;
            self.check_pages(pages);
            let name = question.clone().or_else(|| id.as_ref().map(|id| At { value: id.value.to_string(), span: id.span.clone() }));
            let Some(name) = name else {
                self.fault(Code::MissingKey, &row.span, "this row has neither a question nor an id", "add the `question`, or the `id` of a generated one");
                continue;
            };
            let Some(id) = self.new_id(&mut seen, id.as_ref(), &name, &row.span) else { continue };
            if !generated.contains(id.as_str()) {
                self.check_whole(row, &name, &generated);
            }
            let question = question.as_ref().map(|question| question.value.clone());
            all.push(Faq { id, question, answer: answer.clone(), pages: pages.clone(), hidden: *hidden, span: row.span.clone() });
        }
        all
    }

    /// A row that changes no generated question has a question and an answer of its own.
    fn check_whole(&mut self, row: &At<FaqRow>, name: &At<String>, generated: &BTreeSet<String>) {
        let missing = match (&row.question, &row.answer) {
            (Some(_), Some(_)) => return,
            _ if self.written.lost_levels() => return,
            (None, _) if row.hidden => {
                let help = suggest::help(name, generated.iter().map(String::as_str));
                return self.fault(Code::UnknownId, &name.span, format!("there is no generated question `{}` to hide", name.value), help);
            }
            _ if row.hidden => return,
            (None, _) => "question",
            (Some(_), None) => "answer",
        };
        let near = suggest::nearest(name, generated.iter().map(String::as_str)).map(|near| format!("did you mean to change `{near}`?"));
        let help = near.unwrap_or_else(|| "add it; only a row with the id of a generated question may lack one, and this is no such id".to_owned());
        self.fault(Code::MissingKey, &row.span, format!("the row `{}` has no `{missing}`", name.value), help);
    }

    fn check_pages(&mut self, pages: &[At<crate::data::Id>]) {
        for page in pages.iter().filter(|page| !Kind::named(page.as_str()).is_some_and(Kind::is_of_role)) {
            self.unknown("kind of page of a role", page, Kind::of_role().map(Kind::as_str).collect::<Vec<_>>());
        }
    }
}
