//! The headline of a role's pay: the rows of its pay come in; the one that stands for the role goes
//! out, or the reason why there is none.

use super::Pay;
use super::resolver::Resolver;
use crate::config::Basis;
use crate::data::{At, Id};
use crate::diag::{Code, Diagnostic};

/// Returns the first row of the role's own area, or else of the site's: pay of another place is
/// not the role's, nor is that of one level or what comes on top of base pay. Warns when there is
/// none.
pub(super) fn headline_row(resolver: &mut Resolver<'_>, salary: &[Pay]) -> Option<usize> {
    let of_role = &resolver.reader.figures.area;
    let of_site = &resolver.context.settings.figures.area;
    let is_of_role = |pay: &Pay| pay.level.is_none() && !pay.basis.is_some_and(Basis::is_extra);
    let first_of = |area: &Option<Id>| {
        let mut rows = salary.iter();
        rows.position(|pay| is_of_role(pay) && pay.area == *area)
    };
    let own = if of_role.is_some() { of_role } else { of_site };
    let row = first_of(own).or_else(|| first_of(of_site));
    if row.is_none() {
        warn_of_no_headline(resolver);
    }
    row
}

/// Says why pay that the record names is not the headline. Tables of areas stand in
/// `salary.csv`, and are silent.
fn warn_of_no_headline(resolver: &mut Resolver<'_>) {
    let lists = &resolver.context.lists;
    let is_area = |area: &&At<Id>| lists.knows_area(&area.value);
    let rows = &resolver.written.record.salary;
    let with_area = rows
        .iter()
        .find_map(|row| Some((row, row.area.as_ref().filter(is_area)?)));
    let Some((row, area)) = with_area else {
        return;
    };
    let of_site = resolver.context.settings.figures.area.as_ref();
    let own = resolver.reader.figures.area.as_ref().or(of_site);
    let message = match own {
        Some(own) => {
            format!("the role has no headline pay: no row is about its area, `{own}`")
        }
        None => {
            "the role has no headline pay: neither it nor the site names the area that it is about"
                .to_owned()
        }
    };
    let set_area = format!(
        "set `area = \"{}\"` in [figures] of this record, or the area of another row",
        area.value
    );
    let add_row = own.map(|own| format!("or add a row with `area = \"{own}\"`"));
    resolver.diagnostics.push(
        Diagnostic::warning(Code::NoHeadline, message)
            .at(&resolver.written.path, row.span.clone())
            .help(set_area)
            .help(add_row),
    );
}
