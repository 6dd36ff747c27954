//! Written questions: the rows of [[faqs]] come in, questions and changes to generated ones go out.
//! The generated ones are made in `view/`, where the words are; their ids are known here.

use std::collections::{BTreeMap, BTreeSet};

use super::record::FaqRow;
use super::resolver::Resolver;
use super::{Faq, Ladder};
use crate::data::{At, Id};
use crate::diag::Code;
use crate::kind::Kind;
use crate::suggest;

fn as_name(id: &At<Id>) -> At<String> {
    At {
        value: id.value.to_string(),
        span: id.span.clone(),
    }
}

/// Returns the ids of the questions that a ladder answers by itself.
pub fn generated_faq_ids(ladder: &Ladder) -> BTreeSet<String> {
    let of_level = |level: &super::Level| {
        ["skills", "years", "advance"].map(|what| format!("{what}-{}", level.id))
    };
    ladder
        .levels()
        .flat_map(of_level)
        .chain(["salary".to_owned()])
        .collect()
}

/// Reads questions, and changes to generated ones.
pub(super) fn faqs(resolver: &mut Resolver<'_>, rows: &[At<FaqRow>], ladder: &Ladder) -> Vec<Faq> {
    let generated = generated_faq_ids(ladder);
    let mut seen = BTreeMap::new();
    let mut all = vec![];
    for row in rows {
        let FaqRow {
            id,
            question,
            answer,
            pages,
            hidden,
        } = &row.value;
        check_pages(resolver, pages);
        let Some(name) = question.clone().or_else(|| id.as_ref().map(as_name)) else {
            resolver.fault(
                Code::MissingKey,
                &row.span,
                "this row has neither a question nor an id",
                "add the `question`, or the `id` of a generated one",
            );
            continue;
        };
        let Some(id) = resolver.new_id(&mut seen, id.as_ref(), &name, &row.span) else {
            continue;
        };
        if !generated.contains(id.as_str()) {
            let id = At {
                value: id.to_string(),
                span: name.span,
            };
            check_complete(resolver, row, &id, &generated);
        }
        let question = question.as_ref().map(|question| question.value.clone());
        all.push(Faq {
            id,
            question,
            answer: answer.clone(),
            pages: pages.clone(),
            hidden: *hidden,
            span: row.span.clone(),
        });
    }
    all
}

/// Checks that a row that changes no generated question has a question and an answer.
fn check_complete(
    resolver: &mut Resolver<'_>,
    row: &At<FaqRow>,
    id: &At<String>,
    generated: &BTreeSet<String>,
) {
    let missing = match (&row.question, &row.answer) {
        (Some(_), Some(_)) => return,
        _ if resolver.written.lost_levels() => return,
        (None, _) if row.hidden => {
            let help = suggest::help(id, generated.iter().map(String::as_str));
            return resolver.fault(
                Code::UnknownId,
                &id.span,
                format!("there is no generated question `{}` to hide", id.value),
                help,
            );
        }
        _ if row.hidden => return,
        (None, _) => "question",
        (Some(_), None) => "answer",
    };
    let near = suggest::nearest(id, generated.iter().map(String::as_str))
        .map(|near| format!("did you mean to change `{near}`?"));
    let help = near.unwrap_or_else(|| "add it; only a row with the id of a generated question may lack one, and this is no such id".to_owned());
    resolver.fault(
        Code::MissingKey,
        &row.span,
        format!("the row `{}` has no `{missing}`", id.value),
        help,
    );
}

fn check_pages(resolver: &mut Resolver<'_>, pages: &[At<Id>]) {
    let kinds = resolver.context.kinds;
    let is_known =
        |page: &&At<Id>| Kind::named(page.as_str()).is_some_and(|kind| kinds.is_of_role(kind));
    for page in pages.iter().filter(|page| !is_known(page)) {
        resolver.unknown(
            "kind of page of a role",
            page,
            kinds.of_role().map(Kind::as_str).collect::<Vec<_>>(),
        );
    }
}
