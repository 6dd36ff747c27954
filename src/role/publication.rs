//! What decides about the publication of a role: days and the image of a record come in, checked
//! ones go out. Aliases and the image file are checked in `layout/`, where addresses and files are
//! known.

use jiff::civil::Date;

use super::Publication;
use super::ahead::ahead;
use super::record::RoleFile;
use super::resolver::Resolver;
use crate::calendar::is_ahead;
use crate::data::At;
use crate::diag::Code;

/// Reads what decides about publication, with days in their order.
pub(super) fn publication(resolver: &mut Resolver<'_>, record: &RoleFile) -> Publication {
    let RoleFile {
        date,
        updated,
        expires,
        draft,
        aliases,
        weight,
        image,
        image_alt,
        noindex,
        ..
    } = record;
    check_order(resolver, date.as_ref(), updated.as_ref(), "updated");
    check_order(resolver, date.as_ref(), expires.as_ref(), "taken down");
    if let Some(alt) = image_alt.as_ref().filter(|_| image.is_none()) {
        check_image_alt(resolver, alt);
    }
    if !resolver.context.absent.contains_key(&resolver.written.id) {
        check_updated(resolver, updated.as_ref());
    }
    Publication {
        date: date.as_ref().map(|date| date.value),
        updated: updated.as_ref().map(|date| date.value),
        expires: expires.as_ref().map(|date| date.value),
        draft: *draft,
        aliases: aliases.clone(),
        weight: *weight,
        image: image.clone(),
        image_alt: image_alt.as_ref().map(|alt| alt.value.clone()),
        noindex: *noindex,
    }
}

/// Checks that a day does not come before the first day of publication. `event` is what happened
/// on it.
fn check_order(
    resolver: &mut Resolver<'_>,
    date: Option<&At<Date>>,
    later: Option<&At<Date>>,
    event: &str,
) {
    let (Some(date), Some(later)) = (date, later) else {
        return;
    };
    if later.value < date.value {
        let message = format!(
            "the role was {event} on {}, before it was published on {}",
            later.value, date.value
        );
        resolver.fault(
            Code::OutOfOrder,
            &later.span,
            message,
            "correct one of the two",
        );
    }
}

/// Says that the description of an image has no image.
fn check_image_alt(resolver: &mut Resolver<'_>, alt: &At<String>) {
    let finding = resolver.context.settings.check.unshown_facts.finding(
        Code::UnshownFact,
        "`image_alt` describes a picture, and there is none",
    );
    if let Some(finding) = finding {
        resolver.diagnostics.push(
            finding
                .at(&resolver.written.path, alt.span.clone())
                .help("add `image = \"…\"`, the name of a picture beside the record, or remove it"),
        );
    }
}

fn check_updated(resolver: &mut Resolver<'_>, updated: Option<&At<Date>>) {
    let build_date = resolver.context.calendar.build_date;
    if let Some(updated) = updated.filter(|day| is_ahead(day.value, build_date)) {
        let fault = ahead("updated", updated.value, build_date);
        resolver
            .diagnostics
            .push(fault.at(&resolver.written.path, updated.span.clone()));
    }
}
