//! The picture for shared links: a role or the site comes in, the texts that the picture shows go
//! out, broken into lines that fit.

use crate::data::Id;
use crate::raster::{Fitted, Font, fit, printable};
use crate::view::context::ViewContext;
use crate::view::role;
use crate::view::role_parts::RoleParts;
use crate::view::types::{LadderView, RoleView, ShareView};
use crate::wording::Wording;

/// The width of the texts in pixels.
const TEXT_WIDTH: u32 = 1040;

/// The width of the title of the site, which has a mark in front.
const BRAND_WIDTH: u32 = 990;

/// The sizes of a line, largest first.
const LINE_SIZES: [u32; 3] = [56, 44, 34];

/// The sizes of a title, largest first, each with the number of lines that fit.
const TITLE_SIZES: [(u32, usize); 5] = [(92, 1), (80, 2), (66, 3), (56, 3), (50, 4)];

/// Returns the texts of the picture of a role, or of the site.
pub fn view(cx: &ViewContext<'_>, role: Option<&Id>) -> ShareView {
    match role.and_then(|id| role::shared(cx, id)) {
        Some(shared) => of_role(cx, &shared.parts),
        None => of_site(cx),
    }
}

fn of_site(cx: &ViewContext<'_>) -> ShareView {
    let site = &cx.site.config.site;
    let title = title(&site.title);
    let description = site.description.as_deref().unwrap_or_default();
    ShareView {
        title: title.lines,
        size: title.size,
        category: String::new(),
        salary: String::new(),
        salary_size: 0,
        salary_note: String::new(),
        levels: 0,
        brand: String::new(),
        description: lines(description, TEXT_WIDTH, 36, 3),
    }
}

fn of_role(cx: &ViewContext<'_>, RoleParts { role, ladder, .. }: &RoleParts) -> ShareView {
    let title = title(&role.title);
    let pay = pay_of_picture(&cx.wording, role, ladder);
    let salary = whole_line(&pay.amount);
    let salary_note = if salary.lines.is_empty() {
        String::new()
    } else {
        line(&pay.note, TEXT_WIDTH, 30)
    };
    ShareView {
        title: title.lines,
        size: title.size,
        category: line(&role.category.title, TEXT_WIDTH, 34),
        salary_note,
        salary: salary.lines.concat(),
        salary_size: salary.size,
        levels: ladder.count,
        brand: line(&cx.site.config.site.title, BRAND_WIDTH, 34),
        description: vec![],
    }
}

/// The pay on a picture.
#[derive(Default)]
struct PayOfPicture {
    amount: String,
    /// What the amount measures, as far as it does not say so itself.
    note: String,
}

/// Returns the pay over the levels of a role, or else its headline pay.
fn pay_of_picture(words: &Wording<'_>, role: &RoleView, ladder: &LadderView) -> PayOfPicture {
    let (amount, notes) = if !ladder.salary_text_long.is_empty() {
        (ladder.salary_text_long.clone(), &ladder.salary_notes)
    } else if let Some(pay) = &role.headline_salary {
        let values = [("pay", pay.amount.as_str()), ("period", &pay.period_text)];
        (words.strings.fill("pay_with_period", &values), &pay.notes)
    } else {
        return PayOfPicture::default();
    };
    let untold: Vec<&str> = notes
        .iter()
        .map(String::as_str)
        .filter(|note| !amount.contains(note))
        .collect();
    let note = untold.join(words.strings.get("list_separator"));
    PayOfPicture { amount, note }
}

/// Returns a title at the largest size at which it fits.
fn title(words: &str) -> Fitted {
    match printable(words, Font::Serif) {
        Some(words) => fit(&words, Font::Serif, TEXT_WIDTH, &TITLE_SIZES),
        None => Fitted {
            lines: vec![],
            size: TITLE_SIZES[0].0,
        },
    }
}

/// Returns a line at the largest size at which it fits, or nothing: a figure must not be cut off.
fn whole_line(words: &str) -> Fitted {
    let fitted = |words: String| {
        LINE_SIZES
            .iter()
            .map(|size| fit(&words, Font::Sans, TEXT_WIDTH, &[(*size, 1)]))
            .find(|fitted| fitted.lines.concat() == words)
    };
    let nothing = Fitted {
        lines: vec![],
        size: LINE_SIZES[0],
    };
    printable(words, Font::Sans)
        .and_then(fitted)
        .unwrap_or(nothing)
}

/// Returns a text in one line, cut off where it is too long.
fn line(words: &str, width: u32, size: u32) -> String {
    lines(words, width, size, 1).pop().unwrap_or_default()
}

/// Returns a text in at most `most` lines, cut off where it is too long.
fn lines(words: &str, width: u32, size: u32, most: usize) -> Vec<String> {
    printable(words, Font::Sans)
        .map(|words| fit(&words, Font::Sans, width, &[(size, most)]).lines)
        .unwrap_or_default()
}
