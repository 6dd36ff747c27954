//! The files by which a script filters and sorts a list of roles in parts: which roles stand in a file
//! comes in, its JSON goes out.
//!
//! A file is small, because it is loaded when a reader chooses something. So a role is a list of
//! values, and what several roles share stands at the head of the file.

use serde_json::{Value as Json, json};

use crate::data::{Decimal, Id};
use crate::kind::Kind;
use crate::layout::Page;
use crate::layout::role_files::{Order, RoleFiles, is_derived, url};
use crate::locale::Form;
use crate::path::relative;
use crate::role::record::EducationLevel;
use crate::role::{ListedRole, Pay};
use crate::view::context::ViewContext;
use crate::wording::pay;

/// Returns a file of a list: its roles, and what they share.
///
/// A role is `[title, address, categories, education, growth, growth in words, pay, kind, amount]`.
/// The address is 0 where it follows from the title; categories and education are numbers of bits;
/// `kind` is a place in `pays`.
pub(super) fn role_list(cx: &ViewContext<'_>, page: usize, order: Order, number: usize) -> String {
    let Some(files) = cx.layout.role_files.get(&page) else {
        return String::new();
    };
    let chunk = files.files.get(&order).and_then(|own| own.get(number - 1));
    let page = &cx.layout.pages[page];
    let mut writer = Writer {
        cx,
        files,
        own: url(page, order, number)
            .map(|url| cx.site.config.href(&url))
            .unwrap_or_default(),
        categories: vec![],
        pays: vec![],
    };
    let ids = chunk.into_iter().flatten();
    let roles: Vec<Json> = ids.filter_map(|id| writer.role(id)).collect();
    let folder = format!(
        "{}{}",
        cx.site.config.base_path.trim_end_matches('/'),
        files.folder
    );
    let pays: Vec<Json> = writer.pays.iter().map(SharedPay::to_json).collect();
    let file = json!({
        "folder": relative(&folder, &cx.site.config.base_path, &writer.own),
        "ending": if cx.site.config.site.ugly_urls { ".html" } else { "/" },
        "categories": writer.titles(),
        "education": EducationLevel::ALL,
        "pays": pays,
        "roles": roles,
    });
    file.to_string() + "\n"
}

/// Makes the rows of a file, and collects what they share.
struct Writer<'a> {
    cx: &'a ViewContext<'a>,
    files: &'a RoleFiles,
    /// The address of the file.
    own: String,
    categories: Vec<Id>,
    pays: Vec<SharedPay>,
}

/// What the pay of several roles has in common.
#[derive(PartialEq, Eq)]
struct SharedPay {
    /// The place of its kind among those of the list, if it compares.
    kind: Option<usize>,
    period: String,
    notes: Vec<String>,
}

impl SharedPay {
    fn to_json(&self) -> Json {
        json!({ "kind": self.kind, "period": self.period, "notes": self.notes })
    }
}

impl Writer<'_> {
    fn role(&mut self, id: &Id) -> Option<Json> {
        let cx = self.cx;
        let role = &cx.site.listed(id)?;
        let page = cx.layout.page_about(Kind::Hub, id.as_str())?;
        let change = role.change;
        let growth = change.map(|change| pay::change_text(&cx.wording, change));
        let categories: Vec<usize> = role.categories.iter().map(|id| self.category(id)).collect();
        let mut row = vec![
            json!(page.title),
            self.link(page),
            json!(categories),
            json!(bits(role)),
            json!(change.map(number)),
            json!(growth),
        ];
        if let Some(pay) = role.headline {
            row.push(json!(pay::amount(&cx.wording, pay, Form::Short)));
            row.push(json!(self.pay(role, pay)));
            row.push(json!(self.files.amount(role).map(number)));
        }
        Some(Json::Array(row))
    }

    /// Returns the address of a role from the address of the file, or 0.
    fn link(&self, page: &Page) -> Json {
        if is_derived(&self.files.folder, page) {
            return json!(0);
        }
        let href = self.cx.site.config.href(&page.url);
        json!(relative(&href, &self.cx.site.config.base_path, &self.own))
    }

    /// Returns the place of a category at the head of the file.
    fn category(&mut self, id: &Id) -> usize {
        let place = self.categories.iter().position(|known| known == id);
        place.unwrap_or_else(|| {
            self.categories.push(id.clone());
            self.categories.len() - 1
        })
    }

    /// Returns the titles of the categories at the head of the file.
    fn titles(&self) -> Vec<&str> {
        let declared = &self.cx.site.config.categories;
        let title = |id| {
            let row = declared.iter().find(|(own, _)| own == id);
            row.map_or("", |(_, row)| row.row.title.value.as_str())
        };
        self.categories.iter().map(title).collect()
    }

    /// Returns the place of what a role's pay has in common with others.
    fn pay(&mut self, role: &ListedRole<'_>, pay: &Pay) -> usize {
        let own = SharedPay {
            kind: self.files.kind_of(role),
            period: pay::period(&self.cx.wording, pay.period),
            notes: pay::notes(&self.cx.wording, pay),
        };
        let place = self.pays.iter().position(|known| *known == own);
        place.unwrap_or_else(|| {
            self.pays.push(own);
            self.pays.len() - 1
        })
    }
}

/// Returns the levels of education that lead to a role as bits.
fn bits(role: &ListedRole<'_>) -> u32 {
    let all = EducationLevel::ALL.iter().enumerate();
    all.filter(|(_, level)| role.education.contains(level))
        .map(|(place, _)| 1 << place)
        .sum()
}

/// Returns a number of a record as one of JSON.
fn number(value: Decimal) -> Json {
    let text = value.0.normalize().to_string();
    serde_json::from_str(&text).unwrap_or(Json::Null)
}
