//! Articles and what stands around them: the section, the neighbours, authors, tags, what to read next.

use super::index::section_file;
use super::view::{Author, Card, Crumb, Cta, Html};
use super::{Page, Plan, Subject};
use crate::config::AuthorRow;
use crate::data::At;
use crate::kind::Kind;
use crate::path::{SourcePath, slugify};

impl Plan {
    /// The page of the section that an article stands in.
    pub(super) fn section_of(&self, path: &SourcePath) -> Option<&Page> {
        self.page_about(Kind::Section, section_file(path).as_str())
    }

    /// The articles before and after this one in its section's order, or among its role's articles.
    pub(super) fn neighbours(&self, page: &Page) -> (Option<Card>, Option<Card>) {
        let siblings = match &page.subject {
            Subject::Article(_, Some(role)) => self.groups.articles_of_role.get(role),
            Subject::Article(path, None) => self.groups.articles_of_section.get(&section_file(path)),
            _ => None,
        };
        let siblings = siblings.map(Vec::as_slice).unwrap_or_default();
        let own = self.urls.get(&page.url);
        let Some(at) = siblings.iter().position(|index| Some(index) == own) else { return (None, None) };
        let card = |at: Option<usize>| at.and_then(|at| siblings.get(at)).map(|index| self.card(&self.pages[*index]));
        (card(at.checked_sub(1)), card(Some(at + 1)))
    }

    pub(super) fn authors(&self, page: &Page) -> Vec<Author> {
        let names = self.prose(page).map(|article| article.front.authors.as_slice()).unwrap_or_default();
        let author = |id: &At<crate::data::Id>| {
            let declared = self.site.config.authors.get(&id.value)?;
            Some(Author {
                id: id.value.to_string(),
                name: declared.row.name.value.clone(),
                job_title: declared.row.job_title.clone(),
                url: self.author_url(&declared.row),
                bio: declared.row.bio.as_ref().map_or(Html::Empty, |bio| self.block(bio)),
            })
        };
        names.iter().filter_map(author).collect()
    }

    /// Where an author is introduced: elsewhere, or on a page of this site.
    fn author_url(&self, row: &AuthorRow) -> Option<String> {
        let elsewhere = row.url.as_ref().map(ToString::to_string);
        elsewhere.or_else(|| self.resolve_nav(&row.to.as_ref()?.value).ok()?.link())
    }

    pub(super) fn tags_of(&self, page: &Page) -> Vec<Crumb> {
        let tags = self.prose(page).map(|article| article.front.tags.as_slice()).unwrap_or_default();
        let crumb = |tag: &At<String>| Some(Crumb { title: tag.value.clone(), url: self.url_of(Kind::Tag, &slugify(tag))? });
        tags.iter().filter_map(crumb).collect()
    }

    /// What to read next: what the prose names, or the following page of the role.
    pub(super) fn up_next(&self, page: &Page) -> Vec<Card> {
        if let Some(article) = self.prose(page).filter(|article| !article.front.up_next.is_empty()) {
            let targets = article.front.up_next.iter().filter_map(|name| self.resolve(&article.path, &name.value, None).ok());
            return targets.filter_map(|target| target.page).map(|index| self.card(&self.pages[index])).collect();
        }
        let Subject::Role(id) = &page.subject else { return vec![] };
        let following = Kind::of_role().skip_while(|kind| *kind != page.kind).skip(1).find_map(|kind| self.page_about(kind, id.as_str()));
        following.map(|page| self.card(page)).into_iter().collect()
    }

    /// The calls to action of a page, `{role}` filled in.
    pub(super) fn calls_to_action(&self, page: &Page) -> Vec<Cta> {
        let role = page.subject.role().and_then(|id| self.site.role(id)).map(|role| role.title.as_str());
        let shows = |row: &&crate::config::CallToAction| match row.pages.as_slice() {
            [] => role.is_some(),
            kinds => kinds.iter().any(|kind| kind.as_str() == page.kind.as_str()),
        };
        let cta = |row: &crate::config::CallToAction| Cta {
            id: row.id.value.to_string(),
            text: row.text.replace("{role}", role.unwrap_or_default()).split_whitespace().collect::<Vec<_>>().join(" "),
            url: row.url.to_string(),
        };
        self.site.config.site.calls_to_action.iter().filter(shows).map(cta).collect()
    }
}
