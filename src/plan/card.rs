//! Cards: whatever points at another page. A page comes in, its title, summary and headline pay go out.

use std::ops::Bound;

use super::view::{Card, Crumb, Image, Named};
use super::{Page, Plan, Subject};
use crate::data::Id;
use crate::kind::Kind;
use crate::path::SourcePath;
use crate::role::Role;

impl Plan {
    /// The card of a page.
    pub(super) fn card(&self, page: &Page) -> Card {
        let prose = self.prose(page);
        let role = page.subject.role().and_then(|id| self.site.role(id)).filter(|_| page.kind == Kind::Hub);
        let pay = role.and_then(Role::headline);
        Card {
            kind: page.kind.as_str(),
            title: page.title.clone(),
            url: self.href(&page.url),
            summary: page.description.clone(),
            category: role.map(|role| self.category_crumb(&role.category)),
            salary: pay.map(|pay| self.pay_text(pay)),
            salary_measure: pay.map(|pay| self.pay_measure_long(pay)),
            salary_value: pay.and_then(|pay| super::figures::middle(&pay.amounts)),
            salary_unit: pay.map(|pay| format!("{}/{}", pay.currency, pay.period)),
            salary_per_year: role.and_then(super::unit::of_year),
            salary_sort_unit: pay.map(super::unit::Unit::of_year),
            pay: pay.map(|pay| self.short_pay(pay)),
            education: role.map(|role| self.education_levels(role)).unwrap_or_default(),
            growth: role.and_then(|role| Some(role.outlook.as_ref()?.change_percent)),
            growth_text: role.and_then(|role| Some(self.change_text(role.outlook.as_ref()?.change_percent))),
            image: self.image_of(page),
            date: prose.and_then(|article| article.front.date.as_ref()).map(|date| date.value.to_string()),
            updated: self.updated(page).map(|date| date.to_string()),
            draft: self.is_draft(page),
        }
    }

    /// The cards of the hubs of some roles, by weight, then by title.
    pub(super) fn role_cards<'a>(&self, roles: impl IntoIterator<Item = &'a Role>) -> Vec<Card> {
        let mut roles: Vec<&Role> = roles.into_iter().collect();
        roles.sort_by_cached_key(|role| (role.publication.weight.unwrap_or(0), self.locale().sort_key(&role.title), role.id.clone()));
        roles.into_iter().filter_map(|role| self.page_about(Kind::Hub, role.id.as_str())).map(|page| self.card(page)).collect()
    }

    /// A category as a link; without a page it still has its name.
    pub(super) fn category_crumb(&self, id: &Id) -> Crumb {
        let row = self.site.config.categories.iter().find(|(other, _)| other == id);
        let title = row.map_or_else(|| id.to_string(), |(_, category)| category.row.title.value.clone());
        Crumb { title, url: self.url_of(Kind::Category, id.as_str()).unwrap_or_default() }
    }

    fn education_levels(&self, role: &Role) -> Vec<Named> {
        let mut levels: Vec<Named> = vec![];
        for level in role.education.iter().filter_map(|row| row.level) {
            if levels.iter().all(|other| other.id != level.as_str()) {
                levels.push(self.named("education", level.as_str()));
            }
        }
        levels
    }

    /// Every category that has a page, as a link.
    pub(super) fn category_links(&self) -> Vec<Crumb> {
        self.site.config.categories.iter().map(|(id, _)| self.category_crumb(id)).filter(|crumb| !crumb.url.is_empty()).collect()
    }

    /// The picture of a page: the one its prose names, or its role's.
    pub(super) fn image_of(&self, page: &Page) -> Option<Image> {
        let prose = self.prose(page);
        let written = prose.and_then(|article| Some((&article.path, article.front.image.as_ref()?, article.front.image_alt.as_ref())));
        let role = page.subject.role().and_then(|id| self.site.role(id));
        let of_role = || role.and_then(|role| Some((&role.path, role.publication.image.as_ref()?, role.publication.image_alt.as_ref())));
        let (from, image, alt) = written.or_else(of_role)?;
        self.image(from, &image.value, alt.map_or("", String::as_str))
    }

    /// A picture with the smaller ones beside it: `photo-800w.jpg` beside `photo.jpg`. Empty when there is none.
    pub fn srcset(&self, path: &SourcePath) -> String {
        let sizes = &self.site.image_sizes;
        let (Some((stem, ending)), Some((width, _))) = (path.as_str().rsplit_once('.'), sizes.get(path)) else { return String::new() };
        let start = format!("{stem}-");
        let is_smaller = |other: &SourcePath| {
            let number = other.as_str().strip_prefix(&start)?.strip_suffix(ending)?.strip_suffix("w.")?;
            (!number.is_empty() && number.bytes().all(|c| c.is_ascii_digit())).then_some(())
        };
        let near = sizes.range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded)).take_while(|(other, _)| other.as_str().starts_with(&start));
        let mut all: Vec<(u32, &SourcePath)> = near.filter(|(other, _)| is_smaller(other).is_some()).map(|(other, (width, _))| (*width, other)).collect();
        if all.is_empty() {
            return String::new();
        }
        all.push((*width, path));
        all.sort();
        // A comma would end a candidate.
        let href = |path: &SourcePath| self.beside_url(path).map(|url| self.href(&url).replace(',', "%2C"));
        all.into_iter().filter_map(|(width, path)| Some(format!("{} {width}w", href(path)?))).collect::<Vec<_>>().join(", ")
    }

    /// A picture beside a file.
    pub fn image(&self, from: &SourcePath, name: &str, alt: &str) -> Option<Image> {
        let target = self.resolve(from, name, None).ok()?;
        let size = target.source.as_ref().and_then(|path| self.site.image_sizes.get(path));
        let srcset = target.source.as_ref().map(|path| self.srcset(path)).unwrap_or_default();
        Some(Image { src: target.link()?, srcset, width: size.map(|size| size.0), height: size.map(|size| size.1), alt: alt.to_owned() })
    }

    /// The day of the last change of substance: what the prose says, or the record.
    pub(super) fn updated(&self, page: &Page) -> Option<jiff::civil::Date> {
        let prose = self.prose(page).and_then(|article| article.front.updated.as_ref().or(article.front.date.as_ref())).map(|date| date.value);
        let record = match (&page.subject, page.kind) {
            (Subject::Framework(id) | Subject::FrameworkLevels(id, ..), _) => self.site.frameworks.get(id).and_then(|framework| framework.updated),
            (_, Kind::Article) => None,
            (subject, _) => subject.roles().filter_map(|id| self.site.role(id)?.publication.updated).max(),
        };
        prose.max(record)
    }

    /// Whether the page shows only in a build with drafts.
    pub(super) fn is_draft(&self, page: &Page) -> bool {
        let mut roles = page.subject.roles().filter_map(|id| self.site.role(id));
        self.prose(page).is_some_and(|article| article.front.draft) || roles.any(|role| role.publication.draft)
    }

    /// Why a build would leave a page out unless it is told not to: `draft`, `future`, or nothing.
    pub fn standing(&self, page: &Page) -> &'static str {
        let roles = page.subject.roles().filter_map(|id| self.site.role(id)?.publication.date);
        let posted = match &page.subject {
            Subject::Position(role, id) => self.site.role(role).and_then(|role| role.position(id)).map(|position| position.posted),
            _ => None,
        };
        let written = self.prose(page).and_then(|article| article.front.date.as_ref()).map(|date| date.value).or(posted);
        match self.is_draft(page) {
            true => "draft",
            false if written.into_iter().chain(roles).any(|date| date > self.site.build_date) => "future",
            false => "",
        }
    }
}
