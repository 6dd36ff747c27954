//! Names that a role takes from fixed or declared lists: its categories, kinds of pages, generated
//! sections, its slug. They come in as they are written; errors go out for those that do not exist.

use std::collections::BTreeSet;

use super::read::WrittenRole;
use super::resolver::Resolver;
use crate::data::At;
use crate::diag::Code;
use crate::kind::Kind;
use crate::path::{check_segment, nearest_slug};
use crate::suggest;

pub(super) fn check_names(resolver: &mut Resolver<'_>) {
    let WrittenRole { path, record, .. } = resolver.written;
    let lists = &resolver.context.lists;
    for category in record.all_categories() {
        lists.check_category(category, path, resolver.diagnostics);
    }
    lists.check_figures(&record.figures, path, resolver.diagnostics);
    for (key, _) in &record.pages.0 {
        check_kind(resolver, key);
    }
    let sections: BTreeSet<&str> = resolver.context.kinds.sections_of_role().collect();
    for (key, _) in &record.sections.0 {
        if !sections.contains(key.value.as_str()) {
            let help = suggest::help(&key.value, sections.iter().copied());
            let message = format!("there is no generated section `{}`", key.value);
            resolver.fault(Code::UnknownKey, &key.span, message, help);
        }
    }
    if let Some(slug) = &record.slug {
        check_slug(resolver, slug);
    }
}

/// Checks a key of `[pages]`.
fn check_kind(resolver: &mut Resolver<'_>, key: &At<String>) {
    let kinds = resolver.context.kinds;
    if Kind::named(&key.value).is_some_and(|kind| kinds.is_decided_by_role(kind)) {
        return;
    }
    let known = Kind::ALL
        .iter()
        .filter(|kind| kinds.is_decided_by_role(**kind));
    let names: Vec<&str> = known.map(|kind| kind.as_str()).collect();
    let help = suggest::help(&key.value, names);
    let message = format!("`{}` is no kind of page of a role", key.value);
    resolver.fault(Code::UnknownKey, &key.span, message, help);
}

fn check_slug(resolver: &mut Resolver<'_>, slug: &At<String>) {
    let Err(why) = check_segment(slug) else {
        return;
    };
    let message = format!(
        "`{}` cannot be part of an address: {why}",
        slug.value.escape_debug()
    );
    let help = nearest_slug(slug).map(|slug| format!("write \"{slug}\""));
    resolver.fault(Code::BadPermalink, &slug.span, message, help);
}
